"""Hypothesis strategies for what information theory is about: distributions, pairs, joints, channels, logits, counts.

Each draws ordinary values and the corners where digits are lost: near-equal, near-certain, zeros, subnormal, huge.
All arrays are float64 unless the name says counts.
"""

import numpy as np
from hypothesis import strategies as st

TINY = 5e-324  # the smallest subnormal


def _normalized(weights) -> np.ndarray:
    weights = np.asarray(weights, dtype=np.float64)
    return weights / weights.sum()


@st.composite
def pmfs(draw, min_size: int = 2, max_size: int = 8, zeros: bool = True) -> np.ndarray:
    """One distribution (n,): ordinary, uniform, near-certain or with weights over the whole range of float64."""
    n = draw(st.integers(min_size, max_size))
    kind = draw(st.sampled_from(["ordinary", "uniform", "near-certain", "wide", "zeros"]))
    if kind == "uniform":
        return np.full(n, 1.0 / n)
    if kind == "near-certain":
        weights = np.array(draw(st.lists(st.floats(-323, -1), min_size=n, max_size=n)))
        weights = np.maximum(10.0**weights, TINY)
        weights[draw(st.integers(0, n - 1))] = 1.0
        return _normalized(weights)
    if kind == "wide":
        weights = np.array(draw(st.lists(st.floats(-300, 0), min_size=n, max_size=n)))
        p = _normalized(10.0 ** (weights - weights.max()))
        return p if zeros else np.maximum(p, TINY)
    weights = np.array(draw(st.lists(st.floats(0.001, 1.0), min_size=n, max_size=n)))
    if kind == "zeros" and zeros:
        present = draw(st.lists(st.booleans(), min_size=n, max_size=n).filter(any))
        weights = np.where(present, weights, 0.0)
    return _normalized(weights)


@st.composite
def near_pairs(draw, min_size: int = 2, max_size: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Two distributions over the same outcomes that differ by a factor within 10^-16 to 10^-1 of 1 in each."""
    p = draw(pmfs(min_size, max_size))
    size = 10.0 ** draw(st.floats(-16, -1))
    tilt = np.array(draw(st.lists(st.floats(-1, 1), min_size=len(p), max_size=len(p))))
    return p, _normalized(p * (1.0 + size * tilt))


@st.composite
def pmf_pairs(draw, min_size: int = 2, max_size: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Two distributions over the same outcomes: unrelated, near-equal, equal; zeros may stand in different places."""
    kind = draw(st.sampled_from(["unrelated", "unrelated", "near", "equal"]))
    if kind == "near":
        return draw(near_pairs(min_size, max_size))
    p = draw(pmfs(min_size, max_size))
    return p, p.copy() if kind == "equal" else draw(pmfs(len(p), len(p)))


@st.composite
def positive_pairs(draw, min_size: int = 2, max_size: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Two distributions over the same outcomes, of which each has probability in both."""
    p = draw(pmfs(min_size, max_size, zeros=False).filter(lambda p: p.min() > 0))
    return p, draw(pmfs(len(p), len(p), zeros=False).filter(lambda q: q.min() > 0))


@st.composite
def joints(draw, ndim: int = 2, min_side: int = 2, max_side: int = 4) -> np.ndarray:
    """A joint distribution of `ndim` variables: ordinary, with empty cells, independent, or all but independent."""
    shape = tuple(draw(st.integers(min_side, max_side)) for _ in range(ndim))
    kind = draw(st.sampled_from(["any", "any", "independent", "near-independent"]))
    size = int(np.prod(shape))
    if kind == "any":
        return draw(pmfs(size, size)).reshape(shape)
    table = np.ones(())
    for n in shape:
        table = np.multiply.outer(table, draw(pmfs(n, n)))
    if kind == "near-independent":
        bend = np.array(draw(st.lists(st.floats(-1, 1), min_size=size, max_size=size))).reshape(shape)
        table = table * (1.0 + 10.0 ** draw(st.floats(-16, -1)) * bend)
    return _normalized(table)


@st.composite
def channels(draw, n_in: int, n_out: int) -> np.ndarray:
    """A Markov channel (n_in, n_out): row i is the distribution of the output for input i."""
    return np.stack([draw(pmfs(n_out, n_out)) for _ in range(n_in)])


@st.composite
def logits(draw, min_size: int = 2, max_size: int = 8, largest: float = 700.0) -> np.ndarray:
    """Logits (n,): ordinary, tied, near-equal, or up to `largest` in size."""
    n = draw(st.integers(min_size, max_size))
    kind = draw(st.sampled_from(["ordinary", "tied", "near-equal", "large"]))
    if kind == "tied":
        return np.array(draw(st.lists(st.sampled_from([-2.0, 0.0, 3.0]), min_size=n, max_size=n)))
    if kind == "near-equal":
        tilt = draw(st.lists(st.floats(-1, 1), min_size=n, max_size=n))
        return draw(st.floats(-10, 10)) + 10.0 ** draw(st.floats(-16, -1)) * np.array(tilt)
    bound = 10.0 if kind == "ordinary" else largest
    return np.array(draw(st.lists(st.floats(-bound, bound), min_size=n, max_size=n)))


@st.composite
def counts(draw, min_size: int = 1, max_size: int = 8, largest: int = 2**40) -> np.ndarray:
    """Counts (n,) as int64, at least one of them positive; now and then beyond 2^31."""
    bound = draw(st.sampled_from([3, 50, 10**6, largest]))
    return np.array(draw(st.lists(st.integers(0, bound), min_size=min_size, max_size=max_size).filter(any)), np.int64)


@st.composite
def count_tables(draw, ndim: int = 2, min_side: int = 2, max_side: int = 4, largest: int = 2**40) -> np.ndarray:
    """A contingency table of `ndim` variables as int64 with at least one observation."""
    shape = tuple(draw(st.integers(min_side, max_side)) for _ in range(ndim))
    size = int(np.prod(shape))
    return draw(counts(size, size, largest)).reshape(shape)
