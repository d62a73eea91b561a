"""The records behind the Softmax temperature page."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_float, as_int, as_scalar
from core.datasets import GETTYSBURG, stretched_logits
from core.decoding import top_k, top_p
from core.discrete import entropy, entropy_from_logits, kl_divergence, perplexity
from core.estimate import running_mean_surprisal
from core.losses import (
    ReliabilityDiagram,
    cross_entropy_with_logits,
    cross_entropy_with_logits_grad,
    expected_calibration_error,
    fit_temperature,
    log_softmax,
    reliability_diagram,
    softmax,
)
from core.scenes.entropy import Simplex, simplex
from core.simplex import to_plane

Array = NDArray[np.float64]
COLDEST, HOTTEST = 0.05, 20.0  # between these ends temperature is continuous; exactly 0 and infinity lie beyond
POINTS = 201  # along a curve
TEMPERATURES = np.array([0.0, *(float(f"{t:.3g}") for t in np.geomspace(COLDEST, HOTTEST, 161)), np.inf])
MOST = float(np.log(8))  # the entropy of eight equally likely outcomes


@dataclass(frozen=True, slots=True)
class Softmax:
    """Logits z and the distribution that they make at a temperature; terms_i = -p_i log p_i sum to the entropy."""

    z: Array
    added: float
    temperature: float
    p: Array
    surprisal: Array
    weights: Array  # e^{(z_i - max z)/T}, 1 for the largest
    total: float  # of the weights
    terms: Array
    entropy: float
    maximum: float  # log K, the entropy at infinite temperature
    effective: float  # e^H: as undecided as among so many equal choices
    shift: float  # by how much adding the constant changed any probability: rounding, and nothing else


def at_temperature(z: ArrayLike, temperature: float, added: float = 0.0) -> Softmax:
    """Softmax of z + added at a temperature in [0, inf].

    >>> at_temperature([1.0, 1.0], 1.0).effective
    2.0
    """
    z = as_float(z, "z", ndim=1)
    moved = z + as_scalar(added, "added")
    p, surprisal = softmax(moved, temperature), -log_softmax(moved, temperature) + 0.0
    weights = p / p.max()
    terms = np.multiply(p, surprisal, where=p > 0, out=np.zeros_like(p))  # 0 log 0 = 0
    h, most = entropy_from_logits(moved, temperature), entropy(np.full(p.size, 1 / p.size))
    shift = float(np.abs(p - softmax(z, temperature)).max())
    return Softmax(
        z, added, temperature, p, surprisal, weights, float(weights.sum()), terms, h, most, float(np.exp(h)), shift
    )


@dataclass(frozen=True, slots=True)
class Curve:
    """Entropy against temperature, with its two limits and the temperature that is looked at."""

    temperatures: Array
    entropy: Array
    cold: float  # at T = 0: the log of how many share the largest logit
    hot: float  # at T = inf: log K
    temperature: float
    at: float
    classes: int


def curve(z: ArrayLike, temperature: float) -> Curve:
    """The entropy of softmax(z/T) as T goes from 0 to infinity.

    >>> c = curve([2.0, 1.0, 0.0], 1.0)
    >>> c.cold, bool((np.diff(c.entropy) > 0).all())
    (0.0, True)
    """
    z = as_float(z, "z", ndim=1)
    grid = np.geomspace(COLDEST, HOTTEST, POINTS)
    along = entropy_from_logits(z / grid[:, None])
    ends = (entropy_from_logits(z, 0), entropy_from_logits(z, np.inf))
    return Curve(grid, along, *ends, temperature, entropy_from_logits(z, temperature), z.size)


@dataclass(frozen=True, slots=True)
class Path:
    """The way of three outcomes over the triangle as T goes from 0 to infinity, over the entropy."""

    surface: Simplex  # its point is the distribution at the temperature looked at
    temperatures: Array
    way: Array  # (n, 2), from T = 0 to T = inf
    marked: Array
    marked_points: Array
    temperature: float


def path(z: ArrayLike, temperature: float, columns: int = 41) -> Path:
    """softmax of the first three logits, which is the whole distribution given that one of the three is drawn.

    >>> path([2.0, 1.0, 0.0], np.inf).surface.p
    array([0.33333333, 0.33333333, 0.33333333])
    """
    z = _three(z)
    marked = np.array([0.2, 0.5, 1.0, 2.0, 5.0])
    surface = simplex(softmax(z, temperature), columns)
    return Path(surface, TEMPERATURES, _way(z), marked, to_plane(softmax(z / marked[:, None])), temperature)


def nearest_temperature(z: ArrayLike, x: float, y: float) -> float:
    """The temperature at which the path comes closest to a point of the triangle.

    >>> nearest_temperature([2.0, 1.0, 0.0], 0.5, 0.29)  # the middle
    inf
    """
    way = _way(_three(z))
    return float(TEMPERATURES[np.argmin(np.hypot(way[:, 0] - x, way[:, 1] - y))])


def _three(z: ArrayLike) -> Array:
    z = as_float(z, "z", ndim=1)
    if z.size < 3:
        raise ValueError(f"z has {z.size} logits but the triangle has three corners: give at least 3.")
    return z[:3]


def _way(z: Array) -> Array:
    between = softmax(z / TEMPERATURES[1:-1, None])  # one batch: z/T at temperature 1 is z at temperature T
    return to_plane(np.concatenate([[softmax(z, 0)], between, [softmax(z, np.inf)]]))


@dataclass(frozen=True, slots=True)
class NextWord:
    """What may follow a word: counts, their softmax at a temperature, what truncation keeps of it, seeded draws."""

    after: str
    source: str
    words: tuple[str, ...]  # the most frequent first
    counts: NDArray[np.int64]
    temperature: float
    p: Array  # after temperature, before truncation
    q: Array  # what is drawn from
    kept: int
    mass: float  # of p that is kept
    entropy_p: float
    entropy_q: float
    effective_q: float
    draws: int
    share: Array  # of the draws
    first: tuple[str, ...]  # the first draws in order


CONTEXTS = ("we", "to", "the", "that", "any word")
WORDS = 12  # of "any word", so many of the most frequent are shown


def next_word(after: str, temperature: float, k: int, mass: float, draws: int, seed: int) -> NextWord:
    """Softmax of the log-counts of what follows a word in the Gettysburg Address: first T, then top-k, then top-p.

    >>> next_word("we", 1.0, 3, 1.0, 10, seed=1).words[:2]
    ('can', 'are')
    """
    words, counts = _following(after)
    p = softmax(np.log(counts), temperature)
    q = top_p(top_k(p, k), mass)
    outcomes = running_mean_surprisal(q, draws, seed).outcomes
    share = np.bincount(outcomes, minlength=q.size) / draws
    first = tuple(words[i] for i in outcomes[:12])
    kept = q > 0
    return NextWord(
        after, GETTYSBURG.source, words, counts, temperature, p, q, int(kept.sum()), float(p[kept].sum()), entropy(p),
        entropy(q), perplexity(q), draws, share, first,
    )  # fmt: skip


def _following(after: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    words = re.findall(r"[a-z]+(?:-[a-z]+)?", GETTYSBURG.text.lower())
    found = [b for a, b in pairwise(words) if after in (a, CONTEXTS[-1])]
    if not found:
        raise ValueError(f"after is {after!r}, which nothing follows in the text: choose one of {', '.join(CONTEXTS)}.")
    names, counts = zip(*Counter(found).most_common(WORDS), strict=True)
    return names, np.array(counts)


@dataclass(frozen=True, slots=True)
class Distillation:
    """Teacher and student at one temperature: KL(teacher || student) and its gradient by the student's logits."""

    teacher: Array  # logits
    student: Array
    temperature: float
    p: Array  # the teacher's probabilities
    q: Array  # the student's
    kl: float
    scaled_kl: float  # T^2 KL
    gradient: Array  # (q - p)/T
    scaled: Array  # T^2 gradient
    limit: Array  # of the scaled gradient as T grows
    temperatures: Array
    norms: Array  # largest entry of the gradient, along the temperatures
    limit_norm: float


def distillation(teacher: ArrayLike, student: ArrayLike, temperature: float) -> Distillation:
    """Hinton, Vinyals & Dean (2015), eq. 2 to 4: with centered logits T^2 dKL/ds tends to (s - t)/K as T grows.

    >>> d = distillation([2.0, 0.0], [0.0, 0.0], 50.0)
    >>> d.limit, bool(np.allclose(d.scaled, d.limit, rtol=1e-3))
    (array([-0.5,  0.5]), True)
    """
    teacher, student = as_float(teacher, "teacher", ndim=1), as_float(student, "student", ndim=1)
    temperature = as_scalar(temperature, "temperature", low=0.0, open_low=True)

    p, q, grid = softmax(teacher, temperature), softmax(student, temperature), np.geomspace(0.5, 100, 61)
    kl, found = kl_divergence(p, q), cross_entropy_with_logits_grad(student, p, temperature=temperature)
    # In one batch, by the chain rule: the gradient by s is that by s/T, divided by T.
    column = grid[:, None]
    along = cross_entropy_with_logits_grad(student / column, softmax(teacher / column)) / column
    gap = student - teacher
    limit = (gap - gap.mean()) / gap.size
    return Distillation(
        teacher, student, temperature, p, q, kl, temperature**2 * kl, found, temperature**2 * found, limit, grid,
        np.abs(along).max(axis=1), float(np.abs(limit).max()),
    )  # fmt: skip


def matched(student: ArrayLike, size: int) -> Array:
    """As many logits as there are classes: what is missing is 0, what is too much is left out.

    >>> matched([1.0, 2.0], 3)
    array([1., 2., 0.])
    """
    student = as_float(student, "student", ndim=1)[: as_int(size, "size", low=1)]
    return np.append(student, np.zeros(size - student.size))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logits that are too large by a factor: a temperature fitted on one half, judged on the other."""

    stretch: float
    n: int
    fitted: float
    before: ReliabilityDiagram
    after: ReliabilityDiagram
    nll: tuple[float, float]  # mean on the judged half, at T = 1 and at the fitted T
    ece: tuple[float, float]
    accuracy: float  # the same at every temperature
    temperatures: Array
    fit_nll: Array  # mean on the fitting half, along the temperatures
    fit_nll_before: float
    fit_nll_after: float


def calibration(stretch: float, n: int, seed: int, n_bins: int = 10) -> Calibration:
    """Draw 2n rows with labels, fit T on the first n and compare T = 1 with it on the others.

    >>> c = calibration(2.0, 2000, seed=1)
    >>> c.ece[1] < c.ece[0], c.nll[1] < c.nll[0]
    (True, True)
    """
    cloud = stretched_logits(2 * as_int(n, "n", low=10), seed, stretch)
    (z, y), (fresh, truth) = (cloud.X[:n], cloud.y[:n]), (cloud.X[n:], cloud.y[n:])
    fitted = fit_temperature(z, y)
    shown = [softmax(fresh, t) for t in (1.0, fitted)]
    grid = np.geomspace(0.2, 10, 33)
    losses = [float(cross_entropy_with_logits(z, y, temperature=t).mean()) for t in (*grid, 1.0, fitted)]
    return Calibration(
        stretch, n, fitted, *(reliability_diagram(p, truth, n_bins) for p in shown),
        tuple(float(cross_entropy_with_logits(fresh, truth, temperature=t).mean()) for t in (1.0, fitted)),
        tuple(expected_calibration_error(p, truth, n_bins) for p in shown),
        float((fresh.argmax(axis=1) == truth).mean()), grid, np.array(losses[:-2]), *losses[-2:],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly, for the logits 2, 1, 0.5, 0.1, -0.5."""

    zero: float  # the probability of a class whose logit is 0, beside logits of 0
    ratios: tuple[float, float]  # odds of the first against the second, at T = 1 and T = 2
    top: tuple[float, float, float]  # the largest probability at T = 0.5, 1, 10
    ece: float  # of logits that are twice too large
    accuracy: float
    confidence: float


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> claims().zero
    0.25
    """
    z = [2.0, 1.0, 0.5, 0.1, -0.5]
    ratios = tuple(float(softmax(z, t)[0] / softmax(z, t)[1]) for t in (1.0, 2.0))
    drawn = calibration(2.0, 2000, 1)
    confidence = float(drawn.before.count @ drawn.before.confidence / drawn.before.count.sum())
    return Claims(
        float(softmax([0.0] * 4)[0]), ratios, tuple(float(softmax(z, t)[0]) for t in (0.5, 1.0, 10.0)), drawn.ece[0],
        drawn.accuracy, confidence,
    )  # fmt: skip
