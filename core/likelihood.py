"""Negative log-likelihoods of coins, dice, measurements and counts in nats, and where the first two are least."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import (
    as_counts,
    as_float,
    as_nonnegative,
    as_pmf,
    as_positive,
    as_together,
    as_unit_interval,
    refuse_rows,
    result,
)
from core._numerics import kl_terms
from core.discrete import normalize

Values = NDArray[np.float64] | float
HALF_LOG_2PI = 0.5 * np.log(2.0 * np.pi)
_NO_MODE = "a posterior with no single mode: give more data, or"


def bernoulli_nll(theta: ArrayLike, successes: ArrayLike, trials: ArrayLike) -> Values:
    """Negative log-likelihood of a coin, in nats: the surprisal of one sequence with that many successes.

    NLL = -k log theta - (n - k) log(1 - theta) = n H(k/n, theta), with 0 log 0 = 0

    Parameters
    ----------
    theta : probabilities of success in [0, 1], any shape.
    successes, trials : whole numbers k <= n, shapes that broadcast with theta.

    Raises
    ------
    ValueError
        If theta is outside [0, 1], a count is not whole or negative, or there are more successes than trials.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 2.6.

    Examples
    --------
    >>> round(bernoulli_nll(0.5, 1, 3), 6)  # 3 log 2
    2.079442
    """
    k, n = _successes(successes, trials)
    theta, k, n = as_together(theta=as_unit_interval(theta, "theta"), successes=k, trials=n)
    failures = n - k
    with np.errstate(divide="ignore", invalid="ignore"):
        heads = np.where(k > 0, -k * np.log(theta), 0.0)
        return result(heads + np.where(failures > 0, -failures * np.log1p(-theta), 0.0))


def bernoulli_mle(successes: ArrayLike, trials: ArrayLike) -> Values:
    """Maximum-likelihood probability of success: theta = k/n.

    Parameters
    ----------
    successes, trials : whole numbers k <= n with n >= 1, shapes that broadcast.

    Raises
    ------
    ValueError
        If a count is not whole or negative, there are more successes than trials, or no trials.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 2.8.

    Examples
    --------
    >>> bernoulli_mle(3, 4)
    0.75
    """
    k, n = _successes(successes, trials)
    refuse_rows(n == 0, "trials", "is 0: without a trial nothing is more likely than anything else")
    return result(k / n)


def bernoulli_map(successes: ArrayLike, trials: ArrayLike, a: ArrayLike, b: ArrayLike) -> Values:
    """Most probable probability of success under a Beta(a, b) prior.

    theta = (k + a - 1)/(n + a + b - 2); a numerator below 0 counts as 0, the mode then being the end of the interval

    Parameters
    ----------
    successes, trials : whole numbers k <= n, shapes that broadcast.
    a, b : > 0; Beta(1, 1) is flat and gives the maximum-likelihood value.

    Raises
    ------
    ValueError
        If a count is not whole or negative, a or b is not positive, or the posterior has no single mode.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 2.18; Murphy (2012), section 3.3.3.

    Examples
    --------
    >>> bernoulli_map(3, 3, 2, 2)  # (3 + 1)/(3 + 2)
    0.8
    """
    k, n = _successes(successes, trials)
    k, n, a, b = as_together(successes=k, trials=n, a=as_positive(a, "a"), b=as_positive(b, "b"))
    # Halved, so that no sum overflows.
    heads, tails = (np.maximum(seen + (prior - 1.0), 0.0) / 2.0 for seen, prior in ((k, a), (n - k, b)))
    refuse_rows(heads + tails == 0, "trials", f"gives {_NO_MODE} a and b of at least 1, one of them greater")
    return result(heads / (heads + tails))


def categorical_nll(p: ArrayLike, counts: ArrayLike) -> Values:
    """Negative log-likelihood of a die, in nats: the surprisal of one sequence with those counts.

    NLL = -sum_i n_i log p_i = n H(counts/n, p), with 0 log 0 = 0

    Parameters
    ----------
    p : (..., K) probabilities.
    counts : (..., K) whole numbers; leading axes broadcast.

    Raises
    ------
    ValueError
        If p is no distribution, a count is not whole or negative, or the numbers of outcomes differ.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 2.29.

    Examples
    --------
    >>> round(categorical_nll([0.5, 0.25, 0.25], [2, 1, 0]), 6)  # 4 log 2
    2.772589
    """
    p, counts = as_pmf(p, "p"), _outcomes(counts)
    if p.shape[-1] != counts.shape[-1]:
        raise ValueError(f"p has {p.shape[-1]} outcomes but counts has {counts.shape[-1]}: give one count an outcome.")
    p, counts = as_together(p=p, counts=counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        return result(np.where(counts > 0, -counts * np.log(p), 0.0).sum(axis=-1))


def categorical_mle(counts: ArrayLike) -> NDArray[np.float64]:
    """Maximum-likelihood distribution: p_i = n_i/n.

    Parameters
    ----------
    counts : (..., K) whole numbers, each row with at least one observation.

    Raises
    ------
    ValueError
        If a count is not whole or negative, or a row is all 0.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 2.33.

    Examples
    --------
    >>> categorical_mle([1, 2, 1])
    array([0.25, 0.5 , 0.25])
    """
    counts = _outcomes(counts)
    total = counts.sum(axis=-1, keepdims=True)
    refuse_rows(total[..., 0] == 0, "counts", "holds no observation: give at least one")
    return counts / total


def categorical_map(counts: ArrayLike, alpha: ArrayLike) -> NDArray[np.float64]:
    """Most probable distribution under a Dirichlet(alpha) prior.

    p_i = (n_i + alpha_i - 1) / sum_j (n_j + alpha_j - 1); alpha = 2 is Laplace's rule, alpha = 1 maximum likelihood

    Parameters
    ----------
    counts : (..., K) whole numbers.
    alpha : > 0, one number or (..., K); an outcome whose n_i + alpha_i is at most 1 gets 0.

    Raises
    ------
    ValueError
        If a count is not whole or negative, alpha is not positive, or the posterior has no single mode.

    References
    ----------
    Murphy (2012), Machine Learning: A Probabilistic Perspective, eq. 3.47.

    Examples
    --------
    >>> categorical_map([2, 1, 0], 2)  # (3, 2, 1)/6
    array([0.5       , 0.33333333, 0.16666667])
    """
    counts, alpha = as_together(counts=_outcomes(counts), alpha=as_positive(alpha, "alpha"))
    weight = np.maximum(counts + (alpha - 1.0), 0.0)
    refuse_rows(weight.max(axis=-1) == 0, "counts", f"gives {_NO_MODE} alpha of at least 1, one of them greater")
    return normalize(weight)


def log_binomial(trials: ArrayLike, successes: ArrayLike) -> Values:
    """Logarithm of the number of sequences of n trials with k successes, in nats.

    log C(n, k) = log n! - log k! - log (n - k)!; by so much a count is likelier than one of its sequences

    Parameters
    ----------
    trials, successes : whole numbers n >= k >= 0, shapes that broadcast.

    Raises
    ------
    ValueError
        If a count is not whole or negative, or there are more successes than trials.

    References
    ----------
    Cover & Thomas (2006), theorem 11.1.3 for a binary alphabet: at most n H(k/n).

    Examples
    --------
    >>> round(float(np.exp(log_binomial(4, 2))), 6)
    6.0
    """
    from scipy.special import betaln  # imported here: it takes longer to load than all of core

    k, n = _successes(successes, trials)
    # The beta function keeps the digits that a difference of large log-factorials loses.
    return result(np.where((k > 0) & (k < n), -betaln(k + 1.0, n - k + 1.0) - np.log1p(n), 0.0))


def beta_log_density(theta: ArrayLike, a: ArrayLike, b: ArrayLike) -> Values:
    """Logarithm of the Beta(a, b) density at theta, in nats.

    log f = (a - 1) log theta + (b - 1) log(1 - theta) - log B(a, b)

    Parameters
    ----------
    theta : in [0, 1], any shape; at an end the density may be 0 or infinite.
    a, b : > 0; shapes that broadcast with theta.

    Raises
    ------
    ValueError
        If theta is outside [0, 1], or a or b is not positive.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 2.13.

    Examples
    --------
    >>> round(beta_log_density(0.5, 2, 2), 6)  # log(6 x 1/4)
    0.405465
    """
    from scipy.special import betaln, xlog1py, xlogy

    theta, a, b = as_together(theta=as_unit_interval(theta, "theta"), a=as_positive(a, "a"), b=as_positive(b, "b"))
    return result(xlogy(a - 1.0, theta) + xlog1py(b - 1.0, -theta) - betaln(a, b))


def gaussian_nll(y: ArrayLike, mu: ArrayLike, sigma: ArrayLike = 1.0) -> Values:
    """Negative log-density of an observation under a Gaussian, in nats: half the squared error, and a constant.

    -log f = ((y - mu)/sigma)^2 / 2 + log(sigma sqrt(2 pi))

    Parameters
    ----------
    y, mu : finite numbers; shapes that broadcast.
    sigma : standard deviation > 0.

    Raises
    ------
    ValueError
        If a number is not finite, sigma is not positive, or the shapes do not broadcast.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 1.62; section 3.1.1 for least squares.

    Examples
    --------
    >>> round(gaussian_nll(3.0, 3.0), 6)  # log(2 pi)/2
    0.918939
    """
    y, mu, sigma = as_together(y=as_float(y, "y"), mu=as_float(mu, "mu"), sigma=as_positive(sigma, "sigma"))
    with np.errstate(over="ignore"):
        return result(((y - mu) / sigma) ** 2 / 2.0 + np.log(sigma) + HALF_LOG_2PI)


def laplace_nll(y: ArrayLike, mu: ArrayLike, scale: ArrayLike = 1.0) -> Values:
    """Negative log-density of an observation under a Laplace distribution, in nats: the absolute error, and a constant.

    -log f = |y - mu|/b + log(2 b)

    Parameters
    ----------
    y, mu : finite numbers; shapes that broadcast.
    scale : b > 0.

    Raises
    ------
    ValueError
        If a number is not finite, the scale is not positive, or the shapes do not broadcast.

    References
    ----------
    Murphy (2012), Machine Learning: A Probabilistic Perspective, section 2.4.3; section 7.4 for the loss.

    Examples
    --------
    >>> round(laplace_nll(3.0, 5.0), 6)  # 2 + log 2
    2.693147
    """
    y, mu, scale = as_together(y=as_float(y, "y"), mu=as_float(mu, "mu"), scale=as_positive(scale, "scale"))
    with np.errstate(over="ignore"):
        return result(np.abs(y - mu) / scale + (np.log(scale) + np.log(2.0)))


def poisson_nll(y: ArrayLike, rate: ArrayLike) -> Values:
    """Surprisal of a count under a Poisson distribution, in nats: half its deviance, and a constant.

    -log P(y) = rate - y log rate + log y!, with 0 log 0 = 0; infinite for a count that rate 0 rules out

    Parameters
    ----------
    y : counts, whole numbers >= 0.
    rate : >= 0, a shape that broadcasts with y.

    Raises
    ------
    ValueError
        If a count is not whole or negative, the rate is negative or not finite, or the shapes do not broadcast.

    References
    ----------
    McCullagh & Nelder (1989), Generalized Linear Models, section 6.2.

    Examples
    --------
    >>> round(poisson_nll(2, 1.0), 6)  # 1 + log 2
    1.693147
    """
    from scipy.special import gammaln, xlogy

    y, rate = as_together(y=as_counts(y, "y"), rate=as_nonnegative(rate, "rate"))
    return result(rate - xlogy(y, rate) + gammaln(y + 1.0))


def poisson_deviance(y: ArrayLike, rate: ArrayLike) -> Values:
    """Deviance of a rate for one observed count: twice what it surprises more than the best rate, which is the count.

    D = 2 [y log(y/rate) - (y - rate)], with 0 log 0 = 0

    Parameters
    ----------
    y, rate : as for poisson_nll.

    Raises
    ------
    ValueError
        As for poisson_nll.

    References
    ----------
    McCullagh & Nelder (1989), Generalized Linear Models, section 2.3.

    Examples
    --------
    >>> poisson_deviance(0, 1.5)
    3.0
    """
    y, rate = as_together(y=as_counts(y, "y"), rate=as_nonnegative(rate, "rate"))
    with np.errstate(over="ignore"):
        return result(2.0 * kl_terms(np.atleast_1d(y).astype(np.float64), np.atleast_1d(rate)).reshape(y.shape))


def _successes(successes: ArrayLike, trials: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    k, n = as_together(successes=as_counts(successes, "successes"), trials=as_counts(trials, "trials"))
    if (k > n).any():
        place = [*map(int, np.argwhere(k > n)[0])] or ""
        raise ValueError(f"successes{place} is {k[k > n].flat[0]}, more than the {n[k > n].flat[0]} trials.")
    return k, n


def _outcomes(counts: ArrayLike) -> NDArray[np.int64]:
    counts = as_counts(counts, "counts")
    if counts.ndim == 0:
        raise ValueError("counts is a single number: give the counts of all outcomes as a list.")
    return counts
