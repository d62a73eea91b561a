"""Variational autoencoders that can be solved on paper: draws by reparametrization, and the linear model.

In the linear model the data have a Gaussian coordinate x ~ N(0, lambda) along each of their principal directions, the
decoder says x ~ N(w z, sigma^2) with z ~ N(0, 1), the encoder says z ~ N(v x, s^2), and training maximizes the evidence
lower bound with its divergence weighted by beta:

    -log(2 pi sigma^2)/2 - D/(2 sigma^2) - beta R
    D = lambda (1 - w v)^2 + w^2 s^2,  R = E KL(N(v x, s^2) || N(0, 1))

Directions do not mix, so each is solved alone. The best encoder for a decoder is v = w/(w^2 + t), s^2 = t/(w^2 + t)
with t = beta sigma^2, and then the best decoder has w^2 = lambda - t, or w = 0 where lambda <= t: that dimension
collapses. D is then min(lambda, t) and R = log(lambda/t)/2 or 0, which is the cheapest code for x at distortion D.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_float, as_nonnegative, as_positive, as_scalar, as_together, result
from core._numerics import log_ratio
from core.gaussian import LOG_2PI, vae_kl

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reparametrized:
    """Draws z of a posterior, and for each the log of the posterior density over the prior density at z."""

    z: Array | float
    log_ratio: Array | float


def reparametrize(mu: ArrayLike, logvar: ArrayLike, noise: ArrayLike) -> Reparametrized:
    """Draws z = mu + sigma e of N(mu, sigma^2) made from standard normal noise e, and log q(z) - log p(z) at each.

    With p the standard normal the log ratio is (z^2 - e^2 - log sigma^2)/2; its mean over the noise is vae_kl.

    Parameters
    ----------
    mu : means, any shape.
    logvar : log sigma^2.
    noise : standard normal draws e; all three broadcast.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric or not finite, or the shapes do not broadcast.

    References
    ----------
    Kingma & Welling (2014), section 2.4.

    Examples
    --------
    >>> reparametrize(1.0, 0.0, 0.5)  # z = 1 + 0.5, (1.5^2 - 0.5^2)/2
    Reparametrized(z=1.5, log_ratio=1.0)
    """
    mu, logvar, noise = as_together(
        mu=as_float(mu, "mu"), logvar=as_float(logvar, "logvar"), noise=as_float(noise, "noise")
    )
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        z = mu + np.where(noise == 0, 0.0, np.exp(logvar / 2.0) * noise)
        moved = mu + np.where(noise == 0, 0.0, np.expm1(logvar / 2.0) * noise)  # z - e, near the prior too
        return Reparametrized(result(z), result(moved * (z / 2.0 + noise / 2.0) - logvar / 2.0))


@dataclass(frozen=True, slots=True)
class LinearVae:
    """The trained linear VAE, dimension by dimension, in nats. Signs of weight and gain can be flipped together."""

    threshold: float  # beta sigma^2: dimensions with an eigenvalue up to here have collapsed
    active: NDArray[np.bool_]
    weight: Array  # w of the decoder
    gain: Array  # v of the encoder
    mean: Array  # standard deviation of the posterior means over the data
    variance: Array  # s^2 of every posterior; mean^2 + variance = 1
    distortion: Array  # D, the expected squared error
    rate: Array  # R, the expected divergence from the prior
    elbo: Array  # the bound itself, divergence weighted by 1
    objective: Array  # what was maximized, divergence weighted by beta
    log_likelihood: Array  # expected, of the decoder alone; the bound lies under it and touches it for beta = 1


def linear_vae(eigenvalues: ArrayLike, noise_variance: float = 1.0, beta: float = 1.0) -> LinearVae:
    """Optimum of the linear beta-VAE for data with these variances along their principal directions.

    A dimension with eigenvalue lambda collapses to the prior when lambda <= beta sigma^2. For beta = 1 the decoder is
    that of probabilistic PCA, and the bound is tight.

    Parameters
    ----------
    eigenvalues : variances of the data >= 0, any shape.
    noise_variance : sigma^2 > 0 of the decoder.
    beta : weight > 0 of the divergence.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric, not finite or out of range, or beta sigma^2 is not a positive float64.

    References
    ----------
    Tipping & Bishop (1999), eqs. 6 and 7 (beta = 1); Lucas, Tucker, Grosse & Norouzi (2019), section 4;
    Dai, Wang, Aston, Hua & Wipf (2018). D and R: Cover & Thomas (2006), theorem 10.3.3.

    Examples
    --------
    >>> vae = linear_vae([4.0, 1.0], noise_variance=1.0, beta=2.0)
    >>> vae.active, vae.variance  # the threshold is 2: sigma^2 = 2/4, and the prior's own 1
    (array([ True, False]), array([0.5, 1. ]))
    """
    spectrum = as_nonnegative(eigenvalues, "eigenvalues")
    noise = as_scalar(noise_variance, "noise_variance", low=0, open_low=True)
    beta = as_scalar(beta, "beta", low=0, open_low=True)
    threshold = noise * beta
    if not 0 < threshold < np.inf:
        raise ValueError(f"beta times noise_variance is {threshold:g}: take a smaller or larger one of the two.")
    active = spectrum > threshold
    with np.errstate(over="ignore", under="ignore"):
        kept = np.where(active, spectrum - threshold, 0.0)  # w^2
        marginal = np.maximum(spectrum, threshold)  # w^2 + t
        share = kept / marginal
        rate = np.asarray(log_ratio(marginal, np.asarray(threshold))) / 2.0
        distortion = np.minimum(spectrum, threshold)
        fit = -(LOG_2PI + np.log(noise) + distortion / noise) / 2.0
        model = kept + noise
        likelihood = -(LOG_2PI + np.log(model) + spectrum / model) / 2.0
        return LinearVae(
            threshold, active, np.sqrt(kept), np.sqrt(share / marginal), np.sqrt(share), threshold / marginal,
            distortion, rate, fit - rate, fit - beta * rate, likelihood,
        )  # fmt: skip


def linear_vae_elbo(
    eigenvalue: ArrayLike,
    weight: ArrayLike,
    gain: ArrayLike,
    variance: ArrayLike,
    noise_variance: ArrayLike = 1.0,
    beta: ArrayLike = 1.0,
) -> Array | float:
    """Evidence lower bound of one dimension of a linear VAE, trained or not, its divergence weighted by beta.

    Parameters
    ----------
    eigenvalue : variance >= 0 of the data in this direction.
    weight, gain : w of the decoder and v of the encoder.
    variance : s^2 > 0 of the posterior.
    noise_variance, beta : sigma^2 > 0 of the decoder and the weight > 0 of the divergence; all six broadcast.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric, not finite or out of range, or the shapes do not broadcast.

    References
    ----------
    Kingma & Welling (2014), eq. 3; Higgins et al. (2017), eq. 4 for beta.

    Examples
    --------
    >>> round(linear_vae_elbo(4.0, 0.0, 0.0, 1.0), 6)  # nothing but the prior: -(log(2 pi) + 4)/2
    -2.918939
    """
    eigenvalue, weight, gain, variance, noise, beta = as_together(
        eigenvalue=as_nonnegative(eigenvalue, "eigenvalue"),
        weight=as_float(weight, "weight"),
        gain=as_float(gain, "gain"),
        variance=as_positive(variance, "variance"),
        noise_variance=as_positive(noise_variance, "noise_variance"),
        beta=as_positive(beta, "beta"),
    )
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        spread, mean = weight * (np.sqrt(variance) / np.sqrt(noise)), gain * np.sqrt(eigenvalue)
        missed = np.where(eigenvalue > 0, np.sqrt(eigenvalue) * (1.0 - weight * gain), 0.0) / np.sqrt(noise)
        rate = mean * mean / 2.0 + vae_kl(0.0, np.log(variance))
        return result(-(LOG_2PI + np.log(noise) + missed * missed + spread * spread) / 2.0 - beta * rate)


def linear_vae_cost(
    eigenvalue: float, mean: ArrayLike, logvar: ArrayLike, noise_variance: float = 1.0, beta: float = 1.0
) -> Array | float:
    """What an encoder costs under its best decoder, in nats: D/(2 sigma^2) + beta R with D = lambda s^2/(m^2 + s^2).

    The negative bound but for the constant log(2 pi sigma^2)/2. An encoder is given as a point of the plane on which
    vae_kl is drawn: m = v sqrt(lambda), the standard deviation of its means, and log s^2. Over that plane the least
    cost is where linear_vae puts (mean, variance).

    Parameters
    ----------
    eigenvalue : variance >= 0 of the data in this direction.
    mean : m, any shape.
    logvar : log s^2, a shape that broadcasts with mean.
    noise_variance, beta : sigma^2 > 0 of the decoder and the weight > 0 of the divergence.

    Raises
    ------
    ValueError
        If an argument is empty, not numeric, not finite or out of range, or the shapes do not broadcast.

    References
    ----------
    Kingma & Welling (2014), eq. 3: linear_vae_elbo at its largest over the decoder, w = sqrt(lambda) m/(m^2 + s^2).

    Examples
    --------
    >>> linear_vae_cost(4.0, 0.0, 0.0)  # the prior itself: 4/2, and no divergence
    2.0
    """
    eigenvalue = as_scalar(eigenvalue, "eigenvalue", low=0)
    noise = as_scalar(noise_variance, "noise_variance", low=0, open_low=True)
    beta = as_scalar(beta, "beta", low=0, open_low=True)
    mean, logvar = as_together(mean=as_float(mean, "mean"), logvar=as_float(logvar, "logvar"))
    with np.errstate(over="ignore", under="ignore"):
        # s^2/(m^2 + s^2) = 1/(1 + (m/s)^2), which no small s can turn into 0/0
        unexplained = 1.0 / (1.0 + (mean * np.exp(-logvar / 2.0)) ** 2)
        return result(eigenvalue / noise / 2.0 * unexplained + beta * vae_kl(mean, logvar))
