"""The records behind the KL page: theorems, published values, and references that share no code with them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from core.scenes import kl_gaussians as scenes
from core.scenes.kl_gaussians import Normal
from tests import strategies

means, sigmas = st.floats(-4, 4), st.floats(0.4, 3)
normals = st.builds(Normal, means, sigmas)
mixtures = st.tuples(
    st.builds(Normal, means, st.floats(0.4, 2)), st.builds(Normal, means, st.floats(0.4, 2)), st.floats(0.02, 0.98)
)
SEPARATE = (Normal(-3.0, 0.7), Normal(3.0, 0.7), 0.5)


def reference(a: Normal, b: Normal) -> float:
    """KL(a || b) by scipy's adaptive quadrature of its densities."""
    one, two = stats.norm(*a), stats.norm(*b)
    ends = a.mu - 12 * a.sigma, a.mu + 12 * a.sigma
    return integrate.quad(lambda x: one.pdf(x) * (one.logpdf(x) - two.logpdf(x)), *ends, epsabs=1e-11, limit=200)[0]


def log_p(x, first: Normal, second: Normal, weight: float):
    """log of the density of a mixture of two."""
    parts = [np.log(w / n.sigma) - ((x - n.mu) / n.sigma) ** 2 / 2 for w, n in ((weight, first), (1 - weight, second))]
    return np.logaddexp(*parts) - 0.5 * math.log(2 * math.pi)


NODES = np.linspace(-9, 9, 3001)
NODE_WEIGHTS = stats.norm.pdf(NODES) * (NODES[1] - NODES[0])


def reverse_by_nodes(mu: float, tau: float, mixture) -> float:
    """KL(q || p) by the trapezoidal rule in the units of q, another rule than the one under test."""
    return -0.5 * math.log(2 * math.pi * math.e) - tau - NODE_WEIGHTS @ log_p(mu + math.exp(tau) * NODES, *mixture)


# --- two Gaussians


@pytest.mark.parametrize(
    ("name", "forward", "reverse"),
    [("Narrow and wide", 0.9175, 6.1137), ("Shifted", 2, 2), ("Equal", 0, 0), ("Almost disjoint", 50, 50)],
)
def test_the_named_pairs_cost_what_has_been_published(name, forward, reverse):
    scene = scenes.pair(*scenes.PAIRS[name])
    assert (scene.forward.kl, scene.reverse.kl) == pytest.approx((forward, reverse), abs=5e-5)


@settings(max_examples=30)
@given(p=normals, q=normals)
def test_both_directions_are_what_quadrature_by_another_hand_finds(p, q):
    scene = scenes.pair(p, q)
    assert scene.forward.kl == pytest.approx(reference(p, q), rel=1e-8, abs=1e-9)
    assert scene.reverse.kl == pytest.approx(reference(q, p), rel=1e-8, abs=1e-9)


@given(p=normals, q=normals)
def test_closed_form_and_quadrature_agree_and_shift_and_width_add_up(p, q):
    scene = scenes.pair(p, q)
    for cost in (scene.forward, scene.reverse):
        assert cost.quadrature == pytest.approx(cost.kl, rel=1e-11, abs=1e-15)
        assert cost.shift + cost.width == pytest.approx(cost.kl, rel=1e-14)
        assert min(cost.kl, cost.shift, cost.width) >= 0


@given(p=normals, q=normals)
def test_exchanging_the_two_exchanges_the_directions(p, q):
    one, other = scenes.pair(p, q), scenes.pair(q, p)
    assert one.forward.kl == other.reverse.kl
    assert np.array_equal(one.reverse.integrand, other.forward.integrand)


@given(p=normals, mu=means)
def test_equal_widths_cost_the_same_both_ways_and_only_the_shift(p, mu):
    scene = scenes.pair(p, Normal(mu, p.sigma))
    assert scene.forward.kl == pytest.approx(scene.reverse.kl, rel=1e-13)
    assert scene.forward.kl == pytest.approx(((p.mu - mu) / p.sigma) ** 2 / 2, rel=1e-12, abs=1e-300)
    assert scene.forward.width == 0


@given(p=normals, q=normals)
def test_the_integrand_pays_where_the_other_density_is_smaller(p, q):
    scene = scenes.pair(p, q)
    log_ratio = stats.norm.logpdf(scene.x, *p) - stats.norm.logpdf(scene.x, *q)
    assert scene.forward.integrand == pytest.approx(stats.norm.pdf(scene.x, *p) * log_ratio, rel=1e-9, abs=1e-12)
    assert scene.p_density == pytest.approx(stats.norm.pdf(scene.x, *p), rel=1e-11)
    clear = np.abs(log_ratio) > 1e-9
    assert np.all(np.sign(log_ratio)[clear] == np.sign(scene.p_density - scene.q_density)[clear])


@settings(max_examples=50)
@given(p=normals, q=normals)
def test_nowhere_is_more_paid_than_at_the_dearest_places(p, q):
    scene = scenes.pair(p, q)
    for a, b, cost in ((p, q, scene.forward), (q, p, scene.reverse)):
        x = np.linspace(-40, 40, 20001)
        found = (stats.norm.pdf(x, *a) * (stats.norm.logpdf(x, *a) - stats.norm.logpdf(x, *b))).max()
        assert cost.most == pytest.approx(max(found, 0), rel=2e-2, abs=1e-4)
        for place in cost.dearest:
            there = stats.norm.logpdf(place, *a) - stats.norm.logpdf(place, *b)
            assert stats.norm.pdf(place, *a) * there == pytest.approx(cost.most, rel=1e-6, abs=1e-9)
        assert (cost.paying, cost.asked) == pytest.approx(
            (stats.norm.pdf(cost.dearest[0], *a), stats.norm.pdf(cost.dearest[0], *b)), rel=1e-6, abs=1e-300
        )


def test_peak_and_shoulder_are_the_density_there():
    n = Normal(1.5, 0.8)
    assert (n.peak, n.shoulder) == pytest.approx(tuple(stats.norm.pdf([1.5, 2.3], 1.5, 0.8)), rel=1e-14)


# --- one Gaussian for two modes


@settings(max_examples=25, deadline=None)
@given(mixture=mixtures)
def test_the_forward_fit_has_the_moments(mixture):
    (a, b, w), found = mixture, scenes.fit(*mixture).forward
    mean = w * a.mu + (1 - w) * b.mu
    second = w * (a.mu**2 + a.sigma**2) + (1 - w) * (b.mu**2 + b.sigma**2)
    assert found.q.mu == pytest.approx(mean, rel=1e-12, abs=1e-12)
    assert found.q.sigma == pytest.approx(math.sqrt(second - mean**2), rel=1e-9)


@settings(max_examples=15, deadline=None)
@given(mixture=mixtures)
def test_every_reverse_optimum_is_a_minimum_with_its_divergence(mixture):
    scene = scenes.fit(*mixture)
    assert [f.kl for f in scene.reverse] == sorted(f.kl for f in scene.reverse)
    for found in scene.reverse:
        mu, tau = found.q.mu, math.log(found.q.sigma)
        here = reverse_by_nodes(mu, tau, mixture)
        assert found.kl == pytest.approx(here, rel=1e-6, abs=1e-8)
        step = 0.02
        around = [(mu + step * math.cos(t), tau + step * math.sin(t)) for t in np.linspace(0, 2 * math.pi, 8)]
        # A minimum about to vanish is flat: what lies around may be lower by rounding only.
        assert min(reverse_by_nodes(m, t, mixture) for m, t in around) > here - 1e-7


@settings(max_examples=15, deadline=None)
@given(mixture=mixtures, mu=means, tau=st.floats(-0.9, 1.2))
def test_a_general_minimizer_finds_no_optimum_that_is_not_listed(mixture, mu, tau):
    simplex = [(mu, tau), (mu + 0.1, tau), (mu, tau + 0.1)]
    found = optimize.minimize(
        lambda v: reverse_by_nodes(*v, mixture),
        (mu, tau),
        method="Nelder-Mead",
        options=dict(initial_simplex=simplex, xatol=1e-6, fatol=1e-11, maxiter=1000),
    )
    scene = scenes.fit(*mixture)
    listed = [(f.q.mu, math.log(f.q.sigma)) for f in scene.reverse]
    apart = min(math.hypot(found.x[0] - m, found.x[1] - t) for m, t in listed)
    flat = abs(found.fun - min(f.kl for f in scene.reverse)) < 1e-4  # two that are about to become one
    assert apart < 2e-2 or flat


def test_far_modes_have_an_optimum_each_that_is_one_of_the_modes():
    scene = scenes.fit(*SEPARATE)
    first, second = sorted(scene.reverse, key=lambda f: f.kl)[:2]
    assert sorted((first.q.mu, second.q.mu)) == pytest.approx([-3, 3], abs=1e-2)
    assert (first.q.sigma, second.q.sigma) == pytest.approx((0.7, 0.7), abs=1e-2)
    # Half of the mass is called impossible: log 2, but for what little of the other mode is seen.
    assert first.kl == pytest.approx(math.log(2), abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(mixture=mixtures)
def test_no_fit_is_better_in_a_direction_than_the_one_made_for_it(mixture):
    scene = scenes.fit(*mixture)
    assert scene.reverse[0].kl <= scene.forward.other * (1 + 1e-9) + 1e-14
    assert all(scene.forward.kl <= f.other * (1 + 1e-9) + 1e-14 for f in scene.reverse)


@settings(max_examples=25, deadline=None)
@given(mixture=mixtures)
def test_what_is_drawn_of_a_fit_are_densities(mixture):
    scene = scenes.fit(*mixture)
    assert scene.p == pytest.approx(np.exp(log_p(scene.x, *mixture)), rel=1e-10)
    assert scene.valley == pytest.approx(float(np.exp(log_p(scene.forward.q.mu, *mixture))), rel=1e-10)
    for found in (scene.forward, *scene.reverse):
        assert found.density == pytest.approx(stats.norm.pdf(scene.x, *found.q), rel=1e-9, abs=1e-300)


# --- landscapes and descents


def test_the_landscapes_are_both_divergences_at_their_places():
    found = scenes.landscapes(*SEPARATE, columns=9, rows=7)
    assert found.forward.shape == found.reverse.shape == (7, 9)
    assert (found.sigma[0], found.sigma[-1]) == pytest.approx((scenes.NARROWEST, scenes.WIDEST))
    for i in (1, 4, 5):
        for j in (0, 3, 4, 8):
            mu, sigma = found.mu[j], found.sigma[i]
            assert found.reverse[i, j] == pytest.approx(reverse_by_nodes(mu, math.log(sigma), SEPARATE), rel=1e-6)
            x = np.linspace(-30, 30, 200001)
            p, logs = np.exp(log_p(x, *SEPARATE)), log_p(x, *SEPARATE) - stats.norm.logpdf(x, mu, sigma)
            assert found.forward[i, j] == pytest.approx(integrate.simpson(p * logs, x=x), rel=1e-7)


@settings(max_examples=25, deadline=None)
@given(mixture=mixtures, mu=st.floats(-6, 6), sigma=st.floats(0.2, 6))
def test_a_descent_begins_at_the_start_never_rises_and_ends_in_the_optimum_it_names(mixture, mu, sigma):
    found = scenes.fit(*mixture)
    for way, optima in zip(scenes.descents(found, Normal(mu, sigma)), ((found.forward,), found.reverse), strict=True):
        assert (way.mu[0], way.sigma[0]) == pytest.approx((mu, sigma), rel=1e-9, abs=1e-9)
        assert np.all(np.diff(way.kl) <= 1e-9 * (1 + way.kl[:-1]))
        end = optima[way.end]
        assert way.kl[-1] == pytest.approx(end.kl, rel=1e-6, abs=1e-6)


def test_starts_on_either_side_fall_into_different_modes():
    found = scenes.fit(*SEPARATE)
    ends = [found.reverse[scenes.descents(found, Normal(mu, 0.5))[1].end].q.mu for mu in (-2.5, 2.5)]
    assert ends == pytest.approx([-3, 3], abs=1e-2)


# --- two dimensions


@given(rho=st.floats(-0.98, 0.98))
def test_both_factorized_optima_cost_the_mutual_information(rho):
    scene = scenes.plane(rho)
    information = -0.5 * math.log1p(-rho * rho)
    assert scene.information == pytest.approx(information, rel=1e-12, abs=1e-300)
    assert scene.marginals.forward == pytest.approx(information, rel=1e-9, abs=1e-15)
    assert scene.precisions.reverse == pytest.approx(information, rel=1e-9, abs=1e-15)
    assert scene.marginals.sigma == 1
    assert scene.precisions.sigma == pytest.approx(math.sqrt(1 - rho * rho), rel=1e-9)


@pytest.mark.parametrize("rho", [-0.9, -0.3, 0.0, 0.6, 0.95])
def test_no_independent_pair_is_better(rho):
    cov = np.array([[1, rho], [rho, 1]])

    def kl(a, b):  # the textbook form
        return 0.5 * (np.trace(np.linalg.solve(b, a)) - 2 + math.log(np.linalg.det(b) / np.linalg.det(a)))

    scene, start = scenes.plane(rho), (0.3, -0.4)
    forward = optimize.minimize(lambda v: kl(cov, np.diag(np.exp(v))), start, tol=1e-12)
    reverse = optimize.minimize(lambda v: kl(np.diag(np.exp(v)), cov), start, tol=1e-12)
    assert np.exp(forward.x / 2) == pytest.approx([scene.marginals.sigma] * 2, abs=1e-4)
    assert np.exp(reverse.x / 2) == pytest.approx([scene.precisions.sigma] * 2, abs=1e-4)
    assert scene.marginals.reverse == pytest.approx(kl(np.eye(2), cov), rel=1e-9, abs=1e-12)
    assert scene.precisions.forward == pytest.approx(kl(cov, np.eye(2) * (1 - rho * rho)), rel=1e-9, abs=1e-12)


@given(rho=st.floats(-0.98, 0.98))
def test_the_ellipses_are_one_deviation_out(rho):
    scene = scenes.plane(rho)
    x, y = scene.ellipse
    assert (x * x - 2 * rho * x * y + y * y) / (1 - rho * rho) == pytest.approx(np.ones(x.size), rel=1e-9)
    assert np.hypot(*scene.precisions.ellipse) == pytest.approx(np.full(x.size, scene.precisions.sigma))


# --- outcomes


@pytest.mark.parametrize(
    ("p", "q", "forward", "reverse"),
    [
        # 0.5 log(5/4) + 0.3 log(3/4) = 0.111572 - 0.086305; 0.4 log(4/5) + 0.4 log(4/3) = -0.089257 + 0.115073
        ([0.5, 0.3, 0.2], [0.4, 0.4, 0.2], 0.025267, 0.025815),
        # 0.7 log(7/3) + 0.2 log(1/2) + 0.1 log(1/3) = 0.593109 - 0.138629 - 0.109861
        ([0.7, 0.2, 0.1], [0.3, 0.4, 0.3], 0.344619, None),
        ([0.25] * 4, [0.9, 0.03, 0.04, 0.03], None, None),
        ([0.4, 0.3, 0.2, 0.1], [0.25] * 4, None, None),
    ],
)
def test_published_pairs(p, q, forward, reverse):
    scene = scenes.discrete(p, q)
    for found, by_hand, (a, b) in ((scene.forward, forward, (p, q)), (scene.reverse, reverse, (q, p))):
        assert found == pytest.approx(stats.entropy(a, b), rel=1e-12)
        assert by_hand is None or found == pytest.approx(by_hand, abs=2e-6)


def test_the_second_published_divergence_rounds_down():
    assert f"{scenes.claims().printed:.4f}" == "0.0258"
    assert f"{scenes.discrete([0.5, 0.3, 0.2], [0.4, 0.4, 0.2]).forward:.4f}" == "0.0253"


@given(pair=st.integers(2, 8).flatmap(lambda k: st.tuples(strategies.pmfs(k, k), strategies.pmfs(k, k))))
def test_the_terms_of_outcomes_sum_to_the_divergence(pair):
    scene = scenes.discrete(*pair)
    for terms, kl, (a, b) in (
        (scene.forward_terms, scene.forward, pair),
        (scene.reverse_terms, scene.reverse, pair[::-1]),
    ):
        assert terms.sum() == pytest.approx(kl, rel=1e-9, abs=1e-14)
        assert np.isinf(kl) == bool(((a > 0) & (b == 0)).any())
        assert np.all(terms[a == 0] == 0)


def test_what_only_one_lists_is_impossible_for_the_other():
    scene = scenes.discrete([0.5, 0.25, 0.25], [0.5, 0.5])
    assert scene.q.tolist() == [0.5, 0.5, 0]
    assert scene.forward == np.inf
    assert scene.forward_terms[2] == np.inf
    assert scene.reverse == pytest.approx(0.5 * math.log(2))


def test_outcomes_that_are_no_distribution_are_refused():
    with pytest.raises(ValueError, match="q"):
        scenes.discrete([0.5, 0.5], [0.5, 0.4])


# --- claims


def test_the_triple_breaks_the_triangle_inequality_and_the_pair_symmetry():
    checked = scenes.claims()
    assert checked.direct == 2
    assert checked.direct > sum(checked.legs) == 1
    assert (checked.forward, checked.reverse) == pytest.approx((0.9175, 6.1137), abs=5e-5)


def test_the_variational_fit_has_less_reverse_divergence_than_the_moments():
    checked, mixture = scenes.claims(), (Normal(-2, 0.7), Normal(2, 0.7), 0.5)
    assert checked.variational < checked.moments
    assert checked.moments == pytest.approx(reverse_by_nodes(0, math.log(math.sqrt(4.49)), mixture), rel=1e-7)
