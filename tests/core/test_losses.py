"""Losses: limits and shift invariance, 50-digit references, gradients against high-precision differences."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy.optimize import minimize_scalar
from sklearn.metrics import brier_score_loss, log_loss

from core.discrete import cross_entropy, entropy, kl_divergence
from core.losses import (
    bce_grad,
    bernoulli_map,
    bernoulli_mle,
    bernoulli_nll,
    best_logit_gap,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_grad,
    categorical_map,
    categorical_mle,
    categorical_nll,
    cross_entropy_with_logits,
    cross_entropy_with_logits_grad,
    expected_calibration_error,
    fit_temperature,
    log_softmax,
    mse_grad,
    reliability_diagram,
    sigmoid,
    smooth_labels,
    softmax,
    squared_error,
)
from tests import strategies as draw
from tests.core import reference
from tests.core.reference import agrees, derivative, exact

TEMPERATURES = st.one_of(st.floats(0.05, 20), st.floats(-3, 3).map(lambda e: 10.0**e))
UNIT = st.one_of(
    st.floats(0, 1), st.floats(-300, -1).map(lambda e: 10.0**e), st.floats(-16, -1).map(lambda e: 1 - 10.0**e)
)
HARD = st.sampled_from([0.0, 1.0])
LOGIT = st.one_of(st.floats(-40, 40), st.floats(-800, 800), st.sampled_from([0.0, 40.0, -40.0, 1e300, -1e300]))


def spread(z, temperature=1.0):
    """Size of the exponents: rounding z - max z alone moves a weight by half an eps of it."""
    return np.ptp(z) / temperature


# Softmax


@given(draw.logits(), TEMPERATURES)
@example(np.array([0.0, -40.0]), 1.0)
@example(np.array([1e300, -1e300]), 1.0)
def test_softmax_and_its_logarithm_against_50_digits(z, temperature):
    p, log_p = softmax(z, temperature), log_softmax(z, temperature)
    with np.errstate(over="ignore"):
        forbidden = 2e-16 * min(np.ptp(z) / temperature, 800.0)
    for i, expected in enumerate(reference.log_softmax(z, temperature)):
        assert agrees(p[i], mp.exp(expected), rel=1e-14 + forbidden) or (p[i] == 0 and expected < -745)
        # The logarithm of the top entry is the sum of the other weights, each as uncertain as its exponent.
        assert agrees(log_p[i], expected, rel=1e-14 + forbidden) or log_p[i] == 0


@given(draw.logits(), TEMPERATURES, st.integers(-64, 64))
def test_softmax_is_a_distribution_and_ignores_an_added_constant(z, temperature, constant):
    z = np.round(z * 1024) / 1024  # so that adding is exact
    p = softmax(z, temperature)
    assert p.sum() == pytest.approx(1, abs=1e-15 * len(p))
    assert (p >= 0).all()
    assert (softmax(z + constant, temperature) == p).all()
    assert (log_softmax(z + constant, temperature) == log_softmax(z, temperature)).all()
    order = np.argsort(z)
    assert (np.diff(p[order]) >= 0).all()


@given(draw.logits())
def test_softmax_limits_of_temperature(z):
    hot, cold = softmax(z, math.inf), softmax(z, 0)
    largest = z == z.max()
    assert (hot == 1 / len(z)).all()
    assert (cold == largest / largest.sum()).all()
    assert entropy(cold) == pytest.approx(math.log(largest.sum()), abs=1e-15)
    assert softmax(z, 1e12) == pytest.approx(hot, abs=1e-8)
    gap = z.max() - np.where(largest, -np.inf, z).max()
    assert softmax(z, min(gap, 1e300) / 800) == pytest.approx(cold, abs=1e-12)
    with np.errstate(divide="ignore"):
        assert log_softmax(z, 0) == pytest.approx(np.log(cold))
        assert log_softmax(z, math.inf) == pytest.approx(np.log(hot))


@given(draw.logits(largest=50.0), st.floats(0.1, 10), st.floats(1.01, 10))
def test_softmax_entropy_grows_with_temperature(z, temperature, factor):
    assert entropy(softmax(z, temperature * factor)) >= entropy(softmax(z, temperature)) - 1e-12


def test_softmax_published_logits():
    z = np.array([2.0, 1.0, 0.5, 0.1, -0.5])
    for temperature in (0.5, 1, 2, 5, 10):
        weights = [math.exp(x / temperature) for x in z]
        assert softmax(z, temperature) == pytest.approx([w / sum(weights) for w in weights], rel=1e-14)


def test_softmax_never_overflows():
    assert softmax([1e308, -1e308], 1e-300).tolist() == [1, 0]
    assert softmax([1e308, -1e308], 1e308) == pytest.approx([1 / (1 + math.exp(-2)), 1 / (1 + math.exp(2))])
    assert softmax([5e-324, 0.0], 5e-324) == pytest.approx([sigmoid(1), sigmoid(-1)])


def test_softmax_batches_rows():
    z = np.random.default_rng(1).normal(size=(3, 4, 5))
    for index in itertools.product(range(3), range(4)):
        assert (softmax(z, 0.7)[index] == softmax(z[index], 0.7)).all()
        assert (log_softmax(z, 0.7)[index] == log_softmax(z[index], 0.7)).all()


# Cross-entropy from logits


@given(draw.logits(largest=300.0), st.data(), TEMPERATURES, st.floats(0, 1))
def test_cross_entropy_with_logits_against_50_digits(z, data, temperature, epsilon):
    k = data.draw(st.integers(0, len(z) - 1))
    log_p = reference.log_softmax(z, temperature)
    one_hot = [mpf(i == k) for i in range(len(z))]
    t = [(1 - mpf(epsilon)) * x + mpf(epsilon) / len(z) for x in one_hot]
    expected = -mp.fsum(a * b for a, b in zip(t, log_p, strict=True))
    forbidden = 2e-16 * min(spread(z, temperature), 800.0)
    value = cross_entropy_with_logits(z, k, epsilon, temperature)
    assert agrees(value, expected, rel=1e-14 + forbidden) or expected < 1e-300


@given(draw.logits(largest=300.0), st.data())
def test_cross_entropy_with_logits_is_entropy_plus_divergence(z, data):
    target = data.draw(draw.pmfs(len(z), len(z)))
    value = cross_entropy_with_logits(z, target)
    p = softmax(z)
    assume((p > 1e-300).all())
    assert value == pytest.approx(cross_entropy(target, p), rel=1e-9, abs=1e-12)
    assert value == pytest.approx(entropy(target) + kl_divergence(target, p), rel=1e-9, abs=1e-12)


@given(st.integers(2, 6), st.floats(0.01, 0.99), st.integers(0, 2**32 - 1))
def test_label_smoothing_has_a_floor_reached_at_a_finite_gap(n, epsilon, seed):
    t = smooth_labels(0, n, epsilon)
    best = np.log(t)
    assert cross_entropy_with_logits(best, 0, epsilon) == pytest.approx(entropy(t), rel=1e-14)
    assert cross_entropy_with_logits_grad(best, 0, epsilon) == pytest.approx(np.zeros(n), abs=1e-15)
    other = best + np.random.default_rng(seed).normal(size=n)
    assert cross_entropy_with_logits(other, 0, epsilon) >= entropy(t) - 1e-14


@given(draw.logits(largest=30.0), st.data(), st.floats(0.1, 10), st.sampled_from([0.0, 0.1, 1.0]))
def test_cross_entropy_gradients_against_50_digit_differences(z, data, temperature, epsilon):
    n = len(z)
    k = data.draw(st.integers(0, n - 1))
    t = exact(smooth_labels(k, n, epsilon))

    def loss(values):
        u = [v / mpf(temperature) for v in values]
        log_z = mp.log(mp.fsum(mp.exp(x) for x in u))
        return -mp.fsum(a * (x - log_z) for a, x in zip(t, u, strict=True))

    grad = cross_entropy_with_logits_grad(z, k, epsilon, temperature)
    for i in range(n):
        base = exact(z)
        slope = derivative(lambda v, i=i, base=base: loss([*base[:i], v, *base[i + 1 :]]), z[i])
        # p - t cancels where the prediction is right, unless the target is certain.
        cancelled = 4e-16 / temperature if epsilon else 1e-38
        assert agrees(grad[i], slope, rel=1e-14 + 4e-16 * spread(z, temperature), abs_=cancelled)
    by_p = cross_entropy_with_logits_grad(z, k, epsilon, temperature, wrt="probability")
    p = softmax(z, temperature)
    assert by_p == pytest.approx(-smooth_labels(k, n, epsilon) / p, rel=1e-13)


def test_cross_entropy_gradient_keeps_the_digits_of_a_certain_prediction():
    grad = cross_entropy_with_logits_grad([40.0, 0.0], 0)
    assert grad == pytest.approx([-math.exp(-40), math.exp(-40)], rel=1e-15)
    assert (cross_entropy_with_logits_grad([40.0, 0.0], 0, temperature=math.inf) == 0).all()


@given(draw.logits(4, 4, largest=20.0), draw.logits(4, 4, largest=20.0))
def test_distillation_gradient_at_high_temperature_is_the_difference_of_centered_logits(student, teacher):
    # Hinton, Vinyals & Dean (2015), eq. 4: T^2 dC/dz -> (z - mean z - v + mean v)/N, to first order in 1/T.
    temperature = 1e6
    grad = cross_entropy_with_logits_grad(student, softmax(teacher, temperature), temperature=temperature)
    limit = ((student - student.mean()) - (teacher - teacher.mean())) / len(student)
    assert temperature**2 * grad == pytest.approx(limit, abs=1e-2)


def test_cross_entropy_takes_classes_or_distributions_and_broadcasts():
    rng = np.random.default_rng(5)
    z, k = rng.normal(size=(4, 3)), np.array([0, 2, 1, 1])
    rows = cross_entropy_with_logits(z, k)
    assert rows.shape == (4,)
    assert (rows == cross_entropy_with_logits(z, np.eye(3)[k])).all()
    assert rows == pytest.approx([log_loss([c], [p], labels=[0, 1, 2]) for c, p in zip(k, softmax(z), strict=True)])
    assert (cross_entropy_with_logits(z, [0.5, 0.25, 0.25]) > 0).all()
    assert type(cross_entropy_with_logits(z[0], 0)) is float
    assert cross_entropy_with_logits([1.0, 0.0], 1, temperature=0) == math.inf
    assert cross_entropy_with_logits([1.0, 0.0], 0, temperature=0) == 0
    assert cross_entropy_with_logits([5.0], 0) == 0
    assert (cross_entropy_with_logits(z, 2) == cross_entropy_with_logits(z, [2, 2, 2, 2])).all()


# Yes or no


@given(UNIT, st.one_of(HARD, UNIT))
def test_binary_cross_entropy_against_50_digits(p, y):
    expected = -reference.xlogy(mpf(y), mpf(p)) - (mpf(1) - mpf(y)) * (mp.log1p(-mpf(p)) if y < 1 else 0)
    assert agrees(binary_cross_entropy(p, y), expected)
    assert binary_cross_entropy(p, y) == pytest.approx(cross_entropy([1 - y, y], [1 - p, p]), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(
    ("p", "y", "value"), [(0, 1, math.inf), (1, 0, math.inf), (0, 0, 0), (1, 1, 0), (0.5, 0.5, math.log(2))]
)
def test_binary_cross_entropy_edges(p, y, value):
    assert binary_cross_entropy(p, y) == pytest.approx(value)


@given(LOGIT, st.one_of(HARD, UNIT))
@example(40.0, 1.0)
def test_binary_cross_entropy_with_logits_against_50_digits(z, y):
    a, b = mpf(z), mpf(y)
    expected = (
        b * mp.log1p(mp.exp(-a)) + (1 - b) * mp.log1p(mp.exp(a)) if abs(z) < 1e4 else (b if z < 0 else 1 - b) * abs(a)
    )
    forbidden = 2e-16 * min(abs(z), 750)  # of exp(-|z|) itself, where that is all there is
    assert agrees(binary_cross_entropy_with_logits(z, y), expected, rel=1e-14 + forbidden)
    slope = (1 - b) / (1 + mp.exp(-a)) - b / (1 + mp.exp(a)) if abs(z) < 1e4 else mpf(z > 0) - b
    cancelled = 0.0 if y in (0, 1) else 3e-16
    assert agrees(binary_cross_entropy_with_logits_grad(z, y), slope, rel=1e-14 + forbidden, abs_=cancelled)


@given(st.floats(-30, 30))
def test_sigmoid_against_50_digits_and_its_symmetry(z):
    assert agrees(sigmoid(z), 1 / (1 + mp.exp(-mpf(z))))
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1, abs=3e-16)
    assert sigmoid(1e308) == 1
    assert sigmoid(-1e308) == 0


@given(st.floats(1e-6, 1 - 1e-6), st.one_of(HARD, st.floats(0, 1)))
def test_binary_gradients_against_50_digit_differences(p, y):
    def bce(x):
        return -mpf(y) * mp.log(x) - (1 - mpf(y)) * mp.log(1 - x)

    def squared(x):
        return (x - mpf(y)) ** 2

    def of_logit(loss):
        return lambda z: loss(1 / (1 + mp.exp(-z)))

    z = mp.log(mpf(p) / (1 - mpf(p)))
    rel = 1e-14 if y in (0, 1) or abs(p - y) > 1e-3 else 1e-11
    tiny = 1e-25  # the differences are right to 1e-40 times the third derivative
    assert agrees(bce_grad(p, y), derivative(bce, mpf(p)), rel=rel, abs_=tiny)
    assert agrees(mse_grad(p, y), derivative(squared, mpf(p)), rel=rel, abs_=tiny)
    assert agrees(bce_grad(p, y, wrt="logit"), derivative(of_logit(bce), z), rel=rel, abs_=tiny)
    assert agrees(mse_grad(p, y, wrt="logit"), derivative(of_logit(squared), z), rel=rel, abs_=tiny)


def test_gradients_published_at_a_confidently_wrong_prediction():
    assert (round(mse_grad(0.01, 1), 2), round(bce_grad(0.01, 1), 2)) == (-1.98, -100)
    assert abs(mse_grad(1e-6, 1, wrt="logit")) < 1e-5  # squared error vanishes in the logit
    assert bce_grad(1e-6, 1, wrt="logit") == pytest.approx(-1, abs=1e-5)  # cross-entropy does not
    assert round(binary_cross_entropy(0.99, 0) / binary_cross_entropy(0.6, 0), 2) == 5.03


@pytest.mark.parametrize(
    ("p", "y", "slope"),
    [
        (0, 1, -math.inf),
        (1, 0, math.inf),
        (0, 0, 1),
        (1, 1, -1),
        (0, 0.5, -math.inf),
        (1, 0.5, math.inf),
        (5e-324, 1, -math.inf),
    ],
)
def test_bce_grad_at_the_ends(p, y, slope):
    assert bce_grad(p, y) == slope


def test_squared_error_is_the_brier_score():
    p, y = np.array([0.1, 0.8, 0.4]), np.array([0, 1, 1])
    assert squared_error(p, y).mean() == pytest.approx(brier_score_loss(y, p))
    assert binary_cross_entropy(p, y).mean() == pytest.approx(log_loss(y, p))


@given(st.integers(1, 6), st.floats(0, 1))
def test_smooth_labels_mix_with_the_uniform_distribution(n, epsilon):
    t = smooth_labels(np.arange(n), n, epsilon)
    assert t == pytest.approx((1 - epsilon) * np.eye(n) + epsilon / n)
    assert t.sum(axis=-1) == pytest.approx(1)


# Likelihood


@given(st.integers(2, 60), st.floats(0.001, 1))
def test_at_the_best_gap_softmax_is_the_smoothed_label_and_the_loss_its_entropy(n, epsilon):
    gap, label = best_logit_gap(n, epsilon), smooth_labels(0, n, epsilon)
    z = np.zeros(n)
    z[0] = gap
    assert softmax(z) == pytest.approx(label, rel=1e-12)
    loss = cross_entropy_with_logits(z, 0, epsilon)
    assert loss == pytest.approx(entropy(label), rel=1e-12)
    for other in (gap - 0.1, gap + 0.1):
        z[0] = other
        assert cross_entropy_with_logits(z, 0, epsilon) > loss


def test_the_best_gap_at_its_ends():
    assert best_logit_gap(10, 0) == math.inf
    assert best_logit_gap(10, 1) == 0
    assert best_logit_gap(1000, 0.1) == pytest.approx(math.log(9001), rel=1e-14)  # ImageNet with the usual smoothing
    assert best_logit_gap(7, 5e-324) == pytest.approx(math.log(7) - math.log(5e-324), rel=1e-14)


@given(draw.counts(2, 2), UNIT)
def test_bernoulli_nll_is_n_times_the_cross_entropy(counts, theta):
    tails, heads = map(int, counts)
    assume(tails + heads > 0)
    expected = -heads * reference.xlogy(mpf(1), mpf(theta)) if heads else mpf(0)
    expected -= tails * (mp.log1p(-mpf(theta)) if theta < 1 else -mp.inf) if tails else mpf(0)
    assert agrees(bernoulli_nll(theta, heads, tails + heads), expected)
    if expected < mp.inf:
        die = categorical_nll([1 - theta, theta], [tails, heads])
        assert bernoulli_nll(theta, heads, tails + heads) == pytest.approx(die, rel=1e-12, abs=1e-15 * (tails + heads))


@given(st.integers(0, 20), st.integers(1, 20), st.floats(0.001, 0.999))
def test_bernoulli_mle_minimizes_the_nll_cross_entropy_and_divergence_alike(k, n, theta):
    assume(k <= n)
    best = bernoulli_mle(k, n)
    gap = bernoulli_nll(theta, k, n) - bernoulli_nll(best, k, n)
    assert gap >= -1e-12
    assert gap == pytest.approx(n * kl_divergence([1 - best, best], [1 - theta, theta]), abs=1e-10)


@given(st.integers(0, 20), st.integers(0, 20), st.floats(1, 20), st.floats(1.1, 20), st.floats(0.001, 0.999))
def test_bernoulli_map_maximizes_the_posterior(k, failures, a, b, theta):
    n = k + failures

    def cost(x):
        return bernoulli_nll(x, k, n) - (a - 1) * math.log(x or 5e-324) - (b - 1) * math.log1p(-x)

    best = bernoulli_map(k, n, a, b)
    assert cost(theta) >= cost(best) - 1e-9 or best == 0
    if n:
        assert bernoulli_map(k, n, 1, 1) == bernoulli_mle(k, n)
    assert categorical_map([failures, k], [b, a]) == pytest.approx([1 - best, best])


@pytest.mark.parametrize(
    ("arguments", "mode"), [((3, 3, 2, 2), 0.8), ((0, 3, 0.5, 0.5), 0.0), ((3, 3, 0.5, 0.5), 1.0), ((0, 0, 2, 1), 1.0)]
)
def test_bernoulli_map_by_hand_and_at_the_ends(arguments, mode):
    assert bernoulli_map(*arguments) == mode


@given(draw.counts(2, 5), st.data())
def test_categorical_mle_minimizes_the_nll(counts, data):
    p = data.draw(draw.pmfs(len(counts), len(counts)))
    best = categorical_mle(counts)
    assert categorical_nll(p, counts) >= categorical_nll(best, counts) * (1 - 1e-9)
    assert categorical_nll(best, counts) == pytest.approx(float(counts.sum()) * entropy(best), rel=1e-9, abs=1e-9)
    assert (categorical_map(counts, 1) == best).all()
    laplace = categorical_map(counts, 2)
    assert laplace == pytest.approx((counts + 1) / (counts.sum() + len(counts)))


def test_priors_near_the_largest_float_do_not_overflow():
    assert bernoulli_map(1, 2, 1.5e308, 1.5e308) == 0.5
    assert categorical_map([1, 2], 1.5e308).tolist() == [0.5, 0.5]


def test_half_precision_holds_counts_and_classes_too():
    assert categorical_mle(np.array([1, 3], np.float16)).tolist() == [0.25, 0.75]
    assert smooth_labels(np.array([1.0], np.float16), 70_000, 0.0)[0, 1] == 1


def test_more_counts_than_32_bits_hold():
    assert bernoulli_mle(2**40, 2**42) == 0.25
    assert categorical_mle([2**60, 3 * 2**60]).tolist() == [0.25, 0.75]
    assert bernoulli_nll(0.5, 2**50, 2**51) == 2**51 * math.log(2)


# Calibration


@given(st.integers(2, 5), st.integers(5, 60), st.integers(0, 2**32 - 1))
def test_fit_temperature_finds_the_least_nll(n_classes, n, seed):
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(n, n_classes)) * 3
    y = rng.integers(0, n_classes, n) if seed % 2 else (z + rng.normal(size=z.shape)).argmax(axis=-1)

    def nll(temperature):
        return cross_entropy_with_logits(z, y, temperature=temperature).mean()

    best = fit_temperature(z, y)
    search = minimize_scalar(
        lambda log_t: nll(math.exp(log_t)), bounds=(-12, 12), method="bounded", options={"xatol": 1e-9}
    )
    assert nll(best) <= search.fun + 1e-12
    if 1e-4 < best < 100:  # beyond, the minimum is too flat for a search by values
        assert math.log(best) == pytest.approx(search.x, abs=1e-5)
        # Stationary: the mean logit under the model is the mean logit of the labels.
        model = (softmax(z, best) * z).sum(axis=-1).mean()
        assert model == pytest.approx(z[np.arange(n), y].mean(), abs=1e-12)


@given(st.floats(-20, 20).map(lambda e: 10.0**e))
def test_fit_temperature_scales_with_the_logits(scale):
    z = np.random.default_rng(2).normal(size=(50, 3))
    y = (z + np.random.default_rng(3).normal(size=z.shape)).argmax(axis=-1)
    assert fit_temperature(z * scale, y) == pytest.approx(scale * fit_temperature(z, y), rel=1e-9)


def test_fit_temperature_limits():
    z = [[2.0, 0.0], [0.0, 1.0]]
    assert fit_temperature(z, [0, 1]) == 0  # all right: the surer the better
    assert fit_temperature(z, [1, 0]) == math.inf  # worse than chance: better say nothing
    assert fit_temperature([[1e307, -1e307]] * 3, [0, 0, 1]) == pytest.approx(2e307 / math.log(2), rel=1e-14)


@given(st.integers(1, 200), st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_reliability_diagram_against_a_loop(n, n_bins, seed):
    rng = np.random.default_rng(seed)
    p = softmax(rng.normal(size=(n, 3)) * 2)
    y = rng.integers(0, 3, n)
    diagram = reliability_diagram(p, y, n_bins)
    assert diagram.count.sum() == n
    total = 0.0
    for low, high, count, confidence, accuracy in zip(
        diagram.lower, diagram.upper, diagram.count, diagram.confidence, diagram.accuracy, strict=True
    ):
        inside = [i for i in range(n) if low < p[i].max() <= high]
        assert len(inside) == count
        assert confidence == pytest.approx(np.mean([p[i].max() for i in inside]))
        assert accuracy == pytest.approx(np.mean([p[i].argmax() == y[i] for i in inside]))
        total += count / n * abs(accuracy - confidence)
    assert expected_calibration_error(p, y, n_bins) == pytest.approx(total, abs=1e-14)


def test_expected_calibration_error_is_zero_when_confidence_is_met():
    p = np.array([[0.75, 0.25]] * 4 + [[0.5, 0.5]] * 2)
    assert expected_calibration_error(p, [0, 0, 0, 1, 0, 1]) == 0
    assert expected_calibration_error([[1.0], [1.0]], [0, 0]) == 0
    assert reliability_diagram([[0.7, 0.3]], [0], n_bins=10).upper.tolist() == [0.7]


# Refusals


@pytest.mark.parametrize("function", [softmax, log_softmax])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], 1), "z is empty"),
        (([1, np.nan], 1), r"z\[1\]"),
        (([[1, 2], [3, np.inf]], 1), r"z\[1, 1\]"),
        ((1.0, 1), "z is a single number"),
        ((["a", "b"], 1), "z holds text"),
        (([1, 2], -1), "temperature"),
        (([1, 2], np.nan), "temperature"),
        (([1, 2], [1, 2]), "temperature"),
    ],
)
def test_softmax_refuses(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(*arguments)


@pytest.mark.parametrize("function", [cross_entropy_with_logits, cross_entropy_with_logits_grad])
@pytest.mark.parametrize(
    ("z", "target", "options", "message"),
    [
        ([1, 2], 2, {}, "target is 2: classes are numbered 0 to 1"),
        ([1, 2], -1, {}, "target is -1"),
        ([[1, 2], [3, 4]], [0, 5], {}, r"target\[1\] is 5"),
        ([1, 2], [0.5, 0.4], {}, "target sums to 0.9"),
        ([1, 2], [0.5, 0.25, 0.25], {}, "3 classes but z has 2"),
        ([[1, 2], [3, 4]], [0, 1, 1], {}, "shapes"),
        ([1, 2], 0, {"label_smoothing": 1.1}, "label_smoothing"),
        ([1, 2], 0, {"temperature": -1}, "temperature"),
        ([1, np.nan], 0, {}, r"z\[1\]"),
    ],
)
def test_cross_entropy_refuses(function, z, target, options, message):
    with pytest.raises(ValueError, match=message):
        function(z, target, **options)


def test_gradients_refuse_a_step_and_an_unknown_variable():
    with pytest.raises(ValueError, match="temperature"):
        cross_entropy_with_logits_grad([1, 2], 0, temperature=0)
    for call in (
        lambda: cross_entropy_with_logits_grad([1, 2], 0, wrt="p"),
        lambda: bce_grad(0.5, 1, wrt="p"),
        lambda: mse_grad(0.5, 1, wrt=None),
    ):
        with pytest.raises(ValueError, match="wrt"):
            call()


@pytest.mark.parametrize("function", [binary_cross_entropy, bce_grad, mse_grad, squared_error])
@pytest.mark.parametrize(
    ("p", "y", "message"),
    [
        (1.5, 1, "p is 1.5"),
        (0.5, -1, "y is -1"),
        ([0.5, np.nan], 1, r"p\[1\]"),
        ([], 1, "p is empty"),
        ([0.5] * 3, [1, 0], "shapes"),
    ],
)
def test_binary_losses_refuse(function, p, y, message):
    with pytest.raises(ValueError, match=message):
        function(p, y)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bernoulli_nll(0.5, 3, 2), "successes is 3, more than the 2 trials"),
        (lambda: bernoulli_nll(1.5, 1, 2), "theta"),
        (lambda: bernoulli_nll(0.5, 0.5, 2), "successes"),
        (lambda: bernoulli_mle([1, 0], [2, 0]), r"trials\[1\] is 0"),
        (lambda: bernoulli_map(0, 0, 1, 1), "no single mode"),
        (lambda: bernoulli_map(1, 2, 0, 1), "a is 0"),
        (lambda: categorical_nll([0.5, 0.5], [1, 2, 3]), "p has 2 outcomes"),
        (lambda: categorical_nll([0.5, 0.6], [1, 2]), "p sums to 1.1"),
        (lambda: categorical_mle([[1, 0], [0, 0]]), r"counts\[1\] holds no observation"),
        (lambda: categorical_mle(3), "single number"),
        (lambda: categorical_mle([1, -1]), r"counts\[1\]"),
        (lambda: categorical_map([1, 1], [1, 1, 1]), "shapes"),
        (lambda: categorical_map([0, 0], 1), "no single mode"),
        (lambda: smooth_labels(4, 4, 0.1), "target is 4"),
        (lambda: smooth_labels(0, 0, 0.1), "n_classes"),
        (lambda: smooth_labels(0, 4, -0.1), "epsilon"),
        (lambda: smooth_labels(0.5, 4, 0.1), "target"),
        (lambda: best_logit_gap(1, 0.1), "n_classes is 1"),
        (lambda: best_logit_gap(3, 1.5), "epsilon is 1.5"),
        (lambda: fit_temperature([[1, 1], [2, 2]], [0, 1]), "z is constant"),
        (lambda: fit_temperature([[1, 2]], [0, 1]), "y has shape"),
        (lambda: fit_temperature([1, 2], [0]), "z has 1 axis"),
        (lambda: fit_temperature([[1, 2]], [2]), r"y\[0\] is 2"),
        (lambda: reliability_diagram([0.5, 0.5], 0), "p has shape"),
        (lambda: reliability_diagram([[0.5, 0.5]], [0], n_bins=0), "n_bins"),
        (lambda: expected_calibration_error([[0.5, 0.6]], [0]), "sums to 1.1"),
        (lambda: sigmoid(np.nan), "z is nan"),
    ],
)
def test_the_others_refuse(call, message):
    with pytest.raises(ValueError, match=message):
        call()
