"""Estimates: against plain counting of the definition, on known distributions, against independent references."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from mpmath import mp, mpf

from core import discrete, estimate, joint
from core.datasets import circle, correlated_gaussian, iris, parabola
from core.units import BITS
from tests import strategies
from tests.core import reference

# --- counts


@given(counts=strategies.counts(largest=2**58))
def test_entropy_from_counts_is_right_to_the_last_digits(counts):
    n = [mpf(int(c)) for c in counts]
    total = mp.fsum(n)
    plug_in = mp.fsum(-reference.xlogy(c / total, c / total) for c in n)
    assert reference.agrees(estimate.entropy_from_counts(counts), plug_in)
    corrected = plug_in + (sum(c > 0 for c in n) - 1) / (2 * total)
    assert reference.agrees(estimate.entropy_from_counts(counts, "miller_madow"), corrected)


def test_miller_madow_removes_most_of_the_bias():
    rng = np.random.default_rng(0)
    p = np.full(20, 0.05)
    counts = rng.multinomial(100, p, size=4000)
    plain = np.mean(estimate.entropy_from_counts(counts)) - np.log(20)
    corrected = np.mean(estimate.entropy_from_counts(counts, "miller_madow")) - np.log(20)
    # Fixed seed; 4000 repeats leave a standard error below 0.001. The bias to first order is -(20 - 1)/200 = -0.095.
    assert plain == pytest.approx(-0.095, abs=0.012)
    assert abs(corrected) < 0.012


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ([], "counts is empty"),
        (3, "counts is a single number"),
        ([0, 0], "counts holds no observation"),
        ([[1, 2], [0, 0]], r"counts\[1\] holds no observation"),
        ([1, -1], r"counts\[1\] is -1"),
        ([1, 2.5], r"counts\[1\] is 2.5"),
        ([1, np.nan], r"counts\[1\] is nan"),
        ([1, np.inf], r"counts\[1\] is inf"),
        (["a"], "counts holds text"),
        ([2**62, 2**62, 2**62], "counts adds up"),
    ],
)
def test_entropy_from_counts_refuses(counts, message):
    with pytest.raises(ValueError, match=message):
        estimate.entropy_from_counts(counts)


def test_unknown_correction_is_refused():
    with pytest.raises(ValueError, match="correction"):
        estimate.entropy_from_counts([1, 2], "jackknife")


# --- seeded draws


@given(p=strategies.pmfs(), n=st.integers(1, 60), seed=st.integers(0, 2**63))
def test_running_mean_is_the_mean_of_the_drawn_surprisals(p, n, seed):
    record = estimate.running_mean_surprisal(p, n, seed)
    assert record.outcomes.shape == record.surprisals.shape == record.running_mean.shape == (n,)
    assert (p[record.outcomes] > 0).all()
    assert (record.surprisals == discrete.surprisal(p)[record.outcomes]).all()
    expected = np.cumsum(record.surprisals) / np.arange(1, n + 1)
    assert np.allclose(record.running_mean, expected, rtol=1e-13, atol=1e-300)
    assert (estimate.running_mean_surprisal(p, n, seed).outcomes == record.outcomes).all()


@pytest.mark.parametrize("p", [[0.5, 0.5], [0.9, 0.1], [0.5, 0.25, 0.125, 0.125], [0.0, 1.0, 0.0]])
def test_running_mean_settles_at_the_entropy(p):
    n = 100_000
    record = estimate.running_mean_surprisal(p, n, seed=1)
    h = discrete.entropy(p)
    spread = np.sqrt(sum(q * (-np.log(q) - h) ** 2 for q in p if q > 0))
    # One fixed seed, five standard errors.
    assert record.running_mean[-1] == pytest.approx(h, abs=5 * spread / np.sqrt(n) + 1e-14)


def test_draws_have_their_frequencies():
    outcomes = estimate.running_mean_surprisal([0.2, 0.0, 0.5, 0.3], 50_000, seed=2).outcomes
    # Fixed seed; the largest standard error is 0.0022.
    assert np.allclose(np.bincount(outcomes, minlength=4) / 50_000, [0.2, 0, 0.5, 0.3], atol=0.01)


@pytest.mark.parametrize(
    ("p", "n", "seed", "message"),
    [
        ([0.5, 0.6], 5, 0, "p sums"),
        ([[0.5, 0.5]], 5, 0, "p has 2 axes"),
        ([0.5, 0.5], 0, 0, "n is 0"),
        ([0.5, 0.5], 2.5, 0, "n is 2.5"),
        ([0.5, 0.5], 5, -1, "seed is -1"),
        ([0.5, 0.5], 5, None, "seed is None"),
    ],
)
def test_running_mean_refuses(p, n, seed, message):
    with pytest.raises(ValueError, match=message):
        estimate.running_mean_surprisal(p, n, seed)


# --- neighbors, counted one pair at a time

PSI = [None, *(float(mp.digamma(n)) for n in range(1, 700))]


def psi(n):
    return PSI[n]


# Whole numbers of a few values: ties of every kind; tenths: distances that rounding would misplace; and any floats.
numbers = st.one_of(
    st.integers(-3, 3).map(float),
    st.integers(-20, 20).map(lambda v: v / 10),
    st.floats(-1e3, 1e3),
    st.floats(-1.7e308, 1.7e308),
)


def slack(*samples):
    """What the rounding of decimals may take away from a distance, or add to it."""
    return 4 * np.finfo(float).eps * max(np.abs(s).max() for s in samples)


def near(distance, radius, slack):
    """How many others are nearer, and one; or all that are as near, if more. The distance to itself is among them."""
    return max((distance < radius - slack).sum() - (radius > slack) + 1, (distance <= radius + slack).sum() - 1)


def tame(*samples):
    """Distances of finite numbers may pass the largest float: then an eighth of all."""
    return [s / 8 for s in samples] if max(np.abs(s).max() for s in samples) > 1e307 else samples


def slow_ksg(x, y, k):
    if (x == x[0]).all() or (y == y[0]).all():
        return 0.0
    x, y = tame(x, y)
    d_x, d_y, off = np.abs(x[:, None] - x), np.abs(y[:, None] - y), slack(x, y)
    d = np.maximum(d_x, d_y)
    total = 0.0
    for i in range(len(x)):
        radius = np.sort(d[i])[k]
        within = (d[i] <= radius + off).sum() - 1
        total += psi(within) - psi(near(d_x[i], radius, off)) - psi(near(d_y[i], radius, off)) + psi(len(x))
    return total / len(x)


def slow_ross(x, y, k):
    labels, counts = np.unique(y, return_counts=True)
    kept = np.isin(y, labels[counts > 1])
    (x,), y = tame(x[kept]), y[kept]
    if (x == x[0]).all() or (y == y[0]).all():
        return 0.0
    total = 0.0
    for i in range(len(x)):
        own = np.abs(x[y == y[i]] - x[i])
        neighbors = min(k, len(own) - 1)
        radius = np.sort(own)[neighbors]
        within = (own <= radius + slack(x)).sum() - 1
        total += psi(within) - psi(len(own)) - psi(near(np.abs(x - x[i]), radius, slack(x))) + psi(len(x))
    return total / len(x)


@given(data=st.data(), n=st.integers(3, 40), k=st.integers(1, 5))
def test_ksg_counts_what_its_definition_says(data, n, k):
    x, y = (data.draw(hnp.arrays(float, n, elements=numbers)) for _ in range(2))
    k = min(k, n - 1)
    assert estimate.mi_ksg(x, y, k) == pytest.approx(slow_ksg(x, y, k), abs=1e-13)


@given(data=st.data(), n=st.integers(3, 60), k=st.integers(1, 5), classes=st.integers(1, 6))
def test_ross_counts_what_its_definition_says(data, n, k, classes):
    x = data.draw(hnp.arrays(float, n, elements=numbers))
    y = data.draw(hnp.arrays(int, n, elements=st.integers(0, classes - 1)))
    if np.bincount(y).max() < 2:
        with pytest.raises(ValueError, match="occurs twice"):
            estimate.mi_ross(x, y, k)
    else:
        assert estimate.mi_ross(x, y, k) == pytest.approx(slow_ross(x, y, k), abs=1e-13)


def test_neighbors_of_far_reach_are_counted_too():
    rng = np.random.default_rng(3)
    x = np.concatenate([rng.standard_normal(300), rng.standard_cauchy(300)])
    y = np.repeat([0, 1], 300)
    assert estimate.mi_ross(x, y, 3) == pytest.approx(slow_ross(x, y, 3), abs=1e-13)
    z = np.round(x) + rng.standard_normal(600)
    assert estimate.mi_ksg(x, z, 4) == pytest.approx(slow_ksg(x, z, 4), abs=1e-13)


def test_vectors_of_one_column_are_numbers_and_repeated_columns_change_nothing():
    sample = correlated_gaussian(300, 0.7, seed=3)
    plain = estimate.mi_ksg(sample.x, sample.y)
    assert estimate.mi_ksg(sample.x[:, None], sample.y[:, None]) == plain
    twice = np.stack([sample.x, sample.x], axis=1)  # under the maximum norm a copy adds no distance
    assert estimate.mi_ksg(twice, sample.y) == pytest.approx(plain, abs=1e-13)


@pytest.mark.parametrize("measure", [estimate.mi_ksg, estimate.mi_ross, estimate.mi_histogram])
def test_a_constant_tells_nothing(measure):
    y = np.arange(50) % 3
    assert measure(np.full(50, 0.1), y) == 0.0
    assert measure(np.arange(50.0), np.zeros(50)) == 0.0


@pytest.mark.parametrize("scale", [2.0**-900, 0.25, 2.0**900])
def test_the_unit_of_measurement_does_not_matter(scale):
    sample = correlated_gaussian(200, 0.7, seed=4)
    labels = sample.y > 0
    assert estimate.mi_ross(sample.x * scale, labels) == estimate.mi_ross(sample.x, labels)
    assert estimate.mi_ksg(sample.x * scale, sample.y * scale) == estimate.mi_ksg(sample.x, sample.y)
    assert estimate.mi_histogram(sample.x * scale, sample.y) == estimate.mi_histogram(sample.x, sample.y)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6, 0.9])
def test_ksg_finds_the_information_of_a_gaussian(rho):
    # Kraskov et al., figure 4: at N = 5000 the spread is about 0.02. One fixed seed, four times that.
    sample = correlated_gaussian(5000, rho, seed=11)
    assert estimate.mi_ksg(sample.x, sample.y, 4) == pytest.approx(-np.log(1 - rho**2) / 2, abs=0.06)


@pytest.mark.parametrize("draw", [circle, parabola])
def test_dependence_without_correlation_is_seen(draw):
    sample = draw(3000, seed=6)
    assert estimate.mi_ksg(sample.x, sample.y) > 0.9
    assert estimate.mi_histogram(sample.x, sample.y, 20) > 0.7


def test_ross_finds_the_information_of_two_shifted_gaussians():
    rng = np.random.default_rng(12)
    y = rng.integers(0, 2, 5000)
    x = rng.standard_normal(5000) + 2 * y
    grid = np.linspace(-10, 12, 200_001)
    first, second = (np.exp(-((grid - m) ** 2) / 2) / np.sqrt(2 * np.pi) for m in (0, 2))
    exact = sum(np.trapezoid(f * np.log(2 * f / (first + second)), grid) / 2 for f in (first, second))
    # One fixed seed; the spread over seeds is about 0.012.
    assert estimate.mi_ross(x, y) == pytest.approx(exact, abs=0.05)


def test_labels_in_place_of_numbers_give_nearly_the_plug_in_estimate():
    # Every neighbor coincides: psi(m) of the m others takes the place of log(m + 1), and psi(n) = log n - 1/(2n) + ...
    rng = np.random.default_rng(13)
    x, y = rng.integers(0, 4, 4000), rng.integers(0, 3, 4000)
    y = np.where(x == 0, 0, y)
    table = joint.contingency_table(x, y).counts
    off = -1.5 * ((table > 0).sum() - 4) / 4000 + 0.5 * (3 - 1) / 4000
    assert estimate.mi_ross(x, y) == pytest.approx(joint.mutual_information(table) + off, abs=2e-5)


@pytest.mark.parametrize("step", [0.02, 0.1, 0.5])
def test_rounding_invents_no_information(step):
    rng = np.random.default_rng(17)
    x, z = np.round(rng.standard_normal((2, 1500)) / step) * step
    assert abs(estimate.mi_ross(x, np.arange(1500) % 3)) < 0.06
    assert abs(estimate.mi_ksg(x, z)) < 0.06
    near = np.round((x + 0.5 * z) / step) * step  # correlation 2/sqrt(5)
    assert estimate.mi_ksg(x, near) == pytest.approx(np.log(5) / 2, abs=0.06)


# --- scikit-learn


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_scikit_learn_where_nothing_coincides(seed):
    peer = pytest.importorskip("sklearn.feature_selection._mutual_info")
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, 500)
    x = rng.standard_normal(500) + labels
    y = x + rng.standard_normal(500)
    assert estimate.mi_ross(x, labels, 3) == pytest.approx(peer._compute_mi_cd(x, labels, 3), abs=1e-14)
    assert estimate.mi_ksg(x, y, 3) == pytest.approx(peer._compute_mi_cc(x, y, 3), abs=1e-14)


def test_table_agrees_with_the_public_functions_of_scikit_learn():
    selection = pytest.importorskip("sklearn.feature_selection")
    rng = np.random.default_rng(5)
    labels = rng.integers(0, 3, 800)
    X = rng.standard_normal((800, 4)) * [1, 10, 0.1, 1] + np.stack([labels, -labels, labels * 0, labels**2], axis=1)
    X[:, 3] = np.round(X[:, 3])
    target = X[:, 0] + rng.standard_normal(800)
    kinds = [False, False, False, True]
    # scikit-learn adds noise of 1e-10 to the numbers, which now and then swaps two neighbors.
    expected = selection.mutual_info_classif(X, labels, discrete_features=kinds, random_state=0)
    assert np.allclose(estimate.mutual_information_table(X, labels, kinds).clip(0), expected, atol=1e-3)
    expected = selection.mutual_info_regression(X, target, discrete_features=kinds, random_state=0)
    ours = estimate.mutual_information_table(X, target, kinds, discrete_target=False)
    assert np.allclose(ours.clip(0), expected, atol=1e-3)


def test_on_rounded_measurements_agrees_with_scikit_learn_which_breaks_ties_by_noise():
    selection = pytest.importorskip("sklearn.feature_selection")
    data = iris()

    def theirs(measure, y):
        return np.mean([measure(data.X, y, random_state=seed) for seed in range(20)], axis=0)

    ours = estimate.mutual_information_table(data.X, data.y)
    assert ours == pytest.approx(theirs(selection.mutual_info_classif, data.y), abs=0.06)
    for j in range(4):
        others = np.arange(4) != j
        ours = estimate.mutual_information_table(data.X, data.X[:, j], discrete_target=False)
        expected = theirs(selection.mutual_info_regression, data.X[:, j])
        assert ours[others] == pytest.approx(expected[others], abs=0.07)


def test_table_uses_the_estimator_that_fits():
    data = iris()
    ross = [estimate.mi_ross(column, data.y) for column in data.X.T]
    assert estimate.mutual_information_table(data.X, data.y).tolist() == ross
    plug_in = [joint.mutual_information(joint.contingency_table(c, data.y).counts) for c in data.X.T]
    assert estimate.mutual_information_table(data.X, data.y, True).tolist() == plug_in
    assert np.argmax(ross) in (2, 3)  # the petals tell the species
    swapped = estimate.mutual_information_table(data.y[:, None], data.X[:, 2], True, discrete_target=False)
    assert swapped.tolist() == [ross[2]]


def test_table_of_constant_columns_is_zero():
    X = np.ones((30, 2))
    y = np.arange(30)
    for kinds in (False, True):
        assert estimate.mutual_information_table(X, y % 3, kinds).tolist() == [0, 0]
        assert estimate.mutual_information_table(X, y, kinds, discrete_target=False).tolist() == [0, 0]


# --- histogram


@given(data=st.data(), n=st.integers(1, 60), bins=st.integers(1, 7))
def test_histogram_is_the_information_of_the_binned_counts(data, n, bins):
    x, y = (data.draw(hnp.arrays(float, n, elements=st.integers(-50, 50).map(float))) for _ in range(2))
    counts = np.histogram2d(x, y, bins=bins)[0]
    varied = len(set(x)) > 1 and len(set(y)) > 1
    expected = joint.mutual_information(counts.astype(int)) if varied else 0.0
    assert estimate.mi_histogram(x, y, bins) == pytest.approx(expected, abs=1e-12)


def test_histogram_of_the_whole_range_of_floats():
    x = np.array([-1.7e308, 1.7e308, -1.7e308, 1.7e308])
    assert BITS.from_nats(estimate.mi_histogram(x, x, bins=(2, 5))) == pytest.approx(1, abs=1e-15)


# --- refusals


@pytest.mark.parametrize("measure", [estimate.mi_ksg, estimate.mi_histogram])
@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([], [1.0], "x is empty"),
        ([1.0, 2, 3, 4, 5], [1.0, 2], "x has 5 entries but y has 2"),
        ([1.0, np.nan, 2, 3, 4], [1.0, 2, 3, 4, 5], r"x\[1.*\] is nan"),
        ([1.0, 1, 2, 3, 4], [1.0, 2, 3, 4, np.inf], r"y\[4.*\] is inf"),
        (["a", "b"], [1.0, 2], "x holds text"),
        (1.0, [1.0, 2], "x has"),
        (np.zeros((2, 2, 2)), [1.0, 2], "x has 3 axes"),
    ],
)
def test_samples_are_refused(measure, x, y, message):
    with pytest.raises(ValueError, match=message):
        measure(x, y)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: estimate.mi_ksg([1.0, 2], [1.0, 2], k=2), "k is 2 but there are only 2 points"),
        (lambda: estimate.mi_ksg([1.0], [1.0], k=1), "only 1 points"),
        (lambda: estimate.mi_ksg([1.0, 2], [1.0, 2], k=0), "k is 0"),
        (lambda: estimate.mi_ross([1.0, 2], [1, 1], k=0), "k is 0"),
        (lambda: estimate.mi_ross([1.0, 2], [1, 2]), "no value that occurs twice"),
        (lambda: estimate.mi_ross([1.0], [1]), "no value that occurs twice"),
        (lambda: estimate.mi_ross([1.0, 2], [1, 2, 2]), "x has 2 entries but y has 3"),
        (lambda: estimate.mi_ross([[1.0, 2]], [1, 2]), "x has 2 axes"),
        (lambda: estimate.mi_ross([1.0, 2], [1, np.nan]), r"y\[1\] is nan"),
        (lambda: estimate.mi_histogram([1.0], [1.0], bins=0), "bins is 0"),
        (lambda: estimate.mi_histogram([1.0], [1.0], bins=(2, 0)), "bins is 0"),
        (lambda: estimate.mi_histogram([1.0], [1.0], bins=(2, 2, 2)), "bins is"),
        (lambda: estimate.mutual_information_table([1.0], [1]), "X has 1 axis"),
        (lambda: estimate.mutual_information_table([[1.0], [2]], [1]), "X has 2 rows but y has 1"),
        (lambda: estimate.mutual_information_table([[1.0], [2]], [1, 1], [True, False]), "discrete_features"),
        (lambda: estimate.mutual_information_table([[1.0], [2]], [1, 1], 1), "discrete_features"),
        (lambda: estimate.mutual_information_table([[1.0], [2]], [1, 1], k=0), "k is 0"),
        (lambda: estimate.mutual_information_table([[1.0], [2]], [1.0, 2], discrete_target=False), "k is 3"),
        (lambda: estimate.mutual_information_table([[1.0], [np.inf]], [1, 1]), r"X\[1, 0\] is inf"),
    ],
)
def test_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# --- InfoNCE


@given(z=st.one_of(hnp.arrays(float, (3, 3), elements=st.floats(-800, 800)), st.just(np.diag([40.0, 500.0, 1.0]))))
def test_infonce_is_right_to_the_last_digits(z):
    with mp.workdps(800):
        rows = [[mpf(v) for v in row] for row in z.tolist()]
        expected = mp.fsum(mp.log(mp.fsum(mp.exp(v - row[i]) for v in row)) for i, row in enumerate(rows)) / 3
    assert reference.agrees(estimate.infonce(z), expected)
    assert estimate.infonce_bound(z) == pytest.approx(np.log(3) - float(expected), rel=1e-13, abs=1e-14)


@given(z=hnp.arrays(float, (2, 4, 4), elements=st.floats(-1.7e308, 1.7e308)))
def test_infonce_holds_its_bounds_for_any_scores(z):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loss = estimate.infonce(z)
    assert (loss >= 0).all()
    assert (estimate.infonce_bound(z) <= np.log(4)).all()
    assert loss[0] == estimate.infonce(z[0])


def test_infonce_bound_stays_below_the_information_and_its_ceiling():
    rho, n = 0.9, 64
    exact = -np.log(1 - rho**2) / 2
    bounds = []
    for seed in range(200):
        sample = correlated_gaussian(n, rho, seed)
        # The best critic: the log ratio of joint density and product of marginals.
        scores = -((sample.y - rho * sample.x[:, None]) ** 2) / (2 * (1 - rho**2)) + sample.y**2 / 2
        bounds.append(estimate.infonce_bound(scores))
    # Two hundred fixed seeds: the standard error of the mean is 0.004.
    assert exact - 0.08 < np.mean(bounds) < exact
    assert max(bounds) <= np.log(n)


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ([], "scores is empty"),
        (1.0, "scores has shape"),
        ([1.0, 2.0], "scores has shape"),
        ([[1.0, 2.0]], "scores has shape"),
        ([[1.0, np.nan], [0, 0]], r"scores\[0, 1\] is nan"),
        ([["a"]], "scores holds text"),
    ],
)
def test_infonce_refuses(scores, message):
    for measure in (estimate.infonce, estimate.infonce_bound):
        with pytest.raises(ValueError, match=message):
            measure(scores)
