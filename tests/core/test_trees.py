"""Tree splits: published gains, gain as mutual information, every split by brute force, scikit-learn as reference."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from mpmath import mp, mpf

from core import discrete, joint, trees
from core.datasets import PLAY_TENNIS, iris, moons, xor_cloud
from core.units import BITS
from tests import strategies
from tests.core import reference

CRITERIA = ["entropy", "gini", "misclassification"]


def tennis(feature):
    return joint.contingency_table(PLAY_TENNIS.column(feature), PLAY_TENNIS.labels).counts


def exact_impurity(counts, criterion):
    total = sum(counts)
    p = [Fraction(int(c), int(total)) for c in counts]
    if criterion == "entropy":
        shares = [mpf(x.numerator) / x.denominator for x in p]
        return mp.fsum(-reference.xlogy(x, x) for x in shares)
    value = sum(x * (1 - x) for x in p) if criterion == "gini" else 1 - max(p)
    return mpf(value.numerator) / value.denominator


def exact_gain(table, criterion):
    table = [[int(c) for c in row] for row in table]
    total = sum(map(sum, table))
    parent = exact_impurity([sum(column) for column in zip(*table, strict=True)], criterion)
    return parent - mp.fsum(mpf(sum(row)) / total * exact_impurity(row, criterion) for row in table if sum(row))


# --- published


def test_play_tennis():
    assert round(BITS.from_nats(trees.impurity([9, 5])), 4) == 0.9403
    gains = {name: round(BITS.from_nats(trees.information_gain(tennis(name))), 4) for name in PLAY_TENNIS.feature_names}
    assert gains == {"Outlook": 0.2467, "Humidity": 0.1518, "Wind": 0.0481, "Temperature": 0.0292}
    # Mitchell (1997), section 3.7.3, prints the ratios' parts; the split information of outlook is 1.577 bits.
    assert round(BITS.from_nats(trees.split_information(tennis("Outlook"))), 3) == 1.577
    assert round(trees.gain_ratio(tennis("Outlook")), 3) == 0.156
    assert max(PLAY_TENNIS.feature_names, key=lambda name: trees.gain_ratio(tennis(name))) == "Outlook"


def test_an_identifier_wins_on_gain_and_loses_by_its_split_information():
    table = joint.contingency_table(range(14), PLAY_TENNIS.labels).counts
    assert trees.information_gain(table) == pytest.approx(trees.impurity([9, 5]), rel=1e-14)
    assert trees.split_information(table) == pytest.approx(np.log(14), rel=1e-14)
    assert trees.gain_ratio(table) == pytest.approx(0.247, abs=5e-4)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_first_question_of_xor_gains_nothing(criterion):
    X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
    split = trees.best_split(X, y, criterion)
    assert split.gain == 0.0
    root = trees.grow_tree(X, y, 2, criterion)
    assert trees.predict(root, X).tolist() == y
    cloud = xor_cloud(400, seed=1)
    scan = trees.threshold_scan(cloud.X[:, 0], cloud.y, criterion)
    middle = np.flatnonzero(scan.left.sum(axis=1) == 200)
    assert scan.gains[middle].tolist() == [0.0]


# --- the last digits


@pytest.mark.parametrize("criterion", CRITERIA)
@given(counts=strategies.counts(largest=2**58))
def test_impurity_of_counts_is_right_to_the_last_digits(criterion, counts):
    assert reference.agrees(trees.impurity(counts, criterion), exact_impurity(counts, criterion))


@pytest.mark.parametrize("criterion", CRITERIA)
@given(p=strategies.pmfs())
def test_impurity_of_probabilities_follows_its_definition(criterion, p):
    expected = {
        "entropy": discrete.entropy(p),
        "gini": float(mp.fsum(x * (1 - x) for x in reference.exact(p))),
        "misclassification": 1 - p.max(),
    }[criterion]
    assert trees.impurity(p, criterion) == pytest.approx(expected, rel=1e-14, abs=1e-320)


@pytest.mark.parametrize("criterion", CRITERIA)
@given(table=strategies.count_tables(), bend=st.integers(0, 3), factor=st.sampled_from([1, 10**3, 10**7]))
def test_gain_is_right_to_the_last_digits(criterion, table, bend, factor):
    table = table.copy()
    if bend:  # all but the same classes in each branch
        table = np.outer(table[:, 0] % 100 + 1, table[0] % 100 + 1) * factor
        table[0, 0] += bend - 1
    gain = trees.information_gain(table, criterion)
    assert gain >= 0
    assert reference.agrees(gain, exact_gain(table, criterion), abs_=1e-75)


# --- theorems


@given(table=strategies.count_tables())
def test_information_gain_is_the_mutual_information_of_split_and_label(table):
    gain = trees.information_gain(table)
    sizes = table.sum(axis=1)
    after = sum(s * trees.impurity(row) for s, row in zip(sizes, table, strict=True) if s) / table.sum()
    assert gain == pytest.approx(trees.impurity(table.sum(axis=0)) - after, abs=1e-13)
    assert gain == joint.mutual_information(table)
    assert gain <= trees.split_information(table) + 1e-14
    assert trees.gain_ratio(table) <= 1 + 1e-12 or trees.split_information(table) < 1e-9


@pytest.mark.parametrize("criterion", CRITERIA)
@given(table=strategies.count_tables(min_side=3))
def test_a_finer_split_gains_no_less(criterion, table):
    coarser = np.concatenate([table[:1] + table[1:2], table[2:]])
    fine, coarse = (trees.information_gain(t, criterion) for t in (table, coarser))
    assert fine >= coarse - 1e-14


@given(p=strategies.pmfs())
def test_impurities_are_ordered_and_largest_when_even(p):
    k = len(p)
    entropy, gini, error = (trees.impurity(p, c) for c in CRITERIA)
    assert error <= gini + 1e-15 <= entropy + 2e-15  # 1 - max p <= sum p (1 - p) <= -sum p log p
    assert entropy <= np.log(k) + 1e-14
    assert gini <= 1 - 1 / k + 1e-15
    assert error <= 1 - 1 / k + 1e-15


def test_impurity_and_gain_take_batches():
    tables = np.random.default_rng(1).integers(0, 9, (5, 3, 2)) + 1
    for criterion in CRITERIA:
        gains = trees.information_gain(tables, criterion)
        assert gains.tolist() == [trees.information_gain(t, criterion) for t in tables]
        assert trees.impurity(tables, criterion).shape == (5, 3)
        assert isinstance(trees.information_gain(tables[0], criterion), float)
    assert trees.gain_ratio(tables).tolist() == [trees.gain_ratio(t) for t in tables]


# --- thresholds

columns = st.one_of(
    st.integers(-4, 4).map(float), st.floats(-1.7e308, 1.7e308), st.sampled_from([1e8, 1e8 + 1, 5e-324, 1e-323])
)


@pytest.mark.parametrize("criterion", CRITERIA)
@given(data=st.data(), n=st.integers(1, 25))
def test_best_split_is_the_best_of_all(criterion, data, n):
    X = data.draw(hnp.arrays(float, (n, 2), elements=columns))
    y = data.draw(hnp.arrays(int, n, elements=st.integers(0, 2)))
    candidates = []
    for feature in range(2):
        scan = trees.threshold_scan(X[:, feature], y, criterion)
        assert len(scan.thresholds) == len(np.unique(X[:, feature])) - 1
        assert (np.diff(scan.thresholds) > 0).all()
        for threshold, gain, left, right in zip(scan.thresholds, scan.gains, scan.left, scan.right, strict=True):
            yes = X[:, feature] <= threshold
            counts = [[int(np.sum(y[side] == c)) for c in scan.classes] for side in (yes, ~yes)]
            assert [left.tolist(), right.tolist()] == counts
            assert 0 < yes.sum() < n
            assert reference.agrees(gain, exact_gain(counts, criterion), abs_=1e-75)
            candidates.append((gain, -feature, -threshold))
    split = trees.best_split(X, y, criterion)
    if not candidates:
        assert split is None
        return
    gain, feature, threshold = max(candidates)
    assert (split.gain, split.feature, split.threshold) == (gain, -feature, -threshold)
    assert trees.information_gain(split.counts, criterion) == split.gain


@pytest.mark.parametrize(
    ("a", "b"),
    [(1e8, 1e8 + 1), (1.0, np.nextafter(1.0, 2)), (5e-324, 1e-323), (-1.7e308, 1.7e308), (-5e-324, 0.0), (0.0, 5e-324)],
)
def test_any_two_different_floats_can_be_told_apart(a, b):
    split = trees.best_split([[a], [b]], ["low", "high"])
    assert a <= split.threshold < b
    assert BITS.from_nats(split.gain) == 1.0
    assert trees.predict(trees.grow_tree([[a], [b]], ["low", "high"], 1), [[a], [b]]).tolist() == ["low", "high"]


@pytest.mark.parametrize("scale", [1.0, 5e-324, 1e-310, 1e308])
@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, n: rng.standard_normal(n),
        lambda rng, n: rng.standard_cauchy(n).clip(-1.7, 1.7),
        lambda rng, n: rng.integers(-3, 4, n) / 2,
        lambda rng, n: np.sort(rng.random(n))[::-1],
        lambda rng, n: np.where(rng.random(n) < 0.999, 1.0, rng.random(n)),
        lambda rng, n: np.repeat([0.5, np.nextafter(0.5, 1), np.nextafter(0.5, 0)], n // 3),
        lambda rng, n: np.ones(n),
    ],
)
def test_many_numbers_are_put_in_order(draw, scale):
    x = draw(np.random.default_rng(6), 30_000).clip(-1.7, 1.7) * scale
    order = trees._order(x)
    assert (np.sort(order) == np.arange(len(x))).all()
    assert (x[order] == np.sort(x)).all()


# --- trees


@pytest.mark.parametrize("criterion", ["entropy", "gini"])
def test_first_split_agrees_with_scikit_learn(criterion):
    sklearn_tree = pytest.importorskip("sklearn.tree")
    for data in (iris(), moons(300, seed=2)):
        # Columns that single precision holds exactly, since that is what scikit-learn works in.
        X = data.X.astype(np.float32).astype(float)
        peer = (
            sklearn_tree.DecisionTreeClassifier(max_depth=1, criterion=criterion, random_state=0).fit(X, data.y).tree_
        )
        split = trees.best_split(X, data.y, criterion)
        gain = peer.impurity[0] - (peer.weighted_n_node_samples[1:] * peer.impurity[1:]).sum() / len(X)
        gain *= np.log(2) if criterion == "entropy" else 1
        assert split.gain == pytest.approx(gain, rel=1e-12)
        chosen = X[:, peer.feature[0]] <= peer.threshold[0]
        counts = [np.bincount(data.y[side], minlength=len(data.class_names)).tolist() for side in (chosen, ~chosen)]
        # Iris is split equally well by either measure of the petal.
        assert trees.information_gain(counts, criterion) == pytest.approx(split.gain, rel=1e-12)


def test_whole_tree_agrees_with_scikit_learn():
    sklearn_tree = pytest.importorskip("sklearn.tree")
    rng = np.random.default_rng(3)
    X = rng.standard_normal((400, 3)).astype(np.float32).astype(float)
    y = (X[:, 0] + 0.5 * rng.standard_normal(400) > 0) + 1 * (X[:, 1] > 1)
    peer = sklearn_tree.DecisionTreeClassifier(max_depth=4, criterion="entropy", random_state=0).fit(X, y)
    root = trees.grow_tree(X, y, 4)
    assert (trees.predict(root, X) == peer.predict(X)).mean() > 0.99  # ties are broken at random over there


@given(data=st.data(), n=st.integers(1, 30), depth=st.integers(0, 4), criterion=st.sampled_from(CRITERIA))
def test_tree_is_made_of_its_splits(data, n, depth, criterion):
    X = data.draw(hnp.arrays(float, (n, 2), elements=columns))
    y = data.draw(hnp.arrays(int, n, elements=st.integers(0, 2)))
    root = trees.grow_tree(X, y, depth, criterion)
    classes = np.unique(y)

    def walk(node, rows, level):
        assert node.counts.tolist() == [int((y[rows] == c).sum()) for c in classes]
        assert node.impurity == trees.impurity(node.counts, criterion)
        assert node.prediction == classes[node.counts.argmax()]
        if node.split is None:
            assert node.yes is None
            assert node.no is None
            assert level == depth or np.count_nonzero(node.counts) == 1 or (X[rows] == X[rows][0]).all()
            return
        again = trees.best_split(X[rows], y[rows], criterion)
        assert (again.feature, again.threshold, again.gain) == (
            node.split.feature,
            node.split.threshold,
            node.split.gain,
        )
        yes = X[:, node.split.feature] <= node.split.threshold
        walk(node.yes, rows & yes, level + 1)
        walk(node.no, rows & ~yes, level + 1)

    walk(root, np.ones(n, bool), 0)


def test_a_deep_enough_tree_learns_every_distinct_row():
    cloud = moons(200, seed=4, noise=0.4)
    root = trees.grow_tree(cloud.X, cloud.y, 500)
    assert (trees.predict(root, cloud.X) == cloud.y).all()
    assert trees.grow_tree(cloud.X, cloud.y, 0).split is None


def test_labels_keep_their_type():
    root = trees.grow_tree([[1], [2], [3], [4]], ["red", "red", "green", "blue"], 2)
    assert trees.predict(root, [[1], [2.4], [3], [9]]).tolist() == ["red", "red", "green", "blue"]
    assert trees.predict(trees.grow_tree([[1], [2]], [True, False], 1), [[2]]).tolist() == [False]
    assert trees.predict(trees.grow_tree([[1], [2]], [5, 7], 0), [[2], [3]]).tolist() == [5, 5]


def test_one_row_one_class_constant_column():
    assert trees.best_split([[1.0]], ["a"]) is None
    assert trees.best_split([[1.0, 2.0], [1.0, 2.0]], ["a", "b"]) is None
    assert trees.best_split([[1.0], [2.0]], ["a", "a"]).gain == 0.0
    assert trees.grow_tree([[1.0], [2.0]], ["a", "a"], 5).split is None
    scan = trees.threshold_scan([3.0, 3.0], ["a", "b"])
    assert scan.thresholds.shape == scan.gains.shape == (0,)
    assert scan.left.shape == scan.right.shape == (0, 2)


# --- refusals


@pytest.mark.parametrize("measure", [trees.information_gain, trees.split_information, trees.gain_ratio])
@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ([], "counts is empty"),
        ([1, 2], "counts has 1 axes"),
        (4, "counts has 0 axes"),
        ([[0, 0], [0, 0]], "counts holds no observation"),
        ([[[1, 1], [0, 2]], [[0, 0], [0, 0]]], r"counts\[1\] holds no observation"),
        ([[1, -2]], r"counts\[0, 1\] is -2"),
        ([[1, 0.5]], r"counts\[0, 1\] is 0.5"),
        ([[1, np.nan]], r"counts\[0, 1\] is nan"),
        ([["a", "b"]], "counts holds text"),
        ([[2**62, 2**62], [2**62, 2**62]], "counts adds up"),
    ],
)
def test_tables_are_refused(measure, counts, message):
    with pytest.raises(ValueError, match=message):
        measure(counts)


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ([], "empty"),
        (3, "single|axes"),
        ([0, 0], "no observation"),
        ([0.5, 0.6], "sums to"),
        ([-1, 2], "is -1"),
        (["a"], "text"),
        ([[1], [1, 2]], "ragged"),
    ],
)
def test_impurity_refuses(criterion, counts, message):
    with pytest.raises(ValueError, match=f"counts.*({message})"):
        trees.impurity(counts, criterion)


@pytest.mark.parametrize("grow", [trees.best_split, lambda X, y: trees.grow_tree(X, y, 2)])
@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        ([], [1], "X"),
        ([1.0, 2.0], [1, 2], "X has 1 axis"),
        ([[1.0], [np.nan]], [1, 2], r"X\[1, 0\] is nan"),
        ([[1.0], [np.inf]], [1, 2], r"X\[1, 0\] is inf"),
        ([["a"], ["b"]], [1, 2], "X holds text"),
        ([[1.0], [2.0]], [1], "X has 2 rows but y has 1"),
        ([[1.0], [2.0]], [], "y is empty"),
        ([[1.0], [2.0]], [[1], [1, 2]], "y is ragged"),
        ([[1.0], [2.0]], [1, np.nan], r"y\[1\] is nan"),
    ],
)
def test_samples_are_refused(grow, X, y, message):
    with pytest.raises(ValueError, match=message):
        grow(X, y)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: trees.impurity([1, 2], "chi2"), "criterion is 'chi2'"),
        (lambda: trees.information_gain([[1, 2]], "chi2"), "criterion"),
        (lambda: trees.best_split([[1.0]], [1], "chi2"), "criterion"),
        (lambda: trees.threshold_scan([1.0], [1], "chi2"), "criterion"),
        (lambda: trees.threshold_scan([[1.0]], [1]), "x has 2 axes"),
        (lambda: trees.threshold_scan([1.0], [1, 2]), "x has 1 rows but y has 2"),
        (lambda: trees.grow_tree([[1.0]], [1], -1), "max_depth is -1"),
        (lambda: trees.grow_tree([[1.0]], [1], 1.5), "max_depth is 1.5"),
        (lambda: trees.predict(trees.grow_tree([[1, 1], [1, 2]], [1, 2], 1), [[1.0]]), "X has 1 columns"),
        (lambda: trees.predict(trees.grow_tree([[1], [1]], [1, 2], 1), []), "X"),
    ],
)
def test_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("criterion", CRITERIA)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_best_of_every_column_are_the_best_splits_of_the_columns_alone(criterion, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.integers(0, rng.integers(1, 6), (12, 3)).astype(float), rng.integers(0, 3, 12)
    for i, split in enumerate(trees.best_splits(X, y, criterion)):
        alone = trees.best_split(X[:, [i]], y, criterion)
        assert (split is None) == (alone is None) == (X[:, i].min() == X[:, i].max())
        if split is not None:
            assert (split.feature, split.threshold, split.gain) == (i, alone.threshold, alone.gain)
            assert split.gain == pytest.approx(trees.threshold_scan(X[:, i], y, criterion).gains.max(), abs=1e-14)


def test_best_splits_refuses_what_best_split_refuses():
    with pytest.raises(ValueError, match="X has 2 rows but y has 1"):
        trees.best_splits([[1.0], [2.0]], [0])
    with pytest.raises(ValueError, match="criterion is 'gain'"):
        trees.best_splits([[1.0], [2.0]], [0, 1], "gain")
