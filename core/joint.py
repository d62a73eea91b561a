"""Measures of joint tables, in nats. The variables lie on the last axes, (x, y) or (x, y, z); leading axes are a batch.

A table holds probabilities (floats that sum to 1) or counts (integers, which stand for the probabilities count/total).
The exact sum of its floats stands in for 1, so that the rounding of a sum cannot pass for dependence.
Near independence and near certainty everything hangs on a difference such as p(x,y) - p(x) p(y). A double is a whole
multiple of a power of two: both kinds of table are whole numbers in disguise, and the differences are formed exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_choice, as_int, as_joint, as_labels, result
from core._numerics import BLOCK, atanh_excess, by_blocks, exact_counts, quotient, surprisal_of_share
from core.discrete import Nats

# Below this many nats the plain sums have lost a digit or more, and are formed anew from exact whole numbers.
_SMALL = 0.05


@dataclass(frozen=True, slots=True)
class ContingencyTable:
    """How often each pair of values was seen: ``counts[i, j]`` times ``(x_values[i], y_values[j])``."""

    x_values: NDArray
    y_values: NDArray
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class InformationDiagram:
    """The seven atoms of the entropies of three variables, in nats; they add up to H(X, Y, Z).

    ``x`` is H(X | Y, Z), what X alone knows; ``xy`` is I(X; Y | Z), what X and Y share but Z does not; ``xyz`` is the
    co-information, the only atom that can be negative.
    """

    x: Nats
    y: Nats
    z: Nats
    xy: Nats
    xz: Nats
    yz: Nats
    xyz: Nats


def contingency_table(x: ArrayLike, y: ArrayLike) -> ContingencyTable:
    """Count how often each pair of values occurs in two columns of labels.

    n_ij = #{t : x_t = a_i and y_t = b_j}, with a and b the sorted distinct values

    Parameters
    ----------
    x, y : (n,) labels (text or numbers), paired by position.

    Raises
    ------
    ValueError
        If a column is empty, not one-dimensional, holds NaN or mixed objects, or the lengths differ.

    References
    ----------
    Agresti (2013), Categorical Data Analysis, section 2.1.

    Examples
    --------
    >>> contingency_table(["a", "b", "b"], [1, 0, 1]).counts
    array([[0, 1],
           [1, 1]])
    """
    x_values, x_codes = as_labels(x, "x")
    y_values, y_codes = as_labels(y, "y")
    if len(x_codes) != len(y_codes):
        raise ValueError(f"x has {len(x_codes)} entries but y has {len(y_codes)}: give one y for each x.")
    counts = np.bincount(x_codes * len(y_values) + y_codes, minlength=len(x_values) * len(y_values))
    return ContingencyTable(x_values, y_values, counts.reshape(len(x_values), len(y_values)))


def marginals(table: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Distributions of x alone and of y alone.

    p(x) = sum_y p(x, y) and p(y) = sum_x p(x, y)

    Parameters
    ----------
    table : (..., nx, ny) probabilities, or integer counts.

    Returns
    -------
    (..., nx) and (..., ny) probabilities.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    MacKay (2003), Information Theory, Inference, and Learning Algorithms, eq. 2.3 and 2.4.

    Examples
    --------
    >>> marginals([[1, 0], [1, 2]])
    (array([0.25, 0.75]), array([0.5, 0.5]))
    """
    w = _weights(table, 2)
    if w.dtype == np.float64:
        return w.sum(axis=-1), w.sum(axis=-2)
    total = w.sum(axis=(-2, -1), keepdims=True)[..., 0]
    return quotient(w.sum(axis=-1), total), quotient(w.sum(axis=-2), total)


def joint_entropy(table: ArrayLike, variables: Literal[2, 3] = 2) -> Nats:
    """Entropy in nats of all variables of a table together.

    H(X, Y) = -sum_xy p(x, y) log p(x, y)

    Parameters
    ----------
    table : (..., nx, ny), or (..., nx, ny, nz) with ``variables=3``; probabilities, or integer counts.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    Cover & Thomas (2006), Elements of Information Theory, eq. 2.8.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(joint_entropy([[0.5, 0.25], [0, 0.25]]))
    1.5
    """
    w = _weights(table, as_int(variables, "variables", low=2, high=3))
    flat = w.reshape(*w.shape[: w.ndim - variables], -1)
    return result(_conditional_entropy(flat, -1, 1))


def conditional_entropy(table: ArrayLike, given: Literal["x", "y"]) -> Nats:
    """Entropy in nats that one variable keeps when the other is known.

    given "x": H(Y | X) = -sum_xy p(x, y) log(p(x, y) / p(x)); given "y": H(X | Y), likewise

    Parameters
    ----------
    table : (..., nx, ny) probabilities, or integer counts.
    given : which variable is known.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none), or given is neither.

    References
    ----------
    Shannon (1948), section 6; Cover & Thomas (2006), eq. 2.10 to 2.12.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(conditional_entropy([[0.25, 0.25], [0, 0.5]], given="x"))  # 1 bit in the first half
    0.5
    """
    axis = -1 if as_choice(given, "given", ("x", "y")) == "x" else -2
    return result(_conditional_entropy(_weights(table, 2), axis, 2))


def mutual_information(table: ArrayLike) -> Nats:
    """Mutual information in nats: what knowing one variable saves in describing the other.

    I(X; Y) = sum_xy p(x, y) log(p(x, y) / (p(x) p(y)))

    At least 0, and exactly 0 for counts that factorize. Probabilities that factorize only up to the rounding of their
    products carry the 1e-33 nats or so that their digits say.

    Parameters
    ----------
    table : (..., nx, ny) probabilities, or integer counts.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    Shannon (1948), section 12; Cover & Thomas (2006), eq. 2.28.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(mutual_information([[0.5, 0.0], [0.0, 0.5]]))
    1.0
    >>> mutual_information([[2, 6], [1, 3]])
    0.0
    """
    return result(_information(_weights(table, 2)))


def pointwise_mutual_information(table: ArrayLike) -> NDArray[np.float64]:
    """Pointwise mutual information of each cell, in nats: how much more often a pair occurs than by chance.

    pmi(x, y) = log(p(x, y) / (p(x) p(y))); -inf for a pair that never occurs though x and y do

    Parameters
    ----------
    table : (..., nx, ny) probabilities, or integer counts.

    Returns
    -------
    (..., nx, ny) nats. Where x or y never occurs, pair and product are both 0 and the entry is 0.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    Fano (1961), Transmission of Information, eq. 2.9; Church & Hanks (1990), Word association norms, section 3.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(pointwise_mutual_information([[1, 0], [0, 1]]))
    array([[  1., -inf],
           [-inf,   1.]])
    """
    # Whole numbers in disguise take many times the memory of the floats that they were.
    return by_blocks(_pointwise_of_block, _weights(table, 2), event=2, keep=True, block=BLOCK // 128)


def normalized_mutual_information(
    table: ArrayLike, norm: Literal["arithmetic", "geometric", "min", "max", "joint"] = "arithmetic"
) -> NDArray[np.float64] | float:
    """Mutual information as a share of the entropy it could have been, a number between 0 and 1 without a unit.

    I(X; Y) / m, with m the arithmetic mean, the geometric mean, the smaller or the larger of H(X) and H(Y), or H(X, Y)

    Parameters
    ----------
    table : (..., nx, ny) probabilities, or integer counts.
    norm : what to divide by.

    Returns
    -------
    (...) shares. Where m is 0 (a constant variable, which can share nothing) the share is 0.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none), or norm is unknown.

    References
    ----------
    Vinh, Epps & Bailey (2010), Information theoretic measures for clusterings comparison, table 2.

    Examples
    --------
    >>> normalized_mutual_information([[1, 0], [0, 1]])
    1.0
    """
    norms: dict[str, Callable] = {
        "arithmetic": lambda h_x, h_y, _: h_x / 2 + h_y / 2,
        "geometric": lambda h_x, h_y, _: np.sqrt(h_x) * np.sqrt(h_y),
        "min": lambda h_x, h_y, _: np.minimum(h_x, h_y),
        "max": lambda h_x, h_y, _: np.maximum(h_x, h_y),
        "joint": lambda _, __, h_xy: h_xy,
    }
    average = norms[as_choice(norm, "norm", tuple(norms))]

    def of_block(w: NDArray) -> NDArray[np.float64]:
        cells = w.reshape(*w.shape[:-2], -1)
        scale = np.asarray(average(*(_conditional_entropy(v, -1, 1) for v in (w.sum(axis=-1), w.sum(axis=-2), cells))))
        return np.where(scale > 0, _information(w), 0.0) / np.where(scale > 0, scale, 1.0)

    return result(by_blocks(of_block, _weights(table, 2), event=2))


def conditional_mutual_information(table: ArrayLike) -> Nats:
    """Mutual information in nats of X and Y when Z is known.

    I(X; Y | Z) = sum_z p(z) I(X; Y | Z = z)

    Parameters
    ----------
    table : (..., nx, ny, nz) probabilities, or integer counts.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    Cover & Thomas (2006), eq. 2.60 and 2.61.

    Examples
    --------
    >>> from core.units import BITS
    >>> from core.datasets import XOR
    >>> BITS.from_nats(conditional_mutual_information(XOR.p))
    1.0
    """
    return result(_conditional_information(_weights(table, 3)))


def interaction_information(table: ArrayLike) -> Nats:
    """Interaction information in nats: what knowing Z adds to what X and Y share.

    I(X; Y | Z) - I(X; Y), the same for every order of the variables; XOR = +log 2 (synergy), copy = -log 2 (redundancy)

    Parameters
    ----------
    table : (..., nx, ny, nz) probabilities, or integer counts.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    McGill (1954), Multivariate information transmission, eq. 8 (with this sign); authors differ in the sign.

    Examples
    --------
    >>> from core.units import BITS
    >>> from core.datasets import COPY, XOR
    >>> BITS.from_nats(interaction_information(XOR.p)), BITS.from_nats(interaction_information(COPY.p))
    (1.0, -1.0)
    """
    w = _weights(table, 3)
    return result(np.subtract(_conditional_information(w), _information(w, 3, _without_z)))


def co_information(table: ArrayLike) -> Nats:
    """Co-information in nats: what three variables share, the center of the Venn diagram, which can be negative.

    I(X; Y; Z) = I(X; Y) - I(X; Y | Z), the negative of the interaction information

    Parameters
    ----------
    table : (..., nx, ny, nz) probabilities, or integer counts.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    Bell (2003), The co-information lattice, eq. 4; Yeung (1991), A new outlook on Shannon's information measures.

    Examples
    --------
    >>> from core.units import BITS
    >>> from core.datasets import XOR
    >>> BITS.from_nats(co_information(XOR.p))
    -1.0
    """
    return result(np.negative(interaction_information(table)))


def total_correlation(table: ArrayLike) -> Nats:
    """Total correlation in nats: how far three variables are from independence.

    C = KL(p(x, y, z) || p(x) p(y) p(z)) = H(X) + H(Y) + H(Z) - H(X, Y, Z) = I(X; Y) + I(X, Y; Z)

    Parameters
    ----------
    table : (..., nx, ny, nz) probabilities, or integer counts.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    Watanabe (1960), Information theoretical analysis of multivariate correlation, eq. 1.

    Examples
    --------
    >>> from core.units import BITS
    >>> from core.datasets import COPY, XOR
    >>> BITS.from_nats(total_correlation(XOR.p)), BITS.from_nats(total_correlation(COPY.p))
    (1.0, 2.0)
    """
    w = _weights(table, 3)
    return result(np.add(_information(w, 3, _without_z), _information(w, 3, _x_and_y_as_one)))


def information_diagram(table: ArrayLike) -> InformationDiagram:
    """Seven atoms into which the entropies of three variables fall, in nats.

    H(X | Y, Z), H(Y | X, Z), H(Z | X, Y), I(X; Y | Z), I(X; Z | Y), I(Y; Z | X) and I(X; Y; Z); their sum is H(X, Y, Z)

    Parameters
    ----------
    table : (..., nx, ny, nz) probabilities, or integer counts.

    Raises
    ------
    ValueError
        If the table is empty, negative, not finite, or does not sum to 1 (counts: holds none).

    References
    ----------
    Yeung (1991), A new outlook on Shannon's information measures, theorem 2; MacKay (2003), figure 8.3.

    Examples
    --------
    >>> from core.units import BITS
    >>> from core.datasets import XOR
    >>> atoms = information_diagram(XOR.p)
    >>> [BITS.from_nats(v) for v in (atoms.x, atoms.y, atoms.z, atoms.xy, atoms.xz, atoms.yz, atoms.xyz)]
    [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, -1.0]
    """
    w = _weights(table, 3)
    xy = _conditional_information(w)
    return InformationDiagram(
        x=result(_conditional_entropy(w, -3, 3)),
        y=result(_conditional_entropy(w, -2, 3)),
        z=result(_conditional_entropy(w, -1, 3)),
        xy=result(xy),
        xz=result(_conditional_information(np.swapaxes(w, -1, -2))),
        yz=result(_conditional_information(np.swapaxes(w, -1, -3))),
        xyz=result(np.subtract(_information(w, 3, _without_z), xy)),
    )


def _weights(table: ArrayLike, variables: int) -> NDArray:
    """Probabilities as float64, or counts as int64."""
    return as_joint(table, "table", variables)


def _exact(w: NDArray[np.float64]) -> NDArray:
    """Whole numbers in proportion to w: every double is one, times a power of two."""
    mantissa, exponent = np.frexp(w)
    digits = np.ldexp(mantissa, 53).astype(np.int64).astype(object)
    shift = np.where(w > 0, exponent - exponent[w > 0].min(), 0)
    return digits << shift.astype(object)


def _measured(
    plain: Callable[[NDArray], NDArray], exact: Callable[[NDArray], NDArray], w: NDArray, variables: int
) -> NDArray:
    """plain(probabilities), block by block, or exact(whole numbers) for counts and where digits have been lost."""

    def of_block(w: NDArray) -> NDArray:
        if w.dtype != np.float64:
            return exact(exact_counts(w, variables))
        value = plain(w)
        lost = ~((value >= _SMALL) & (value < np.inf))  # too small, or spoiled by an underflow
        if value.ndim == 0:
            return exact(_exact(w)) if lost else value
        if lost.any():
            value[lost] = exact(_exact(w[lost]))
        return value

    return by_blocks(of_block, w, event=variables, block=BLOCK // 4 if w.dtype == np.float64 else BLOCK // 8)


def _information(w: NDArray, variables: int = 2, merged: Callable[[NDArray], NDArray] = lambda w: w) -> NDArray:
    """I(X; Y) of tables whose total need not be 1, or of what is made of tables of three variables."""
    return _measured(lambda p: _plain_information(merged(p), 2), lambda n: _exact_information(merged(n)), w, variables)


def _without_z(w: NDArray) -> NDArray:
    return w.sum(axis=-1)


def _x_and_y_as_one(w: NDArray) -> NDArray:
    return w.reshape(*w.shape[:-3], -1, w.shape[-1])


def _pointwise_of_block(w: NDArray) -> NDArray[np.float64]:
    n = _exact(w) if w.dtype == np.float64 else exact_counts(w, 2)
    row, column = n.sum(axis=-1, keepdims=True), n.sum(axis=-2, keepdims=True)
    return _log_ratio(n, row, column, n.sum(axis=(-2, -1), keepdims=True))[0] + 0.0


def _plain_information(w: NDArray[np.float64], variables: int) -> NDArray[np.float64]:
    """I(X; Y), or I(X; Y | Z) with Z before the two: the sum of p log(p/q) with q formed within each slice."""
    row, column = w.sum(axis=-1, keepdims=True), w.sum(axis=-2, keepdims=True)
    total = w.sum(axis=(-2, -1), keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        terms = np.where(w > 0, w * np.log(w / row / (column / total)), 0.0)
    return terms.sum(axis=tuple(range(-variables, 0))) / w.sum(axis=tuple(range(-variables, 0)))


def _exact_information(w: NDArray) -> NDArray:
    """I(X; Y) from whole numbers n with total N: p = n/N, q = rc/N^2, p - q = (nN - rc)/N^2.

    Where the sum of p log(p/q) is small it is formed from p log(p/q) - (p - q), whose terms are at least 0.
    """
    row, column = w.sum(axis=-1, keepdims=True), w.sum(axis=-2, keepdims=True)
    total = w.sum(axis=(-2, -1), keepdims=True)
    gap = quotient(w * total - row * column, total * total)
    log_ratio, r = _log_ratio(w, row, column, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(w == 0, 0.0, quotient(w, total) * log_ratio)
        excess = np.where(np.abs(r) < 1 / 7, atanh_excess(r), np.arctanh(r) / r - 1.0)
        positive = np.where(np.abs(r) < 0.5, gap * (r + (1.0 + r) * excess), terms - gap)
    plain = terms.sum(axis=(-2, -1))
    return np.where(plain >= _SMALL, plain, positive.sum(axis=(-2, -1)))


def _log_ratio(w: NDArray, row: NDArray, column: NDArray, total: NDArray) -> tuple[NDArray, NDArray]:
    """log(p/q) and r = (p - q)/(p + q) of each cell, p = n/N, q = rc/N^2; for |r| < 1/2 the first is 2 atanh r."""
    pair, chance = w * total, row * column
    r = quotient(pair - chance, pair + chance)
    small, large = np.minimum(pair, chance), np.maximum(pair, chance)
    ratio = quotient(small, large)
    subnormal = (small > 0) & (ratio < 2.0**-1000)
    with np.errstate(divide="ignore"):
        far = np.log(ratio)
        if subnormal.any():  # the quotient has lost digits: form 2^1000 times as much
            lifted = np.log(quotient(np.where(subnormal, small, 0) * 2**1000, large))
            far = np.where(subnormal, lifted - 1000 * np.log(2.0), far)
        return np.where(np.abs(r) < 0.5, 2.0 * np.arctanh(r), np.where(r < 0, far, -far)), r


def _conditional_information(w: NDArray) -> NDArray:
    """I(X; Y | Z), Z on the last axis: the slices at each z, weighted by their share."""
    slices = np.moveaxis(w, -1, -3)
    return _measured(lambda p: _plain_information(p, 3), _exact_conditional_information, slices, 3)


def _exact_conditional_information(slices: NDArray) -> NDArray:
    total = slices.sum(axis=(-2, -1))
    weight = quotient(total, total.sum(axis=-1, keepdims=True))
    return (weight * _exact_information(slices)).sum(axis=-1)


def _conditional_entropy(w: NDArray, axis: int, variables: int) -> NDArray:
    """Entropy along one axis given all the others."""

    def plain(p: NDArray[np.float64]) -> NDArray[np.float64]:
        event = tuple(range(-variables, 0))
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.where(p > 0, -p * np.log(p / p.sum(axis=axis, keepdims=True)), 0.0)
        return terms.sum(axis=event) / p.sum(axis=event)

    return _measured(plain, lambda n: _exact_conditional_entropy(n, axis, variables), w, variables)


def _exact_conditional_entropy(w: NDArray, axis: int, variables: int) -> NDArray:
    event = tuple(range(-variables, 0))
    whole = w.sum(axis=axis, keepdims=True)
    weight = quotient(w, w.sum(axis=event, keepdims=True))
    return (weight * surprisal_of_share(quotient(w, whole), quotient(whole - w, whole))).sum(axis=event)
