"""The linear VAE against numerical optimization of its bound, and draws by reparametrization against the divergence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import optimize, stats

from core.gaussian import vae_kl
from core.vae import linear_vae, linear_vae_cost, linear_vae_elbo, reparametrize
from tests.core.reference import agrees

positive = st.floats(-2, 2).map(lambda e: 10.0**e)
spectra = st.lists(st.one_of(st.just(0.0), positive), min_size=1, max_size=6)


# --- draws


@given(mu=st.floats(-5, 5), logvar=st.floats(-6, 3))
def test_the_mean_log_ratio_over_the_noise_is_the_divergence(mu, logvar):
    # The log ratio is quadratic in the noise, and two Gauss-Hermite nodes integrate a cubic exactly.
    drawn = reparametrize(mu, logvar, [-1.0, 1.0])
    assert np.mean(drawn.log_ratio) == pytest.approx(vae_kl(mu, logvar), rel=1e-12, abs=1e-13)


@given(mu=st.floats(-5, 5), logvar=st.floats(-6, 3), noise=st.floats(-6, 6))
def test_the_log_ratio_is_that_of_the_two_densities(mu, logvar, noise):
    drawn = reparametrize(mu, logvar, noise)
    q = stats.norm(mu, np.exp(logvar / 2)).logpdf(drawn.z)
    assert drawn.log_ratio == pytest.approx(q - stats.norm.logpdf(drawn.z), rel=1e-9, abs=1e-9)


def test_the_standard_normal_leaves_the_noise_as_it_is():
    noise = np.random.default_rng(0).standard_normal(50)
    drawn = reparametrize(0.0, 0.0, noise)
    assert np.array_equal(drawn.z, noise)
    assert not drawn.log_ratio.any()


# --- the linear model


@pytest.mark.parametrize("beta", [0.1, 0.5, 1.0, 2.0, 3.9, 4.0, 4.1, 20.0])
@pytest.mark.parametrize("noise", [0.3, 1.0])
def test_the_optimum_is_what_a_numerical_search_finds(beta, noise):
    eigenvalue = 4.0
    vae = linear_vae([eigenvalue], noise, beta)

    def loss(parameters):
        weight, gain, log_variance = parameters
        return -linear_vae_elbo(eigenvalue, weight, gain, np.exp(log_variance), noise, beta)

    starts = [(1.0, 0.5, -1.0), (0.2, 0.1, 0.0), (2.0, 1.0, -3.0)]
    found = [optimize.minimize(loss, s, method="BFGS", options=dict(gtol=1e-10)) for s in starts]
    best = min(found, key=lambda r: r.fun)
    assert -best.fun == pytest.approx(vae.objective[0], rel=1e-9)
    # At the threshold itself the bound is flat to the fourth order: the position is known less well than the value.
    loose = 0.05 if abs(beta * noise - eigenvalue) < 0.2 else 1e-4
    assert abs(best.x[0]) == pytest.approx(vae.weight[0], abs=loose)
    assert abs(best.x[1]) == pytest.approx(vae.gain[0], abs=loose)
    assert np.exp(best.x[2]) == pytest.approx(vae.variance[0], abs=loose)


@given(spectrum=spectra, noise=positive, beta=positive, others=st.tuples(st.floats(-9, 9), st.floats(-9, 9), positive))
def test_no_other_encoder_and_decoder_do_better(spectrum, noise, beta, others):
    vae = linear_vae(spectrum, noise, beta)
    weight, gain, variance = others
    elsewhere = linear_vae_elbo(spectrum, weight, gain, variance, noise, beta)
    assert np.all(elsewhere <= vae.objective + 1e-9 * (1 + np.abs(vae.objective)))
    at_optimum = linear_vae_elbo(spectrum, vae.weight, vae.gain, vae.variance, noise, beta)
    assert at_optimum == pytest.approx(vae.objective, rel=1e-9, abs=1e-9)


@given(spectrum=spectra, noise=positive, beta=positive)
def test_a_dimension_collapses_exactly_where_its_eigenvalue_is_at_most_the_threshold(spectrum, noise, beta):
    vae = linear_vae(spectrum, noise, beta)
    collapsed = np.asarray(spectrum) <= beta * noise
    assert np.array_equal(vae.active, ~collapsed)
    assert np.all(vae.rate[collapsed] == 0)
    assert np.all(vae.rate[~collapsed] > 0)
    assert np.all(vae.variance[collapsed] == 1)
    assert np.all(vae.mean[collapsed] == 0)
    assert np.array_equal(vae.distortion, np.minimum(spectrum, beta * noise))


@given(spectrum=spectra, noise=positive, beta=positive)
def test_the_optimum_lies_on_the_unit_circle_and_pays_its_divergence(spectrum, noise, beta):
    vae = linear_vae(spectrum, noise, beta)
    assert vae.mean**2 + vae.variance == pytest.approx(1, rel=1e-12)
    assert vae.mean == pytest.approx(vae.gain * np.sqrt(spectrum), rel=1e-12, abs=1e-300)
    assert vae_kl(vae.mean, np.log(vae.variance)) == pytest.approx(vae.rate, rel=1e-9, abs=1e-12)


@given(spectrum=spectra, noise=positive, beta=positive)
def test_the_bound_lies_under_the_likelihood_and_touches_it_for_beta_1(spectrum, noise, beta):
    for weight in (1.0, beta):
        vae = linear_vae(spectrum, noise, weight)
        scale = 1 + np.abs(vae.log_likelihood)
        assert np.all(vae.elbo <= vae.log_likelihood + 1e-12 * scale)
    plain = linear_vae(spectrum, noise)
    assert plain.elbo == pytest.approx(plain.log_likelihood, rel=1e-12, abs=1e-12)
    assert np.all(linear_vae(spectrum, noise, beta).elbo <= plain.elbo + 1e-12 * (1 + np.abs(plain.elbo)))


def test_the_bound_is_the_integral_over_data_and_draws():
    eigenvalue, weight, gain, variance, noise = 2.0, 0.8, 0.6, 0.4, 0.5

    nodes, weights = np.polynomial.legendre.leggauss(200)
    line, weights = 12 * nodes, 12 * weights
    x = line[:, None]  # the data down, draws of the posterior across
    fit = stats.norm(weight * (gain * x + np.sqrt(variance) * line), np.sqrt(noise)).logpdf(x) * stats.norm.pdf(line)
    q = stats.norm(gain * x, np.sqrt(variance))
    kl = q.pdf(line) * (q.logpdf(line) - stats.norm.logpdf(line))
    integral = weights @ (stats.norm(0, np.sqrt(eigenvalue)).pdf(line) * ((fit - kl) @ weights))
    assert linear_vae_elbo(eigenvalue, weight, gain, variance, noise) == pytest.approx(integral, rel=1e-10)


@given(eigenvalue=positive, noise=positive, beta=positive, mean=st.floats(-3, 3), logvar=st.floats(-6, 3))
def test_the_cost_is_the_bound_under_the_best_decoder(eigenvalue, noise, beta, mean, logvar):
    gain, variance = mean / np.sqrt(eigenvalue), np.exp(logvar)
    weight = np.sqrt(eigenvalue) * mean / (mean**2 + variance)
    bound = linear_vae_elbo(eigenvalue, [weight, weight * 1.01, weight - 0.01], gain, variance, noise, beta)
    cost = linear_vae_cost(eigenvalue, mean, logvar, noise, beta) + np.log(2 * np.pi * noise) / 2
    assert -bound[0] == pytest.approx(cost, rel=1e-9, abs=1e-9)
    assert np.all(-bound[1:] >= cost - 1e-9 * (1 + abs(cost)))
    vae = linear_vae([eigenvalue], noise, beta)
    least = linear_vae_cost(eigenvalue, vae.mean, np.log(vae.variance), noise, beta)[0]
    assert least <= linear_vae_cost(eigenvalue, mean, logvar, noise, beta) + 1e-9 * (1 + abs(cost))


def test_rate_and_distortion_are_the_cheapest_code_of_a_gaussian_source():
    # Cover & Thomas (2006), theorem 10.3.3: D_i = min(level, lambda_i), R = sum log(lambda_i/D_i)/2.
    vae = linear_vae([4.0, 2.0, 1.0, 0.5], 0.5, 2.0)
    assert vae.distortion.tolist() == [1, 1, 1, 0.5]
    assert vae.rate == pytest.approx([np.log(2), np.log(2) / 2, 0, 0], rel=1e-15)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (([-1.0],), r"eigenvalues\[0\]"), (([1.0], 0.0), "noise_variance"), (([1.0], 1.0, 0.0), "beta"),
        (([1.0], 1e-200, 1e-200), "beta times noise_variance"), (([1.0], 1.0, np.inf), "beta"), (([],), "eigenvalues"),
    ],
)  # fmt: skip
def test_what_is_no_linear_vae_is_refused(arguments, name):
    with pytest.raises(ValueError, match=name):
        linear_vae(*arguments)


# --- near the prior and far out


@given(st.floats(-3, 3), st.floats(-20, 1).map(lambda e: 10.0**e), st.floats(-4, 4))
def test_the_log_ratio_keeps_its_digits_near_the_prior(mu, logvar, noise):
    # z - e = mu + (sigma - 1) e; where its two parts cancel, as many digits go as they share.
    m, v, e = mpf(mu), mpf(logvar), mpf(noise)
    parts = (m, mp.expm1(v / 2) * e)
    z = m + mp.exp(v / 2) * e
    size = max(abs(x) for x in parts) * (abs(m) + (mp.exp(v / 2) + 1) * abs(e)) + v
    expected = (sum(parts) * (z + e) - v) / 2
    assert agrees(reparametrize(mu, logvar, noise).log_ratio, expected, abs_=4e-16 * size)


def test_far_out_nothing_becomes_nan():
    assert reparametrize(0.0, 0.0, 1e308).log_ratio == 0
    assert reparametrize(1e308, 5.0, 0.0).log_ratio == np.inf
    assert reparametrize(1.0, 2000.0, 0.0).z == 1
    assert linear_vae_elbo(4.0, 1e308, 1e308, 1.0) == -np.inf
    assert linear_vae_elbo(4.0, 0.0, 0.0, 1.0, noise_variance=5e-324) == -np.inf
