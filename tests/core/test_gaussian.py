"""Gaussian closed forms: theorems, 50-digit references over near-equal, tiny and huge arguments, published numbers."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import integrate, stats

from core.gaussian import (
    gaussian_entropy,
    gaussian_hellinger,
    gaussian_js,
    gaussian_kl,
    gaussian_mi,
    gaussian_pmi,
    gaussian_total_variation,
    laplace_entropy,
    mvn_entropy,
    mvn_kl,
    uniform_entropy,
    vae_kl,
    vae_kl_grad,
)
from tests.core.reference import agrees, derivative

MEANS = st.one_of(st.floats(-10, 10), st.floats(-1e300, 1e300))
SIGMAS = st.one_of(st.floats(0.01, 100), st.floats(-300, 300).map(lambda e: 10.0**e))
STEPS = st.one_of(
    st.just(0.0), st.floats(-16, -0.3).map(lambda e: 10.0**e), st.floats(-16, -0.3).map(lambda e: -(10.0**e))
)


def kl_reference(mu1, sigma1, mu2, sigma2):
    mu1, sigma1, mu2, sigma2 = (mpf(float(v)) for v in (mu1, sigma1, mu2, sigma2))
    return ((mu1 - mu2) / sigma2) ** 2 / 2 + (mp.log(sigma2 / sigma1) + (sigma1**2 / sigma2**2 - 1) / 2)


def vae_reference(mu, logvar):
    mu, logvar = mpf(float(mu)), mpf(float(logvar))
    # 90 digits do not hold exp(x) - 1 - x below 1e-45, where its first term does.
    return (mu**2 + (mp.expm1(logvar) - logvar if abs(logvar) > 1e-45 else logvar**2 / 2)) / 2


def agrees_or_overflows(value, reference):
    return value == math.inf if reference > mpf(np.finfo(float).max) else agrees(value, reference)


# Differential entropies


@pytest.mark.parametrize(
    ("function", "frozen"),
    [
        (gaussian_entropy, lambda s: stats.norm(scale=s)),
        (uniform_entropy, lambda s: stats.uniform(scale=s)),
        (laplace_entropy, lambda s: stats.laplace(scale=s)),
    ],
)
def test_entropies_equal_the_integral_of_minus_f_log_f(function, frozen):
    for scale in (0.1, 1.0, 7.0):
        f = frozen(scale)
        low, high = f.ppf(1e-15), f.ppf(1 - 1e-15)
        value, _ = integrate.quad(lambda x, f=f: -f.pdf(x) * f.logpdf(x), low, high, points=[f.mean()], epsabs=1e-13)
        assert function(scale) == pytest.approx(value, abs=1e-11)


@given(SIGMAS)
@example(1 / math.sqrt(2 * math.pi * math.e))
def test_entropies_against_50_digits(s):
    # Where the value crosses zero a relative error has no meaning: the argument alone moves it by eps.
    x = mpf(s)
    references = {
        gaussian_entropy: mp.log(2 * mp.pi * mp.e * x**2) / 2,
        uniform_entropy: mp.log(x),
        laplace_entropy: 1 + mp.log(2 * x),
    }
    for function, reference in references.items():
        assert agrees(function(s), reference, abs_=5e-16)
    assert agrees(mvn_entropy([[s]]), mp.log(2 * mp.pi * mp.e * x) / 2, abs_=5e-16)


@given(st.floats(1e-3, 1e3))
def test_gaussian_has_the_largest_entropy_for_its_variance(sigma):
    laplace, uniform = laplace_entropy(sigma / math.sqrt(2)), uniform_entropy(sigma * math.sqrt(12))
    assert gaussian_entropy(sigma) > laplace > uniform


def test_gaussian_entropy_turns_negative_at_the_published_width():
    assert gaussian_entropy(0.2419) < 0 < gaussian_entropy(0.2420)


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_mvn_entropy_adds_over_independent_axes_and_ignores_rotation(n, seed):
    rng = np.random.default_rng(seed)
    sigma = 10.0 ** rng.uniform(-2, 2, n)
    rotation, _ = np.linalg.qr(rng.normal(size=(n, n)))
    expected = gaussian_entropy(sigma).sum()
    assert mvn_entropy(np.diag(sigma**2)) == pytest.approx(expected, abs=1e-13)
    rotated = rotation @ np.diag(sigma**2) @ rotation.T
    assert mvn_entropy((rotated + rotated.T) / 2) == pytest.approx(expected, abs=1e-7)


# Divergence of two Gaussians


@pytest.mark.parametrize(
    ("arguments", "printed"), [((0, 0.5, 0, 2), 0.9175), ((0, 2, 0, 0.5), 6.1137), ((1, 1, 0, 1), 0.5)]
)
def test_gaussian_kl_published(arguments, printed):
    assert round(gaussian_kl(*arguments), 4) == printed


@given(MEANS, SIGMAS, STEPS, STEPS)
@example(0.0, 1.0, 0.0, 1e-9)
def test_gaussian_kl_near_equal_against_50_digits(mu, sigma, shift, stretch):
    other = mu + shift * sigma, sigma * (1 + stretch)
    for a, b in (((mu, sigma), other), (other, (mu, sigma))):
        assert agrees_or_overflows(gaussian_kl(*a, *b), kl_reference(*a, *b))


@given(MEANS, SIGMAS, MEANS, SIGMAS)
@example(1e308, 1.0, -1e308, 1e300)
@example(0.0, 1e300, 0.0, 1e-300)
@example(0.0, 1e-300, 0.0, 1e300)
@example(0.0, 5e-324, 0.0, 1.0)
def test_gaussian_kl_anywhere_against_50_digits(mu1, sigma1, mu2, sigma2):
    assert agrees_or_overflows(gaussian_kl(mu1, sigma1, mu2, sigma2), kl_reference(mu1, sigma1, mu2, sigma2))


@given(MEANS, SIGMAS)
def test_gaussian_kl_is_positive_zero_at_equality(mu, sigma):
    value = gaussian_kl(mu, sigma, mu, sigma)
    assert value == 0
    assert math.copysign(1, value) == 1


@given(st.floats(-3, 3), st.floats(0.2, 5), st.floats(-3, 3), st.floats(0.2, 5))
def test_gaussian_kl_equals_cross_entropy_minus_entropy_by_quadrature(mu1, sigma1, mu2, sigma2):
    def log_density(x, mu, sigma):
        return -(((x - mu) / sigma) ** 2) / 2 - math.log(sigma * math.sqrt(2 * math.pi))

    def integrand(x):
        log_p = log_density(x, mu1, sigma1)
        return math.exp(log_p) * (log_p - log_density(x, mu2, sigma2))

    value, _ = integrate.quad(integrand, mu1 - 12 * sigma1, mu1 + 12 * sigma1, points=[mu1])
    assert gaussian_kl(mu1, sigma1, mu2, sigma2) == pytest.approx(value, rel=1e-7, abs=1e-7)


def test_gaussian_kl_broadcasts_and_is_not_symmetric():
    table = gaussian_kl(np.zeros(3)[:, None], [1.0, 2.0], 0.0, 1.0)
    assert table.shape == (3, 2)
    assert (table[:, 0] == 0).all()
    assert gaussian_kl(0, 1, 0, 2) != gaussian_kl(0, 2, 0, 1)


# Divergence of two multivariate Gaussians


def mvn_reference(mean1, cov1, mean2, cov2):
    m1, s1, m2, s2 = (mp.matrix(np.asarray(a).tolist()) for a in (mean1, cov1, mean2, cov2))
    inverse, d = s2**-1, m2 - m1
    product = inverse * s1
    trace = mp.fsum(product[i, i] for i in range(product.rows))
    return (trace - product.rows + (d.T * inverse * d)[0] - mp.log(mp.det(s1) / mp.det(s2))) / 2


def covariance(rng, n, spread):
    rotation, _ = np.linalg.qr(rng.normal(size=(n, n)))
    cov = rotation @ np.diag(10.0 ** rng.uniform(-spread, spread, n)) @ rotation.T
    return (cov + cov.T) / 2


@given(st.integers(1, 4), st.floats(-8, -0.5), st.integers(0, 2**32 - 1))
def test_mvn_kl_near_equal_against_50_digits(n, exponent, seed):
    rng = np.random.default_rng(seed)
    cov = covariance(rng, n, 0.5)
    bend = rng.normal(size=(n, n)) * 10.0**exponent * 0.1
    other = cov + (bend + bend.T) / 2
    mean = rng.normal(size=n)
    shifted = mean + 10.0**exponent * rng.normal(size=n)
    # Condition numbers of at most 10: the covariances forbid nothing.
    for a, b in (((mean, cov), (shifted, other)), ((shifted, other), (mean, cov)), ((mean, cov), (mean, other))):
        assert agrees(mvn_kl(*a, *b), mvn_reference(*a, *b), rel=1e-14)


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_mvn_kl_apart_against_50_digits(n, seed):
    rng = np.random.default_rng(seed)
    a = rng.normal(size=n), covariance(rng, n, 2)
    b = rng.normal(size=n), covariance(rng, n, 2)
    assert agrees(mvn_kl(*a, *b), mvn_reference(*a, *b), rel=1e-11)  # condition number up to 10^4
    assert mvn_kl(*a, *a) == 0


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_mvn_kl_adds_over_independent_axes_and_ignores_a_change_of_coordinates(n, seed):
    rng = np.random.default_rng(seed)
    mean1, mean2, sigma1, sigma2 = rng.normal(size=n), rng.normal(size=n), *rng.uniform(0.5, 2, (2, n))
    value = gaussian_kl(mean1, sigma1, mean2, sigma2).sum()
    assert mvn_kl(mean1, np.diag(sigma1**2), mean2, np.diag(sigma2**2)) == pytest.approx(value, rel=1e-13)
    a = rng.normal(size=(n, n)) + 3 * np.eye(n)
    cov1, cov2 = (a @ np.diag(s**2) @ a.T for s in (sigma1, sigma2))
    moved = mvn_kl(a @ mean1, (cov1 + cov1.T) / 2, a @ mean2, (cov2 + cov2.T) / 2)
    assert moved == pytest.approx(value, rel=1e-8)


def test_mvn_kl_by_monte_carlo():
    # Seed policy: one fixed seed, 200000 draws, 5 standard errors.
    rng = np.random.default_rng(20240229)
    mean1, cov1 = np.array([1.0, -0.5]), np.array([[1.0, 0.6], [0.6, 0.8]])
    mean2, cov2 = np.array([0.0, 0.5]), np.array([[2.0, -0.3], [-0.3, 1.0]])
    x = rng.multivariate_normal(mean1, cov1, 200_000)
    gap = stats.multivariate_normal(mean1, cov1).logpdf(x) - stats.multivariate_normal(mean2, cov2).logpdf(x)
    assert abs(gap.mean() - mvn_kl(mean1, cov1, mean2, cov2)) < 5 * gap.std() / math.sqrt(len(x))


def test_mvn_kl_batches():
    rng = np.random.default_rng(3)
    means, covs = rng.normal(size=(5, 1, 2)), np.stack([covariance(rng, 2, 1) for _ in range(4)])
    table = mvn_kl(means, covs, np.zeros(2), np.eye(2))
    assert table.shape == (5, 4)
    assert table[3, 2] == pytest.approx(mvn_kl(means[3, 0], covs[2], [0, 0], np.eye(2)), rel=1e-14)


# The VAE's divergence from the standard normal


@pytest.mark.parametrize(("mu", "variance", "printed"), [(0, 1, 0.0), (1, 1, 0.5), (0, 2, 0.1534), (2, 0.5, 2.0966)])
def test_vae_kl_published(mu, variance, printed):
    assert round(vae_kl(mu, math.log(variance)), 4) == printed


LOGVARS = st.one_of(st.floats(-30, 30), STEPS, st.floats(-1e300, 1e300), st.floats(0.15, 0.25))


@given(st.one_of(STEPS, MEANS), LOGVARS)
@example(0.0, 1e-8)
@example(0.0, -800.0)
@example(0.0, 800.0)
def test_vae_kl_against_50_digits(mu, logvar):
    if logvar > 1e4:
        assert vae_kl(mu, logvar) == math.inf
    else:
        assert agrees_or_overflows(vae_kl(mu, logvar), vae_reference(mu, logvar))


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_vae_kl_is_gaussian_kl_from_the_standard_normal_and_splits(mu, logvar):
    value = vae_kl(mu, logvar)
    assert value == pytest.approx(gaussian_kl(mu, math.exp(logvar / 2), 0, 1), rel=1e-12, abs=1e-15)
    assert value == pytest.approx(vae_kl(mu, 0) + vae_kl(0, logvar), rel=1e-14)
    assert value >= 0
    assert vae_kl(0, 0) == 0


@given(st.floats(-5, 5), st.one_of(st.floats(-5, 5), STEPS))
def test_vae_kl_grad_against_50_digit_differences(mu, logvar):
    grad = vae_kl_grad(mu, logvar)
    assert agrees(grad.mu, derivative(lambda m: (m**2 + mp.exp(mpf(logvar)) - 1 - logvar) / 2, mu), abs_=1e-38)
    assert agrees(grad.logvar, derivative(lambda v: (mp.exp(v) - 1 - v) / 2, logvar), abs_=1e-38)
    assert agrees(grad.sigma, 2 * mp.sinh(mpf(logvar) / 2))  # sigma - 1/sigma, sigma = exp(logvar/2)


def test_vae_kl_grad_vanishes_only_at_the_prior_and_keeps_shapes():
    grad = vae_kl_grad(np.zeros((3, 1)), np.zeros(4))
    for part in (grad.mu, grad.logvar, grad.sigma):
        assert part.shape == (3, 4)
        assert not part.any()


# Mutual information of a correlated pair


@given(st.one_of(st.floats(-1, 1), STEPS, st.floats(-16, -1).map(lambda e: 1 - 10.0**e)))
def test_gaussian_mi_against_50_digits(rho):
    if abs(rho) == 1:
        assert gaussian_mi(rho) == math.inf
    else:
        assert agrees(gaussian_mi(rho), -mp.log1p(-(mpf(rho) ** 2)) / 2)
        assert gaussian_mi(rho) == gaussian_mi(-rho)


@given(st.floats(-0.99, 0.99), st.floats(0.1, 10), st.floats(0.1, 10))
def test_gaussian_mi_is_the_divergence_from_independence_and_the_entropy_identity(rho, s1, s2):
    cov = np.array([[s1**2, rho * s1 * s2], [rho * s1 * s2, s2**2]])
    product = np.diag(np.diag(cov))
    assert gaussian_mi(rho) == pytest.approx(mvn_kl([0, 0], cov, [0, 0], product), rel=1e-9, abs=1e-15)
    identity = gaussian_entropy(s1) + gaussian_entropy(s2) - mvn_entropy(cov)
    assert gaussian_mi(rho) == pytest.approx(identity, abs=1e-12)
    assert gaussian_mi(0) == 0


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(-0.99, 0.99))
def test_gaussian_pmi_is_the_logarithm_of_the_ratio_of_densities(x, y, rho):
    both = stats.multivariate_normal([0, 0], [[1, rho], [rho, 1]]).logpdf([x, y])
    assert gaussian_pmi(x, y, rho) == pytest.approx(both - stats.norm.logpdf(x) - stats.norm.logpdf(y), abs=1e-9)
    assert gaussian_pmi(x, y, rho) == gaussian_pmi(y, x, rho) == gaussian_pmi(-x, -y, rho)


@pytest.mark.parametrize("rho", [0.0, 0.3, -0.9, 0.99])
def test_the_mean_of_gaussian_pmi_is_gaussian_mi(rho):
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    w = np.outer(weights, weights) / (2 * np.pi)
    x, noise = nodes[:, None], nodes[None, :]
    y = rho * x + np.sqrt(1 - rho**2) * noise
    assert (w * gaussian_pmi(x, y, rho)).sum() == pytest.approx(gaussian_mi(rho), rel=1e-9, abs=1e-13)


def test_gaussian_pmi_far_out():
    assert gaussian_pmi(1e200, 1e200, 0.0) == 0
    assert gaussian_pmi(1e200, 1e200, 0.5) == math.inf  # what they share is beyond float64, and so is its opposite
    assert gaussian_pmi(1e200, -1e200, 0.5) == -math.inf
    assert gaussian_pmi(0.0, 0.0, 0.6) == gaussian_mi(0.6)


@pytest.mark.parametrize("rho", [1.0, -1.0, 1.5, np.nan])
def test_gaussian_pmi_refuses(rho):
    with pytest.raises(ValueError, match="rho"):
        gaussian_pmi(0.0, 0.0, [0.5, rho])


# Refusals


@pytest.mark.parametrize("function", [gaussian_entropy, uniform_entropy, laplace_entropy])
@pytest.mark.parametrize("bad", [0, -1, np.nan, np.inf, [], "1", None, [1, 0], 1j])
def test_entropies_refuse(function, bad):
    with pytest.raises(ValueError, match=r"^(sigma|width|scale)"):
        function(bad)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 0, 0, 1), "sigma1"),
        ((0, 1, 0, -1), "sigma2"),
        ((np.nan, 1, 0, 1), "mu1"),
        ((0, 1, np.inf, 1), "mu2"),
        (([], 1, 0, 1), "mu1"),
        (([0, 1], [1, 1, 1], 0, 1), "shapes"),
        ((0, [1, 2, 0], 0, 1), r"sigma1\[2\]"),
    ],
)
def test_gaussian_kl_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        gaussian_kl(*arguments)


EYE = np.eye(2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0, 0], [[1, 2], [2, 1]], [0, 0], EYE), "cov1 is not positive definite"),
        (([0, 0], EYE, [0, 0], np.stack([EYE, -EYE])), r"cov2\[1, 0, 0\]"),
        (([0, 0], EYE, [0, 0], [[1, 0.5], [0.4, 1]]), r"cov2\[0, 1\]"),
        (([0, 0], np.ones((2, 3)), [0, 0], EYE), "cov1 has shape"),
        (([0, 0, 0], EYE, [0, 0], EYE), "dimensions differ"),
        ((0, EYE, [0, 0], EYE), "dimensions differ"),
        (([0, 0], EYE, [0, 0], np.eye(3)), "dimensions differ"),
        (([0, np.nan], EYE, [0, 0], EYE), r"mean1\[1\]"),
        ((np.zeros((3, 2)), np.stack([EYE, EYE]), [0, 0], EYE), "shapes"),
    ],
)
def test_mvn_kl_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        mvn_kl(*arguments)


@pytest.mark.parametrize("function", [vae_kl, vae_kl_grad])
@pytest.mark.parametrize(
    ("mu", "logvar", "message"),
    [(np.nan, 0, "mu"), (0, -np.inf, "logvar"), ([], 0, "mu"), ([1, 2], [1, 2, 3], "shapes"), ("a", 0, "mu")],
)
def test_vae_kl_refuses(function, mu, logvar, message):
    with pytest.raises(ValueError, match=message):
        function(mu, logvar)


@pytest.mark.parametrize("bad", [1.5, -1.0001, np.nan, [], "r", [0.1, 2.0]])
def test_gaussian_mi_refuses(bad):
    with pytest.raises(ValueError, match="rho"):
        gaussian_mi(bad)


@pytest.mark.parametrize("value", [gaussian_entropy(1), gaussian_kl(0, 1, 1, 1), vae_kl(0, 1), gaussian_mi(0.5)])
def test_a_single_value_is_a_python_float(value):
    assert type(value) is float


# Bounded distances


def hellinger_reference(mu1, sigma1, mu2, sigma2):
    mu1, sigma1, mu2, sigma2 = (mpf(float(v)) for v in (mu1, sigma1, mu2, sigma2))
    total = sigma1**2 + sigma2**2
    return mp.sqrt(1 - mp.sqrt(2 * sigma1 * sigma2 / total) * mp.exp(-((mu1 - mu2) ** 2) / (4 * total)))


@given(MEANS, SIGMAS, MEANS, SIGMAS)
def test_hellinger_against_50_digits_over_all_scales(mu1, sigma1, mu2, sigma2):
    with mp.workdps(700):  # widths may differ by a factor 1e600
        exact = hellinger_reference(mu1, sigma1, mu2, sigma2)
        assert agrees(gaussian_hellinger(mu1, sigma1, mu2, sigma2), exact, rel=1e-13, abs_=1e-150)  # H^2 is no smaller


@given(st.floats(-10, 10), st.floats(0.01, 100), STEPS, STEPS)
def test_hellinger_near_equality(mu, sigma, shift, stretch):
    other = mu + shift, sigma * (1 + stretch)
    value = gaussian_hellinger(mu, sigma, *other)
    exact = hellinger_reference(mu, sigma, *other)
    assert agrees(value, exact, rel=1e-12, abs_=1e-20)
    assert value == gaussian_hellinger(*other, mu, sigma)
    assert gaussian_hellinger(mu, sigma, mu, sigma) == 0


@given(MEANS, SIGMAS, MEANS)
def test_total_variation_against_50_digits(mu1, sigma, mu2):
    d = abs(mpf(mu1) - mpf(mu2)) / mpf(sigma)
    value = gaussian_total_variation(mu1, mu2, sigma)
    assert agrees(value, mp.erf(d / mp.sqrt(8)) if d < 1e3 else mpf(1), rel=1e-14)
    assert 0 <= value <= 1


@given(st.floats(-5, 5), st.floats(0.1, 5), st.floats(-5, 5))
@example(0.0, 1.0, 1e-290)
def test_the_inequalities_between_the_distances_of_gaussians(mu1, sigma, mu2):
    tv, h = gaussian_total_variation(mu1, mu2, sigma), gaussian_hellinger(mu1, sigma, mu2, sigma)
    js, kl = gaussian_js(mu1, sigma, mu2, sigma), gaussian_kl(mu1, sigma, mu2, sigma)
    slack = 1 + 1e-9
    assert h**2 <= tv * slack
    assert tv <= h * math.sqrt(2 - h**2) * slack + 1e-150
    assert tv <= math.sqrt(kl / 2) * slack + 1e-161  # where the divergence is less than the least float
    assert tv**2 / 2 <= js * slack + 1e-300
    assert js <= math.log(2) * tv * slack + 1e-300


@pytest.mark.parametrize("pair", [(0, 1, 2, 1), (0, 0.5, 0, 2), (-1, 0.3, 1.5, 2), (0, 1, 1e-3, 1)])
def test_jensen_shannon_of_gaussians_by_adaptive_quadrature(pair):
    p, q = stats.norm(*pair[:2]), stats.norm(*pair[2:])

    def part(a, b):
        half = math.log(2)
        f = lambda x: a.pdf(x) * (a.logpdf(x) - np.logaddexp(a.logpdf(x), b.logpdf(x)) + half)  # noqa: E731
        return integrate.quad(f, -30, 30, points=[pair[0], pair[2], 0.5], epsabs=1e-13, limit=400)[0]

    assert gaussian_js(*pair) == pytest.approx((part(p, q) + part(q, p)) / 2, abs=1e-11)
    assert gaussian_js(*pair) == pytest.approx(gaussian_js(*pair[2:], *pair[:2]), rel=1e-11)


def test_jensen_shannon_of_gaussians_at_its_ends():
    assert gaussian_js(1.0, 2.0, 1.0, 2.0) == 0
    assert gaussian_js(0.0, 1.0, 1e-8, 1.0) == pytest.approx(1e-16 / 8, rel=1e-9)  # a quarter of KL, near equality
    assert gaussian_js(0.0, 1.0, 1e6, 1.0) == pytest.approx(math.log(2), rel=1e-14)


@pytest.mark.parametrize("function", [gaussian_hellinger, gaussian_js])
def test_what_is_no_gaussian_is_refused(function):
    for bad in ((0, 0, 0, 1), (0, 1, 0, -1), (math.nan, 1, 0, 1), (0, 1, math.inf, 1)):
        with pytest.raises(ValueError, match=r"mu|sigma|means|sigmas"):
            function(*bad)


def test_total_variation_of_unequal_shapes_is_refused():
    with pytest.raises(ValueError, match="shapes"):
        gaussian_total_variation([0, 1], [0, 1, 2], 1)
    with pytest.raises(ValueError, match="sigma"):
        gaussian_total_variation(0, 1, 0)
