"""The records behind the Mutual information page."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_counts, as_int, as_scalar
from core.coupling import most_information, with_information
from core.datasets import AND, COPY, XOR, JointTable, PairedSample, circle, correlated_gaussian, iris, parabola
from core.estimate import entropy_from_counts, infonce_bound, mi_ksg, mutual_information_table
from core.gaussian import gaussian_mi, gaussian_pmi
from core.geometry import Venn2, lens_area, lens_outline, venn2
from core.joint import (
    InformationDiagram,
    conditional_entropy,
    conditional_mutual_information,
    information_diagram,
    joint_entropy,
    marginals,
    mutual_information,
    pointwise_mutual_information,
    total_correlation,
)
from core.table import Column, Table, as_classes

Array = NDArray[np.float64]
POINTS = 201  # along a curve
# Joint tables by the names that a lecturer would say: rows by semicolons, cells by commas, shares or counts.
TABLES = {
    "Weather and umbrella": "Weather/Umbrella:No,Yes;Dry:0.4,0.1;Rain:0.05,0.45",
    "Independent": "0.42,0.18;0.28,0.12",
    "Copy": "1/2,0;0,1/2",
    "Outlook and play": "Outlook/Play:No,Yes;Overcast:0,4;Rain:2,3;Sunny:3,2",  # Quinlan (1986), 14 days
    "Die and parity": "Die/Parity:odd,even;1:1,0;2:0,1;3:1,0;4:0,1;5:1,0;6:0,1",
    # Cover & Thomas (2006), section 7.1.3, with four letters: each is printed as itself or as the next.
    "Noisy typewriter": "Typed/Printed:A,B,C,D;A:1,1,0,0;B:0,1,1,0;C:0,0,1,1;D:1,0,0,1",
}


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint table with what its variables know of each other; terms = p pmi, whose sum is the information."""

    p: Array  # (nx, ny)
    x: Array
    y: Array
    product: Array  # of the marginals: what p would be if they were independent
    pmi: Array
    terms: Array
    h_x: float
    h_y: float
    h_xy: float
    h_x_given_y: float
    h_y_given_x: float
    information: float
    venn: Venn2  # circles of areas h_x and h_y that share the information
    lens: Array  # (n, 2), its outline, with circle X around (0, 0)
    most_x: float  # log nx and log ny: what the entropies could be at most
    most_y: float
    nearest: float  # the least distance of the circles that dependence alone can bring about


def joint(counts: ArrayLike, shared: float | None = None) -> Joint:
    """What a table of counts says. With `shared` (nats) the circles overlap by that much instead of the information.

    >>> round(joint([[8, 2], [1, 9]]).information, 4)  # weather and umbrella: 0.3973 bits
    0.2754
    """
    n = as_counts(counts, "counts", ndim=2)
    (x, y), pmi = marginals(n), pointwise_mutual_information(n)
    p = n / n.sum()
    terms = np.multiply(p, pmi, where=p > 0, out=np.zeros_like(p))  # a pair that never occurs contributes nothing
    h_x, h_y = (entropy_from_counts(n.sum(axis=axis)) for axis in (1, 0))
    information = mutual_information(n)
    overlap = min(information if shared is None else as_scalar(shared, "shared", low=0), h_x, h_y)
    venn = venn2(h_x, h_y, overlap)
    return Joint(
        p, x, y, np.outer(x, y), pmi, terms, h_x, h_y, joint_entropy(n), conditional_entropy(n, "y"),
        conditional_entropy(n, "x"), information, venn,
        lens_outline(venn.radius_a, venn.radius_b, venn.distance), float(np.log(n.shape[0])), float(np.log(n.shape[1])),
        venn2(h_x, h_y, min(max(most_information(n), information), h_x, h_y)).distance,
    )  # fmt: skip


def at_distance(counts: ArrayLike, distance: float) -> NDArray[np.int64]:
    """The counts with the same marginals whose circles are so far apart, or as near as dependence can bring them.

    >>> at_distance([[8, 2], [1, 9]], 9.0).tolist()  # apart: independent
    [[9, 11], [9, 11]]
    """
    v = joint(counts).venn
    return with_information(counts, lens_area(v.radius_a, v.radius_b, as_scalar(distance, "distance", low=0)))


TRIPLES: dict[str, JointTable] = {"XOR": XOR, "AND": AND, "Copy": COPY}


@dataclass(frozen=True, slots=True)
class Three:
    """Three bits, the last of them noisy, and the seven atoms of their entropies."""

    rule: str
    noise: float
    p: Array  # (2, 2, 2)
    atoms: InformationDiagram
    shared: float  # I(X; Y)
    shared_given: float  # I(X; Y | Z)
    total: float  # H(X, Y, Z), the sum of the atoms
    correlation: float  # total correlation


def three(rule: str, noise: float) -> Three:
    """X and Y with Z made from them by the rule, then flipped with probability `noise`.

    >>> scene = three("XOR", 0.0)
    >>> round(scene.atoms.xyz, 4), round(scene.total, 4)  # -1 bit and 2 bits
    (-0.6931, 1.3863)
    """
    if rule not in TRIPLES:
        raise ValueError(f"rule is {rule!r}: choose one of {', '.join(TRIPLES)}.")
    noise = as_scalar(noise, "noise", low=0, high=1)
    clean = TRIPLES[rule].p
    p = (1 - noise) * clean + noise * clean[..., ::-1]
    return Three(
        rule, noise, p, information_diagram(p), mutual_information(p.sum(axis=2)), conditional_mutual_information(p),
        joint_entropy(p, variables=3), total_correlation(p),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gaussian:
    """Correlated normal variables: the information in closed form, and what neighbors say of a seeded sample."""

    rho: float
    sample: PairedSample
    k: int
    information: float
    estimate: float
    grid: Array  # of correlations
    curve: Array


def gaussian(rho: float, n: int, k: int, seed: int) -> Gaussian:
    """-log(1 - rho^2)/2 beside the estimate of Kraskov, Stoegbauer and Grassberger from n draws.

    >>> scene = gaussian(0.0, 100, 3, seed=1)
    >>> scene.information, abs(scene.estimate) < 0.2
    (0.0, True)
    """
    sample, grid = correlated_gaussian(n, rho, seed), np.linspace(-0.99, 0.99, POINTS)
    return Gaussian(rho, sample, k, gaussian_mi(rho), mi_ksg(sample.x, sample.y, k), grid, gaussian_mi(grid))


SHAPES = {"Circle": circle, "Parabola": parabola}


@dataclass(frozen=True, slots=True)
class Shape:
    """Points around a curve whose correlation is 0, and what they tell about each other all the same."""

    name: str
    noise: float
    sample: PairedSample
    k: int
    correlation: float
    linear: float  # what a Gaussian with that correlation would share
    estimate: float


def shape(name: str, noise: float, n: int, k: int, seed: int) -> Shape:
    """Draws around a circle or a parabola.

    >>> scene = shape("Circle", 0.05, 400, 3, seed=1)
    >>> abs(scene.correlation) < 0.15, scene.estimate > 1
    (True, True)
    """
    if name not in SHAPES:
        raise ValueError(f"name is {name!r}: choose one of {', '.join(SHAPES)}.")
    sample = SHAPES[name](n, seed, noise)
    r = float(np.corrcoef(sample.x, sample.y)[0, 1])
    return Shape(name, noise, sample, k, r, gaussian_mi(r), mi_ksg(sample.x, sample.y, k))


ANCHORS = 512  # scored at each batch size: few large batches or many small ones
SIZES = 2 ** np.arange(1, 9)


@dataclass(frozen=True, slots=True)
class Contrast:
    """InfoNCE with the best possible scores: what it can say of the information, against the size of the batch."""

    rho: float
    information: float
    sizes: NDArray[np.int64]
    ceiling: Array  # log N
    bounds: Array  # averaged over batches
    size: int
    bound: float


def contrast(rho: float, size: int, seed: int) -> Contrast:
    """The InfoNCE bound on the information of correlated normal variables, scored by log p(y|x)/p(y).

    >>> scene = contrast(0.999, 8, seed=1)
    >>> bool(scene.bound < np.log(8) < scene.information)
    True
    """
    size = as_int(size, "size", low=2, high=int(SIZES[-1]))
    sample = correlated_gaussian(ANCHORS, rho, seed)
    scores = gaussian_pmi(sample.x[:, None], sample.y[None, :], rho)
    bounds = np.array([_bound(scores, int(n)) for n in SIZES])
    return Contrast(rho, gaussian_mi(rho), SIZES, np.log(SIZES), bounds, size, _bound(scores, size))


def _bound(scores: Array, size: int) -> float:
    """The mean over batches of so many anchors, each scored against all partners of its batch."""
    batches = np.arange(len(scores) // size * size).reshape(-1, size)
    return float(np.mean(infonce_bound(scores[batches[:, :, None], batches[:, None, :]])))


# --- two columns of a table


def example() -> Table:
    """Iris as a table, for readers who have given none.

    >>> example().names[-1]
    'species'
    """
    flowers = iris()
    columns = [Column(name, flowers.X[:, i]) for i, name in enumerate(flowers.feature_names)]
    columns.append(Column("species", flowers.y, flowers.class_names))
    return Table(tuple(columns), "species", len(flowers.y), (), "utf-8", "comma", True, ".", "iris")


ROWS = 20_000  # from more rows than that a sample is drawn for the neighbors
SHOWN, VALUES = 1500, 6  # points of a picture, and values of a table


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns and what they tell about each other, by the estimator that suits their kinds."""

    first: Column
    second: Column
    method: str  # one of METHODS
    rows: int  # that the estimate rests on
    of: int  # rows of the table
    estimate: float
    bias: float  # what chance adds to counted pairs, about
    correlation: float | None  # of two columns of numbers
    some: NDArray[np.int64]  # rows to draw


METHODS = ("counted", "Ross", "Kraskov")


def pair(table: Table, first: str, second: str, k: int = 3) -> Pair:
    """Labels are counted; a number and a label go to Ross, two numbers to Kraskov, Stoegbauer and Grassberger.

    >>> scene = pair(example(), "petal length", "species")
    >>> scene.method, scene.rows
    ('Ross', 150)
    """
    x, y = table.column(first), table.column(second)
    method = METHODS[2 - x.is_label - y.is_label]
    if method == "counted" and len(x.names) * len(y.names) > 10**6:
        raise ValueError(f"“{first}” and “{second}” have too many values to count their pairs: choose another column.")
    rng, n = np.random.default_rng(0), table.rows
    rows = np.arange(n) if method == "counted" or n <= ROWS else np.sort(rng.choice(n, ROWS, replace=False))
    a, b = x.values[rows], y.values[rows]
    estimate = mutual_information_table(
        np.asarray(a, dtype=np.float64)[:, None], b, discrete_features=x.is_label, discrete_target=y.is_label, k=k
    )[0]
    varies = method == METHODS[2] and np.ptp(a) > 0 and np.ptp(b) > 0
    r = float(np.clip(np.corrcoef(a, b)[0, 1], -1, 1)) if varies else None
    some = rows if rows.size <= SHOWN else np.sort(rng.choice(rows, SHOWN, replace=False))
    bias = (len(x.names) - 1) * (len(y.names) - 1) / (2 * n) if method == "counted" else 0.0  # Miller (1955)
    return Pair(x, y, method, rows.size, n, float(estimate), bias, r, some)


def crossed(first: Column, second: Column) -> tuple[NDArray[np.int64], tuple[str, ...], tuple[str, ...]]:
    """How often the values of two columns occur together, many numbers cut into groups; rare values are "others".

    >>> counts, rows, columns = crossed(*(example().column(name) for name in ("petal width", "species")))
    >>> counts.tolist(), rows[0], columns[0]
    ([[50, 0, 0], [0, 48, 4], [0, 2, 46]], 'up to 0.6', 'setosa')
    """
    (a, rows), (b, columns) = (_few_values(as_classes(column)) for column in (first, second))
    counts = np.bincount(a * len(columns) + b, minlength=len(rows) * len(columns))
    return counts.reshape(len(rows), len(columns)), rows, columns


def _few_values(classes: Column) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    often = np.bincount(classes.values, minlength=len(classes.names))
    if often.size <= VALUES:
        return classes.values, classes.names
    kept = np.sort(np.argsort(-often, kind="stable")[: VALUES - 1])
    place = np.full(often.size, VALUES - 1)
    place[kept] = np.arange(kept.size)
    return place[classes.values], (*(classes.names[i] for i in kept), "others")


@dataclass(frozen=True, slots=True)
class Claims:
    """Numbers that settle what is often said wrongly."""

    correlation: float  # of a parabola
    shared: float  # what its points tell about each other, estimated
    pair: float  # XOR: any two
    given: float  # XOR: any two when the third is known
    center: float
    ceiling: float  # InfoNCE with 16 candidates
    bound: float
    information: float
    least: float  # the least pointwise information of weather and umbrella


def claims() -> Claims:
    """The numbers that settle them.

    >>> round(claims().given, 4)  # 1 bit
    0.6931
    """
    bent, xor, few = shape("Parabola", 0.05, 2000, 3, seed=1), three("XOR", 0.0), contrast(0.999, 16, seed=1)
    least = float(joint([[8, 2], [1, 9]]).pmi.min())
    return Claims(
        bent.correlation, bent.estimate, xor.shared, xor.shared_given, xor.atoms.xyz, float(np.log(16)), few.bound,
        few.information, least,
    )  # fmt: skip
