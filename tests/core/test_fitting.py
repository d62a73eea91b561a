"""Gaussians fitted to mixtures: the moments, every optimum of a dense search, stationarity, landscapes, descents."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from core.gaussian import (
    GaussianFit,
    Mixture,
    descent_path,
    fit_gaussian,
    gaussian_kl,
    kl_from_mixture,
    kl_landscape,
    kl_to_mixture,
)
from tests.core.test_mixture import mixtures


def plain_quadrature(step):
    """Nodes z = (x - mu)/sigma and their weights under the standard Gaussian, apart from the ones under test."""
    z = np.arange(-8, 8 + step / 2, step)
    return z, np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * step


Z, PHI = plain_quadrature(0.02)


def plain_log_p(mixture, x):
    u = (x[..., None] - mixture.means) / mixture.sigmas
    terms = np.log(mixture.weights / mixture.sigmas) - u * u / 2
    top = terms.max(axis=-1, keepdims=True)
    return (top + np.log(np.exp(terms - top).sum(axis=-1, keepdims=True)))[..., 0] - math.log(2 * math.pi) / 2


def plain_reverse(mixture, mu, log_sigma):
    x = np.asarray(mu)[..., None] + np.exp(log_sigma)[..., None] * Z
    return -log_sigma - 0.5 - math.log(2 * math.pi) / 2 - plain_log_p(mixture, x) @ PHI


def searched_minima(mixture):
    """Minima of a dense grid over (mu, log sigma), each refined by a simplex and kept if it is a proper minimum."""
    mus = np.linspace(mixture.means.min() - 0.5, mixture.means.max() + 0.5, 90)
    widest = np.ptp(mixture.means) + 3 * mixture.sigmas.max()
    taus = np.linspace(np.log(mixture.sigmas.min()) - 0.3, np.log(widest), 40)
    values = np.stack([plain_reverse(mixture, mus, np.full(mus.shape, tau)) for tau in taus])
    found = []
    for i in range(1, 39):
        for j in range(1, 89):
            if values[i, j] <= values[i - 1 : i + 2, j - 1 : j + 2].min():
                end = minimize(
                    lambda v: float(plain_reverse(mixture, v[0], np.asarray(v[1]))),
                    [mus[j], taus[i]],
                    method="Nelder-Mead",
                    options={"xatol": 1e-7, "fatol": 1e-13, "maxiter": 2000},
                )
                found.append(end.x)
    return found


@settings(max_examples=25)
@given(mixtures())
def test_forward_fit_is_the_moments_and_the_least_forward_divergence(mixture):
    (fit,) = fit_gaussian(mixture, "forward")
    assert (fit.mu, fit.sigma) == (mixture.mean, mixture.sigma)
    assert fit.kl == kl_from_mixture(mixture, fit.mu, fit.sigma)
    for mu, sigma in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99)):
        shift = (mu - 1) * fit.sigma
        assert kl_from_mixture(mixture, fit.mu + shift, fit.sigma * sigma) > fit.kl


def curvature(mixture, mu, log_sigma):
    """Least curvature of the reverse divergence in the steps (d mu/sigma, d log sigma), by differences."""
    h, sigma = 1e-3, math.exp(log_sigma)
    i, j = np.meshgrid([-h, 0, h], [-h, 0, h], indexing="ij")
    f = plain_reverse(mixture, mu + i * sigma, log_sigma + j)
    cross = (f[2, 2] - f[2, 0] - f[0, 2] + f[0, 0]) / 4
    hessian = np.array([[f[2, 1] - 2 * f[1, 1] + f[0, 1], cross], [cross, f[1, 2] - 2 * f[1, 1] + f[1, 0]]]) / h**2
    return np.linalg.eigvalsh(hessian)[0]


@settings(max_examples=20)
@given(mixtures())
def test_reverse_fit_misses_no_minimum_of_a_dense_search(mixture):
    fits = fit_gaussian(mixture, "reverse")
    for mu, log_sigma in searched_minima(mixture):
        if curvature(mixture, mu, log_sigma) < 1e-3:
            continue  # a minimum about to vanish is too flat for a search by values to settle
        gaps = [max(abs(fit.mu - mu) / fit.sigma, abs(math.log(fit.sigma) - log_sigma)) for fit in fits]
        assert min(gaps) < 1e-3, (mu, log_sigma)


@settings(max_examples=40)
@given(mixtures())
@example(Mixture([0.8, 0.2], [0.0, 5.0], [0.23713737, 3.16227766]))
def test_reverse_fits_are_stationary_minima(mixture):
    z, phi = plain_quadrature(0.005)  # a component 13 times narrower than q needs steps so small for nine digits
    fits = fit_gaussian(mixture, "reverse")
    assert [fit.kl for fit in fits] == sorted(fit.kl for fit in fits)
    for fit in fits:
        assert fit.kl == pytest.approx(kl_to_mixture(fit.mu, fit.sigma, mixture), rel=1e-12)
        x = fit.mu + fit.sigma * z
        u = (x[:, None] - mixture.means) / mixture.sigmas
        share = np.exp(np.log(mixture.weights / mixture.sigmas) - u * u / 2 - np.log(2 * math.pi) / 2)
        share /= share.sum(axis=-1, keepdims=True)
        slope = -(share * u / mixture.sigmas).sum(axis=-1)
        # E_q[(log p)'] = 0 and E_q[(log p)' (x - mu)] = -1, in units of sigma.
        assert fit.sigma * (slope @ phi) == pytest.approx(0, abs=1e-9)
        assert fit.sigma * ((slope * z) @ phi) == pytest.approx(-1, abs=1e-9)
        assert fit.sigma >= mixture.sigmas.min() * (1 - 1e-9)
        for angle in np.linspace(0, 2 * np.pi, 12, endpoint=False):
            mu, sigma = fit.mu + 1e-3 * math.cos(angle) * fit.sigma, fit.sigma * math.exp(1e-3 * math.sin(angle))
            assert kl_to_mixture(mu, sigma, mixture) > fit.kl - 1e-13


@given(st.floats(-5, 5), st.floats(0.1, 10))
def test_one_component_is_recovered_both_ways(m, s):
    for direction in ("forward", "reverse"):
        (fit,) = fit_gaussian(Mixture([1.0], [m], [s]), direction)
        assert fit.mu == pytest.approx(m, abs=1e-12)
        assert fit.sigma == pytest.approx(s, rel=1e-12)
        assert fit.kl == pytest.approx(0, abs=1e-24)


def test_two_far_modes_are_found_by_reverse_and_covered_by_forward():
    fits = fit_gaussian(Mixture([0.6, 0.4], [-10, 10], [1, 1]), "reverse")
    # Sitting on one mode costs -log of its weight.
    assert (fits[0].mu, fits[0].sigma) == pytest.approx((-10, 1), abs=1e-9)
    assert fits[0].kl == pytest.approx(-math.log(0.6), abs=1e-9)
    assert (fits[1].mu, fits[1].kl) == pytest.approx((10, -math.log(0.4)), abs=1e-9)
    (cover,) = fit_gaussian(Mixture([0.5, 0.5], [-10, 10], [1, 1]), "forward")
    assert (cover.mu, cover.sigma) == pytest.approx((0, math.sqrt(101)), abs=1e-12)
    assert isinstance(cover, GaussianFit)


@pytest.mark.parametrize(("distance", "sigma"), [(20.0, 0.2), (4.5, 0.2), (0.625, 0.05)])
def test_the_tiny_basin_between_two_far_modes_is_found(distance, sigma):
    fits = fit_gaussian(Mixture([0.5, 0.5], [1 - distance, 1 + distance], [sigma, sigma]), "reverse")
    # For far modes log p is -(|x| - D)^2/(2 s^2), and sigma_q^2 - D sqrt(2/pi) sigma_q - s^2 = 0 by Price's theorem.
    half = distance / math.sqrt(2 * math.pi)
    assert len(fits) == 3
    assert fits[2].mu == pytest.approx(1.0, abs=1e-9)
    assert fits[2].sigma == pytest.approx(half + math.hypot(half, sigma), rel=1e-3)


def test_an_optimum_may_be_wider_than_the_whole_mixture():
    # Little weight lies far out, but the reverse divergence asks for the logarithm of the density.
    mixture = Mixture([0.985, 0.015], [4.0, -4.6], [0.55, 1.6])
    assert max(fit.sigma for fit in fit_gaussian(mixture, "reverse")) > 2 * mixture.sigma


def test_modes_merge_into_one_optimum():
    def count(distance):
        return len(fit_gaussian(Mixture([0.5, 0.5], [-distance, distance], [1, 1]), "reverse"))

    assert count(0.5) == 1
    assert count(4.0) >= 2


@settings(max_examples=20)
@given(mixtures(), st.sampled_from([2.0**-30, 4.0]), st.sampled_from([0.0, 512.0]))
def test_fits_move_with_the_mixture(mixture, scale, place):
    moved = Mixture(mixture.weights, (mixture.means + place) * scale, mixture.sigmas * scale)
    for direction in ("forward", "reverse"):
        best, other = fit_gaussian(mixture, direction)[0], fit_gaussian(moved, direction)[0]
        assert other.kl == pytest.approx(best.kl, rel=1e-7, abs=1e-10)


# Landscapes


@settings(max_examples=25)
@given(mixtures(), st.floats(-3, 0), st.floats(0, 2))
def test_landscape_equals_the_divergences(mixture, low, high):
    mus, taus = np.linspace(-8, 8, 9), np.linspace(low, high, 7)
    reverse, forward = (kl_landscape(mixture, mus, taus, d) for d in ("reverse", "forward"))
    sigma = np.exp(taus)[:, None]
    assert reverse == pytest.approx(kl_to_mixture(mus, sigma, mixture), rel=1e-11, abs=1e-12)
    assert forward == pytest.approx(kl_from_mixture(mixture, mus, sigma), rel=1e-14)


def test_landscape_of_narrow_gaussians_over_a_wide_range_and_in_any_order():
    mixture = Mixture([0.5, 0.5], [-20, 20], [0.2, 0.2])
    mus, taus = np.array([20.0, -20.0, 0.0, 3.0]), np.array([-7.0, 0.0, 3.0])
    expected = kl_to_mixture(mus, np.exp(taus)[:, None], mixture)
    assert kl_landscape(mixture, mus, taus, "reverse") == pytest.approx(expected, rel=1e-11)
    one = Mixture([1.0], [1.0], [2.0])
    assert kl_landscape(one, [1.0, 1.0], [math.log(2)], "reverse") == pytest.approx(np.zeros((1, 2)), abs=1e-14)
    assert kl_landscape(one, mus, taus, "reverse") == pytest.approx(
        gaussian_kl(mus, np.exp(taus)[:, None], 1, 2), rel=1e-12
    )


# Descents


@settings(max_examples=40)
@given(mixtures(), st.floats(-8, 8), st.floats(-2, 2), st.sampled_from(["forward", "reverse"]))
def test_descents_fall_all_the_way_into_a_fit(mixture, mu0, log_sigma0, direction):
    path = descent_path(mixture, mu0, log_sigma0, direction)
    assert path.mu.shape == path.log_sigma.shape == path.kl.shape
    assert path.mu[0] == pytest.approx(mu0, abs=1e-12)
    assert path.log_sigma[0] == log_sigma0
    assert (np.diff(path.kl) <= 1e-12 * (1 + path.kl[:-1])).all()
    value = kl_to_mixture if direction == "reverse" else lambda mu, sigma, p: kl_from_mixture(p, mu, sigma)
    assert path.kl[-1] == pytest.approx(value(path.mu[-1], math.exp(path.log_sigma[-1]), mixture), rel=1e-12, abs=1e-14)
    gaps = [
        max(abs(fit.mu - path.mu[-1]) / fit.sigma, abs(math.log(fit.sigma) - path.log_sigma[-1]))
        for fit in fit_gaussian(mixture, direction)
    ]
    assert min(gaps) < 1e-5


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize(("mu0", "log_sigma0"), [(1e5, 0.0), (0.0, -15.0), (0.0, 15.0), (-500.0, -10.0)])
def test_descents_arrive_from_far_away(mu0, log_sigma0, direction):
    mixture = Mixture([0.7, 0.3], [-2, 3], [1, 0.5])
    path = descent_path(mixture, mu0, log_sigma0, direction)
    fits = fit_gaussian(mixture, direction)
    assert min(abs(fit.mu - path.mu[-1]) for fit in fits) < 1e-6


# Refusals

TWO = Mixture([0.5, 0.5], [-2, 2], [1, 1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fit_gaussian(TWO, "backward"), "direction"),
        (lambda: kl_landscape(TWO, [0], [0], None), "direction"),
        (lambda: descent_path(TWO, 0, 0, "up"), "direction"),
        (lambda: kl_landscape(TWO, [[0]], [0], "reverse"), "mus has 2 axes"),
        (lambda: kl_landscape(TWO, [0], [np.nan], "reverse"), r"log_sigmas\[0\]"),
        (lambda: kl_landscape(TWO, [], [0], "forward"), "mus is empty"),
        (lambda: kl_landscape(TWO, [0], [1000], "forward"), "log_sigmas goes beyond"),
        (lambda: descent_path(TWO, np.nan, 0, "reverse"), "mu0"),
        (lambda: descent_path(TWO, 0, np.inf, "reverse"), "log_sigma0"),
        (lambda: descent_path(TWO, 1e9, 0, "reverse"), "far off"),
        (lambda: descent_path(TWO, 0, [0, 1], "reverse"), "log_sigma0"),
    ],
)
def test_fitting_refuses(call, message):
    with pytest.raises(ValueError, match=message):
        call()
