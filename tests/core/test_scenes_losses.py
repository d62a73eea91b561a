"""The records behind the Losses page: published values, independent references, what must hold in every state."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats
from sklearn.metrics import log_loss

from core.datasets import overlapping_classes
from core.losses import cross_entropy_with_logits
from core.scenes import likelihood as likelihoods
from core.scenes import losses as scenes

probabilities = st.floats(0, 1)
inner = st.floats(0.001, 0.999)
labels = st.sampled_from([0, 1])


@st.composite
def counts(draw):
    n = draw(st.integers(1, 100))
    return draw(st.integers(0, n)), n


# --- one prediction


def test_the_published_slopes_and_losses():
    one = scenes.prediction(0.01, 1)
    assert (one.ce.by_p, one.se.by_p) == (-100.0, -1.98)
    assert one.ce.by_z == -0.99
    assert one.se.by_z == pytest.approx(-0.0196, abs=5e-5)
    assert one.cross_entropy == pytest.approx(4.605, abs=5e-4)
    assert scenes.prediction(0.4, 1).cross_entropy == pytest.approx(0.916, abs=5e-4)
    checked = scenes.claims()
    assert checked.ratio == pytest.approx(5.03, abs=5e-3)
    assert checked.brier_best == pytest.approx(0.7)
    assert checked.guarded == pytest.approx(23.03, abs=5e-3)
    assert checked.sure < 0


@given(inner, labels)
def test_slopes_are_those_of_the_losses_at_the_probability_and_at_its_logit(p, y):
    one, h = scenes.prediction(p, y), 1e-6 * min(p, 1 - p)
    beside = [scenes.prediction(p + d, y) for d in (-h, h)]
    z = [math.log(q.p / (1 - q.p)) for q in beside]
    for loss, slopes in (("cross_entropy", one.ce), ("squared_error", one.se)):
        rise = getattr(beside[1], loss) - getattr(beside[0], loss)
        assert slopes.by_p == pytest.approx(rise / (beside[1].p - beside[0].p), rel=1e-4, abs=1e-4)
        assert slopes.by_z == pytest.approx(rise / (z[1] - z[0]), rel=1e-4, abs=1e-4)


@given(inner, labels)
def test_turning_label_and_probability_round_turns_the_slopes(p, y):
    one, other = scenes.prediction(p, y), scenes.prediction(1 - p, 1 - y)
    assert other.cross_entropy == pytest.approx(one.cross_entropy, rel=1e-9)
    assert other.ce.by_p == pytest.approx(-one.ce.by_p, rel=1e-9)
    assert other.se.by_z == pytest.approx(-one.se.by_z, rel=1e-9)
    assert other.z == pytest.approx(-one.z, abs=1e-9)
    assert one.ce.by_z / one.se.by_z == pytest.approx(1 / (2 * p * (1 - p)), rel=1e-9)


@pytest.mark.parametrize("y", [0, 1])
def test_a_certain_error_is_infinite_and_keeps_its_pull_under_cross_entropy_alone(y):
    wrong = scenes.prediction(1.0 - y, y)
    assert wrong.cross_entropy == math.inf
    assert abs(wrong.ce.by_p) == math.inf
    assert (abs(wrong.ce.by_z), wrong.se.by_z, wrong.squared_error) == (1.0, 0.0, 1.0)
    assert abs(wrong.z) == math.inf


@given(st.floats(-7, 7))
def test_a_place_on_the_axis_of_logits_is_a_probability_of_three_digits(z):
    p = scenes.probability_at(z)
    assert math.log(p / (1 - p)) == pytest.approx(z, abs=0.006)


def test_beyond_the_axis_of_logits_lie_the_exact_ends():
    assert (scenes.probability_at(-7.2), scenes.probability_at(7.2)) == (0.0, 1.0)
    assert 0 < scenes.probability_at(-7.0) < 0.001


@given(st.lists(st.tuples(inner, labels), min_size=2, max_size=8).filter(lambda rows: len({y for _, y in rows}) == 2))
def test_the_mean_of_a_batch_against_scikit_learn(rows):
    p, y = zip(*rows, strict=True)
    scene = scenes.batch(p, y)
    assert scene.mean == pytest.approx(log_loss(y, p), rel=1e-9)
    assert scene.shares.sum() == pytest.approx(scene.mean, rel=1e-12)
    assert scene.squared == pytest.approx(np.mean((np.array(p) - y) ** 2), rel=1e-12)


def test_one_impossible_label_makes_the_mean_infinite():
    assert scenes.batch([0.0, 0.5], [1, 1]).mean == math.inf


# --- the race


def test_from_a_confidently_wrong_start_cross_entropy_arrives_and_squared_error_waits():
    scene = scenes.race(1, -6.0, 0.0, 1.0)
    assert scene.ce.descent.weights[0].tolist() == scene.se.descent.weights[0].tolist() == [-6.0, 0.0]
    assert scene.ce.right[20] > 50
    assert scene.se.right[20] < 10
    assert scene.ce.pull > 50 * scene.se.pull
    assert scene.ce.arrived < 30
    assert scene.se.arrived > 150


@given(st.integers(0, 999), st.floats(-9, 9), st.floats(-9, 9), st.floats(0.05, 20))
def test_a_race_records_what_each_runner_scores(seed, w, b, rate):
    scene, cloud = scenes.race(seed, w, b, rate), overlapping_classes(scenes.ROWS, seed)
    for runner, loss in ((scene.ce, "ce"), (scene.se, "se")):
        assert runner.descent.weights.shape == (scenes.STEPS + 1, 2)
        for step in (0, 7, scenes.STEPS):
            slope, bias = runner.descent.weights[step]
            z = slope * cloud.X[:, 0] + bias
            p = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
            assert runner.right[step] == ((z > 0) == cloud.y).sum()
            cost = np.logaddexp(0, np.where(cloud.y == 1, -z, z)).mean()
            assert runner.cross_entropy[step] == pytest.approx(cost, rel=1e-9)
            own = cost if loss == "ce" else np.mean((p - cloud.y) ** 2)
            assert runner.descent.loss[step] == pytest.approx(own, rel=1e-9)
    if scene.ce.arrived is not None:
        found = optimize.minimize(
            lambda v: np.logaddexp(0, np.where(cloud.y == 1, -1, 1) * (v[0] * cloud.X[:, 0] + v[1])).mean(), [1, 0]
        )
        assert scene.ce.cross_entropy[scene.ce.arrived] <= 1.1 * found.fun + 1e-6
        assert (scene.ce.cross_entropy[: scene.ce.arrived] > 1.1 * found.fun - 1e-6).all()


def test_no_seed_of_the_page_draws_classes_that_a_threshold_tells_apart():
    for seed in range(1000):
        cloud = overlapping_classes(scenes.ROWS, seed)
        assert cloud.X[cloud.y == 1].min() < cloud.X[cloud.y == 0].max()


@pytest.mark.parametrize("seed", [1, 7, 500])
def test_no_point_of_either_landscape_is_below_its_star(seed):
    land = scenes.landscape(seed)
    x, y = land.x, land.labels
    for surface, best, loss in (
        (land.ce, land.ce_best, lambda z: np.logaddexp(0, np.where(y == 1, -z, z)).mean()),
        (land.se, land.se_best, lambda z: np.mean((1 / (1 + np.exp(-z)) - y) ** 2)),
    ):
        assert surface.min() >= loss(best[0] * x + best[1]) - 1e-12
        # Rows are biases, columns weights.
        assert surface[3, 30] == pytest.approx(loss(land.axis[30] * x + land.axis[3]), rel=1e-9)


def test_the_fitted_curves_are_those_of_the_weights_after_the_step():
    scene = scenes.race(3, -4.0, 2.0, 2.0)
    shown = scenes.fitted(scene, 11)
    w, b = scene.se.descent.weights[11]
    assert shown.se == pytest.approx(1 / (1 + np.exp(-(w * shown.x + b))), rel=1e-9)
    w, b = scene.ce.descent.weights[11]
    assert shown.at[0] == pytest.approx(1 / (1 + math.exp(-(2 * w + b))), rel=1e-9)
    with pytest.raises(ValueError, match="step is 201"):
        scenes.fitted(scene, 201)


# --- smoothed labels


@given(st.integers(2, 100), st.floats(0, 1))
def test_the_loss_over_the_gap_is_that_of_all_logits(k, epsilon):
    scene = scenes.smoothing(k, epsilon)
    z = np.zeros((3, k))
    z[:, 0] = scene.gaps[[0, 150, 300]]
    assert scene.smoothed[[0, 150, 300]] == pytest.approx(cross_entropy_with_logits(z, [0] * 3, epsilon), rel=1e-9)
    assert scene.one_hot[[0, 150, 300]] == pytest.approx(cross_entropy_with_logits(z, [0] * 3), rel=1e-9, abs=1e-12)
    assert scene.smoothed.min() >= scene.floor - 1e-12
    share = scene.label[0]
    assert share + (k - 1) * scene.label[1] == pytest.approx(1)


@given(st.integers(2, 100), st.floats(0.002, 1))
def test_the_smoothing_is_read_back_from_its_best_gap(k, epsilon):
    scene = scenes.smoothing(k, epsilon)
    found = optimize.minimize_scalar(
        lambda g: cross_entropy_with_logits(np.r_[g, np.zeros(k - 1)], 0, epsilon), bounds=(-1, 16), method="bounded",
        options={"xatol": 1e-8},
    )  # fmt: skip
    assert scene.best == pytest.approx(found.x, abs=1e-3)
    assert scene.floor == pytest.approx(found.fun, abs=1e-9)
    assert scenes.epsilon_at(scene.best, k) == pytest.approx(epsilon, rel=6e-3)


def test_a_one_hot_label_has_no_floor_and_no_best_gap():
    scene = scenes.smoothing(5, 0.0)
    assert (scene.floor, scene.best, scene.one_hot_at_best) == (0.0, math.inf, 0.0)
    assert (np.diff(scene.smoothed) < 0).all()


# --- likelihood


@given(counts(), probabilities)
def test_three_curves_differ_by_constants_and_are_least_at_the_same_place(pair, theta):
    s, n = pair
    scene = likelihoods.likelihood(s, n, theta)
    ce, nll, kl = scene.at
    assert scene.best == s / n
    if math.isfinite(ce):
        assert ce - nll == pytest.approx(math.log(math.comb(n, s)) / n, abs=1e-9)
        assert ce - kl == pytest.approx(stats.entropy([s / n, 1 - s / n]), abs=1e-9)
        assert nll == pytest.approx(-stats.binom.logpmf(s, n, theta) / n, rel=1e-7, abs=1e-9)
    for now, least in zip(scene.at, scene.least, strict=True):
        assert now >= least - 1e-12
    for curve, least in zip((scene.cross_entropy, scene.nll, scene.kl), scene.least, strict=True):
        assert curve.min() >= least - 1e-12
        assert scene.grid[curve.argmin()] == pytest.approx(scene.best, abs=0.5 / 300 + 1e-9)


@pytest.mark.parametrize("theta", [0.0, 1.0])
def test_what_the_model_rules_out_is_infinite_in_all_three(theta):
    assert likelihoods.likelihood(7, 10, theta).at == (math.inf,) * 3
    sure = likelihoods.likelihood(10, 10, 1.0)
    assert sure.at == (0.0, 0.0, 0.0)


@given(counts(), st.floats(1, 100), st.floats(1, 100))
def test_the_posterior_is_beta_and_its_mode_a_mean_of_two(pair, a, b):
    s, n = pair
    scene = likelihoods.posterior(s, n, a, b)
    inside = scene.grid[1:-1]
    assert scene.prior[1:-1] == pytest.approx(stats.beta.pdf(inside, a, b), rel=1e-8, abs=1e-12)
    assert scene.posterior[1:-1] == pytest.approx(stats.beta.pdf(inside, s + a, n - s + b), rel=1e-8, abs=1e-12)
    assert scene.data[1:-1] == pytest.approx(stats.beta.pdf(inside, s + 1, n - s + 1), rel=1e-8, abs=1e-12)
    if scene.prior_mode is not None:
        assert scene.map == pytest.approx((1 - scene.weight) * scene.mle + scene.weight * scene.prior_mode, abs=1e-9)
        assert scene.weight == pytest.approx((a + b - 2) / (n + a + b - 2))
    assert scene.posterior.max() <= scene.height * (1 + 1e-9)


def test_a_flat_prior_leaves_maximum_likelihood():
    scene = likelihoods.posterior(7, 10, 1, 1)
    assert (scene.map, scene.prior_mode, scene.weight) == (0.7, None, 0.0)
    with pytest.raises(ValueError, match=r"a is 0\.5"):
        likelihoods.posterior(7, 10, 0.5, 1)


# --- noise


@given(st.integers(0, 9), st.floats(0, 9))
def test_each_noise_is_its_loss_and_a_constant(y, f):
    scene = likelihoods.noises(y, f)
    for kind, peer in zip(
        scene.kinds,
        (-stats.norm.logpdf(y, f), -stats.laplace.logpdf(y, f), -stats.poisson.logpmf(y, f)),
        strict=True,
    ):
        assert kind.nll == pytest.approx(peer, rel=1e-9, abs=1e-12)
        assert kind.nll == pytest.approx(kind.loss + kind.constant, rel=1e-9, abs=1e-9)
        assert kind.loss >= 0
        assert kind.curve.min() >= kind.constant - 1e-12


def test_two_off_by_hand():
    gaussian, laplace, poisson = likelihoods.noises(3, 5.0).kinds
    assert (gaussian.loss, laplace.loss) == (2.0, 2.0)
    assert poisson.loss == pytest.approx(5 - 3 - 3 * math.log(5 / 3))
    assert likelihoods.noises(1, 0.0).kinds[2].loss == math.inf
