"""Codes and text: optimality by brute force, Shannon's bounds, n-grams against plain counting, compressors undone."""

import bz2
import functools
import itertools
import lzma
import zlib
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from core import coding, discrete, estimate
from core.datasets import LETTER_FREQUENCIES
from tests import strategies
from tests.core import reference

LOG_2 = np.log(2.0)

weights = st.one_of(strategies.pmfs(min_size=1), strategies.counts(largest=2**40))


def shares(p):
    return p / p.sum()


# --- Huffman


@given(p=weights)
def test_huffman_lies_within_one_digit_of_the_entropy(p):
    lengths = coding.huffman_lengths(p)
    mean, h = coding.expected_length(p, lengths), discrete.entropy(shares(p)) / LOG_2
    # Strictly below H + 1, but by less than a digit where one outcome is all but certain.
    assert h - 1e-14 <= mean <= h + 1
    assert mean < h + 1 or h < 1e-15
    assert coding.kraft_sum(lengths) == 1.0
    assert (np.isinf(lengths) == (np.asarray(p) == 0)).all()


@functools.cache
def prefix_codes(n):
    """The lengths of every prefix code of n words, none above n - 1: by Kraft's theorem a code is its lengths."""
    lengths = np.array(list(itertools.product(range(1, n), repeat=n)))
    return lengths[(2 ** (n - lengths)).sum(axis=1) <= 2**n]


@given(p=st.lists(st.integers(1, 40), min_size=2, max_size=6).map(np.array))
def test_no_prefix_code_is_shorter(p):
    # An optimal code has no word longer than n - 1.
    best = (prefix_codes(len(p)) @ p).min()
    assert coding.expected_length(p, coding.huffman_lengths(p)) * p.sum() == pytest.approx(best, rel=1e-14)


@given(p=weights)
def test_code_words_are_a_prefix_code_of_the_huffman_lengths(p):
    words = coding.huffman_code(p)
    for word, length in zip(words, coding.huffman_lengths(p), strict=True):
        assert (word is None) == np.isinf(length)
        assert word is None or len(word) == length
    used = [w for w in words if w is not None]
    assert not any(b.startswith(a) for a, b in itertools.permutations(used, 2))


@given(text=st.text(alphabet="abcdefg", min_size=2, max_size=60))
def test_a_text_survives_its_code(text):
    symbols = sorted(set(text))
    words = coding.huffman_code(np.array([text.count(s) for s in symbols]))
    encoded = "".join(words[symbols.index(s)] for s in text)
    decoded, word = [], ""
    book = dict(zip(words, symbols, strict=True))
    for digit in encoded:
        word += digit
        if word in book:
            decoded.append(book[word])
            word = ""
    assert "".join(decoded) == text or len(symbols) == 1


@given(m=st.lists(st.integers(0, 6), min_size=1, max_size=12))
def test_powers_of_one_half_are_coded_at_exactly_their_surprisal(m):
    # Completed to a distribution by repeating the smallest share.
    p = [Fraction(1, 2**k) for k in m]
    total = sum(p)
    scale = 2 ** (total.numerator - 1).bit_length() if total > 1 else 1
    while total > scale:
        scale *= 2
    p = [x / scale for x in p]
    step = min(p)
    p += [step] * int((1 - sum(p)) / step)
    p = np.array([float(x) for x in p])
    assert (coding.huffman_lengths(p) == -np.log2(p)).all()


@given(p=weights)
def test_the_tree_spells_a_huffman_code(p):
    tree = coding.huffman_tree(p)
    n = len(tree.outcomes)
    assert tree.outcomes.tolist() == np.flatnonzero(p).tolist()
    assert [len(word) for word in tree.words[:n]] == coding.huffman_lengths(p)[tree.outcomes].tolist()
    leaves = [tree.words[i] for i in range(n)]
    assert not any(b.startswith(a) for a, b in itertools.permutations(leaves, 2))
    for node in range(2 * n - 2):
        above = tree.parent[node]
        assert tree.words[node][:-1] == tree.words[above]
        (sibling,) = set(np.flatnonzero(tree.parent[:-1] == above)) - {node}
        assert tree.weight[above] == pytest.approx(tree.weight[node] + tree.weight[sibling], rel=1e-12)
        assert tree.words[node][-1] == "0" or tree.weight[sibling] >= tree.weight[node]
    assert tree.words[-1] == ""


def test_each_merge_takes_the_two_lightest_nodes():
    # Cover & Thomas (2006), example 5.6.1: 0.15 + 0.15, 0.2 + 0.25, 0.25 + 0.3.
    tree = coding.huffman_tree([0.25, 0.25, 0.2, 0.15, 0.15])
    assert tree.weight[5:] == pytest.approx([0.3, 0.45, 0.55, 1.0])
    assert [len(word) for word in tree.words[:5]] == [2, 2, 2, 3, 3]


def test_of_equally_good_codes_the_flatter_one_is_taken():
    # (1, 2, 3, 3) has the same mean.
    assert coding.huffman_lengths(np.array([2, 2, 1, 1])).tolist() == [2, 2, 2, 2]
    assert coding.huffman_lengths([1.0]).tolist() == [0]
    assert coding.huffman_code([0.0, 1.0]) == (None, "")


def test_the_longest_code_words_are_fibonacci():
    fibonacci = [1, 1]
    while len(fibonacci) < 80:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    assert coding.huffman_lengths(np.array(fibonacci)).max() == 79


def test_english_letters_take_little_more_than_their_entropy():
    p = np.array(list(LETTER_FREQUENCIES.values()))
    mean = coding.expected_length(p, coding.huffman_lengths(p))
    assert discrete.entropy(p) / LOG_2 < mean < discrete.entropy(p) / LOG_2 + 0.05
    assert mean < coding.fixed_length(26) == 5


@given(p=strategies.positive_pairs())
def test_a_code_for_the_wrong_distribution_costs_the_divergence(p):
    # Shannon's ideal lengths -log2 q, which need not be whole numbers.
    p, q = p
    excess = coding.expected_length(p, -np.log2(q)) * LOG_2 - discrete.entropy(p)
    assert excess == pytest.approx(discrete.kl_divergence(p, q), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("n", "digits"), [(1, 0), (2, 1), (3, 2), (256, 8), (257, 9), (2**60 + 1, 61)])
def test_fixed_length(n, digits):
    assert coding.fixed_length(n) == digits


def test_kraft_sum_and_expected_length_with_words_missing():
    assert coding.kraft_sum([1, 1, 1]) == 1.5
    assert coding.kraft_sum([np.inf, 0]) == 1.0
    assert coding.kraft_sum([2000]) == 0.0
    assert coding.expected_length([0.5, 0.5], [1, np.inf]) == np.inf
    assert coding.expected_length([1.0, 0.0], [3, np.inf]) == 3.0
    assert coding.expected_length(np.array([3, 1]), [1, 2]) == 1.25


# --- text

texts = st.one_of(
    st.text(alphabet="ab", min_size=1, max_size=80),
    st.text(min_size=1, max_size=30),
    st.binary(min_size=1, max_size=60),
    st.lists(st.sampled_from(["to", "be", "or", "not"]), min_size=1, max_size=40),
)


@given(text=texts, order=st.integers(0, 6))
def test_empirical_entropy_is_that_of_plain_counting(text, order):
    if order >= len(text):
        with pytest.raises(ValueError, match="order"):
            coding.empirical_entropy(text, order)
        return
    places = range(order, len(text))
    pairs = Counter((tuple(text[i - order : i]), text[i]) for i in places)
    contexts = Counter(tuple(text[i - order : i]) for i in places)
    expected = mp.fsum(-n * mp.log(mpf(n) / contexts[c]) for (c, _), n in pairs.items()) / len(places)
    assert reference.agrees(coding.empirical_entropy(text, order), expected)


def test_empirical_entropy_of_many_symbols_and_long_contexts():
    # More contexts than whole numbers of 64 bits can tell apart, were they numbered directly.
    rng = np.random.default_rng(2)
    text = "".join(map(chr, rng.integers(0x4E00, 0x9FFF, 3000)))
    text += text
    for order in (3, 8, 20):
        pairs = Counter(text[i - order : i + 1] for i in range(order, len(text)))
        contexts = Counter(text[i - order : i] for i in range(order, len(text)))
        expected = sum(n * np.log(contexts[g[:-1]] / n) for g, n in pairs.items()) / (len(text) - order)
        assert coding.empirical_entropy(text, order) == pytest.approx(expected, abs=1e-13)


def test_counting_by_sorting_is_counting():
    rng = np.random.default_rng(3)
    text = bytes(rng.integers(0, 40, 30_000, dtype=np.uint8))
    for order in (1, 4):  # 40^2 numbers are counted in a table, 40^5 by sorting
        pairs = Counter(text[i - order : i + 1] for i in range(order, len(text)))
        contexts = Counter(text[i - order : i] for i in range(order, len(text)))
        expected = sum(n * np.log(contexts[g[:-1]] / n) for g, n in pairs.items()) / (len(text) - order)
        assert coding.empirical_entropy(text, order) == pytest.approx(expected, abs=1e-12)


@given(text=st.text(alphabet="abc", min_size=1, max_size=60))
def test_order_zero_is_the_entropy_of_the_counts_whatever_the_arrangement(text):
    h = coding.empirical_entropy(text)
    assert h == pytest.approx(estimate.entropy_from_counts(list(Counter(text).values())), abs=1e-14)
    assert coding.empirical_entropy("".join(sorted(text))) == h


@given(text=st.text(alphabet="abc", min_size=5, max_size=80), order=st.integers(0, 3))
def test_more_context_never_predicts_worse(text, order):
    # On the same places: the first symbol of the longer context is what the shorter one leaves out.
    longer = coding.empirical_entropy(text, order + 1)
    shorter = coding.empirical_entropy(text[1:], order)
    assert longer <= shorter + 1e-13


@given(train=texts, test=texts, order=st.integers(0, 3), smoothing=st.sampled_from([0.0, 1e-300, 0.5, 1.0, 1e300]))
def test_ngram_surprisals_are_those_of_plain_counting(train, test, order, smoothing):
    if type(train) is not type(test):
        with pytest.raises(ValueError, match="different kinds"):
            coding.ngram_surprisals(train, test, order)
        return
    if order >= min(len(train), len(test)):
        with pytest.raises(ValueError, match="order"):
            coding.ngram_surprisals(train, test, order)
        return
    pairs = Counter(tuple(train[i - order : i + 1]) for i in range(order, len(train)))
    contexts = Counter(tuple(train[i - order : i]) for i in range(order, len(train)))
    v, s = len(set(train) | set(test)), mpf(smoothing)
    costs = coding.ngram_surprisals(train, test, order, smoothing)
    assert len(costs) == len(test) - order
    expected = []
    with mp.workdps(1000):
        for i in range(order, len(test)):
            n, m = contexts[tuple(test[i - order : i])], pairs[tuple(test[i - order : i + 1])]
            expected.append(mp.log((n + s * v) / (m + s)) if m + s > 0 else mp.inf)
            assert reference.agrees(costs[i - order], expected[-1])
    perplexity = coding.ngram_perplexity(train, test, order, smoothing)
    assert perplexity == pytest.approx(float(mp.exp(mp.fsum(expected) / len(expected))), rel=1e-12)


@given(text=st.text(alphabet="abc", min_size=4, max_size=60), order=st.integers(0, 2))
def test_a_text_scored_on_itself_costs_its_empirical_entropy(text, order):
    costs = coding.ngram_surprisals(text, text, order)
    assert costs.mean() == pytest.approx(coding.empirical_entropy(text, order), abs=1e-13)


def test_smoothed_probabilities_of_one_context_sum_to_one():
    alphabet = "abcd"
    for context in "abc":
        p = [np.exp(-coding.ngram_surprisals("abcab", f"{context}{a}bcd", 1, 0.3)[0]) for a in alphabet]
        assert sum(p) == pytest.approx(1, abs=1e-14)


# --- compressors


@given(data=st.one_of(st.text(alphabet="ab ä€😀", min_size=1, max_size=200), st.binary(min_size=1, max_size=300)))
def test_compressed_sizes_are_those_of_streams_that_can_be_undone(data):
    raw = data.encode() if isinstance(data, str) else data
    sizes = coding.compressed_sizes(data)
    assert sizes.original == len(raw)
    assert sizes.zlib == len(zlib.compress(raw, level=9))
    assert sizes.bz2 == len(bz2.compress(raw))
    assert sizes.lzma == len(lzma.compress(raw))


def test_repetition_is_seen_by_compressors_and_not_by_single_symbols():
    rng = np.random.default_rng(5)
    verse = "".join(rng.choice(list("abcdefgh"), 400))
    song = verse * 20
    shuffled = "".join(rng.permutation(list(song)))
    assert coding.empirical_entropy(song) == coding.empirical_entropy(shuffled)
    assert coding.compressed_sizes(song).zlib < coding.compressed_sizes(shuffled).zlib / 5


# --- refusals


@pytest.mark.parametrize(
    "measure", [coding.huffman_lengths, coding.huffman_code, lambda p: coding.expected_length(p, [1, 1])]
)
@pytest.mark.parametrize(
    ("p", "message"),
    [
        ([], "p is empty"),
        (1.0, "p is a single number"),
        ([0.5, 0.6], "p sums to 1.1"),
        ([1.5, -0.5], r"p\[1\] is -0.5"),
        ([0.5, np.nan], r"p\[1\] is nan"),
        ([[0.5, 0.5]], "p has 2 axes"),
        ([[1, 2]], "p has 2 axes"),
        ([0, 0], "p holds no observation"),
        ([3, -1], r"p\[1\] is -1"),
        (["a", "b"], "p holds text"),
        ([[0.5], [0.25, 0.25]], "p is ragged"),
    ],
)
def test_distributions_are_refused(measure, p, message):
    with pytest.raises(ValueError, match=message):
        measure(p)


@pytest.mark.parametrize("measure", [coding.kraft_sum, lambda lengths: coding.expected_length([0.5, 0.5], lengths)])
@pytest.mark.parametrize(
    ("lengths", "message"),
    [
        ([], "lengths is empty"),
        ([1, -1], r"lengths\[1\] is -1"),
        ([1, np.nan], r"lengths\[1\] is nan"),
        ([np.inf, -np.inf], r"lengths\[1\] is -inf"),
        ([[1, 1]], "lengths has 2 axes"),
        ([[1, np.inf]], "lengths has 2 axes"),
        ([[1, 1], [1]], "lengths is ragged"),
        (["a", "b"], "lengths holds text"),
        (["inf", "1"], "lengths holds text"),
        ([1j, 1], "lengths holds complex"),
    ],
)
def test_lengths_are_refused(measure, lengths, message):
    with pytest.raises(ValueError, match=message):
        measure(lengths)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: coding.expected_length([0.5, 0.5], [1, 2, 3]), "p has 2 entries but lengths has 3"),
        (lambda: coding.fixed_length(0), "n_symbols is 0"),
        (lambda: coding.fixed_length(2.5), "n_symbols is 2.5"),
        (lambda: coding.empirical_entropy(""), "text is empty"),
        (lambda: coding.empirical_entropy(b""), "text is empty"),
        (lambda: coding.empirical_entropy([]), "text is empty"),
        (lambda: coding.empirical_entropy(7), "text has 0 axes"),
        (lambda: coding.empirical_entropy([None, "a"]), "text holds objects"),
        (lambda: coding.empirical_entropy("ab", 2), "order is 2 but text has 2 symbols"),
        (lambda: coding.empirical_entropy("ab", -1), "order is -1"),
        (lambda: coding.empirical_entropy("ab", 0.5), "order is 0.5"),
        (lambda: coding.ngram_surprisals("", "a"), "train is empty"),
        (lambda: coding.ngram_surprisals("a", ""), "test is empty"),
        (lambda: coding.ngram_surprisals([], ["a"]), "train is empty"),
        (lambda: coding.ngram_surprisals("ab", b"ab"), "different kinds"),
        (lambda: coding.ngram_surprisals("ab", "abc", 2), "order is 2 but train"),
        (lambda: coding.ngram_surprisals("abc", "ab", 2), "order is 2 but test"),
        (lambda: coding.ngram_surprisals("ab", "ab", 0, -1), "smoothing is -1"),
        (lambda: coding.ngram_surprisals("ab", "ab", 0, np.nan), "smoothing is nan"),
        (lambda: coding.ngram_surprisals("ab", "ab", 0, 1e-310), "at least 1e-300"),
        (lambda: coding.ngram_perplexity("ab", "", 0), "test is empty"),
        (lambda: coding.compressed_sizes(""), "data is empty"),
        (lambda: coding.compressed_sizes(b""), "data is empty"),
        (lambda: coding.compressed_sizes(7), "data is of type int"),
        (lambda: coding.compressed_sizes("a\ud800"), r"data\[1\] is half of a surrogate pair"),
    ],
)
def test_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
