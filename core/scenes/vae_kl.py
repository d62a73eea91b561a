"""The records behind the page on what a variational autoencoder's prior charges."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_float, as_int, as_nonnegative, as_positive, as_scalar
from core.gaussian import gaussian_kl, vae_kl, vae_kl_grad
from core.mixture import Mixture
from core.vae import LinearVae, linear_vae, linear_vae_cost, reparametrize

Array = NDArray[np.float64]
FARTHEST = 3.0  # the plane goes from mean -FARTHEST to FARTHEST
NARROWEST, WIDEST = 0.05, 3.0  # and over these standard deviations
STRIDE, LONGEST = 0.4, 1.2  # an arrow is a step of gradient descent at this rate, and no longer than that
DIGITS = 12  # that a value keeps in a link


@dataclass(frozen=True, slots=True)
class Surface:
    """The divergence over the plane of mean and width; the width is sigma, or log sigma^2 on a logarithmic axis."""

    logarithmic: bool
    mu: Array
    width: Array
    kl: Array  # (width, mu)
    triangles: NDArray[np.uint16]  # (3, n): which points of the grid, counted row by row, span the surface


def surface(logarithmic: bool, points: int = 25) -> Surface:
    """The divergence from the standard normal on a grid that is even in log sigma^2, where it bends most.

    >>> s = surface(False, points=7)
    >>> s.mu.tolist(), s.kl.shape
    ([-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0], (7, 7))
    """
    points = as_int(points, "points", low=2)
    mu = np.linspace(-FARTHEST, FARTHEST, points)
    logvar = np.linspace(*ends(True), points)
    width = logvar if logarithmic else np.exp(logvar / 2)
    corner = (np.arange(points - 1)[:, None] * points + np.arange(points - 1)).ravel()
    right, above = corner + 1, corner + points
    triangles = np.concatenate([[corner, right, above], [right, above, above + 1]], axis=1)
    return Surface(logarithmic, mu, width, vae_kl(mu[None, :], logvar[:, None]), triangles.astype(np.uint16))


def ends(logarithmic: bool) -> tuple[float, float]:
    """The first and last width of the plane.

    >>> ends(False)
    (0.05, 3.0)
    """
    return (2 * np.log(NARROWEST), 2 * np.log(WIDEST)) if logarithmic else (NARROWEST, WIDEST)


def sigma_at(width: float, logarithmic: bool) -> float:
    """The standard deviation at a place on the axis, with the digits that a link keeps.

    >>> sigma_at(0.0, True), sigma_at(0.5, False)
    (1.0, 0.5)
    """
    width = as_scalar(width, "width")
    sigma = np.exp(width / 2) if logarithmic else width
    return float(np.clip(float(f"{sigma:.{DIGITS}g}"), NARROWEST, WIDEST))


@dataclass(frozen=True, slots=True)
class Point:
    """One posterior N(mu, sigma^2): what it is charged for its mean and for its width, and the way down."""

    mu: float
    sigma: float
    logvar: float
    width: float  # its place on the axis
    kl: float
    mean_part: float
    variance_part: float
    slope: tuple[float, float]  # the gradient by mu and by the width
    arrow: tuple[float, float]  # where a step downhill ends
    shortened: bool  # whether the arrow had to be cut


def point(mu: float, sigma: float, logarithmic: bool = False) -> Point:
    """The divergence of N(mu, sigma^2) from N(0, 1), and its gradient on the plane.

    >>> p = point(1.0, 1.0)
    >>> p.kl, p.mean_part, p.variance_part, p.slope
    (0.5, 0.5, 0.0, (1.0, 0.0))
    """
    mu, sigma = as_scalar(mu, "mu"), float(as_positive(sigma, "sigma"))
    logvar = float(2 * np.log(sigma))
    width = logvar if logarithmic else sigma
    gradient = vae_kl_grad(mu, logvar)
    slope = np.array([gradient.mu, gradient.logvar if logarithmic else gradient.sigma])
    step = -STRIDE * slope
    length = float(np.hypot(*step))
    shortened = length > LONGEST
    if shortened:
        step *= LONGEST / length
    return Point(
        mu, sigma, logvar, width, vae_kl(mu, logvar), vae_kl(mu, 0.0), vae_kl(0.0, logvar),
        (float(slope[0]), float(slope[1])), (mu + float(step[0]), width + float(step[1])), shortened,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draws:
    """Prior and posterior with draws z = mu + sigma e, and the divergence estimated from them."""

    mu: float
    sigma: float
    x: Array
    prior: Array
    posterior: Array
    peak: float
    noise: Array
    z: Array
    estimate: float  # the mean of log q(z) - log p(z)
    error: float  # its standard error
    kl: float


def draws(mu: float, sigma: float, n: int, seed: int, reach: float = 6.0) -> Draws:
    """The two densities on [-reach, reach] and n seeded draws. The same seed gives the same noise for every posterior.

    >>> d = draws(1.0, 0.5, 20, seed=1)
    >>> np.allclose(d.z, 1.0 + 0.5 * d.noise)
    True
    """
    n = as_int(n, "n", low=2)
    sigma = float(as_positive(sigma, "sigma"))
    logvar = 2 * np.log(sigma)
    noise = np.random.default_rng(as_int(seed, "seed", low=0)).standard_normal(n)
    drawn = reparametrize(mu, logvar, noise)
    x = np.linspace(-reach, reach, 361)
    posterior = Mixture([1.0], [mu], [sigma])
    error = float(np.std(drawn.log_ratio, ddof=1) / np.sqrt(n))
    return Draws(
        float(mu), sigma, x, Mixture([1.0], [0.0], [1.0]).pdf(x), posterior.pdf(x), float(posterior.pdf(mu)), noise,
        drawn.z, float(np.mean(drawn.log_ratio)), error, vae_kl(mu, logvar),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dimensions:
    """A posterior of several independent dimensions: what each is charged."""

    mu: Array
    logvar: Array
    mean_part: Array
    variance_part: Array
    kl: Array
    total: float


def dimensions(mu: ArrayLike, logvar: ArrayLike) -> Dimensions:
    """The divergence of each dimension from N(0, 1); the whole is the sum.

    >>> dimensions([1.0, 0.0], [0.0, 0.0]).kl.tolist()
    [0.5, 0.0]
    """
    mu, logvar = as_float(mu, "mu", ndim=1), as_float(logvar, "logvar", ndim=1)
    if mu.size != logvar.size:
        raise ValueError(f"There are {mu.size} means and {logvar.size} log-variances: type as many of one as of other.")
    kl = vae_kl(mu, logvar)
    return Dimensions(mu, logvar, vae_kl(mu, 0.0), vae_kl(0.0, logvar), kl, float(kl.sum()))


@dataclass(frozen=True, slots=True)
class Trained:
    """A linear VAE at its optimum, all dimensions together. D and R are sums over them."""

    eigenvalues: Array
    noise: float
    beta: float
    vae: LinearVae
    collapse_at: Array  # the beta from which on each dimension is unused
    used: int
    misfit: float  # D/(2 sigma^2)
    rate: float
    constant: float  # n log(2 pi sigma^2)/2; the negative bound is misfit + rate + constant
    elbo: float
    gap: float  # by how much the log-likelihood exceeds it


def trained(eigenvalues: ArrayLike, noise: float, beta: float) -> Trained:
    """The optimum for data with these eigenvalues.

    >>> t = trained([4.0, 1.0], 0.5, 4.0)
    >>> t.used, t.collapse_at.tolist()
    (1, [8.0, 2.0])
    """
    spectrum = as_nonnegative(eigenvalues, "eigenvalues", ndim=1)
    vae = linear_vae(spectrum, noise, beta)
    misfit, rate, elbo = float(vae.distortion.sum() / noise / 2), float(vae.rate.sum()), float(vae.elbo.sum())
    gap = float((vae.log_likelihood - vae.elbo).sum()) if beta != 1 else 0.0  # at 1 nothing but rounding is left
    return Trained(
        spectrum, noise, beta, vae, spectrum / noise, int(vae.active.sum()), misfit, rate, -elbo - misfit - rate, elbo,
        max(gap, 0.0),
    )  # fmt: skip


def beta_at(level: float, noise: float, low: float, high: float) -> float:
    """The beta whose threshold beta sigma^2 lies at a level, between two ends and to three digits.

    >>> beta_at(1.0, 0.5, 0.05, 50)
    2.0
    """
    return float(np.clip(float(f"{as_scalar(level, 'level') / noise:.3g}"), low, high))


@dataclass(frozen=True, slots=True)
class Landscape:
    """What encoders of one dimension cost above the best one, over the plane of their means' spread and sigma."""

    mean: Array
    sigma: Array
    excess: Array  # (sigma, mean)
    circle: tuple[Array, Array]  # where the optimum is for one beta or another
    best: tuple[float, float]
    eigenvalue: float


def landscape(eigenvalue: float, noise: float, beta: float, points: int = 48) -> Landscape:
    """The cost of every encoder under its best decoder, less that of the optimum.

    >>> landscape(4.0, 1.0, 5.0).best  # collapsed
    (0.0, 1.0)
    """
    mean = np.linspace(-1.3, 1.3, as_int(points, "points", low=2))
    sigma = np.linspace(0.06, 1.3, points)
    vae = linear_vae(eigenvalue, noise, beta)
    best = float(vae.mean), float(np.sqrt(vae.variance))
    least = linear_vae_cost(eigenvalue, best[0], 2 * np.log(best[1]), noise, beta)
    cost = linear_vae_cost(eigenvalue, mean[None, :], 2 * np.log(sigma)[:, None], noise, beta)
    angle = np.linspace(0, np.pi, 91)
    circle = np.cos(angle), np.sin(angle)
    return Landscape(mean, sigma, np.maximum(cost - least, 0.0), circle, best, float(eigenvalue))


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """What is left of the negative bound but its constant, misfit + rate, as beta changes."""

    beta: Array
    misfit: Array
    rate: Array
    total: Array
    least: float  # the total at beta = 1


def tradeoff(eigenvalues: ArrayLike, noise: float, low: float, high: float, points: int = 121) -> Tradeoff:
    """The two parts of the bound at the optimum for each beta from low to high.

    >>> t = tradeoff([4.0, 1.0], 0.5, 0.1, 10)
    >>> bool(np.all(t.total >= t.least - 1e-12))
    True
    """
    beta = np.geomspace(low, high, as_int(points, "points", low=2))
    each = [linear_vae(eigenvalues, noise, b) for b in beta]
    misfit = np.array([v.distortion.sum() for v in each]) / noise / 2
    rate = np.array([v.rate.sum() for v in each])
    plain = trained(eigenvalues, noise, 1.0)
    return Tradeoff(beta, misfit, rate, misfit + rate, plain.misfit + plain.rate)


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    half: float  # sigma = 1/2
    double: float  # sigma = 2
    forward: float  # KL(q || p) at sigma^2 = 1/2
    backward: float  # KL(p || q) there
    linear: Trained  # eigenvalue 1/2 under noise 1 with beta = 1


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> claims().double > claims().half
    True
    """
    narrow = float(np.sqrt(0.5))
    return Claims(
        vae_kl(0.0, 2 * np.log(0.5)),
        vae_kl(0.0, 2 * np.log(2.0)),
        gaussian_kl(0.0, narrow, 0.0, 1.0),
        gaussian_kl(0.0, 1.0, 0.0, narrow),
        trained([0.5], 1.0, 1.0),
    )
