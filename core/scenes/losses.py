"""The records behind the Losses page."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_class, as_int, as_unit_interval
from core.datasets import overlapping_classes
from core.discrete import entropy
from core.losses import (
    bce_grad,
    best_logit_gap,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    mse_grad,
    sigmoid,
    smooth_labels,
    squared_error,
)
from core.training import Descent, logistic_descent, logistic_fit, logistic_grad, logistic_loss

Array = NDArray[np.float64]
POINTS = 301  # along a curve
EXAMPLES = {  # predictions where the label is 1
    "0.99 on the wrong class": 0.01,
    "0.6 on the wrong class": 0.4,
    "Undecided": 0.5,
    "0.9 on the right class": 0.9,
    "Certain and wrong": 0.0,
}


@dataclass(frozen=True, slots=True)
class Slopes:
    """Derivatives of one loss, by the probability and by its logit."""

    by_p: Array | float
    by_z: Array | float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What one prediction costs under either loss, and how hard each pulls at it."""

    label: int
    p: float
    z: float  # the logit of p, infinite at the ends
    cross_entropy: float
    squared_error: float
    ce: Slopes
    se: Slopes
    grid: Array  # probabilities
    ce_curve: Array  # for this label
    ce_other: Array  # for the other one
    se_curve: Array
    logits: Array
    ce_slopes: Array  # (2, n) along the logits: by the probability, by the logit
    se_slopes: Array


REACH = 7.0  # logits on either side of 0


def prediction(p: float, label: int) -> Prediction:
    """The probability p that the label is 1, judged by both losses.

    >>> one = prediction(0.01, 1)
    >>> one.ce.by_p, one.se.by_p, one.ce.by_z, round(one.se.by_z, 6)
    (-100.0, -1.98, -0.99, -0.019602)
    """
    label = int(as_class(label, "label", 2))
    p = float(as_unit_interval(p, "p"))
    with np.errstate(divide="ignore"):
        z = float(np.log(p) - np.log1p(-p))
    grid, logits = np.linspace(0, 1, POINTS), np.linspace(-REACH, REACH, POINTS)
    at = np.asarray(sigmoid(logits))
    return Prediction(
        label, p, z, binary_cross_entropy(p, label), squared_error(p, label), Slopes(*_slopes(bce_grad, p, label)),
        Slopes(*_slopes(mse_grad, p, label)), grid, binary_cross_entropy(grid, label),
        binary_cross_entropy(grid, 1 - label), squared_error(grid, label), logits,
        np.stack(_slopes(bce_grad, at, label)), np.stack(_slopes(mse_grad, at, label)),
    )  # fmt: skip


def _slopes(grad, p, label: int) -> tuple:
    return grad(p, label), grad(p, label, wrt="logit")


def probability_at(z: float) -> float:
    """The probability at a place on the axis of logits, to three digits of it or of what is missing to 1.

    >>> probability_at(-4.595), probability_at(99.0)
    (0.01, 1.0)
    """
    if abs(z) > REACH + 0.1:
        return float(z > 0)
    small = float(f"{sigmoid(-abs(z)):.3g}")
    return small if z < 0 else round(1 - small, 7)


@dataclass(frozen=True, slots=True)
class Batch:
    """Predictions with their labels: each one's loss, its share of the mean, the mean."""

    p: Array
    labels: Array
    losses: Array
    shares: Array  # losses/n, which sum to the mean
    mean: float
    squared: float  # the mean squared error


def batch(p: ArrayLike, labels: ArrayLike) -> Batch:
    """The mean binary cross-entropy of a batch.

    >>> round(batch([0.5, 0.25], [1, 0]).mean, 6)  # (log 2 + log 4/3)/2
    0.490415
    """
    p, labels = as_unit_interval(p, "p"), as_unit_interval(labels, "labels")
    losses = np.asarray(binary_cross_entropy(p, labels))
    return Batch(p, labels, losses, losses / p.size, float(losses.mean()), float(np.mean(squared_error(p, labels))))


# --- the race

ROWS, STEPS, WIDE = 60, 200, 9.0  # points of the data set, recorded steps, how far the plane of weights goes
PROBE = 2.0  # an input that is almost surely of class 1


@dataclass(frozen=True, slots=True)
class Landscape:
    """A seeded data set, and over the plane of weights (w, b) the mean of either loss with its lowest point."""

    x: Array
    labels: NDArray[np.int64]
    seed: int
    axis: Array  # for w and for b
    ce: Array  # (b, w)
    se: Array
    ce_best: Array  # (w, b)
    se_best: Array


def landscape(seed: int) -> Landscape:
    """Both losses of p = sigmoid(w x + b) on two overlapping classes.

    >>> bool(landscape(1).ce_best[0] > 0)  # larger x speak for class 1
    True
    """
    X, x, y = _data(seed)
    axis = np.linspace(-WIDE, WIDE, 46)
    plane = np.stack(np.meshgrid(axis, axis), axis=-1)
    ce, se = (np.asarray(logistic_loss(plane, X, y, loss)) for loss in ("cross_entropy", "squared_error"))
    best = (logistic_fit(X, y, loss) for loss in ("cross_entropy", "squared_error"))
    return Landscape(x, y, seed, axis, ce, se, *best)


@dataclass(frozen=True, slots=True)
class Runner:
    """One loss's way down, with what both are compared by."""

    descent: Descent
    pull: float  # length of the gradient at the start
    cross_entropy: Array  # mean, after each step, whatever was descended
    right: NDArray[np.int64]  # how many rows, after each step
    arrived: int | None  # the first step after which that is within a tenth of the least


@dataclass(frozen=True, slots=True)
class Race:
    """Gradient descent on either loss from the same weights at the same learning rate."""

    rate: float
    rows: int
    ce: Runner
    se: Runner


def race(seed: int, w: float, b: float, rate: float) -> Race:
    """STEPS steps of full-batch gradient descent on each loss.

    >>> r = race(1, -6.0, 0.0, 1.0)
    >>> r.ce.right[20].item(), r.se.right[20].item()  # of 60
    (53, 7)
    """
    X, _, y = _data(seed)
    least = logistic_loss(logistic_fit(X, y), X, y)
    runners = []
    for loss in ("cross_entropy", "squared_error"):
        down = logistic_descent(X, y, [w, b], rate, STEPS, loss)
        mean = np.asarray(logistic_loss(down.weights, X, y))
        near = np.flatnonzero(mean <= 1.1 * least)
        right = ((down.weights @ X.T > 0) == y).sum(axis=-1)
        pull = float(np.linalg.norm(logistic_grad([w, b], X, y, loss)))
        runners.append(Runner(down, pull, mean, right, int(near[0]) if near.size else None))
    return Race(rate, ROWS, *runners)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The predictions of both runners after one step, along x."""

    step: int
    x: Array
    ce: Array
    se: Array
    at: tuple[float, float]  # what they say of PROBE


def fitted(scene: Race, step: int) -> Fitted:
    """sigmoid(w x + b) of both after a step.

    >>> fitted(race(1, -6.0, 0.0, 1.0), 0).ce[0].round(3).item()  # sure of class 1 where class 0 is
    1.0
    """
    step, x = as_int(step, "step", low=0, high=STEPS), np.linspace(-4, 4, 161)
    weights = [one.descent.weights[step] for one in (scene.ce, scene.se)]
    curves = [np.asarray(sigmoid(w * x + b)) for w, b in weights]
    return Fitted(step, x, *curves, tuple(sigmoid(w * PROBE + b) for w, b in weights))


def _data(seed: int) -> tuple[Array, Array, NDArray[np.int64]]:
    cloud = overlapping_classes(ROWS, seed)
    return np.column_stack([cloud.X, np.ones(ROWS)]), cloud.X[:, 0], cloud.y


# --- smoothed labels


@dataclass(frozen=True, slots=True)
class Smoothing:
    """Cross-entropy with a smoothed label against how far the right logit leads, the other logits being equal."""

    classes: int
    epsilon: float
    label: tuple[float, float]  # the right class's share, and each other's
    gaps: Array
    smoothed: Array
    one_hot: Array
    best: float  # the gap of least loss
    floor: float  # the loss there: the entropy of the label
    one_hot_at_best: float


GAPS = (-1.0, 10.0)


def smoothing(classes: int, epsilon: float) -> Smoothing:
    """The label (1 - epsilon) one-hot + epsilon/K, and the loss of the logits (g, 0, ..., 0).

    >>> s = smoothing(2, 0.5)  # the label (3/4, 1/4)
    >>> round(s.best, 6), round(s.floor, 6)  # log 3, and H = log 4 - (3/4) log 3
    (1.098612, 0.562335)
    """
    label = smooth_labels(0, classes, epsilon)
    gaps, best = np.linspace(*GAPS, POINTS), best_logit_gap(classes, epsilon)
    at_best = 0.0 if best == np.inf else float(_gap_loss(np.array(best), 1.0, classes))
    return Smoothing(
        classes, epsilon, (float(label[0]), float(label[1])), gaps, _gap_loss(gaps, float(label[0]), classes),
        _gap_loss(gaps, 1.0, classes), best, entropy(label), at_best,
    )  # fmt: skip


def _gap_loss(gap: Array, share: float, classes: int) -> Array:
    """The right class against the K - 1 others together, among which the rest of the label is spread evenly."""
    others = float(np.log(classes - 1))
    return np.asarray(binary_cross_entropy_with_logits(gap - others, share)) + (1.0 - share) * others


def epsilon_at(gap: float, classes: int) -> float:
    """The smoothing whose best gap this is, to three digits.

    >>> epsilon_at(1.0986123, 2), epsilon_at(0.0, 5)
    (0.5, 1.0)
    """
    return float(f"{classes / (np.expm1(gap) + classes):.3g}")


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers that settle what is often said wrongly."""

    wrong: Prediction  # p = 0.01 for what came
    less_wrong: float  # the cross-entropy at p = 0.4
    ratio: float
    brier_best: float  # the prediction of least expected squared error for a coin of 0.7
    floor: float  # of ten classes smoothed by 0.1
    guarded: float  # -log(1e-10)
    sure: float  # -log(1 + 1e-10)


def claims() -> Claims:
    """Numbers that do not depend on any control.

    >>> round(claims().ratio, 2)
    5.03
    """
    wrong, less = prediction(0.01, 1), binary_cross_entropy(0.4, 1)
    grid = np.linspace(0, 1, 1001)
    expected = 0.7 * np.asarray(squared_error(grid, 1)) + 0.3 * np.asarray(squared_error(grid, 0))
    return Claims(
        wrong, less, wrong.cross_entropy / less, float(grid[expected.argmin()]),
        smoothing(10, 0.1).floor, float(-np.log(1e-10)), float(-np.log1p(1e-10)),
    )  # fmt: skip
