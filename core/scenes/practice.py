"""The exercises of the Practice page: drawn from a seed, with their answers and what the usual mistakes come to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core._checks import as_int
from core.discrete import cross_entropy, entropy, kl_divergence, surprisal
from core.losses import softmax
from core.trees import impurity, information_gain
from core.units import UNITS, Unit

Array = NDArray[np.float64]
KINDS = ("entropy", "cross-entropy", "KL", "gain", "temperature")
TOLERANCE = 0.01  # of the answer: three digits are enough
APART = 0.03  # by how much of the answer each mistake must miss it, so that none is taken for right
SEEDS = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One term of the solution: weight times value."""

    name: str
    weight: float
    value: float  # in nats, if the answer is
    term: float


@dataclass(frozen=True, slots=True)
class Slip:
    """What a usual mistake comes to."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is given, what is asked, and the way to it. What a kind has no use for is empty."""

    kind: str
    seed: int
    p: Array
    q: Array
    counts: NDArray[np.int64]  # of a split: a row a branch, a column a class
    z: Array
    temperature: float
    asked: int  # the outcome that is asked about
    information: bool  # whether the answer is in nats; otherwise it has no unit
    answer: float
    steps: tuple[Step, ...]
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of an answer."""

    right: bool
    off: float  # (given - answer)/answer
    slip: str | None  # the mistake that gives just this number
    unit: Unit | None  # the unit that the answer would be right in, if it is another one


def exercise(kind: str, seed: int) -> Exercise:
    """The exercise of this kind with this seed: of those drawn, the first in which no mistake comes near the answer.

    >>> task = exercise("KL", 1)
    >>> round(sum(step.term for step in task.steps) / task.answer, 12)
    1.0
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}: choose one of {', '.join(KINDS)}.")
    draw = np.random.default_rng([as_int(seed, "seed", low=0), KINDS.index(kind)])
    make = {"entropy": _entropy, "gain": _gain, "temperature": _temperature}.get(kind, _two)
    while True:
        found = make(kind, seed, draw)
        if found.answer > 0.02 and all(abs(s.value - found.answer) > APART * found.answer for s in found.slips):
            return found


def order(seed: int, options: int) -> tuple[int, ...]:
    """The order in which the options of a question stand.

    >>> sorted(order(5, 4))
    [0, 1, 2, 3]
    """
    draw = np.random.default_rng([as_int(seed, "seed", low=0), len(KINDS)])
    return tuple(map(int, draw.permutation(as_int(options, "options", low=1))))


def judge(task: Exercise, number: float, unit: Unit) -> Verdict:
    """Whether a number, given in the unit if the answer has one, is right, and if not, which mistake it comes from.

    >>> from core.units import BITS, NATS
    >>> task = exercise("entropy", 1)
    >>> judge(task, BITS.from_nats(task.answer), BITS).right
    True
    >>> judge(task, task.answer, BITS).unit.name
    'nats'
    """
    given = number * unit.nats if task.information else number
    off = (given - task.answer) / task.answer
    if abs(off) <= TOLERANCE:
        return Verdict(True, off, None, None)
    others = [u for u in UNITS if task.information and u is not unit and _near(number, task.answer / u.nats)]
    slip = next((s.name for s in task.slips if _near(given, s.value)), None)
    return Verdict(False, off, slip, others[0] if others else None)


def _near(number: float, value: float) -> bool:
    return abs(number - value) <= TOLERANCE * abs(value)


def _shares(draw: np.random.Generator, outcomes: int, parts: int) -> Array:
    """Positive shares in whole parts: `parts` of them make 1."""
    cuts = np.sort(draw.choice(np.arange(1, parts), outcomes - 1, replace=False))
    return np.diff(np.concatenate([[0], cuts, [parts]])) / parts


def _made(kind: str, seed: int, answer: float, steps: list[Step], slips: dict[str, float], **given) -> Exercise:
    empty = dict(p=np.empty(0), q=np.empty(0), counts=np.empty((0, 0), np.int64), z=np.empty(0), temperature=1.0,
                 asked=0, information=True)  # fmt: skip
    found = tuple(Slip(name, float(value)) for name, value in slips.items())
    return Exercise(kind=kind, seed=seed, answer=answer, steps=tuple(steps), slips=found, **(empty | given))


def _steps(weights: Array, values: Array) -> list[Step]:
    return [
        Step("ABCD"[i], float(w), float(v), float(w * v)) for i, (w, v) in enumerate(zip(weights, values, strict=True))
    ]


def _entropy(kind: str, seed: int, draw: np.random.Generator) -> Exercise:
    p = _shares(draw, int(draw.integers(2, 5)), int(draw.choice([8, 10, 20])))
    h, s = entropy(p), surprisal(p)
    slips = {
        "minus": -h,
        "unweighted": s.sum(),
        "mean surprisal": s.mean(),
        "uniform": np.log(p.size),
        "certain outcome": s.min(),
    }
    return _made(kind, seed, h, _steps(p, s), slips, p=p)


def _two(kind: str, seed: int, draw: np.random.Generator) -> Exercise:
    outcomes, parts = int(draw.integers(2, 4)), int(draw.choice([8, 10]))
    p, q = (_shares(draw, outcomes, parts) for _ in range(2))
    cross, kl = cross_entropy(p, q), kl_divergence(p, q)
    if kind == "KL":
        values, answer = surprisal(q) - surprisal(p), kl
        slips = {"reversed": kl_divergence(q, p), "cross-entropy": cross}
    else:
        values, answer = surprisal(q), cross
        slips = {"reversed": cross_entropy(q, p), "KL alone": kl, "entropy alone": entropy(p)}
    slips |= {"minus": -answer, "unweighted": values.sum()}
    return _made(kind, seed, answer, _steps(p, values), slips, p=p, q=q)


def _gain(kind: str, seed: int, draw: np.random.Generator) -> Exercise:
    counts = draw.integers(0, 8, (2, 2))
    if counts.sum(axis=0).min() == 0 or counts.sum(axis=1).min() == 0:
        return _made(kind, seed, 0.0, [], {})  # nothing to ask: drawn again
    parent, children = impurity(counts.sum(axis=0)), impurity(counts)
    weights = counts.sum(axis=1) / counts.sum()
    gain, left = information_gain(counts), float(weights @ children)
    steps = [Step("before", 1.0, parent, parent)]
    steps += [
        Step(name, -float(w), float(h), -float(w * h))
        for name, w, h in zip(("yes", "no"), weights, children, strict=True)
    ]
    slips = {
        "unweighted": parent - children.mean(),
        "summed": parent - children.sum(),
        "what is left": left,
        "parent alone": parent,
        "minus": -gain,
    }
    return _made(kind, seed, gain, steps, slips, counts=counts)


def _temperature(kind: str, seed: int, draw: np.random.Generator) -> Exercise:
    z = draw.choice(np.arange(-2, 7), 3, replace=False) / 2
    t, asked = float(draw.choice([0.25, 0.5, 2.0, 4.0])), int(draw.integers(3))
    p, weights = softmax(z, t), np.exp(z / t)
    if not 0.05 < p[asked] < 0.95:
        return _made(kind, seed, 0.0, [], {})  # too near an end to be read off three digits: drawn again
    steps = [
        Step(name, 1 / float(weights.sum()), float(w), float(share))
        for name, w, share in zip("ABC", weights, p, strict=True)
    ]
    slips = {
        "multiplied": softmax(z * t)[asked],
        "temperature left out": softmax(z)[asked],
        "not normalized": weights[asked],
    }
    if z.sum() != 0:
        slips["no exponential"] = z[asked] / z.sum()
    return _made(kind, seed, float(p[asked]), steps, slips, z=z, temperature=t, asked=asked, information=False)
