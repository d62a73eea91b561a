"""The records behind the page on the two directions of the Kullback-Leibler divergence."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_pmf, as_scalar
from core._numerics import log_ratio
from core.discrete import kl_divergence
from core.fitting import DescentPath, GaussianFit, descent_path, fit_gaussian, kl_landscape
from core.gaussian import gaussian_kl, gaussian_mi, mvn_kl
from core.mixture import Mixture, kl_from_mixture, kl_to_mixture

Array = NDArray[np.float64]
REACH = 8.0  # the picture of a pair goes from -REACH to REACH
NEAR = 6.0  # that of a fit from -NEAR to NEAR
POINTS = 241  # along a curve
NARROWEST, WIDEST = 0.2, 6.0  # standard deviations in a landscape


class Normal(NamedTuple):
    """A Gaussian N(mu, sigma^2)."""

    mu: float
    sigma: float

    @property
    def alone(self) -> Mixture:
        """The same as a mixture of one component: there it has a density, and a divergence by quadrature."""
        return Mixture([1.0], [self.mu], [self.sigma])

    @property
    def peak(self) -> float:
        """Its density at the mean."""
        return self.alone.pdf(self.mu)

    @property
    def shoulder(self) -> float:
        """Its density one standard deviation from the mean."""
        return self.alone.pdf(self.mu + self.sigma)


PAIRS = {
    "Narrow and wide": (Normal(0.0, 0.5), Normal(0.0, 2.0)),
    "Shifted": (Normal(-1.0, 1.0), Normal(1.0, 1.0)),
    "Equal": (Normal(0.0, 1.0), Normal(0.0, 1.0)),
    "Almost disjoint": (Normal(-3.0, 0.6), Normal(3.0, 0.6)),
}
MIXTURES = {  # the modes, the weight of the first
    "Two far modes": (Normal(-3.0, 0.7), Normal(3.0, 0.7), 0.5),
    "Close together": (Normal(-1.0, 0.7), Normal(1.0, 0.7), 0.5),
    "One large, one small": (Normal(-2.0, 1.0), Normal(2.5, 0.5), 0.8),
}
OUTCOMES = {
    ".7 .2 .1 and .3 .4 .3": ("0.7,0.2,0.1", "0.3,0.4,0.3"),
    ".5 .3 .2 and .4 .4 .2": ("0.5,0.3,0.2", "0.4,0.4,0.2"),
    "Ramp and uniform": ("0.4,0.3,0.2,0.1", "0.25,0.25,0.25,0.25"),
    "Uniform and peaked": ("0.25,0.25,0.25,0.25", "0.9,0.03,0.04,0.03"),
    "Impossible for Q": ("0.6,0.3,0.1", "0.5,0.5,0"),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """KL(a || b): in closed form and its two parts, by quadrature, and where it is paid."""

    kl: float
    shift: float  # what it would be if only the means differed
    width: float  # what it would be if only the widths differed; the two add up
    quadrature: float
    integrand: Array  # a log(a/b) along x
    dearest: tuple[float, ...]  # where the integrand is largest: on both sides, if the means are equal
    most: float  # the integrand there
    paying: float  # the density a there
    asked: float  # the density b there


@dataclass(frozen=True, slots=True)
class Pair:
    """Two Gaussians, and what each costs in the place of the other."""

    p: Normal
    q: Normal
    x: Array
    p_density: Array
    q_density: Array
    forward: Cost  # KL(p || q)
    reverse: Cost  # KL(q || p)


def pair(p: Normal, q: Normal) -> Pair:
    """Both directions between two Gaussians.

    >>> both = pair(Normal(0.0, 0.5), Normal(0.0, 2.0))
    >>> round(both.forward.kl, 4), round(both.reverse.kl, 4)
    (0.9175, 6.1137)
    """
    x = np.linspace(-REACH, REACH, POINTS)
    return Pair(p, q, x, p.alone.pdf(x), q.alone.pdf(x), _cost(p, q, x), _cost(q, p, x))


def _cost(a: Normal, b: Normal, x: Array) -> Cost:
    of_a, of_b = a.alone, b.alone

    def paid(x: Array) -> Array:
        log_a = of_a.log_pdf(x)
        return np.exp(log_a) * (log_a - of_b.log_pdf(x))

    # Far from b the most is paid out in the tail of a: the place is looked for wherever a has mass.
    wide = a.mu + a.sigma * np.linspace(-7, 7, POINTS)
    there = paid(wide)
    at = float(wide[np.argmax(there)])
    both = a.mu == b.mu and at != a.mu
    return Cost(
        gaussian_kl(a.mu, a.sigma, b.mu, b.sigma),
        gaussian_kl(a.mu, b.sigma, b.mu, b.sigma),
        gaussian_kl(b.mu, a.sigma, b.mu, b.sigma),
        kl_to_mixture(a.mu, a.sigma, of_b),
        paid(x),
        tuple(sorted((at, 2 * a.mu - at))) if both else (at,),
        float(there.max()),
        of_a.pdf(at),
        of_b.pdf(at),
    )


@dataclass(frozen=True, slots=True)
class Fitted:
    """A Gaussian fitted to a mixture, with its density and what it costs in the direction it was not fitted by."""

    q: Normal
    kl: float
    other: float
    density: Array


@dataclass(frozen=True, slots=True)
class Fit:
    """A mixture of two Gaussians and the one Gaussian that either direction makes of it."""

    mixture: Mixture
    x: Array
    p: Array
    at_modes: Array  # the density at the means of the components
    valley: float  # the density of p at the mean of the forward fit
    forward: Fitted
    reverse: tuple[Fitted, ...]  # every local optimum, the best first


def two_modes(first: Normal, second: Normal, weight: float) -> Mixture:
    """weight N(first) + (1 - weight) N(second).

    >>> two_modes(Normal(-2.0, 1.0), Normal(2.0, 1.0), 0.5).mean
    0.0
    """
    weight = as_scalar(weight, "weight", low=0.0, high=1.0)
    return Mixture([weight, 1.0 - weight], [first.mu, second.mu], [first.sigma, second.sigma])


def fit(first: Normal, second: Normal, weight: float) -> Fit:
    """Fit one Gaussian to the mixture of two, in both directions.

    >>> both = fit(Normal(-3.0, 0.7), Normal(3.0, 0.7), 0.5)
    >>> both.forward.q.mu, [round(abs(f.q.mu)) for f in both.reverse]  # on either mode, and a poor one between
    (0.0, [3, 3, 0])
    """
    x, mixture = np.linspace(-NEAR, NEAR, POINTS), two_modes(first, second, weight)
    forward = fit_gaussian(mixture, "forward")[0]
    reverse = fit_gaussian(mixture, "reverse")
    return Fit(
        mixture,
        x,
        mixture.pdf(x),
        mixture.pdf(mixture.means),
        mixture.pdf(forward.mu),
        _fitted(forward, x, kl_to_mixture(forward.mu, forward.sigma, mixture)),
        tuple(_fitted(f, x, kl_from_mixture(mixture, f.mu, f.sigma)) for f in reverse),
    )


def _fitted(found: GaussianFit, x: Array, other: float) -> Fitted:
    q = Normal(found.mu, found.sigma)
    return Fitted(q, found.kl, other, q.alone.pdf(x))


@dataclass(frozen=True, slots=True)
class Landscapes:
    """Both divergences over the Gaussians: a row for each sigma, a column for each mu."""

    mu: Array
    sigma: Array
    forward: Array
    reverse: Array


def landscapes(first: Normal, second: Normal, weight: float, columns: int = 49, rows: int = 37) -> Landscapes:
    """KL(p || q) and KL(q || p) for q over a grid of means and, evenly in log sigma, standard deviations."""
    mixture = two_modes(first, second, weight)
    mu = np.linspace(-NEAR, NEAR, columns)
    tau = np.linspace(np.log(NARROWEST), np.log(WIDEST), rows)
    found = (kl_landscape(mixture, mu, tau, direction) for direction in ("forward", "reverse"))
    return Landscapes(mu, np.exp(tau), *found)


@dataclass(frozen=True, slots=True)
class Way:
    """A descent from a start, and which of the optima it ended in (counted from 0, the best first)."""

    mu: Array
    sigma: Array
    kl: Array
    end: int


def descents(found: Fit, start: Normal) -> tuple[Way, Way]:
    """The descents of both divergences from one start: forward, then reverse.

    >>> found = fit(Normal(-3.0, 0.7), Normal(3.0, 0.7), 0.5)
    >>> forward, reverse = descents(found, Normal(1.0, 1.0))
    >>> round(abs(float(forward.mu[-1])), 6), round(float(reverse.mu[-1]))
    (0.0, 3)
    """
    tau = float(np.log(start.sigma))
    forward = _way(descent_path(found.mixture, start.mu, tau, "forward"), (found.forward,))
    return forward, _way(descent_path(found.mixture, start.mu, tau, "reverse"), found.reverse)


def _way(path: DescentPath, optima: tuple[Fitted, ...]) -> Way:
    off = [abs(f.q.mu - path.mu[-1]) / f.q.sigma + abs(np.log(f.q.sigma) - path.log_sigma[-1]) for f in optima]
    return Way(path.mu, np.exp(path.log_sigma), path.kl, int(np.argmin(off)))


@dataclass(frozen=True, slots=True)
class Factorized:
    """The best independent pair for a correlated one, as its common standard deviation and both divergences."""

    sigma: float
    forward: float  # KL(p || q)
    reverse: float  # KL(q || p)
    ellipse: Array  # (2, n), one standard deviation out


@dataclass(frozen=True, slots=True)
class Plane:
    """A correlated Gaussian with unit variances, and the best factorized one in each direction."""

    rho: float
    ellipse: Array
    marginals: Factorized  # minimizes KL(p || q): it keeps the variances
    precisions: Factorized  # minimizes KL(q || p): it keeps the diagonal of the inverse covariance
    information: float  # the mutual information of the two coordinates


def plane(rho: float) -> Plane:
    """Mean-field approximations of a Gaussian in two dimensions. Bishop (2006), section 10.1.2 and figure 10.2.

    >>> both = plane(0.6)
    >>> both.marginals.sigma, round(both.precisions.sigma, 6)  # sqrt(1 - 0.6^2)
    (1.0, 0.8)
    """
    rho = as_scalar(rho, "rho")
    cov = np.array([[1.0, rho], [rho, 1.0]])
    kept_variance = np.diag(cov)
    kept_precision = 1.0 / np.diag(np.linalg.inv(cov))
    turn = np.linspace(0, 2 * np.pi, 121)
    circle = np.stack([np.cos(turn), np.sin(turn)])

    def factorized(variance: Array) -> Factorized:
        zero, diagonal = np.zeros(2), np.diag(variance)
        return Factorized(
            float(np.sqrt(variance[0])),
            mvn_kl(zero, cov, zero, diagonal),
            mvn_kl(zero, diagonal, zero, cov),
            np.sqrt(variance)[:, None] * circle,
        )

    return Plane(
        rho, np.linalg.cholesky(cov) @ circle, factorized(kept_variance), factorized(kept_precision), gaussian_mi(rho)
    )


@dataclass(frozen=True, slots=True)
class Discrete:
    """Two distributions over the same outcomes, with what each outcome adds in either direction."""

    p: Array
    q: Array
    forward: float
    reverse: float
    forward_terms: Array  # p log(p/q), infinite where only q is 0
    reverse_terms: Array


def discrete(p: ArrayLike, q: ArrayLike) -> Discrete:
    """Both divergences of two distributions, outcome by outcome. What only one of them lists has probability 0 there.

    >>> both = discrete([0.5, 0.5], [1.0, 0.0])
    >>> both.forward, round(both.reverse, 6)
    (inf, 0.693147)
    """
    p, q = as_pmf(p, "p"), as_pmf(q, "q")
    p, q = (np.pad(a, (0, max(p.size, q.size) - a.size)) for a in (p, q))
    return Discrete(p, q, kl_divergence(p, q), kl_divergence(q, p), _terms(p, q), _terms(q, p))


def _terms(a: Array, b: Array) -> Array:
    # 0 log 0 = 0: an outcome that never happens costs nothing, however it was thought of.
    possible = a > 0
    terms = np.zeros_like(a)
    terms[possible] = a[possible] * log_ratio(a[possible], b[possible])
    return terms


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    forward: float  # between a narrow and a wide Gaussian
    reverse: float
    direct: float  # from N(0, 1) to N(2, 1)
    legs: tuple[float, float]  # by way of N(1, 1)
    variational: float  # KL(q || p) at its best q
    moments: float  # the same for the q that has the moments of p
    printed: float  # the divergence whose fourth digit is printed in two ways


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> c = claims()
    >>> c.direct, sum(c.legs)  # 2^2/2 against twice 1/2: the detour is shorter
    (2.0, 1.0)
    """
    found = fit(Normal(-2.0, 0.7), Normal(2.0, 0.7), 0.5)
    return Claims(
        gaussian_kl(0.0, 0.5, 0.0, 2.0),
        gaussian_kl(0.0, 2.0, 0.0, 0.5),
        gaussian_kl(0.0, 1.0, 2.0, 1.0),
        (gaussian_kl(0.0, 1.0, 1.0, 1.0), gaussian_kl(1.0, 1.0, 2.0, 1.0)),
        found.reverse[0].kl,
        found.forward.other,
        kl_divergence([0.4, 0.4, 0.2], [0.5, 0.3, 0.2]),
    )
