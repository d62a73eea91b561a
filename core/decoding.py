"""Which of the likely outcomes may be drawn at all: truncated distributions, as language models are sampled from."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_int, as_pmf, as_scalar
from core.discrete import normalize


def top_k(p: ArrayLike, k: int) -> NDArray[np.float64]:
    """Distribution over the k most likely outcomes alone, in the proportions that they had.

    q_i = p_i / sum_{j in S} p_j for i in S, else 0; S holds k outcomes, none less likely than any other

    Parameters
    ----------
    p : (n,) probabilities. Of equally likely outcomes the first are kept.
    k : how many are kept, at least 1; from n on nothing changes.

    Raises
    ------
    ValueError
        If p is no single distribution, or k is no whole number or below 1.

    References
    ----------
    Fan, Lewis & Dauphin (2018), Hierarchical Neural Story Generation, section 5.

    Examples
    --------
    >>> top_k([0.25, 0.5, 0.25], 2)
    array([0.33333333, 0.66666667, 0.        ])
    """
    p, order = _ranked(p)
    return _kept(p, order[: as_int(k, "k", low=1)])


def top_p(p: ArrayLike, mass: float) -> NDArray[np.float64]:
    """Distribution over the nucleus: the fewest most likely outcomes that together have the mass (top-p sampling).

    q_i = p_i / sum_{j in S} p_j for i in S, else 0; S is the smallest set of most likely outcomes with p(S) >= mass

    Parameters
    ----------
    p : (n,) probabilities. Of equally likely outcomes the first are kept.
    mass : share in [0, 1] that is kept at least; at 0 only the most likely outcome, at 1 every possible one.

    Raises
    ------
    ValueError
        If p is no single distribution, or the mass is not from 0 to 1.

    References
    ----------
    Holtzman, Buys, Du, Forbes & Choi (2020), The Curious Case of Neural Text Degeneration, eq. 2 and 3.

    Examples
    --------
    >>> top_p([0.25, 0.5, 0.125, 0.125], 0.75)
    array([0.33333333, 0.66666667, 0.        , 0.        ])
    """
    p, order = _ranked(p)
    mass = as_scalar(mass, "mass", low=0.0, high=1.0)
    together = np.cumsum(p[order])
    # A sum of shares is a few last digits off: a set that reaches the mass on paper counts as reaching it.
    enough = int(np.searchsorted(together, mass * (1.0 - 4e-16 * p.size), side="left")) + 1
    possible = int(np.count_nonzero(p))
    return _kept(p, order[: possible if mass == 1.0 else min(enough, possible)])


def _ranked(p: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    p = as_pmf(p, "p")
    if p.ndim != 1:
        raise ValueError(f"p has shape {p.shape}: give one distribution, with one axis.")
    return p, np.argsort(-p, kind="stable")


def _kept(p: NDArray[np.float64], kept: NDArray[np.intp]) -> NDArray[np.float64]:
    q = np.zeros_like(p)
    q[kept] = normalize(p[kept])
    return q
