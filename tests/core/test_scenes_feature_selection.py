"""The records behind the Feature selection page: scikit-learn, published gains, identities, shuffles."""

import numpy as np
import pytest
from scipy import stats
from sklearn.feature_selection import mutual_info_classif
from sklearn.metrics import mutual_info_score

from core.estimate import mi_ross, mi_ross_by_class
from core.scenes import feature_selection as scenes
from core.selection import CRITERIA
from core.table import as_classes, read_table

BIT = np.log(2)


def matrix(table):
    y = as_classes(table.column(table.target)).values
    return np.stack([c.values for c in table.features], axis=1).astype(float), y


def in_table_order(scene):
    out = np.empty(len(scene.places))
    out[scene.places] = scene.information
    return out


# --- one column at a time


@pytest.mark.parametrize("name", ["A copy", "XOR pair", "Ring"])
def test_numbers_without_ties_tell_what_scikit_learn_says(name):
    table = scenes.example(name)
    X, y = matrix(table)
    theirs = mutual_info_classif(X, y, n_neighbors=3, random_state=0)
    # scikit-learn cuts off at 0 and adds noise of 1e-10 standard deviations, which moves hardly any neighbor.
    assert np.maximum(in_table_order(scenes.relevance(table)), 0) == pytest.approx(theirs, abs=2e-4)


def test_labels_tell_what_scikit_learn_says_and_what_quinlan_printed():
    table = scenes.example("Play tennis")
    X, y = matrix(table)
    theirs = mutual_info_classif(X.astype(int), y, discrete_features=True)
    scene = scenes.relevance(table)
    assert in_table_order(scene) == pytest.approx(theirs, abs=1e-12)
    printed = {"Outlook": 0.2467, "Humidity": 0.1518, "Wind": 0.0481, "Temperature": 0.0292}
    assert scene.names == tuple(printed)
    assert scene.information / BIT == pytest.approx(list(printed.values()), abs=5e-5)
    assert scene.entropy / BIT == pytest.approx(0.9403, abs=5e-5)


def test_iris_ranks_the_petal_first_and_tells_nearly_what_scikit_learn_says():
    table = scenes.example("Iris")
    scene = scenes.relevance(table)
    assert scene.names[:2] == ("petal length", "petal width")
    assert scene.entropy == pytest.approx(np.log(3), rel=1e-15)
    # scikit-learn breaks the ties of rounded lengths by noise.
    theirs = np.mean([mutual_info_classif(*matrix(table), random_state=seed) for seed in range(20)], axis=0)
    assert in_table_order(scene) == pytest.approx(theirs, abs=0.06)


@pytest.mark.parametrize("name", scenes.EXAMPLES)
def test_the_terms_of_the_classes_add_up_and_the_ranking_falls(name):
    scene = scenes.relevance(scenes.example(name))
    assert scene.terms.sum(axis=1) == pytest.approx(scene.information, abs=1e-14)
    assert (np.diff(scene.information) <= 0).all()
    assert scene.shares.sum() == pytest.approx(1, rel=1e-15)
    assert ((scene.association >= 0) & (scene.association <= 1)).all()
    assert sorted(scene.places) == list(range(len(scene.names)))


def test_the_ring_has_information_without_correlation():
    scene = scenes.relevance(scenes.example("Ring"))
    x = scene.names.index("x")
    # The standard error of a correlation of nothing with 2000 rows is 0.022.
    assert scene.association[x] < 0.1
    assert scene.information[x] > 0.4 * BIT


def test_the_terms_of_ross_are_those_of_each_class():
    rng = np.random.default_rng(2)
    y = rng.integers(0, 3, 300)
    x = rng.standard_normal(300) + y
    terms = mi_ross_by_class(x, y)
    assert terms.sum() == pytest.approx(mi_ross(x, y), abs=1e-14)
    # A class that lies by itself is told exactly: its term tends to p log(1/p).
    apart = mi_ross_by_class(np.where(y == 2, x + 1e3, x), y)
    share = np.mean(y == 2)
    assert apart[2] == pytest.approx(-share * np.log(share), rel=0.05)
    with pytest.raises(ValueError, match="one y for each x"):
        mi_ross_by_class([1.0, 2.0], [0])


def test_a_lone_class_adds_nothing():
    x, y = [0.0, 1.0, 2.0, 9.0], [0, 0, 0, 1]
    assert mi_ross_by_class(x, y)[1] == 0
    assert mi_ross_by_class(x, y).sum() == pytest.approx(mi_ross(x, y), abs=1e-15)


# --- shuffles


def test_shuffles_are_seeded_go_on_and_keep_the_classes():
    table = scenes.example("Iris")
    every = scenes.shuffled(table, 7, 0, 12)
    assert every.shape == (12, 4)
    assert (scenes.shuffled(table, 7, 5, 12) == every[5:]).all()
    assert (scenes.shuffled(table, 8, 0, 12) != every).any()
    assert scenes.shuffled(table, 7, 3, 3).shape == (0, 4)


def test_the_band_and_p_are_what_they_say():
    table = scenes.example("Play tennis")
    scene, null = scenes.relevance(table), scenes.shuffled(table, 1, 0, 199)
    found = scenes.ranking(scene, null, 400)
    assert (found.shuffles, found.wanted) == (199, 400)
    ranked = null[:, scene.places]
    over = (ranked > found.limits + 1e-12).any(axis=1)  # in any column, each against its own limit
    assert np.mean(over) <= 0.05 <= np.mean((ranked >= found.limits - 1e-12).any(axis=1))
    reach = (found.limits - ranked.mean(axis=0)) / ranked.std(axis=0)
    assert reach == pytest.approx(np.full(4, reach[0]), rel=1e-9)  # equally far from what is usual in each
    for j, place in enumerate(scene.places):
        as_good = sum(value >= scene.information[j] - 1e-12 for value in null[:, place])
        assert found.p[j] == pytest.approx((1 + as_good) / 200)
        assert np.mean(null[:, place] <= found.low[j]) >= 0.05
    # Exactly: of all ways to hand out 9 yes and 5 no, how many tell Wind (8 weak, 6 strong) as much as the true one?
    i = scene.names.index("Wind")
    wind, y = (table.column(name).values for name in ("Wind", "Play"))
    strong, yes = int((wind == 0).sum()), int(y.sum())
    ways = stats.hypergeom(14, yes, strong)

    def told(k):
        return mutual_info_score(None, None, contingency=np.array([[k, strong - k], [yes - k, 14 - strong - yes + k]]))

    exact = sum(ways.pmf(k) for k in range(1, 7) if told(k) >= scene.information[i] - 1e-12)
    assert found.p[i] == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 199) + 0.005)


def test_chance_is_measured_for_each_column_by_itself():
    rng = np.random.default_rng(6)
    kind = rng.integers(0, 2, 300)
    x, city = rng.standard_normal(300) + 2 * kind, rng.integers(0, 60, 300)
    lines = [f"{a},c{b},7,{'ab'[k]}" for a, b, k in zip(x, city, kind, strict=True)]
    table = read_table("\n".join(["x,city,one,kind", *lines]))
    found = scenes.ranking(scenes.relevance(table), scenes.shuffled(table, 1, 0, 100), 100)
    told = dict(zip(found.relevance.names, zip(found.limits, found.beyond, strict=True), strict=True))
    assert told["city"][0] > 2 * told["x"][0] > 0  # many names seem to tell much, whatever the labels
    assert told["x"][1]
    assert not told["city"][1]
    assert told["one"] == (0.0, False)


def test_a_large_table_is_shuffled_a_little_at_a_time():
    assert scenes.at_once(scenes.example("Iris")) >= 400
    big = read_table("x,y,kind\n" + "".join(f"{i},{i % 7},{'ab'[i % 2]}\n" for i in range(50_000)))
    assert scenes.at_once(big) == scenes.CELLS // 100_000


# --- columns together


def test_numbers_are_cut_and_labels_stay():
    text = "x,many,kind\n" + "".join(f"{i},t{min(i % 40, 25)},{'ab'[i % 2]}\n" for i in range(400))
    found = scenes.binned(read_table(text), 4)
    assert np.bincount(found.codes[:, 0]).tolist() == [100] * 4
    assert len(set(found.codes[:, 1])) == scenes.LABELS  # the rarer names count as one
    assert np.bincount(found.codes[:, 1]).max() == 150  # t25 is the most frequent and stays alone


@pytest.mark.parametrize("name", scenes.EXAMPLES)
def test_steps_name_the_columns_of_the_selection(name):
    table = scenes.binned(scenes.example(name), 5)
    for criterion in CRITERIA:
        scene = scenes.steps(table, criterion)
        assert scene.names == scene.orders[criterion] == tuple(scene.of[i] for i in scene.selection.order)
        assert {*scene.orders} == set(CRITERIA)


def test_joint_information_beyond_chance_falls_when_noise_is_added():
    scene = scenes.together(scenes.example("XOR pair"), 5, seed=1)
    assert scene.beyond["JMI"].argmax() == 1  # both halves of the pair, and nothing else
    assert scene.beyond["JMI"][-1] < scene.beyond["JMI"][1] / 2
    assert scene.beyond["single"][-1] == pytest.approx(scene.beyond["JMI"][-1], abs=0.05)  # all columns are all columns
    for criterion in CRITERIA:
        joint, chance = scene.joint[criterion], scene.chance[criterion]
        assert scene.beyond[criterion] == pytest.approx(joint - chance, abs=1e-15)
        assert (joint <= scene.entropy + 1e-12).all()


def test_the_claims_hold():
    found = scenes.claims()
    assert found.ring_correlation < 0.1
    assert found.ring_information > 0.3
    assert found.row_number == pytest.approx(found.tennis_entropy, rel=1e-12)
    assert found.row_number_shuffled == pytest.approx(found.row_number, rel=1e-12)
    assert (found.xor_alone, found.xor_together) == (0.0, pytest.approx(BIT, rel=1e-15))
    assert found.copies_together == pytest.approx(found.copies_alone, abs=1e-15)


def test_what_is_no_example_and_a_table_without_features_are_refused():
    with pytest.raises(ValueError, match="choose one of Iris"):
        scenes.example("Mars")
