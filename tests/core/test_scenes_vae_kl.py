"""The records behind the page on the prior's charge: identities, published values, independent references."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, stats

from core.scenes import vae_kl as scenes
from core.units import BITS

means = st.floats(-scenes.FARTHEST, scenes.FARTHEST)
sigmas = st.floats(scenes.NARROWEST, scenes.WIDEST)
axes = st.booleans()
betas = st.floats(-1.3, 1.7).map(lambda e: 10.0**e)
noises = st.floats(0.1, 2)
spectra = st.lists(st.floats(0, 5), min_size=1, max_size=8)
PUBLISHED = {  # nats
    "the prior": (0.0, 1.0, 0.0),
    "shifted by 1": (1.0, 1.0, 0.5),
    "variance 2": (0.0, np.sqrt(2.0), 0.1534),
    "mean 2, variance 1/2": (2.0, np.sqrt(0.5), 2.0966),
}


def charge(mu, sigma):
    """The formula of Kingma & Welling (2014), appendix B, as it stands there."""
    return -0.5 * (1 + np.log(sigma**2) - mu**2 - sigma**2)


# --- one posterior


@pytest.mark.parametrize(("mu", "sigma", "nats"), PUBLISHED.values(), ids=PUBLISHED)
def test_the_charge_is_the_published_number(mu, sigma, nats):
    assert scenes.point(mu, sigma).kl == pytest.approx(nats, abs=5e-5)


@given(mu=means, sigma=sigmas, logarithmic=axes)
def test_the_charge_splits_into_that_of_the_mean_and_that_of_the_width(mu, sigma, logarithmic):
    at = scenes.point(mu, sigma, logarithmic)
    assert at.kl == pytest.approx(charge(mu, sigma), rel=1e-9, abs=1e-12)
    assert at.mean_part + at.variance_part == pytest.approx(at.kl, rel=1e-12, abs=1e-300)
    assert at.mean_part == pytest.approx(mu * mu / 2, rel=1e-15, abs=1e-300)
    assert at.variance_part >= 0
    assert np.exp(at.logvar) == pytest.approx(sigma**2, rel=1e-12)


@given(mu=means, sigma=st.floats(0.06, 2.9), logarithmic=axes)
def test_the_slope_is_that_of_the_plane_that_is_drawn(mu, sigma, logarithmic):
    at, h = scenes.point(mu, sigma, logarithmic), 1e-5

    def height(x, width):
        return charge(x, np.exp(width / 2) if logarithmic else width)

    by_mean = (height(mu + h, at.width) - height(mu - h, at.width)) / (2 * h)
    by_width = (height(mu, at.width + h) - height(mu, at.width - h)) / (2 * h)
    assert at.slope == pytest.approx((by_mean, by_width), rel=1e-4, abs=1e-6)


@given(mu=means, sigma=sigmas, logarithmic=axes)
def test_the_arrow_points_downhill_and_no_farther_than_its_limit(mu, sigma, logarithmic):
    at = scenes.point(mu, sigma, logarithmic)
    step = np.array(at.arrow) - (at.mu, at.width)
    length = np.hypot(*step)
    assert length <= scenes.LONGEST * (1 + 1e-9)
    full = scenes.STRIDE * np.hypot(*at.slope)
    assert length == pytest.approx(min(full, scenes.LONGEST), rel=1e-6, abs=1e-9)
    assert at.shortened == (full > scenes.LONGEST)
    assert step @ np.array(at.slope) == pytest.approx(-length * np.hypot(*at.slope), rel=1e-6, abs=1e-9)


def test_there_is_no_slope_at_the_prior_alone():
    assert scenes.point(0.0, 1.0).slope == (0.0, 0.0)
    found = optimize.minimize(lambda v: scenes.point(v[0], np.exp(v[1])).kl, (2.0, -1.0), method="Nelder-Mead")
    assert found.x == pytest.approx((0, 0), abs=1e-3)


@given(sigma=sigmas)
def test_the_width_of_a_place_on_either_axis_is_found_again(sigma):
    for logarithmic in (False, True):
        at = scenes.point(0.0, sigma, logarithmic)
        assert scenes.sigma_at(at.width, logarithmic) == pytest.approx(sigma, rel=1e-11)
        low, high = scenes.ends(logarithmic)
        assert low - 1e-12 <= at.width <= high + 1e-12
        # What a place gives is what a link says.
        found = scenes.sigma_at(at.width, logarithmic)
        assert float(f"{found:.12g}") == found


def test_the_axes_end_at_the_same_widths():
    assert [scenes.sigma_at(end, True) for end in scenes.ends(True)] == [0.05, 3]
    assert scenes.sigma_at(-50.0, True) == 0.05
    assert scenes.sigma_at(9.0, False) == 3


# --- the surface


@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_surface_is_the_formula_on_every_point_of_the_grid(logarithmic):
    scene = scenes.surface(logarithmic)
    sigma = np.exp(scene.width / 2) if logarithmic else scene.width
    x, y = np.meshgrid(scene.mu, sigma)
    assert scene.kl == pytest.approx(charge(x, y), rel=1e-9, abs=1e-12)
    assert (scene.mu[[0, -1]], sigma[[0, -1]]) == (pytest.approx([-3, 3]), pytest.approx([0.05, 3]))
    assert np.all(np.diff(scene.width) > 0)


def test_the_triangles_cover_the_plane_once():
    scene = scenes.surface(False, points=9)
    x, y = (a.ravel()[scene.triangles] for a in np.meshgrid(scene.mu, scene.width))
    doubled = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])
    assert scene.triangles.shape == (3, 2 * 8 * 8)
    assert np.abs(doubled).sum() / 2 == pytest.approx(6 * 2.95, rel=1e-12)
    assert np.all(np.abs(doubled) > 0)


# --- draws


@given(mu=means, sigma=sigmas, n=st.integers(2, 300), seed=st.integers(0, 999))
def test_draws_are_the_noise_stretched_and_moved(mu, sigma, n, seed):
    scene = scenes.draws(mu, sigma, n, seed)
    assert scene.z == pytest.approx(mu + sigma * scene.noise, rel=1e-9, abs=1e-9)
    assert np.array_equal(scene.noise, scenes.draws(0.0, 1.0, n, seed).noise)
    q, p = stats.norm(mu, sigma), stats.norm
    assert scene.estimate == pytest.approx(np.mean(q.logpdf(scene.z) - p.logpdf(scene.z)), rel=1e-9, abs=1e-9)
    assert scene.posterior == pytest.approx(q.pdf(scene.x), rel=1e-9, abs=1e-300)
    assert scene.prior == pytest.approx(p.pdf(scene.x), rel=1e-9)
    assert scene.peak == pytest.approx(q.pdf(mu), rel=1e-12)


def test_the_estimate_settles_at_the_charge_within_its_error():
    # 200 seeds: the share within 1.96 standard errors is 0.95 +- 0.06 (four standard deviations).
    found = [scenes.draws(1.0, 0.5, 400, seed) for seed in range(200)]
    within = np.mean([abs(s.estimate - s.kl) < 1.96 * s.error for s in found])
    assert 0.89 < within <= 1


# --- several dimensions


def test_dimensions_are_charged_one_by_one_and_together():
    scene = scenes.dimensions([0.5, -0.3, 0.1], [-0.5, 0.2, -0.1])
    expected = charge(np.array([0.5, -0.3, 0.1]), np.exp(np.array([-0.5, 0.2, -0.1]) / 2))
    assert scene.kl == pytest.approx(expected, rel=1e-12)
    assert scene.total == pytest.approx(expected.sum(), rel=1e-12)
    assert BITS.from_nats(scene.total) == pytest.approx(0.348, abs=5e-4)  # by hand, to three digits
    assert scene.mean_part + scene.variance_part == pytest.approx(scene.kl, rel=1e-12)


def test_means_and_log_variances_must_be_as_many():
    with pytest.raises(ValueError, match="2 means and 1 log-variances"):
        scenes.dimensions([1.0, 2.0], [0.0])


# --- the trained linear model


@given(spectrum=spectra, noise=noises, beta=betas)
def test_what_is_used_and_when_it_collapses(spectrum, noise, beta):
    at = scenes.trained(spectrum, noise, beta)
    assert at.used == sum(v > beta * noise for v in spectrum)
    assert at.collapse_at * noise == pytest.approx(spectrum, rel=1e-12, abs=1e-300)
    assert at.rate >= 0
    assert (at.rate > 0) == (at.used > 0)
    n = len(spectrum)
    assert at.constant == pytest.approx(n * np.log(2 * np.pi * noise) / 2, rel=1e-9, abs=1e-9)
    assert at.elbo == pytest.approx(-at.misfit - at.rate - at.constant, rel=1e-12, abs=1e-12)
    assert at.gap >= 0


@given(spectrum=spectra, noise=noises, beta=betas)
def test_the_bound_is_tight_for_beta_1_and_never_better_elsewhere(spectrum, noise, beta):
    plain, other = scenes.trained(spectrum, noise, 1.0), scenes.trained(spectrum, noise, beta)
    assert plain.gap == 0
    marginal = np.maximum(spectrum, noise)  # pPCA: what is left of each eigenvalue is the noise
    likelihood = -np.sum(np.log(2 * np.pi * marginal) + np.array(spectrum) / marginal) / 2
    assert plain.elbo == pytest.approx(likelihood, rel=1e-9, abs=1e-9)
    assert other.elbo <= plain.elbo + 1e-9


@given(level=st.floats(0.001, 100), noise=noises)
def test_the_level_is_where_beta_puts_the_threshold(level, noise):
    beta = scenes.beta_at(level, noise, 0.05, 50)
    assume(0.05 < level / noise < 50)
    assert beta * noise == pytest.approx(level, rel=6e-3)
    assert float(f"{beta:.3g}") == beta


@given(eigenvalue=st.floats(0.05, 5), noise=noises, beta=betas)
def test_the_optimum_is_the_lowest_place_of_the_landscape_and_lies_on_the_circle(eigenvalue, noise, beta):
    scene = scenes.landscape(eigenvalue, noise, beta, points=15)
    mean, sigma = scene.best
    assert mean**2 + sigma**2 == pytest.approx(1, rel=1e-12)
    assert (mean == 0) == (eigenvalue <= beta * noise)
    assert np.all(scene.excess >= 0)
    assert scene.excess == pytest.approx(scene.excess[:, ::-1], rel=1e-6, abs=1e-9)  # signs can be flipped
    x, y = scene.circle
    assert x**2 + y**2 == pytest.approx(np.ones_like(x), rel=1e-12)


def test_the_optimum_walks_to_the_prior_as_beta_grows():
    best = [scenes.landscape(4.0, 0.5, beta, points=3).best for beta in (0.1, 1, 3, 6, 7.9, 8, 9)]
    assert np.all(np.diff([mean for mean, _ in best]) <= 0)
    assert best[-2:] == [(0, 1), (0, 1)]
    assert best[-3][0] > 0


@given(spectrum=spectra, noise=noises)
def test_misfit_rises_rate_falls_and_their_sum_is_least_at_beta_1(spectrum, noise):
    scene = scenes.tradeoff(spectrum, noise, 0.05, 50, points=25)
    assert np.all(np.diff(scene.misfit) >= -1e-12)
    assert np.all(np.diff(scene.rate) <= 1e-12)
    assert np.all(scene.total >= scene.least - 1e-9)


def test_the_claims_are_settled_by_their_numbers():
    found = scenes.claims()
    assert found.half == pytest.approx(charge(0, 0.5), rel=1e-12)
    assert found.double == pytest.approx(charge(0, 2.0), rel=1e-12)
    assert found.forward == pytest.approx(charge(0, np.sqrt(0.5)), rel=1e-9)
    # KL(N(0, 1) || N(0, 1/2)) = (log(1/2) + 2 - 1)/2
    assert found.backward == pytest.approx((1 - np.log(2)) / 2, rel=1e-9)
    assert (found.linear.used, found.linear.gap) == (0, 0)
