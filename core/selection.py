"""Which columns to keep: association with a class, information of pairs from counts, greedy selection. All in nats.

The three criteria are one formula with two switches (Brown et al. 2012, section 4): a column's score is its relevance,
less what it repeats of the columns chosen before, plus what it tells together with them.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_counts, as_float, as_int, as_labels
from core.discrete import entropy
from core.joint import conditional_mutual_information, mutual_information

Array = NDArray[np.float64]
Criterion = Literal["single", "mRMR", "JMI"]
CRITERIA: tuple[Criterion, ...] = ("single", "mRMR", "JMI")
MOST_CELLS = 2_000_000  # of the table of a pair of columns and the class
TIE = 1e-12  # nats: scores that are nearer than that are equal, and the column that stands first wins


@dataclass(frozen=True, slots=True)
class Pairs:
    """Information of columns alone and in pairs, about a class and about each other."""

    relevance: Array  # (d,) I(X_i; Y)
    redundancy: Array  # (d, d) I(X_i; X_j), on the diagonal H(X_i)
    given: Array  # (d, d) I(X_i; X_j | Y), on the diagonal H(X_i | Y)
    target_entropy: float  # H(Y)


@dataclass(frozen=True, slots=True)
class Selection:
    """Columns in the order in which they were chosen, with what spoke for and against each at its step."""

    order: NDArray[np.int64]
    relevance: Array  # I(X; Y)
    redundancy: Array  # mean of I(X; S_j) over the columns chosen before, 0 if the criterion passes over it
    complement: Array  # mean of I(X; S_j | Y), likewise
    score: Array  # relevance - redundancy + complement


def correlation_ratio(x: ArrayLike, y: ArrayLike) -> float:
    """Correlation ratio eta of a number with a class: the root of the share of variance that lies between the classes.

    eta^2 = sum_c N_c (m_c - m)^2 / sum_i (x_i - m)^2, which for two classes is the squared Pearson correlation of x
    with the class as 0 and 1

    Parameters
    ----------
    x : (n,) numbers.
    y : (n,) labels (text or numbers).

    Returns
    -------
    From 0 (equal means) to 1 (x is constant within each class); 0 for a constant x.

    Raises
    ------
    ValueError
        If x is empty or not finite, or the lengths differ.

    References
    ----------
    Fisher (1925), Statistical Methods for Research Workers, section 45.

    Examples
    --------
    >>> correlation_ratio([1.0, 3.0, 5.0, 7.0], ["a", "a", "b", "b"])  # sqrt(16/20)
    0.8944271909999159
    """
    x, (_, codes) = as_float(x, "x", ndim=1), as_labels(y, "y")
    _same_length(x, codes)
    x = np.ldexp(x, -int(np.frexp(np.abs(x).max())[1]))  # the scale carries nothing, and no square overflows
    x = x - x.mean()
    total = float(x @ x)
    if np.ptp(x) == 0 or total == 0:
        return 0.0
    size = np.bincount(codes)
    means = np.bincount(codes, weights=x) / size
    return float(np.sqrt(min(float(size @ means**2) / total, 1.0)))


def cramers_v(x: ArrayLike, y: ArrayLike) -> float:
    """Cramer's V of two labels: the root of chi-squared as a share of the most that it can be.

    V^2 = sum_ij (n_ij - e_ij)^2/e_ij / (N (min(r, c) - 1)), e_ij = n_i n_j / N

    Parameters
    ----------
    x, y : (n,) labels (text or numbers).

    Returns
    -------
    From 0 (independent) to 1; 0 if one of them is constant.

    Raises
    ------
    ValueError
        If a column is empty or the lengths differ.

    References
    ----------
    Cramer (1946), Mathematical Methods of Statistics, section 21.9.

    Examples
    --------
    >>> cramers_v(["a", "a", "b", "b"], [0, 0, 1, 1]), cramers_v(["a", "a", "b", "b"], [0, 1, 0, 1])
    (1.0, 0.0)
    """
    (_, a), (_, b) = as_labels(x, "x"), as_labels(y, "y")
    _same_length(a, b)
    shape = int(a.max()) + 1, int(b.max()) + 1
    if min(shape) == 1:
        return 0.0
    # sum of n_ij^2/(n_i n_j) over the cells that occur: chi-squared is N (that sum - 1)
    cells, counts = np.unique(a * shape[1] + b, return_counts=True)
    expected = np.bincount(a)[cells // shape[1]] * np.bincount(b)[cells % shape[1]].astype(float)
    off = float((counts**2.0 / expected).sum() - 1.0)
    return float(np.sqrt(min(max(off, 0.0) / (min(shape) - 1), 1.0)))


def equal_bins(x: ArrayLike, bins: int) -> NDArray[np.int64]:
    """Numbers cut into bins that are about equally full: the codes of the bins, from 0 on.

    Equal numbers fall into the same bin, so there may be fewer bins than asked for.

    Parameters
    ----------
    x : (n,) numbers.
    bins : at least 1.

    Raises
    ------
    ValueError
        If x is empty or not finite, or bins < 1.

    References
    ----------
    Cover & Thomas (2006), Elements of Information Theory, theorem 2.6.4: equally full bins hold the most entropy.

    Examples
    --------
    >>> equal_bins([5.0, 1.0, 3.0, 2.0, 2.0, 9.0], 3)
    array([2, 0, 1, 0, 0, 2])
    """
    x, bins = as_float(x, "x", ndim=1), as_int(bins, "bins", low=1, high=MOST_CELLS)
    last = np.arange(1, bins) * len(x) // bins - 1  # place of the largest number of each bin
    last = last[last >= 0]
    edges = np.unique(np.partition(x, last)[last]) if last.size else np.empty(0)
    return np.searchsorted(edges[edges < x.max()], x)


def pairwise_information(codes: ArrayLike, y: ArrayLike) -> Pairs:
    """Plug-in information in nats of every column and every pair of columns, alone and given the class.

    I(X_i; Y), I(X_i; X_j) and I(X_i; X_j | Y) from counts; each is too large by about its degrees of freedom over 2N.

    Parameters
    ----------
    codes : (n, d) whole numbers from 0 on: labels, or numbers cut into bins.
    y : (n,) labels (text or numbers).

    Raises
    ------
    ValueError
        If codes is no table of whole numbers that are at least 0 and not too many for a table, or the lengths differ.

    References
    ----------
    Cover & Thomas (2006), Elements of Information Theory, eq. 2.28 and 2.60.

    Examples
    --------
    >>> from core.units import BITS
    >>> pairs = pairwise_information([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])  # exclusive or
    >>> BITS.from_nats(pairs.relevance), BITS.from_nats(pairs.redundancy[0, 1]), BITS.from_nats(pairs.given[0, 1])
    (array([0., 0.]), 0.0, 1.0)
    """
    codes, target = _codes(codes, y)
    d, (k, m) = codes.shape[1], (int(codes.max()) + 1, int(target.max()) + 1)
    if k * k * m > MOST_CELLS:
        raise ValueError(f"codes goes up to {k - 1}, too far for a table of a pair: cut or group the columns first.")
    redundancy, given = np.empty((d, d)), np.empty((d, d))
    for i in range(d):
        known = codes[:, i] * m + target
        tables = np.stack([np.bincount(codes[:, j] * (k * m) + known, minlength=k * k * m) for j in range(i, d)])
        tables = tables.reshape(-1, k, k, m)
        redundancy[i, i:] = redundancy[i:, i] = np.atleast_1d(mutual_information(tables.sum(axis=-1)))
        given[i, i:] = given[i:, i] = np.atleast_1d(conditional_mutual_information(tables))
    alone = np.stack([np.bincount(column * m + target, minlength=k * m) for column in codes.T]).reshape(d, k, m)
    shares = np.bincount(target) / len(target)
    return Pairs(np.atleast_1d(mutual_information(alone)), redundancy, given, entropy(shares))


def select(pairs: Pairs, criterion: Criterion, steps: int | None = None) -> Selection:
    """Choose columns one after another, each time the one with the highest score.

    score(X) = I(X; Y) - beta/|S| sum_j I(X; S_j) + gamma/|S| sum_j I(X; S_j | Y), S the columns chosen before;
    single: beta = gamma = 0; mRMR: beta = 1, gamma = 0; JMI: beta = gamma = 1, which orders as sum_j I(X S_j; Y) does

    Parameters
    ----------
    pairs : what `pairwise_information` gives.
    criterion : "single", "mRMR" or "JMI".
    steps : how many columns to choose; all if it is not given.

    Raises
    ------
    ValueError
        If pairs is something else, the criterion is unknown, or steps is no whole number from 1 to the number of
        columns.

    References
    ----------
    mRMR: Peng, Long & Ding (2005), Feature selection based on mutual information, section 2.3 (incremental search);
    JMI: Yang & Moody (1999), Data visualization and feature selection; as one formula: Brown, Pocock, Zhao & Lujan
    (2012), Conditional likelihood maximisation, section 4.

    Examples
    --------
    >>> pairs = Pairs(np.array([0.5, 0.5, 0.1]), np.array([[0.7, 0.7, 0], [0.7, 0.7, 0], [0, 0, 0.7]]),
    ...               np.zeros((3, 3)), 0.7)  # the second column is a copy of the first
    >>> select(pairs, "single").order, select(pairs, "mRMR").order
    (array([0, 1, 2]), array([0, 2, 1]))
    """
    if not isinstance(criterion, str) or criterion not in CRITERIA:
        raise ValueError(f"criterion is {criterion!r}: use one of {', '.join(CRITERIA)}.")
    if not isinstance(pairs, Pairs):
        raise ValueError("pairs is not what pairwise_information gives: call it first.")
    d = len(pairs.relevance)
    steps = as_int(d if steps is None else steps, "steps", low=1, high=d)
    beta, gamma = float(criterion != "single"), float(criterion == "JMI")
    order, found = [], []
    left = np.ones(d, dtype=bool)
    repeated, together = np.zeros(d), np.zeros(d)  # sums over the columns chosen so far
    for step in range(steps):
        share = 1.0 / max(step, 1)
        parts = np.stack([pairs.relevance, beta * share * repeated, gamma * share * together])
        score = np.where(left, parts[0] - parts[1] + parts[2], -np.inf)
        best = int(np.flatnonzero(score >= score.max() - TIE)[0])
        order.append(best)
        found.append((*parts[:, best], score[best]))
        left[best] = False
        repeated += pairs.redundancy[best]
        together += pairs.given[best]
    return Selection(np.array(order), *np.array(found).T)


def joint_information(codes: ArrayLike, y: ArrayLike) -> Array:
    """Plug-in information in nats that the first column, the first two, ..., all of them together have about a class.

    I(X_1 ... X_m; Y) for m = 1 ... d; too large where there are more combinations than rows to fill them

    Parameters
    ----------
    codes : (n, d) whole numbers from 0 on, in the order in which the columns are added.
    y : (n,) labels (text or numbers).

    Returns
    -------
    (d,) rising values, none larger than the entropy of y.

    Raises
    ------
    ValueError
        If codes is no table of whole numbers that are at least 0, or the lengths differ.

    References
    ----------
    Cover & Thomas (2006), Elements of Information Theory, eq. 2.62.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(joint_information([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]))  # exclusive or
    array([0., 1.])
    """
    codes, target = _codes(codes, y)
    m = int(target.max()) + 1
    cell, out = np.zeros(len(target), dtype=np.int64), []
    for column in codes.T:
        # Numbered anew at each step, cells stay no more than rows: their product with the next codes cannot overflow.
        wide = cell * (int(column.max()) + 1) + column
        if int(wide.max()) > 8 * len(wide):  # sorting takes less than counting that many cells
            cell = np.unique(wide, return_inverse=True)[1].ravel()
        else:
            cell = (np.cumsum(np.bincount(wide) > 0) - 1)[wide]
        table = np.bincount(cell * m + target, minlength=(int(cell.max()) + 1) * m).reshape(-1, m)
        out.append(mutual_information(table))
    return np.array(out)


def _codes(codes: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    codes, (_, target) = as_counts(codes, "codes", ndim=2), as_labels(y, "y")
    _same_length(codes, target, "codes")
    return codes, target


def _same_length(x: NDArray, y: NDArray, name: str = "x") -> None:
    if len(x) != len(y):
        raise ValueError(f"{name} has {len(x)} rows but y has {len(y)}: give one y for each row.")
