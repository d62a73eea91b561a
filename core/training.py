"""Logistic regression trained by plain gradient descent, with the whole path kept: what a loss does to learning.

Inputs are the rows of X, a column of ones among them if there is to be an intercept; weights lie on the last axis.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_choice, as_class, as_float, as_scalar, as_size, result
from core._numerics import logistic
from core.losses import binary_cross_entropy_with_logits, sigmoid, squared_error

Array = NDArray[np.float64]
Loss = Literal["cross_entropy", "squared_error"]


@dataclass(frozen=True, slots=True)
class Descent:
    """The way down: weights before the first step and after each, with the mean loss there."""

    weights: Array  # (steps + 1, d)
    loss: Array  # (steps + 1,)


def logistic_loss(weights: ArrayLike, X: ArrayLike, y: ArrayLike, loss: Loss = "cross_entropy") -> Array | float:
    """Mean loss of a logistic regression over a data set, for one weight vector or a batch of them.

    L(w) = (1/n) sum_i l(sigmoid(x_i . w), y_i), with l the binary cross-entropy in nats or the squared error

    Parameters
    ----------
    weights : (..., d).
    X : (n, d) inputs.
    y : (n,) labels 0 and 1.
    loss : "cross_entropy" or "squared_error".

    Raises
    ------
    ValueError
        If an argument is empty or not finite, a label is neither 0 nor 1, the shapes do not fit, or loss is neither
        word.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 4.90; Brier (1950) for the squared error.

    Examples
    --------
    >>> logistic_loss([0.0], [[1.0], [2.0]], [0, 1], "squared_error")  # one half for everybody
    0.25
    """
    X, y, loss = _data(X, y, loss)
    z = _weights(weights, X) @ X.T
    each = squared_error(sigmoid(z), y) if loss == "squared_error" else binary_cross_entropy_with_logits(z, y)
    return result(np.mean(each, axis=-1))


def logistic_grad(weights: ArrayLike, X: ArrayLike, y: ArrayLike, loss: Loss = "cross_entropy") -> Array:
    """Gradient of logistic_loss by the weights.

    dL/dw = (1/n) sum_i s_i x_i, with s = p - y for cross-entropy and 2 (p - y) p (1 - p) for squared error: the second
    vanishes where p is confidently wrong

    Parameters
    ----------
    weights, X, y, loss : as for logistic_loss.

    Returns
    -------
    (..., d) partial derivatives.

    Raises
    ------
    ValueError
        As for logistic_loss.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 4.91; Nielsen (2015), eq. 55 for the squared error.

    Examples
    --------
    >>> logistic_grad([0.0], [[1.0], [2.0]], [0, 1]), logistic_grad([0.0], [[1.0], [2.0]], [0, 1], "squared_error")
    (array([-0.25]), array([-0.125]))
    """
    X, y, loss = _data(X, y, loss)
    return _slopes(_weights(weights, X) @ X.T, y, loss) @ X / len(y)


def logistic_descent(
    X: ArrayLike, y: ArrayLike, start: ArrayLike, rate: float, steps: int, loss: Loss = "cross_entropy"
) -> Descent:
    """Full-batch gradient descent with a fixed learning rate, every step recorded.

    w_{t+1} = w_t - rate dL/dw(w_t)

    Parameters
    ----------
    X, y, loss : as for logistic_loss.
    start : (d,) weights to start from.
    rate : learning rate > 0; too large a one overshoots, and that is recorded as well.
    steps : how many, at least 0.

    Returns
    -------
    Descent with weights (steps + 1, d) and loss (steps + 1,).

    Raises
    ------
    ValueError
        As for logistic_loss, or if the rate is not positive or steps is no whole number from 0.

    References
    ----------
    Nesterov (2004), Introductory Lectures on Convex Optimization, theorem 2.1.14: the loss falls at every step if
    rate < 2 / the largest curvature, which for cross-entropy is at most a quarter of the largest eigenvalue of X'X/n.

    Examples
    --------
    >>> logistic_descent([[1.0], [1.0]], [1, 1], [0.0], rate=2.0, steps=1).weights  # 0 - 2 (1/2 - 1)
    array([[0.],
           [1.]])
    """
    X, y, loss = _data(X, y, loss)
    steps, rate = as_size(steps, "steps", low=0), as_scalar(rate, "rate", low=0.0, open_low=True)
    weights = np.empty((steps + 1, X.shape[1]))
    weights[0] = _weights(as_float(start, "start", ndim=1), X)
    scaled = rate * X / len(y)
    for t in range(steps):
        weights[t + 1] = weights[t] - _slopes(X @ weights[t], y, loss) @ scaled
    return Descent(weights, np.atleast_1d(logistic_loss(weights, X, y, loss)))


def logistic_fit(X: ArrayLike, y: ArrayLike, loss: Loss = "cross_entropy") -> Array:
    """Weights of least mean loss, by Fisher scoring with halved steps from 0; for cross-entropy maximum likelihood.

    Parameters
    ----------
    X, y, loss : as for logistic_loss; the columns of X independent. The squared error is not convex in the weights:
        its minimum is the one that the way from the cross-entropy's leads to.

    Returns
    -------
    (d,) weights.

    Raises
    ------
    ValueError
        As for logistic_loss, or if the classes can be separated: then ever larger weights are ever better.

    References
    ----------
    McCullagh & Nelder (1989), Generalized Linear Models, section 4.4.2; Albert & Anderson (1984) on separation.

    Examples
    --------
    >>> logistic_fit([[1.0], [1.0], [1.0], [1.0]], [1, 1, 1, 0]).round(6)  # log(3/1)
    array([1.098612])
    """
    X, y, loss = _data(X, y, loss)
    start = logistic_fit(X, y) if loss == "squared_error" else np.zeros(X.shape[1])
    weights = _scored(start, X, y, loss)
    if ((2 * y - 1) * (X @ weights) > 0).all():
        raise ValueError("the classes can be separated without an error, so no weights are best: add overlapping rows.")
    return weights


def _scored(weights: Array, X: Array, y: Array, loss: Loss) -> Array:
    value = logistic_loss(weights, X, y, loss)
    for _ in range(200):
        p = logistic(X @ weights)
        gradient = _slopes(X @ weights, y, loss) @ X
        if np.abs(gradient).max() < 1e-12 * len(y):
            break
        information = p * (1.0 - p) if loss == "cross_entropy" else 2.0 * (p * (1.0 - p)) ** 2
        if information.max() < 1e-12:  # as good as certain of every row: only separated classes get here
            break
        step = np.linalg.lstsq((X * information[:, None]).T @ X, gradient, rcond=None)[0]
        for _ in range(40):
            there = weights - step
            lower = logistic_loss(there, X, y, loss)
            if lower <= value:
                break
            step = step / 2.0
        else:
            break  # rounding: no step of any length leads lower
        weights, value = there, lower
    return weights


def _slopes(z: Array, y: Array, loss: Loss) -> Array:
    """Derivative of each row's loss by its logit."""
    p = logistic(z)
    return p - y if loss == "cross_entropy" else 2.0 * (p - y) * p * (1.0 - p)


def _data(X: ArrayLike, y: ArrayLike, loss: str) -> tuple[Array, Array, Loss]:
    loss = as_choice(loss, "loss", ("cross_entropy", "squared_error"))
    X = as_float(X, "X", ndim=2)
    y = as_class(y, "y", 2)
    if y.shape != X.shape[:1]:
        raise ValueError(f"X has {X.shape[0]} rows but y has shape {y.shape}: give one label a row.")
    return X, y.astype(np.float64), loss


def _weights(weights: ArrayLike, X: Array) -> Array:
    weights = as_float(weights, "weights")
    if weights.ndim == 0 or weights.shape[-1] != X.shape[1]:
        raise ValueError(f"weights has shape {weights.shape} but X has {X.shape[1]} columns: give one weight a column.")
    return weights
