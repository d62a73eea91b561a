"""The records behind the Perplexity page: n-gram models counted on one text and scored on another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core._checks import as_int
from core.coding import NgramCounts, ngram_counts
from core.datasets import ALICE, GETTYSBURG, SECOND_INAUGURAL

Array = NDArray[np.float64]
HIGHEST = 6  # symbols of context
LARGEST = 100_000  # characters of a text of the reader's own
KINDS = ("characters", "words")
WORD = re.compile(r" ?[\w’'-]+| ?[^\w\s]")  # a word with the space before it, so that nothing of the text is lost


def flowing(text: str) -> str:
    """The text with single spaces for all that is white.

    >>> flowing("four  score\\nand")
    'four score and'
    """
    return " ".join(text.split())


PASSAGES = {"Second Inaugural": SECOND_INAUGURAL, "Gettysburg": GETTYSBURG, "Alice": ALICE}
# Jurafsky & Martin (2023), Speech and Language Processing, section 3.3: ten equal digits, and 91 zeros among a hundred.
DIGITS = {"Even digits": 10 * "0123456789", "Mostly 0": 91 * "0" + "123456789"}
TEXTS = {name: flowing(passage.text) for name, passage in PASSAGES.items()} | DIGITS


def checked(text: str) -> str:
    """The text, if it can be scored: Unicode, not blank, not too long.

    >>> checked("to be")
    'to be'
    """
    if not text.strip():
        raise ValueError("There is no text: type at least one character.")
    if len(text) > LARGEST:
        raise ValueError(f"The text has {len(text):,} characters, more than {LARGEST:,}.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"Character {error.start + 1} of the text is half of a pair: remove it.") from None
    return text


def tokens(text: str, kind: str) -> list[str]:
    """The text cut into characters, or into words and marks with the space before them; joined, they are the text.

    >>> tokens("we here highly", "words")
    ['we', ' here', ' highly']
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}: choose one of {', '.join(KINDS)}.")
    return list(text) if kind == KINDS[0] else WORD.findall(text)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a model of one order knows of a text, and of the text that it was counted on; pairs with their number."""

    order: int
    test: NgramCounts
    test_pairs: NgramCounts
    test_weight: NDArray[np.int64]
    train_pairs: NgramCounts
    train_weight: NDArray[np.int64]


def counted(train: str, test: str, kind: str, order: int) -> Counted:
    """Count the training text for one order. Nothing here depends on smoothing, which then moves freely.

    >>> counted("abab", "abba", "characters", 1).test.ngram.tolist()
    [2, 0, 1]
    """
    cut = [_as_given(tokens(text, kind)) for text in (train, test)]
    of_test = ngram_counts(*cut, order)
    # The model is the same on both texts, and so is its number of symbols.
    of_train = replace(ngram_counts(cut[0], cut[0], order), n_symbols=of_test.n_symbols)
    return Counted(order, of_test, *_distinct(of_test), *_distinct(of_train))


def _as_given(cut: list[str]) -> str | list[str]:
    return "".join(cut) if max(map(len, cut)) == 1 else cut


def _distinct(counts: NgramCounts) -> tuple[NgramCounts, NDArray[np.int64]]:
    """The pairs of counts that occur, each with the number of tokens that have it."""
    both = np.stack([counts.ngram, counts.context], axis=1)
    pairs, weight = np.unique(both, axis=0, return_counts=True)
    return NgramCounts(pairs[:, 0], pairs[:, 1], counts.n_symbols), weight


def highest_order(train: Sequence, test: Sequence) -> int:
    """The longest context that both texts leave something to score after.

    >>> highest_order("abcdefghij", "abc")
    2
    """
    return min(HIGHEST, len(train) - 1, len(test) - 1)


@dataclass(frozen=True, slots=True)
class Group:
    """Tokens that the model knows equally well: their share of all, their mean surprisal, the product of the two."""

    name: str
    count: int
    share: float
    mean: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A text scored by a model of order k: what each token costs, and the perplexity along all orders."""

    kind: str
    tokens: tuple[str, ...]
    k: int
    smoothing: float
    symbols: int  # V, distinct ones in both texts
    surprisal: Array  # (len(tokens) - k,)
    groups: tuple[Group, ...]  # their contributions sum to the mean
    mean: float
    perplexity: float
    characters: int  # that the scored tokens are made of
    a_character: float  # nats, whatever the tokens are
    held_out: Array  # perplexity along the orders
    training: Array  # the same on the text that was counted
    best: int  # the order with the least perplexity on the text that is scored
    never: NDArray[np.int64]  # places of impossible tokens in the text

    @property
    def scored(self) -> int:
        """How many tokens have a context, and so a surprisal."""
        return self.surprisal.size


def scored(cut: Sequence[str], kind: str, found: Sequence[Counted], k: int, smoothing: float) -> Scored:
    """Score the tokens by the counts of every order from 0.

    >>> counts = [counted("abab", "abab", "characters", k) for k in (0, 1)]
    >>> scored("abab", "characters", counts, 1, 0.0).held_out.round(9)  # two to choose among, then none
    array([2., 1.])
    """
    k = min(as_int(k, "k", low=0), len(found) - 1)
    here = found[k]
    surprisal = here.test.surprisals(smoothing)
    groups = _groups(here.test, surprisal, k)
    mean = float(sum(g.contribution for g in groups))
    characters = sum(map(len, cut[k:]))
    held_out = np.array([_perplexity(c.test_pairs, c.test_weight, smoothing) for c in found])
    training = np.array([_perplexity(c.train_pairs, c.train_weight, smoothing) for c in found])
    return Scored(
        kind, tuple(cut), k, smoothing, here.test.n_symbols, surprisal, groups, mean, float(held_out[k]), characters,
        mean * surprisal.size / characters, held_out, training, int(np.argmin(held_out)),
        k + np.flatnonzero(np.isinf(surprisal)),
    )  # fmt: skip


def _perplexity(pairs: NgramCounts, weight: NDArray[np.int64], smoothing: float) -> float:
    with np.errstate(over="ignore"):  # beyond float64 the perplexity is infinite
        return float(np.exp(weight @ pairs.surprisals(smoothing) / weight.sum()))


def _groups(counts: NgramCounts, surprisal: Array, k: int) -> tuple[Group, ...]:
    known, there = counts.ngram > 0, counts.context > 0
    parts = {"seen before": known, "never seen": ~known}
    if k > 0:
        parts = {"seen after this": known, "new after this": ~known & there, "after what was never seen": ~there}
    return tuple(
        Group(name, int(which.sum()), float(which.mean()), float(surprisal[which].mean()),
              float(surprisal[which].sum() / surprisal.size))
        for name, which in parts.items()
        if which.any()
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly, all for the Second Inaugural scoring Gettysburg."""

    kinds: tuple[tuple[float, float], ...]  # perplexity, nats a character; for characters and for words
    symbols: tuple[int, int]  # V of characters and of words
    by_letters: float  # perplexity of order 0, in characters
    sure: float  # in words, with little smoothing
    training: tuple[float, float]  # of orders 2 and 6 on the text that was counted, smoothing 0.01
    held_out: tuple[float, float]
    impossible: int  # tokens of order 1 without smoothing
    of: int
    rest: float  # perplexity of all the others


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> claims().symbols
    (50, 443)
    """
    texts = TEXTS["Second Inaugural"], TEXTS["Gettysburg"]
    found = {kind: [counted(*texts, kind, k) for k in range(HIGHEST + 1)] for kind in KINDS}
    cut = {kind: tokens(texts[1], kind) for kind in KINDS}
    each = [scored(cut[kind], kind, found[kind], 1, 0.1) for kind in KINDS]
    usual, none = (scored(cut[KINDS[0]], KINDS[0], found[KINDS[0]], 1, s) for s in (0.01, 0.0))
    words = scored(cut[KINDS[1]], KINDS[1], found[KINDS[1]], 0, 0.01)
    finite = none.surprisal[np.isfinite(none.surprisal)]
    return Claims(
        tuple((s.perplexity, s.a_character) for s in each), (usual.symbols, words.symbols),
        float(usual.held_out[0]), words.perplexity, (float(usual.training[2]), float(usual.training[-1])),
        (float(usual.held_out[2]), float(usual.held_out[-1])), none.never.size, none.scored,
        float(np.exp(finite.mean())),
    )  # fmt: skip
