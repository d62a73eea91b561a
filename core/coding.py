"""Codes and text: code lengths in binary digits, entropies and surprisals of symbols in nats.

A code length is a number of binary digits, not an amount of information in some unit. The entropy it is compared with
is H / log 2 of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import (
    as_counts,
    as_int,
    as_labels,
    as_nonnegative,
    as_pmf,
    as_scalar,
    holds_integers,
    refuse_rows,
    result,
)
from core._numerics import surprisal_of_share

Text = str | bytes | Sequence[str]


@dataclass(frozen=True, slots=True)
class CompressedSizes:
    """Bytes before (``original``) and after each compressor of the standard library, headers included."""

    original: int
    zlib: int
    bz2: int
    lzma: int


@dataclass(frozen=True, slots=True)
class HuffmanTree:
    """A binary tree whose leaves are the outcomes that occur, in their order; the last node is the root.

    Of two nodes that were merged the heavier one is the 0; of equally heavy ones the one formed first.
    """

    outcomes: NDArray[np.int64]  # (n,) which outcome each leaf is
    weight: NDArray  # (2n - 1,) probability, or count
    parent: NDArray[np.int64]  # (2n - 1,) number of the node that each was merged into; the root is its own
    words: tuple[str, ...]  # (2n - 1,) the digits on the way from the root; a leaf's are its code word


def huffman_tree(p: ArrayLike) -> HuffmanTree:
    """Tree of a Huffman code: merge the two least probable nodes until one is left.

    Parameters
    ----------
    p : (n,) probabilities, or integer counts (which are added exactly, so that ties are seen as ties).

    Returns
    -------
    The tree. Its leaves are as deep as ``huffman_lengths`` says.

    Raises
    ------
    ValueError
        If p is no single distribution.

    References
    ----------
    Huffman (1952), A method for the construction of minimum-redundancy codes; Cover & Thomas (2006), section 5.6.

    Examples
    --------
    >>> tree = huffman_tree([0.25, 0.5, 0.25])
    >>> tree.words, tree.weight
    (('10', '0', '11', '1', ''), array([0.25, 0.5 , 0.25, 0.5 , 1.  ]))
    """
    weights = _weights(p)
    used = np.flatnonzero(weights)
    weight, parent = _merged(weights[used])
    words: list[str] = [""] * len(parent)
    children: dict[int, list[int]] = {}
    for node, above in enumerate(parent[:-1].tolist()):
        children.setdefault(above, []).append(node)
    for above in sorted(children, reverse=True):  # the root first: a node is formed after all that is below it
        for digit, node in zip("01", sorted(children[above], key=lambda i: (-weight[i], i)), strict=True):
            words[node] = words[above] + digit
    return HuffmanTree(used, weight, parent, tuple(words))


def huffman_lengths(p: ArrayLike) -> NDArray[np.float64]:
    """Lengths of the code words of a Huffman code: the least expected length of any prefix code.

    Merge the two least probable nodes until one is left; the length is the number of merges an outcome took part in

    Parameters
    ----------
    p : (n,) probabilities, or integer counts (which are added exactly, so that ties are seen as ties).

    Returns
    -------
    (n,) whole numbers of binary digits. An outcome of probability 0 has no code word: its length is inf. A certain
    outcome needs none: its length is 0. Among equally good codes the one with the shorter longest word is taken.

    Raises
    ------
    ValueError
        If p is no single distribution.

    References
    ----------
    Huffman (1952), A method for the construction of minimum-redundancy codes; Cover & Thomas (2006), section 5.6; ties:
    Schwartz (1964), An optimum encoding with minimum longest code.

    Examples
    --------
    >>> huffman_lengths([0.5, 0.25, 0.125, 0.125])
    array([1., 2., 3., 3.])
    """
    weights = _weights(p)
    used = np.flatnonzero(weights)
    _, parent = _merged(weights[used])
    depth = np.zeros(len(parent))
    for node in range(len(parent) - 2, -1, -1):
        depth[node] = depth[parent[node]] + 1
    lengths = np.full(len(weights), np.inf)
    lengths[used] = depth[: len(used)]
    return lengths


def huffman_code(p: ArrayLike) -> tuple[str | None, ...]:
    """Code words of a Huffman code, in canonical form: those of equal length count upwards in the order of outcomes.

    Parameters
    ----------
    p : (n,) probabilities, or integer counts.

    Returns
    -------
    n strings of "0" and "1", none the beginning of another; None for an outcome of probability 0.

    Raises
    ------
    ValueError
        If p is no single distribution.

    References
    ----------
    Cover & Thomas (2006), section 5.6; canonical form: Schwartz & Kallick (1964), Generating a canonical prefix
    encoding.

    Examples
    --------
    >>> huffman_code([0.25, 0.5, 0.125, 0.125])
    ('10', '0', '110', '111')
    """
    lengths = huffman_lengths(p)
    words: list[str | None] = [None] * len(lengths)
    code, previous = 0, 0
    for i in np.lexsort((np.arange(len(lengths)), lengths)):
        if np.isinf(lengths[i]):
            break
        length = int(lengths[i])
        code <<= length - previous
        words[i] = f"{code:0{length}b}" if length else ""
        code, previous = code + 1, length
    return tuple(words)


def fixed_length(n_symbols: int) -> int:
    """Binary digits of a code that gives each of n symbols a word of the same length: log2 n, rounded up.

    Parameters
    ----------
    n_symbols : at least 1.

    Raises
    ------
    ValueError
        If n_symbols is not a whole number, or below 1.

    References
    ----------
    Cover & Thomas (2006), Elements of Information Theory, section 5.1.

    Examples
    --------
    >>> fixed_length(26)
    5
    """
    return (as_int(n_symbols, "n_symbols", low=1) - 1).bit_length()


def expected_length(p: ArrayLike, lengths: ArrayLike) -> float:
    """Expected length of a code: the mean number of binary digits a symbol takes.

    L = sum_i p_i l_i; infinite if an outcome that occurs has no code word

    Parameters
    ----------
    p : (n,) probabilities, or integer counts.
    lengths : (n,) nonnegative; inf where there is no code word.

    Raises
    ------
    ValueError
        If p is no single distribution, or lengths is negative, NaN or of another length.

    References
    ----------
    Cover & Thomas (2006), eq. 5.1.

    Examples
    --------
    >>> expected_length([0.5, 0.25, 0.25, 0], [1, 2, 2, float("inf")])
    1.5
    """
    weights, lengths = _weights(p), _as_lengths(lengths)
    if len(weights) != len(lengths):
        raise ValueError(f"p has {len(weights)} entries but lengths has {len(lengths)}: give one length an outcome.")
    used = weights > 0
    total = weights.sum() if weights.dtype == np.int64 else 1.0
    return result(weights[used] @ lengths[used] / total)


def kraft_sum(lengths: ArrayLike) -> float:
    """Kraft sum of code lengths: a prefix code with these lengths exists just when it is at most 1.

    K = sum_i 2^(-l_i); 1 for a code that leaves no word unused, such as Huffman's

    Parameters
    ----------
    lengths : (n,) nonnegative numbers of binary digits; inf where there is no code word.

    Raises
    ------
    ValueError
        If lengths is empty, negative or NaN, or not one-dimensional.

    References
    ----------
    Kraft (1949); Cover & Thomas (2006), eq. 5.6.

    Examples
    --------
    >>> kraft_sum([1, 2, 3, 3])
    1.0
    """
    return result(fsum(np.exp2(-_as_lengths(lengths))))


def empirical_entropy(text: Text, order: int = 0) -> float:
    """Empirical entropy of a text in nats per symbol, given the symbols before it.

    H_k = -(1/N) sum over contexts c of k symbols and symbols a of n_ca log(n_ca / n_c), N = length - k

    The best rate of any code that predicts from k symbols and knows the text's own counts. It falls with k, in the end
    because nearly every context is new: then it says little about the source.

    Parameters
    ----------
    text : characters, bytes, or a sequence of words.
    order : k, the number of symbols of context, from 0 to length - 1.

    Raises
    ------
    ValueError
        If the text is empty, holds anything but symbols, or is not longer than the order.

    References
    ----------
    Shannon (1951), Prediction and entropy of printed English, eq. 1; Manzini (2001), An analysis of the Burrows-Wheeler
    transform, eq. 1 and 2.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(empirical_entropy("abab")), BITS.from_nats(empirical_entropy("abab", order=1))
    (1.0, 0.0)
    """
    codes, n_symbols = _as_symbols(text, "text")
    order = _as_order(order, len(codes), "text")
    grams, counts = _count_grams(*_grams(codes, n_symbols, order))
    context = grams // n_symbols
    first = np.flatnonzero(np.append(True, context[1:] != context[:-1]))
    whole = np.repeat(np.add.reduceat(counts, first), np.diff(np.append(first, len(grams))))
    cost = surprisal_of_share(counts / whole, (whole - counts) / whole)
    return result(counts @ cost / (len(codes) - order))


@dataclass(frozen=True, slots=True)
class NgramCounts:
    """What a training text says of each symbol of a test text: how often it came after its context, and that context.

    ``n_symbols`` is the number of distinct symbols of both texts.
    """

    ngram: NDArray[np.int64]
    context: NDArray[np.int64]
    n_symbols: int

    def surprisals(self, smoothing: float = 0.0) -> NDArray[np.float64]:
        """-log of (n_ca + s) / (n_c + s V) in nats, one a symbol; inf where that is 0 or 0/0."""
        smoothing = as_scalar(smoothing, "smoothing", low=0.0)
        if 0.0 < smoothing < 1e-300:
            raise ValueError(f"smoothing is {smoothing:.6g}: use 0 or at least 1e-300.")
        with np.errstate(divide="ignore", invalid="ignore"):
            # 1/P - 1, from parts that neither cancel nor overflow
            against = (self.context - self.ngram) / (self.ngram + smoothing)
            against += (self.n_symbols - 1) * (smoothing / (self.ngram + smoothing))
            return np.where(self.ngram + smoothing > 0, np.log1p(against), np.inf)


def ngram_counts(train: Text, test: Text, order: int = 0) -> NgramCounts:
    """How often each symbol of a test text came after its context in a training text, and how often that context came.

    n_ca and n_c, with c the k symbols before a; only contexts that a symbol follows count

    Parameters
    ----------
    train, test : characters, bytes, or sequences of words; both of the same kind.
    order : k, the number of symbols of context (an n-gram model has n = k + 1), below the length of both.

    Returns
    -------
    Counts (len(test) - k,), for the symbols of the test text from place k on.

    Raises
    ------
    ValueError
        If a text is empty, holds anything but symbols or is not longer than the order.

    References
    ----------
    Jurafsky & Martin (2009), Speech and Language Processing, eq. 4.14.

    Examples
    --------
    >>> counts = ngram_counts("abab", "abba", order=1)  # b after a, b after b, a after b
    >>> counts.ngram.tolist(), counts.context.tolist()
    ([2, 0, 1], [2, 1, 1])
    """
    codes, n_symbols, n_train = _as_symbols_of_both(train, test)
    order = _as_order(order, n_train, "train")
    order = _as_order(order, len(codes) - n_train, "test")
    grams, _ = _grams(codes, n_symbols, order)
    seen, asked = np.sort(grams[: n_train - order]), grams[n_train:]
    of_context = _occurrences(seen // n_symbols, asked // n_symbols)
    return NgramCounts(_occurrences(seen, asked), of_context, n_symbols)


def ngram_surprisals(train: Text, test: Text, order: int = 0, smoothing: float = 0.0) -> NDArray[np.float64]:
    """Surprisal in nats of each symbol of a test text under an n-gram model counted on a training text.

    -log P(a | c), P(a | c) = (n_ca + s) / (n_c + s V), with c the k symbols before, n counted in the training text and
    V the number of distinct symbols of both texts

    Parameters
    ----------
    train, test : characters, bytes, or sequences of words; both of the same kind.
    order : k, the number of symbols of context (an n-gram model has n = k + 1), below the length of both.
    smoothing : s, at least 1e-300 (1: Laplace), or 0, where what was never seen is impossible.

    Returns
    -------
    (len(test) - k,) nats, for the symbols of the test text from place k on; inf where the model says impossible, or,
    without smoothing, has never seen the context.

    Raises
    ------
    ValueError
        If a text is empty, holds anything but symbols or is not longer than the order, or smoothing is out of range.

    References
    ----------
    Jurafsky & Martin (2009), Speech and Language Processing, eq. 4.14 and 4.20; Lidstone (1920).

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(ngram_surprisals("aab", "ab", smoothing=1)).round(4)  # P = 3/5 and 2/5
    array([0.737 , 1.3219])
    """
    return ngram_counts(train, test, order).surprisals(smoothing)


def ngram_perplexity(train: Text, test: Text, order: int = 0, smoothing: float = 0.0) -> float:
    """Perplexity of a test text under an n-gram model counted on a training text: among how many symbols it chooses.

    PP = exp(mean surprisal); one impossible symbol makes it infinite

    Parameters
    ----------
    train, test : characters, bytes, or sequences of words; both of the same kind.
    order : k, the number of symbols of context (an n-gram model has n = k + 1), below the length of both.
    smoothing : s, at least 1e-300 (1: Laplace), or 0, where what was never seen is impossible.

    Raises
    ------
    ValueError
        If a text is empty, holds anything but symbols or is not longer than the order, or smoothing is out of range.

    References
    ----------
    Jelinek, Mercer, Bahl & Baker (1977), p. S63; Jurafsky & Martin (2009), eq. 4.17.

    Examples
    --------
    >>> round(ngram_perplexity("abcd", "ad"), 12), ngram_perplexity("abcd", "ax")
    (4.0, inf)
    """
    with np.errstate(over="ignore"):  # beyond float64 the perplexity is infinite
        return result(np.exp(ngram_surprisals(train, test, order, smoothing).mean()))


def compressed_sizes(data: str | bytes) -> CompressedSizes:
    """Bytes that the compressors of the standard library need for a text.

    zlib (LZ77 and Huffman, level 9), bz2 (Burrows-Wheeler, level 9), lzma (LZ77 and range coder, default preset)

    Parameters
    ----------
    data : bytes, or characters, which are taken as UTF-8.

    Raises
    ------
    ValueError
        If data is empty or neither text nor bytes.

    References
    ----------
    Deutsch (1996), RFC 1951; Burrows & Wheeler (1994), A block-sorting lossless data compression algorithm.

    Examples
    --------
    >>> sizes = compressed_sizes("ab" * 500)
    >>> sizes.original, sizes.zlib < 20
    (1000, True)
    """
    import bz2
    import lzma
    import zlib

    if not isinstance(data, str | bytes | bytearray):
        raise ValueError(f"data is of type {type(data).__name__}: give text or bytes.")
    if len(data) == 0:
        raise ValueError("data is empty: give at least one character.")
    raw = _utf8(data, "data") if isinstance(data, str) else bytes(data)
    # A dictionary as large as the text finds all that a larger one would, and takes less memory.
    window = {"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": min(max(len(raw), 4096), 2**23)}
    return CompressedSizes(
        original=len(raw),
        zlib=len(zlib.compress(raw, 9)),
        bz2=len(bz2.compress(raw, 9)),
        lzma=len(lzma.compress(raw, filters=[window])),
    )


def _weights(p: ArrayLike) -> NDArray:
    """One distribution: probabilities as float64, or counts as int64 with at least one observation."""
    if holds_integers(p):
        counts = as_counts(p, "p", ndim=1)
        refuse_rows(counts.max() == 0, "p", "holds no observation: give at least one")
        return counts
    p = as_pmf(p, "p")
    if p.ndim != 1:
        raise ValueError(f"p has {p.ndim} axes but needs 1: give one distribution.")
    return p


def _merged(weights: NDArray) -> tuple[NDArray, NDArray[np.int64]]:
    """Weight and parent of every node, leaves first, of the tree that merges the two lightest nodes until one is left.

    Of equal weights the one formed first goes first, and leaves before merged nodes: the tree stays shallow.
    """
    heap = [(weight, order) for order, weight in enumerate(weights.tolist())]
    heapify(heap)
    size = 2 * len(weights) - 1
    weight, parent = np.zeros(size, dtype=weights.dtype), np.full(size, size - 1, dtype=np.int64)
    weight[: len(weights)] = weights
    for merged in range(len(weights), size):
        (first, a), (second, b) = heappop(heap), heappop(heap)
        parent[a] = parent[b] = merged
        weight[merged] = first + second
        heappush(heap, (first + second, merged))
    return weight, parent


def _as_lengths(lengths: ArrayLike) -> NDArray[np.float64]:
    try:
        infinite = np.asarray(lengths) == np.inf
    except (ValueError, TypeError):
        infinite = np.zeros(1, bool)  # a ragged list or records, refused below
    if not infinite.any():
        return as_nonnegative(lengths, "lengths", ndim=1)
    return np.where(infinite, np.inf, as_nonnegative(np.where(infinite, 0, lengths), "lengths", ndim=1))


def _as_order(order: int, length: int, name: str) -> int:
    order = as_int(order, "order", low=0)
    if order >= length:
        raise ValueError(f"order is {order} but {name} has {length} symbols: give an order below that.")
    return order


def _utf8(text: str, name: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{name}[{error.start}] is half of a surrogate pair: remove it.") from None


def _as_symbols(text: Text, name: str) -> tuple[NDArray[np.int64], int]:
    """Each symbol as its rank among the distinct ones, and how many of these there are."""
    if not isinstance(text, str | bytes | bytearray):
        values, codes = as_labels(text, name)
        return codes, len(values)
    if len(text) == 0:
        raise ValueError(f"{name} is empty: give at least one character.")
    if isinstance(text, str) and not text.isascii():
        raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        present = np.zeros(int(raw.max()) + 1, dtype=np.int64)
        present[raw] = 1
        return (np.cumsum(present) - 1)[raw], int(present.sum())
    raw = text.encode("ascii") if isinstance(text, str) else bytes(text)
    present = np.bincount(np.frombuffer(raw, dtype=np.uint8), minlength=256) > 0
    rank = (np.cumsum(present) - 1).astype(np.uint8)
    return np.frombuffer(raw.translate(rank.tobytes()), dtype=np.uint8).astype(np.int64), int(present.sum())


def _as_symbols_of_both(train: Text, test: Text) -> tuple[NDArray[np.int64], int, int]:
    """The symbols of one text after the other, how many distinct ones there are, and the length of the first."""
    for kind in (str, bytes):
        if isinstance(train, kind) != isinstance(test, kind):
            raise ValueError("train and test are of different kinds: give two texts, or two sequences of words.")
    if isinstance(train, str | bytes):
        for text, name in ((train, "train"), (test, "test")):
            if len(text) == 0:
                raise ValueError(f"{name} is empty: give at least one character.")
        return *_as_symbols(train + test, "train"), len(train)
    words = [values[codes] for values, codes in (as_labels(train, "train"), as_labels(test, "test"))]
    return *_as_symbols(np.concatenate(words), "train"), len(words[0])


def _grams(codes: NDArray[np.int64], n_symbols: int, order: int) -> tuple[NDArray[np.int64], int]:
    """Each stretch of order + 1 symbols as one number below a bound; divided by n_symbols it is that of its context."""
    n = len(codes) - order
    gram, bound = codes[:n], n_symbols
    for j in range(1, order + 1):
        if bound * n_symbols >= 2**63:  # ranks in place of numbers keep the order and are at most n
            gram = np.unique(gram, return_inverse=True)[1]
            bound = int(gram.max()) + 1
        gram = gram * n_symbols + codes[j : j + n]
        bound *= n_symbols
    return gram, bound


def _count_grams(gram: NDArray[np.int64], bound: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct numbers, rising, and how often each occurs."""
    if bound <= 2**20:
        counts = np.bincount(gram)
        present = np.flatnonzero(counts)
        return present, counts[present]
    ranked = np.sort(gram)
    first = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    return ranked[first], np.diff(np.append(first, len(ranked)))


def _occurrences(ranked: NDArray[np.int64], asked: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.searchsorted(ranked, asked, side="right") - np.searchsorted(ranked, asked, side="left")
