"""The probability simplex over three outcomes, laid out in the plane as a triangle with corners A, B, C."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_float, as_pmf, as_scalar

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3.0) / 2.0]])
CORNERS.flags.writeable = False


def to_plane(p: ArrayLike) -> NDArray[np.float64]:
    """Points of the triangle with barycentric coordinates p: (x, y) = sum_i p_i corner_i.

    Parameters
    ----------
    p : (..., 3) distributions over three outcomes.

    Returns
    -------
    (..., 2) points.

    Raises
    ------
    ValueError
        If p is no distribution, or not over three outcomes.

    References
    ----------
    Coxeter (1969), Introduction to Geometry, section 13.7.

    Examples
    --------
    >>> to_plane([0.5, 0.5, 0.0])  # the middle of the side from (0, 0) to (1, 0)
    array([0.5, 0. ])
    """
    p = as_pmf(p, "p")
    if p.shape[-1] != 3:
        raise ValueError(f"p has {p.shape[-1]} outcomes on its last axis but needs 3: the triangle has three corners.")
    return p @ CORNERS


def from_plane(point: ArrayLike) -> NDArray[np.float64]:
    """Distributions at points of the plane; a point outside the triangle is first moved to the nearest point of it.

    Solves p_A + p_B + p_C = 1 and sum_i p_i corner_i = point. The triangle is equilateral, so the nearest point in
    the plane is the nearest distribution in the Euclidean sense: p_i = max(v_i - t, 0) with t so that the sum is 1.

    Parameters
    ----------
    point : (..., 2) finite coordinates x and y.

    Returns
    -------
    (..., 3) distributions.

    Raises
    ------
    ValueError
        If point is not numeric or finite, or its last axis is not 2.

    References
    ----------
    Duchi et al. (2008), Efficient projections onto the l1-ball, algorithm 1.

    Examples
    --------
    >>> from_plane([0.25, 0.0])  # a quarter of the way from A to B
    array([0.75, 0.25, 0.  ])
    """
    point = as_float(point, "point")
    if point.shape[-1:] != (2,):
        raise ValueError("point needs x and y on its last axis: give it shape (..., 2).")
    c = point[..., 1] / CORNERS[2, 1]
    b = point[..., 0] - c / 2.0
    v = np.stack([1.0 - b - c, b, c], axis=-1)
    u = -np.sort(-v, axis=-1)
    excess = (np.cumsum(u, axis=-1) - 1.0) / np.arange(1, 4)
    support = np.sum(u > excess, axis=-1, keepdims=True)  # how many outcomes keep a positive probability
    return np.maximum(v - np.take_along_axis(excess, support - 1, axis=-1), 0.0)


def spread(p: ArrayLike, first: float, second: float) -> NDArray[np.float64]:
    """Distribution with its first two probabilities set, the others sharing the rest in the proportions that they had.

    p'_i = (1 - first - second) p_i / sum_{j>2} p_j for i > 2; equal shares where the others had nothing. Of only two
    outcomes, both give or take half of what is missing: the nearest distribution in the Euclidean sense.

    Parameters
    ----------
    p : (n,) one distribution over at least two outcomes.
    first, second : probabilities whose sum is at most 1.

    Raises
    ------
    ValueError
        If p is no distribution over two or more outcomes, or first and second leave less than nothing.

    References
    ----------
    Kolmogorov (1933), Foundations of the Theory of Probability, section I.4: the rest conditioned on itself.

    Examples
    --------
    >>> spread([0.5, 0.25, 0.15, 0.1], 0.25, 0.25)
    array([0.25, 0.25, 0.3 , 0.2 ])
    """
    p = as_pmf(p, "p")
    first, second = as_scalar(first, "first", low=0, high=1), as_scalar(second, "second", low=0, high=1)
    if p.ndim != 1 or p.size < 2:
        raise ValueError("p needs one axis with at least 2 outcomes.")
    rest = 1.0 - first - second
    if rest < -1e-9:
        raise ValueError(f"first and second sum to {first + second:.6g}, more than 1: make one of them smaller.")
    others = p[2:] if p[2:].sum() > 0 else np.ones(p.size - 2)
    if p.size == 2:
        return np.array([1.0 + first - second, 1.0 - first + second]) / 2.0
    return np.concatenate([[first, second], max(rest, 0.0) * (others / others.sum())])
