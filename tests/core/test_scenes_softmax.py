"""The records behind the Softmax temperature page: identities, limits, published values, independent references."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import stats as scipy_stats
from scipy.optimize import minimize_scalar

from core.datasets import GETTYSBURG, stretched_logits
from core.scenes import softmax as scenes
from core.simplex import from_plane
from tests import strategies as draw
from tests.core import reference

LOGITS = ["2", "1", "0.5", "0.1", "-0.5"]
Z = [float(z) for z in LOGITS]
TEMPERATURES = st.one_of(st.floats(0.05, 20), st.sampled_from([0.0, np.inf]))


# --- logits and probabilities


@pytest.mark.parametrize(
    ("temperature", "printed"),
    [
        ("0.5", [0.8236, 0.1115, 0.0410, 0.0184, 0.0055]),
        ("1", [0.5486, 0.2018, 0.1224, 0.0821, 0.0450]),
        ("2", [0.3634, 0.2204, 0.1716, 0.1405, 0.1041]),
        ("5", [0.2597, 0.2127, 0.1924, 0.1776, 0.1575]),
        ("10", [0.2288, 0.2070, 0.1969, 0.1892, 0.1782]),
    ],
)
def test_the_five_published_temperatures(temperature, printed):
    weights = [mp.exp(mpf(z) / mpf(temperature)) for z in LOGITS]
    exact = [w / mp.fsum(weights) for w in weights]
    assert [float(mp.nint(p * 10**4)) / 10**4 for p in exact] == printed
    scene = scenes.at_temperature(Z, float(temperature))
    assert scene.p == pytest.approx([float(p) for p in exact], rel=1e-14)
    entropy = -mp.fsum(p * mp.log(p) for p in exact)
    assert scene.entropy == pytest.approx(float(entropy), rel=1e-14)


@given(draw.logits(), TEMPERATURES)
def test_weights_over_their_sum_are_the_probabilities_and_terms_sum_to_the_entropy(z, temperature):
    scene = scenes.at_temperature(z, temperature)
    assert scene.weights / scene.total == pytest.approx(scene.p, rel=1e-14, abs=0)
    assert scene.weights.max() == 1
    assert scene.total == pytest.approx(scene.weights.sum(), rel=1e-15)
    assert scene.terms.sum() == pytest.approx(scene.entropy, rel=1e-9, abs=1e-12)
    assert np.all(np.isinf(scene.surprisal) <= (scene.p == 0))
    assert 1 <= scene.effective <= z.size * (1 + 1e-14)
    assert scene.entropy <= scene.maximum * (1 + 1e-14)


@given(draw.logits(largest=50.0), st.floats(0.05, 20), st.floats(-3, 3))
def test_adding_a_constant_changes_nothing_but_rounding(z, temperature, added):
    with_it, without = scenes.at_temperature(z, temperature, added), scenes.at_temperature(z, temperature)
    # Each sum is rounded to half a unit of its last place, which the temperature divides.
    rounding = 4 * np.spacing(np.abs(z).max() + 3) / temperature + 1e-15
    assert with_it.shift <= rounding
    assert with_it.p == pytest.approx(without.p, abs=rounding)
    assert without.shift == 0


def test_the_ends_of_the_scale_are_the_true_limits():
    cold, hot = scenes.at_temperature([2.0, 2.0, 0.0], 0.0), scenes.at_temperature([2.0, 2.0, 0.0], np.inf)
    assert cold.p.tolist() == [0.5, 0.5, 0]
    assert cold.effective == pytest.approx(2, rel=1e-15)
    assert cold.terms[2] == 0
    assert hot.p == pytest.approx([1 / 3] * 3, rel=1e-15)
    assert hot.entropy == pytest.approx(np.log(3), rel=1e-15)


@pytest.mark.parametrize("temperature", [-1.0, np.nan])
def test_at_temperature_refuses_what_is_no_temperature(temperature):
    with pytest.raises(ValueError, match="temperature"):
        scenes.at_temperature(Z, temperature)


# --- all temperatures


@given(draw.logits(largest=20.0), TEMPERATURES)
def test_the_curve_is_the_entropy_at_each_temperature_and_rises(z, temperature):
    scene = scenes.curve(z, temperature)
    for i in (0, 70, 200):
        exact = [p for p in reference.softmax(z, scene.temperatures[i]) if p > 0]
        assert scene.entropy[i] == pytest.approx(float(-mp.fsum(p * mp.log(p) for p in exact)), rel=1e-9, abs=1e-12)
    assert np.all(np.diff(scene.entropy) >= -1e-12)
    assert scene.cold == pytest.approx(np.log((z == z.max()).sum()), abs=1e-15)
    assert scene.hot == pytest.approx(np.log(z.size), rel=1e-15)
    assert scene.cold - 1e-12 <= scene.at <= scene.hot + 1e-12
    assert scene.temperatures[[0, -1]] == pytest.approx([scenes.COLDEST, scenes.HOTTEST])


# --- three outcomes


@given(draw.logits(min_size=3, largest=20.0), TEMPERATURES)
def test_the_path_shows_the_distribution_given_that_one_of_the_three_is_drawn(z, temperature):
    scene = scenes.path(z, temperature, columns=9)
    whole = scenes.at_temperature(z, temperature).p[:3]
    if whole.sum() > 1e-200:
        assert scene.surface.p == pytest.approx(whole / whole.sum(), rel=1e-9, abs=1e-12)
    assert from_plane(scene.surface.point) == pytest.approx(scene.surface.p, abs=1e-12)


def test_the_path_leads_from_the_corner_of_the_largest_to_the_middle():
    scene = scenes.path(Z, 1.0, columns=9)
    assert scene.way[0] == pytest.approx([0, 0], abs=0)
    assert scene.way[-1] == pytest.approx([0.5, np.sqrt(3) / 6], abs=1e-15)
    assert scene.temperatures[[0, -1]].tolist() == [0, np.inf]
    assert len(scene.way) == len(scene.temperatures)
    share = from_plane(scene.way)[:, 0]
    assert np.all(np.diff(share) <= 1e-12)  # the largest gives to the others all the way
    for t, point in zip(scene.marked, scene.marked_points, strict=True):
        assert from_plane(point) == pytest.approx([float(p) for p in reference.softmax(Z[:3], t)], abs=1e-12)


@pytest.mark.parametrize("temperature", [0.0, 0.5, 1.0, 3.16, np.inf])
def test_a_point_of_the_path_is_nearest_to_its_own_temperature(temperature):
    x, y = scenes.path(Z, temperature, columns=9).surface.point
    found = scenes.nearest_temperature(Z, x, y)
    assert found == temperature or found == pytest.approx(temperature, rel=0.02)


def test_the_path_needs_three_outcomes():
    for refused in (lambda: scenes.path([1.0, 0.0], 1.0), lambda: scenes.nearest_temperature([1.0, 0.0], 0, 0)):
        with pytest.raises(ValueError, match="at least 3"):
            refused()


# --- next words


def pairs(after):
    words = [w.strip(".,").lower() for w in GETTYSBURG.text.replace("--", " ").split()]
    return [b for a, b in pairwise(words) if after in (a, "any word")]


@pytest.mark.parametrize("after", scenes.CONTEXTS)
def test_at_temperature_one_the_shares_are_those_of_the_text(after):
    scene = scenes.next_word(after, 1.0, scenes.WORDS, 1.0, 10, seed=1)
    following = pairs(after)
    assert scene.counts.tolist() == [following.count(word) for word in scene.words]
    assert sorted(scene.counts, reverse=True) == scene.counts.tolist()
    assert scene.p == pytest.approx(scene.counts / scene.counts.sum(), rel=1e-14)
    if after != "any word":
        assert scene.counts.sum() == len(following)
    assert scene.q == pytest.approx(scene.p, rel=1e-14)
    assert scene.mass == pytest.approx(1, rel=1e-14)


def test_we_is_followed_by_can_three_times_in_ten():
    scene = scenes.next_word("we", 1.0, scenes.WORDS, 1.0, 10, seed=1)
    assert dict(zip(scene.words, scene.counts.tolist(), strict=True)) == {
        "can": 3, "are": 2, "have": 1, "should": 1, "say": 1, "take": 1, "here": 1,
    }  # fmt: skip


@given(
    st.sampled_from(scenes.CONTEXTS), TEMPERATURES, st.integers(1, 12), st.floats(0.05, 1), st.integers(0, 999)
)
def test_truncation_keeps_the_front_and_draws_only_from_it(after, temperature, k, mass, seed):
    scene = scenes.next_word(after, temperature, k, mass, 50, seed)
    kept = scene.q > 0
    assert kept[: scene.kept].all()
    assert not kept[scene.kept :].any()
    assert scene.kept <= k
    assert scene.mass == pytest.approx(scene.p[kept].sum())
    assert scene.q.sum() == pytest.approx(1)
    assert scene.share.sum() == pytest.approx(1)
    assert not scene.share[~kept].any()
    assert set(scene.first) <= set(np.array(scene.words)[kept])
    assert scene.effective_q <= scene.kept * (1 + 1e-12)
    assert scene.entropy_q <= np.log(scene.kept) + 1e-12


def test_the_draws_follow_the_truncated_distribution():
    statistic = [
        scipy_stats.chisquare(500 * s.share[:4], 500 * s.q[:4]).pvalue
        for s in (scenes.next_word("the", 1.3, 4, 1.0, 500, seed) for seed in range(200))
    ]
    # Of 200 fixed seeds the p-values are uniform: Kolmogorov-Smirnov at one in a thousand.
    assert scipy_stats.kstest(statistic, "uniform").pvalue > 1e-3
    one, same, other = (scenes.next_word("the", 1.3, 4, 1.0, 50, seed) for seed in (5, 5, 6))
    assert one.first == same.first
    assert one.first != other.first


def test_a_word_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=re.escape("after is 'entropy'")):
        scenes.next_word("entropy", 1.0, 3, 1.0, 10, seed=1)


# --- distillation


@given(draw.logits(2, 5, largest=8.0), st.data(), st.floats(0.5, 50))
def test_the_gradient_is_that_of_the_divergence(teacher, data, temperature):
    student = data.draw(draw.logits(len(teacher), len(teacher), largest=8.0))
    scene = scenes.distillation(teacher, student, temperature)
    p = reference.softmax(teacher, temperature)

    def kl(i, value):
        moved = [mpf(value) if j == i else mpf(float(s)) for j, s in enumerate(student)]
        weights = [mp.exp(s / mpf(temperature)) for s in moved]
        q = [w / mp.fsum(weights) for w in weights]
        return mp.fsum(a * mp.log(a / b) for a, b in zip(p, q, strict=True))

    for i, s in enumerate(student):
        slope = float(reference.derivative(lambda x, i=i: kl(i, x), s))
        assert scene.gradient[i] == pytest.approx(slope, rel=1e-6, abs=1e-14)
    assert scene.kl == pytest.approx(float(kl(0, student[0])), rel=1e-6, abs=1e-15)
    assert scene.scaled == pytest.approx(temperature**2 * scene.gradient)
    assert scene.scaled_kl == pytest.approx(temperature**2 * scene.kl)


@given(draw.logits(2, 6, largest=5.0), st.data())
def test_at_high_temperature_the_scaled_gradient_is_the_centered_difference_over_k(teacher, data):
    student = data.draw(draw.logits(len(teacher), len(teacher), largest=5.0))
    far, further = (scenes.distillation(teacher, student, t) for t in (1e3, 1e4))
    centered = [z - np.mean(z) for z in (student, teacher)]
    assert far.limit == pytest.approx((centered[0] - centered[1]) / len(teacher), abs=1e-12)
    size = max(np.ptp(teacher), np.ptp(student), 1.0) ** 2
    assert np.abs(far.scaled - far.limit).max() <= size / 1e3  # what is left falls as 1/T
    assert np.abs(further.scaled - further.limit).max() <= size / 1e4 + 1e-7
    gap = centered[0] - centered[1]
    assert far.scaled_kl == pytest.approx(gap @ gap / (2 * len(teacher)), abs=size**1.5 / 1e3)


def test_a_student_that_agrees_learns_nothing():
    scene = scenes.distillation(Z, np.array(Z) + 3.0, 4.0)
    assert scene.gradient == pytest.approx([0] * 5, abs=1e-16)
    assert scene.kl == pytest.approx(0, abs=1e-16)
    assert scene.limit_norm == pytest.approx(0, abs=1e-15)


def test_the_curve_of_gradients_passes_through_the_gradients():
    along = scenes.distillation(Z, [0.0, 1.0, 0.0, 0.0, 0.0], 4.0)
    for i in (0, 30, 60):
        here = scenes.distillation(Z, [0.0, 1.0, 0.0, 0.0, 0.0], along.temperatures[i])
        assert along.norms[i] == pytest.approx(np.abs(here.gradient).max(), rel=1e-12)


def test_a_student_is_made_to_fit_its_teacher():
    assert scenes.matched([1.0, 2.0], 4).tolist() == [1, 2, 0, 0]
    assert scenes.matched([1.0, 2.0, 3.0], 2).tolist() == [1, 2]


# --- calibration


def mean_loss(z, y, temperature):
    u = z / temperature
    u = u - u.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(u).sum(axis=1)) - u[np.arange(len(y)), y]))


@pytest.mark.parametrize("stretch", [0.25, 1.0, 2.0, 4.0])
def test_the_fitted_temperature_has_the_least_loss_on_its_rows(stretch):
    scene = scenes.calibration(stretch, 400, seed=3)
    cloud = stretched_logits(800, 3, stretch)
    (z, y), (fresh, truth) = (cloud.X[:400], cloud.y[:400]), (cloud.X[400:], cloud.y[400:])
    best = minimize_scalar(lambda t: mean_loss(z, y, t), bounds=(0.05, 20), method="bounded", options={"xatol": 1e-9})
    assert scene.fitted == pytest.approx(best.x, rel=1e-5)
    assert scene.fit_nll_after == pytest.approx(best.fun, rel=1e-12)
    assert scene.fit_nll_before == pytest.approx(mean_loss(z, y, 1.0), rel=1e-12)
    assert scene.fit_nll.min() >= best.fun
    for i in (0, 15, 32):
        assert scene.fit_nll[i] == pytest.approx(mean_loss(z, y, scene.temperatures[i]), rel=1e-12)
    judged = [mean_loss(fresh, truth, t) for t in (1.0, scene.fitted)]
    assert scene.nll == pytest.approx(judged, rel=1e-12)
    assert scene.accuracy == pytest.approx(np.mean(fresh.argmax(axis=1) == truth))


def test_stretching_the_logits_stretches_the_fitted_temperature_and_leaves_what_comes_after():
    one, three = scenes.calibration(1.0, 300, seed=2), scenes.calibration(3.0, 300, seed=2)
    assert three.fitted == pytest.approx(3 * one.fitted, rel=1e-9)
    assert three.nll[1] == pytest.approx(one.nll[1], rel=1e-9)
    assert three.ece[1] == pytest.approx(one.ece[1], abs=1e-9)


def test_on_average_the_fitted_temperature_is_the_stretch():
    found = [scenes.calibration(2.0, 500, seed).fitted for seed in range(30)]
    assert np.mean(found) == pytest.approx(2, abs=4 * np.std(found) / np.sqrt(30))
    assert np.std(found) < 0.2


def test_the_error_is_the_weighted_gap_of_the_bins():
    scene = scenes.calibration(2.0, 500, seed=1)
    for diagram, ece in zip((scene.before, scene.after), scene.ece, strict=True):
        assert diagram.count.sum() == 500
        gap = np.abs(diagram.accuracy - diagram.confidence)
        assert ece == pytest.approx((diagram.count * gap).sum() / 500, rel=1e-12)
        assert np.all(diagram.confidence > diagram.lower)
        assert np.all(diagram.confidence <= diagram.upper)
        assert (diagram.count @ diagram.accuracy) / 500 == pytest.approx(scene.accuracy, rel=1e-12)


# --- claims


def test_the_claims_are_settled_by_numbers_that_can_be_recomputed():
    checked = scenes.claims()
    assert checked.zero == 1 / 4
    assert checked.ratios == pytest.approx((np.e, np.sqrt(np.e)), rel=1e-14)
    exact = [float(reference.softmax(Z, t)[0]) for t in (0.5, 1.0, 10.0)]
    assert checked.top == pytest.approx(exact, rel=1e-14)
    drawn = stretched_logits(4000, 1, 2.0)
    shown, truth = drawn.X[2000:], drawn.y[2000:]
    p = np.exp(shown) / np.exp(shown).sum(axis=1, keepdims=True)
    assert checked.confidence == pytest.approx(p.max(axis=1).mean(), rel=1e-9)
    assert checked.accuracy == pytest.approx(np.mean(shown.argmax(axis=1) == truth))
    assert checked.confidence > checked.accuracy + checked.ece / 2
