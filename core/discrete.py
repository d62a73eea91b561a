"""Measures of discrete distributions, in nats. Outcomes lie on the last axis; leading axes are a batch."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import (
    as_float,
    as_log_prob,
    as_nonnegative,
    as_pmf,
    as_pmf_pair,
    as_probability,
    as_scalar,
    refuse_rows,
    result,
)
from core._numerics import BLOCK, by_blocks, centered, finite_log, js_terms, kl_terms

Nats = NDArray[np.float64] | float

# Below this many nats the plain sums of logarithms have lost a digit or more, and the accurate terms are added instead.
_SMALL = 0.05


def normalize(weights: ArrayLike) -> NDArray[np.float64]:
    """Distribution in proportion to weights that are at least 0.

    p_i = w_i / sum_j w_j

    Parameters
    ----------
    weights : (..., n) finite and nonnegative, with a positive sum in every row.

    Returns
    -------
    (..., n) probabilities.

    Raises
    ------
    ValueError
        For an empty, negative or non-finite entry, and for a row of zeros.

    References
    ----------
    MacKay (2003), Information Theory, Inference, and Learning Algorithms, section 2.1.

    Examples
    --------
    >>> normalize([1, 2, 1])
    array([0.25, 0.5 , 0.25])
    """
    w = as_nonnegative(weights, "weights")
    if w.ndim == 0:
        raise ValueError("weights is a single number: give the weights of all outcomes as a list.")
    refuse_rows(w.max(axis=-1) == 0, "weights", "is zero everywhere: give at least one outcome a positive weight")
    return by_blocks(_normalized_rows, w, keep=True)


def _normalized_rows(w: NDArray[np.float64]) -> NDArray[np.float64]:
    # Scaling by a power of two is exact and keeps the sum from overflowing or losing subnormal weights.
    scaled = np.ldexp(w, -np.frexp(w.max(axis=-1, keepdims=True))[1])
    return scaled / scaled.sum(axis=-1, keepdims=True)


def surprisal(p: ArrayLike) -> Nats:
    """Surprisal (self-information) of events, in nats.

    I(p) = -log p; impossible events are infinitely surprising.

    Parameters
    ----------
    p : (...) probabilities of separate events, each in [0, 1]; they need not sum to 1.

    Raises
    ------
    ValueError
        For an empty input and for an entry outside [0, 1].

    References
    ----------
    Shannon (1948), A Mathematical Theory of Communication, section 6; MacKay (2003), Information Theory, eq. 2.34.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(surprisal([0.5, 0.25, 0]))
    array([ 1.,  2., inf])
    """
    with np.errstate(divide="ignore"):
        return result(np.maximum(-np.log(as_probability(p, "p")), 0.0))


def entropy(p: ArrayLike) -> Nats:
    """Entropy in nats: the expected surprisal of a distribution.

    H(p) = -sum_i p_i log p_i, with 0 log 0 = 0

    Parameters
    ----------
    p : (..., n) probabilities, each row summing to 1.

    Returns
    -------
    (...) nats, between 0 and log n.

    Raises
    ------
    ValueError
        If p is empty, negative, not finite, or a row does not sum to 1.

    References
    ----------
    Shannon (1948), section 6, theorem 2; Cover & Thomas (2006), Elements of Information Theory, eq. 2.1.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(entropy([0.5, 0.25, 0.25]))
    1.5
    """
    return result(by_blocks(_entropy_rows, as_pmf(p, "p"), scratch=1, block=BLOCK))


def _entropy_rows(p: NDArray[np.float64], log_p: NDArray[np.float64]) -> NDArray[np.float64]:
    finite_log(p, out=log_p)  # 0 log 0 = 0
    return np.maximum(-np.vecdot(p, log_p), 0.0)  # an entry may exceed 1 by what its row may be off 1


def binary_entropy(p: ArrayLike) -> Nats:
    """Entropy in nats of a coin that shows heads with probability p.

    H_b(p) = -p log p - (1 - p) log(1 - p)

    Parameters
    ----------
    p : (...) probabilities, each in [0, 1].

    Raises
    ------
    ValueError
        For an empty input and for an entry outside [0, 1].

    References
    ----------
    Shannon (1948), section 6, figure 7; Cover & Thomas (2006), eq. 2.5.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(binary_entropy([0, 0.5, 1]))
    array([0., 1., 0.])
    """
    p = np.minimum(as_probability(p, "p"), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        heads = np.where(p == 0, 0.0, -p * np.log(p))
        tails = np.where(p == 1, 0.0, (p - 1.0) * np.log1p(-p))
    return result(heads + tails)


def entropy_from_logits(z: ArrayLike, temperature: float = 1.0) -> Nats:
    """Entropy in nats of softmax(z / T), without forming the probabilities.

    H = log Z + (1/Z) sum_i e^{u_i} (-u_i), with u = (z - max z)/T and Z = sum_i e^{u_i}

    Parameters
    ----------
    z : (..., n) finite logits.
    temperature : T in [0, inf]; at 0 the k largest logits share everything (log k), at infinity all do (log n).

    Raises
    ------
    ValueError
        If z is empty or not finite, or the temperature is negative or NaN.

    References
    ----------
    Jaynes (1957), Information Theory and Statistical Mechanics, section 2: H = log Z + E[-u].

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(entropy_from_logits([0.0, 0.0, 0.0, 0.0]))
    2.0
    >>> BITS.from_nats(entropy_from_logits([3.0, 3.0, 1.0], temperature=0))
    1.0
    """
    z = as_float(z, "z")
    if z.ndim == 0:
        raise ValueError("z is a single number: give the logits of all outcomes as a list.")
    temperature = as_scalar(temperature, "temperature", low=0.0, allow_inf=True)
    if temperature == 0.0:
        return result(np.log((z == z.max(axis=-1, keepdims=True)).sum(axis=-1)))
    if temperature == np.inf:
        return result(np.full(z.shape[:-1], np.log(z.shape[-1])))

    def rows(z: NDArray[np.float64]) -> NDArray[np.float64]:
        return _logit_entropy_rows(z, temperature)

    return result(by_blocks(rows, z))


def _logit_entropy_rows(z: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    u = centered(z, temperature)
    weight = np.exp(u)
    # One entry of weight is exactly 1: leaving it out of the sum keeps every digit when the others are tiny.
    one = np.expand_dims(z.argmax(axis=-1), -1)
    rest = weight.copy()
    np.put_along_axis(rest, one, 0.0, axis=-1)
    others = rest.sum(axis=-1)
    cost = np.vecdot(weight, np.where(weight > 0, -u, 0.0))
    return np.log1p(others) + cost / (1.0 + others)


def cross_entropy(p: ArrayLike, q: ArrayLike) -> Nats:
    """Cross-entropy in nats: the expected surprisal of outcomes from p under the belief q.

    H(p, q) = -sum_i p_i log q_i = H(p) + KL(p || q); infinite if q is 0 where p is not

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.

    Raises
    ------
    ValueError
        If p or q is no distribution, or their outcomes differ in number.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), Deep Learning, eq. 3.51.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(cross_entropy([1, 0, 0], [0.25, 0.5, 0.25]))
    2.0
    """
    p, q = as_pmf_pair(p, q)
    return result(by_blocks(_cross_entropy_rows, p, q, scratch=1, block=BLOCK))


def _cross_entropy_rows(
    p: NDArray[np.float64], q: NDArray[np.float64], log_q: NDArray[np.float64]
) -> NDArray[np.float64]:
    finite_log(q, out=log_q)  # 0 log 0 = 0; p > 0 with q = 0 is put right below
    h = np.maximum(-np.vecdot(p, log_q), 0.0)  # an entry of q may exceed 1 by what its row may be off 1
    if np.minimum.reduce(q, axis=None) > 0:
        return h
    return np.where(((q == 0) & (p > 0)).any(axis=-1), np.inf, h)


def kl_divergence(p: ArrayLike, q: ArrayLike) -> Nats:
    """Kullback-Leibler divergence in nats: the extra cost of coding outcomes from p with the code for q.

    KL(p || q) = sum_i p_i log(p_i / q_i); infinite if q is 0 where p is not

    The terms p log(p/q) - p + q are added, none of which is negative: the result is at least 0, exactly 0 for p = q,
    and right to the last digits for nearly equal p and q.

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.

    Raises
    ------
    ValueError
        If p or q is no distribution, or their outcomes differ in number.

    References
    ----------
    Kullback & Leibler (1951), On Information and Sufficiency, section 2; Cover & Thomas (2006), eq. 2.26.

    Examples
    --------
    >>> from core.units import BITS
    >>> round(BITS.from_nats(kl_divergence([0.5, 0.25, 0.25], [0.25, 0.25, 0.5])), 12)  # 1/2 - 1/4
    0.25
    """
    p, q = as_pmf_pair(p, q)
    return result(by_blocks(_kl_rows, p, q, scratch=1, block=BLOCK))


def _kl_rows(p: NDArray[np.float64], q: NDArray[np.float64], ratio: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        np.divide(p, q, out=ratio)
    finite_log(ratio, out=ratio)  # 0 log(0/q) = 0 and 0 log(0/0) = 0
    # The sums may be off 1, and kl_terms allow for it: so must the plain sum.
    if p.ndim == 1:
        drift = np.add.reduce(p - q)
    else:
        ones = np.ones(p.shape[-1])
        drift = np.vecdot(p, ones) - np.vecdot(q, ones)
    kl = np.vecdot(p, ratio) - drift
    return _accurate_where(~((kl >= _SMALL) & (kl < np.inf)), kl, kl_terms, p, q)


def js_divergence(p: ArrayLike, q: ArrayLike) -> Nats:
    """Jensen-Shannon divergence in nats: symmetric, finite, at most log 2.

    JS(p, q) = KL(p || m)/2 + KL(q || m)/2, with m = (p + q)/2

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.

    Raises
    ------
    ValueError
        If p or q is no distribution, or their outcomes differ in number.

    References
    ----------
    Lin (1991), Divergence Measures Based on the Shannon Entropy, eq. 4.1 (with both weights 1/2).

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(js_divergence([1, 0], [0, 1]))
    1.0
    """
    p, q = as_pmf_pair(p, q)
    return result(by_blocks(_js_rows, p, q, scratch=2, block=BLOCK))


def _js_rows(
    p: NDArray[np.float64], q: NDArray[np.float64], ratio: NDArray[np.float64], middle: NDArray[np.float64]
) -> NDArray[np.float64]:
    if p.size <= 64:  # for a handful of numbers one pass of accurate terms costs less than two plain ones
        return np.minimum(js_terms(p, q).sum(axis=-1), np.log(2.0))
    np.add(p, q, out=middle)
    np.multiply(middle, 0.5, out=middle)
    js = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        for part in (p, q):
            np.divide(part, middle, out=ratio)
            finite_log(ratio, out=ratio)  # 0 log(0/m) = 0 and 0 log(0/0) = 0
            js = js + np.vecdot(part, ratio) * 0.5
    js = _accurate_where(~((js >= _SMALL) & (js < np.inf)), js, js_terms, p, q)
    return np.minimum(js, np.log(2.0))  # sums of disjoint p and q may exceed 1


def js_distance(p: ArrayLike, q: ArrayLike) -> Nats:
    """Jensen-Shannon distance: the square root of the divergence (in nats), which is a metric.

    d(p, q) = sqrt(JS(p, q))

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.

    Raises
    ------
    ValueError
        If p or q is no distribution, or their outcomes differ in number.

    References
    ----------
    Endres & Schindelin (2003), A New Metric for Probability Distributions, theorem 1.

    Examples
    --------
    >>> from core.units import BITS
    >>> round(BITS.from_nats(js_distance([1, 0], [0, 1]) ** 2), 12)
    1.0
    """
    return result(np.sqrt(js_divergence(p, q)))


def _accurate_where(
    selected: NDArray[np.bool_],
    value: NDArray[np.float64],
    terms: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
    p: NDArray[np.float64],
    q: NDArray[np.float64],
) -> NDArray[np.float64]:
    """value, with the selected rows replaced by their sum of accurate terms."""
    if value.ndim == 0:
        return terms(p, q).sum(axis=-1) if selected else value
    rows = np.argwhere(selected)
    step = max(1, BLOCK // 4 // p.shape[-1])  # the terms need several temporaries at a time
    for start in range(0, len(rows), step):
        index = tuple(rows[start : start + step].T)
        value[index] = terms(p[index], q[index]).sum(axis=-1)
    return value


def perplexity(p: ArrayLike) -> Nats:
    """Perplexity: the number of equally likely outcomes that would be as uncertain as p.

    PP(p) = exp(H(p)), between 1 and n

    Parameters
    ----------
    p : (..., n) probabilities, each row summing to 1.

    Raises
    ------
    ValueError
        If p is empty, negative, not finite, or a row does not sum to 1.

    References
    ----------
    Jelinek, Mercer, Bahl & Baker (1977), Perplexity: a measure of the difficulty of speech recognition
    tasks, p. S63.

    Examples
    --------
    >>> round(perplexity([0.25, 0.25, 0.25, 0.25]), 12)
    4.0
    """
    return result(np.exp(entropy(p)))


def perplexity_from_log_probs(log_probs: ArrayLike, mask: ArrayLike | None = None) -> Nats:
    """Perplexity of sequences from the log-probabilities (nats) that a model gave to the tokens that came.

    PP = exp(-(1/N) sum_t log q(x_t | x_<t)); a single impossible token (-inf) makes it infinite

    Parameters
    ----------
    log_probs : (..., t) at most 0; -inf is allowed.
    mask : (..., t) booleans, True where a token counts; what stands elsewhere is not looked at.

    Raises
    ------
    ValueError
        If a counting entry is NaN or positive, shapes differ, or a sequence has no counting token.

    References
    ----------
    Jurafsky & Martin (2009), Speech and Language Processing, section 4.4.

    Examples
    --------
    >>> round(perplexity_from_log_probs(np.log([0.5, 0.125])), 12)  # the geometric mean of 2 and 8
    4.0
    """
    lp = np.atleast_1d(as_log_prob(log_probs, "log_probs", mask))
    keep = np.ones(lp.shape, bool) if mask is None else np.broadcast_to(mask, lp.shape)
    count = keep.sum(axis=-1)
    refuse_rows(count == 0, "mask", "leaves no token: mark at least one as counting")
    with np.errstate(over="ignore"):  # beyond float64 the perplexity is infinite
        return result(np.exp(-np.where(keep, np.minimum(lp, 0.0), 0.0).sum(axis=-1) / count))


def max_entropy_pmf(values: ArrayLike, mean: float) -> NDArray[np.float64]:
    """Distribution over given values that has the largest entropy among all with a given mean (Boltzmann).

    p_i = e^{lambda x_i} / sum_j e^{lambda x_j}, with lambda such that sum_i p_i x_i = mean

    Parameters
    ----------
    values : (n,) finite numbers x_i; values may repeat.
    mean : between the smallest and the largest value; at either of them only the values equal to it remain.

    Returns
    -------
    (n,) probabilities.

    Raises
    ------
    ValueError
        If values is empty, not finite or not one-dimensional, or the mean lies outside their range.

    References
    ----------
    Jaynes (1957), Information Theory and Statistical Mechanics, section 2; Cover & Thomas (2006), theorem 12.1.1.

    Examples
    --------
    >>> max_entropy_pmf([1, 2, 3], 2).round(12)
    array([0.33333333, 0.33333333, 0.33333333])
    """
    values = as_float(values, "values", ndim=1)
    mean = as_scalar(mean, "mean", low=values.min(), high=values.max())
    # Scaling by a power of two is exact and keeps the range from overflowing.
    shift = -np.frexp(np.abs(values).max())[1]
    values, mean = np.ldexp(values, shift), np.ldexp(mean, shift)
    # Distances from the end on whose side the mean lies keep their digits when the mean is close to that end.
    end = values.max() if mean >= values.mean() else values.min()
    if mean == end:
        return normalize(values == end)
    width = np.ptp(values)
    distance, target = np.abs(values - end) / width, abs(mean - end) / width
    return normalize(np.exp(-_decay_rate(distance, target) * distance))


def _decay_rate(distance: NDArray[np.float64], target: float) -> float:
    """theta >= 0 at which weights exp(-theta d) give d, in [0, 1] and 0 somewhere, the mean target."""
    from scipy.optimize import brentq

    def surplus(theta: float) -> float:
        return float((distance - target) @ np.exp(-theta * distance))

    if surplus(0.0) <= 0.0:
        return 0.0
    high = 1.0
    while surplus(high) > 0.0:
        high *= 2.0
    return brentq(surplus, 0.0, high, xtol=1e-300, rtol=8.9e-16, maxiter=2000)
