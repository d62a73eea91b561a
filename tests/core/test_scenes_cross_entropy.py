"""The records behind the Cross-entropy page: identities, published values, independent references."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import special

from core.scenes import cross_entropy as scenes
from core.units import BITS
from tests import strategies
from tests.core import reference

PUBLISHED = {0.9: 0.1520, 0.1: 3.3219, 0.01: 6.6439}  # bits, for the label (1, 0, 0)
FIVE = {1.0: 0.0, 0.8: 0.2231, 0.4: 0.9163, 0.1: 2.3026, 0.01: 4.6052}  # nats, for class 0 of 4
probabilities = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.01, 0.5, 1.0]))


# --- the code for q on outcomes from p


@pytest.mark.parametrize(("given_to_label", "bits"), PUBLISHED.items())
def test_a_label_costs_the_published_number(given_to_label, bits):
    rest = (1 - given_to_label) / 2
    scene = scenes.code([1, 0, 0], [given_to_label, rest, rest])
    assert BITS.from_nats(scene.cross_entropy) == pytest.approx(bits, abs=5e-5)
    assert scene.entropy == 0
    assert scene.perplexity == pytest.approx(1 / given_to_label, rel=1e-14)


@pytest.mark.parametrize(("given_to_label", "nats"), FIVE.items())
def test_five_predictions_for_one_of_four_cost_the_published_numbers(given_to_label, nats):
    rest = (1 - given_to_label) / 3
    assert scenes.code([1, 0, 0, 0], [given_to_label, rest, rest, rest]).cross_entropy == pytest.approx(nats, abs=5e-5)
    assert scenes.right_answer(given_to_label).loss == pytest.approx(nats, abs=5e-5)


@given(pair=strategies.pmf_pairs())
def test_entropy_and_divergence_add_up_to_the_cross_entropy(pair):
    scene = scenes.code(*pair)
    assert scene.entropy + scene.kl == pytest.approx(scene.cross_entropy, rel=1e-12, abs=1e-13)
    assert scene.terms.sum() == pytest.approx(scene.cross_entropy, rel=1e-12, abs=1e-300)
    assert np.isinf(scene.cross_entropy) == (scene.impossible.size > 0)
    assert scene.cross_entropy >= scene.entropy - 1e-14


@given(pair=strategies.positive_pairs())
def test_against_the_textbook_in_high_precision(pair):
    scene = scenes.code(*pair)
    assert reference.agrees(scene.cross_entropy, reference.cross_entropy(*pair), rel=1e-13)
    exact = [float(x * mp.log(x / y)) for x, y in zip(*map(reference.exact, pair), strict=True)]
    assert scene.extra == pytest.approx(exact, rel=1e-12, abs=1e-300)
    assert scene.perplexity == pytest.approx(float(min(mp.exp(mpf(scene.cross_entropy)), mpf("1e400"))), rel=1e-13)


@given(p=strategies.pmfs(), q=strategies.pmfs())
def test_what_only_one_of_them_lists_has_probability_zero_in_the_other(p, q):
    scene = scenes.code(p, q)
    assert scene.p.size == scene.q.size == max(p.size, q.size)
    assert not scene.p[p.size :].any()
    assert not scene.q[q.size :].any()
    assert set(scene.impossible) == {i for i in range(p.size) if p[i] > 0 and (i >= q.size or q[i] == 0)}


@given(p=strategies.pmfs())
def test_its_own_code_costs_nothing_extra(p):
    scene = scenes.code(p, p)
    assert scene.kl == 0
    assert scene.extra == pytest.approx(np.zeros_like(p), abs=0)
    assert scene.lengths.tolist() == scene.best.tolist()


# --- a code word made longer or shorter by hand


@given(q=strategies.pmfs(zeros=False), data=st.data(), length=st.floats(0.01, 12))
def test_a_longer_word_gives_room_to_the_others_in_proportion(q, data, length):
    assume(q.min() > 1e-6)
    i = data.draw(st.integers(0, q.size - 1))
    moved = scenes.with_length(q, i, length)
    assert moved.sum() == pytest.approx(1, abs=1e-11)
    assert moved[i] == pytest.approx(np.exp(-length), rel=6e-3)
    others = np.arange(q.size) != i
    if moved[others].min() > 1e-3:
        assert moved[others] / moved[others].sum() == pytest.approx(q[others] / q[others].sum(), rel=6e-3)
    assert np.sum(np.exp(-scenes.code(moved, moved).best)) == pytest.approx(1, abs=1e-11)  # Kraft, without slack


def test_locked_words_stay_and_the_others_make_do():
    moved = scenes.with_length([0.5, 0.25, 0.25], 1, 0.0, locked=[True, False, False])
    assert moved.tolist() == [0.5, 0.5, 0.0]
    assert scenes.with_length([0.5, 0.5], 1, 2.0, locked=[True, False]).tolist() == [0.5, 0.5]
    assert scenes.with_length([0.5, 0.5, 0.0], 0, np.inf).tolist() == [0.0, 1.0, 0.0]


def test_a_word_that_took_everything_gives_back_equal_shares():
    assert scenes.with_length([1.0, 0.0, 0.0], 0, np.log(2)).tolist() == [0.5, 0.25, 0.25]


def test_a_length_below_nothing_is_refused():
    with pytest.raises(ValueError, match="length is -1"):
        scenes.with_length([0.5, 0.5], 0, -1.0)


# --- one right answer


@given(q=probabilities)
def test_the_loss_lies_on_the_curve(q):
    scene = scenes.right_answer(q)
    assert scene.loss == (np.inf if q == 0 else pytest.approx(-np.log(q), rel=1e-14, abs=0))
    assert scene.perplexity == (np.inf if q <= 2.0**-1024 else pytest.approx(float(mp.exp(-mp.log(q))), rel=1e-14))
    assert scene.curve == pytest.approx(-np.log(scene.grid), rel=1e-14, abs=1e-300)
    assert np.all(np.diff(scene.curve) <= 0)
    assert scene.curve[-1] == 0


# --- two outcomes: the tangent


@given(p=probabilities, q=st.floats(1e-6, 1 - 1e-6))
def test_the_cross_entropy_lies_on_the_tangent_of_the_entropy(p, q):
    scene = scenes.tangent(p, q)
    slope = float(mp.diff(lambda x: -x * mp.log(x) - (1 - x) * mp.log(1 - x), mpf(q)))
    assert scene.slope == pytest.approx(slope, rel=1e-9, abs=1e-9)
    assert scene.cross_entropy == pytest.approx(scene.entropy_q + slope * (p - q), rel=1e-9, abs=1e-9)
    assert scene.ends[0] + (scene.ends[1] - scene.ends[0]) * p == pytest.approx(scene.cross_entropy, rel=1e-9)
    assert scene.kl == pytest.approx(scene.cross_entropy - scene.entropy_p, abs=1e-9)
    assert scene.arch == pytest.approx(special.entr(scene.grid) + special.entr(1 - scene.grid), abs=1e-14)


def test_at_both_ends_the_tangent_stands_upright():
    assert scenes.tangent(0.5, 0.0).cross_entropy == np.inf
    assert scenes.tangent(0.5, 1.0).ends == (np.inf, 0.0)
    assert scenes.tangent(0.0, 0.0).cross_entropy == 0


# --- claims


def test_the_claims_are_settled_by_numbers_that_can_be_recomputed():
    checked = scenes.claims()
    assert (checked.sure_and_wrong, checked.doubtful) == pytest.approx((4.605, 0.916), abs=5e-4)
    assert checked.sure_and_wrong / checked.doubtful == pytest.approx(5.03, abs=5e-3)
    assert checked.hidden_infinity == pytest.approx(float(10 * mp.log(10)), rel=1e-14)
    assert checked.negative == pytest.approx(float(-mp.log(1 + mpf("1e-10"))), rel=1e-6)
    assert BITS.from_nats(checked.one_way) == pytest.approx(1, rel=1e-14)
    assert BITS.from_nats(checked.other_way) == pytest.approx(-(np.log2(0.9) + np.log2(0.1)) / 2, rel=1e-13)
    assert BITS.from_nats(checked.least) == pytest.approx(1.5, rel=1e-14)
    assert BITS.from_nats(checked.step_low) == pytest.approx(1, rel=1e-13)
    assert checked.step_high == pytest.approx(np.log(0.51 / 0.5), rel=1e-12)
