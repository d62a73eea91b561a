"""The records behind the Divergences page."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_int, as_pmf, as_scalar
from core.discrete import js_divergence, kl_divergence
from core.divergence import (
    CHI2,
    JENSEN_SHANNON,
    KL,
    REVERSE_KL,
    SQUARED_HELLINGER,
    TOTAL_VARIATION,
    Generator,
    bretagnolle_huber_bound,
    chi2_divergence,
    f_divergence,
    hellinger_distance,
    pinsker_bound,
    renyi_divergence,
    total_variation,
)
from core.gaussian import gaussian_hellinger, gaussian_js, gaussian_kl, gaussian_total_variation
from core.mixture import Mixture

Array = NDArray[np.float64]
MEMBERS = {  # the f-family, those that are amounts of information first
    "KL": KL,
    "reverse KL": REVERSE_KL,
    "JS": JENSEN_SHANNON,
    "TV": TOTAL_VARIATION,
    "χ²": CHI2,
    "H²": SQUARED_HELLINGER,
}
INFORMATION = ("KL", "reverse KL", "JS")
MOST = float(np.log(2))  # what the Jensen-Shannon divergence cannot exceed
RATIOS = 3.2  # the picture of a generator goes from 0 to this ratio
LOWEST, HIGHEST = 0.05, 20.0  # between these orders alpha is continuous; exactly 0 and infinity lie beyond
ORDERS = np.array([float(f"{a:.3g}") for a in np.geomspace(LOWEST, HIGHEST, 53)])
NAMED = (0.0, 0.5, 1.0, 2.0, float("inf"))
FARTHEST = 6.0  # the largest shift, in standard deviations
ROOM = 3.0  # nats: how far the picture of Pinsker's bound goes
HEADS = (0.1, 0.9)  # the two coins between which a third one stands
POINTS = 161  # along a curve


@dataclass(frozen=True, slots=True)
class Member:
    """One divergence between p and q. Its ceiling is f(0) + f'(infinity), what it has where nothing is shared."""

    name: str
    information: bool  # in nats; otherwise without a unit
    value: float
    swapped: float  # with p and q exchanged
    ceiling: float


@dataclass(frozen=True, slots=True)
class Family:
    """p and q, every member of the family between them, and how one of them is formed: D = sum q f(p/q)."""

    p: Array
    q: Array
    members: tuple[Member, ...]
    chosen: Member
    t: Array
    f: Array  # of the chosen one, along t
    ratio: Array  # p/q; infinite where only q is 0, 1 where both are
    weight: Array  # q, or p where only q is 0
    height: Array  # f(p/q), or the slope of f at infinity where only q is 0
    term: Array  # their products, which sum to the value


def family(p: ArrayLike, q: ArrayLike, chosen: str) -> Family:
    """Every member of the f-family between p and q, which are filled up to a common length with impossible outcomes.

    Ranges: Vajda (1972), On the f-divergence and singularity of probability measures.

    >>> half = family([1.0], [0.5, 0.5], "TV")
    >>> half.chosen.value, half.weight.tolist(), half.height.tolist()  # 1/2 f(2) + 1/2 f(0)
    (0.5, [0.5, 0.5], [0.5, 0.5])
    """
    p, q = pair(p, q)
    members = tuple(_member(name, f, p, q) for name, f in MEMBERS.items())
    f = MEMBERS[chosen]
    t = np.linspace(0, RATIOS, POINTS)
    lost = (q == 0) & (p > 0)
    divisor = np.where(q > 0, q, 1.0)
    with np.errstate(over="ignore"):
        finite = np.minimum(p / divisor, np.finfo(np.float64).max)  # only where q is 0 is the ratio infinite
        ratio = np.where(lost, np.inf, np.where(q > 0, finite, 1.0))
        weight = np.where(lost, p, q)
        height = f.terms(np.where(lost, 1.0, ratio), np.where(lost, 0.0, 1.0))
    one = next(m for m in members if m.name == chosen)
    return Family(p, q, members, one, t, f(t), ratio, weight, height, f.terms(p, q))


def pair(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    """p and q over the same outcomes: what only one of them lists has probability 0 in the other.

    >>> pair([1.0], [0.5, 0.5])[0]
    array([1., 0.])
    """
    p, q = as_pmf(p, "p"), as_pmf(q, "q")
    first, second = (np.pad(a, (0, max(p.size, q.size) - a.size)) for a in (p, q))
    return first, second


def _member(name: str, f: Generator, p: Array, q: Array) -> Member:
    ends = f.terms(np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    ceiling = float(ends.sum())
    value, swapped = (min(f_divergence(a, b, f), ceiling) for a, b in ((p, q), (q, p)))
    return Member(name, name in INFORMATION, value, swapped, ceiling)


@dataclass(frozen=True, slots=True)
class Renyi:
    """The Renyi divergence against its order, between its two exact ends."""

    orders: Array
    values: Array
    named: tuple[float, ...]  # at the orders NAMED
    hellinger: float  # squared, from which the value at 1/2 follows
    chi2: float  # from which that at 2 follows
    largest: float  # the largest ratio p/q, whose log is the value at infinity


def renyi(p: ArrayLike, q: ArrayLike) -> Renyi:
    """D_alpha(p || q) as alpha goes from exactly 0 to infinity. van Erven & Harremoes (2014).

    >>> curve = renyi([0.5, 0.5], [0.25, 0.75])
    >>> curve.largest, bool((np.diff(curve.values) > 0).all())
    (2.0, True)
    """
    p, q = pair(p, q)
    values = np.array([renyi_divergence(p, q, a) for a in ORDERS])
    named = tuple(renyi_divergence(p, q, a) for a in NAMED)
    possible = p > 0
    with np.errstate(divide="ignore", over="ignore"):
        largest = float((p[possible] / q[possible]).max())
    return Renyi(ORDERS, values, named, min(hellinger_distance(p, q) ** 2, 1.0), chi2_divergence(p, q), largest)


def renyi_at(p: ArrayLike, q: ArrayLike, alpha: float) -> float:
    """D_alpha(p || q) at one order.

    >>> round(renyi_at([1.0], [0.5, 0.5], np.inf), 6)  # log 2
    0.693147
    """
    return renyi_divergence(*pair(p, q), alpha)


@dataclass(frozen=True, slots=True)
class Measures:
    """Four divergences between two Gaussians of width 1: one value each, or one a shift."""

    kl: Array | float
    js: Array | float
    total_variation: Array | float
    hellinger: Array | float  # squared


@dataclass(frozen=True, slots=True)
class Shifts:
    """Divergences against the distance of two Gaussians, in widths."""

    shifts: Array
    along: Measures


def shifts() -> Shifts:
    """The divergences of N(0, 1) and N(d, 1) for d from 0 to FARTHEST; Jensen-Shannon by quadrature.

    >>> float(shifts().along.kl[-1])  # 6^2/2
    18.0
    """
    d = np.linspace(0, FARTHEST, 61)
    js = np.array([gaussian_js(0.0, 1.0, float(shift), 1.0) for shift in d])
    return Shifts(d, _measures(d, js))


@dataclass(frozen=True, slots=True)
class Shift:
    """Two Gaussians, one of them shifted, and what lies under both."""

    d: float
    x: Array
    p: Array
    q: Array
    both: Array
    peak: float
    at: Measures


def shift(d: float) -> Shift:
    """N(0, 1) and N(d, 1).

    >>> shift(2.0).at.kl  # 2^2/2
    2.0
    """
    d = as_scalar(d, "d", low=0.0, high=FARTHEST)
    x = np.linspace(-3.5, FARTHEST + 3.5, 201)
    p, q = (Mixture([1.0], [mean], [1.0]) for mean in (0.0, d))
    one, other = p.pdf(x), q.pdf(x)
    return Shift(d, x, one, other, np.minimum(one, other), q.pdf(d), _measures(d, gaussian_js(0.0, 1.0, d, 1.0)))


def _measures(d: Array | float, js: Array | float) -> Measures:
    zero, one = 0.0, 1.0
    return Measures(
        gaussian_kl(zero, one, d, one),
        js,
        gaussian_total_variation(zero, d, one),
        gaussian_hellinger(zero, one, d, one) ** 2,
    )


@dataclass(frozen=True, slots=True)
class Cloud:
    """Divergence and total variation of seeded random pairs, and the two bounds that none of them breaks."""

    kl_grid: Array
    pinsker: Array
    bretagnolle_huber: Array
    kl: Array
    total_variation: Array


def cloud(outcomes: int, count: int, seed: int) -> Cloud:
    """Random pairs over so many outcomes: p and r from one Dirichlet, of a random concentration, and q between them.

    >>> some = cloud(3, 50, seed=1)
    >>> bool((some.total_variation <= pinsker_bound(some.kl)).all())
    True
    """
    outcomes, count = as_int(outcomes, "outcomes", low=2), as_int(count, "count", low=1)
    draw = np.random.default_rng(as_int(seed, "seed", low=0))
    concentration = np.exp(draw.uniform(-1.5, 1.0, count))
    weights = draw.gamma(concentration[:, None, None], size=(count, 2, outcomes))
    both = weights / weights.sum(axis=-1, keepdims=True)
    p, r = both[:, 0], both[:, 1]
    toward = np.sqrt(draw.uniform(0, 1, (count, 1)))  # more of them far than near
    q = (1 - toward) * p + toward * r
    grid = np.concatenate([np.linspace(0, 0.1, 40) ** 2 * 10, np.linspace(0.11, ROOM, 120)])
    return Cloud(
        grid, pinsker_bound(grid), bretagnolle_huber_bound(grid), kl_divergence(p, q), total_variation(p, q)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Approach:
    """p and, in place of q, a mixture of p and q: the more of q, the further away."""

    toward: float
    kl: float
    total_variation: float
    whole: float  # the total variation of p and q, of which the mixture has its share
    pinsker: float  # what either bound says from the divergence
    bretagnolle_huber: float
    kl_way: Array  # along the way from p to q
    variation_way: Array


def approach(p: ArrayLike, q: ArrayLike, toward: float) -> Approach:
    """p against (1 - toward) p + toward q.

    >>> half = approach([1.0], [0.5, 0.5], 0.5)
    >>> half.total_variation, half.whole  # 1 against 3/4: linear in the share
    (0.25, 0.5)
    """
    p, q = pair(p, q)
    toward = as_scalar(toward, "toward", low=0.0, high=1.0)
    shares = np.append(np.linspace(0, 1, 61), toward)[:, None]
    between = (1 - shares) * p + shares * q
    kl, variation = kl_divergence(p, between), total_variation(p, between)
    at, whole = float(kl[-1]), total_variation(p, q)
    return Approach(
        toward, at, float(variation[-1]), whole, pinsker_bound(at), bretagnolle_huber_bound(at), kl[:-1], variation[:-1]
    )  # fmt: skip


def share_of(p: ArrayLike, q: ArrayLike, variation: float) -> float:
    """How much of q a mixture with p must hold for that total variation from p, to a thousandth.

    >>> share_of([1.0], [0.5, 0.5], 0.25)
    0.5
    """
    whole = total_variation(*pair(p, q))
    return round(min(max(variation / whole, 0.0), 1.0), 3) if whole > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Detour:
    """From one coin to another directly and by way of a third, in two divergences."""

    ends: tuple[float, float]  # the probabilities of heads
    middle: float
    grid: Array  # of middles
    kl_direct: float
    kl_legs: Array  # (2, n): from the first coin to the middle, from there to the last
    kl_at: tuple[float, float]
    js_direct: float
    js_legs: Array
    js_at: tuple[float, float]


def detour(middle: float) -> Detour:
    """The triangle of the coins HEADS and a third one between them, in KL and in Jensen-Shannon.

    The root of the latter is a metric: Endres & Schindelin (2003), A new metric for probability distributions.

    >>> way = detour(0.5)
    >>> sum(way.kl_at) < way.kl_direct, bool(sum(np.sqrt(way.js_at)) > np.sqrt(way.js_direct))
    (True, True)
    """
    middle = as_scalar(middle, "middle", low=0.0, high=1.0)
    heads = np.append(np.linspace(0, 1, POINTS), middle)
    coins = np.stack([heads, 1 - heads], axis=-1)
    first, last = (np.array([a, 1 - a]) for a in HEADS)
    legs = [
        np.stack([measure(first, coins), measure(coins, last)]) for measure in (kl_divergence, js_divergence)
    ]  # fmt: skip
    kl, js = legs
    return Detour(
        HEADS, middle, heads[:-1], kl_divergence(first, last), kl[:, :-1], tuple(map(float, kl[:, -1])),
        js_divergence(first, last), js[:, :-1], tuple(map(float, js[:, -1])),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    forward: float  # KL of the published pair, both ways
    reverse: float
    direct: float  # KL from one coin to the other
    legs: tuple[float, float]  # by way of a fair one
    js: float
    js_by_other: float  # by the generator -(t + 1) log((t + 1)/2) + t log t
    hellinger: float  # squared
    hellinger_by_other: float  # by the generator (sqrt t - 1)^2
    near: tuple[float, float]  # total variation and KL of a pair that one of them calls nearer
    far: tuple[float, float]


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> c = claims()
    >>> round(c.js_by_other / c.js, 12), round(c.hellinger_by_other / c.hellinger, 12)
    (2.0, 2.0)
    """
    p, q = [0.5, 0.3, 0.2], [0.2, 0.4, 0.4]
    way = detour(0.5)
    coin, skewed, mild = [0.9, 0.1], [0.999, 0.001], [0.7, 0.3]
    return Claims(
        kl_divergence(p, q), kl_divergence(q, p), way.kl_direct, way.kl_at, js_divergence(p, q),
        f_divergence(p, q, lambda t: t * np.log(t) - (t + 1) * np.log((t + 1) / 2)), hellinger_distance(p, q) ** 2,
        f_divergence(p, q, lambda t: (np.sqrt(t) - 1) ** 2),
        (total_variation(coin, skewed), kl_divergence(coin, skewed)),
        (total_variation(coin, mild), kl_divergence(coin, mild)),
    )  # fmt: skip
