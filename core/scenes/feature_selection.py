"""The records behind the Feature selection page."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core import datasets
from core._checks import as_float
from core.datasets import LabelledPoints
from core.discrete import entropy, kl_divergence
from core.estimate import mi_ross_by_class, mutual_information_table
from core.joint import contingency_table, mutual_information
from core.selection import (
    CRITERIA,
    Criterion,
    Pairs,
    Selection,
    correlation_ratio,
    cramers_v,
    equal_bins,
    joint_information,
    pairwise_information,
    select,
)
from core.table import Column, Table, as_classes

Array = NDArray[np.float64]
MOST = float(np.log(4))  # the largest entropy of a target among the examples
SHOWN = 12  # columns that a picture has room for
LABELS = 20  # names of a column that are told apart in pairs; the rarer ones count as one
CELLS = 2_000_000  # numbers that are shuffled in one go: half a second
CHECKS = 10  # shuffles behind what the kept columns tell beyond chance
EXAMPLES = ("Iris", "Play tennis", "A copy", "XOR pair", "Ring")


@cache
def example(name: str) -> Table:
    """One of the built-in tables.

    >>> example("Iris").names[-1], example("XOR pair").rows
    ('species', 2000)
    """
    if name == "Play tennis":
        return _play_tennis()
    clouds = {
        "Iris": (datasets.iris, "species"),
        "A copy": (lambda: datasets.redundant_and_synergistic(2000, seed=1), "label"),
        "XOR pair": (lambda: datasets.xor_among_noise(2000, seed=1), "label"),
        "Ring": (lambda: datasets.ring(2000, seed=1), "place"),
    }
    if name not in clouds:
        raise ValueError(f"example is {name!r}: choose one of {', '.join(EXAMPLES)}.")
    draw, target = clouds[name]
    points: LabelledPoints = draw()
    numbers = [Column(feature, x) for feature, x in zip(points.feature_names, points.X.T, strict=True)]
    return _table(name, [*numbers, Column(target, points.y, points.class_names)], points.source)


def _play_tennis() -> Table:
    tennis = datasets.PLAY_TENNIS
    named = dict(zip(tennis.feature_names, zip(*tennis.rows, strict=True), strict=True)) | {"Play": tennis.labels}
    columns = []
    for name, texts in named.items():
        names = tuple(sorted(set(texts)))
        columns.append(Column(name, np.array([names.index(text) for text in texts]), names))
    return _table("Play tennis", columns, tennis.source)


def _table(name: str, columns: list[Column], source: str) -> Table:
    rows = len(columns[0].values)
    return Table(tuple(columns), columns[-1].name, rows, (source,), "", "", True, ".", f"example {name}")


# --- one column at a time


@dataclass(frozen=True, slots=True)
class Relevance:
    """What each column tells about the target, the one that tells most first; its terms sum to the information."""

    target: str
    classes: tuple[str, ...]
    shares: Array  # (c,) of the classes
    entropy: float  # of the target: all there is to know
    rows: int
    names: tuple[str, ...]  # of the columns, ranked
    places: NDArray[np.int64]  # in the table, of the ranked columns
    is_label: tuple[bool, ...]
    information: Array  # (d,) ranked
    terms: Array  # (d, c) what each class adds
    association: Array  # (d,) correlation ratio of a number, Cramer's V of a label


def relevance(table: Table) -> Relevance:
    """Information of each column with the target: Ross's estimate for numbers, plug-in for labels.

    >>> relevance(example("Play tennis")).names[0]
    'Outlook'
    """
    y = as_classes(table.column(table.target))
    if not table.features:
        raise ValueError("There is no column besides the target.")
    shares = np.bincount(y.values) / len(y.values)
    terms = np.stack([_terms(column, y.values, shares) for column in table.features])
    measure = [cramers_v if column.is_label else correlation_ratio for column in table.features]
    association = np.array([m(c.values, y.values) for m, c in zip(measure, table.features, strict=True)])
    information = terms.sum(axis=1)
    order = np.argsort(-information, kind="stable")
    ranked = [table.features[i] for i in order]
    return Relevance(
        table.target, y.names, shares, entropy(shares), table.rows, tuple(column.name for column in ranked), order,
        tuple(column.is_label for column in ranked), information[order], terms[order], association[order],
    )  # fmt: skip


def _terms(column: Column, y: NDArray[np.int64], shares: Array) -> Array:
    """p(c) KL(p(x|c) || p(x)) for each class c."""
    if not column.is_label:
        return mi_ross_by_class(column.values, y)
    counts = contingency_table(column.values, y).counts
    return shares * kl_divergence((counts / counts.sum(axis=0)).T, counts.sum(axis=1) / len(y))


def shuffled(table: Table, seed: int, start: int, stop: int) -> Array:
    """Information of each column, in the table's order, with labels shuffled: the shuffles from start to stop.

    Shuffle i is the same whatever was computed before it, so a longer run goes on where a shorter one ended.

    >>> tennis = example("Play tennis")
    >>> bool((shuffled(tennis, 1, 0, 5)[2:] == shuffled(tennis, 1, 2, 5)).all())
    True
    """
    y = as_classes(table.column(table.target)).values
    X = np.stack([column.values for column in table.features], axis=1).astype(np.float64)
    labels = np.array([column.is_label for column in table.features])
    orders = (np.random.default_rng([seed, i]).permutation(y) for i in range(start, stop))
    return np.array([mutual_information_table(X, order, labels) for order in orders]).reshape(-1, len(labels))


def at_once(table: Table) -> int:
    """How many shuffles of this table are computed in one go."""
    return max(1, CELLS // (table.rows * max(1, len(table.features))))


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranked columns beside what shuffled labels give."""

    relevance: Relevance
    low: Array  # (d,) 5 % of the shuffles lie below, in each column
    limits: Array  # (d,) 95 % of the shuffles lie below in all columns at once
    p: Array  # (d,) how often chance does as well, the state itself counted in
    beyond: NDArray[np.bool_]  # (d,) columns above their limit
    shuffles: int
    wanted: int


def ranking(found: Relevance, null: ArrayLike, wanted: int) -> Ranking:
    """Set the columns against shuffles of the labels.

    p = (1 + number as good)/(1 + shuffles): Phipson & Smyth (2010). The limits are those of the largest of all columns,
    each in standard deviations from its own mean, since chance reaches further in some: Westfall & Young (1993).

    >>> tennis = example("Play tennis")
    >>> bool(ranking(relevance(tennis), shuffled(tennis, 1, 0, 100), 100).beyond.any())  # 14 rows are too few
    False
    """
    null = as_float(null, "null", ndim=2)[:, found.places]
    mean, spread = null.mean(axis=0), null.std(axis=0)
    away = np.divide(null - mean, spread, where=spread > 0, out=np.full_like(null, -np.inf))
    reach = max(float(np.quantile(away.max(axis=1), 0.95, method="higher")), 0.0)
    limits = mean + reach * spread
    p = (1 + (null >= found.information - 1e-12).sum(axis=0)) / (1 + len(null))
    beyond = found.information > limits + 1e-12
    return Ranking(found, np.quantile(null, 0.05, axis=0), limits, p, beyond, len(null), wanted)


# --- columns together


@dataclass(frozen=True, slots=True)
class Binned:
    """The table as codes, numbers cut into bins, with the information of pairs."""

    names: tuple[str, ...]  # in the table's order
    codes: NDArray[np.int64]
    y: NDArray[np.int64]
    bins: int
    pairs: Pairs


def binned(table: Table, bins: int) -> Binned:
    """Cut the numbers into equally full bins and count pairs.

    >>> round(float(binned(example("A copy"), 4).pairs.redundancy[0, 1] / np.log(2)), 12)  # four full bins: two bits
    2.0
    """
    y = as_classes(table.column(table.target)).values
    codes = np.stack([_labels(c) if c.is_label else equal_bins(c.values, bins) for c in table.features], axis=1)
    names = tuple(column.name for column in table.features)
    return Binned(names, codes, y, bins, pairwise_information(codes, y))


def _labels(column: Column) -> NDArray[np.int64]:
    if len(column.names) <= LABELS:
        return column.values
    often = np.argsort(-np.bincount(column.values), kind="stable")[: LABELS - 1]
    place = np.full(len(column.names), LABELS - 1)
    place[often] = np.arange(LABELS - 1)
    return place[column.values]


@dataclass(frozen=True, slots=True)
class Steps:
    """Columns as one criterion chooses them, at most SHOWN, and as the other criteria do."""

    criterion: Criterion
    bins: int
    names: tuple[str, ...]  # in the order of the choice
    selection: Selection
    orders: dict[str, tuple[str, ...]]  # of all criteria
    pairs: Pairs
    of: tuple[str, ...]  # names in the order of `pairs`


def steps(table: Binned, criterion: Criterion) -> Steps:
    """Choose by one criterion, beside what the others choose.

    >>> steps(binned(example("A copy"), 5), "mRMR").names[-1]
    'copy'
    """
    size = min(SHOWN, len(table.names))
    chosen = {c: select(table.pairs, c, size) for c in CRITERIA}
    orders = {c: tuple(table.names[i] for i in found.order) for c, found in chosen.items()}
    return Steps(criterion, table.bins, orders[criterion], chosen[criterion], orders, table.pairs, table.names)


@dataclass(frozen=True, slots=True)
class Together:
    """What the first columns of each criterion tell jointly, and how much of it is chance."""

    entropy: float
    bins: int
    joint: dict[str, Array]  # (d,) I(X_1 ... X_m; Y), for m = 1 ... d
    chance: dict[str, Array]  # its mean under shuffled labels
    beyond: dict[str, Array]  # the difference


def together(table: Table, bins: int, seed: int) -> Together:
    """Joint information of the first 1, 2, ... columns of each criterion, less its mean over CHECKS shuffles.

    >>> found = together(example("XOR pair"), 3, seed=1)
    >>> bool(found.beyond["JMI"][1] > 5 * found.beyond["single"][1])
    True
    """
    cut = binned(table, bins)
    joint, chance, size = {}, {}, min(SHOWN, len(cut.names))
    orders = [np.random.default_rng([seed, i]).permutation(cut.y) for i in range(CHECKS)]
    for criterion in CRITERIA:
        codes = cut.codes[:, select(cut.pairs, criterion, size).order]
        joint[criterion] = joint_information(codes, cut.y)
        chance[criterion] = np.mean([joint_information(codes, order) for order in orders], axis=0)
    beyond = {c: joint[c] - chance[c] for c in CRITERIA}
    return Together(cut.pairs.target_entropy, bins, joint, chance, beyond)


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    ring_correlation: float
    ring_information: float
    row_number: float  # information of a column that numbers the rows of Play tennis
    row_number_shuffled: float
    tennis_entropy: float
    xor_alone: float
    xor_together: float
    copies_alone: float  # of the signal, by itself
    copies_together: float  # with its copy


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> claims().xor_alone
    0.0
    """
    one = relevance(example("Ring"))
    x = one.names.index("x")
    play = example("Play tennis").column("Play").values
    numbers, mixed = np.arange(play.size), np.random.default_rng(1).permutation(play)
    row, row_mixed = (mutual_information(contingency_table(numbers, y).counts) for y in (play, mixed))
    a, b = np.unravel_index(np.arange(4), (2, 2))
    xor = joint_information(np.stack([a, b], axis=1), a ^ b)
    table = binned(example("A copy"), 5)
    copies = joint_information(table.codes[:, :2], table.y)
    return Claims(
        float(one.association[x]), float(one.information[x]), row, row_mixed, entropy(np.bincount(play) / play.size),
        float(xor[0]), float(xor[1]), *map(float, copies),
    )  # fmt: skip
