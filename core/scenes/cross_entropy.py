"""The records behind the Cross-entropy page."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_int, as_pmf, as_scalar
from core.discrete import binary_entropy, cross_entropy, entropy, surprisal
from core.scenes.kl_gaussians import discrete

Array = NDArray[np.float64]
POINTS = 301  # along a curve
FIVE = (1.0, 0.8, 0.4, 0.1, 0.01)  # what five predictions give to the right answer


@dataclass(frozen=True, slots=True)
class Code:
    """Outcomes from p, coded for q: lengths_i = -log q_i where best_i = -log p_i would do."""

    p: Array
    q: Array
    best: Array
    lengths: Array
    terms: Array  # p_i lengths_i, whose sum is the cross-entropy
    extra: Array  # p_i log(p_i/q_i), whose sum is the divergence; negative where q's word is the shorter one
    entropy: float
    kl: float
    cross_entropy: float
    perplexity: float  # e^H(p, q): as many equal choices would cost as much

    @property
    def impossible(self) -> Array:
        """The outcomes that happen and have no code word."""
        return np.flatnonzero((self.p > 0) & (self.q == 0))


def code(p: ArrayLike, q: ArrayLike) -> Code:
    """The code for q used on outcomes from p. What only one of them lists has probability 0 in the other.

    >>> c = code([0.5, 0.25, 0.25], [0.25, 0.25, 0.5])
    >>> round(c.perplexity, 12), bool(np.isclose(c.entropy + c.kl, c.cross_entropy))  # e^(7/4 log 2)
    (3.363585661015, True)
    """
    pair = discrete(p, q)
    p, q = pair.p, pair.q
    best, lengths = surprisal(p), surprisal(q)
    terms = np.multiply(p, lengths, where=p > 0, out=np.zeros_like(p))  # 0 log 0 = 0
    cost = cross_entropy(p, q)
    with np.errstate(over="ignore"):  # beyond float64 the perplexity is infinite
        choices = float(np.exp(cost))
    return Code(p, q, best, lengths, terms, pair.forward_terms, entropy(p), pair.forward, cost, choices)


def with_length(q: ArrayLike, i: int, length: float, locked: Sequence[bool] = ()) -> Array:
    """q after outcome i has been given a code word of `length` nats; the others give way in proportion.

    A word's length takes exp(-length) of the room that all words share. Locked outcomes stay; of the others what is
    small keeps four digits, and the largest takes what rounding leaves.

    >>> with_length([0.5, 0.25, 0.25], 0, np.log(4))
    array([0.25 , 0.375, 0.375])
    """
    q = as_pmf(q, "q")
    i = as_int(i, "i", low=0, high=q.size - 1)
    held = np.array(locked or [False] * q.size)
    others = ~held
    others[i] = False
    if not others.any():
        return q
    room = max(1.0 - float(q[held & (np.arange(q.size) != i)].sum()), 0.0)
    own = min(float(f"{np.exp(-as_scalar(length, 'length', low=0.0, allow_inf=True)):.3g}"), room)
    weights = q[others] if q[others].sum() > 0 else np.ones(others.sum())
    moved = q.copy()
    moved[i], moved[others] = own, [float(f"{v:.4g}") for v in (room - own) * weights / weights.sum()]
    largest = np.flatnonzero(others)[np.argmax(moved[others])]
    moved[largest] = 0.0
    moved[largest] = max(float(f"{1.0 - moved.sum():.12g}"), 0.0)
    return moved


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """The loss of a prediction when one answer is right: -log of what it gave to that answer, and of nothing else."""

    grid: Array
    curve: Array
    marked: Array
    marked_loss: Array
    q: float
    loss: float
    perplexity: float  # e^loss = 1/q: as good as a guess among so many; infinite at 0


def right_answer(q: float) -> RightAnswer:
    """The curve -log q with the five marked predictions and the one that is looked at.

    >>> round(right_answer(0.5).loss, 4), right_answer(0.0).loss  # log 2
    (0.6931, inf)
    """
    q = as_scalar(q, "q", low=0.0, high=1.0)
    # Evenly spread in the loss, which is what the eye follows on the way up.
    grid, marked = np.exp(-np.linspace(7, 0, POINTS)), np.array(FIVE)
    perplexity = 1 / q if q > 0 else np.inf
    return RightAnswer(grid, surprisal(grid), marked, surprisal(marked), q, surprisal(q), perplexity)


@dataclass(frozen=True, slots=True)
class Tangent:
    """Two outcomes: the cross-entropy lies on the tangent of the entropy at q, the divergence between the two."""

    grid: Array
    arch: Array
    p: float
    q: float
    entropy_p: float
    entropy_q: float
    cross_entropy: float
    kl: float
    ends: tuple[float, float]  # the tangent at 0 and at 1: what tails and heads cost in the code for q
    slope: float


def tangent(p: float, q: float) -> Tangent:
    """H(p, q) as a function of p is the line that touches the entropy at q: H(q) + H'(q) (p - q).

    >>> t = tangent(0.5, 0.25)
    >>> bool(np.isclose(t.cross_entropy, t.entropy_q + t.slope * (t.p - t.q)))
    True
    """
    p, q = as_scalar(p, "p", low=0.0, high=1.0), as_scalar(q, "q", low=0.0, high=1.0)
    grid = np.linspace(0, 1, POINTS)
    two = code([p, 1 - p], [q, 1 - q])
    ends = (float(two.lengths[1]), float(two.lengths[0]))
    slope = ends[1] - ends[0]
    return Tangent(
        grid, binary_entropy(grid), p, q, two.entropy, binary_entropy(q), two.cross_entropy, two.kl, ends, slope
    )


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    sure_and_wrong: float  # the loss of 0.99 on the wrong class
    doubtful: float  # of 0.6 on it
    hidden_infinity: float  # -log(0 + 1e-10)
    negative: float  # -log(1 + 1e-10)
    one_way: float  # H(p, q) of a 0.9 coin coded for a fair one
    other_way: float
    least: float  # the cross-entropy of (1/2, 1/4, 1/4) with itself
    step_low: float  # what raising the right answer from 0.01 to 0.02 saves
    step_high: float  # from 0.5 to 0.51


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> round(claims().sure_and_wrong / claims().doubtful, 2)
    5.03
    """
    padded = 1e-10
    coin, fair, three = [0.9, 0.1], [0.5, 0.5], [0.5, 0.25, 0.25]
    loss = surprisal([0.01, 0.4, padded, 0.02, 0.5, 0.51])
    return Claims(
        float(loss[0]), float(loss[1]), float(loss[2]), -float(np.log1p(padded)), cross_entropy(coin, fair),
        cross_entropy(fair, coin), cross_entropy(three, three), float(loss[0] - loss[3]), float(loss[4] - loss[5]),
    )  # fmt: skip
