"""Ways to compare two discrete distributions, in nats where they are logarithms. Outcomes lie on the last axis.

All but the Renyi divergence are f-divergences, sum_i q_i f(p_i/q_i) with f convex and f(1) = 0.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_divergence, as_nonnegative, as_pmf, as_pmf_pair, as_scalar, result
from core._numerics import (
    by_blocks,
    chi2_terms,
    hellinger_terms,
    js_terms,
    kl_terms,
    log_ratio,
    power_terms,
    total_variation_terms,
)
from core.discrete import entropy, kl_divergence

Value = NDArray[np.float64] | float
Terms = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Generator:
    """A convex function f with f(1) = 0 that generates an f-divergence.

    It is held as its perspective `terms(p, q)` = q f(p/q), arrays in and out, which has a value also at q = 0 (p times
    the slope of f at infinity) and keeps its digits near p = q. Called with a ratio t it gives f(t) = terms(t, 1).

    The six below are in normal form: f'(1) = 0 as well, so that f >= 0. Adding c (t - 1) to f changes no divergence.

    References
    ----------
    Csiszar (1967), Information-type measures of difference of probability distributions; Polyanskiy & Wu (2024),
    Information Theory: From Coding to Learning, definition 7.1 and section 7.1 on the six.

    Examples
    --------
    >>> TOTAL_VARIATION([0, 1, 3])
    array([0.5, 0. , 1. ])
    """

    name: str
    terms: Terms

    def __call__(self, t: ArrayLike) -> Value:
        """f(t) for ratios t >= 0."""
        t = as_nonnegative(t, "t")
        return result(self.terms(np.atleast_1d(t), np.ones(t.shape or 1)).reshape(t.shape))


def _swapped_kl_terms(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    return kl_terms(q, p)


KL = Generator("Kullback-Leibler", kl_terms)  # t log t - t + 1
REVERSE_KL = Generator("reverse Kullback-Leibler", _swapped_kl_terms)  # -log t + t - 1
JENSEN_SHANNON = Generator("Jensen-Shannon", js_terms)  # (t log t - (t + 1) log((t + 1)/2))/2
TOTAL_VARIATION = Generator("total variation", total_variation_terms)  # |t - 1|/2
CHI2 = Generator("chi-squared", chi2_terms)  # (t - 1)^2
SQUARED_HELLINGER = Generator("squared Hellinger", hellinger_terms)  # (sqrt t - 1)^2/2
GENERATORS = (KL, REVERSE_KL, JENSEN_SHANNON, TOTAL_VARIATION, CHI2, SQUARED_HELLINGER)


def f_divergence(p: ArrayLike, q: ArrayLike, f: Generator | Callable[[NDArray[np.float64]], ArrayLike]) -> Value:
    """f-divergence: the mean, under q, of a convex function of the probability ratio.

    D_f(p || q) = sum_i q_i f(p_i / q_i), with q f(p/q) = p f'(infinity) at q = 0

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.
    f : one of the generators of this module, or a function of the array of ratios t = p/q with f(1) = 0, convex
        (which is not checked) and defined at 0 if p has zeros. Such a function can't tell its slope at infinity,
        so that q must then be positive where p is, and it has only the digits that t - 1 has.

    Raises
    ------
    ValueError
        If p or q is no distribution, their outcomes differ in number, f(1) is not 0, or f is NaN or asked beyond
        what it can tell.

    References
    ----------
    Csiszar (1967); Polyanskiy & Wu (2024), Information Theory: From Coding to Learning, eq. 7.1 and 7.2.

    Examples
    --------
    >>> f_divergence([0.5, 0.5], [0.25, 0.75], CHI2) == 0.25**2 / 0.25 + 0.25**2 / 0.75
    True
    >>> round(f_divergence([0.5, 0.5], [0.25, 0.75], lambda t: t**2 - 1), 12)
    0.333333333333
    """
    p, q = as_pmf_pair(p, q)
    terms = f.terms if isinstance(f, Generator) else _terms_of(f, p, q)
    return result(_total(terms, p, q))


def _terms_of(f: Callable[[NDArray[np.float64]], ArrayLike], p: NDArray[np.float64], q: NDArray[np.float64]) -> Terms:
    if not callable(f):
        raise ValueError(f"f is of type {type(f).__name__}: give a Generator or a function of the ratios.")
    at_one = np.asarray(f(np.ones(1)), dtype=np.float64)
    if at_one.shape != (1,) or not abs(at_one[0]) < 1e-12:
        raise ValueError(f"f gives {at_one} at t = [1]: a generator takes arrays and is 0 at 1.")
    if np.minimum.reduce(q, axis=None) == 0 and np.any((q == 0) & (p > 0)):
        place = ", ".join(map(str, np.argwhere((q == 0) & (p > 0))[0]))
        raise ValueError(f"q[{place}] is 0 where p is not: pass a Generator, which has a value there.")

    def terms(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
        with np.errstate(all="ignore"):
            ratio = np.where(q > 0, p / q, 1.0)
            value = np.asarray(f(ratio), dtype=np.float64)
        if value.shape != ratio.shape or np.isnan(value).any():
            at = ratio[np.isnan(value)][0] if value.shape == ratio.shape else ratio.shape
            raise ValueError(f"f has no value at t = {at}: define it for every ratio, 0 included.")
        return np.where(q > 0, q * value, 0.0)

    return terms


def total_variation(p: ArrayLike, q: ArrayLike) -> Value:
    """Total variation distance: the largest difference that p and q make in the probability of any event.

    TV(p, q) = (1/2) sum_i |p_i - q_i| = max_A |p(A) - q(A)|, between 0 and 1

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.

    Raises
    ------
    ValueError
        If p or q is no distribution, or their outcomes differ in number.

    References
    ----------
    Levin, Peres & Wilmer (2009), Markov Chains and Mixing Times, eq. 4.1 and proposition 4.2.

    Examples
    --------
    >>> total_variation([0.5, 0.5], [0.25, 0.75])
    0.25
    """
    p, q = as_pmf_pair(p, q)
    return result(np.minimum(_total(total_variation_terms, p, q), 1.0))  # sums of disjoint p and q may exceed 1


def chi2_divergence(p: ArrayLike, q: ArrayLike) -> Value:
    """Pearson's chi-squared divergence of p from q.

    chi2(p || q) = sum_i (p_i - q_i)^2 / q_i; infinite if q is 0 where p is not

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.

    Raises
    ------
    ValueError
        If p or q is no distribution, or their outcomes differ in number.

    References
    ----------
    Pearson (1900); Polyanskiy & Wu (2024), Information Theory: From Coding to Learning, section 7.1.

    Examples
    --------
    >>> chi2_divergence([1, 0], [0.25, 0.75])  # 0.75^2/0.25 + 0.75
    3.0
    """
    return result(_total(chi2_terms, *as_pmf_pair(p, q)))


def hellinger_distance(p: ArrayLike, q: ArrayLike) -> Value:
    """Hellinger distance: a metric between 0 and 1.

    H(p, q) = sqrt((1/2) sum_i (sqrt p_i - sqrt q_i)^2) = sqrt(1 - sum_i sqrt(p_i q_i))

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.

    Raises
    ------
    ValueError
        If p or q is no distribution, or their outcomes differ in number.

    References
    ----------
    Hellinger (1909); Polyanskiy & Wu (2024), section 7.1, whose square is without the factor 1/2.

    Examples
    --------
    >>> round(hellinger_distance([1, 0], [0.25, 0.75]) ** 2, 12)  # 1 - sqrt(1/4)
    0.5
    """
    p, q = as_pmf_pair(p, q)
    return result(np.minimum(np.sqrt(_total(hellinger_terms, p, q)), 1.0))  # sums of disjoint p and q may exceed 1


def pinsker_bound(kl: ArrayLike) -> Value:
    """Pinsker's inequality: the most total variation that a Kullback-Leibler divergence leaves room for.

    TV(p, q) <= sqrt(KL(p || q)/2), sharp for small divergences, empty beyond 2 nats, where the bound exceeds 1

    Parameters
    ----------
    kl : divergences in nats, at least 0, any shape; infinity included.

    Raises
    ------
    ValueError
        If kl is empty, not numeric, negative or NaN.

    References
    ----------
    Csiszar (1967) and Kullback (1967), after Pinsker (1964); Tsybakov (2009), Introduction to Nonparametric
    Estimation, section 2.4, lemma 2.5.

    Examples
    --------
    >>> pinsker_bound([0.02, 2.0])
    array([0.1, 1. ])
    """
    return result(np.sqrt(as_divergence(kl, "kl")) / np.sqrt(2.0))


def bretagnolle_huber_bound(kl: ArrayLike) -> Value:
    """Bretagnolle and Huber's inequality: a bound on total variation that stays below 1 for every finite divergence.

    TV(p, q) <= sqrt(1 - exp(-KL(p || q)))

    Parameters
    ----------
    kl : divergences in nats, at least 0, any shape; infinity included.

    Raises
    ------
    ValueError
        If kl is empty, not numeric, negative or NaN.

    References
    ----------
    Bretagnolle & Huber (1979), Estimation des densites: risque minimax, section 2, lemma 2.1; Canonne (2022), A short
    note on an inequality between KL and TV.

    Examples
    --------
    >>> round(bretagnolle_huber_bound(np.log(4.0)), 6)  # sqrt(1 - 1/4)
    0.866025
    """
    return result(np.sqrt(-np.expm1(-as_divergence(kl, "kl"))))


def alpha_divergence(p: ArrayLike, q: ArrayLike, alpha: float) -> Value:
    """Alpha-divergence (Cressie-Read power divergence): from KL(q || p) at 0 through Hellinger to KL(p || q) at 1.

    D_alpha(p || q) = (sum_i p_i^alpha q_i^(1 - alpha) - 1) / (alpha (alpha - 1))

    It is 4 H^2 (Hellinger) at alpha = 1/2, chi2(p || q)/2 at 2, chi2(q || p)/2 at -1, and continuous throughout.

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.
    alpha : any finite number.

    Raises
    ------
    ValueError
        If p or q is no distribution, their outcomes differ in number, or alpha is not finite.

    References
    ----------
    Cressie & Read (1984), Multinomial Goodness-of-Fit Tests, with lambda = alpha - 1; Cichocki & Amari (2010),
    Families of Alpha- Beta- and Gamma-Divergences, section 2.

    Examples
    --------
    >>> alpha_divergence([1, 0], [0.25, 0.75], 2)  # half of 0.75^2/0.25 + 0.75
    1.5
    """
    p, q = as_pmf_pair(p, q)
    alpha = as_scalar(alpha, "alpha")
    # D_alpha(p || q) = D_(1-alpha)(q || p): the side on which the exponent is at least 1/2 loses no digits.
    first, second, b = (q, p, -alpha) if alpha < 0.5 else (p, q, alpha - 1.0)
    return result(_power_total(first, second, b) / (1.0 + b))


def renyi_divergence(p: ArrayLike, q: ArrayLike, alpha: float) -> Value:
    """Renyi divergence of order alpha in nats, which does not decrease in alpha.

    D_alpha(p || q) = log(sum_i p_i^alpha q_i^(1 - alpha)) / (alpha - 1)

    Its limits: -log q(p > 0) at 0, KL(p || q) at 1, log max_i p_i/q_i at infinity.

    Parameters
    ----------
    p, q : (..., n) probabilities over the same outcomes; leading axes broadcast.
    alpha : order, at least 0; infinity included.

    Raises
    ------
    ValueError
        If p or q is no distribution, their outcomes differ in number, or alpha is negative or NaN.

    References
    ----------
    Renyi (1961), On Measures of Entropy and Information, eq. 3.3; van Erven & Harremoes (2014), Renyi Divergence and
    Kullback-Leibler Divergence, eq. 1 and theorems 4 to 6.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(renyi_divergence([1, 0], [0.25, 0.75], 3))  # log(1/4^-2)/2
    2.0
    """
    p, q = as_pmf_pair(p, q)
    alpha = as_scalar(alpha, "alpha", low=0.0, allow_inf=True)
    if alpha == 1.0:
        return kl_divergence(p, q)
    if alpha == 0.0:
        return result(_max_0(by_blocks(_minus_log_kept, p, q)))
    if alpha == np.inf:
        return result(_max_0(by_blocks(_largest_log_ratio, p, q)))
    first, second, b = (q, p, -alpha) if alpha < 0.5 else (p, q, alpha - 1.0)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        excess = b * _power_total(first, second, b)  # sum p^alpha q^(1-alpha) - 1, without taking that difference
        near = np.log1p(np.maximum(excess, -1.0)) / (alpha - 1.0)
    if np.all(np.abs(excess) < 0.5):
        return result(_max_0(near))

    def far(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
        return _renyi_far(p, q, alpha)

    return result(_max_0(np.where(np.abs(excess) < 0.5, near, by_blocks(far, p, q))))


def _minus_log_kept(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    lost, kept = np.where(p == 0, q, 0.0).sum(axis=-1), np.where(p > 0, q, 0.0).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(lost < 0.5, -np.log1p(-lost), -np.log(kept))


def _log_ratios(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """log(p/q) where p > 0, and -inf elsewhere."""
    return np.where(p > 0, log_ratio(np.where(p > 0, p, 1.0), q), -np.inf)


def _largest_log_ratio(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    return _log_ratios(p, q).max(axis=-1)


def _renyi_far(p: NDArray[np.float64], q: NDArray[np.float64], alpha: float) -> NDArray[np.float64]:
    """log(sum p^alpha q^(1 - alpha))/(alpha - 1) with the largest factor taken out, where the sum is far from 1."""
    b = alpha - 1.0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # Below order 1 both exponents are positive; above it p^alpha and q^(1 - alpha) would cancel, so p (p/q)^b.
        size, factor, weight = (alpha * np.log(p) - b * np.log(q), 1.0, 1.0) if b < 0 else (_log_ratios(p, q), b, p)
        size = np.where(p > 0, size, -np.inf)
        top = size.max(axis=-1, keepdims=True)
        share = np.where(size == top, 1.0, np.exp(factor * (size - top)))
        return top[..., 0] * (factor / b) + np.log((weight * share).sum(axis=-1)) / b


def renyi_entropy(p: ArrayLike, alpha: float) -> Value:
    """Renyi entropy of order alpha in nats, which does not increase in alpha.

    H_alpha(p) = log(sum_i p_i^alpha) / (1 - alpha)

    Its limits: log of the number of possible outcomes (Hartley) at 0, Shannon's entropy at 1, -log max p at infinity.

    Parameters
    ----------
    p : (..., n) probabilities, each row summing to 1.
    alpha : order, at least 0; infinity included.

    Raises
    ------
    ValueError
        If p is no distribution, or alpha is negative or NaN.

    References
    ----------
    Renyi (1961), On Measures of Entropy and Information, eq. 1.21.

    Examples
    --------
    >>> from core.units import BITS
    >>> [BITS.from_nats(renyi_entropy([0.5, 0.25, 0.25, 0], alpha)) for alpha in (1, np.inf)]
    [1.5, 1.0]
    """
    p = as_pmf(p, "p")
    alpha = as_scalar(alpha, "alpha", low=0.0, allow_inf=True)
    if alpha == 1.0:
        return entropy(p)
    if alpha == 0.0:
        return result(np.log(by_blocks(_outcomes, p)))
    if alpha == np.inf:
        return result(_max_0(-np.log(p.max(axis=-1))))

    def rows(p: NDArray[np.float64]) -> NDArray[np.float64]:
        return _renyi_entropy_rows(p, alpha)

    return result(_max_0(by_blocks(rows, p)))


def _outcomes(p: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.count_nonzero(p, axis=-1)


def _renyi_entropy_rows(p: NDArray[np.float64], alpha: float) -> NDArray[np.float64]:
    b = alpha - 1.0
    log_p = np.log(np.where(p > 0, p, 1.0))
    top = np.where(p > 0, log_p, -np.inf).max(axis=-1, keepdims=True)
    with np.errstate(over="ignore", divide="ignore"):
        # sum p^alpha - 1 as a sum of p^alpha - p, all of one sign: no digits are lost near alpha = 1 or certainty.
        grown = b * log_p
        excess = np.where(grown < 1.0, p * np.expm1(grown), p**alpha - p).sum(axis=-1)
        near = -np.log1p(np.maximum(excess, -1.0)) / b
        far = -top[..., 0] - np.log((p * np.exp(b * np.minimum(log_p - top, 0.0))).sum(axis=-1)) / b
    return np.where(excess > -0.5, near, far)


def _total(terms: Terms, p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    def rows(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
        with np.errstate(over="ignore"):  # a sum beyond float64 is infinite
            return terms(p, q).sum(axis=-1)

    return by_blocks(rows, p, q)


def _power_total(p: NDArray[np.float64], q: NDArray[np.float64], b: float) -> NDArray[np.float64]:
    return _total(lambda p, q: power_terms(p, q, b), p, q)


def _max_0(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(x, 0.0)  # p and q may be off the sum 1, and an entry above it
