"""The records behind the Entropy page."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_int, as_pmf, as_positive
from core.discrete import binary_entropy, entropy, perplexity, surprisal
from core.estimate import running_mean_surprisal
from core.gaussian import gaussian_entropy, laplace_entropy, uniform_entropy
from core.simplex import CORNERS, from_plane, spread, to_plane

Array = NDArray[np.float64]
POINTS = 301  # along a curve
MOST = float(np.log(8))  # the entropy of eight equally likely outcomes


@dataclass(frozen=True, slots=True)
class Distribution:
    """p with what each outcome contributes: terms_i = p_i surprisal_i, whose sum is the entropy."""

    p: Array
    surprisal: Array
    terms: Array
    entropy: float
    maximum: float  # log K, the entropy of the uniform distribution
    effective: float  # e^H: as uncertain as so many equally likely outcomes


def distribution(p: ArrayLike) -> Distribution:
    """The distribution p as areas of width p_i and height -log p_i.

    >>> distribution([0.5, 0.5]).effective
    2.0
    """
    p = as_pmf(p, "p")
    s = surprisal(p)
    # 0 log 0 = 0: an outcome that never happens contributes nothing, however surprising it would be.
    terms = np.multiply(p, s, where=p > 0, out=np.zeros_like(p))
    return Distribution(p, s, terms, entropy(p), entropy(np.full(p.size, 1 / p.size)), perplexity(p))


@dataclass(frozen=True, slots=True)
class Binary:
    """The entropy of a coin against its bias, with the coin that is looked at."""

    grid: Array
    curve: Array
    p: float
    entropy: float
    marked: Array
    marked_entropy: Array


def binary(p: float) -> Binary:
    """The binary entropy curve, five marked coins on it, and the coin p.

    >>> round(binary(0.5).entropy, 4)  # log 2
    0.6931
    """
    grid, marked = np.linspace(0, 1, POINTS), np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    return Binary(grid, binary_entropy(grid), p, binary_entropy(p), marked, binary_entropy(marked))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens with a known probability."""

    name: str
    p: float


EVENTS = (Event("sun rises", 0.9999), Event("rain", 0.5), Event("lottery win", 1e-7))


@dataclass(frozen=True, slots=True)
class Surprisal:
    """Surprisal against probability, and two independent events whose surprisals add."""

    grid: Array
    curve: Array
    events: tuple[Event, ...]
    event_surprisal: Array
    p: float
    q: float
    joint: float  # p q
    surprisal_p: float
    surprisal_q: float
    surprisal_joint: float


def surprisal_of_events(p: float, q: float) -> Surprisal:
    """The curve -log p, the named events, and the additivity -log pq = -log p - log q.

    >>> s = surprisal_of_events(0.5, 0.25)
    >>> s.surprisal_joint == s.surprisal_p + s.surprisal_q
    True
    """
    grid = np.geomspace(1e-8, 1, POINTS)
    of_events = surprisal([event.p for event in EVENTS])
    return Surprisal(
        grid, surprisal(grid), EVENTS, of_events, p, q, p * q, surprisal(p), surprisal(q), surprisal(p * q)
    )


@dataclass(frozen=True, slots=True)
class Simplex:
    """Entropy over all distributions of three outcomes: a grid in the plane, NaN outside the triangle."""

    x: Array
    y: Array
    entropy: Array  # (y, x)
    corners: Array
    p: Array
    point: Array
    at_point: float


def simplex(p: ArrayLike, columns: int = 65) -> Simplex:
    """The entropy at each point of the triangle, and the point p.

    >>> round(float(np.nanmax(simplex([1, 0, 0]).entropy)), 3)  # log 3, in the middle
    1.099
    """
    p = as_pmf(p, "p")
    x = np.linspace(0, 1, as_int(columns, "columns", low=3))
    y = np.linspace(0, CORNERS[2, 1], (7 * x.size) // 8)
    # The grid's cells cut across the sides. A point less than a cell outside takes the value on the side, so that
    # the surface reaches it; what sticks out is covered by what lies beyond the triangle.
    c = y[:, None] / CORNERS[2, 1]
    b = x[None, :] - c / 2
    coordinates = np.stack(np.broadcast_arrays(1 - b - c, b, c), axis=-1)
    inside = coordinates.min(axis=-1) >= -1.5 / x.size
    nearest = np.maximum(coordinates, 0)
    values = np.where(inside, entropy(nearest / nearest.sum(axis=-1, keepdims=True)), np.nan)
    return Simplex(x, y, values, CORNERS, p, to_plane(p), entropy(p))


def first_two_and_rest(p: ArrayLike) -> Array:
    """p as three outcomes: the first, the second, and everything else.

    >>> first_two_and_rest([0.5, 0.25, 0.125, 0.125])
    array([0.5 , 0.25, 0.25])
    """
    p = as_pmf(p, "p")
    return np.array([p[0], p[1], p[2:].sum()])


def moved(p: ArrayLike, x: float, y: float) -> Array:
    """p after its first two outcomes and the rest have been put at a point of the triangle, to a thousandth.

    >>> moved([0.5, 0.25, 0.125, 0.125], 0.5, 0.0)
    array([0.5, 0.5, 0. , 0. ])
    """
    a, b, _ = (round(float(v), 3) for v in from_plane([x, y]))
    return spread(p, a, min(b, 1 - a))


@dataclass(frozen=True, slots=True)
class Sampling:
    """The running mean surprisal of seeded draws, and the band that it stays in nineteen times of twenty."""

    n: Array
    mean: Array
    low: Array
    high: Array
    entropy: float
    draws: int
    final: float
    top: float  # no running mean exceeds the largest surprisal; very rare outcomes are left out of view


def sampling(p: ArrayLike, draws: int, seed: int) -> Sampling:
    """Draw from p and average the surprisal: the mean settles at H, within about 2 sqrt(V/n).

    V = Var[-log p(X)] is the varentropy. At most POINTS of the running means are kept, evenly spread over log n.

    >>> round(sampling([0.5, 0.5], 100, seed=1).final, 4)  # log 2: either side of a fair coin surprises equally
    0.6931
    """
    p = as_pmf(p, "p")
    record = running_mean_surprisal(p, draws, seed)
    h = entropy(p)
    largest = float(np.max(surprisal(p[p > 0])))
    variance = float(np.sum(p * (surprisal(np.where(p > 0, p, 1)) - h) ** 2))
    kept = np.unique(np.geomspace(1, draws, POINTS).round().astype(int))
    spread = 1.96 * np.sqrt(variance / kept)
    mean = record.running_mean[kept - 1]
    top = 1.06 * min(max(largest, 0.5), 6.0)
    return Sampling(kept, mean, np.maximum(h - spread, 0), h + spread, h, draws, float(mean[-1]), top)


@dataclass(frozen=True, slots=True)
class Grouping:
    """H(p) = H(grouped) + weight H(within): what merging two outcomes forgets."""

    p: Array
    pair: tuple[int, int]
    grouped: Array
    weight: float
    within: Array
    entropy: float
    between: float  # H(grouped)
    inside: float  # H(within)
    forgotten: float  # weight H(within)


def grouping(p: ArrayLike, first: int, second: int) -> Grouping:
    """Merge two outcomes of p. Shannon (1948), section 6, property 3; Cover & Thomas (2006), problem 2.27.

    >>> g = grouping([0.5, 0.25, 0.25], 1, 2)
    >>> bool(np.isclose(g.entropy, g.between + g.forgotten))  # 1.5 bits = 1 bit + 1/2 x 1 bit
    True
    """
    p = as_pmf(p, "p")
    first, second = (as_int(i, name, low=0, high=p.size - 1) for i, name in ((first, "first"), (second, "second")))
    if first == second:
        raise ValueError("first and second are the same outcome: name two different ones.")
    merged = p.copy()
    weight = p[first] + p[second]
    merged[min(first, second)] = weight
    grouped = np.delete(merged, max(first, second))
    pair = p[[first, second]]
    within = pair / weight if weight > 0 else np.array([0.5, 0.5])  # of an impossible group, any split will do
    inside = entropy(within)
    return Grouping(
        p, (first, second), grouped, float(weight), within, entropy(p), entropy(grouped), inside, float(weight) * inside
    )


@dataclass(frozen=True, slots=True)
class Density:
    """A density with standard deviation sigma, and its differential entropy."""

    name: str
    values: Array
    entropy: float
    at_scales: Array


@dataclass(frozen=True, slots=True)
class Continuous:
    """Three densities of one variance, and their entropies as the common standard deviation changes."""

    x: Array
    sigma: float
    scales: Array
    densities: tuple[Density, ...]  # the largest entropy first
    zero_crossing: float  # the sigma at which the Gaussian's entropy is 0


def continuous(sigma: float, reach: float = 4.0) -> Continuous:
    """Gaussian, uniform and Laplace densities with mean 0 and standard deviation sigma on [-reach, reach].

    >>> [d.name for d in continuous(1.0).densities]
    ['Gaussian', 'Laplace', 'uniform']
    """
    sigma = float(as_positive(sigma, "sigma"))
    x, scales = np.linspace(-reach, reach, 401), np.geomspace(0.05, 2, POINTS)
    half, scale = np.sqrt(3.0) * sigma, sigma / np.sqrt(2.0)
    found = (
        Density(
            "Gaussian",
            np.exp(-0.5 * (x / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi)),
            gaussian_entropy(sigma),
            gaussian_entropy(scales),
        ),
        Density(
            "Laplace",
            np.exp(-np.abs(x) / scale) / (2 * scale),
            laplace_entropy(scale),
            laplace_entropy(scales / np.sqrt(2.0)),
        ),
        Density(
            "uniform",
            np.where(np.abs(x) <= half, 1 / (2 * half), 0.0),
            uniform_entropy(2 * half),
            uniform_entropy(np.sqrt(12.0) * scales),
        ),
    )
    return Continuous(x, sigma, scales, found, 1 / np.sqrt(2 * np.pi * np.e))


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    zero_sigma: float
    narrow_gaussian: float  # at sigma = 0.1
    peak: float  # the p with the largest contribution
    peak_term: float
    rare_term: float  # at p = 0.01
    fair_coin: float


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> claims().peak_term == claims().peak  # p (-log p) at p = 1/e is 1/e
    True
    """
    peak = float(np.exp(-1.0))
    return Claims(
        zero_sigma=float(1 / np.sqrt(2 * np.pi * np.e)),
        narrow_gaussian=gaussian_entropy(0.1),
        peak=peak,
        peak_term=peak * surprisal(peak),
        rare_term=0.01 * surprisal(0.01),
        fair_coin=binary_entropy(0.5),
    )
