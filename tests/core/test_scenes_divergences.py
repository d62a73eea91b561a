"""The records behind the Divergences page: theorems, published values, references that share no code with them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import integrate, stats

from core.divergence import GENERATORS
from core.scenes import divergences as scenes
from tests.core import reference
from tests.strategies import pmf_pairs, positive_pairs

P, Q = [0.5, 0.3, 0.2], [0.2, 0.4, 0.4]
MEMBERS = list(scenes.MEMBERS)
BOUNDED = {"JS": math.log(2), "TV": 1.0, "H²": 1.0}
DISJOINT = [0.5, 0.5, 0, 0], [0, 0, 0.25, 0.75]


def by_definition(name: str, p, q) -> mpf:
    """Each member as its own textbook sum, not as a generator."""
    pairs = [(mpf(a), mpf(b)) for a, b in zip(p, q, strict=True)]
    return {
        "KL": lambda: mp.fsum(a * mp.log(a / b) for a, b in pairs),
        "reverse KL": lambda: mp.fsum(b * mp.log(b / a) for a, b in pairs),
        "JS": lambda: reference.js(p, q),
        "TV": lambda: mp.fsum(abs(a - b) for a, b in pairs) / 2,
        "χ²": lambda: mp.fsum((a - b) ** 2 / b for a, b in pairs),
        "H²": lambda: 1 - mp.fsum(mp.sqrt(a * b) for a, b in pairs),
    }[name]()


# --- the family


def test_all_six_generators_are_members():
    assert set(scenes.MEMBERS.values()) == set(GENERATORS)


@pytest.mark.parametrize(
    ("name", "published"),
    [("KL", 0.2332), ("reverse KL", 0.2091), ("JS", 0.0538), ("TV", 0.3), ("χ²", 0.575), ("H²", 0.0545)],
)
def test_the_published_pair(name, published):
    scene = scenes.family(P, Q, name)
    assert scene.chosen.value == pytest.approx(published, abs=5e-5)
    assert float(by_definition(name, P, Q)) == pytest.approx(scene.chosen.value, rel=1e-14)


@given(positive_pairs(), st.sampled_from(MEMBERS))
def test_the_weighted_heights_are_the_value(pair, name):
    p, q = pair
    scene = scenes.family(p, q, name)
    assert math.fsum(scene.term) == pytest.approx(scene.chosen.value, rel=1e-12, abs=1e-300)
    ordinary = (scene.height < 1e200) & (scene.weight > 1e-200)
    assert scene.weight[ordinary] * scene.height[ordinary] == pytest.approx(scene.term[ordinary], rel=1e-9, abs=1e-15)
    # The weights average the ratios to 1, so that the points balance above t = 1.
    if scene.ratio.max() < 1e10:
        assert scene.weight @ scene.ratio == pytest.approx(1, rel=1e-9)


@given(pmf_pairs(), st.sampled_from(MEMBERS))
def test_no_member_leaves_its_range_and_exchange_exchanges(pair, name):
    p, q = pair
    one, other = scenes.family(p, q, name).chosen, scenes.family(q, p, name).chosen
    assert 0 <= one.value <= one.ceiling
    assert one.ceiling == pytest.approx(BOUNDED.get(name, math.inf), rel=1e-15)
    assert (one.value, one.swapped) == (other.swapped, other.value)
    if name in BOUNDED:
        assert one.value == pytest.approx(one.swapped, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("name", MEMBERS)
def test_where_nothing_is_shared_every_member_is_at_its_ceiling(name):
    scene = scenes.family(*DISJOINT, name)
    assert scene.chosen.value == scene.chosen.ceiling
    assert scene.ratio.tolist() == [math.inf, math.inf, 0, 0]
    assert scene.weight.tolist() == [0.5, 0.5, 0.25, 0.75]


def test_what_only_one_lists_is_impossible_in_the_other():
    scene = scenes.family([1.0], [0.25, 0.75], "TV")
    assert scene.p.tolist() == [1, 0]
    assert scene.chosen.value == 0.75
    both = scenes.family([0.5, 0.5, 0], [0.5, 0.5, 0], "KL")
    assert both.ratio.tolist() == [1, 1, 1]
    assert both.chosen.value == 0


@pytest.mark.parametrize("name", MEMBERS)
def test_probabilities_at_the_end_of_float64_give_numbers(name):
    scene = scenes.family([1 / 3] * 3, [1 - 2e-309, 1e-309, 1e-309], name)
    assert not np.isnan([*scene.height, *scene.term, scene.chosen.value, scene.chosen.swapped]).any()
    assert np.isfinite(scene.ratio).all()


@pytest.mark.parametrize("name", MEMBERS)
def test_the_drawn_generator_is_convex_and_touches_zero_at_one(name):
    scene = scenes.family(P, Q, name)
    finite = np.isfinite(scene.f)
    assert np.all(np.diff(scene.f[finite], 2) >= -1e-12)
    assert np.interp(1.0, scene.t, scene.f) == pytest.approx(0, abs=1e-15)
    assert np.all(scene.f >= 0)


# --- by order


@given(positive_pairs())
def test_the_renyi_divergence_rises_from_end_to_end_through_its_named_orders(pair):
    p, q = pair
    scene = scenes.renyi(p, q)
    values = np.concatenate([[scene.named[0]], scene.values, [scene.named[-1]]])
    assert np.all(np.diff(values) >= -1e-9 * np.abs(values[1:]) - 1e-13)
    assert scene.named[2] == pytest.approx(float(reference.kl(p, q)), rel=1e-9, abs=1e-13)
    if scene.hellinger < 0.99:  # beyond, 1 - H² has fewer digits
        assert scene.named[1] == pytest.approx(-2 * math.log1p(-scene.hellinger), rel=1e-9, abs=1e-13)
    if scene.largest < 1e100:
        assert scene.named[3] == pytest.approx(math.log1p(scene.chi2), rel=1e-9, abs=1e-13)
        assert scene.named[4] == pytest.approx(math.log(scene.largest), rel=1e-9, abs=1e-12)


def test_orders_of_the_published_pair_by_hand():
    scene = scenes.renyi(P, Q)
    assert scene.named == pytest.approx((0, 0.1121237, 0.2332113, math.log(1.575), math.log(2.5)), abs=5e-8)
    assert scene.largest == 2.5
    for alpha in (0.25, 3.0):
        total = mp.fsum(mpf(a) ** alpha * mpf(b) ** (1 - alpha) for a, b in zip(P, Q, strict=True))
        assert scenes.renyi_at(P, Q, alpha) == pytest.approx(float(mp.log(total) / (alpha - 1)), rel=1e-13)


def test_an_impossible_outcome_makes_it_infinite_from_order_one_on():
    scene = scenes.renyi([0.5, 0.5], [1.0])
    assert np.isinf(scene.values).tolist() == (scene.orders >= 1).tolist()
    assert np.isinf(scene.named).tolist() == [False, False, True, True, True]
    assert np.isinf(scenes.renyi(*DISJOINT).named).all()
    assert scenes.renyi([1.0], [0.25, 0.75]).named[0] == pytest.approx(math.log(4))  # -log q(p > 0)


# --- against shift


@pytest.mark.parametrize("d", [0.0, 0.01, 0.7, 2.0, 6.0])
def test_the_four_divergences_of_two_gaussians_by_quadrature(d):
    p, q = stats.norm(0, 1), stats.norm(d, 1)

    def integral(f):
        return integrate.quad(f, -12, 12 + d, points=[0, d / 2, d], epsabs=1e-13, limit=300)[0]

    def to_the_middle(a, b):
        return integral(lambda x: a.pdf(x) * (a.logpdf(x) - np.logaddexp(a.logpdf(x), b.logpdf(x)) + math.log(2)))

    at = scenes.shift(d).at
    assert at.kl == pytest.approx(d * d / 2, rel=1e-14)
    assert at.js == pytest.approx((to_the_middle(p, q) + to_the_middle(q, p)) / 2, abs=1e-11)
    assert at.total_variation == pytest.approx(1 - integral(lambda x: min(p.pdf(x), q.pdf(x))), abs=1e-10)
    assert at.hellinger == pytest.approx(-math.expm1(-d * d / 8), rel=1e-13, abs=1e-18)


def test_one_explodes_and_the_others_saturate():
    scene = scenes.shifts()
    along = scene.along
    for curve in (along.kl, along.js, along.total_variation, along.hellinger):
        assert curve[0] == 0
        assert np.all(np.diff(curve) > 0)
    assert along.kl[-1] == 18
    assert 0.99 * math.log(2) < along.js[-1] < math.log(2)
    assert 0.98 < along.hellinger[-1] < along.total_variation[-1] < 1
    at = scenes.shift(3.0)
    i = int(np.argmin(np.abs(scene.shifts - 3.0)))
    assert (at.at.js, at.at.total_variation) == pytest.approx((along.js[i], along.total_variation[i]), rel=1e-12)


def test_what_lies_under_both_is_what_total_variation_leaves():
    scene = scenes.shift(2.0)
    area = float(scene.both.sum() * (scene.x[1] - scene.x[0]))
    assert area == pytest.approx(1 - scene.at.total_variation, abs=1e-3)
    assert scene.peak == pytest.approx(1 / math.sqrt(2 * math.pi))


@pytest.mark.parametrize("d", [-0.1, 6.1, math.nan])
def test_a_shift_beyond_the_picture_is_refused(d):
    with pytest.raises(ValueError, match="d is"):
        scenes.shift(d)


# --- the bounds


@given(st.integers(2, 8), st.integers(1, 200), st.integers(0, 999))
def test_no_random_pair_breaks_a_bound(outcomes, count, seed):
    scene = scenes.cloud(outcomes, count, seed)
    assert scene.kl.shape == scene.total_variation.shape == (count,)
    slack = 1 + 1e-9
    assert np.all(scene.total_variation <= np.sqrt(scene.kl / 2) * slack + 1e-12)
    assert np.all(scene.total_variation <= np.sqrt(1 - np.exp(-scene.kl)) * slack + 1e-7)
    again = scenes.cloud(outcomes, count, seed)
    assert np.array_equal(scene.kl, again.kl)
    assert not np.array_equal(scene.kl, scenes.cloud(outcomes, count, seed + 1).kl)


def test_the_cloud_fills_the_region_on_both_sides_of_where_the_bounds_cross():
    scene = scenes.cloud(3, 1000, 1)
    assert (scene.kl < 0.05).sum() > 100
    assert ((scene.kl > 0.5) & (scene.kl < 3)).sum() > 20
    near = scene.total_variation / np.minimum(np.sqrt(scene.kl / 2), 1)
    assert near.max() > 0.97


@given(pmf_pairs(), st.floats(0, 1))
def test_on_the_way_from_p_to_q_total_variation_is_linear_and_kl_convex(pair, toward):
    p, q = pair
    scene = scenes.approach(p, q, toward)
    assert scene.total_variation == pytest.approx(toward * scene.whole, abs=1e-12)
    assert scene.variation_way == pytest.approx(np.linspace(0, 1, 61) * scene.whole, abs=1e-12)
    finite = scene.kl_way[np.isfinite(scene.kl_way)]
    assert np.all(np.diff(finite, 2) >= -1e-9)
    assert scene.total_variation <= min(scene.pinsker, scene.bretagnolle_huber) + 1e-7
    found = scenes.share_of(p, q, scene.total_variation)
    assert found == pytest.approx(toward, abs=1e-3) or scene.whole < 1e-12


def test_only_the_whole_of_q_can_be_infinitely_far():
    whole, most = scenes.approach([0.5, 0.5], [1.0], 1.0), scenes.approach([0.5, 0.5], [1.0], 0.99)
    assert math.isinf(whole.kl)
    assert (whole.pinsker, whole.bretagnolle_huber) == (math.inf, 1)
    assert most.kl < math.inf
    assert scenes.share_of(P, P, 0.3) == 1


# --- the triangle


@given(st.floats(0, 1))
def test_a_detour_is_never_shorter_in_the_root_of_jensen_shannon(middle):
    scene = scenes.detour(middle)
    direct = math.sqrt(scene.js_direct)
    assert sum(map(math.sqrt, scene.js_at)) >= direct * (1 - 1e-12)
    assert np.all(np.sqrt(scene.js_legs).sum(axis=0) >= direct * (1 - 1e-12))


def test_every_coin_between_makes_a_shorter_way_in_kl():
    scene = scenes.detour(0.5)
    by_way, between = scene.kl_legs.sum(axis=0), (scene.grid > 0.1001) & (scene.grid < 0.8999)
    assert np.all(by_way[between] < scene.kl_direct)
    assert np.all(by_way[(scene.grid < 0.0999) | (scene.grid > 0.9001)] > scene.kl_direct)
    assert scene.kl_direct == pytest.approx(0.8 * math.log(9), rel=1e-14)
    assert scene.kl_at[0] == pytest.approx(0.1 * math.log(0.2) + 0.9 * math.log(1.8), rel=1e-12)
    assert math.isinf(sum(scenes.detour(0.0).kl_at))


def test_the_claims_are_what_was_published():
    c = scenes.claims()
    assert c.js_by_other == pytest.approx(2 * float(by_definition("JS", P, Q)), rel=1e-12)
    assert c.hellinger_by_other == pytest.approx(2 * float(by_definition("H²", P, Q)), rel=1e-12)
    assert sum(c.legs) < c.direct
    assert c.near[0] < c.far[0]
    assert c.near[1] > c.far[1]
    assert c.near == pytest.approx((0.099, 0.9 * math.log(0.9 / 0.999) + 0.1 * math.log(100)), rel=1e-12)
