"""Divergences: the inequalities between them, their limits, 50 digits, and what is refused."""

import itertools
import math

import numpy as np
import pytest
import scipy.spatial.distance
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf

from core.discrete import entropy, js_divergence, kl_divergence, normalize
from core.divergence import (
    CHI2,
    GENERATORS,
    JENSEN_SHANNON,
    KL,
    REVERSE_KL,
    SQUARED_HELLINGER,
    TOTAL_VARIATION,
    Generator,
    alpha_divergence,
    bretagnolle_huber_bound,
    chi2_divergence,
    f_divergence,
    hellinger_distance,
    pinsker_bound,
    renyi_divergence,
    renyi_entropy,
    total_variation,
)
from tests.core import reference
from tests.core.reference import agrees, exact
from tests.strategies import TINY, channels, near_pairs, pmf_pairs, pmfs, positive_pairs

EPS = 2.0**-52
pairs = st.one_of(pmf_pairs(), near_pairs())
P, Q = [0.5, 0.3, 0.2], [0.2, 0.4, 0.4]
orders = st.one_of(
    st.floats(0.01, 10),
    st.sampled_from([0.5, 2.0, 3.0, 100.0, 1e6]),
    st.floats(-16, -1).map(lambda e: 1 + 10.0**e),
    st.floats(-16, -1).map(lambda e: 1 - 10.0**e),
    st.floats(-12, -1).map(lambda e: 10.0**e),
).filter(lambda a: a != 1)
normal = 1e-290  # products with smaller probabilities lose digits to underflow


def smallest(*arrays: np.ndarray) -> float:
    return min(a[a > 0].min() for a in arrays)


# Theorems


@given(pairs)
def test_pinsker_and_its_relatives(pair) -> None:
    """2 TV^2 <= KL, H^2 <= TV <= H sqrt(2 - H^2), KL <= log(1 + chi2), 2 H^2 <= KL, TV^2/2 <= JS <= TV log 2."""
    p, q = pair
    tv, h, kl, js = total_variation(p, q), hellinger_distance(p, q), kl_divergence(p, q), js_divergence(p, q)
    slack = 1 + 1e-12
    assert 2 * tv**2 <= kl * slack
    assert h**2 <= tv * slack
    assert tv <= h * math.sqrt(2 - h**2) * slack + 1e-150
    assert 2 * h**2 <= kl * slack
    assert kl <= np.log1p(chi2_divergence(p, q)) * slack + 1e-300
    assert tv**2 / 2 <= js * slack
    assert js <= tv * math.log(2) * slack


@given(pairs)
def test_both_bounds_on_total_variation_hold(pair) -> None:
    """TV <= sqrt(KL/2) and TV <= sqrt(1 - exp(-KL)), infinite divergences included."""
    p, q = pair
    tv, kl = total_variation(p, q), kl_divergence(p, q)
    for bound in (pinsker_bound, bretagnolle_huber_bound):
        assert tv <= bound(kl) * (1 + 1e-12) + 1e-150


@given(st.one_of(st.floats(0, 50), st.floats(-300, 0).map(lambda e: 10.0**e)))
def test_both_bounds_against_50_digits(kl: float) -> None:
    """Also for divergences so small that exp(-KL) is 1."""
    assert agrees(pinsker_bound(kl), mp.sqrt(mpf(kl) / 2))
    assert agrees(bretagnolle_huber_bound(kl), mp.sqrt(-mp.expm1(-mpf(kl))))


def test_where_the_bounds_say_something() -> None:
    """Pinsker's exceeds 1 beyond 2 nats; the other never does. Near p = q Pinsker's constant is the best."""
    assert pinsker_bound([2.0, 8.0, np.inf]).tolist() == [1.0, 2.0, np.inf]
    assert bretagnolle_huber_bound(np.inf) == 1
    assert np.all(bretagnolle_huber_bound(np.linspace(0, 30, 50)) < 1)
    p, q = [0.5 + 1e-4, 0.5 - 1e-4], [0.5, 0.5]
    assert total_variation(p, q) == pytest.approx(pinsker_bound(kl_divergence(p, q)), rel=1e-7)
    for bound in (pinsker_bound, bretagnolle_huber_bound):
        for wrong in (-0.1, np.nan, [-np.inf], []):
            with pytest.raises(ValueError, match="kl"):
                bound(wrong)


@given(pairs, orders)
def test_zero_exactly_at_equality(pair, alpha: float) -> None:
    """At least +0.0 everywhere, and exactly 0 for equal input."""
    p, q = pair
    for divergence in (total_variation, chi2_divergence, hellinger_distance):
        assert divergence(p, q) >= 0
        assert divergence(p, p) == 0
    for divergence in (renyi_divergence, alpha_divergence):
        assert divergence(p, q, alpha) >= 0
        assert divergence(p, p, alpha) == 0
    for f in GENERATORS:
        assert f_divergence(p, q, f) >= 0
        assert f_divergence(p, p, f) == 0


@given(st.data(), pairs)
def test_metrics(data, pair) -> None:
    """Total variation and Hellinger are symmetric, at most 1, and obey the triangle inequality."""
    p, q = pair
    r = data.draw(pmfs(len(p), len(p)))
    for d in (total_variation, hellinger_distance):
        assert d(p, q) == d(q, p) <= 1
        assert d(p, q) <= (d(p, r) + d(r, q)) * (1 + 1e-13) + 1e-150


@given(st.data(), positive_pairs(), orders.filter(lambda a: a <= 10))
def test_data_processing(data, pair, alpha: float) -> None:
    """A channel lowers every f-divergence and every Renyi divergence (Polyanskiy & Wu 2024, theorem 7.4)."""
    p, q = pair
    channel = data.draw(channels(len(p), 3))
    products = np.stack([p, q])[..., None] * channel
    assume(not np.any((products < normal) & (channel > 0)))
    a, b = p @ channel, q @ channel
    for f in GENERATORS:
        # Rounding the products moves a divergence d by about sqrt(d) EPS, total variation (no square) by EPS.
        before, after = f_divergence(p, q, f), f_divergence(a, b, f)
        moved = 20 * EPS * (1 if f is TOTAL_VARIATION else math.sqrt(before))
        assert after <= before * (1 + 1e-12) + moved + 1e-30
    before, after = renyi_divergence(p, q, alpha), renyi_divergence(a, b, alpha)
    assert after <= before * (1 + 1e-12) + 20 * EPS * math.sqrt(before) + 1e-30


@given(pairs, orders, orders)
def test_renyi_grows_with_its_order(pair, a: float, b: float) -> None:
    """D_alpha does not decrease in alpha, from -log q(p > 0) through KL to the largest log-ratio.

    The largest ratio moves with the sums of p and q, off 1 by some EPS: of the ladder only its end has no more digits.
    """
    p, q = pair
    low, high = sorted((a, b))
    ladder = [renyi_divergence(p, q, alpha) for alpha in (0, low, high, np.inf)]
    ladder[-1] += 8 * EPS
    assert all(x <= y * (1 + 1e-12) + 1e-30 for x, y in itertools.pairwise(ladder))
    side = renyi_divergence(p, q, low)
    assert side <= kl_divergence(p, q) * (1 + 1e-12) + 1e-30 if low < 1 else side >= kl_divergence(p, q) * (1 - 1e-12)


@given(positive_pairs())
def test_renyi_limits_are_reached(pair) -> None:
    """The special orders continue the others without a step."""
    p, q = pair
    assume(smallest(p, q) > normal)
    assert renyi_divergence(p, q, 1) == kl_divergence(p, q)
    for alpha in (1 - EPS, 1 + EPS):
        assert renyi_divergence(p, q, alpha) == pytest.approx(kl_divergence(p, q), rel=1e-12, abs=1e-30)
    assert renyi_divergence(p, q, 0) == 0
    assert renyi_divergence(p, q, 1e-13) == pytest.approx(1e-13 * kl_divergence(q, p), rel=1e-9, abs=1e-30)
    top = np.max(np.log(p) - np.log(q))
    assert renyi_divergence(p, q, np.inf) == pytest.approx(top, rel=1e-12, abs=1e-13)
    assert renyi_divergence(p, q, 1e15) == pytest.approx(top, rel=1e-11, abs=1e-12)


@given(pairs)
def test_renyi_at_the_named_orders(pair) -> None:
    """-2 log(1 - H^2) at 1/2 and log(1 + chi2) at 2."""
    p, q = pair
    h = hellinger_distance(p, q)
    if h < 0.99:
        assert renyi_divergence(p, q, 0.5) == pytest.approx(-2 * math.log1p(-(h**2)), rel=1e-12, abs=1e-300)
    if chi2_divergence(p, q) < 1e308:  # the logarithm of a larger one is still a float
        assert renyi_divergence(p, q, 2) == pytest.approx(np.log1p(chi2_divergence(p, q)), rel=1e-12, abs=1e-300)


@given(pairs, st.floats(-20, 20))
def test_alpha_divergence_skew_symmetry_and_named_orders(pair, alpha: float) -> None:
    """D_alpha(p || q) = D_(1-alpha)(q || p); 4 H^2, KL, chi2/2 in both directions."""
    p, q = pair
    turned = 1 - (1 - alpha)  # both orders have to be floats
    assert alpha_divergence(p, q, turned) == pytest.approx(alpha_divergence(q, p, 1 - turned), rel=1e-12)
    assert alpha_divergence(p, q, 1) == pytest.approx(kl_divergence(p, q), rel=1e-13, abs=4 * EPS)
    assert alpha_divergence(p, q, 0) == pytest.approx(kl_divergence(q, p), rel=1e-13, abs=4 * EPS)
    assert alpha_divergence(p, q, 0.5) == pytest.approx(4 * hellinger_distance(p, q) ** 2, rel=1e-13, abs=1e-300)
    for a, b, order in [(p, q, 2), (q, p, -1)]:
        chi2 = chi2_divergence(a, b)
        if chi2 < 1e306 or np.any((b == 0) & (a > 0)):
            assert alpha_divergence(p, q, order) == pytest.approx(chi2 / 2, rel=3e-13, abs=1e-300)


@given(pairs)
def test_generators_generate_what_they_are_called(pair) -> None:
    """Each of the six against the function of its name."""
    p, q = pair
    assert f_divergence(p, q, KL) == pytest.approx(kl_divergence(p, q), rel=1e-14, abs=4 * EPS)
    assert f_divergence(p, q, REVERSE_KL) == pytest.approx(kl_divergence(q, p), rel=1e-14, abs=4 * EPS)
    assert f_divergence(p, q, JENSEN_SHANNON) == pytest.approx(js_divergence(p, q), rel=1e-14)
    assert f_divergence(p, q, TOTAL_VARIATION) == pytest.approx(total_variation(p, q), rel=1e-14)
    assert f_divergence(p, q, CHI2) == chi2_divergence(p, q)
    assert f_divergence(p, q, SQUARED_HELLINGER) == pytest.approx(hellinger_distance(p, q) ** 2, rel=1e-14, abs=1e-300)


TEXTBOOK = {
    KL: lambda t: t * np.log(t) - t + 1,
    REVERSE_KL: lambda t: -np.log(t) + t - 1,
    JENSEN_SHANNON: lambda t: (t * np.log(t) - (t + 1) * np.log((t + 1) / 2)) / 2,
    TOTAL_VARIATION: lambda t: abs(t - 1) / 2,
    CHI2: lambda t: (t - 1) ** 2,
    SQUARED_HELLINGER: lambda t: (np.sqrt(t) - 1) ** 2 / 2,
}


@pytest.mark.parametrize("f", GENERATORS, ids=lambda f: f.name)
def test_generators_have_their_textbook_form(f: Generator) -> None:
    """f(t) on a grid, f(1) = f'(1) = 0, convex; f(0) as the limit."""
    t = np.linspace(0.01, 5, 500)
    assert f(t) == pytest.approx(TEXTBOOK[f](t), rel=1e-12, abs=1e-15)
    assert f(1.0) == 0
    assert type(f(2.0)) is float
    assert np.all(np.diff(f(t), 2) > -1e-13)
    assert f(0.0) == pytest.approx({REVERSE_KL: np.inf, JENSEN_SHANNON: math.log(2) / 2, KL: 1, CHI2: 1}.get(f, 0.5))
    if f is not TOTAL_VARIATION:
        assert (f(1 + 1e-6) - f(1 - 1e-6)) / 2e-6 == pytest.approx(0, abs=1e-9)


@given(positive_pairs())
def test_a_function_does_what_its_generator_does(pair) -> None:
    """A plain function of t gives the same to the digits it has; a linear part c (t - 1) changes nothing."""
    p, q = pair
    assume(smallest(p, q) > 1e-100)
    for f, function in TEXTBOOK.items():
        got = f_divergence(p, q, lambda t, function=function: function(t) + 3 * (t - 1))
        assert got == pytest.approx(f_divergence(p, q, f), rel=1e-10, abs=1e-13)


def test_claims_about_generators() -> None:
    """-(t+1) log((t+1)/2) + t log t gives twice the Jensen-Shannon divergence, (sqrt t - 1)^2 twice H^2."""
    p, q = np.array(P), np.array(Q)
    doubled = f_divergence(p, q, lambda t: -(t + 1) * np.log((t + 1) / 2) + t * np.log(t))
    assert doubled == pytest.approx(2 * js_divergence(p, q), rel=1e-13)
    assert f_divergence(p, q, lambda t: (np.sqrt(t) - 1) ** 2) == pytest.approx(2 * hellinger_distance(p, q) ** 2)


@given(pmfs(min_size=1), orders, orders)
def test_renyi_entropy_falls_with_its_order(p: np.ndarray, a: float, b: float) -> None:
    """From the log of the support through Shannon's to -log max p, all between 0 and log n."""
    low, high = sorted((a, b))
    ladder = [renyi_entropy(p, alpha) for alpha in (0, low, high, np.inf)]
    assert all(x >= y * (1 - 1e-12) - 4 * EPS for x, y in itertools.pairwise(ladder))
    assert ladder[0] == math.log(np.count_nonzero(p))
    assert renyi_entropy(p, 1) == entropy(p)
    assert renyi_entropy(p, 1 + 1e-13) == pytest.approx(entropy(p), rel=1e-9, abs=1e-12)
    assert renyi_entropy(p, 2) == pytest.approx(-math.log(np.sum(p**2)), rel=1e-13, abs=4 * EPS)


@given(pmfs(), orders)
def test_renyi_entropy_is_the_gap_to_uniform(p: np.ndarray, alpha: float) -> None:
    """H_alpha(p) = log n - D_alpha(p || uniform)."""
    n = len(p)
    gap = renyi_divergence(p, np.full(n, 1 / n), alpha)
    assert renyi_entropy(p, alpha) == pytest.approx(math.log(n) - gap, abs=2e-14)


# 50 digits


def power_sum(p: np.ndarray, q: np.ndarray, alpha: float) -> mpf:
    """sum p^a q^(1-a) - a sum p - (1-a) sum q, which is sum p^a q^(1-a) - 1 for sums of 1."""
    a = mpf(alpha)
    terms = []
    for x, y in zip(exact(p), exact(q), strict=True):
        if (y == 0 < x and a > 1) or (x == 0 < y and a < 0):
            return mp.inf
        power = mpf(0) if x == 0 or y == 0 else x**a * y ** (1 - a)
        terms.append(power - a * x - (1 - a) * y)
    return mp.fsum(terms)


@given(pairs, orders)
def test_renyi_digits(pair, alpha: float) -> None:
    """Near alpha = 1, near p = q, far apart, at large orders.

    Conditioning: p^alpha turns the last digit of L = log(p/q) into alpha L of them, divided again by alpha.
    """
    p, q = pair
    a, excess = mpf(alpha), power_sum(p, q, alpha)
    if abs(excess) < 0.5 or mp.isinf(excess):
        want = mp.log1p(excess) / (a - 1)
    else:
        total = mp.fsum(x**a * y ** (1 - a) for x, y in zip(exact(p), exact(q), strict=True) if x * y > 0)
        want = mp.log(total) / (a - 1) if total > 0 else mp.inf
    assert agrees(renyi_divergence(p, q, alpha), want, rel=2e-14, abs_=1e-60)


@given(pairs, st.one_of(orders.filter(lambda a: a < 50), st.floats(-10, 10)))
def test_alpha_divergence_digits(pair, alpha: float) -> None:
    """Any order, the neighborhoods of 0 and 1 among them. Conditioning: |alpha L| last digits of exp(alpha L)."""
    p, q = pair
    assume(abs(alpha) > 1e-12 and alpha != 1)
    want = power_sum(p, q, alpha) / (mpf(alpha) * (mpf(alpha) - 1))
    assume(not 1e306 < want < mp.inf)  # the sum before the division by alpha (alpha - 1) may exceed float64
    ratio = max(abs(math.log(smallest(p, q))), 1)
    assert agrees(alpha_divergence(p, q, alpha), want, rel=1e-14 + 2 * EPS * abs(alpha) * ratio, abs_=1e-60)


@given(pairs)
def test_other_digits(pair) -> None:
    """Total variation, chi-squared and Hellinger."""
    p, q = pair
    x, y = exact(p), exact(q)
    both = list(zip(x, y, strict=True))
    assert agrees(total_variation(p, q), mp.fsum(abs(a - b) for a, b in both) / 2)
    chi2 = mp.inf if any(b == 0 < a for a, b in both) else mp.fsum((a - b) ** 2 / b for a, b in both if b > 0)
    assert agrees(chi2_divergence(p, q), mp.inf if chi2 > mpf(1.7e308) else chi2)
    h = mp.sqrt(mp.fsum((mp.sqrt(a) - mp.sqrt(b)) ** 2 for a, b in both) / 2)
    assert agrees(hellinger_distance(p, q), h, abs_=1e-155)


@given(pmfs(min_size=1), orders)
def test_renyi_entropy_digits(p: np.ndarray, alpha: float) -> None:
    """For the floats as they are, but with a sum of exactly 1: what it is off by would count 1/|alpha - 1| times.

    Below 1e-290 the powers lose digits to underflow.
    """
    a = mpf(alpha)
    excess = mp.fsum(x**a - x for x in exact(p) if x > 0)
    total = mp.fsum(x**a for x in exact(p) if x > 0)
    want = (mp.log1p(excess) if excess > -0.5 else mp.log(total)) / (1 - a)
    assert agrees(renyi_entropy(p, alpha), want, rel=2e-14, abs_=normal)


# Batches, published numbers, independent references


def test_batches_are_rows() -> None:
    """A batch gives what its rows give one by one, and one q serves many p."""
    rng = np.random.default_rng(3)
    p, q = normalize(rng.exponential(size=(2, 240, 80)))
    p[::4] = normalize(p[::4] * (rng.random(p[::4].shape) < 0.5))
    q[::3] = normalize(p[::3] * (1 + 1e-8 * rng.standard_normal(p[::3].shape)))
    measures = [total_variation, chi2_divergence, hellinger_distance]
    measures += [lambda p, q, a=a: renyi_divergence(p, q, a) for a in (0, 0.3, 1, 1.5, 40, np.inf)]
    measures += [lambda p, q, a=a: alpha_divergence(p, q, a) for a in (-1, 0, 0.5, 1, 3)]
    measures += [lambda p, q, f=f: f_divergence(p, q, f) for f in GENERATORS]
    measures += [lambda p, q, a=a: renyi_entropy(p, a) for a in (0, 0.5, 1, 2, 1e6, np.inf)]
    for measure in measures:
        rows = np.array([measure(a, b) for a, b in zip(p, q, strict=True)])
        assert measure(p, q) == pytest.approx(rows, rel=1e-14)
        assert measure(p.reshape(2, 120, 80), q.reshape(2, 120, 80)).shape == (2, 120)
        assert np.shape(measure(p, q[0])) == (240,)
        assert type(measure(p[1], q[1])) is float


def test_by_hand() -> None:
    """[.5 .3 .2] and [.2 .4 .4]: TV .3; chi2 .45 + .025 + .1; Renyi at infinity log 2.5."""
    assert total_variation(P, Q) == pytest.approx(0.3, rel=1e-15)
    assert chi2_divergence(P, Q) == pytest.approx(0.45 + 0.025 + 0.1, rel=1e-15)
    assert renyi_divergence(P, Q, np.inf) == pytest.approx(math.log(2.5), rel=1e-15)
    assert renyi_divergence([1, 0], Q[:2] / np.sum(Q[:2]), 0) == pytest.approx(math.log(3), rel=1e-14)
    assert renyi_divergence([1, 0], [0, 1], 0.5) == np.inf
    assert renyi_divergence([1, 0], [0, 1], 0) == np.inf
    assert renyi_divergence([1, 0], [0.25, 0.75], 1e308) == pytest.approx(math.log(4), rel=1e-15)
    assert alpha_divergence([1, 0], [0, 1], 0.5) == 4
    assert total_variation([1, 0], [0, 1]) == hellinger_distance([1, 0], [0, 1]) == 1


def test_total_variation_is_the_best_event() -> None:
    """max over all 2^n events of |p(A) - q(A)|."""
    p, q = np.array(P), np.array(Q)
    events = (np.arange(8)[:, None] >> np.arange(3)) & 1
    assert total_variation(p, q) == pytest.approx(np.max(np.abs(events @ (p - q))), rel=1e-14)


@given(pmf_pairs())
def test_scipy(pair) -> None:
    """scipy's city-block distance is twice total variation, its Euclidean one between roots is sqrt(2) Hellinger."""
    p, q = pair
    assert 2 * total_variation(p, q) == pytest.approx(scipy.spatial.distance.cityblock(p, q), rel=1e-13)
    roots = scipy.spatial.distance.euclidean(np.sqrt(p), np.sqrt(q))
    assert math.sqrt(2) * hellinger_distance(p, q) == pytest.approx(roots, rel=1e-12, abs=1e-15)


def test_extremes_raise_no_warning() -> None:
    """Subnormals on either side: no NaN, nothing below 0."""
    p, q = np.array([1.0, TINY]), np.array([TINY, 1.0])
    for a, b in [(p, q), (p, np.array([0.0, 1.0])), (np.array([1.0, 0.0]), q)]:
        values = [total_variation(a, b), chi2_divergence(a, b), hellinger_distance(a, b)]
        values += [f_divergence(a, b, f) for f in GENERATORS]
        values += [renyi_divergence(a, b, alpha) for alpha in (0, 1e-300, 0.5, 1 + EPS, 2, 1e300, np.inf)]
        values += [alpha_divergence(a, b, alpha) for alpha in (-1e300, -1, 0, 1e-300, 0.5, 2, 1e300)]
        values += [renyi_entropy(a, alpha) for alpha in (0, 1e-300, 0.5, 1 + EPS, 2, 1e300, np.inf)]
        assert all(v >= 0 for v in values)


# What is refused


@pytest.mark.parametrize(
    "measure",
    [
        total_variation,
        chi2_divergence,
        hellinger_distance,
        lambda p, q: renyi_divergence(p, q, 2),
        lambda p, q: alpha_divergence(p, q, 2),
        lambda p, q: f_divergence(p, q, KL),
        lambda p, q: f_divergence(p, q, TEXTBOOK[CHI2]),
    ],
)
@pytest.mark.parametrize(
    ("p", "q", "message"),
    [
        ([], [], "p is empty"),
        ([0.5, 0.5], [0.5, np.nan], r"q\[1\] is nan"),
        ([0.5, 0.6], [0.5, 0.5], r"p sums to 1\.1, not 1: use normalize"),
        ([1.5, -0.5], [0.5, 0.5], r"p\[1\] is -0\.5"),
        ([0.5, 0.5], [1.0], "p has 2 outcomes but q has 1"),
        (0.5, 0.5, "p is a single number"),
        (["a"], [1.0], "p holds text"),
    ],
)
def test_no_distributions_are_refused(measure, p, q, message: str) -> None:
    """Every divergence names the argument, the place and the remedy."""
    with pytest.raises(ValueError, match=message):
        measure(p, q)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: renyi_divergence(P, Q, -1), "alpha is -1: it must be at least 0"),
        (lambda: renyi_divergence(P, Q, np.nan), "alpha is nan"),
        (lambda: renyi_entropy(P, -0.5), "alpha is -0.5: it must be at least 0"),
        (lambda: renyi_entropy([0.5], 2), "p sums to 0.5"),
        (lambda: alpha_divergence(P, Q, np.inf), "alpha is inf: give a finite number"),
        (lambda: alpha_divergence(P, Q, [1, 2]), "alpha has shape"),
        (lambda: f_divergence(P, Q, lambda t: t), r"f gives \[1.\] at t = \[1\]"),
        (lambda: f_divergence(P, Q, lambda t: 0.0), "a generator takes arrays and is 0 at 1"),
        (lambda: f_divergence([0.5, 0.5], [1, 0], lambda t: (t - 1) ** 2), r"q\[1\] is 0 where p is not"),
        (lambda: f_divergence([1, 0], [0.5, 0.5], lambda t: t * np.log(t)), r"f has no value at t = 0\.0"),
        (lambda: KL([-1.0]), r"t\[0\] is -1"),
        (lambda: KL([]), "t is empty"),
    ],
)
def test_refusals(call, message: str) -> None:
    """Each of the rest."""
    with pytest.raises(ValueError, match=message):
        call()


def test_reference_is_independent_of_the_sums() -> None:
    """The power sum at order near 1 is the divergence of the high-precision reference."""
    b = 1e-18
    want = power_sum(np.array(P), np.array(Q), 1.0 + 2.0**-52) / mpf(2.0**-52)
    assert agrees(float(want), reference.kl(P, Q), rel=100 * b + 1e-14)
