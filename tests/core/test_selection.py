"""Selection of columns: against definitions, brute force, scipy and scikit-learn; the copy and the XOR pair."""

from collections import Counter
from math import fsum, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import contingency
from sklearn.metrics import mutual_info_score

from core.datasets import redundant_and_synergistic, xor_among_noise
from core.discrete import entropy
from core.selection import (
    CRITERIA,
    correlation_ratio,
    cramers_v,
    equal_bins,
    joint_information,
    pairwise_information,
    select,
)


@st.composite
def tables(draw, most_columns: int = 5):
    """Codes of a few columns and a class, with copies and constants among them."""
    n, d = draw(st.integers(2, 60)), draw(st.integers(1, most_columns))
    seed, levels = draw(st.integers(0, 10**6)), draw(st.integers(1, 4))
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, levels, (n, d))
    y = rng.integers(0, draw(st.integers(1, 3)), n)
    if d > 1 and draw(st.booleans()):
        codes[:, -1] = codes[:, 0]
    if draw(st.booleans()):
        codes[:, 0] = y
    return codes, y


def counted_entropy(*columns) -> float:
    """Entropy of rows, counted one by one."""
    counts = Counter(zip(*(np.asarray(c).tolist() for c in columns), strict=True))
    n = sum(counts.values())
    return fsum(-k / n * log(k / n) for k in counts.values())


def counted_information(xs, y) -> float:
    return counted_entropy(*xs) + counted_entropy(y) - counted_entropy(*xs, y)


# --- association


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.integers(0, 3)), min_size=2, max_size=50))
def test_correlation_ratio_is_the_share_of_variance_between_classes(pairs):
    x, y = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
    eta = correlation_ratio(x, y)
    assert 0 <= eta <= 1
    total = np.var(x)
    if total > 1e-6:
        within = sum(np.var(x[y == c]) * np.mean(y == c) for c in set(y))
        assert eta**2 == pytest.approx(1 - within / total, abs=1e-9)
        assert correlation_ratio(-7 * x + 3, y) == pytest.approx(eta, abs=1e-7)


def test_correlation_ratio_of_two_classes_is_the_size_of_the_correlation():
    rng = np.random.default_rng(3)
    y = rng.integers(0, 2, 300)
    x = rng.standard_normal(300) - 0.6 * y
    assert correlation_ratio(x, y) == pytest.approx(abs(np.corrcoef(x, y)[0, 1]), rel=1e-12)


def test_correlation_ratio_gives_the_f_statistic_of_the_analysis_of_variance():
    rng = np.random.default_rng(4)
    y = rng.integers(0, 4, 200)
    x = rng.standard_normal(200) + 0.3 * y
    eta2 = correlation_ratio(x, y) ** 2
    f = stats.f_oneway(*(x[y == c] for c in range(4))).statistic
    assert eta2 / 3 / ((1 - eta2) / 196) == pytest.approx(f, rel=1e-10)


def test_correlation_ratio_at_its_ends():
    assert correlation_ratio([1e200, 1e200, -1e200], ["a", "a", "b"]) == pytest.approx(1, rel=1e-15)
    assert correlation_ratio([5.0, 5.0], ["a", "b"]) == 0
    assert correlation_ratio([1.0, 2.0, 1.0, 2.0], ["a", "a", "b", "b"]) == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=2, max_size=60))
def test_cramers_v_is_that_of_scipy(pairs):
    x, y = (np.array(column) for column in zip(*pairs, strict=True))
    v = cramers_v(x, y)
    assert v == pytest.approx(cramers_v(y, x), abs=1e-7)
    table = contingency.crosstab(x, y).count
    if min(table.shape) > 1:
        assert v == pytest.approx(contingency.association(table, method="cramer"), abs=1e-7)
    else:
        assert v == 0


# --- bins


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=80), st.integers(1, 10))
def test_bins_keep_the_order_and_never_part_equals(numbers, bins):
    x = np.array(numbers)
    codes = equal_bins(x, bins)
    assert 0 <= codes.min() <= codes.max() < bins
    order = np.argsort(x, kind="stable")
    assert (np.diff(codes[order]) >= 0).all()
    assert all(len(set(codes[x == value].tolist())) == 1 for value in set(numbers))
    if len(set(numbers)) == len(numbers) >= bins:
        sizes = np.bincount(codes, minlength=bins)
        assert sizes.max() - sizes.min() <= 1


# --- pairs


@given(tables())
def test_information_of_pairs_is_what_counting_gives(table):
    codes, y = table
    pairs = pairwise_information(codes, y)
    columns = codes.T
    assert pairs.target_entropy == pytest.approx(counted_entropy(y), abs=1e-12)
    for i, a in enumerate(columns):
        assert pairs.relevance[i] == pytest.approx(mutual_info_score(a, y), abs=1e-12)
        assert pairs.redundancy[i, i] == pytest.approx(counted_entropy(a), abs=1e-12)
        for j, b in enumerate(columns):
            assert pairs.redundancy[i, j] == pairs.redundancy[j, i] == pytest.approx(mutual_info_score(a, b), abs=1e-12)
            given = counted_entropy(a, y) + counted_entropy(b, y) - counted_entropy(a, b, y) - counted_entropy(y)
            assert pairs.given[i, j] == pairs.given[j, i] == pytest.approx(given, abs=1e-12)


@given(tables())
def test_joint_information_rises_to_at_most_the_entropy_and_is_what_counting_gives(table):
    codes, y = table
    found = joint_information(codes, y)
    for m in range(1, codes.shape[1] + 1):
        assert found[m - 1] == pytest.approx(counted_information(codes.T[:m], y), abs=1e-12)
    assert (np.diff(found) >= -1e-12).all()
    assert found[-1] <= counted_entropy(y) + 1e-12


def test_many_columns_of_many_codes_do_not_overflow():
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 10**6, (50, 40))
    assert joint_information(codes, np.arange(50) % 2)[-1] == pytest.approx(np.log(2), rel=1e-12)


# --- greedy selection


def brute_force(codes, y, criterion) -> list[int]:
    """The same search from the definitions: every candidate scored anew at every step."""
    d, chosen = codes.shape[1], []
    while len(chosen) < d:
        scores = {}
        for k in set(range(d)) - set(chosen):
            x = codes[:, k]
            relevance = counted_information([x], y)
            others = [codes[:, j] for j in chosen]
            if not others or criterion == "single":
                scores[k] = relevance
            elif criterion == "mRMR":
                scores[k] = relevance - np.mean([mutual_info_score(x, other) for other in others])
            else:  # Yang and Moody's own form: the sum of I(X S; Y)
                scores[k] = sum(counted_information([x, other], y) for other in others)
        best = max(scores.values())
        chosen.append(min(k for k, score in scores.items() if score > best - 1e-9))
    return chosen


@given(tables(), st.sampled_from(CRITERIA))
def test_the_order_is_that_of_the_search_from_the_definitions(table, criterion):
    codes, y = table
    found = select(pairwise_information(codes, y), criterion)
    assert found.order.tolist() == brute_force(codes, y, criterion)


@given(tables(), st.sampled_from(CRITERIA))
def test_the_parts_of_each_score_add_up_and_are_those_of_the_column(table, criterion):
    codes, y = table
    pairs = pairwise_information(codes, y)
    found = select(pairs, criterion)
    assert sorted(found.order.tolist()) == list(range(codes.shape[1]))
    assert found.score == pytest.approx(found.relevance - found.redundancy + found.complement, abs=1e-15)
    assert (found.relevance == pairs.relevance[found.order]).all()
    assert found.redundancy[0] == found.complement[0] == 0
    for step, k in enumerate(found.order[1:], start=1):
        before = found.order[:step]
        redundancy = pairs.redundancy[k, before].mean() if criterion != "single" else 0
        complement = pairs.given[k, before].mean() if criterion == "JMI" else 0
        assert found.redundancy[step] == pytest.approx(redundancy, abs=1e-12)
        assert found.complement[step] == pytest.approx(complement, abs=1e-12)


@given(tables())
def test_fewer_steps_are_the_beginning_of_more(table):
    pairs = pairwise_information(*table)
    for criterion in CRITERIA:
        every = select(pairs, criterion)
        for steps in range(1, len(every.order) + 1):
            assert select(pairs, criterion, steps).order.tolist() == every.order[:steps].tolist()


@given(tables())
def test_one_at_a_time_is_the_ranking_by_relevance(table):
    pairs = pairwise_information(*table)
    found = select(pairs, "single")
    assert (np.diff(found.score) <= 1e-12).all()
    assert found.order[0] == select(pairs, "mRMR").order[0] == select(pairs, "JMI").order[0]


def test_a_copy_adds_nothing_once_its_original_is_there():
    codes = np.random.default_rng(5).integers(0, 3, (200, 1))
    y = (codes[:, 0] > 0).astype(int)
    found = select(pairwise_information(np.hstack([codes, codes]), y), "JMI")
    assert found.score[1] == pytest.approx(0, abs=1e-12)  # I(X; Y | X) = 0
    assert select(pairwise_information(np.hstack([codes, codes]), y), "mRMR").score[1] == pytest.approx(
        -entropy(np.bincount(codes[:, 0]) / 200) + mutual_info_score(codes[:, 0], y), abs=1e-12
    )


def cut(cloud, bins):
    codes = np.stack([equal_bins(x, bins) for x in cloud.X.T], axis=1)
    return [cloud.feature_names[i] for i in range(codes.shape[1])], pairwise_information(codes, cloud.y)


@pytest.mark.parametrize("seed", range(6))
def test_mrmr_puts_the_copy_last_which_one_at_a_time_puts_second(seed):
    names, pairs = cut(redundant_and_synergistic(2000, seed), 8)
    order = {c: [names[i] for i in select(pairs, c).order] for c in CRITERIA}
    assert order["single"][:2] == ["signal", "copy"]
    assert order["mRMR"][0] == "signal"
    assert order["mRMR"][-1] == "copy"


@pytest.mark.parametrize("seed", range(6))
def test_jmi_finds_the_pair_that_the_others_do_not(seed):
    names, pairs = cut(xor_among_noise(2000, seed), 5)
    order = {c: [names[i] for i in select(pairs, c).order] for c in CRITERIA}
    assert order["JMI"][:2] == ["first", "second"]
    # By itself it is one more column of noise: 2 N I of nothing is chi-squared with 4 degrees of freedom.
    chance = stats.chi2(4).ppf(0.9999) / (2 * 2000)
    assert max(pairs.relevance[i] for i, name in enumerate(names) if name != "first") < chance
    gain = select(pairs, "JMI").score[1]
    assert gain > 20 * max(select(pairs, c).score[1] for c in ("single", "mRMR"))


# --- what is refused


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: correlation_ratio([1.0, 2.0], ["a"]), "x has 2 rows but y has 1"),
        (lambda: correlation_ratio([np.nan], ["a"]), "finite"),
        (lambda: cramers_v(["a"], ["a", "b"]), "x has 1 rows but y has 2"),
        (lambda: equal_bins([1.0], 0), "bins"),
        (lambda: pairwise_information([[-1]], [0]), "codes"),
        (lambda: pairwise_information([[0.5]], [0]), "codes"),
        (lambda: pairwise_information([[0], [5000]], [0, 1]), "group the columns first"),
        (lambda: joint_information([[0]], [0, 1]), "codes has 1 rows but y has 2"),
        (lambda: select(pairwise_information([[0], [1]], [0, 1]), "best"), "use one of single, mRMR, JMI"),
        (lambda: select(pairwise_information([[0], [1]], [0, 1]), "JMI", 2), "steps"),
    ],
)
def test_what_makes_no_sense_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
