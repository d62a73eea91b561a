"""Continuous distributions, in nats: differential entropies, divergences and mutual information in closed form.

Differential entropy depends on the scale in which x is measured and may be negative; divergences and mutual
information do not and may not. What has no closed form, mixtures and the Gaussians fitted to them, is in `mixture`
and `fitting`, and can be had from here as well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_float, as_positive, as_together, refuse_rows, result
from core._numerics import gaussian_divergence, log1pmx, log_ratio
from core.fitting import DescentPath, GaussianFit, descent_path, fit_gaussian, kl_landscape
from core.mixture import Mixture, gaussian_js, kl_from_mixture, kl_to_mixture, negentropy

__all__ = [
    "DescentPath",
    "GaussianFit",
    "Mixture",
    "VaeKlGrad",
    "descent_path",
    "fit_gaussian",
    "gaussian_entropy",
    "gaussian_hellinger",
    "gaussian_js",
    "gaussian_kl",
    "gaussian_mi",
    "gaussian_total_variation",
    "kl_from_mixture",
    "kl_landscape",
    "kl_to_mixture",
    "laplace_entropy",
    "mvn_entropy",
    "mvn_kl",
    "negentropy",
    "uniform_entropy",
    "vae_kl",
    "vae_kl_grad",
]

LOG_2PI = float(np.log(2.0 * np.pi))


def gaussian_entropy(sigma: ArrayLike) -> NDArray[np.float64] | float:
    """Differential entropy of a Gaussian: h = log(2 pi e sigma^2)/2 nats, the largest for a given variance.

    It is negative for sigma < 1/sqrt(2 pi e) = 0.2420.

    Parameters
    ----------
    sigma : standard deviations > 0, any shape.

    Raises
    ------
    ValueError
        If sigma is empty, not numeric, not finite or not positive.

    References
    ----------
    Shannon (1948), section 20, item 6; Cover & Thomas (2006), example 8.1.2.

    Examples
    --------
    >>> round(gaussian_entropy(1.0), 6)  # (1 + log(2 pi))/2 = (1 + 1.837877)/2
    1.418939
    """
    return result(np.log(as_positive(sigma, "sigma")) + (1.0 + LOG_2PI) / 2.0)


def uniform_entropy(width: ArrayLike) -> NDArray[np.float64] | float:
    """Differential entropy of a uniform density: h = log(width) nats, 0 for width 1.

    With standard deviation sigma the width is sigma sqrt(12).

    Parameters
    ----------
    width : lengths of the interval > 0, any shape.

    Raises
    ------
    ValueError
        If width is empty, not numeric, not finite or not positive.

    References
    ----------
    Cover & Thomas (2006), example 8.1.1.

    Examples
    --------
    >>> round(uniform_entropy(0.5), 6)  # -log 2
    -0.693147
    """
    return result(np.log(as_positive(width, "width")))


def laplace_entropy(scale: ArrayLike) -> NDArray[np.float64] | float:
    """Differential entropy of a Laplace density exp(-|x|/b)/(2b): h = 1 + log(2b) nats.

    With standard deviation sigma the scale is b = sigma/sqrt(2).

    Parameters
    ----------
    scale : b > 0, any shape.

    Raises
    ------
    ValueError
        If scale is empty, not numeric, not finite or not positive.

    References
    ----------
    Cover & Thomas (2006), table 17.1.

    Examples
    --------
    >>> laplace_entropy(0.5)  # 1 + log 1
    1.0
    """
    return result(np.log(as_positive(scale, "scale")) + (1.0 + np.log(2.0)))


def mvn_entropy(cov: ArrayLike) -> NDArray[np.float64] | float:
    """Differential entropy of a multivariate Gaussian: h = log det(2 pi e Sigma)/2 nats.

    Parameters
    ----------
    cov : symmetric positive definite covariances (..., n, n).

    Raises
    ------
    ValueError
        If cov is not square, not finite, not symmetric or not positive definite.

    References
    ----------
    Cover & Thomas (2006), theorem 8.4.1.

    Examples
    --------
    >>> round(mvn_entropy([[1.0, 0.0], [0.0, 1.0]]), 6)  # two of gaussian_entropy(1)
    2.837877
    """
    factor = _cholesky(as_float(cov, "cov"), "cov")
    return result(_log_diagonal(factor) + factor.shape[-1] * (1.0 + LOG_2PI) / 2.0)


def gaussian_kl(mu1: ArrayLike, sigma1: ArrayLike, mu2: ArrayLike, sigma2: ArrayLike) -> NDArray[np.float64] | float:
    """Divergence of two Gaussians: KL(N1 || N2) = (d^2 + u - log(1 + u))/2 nats.

    With d = (mu1 - mu2)/sigma2 and u = (sigma1/sigma2)^2 - 1 this is the textbook log(sigma2/sigma1)
    + (sigma1^2 + (mu1 - mu2)^2)/(2 sigma2^2) - 1/2, but it keeps all digits where the two are nearly equal.

    Parameters
    ----------
    mu1, mu2 : means, any shapes that broadcast.
    sigma1, sigma2 : standard deviations > 0, likewise.

    Returns
    -------
    At least 0, exactly 0 for equal arguments, inf where the value exceeds float64.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric, not finite, a sigma is not positive, shapes do not broadcast.

    References
    ----------
    Kullback & Leibler (1951); Bishop (2006), exercise 1.30.

    Examples
    --------
    >>> round(gaussian_kl(0.0, 0.5, 0.0, 2.0), 6)  # u = 1/16 - 1: (log 16 - 15/16)/2
    0.917544
    """
    mu1, sigma1, mu2, sigma2 = as_together(
        mu1=as_float(mu1, "mu1"),
        sigma1=as_positive(sigma1, "sigma1"),
        mu2=as_float(mu2, "mu2"),
        sigma2=as_positive(sigma2, "sigma2"),
    )
    return result(gaussian_divergence(mu1, sigma1, mu2, sigma2))


def gaussian_hellinger(
    mu1: ArrayLike, sigma1: ArrayLike, mu2: ArrayLike, sigma2: ArrayLike
) -> NDArray[np.float64] | float:
    """Hellinger distance of two Gaussians: a metric between 0 and 1.

    H^2 = 1 - sqrt(2 sigma1 sigma2/(sigma1^2 + sigma2^2)) exp(-(mu1 - mu2)^2/(4 (sigma1^2 + sigma2^2)))

    Parameters
    ----------
    mu1, mu2 : means, any shapes that broadcast.
    sigma1, sigma2 : standard deviations > 0, likewise.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric, not finite, a sigma is not positive, shapes do not broadcast.

    References
    ----------
    Pardo (2006), Statistical Inference Based on Divergence Measures, example 1.4 (with the factor 1/2 in H^2).

    Examples
    --------
    >>> round(gaussian_hellinger(0.0, 1.0, 2.0, 1.0) ** 2, 6)  # 1 - e^(-1/2)
    0.393469
    """
    mu1, sigma1, mu2, sigma2 = as_together(
        mu1=as_float(mu1, "mu1"),
        sigma1=as_positive(sigma1, "sigma1"),
        mu2=as_float(mu2, "mu2"),
        sigma2=as_positive(sigma2, "sigma2"),
    )
    scale = np.maximum(sigma1, sigma2)
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        gap, a, b = (mu1 / 2.0 - mu2 / 2.0) / scale * 2.0, sigma1 / scale, sigma2 / scale
        total = a * a + b * b
        unlike = ((sigma1 - sigma2) / scale) ** 2 / total  # 1 - 2ab/(a^2 + b^2), which keeps its digits near 0
        log_widths = np.where(unlike < 0.5, np.log1p(-np.minimum(unlike, 0.5)), np.log(2.0 * a * b / total))
        return result(np.sqrt(-np.expm1(log_widths / 2.0 - gap * gap / (4.0 * total))))


def gaussian_total_variation(mu1: ArrayLike, mu2: ArrayLike, sigma: ArrayLike) -> NDArray[np.float64] | float:
    """Total variation distance of two Gaussians of equal width: 1 less the area that lies under both.

    TV = 2 Phi(d/2) - 1 = erf(d/sqrt 8), with d = |mu1 - mu2|/sigma

    Parameters
    ----------
    mu1, mu2 : means, any shapes that broadcast.
    sigma : the standard deviation of both, > 0, likewise.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric, not finite, sigma is not positive, shapes do not broadcast.

    References
    ----------
    Devroye, Mehrabian & Reddad (2018), The total variation distance between high-dimensional Gaussians, section 1.

    Examples
    --------
    >>> round(gaussian_total_variation(0.0, 2.0, 1.0), 6)  # what lies within one standard deviation of the mean
    0.682689
    """
    from scipy.special import erf  # only here: it would double the time that importing takes

    mu1, mu2, sigma = as_together(mu1=as_float(mu1, "mu1"), mu2=as_float(mu2, "mu2"), sigma=as_positive(sigma, "sigma"))
    with np.errstate(over="ignore"):
        return result(erf(np.abs(mu1 / 2.0 - mu2 / 2.0) / sigma / np.sqrt(2.0)))


def mvn_kl(mean1: ArrayLike, cov1: ArrayLike, mean2: ArrayLike, cov2: ArrayLike) -> NDArray[np.float64] | float:
    """Divergence of two multivariate Gaussians: KL(N1 || N2) = (sum_i [l_i - log(1 + l_i)] + d' S2^-1 d)/2 nats.

    The l_i are the eigenvalues of S2^-1 (S1 - S2) and d = mean1 - mean2. They replace tr(S2^-1 S1) - n
    - log(det S1/det S2), which cancels where the covariances are nearly equal.

    Parameters
    ----------
    mean1, mean2 : means (..., n).
    cov1, cov2 : symmetric positive definite covariances (..., n, n); leading axes broadcast.

    Returns
    -------
    At least 0, exactly 0 for equal arguments.

    Raises
    ------
    ValueError
        If a covariance is not square, symmetric and positive definite, or the shapes do not fit.

    References
    ----------
    Kullback (1959), Information Theory and Statistics, chapter 9, section 1.

    Examples
    --------
    >>> mvn_kl([1.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]])  # 1^2/2
    0.5
    """
    mean1, cov1 = as_float(mean1, "mean1"), as_float(cov1, "cov1")
    mean2, cov2 = as_float(mean2, "mean2"), as_float(cov2, "cov2")
    factor1, factor2 = _cholesky(cov1, "cov1"), _cholesky(cov2, "cov2")
    _check_sizes(mean1=mean1, cov1=cov1, mean2=mean2, cov2=cov2)
    whitened = np.linalg.solve(factor2, (mean1 - mean2)[..., None])[..., 0]
    # Plain form first: it is right wherever it is not small, for ratios of any size.
    root = np.linalg.solve(factor2, factor1)
    n = root.shape[-1]
    with np.errstate(over="ignore", under="ignore"):
        excess = (root * root).sum(axis=(-2, -1)) - n - 2.0 * _log_diagonal(factor1, factor2)
        close = np.asarray(excess < 1.0)
        if close.any():
            gap, factor = np.broadcast_arrays(cov1 - cov2, factor2)
            excess = np.asarray(excess)
            excess[close] = _eigenvalue_excess(gap[close], factor[close])
        return result((excess + (whitened * whitened).sum(axis=-1)) / 2.0)


def vae_kl(mu: ArrayLike, logvar: ArrayLike) -> NDArray[np.float64] | float:
    """Divergence of N(mu, sigma^2) from the standard normal: (mu^2 + sigma^2 - 1 - log sigma^2)/2 nats per dimension.

    A vector of independent dimensions costs the sum. The mean alone costs vae_kl(mu, 0), the variance alone
    vae_kl(0, logvar), and the two add up.

    Parameters
    ----------
    mu : means, any shape.
    logvar : log sigma^2, a shape that broadcasts with mu.

    Returns
    -------
    At least 0, exactly 0 at mu = logvar = 0, inf where the value exceeds float64.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric or not finite, or the shapes do not broadcast.

    References
    ----------
    Kingma & Welling (2014), appendix B.

    Examples
    --------
    >>> vae_kl(1.0, 0.0)
    0.5
    """
    mu, logvar = as_together(mu=as_float(mu, "mu"), logvar=as_float(logvar, "logvar"))
    with np.errstate(over="ignore", under="ignore"):
        v = np.expm1(logvar)
        variance = np.where(np.abs(logvar) < 0.2, -log1pmx(v), v - logvar)
        return result((mu * mu + variance) / 2.0)


@dataclass(frozen=True, slots=True)
class VaeKlGrad:
    """Partial derivatives of vae_kl: by the mean, by log sigma^2 and, for that other axis, by sigma itself."""

    mu: NDArray[np.float64] | float
    logvar: NDArray[np.float64] | float
    sigma: NDArray[np.float64] | float


def vae_kl_grad(mu: ArrayLike, logvar: ArrayLike) -> VaeKlGrad:
    """Gradient of vae_kl: mu by mu, (sigma^2 - 1)/2 by log sigma^2, sigma - 1/sigma by sigma; all 0 at mu = logvar = 0.

    Parameters
    ----------
    mu : means, any shape.
    logvar : log sigma^2, a shape that broadcasts with mu.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric or not finite, or the shapes do not broadcast.

    References
    ----------
    derivative of Kingma & Welling (2014), appendix B.

    Examples
    --------
    >>> vae_kl_grad(0.5, 0.0)
    VaeKlGrad(mu=0.5, logvar=0.0, sigma=0.0)
    """
    mu, logvar = as_together(mu=as_float(mu, "mu"), logvar=as_float(logvar, "logvar"))
    with np.errstate(over="ignore", under="ignore"):
        # sigma - 1/sigma = 2 sinh(log sigma), without the cancellation at sigma = 1.
        return VaeKlGrad(result(mu), result(np.expm1(logvar) / 2.0), result(2.0 * np.sinh(logvar / 2.0)))


def gaussian_mi(rho: ArrayLike) -> NDArray[np.float64] | float:
    """Mutual information of two jointly Gaussian variables: I = -log(1 - rho^2)/2 nats.

    Parameters
    ----------
    rho : correlations in [-1, 1], any shape.

    Returns
    -------
    At least 0, exactly 0 for rho = 0, inf for rho = 1 or -1.

    Raises
    ------
    ValueError
        If rho is empty, not numeric, not finite or outside [-1, 1].

    References
    ----------
    Cover & Thomas (2006), example 8.5.1.

    Examples
    --------
    >>> round(gaussian_mi(0.6), 6)  # -log(0.64)/2 = -log 0.8
    0.223144
    """
    rho = as_float(rho, "rho")
    size = np.abs(rho)
    refuse_rows(size > 1, "rho", "is no correlation: use numbers between -1 and 1")
    with np.errstate(divide="ignore", under="ignore"):
        # 1 - |rho| is exact from 1/2 on, where 1 - rho^2 would round.
        return result(-np.where(size < 0.5, np.log1p(-rho * rho), np.log((1.0 - size) * (1.0 + size))) / 2.0)


def gaussian_pmi(x: ArrayLike, y: ArrayLike, rho: ArrayLike) -> NDArray[np.float64] | float:
    """Pointwise mutual information in nats of standard normal variables with correlation rho at (x, y).

    log(p(y | x) / p(y)) = -log(1 - rho^2)/2 + y^2/2 - (y - rho x)^2 / (2 (1 - rho^2)); its mean is ``gaussian_mi(rho)``

    Parameters
    ----------
    x, y : numbers, any shapes that broadcast.
    rho : correlations strictly between -1 and 1, likewise.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric or not finite, a correlation is not inside (-1, 1), or the shapes do not
        broadcast.

    References
    ----------
    Fano (1961), Transmission of Information, eq. 2.9, for the densities of Cover & Thomas (2006), example 8.5.1.

    Examples
    --------
    >>> round(gaussian_pmi(0.0, 0.0, 0.6), 6)  # -log(0.64)/2 = -log 0.8
    0.223144
    >>> gaussian_pmi([1.0, -3.0], 2.0, 0.0)
    array([0., 0.])
    """
    x, y, rho = as_together(x=as_float(x, "x"), y=as_float(y, "y"), rho=as_float(rho, "rho"))
    refuse_rows(np.abs(rho) >= 1, "rho", "is too large: a correlation has to lie strictly between -1 and 1")
    # In units of the larger of the two: its square may leave float64, and rho = 0 still gives 0.
    size = np.maximum(np.maximum(np.abs(x), np.abs(y)), 5e-324)
    a, b = x / size, y / size
    share = (2.0 * a * b - rho * (a * a + b * b)) * rho / (2.0 * (1.0 - rho) * (1.0 + rho))
    with np.errstate(over="ignore"):
        return result(gaussian_mi(rho) + share * size * size)


def _eigenvalue_excess(gap: NDArray[np.float64], factor: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of l - log(1 + l) over the eigenvalues l of the whitened difference of covariances."""
    half = np.linalg.solve(factor, gap)
    whitened = np.linalg.solve(factor, np.swapaxes(half, -1, -2))
    return -log1pmx(np.linalg.eigvalsh((whitened + np.swapaxes(whitened, -1, -2)) / 2.0)).sum(axis=-1)


def _check_sizes(**arrays: NDArray[np.float64]) -> None:
    sizes = {name: a.shape[-1] if a.ndim else 0 for name, a in arrays.items()}
    if len(set(sizes.values())) > 1:
        listed = ", ".join(f"{name} {size or 'none'}" for name, size in sizes.items())
        raise ValueError(
            f"the numbers of dimensions differ ({listed}): give means (..., n) and covariances (..., n, n)."
        )
    as_together(**{name: a[..., 0, 0] if name.startswith("cov") else a[..., 0] for name, a in arrays.items()})


def _log_diagonal(factor: NDArray[np.float64], other: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """log det of a triangular factor, or of its ratio to another."""
    diagonal = np.diagonal(factor, axis1=-2, axis2=-1)
    if other is None:
        return np.log(diagonal).sum(axis=-1)
    return log_ratio(diagonal, np.diagonal(other, axis1=-2, axis2=-1)).sum(axis=-1)


def _cholesky(cov: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Lower Cholesky factors; the only place where a covariance is judged."""
    if cov.ndim < 2 or cov.shape[-1] != cov.shape[-2]:
        raise ValueError(f"{name} has shape {cov.shape}: a covariance is square, (..., n, n).")
    variance = np.diagonal(cov, axis1=-2, axis2=-1)
    if (variance <= 0).any():
        place = [*map(int, np.argwhere(variance <= 0)[0])]
        raise ValueError(f"{name}{[*place, place[-1]]} is a variance and must be positive.")
    scale = np.sqrt(variance)
    skew = np.abs(cov - np.swapaxes(cov, -1, -2)) / scale[..., :, None] / scale[..., None, :]
    if (skew > 2.0**-26).any():
        place = [*map(int, np.argwhere(skew > 2.0**-26)[0])]
        raise ValueError(f"{name}{place} differs from its mirror entry: a covariance is symmetric.")
    try:
        return np.linalg.cholesky(cov)
    except np.linalg.LinAlgError:
        lowest = np.linalg.eigvalsh(cov)[..., 0]
        place = [*map(int, np.unravel_index(int(np.argmin(lowest)), lowest.shape))]
        at = f"{name}{place}" if place else name
        raise ValueError(f"{at} is not positive definite: some direction has no variance, or less than none.") from None
