"""The records behind the Entropy page: identities that hold for every distribution, and published values."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from core.scenes import entropy as scenes
from core.simplex import to_plane
from core.units import BITS
from tests import strategies

probabilities = st.floats(0, 1)
PUBLISHED = {  # bits
    "fair coin": ([0.5, 0.5], 1.0),
    "0.9 coin": ([0.9, 0.1], 0.4690),
    "0.99 coin": ([0.99, 0.01], 0.0808),
    "certain": ([1.0, 0.0], 0.0),
    "fair die": ([1 / 6] * 6, 2.5850),
    "loaded die": ([0.5, 0.1, 0.1, 0.1, 0.1, 0.1], 2.1610),
    "uniform on 4": ([0.25] * 4, 2.0),
    "uniform on 8": ([0.125] * 8, 3.0),
}


# --- the distribution as areas


@pytest.mark.parametrize(("p", "bits"), PUBLISHED.values(), ids=PUBLISHED)
def test_entropy_is_the_published_number(p, bits):
    assert BITS.from_nats(scenes.distribution(p).entropy) == pytest.approx(bits, abs=5e-5)


@given(p=strategies.pmfs())
def test_the_areas_cover_the_entropy(p):
    scene = scenes.distribution(p)
    assert scene.terms.sum() == pytest.approx(scene.entropy, rel=1e-12, abs=1e-300)
    assert np.all(scene.terms >= 0)
    possible = p > 0
    assert scene.terms[possible] == pytest.approx(p[possible] * scene.surprisal[possible], rel=1e-15, abs=0)


@given(p=strategies.pmfs())
def test_an_impossible_outcome_surprises_infinitely_and_adds_nothing(p):
    scene = scenes.distribution(p)
    assert np.all(np.isinf(scene.surprisal) == (p == 0))
    assert np.all(scene.terms[p == 0] == 0)


@given(p=strategies.pmfs())
def test_entropy_lies_between_zero_and_that_of_equal_shares(p):
    scene = scenes.distribution(p)
    assert 0 <= scene.entropy <= scene.maximum * (1 + 1e-15)
    assert scene.maximum == pytest.approx(np.log(p.size), rel=1e-15)
    assert 1 <= scene.effective <= p.size * (1 + 1e-14)
    assert np.log(scene.effective) == pytest.approx(scene.entropy, rel=1e-12, abs=1e-15)


@given(p=strategies.pmfs(), order=st.randoms())
def test_the_order_of_the_outcomes_does_not_matter(p, order):
    shuffled = p.tolist()
    order.shuffle(shuffled)
    assert scenes.distribution(shuffled).entropy == pytest.approx(scenes.distribution(p).entropy, rel=1e-14, abs=0)


# --- two outcomes


@given(p=probabilities)
def test_a_coin_is_a_distribution_over_two_outcomes(p):
    assume(p == 1 - (1 - p))  # else (p, 1 - p) is the distribution of another coin
    scene = scenes.binary(p)
    assert scene.entropy == pytest.approx(scenes.distribution([p, 1 - p]).entropy, rel=1e-13, abs=1e-300)
    assert scene.p == p


def test_the_arch_is_symmetric_zero_at_both_ends_and_highest_in_the_middle():
    scene = scenes.binary(0.2)
    assert scene.grid[[0, -1]] == pytest.approx([0, 1], abs=0)
    assert scene.curve[[0, -1]] == pytest.approx([0, 0], abs=0)
    assert scene.curve == pytest.approx(scene.curve[::-1], rel=1e-12)
    assert scene.grid[np.argmax(scene.curve)] == pytest.approx(0.5)
    assert scene.curve.max() == pytest.approx(np.log(2), rel=1e-15)
    assert np.all(np.diff(scene.curve, 2) < 0)  # concave


def test_the_marked_coins_have_their_published_entropies():
    scene = scenes.binary(0.5)
    assert scene.marked == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])
    assert BITS.from_nats(scene.marked_entropy) == pytest.approx([0.4690, 0.8813, 1, 0.8813, 0.4690], abs=5e-5)


# --- one outcome


@given(p=st.floats(1e-150, 1), q=st.floats(1e-150, 1))
def test_surprisals_of_independent_events_add(p, q):
    scene = scenes.surprisal_of_events(p, q)
    assert scene.joint == p * q
    assert scene.surprisal_joint == pytest.approx(scene.surprisal_p + scene.surprisal_q, rel=1e-12, abs=1e-15)


@given(p=st.floats(1e-300, 1))
def test_surprisal_inverts_to_the_probability(p):
    assert np.exp(-scenes.surprisal_of_events(p, 1).surprisal_p) == pytest.approx(p, rel=1e-12)


def test_the_named_events_carry_their_surprisals():
    scene = scenes.surprisal_of_events(0.5, 0.5)
    assert {e.name: e.p for e in scene.events} == {"sun rises": 0.9999, "rain": 0.5, "lottery win": 1e-7}
    # 1/0.9999 is 1.0001 to eight digits; ten million is 2^23.2535
    assert BITS.from_nats(scene.event_surprisal) == pytest.approx([1.44277e-4, 1, 23.2535], rel=1e-5)
    assert np.all(np.diff(scene.curve) < 0)


# --- three outcomes


@given(p=strategies.pmfs(3, 3))
def test_the_point_of_the_triangle_is_where_the_distribution_lies(p):
    scene = scenes.simplex(p, columns=9)
    assert scene.point == pytest.approx(to_plane(p), abs=0)
    assert scene.at_point == pytest.approx(scenes.distribution(p).entropy, rel=1e-14, abs=0)


def test_the_surface_is_the_entropy_inside_and_undefined_outside():
    scene = scenes.simplex([1, 0, 0])
    x, y = np.meshgrid(scene.x, scene.y)
    # Barycentric coordinates, written as areas instead of the way the record is computed.
    corners = np.column_stack([scene.corners, np.ones(3)]).T
    weights = np.linalg.solve(corners, np.stack([x.ravel(), y.ravel(), np.ones(x.size)])).T
    inside = weights.min(axis=1) > 1e-9
    far = weights.min(axis=1) < -2 / scene.x.size
    drawn = scene.entropy.ravel()
    reference = scipy_stats.entropy(weights[inside], axis=1)
    assert inside.sum() > 1000
    assert drawn[inside] == pytest.approx(reference, abs=1e-12)
    assert np.all(np.isnan(drawn[far]))
    assert np.nanmax(drawn) <= np.log(3)
    assert np.nanmin(drawn) >= 0


@given(p=strategies.pmfs(2))
def test_the_first_two_and_the_rest_are_one_distribution(p):
    three = scenes.first_two_and_rest(p)
    assert three.shape == (3,)
    assert three[:2] == pytest.approx(p[:2], abs=0)
    assert three.sum() == pytest.approx(1, abs=1e-14)


@given(p=strategies.pmfs(2), x=st.floats(-0.2, 1.2), y=st.floats(-0.2, 1.1))
def test_moving_the_point_moves_the_first_two_and_keeps_the_proportions_of_the_rest(p, x, y):
    moved = scenes.moved(p, x, y)
    assert moved.shape == p.shape
    assert moved.min() >= 0
    assert moved.sum() == pytest.approx(1, abs=1e-12)
    assert moved[2:] * p[2:].sum() == pytest.approx(p[2:] * moved[2:].sum(), rel=1e-12, abs=1e-300) or not p[2:].any()


@given(p=strategies.pmfs(3, 3))
def test_the_point_lands_where_it_is_put_to_a_thousandth(p):
    assert scenes.moved([0.2, 0.3, 0.5], *to_plane(p)) == pytest.approx(p, abs=1.001e-3)


# --- grouping


@given(p=strategies.pmfs(), choice=st.data())
def test_merging_two_outcomes_splits_the_entropy_exactly(p, choice):
    first, second = choice.draw(st.permutations(range(p.size)))[:2]
    scene = scenes.grouping(p, first, second)
    assert scene.between + scene.weight * scene.inside == pytest.approx(scene.entropy, rel=1e-12, abs=1e-300)
    assert scene.forgotten == pytest.approx(scene.weight * scene.inside, rel=1e-15, abs=0)
    assert scene.grouped.sum() == pytest.approx(1, abs=1e-14)
    assert scene.grouped.size == p.size - 1
    assert scene.weight == p[first] + p[second]
    assert 0 <= scene.inside <= np.log(2) * (1 + 1e-15)


def test_grouping_is_shannons_example():
    # Shannon (1948), section 6: H(1/2, 1/3, 1/6) = H(1/2, 1/2) + 1/2 H(2/3, 1/3), in bits.
    scene = scenes.grouping([1 / 2, 1 / 3, 1 / 6], 1, 2)
    assert BITS.from_nats(scene.between) == pytest.approx(1, rel=1e-15)
    assert BITS.from_nats(scene.inside) == pytest.approx(0.9183, abs=5e-5)
    assert BITS.from_nats(scene.entropy) == pytest.approx(1.4591, abs=5e-5)
    assert scene.weight == pytest.approx(0.5, rel=1e-15)


@pytest.mark.parametrize(("first", "second"), [(1, 1), (-1, 0), (0, 3), (0.5, 1)])
def test_grouping_refuses_what_is_no_pair_of_outcomes(first, second):
    with pytest.raises(ValueError, match=r"first|second"):
        scenes.grouping([0.5, 0.25, 0.25], first, second)


# --- draws


@given(p=strategies.pmfs(), draws=st.integers(1, 3000), seed=st.integers(0, 999))
def test_the_running_mean_is_that_of_surprisals_that_can_occur(p, draws, seed):
    scene = scenes.sampling(p, draws, seed)
    assert scene.n[0] == 1
    assert scene.n[-1] == draws
    assert np.all(np.diff(scene.n) > 0)
    assert scene.n.shape == scene.mean.shape == scene.low.shape == scene.high.shape
    assert scene.final == scene.mean[-1]
    possible = -np.log(p[p > 0])
    assert possible.min() * (1 - 1e-12) <= scene.mean.min()
    assert scene.mean.max() <= possible.max() * (1 + 1e-12)


def test_the_band_holds_the_mean_nineteen_times_of_twenty():
    p = [0.5, 0.25, 0.125, 0.125]
    held = [s.low[-1] <= s.final <= s.high[-1] for s in (scenes.sampling(p, 400, seed) for seed in range(600))]
    # 600 fixed seeds: the standard error of a share of 0.95 is 0.009.
    assert np.mean(held) == pytest.approx(0.95, abs=0.03)


def test_the_mean_settles_at_the_entropy():
    p = [0.7, 0.2, 0.1]
    off = [abs(s.final - s.entropy) for s in (scenes.sampling(p, 10000, seed) for seed in range(50))]
    # The surprisal's standard deviation is 0.68 nats, so that of the mean of 10000 is 0.0068.
    assert max(off) < 4.5 * 0.0068
    assert np.mean(off) > 0.001  # and it is a sample, not the entropy itself


def test_the_same_seed_draws_the_same_and_another_draws_others():
    one, same, other = (scenes.sampling([0.7, 0.2, 0.1], 200, seed) for seed in (5, 5, 6))
    assert np.array_equal(one.mean, same.mean)
    assert not np.array_equal(one.mean, other.mean)


# --- densities


@pytest.mark.parametrize("sigma", [0.05, 0.242, 1.0, 2.0])
def test_each_density_is_scipys_with_the_given_deviation_and_has_its_entropy(sigma):
    frozen = {
        "Gaussian": scipy_stats.norm(scale=sigma),
        "Laplace": scipy_stats.laplace(scale=sigma / np.sqrt(2)),
        "uniform": scipy_stats.uniform(loc=-np.sqrt(3) * sigma, scale=2 * np.sqrt(3) * sigma),
    }
    scene = scenes.continuous(sigma)
    assert {d.name for d in scene.densities} == set(frozen)
    for density in scene.densities:
        reference = frozen[density.name]
        assert reference.std() == pytest.approx(sigma, rel=1e-12)
        assert density.values == pytest.approx(reference.pdf(scene.x), rel=1e-12, abs=1e-300)
        assert density.entropy == pytest.approx(float(reference.entropy()), rel=1e-12, abs=1e-14)


@given(sigma=st.floats(1e-3, 1e3))
def test_of_one_variance_the_gaussian_has_the_most_entropy_and_comes_first(sigma):
    found = [d.entropy for d in scenes.continuous(sigma).densities]
    assert scenes.continuous(sigma).densities[0].name == "Gaussian"
    assert found == sorted(found, reverse=True)


@given(sigma=st.floats(0.01, 1))
def test_doubling_the_scale_adds_one_bit_to_each(sigma):
    narrow, wide = scenes.continuous(sigma), scenes.continuous(2 * sigma)
    for a, b in zip(narrow.densities, wide.densities, strict=True):
        assert BITS.from_nats(b.entropy - a.entropy) == pytest.approx(1, abs=1e-12)


def test_the_gaussians_entropy_crosses_zero_where_it_says():
    zero = scenes.continuous(1.0).zero_crossing
    assert zero == pytest.approx(0.2420, abs=5e-5)
    assert scenes.continuous(zero).densities[0].entropy == pytest.approx(0, abs=1e-15)
    curve = scenes.continuous(1.0)
    assert np.all((curve.densities[0].at_scales > 0) == (curve.scales > zero))


@pytest.mark.parametrize("sigma", [0, -1, np.nan, np.inf, "1"])
def test_continuous_refuses_what_is_no_scale(sigma):
    with pytest.raises(ValueError, match="sigma"):
        scenes.continuous(sigma)


# --- claims


def test_the_claims_are_settled_by_numbers_that_can_be_recomputed():
    checked = scenes.claims()
    assert checked.zero_sigma == pytest.approx(0.2420, abs=5e-5)
    assert checked.narrow_gaussian == pytest.approx(float(scipy_stats.norm(scale=0.1).entropy()), rel=1e-12)
    assert checked.narrow_gaussian < 0
    grid = np.linspace(1e-6, 1, 100001)
    contributions = -grid * np.log(grid)
    assert checked.peak == pytest.approx(grid[np.argmax(contributions)], abs=1e-5)
    assert checked.peak_term == pytest.approx(contributions.max(), rel=1e-9)
    assert checked.rare_term == pytest.approx(0.01 * np.log(100), rel=1e-15)
    assert checked.fair_coin == pytest.approx(np.log(2), rel=1e-15)
