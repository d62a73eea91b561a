"""Discrete measures: the theorems first, then 50 digits, published numbers, other libraries, and what is refused."""

import math

import numpy as np
import pytest
import scipy.spatial.distance
import scipy.special
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf

from core import discrete
from core.discrete import (
    binary_entropy,
    cross_entropy,
    entropy,
    entropy_from_logits,
    js_distance,
    js_divergence,
    kl_divergence,
    max_entropy_pmf,
    normalize,
    perplexity,
    perplexity_from_log_probs,
    surprisal,
)
from core.units import BITS
from tests.core import reference
from tests.core.reference import agrees
from tests.strategies import TINY, channels, joints, logits, near_pairs, pmf_pairs, pmfs

LOG2 = math.log(2)
EPS = 2.0**-52
pairs = st.one_of(pmf_pairs(), near_pairs())
temperatures = st.floats(-3, 3).map(lambda e: 10.0**e)


def one_hot(p: np.ndarray) -> bool:
    return np.count_nonzero(p) == 1


# Theorems


@given(pmfs(min_size=1))
def test_entropy_lies_between_0_and_log_n(p: np.ndarray) -> None:
    """0 <= H <= log n, 0 exactly for certainty and only there (Shannon 1948, section 6, properties 1 and 2)."""
    h = entropy(p)
    assert 0 <= h <= math.log(len(p)) + 2 * EPS
    assert (h == 0) == one_hot(p)


@pytest.mark.parametrize("n", [1, 2, 3, 6, 1000])
def test_entropy_of_the_uniform_is_log_n(n: int) -> None:
    """The upper bound is reached."""
    assert entropy(np.full(n, 1 / n)) == pytest.approx(math.log(n), rel=1e-14)


@given(st.data(), pmfs())
def test_entropy_ignores_order_and_impossible_outcomes(data, p: np.ndarray) -> None:
    """H depends on the set of positive probabilities only."""
    shuffled = p[data.draw(st.permutations(range(len(p))))]
    assert entropy(shuffled) == pytest.approx(entropy(p), rel=1e-14)
    assert entropy(np.append(p, 0.0)) == pytest.approx(entropy(p), rel=1e-14)


@given(pmfs(min_size=3))
def test_grouping(p: np.ndarray) -> None:
    """H(p1, p2, rest) = H(p1 + p2, rest) + (p1 + p2) H(p1/(p1+p2), p2/(p1+p2)) (Shannon 1948, property 3)."""
    both = p[0] + p[1]
    assume(both > 1e-290)
    merged = entropy(np.append(both, p[2:])) + both * entropy(normalize(p[:2]))
    assert entropy(p) == pytest.approx(merged, rel=1e-13, abs=2 * EPS)


@given(pmf_pairs(), st.floats(0, 1))
def test_entropy_is_concave(pair, weight: float) -> None:
    """Mixing never lowers the mean entropy."""
    p, q = pair
    mixed = entropy(weight * p + (1 - weight) * q)
    assert mixed >= weight * entropy(p) + (1 - weight) * entropy(q) - 1e-14


@given(st.floats(0, 1), st.floats(0, 1))
def test_surprisals_of_independent_events_add_up(p: float, q: float) -> None:
    """-log(p q) = -log p - log q."""
    assume(p * q > 1e-290)
    assert surprisal(p * q) == pytest.approx(surprisal(p) + surprisal(q), rel=1e-13, abs=EPS)


@given(pairs)
def test_cross_entropy_is_entropy_plus_kl(pair) -> None:
    """H(p, q) = H(p) + KL(p || q), infinite together."""
    p, q = pair
    assert cross_entropy(p, q) == pytest.approx(entropy(p) + kl_divergence(p, q), rel=1e-14, abs=4 * EPS)


@given(pairs)
def test_gibbs(pair) -> None:
    """KL >= +0.0, exactly 0 for equal input, and positive as soon as one entry differs visibly."""
    p, q = pair
    kl = kl_divergence(p, q)
    assert kl >= 0
    assert math.copysign(1, kl) == 1
    assert kl_divergence(p, p) == 0 == js_divergence(p, p)
    if np.any(np.abs(p - q) > 1e-150):
        assert kl > 0
        assert js_divergence(p, q) > 0


def test_kl_is_no_distance() -> None:
    """It is not symmetric, and a detour can be shorter than the straight way."""
    p, q, r = [0.9, 0.1], [0.5, 0.5], [0.1, 0.9]
    assert kl_divergence([0.5, 0.5], [0.9, 0.1]) != pytest.approx(kl_divergence([0.9, 0.1], [0.5, 0.5]), rel=0.1)
    assert kl_divergence(p, q) + kl_divergence(q, r) < kl_divergence(p, r)


@given(pairs)
def test_kl_is_infinite_exactly_off_the_support(pair) -> None:
    """An outcome that q rules out and p allows costs infinitely much, and nothing else does."""
    p, q = pair
    assert math.isinf(kl_divergence(p, q)) == math.isinf(cross_entropy(p, q)) == bool(np.any((q == 0) & (p > 0)))


@given(st.data(), pairs)
def test_data_processing(data, pair) -> None:
    """No channel makes two distributions easier to tell apart, by KL or by JS (Cover & Thomas 2006, section 2.8)."""
    p, q = pair
    channel = data.draw(channels(len(p), 3))
    both = np.stack([p, q])[..., None]
    # Products below the smallest normal number have lost their digits.
    assume(not np.any((both * channel < 1e-300) & (both > 0) & (channel > 0)))
    # The products round each entry by a relative EPS, which moves a divergence d by about sqrt(d) EPS.
    for divergence in (kl_divergence, js_divergence):
        before, after = divergence(p, q), divergence(p @ channel, q @ channel)
        assert after <= before + 20 * EPS * (math.sqrt(before) + before) + 1e-30 or math.isinf(before)


@given(st.data(), joints())
def test_kl_chain_rule(data, p: np.ndarray) -> None:
    """KL(p(x,y) || q(x,y)) = KL(p(x) || q(x)) + sum_x p(x) KL(p(y|x) || q(y|x)) (Cover & Thomas 2006, eq. 2.67)."""
    q = data.draw(pmfs(p.size, p.size, zeros=False).filter(lambda q: q.min() > 1e-200)).reshape(p.shape)
    px, qx = p.sum(axis=1), q.sum(axis=1)
    inner = sum(w * kl_divergence(normalize(a), normalize(b)) for w, a, b in zip(px, p, q, strict=True) if w > 0)
    whole = kl_divergence(p.ravel(), q.ravel())
    assert whole == pytest.approx(kl_divergence(px, qx) + inner, rel=1e-13, abs=1e-14)


@given(pairs)
def test_js_is_symmetric_bounded_and_an_entropy_gap(pair) -> None:
    """0 <= JS <= log 2, JS(p, q) = JS(q, p) = H((p + q)/2) - (H(p) + H(q))/2 (Lin 1991, eq. 4.1)."""
    p, q = pair
    js = js_divergence(p, q)
    assert 0 <= js <= LOG2
    assert js == js_divergence(q, p)
    assert js == pytest.approx(entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2, abs=1e-14)
    assert js_distance(p, q) == math.sqrt(js)


@given(st.data(), pairs)
def test_root_of_js_is_a_metric(data, pair) -> None:
    """The triangle inequality holds for sqrt(JS) (Endres & Schindelin 2003)."""
    p, q = pair
    r = data.draw(st.one_of(pmfs(len(p), len(p)), st.just((p + q) / 2)))
    assert js_distance(p, q) <= (js_distance(p, r) + js_distance(r, q)) * (1 + 1e-13) + 1e-155


@given(pmfs())
def test_perplexity_lies_between_1_and_n(p: np.ndarray) -> None:
    """The effective number of outcomes; 1 for certainty."""
    assert 1 <= perplexity(p) <= len(p) * (1 + 1e-14)
    assert perplexity(p) == pytest.approx(math.exp(entropy(p)), rel=1e-15)


@given(st.lists(st.floats(1e-3, 1), min_size=1, max_size=9))
def test_perplexity_of_tokens_is_a_geometric_mean(q: list[float]) -> None:
    """PP = (prod 1/q)^(1/N)."""
    assert perplexity_from_log_probs(np.log(q)) == pytest.approx(scipy.stats.gmean(1 / np.array(q)), rel=1e-13)


def test_perplexity_mask_and_impossible_token() -> None:
    """What is masked out is not looked at, whatever stands there; one impossible token makes it infinite."""
    lp = np.log([[0.5, 0.125, 0.9], [0.25, 1.0, 1.0]])
    lp[0, 2] = np.nan
    mask = np.array([[True, True, False], [True, False, False]])
    assert perplexity_from_log_probs(lp, mask) == pytest.approx([4.0, 4.0], rel=1e-14)
    assert perplexity_from_log_probs([-1.0, -np.inf]) == np.inf
    assert perplexity_from_log_probs([-1e308, -1e308]) == np.inf
    assert perplexity_from_log_probs(-0.0) == 1.0


@given(logits(), temperatures)
def test_entropy_from_logits_is_that_of_the_softmax(z: np.ndarray, t: float) -> None:
    """And adding a constant changes nothing."""
    h = entropy_from_logits(z, t)
    assert h == pytest.approx(entropy(scipy.special.softmax((z - z.max()) / t)), rel=1e-11, abs=1e-14)
    assert 0 <= h <= math.log(len(z)) + 2 * EPS
    whole = np.round(z)
    assert entropy_from_logits(whole + 64.0, t) == entropy_from_logits(whole, t)


@given(logits(largest=50.0), temperatures, st.floats(1, 10))
def test_entropy_grows_with_temperature(z: np.ndarray, t: float, factor: float) -> None:
    """dH/dT = Var(z)/T^3 >= 0, from log(ties) at 0 to log n at infinity."""
    assert entropy_from_logits(z, t) <= entropy_from_logits(z, factor * t) + 4 * EPS
    assert entropy_from_logits(z, 0) <= entropy_from_logits(z, t) + 4 * EPS
    assert entropy_from_logits(z, 0) == math.log(np.count_nonzero(z == z.max()))
    assert entropy_from_logits(z, np.inf) == math.log(len(z))
    assert entropy_from_logits(z, 1e30) == pytest.approx(math.log(len(z)), rel=1e-14)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=6), st.floats(0, 1))
def test_max_entropy_pmf_has_the_mean_and_the_form(values: list[float], where: float) -> None:
    """The mean is met, and log p is linear in the value (Cover & Thomas 2006, theorem 12.1.1)."""
    x = np.array(values)
    mean = x.min() + where * (x.max() - x.min())
    assume(x.min() <= mean <= x.max())
    p = max_entropy_pmf(x, mean)
    assert p.sum() == pytest.approx(1, abs=4 * EPS)
    assert p @ x == pytest.approx(mean, rel=1e-13, abs=1e-13 * np.ptp(x) + len(x) * TINY)
    if len(set(values)) == len(values) == 3 and p.min() > 1e-200 and np.min(np.diff(np.sort(x))) > 1e-3:
        a, b, c = np.argsort(x)
        rise = (np.log(p[b]) - np.log(p[a])) / (x[b] - x[a])
        assert rise == pytest.approx((np.log(p[c]) - np.log(p[a])) / (x[c] - x[a]), abs=1e-9)


@given(st.lists(st.floats(-10, 10), min_size=4, max_size=4, unique=True), st.floats(0.05, 0.95), st.floats(-1, 1))
def test_no_other_pmf_of_that_mean_has_more_entropy(values: list[float], where: float, step: float) -> None:
    """Moving along a direction that keeps sum and mean lowers the entropy."""
    x = np.array(values)
    assume(np.ptp(x) > 0.1)
    p = max_entropy_pmf(x, x.min() + where * np.ptp(x))
    direction = np.linalg.svd(np.stack([np.ones(4), x]))[2][3]
    other = p + step * np.min(p / np.maximum(np.abs(direction), 1e-3)) * direction
    assume(other.min() >= 0)
    assert entropy(normalize(other)) <= entropy(p) + 1e-13


def test_max_entropy_pmf_at_the_ends() -> None:
    """At the smallest or largest value only those equal to it remain; one value alone is certain; no overflow."""
    assert max_entropy_pmf([1, 1, 5, 5, 5], 1).tolist() == [0.5, 0.5, 0, 0, 0]
    assert max_entropy_pmf([1, 1, 5, 5], 5).tolist() == [0, 0, 0.5, 0.5]
    assert max_entropy_pmf([3.0], 3.0).tolist() == [1.0]
    assert max_entropy_pmf([-1.5e308, 1.5e308], 0.75e308) == pytest.approx([0.25, 0.75], rel=1e-14)
    assert max_entropy_pmf([0, 1], 1e-15) == pytest.approx([1.0, 1e-15], rel=1e-13)


@given(st.lists(st.floats(0, 1e308), min_size=1, max_size=6).filter(any))
def test_normalize_keeps_proportions(weights: list[float]) -> None:
    """p_i = w_i / sum w to the last digit, for weights whose sum overflows and for subnormal ones."""
    for p, exact in zip(normalize(weights), reference.normalized(weights), strict=True):
        assert agrees(float(p), exact, rel=4 * EPS)
    entropy(normalize(weights))


def test_normalize_extremes() -> None:
    """The smallest and the largest weights a float can hold."""
    assert normalize([TINY, TINY]).tolist() == [0.5, 0.5]
    assert normalize([1.7e308, 1.7e308, 0]).tolist() == [0.5, 0.5, 0]
    assert normalize([[1, 3], [2, 2]]).tolist() == [[0.25, 0.75], [0.5, 0.5]]


# 50 digits


@given(pmfs(min_size=1))
def test_entropy_digits(p: np.ndarray) -> None:
    """No term is negative, so all digits of each are kept, down to subnormal entropies."""
    assert agrees(entropy(p), reference.entropy(p))


@given(st.one_of(st.floats(0, 1), st.floats(-320, -1).map(lambda e: 10.0**e)), st.booleans())
def test_binary_entropy_digits(p: float, mirror: bool) -> None:
    """Also next to 0 and 1."""
    p = 1 - p if mirror else p
    with mp.workdps(700):  # 1 - 1e-320 has to be held
        exact = mpf(p)
        h = -reference.xlogy(exact, exact) - reference.xlogy(1 - exact, 1 - exact)
    assert agrees(binary_entropy(p), h)


@given(st.floats(0, 1))
def test_surprisal_digits(p: float) -> None:
    """-log p of the float as it is."""
    assert agrees(surprisal(p), -mp.log(mpf(p)) if p > 0 else mp.inf)


@given(pairs)
def test_cross_entropy_digits(pair) -> None:
    """No term is negative."""
    assert agrees(cross_entropy(*pair), reference.cross_entropy(*pair))


@given(pairs)
def test_kl_digits(pair) -> None:
    """Near-equal, near-certain, tiny: 14 digits; and as close to the divergence of the exactly normalised pair.

    There the sums of the input, off 1 by some 1e-16 each, enter squared: an absolute 1e-31 that no method can avoid.
    """
    p, q = pair
    assert agrees(kl_divergence(p, q), reference.kl(p, q))
    assert agrees(kl_divergence(p, q), reference.kl_normalized(p, q), rel=2e-14, abs_=1e-31)


@given(pairs)
def test_js_digits(pair) -> None:
    """The same for Jensen-Shannon, where scipy gives NaN near p = q."""
    assert agrees(js_divergence(*pair), reference.js(*pair))


@given(logits(), temperatures)
def test_entropy_from_logits_digits(z: np.ndarray, t: float) -> None:
    """14 digits for given gaps, whose own rounding is conditioning: one off by EPS u moves exp(u) by a relative EPS u.

    Below 1e-308 exp(u) has fewer digits, and up to 745 times its last unit is lost.
    """
    gaps = (z - z.max()) / t
    log_p = reference.log_softmax(gaps)
    exact = mp.fsum(-mp.exp(x) * x for x in log_p)
    assert agrees(entropy_from_logits(gaps), exact, abs_=745 * TINY)


@given(st.sampled_from([4, 5, 6]), st.floats(-6, -1), st.booleans())
def test_max_entropy_pmf_digits(n: int, exponent: float, mirror: bool) -> None:
    """Against a root found with 90 digits. Near an end p is of the size of the distance from it, which is kept.

    Conditioning: p_i moves by |lambda (x_i - mean)| times the relative error of lambda, here up to 60.
    """
    x, mean = np.arange(n, dtype=float), 10.0**exponent
    p = max_entropy_pmf(-x if mirror else x, -mean if mirror else mean)

    def surplus(rate):
        return mp.fsum((v - mpf(mean)) * mp.exp(-rate * int(v)) for v in x)

    rate = mp.findroot(surplus, (mpf(0.01), -mp.log(mpf(mean))), tol=1e-60)
    exact = [mp.exp(-rate * int(v)) for v in x]
    for got, want in zip(p, exact, strict=True):
        assert agrees(float(got), want / mp.fsum(exact), rel=1e-13)


def test_digits_of_long_rows() -> None:
    """A thousand outcomes, far and near: the order of the sum costs no digits to speak of."""
    rng = np.random.default_rng(20240501)
    p = normalize(rng.exponential(size=1000) ** 3)
    for q in (normalize(rng.exponential(size=1000)), normalize(p * (1 + 1e-9 * rng.standard_normal(1000)))):
        assert agrees(kl_divergence(p, q), reference.kl(p, q))
        assert agrees(js_divergence(p, q), reference.js(p, q))
        assert agrees(entropy(p), reference.entropy(p))


# Batches


@pytest.mark.parametrize("shape", [(7,), (2, 3, 7), (900, 100), (3, 500, 60)])
def test_batches_are_rows(shape: tuple[int, ...]) -> None:
    """A batch gives what its rows give one by one: plain, near-equal, with zeros and off the support, in any layout."""
    rng = np.random.default_rng(7)
    p, q = normalize(rng.exponential(size=shape)), normalize(rng.exponential(size=shape))
    if len(shape) > 1:
        q[::3] = normalize(p[::3] * (1 + 1e-8 * rng.standard_normal(p[::3].shape)))
        p[::4] = normalize(p[::4] * (rng.random(p[::4].shape) < 0.5))
        q[1::5] = normalize(q[1::5] * (rng.random(q[1::5].shape) < 0.9))
    for measure in (kl_divergence, js_divergence, cross_entropy, lambda p, q: entropy(q)):
        whole = np.asarray(measure(p, q))
        rows = [measure(a, b) for a, b in zip(p.reshape(-1, shape[-1]), q.reshape(-1, shape[-1]), strict=True)]
        assert whole.shape == shape[:-1]
        assert whole.ravel() == pytest.approx(np.array(rows), rel=1e-14, abs=0)
        assert np.asarray(measure(np.asfortranarray(p), q[..., ::-1][..., ::-1])) == pytest.approx(whole, rel=1e-14)


def test_broadcast_and_input_untouched() -> None:
    """One q for a batch of p; inputs are read only."""
    p, q = normalize(np.arange(1.0, 13).reshape(2, 2, 3)), np.array([0.2, 0.3, 0.5])
    p.flags.writeable = q.flags.writeable = False
    assert kl_divergence(p, q)[1, 0] == pytest.approx(kl_divergence(p[1, 0], q), rel=1e-15)
    assert kl_divergence(q, p).shape == (2, 2)
    assert js_divergence(p[:, :1], p).shape == (2, 2)
    assert type(kl_divergence(q, q)) is float
    assert entropy(np.array([0.25, 0.75], np.float32)) == entropy([0.25, 0.75])


# Published numbers


@pytest.mark.parametrize(
    ("p", "bits"),
    [
        ([0.5, 0.5], 1.0),
        ([0.9, 0.1], 0.4690),
        ([0.99, 0.01], 0.0808),
        ([1, 0], 0.0),
        (np.full(6, 1 / 6), 2.5850),
        ([0.5, 0.1, 0.1, 0.1, 0.1, 0.1], 2.1610),
        (np.full(4, 0.25), 2.0),
        (np.full(8, 0.125), 3.0),
    ],
)
def test_published_entropies(p, bits: float) -> None:
    """The coins and dice of the entropy page."""
    assert round(BITS.from_nats(entropy(p)), 4) == bits


@pytest.mark.parametrize(
    ("p", "q", "forward", "reverse"),
    [([0.5, 0.3, 0.2], [0.4, 0.4, 0.2], 0.0253, 0.0258)],
)
def test_published_divergences(p, q, forward: float, reverse: float) -> None:
    """KL in both directions, in nats."""
    assert round(kl_divergence(p, q), 4) == forward
    assert round(kl_divergence(q, p), 4) == reverse


def test_published_cross_entropies() -> None:
    """Bits for label (1, 0, 0); nats for the five predictions of class 0 of 4."""
    for q, bits in [(0.9, 0.1520), (0.1, 3.3219), (0.01, 6.6439)]:
        assert round(BITS.from_nats(cross_entropy([1, 0, 0], [q, 1 - q, 0])), 4) == bits
    for q, nats in [(1, 0.0), (0.8, 0.2231), (0.4, 0.9163), (0.1, 2.3026), (0.01, 4.6052)]:
        assert round(cross_entropy([1, 0, 0, 0], [q, 1 - q, 0, 0]), 4) == nats


def test_brandeis_dice() -> None:
    """Jaynes (1963), Information Theory and Statistical Mechanics (Brandeis lectures): a die of mean 4.5."""
    p = max_entropy_pmf(range(1, 7), 4.5)
    assert p.round(5).tolist() == [0.05435, 0.07877, 0.11416, 0.16545, 0.23977, 0.34749]
    assert round(entropy(p), 5) == 1.61358


def test_mackay_alphabet() -> None:
    """MacKay (2003), figure 2.1 and section 2.4: the entropy of English letters, about 4.11 bits."""
    frequencies = [575, 128, 263, 285, 913, 173, 133, 313, 599, 6, 84, 335, 235, 596, 689, 192, 8, 508, 567, 706, 334]
    frequencies += [69, 119, 73, 164, 7, 1928]
    assert round(BITS.from_nats(entropy(normalize(frequencies))), 1) == 4.1


# Independent references


@given(pmf_pairs())
def test_scipy(pair) -> None:
    """scipy, where it is right: far from p = q, at the precision it has."""
    p, q = pair
    assert entropy(p) == pytest.approx(scipy.special.entr(p).sum(), rel=1e-13)
    kl = scipy.special.rel_entr(p, q).sum()
    assert kl_divergence(p, q) == pytest.approx(kl, rel=1e-13, abs=1e-15)
    if kl > 0.1 and min(p[p > 0].min(), q[q > 0].min()) > 1e-300:
        assert js_distance(p, q) == pytest.approx(scipy.spatial.distance.jensenshannon(p, q), rel=1e-12)


# What is refused

ONE = [entropy, perplexity, lambda p: kl_divergence(p, p), lambda p: js_divergence(p, p), lambda p: js_distance(p, p)]
ONE += [lambda p: cross_entropy(p, p)]


@pytest.mark.parametrize("measure", ONE)
@pytest.mark.parametrize(
    ("p", "message"),
    [
        ([], "p is empty"),
        ([0.5, np.nan], r"p\[1\] is nan"),
        ([np.inf, 0.5], r"p\[0\] is inf"),
        ([1.5, -0.5], r"p\[1\] is -0.5"),
        ([0.5, 0.6], "p sums to 1.1, not 1: use normalize"),
        ([[0.5, 0.5], [0.5, 0.6]], r"p\[1\] sums to 1.1, not 1: use normalize"),
        (0.5, "p is a single number"),
        (["0.5", "0.5"], "p holds text"),
        (None, "p holds objects"),
    ],
)
def test_no_distribution_is_refused(measure, p, message: str) -> None:
    """Every measure names the argument, the place and the remedy."""
    with pytest.raises(ValueError, match=message):
        measure(p)


@pytest.mark.parametrize("measure", [kl_divergence, js_divergence, js_distance, cross_entropy])
def test_unequal_outcomes_are_refused(measure) -> None:
    """The second argument is named as such, and lengths never broadcast."""
    with pytest.raises(ValueError, match="p has 2 outcomes but q has 3"):
        measure([0.5, 0.5], [0.5, 0.25, 0.25])
    with pytest.raises(ValueError, match="p has 2 outcomes but q has 1"):
        measure([0.5, 0.5], [1.0])
    with pytest.raises(ValueError, match=r"q sums to 1\.5"):
        measure([0.5, 0.5], [1.0, 0.5])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: surprisal([0.5, 1.5]), r"p\[1\] is 1.5: a probability lies between 0 and 1"),
        (lambda: surprisal(-0.1), "p is -0.1"),
        (lambda: surprisal(np.nan), "p is nan"),
        (lambda: surprisal([]), "p is empty"),
        (lambda: binary_entropy([[0.5, 2]]), r"p\[0, 1\] is 2"),
        (lambda: binary_entropy("0.5"), "p holds text"),
        (lambda: normalize([]), "weights is empty"),
        (lambda: normalize([1, -1]), r"weights\[1\] is -1"),
        (lambda: normalize([1, np.inf]), r"weights\[1\] is inf"),
        (lambda: normalize([[1, 2], [0, 0]]), r"weights\[1\] is zero everywhere"),
        (lambda: normalize(3.0), "weights is a single number"),
        (lambda: entropy_from_logits([]), "z is empty"),
        (lambda: entropy_from_logits([0.0, -np.inf]), r"z\[1\] is -inf"),
        (lambda: entropy_from_logits(1.0), "z is a single number"),
        (lambda: entropy_from_logits([1.0, 2.0], -1), "temperature is -1: it must be at least 0"),
        (lambda: entropy_from_logits([1.0, 2.0], np.nan), "temperature is nan"),
        (lambda: entropy_from_logits([1.0, 2.0], [1.0, 2.0]), "temperature has shape"),
        (lambda: perplexity_from_log_probs([-1.0, 0.5]), r"log_probs\[1\] is 0.5"),
        (lambda: perplexity_from_log_probs([np.nan]), r"log_probs\[0\] is nan"),
        (lambda: perplexity_from_log_probs([-1.0, -1.0], [False, False]), "mask leaves no token"),
        (lambda: perplexity_from_log_probs([[-1.0], [-1.0]], [[True], [False]]), r"mask\[1\] leaves no token"),
        (lambda: perplexity_from_log_probs([-1.0, -1.0], [1, 0]), "mask must be booleans"),
        (lambda: perplexity_from_log_probs([-1.0, -1.0], [True]), "mask must be booleans of the shape"),
        (lambda: max_entropy_pmf([1, 2], 3), "mean is 3: it must be at most 2"),
        (lambda: max_entropy_pmf([1, 2], np.nan), "mean is nan"),
        (lambda: max_entropy_pmf([[1, 2]], 1), "values has 2 axes but needs 1"),
        (lambda: max_entropy_pmf([], 1), "values is empty"),
    ],
)
def test_refusals(call, message: str) -> None:
    """Each of the rest."""
    with pytest.raises(ValueError, match=message):
        call()


def test_a_sum_off_by_rounding_gives_no_negative_zero_or_less() -> None:
    """Entries may exceed 1 by what a sum may be off, and nothing turns negative by it."""
    p = [1.0 + 1e-9]
    for value in (
        entropy(p),
        surprisal(1 + 1e-9),
        cross_entropy(p, p),
        binary_entropy(1 + 1e-9),
        kl_divergence(p, [1.0]),
    ):
        assert value >= 0
    assert perplexity(p) == 1


def test_extremes_raise_no_warning() -> None:
    """Subnormals on either side: quotients leave float64, answers do not."""
    p, q = np.array([1.0, TINY]), np.array([TINY, 1.0])
    for a, b in [(p, q), (np.stack([p, q]), np.stack([q, p]))]:
        assert np.all(np.asarray(kl_divergence(a, b)) == pytest.approx(-math.log(TINY), rel=1e-14))
        assert np.all(np.asarray(js_divergence(a, b)) == pytest.approx(LOG2, rel=1e-14))


def test_every_public_name_says_what_it_does() -> None:
    """Formula, errors, source and an example stand in every docstring."""
    for name in ("normalize", "surprisal", "entropy", "kl_divergence", "max_entropy_pmf"):
        text = getattr(discrete, name).__doc__
        assert "Raises" in text
        assert ">>>" in text
