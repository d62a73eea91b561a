"""The records behind the Tree splits page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core import datasets
from core.discrete import kl_divergence
from core.joint import mutual_information
from core.table import Table as OwnTable
from core.table import as_classes
from core.trees import best_splits, gain_ratio, impurity, information_gain, split_information

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
Criterion = Literal["gain", "gain ratio", "Gini", "misclassification"]
GAIN, RATIO, GINI, ERROR = CRITERIA = ("gain", "gain ratio", "Gini", "misclassification")
IMPURITIES = {GAIN: "entropy", RATIO: "entropy", GINI: "gini", ERROR: "misclassification"}
DATA = ("play tennis", "iris", "XOR", "moons")
CLOUDS = DATA[2:]  # drawn from a seed
IDENTIFIERS = {"play tennis": ("Day", "D"), "iris": ("Flower", ""), "XOR": ("Row", ""), "moons": ("Row", "")}
POINTS = 200  # of a cloud
DRAWN = 300  # rows of a longer table that a picture shows as points
GRID = 301  # places along the gain curve of a column with more values than that
COLUMNS = 48  # branches that a picture draws one by one
SAMPLE = 2000  # rows among whose values the thresholds of a longer column are looked for that are merely shown
OTHERS = 60  # thresholds beside the best that a candidate remembers
LONGEST = 400  # characters of a grown tree's text
ROOT, LEAF = "root", "."  # the text of a tree without questions, and of a node that is left alone
BEST = "best"  # the text of whichever question the criterion puts first


@dataclass(frozen=True, slots=True)
class Column:
    """One column to ask about: numbers, or places in the names of its values."""

    name: str
    values: NDArray
    names: tuple[str, ...] | None  # None for numbers


@dataclass(frozen=True, slots=True)
class Table:
    """Columns to ask about and the label y of each row, a place in `classes`, the most frequent first."""

    source: str
    columns: tuple[Column, ...]
    label: str
    classes: tuple[str, ...]
    y: Counts

    @property
    def numeric(self) -> tuple[int, ...]:
        """The columns of numbers that have a threshold."""
        found = (i for i, c in enumerate(self.columns) if c.names is None)
        return tuple(i for i in found if self.columns[i].values.min() < self.columns[i].values.max())


@dataclass(frozen=True, slots=True)
class Question:
    """Which of its values a column has, or whether it is at most a threshold."""

    column: int
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with what it would do: counts of the classes (columns) in each branch (rows), and its four scores."""

    question: Question
    name: str
    branches: tuple[str, ...]
    counts: Counts
    scores: dict[str, float]  # by criterion; the gain in nats
    split_information: float
    others: Array  # scores of some other thresholds by the criterion that ranks


@dataclass(frozen=True, slots=True)
class Ranking:
    """All candidates, the best first, and the node that they would split."""

    by: Criterion
    label: str
    classes: tuple[str, ...]
    counts: Counts
    entropy: float
    whole: float  # the node's impurity, which no gain exceeds; 1 for the gain ratio
    top: float  # the largest that can be with so many classes
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """One question in full: gain = sum of terms, terms_b = share_b KL(classes in b || classes in the node)."""

    name: str
    branches: tuple[str, ...]
    counts: Counts
    classes: tuple[str, ...]
    label: str
    shares: Array
    inside: Array  # (branches, classes), each row a distribution
    node: Array
    entropies: Array
    divergences: Array
    terms: Array
    entropy: float
    left_over: float  # H(label | branch)
    gain: float
    mutual_information: float  # of branch and label, from the joint table
    scores: dict[str, float]
    drawn: Counts  # of each branch; of very many, of COLUMNS groups whose classes are alike


# What a lecturer calls by name: data, whether with an identifier, criterion, first question, tree, threshold if any.
STATES = {
    **{name: ("play tennis", False, GAIN, name, ROOT) for name in ("Outlook", "Humidity", "Wind", "Temperature")},
    "The day wins": ("play tennis", True, GAIN, BEST, ROOT),
    "The flower’s number loses": ("iris", True, RATIO, "Flower", ROOT),
    "Iris": ("iris", False, GAIN, BEST, "petal length<=2.45;petal width<=1.75"),
    "XOR": ("XOR", False, GAIN, BEST, "x<=0;y<=0;y<=0", "x<=0"),
}


# --- tables


def table(data: str, seed: int = 1, identifier: bool = False) -> Table:
    """A named table, its rows numbered in a column of their own if that is wanted.

    >>> table("play tennis", identifier=True).columns[0].names[:2]
    ('D1', 'D2')
    """
    if data not in DATA:
        raise ValueError(f"data is {data!r}: choose one of {', '.join(DATA)}.")
    made = _tennis() if data == "play tennis" else _points(data, seed)
    return with_rows(made, *IDENTIFIERS[data]) if identifier else made


def of_own(given: OwnTable, identifier: bool = False) -> Table:
    """A reader's own table, the column that is to be explained as classes.

    >>> from core.table import read_table
    >>> of_own(read_table("height,kind\\n1,a\\n2,b\\n3,b")).classes
    ('b', 'a')
    """
    target = as_classes(given.column(given.target))
    columns = tuple(Column(plain(c.name), c.values, tuple(map(plain, c.names)) or None) for c in given.features)
    order = np.argsort(-np.bincount(target.values), kind="stable")
    classes = tuple(plain(target.names[i]) for i in order)
    made = Table(given.digest, columns, plain(target.name), classes, np.argsort(order)[target.values])
    return with_rows(made, "Row", "") if identifier else made


def plain(name: str) -> str:
    """A stranger's word, which a picture shows as it stands: what would be read as markup is exchanged.

    >>> plain("<b>size</b>")
    '‹b›size‹/b›'
    """
    return name.replace("<", "‹").replace(">", "›").replace("&", "＆")


def with_rows(made: Table, name: str, prefix: str) -> Table:
    """The same with a column that numbers the rows.

    >>> with_rows(table("play tennis"), "Day", "D").columns[0].names[:2]
    ('D1', 'D2')
    """
    rows = np.arange(made.y.size)
    return replace(made, columns=(Column(name, rows, tuple(f"{prefix}{i + 1}" for i in rows)), *made.columns))


def _tennis() -> Table:
    known = datasets.PLAY_TENNIS
    columns = tuple(words(name, known.column(name)) for name in known.feature_names)
    return labelled(known.source, columns, known.label_name, known.labels)


def _points(data: str, seed: int) -> Table:
    made = {"iris": lambda: datasets.iris(), "XOR": lambda: datasets.xor_cloud(POINTS, seed),
            "moons": lambda: datasets.moons(POINTS, seed)}[data]()  # fmt: skip
    columns = tuple(Column(name, x, None) for name, x in zip(made.feature_names, made.X.T, strict=True))
    label = {"iris": "Species", "XOR": "Sign", "moons": "Moon"}[data]
    return labelled(made.source, columns, label, [made.class_names[i] for i in made.y])


def words(name: str, values: Sequence[str]) -> Column:
    """A column of words, in the order in which they first occur.

    >>> words("Wind", ["Weak", "Strong", "Weak"]).values
    array([0, 1, 0])
    """
    names = tuple(dict.fromkeys(values))
    place = {v: i for i, v in enumerate(names)}
    return Column(name, np.array([place[v] for v in values]), names)


def labelled(source: str, columns: tuple[Column, ...], label: str, labels: Sequence[str]) -> Table:
    """A table with its classes in order of frequency, as they are drawn.

    >>> labelled("", (), "Play", ["No", "Yes", "Yes"]).classes
    ('Yes', 'No')
    """
    found = words(label, labels)
    order = np.argsort(-np.bincount(found.values), kind="stable")
    return Table(source, columns, label, tuple(found.names[i] for i in order), np.argsort(order)[found.values])


# --- questions


def question(made: Table, text: str) -> Question:
    """Read a question: a column's name or #number; for numbers, if wanted, with `<=` and a threshold.

    >>> question(table("iris"), "petal length <= 2.45")
    Question(column=2, threshold=2.45)
    """
    name, threshold = text.strip(), None
    names = [c.name for c in made.columns]
    if name not in names and (found := re.fullmatch(r"(.+?)\s*(?:<=|≤)\s*([-+−.\deE]+)", name)):
        name, said = found[1], found[2].replace("−", "-")
        try:
            threshold = float(said)
        except ValueError:
            raise ValueError(f"“{found[2][:20]}” is no threshold: write a number after <=.") from None
    column = _column(names, name)
    if threshold is not None and made.columns[column].names is not None:
        raise ValueError(f"{names[column][:30]} holds words, which have no threshold.")
    if threshold is not None and not np.isfinite(threshold):
        raise ValueError(f"“{found[2][:20]}” is no threshold: write a number after <=.")
    return Question(column, threshold)


def _column(names: list[str], name: str) -> int:
    number = re.fullmatch(r"#(\d{1,4})", name)
    if number and 0 < int(number[1]) <= len(names):
        return int(number[1]) - 1
    meant = [i for i, n in enumerate(names) if n == name] or [
        i for i, n in enumerate(names) if n.casefold() == name.casefold()
    ]
    if not meant:
        some = ", ".join(n[:20] for n in names[:6]) + (" and so on" if len(names) > 6 else "")
        raise ValueError(f"“{name[:30]}” is no column: there are {some}.")
    return meant[0]


def code(made: Table, asked: Question) -> str:
    """The text that is read as exactly this question.

    >>> code(table("iris"), Question(2, 2.45))
    'petal length<=2.45'
    """
    names = [c.name for c in made.columns]
    name = names[asked.column]
    plain = names.index(name) == asked.column and name == name.strip() and not re.search(r"[;<≤#]", name)
    text = name if plain and len(name) <= 24 and name not in (ROOT, BEST, LEAF) else f"#{asked.column + 1}"
    return text if asked.threshold is None else f"{text}<={asked.threshold:.12g}"


def neat(made: Table, asked: Question) -> Question:
    """The same question with a threshold of no more digits than tell it apart on its column's range.

    >>> neat(table("iris"), Question(2, 2.449999999))
    Question(column=2, threshold=2.45)
    """
    x = made.columns[asked.column].values
    places = 3 - int(np.floor(np.log10(max(float(x.max() - x.min()), 1e-290))))
    below = np.count_nonzero(x <= asked.threshold)
    for more in range(12):
        rounded = float(np.round(asked.threshold, places + more))
        if np.count_nonzero(x <= rounded) == below:
            return replace(asked, threshold=rounded)
    return asked


def counted(made: Table, asked: Question, rows: NDArray | None = None) -> tuple[tuple[str, ...], Counts]:
    """The branches of a question that rows go to, and how many of each class go there.

    >>> counted(table("play tennis"), Question(3))
    (('Weak', 'Strong'), array([[6, 2],
           [3, 3]]))
    """
    column, k = made.columns[asked.column], len(made.classes)
    values, y = (column.values, made.y) if rows is None else (column.values[rows], made.y[rows])
    if asked.threshold is not None:
        yes = values <= asked.threshold
        both = np.stack([np.bincount(y[side], minlength=k) for side in (yes, ~yes)])
        return ("yes", "no"), both
    counts = np.bincount(values * k + y, minlength=len(column.names) * k).reshape(-1, k)
    there = np.flatnonzero(counts.sum(axis=1))
    return tuple(column.names[i] for i in there), counts[there]


def score(counts: ArrayLike, by: Criterion) -> NDArray | float:
    """What a criterion says of a split (or a batch of them)."""
    if by == RATIO:
        return gain_ratio(counts)
    return information_gain(counts, IMPURITIES[by])


# --- ranking


def ranking(made: Table, by: Criterion, rows: NDArray | None = None) -> Ranking:
    """Every column's question, the best first; of a column of numbers the best threshold.

    The gain ratio judges the threshold of the largest gain, as C4.5 does since release 8: Quinlan (1996), Improved
    use of continuous attributes in C4.5, section 3. Of equal scores the first column counts.

    >>> [c.name for c in ranking(table("play tennis"), "gain").candidates]
    ['Outlook', 'Humidity', 'Wind', 'Temperature']
    """
    y, found = made.y if rows is None else made.y[rows], []
    columns = [column.values if rows is None else column.values[rows] for column in made.columns]
    numbers = [i for i, column in enumerate(made.columns) if column.names is None]
    best = best_splits(np.stack([columns[i] for i in numbers]).T, y, IMPURITIES[by]) if numbers else []
    threshold = {i: split.threshold for i, split in zip(numbers, best, strict=True) if split is not None}
    for i, column in enumerate(made.columns):
        if column.names is not None:
            found.append(_scored(made, Question(i), rows))
        elif i in threshold:
            others = _others(columns[i], y, len(made.classes), by)
            found.append(_scored(made, neat(made, Question(i, threshold[i])), rows, others))
    found = [candidate for candidate in found if len(candidate.branches) > 1]
    found.sort(key=lambda c: -round(c.scores[by], 14))  # equal up to rounding is equal
    counts, k = np.bincount(y, minlength=len(made.classes)), max(len(made.classes), 2)
    top = {GAIN: float(np.log(k)), RATIO: 1.0}.get(by, 1 - 1 / k)
    whole = 1.0 if by == RATIO else impurity(counts, IMPURITIES[by])
    return Ranking(by, made.label, made.classes, counts, impurity(counts), whole, top, tuple(found))


def _scored(made: Table, asked: Question, rows: NDArray | None, others: Array | None = None) -> Candidate:
    branches, counts = counted(made, asked, rows)
    scores = {criterion: float(score(counts, criterion)) for criterion in CRITERIA}
    others = np.empty(0) if others is None else others
    return Candidate(asked, named(made, asked), branches, counts, scores, split_information(counts), others)


def _others(x: Array, y: Counts, k: int, by: Criterion) -> Array:
    """The scores of thresholds of a column of numbers: of all if they are few, else of some, evenly taken."""
    cuts = np.unique(x[:: max(x.size // SAMPLE, 1)])
    cuts = cuts[cuts < x.max()]
    if not cuts.size:  # what differs is not among the rows looked at
        return np.empty(0)
    some = cuts[np.unique(np.linspace(0, cuts.size - 1, min(cuts.size, OTHERS)).round().astype(int))]
    between = np.bincount(np.searchsorted(some, x) * k + y, minlength=(some.size + 1) * k).reshape(-1, k)
    below = np.cumsum(between, axis=0)
    return np.asarray(score(np.stack([below[:-1], below[-1] - below[:-1]], axis=-2), by))


def named(made: Table, asked: Question) -> str:
    """A question in words.

    >>> named(table("iris"), Question(2, 2.45))
    'petal length ≤ 2.45'
    """
    name = made.columns[asked.column].name
    name = name if len(name) <= 24 else f"{name[:23]}…"
    return name if asked.threshold is None else f"{name} ≤ {asked.threshold:.6g}".replace("-", "\N{MINUS SIGN}")


def _by_class(x: NDArray, y: NDArray, k: int) -> tuple[Array, ...]:
    """The numbers of each class, sorted: how many lie at or below any threshold is a search in each."""
    order = np.argsort(x)
    x, y = x[order], y[order]
    return tuple(x[y == c] for c in range(k))


def _at(by_class: tuple[Array, ...], thresholds: ArrayLike) -> Counts:
    """Counts of yes and no of each class at thresholds: (..., 2, classes)."""
    t = np.asarray(thresholds)
    below = np.stack([np.searchsorted(x, t, side="right") for x in by_class], axis=-1)
    return np.stack([below, np.array([x.size for x in by_class]) - below], axis=-2)


def chosen(made: Table, ranked: Ranking, text: str) -> int:
    """The place of the question that a text names: a column, or the best.

    >>> t = table("play tennis")
    >>> chosen(t, ranking(t, "gain"), "Humidity"), chosen(t, ranking(t, "gain"), "best")
    (1, 0)
    """
    if text.strip().casefold() == BEST:
        return 0
    asked = question(made, text)
    if asked.threshold is not None:
        raise ValueError("The ranking has the best threshold of each column: write the name of the column alone.")
    return next(i for i, c in enumerate(ranked.candidates) if c.question == _of_column(made, ranked, asked.column))


def first(made: Table, ranked: Ranking) -> str:
    """The question about the first column, as text: one that says nothing about which is best.

    >>> t = table("iris")
    >>> first(t, ranking(t, "gain"))
    'sepal length'
    """
    return code(made, Question(min(c.question.column for c in ranked.candidates)))


def cut_of(made: Table, ranked: Ranking, text: str) -> Question:
    """The threshold that a text names: in full, as a column with its best one, or as the best of all.

    >>> t = table("iris")
    >>> cut_of(t, ranking(t, "gain"), "petal width")
    Question(column=3, threshold=0.8)
    """
    if text.strip().casefold() == BEST:
        return next(c.question for c in ranked.candidates if c.question.threshold is not None)
    asked = question(made, text)
    if made.columns[asked.column].names is not None:
        raise ValueError(f"{made.columns[asked.column].name[:30]} holds words, which have no threshold.")
    best = _of_column(made, ranked, asked.column)
    return best if asked.threshold is None else asked


def numbers(made: Table, most: int = 8) -> dict[str, str]:
    """The columns with thresholds, each with the text that asks for its best one.

    >>> list(numbers(table("XOR")))
    ['x', 'y']
    """
    return {made.columns[i].name[:24]: code(made, Question(i)) for i in made.numeric[:most]}


def _of_column(made: Table, ranked: Ranking, column: int) -> Question:
    found = [c.question for c in ranked.candidates if c.question.column == column]
    if not found:
        raise ValueError(f"All rows have the same {made.columns[column].name[:30]}: it cannot be asked about.")
    return found[0]


def split(ranked: Ranking, candidate: Candidate) -> Split:
    """One candidate in full.

    The gain is the mean divergence of the branches from the node: Cover & Thomas (2006), eq. 2.28 and 2.36.

    >>> r = ranking(table("play tennis"), "gain")
    >>> s = split(r, r.candidates[0])
    >>> bool(np.isclose(s.terms.sum(), s.gain))
    True
    """
    sizes = candidate.counts.sum(axis=1, keepdims=True)
    inside, node = candidate.counts / sizes, ranked.counts / ranked.counts.sum()
    shares, divergences = sizes[:, 0] / sizes.sum(), kl_divergence(inside, node)
    entropies = np.asarray(impurity(candidate.counts))
    return Split(
        candidate.name, candidate.branches, candidate.counts, ranked.classes, ranked.label, shares, inside, node,
        entropies, divergences, shares * divergences, ranked.entropy, float(shares @ entropies),
        candidate.scores[GAIN], mutual_information(candidate.counts), candidate.scores,
        _alike(candidate.counts, inside),
    )  # fmt: skip


def _alike(counts: Counts, inside: Array) -> Counts:
    if len(counts) <= COLUMNS:
        return counts
    ordered = counts[np.lexsort(inside.T[::-1])]
    return np.stack([part.sum(axis=0) for part in np.array_split(ordered, COLUMNS)])


# --- a threshold


@dataclass(frozen=True, slots=True)
class Scan:
    """One column of numbers: its rows as points, its gain at every threshold, the best of them."""

    column: int
    name: str
    by: Criterion
    label: str
    classes: tuple[str, ...]
    by_class: tuple[Array, ...]
    rows: int
    x: Array  # of the rows that are drawn
    y: Counts
    level: Array  # where in its band a point is drawn, in (0, 1)
    low: float
    high: float
    grid: Array  # thresholds, and the score from each on to the next
    curve: Array
    tried: int
    best: float
    best_score: float
    top: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A scan at one threshold."""

    threshold: float
    counts: Counts  # of yes and no
    score: float
    gain: float
    entropies: Array  # of yes and no; 0 for an empty side
    entropy: float


def scan(made: Table, column: int, by: Criterion) -> Scan:
    """Every threshold of one column of numbers. For the gain ratio the gain, by which it chooses its threshold.

    >>> scan(table("iris"), 2, "gain").best
    2.45
    """
    by = GAIN if by == RATIO else by
    x, k = made.columns[column].values, len(made.classes)
    parts, values = _by_class(x, made.y, k), np.unique(x)
    grid = values if values.size <= GRID else np.linspace(values[0], values[-1], GRID)
    curve = np.asarray(score(_at(parts, grid), by))
    (best,) = best_splits(x[:, None], made.y, IMPURITIES[by])
    asked = neat(made, Question(column, best.threshold))
    drawn = np.unique(np.linspace(0, x.size - 1, min(x.size, DRAWN)).round().astype(int))
    level = (np.arange(1, drawn.size + 1) * 0.6180339887) % 1  # the golden ratio spreads them evenly
    top = float(np.log(max(k, 2))) if by == GAIN else 1 - 1 / max(k, 2)
    return Scan(
        column, made.columns[column].name, by, made.label, made.classes, parts, x.size, x[drawn], made.y[drawn], level,
        float(values[0]), float(values[-1]), grid, curve, values.size - 1, asked.threshold, float(best.gain), top,
    )  # fmt: skip


def cut(scanned: Scan, threshold: float) -> Cut:
    """What one threshold does.

    >>> cut(scan(table("iris"), 2, "Gini"), 2.45).counts
    array([[50,  0,  0],
           [ 0, 50, 50]])
    """
    counts = _at(scanned.by_class, threshold)
    sides = np.array([impurity(side) if side.any() else 0.0 for side in counts])
    return Cut(
        threshold, counts, float(score(counts, scanned.by)), information_gain(counts), sides,
        impurity(counts.sum(axis=0)),
    )  # fmt: skip


# --- impurities


@dataclass(frozen=True, slots=True)
class Impurities:
    """The three impurities of a node with two classes, and on the criterion's curve the node and its branches.

    With more classes the first is held against all others.
    """

    by: Criterion
    name: str
    one: str  # the class whose share is p
    others: str
    p: Array
    curves: dict[str, Array]
    node: float
    node_impurity: float
    branches: Array
    branch_names: tuple[str, ...]
    branch_impurity: Array
    shares: Array
    mean_impurity: float
    gain: float


def impurities(chosen: Split, by: Criterion) -> Impurities:
    """Why a split gains: the mean of its branches lies under the curve on which the node lies.

    >>> r = ranking(table("play tennis"), "Gini")
    >>> i = impurities(split(r, r.candidates[0]), "Gini")
    >>> round(i.gain, 4), round(i.node_impurity - i.mean_impurity, 4)
    (0.1163, 0.1163)
    """
    p = np.linspace(0, 1, 201)
    two = np.stack([chosen.counts[:, 0], chosen.counts[:, 1:].sum(axis=1)], axis=1)
    kind, total = IMPURITIES[by], two.sum(axis=0)
    grid = np.stack([p, 1 - p], axis=1)
    curves = {c: np.asarray(impurity(grid, IMPURITIES[c])) for c in (GAIN, GINI, ERROR)}
    inside = np.asarray(impurity(two, kind))
    rest = chosen.classes[1] if len(chosen.classes) == 2 else "the others"
    return Impurities(
        by, chosen.name, chosen.classes[0], rest, p, curves, total[0] / total.sum(), impurity(total, kind),
        two[:, 0] / two.sum(axis=1), chosen.branches, inside, chosen.shares,
        float(chosen.shares @ inside), information_gain(two, kind),
    )  # fmt: skip


# --- growing a tree


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a grown tree. `state` is "asked", "open" (a question may follow), "pure" or "leaf" (left alone)."""

    parent: int | None
    branch: str
    depth: int
    rows: NDArray[np.int64]
    counts: Counts
    state: str
    asked: Candidate | None = None
    greedy: Candidate | None = None  # what the criterion would have asked here
    behind: float = 0.0  # how much more that would have scored


@dataclass(frozen=True, slots=True)
class Grown:
    """A tree after some questions, each asked at the first open node, level by level."""

    by: Criterion
    classes: tuple[str, ...]
    nodes: tuple[Node, ...]
    words: tuple[str, ...]  # the questions as text
    entropy: float  # of the label at the root
    told: float  # by all questions together: the information of leaf and label
    errors: int  # rows that are not of their leaf's most frequent class
    next: Ranking | None  # of the questions for the open node

    @property
    def current(self) -> int | None:
        """The node that the next question goes to."""
        return next((i for i, node in enumerate(self.nodes) if node.state == "open"), None)

    @property
    def text(self) -> str:
        """The tree as it stands in a link."""
        return ";".join(self.words) or ROOT

    def way(self, i: int) -> list[str]:
        """The answers that lead to a node."""
        node = self.nodes[i]
        if node.parent is None:
            return []
        return [*self.way(node.parent), f"{self.nodes[node.parent].asked.name}: {node.branch}"]


def seed_of(made: Table, ranked: Ranking) -> Grown:
    """A tree without questions, and the ranking of the first."""
    node = Node(None, "", 0, np.arange(made.y.size), ranked.counts, _state(ranked.counts))
    return _summed(made, Grown(ranked.by, made.classes, (node,), (), ranked.entropy, 0.0, 0, ranked), ranked)


def ask(made: Table, tree: Grown, text: str) -> Grown:
    """The tree after one more question, or after leaving its open node alone.

    >>> t = table("play tennis")
    >>> ask(t, seed_of(t, ranking(t, "gain")), "Humidity").nodes[0].greedy.name
    'Outlook'
    """
    here = tree.current
    if here is None:
        raise ValueError(f"Nothing is left to ask: every node before “{text.strip()[:30]}” is a leaf.")
    node = tree.nodes[here]
    if text.strip() == LEAF:
        return _grown(made, tree, LEAF, replace(node, state="leaf"), ())
    asked = question(made, text)
    if asked.threshold is None:
        asked = next((c.question for c in tree.next.candidates if c.question.column == asked.column), asked)
    values = made.columns[asked.column].values[node.rows]
    codes = values if asked.threshold is None else (values > asked.threshold).astype(np.int64)
    if codes.min() == codes.max():
        raise ValueError(f"All {node.rows.size} rows here answer “{named(made, asked)}” alike: ask something else.")
    done = _scored(made, asked, node.rows)
    order = np.argsort(codes, kind="stable")
    parts = np.split(node.rows[order], np.flatnonzero(np.diff(codes[order])) + 1)
    children = tuple(
        Node(here, branch, node.depth + 1, rows, counts, _state(counts))
        for branch, rows, counts in zip(done.branches, parts, done.counts, strict=True)
    )
    best = tree.next.candidates[0]
    node = replace(node, state="asked", asked=done, greedy=best, behind=best.scores[tree.by] - done.scores[tree.by])
    return _grown(made, tree, code(made, asked), node, children)


def _state(counts: Counts) -> str:
    return "open" if np.count_nonzero(counts) > 1 else "pure"


def _grown(made: Table, tree: Grown, word: str, node: Node, children: tuple[Node, ...]) -> Grown:
    here = tree.current
    nodes = (*tree.nodes[:here], node, *tree.nodes[here + 1 :], *children)
    return _summed(made, replace(tree, nodes=nodes, words=(*tree.words, word)))


def _summed(made: Table, tree: Grown, ranked: Ranking | None = None) -> Grown:
    """The tree with what its leaves tell and the next ranking; a node that no question divides becomes a leaf."""
    while (here := tree.current) is not None:
        ranked = ranked or ranking(made, tree.by, tree.nodes[here].rows)
        if ranked.candidates:
            break
        closed = replace(tree.nodes[here], state="leaf")
        tree, ranked = replace(tree, nodes=(*tree.nodes[:here], closed, *tree.nodes[here + 1 :])), None
    leaves = np.stack([node.counts for node in tree.nodes if node.state != "asked"])
    errors = int(leaves.sum() - leaves.max(axis=1).sum())
    return replace(tree, told=information_gain(leaves), errors=errors, next=ranked)


def next_steps(made: Table, tree: Grown, cut: Question | None = None, most: int = 8) -> dict[str, str]:
    """What can be done with a tree, by name: the text of the tree that comes of it.

    Of the open node's questions the best `most`, in the order of the columns, so that their order gives nothing away;
    a question with a threshold of its own, if it divides the node; then the ways on and back.

    >>> t = table("play tennis")
    >>> next_steps(t, seed_of(t, ranking(t, "gain")))["Wind?"]
    'Wind'
    """
    steps = {}
    if tree.next is not None:
        best = tree.next.candidates[0].question
        few = sorted((c.question for c in tree.next.candidates[:most]), key=lambda q: q.column)
        steps |= {f"{made.columns[q.column].name[:24]}?": [*tree.words, code(made, q)] for q in few}
        if cut is not None:
            x = made.columns[cut.column].values[tree.nodes[tree.current].rows]
            if x.min() <= cut.threshold < x.max():
                steps[f"{named(made, cut)}?"] = [*tree.words, code(made, cut)]
        steps["Greedy"] = [*tree.words, code(made, best)]
        steps["Leave as it is"] = [*tree.words, LEAF]
    if tree.words:
        steps |= {"Undo": tree.words[:-1], "Start over": ()}
    texts = {name: ";".join(words) or ROOT for name, words in steps.items()}
    return {name: text for name, text in texts.items() if len(text) <= LONGEST}


def words_of(text: str) -> tuple[str, ...]:
    """The questions in a tree's text.

    >>> words_of("Outlook; Wind"), words_of("root")
    (('Outlook', 'Wind'), ())
    """
    if len(text) > LONGEST:
        raise ValueError(f"The text has {len(text)} characters, more than {LONGEST}.")
    parts = tuple(part.strip() for part in text.split(";"))
    if not all(parts):
        raise ValueError(f"A question is missing: write {ROOT} for none, or questions with a semicolon between them.")
    return () if parts == (ROOT,) else parts


class Study:
    """A table with what has been worked out about it: each ranking, scan and tree once.

    >>> Study(table("play tennis")).tree("gain", "Outlook;Wind").current
    3
    """

    def __init__(self, made: Table):
        self.table = made
        self.ranking = cache(partial(ranking, made))
        self.split = lru_cache(16)(lambda by, place: split(self.ranking(by), self.ranking(by).candidates[place]))
        self.scan = lru_cache(16)(partial(scan, made))
        self.grown = lru_cache(64)(self._grown)

    def tree(self, by: Criterion, text: str) -> Grown:
        """The tree that a text says."""
        return self.grown(by, words_of(text))

    def _grown(self, by: Criterion, asked: tuple[str, ...]) -> Grown:
        if not asked:
            return seed_of(self.table, self.ranking(by))
        return ask(self.table, self.grown(by, asked[:-1]), asked[-1])


# --- the plane


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle of the plane that a tree does not divide further, and the class most frequent there."""

    node: int
    x: tuple[float, float]
    y: tuple[float, float]
    winner: int
    open: bool  # whether the next question goes here


@dataclass(frozen=True, slots=True)
class Plane:
    """Two columns of numbers as a plane, divided by the questions about them."""

    names: tuple[str, str]
    classes: tuple[str, ...]
    x: Array
    y: Array
    label: Counts
    rows: int
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    cells: tuple[Cell, ...]
    beyond: tuple[str, ...]  # columns that the tree asks about and the plane has not


def plane(made: Table, tree: Grown) -> Plane | None:
    """The plane of the first two columns of numbers that the tree asks about (else the last two), divided by it.

    >>> t = table("XOR")
    >>> len(plane(t, ask(t, seed_of(t, ranking(t, "gain")), "x<=0")).cells)
    2
    """
    if len(made.numeric) < 2:
        return None
    asked = list(dict.fromkeys(n.asked.question.column for n in tree.nodes if n.asked))
    pair = [*(i for i in asked if i in made.numeric), *(i for i in made.numeric[::-1] if i not in asked)][:2]
    first, second = sorted(pair)
    x, y = made.columns[first].values, made.columns[second].values
    drawn = np.unique(np.linspace(0, x.size - 1, min(x.size, DRAWN)).round().astype(int))
    limits = [_around(v) for v in (x, y)]
    cells = _cells(tree, 0, tuple(limits), (first, second))
    beyond = tuple(made.columns[i].name for i in asked if i not in (first, second))
    names = (made.columns[first].name, made.columns[second].name)
    return Plane(names, made.classes, x[drawn], y[drawn], made.y[drawn], x.size, *limits, tuple(cells), beyond)


def _around(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return low - 0.05 * (high - low), high + 0.05 * (high - low)


def _cells(tree: Grown, i: int, box: tuple, pair: tuple[int, int]) -> list[Cell]:
    node = tree.nodes[i]
    if node.asked is None or node.asked.question.column not in pair:
        return [Cell(i, *box, int(node.counts.argmax()), i == tree.current)]
    along, t = pair.index(node.asked.question.column), node.asked.question.threshold
    found = []
    for child in (j for j, other in enumerate(tree.nodes) if other.parent == i):
        low, high = box[along]
        side = (low, min(t, high)) if tree.nodes[child].branch == "yes" else (max(t, low), high)
        found += _cells(tree, child, (side, box[1]) if along == 0 else (box[0], side), pair)
    return found


# --- claims


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    day: dict[str, float]  # the scores of the day, as a column of play tennis
    outlook: dict[str, float]
    flower: dict[str, float]  # those of the number of the flower, as a column of iris
    petal: dict[str, float]
    xor_first: float  # the gain of x <= 0
    xor_all: float  # what x <= 0 and then y <= 0 on both sides tell
    errors: tuple[float, float]  # left by two splits of 400 and 400: into (300, 100), (100, 300); (200, 400), (200, 0)
    gains: tuple[float, float]  # of the two


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> claims().errors  # Hastie, Tibshirani & Friedman (2009), section 9.2.3
    (0.25, 0.25)
    """
    tennis, flowers = (
        {c.name.split(" ≤")[0]: c.scores for c in ranking(table(data, identifier=True), GAIN).candidates}
        for data in ("play tennis", "iris")
    )
    cloud = table("XOR")
    tree = seed_of(cloud, ranking(cloud, GAIN))
    for text in ("x<=0", "y<=0", "y<=0"):
        tree = ask(cloud, tree, text)
    pair = ([[300, 100], [100, 300]], [[200, 400], [200, 0]])
    errors = tuple(float(impurity([400, 400], "misclassification") - score(counts, ERROR)) for counts in pair)
    return Claims(
        tennis["Day"], tennis["Outlook"], flowers["Flower"], flowers["petal length"],
        float(tree.nodes[0].asked.scores[GAIN]), tree.told, errors, tuple(score(counts, GAIN) for counts in pair),
    )  # fmt: skip
