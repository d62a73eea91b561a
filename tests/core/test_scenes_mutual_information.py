"""The records behind the Mutual information page: identities, limits, published values, independent references."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from core.geometry import lens_area
from core.scenes import mutual_information as scenes
from core.table import Column, Table
from tests import strategies as draw

LOG2 = math.log(2)
WEATHER = [[8, 2], [1, 9]]


def plain(counts) -> tuple[float, float, float, float]:
    """H(X), H(Y), H(X,Y) and I as in the book."""
    n = np.asarray(counts, dtype=float)

    def h(p):
        return -math.fsum(v * math.log(v) for v in np.ravel(p) if v > 0)

    p = n / n.sum()
    x, y, xy = h(p.sum(axis=1)), h(p.sum(axis=0)), h(p)
    return x, y, xy, x + y - xy


# --- two variables


def test_weather_and_umbrella_as_published():
    scene = scenes.joint(WEATHER)
    bits = [v / LOG2 for v in (scene.h_x, scene.h_y, scene.h_xy, scene.information)]
    assert bits == pytest.approx([1.0, 0.9928, 1.5955, 0.3973], abs=5e-5)


def test_outlook_and_play_as_published():
    assert scenes.joint([[0, 4], [2, 3], [3, 2]]).information / LOG2 == pytest.approx(0.2467, abs=5e-5)


@given(draw.count_tables(max_side=6, largest=10**9))
def test_a_table_falls_into_its_parts(counts):
    scene = scenes.joint(counts)
    x, y, xy, i = plain(counts)
    assert (scene.h_x, scene.h_y, scene.h_xy) == pytest.approx((x, y, xy), rel=1e-9, abs=1e-12)
    assert scene.information == pytest.approx(i, abs=1e-9)
    assert scene.h_x_given_y + scene.information + scene.h_y_given_x == pytest.approx(scene.h_xy, rel=1e-9, abs=1e-12)
    assert scene.h_x_given_y + scene.information == pytest.approx(scene.h_x, rel=1e-9, abs=1e-12)
    assert scene.terms.sum() == pytest.approx(scene.information, rel=1e-9, abs=1e-12)
    assert np.all(np.isneginf(scene.pmi) == ((scene.p == 0) & (scene.product > 0)))
    assert scene.h_x <= scene.most_x * (1 + 1e-12)


@given(draw.count_tables(max_side=6, largest=10**6))
def test_the_circles_have_exactly_these_areas(counts):
    scene = scenes.joint(counts)
    v = scene.venn
    assert np.pi * v.radius_a**2 == pytest.approx(scene.h_x, rel=1e-12, abs=1e-300)
    assert np.pi * v.radius_b**2 == pytest.approx(scene.h_y, rel=1e-12, abs=1e-300)
    assert lens_area(v.radius_a, v.radius_b, v.distance) == pytest.approx(scene.information, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(
    ("counts", "relation"),
    [
        ([[6, 3], [4, 2]], "outside"),
        ([[1, 0], [0, 1]], "same"),
        ([[1, 0], [0, 1], [1, 0], [0, 1]], "inside"),
        ([[1, 0, 1, 0], [0, 1, 0, 1]], "around"),
        ([[1, 1], [0, 0]], "a point"),
    ],
)
def test_touching_nested_and_equal_circles(counts, relation):
    v = scenes.joint(counts).venn
    if relation in ("outside", "a point"):
        assert v.distance == pytest.approx(v.radius_a + v.radius_b, rel=1e-12)
    else:
        assert v.distance == pytest.approx(abs(v.radius_a - v.radius_b), abs=1e-7)
    signs = {"inside": 1, "around": -1, "same": 0, "outside": 1, "a point": -1}
    assert np.sign(round(v.radius_a - v.radius_b, 9)) == signs[relation]


def test_a_guess_moves_the_circles_and_nothing_else():
    usual, guessed = scenes.joint(WEATHER), scenes.joint(WEATHER, 0.1)
    assert guessed.information == usual.information
    assert lens_area(guessed.venn.radius_a, guessed.venn.radius_b, guessed.venn.distance) == pytest.approx(0.1)
    most = scenes.joint(WEATHER, 9.0).venn  # no more than the smaller circle can be shared
    assert most.distance == pytest.approx(abs(most.radius_a - most.radius_b), abs=1e-9)


@given(draw.count_tables(max_side=6, largest=10**4), st.floats(0, 1))
@example(np.array([[1, 1, 1, 24879, 55], [1, 1, 1, 1, 1], [1, 1, 1, 1, 281834]]), 0.0)
def test_circles_are_put_where_they_are_wanted_and_keep_their_sizes(counts, place):
    counts = counts * 10**6
    usual = scenes.joint(counts)
    nearest, touching = usual.nearest, usual.venn.radius_a + usual.venn.radius_b
    wanted = nearest + place * (touching - nearest)
    made = scenes.joint(scenes.at_distance(counts, wanted))
    assert (made.h_x, made.h_y) == pytest.approx((usual.h_x, usual.h_y), abs=1e-9)
    shared = lens_area(usual.venn.radius_a, usual.venn.radius_b, wanted)
    assert made.information == pytest.approx(shared, abs=1e-4)


# --- three variables


@pytest.mark.parametrize(
    ("rule", "bits"),
    [
        ("XOR", [0, 0, 0, 1, 1, 1, -1]),
        ("Copy", [0, 0, 0, 0, 0, 0, 1]),
        # AND: H(X|Y,Z) = 3/4 log(3) + ... : given Z = 0, three pairs are equally likely; Y = 0 leaves X open.
        ("AND", [0.5, 0.5, 0, 0.1887, 0.5, 0.5, -0.1887]),
    ],
)
def test_the_seven_atoms_without_noise(rule, bits):
    a = scenes.three(rule, 0.0).atoms
    assert [v / LOG2 for v in (a.x, a.y, a.z, a.xy, a.xz, a.yz, a.xyz)] == pytest.approx(bits, abs=5e-5)


@given(st.sampled_from(list(scenes.TRIPLES)), st.floats(0, 0.5))
def test_the_atoms_add_up_and_the_center_is_what_knowing_changes(rule, noise):
    scene = scenes.three(rule, noise)
    a = scene.atoms
    assert a.x + a.y + a.z + a.xy + a.xz + a.yz + a.xyz == pytest.approx(scene.total, abs=1e-12)
    assert a.xyz == pytest.approx(scene.shared - scene.shared_given, abs=1e-12)
    assert min(a.x, a.y, a.z, a.xy, a.xz, a.yz) >= 0
    assert scene.p.sum() == pytest.approx(1)


@given(st.floats(0, 0.5))
def test_noise_takes_from_the_center_of_xor_what_a_noisy_line_loses(noise):
    center = scenes.three("XOR", noise).atoms.xyz
    h = -sum(p * math.log(p) for p in (noise, 1 - noise) if p > 0)
    assert center == pytest.approx(h - LOG2, abs=1e-12)  # minus the capacity of a binary symmetric channel


def test_pure_noise_leaves_nothing_common():
    for rule in scenes.TRIPLES:
        a = scenes.three(rule, 0.5).atoms
        assert (a.xz, a.yz, a.xyz) == pytest.approx((0, 0, 0), abs=1e-12)


# --- continuous variables


@given(st.floats(-0.99, 0.99))
def test_the_closed_form_of_correlated_normal_variables(rho):
    scene = scenes.gaussian(rho, 60, 3, seed=2)
    assert scene.information == pytest.approx(-0.5 * math.log(1 - rho**2), rel=1e-9, abs=1e-15)
    assert scene.grid[[0, -1]].tolist() == [-0.99, 0.99]


@pytest.mark.parametrize("rho", [0.0, 0.6, -0.9])
def test_the_estimate_is_unbiased_enough_to_stand_beside_it(rho):
    found = [scenes.gaussian(rho, 500, 3, seed).estimate for seed in range(40)]
    exact = -0.5 * math.log(1 - rho**2)
    assert np.mean(found) == pytest.approx(exact, abs=4 * np.std(found) / math.sqrt(40) + 0.01)


@pytest.mark.parametrize("name", list(scenes.SHAPES))
def test_shapes_share_much_and_correlate_little(name):
    scenes_of = [scenes.shape(name, 0.05, 1000, 3, seed) for seed in range(20)]
    assert abs(np.mean([s.correlation for s in scenes_of])) < 0.03
    assert min(s.estimate for s in scenes_of) > 1
    for s in scenes_of[:3]:
        assert s.correlation == pytest.approx(scipy_stats.pearsonr(s.sample.x, s.sample.y)[0])
        assert s.linear == pytest.approx(-0.5 * math.log(1 - s.correlation**2), rel=1e-6)


def test_more_noise_leaves_less():
    for name in scenes.SHAPES:
        found = [scenes.shape(name, noise, 1000, 3, 1).estimate for noise in (0.01, 0.05, 0.2, 0.5)]
        assert np.all(np.diff(found) < 0)


# --- InfoNCE


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9, 0.999])
def test_no_bound_rises_above_its_ceiling_and_the_mean_not_above_the_information(rho):
    scene = scenes.contrast(rho, 7, seed=1)
    assert np.all(scene.bounds <= scene.ceiling)
    assert scene.bound <= math.log(7)
    means = np.mean([scenes.contrast(rho, 7, seed).bounds for seed in range(10)], axis=0)
    assert np.all(means <= scene.information + 0.05)


def test_with_many_candidates_little_is_missed():
    scene = scenes.contrast(0.8, 256, seed=3)
    assert scene.bound == pytest.approx(scene.information, abs=0.1)
    assert scene.bound == pytest.approx(scene.bounds[-1])


def test_uninformative_pairs_score_nothing():
    scene = scenes.contrast(0.0, 16, seed=1)
    assert scene.bounds == pytest.approx(np.zeros(8), abs=1e-12)


def test_what_has_no_name_is_refused():
    for refused in (
        lambda: scenes.three("NOR", 0.0), lambda: scenes.shape("Square", 0.1, 10, 3, 1),
        lambda: scenes.three("XOR", 2.0), lambda: scenes.contrast(0.5, 1, 1), lambda: scenes.joint([[0, 0], [0, 0]]),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"rule is|name is|noise is|size is|no "):
            refused()


def test_the_claims_are_settled_by_numbers_that_can_be_recomputed():
    checked = scenes.claims()
    assert abs(checked.correlation) < 0.03
    assert checked.shared > 1
    assert (checked.pair, checked.given, checked.center) == pytest.approx((0, LOG2, -LOG2), abs=1e-12)
    assert checked.bound < checked.ceiling == pytest.approx(4 * LOG2)
    assert checked.information == pytest.approx(-0.5 * math.log(1 - 0.999**2), rel=1e-9)
    assert checked.least == pytest.approx(math.log(0.05 / (0.5 * 0.45)), rel=1e-12)


# --- two columns of a table


def made(**columns) -> Table:
    """A table of these columns; texts are labels."""
    made_of = []
    for name, values in columns.items():
        names, codes = np.unique(values, return_inverse=True)
        label = names.dtype.kind == "U"
        made_of.append(Column(name, codes if label else np.asarray(values, float), tuple(names) if label else ()))
    return Table(tuple(made_of), name, len(values), (), "utf-8", "comma", True, ".", "made")


def test_each_pair_of_kinds_has_its_estimator():
    rng = np.random.default_rng(5)
    x = rng.standard_normal(400)
    y = 0.8 * x + 0.6 * rng.standard_normal(400)
    label = np.where(x > 0, "high", "low")
    table = made(x=x, y=y, label=label, same=label)
    numbers = scenes.pair(table, "x", "y")
    assert numbers.method == "Kraskov"
    assert numbers.estimate == pytest.approx(-0.5 * math.log(1 - 0.64), abs=0.15)
    assert numbers.correlation == pytest.approx(scipy_stats.pearsonr(x, y)[0])
    mixed = [scenes.pair(table, *names) for names in (("x", "label"), ("label", "x"))]
    assert [s.method for s in mixed] == ["Ross", "Ross"]
    assert mixed[0].estimate == pytest.approx(mixed[1].estimate)
    assert mixed[0].estimate == pytest.approx(LOG2, abs=0.1)
    assert mixed[0].correlation is None
    counted = scenes.pair(table, "label", "same")
    share = np.mean(label == "high")
    assert (counted.method, counted.rows) == ("counted", 400)
    assert counted.estimate == pytest.approx(-share * math.log(share) - (1 - share) * math.log(1 - share))


def test_estimates_equal_those_of_scikit_learn():
    feature_selection = pytest.importorskip("sklearn.feature_selection")
    rng = np.random.default_rng(3)
    label = rng.choice(["a", "b", "c"], 300)
    x = rng.standard_normal(300) + (label == "a")
    y = np.exp(x) + rng.standard_normal(300)
    table = made(x=x, y=y, label=label)
    theirs = feature_selection.mutual_info_classif(np.stack([x, y], 1), label, random_state=0)
    ours = [scenes.pair(table, name, "label").estimate for name in ("x", "y")]
    assert ours == pytest.approx(theirs, abs=1e-9)  # columns without ties, before which it adds noise of 1e-10


def test_many_rows_are_sampled_for_the_neighbors_and_counted_in_full():
    n = scenes.ROWS + 5000
    rng = np.random.default_rng(0)
    table = made(x=rng.random(n), y=rng.random(n), a=rng.choice(["u", "v"], n), b=rng.choice(["u", "v"], n))
    sampled, counted = scenes.pair(table, "x", "y"), scenes.pair(table, "a", "b")
    assert (sampled.rows, sampled.of) == (scenes.ROWS, n)
    assert abs(sampled.estimate) < 0.03
    assert counted.rows == n
    assert sampled.some.size == counted.some.size == scenes.SHOWN
    assert counted.bias == pytest.approx(1 / (2 * n))
    # Independent labels: 2 N I is distributed as chi-squared with one degree of freedom.
    assert 2 * n * counted.estimate < scipy_stats.chi2(1).ppf(1 - 1e-6)


def test_crossed_columns_keep_every_row_and_gather_what_is_rare():
    letters = np.array(list("aaaaabbbbccccdddeeffg" * 3))
    table = made(letter=letters, half=np.where(np.arange(letters.size) % 2, "odd", "even"))
    counts, rows, columns = scenes.crossed(table.column("letter"), table.column("half"))
    assert counts.sum() == letters.size
    assert rows == ("a", "b", "c", "d", "e", "others")
    assert counts[-1].sum() == np.isin(letters, ["f", "g"]).sum()
    assert columns == ("even", "odd")
    assert scenes.crossed(table.column("half"), table.column("letter"))[0].tolist() == counts.T.tolist()


def test_columns_with_nothing_to_count_are_refused_in_one_sentence():
    table = made(one=np.zeros(10), label=np.array(list("aabbaabbab")))
    assert scenes.pair(table, "one", "label").estimate == 0
    with pytest.raises(ValueError, match="the same value in every row"):
        scenes.crossed(table.column("one"), table.column("label"))
    many = np.array([f"v{i}" for i in range(1500)])
    with pytest.raises(ValueError, match="too many values to count their pairs"):
        scenes.pair(made(a=many, b=many), "a", "b")
