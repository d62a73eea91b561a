"""Decision trees as questions: how much each one tells about the label.

With the criterion "entropy" impurities and gains are in nats; with "gini" and "misclassification" they are
probabilities, without a unit. The counts of a split are a table with one row a branch and one column a class.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import (
    as_choice,
    as_counts,
    as_float,
    as_instance,
    as_int,
    as_labels,
    as_pmf,
    holds_integers,
    refuse_rows,
    result,
)
from core._numerics import BLOCK, by_blocks, exact_counts, quotient
from core.discrete import Nats, entropy
from core.estimate import entropy_from_counts
from core.joint import mutual_information

Criterion = Literal["entropy", "gini", "misclassification"]
_CRITERIA = ("entropy", "gini", "misclassification")


@dataclass(frozen=True, slots=True)
class ThresholdScan:
    """Every question "x <= threshold" that splits a column: its gain, and the classes (columns) on either side."""

    thresholds: NDArray[np.float64]
    gains: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    classes: NDArray


@dataclass(frozen=True, slots=True)
class Split:
    """The question "X[:, feature] <= threshold", its gain, and the classes (columns) of yes (row 0) and no (row 1)."""

    feature: int
    threshold: float
    gain: float
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a tree: what arrived there, and how it is divided further unless it is a leaf (``split`` is None)."""

    counts: NDArray[np.int64]
    impurity: float
    prediction: object
    split: Split | None
    yes: Node | None
    no: Node | None


def impurity(counts: ArrayLike, criterion: Criterion = "entropy") -> Nats:
    """Impurity of a node: how mixed its classes are, 0 for a single class.

    entropy: -sum_k p_k log p_k (nats); gini: sum_k p_k (1 - p_k); misclassification: 1 - max_k p_k

    Parameters
    ----------
    counts : (..., k) integer counts of the classes, or their probabilities.
    criterion : "entropy", "gini" or "misclassification".

    Raises
    ------
    ValueError
        If counts is empty, negative, holds no observation (probabilities: does not sum to 1), or criterion is unknown.

    References
    ----------
    Breiman, Friedman, Olshen & Stone (1984), Classification and Regression Trees, section 4.2; Hastie, Tibshirani &
    Friedman (2009), The Elements of Statistical Learning, eq. 9.17.

    Examples
    --------
    >>> impurity([3, 1], "gini"), impurity([3, 1], "misclassification")  # 1 - 9/16 - 1/16, 1/4
    (0.375, 0.25)
    """
    _known(criterion)
    if not holds_integers(counts):
        p = as_pmf(counts, "counts")
        if criterion == "entropy":
            return entropy(p)
        return result((p * (1.0 - p)).sum(axis=-1) if criterion == "gini" else 1.0 - p.max(axis=-1))
    if criterion == "entropy":
        return entropy_from_counts(counts)

    def rows(n: NDArray[np.int64]) -> NDArray[np.float64]:
        n = exact_counts(n, 1)
        total = n.sum(axis=-1, keepdims=True)
        if criterion == "gini":
            return quotient(n * (total - n), total * total).sum(axis=-1)
        return quotient(total[..., 0] - n.max(axis=-1), total[..., 0])

    return result(by_blocks(rows, _branches(counts, 1), block=BLOCK // 8))


def information_gain(counts: ArrayLike, criterion: Criterion = "entropy") -> Nats:
    """Gain of a split: the impurity of the node less the mean impurity of its branches.

    i(node) - sum_b (N_b/N) i(branch b); with the entropy it is the mutual information of branch and class

    At least 0. Gini's is formed as sum_bk (N_b/N) (n_bk/N_b - n_k/N)^2, which loses no digits when it is small.

    Parameters
    ----------
    counts : (..., branches, classes) whole numbers; a branch may be empty.
    criterion : "entropy" (nats), "gini" or "misclassification".

    Raises
    ------
    ValueError
        If counts is empty, negative or not whole, has fewer than 2 axes or no observation, or criterion is unknown.

    References
    ----------
    Quinlan (1986), Induction of decision trees, section 4; Breiman et al. (1984), eq. 2.14.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(information_gain([[2, 0], [0, 2]]))
    1.0
    >>> information_gain([[2, 0], [0, 2]], "gini")
    0.5
    """
    n = _branches(counts, 2)
    if _known(criterion) == "entropy":
        return mutual_information(n)

    def of_block(n: NDArray[np.int64]) -> NDArray[np.float64]:
        return _gain_of_block(exact_counts(n, 2), criterion)

    return result(by_blocks(of_block, n, event=2, block=BLOCK // 8))


def _gain_of_block(n: NDArray, criterion: Criterion) -> NDArray[np.float64]:
    branch, label = n.sum(axis=-1, keepdims=True), n.sum(axis=-2, keepdims=True)
    total = label.sum(axis=-1, keepdims=True)
    if criterion == "gini":
        shift = quotient(n * total - branch * label, branch * total)
        return (quotient(branch, total) * shift**2).sum(axis=(-2, -1))
    return quotient(n.max(axis=-1).sum(axis=-1) - label.max(axis=-1)[..., 0], total[..., 0, 0])


def split_information(counts: ArrayLike) -> Nats:
    """Split information in nats: the entropy of the branches alone, whatever their classes.

    -sum_b (N_b/N) log(N_b/N); an identifier that sends each of N rows its own way has log N

    Parameters
    ----------
    counts : (..., branches, classes) whole numbers.

    Raises
    ------
    ValueError
        If counts is empty, negative or not whole, or has fewer than 2 axes or no observation.

    References
    ----------
    Quinlan (1986), section 7 (there IV(A)); Quinlan (1993), C4.5, section 2.2.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(split_information([[1, 1], [2, 0]]))
    1.0
    """
    return entropy_from_counts(_branches(counts, 2).sum(axis=-1))


def gain_ratio(counts: ArrayLike) -> NDArray[np.float64] | float:
    """Gain ratio of a split: its information gain as a share of its split information, without a unit.

    gain / split information; 0 where all rows go the same way, which tells nothing

    Parameters
    ----------
    counts : (..., branches, classes) whole numbers.

    Raises
    ------
    ValueError
        If counts is empty, negative or not whole, or has fewer than 2 axes or no observation.

    References
    ----------
    Quinlan (1986), section 7; Quinlan (1993), C4.5, section 2.2.

    Examples
    --------
    >>> gain_ratio([[1, 0], [1, 0], [0, 1], [0, 1]])  # an identifier: log 2 of log 4
    0.5
    """
    gain, information = np.asarray(information_gain(counts)), np.asarray(split_information(counts))
    return result(np.where(information > 0, gain, 0.0) / np.where(information > 0, information, 1.0))


def threshold_scan(x: ArrayLike, y: ArrayLike, criterion: Criterion = "entropy") -> ThresholdScan:
    """Try every threshold that splits a numeric column.

    Thresholds t = a/2 + b/2 between neighboring distinct values a < b, kept to a <= t < b; "x <= t" goes left

    Parameters
    ----------
    x : (n,) numbers.
    y : (n,) labels (text or numbers).
    criterion : "entropy" (nats), "gini" or "misclassification".

    Returns
    -------
    ThresholdScan with one entry a threshold, rising; none for a constant column.

    Raises
    ------
    ValueError
        If x is empty or not finite, the lengths differ, or criterion is unknown.

    References
    ----------
    Quinlan (1993), C4.5, section 2.4; Fayyad & Irani (1992), On the handling of continuous-valued attributes.

    Examples
    --------
    >>> scan = threshold_scan([1, 2, 3, 4], ["a", "a", "b", "b"], "gini")
    >>> scan.thresholds, scan.gains.round(4)
    (array([1.5, 2.5, 3.5]), array([0.1667, 0.5   , 0.1667]))
    """
    x = as_float(x, "x", ndim=1)
    classes, codes = as_labels(y, "y")
    _one_label_a_row(x, "x", codes)
    _known(criterion)
    values, left = _left_counts(x, codes, len(classes))
    cut = np.flatnonzero(values[1:] > values[:-1])
    below = np.stack([counts[cut] for counts in left], axis=-1)
    above = np.bincount(codes) - below
    gains = information_gain(np.stack([below, above], axis=-2), criterion) if len(cut) else np.empty(0)
    return ThresholdScan(_threshold(values[cut], values[cut + 1]), gains, below, above, classes)


def best_split(X: ArrayLike, y: ArrayLike, criterion: Criterion = "entropy") -> Split | None:
    """Find the question "X[:, feature] <= threshold" of the largest gain.

    Of equal gains the first feature and the lowest threshold are taken

    Parameters
    ----------
    X : (n, d) numbers.
    y : (n,) labels (text or numbers).
    criterion : "entropy" (nats), "gini" or "misclassification".

    Returns
    -------
    Split, or None if every column is constant.

    Raises
    ------
    ValueError
        If X is empty or not finite, the lengths differ, or criterion is unknown.

    References
    ----------
    Breiman et al. (1984), section 2.4; Quinlan (1993), C4.5, section 2.4.

    Examples
    --------
    >>> best_split([[5, 1], [6, 2], [5, 3], [6, 4]], ["a", "a", "b", "b"], "gini")
    Split(feature=1, threshold=2.5, gain=0.5, counts=array([[2, 0],
           [0, 2]]))
    """
    X = as_float(X, "X", ndim=2)
    classes, codes = as_labels(y, "y")
    _one_label_a_row(X, "X", codes)
    return _best_split(X, codes, len(classes), _known(criterion))


def best_splits(X: ArrayLike, y: ArrayLike, criterion: Criterion = "entropy") -> list[Split | None]:
    """Find for every column its own best question.

    As best_split, column by column: of equal gains of one column the lowest threshold is taken

    Parameters
    ----------
    X : (n, d) numbers.
    y : (n,) labels (text or numbers).
    criterion : "entropy" (nats), "gini" or "misclassification".

    Returns
    -------
    list of d, each a Split, or None for a constant column.

    Raises
    ------
    ValueError
        If X is empty or not finite, the lengths differ, or criterion is unknown.

    References
    ----------
    Breiman et al. (1984), section 2.4; Quinlan (1993), C4.5, section 2.4.

    Examples
    --------
    >>> found = best_splits([[5, 1], [5, 2], [5, 3], [5, 4]], ["a", "a", "b", "b"], "gini")
    >>> found[0], found[1].threshold, found[1].gain
    (None, 2.5, 0.5)
    """
    X = as_float(X, "X", ndim=2)
    classes, codes = as_labels(y, "y")
    _one_label_a_row(X, "X", codes)
    _known(criterion)
    found = (_best_split(X[:, [i]], codes, len(classes), criterion) for i in range(X.shape[1]))
    return [None if split is None else replace(split, feature=i) for i, split in enumerate(found)]


def grow_tree(X: ArrayLike, y: ArrayLike, max_depth: int, criterion: Criterion = "entropy") -> Node:
    """Grow a tree greedily: each node asks the question of the largest gain, until it is pure or max_depth is reached.

    A question that gains 0 is asked too where no other is left: the first one of XOR is of that kind.

    Parameters
    ----------
    X : (n, d) numbers.
    y : (n,) labels (text or numbers).
    max_depth : number of questions on the longest way, 0 to 500.
    criterion : "entropy" (nats), "gini" or "misclassification".

    Returns
    -------
    Node, the root. Counts have one column a class, classes in sorted order; a tie is predicted as the first of them.

    Raises
    ------
    ValueError
        If X is empty or not finite, the lengths differ, max_depth is out of range, or criterion is unknown.

    References
    ----------
    Quinlan (1986), section 4; Breiman et al. (1984), chapter 2.

    Examples
    --------
    >>> root = grow_tree([[1], [2], [3]], ["a", "b", "b"], max_depth=1)
    >>> root.split.threshold, root.yes.prediction, root.no.prediction
    (1.5, 'a', 'b')
    """
    X = as_float(X, "X", ndim=2)
    classes, codes = as_labels(y, "y")
    _one_label_a_row(X, "X", codes)
    return _grow(X, codes, classes, as_int(max_depth, "max_depth", low=0, high=500), _known(criterion))


def predict(tree: Node, X: ArrayLike) -> NDArray:
    """Labels that a tree gives to rows: the most frequent class of the leaf each row falls into.

    Parameters
    ----------
    tree : root from grow_tree.
    X : (n, d) numbers, with the columns the tree was grown on.

    Returns
    -------
    (n,) labels.

    Raises
    ------
    ValueError
        If X is empty or not finite, or has too few columns.

    References
    ----------
    Breiman et al. (1984), section 2.6.

    Examples
    --------
    >>> predict(grow_tree([[1], [2], [3]], ["a", "b", "b"], max_depth=1), [[0], [9]]).tolist()
    ['a', 'b']
    """
    X = as_float(X, "X", ndim=2)
    if as_instance(tree, "tree", Node).split is None:
        return np.full(len(X), tree.prediction)
    if tree.split.feature >= X.shape[1]:
        raise ValueError(f"X has {X.shape[1]} columns but the tree asks for column {tree.split.feature}.")
    yes = X[:, tree.split.feature] <= tree.split.threshold
    parts = [(rows, predict(branch, X[rows])) for branch, rows in ((tree.yes, yes), (tree.no, ~yes)) if rows.any()]
    out = np.empty(len(X), dtype=np.result_type(*(labels for _, labels in parts)))
    for rows, labels in parts:
        out[rows] = labels
    return out


def _known(criterion: Criterion) -> Criterion:
    return as_choice(criterion, "criterion", _CRITERIA)


def _one_label_a_row(X: NDArray, name: str, codes: NDArray) -> None:
    if len(X) != len(codes):
        raise ValueError(f"{name} has {len(X)} rows but y has {len(codes)}: give one label for each row.")


def _branches(counts: ArrayLike, axes: int) -> NDArray:
    """Counts as int64, with at least one observation a table."""
    n = as_counts(counts, "counts")
    if n.ndim < axes:
        raise ValueError(f"counts has {n.ndim} axes but needs {axes}: one row a branch, one column a class.")
    refuse_rows(n.max(axis=tuple(range(-axes, 0))) == 0, "counts", "holds no observation: give at least one")
    return n


def _threshold(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """The middle of a < b, halved first so as not to overflow; a itself where no float lies between."""
    t = a / 2.0 + b / 2.0
    return np.where((a <= t) & (t < b), t, a)


def _order(x: NDArray[np.float64]) -> NDArray[np.intp]:
    """np.argsort(x), in half its time for many numbers.

    Each number is rounded to one of 2^16 places, which puts none before a smaller one; places sort by radix, and what
    is then nearly in order sorts fast. The range of the places is that of a sample without its ends, so that a few
    numbers far out do not crowd the others together.
    """
    sample = np.sort(x[:: max(len(x) // 1000, 1)])
    low, high = sample[len(sample) // 100], sample[-1 - len(sample) // 100]
    with np.errstate(divide="ignore", over="ignore"):
        scale = (2.0**16 - 1.0) / (high - low)
    if len(x) < 2**14 or not 0.0 < scale < np.inf:
        return np.argsort(x)
    rough = np.argsort(((np.clip(x, low, high) - low) * scale).astype(np.uint16), kind="stable")
    return rough[np.argsort(x[rough], kind="stable")]


def _left_counts(x: NDArray, codes: NDArray, n_classes: int) -> tuple[NDArray[np.float64], list[NDArray[np.int64]]]:
    """The sorted numbers, and for each class how many of it are among the first 1, 2, ... of them."""
    order = _order(x)
    ranked = codes[order]
    return x[order], [np.cumsum(ranked == c) for c in range(n_classes)]


def _best_split(X: NDArray[np.float64], codes: NDArray, n_classes: int, criterion: Criterion) -> Split | None:
    codes = codes.astype(np.uint8) if n_classes <= 256 else codes
    totals = np.bincount(codes, minlength=n_classes)
    n_log_n = np.arange(len(X) + 1.0)
    n_log_n[1:] *= np.log(n_log_n[1:])
    slack = 1e-12 * max(n_log_n[-1], 1.0)  # sums of this size are right to about 1e-13
    best, candidates = -np.inf, []
    for feature, x in enumerate(np.ascontiguousarray(X.T)):  # sorting wants a column in one piece
        values, left = _left_counts(x, codes, n_classes)
        possible = values[1:] > values[:-1]
        if not possible.any():
            continue
        purity = _purity([counts[:-1] for counts in left], totals, criterion, n_log_n)
        purity[~possible] = -np.inf
        best = max(best, purity.max())
        cuts = np.flatnonzero(purity >= best - slack)
        below = np.stack([counts[cuts] for counts in left], axis=-1)
        threshold = _threshold(values[cuts], values[cuts + 1])
        candidates.append((np.full(len(cuts), feature), purity[cuts], threshold, below))
    if not candidates:
        return None
    # The best few are told apart by their exact gains; of equal ones the first counts.
    feature, purity, threshold, below = (np.concatenate(parts) for parts in zip(*candidates, strict=True))
    close = np.flatnonzero(purity >= best - slack)
    counts = np.stack([below[close], totals - below[close]], axis=-2)
    gains = information_gain(counts, criterion)
    top = int(np.argmax(gains))
    return Split(int(feature[close[top]]), float(threshold[close[top]]), float(gains[top]), counts[top])


def _purity(left: list[NDArray], totals: NDArray, criterion: Criterion, n_log_n: NDArray[np.float64]) -> NDArray:
    """For each cut a number that rises with its gain: N times the mean purity of the two sides, up to a constant."""
    n = len(n_log_n) - 1
    if criterion == "misclassification":
        most = [np.maximum.reduce(side) for side in (left, [t - c for c, t in zip(left, totals, strict=True)])]
        return (most[0] + most[1]).astype(np.float64)
    if criterion == "gini":
        size = np.arange(1.0, n)
        sides = [sum(np.square(c, dtype=np.float64) for c in left)]
        sides.append(sum(np.square(t - c, dtype=np.float64) for c, t in zip(left, totals, strict=True)))
        return sides[0] / size + sides[1] / size[::-1]
    purity = -n_log_n[1:n] - n_log_n[n - 1 : 0 : -1]
    for counts, total in zip(left, totals, strict=True):
        purity += n_log_n.take(counts)
        purity += n_log_n.take(total - counts)
    return purity


def _grow(X: NDArray[np.float64], codes: NDArray, classes: NDArray, depth: int, criterion: Criterion) -> Node:
    counts = np.bincount(codes, minlength=len(classes))
    here = float(impurity(counts, criterion))
    prediction = classes[counts.argmax()].item()
    split = _best_split(X, codes, len(classes), criterion) if depth > 0 and np.count_nonzero(counts) > 1 else None
    if split is None:
        return Node(counts, here, prediction, None, None, None)
    yes = X[:, split.feature] <= split.threshold
    branches = (_grow(X[rows], codes[rows], classes, depth - 1, criterion) for rows in (yes, ~yes))
    return Node(counts, here, prediction, split, *branches)
