"""Information from samples, in nats: entropy from counts, mutual information from histograms, neighbors and scores.

Estimates carry a sampling error and, unlike the quantities they stand for, may come out negative. They are handed back
as they are: cutting them off at 0 would bias every one that is close to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import (
    as_booleans,
    as_choice,
    as_counts,
    as_flag,
    as_float,
    as_int,
    as_labels,
    as_pmf,
    as_size,
    refuse_rows,
    result,
)
from core._numerics import by_blocks, surprisal_of_share
from core.discrete import Nats, surprisal
from core.joint import mutual_information


@dataclass(frozen=True, slots=True)
class RunningMean:
    """Seeded draws: the outcomes, their surprisals, and the means of the first 1, 2, ..., n surprisals, all (n,)."""

    outcomes: NDArray[np.int64]
    surprisals: NDArray[np.float64]
    running_mean: NDArray[np.float64]


def entropy_from_counts(counts: ArrayLike, correction: Literal["miller_madow"] | None = None) -> Nats:
    """Entropy in nats estimated from how often each outcome was seen.

    Plug-in: H = -sum_i (n_i/N) log(n_i/N). Miller-Madow adds (K - 1)/(2N), K the number of outcomes seen.

    Parameters
    ----------
    counts : (..., k) whole numbers, with at least one observation in each row.
    correction : None for the plug-in estimate, which is too low on average, or "miller_madow".

    Raises
    ------
    ValueError
        If counts is empty, negative or not whole, a row holds no observation, or the correction is unknown.

    References
    ----------
    Miller (1955), Note on the bias of information estimates; Paninski (2003), Estimation of entropy and mutual
    information, eq. 4.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(entropy_from_counts([2, 1, 1]))
    1.5
    >>> entropy_from_counts([4, 0], "miller_madow")
    0.0
    """
    as_choice(correction, "correction", (None, "miller_madow"))
    n = _observed(counts)
    h = by_blocks(_count_entropy_rows, n)
    if correction is None:
        return result(h)
    return result(h + (np.count_nonzero(n, axis=-1) - 1) / (2.0 * n.sum(axis=-1)))


def running_mean_surprisal(p: ArrayLike, n: int, seed: int) -> RunningMean:
    """Draw n outcomes and follow the mean of their surprisals, in nats, as it settles at the entropy.

    m_t = (1/t) sum_{s <= t} -log p(x_s), which tends to H(p)

    Parameters
    ----------
    p : (k,) probabilities.
    n : number of draws, at least 1.
    seed : whole number, at least 0; the same seed gives the same draws.

    Raises
    ------
    ValueError
        If p is no single distribution, n < 1 or seed < 0.

    References
    ----------
    Shannon (1948), theorem 3; Cover & Thomas (2006), Elements of Information Theory, theorem 3.1.1.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(running_mean_surprisal([0.25, 0.25, 0.25, 0.25], 3, seed=0).running_mean)
    array([2., 2., 2.])
    """
    p = as_pmf(p, "p")
    if p.ndim != 1:
        raise ValueError(f"p has {p.ndim} axes but needs 1: give one distribution.")
    n, seed = as_size(n, "n"), as_int(seed, "seed", low=0)
    cumulative = np.cumsum(p)
    cumulative[np.flatnonzero(p)[-1] :] = 1.0  # rounding of the sum must not leave room for an impossible outcome
    outcomes = np.searchsorted(cumulative, np.random.default_rng(seed).random(n), side="right")
    cost = np.atleast_1d(surprisal(p))
    draws = np.arange(1, n + 1)
    # Shares times costs instead of a running sum: the error stays at the last digit for any n.
    mean = sum(np.cumsum(outcomes == outcome) / draws * cost[outcome] for outcome in np.unique(outcomes))
    return RunningMean(outcomes, cost[outcomes], mean)


def mi_histogram(x: ArrayLike, y: ArrayLike, bins: int | tuple[int, int] = 10) -> float:
    """Mutual information in nats of two samples sorted into a histogram of equally wide bins.

    I = sum_ij (n_ij/N) log(n_ij N / (n_i n_j)); biased upwards by about (occupied cells - rows - columns + 1)/(2N)

    Parameters
    ----------
    x, y : (n,) numbers, paired by position.
    bins : number of bins of both variables, or of each.

    Raises
    ------
    ValueError
        If a sample is empty or not finite, the lengths differ, or a number of bins is below 1.

    References
    ----------
    Cover & Thomas (2006), Elements of Information Theory, eq. 2.28; the bias: Miller (1955), Note on the bias of
    information estimates.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(mi_histogram([0, 0, 1, 1], [5, 5, 7, 7], bins=2))
    1.0
    """
    x, y = _paired(x, y)
    pair = bins if isinstance(bins, tuple) else (bins, bins)
    if len(pair) != 2:
        raise ValueError(f"bins is {bins!r}: give one whole number, or one for each variable.")
    n_x, n_y = (as_size(b, "bins") for b in pair)
    cell = _bin(x, n_x) * n_y + _bin(y, n_y)
    return mutual_information(np.bincount(cell, minlength=n_x * n_y).reshape(n_x, n_y))


def mi_ksg(x: ArrayLike, y: ArrayLike, k: int = 3) -> float:
    """Mutual information in nats of two continuous variables, from nearest neighbors.

    I = psi(k) + psi(N) - < psi(n_x + 1) + psi(n_y + 1) >, with n_x and n_y the numbers of points that are closer in x
    alone and in y alone than the k-th neighbor is in both (maximum norm): the first estimator of Kraskov et al.

    Rounded numbers have many neighbors at one distance. All that are as near as the k-th count, in place of k, of
    n_x + 1 and of n_y + 1 alike; leaving out those at the very distance would find 0.5 nats where there are none.
    The scale of x against that of y matters little but is not removed. Near independence the estimate scatters about 0.

    Parameters
    ----------
    x, y : (n,) or (n, d) numbers, paired by position; a vector-valued variable has d columns.
    k : number of neighbors, 1 to n - 1. Larger k: less scatter, more bias.

    Raises
    ------
    ValueError
        If a sample is empty or not finite, lengths differ, there is only one point, or k is not below their number.

    References
    ----------
    Kraskov, Stoegbauer & Grassberger (2004), Estimating mutual information, eq. 8; ties counted as Gao, Kannan, Oh &
    Viswanath (2017), Estimating mutual information for discrete-continuous mixtures, algorithm 1, do at distance 0.

    Examples
    --------
    >>> round(mi_ksg([0, 1, 3, 6], [0, 1, 3, 6], k=1), 12)  # psi(1) + psi(4) - 2 psi(1) = 1 + 1/2 + 1/3
    1.833333333333
    """
    x, y = _as_points(x, "x"), _as_points(y, "y")
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} entries but y has {len(y)}: give one y for each x.")
    k = _neighbors(k, len(x))
    if _is_constant(x) or _is_constant(y):
        return 0.0
    from scipy.spatial import cKDTree

    order = np.argsort(x[:, 0])  # neighbors in space become neighbors in memory
    points = _without_overflow(np.concatenate([x, y], axis=1)[order])
    x, y = points[:, : x.shape[1]], points[:, x.shape[1] :]
    tree, slack = cKDTree(points), _slack(points)
    radius, beyond = tree.query(points, [k + 1, min(k + 2, len(points))], p=np.inf)[0].T
    within = np.full(len(x), k)
    if (tied := np.flatnonzero(beyond <= radius + slack)).size:
        ball = points[tied], radius[tied] + slack
        within[tied] = tree.query_ball_point(*ball, p=np.inf, return_length=True) - 1
    psi = _digamma_table(len(x))
    n_x, n_y = _count_near(x, radius, slack), _count_near(y, radius, slack)
    return float((psi[within] - psi[n_x] - psi[n_y] + psi[len(x)]).mean())


def mi_ross(x: ArrayLike, y: ArrayLike, k: int = 3) -> float:
    """Mutual information in nats of a continuous variable and a label, from nearest neighbors.

    I = psi(N) + < psi(k) > - < psi(N_c) > - < psi(m) >, with N_c the size of the point's class and m the number of
    other points of any class that are as near as its k-th neighbor within the class

    A class of at most k points uses all its neighbors; a point alone in its class is left out. Rounded numbers have
    many neighbors at one distance: all of the class that are as near as the k-th count in place of k, as they do in m.

    Parameters
    ----------
    x : (n,) numbers.
    y : (n,) labels (text or numbers).
    k : number of neighbors, at least 1.

    Raises
    ------
    ValueError
        If x is empty or not finite, the lengths differ, k < 1, or no class has two points.

    References
    ----------
    Ross (2014), Mutual information between discrete and continuous data sets, eq. 2; ties counted as Gao, Kannan, Oh &
    Viswanath (2017), algorithm 1, do at distance 0.

    Examples
    --------
    >>> round(mi_ross([0, 1, 10, 11], ["a", "a", "b", "b"], k=1), 12)  # psi(4) + psi(1) - psi(2) - psi(1) = 1/2 + 1/3
    0.833333333333
    """
    x, codes = _labelled(x, y)
    return _ross([x], codes, as_int(k, "k", low=1))[0]


def mi_ross_by_class(x: ArrayLike, y: ArrayLike, k: int = 3) -> NDArray[np.float64]:
    """What each class adds to `mi_ross`, in nats: I = sum_c p(c) KL(p(x|c) || p(x)), the term of each class.

    (N_c/N) (psi(N) - psi(N_c) + < psi(k) - psi(m) >_c), the mean over the points of the class

    Parameters
    ----------
    x : (n,) numbers.
    y : (n,) labels (text or numbers).
    k : number of neighbors, at least 1.

    Returns
    -------
    (c,) terms in the order of the sorted classes, which add up to `mi_ross`; 0 for a class of one point.

    Raises
    ------
    ValueError
        If x is empty or not finite, the lengths differ, k < 1, or no class has two points.

    References
    ----------
    Ross (2014), eq. 2.

    Examples
    --------
    >>> mi_ross_by_class([0, 1, 10, 11], ["a", "a", "b", "b"], k=1)  # each half of 1/2 + 1/3
    array([0.41666667, 0.41666667])
    """
    x, codes = _labelled(x, y)
    [(terms, classes)] = _ross_terms([x], codes, as_int(k, "k", low=1))
    out = np.zeros(codes.max() + 1)
    np.add.at(out, classes, terms / len(terms))
    return out


def mutual_information_table(
    X: ArrayLike,
    y: ArrayLike,
    discrete_features: bool | ArrayLike = False,
    discrete_target: bool = True,
    k: int = 3,
) -> NDArray[np.float64]:
    """Mutual information in nats of each column of X with y, each by the estimator that fits the two kinds.

    Label with label: plug-in from counts; number with label: Ross; number with number: Kraskov (first estimator), both
    divided by their standard deviation

    Parameters
    ----------
    X : (n, d) numbers.
    y : (n,) labels if ``discrete_target``, else numbers.
    discrete_features : which columns hold labels: one truth value for all, or d of them.
    discrete_target : whether y holds labels.
    k : number of neighbors.

    Returns
    -------
    (d,) estimates; 0 for a constant column.

    Raises
    ------
    ValueError
        If X or y is empty or not finite, lengths differ, or k does not suit their number.

    References
    ----------
    Ross (2014), eq. 2; Kraskov, Stoegbauer & Grassberger (2004), eq. 8.

    Examples
    --------
    >>> mutual_information_table([[0, 5], [1, 5], [10, 5], [11, 5]], ["a", "a", "b", "b"], k=1)
    array([0.83333333, 0.        ])
    """
    X = as_float(X, "X", ndim=2)
    n, d = X.shape
    discrete_target = as_flag(discrete_target, "discrete_target")
    is_label = as_booleans(discrete_features, "discrete_features", [(), (d,)], f"(one for all, or one a column, {d})")
    is_label = np.broadcast_to(is_label, d)
    target = as_labels(y, "y")[1] if discrete_target else as_float(y, "y", ndim=1)
    if len(target) != n:
        raise ValueError(f"X has {n} rows but y has {len(target)} entries: give one y for each row.")
    out = np.empty(d)
    if discrete_target:
        as_int(k, "k", low=1)
        if not is_label.all():
            out[~is_label] = _ross([X[:, j] for j in np.flatnonzero(~is_label)], target, k)
        for j in np.flatnonzero(is_label):
            out[j] = _plug_in(np.unique(X[:, j], return_inverse=True)[1], target)
        return out
    for j in range(d):
        labels = np.unique(X[:, j], return_inverse=True)[1]
        out[j] = _ross([target], labels, k)[0] if is_label[j] else mi_ksg(_scaled(X[:, j]), _scaled(target), k)
    return out


def infonce(scores: ArrayLike) -> Nats:
    """InfoNCE loss in nats: the cost of picking each true partner out of a batch by its score.

    L = -(1/n) sum_i log( e^{s_ii} / sum_j e^{s_ij} )

    Parameters
    ----------
    scores : (..., n, n) finite; row i holds the scores of anchor i against all candidates, its partner at column i.

    Raises
    ------
    ValueError
        If scores is empty, not finite or not square.

    References
    ----------
    van den Oord, Li & Vinyals (2018), Representation learning with contrastive predictive coding, eq. 4.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(infonce([[3.0, 3.0], [-1.0, -1.0]]))  # a guess between two
    1.0
    """
    s = as_float(scores, "scores")
    if s.ndim < 2 or s.shape[-1] != s.shape[-2]:
        raise ValueError(
            f"scores has shape {s.shape}: give a square table, one row an anchor and one column a candidate."
        )
    own = np.broadcast_to(np.diagonal(s, axis1=-2, axis2=-1)[..., None], s.shape)
    with np.errstate(over="ignore"):  # a cost beyond float64 is infinite
        return result(by_blocks(_infonce_rows, s, own).mean(axis=-1))


def _infonce_rows(s: NDArray[np.float64], own: NDArray[np.float64]) -> NDArray[np.float64]:
    s, own = s / 2.0, own[..., 0] / 2.0  # halved, so that no difference of two finite scores overflows
    top = s.argmax(axis=-1)[..., None]
    best = np.take_along_axis(s, top, axis=-1)
    others = np.exp(2.0 * (s - best))
    np.put_along_axis(others, top, 0.0, axis=-1)  # the largest term is exactly 1: log1p keeps what the rest adds
    return 2.0 * (best[..., 0] - own) + np.log1p(others.sum(axis=-1))


def infonce_bound(scores: ArrayLike) -> Nats:
    """Lower bound in nats on the mutual information of the paired variables, by InfoNCE; it can't exceed log n.

    I >= log n - L, with L the InfoNCE loss, on average over batches

    Parameters
    ----------
    scores : (..., n, n) finite; row i holds the scores of anchor i against all candidates, its partner at column i.

    Raises
    ------
    ValueError
        If scores is empty, not finite or not square.

    References
    ----------
    van den Oord, Li & Vinyals (2018), section 2.3; Poole, Ozair, van den Oord, Alemi & Tucker (2019), On variational
    bounds of mutual information, eq. 12.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(infonce_bound([[900.0, 0.0], [0.0, 900.0]]))  # the ceiling of two candidates
    1.0
    """
    loss = infonce(scores)
    return result(np.log(np.shape(scores)[-1]) - loss)


def _count_entropy_rows(n: NDArray[np.int64]) -> NDArray[np.float64]:
    total = n.sum(axis=-1, keepdims=True)
    return (n / total * surprisal_of_share(n / total, (total - n) / total)).sum(axis=-1)


def _observed(counts: ArrayLike) -> NDArray[np.int64]:
    n = as_counts(counts, "counts")
    if n.ndim == 0:
        raise ValueError("counts is a single number: give the counts of all outcomes as a list.")
    refuse_rows(n.max(axis=-1) == 0, "counts", "holds no observation: give at least one")
    return n


def _paired(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = as_float(x, "x", ndim=1), as_float(y, "y", ndim=1)
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} entries but y has {len(y)}: give one y for each x.")
    return x, y


def _as_points(x: ArrayLike, name: str) -> NDArray[np.float64]:
    points = as_float(x, name)
    if points.ndim not in (1, 2):
        raise ValueError(f"{name} has {points.ndim} axes: give one number a point, or one row a point.")
    return points.reshape(len(points), -1)


def _neighbors(k: int, n: int) -> int:
    k = as_int(k, "k", low=1)
    if k >= n:
        raise ValueError(f"k is {k} but there are only {n} points: a point has at most {n - 1} neighbors.")
    return k


def _is_constant(points: NDArray[np.float64]) -> bool:
    return bool((points == points[0]).all())


def _scaled(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """x divided by its standard deviation, which is taken of numbers below 1 so that no square overflows."""
    x = np.ldexp(x, -np.frexp(np.abs(x).max())[1])
    spread = x.std()
    return x / spread if spread > 0 else x


def _bin(x: NDArray[np.float64], bins: int) -> NDArray[np.intp]:
    """Which of the equally wide bins between the extremes holds each entry; the last bin includes its upper edge."""
    low, high = x.min() / 2.0, x.max() / 2.0  # halved, so that the range does not overflow
    if low == high:
        return np.zeros(len(x), dtype=np.intp)
    edges = 2.0 * np.linspace(low, high, bins + 1)[1:-1]
    return np.searchsorted(edges, x, side="right")


def _plug_in(a: NDArray[np.int64], b: NDArray[np.int64]) -> float:
    shape = a.max() + 1, b.max() + 1
    return mutual_information(np.bincount(a * shape[1] + b, minlength=shape[0] * shape[1]).reshape(shape))


def _digamma_table(n: int) -> NDArray[np.float64]:
    """psi(0), which is never used, psi(1), ..., psi(n)."""
    from scipy.special import digamma

    return digamma(np.maximum(np.arange(n + 1), 1).astype(np.float64))


def _slack(points: NDArray[np.float64]) -> float:
    """By how much two distances that are equal in decimals, such as 5.1 - 4.9 and 5 - 4.8, may differ as floats."""
    return 4.0 * np.finfo(np.float64).eps * float(np.abs(points).max())


def _count_near(points: NDArray[np.float64], radius: NDArray[np.float64], slack: float) -> NDArray[np.int64]:
    """How many other points are nearer to each than its radius, and one; or all that are as near, if more."""
    if points.shape[1] == 1:
        order = np.argsort(points[:, 0])
        counts = np.empty_like(order)
        counts[order] = _near(points[order, 0], np.arange(len(order)), radius[order], slack).count
        return counts
    from scipy.spatial import cKDTree

    ball = partial(cKDTree(points).query_ball_point, points, p=np.inf, return_length=True)
    nearer = np.where(radius > slack, ball(np.maximum(radius - slack, 0.0)), 1)  # the point itself is the one
    return np.maximum(nearer, ball(radius + slack) - 1)


def _labelled(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    x = as_float(x, "x", ndim=1)
    _, codes = as_labels(y, "y")
    if len(x) != len(codes):
        raise ValueError(f"x has {len(x)} entries but y has {len(codes)}: give one y for each x.")
    return x, codes


def _ross(columns: list[NDArray[np.float64]], codes: NDArray[np.int64], k: int) -> list[float]:
    """Ross (2014), eq. 2, of each column."""
    return [float(terms.mean()) for terms, _ in _ross_terms(columns, codes, k)]


def _ross_terms(columns: list[NDArray[np.float64]], codes: NDArray[np.int64], k: int) -> Iterator[tuple]:
    """For each column what every point adds, class after class, and the class of each. Lone points are left out."""
    size = np.bincount(codes)
    if size.max() < 2:
        raise ValueError("y has no value that occurs twice: the estimate needs a neighbor of the same label.")
    kept = size[codes] > 1
    classes = np.repeat(np.arange(len(size)), np.where(size > 1, size, 0))
    codes, size = codes[kept], size[size > 1]
    codes = np.unique(codes, return_inverse=True)[1].astype(np.uint16 if len(size) < 2**16 else np.int64)
    n, stop = len(codes), np.cumsum(size)
    first, last = np.repeat(stop - size, size), np.repeat(stop - 1, size)
    k = min(k, n)
    neighbors = np.minimum(k, last - first)
    psi = _digamma_table(n)
    for column in columns:
        x = _without_overflow(column[kept])
        order = np.argsort(x)
        x = x[order]
        if x[0] == x[-1] or len(size) == 1:
            yield np.zeros(n), classes  # a constant tells nothing
            continue
        place = np.argsort(codes[order], kind="stable")  # class after class, each in rising order
        radius = _neighbor_distance(x[place], first, last, k)
        near = _near(x, place, radius, _slack(x))
        within = neighbors
        if (tied := near.tied).size:
            row = classes[tied] * n
            ends = np.searchsorted(classes * n + place, [row + near.first, row + near.last + 1])
            within = neighbors.copy()
            within[tied] = ends[1] - ends[0] - 1
        yield psi[within] - psi[last - first + 1] - psi[near.count] + psi[n], classes


def _neighbor_distance(x: NDArray, first: NDArray, last: NDArray, k: int) -> NDArray[np.float64]:
    """Distance to the k-th neighbor of the same class, or to the farthest where there are fewer.

    x rises within each class, which lies between its first and last place. The k nearest of a number and itself stand
    in one of the k + 1 stretches of k + 1 numbers that contain it, the one with the least reach.
    """
    k = min(k, len(x) - 1)
    low, high = x[:-k], x[k:]
    one_class = first[:-k] == first[k:]
    distance = np.maximum(x - x[first], x[last] - x)
    for before in range(k + 1):
        center = slice(before, len(x) - k + before)
        reach = np.maximum(x[center] - low, high - x[center])
        np.minimum(distance[center], reach, out=distance[center], where=one_class)
    return distance


class Near(NamedTuple):
    """What lies around some places in a sorted row of numbers."""

    count: NDArray[np.int64]  # how many others are nearer than the radius, and one; or all that are as near, if more
    tied: NDArray[np.intp]  # where more than one is exactly as near as the radius
    first: NDArray[np.int64]  # the places between which those as near lie, for the tied
    last: NDArray[np.int64]


def _near(x: NDArray, place: NDArray, radius: NDArray, slack: float) -> Near:
    """What lies around x[place], the numbers x rising."""
    first, last = _span(x, place, radius - slack)
    count, reach = last - first + 1, radius + slack
    center, padded = x[place], np.concatenate([[-np.inf] * 2, x, [np.inf] * 2])  # padded[i + 2] is x[i]
    above = [padded[last + 2 + step] - center <= reach for step in (1, 2)]
    below = [center - padded[first + 2 - step] <= reach for step in (1, 2)]
    tied = np.flatnonzero(above[1] | below[1] | (above[0] & below[0]))
    first, last = _span(x, place[tied], reach[tied])
    count[tied] = last - first
    return Near(count, tied, first, last)


def _span(x: NDArray, place: NDArray, reach: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last place in x, its numbers rising, that lie within reach of each place."""
    return place - _beyond(-x[::-1], len(x) - 1 - place, reach), place + _beyond(x, place, reach)


def _beyond(x: NDArray, place: NDArray, inside: NDArray) -> NDArray[np.int64]:
    """How many of the numbers after each place lie within reach of it.

    The distances themselves are compared. Bisection for x + inside would be off where that sum is rounded. Most reach
    only a few places far: these are sought within a short span, the others within all of x.
    """
    padded = np.append(x, np.inf)
    center = x[place]
    span = 8
    while np.count_nonzero(far := _is_within(padded, place + span, center, inside)) > place.size / 8:
        span *= 2
    end = _last_within(padded, place, center, inside, span)
    end[far] = _last_within(padded, place[far], center[far], inside[far], len(x))
    return end - place


def _is_within(padded: NDArray, at: NDArray, center: NDArray, inside: NDArray) -> NDArray[np.bool_]:
    return padded.take(at, mode="clip") - center <= inside


def _last_within(padded: NDArray, place: NDArray, center: NDArray, inside: NDArray, span: int) -> NDArray[np.int64]:
    """The last place within reach, at most span away: steps of falling powers of two."""
    end = place.copy()
    for step in (2**b for b in reversed(range(span.bit_length()))):
        end += step * _is_within(padded, end + step, center, inside)
    return end


def _without_overflow(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """x, or an eighth of it where differences could pass the largest float; the scale carries no information."""
    return x / 8.0 if max(x.max(), -x.min()) > 2.0**1020 else x
