"""The records behind the Compression page: everything in nats a character, beside the real sizes in bytes."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_int, as_pmf, as_scalar
from core.coding import (
    CompressedSizes,
    HuffmanTree,
    NgramCounts,
    compressed_sizes,
    empirical_entropy,
    expected_length,
    fixed_length,
    huffman_code,
    huffman_lengths,
    huffman_tree,
    ngram_counts,
    ngram_surprisals,
)
from core.datasets import (
    DNA_FREQUENCIES,
    GETTYSBURG,
    HOUSE_THAT_JACK_BUILT,
    LETTER_FREQUENCIES,
    random_text,
)
from core.discrete import entropy, surprisal

Array = NDArray[np.float64]
LARGEST = 1_000_000  # bytes of a text
SHORTEST = 2  # characters: one alone has nothing before it
HIGHEST = 8  # the longest context
WINDOW = 600  # characters whose single costs are shown
DIGIT = float(np.log(2))  # nats of one binary digit
PHRASE = "the rain in Spain stays mainly in the plain, "
GIVEN = {
    "Gettysburg": GETTYSBURG.text,
    "Jack’s house": HOUSE_THAT_JACK_BUILT.text,
    "One phrase": PHRASE * 50,
    "Random letters": random_text(LETTER_FREQUENCIES, 2000, seed=1),
    "Random DNA": random_text(DNA_FREQUENCIES, 2000, seed=1),
}


def checked(text: str) -> str:
    """The text, if it can be measured: Unicode, two characters at least, a megabyte at most.

    >>> checked("ab")
    'ab'
    """
    if len(text) < SHORTEST:
        raise ValueError(f"The text has {len(text)} characters: give at least {SHORTEST}.")
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise ValueError(f"Character {error.start + 1} of the text is half of a pair: remove it.") from None
    if size > LARGEST:
        raise ValueError(f"The text has {size:,} bytes, more than {LARGEST:,}.")
    return text


def shuffled(text: str, seed: int) -> str:
    """The same characters in an order drawn from the seed.

    >>> sorted(shuffled("abab", seed=1))
    ['a', 'a', 'b', 'b']
    """
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    mixed = np.random.default_rng(as_int(seed, "seed", low=0)).permutation(codes)
    return mixed.tobytes().decode("utf-32-le")


@dataclass(frozen=True, slots=True)
class Symbols:
    """The distinct characters of a text, the commonest first; terms_i = p_i surprisal_i sum to the entropy."""

    characters: tuple[str, ...]
    counts: NDArray[np.int64]
    p: Array
    surprisal: Array
    terms: Array
    entropy: float  # of order 0
    words: tuple[str, ...]  # of a Huffman code
    huffman: float  # its mean length
    fixed: float  # the length of a code whose words are all equally long


def symbols(text: str) -> Symbols:
    """Count the characters, and code each by itself.

    >>> s = symbols("abab")
    >>> s.entropy == s.huffman == s.fixed == DIGIT
    True
    """
    found = sorted(Counter(text).items(), key=lambda item: (-item[1], item[0]))
    characters, counts = tuple(c for c, _ in found), np.array([n for _, n in found])
    p = counts / counts.sum()
    mean = expected_length(counts, huffman_lengths(counts))
    return Symbols(
        characters, counts, p, surprisal(p), p * surprisal(p), entropy(p), huffman_code(counts), DIGIT * mean,
        DIGIT * fixed_length(len(characters)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ladder:
    """One text from 8 bits a character down to what compressors make of it."""

    characters: int
    symbols: Symbols
    orders: Array  # the entropy given k characters before, for k = 0, 1, ...
    sizes: CompressedSizes  # bytes
    k: int  # the order that is looked at
    original: float  # nats a character, from here on
    zlib: float
    bz2: float
    lzma: float

    @property
    def order_k(self) -> float:
        """The entropy given the k characters before."""
        return float(self.orders[self.k])


def highest_order(text: str) -> int:
    """The longest context that is shown for a text: a short one has no room for more.

    >>> highest_order("abc")
    2
    """
    return min(HIGHEST, len(text) - 1)


def ladder(text: str, found: Symbols, orders: ArrayLike, sizes: CompressedSizes, k: int) -> Ladder:
    """Put together what has been measured; k is the order that is looked at, or the highest that there is.

    >>> text = "ab" * 500
    >>> measured = symbols(text), [empirical_entropy(text, k) for k in (0, 1)], compressed_sizes(text)
    >>> ladder(text, *measured, k=1).order_k
    0.0
    """
    n, orders = len(text), np.asarray(orders, dtype=float)
    each = [float(8 * DIGIT * size / n) for size in (sizes.original, sizes.zlib, sizes.bz2, sizes.lzma)]
    return Ladder(n, found, orders, sizes, min(as_int(k, "k", low=0), orders.size - 1), *each)


@dataclass(frozen=True, slots=True)
class Costs:
    """What each of the first characters of a text costs, given the k before it; the first k have too few before."""

    shown: str
    k: int
    cost: Array  # (len(shown) - k,)
    dearest: int  # places in the text
    cheapest: int
    free: int  # how many cost nothing


def costs(text: str, k: int) -> Costs:
    """The surprisal of single characters under the text's own counts; over the whole text their mean is order k.

    >>> c = costs("abac", 1)
    >>> c.cost.round(4), c.free  # b or c after a, a after b
    (array([0.6931, 0.    , 0.6931]), 1)
    """
    k = min(as_int(k, "k", low=0), highest_order(text))
    shown = text[:WINDOW]
    cost = ngram_surprisals(text, shown, k)
    return Costs(shown, k, cost, k + int(np.argmax(cost)), k + int(np.argmin(cost)), int((cost == 0).sum()))


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Models of every order counted on the first part of a text: their cost there, and on the rest."""

    train: int  # characters
    test: int
    inside: Array  # along k
    outside: Array  # inf where the rest holds what the model says is impossible
    best: int  # the order that costs least on the rest
    k: int
    smoothing: float


def split(text: str, share: float) -> tuple[str, str]:
    """The first part of a text and the rest, neither empty.

    >>> split("abcde", 0.8)
    ('abcd', 'e')
    """
    share = as_scalar(share, "share", low=0.0)
    cut = min(max(round(share * len(text)), 1), len(text) - 1)
    return text[:cut], text[cut:]


@dataclass(frozen=True, slots=True)
class Tried:
    """The model of one order: what it costs where it was counted, and how often it meets which counts elsewhere."""

    inside: float
    counts: NgramCounts  # each pair of counts once
    times: NDArray[np.int64]

    def outside(self, smoothing: float) -> float:
        """Mean cost of a character of the other text."""
        return float(self.counts.surprisals(smoothing) @ self.times / self.times.sum())


def tried(train: str, test: str, k: int) -> Tried:
    """Count a model of order k on one text and look up another: with that, any smoothing is quickly tried.

    >>> t = tried("abab", "abab", 1)
    >>> t.inside, t.outside(0.0), t.times.tolist()  # b after a, twice of 2; a after b, once of 1
    (0.0, 0.0, [1, 2])
    """
    counts = ngram_counts(train, test, k)
    most = len(train) + 1
    pairs, times = np.unique(counts.context * most + counts.ngram, return_counts=True)
    once = NgramCounts(pairs % most, pairs // most, counts.n_symbols)
    return Tried(empirical_entropy(train, k), once, times)


def held_out(train: str, test: str, orders: list[Tried], k: int, smoothing: float) -> HeldOut:
    """Try the models of the orders 0, 1, ...; k is the one that is looked at, or the highest that there is.

    >>> held_out("aab", "ab", [tried("aab", "ab", k) for k in (0, 1)], 5, 1.0).k
    1
    """
    inside, outside = np.array([t.inside for t in orders]), np.array([t.outside(smoothing) for t in orders])
    return HeldOut(len(train), len(test), inside, outside, int(np.argmin(outside)), min(k, inside.size - 1), smoothing)


@dataclass(frozen=True, slots=True)
class Huffman:
    """A Huffman code of a distribution, its tree laid out; terms_i = p_i l_i sum to the mean length."""

    p: Array
    tree: HuffmanTree
    x: Array  # (2n - 1,) places of the nodes: leaves from left to right, every other between its children
    depth: Array
    lengths: Array  # binary digits; inf for an outcome that never occurs
    terms: Array
    mean: float
    entropy: float
    fixed: float  # the length of equally long words for all outcomes


def huffman(p: ArrayLike) -> Huffman:
    """The code, between the entropy and one digit more: H <= L < H + 1. Cover & Thomas (2006), theorem 5.4.1.

    >>> h = huffman([0.5, 0.25, 0.25])
    >>> h.mean == h.entropy, h.x
    (True, array([0.  , 1.  , 2.  , 1.5 , 0.75]))
    """
    p = as_pmf(p, "p")
    tree, lengths = huffman_tree(p), huffman_lengths(p)
    n = tree.outcomes.size
    x = np.zeros(2 * n - 1)
    x[np.argsort(tree.words[:n])] = np.arange(n)
    for node in range(n, 2 * n - 1):
        x[node] = x[:node][tree.parent[:node] == node].mean()
    depth = np.array([len(word) for word in tree.words], dtype=float)
    terms = DIGIT * np.multiply(p, lengths, where=p > 0, out=np.zeros_like(p))
    mean = DIGIT * expected_length(p, lengths)
    return Huffman(p, tree, x, depth, lengths, terms, mean, entropy(p), DIGIT * fixed_length(p.size))


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    order_0: float  # of the Gettysburg Address
    zlib: float
    coin: float  # entropy of a coin that falls on one side in 0.99 of all throws
    coin_length: float  # of its Huffman code
    noise: CompressedSizes  # random bytes
    true: float  # entropy of the source of the random letters
    seen: float  # what order 4 makes of them, counted on themselves


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> c = claims()
    >>> c.zlib < c.order_0, c.noise.zlib > c.noise.original, c.seen < 0.1 < c.true
    (True, True, True)
    """
    text, letters = GIVEN["Gettysburg"], GIVEN["Random letters"]
    noise = np.random.default_rng(1).integers(0, 256, 10_000, dtype=np.uint8).tobytes()
    coin = huffman([0.99, 0.01])
    return Claims(
        empirical_entropy(text), 8 * DIGIT * compressed_sizes(text).zlib / len(text), coin.entropy, coin.mean,
        compressed_sizes(noise), entropy(list(LETTER_FREQUENCIES.values())), empirical_entropy(letters, 4),
    )  # fmt: skip
