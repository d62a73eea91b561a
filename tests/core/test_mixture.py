"""Divergences between a mixture and one Gaussian: high-precision quadrature, closed special cases, invariances."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import integrate

from core.gaussian import Mixture, gaussian_entropy, gaussian_kl, kl_from_mixture, kl_to_mixture, negentropy


@st.composite
def mixtures(draw, max_size=4, least_weight=0.01):
    n = draw(st.integers(1, max_size))
    weights = np.array(draw(st.lists(st.floats(least_weight, 1), min_size=n, max_size=n)))
    means = draw(st.lists(st.floats(-6, 6), min_size=n, max_size=n))
    sigmas = [10.0**e for e in draw(st.lists(st.floats(-0.7, 0.5), min_size=n, max_size=n))]
    return Mixture(weights / weights.sum(), means, sigmas)


MUS = st.floats(-8, 8)
SIGMAS = st.floats(-1, 0.7).map(lambda e: 10.0**e)


@mp.workdps(40)
def reference(mixture, mu, sigma, forward):
    """Integral of a log(a/b) - a + b by Gauss-Legendre panels; the weights of a mixture sum to 1 but for rounding."""
    parts = [
        tuple(map(mpf, map(float, part))) for part in zip(mixture.weights, mixture.means, mixture.sigmas, strict=True)
    ]
    mu, sigma = mpf(float(mu)), mpf(float(sigma))

    def density(x, mean, scale):
        return mp.exp(-(((x - mean) / scale) ** 2) / 2) / scale / mp.sqrt(2 * mp.pi)

    def integrand(x):
        p = mp.fsum(w * density(x, mean, scale) for w, mean, scale in parts)
        q = density(x, mu, sigma)
        a, b = (p, q) if forward else (q, p)
        return a * mp.log(a / b) - a + b

    gaussians = [(mean, scale) for _, mean, scale in parts] + [(mu, sigma)]
    points = sorted({m + s * k for m, s in gaussians for k in range(-12, 13)})
    return mp.quad(integrand, points, method="gauss-legendre", maxdegree=4)


CASES = [
    (Mixture([0.5, 0.5], [-2, 2], [0.7, 0.7]), 0.3, 1.2),
    (Mixture([0.3, 0.7], [-1, 1], [0.1, 2]), -0.5, 1.0),
    (Mixture([0.2, 0.5, 0.3], [-4, 0, 5], [0.3, 1, 0.5]), 2.0, 0.8),
    (Mixture([0.9, 0.1], [0, 0], [1, 0.01]), 0.0, 1.0),
    (Mixture([0.5, 0.5], [-2, 2], [0.2, 0.2]), 0.1, 0.1),
    (Mixture([0.5, 0.5], [-1e-3, 1e-3], [1, 1]), 0.0, 1.0),
    (Mixture([0.25, 0.75], [0, 1e-6], [1, 1 + 1e-6]), 0.0, 1.0),
    (Mixture([1 - 1e-12, 1e-12], [0, 8], [1, 0.1]), 0.0, 1.0),
]


@pytest.mark.parametrize(("mixture", "mu", "sigma"), CASES)
def test_both_divergences_against_high_precision(mixture, mu, sigma):
    for forward, value in ((False, kl_to_mixture(mu, sigma, mixture)), (True, kl_from_mixture(mixture, mu, sigma))):
        expected = reference(mixture, mu, sigma, forward)
        # Near equality the components' differences from q cancel each other: a value of 1e-13 keeps twelve digits.
        assert abs(value - expected) <= (1e-14 if expected > 1e-3 else 1e-9) * expected


@settings(max_examples=25)
@given(mixtures(), MUS, SIGMAS)
def test_both_divergences_against_scipy(mixture, mu, sigma):
    parts = list(zip(mixture.weights.tolist(), mixture.means.tolist(), mixture.sigmas.tolist(), strict=True))

    def density(x, m, s):
        return math.exp(-(((x - m) / s) ** 2) / 2) / (s * math.sqrt(2 * math.pi))

    def p(x):
        return sum(w * density(x, m, s) for w, m, s in parts)

    def log_q(x):
        return -(((x - mu) / sigma) ** 2) / 2 - math.log(sigma * math.sqrt(2 * math.pi))

    points = sorted({mu, *mixture.means})
    low, high = min(mu - 8 * sigma, (mixture.means - 8 * mixture.sigmas).min()), 0.0
    high = max(mu + 8 * sigma, (mixture.means + 8 * mixture.sigmas).max())
    low_q, high_q = mu - 8 * sigma, mu + 8 * sigma
    if mixture.pdf(low_q) > 1e-280 and mixture.pdf(high_q) > 1e-280:
        inner = [x for x in points if low_q < x < high_q]
        backward, _ = integrate.quad(
            lambda x: density(x, mu, sigma) * (log_q(x) - math.log(p(x))), low_q, high_q, points=inner, limit=500
        )
        assert kl_to_mixture(mu, sigma, mixture) == pytest.approx(backward, rel=1e-6, abs=1e-7)
    forward, _ = integrate.quad(
        lambda x: p(x) * (math.log(p(x)) - log_q(x)) if p(x) > 0 else 0.0, low, high, points=points, limit=500
    )
    assert kl_from_mixture(mixture, mu, sigma) == pytest.approx(forward, rel=1e-6, abs=1e-7)


@given(st.floats(-5, 5), SIGMAS, st.floats(-5, 5), SIGMAS, st.integers(1, 3))
def test_one_component_or_equal_ones_give_the_closed_form(m, s, mu, sigma, copies):
    mixture = Mixture(np.full(copies, 1 / copies), [m] * copies, [s] * copies)
    assert kl_to_mixture(mu, sigma, mixture) == pytest.approx(gaussian_kl(mu, sigma, m, s), rel=1e-12, abs=1e-14)
    assert kl_from_mixture(mixture, mu, sigma) == pytest.approx(gaussian_kl(m, s, mu, sigma), rel=1e-12, abs=1e-14)
    assert kl_to_mixture(m, s, mixture) == 0
    assert kl_from_mixture(mixture, m, s) == pytest.approx(0, abs=1e-30)


@given(st.floats(-8, -1).map(lambda e: 10.0**e), st.floats(-8, -1).map(lambda e: 10.0**e))
def test_digits_near_equality(shift, stretch):
    one = Mixture([1.0], [shift], [1 + stretch])
    assert kl_to_mixture(0, 1, one) == pytest.approx(gaussian_kl(0, 1, shift, 1 + stretch), rel=1e-12, abs=0)
    assert kl_from_mixture(one, 0, 1) == pytest.approx(gaussian_kl(shift, 1 + stretch, 0, 1), rel=1e-12, abs=0)


@given(mixtures(), MUS, SIGMAS)
def test_divergences_are_not_negative_and_bounded_by_the_components(mixture, mu, sigma):
    # Convexity of KL in either argument.
    reverse, forward = kl_to_mixture(mu, sigma, mixture), kl_from_mixture(mixture, mu, sigma)
    assert 0 <= reverse <= mixture.weights @ gaussian_kl(mu, sigma, mixture.means, mixture.sigmas) * (1 + 1e-12) + 1e-14
    assert 0 <= forward <= mixture.weights @ gaussian_kl(mixture.means, mixture.sigmas, mu, sigma) * (1 + 1e-12) + 1e-14


@given(mixtures(), MUS, SIGMAS, st.sampled_from([-64.0, 0.0, 1024.0]), st.sampled_from([2.0**-40, 2.0, 2.0**60]))
def test_divergences_ignore_place_and_scale(mixture, mu, sigma, place, scale):
    moved = Mixture(mixture.weights, (mixture.means + place) * scale, mixture.sigmas * scale)
    assert kl_to_mixture((mu + place) * scale, sigma * scale, moved) == pytest.approx(
        kl_to_mixture(mu, sigma, mixture), rel=1e-9, abs=1e-12
    )
    assert kl_from_mixture(moved, (mu + place) * scale, sigma * scale) == pytest.approx(
        kl_from_mixture(mixture, mu, sigma), rel=1e-9, abs=1e-12
    )


@given(mixtures())
def test_moments_and_negentropy(mixture):
    x = np.linspace(-40, 40, 160_001)
    p = mixture.pdf(x)
    step = x[1] - x[0]
    assert mixture.mean == pytest.approx((p * x).sum() * step, abs=1e-9)
    assert mixture.sigma == pytest.approx(math.sqrt((p * (x - mixture.mean) ** 2).sum() * step), rel=1e-9)
    entropy = -(p * mixture.log_pdf(x)).sum() * step
    assert negentropy(mixture) == pytest.approx(gaussian_entropy(mixture.sigma) - entropy, abs=1e-9)
    assert negentropy(mixture) >= 0


def test_a_component_without_weight_changes_nothing():
    with_it = Mixture([0.5, 0.5, 0.0], [-2, 2, 1e9], [1, 1, 1e-9])
    without = Mixture([0.5, 0.5], [-2, 2], [1, 1])
    assert kl_to_mixture(1, 1, with_it) == kl_to_mixture(1, 1, without)
    assert with_it.log_pdf(0.5) == without.log_pdf(0.5)


def test_shapes_and_extremes():
    mixture = Mixture([0.5, 0.5], [-2, 2], [1, 1])
    table = kl_to_mixture(np.zeros((3, 1)), np.ones(4), mixture)
    assert table.shape == (3, 4)
    assert kl_from_mixture(mixture, np.zeros((3, 1)), np.ones(4)).shape == (3, 4)
    assert type(kl_to_mixture(0, 1, mixture)) is float
    assert type(mixture.log_pdf(0)) is float
    assert mixture.log_pdf(1e6) == pytest.approx(-0.5 * (1e6 - 2) ** 2, rel=1e-9)
    assert kl_to_mixture(1e8, 1e-8, mixture) == pytest.approx(0.5e16, rel=1e-6)
    assert kl_to_mixture(0, 1e20, mixture) == pytest.approx(0.5e40, rel=1e-12)
    assert kl_from_mixture(mixture, 0, 1e-20) == pytest.approx(2.5e40, rel=1e-12)


def test_a_mixture_cannot_be_changed():
    weights = np.array([0.5, 0.5])
    mixture = Mixture(weights, [0, 1], [1, 1])
    weights[0] = 1.0
    assert mixture.weights[0] == 0.5
    with pytest.raises(ValueError, match="read-only"):
        mixture.means[0] = 3.0
    with pytest.raises(AttributeError):
        mixture.means = np.zeros(2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0.5, 0.6], [0, 1], [1, 1]), "weights sums to 1.1"),
        (([0.5, 0.5], [0, np.nan], [1, 1]), r"means\[1\]"),
        (([0.5, 0.5], [0, 1], [1, 0]), r"sigmas\[1\]"),
        (([0.5, 0.5], [0, 1, 2], [1, 1]), "components do not match"),
        (([[0.5, 0.5]], [0, 1], [1, 1]), "components do not match"),
        (([], [], []), "weights is empty"),
        (([1.0], [0.0], [[1.0]]), "sigmas has 2 axes"),
        (([1.0], ["a"], [1.0]), "means holds text"),
    ],
)
def test_mixture_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        Mixture(*arguments)


@pytest.mark.parametrize(
    ("mu", "sigma", "message"),
    [
        (np.nan, 1, "mu"),
        (0, 0, "sigma"),
        (0, [1, -1], r"sigma\[1\]"),
        ([1, 2], [1, 2, 3], "shapes"),
        (1e70, 1, "1e60"),
        (0, 1e-70, "1e60"),
    ],
)
def test_divergences_refuse(mu, sigma, message):
    mixture = Mixture([0.5, 0.5], [-2, 2], [1, 1])
    with pytest.raises(ValueError, match=message):
        kl_to_mixture(mu, sigma, mixture)
    with pytest.raises(ValueError, match=message):
        kl_from_mixture(mixture, mu, sigma)
