"""Mixtures of Gaussians on a line and their divergence, both ways, from one Gaussian, in nats.

Neither divergence has a closed form. Both are integrated by Gauss-Legendre panels that are refined until log p is a
polynomial on each: it bends sharply where one component takes over from another, and nowhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_float, as_instance, as_pmf, as_positive, as_scalar, as_together, result
from core._numerics import log1pmx, log_ratio

__all__ = ["Mixture", "gaussian_js", "kl_from_mixture", "kl_to_mixture", "negentropy"]  # the rest is for `fitting`

HALF_LOG_2PI = float(np.log(2.0 * np.pi) / 2.0)
REACH = 9.5  # standard deviations; beyond, a Gaussian holds 2e-21 of its mass
GRID = np.linspace(-REACH, REACH, 14)
NODES, WEIGHTS = np.polynomial.legendre.leggauss(10)
ENDED = np.concatenate([[-1.0], NODES, [1.0]])
CHUNK = 2**17  # node-component pairs worked on together: 1 MB a scratch array


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Mixture of Gaussians: p(x) = sum_k weights_k N(x; means_k, sigmas_k^2).

    Parameters
    ----------
    weights : (K,) probabilities.
    means : (K,) finite.
    sigmas : (K,) standard deviations > 0.

    Raises
    ------
    ValueError
        If weights is no distribution, means or sigmas is not finite, a sigma is not positive, or their lengths differ.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 9.7.

    Examples
    --------
    >>> Mixture([0.5, 0.5], [-4.0, 4.0], [3.0, 3.0]).sigma  # sqrt(3^2 + 4^2)
    5.0
    """

    weights: NDArray[np.float64]
    means: NDArray[np.float64]
    sigmas: NDArray[np.float64]

    def __post_init__(self) -> None:
        checked = {
            "weights": as_pmf(self.weights, "weights"),
            "means": as_float(self.means, "means", ndim=1),
            "sigmas": as_positive(self.sigmas, "sigmas", ndim=1),
        }
        sizes = {name: a.shape for name, a in checked.items()}
        if len(set(sizes.values())) > 1:
            listed = ", ".join(f"{name} {shape}" for name, shape in sizes.items())
            raise ValueError(f"the components do not match ({listed}): give one weight, mean and sigma a component.")
        for name, values in checked.items():
            values = values.copy()
            values.flags.writeable = False
            object.__setattr__(self, name, values)

    @property
    def mean(self) -> float:
        """E[x] = sum_k w_k m_k, exact where all means are equal."""
        return float(self.means[0] + self.weights @ (self.means - self.means[0]))

    @property
    def sigma(self) -> float:
        """Standard deviation of the whole: sqrt(sum_k w_k (s_k^2 + (m_k - E[x])^2))."""
        return float(np.sqrt(self.weights @ (self.sigmas**2 + (self.means - self.mean) ** 2)))

    def log_pdf(self, x: ArrayLike) -> NDArray[np.float64] | float:
        """log p(x) for any shape of x, finite also far out in the tails."""
        return result(log_density(components(self), as_float(x, "x") - self.mean))

    def pdf(self, x: ArrayLike) -> NDArray[np.float64] | float:
        """p(x) for any shape of x."""
        return result(np.exp(self.log_pdf(x)))


def kl_to_mixture(mu: ArrayLike, sigma: ArrayLike, mixture: Mixture) -> NDArray[np.float64] | float:
    """Divergence KL(q || p) of a Gaussian q from a mixture p: the reverse one, which variational inference minimizes.

    KL(q || p) = integral of q log(q/p) - q + p with q = N(mu, sigma^2), by quadrature

    Parameters
    ----------
    mu : means, any shape.
    sigma : standard deviations > 0, a shape that broadcasts with mu.
    mixture : the Mixture p.

    Returns
    -------
    At least 0, exactly 0 if every component equals q; relative error about 1e-13.

    Raises
    ------
    ValueError
        If mu or sigma is not finite, sigma is not positive, the shapes do not broadcast, or q and p differ in scale or
        place by more than a factor 1e60.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 10.4 and section 10.1.2; quadrature: Davis &
    Rabinowitz (1984), section 2.7.

    Examples
    --------
    >>> round(kl_to_mixture(0.0, 0.5, Mixture([1.0], [0.0], [2.0])), 6)  # one component: gaussian_kl(0, 0.5, 0, 2)
    0.917544
    """
    mu, sigma = gaussians(mu, sigma, mixture)
    parts = components(mixture)
    return result(_integrate(parts, mu.ravel(), sigma.ravel(), forward=False).reshape(mu.shape))


def kl_from_mixture(mixture: Mixture, mu: ArrayLike, sigma: ArrayLike) -> NDArray[np.float64] | float:
    """Divergence KL(p || q) of a mixture p from a Gaussian q: the forward one, which maximum likelihood minimizes.

    KL(p || q) = KL(p || g) + KL(g || q), with g the Gaussian that has the mean and the variance of p

    The first part, the negentropy of p, is integrated; the second is closed.

    Parameters
    ----------
    mixture : the Mixture p.
    mu : means, any shape.
    sigma : standard deviations > 0, a shape that broadcasts with mu.

    Returns
    -------
    At least 0, exactly 0 if every component equals q; relative error about 1e-13.

    Raises
    ------
    ValueError
        As kl_to_mixture.

    References
    ----------
    Amari & Nagaoka (2000), Methods of Information Geometry, theorem 3.8 (Pythagorean relation).

    Examples
    --------
    >>> round(kl_from_mixture(Mixture([1.0], [0.0], [2.0]), 0.0, 0.5), 6)  # gaussian_kl(0, 2, 0, 0.5)
    6.113706
    """
    offset, sigma = gaussians(mu, sigma, mixture)
    d, u = offset / sigma, _variance_gap(components(mixture), sigma)
    # u and not the rounded sigma of the mixture: near equality it carries all the digits.
    excess = np.where(u > -0.75, -log1pmx(np.maximum(u, -0.75)), u - 2.0 * log_ratio(mixture.sigma, sigma))
    return result(negentropy(mixture) + (d * d + excess) / 2.0)


def gaussian_js(mu1: float, sigma1: float, mu2: float, sigma2: float) -> float:
    """Jensen-Shannon divergence of two Gaussians, at most log 2 nats, by quadrature: it has no closed form.

    JS(p, q) = (KL(p || m) + KL(q || m))/2, with the mixture m = (p + q)/2

    Parameters
    ----------
    mu1, mu2 : means.
    sigma1, sigma2 : standard deviations > 0.

    Raises
    ------
    ValueError
        If an argument is no finite number, or a sigma is not positive.

    References
    ----------
    Lin (1991), Divergence measures based on the Shannon entropy, eq. 4.1.

    Examples
    --------
    >>> round(gaussian_js(0.0, 1.0, 100.0, 1.0), 6)  # nothing in common: log 2
    0.693147
    """
    mu1, mu2 = as_scalar(mu1, "mu1"), as_scalar(mu2, "mu2")
    sigma1 = as_scalar(sigma1, "sigma1", low=0.0, open_low=True)
    sigma2 = as_scalar(sigma2, "sigma2", low=0.0, open_low=True)
    scale = max(sigma1, sigma2)
    gap = (mu2 / 2.0 - mu1 / 2.0) / scale * 2.0  # infinite where it exceeds float64
    if abs(gap) > 1e3 or min(sigma1, sigma2) / scale < 1e-50:
        return float(np.log(2.0))  # what the two share is far below the last digit
    mu, sigma = np.array([0.0, gap]), np.array([sigma1, sigma2]) / scale
    return float(kl_to_mixture(mu, sigma, Mixture([0.5, 0.5], mu, sigma)).mean())


def negentropy(mixture: Mixture) -> float:
    """KL(p || g) of a mixture from the Gaussian with its mean and variance: h(g) - h(p), what no Gaussian can fit.

    Parameters
    ----------
    mixture : the Mixture p.

    Raises
    ------
    ValueError
        If mixture is no Mixture, or its means and sigmas differ in size by more than a factor 1e60.

    References
    ----------
    Comon (1994), Independent component analysis, a new concept?, eq. 2.9.

    Examples
    --------
    >>> negentropy(Mixture([1.0], [0.0], [2.0]))
    0.0
    """
    as_instance(mixture, "mixture", Mixture)
    _, sigma = gaussians(mixture.mean, mixture.sigma, mixture)
    return float(_integrate(components(mixture), np.zeros(1), sigma.reshape(1), forward=True)[0])


class Components(NamedTuple):
    """The components that have weight, their means relative to that of the mixture, so that no place costs digits."""

    weight: NDArray[np.float64]
    mean: NDArray[np.float64]
    sigma: NDArray[np.float64]


def components(mixture: Mixture) -> Components:
    """What the quadrature works on."""
    used = mixture.weights > 0
    return Components(mixture.weights[used], mixture.means[used] - mixture.mean, mixture.sigmas[used])


def along(parts: Components, ndim: int) -> Components:
    """The components on a leading axis before `ndim` others: sums over them then run through memory in order."""
    return Components(*(a.reshape(-1, *[1] * ndim) for a in parts))


def log_density(parts: Components, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """log p at x, which is relative to the mean of the mixture."""
    weight, mean, sigma = along(parts, x.ndim)
    return _log_sum((x - mean) / sigma, np.log(weight) - np.log(sigma))


def _roughness_rows() -> NDArray[np.float64]:
    """Rows that turn values at ENDED into how far they are from a polynomial through those at NODES.

    Two give its Legendre coefficients of degree 8 and 9, two what it misses at the ends, where a bend could hide.
    """
    coefficients = (np.arange(10) + 0.5)[:, None] * np.polynomial.legendre.legvander(NODES, 9).T * WEIGHTS
    rows = np.zeros((4, 12))
    rows[:2, 1:-1] = coefficients[8:]
    rows[2:, 1:-1] = -np.polynomial.legendre.legvander([-1.0, 1.0], 9) @ coefficients
    rows[2, 0] = rows[3, -1] = 1.0
    return rows


ROUGHNESS = _roughness_rows()


def mesh(parts: Components, low: float, high: float) -> NDArray[np.float64]:
    """Break points from low to high between which log p is a polynomial of degree 9 up to 1e-9 of its size."""
    seeds = (parts.mean + parts.sigma * np.array([[-6.0], [-3.0], [-1.0], [1.0], [3.0], [6.0]])).ravel()
    breaks = np.unique(np.concatenate([[low, high], seeds[(seeds > low) & (seeds < high)]]))
    left, right = breaks[:-1], breaks[1:]
    found = [breaks[-1:]]
    while left.size:
        middle, half = (left + right) / 2.0, (right - left) / 2.0
        values = log_density(parts, middle[:, None] + half[:, None] * ENDED)
        tail = np.abs(values @ ROUGHNESS.T).sum(axis=-1)
        rough = tail > 1e-9 * np.maximum(np.abs(values).max(axis=-1), 1.0)
        rough &= half > 1e-13 * np.maximum(np.abs(left), np.abs(right))  # no narrower than the numbers themselves
        found.append(left[~rough])
        left, right = (
            np.concatenate([left[rough], middle[rough]]),
            np.concatenate([middle[rough], right[rough]]),
        )
    return np.sort(np.concatenate(found))


def panels(breaks: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes and weights (..., n) of the composite rule between sorted break points (..., b)."""
    half = np.diff(breaks)[..., None] / 2.0
    middle = (breaks[..., :-1] + breaks[..., 1:])[..., None] / 2.0
    shape = (*breaks.shape[:-1], -1)
    return (middle + half * NODES).reshape(shape), (half * WEIGHTS).reshape(shape)


def chunks(count: int, pairs: int) -> Iterator[slice]:
    """Slices of `count` Gaussians, each with `pairs` node-component pairs, that keep scratch arrays small."""
    step = max(1, CHUNK // pairs)
    return (slice(start, start + step) for start in range(0, count, step))


def gaussians(mu: ArrayLike, sigma: ArrayLike, mixture: Mixture) -> list[NDArray[np.float64]]:
    """Means relative to that of the mixture, and standard deviations, of one shape; the mixture is judged here too."""
    as_instance(mixture, "mixture", Mixture)
    mu, sigma = as_together(mu=as_float(mu, "mu"), sigma=as_positive(sigma, "sigma"))
    offset = mu - mixture.mean
    lengths = np.concatenate([np.abs(offset).ravel(), np.abs(mixture.means - mixture.mean)])
    scales = np.concatenate([sigma.ravel(), mixture.sigmas])
    if max(lengths.max(), scales.max()) / 1e60 > scales.min():
        raise ValueError("mu, sigma and the mixture differ in size by more than 1e60: bring them to one scale.")
    return [offset, sigma]


def _variance_gap(parts: Components, sigma: NDArray[np.float64]) -> NDArray[np.float64]:
    """(variance of p - sigma^2)/sigma^2, without cancellation where every component is near N(0, sigma^2)."""
    s, m = parts.sigma, parts.mean
    sigma = sigma[..., None]
    return ((s - sigma) / sigma * (s / sigma + 1.0) + (m / sigma) ** 2) @ parts.weight


def _integrate(
    parts: Components, mu: NDArray[np.float64], sigma: NDArray[np.float64], forward: bool
) -> NDArray[np.float64]:
    """KL(p || q) if forward, else KL(q || p), for each q = N(mu, sigma^2)."""
    low = min((mu - REACH * sigma).min(), (parts.mean - REACH * parts.sigma).min())
    high = max((mu + REACH * sigma).max(), (parts.mean + REACH * parts.sigma).max())
    fixed = np.concatenate([mesh(parts, low, high), (parts.mean + parts.sigma * GRID[:, None]).ravel()])
    out = np.empty(mu.size)
    for part in chunks(mu.size, (fixed.size + GRID.size) * NODES.size * parts.mean.size):
        m, s = mu[part, None], sigma[part, None]
        y, weight = panels(np.sort(np.concatenate([s * GRID, fixed - m], axis=-1), axis=-1))
        out[part] = np.vecdot(weight, _integrand(parts, m, s, y, forward))
    return out


def _integrand(
    parts: Components, mu: NDArray[np.float64], sigma: NDArray[np.float64], y: NDArray[np.float64], forward: bool
) -> NDArray[np.float64]:
    """q f(p/q) at mu + y with f(t) = t - 1 - log t, or t log t - t + 1 if forward: no term is negative.

    Near p = q the ratio is taken as 1 + delta, where delta is a sum of N_k/q - 1 that knows no cancellation.
    """
    weight, mean, scale = along(parts, y.ndim)
    gap = mean - mu
    z, u = y / sigma, (y - gap) / scale
    log_q = -z * z / 2.0 - np.log(sigma) - HALF_LOG_2PI
    log_p = _log_sum(u, np.log(weight) - np.log(scale))
    q, p, log_t = np.exp(log_q), np.exp(log_p), log_p - log_q
    # (z - u)(z + u)/2 is the gap of the two exponents, with z - u free of cancellation.
    exponent = (z * (scale - sigma) + gap) / scale * (z + u) / 2.0 + log_ratio(sigma, scale)
    delta = (weight * np.expm1(np.minimum(exponent, 700.0))).sum(axis=0)
    near = np.abs(log_t) < 0.25
    delta = np.where(near, delta, 0.0)
    if forward:
        return np.where(near, q * (delta * delta + (1.0 + delta) * log1pmx(delta)), p * log_t - (p - q))
    return np.where(near, -q * log1pmx(delta), (p - q) - q * log_t)


def _log_sum(u: NDArray[np.float64], log_scale: NDArray[np.float64]) -> NDArray[np.float64]:
    """log sum_k exp(log_scale_k - u_k^2/2) - log(2 pi)/2 over the first axis."""
    exponent = log_scale - u * u / 2.0
    top = exponent.max(axis=0)
    return top + np.log(np.exp(exponent - top).sum(axis=0)) - HALF_LOG_2PI
