"""The records behind the Perplexity page: plain counting, identities, published examples."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import datasets
from core.coding import ngram_perplexity, ngram_surprisals
from core.discrete import perplexity_from_log_probs
from core.scenes import perplexity as scenes

texts = st.text("ab c", min_size=1, max_size=40)
written = st.text(min_size=0, max_size=60).map(scenes.flowing)
LINCOLN = scenes.TEXTS["Second Inaugural"], scenes.TEXTS["Gettysburg"]


def found(train, test, kind="characters"):
    highest = scenes.highest_order(*(scenes.tokens(text, kind) for text in (train, test)))
    return [scenes.counted(train, test, kind, k) for k in range(highest + 1)]


def scored(train, test, k=0, smoothing=0.0, kind="characters"):
    return scenes.scored(scenes.tokens(test, kind), kind, found(train, test, kind), k, smoothing)


# --- texts and tokens


@given(written)
def test_tokens_joined_are_the_text(text):
    for kind in scenes.KINDS:
        assert "".join(scenes.tokens(text, kind)) == text


def test_words_keep_the_space_before_them_and_marks_stand_alone():
    assert scenes.tokens("It is, I trust, God’s aid -- so far.", "words") == [
        "It", " is", ",", " I", " trust", ",", " God’s", " aid", " --", " so", " far", ".",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="kind is 'letters'"):
        scenes.tokens("a", "letters")


def test_the_passages_are_whole_and_named():
    assert datasets.SECOND_INAUGURAL.text.startswith("Fellow countrymen: At this second appearing")
    assert datasets.SECOND_INAUGURAL.text.split()[-3:] == ["with", "all", "nations."]
    # The address is said to have 701 to 703 words, depending on how compounds are counted.
    assert 695 <= len(datasets.SECOND_INAUGURAL.text.replace("--", " ").split()) <= 705
    assert datasets.ALICE.text.startswith("Alice was beginning to get very tired of sitting by her sister")
    assert "1865" in datasets.SECOND_INAUGURAL.source
    assert "1865" in datasets.ALICE.source
    for passage in (datasets.SECOND_INAUGURAL, datasets.ALICE):
        assert "public domain" in passage.source
        assert passage.text.isascii()


@pytest.mark.parametrize(
    ("text", "said"), [("", "no text"), (" \n", "no text"), ("x" * 100_001, "more than 100,000"), ("a\ud800", "half")]
)
def test_a_text_that_cannot_be_scored_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        scenes.checked(text)


# --- scores


@pytest.mark.parametrize(
    ("train", "exact"),
    [("Even digits", 10.0), ("Mostly 0", (0.91**9 * 0.01) ** (-1 / 10))],
)
def test_the_two_textbook_examples_with_ten_digits(train, exact):
    assert scored(scenes.TEXTS[train], "0000030000").perplexity == pytest.approx(exact, rel=1e-12)
    assert exact == pytest.approx({"Even digits": 10, "Mostly 0": 1.725}[train], abs=5e-4)


@given(texts, texts, st.integers(0, 3), st.sampled_from([0.0, 0.01, 1.0]))
def test_scores_are_those_of_the_measures(train, test, k, smoothing):
    scene = scored(train, test, k, smoothing)
    k = min(k, len(train) - 1, len(test) - 1)
    assert scene.k == k
    cost = ngram_surprisals(train, test, k, smoothing)
    assert scene.surprisal.tolist() == cost.tolist()
    assert scene.perplexity == pytest.approx(ngram_perplexity(train, test, k, smoothing), rel=1e-12)
    assert scene.perplexity == pytest.approx(perplexity_from_log_probs(-cost), rel=1e-12)
    assert scene.mean == pytest.approx(math.log(scene.perplexity), rel=1e-9, abs=1e-12)
    for order, value in enumerate(scene.held_out):
        assert value == pytest.approx(ngram_perplexity(train, test, order, smoothing), rel=1e-12)
    assert scene.never.tolist() == [k + i for i, c in enumerate(cost) if math.isinf(c)]
    assert scene.held_out[scene.best] == scene.held_out.min()
    assert scene.a_character == pytest.approx(scene.mean, rel=1e-12)  # a character is a token here


@given(texts, texts, st.integers(0, 3), st.sampled_from([0.0, 0.5]))
def test_groups_share_all_tokens_and_add_up_to_the_mean(train, test, k, smoothing):
    scene = scored(train, test, k, smoothing)
    assert sum(g.count for g in scene.groups) == scene.scored == len(test) - scene.k
    assert sum(g.share for g in scene.groups) == pytest.approx(1)
    assert sum(g.contribution for g in scene.groups) == pytest.approx(scene.mean)
    for g in scene.groups:
        assert g.share * g.mean == pytest.approx(g.contribution, rel=1e-12)
    grams = Counter(train[i : i + scene.k + 1] for i in range(len(train) - scene.k))
    known = sum(test[i : i + scene.k + 1] in grams for i in range(len(test) - scene.k))
    assert sum(g.count for g in scene.groups if g.name.startswith("seen")) == known


@given(texts, texts, st.integers(0, 2))
def test_the_curve_of_the_counted_text_belongs_to_the_same_model(train, test, k):
    scene = scored(train, test, k, 0.5)
    symbols = len(set(train) | set(test))
    assert scene.symbols == symbols
    k = scene.k
    grams = Counter(train[i : i + k + 1] for i in range(len(train) - k))
    contexts = Counter(train[i : i + k] for i in range(len(train) - k))
    cost = [
        -math.log((grams[train[i : i + k + 1]] + 0.5) / (contexts[train[i : i + k]] + 0.5 * symbols))
        for i in range(len(train) - k)
    ]
    assert scene.training[k] == pytest.approx(math.exp(sum(cost) / len(cost)), rel=1e-12)


def test_without_smoothing_the_counted_text_gets_easier_with_every_order():
    scene = scored(*LINCOLN)
    assert np.all(np.diff(scene.training) < 0)
    assert np.isinf(scene.held_out[1:]).all()
    assert np.isfinite(scene.held_out[0])


def test_with_little_smoothing_the_held_out_text_gets_harder_beyond_its_best_order():
    scene = scored(*LINCOLN, 2, 0.01)
    assert scene.best == 1
    assert np.all(np.diff(scene.held_out[1:]) > 0)
    assert np.all(np.diff(scene.training) < 0)


def test_endless_smoothing_makes_every_token_equally_likely():
    for kind in scenes.KINDS:
        scene = scored(*LINCOLN, 1, 1e12, kind)
        assert scene.perplexity == pytest.approx(scene.symbols, rel=1e-6)


def test_words_are_spread_over_their_characters():
    scene = scored(*LINCOLN, 1, 0.1, "words")
    total = scene.surprisal.sum()
    assert scene.characters == len(LINCOLN[1]) - len("Four")
    assert scene.a_character == pytest.approx(total / scene.characters, rel=1e-12)


# --- claims


def test_the_claims_are_settled_by_numbers_that_can_be_recomputed():
    checked = scenes.claims()
    train, test = LINCOLN
    words = [scenes.tokens(text, "words") for text in LINCOLN]
    assert checked.kinds[0][0] == pytest.approx(ngram_perplexity(train, test, 1, 0.1), rel=1e-12)
    assert checked.kinds[0][1] == pytest.approx(math.log(checked.kinds[0][0]), rel=1e-12)
    assert checked.kinds[1][0] == pytest.approx(ngram_perplexity(*words, 1, 0.1), rel=1e-12)
    assert checked.symbols == (len(set(train + test)), len({*words[0], *words[1]}))
    assert checked.by_letters == pytest.approx(ngram_perplexity(train, test, 0, 0.01), rel=1e-12)
    assert checked.sure == pytest.approx(ngram_perplexity(*words, 0, 0.01), rel=1e-12)
    assert checked.sure > checked.symbols[1]
    assert checked.held_out == pytest.approx([ngram_perplexity(train, test, k, 0.01) for k in (2, 6)], rel=1e-12)
    cost = ngram_surprisals(train, test, 1)
    assert (checked.impossible, checked.of) == (np.isinf(cost).sum(), cost.size)
    assert checked.rest == pytest.approx(np.exp(cost[np.isfinite(cost)].mean()), rel=1e-12)
