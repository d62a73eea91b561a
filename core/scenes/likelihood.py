"""The records of likelihoods behind the Losses page: counts, a prior, kinds of noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core._checks import as_int, as_scalar, as_unit_interval
from core.discrete import kl_divergence
from core.likelihood import (
    bernoulli_map,
    bernoulli_mle,
    bernoulli_nll,
    beta_log_density,
    gaussian_nll,
    laplace_nll,
    log_binomial,
    poisson_deviance,
    poisson_nll,
)

Array = NDArray[np.float64]
POINTS = 301  # along a curve


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Three curves over theta for s successes in n trials: constants apart, so least at the same place."""

    successes: int
    trials: int
    theta: float
    grid: Array
    cross_entropy: Array  # H(s/n, theta): the surprisal of the sequence, a trial
    nll: Array  # -log P(s successes | theta)/n
    kl: Array
    at: tuple[float, float, float]  # the three at theta
    best: float  # s/n
    least: tuple[float, float, float]  # the three at s/n


def likelihood(successes: int, trials: int, theta: float) -> Likelihood:
    """H(p, theta) = H(p) + KL(p || theta) with p = s/n; the count's own likelihood has log C(n, s)/n less.

    >>> one = likelihood(7, 10, 0.7)
    >>> one.best, one.at[2]
    (0.7, 0.0)
    """
    best = bernoulli_mle(successes, trials)
    grid, theta = np.linspace(0, 1, POINTS), float(as_unit_interval(theta, "theta"))
    ways = log_binomial(trials, successes) / trials

    def three(t):
        each = bernoulli_nll(t, successes, trials) / trials
        pairs = (np.stack([np.asarray(v), 1 - np.asarray(v)], axis=-1) for v in (best, t))
        return each, np.maximum(each - ways, 0.0), kl_divergence(*pairs)

    at, least = (tuple(map(float, three(t))) for t in (theta, best))
    return Likelihood(successes, trials, theta, grid, *three(grid), at, best, least)


@dataclass(frozen=True, slots=True)
class Posterior:
    """A Beta prior, what the data say, and the two together; where each is highest."""

    successes: int
    trials: int
    a: float
    b: float
    grid: Array
    prior: Array  # densities
    data: Array  # the likelihood as a density
    posterior: Array
    mle: float
    map: float
    prior_mode: float | None  # a flat prior has none
    weight: float  # of the prior's mode in the posterior's; the rest is the data's
    height: float  # of the posterior's density at its mode


def posterior(successes: int, trials: int, a: float, b: float) -> Posterior:
    """The mode of Beta(s + a, n - s + b) lies between s/n and the prior's mode, as a + b - 2 to n.

    >>> p = posterior(3, 3, 2, 2)
    >>> p.map, p.weight, p.prior_mode
    (0.8, 0.4, 0.5)
    """
    a, b = (as_scalar(v, name, low=1.0) for v, name in ((a, "a"), (b, "b")))
    grid, failures = np.linspace(0, 1, POINTS), trials - successes
    shapes = ((a, b), (successes + 1, failures + 1), (successes + a, failures + b))
    densities = [np.exp(beta_log_density(grid, *shape)) for shape in shapes]
    extra = a + b - 2
    mode = bernoulli_map(successes, trials, a, b)
    return Posterior(
        successes, trials, a, b, grid, *densities, bernoulli_mle(successes, trials), mode,
        (a - 1) / extra if extra else None, extra / (trials + extra),
        float(np.exp(beta_log_density(mode, *shapes[-1]))),
    )  # fmt: skip


# --- noise


@dataclass(frozen=True, slots=True)
class Noise:
    """One kind of noise: how surprising the observation is under each prediction, as a loss and a constant."""

    name: str
    curve: Array  # negative log-likelihood along the predictions
    nll: float  # at the prediction
    constant: float  # at the best prediction, the observation itself
    loss: float  # what the prediction costs more


@dataclass(frozen=True, slots=True)
class Noises:
    """An observed count and a prediction of it, under three kinds of noise."""

    observed: int
    predicted: float
    grid: Array
    kinds: tuple[Noise, ...]


LARGEST = 9  # observation and prediction go from 0 to this


def noises(observed: int, predicted: float) -> Noises:
    """Gaussian and Laplace noise of scale 1, and Poisson counts.

    >>> [round(kind.loss, 4) for kind in noises(3, 5.0).kinds]  # 2^2/2, 2, 2 - 3 log(5/3)
    [2.0, 2.0, 0.4675]
    """
    observed, grid = as_int(observed, "observed", low=0, high=LARGEST), np.linspace(0, LARGEST, POINTS)
    losses = {
        "Gaussian": (gaussian_nll, (observed - predicted) ** 2 / 2),
        "Laplace": (laplace_nll, abs(observed - predicted)),
        "Poisson": (poisson_nll, poisson_deviance(observed, predicted) / 2),
    }
    kinds = (
        Noise(name, nll(observed, grid), nll(observed, predicted), nll(observed, float(observed)), loss)
        for name, (nll, loss) in losses.items()
    )
    return Noises(observed, predicted, grid, tuple(kinds))
