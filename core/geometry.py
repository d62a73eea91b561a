"""Two circles whose areas, and the area they share, are exactly the numbers they stand for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_nonnegative, as_scalar, as_size, as_together, result

# Entropies and mutual information come from different sums; a shared area may exceed the smaller one by this much.
ROUNDING = 2.0**-40


@dataclass(frozen=True, slots=True)
class Venn2:
    """Circles A at (0, 0) and B at (distance, 0)."""

    radius_a: float
    radius_b: float
    distance: float


def lens_area(r1: ArrayLike, r2: ArrayLike, d: ArrayLike) -> NDArray[np.float64] | float:
    """Area common to two circles: r1^2 (t1 - sin t1)/2 + r2^2 (t2 - sin t2)/2, t the angles their chord subtends.

    Half-angle form tan(t1/4)^2 = (r1 + r2 - d)(d + r2 - r1) / ((d + r1 - r2)(d + r1 + r2)), which loses no digits at
    tangency. Disjoint circles share 0, nested ones the smaller circle.

    Parameters
    ----------
    r1, r2 : radii >= 0, any shapes that broadcast.
    d : distances of the centers >= 0, likewise.

    Returns
    -------
    Areas in the square of the unit of length.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric, not finite or negative, or the shapes do not broadcast.

    References
    ----------
    Weisstein, Circle-Circle Intersection, MathWorld, eq. 14; half angles from the law of cosines.

    Examples
    --------
    >>> round(lens_area(1.0, 1.0, 1.0), 6)  # 2 pi/3 - sqrt(3)/2
    1.22837
    """
    r1, r2, d = as_together(r1=as_nonnegative(r1, "r1"), r2=as_nonnegative(r2, "r2"), d=as_nonnegative(d, "d"))
    big, small = np.maximum(r1, r2), np.minimum(r1, r2)
    # Lengths near the top of float64 are worked on at a fraction of their size, so that their sums stay inside.
    scale = np.where(np.maximum(big, d) > 2.0**1000, 2.0**-30, 1.0)
    with np.errstate(over="ignore", under="ignore"):
        return result(_lens(big * scale, small * scale, d * scale) / scale / scale)


def lens_outline(r1: float, r2: float, d: float, points: int = 61) -> NDArray[np.float64]:
    """Outline of what two circles share, the first around (0, 0) and the second around (d, 0).

    Arcs of both circles between their crossings at angle +-t: cos t1 = (d^2 + r1^2 - r2^2)/(2 d r1), likewise t2.
    Nested circles give the smaller one, circles that touch or lie apart the one point between them.

    Parameters
    ----------
    r1, r2 : radii >= 0.
    d : distance of the centers >= 0.
    points : number of points on each arc, at least 2.

    Returns
    -------
    (2 points, 2) coordinates, counter-clockwise and closed.

    Raises
    ------
    ValueError
        If a length is not a finite number >= 0, or points is below 2.

    References
    ----------
    Weisstein, Circle-Circle Intersection, MathWorld, eq. 5 and 8.

    Examples
    --------
    >>> lens_outline(1.0, 1.0, 2.0, points=2)  # they touch at (1, 0)
    array([[1., 0.],
           [1., 0.],
           [1., 0.],
           [1., 0.]])
    """
    r1, r2, d = as_scalar(r1, "r1", low=0), as_scalar(r2, "r2", low=0), as_scalar(d, "d", low=0)
    points = as_size(points, "points", low=2)
    t1, t2 = _half_angle(r1, r2, d), _half_angle(r2, r1, d)
    first, second = np.linspace(-t1, t1, points), np.linspace(np.pi - t2, np.pi + t2, points)
    right = np.stack([r1 * np.cos(first), r1 * np.sin(first)], axis=1)
    left = np.stack([d + r2 * np.cos(second), r2 * np.sin(second)], axis=1)
    if d <= abs(r1 - r2):  # the smaller circle alone, twice around it would be too much
        return np.repeat(right, 2, axis=0) if r1 <= r2 else np.repeat(left, 2, axis=0)
    if d >= r1 + r2:
        return np.tile([r1 + (d - r1 - r2) / 2, 0.0], (2 * points, 1))
    return np.concatenate([right, left])


def _half_angle(r: float, other: float, d: float) -> float:
    """Half of the angle under which the center of the circle r sees what the other circle covers of it."""
    if r == 0 or d == 0 or d >= r + other or d <= abs(r - other):
        return np.pi if r <= other else 0.0
    near, far = (other - r) + d, (other + r) - d  # both positive where the circles cross
    return float(2.0 * np.arctan2(np.sqrt(near * far), np.sqrt((d + (r - other)) * (d + r + other))))


def venn2(area_a: float, area_b: float, area_ab: float) -> Venn2:
    """Radii r = sqrt(area/pi) and the distance at which two circles share exactly area_ab.

    With areas H(X), H(Y) and I(X; Y) it is the information diagram of two variables. A shared area of 0 gives circles
    that touch from outside; the whole smaller area gives one that touches the larger from inside.

    Parameters
    ----------
    area_a, area_b : areas of the circles >= 0.
    area_ab : the area they share, at least 0 and at most the smaller area (rounding of 1e-12 of it is granted).

    Raises
    ------
    ValueError
        If an area is not a finite number >= 0, or area_ab exceeds area_a or area_b.

    References
    ----------
    lens_area, solved for the distance by Brent (1973), chapter 4.

    Examples
    --------
    >>> import math
    >>> venn2(math.pi, 4 * math.pi, 0.0)
    Venn2(radius_a=1.0, radius_b=2.0, distance=3.0)
    """
    area_a, area_b = as_scalar(area_a, "area_a", low=0), as_scalar(area_b, "area_b", low=0)
    area_ab = as_scalar(area_ab, "area_ab", low=0)
    for name, area in (("area_a", area_a), ("area_b", area_b)):
        if area_ab > area * (1.0 + ROUNDING):
            raise ValueError(f"area_ab is {area_ab:.6g}, more than {name}, {area:.6g}: no more can be shared.")
    radius_a, radius_b = (float(np.sqrt(area) / np.sqrt(np.pi)) for area in (area_a, area_b))
    big, small = max(radius_a, radius_b), min(radius_a, radius_b)
    return Venn2(radius_a, radius_b, _distance(big, small, area_ab))


def _distance(big: float, small: float, shared: float) -> float:
    from scipy.optimize import brentq  # imported here: it takes longer to load than all of core

    def excess(d: float) -> float:
        return float(_lens(np.float64(big), np.float64(small), np.float64(d))) - shared

    touching_inside, touching_outside = big - small, big + small
    if excess(touching_outside) >= 0:  # also where big + small was rounded down and still encloses as much
        return touching_outside
    if excess(touching_inside) <= 0:
        return touching_inside
    return float(brentq(excess, touching_inside, touching_outside, xtol=5e-324, rtol=8.9e-16, maxiter=500))


def _lens(big: NDArray[np.float64], small: NDArray[np.float64], d: NDArray[np.float64]) -> NDArray[np.float64]:
    overlap = _plus_minus(big, small, d)  # big + small - d: 0 where they touch from outside
    protrusion = _plus_minus(d, small, big)  # d + small - big: 0 where they touch from inside
    crossing, nested = (overlap > 0) & (protrusion > 0), protrusion <= 0
    overlap, protrusion = np.where(crossing, overlap, 0.0), np.where(crossing, protrusion, 1.0)
    # Roots are taken factor by factor: their products would leave float64 long before the area does.
    inside = np.sqrt(overlap)
    t_big = 4.0 * np.arctan2(inside * np.sqrt(protrusion), np.sqrt(d + (big - small)) * np.sqrt(d + big + small))
    t_small = 4.0 * np.arctan2(inside * np.sqrt(d + (big - small)), np.sqrt(protrusion) * np.sqrt(d + big + small))
    lens = (big * (big * _t_minus_sin(t_big)) + small * (small * _t_minus_sin(t_small))) / 2.0
    return np.where(crossing, lens, np.where(nested, np.pi * small * small, 0.0))


def _plus_minus(a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]) -> NDArray[np.float64]:
    """a + b - c with the rounding error of a + b put back (Knuth's two-sum), so that near 0 it keeps its digits."""
    total = a + b
    back = total - a
    error = (a - (total - back)) + (b - back)
    return (total - c) + error


def _t_minus_sin(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """t - sin t; below 1/2 by its series t^3/6 - t^5/120 + ..., seven terms of which reach the last digit."""
    square = t * t
    tail = np.ones_like(t)
    for k in (15.0, 13.0, 11.0, 9.0, 7.0, 5.0):
        tail = 1.0 - square / (k * (k - 1.0)) * tail
    return np.where(t < 0.5, t * square / 6.0 * tail, t - np.sin(t))
