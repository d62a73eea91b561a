"""The records behind the Compression page: counts by hand, Shannon's bounds, what a shuffle leaves and takes."""

import bz2
import lzma
import zlib
from collections import Counter
from fractions import Fraction
from math import log, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import coding
from core.datasets import DNA_FREQUENCIES, GETTYSBURG, LETTER_FREQUENCIES, random_text
from core.scenes import compression as scenes
from core.units import BITS
from tests import strategies

texts = st.text(alphabet="abc \nä日😀", min_size=2, max_size=80)


def whole_ladder(text, k=0):
    found = scenes.symbols(text), [coding.empirical_entropy(text, i) for i in range(scenes.highest_order(text) + 1)]
    return scenes.ladder(text, *found, coding.compressed_sizes(text), k)


# --- the texts


@pytest.mark.parametrize("text", ["", "a", "a" * 1_000_001, "日" * 333_334, "a\ud800"])
def test_a_text_that_cannot_be_measured_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match=r"^(The text has|Character 2 of the text)"):
        scenes.checked(text)


@pytest.mark.parametrize("text", ["ab", "a" * 1_000_000, "日" * 333_333])
def test_up_to_a_megabyte_is_taken(text):
    assert scenes.checked(text) is text


def test_every_given_text_can_be_measured():
    assert all(scenes.checked(text) == text for text in scenes.GIVEN.values())


@pytest.mark.parametrize("frequencies", [LETTER_FREQUENCIES, DNA_FREQUENCIES])
def test_random_texts_have_the_frequencies_that_they_are_drawn_with(frequencies):
    n = 40_000
    counts = Counter(random_text(frequencies, n, seed=3))
    for character, p in frequencies.items():
        assert abs(counts[character] / n - p) < 5 * (p * (1 - p) / n) ** 0.5
    # Independent: what came before says nothing about what comes.
    assert coding.empirical_entropy(random_text(frequencies, n, seed=3), 1) == pytest.approx(
        -sum(p * log(p) for p in frequencies.values()), abs=0.02
    )


@given(text=texts, seed=st.integers(0, 999))
def test_a_shuffle_keeps_every_character_and_so_order_0_exactly(text, seed):
    mixed = scenes.shuffled(text, seed)
    assert sorted(mixed) == sorted(text)
    assert mixed == scenes.shuffled(text, seed)
    before, after = scenes.symbols(text), scenes.symbols(mixed)
    assert (before.entropy, before.huffman, before.fixed) == (after.entropy, after.huffman, after.fixed)
    assert coding.empirical_entropy(text) == coding.empirical_entropy(mixed)


@pytest.mark.parametrize("name", ["Gettysburg", "Jack’s house", "One phrase"])
def test_a_shuffle_takes_from_texts_what_order_1_and_compressors_live_on(name):
    text = scenes.GIVEN[name]
    before, after = whole_ladder(text, 1), whole_ladder(scenes.shuffled(text, 1), 1)
    assert after.order_k > before.order_k + 0.2
    assert min(after.zlib / before.zlib, after.bz2 / before.bz2, after.lzma / before.lzma) > 1.15


# --- the ladder


@given(text=texts)
def test_the_rungs_stand_in_shannons_order(text):
    scene = whole_ladder(text)
    h = scene.symbols.entropy
    slack = 1e-12
    assert h <= scene.symbols.huffman + slack
    assert scene.symbols.huffman <= scene.symbols.fixed + slack
    assert scene.symbols.huffman <= h + scenes.DIGIT + slack
    assert scene.orders[0] == pytest.approx(h, abs=1e-14)
    assert scene.original >= 8 * scenes.DIGIT - slack  # a character has at least one byte


def test_mississippi_by_hand():
    scene = whole_ladder("mississippi")
    p = [Fraction(4, 11), Fraction(4, 11), Fraction(2, 11), Fraction(1, 11)]
    assert scene.symbols.characters == ("i", "s", "p", "m")
    assert BITS.from_nats(scene.symbols.entropy) == pytest.approx(-sum(float(x) * log2(x) for x in p), rel=1e-14)
    assert BITS.from_nats(scene.symbols.huffman) == pytest.approx(21 / 11, rel=1e-14)
    assert BITS.from_nats(scene.symbols.fixed) == pytest.approx(2, rel=1e-15)
    assert scene.symbols.terms.sum() == pytest.approx(scene.symbols.entropy, rel=1e-14)


def test_compressors_are_the_real_ones():
    raw = GETTYSBURG.text.encode()
    scene = whole_ladder(GETTYSBURG.text, 3)
    for nats, size in (
        (scene.original, len(raw)),
        (scene.zlib, len(zlib.compress(raw, 9))),
        (scene.bz2, len(bz2.compress(raw))),
        (scene.lzma, len(lzma.compress(raw))),
    ):
        assert BITS.from_nats(nats) * len(GETTYSBURG.text) == pytest.approx(8 * size, rel=1e-14)
    assert scene.order_k == coding.empirical_entropy(GETTYSBURG.text, 3)


def test_a_short_text_has_no_long_contexts():
    scene = whole_ladder("abc", 8)
    assert (scene.k, scene.orders.size) == (2, 3)


def test_no_compressor_beats_two_bits_a_base_on_random_dna():
    scene = whole_ladder(scenes.GIVEN["Random DNA"])
    assert min(scene.zlib, scene.bz2, scene.lzma) > scene.symbols.fixed == 2 * scenes.DIGIT


# --- single characters


@given(text=texts, k=st.integers(0, 4))
def test_what_single_characters_cost_has_the_entropy_as_its_mean(text, k):
    scene = scenes.costs(text, k)
    assert scene.shown == text
    assert scene.cost.size == len(text) - scene.k
    assert scene.cost.mean() == pytest.approx(coding.empirical_entropy(text, scene.k), abs=1e-13)
    assert scene.cost[scene.dearest - scene.k] == scene.cost.max()
    assert scene.cost[scene.cheapest - scene.k] == scene.cost.min()
    places = range(scene.k, len(text))
    sure = [len({text[j] for j in places if text[j - scene.k : j] == text[i - scene.k : i]}) == 1 for i in places]
    assert scene.free == sum(sure)


def test_of_a_long_text_the_beginning_is_shown_under_the_counts_of_all():
    text = "ab" * 400 + "ac" * 400
    scene = scenes.costs(text, 1)
    assert len(scene.shown) == scenes.WINDOW
    assert scene.cost[0] == pytest.approx(log(2))  # b after a: half of all, though all of what is shown


# --- held out


@given(text=texts, share=st.floats(0.1, 0.9))
def test_a_text_is_cut_in_two_parts_that_are_not_empty(text, share):
    train, test = scenes.split(text, share)
    assert train + test == text
    assert train
    assert test
    assert abs(len(train) - share * len(text)) <= 1


def test_the_counted_part_flatters_itself_and_the_rest_does_not():
    train, test = scenes.split(GETTYSBURG.text, 0.8)
    scene = scenes.held_out(train, test, [scenes.tried(train, test, k) for k in range(9)], 8, 0.1)
    assert (np.diff(scene.inside) < 0).all()
    assert scene.inside[-1] < 0.02 * scene.inside[0]
    assert 0 < scene.best < 8
    assert scene.outside[-1] > scene.outside[0] > scene.outside[scene.best] > 10 * scene.inside[-1]
    # Against plain counting, at one order.
    pairs = Counter(train[i : i + 3] for i in range(len(train) - 2))
    contexts = Counter(train[i : i + 2] for i in range(len(train) - 2))
    v = len(set(GETTYSBURG.text))
    costs = [-log((pairs[test[i : i + 3]] + 0.1) / (contexts[test[i : i + 2]] + 0.1 * v)) for i in range(len(test) - 2)]
    assert scene.outside[2] == pytest.approx(sum(costs) / len(costs), rel=1e-12)


def test_without_smoothing_what_was_never_seen_costs_infinitely_much():
    scene = scenes.held_out("aab", "abc", [scenes.tried("aab", "abc", k) for k in (0, 1)], 0, 0.0)
    assert np.isinf(scene.outside).all()


@given(train=texts, test=texts, k=st.integers(0, 1), s=st.sampled_from([0.0, 0.3, 10.0]))
def test_counting_each_pair_once_changes_no_mean(train, test, k, s):
    found = scenes.tried(train, test, k).outside(s)
    assert found == pytest.approx(coding.ngram_surprisals(train, test, k, s).mean(), rel=1e-12, abs=1e-15)


# --- the tree


@given(p=strategies.pmfs(min_size=2))
def test_the_code_lies_between_the_entropy_and_a_digit_more(p):
    scene = scenes.huffman(p)
    assert scene.entropy - 1e-14 <= scene.mean <= scene.entropy + scenes.DIGIT
    assert scene.terms.sum() == pytest.approx(scene.mean, rel=1e-12)
    assert scene.mean <= scene.fixed * (1 + 1e-14)
    n = scene.tree.outcomes.size
    assert sorted(scene.x[:n]) == list(range(n))  # no leaf above another
    for node in range(n, 2 * n - 1):
        below = [scene.x[i] for i in range(node) if scene.tree.parent[i] == node]
        assert min(below) < scene.x[node] < max(below)
        zero = next(i for i in range(node) if scene.tree.parent[i] == node and scene.tree.words[i][-1] == "0")
        assert scene.x[zero] == min(below)
    assert scene.depth[:n].tolist() == scene.lengths[scene.tree.outcomes].tolist()


def test_cover_and_thomas_example():
    # Cover & Thomas (2006), example 5.6.1: expected length 2.3 bits.
    assert BITS.from_nats(scenes.huffman([0.25, 0.25, 0.2, 0.15, 0.15]).mean) == pytest.approx(2.3, rel=1e-14)


def test_claims_say_what_they_claim():
    checked = scenes.claims()
    assert checked.zlib < checked.order_0
    assert BITS.from_nats(checked.coin) == pytest.approx(0.0808, abs=5e-5)
    assert BITS.from_nats(checked.coin_length) == pytest.approx(1.0)
    assert min(checked.noise.zlib, checked.noise.bz2, checked.noise.lzma) > checked.noise.original == 10_000
    assert BITS.from_nats(checked.true) == pytest.approx(4.1758, abs=5e-4)
    assert checked.seen < 0.05 * checked.true
