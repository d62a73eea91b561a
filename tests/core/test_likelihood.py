"""Likelihoods of measurements and counts: scipy's distributions, exact integers, the losses that they are."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import integrate, stats

from core.likelihood import (
    beta_log_density,
    gaussian_nll,
    laplace_nll,
    log_binomial,
    poisson_deviance,
    poisson_nll,
)
from tests.core.reference import agrees

numbers = st.floats(-1e3, 1e3)
scales = st.floats(-3, 3).map(lambda e: 10.0**e)
rates = st.one_of(st.just(0.0), st.floats(0.001, 1e3), st.floats(-12, 6).map(lambda e: 10.0**e))
COUNTS = st.integers(0, 400)


@given(numbers, numbers, scales)
def test_measurements_against_scipy(y, mu, scale):
    assert gaussian_nll(y, mu, scale) == pytest.approx(-stats.norm.logpdf(y, mu, scale), rel=1e-12, abs=1e-12)
    assume(abs(y - mu) < 500 * scale)  # further out scipy's density, whose logarithm it takes, loses its digits
    assert laplace_nll(y, mu, scale) == pytest.approx(-stats.laplace.logpdf(y, mu, scale), rel=1e-12, abs=1e-12)


@given(numbers, numbers, scales)
def test_what_depends_on_the_prediction_is_the_loss(y, mu, scale):
    constant = (gaussian_nll(y, y, scale), laplace_nll(y, y, scale))
    assert gaussian_nll(y, mu, scale) == pytest.approx(((y - mu) / scale) ** 2 / 2 + constant[0], rel=1e-12)
    assert laplace_nll(y, mu, scale) == pytest.approx(abs(y - mu) / scale + constant[1], rel=1e-12)
    assert laplace_nll(y, y, scale) <= laplace_nll(y, mu, scale)


@pytest.mark.parametrize("nll", [gaussian_nll, laplace_nll])
@pytest.mark.parametrize("scale", [0.3, 1.0, 4.0])
def test_densities_integrate_to_one(nll, scale):
    area = sum(integrate.quad(lambda y: math.exp(-nll(y, 1.5, scale)), *ends)[0] for ends in ((-60, 1.5), (1.5, 60)))
    assert area == pytest.approx(1, abs=1e-6)


@given(COUNTS, rates)
def test_counts_against_scipy_and_half_the_deviance_over_the_best_rate(y, rate):
    assert poisson_nll(y, rate) == pytest.approx(-stats.poisson.logpmf(y, rate), rel=1e-10, abs=1e-12)
    half = poisson_deviance(y, rate) / 2
    assert poisson_nll(y, rate) == pytest.approx(poisson_nll(y, float(y)) + half, rel=1e-10, abs=1e-10)
    assert half >= 0


@given(st.integers(1, 10**6), st.floats(-15, -1).map(lambda e: 10.0**e), st.sampled_from([1, -1]))
def test_the_deviance_keeps_its_digits_where_the_rate_is_nearly_the_count(y, off, sign):
    rate = y * (1 + sign * off)
    exact = 2 * (y * mp.log(mpf(y) / mpf(rate)) - (y - mpf(rate)))
    # The difference rate - y of two floats is exact there, its quotient by y rounded once.
    assert agrees(poisson_deviance(y, rate), exact, rel=1e-13)


def test_counts_at_the_ends():
    assert poisson_nll(0, 0.0) == 0.0
    assert poisson_nll(1, 0.0) == math.inf
    assert poisson_deviance([0, 0, 2, 2], [0.0, 3.0, 0.0, 2.0]).tolist() == [0.0, 6.0, math.inf, 0.0]
    assert gaussian_nll([1.0, 2.0], [[0.0], [1.0], [2.0]]).shape == (3, 2)


@given(COUNTS, st.data())
def test_binomial_coefficients_against_integers(n, data):
    k = data.draw(st.integers(0, n))
    assert log_binomial(n, k) == pytest.approx(math.log(math.comb(n, k)), rel=1e-11, abs=1e-12)
    assert log_binomial(n, k) == pytest.approx(log_binomial(n, n - k), rel=1e-12, abs=1e-12)


@given(st.floats(0, 1), st.floats(0.1, 200), st.floats(0.1, 200))
def test_the_beta_density_against_scipy(theta, a, b):
    found, peer = beta_log_density(theta, a, b), stats.beta.logpdf(theta, a, b)
    assert found == pytest.approx(peer, rel=1e-10, abs=1e-10)


def test_the_beta_density_integrates_to_one_and_is_flat_for_one_and_one():
    for a, b in ((1.0, 1.0), (2.5, 7.0), (100.0, 3.0)):
        area, _ = integrate.quad(lambda t, a=a, b=b: math.exp(beta_log_density(t, a, b)), 0, 1)
        assert area == pytest.approx(1, abs=1e-8)
    assert beta_log_density([0.0, 0.3, 1.0], 1, 1).tolist() == [0.0, 0.0, 0.0]
    assert beta_log_density([0.0, 1.0], 2, 2).tolist() == [-math.inf, -math.inf]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: log_binomial(2, 3), "more than the 2 trials"),
        (lambda: log_binomial(2.5, 1), "trials"),
        (lambda: beta_log_density(1.1, 1, 1), "theta is 1.1"),
        (lambda: beta_log_density(0.5, 0, 1), "a is 0"),
        (lambda: gaussian_nll(0.0, 0.0, 0.0), "sigma is 0"),
        (lambda: gaussian_nll(np.inf, 0.0), "y is inf"),
        (lambda: laplace_nll([0.0, 1.0], [0.0, 1.0, 2.0]), "shapes"),
        (lambda: laplace_nll(0.0, 0.0, -1.0), "scale is -1"),
        (lambda: poisson_nll(0.5, 1.0), "y is 0.5"),
        (lambda: poisson_nll(1, -1.0), "rate is -1"),
        (lambda: poisson_deviance(-1, 1.0), "y is -1"),
    ],
)
def test_they_refuse(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_far_out_the_cost_is_infinite_or_still_a_number():
    assert gaussian_nll(1e200, 0.0) == np.inf
    assert laplace_nll(0.0, 0.0, 1.5e308) == pytest.approx(np.log(1.5e308) + np.log(2))
    assert poisson_deviance(0, 1.5e308) == np.inf
