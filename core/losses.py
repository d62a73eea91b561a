"""What a classifier is trained on: softmax, cross-entropy and squared error, each gradient a function of its own.

The order is always (prediction, target). Nothing is averaged: a batch gives one loss a row, and the mean is `.mean()`.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import (
    as_choice,
    as_class,
    as_float,
    as_pmf,
    as_scalar,
    as_size,
    as_together,
    as_unit_interval,
    holds_integers,
    result,
)
from core._numerics import by_blocks, centered, logistic
from core.calibration import ReliabilityDiagram, expected_calibration_error, fit_temperature, reliability_diagram
from core.likelihood import (
    bernoulli_map,
    bernoulli_mle,
    bernoulli_nll,
    categorical_map,
    categorical_mle,
    categorical_nll,
)

__all__ = [
    "ReliabilityDiagram",
    "bce_grad",
    "bernoulli_map",
    "bernoulli_mle",
    "bernoulli_nll",
    "best_logit_gap",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_grad",
    "categorical_map",
    "categorical_mle",
    "categorical_nll",
    "cross_entropy_with_logits",
    "cross_entropy_with_logits_grad",
    "expected_calibration_error",
    "fit_temperature",
    "log_softmax",
    "mse_grad",
    "reliability_diagram",
    "sigmoid",
    "smooth_labels",
    "softmax",
    "squared_error",
]

Values = NDArray[np.float64] | float
Wrt = Literal["probability", "logit"]


def softmax(z: ArrayLike, temperature: float = 1.0) -> NDArray[np.float64]:
    """Softmax with a temperature: the Boltzmann distribution of the logits.

    p_i = e^{z_i/T} / sum_j e^{z_j/T}; at T = 0 the largest logits share everything, at T = inf all are equal

    Parameters
    ----------
    z : (..., K) finite logits.
    temperature : T in [0, inf].

    Returns
    -------
    (..., K) probabilities.

    Raises
    ------
    ValueError
        If z is empty, a single number or not finite, or the temperature is negative or NaN.

    References
    ----------
    Bridle (1990); Hinton, Vinyals & Dean (2015), Distilling the Knowledge in a Neural Network, eq. 1.

    Examples
    --------
    >>> softmax([0.0, np.log(3.0)]).round(12)
    array([0.25, 0.75])
    >>> softmax([2.0, 2.0, 1.0], temperature=0)
    array([0.5, 0.5, 0. ])
    """
    z, temperature = _logits(z), _temperature(temperature)
    if temperature == 0.0:
        largest = z == z.max(axis=-1, keepdims=True)
        return largest / largest.sum(axis=-1, keepdims=True)
    if temperature == np.inf:
        return np.full(z.shape, 1.0 / z.shape[-1])

    def rows(z: NDArray[np.float64]) -> NDArray[np.float64]:
        weight = np.exp(centered(z, temperature))
        return weight / weight.sum(axis=-1, keepdims=True)

    return by_blocks(rows, z, keep=True)


def log_softmax(z: ArrayLike, temperature: float = 1.0) -> NDArray[np.float64]:
    """Logarithm of the softmax, right also where the softmax itself rounds to 0 or 1.

    log p_i = u_i - log(1 + sum of e^{u_j} over all j but the largest), with u = (z - max z)/T

    Parameters
    ----------
    z : (..., K) finite logits.
    temperature : T in [0, inf]; at 0 the logarithm of a class that gets nothing is -inf.

    Returns
    -------
    (..., K) log-probabilities in nats.

    Raises
    ------
    ValueError
        If z is empty, a single number or not finite, or the temperature is negative or NaN.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), eq. 6.30; Blanchard, Higham & Higham (2021) on leaving the largest term out.

    Examples
    --------
    >>> float(log_softmax([40.0, 0.0])[0])  # -log(1 + e^-40) = -e^-40, where log(softmax) is 0
    -4.248354255291589e-18
    """
    z, temperature = _logits(z), _temperature(temperature)

    def rows(z: NDArray[np.float64]) -> NDArray[np.float64]:
        return _log_softmax_rows(z, temperature)

    return by_blocks(rows, z, keep=True)


def _log_softmax_rows(z: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    if temperature == 0.0:
        largest = z == z.max(axis=-1, keepdims=True)
        return np.where(largest, -np.log(largest.sum(axis=-1, keepdims=True)), -np.inf) + 0.0
    if temperature == np.inf:
        return np.full(z.shape, -np.log(z.shape[-1]) + 0.0)
    u = centered(z, temperature)
    weight = np.exp(u)
    # One weight is exactly 1; the sum of the others keeps every digit however small they are.
    np.put_along_axis(weight, np.expand_dims(z.argmax(axis=-1), -1), 0.0, axis=-1)
    return u - np.log1p(weight.sum(axis=-1, keepdims=True)) + 0.0


def cross_entropy_with_logits(
    z: ArrayLike, target: ArrayLike, label_smoothing: float = 0.0, temperature: float = 1.0
) -> Values:
    """Cross-entropy of a target with the softmax of logits, in nats, one value a row.

    L = -sum_i t_i log softmax(z/T)_i, with t = (1 - epsilon) target + epsilon/K

    Parameters
    ----------
    z : (..., K) finite logits.
    target : (...) class numbers 0 to K - 1 as integers, a single one for all rows, or (..., K) probabilities.
    label_smoothing : epsilon in [0, 1].
    temperature : T in [0, inf]; at 0 a target on a class that gets nothing costs inf.

    Raises
    ------
    ValueError
        If z is not finite, a class is not 0 to K - 1, a target is no distribution, or the shapes do not fit.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), Deep Learning, eq. 6.29 to 6.30; Szegedy et al. (2016), section 7.

    Examples
    --------
    >>> round(cross_entropy_with_logits([0.0, np.log(3.0)], 0), 6)  # -log 0.25
    1.386294
    """
    z, temperature = _logits(z), _temperature(temperature)
    z, t = as_together(z=z, target=_target(target, z))
    epsilon = _epsilon(label_smoothing)

    def rows(z: NDArray[np.float64], t: NDArray) -> NDArray[np.float64]:
        log_p, t = _log_softmax_rows(z, temperature), _smoothed(t, epsilon)
        with np.errstate(invalid="ignore"):  # 0 * inf: a class that is not aimed at costs nothing
            return np.where(t > 0, -t * log_p, 0.0).sum(axis=-1)

    return result(by_blocks(rows, z, t))


def cross_entropy_with_logits_grad(
    z: ArrayLike,
    target: ArrayLike,
    label_smoothing: float = 0.0,
    temperature: float = 1.0,
    wrt: Wrt = "logit",
) -> NDArray[np.float64]:
    """Gradient of cross_entropy_with_logits by the logits, or by the probabilities.

    dL/dz_i = (p_i - t_i)/T, dL/dp_i = -t_i/p_i, with p = softmax(z/T)

    Parameters
    ----------
    z, target, label_smoothing : as for cross_entropy_with_logits.
    temperature : T in (0, inf]; at T = 0 the loss is a step and has no gradient.
    wrt : "logit" or "probability".

    Returns
    -------
    (..., K) partial derivatives.

    Raises
    ------
    ValueError
        As for cross_entropy_with_logits, if the temperature is 0, or wrt is neither word.

    References
    ----------
    Bridle (1990); Hinton, Vinyals & Dean (2015), eq. 2.

    Examples
    --------
    >>> cross_entropy_with_logits_grad([0.0, np.log(3.0)], 0).round(12)  # 0.25 - 1 and 0.75 - 0
    array([-0.75,  0.75])
    """
    z, wrt = _logits(z), _wrt(wrt)
    temperature = as_scalar(temperature, "temperature", low=0.0, open_low=True, allow_inf=True)
    z, t = as_together(z=z, target=_target(target, z))
    epsilon = _epsilon(label_smoothing)

    def rows(z: NDArray[np.float64], t: NDArray) -> NDArray[np.float64]:
        log_p, t = _log_softmax_rows(z, temperature), _smoothed(t, epsilon)
        with np.errstate(over="ignore", under="ignore"):
            if wrt == "probability":
                return np.where(t > 0, -t * np.exp(-log_p), 0.0)
            # Where the target is certain p - 1 is -(the sum of the others), which expm1 keeps.
            return np.where(t == 1.0, np.expm1(log_p), np.exp(log_p) - t) / temperature + 0.0

    return by_blocks(rows, z, t, keep=True)


def sigmoid(z: ArrayLike) -> Values:
    """Logistic function: the probability 1/(1 + e^-z) that belongs to a logit.

    Parameters
    ----------
    z : finite logits, any shape.

    Raises
    ------
    ValueError
        If z is empty, not numeric or not finite.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), Deep Learning, eq. 3.30.

    Examples
    --------
    >>> round(sigmoid(np.log(3.0)), 12)
    0.75
    """
    return result(logistic(as_float(z, "z")))


def binary_cross_entropy(p: ArrayLike, y: ArrayLike) -> Values:
    """Cross-entropy of a yes-no target with a predicted probability, in nats, elementwise.

    L = -y log p - (1 - y) log(1 - p), with 0 log 0 = 0; infinite if what was called impossible comes

    Parameters
    ----------
    p : predicted probabilities of yes in [0, 1], any shape.
    y : targets in [0, 1], a shape that broadcasts with p.

    Raises
    ------
    ValueError
        If p or y is empty, not numeric or outside [0, 1], or the shapes do not broadcast.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), Deep Learning, section 6.2.2.2; Bishop (2006), eq. 4.90.

    Examples
    --------
    >>> round(binary_cross_entropy(0.25, 1), 6)  # log 4
    1.386294
    """
    p, y = as_together(p=as_unit_interval(p, "p"), y=as_unit_interval(y, "y"))
    with np.errstate(divide="ignore", invalid="ignore"):
        return result(np.where(y > 0, -y * np.log(p), 0.0) + np.where(y < 1, (y - 1.0) * np.log1p(-p), 0.0))


def binary_cross_entropy_with_logits(z: ArrayLike, y: ArrayLike) -> Values:
    """Cross-entropy of a yes-no target with the sigmoid of a logit, in nats, elementwise.

    L = y log(1 + e^-z) + (1 - y) log(1 + e^z)

    Parameters
    ----------
    z : finite logits of yes, any shape.
    y : targets in [0, 1], a shape that broadcasts with z.

    Raises
    ------
    ValueError
        If z is not finite, y is outside [0, 1], one of them is empty, or the shapes do not broadcast.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), Deep Learning, eq. 6.25 to 6.26.

    Examples
    --------
    >>> round(binary_cross_entropy_with_logits(0.0, 1), 6)  # log 2
    0.693147
    """
    z, y = as_together(z=as_float(z, "z"), y=as_unit_interval(y, "y"))
    return result(y * np.logaddexp(0.0, -z) + (1.0 - y) * np.logaddexp(0.0, z))


def binary_cross_entropy_with_logits_grad(z: ArrayLike, y: ArrayLike) -> Values:
    """Derivative of binary_cross_entropy_with_logits by the logit: sigmoid(z) - y, also where the sigmoid rounds to 1.

    dL/dz = (1 - y) sigmoid(z) - y sigmoid(-z)

    Parameters
    ----------
    z, y : as for binary_cross_entropy_with_logits.

    Raises
    ------
    ValueError
        As for binary_cross_entropy_with_logits.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 4.91.

    Examples
    --------
    >>> binary_cross_entropy_with_logits_grad(0.0, 1)
    -0.5
    """
    z, y = as_together(z=as_float(z, "z"), y=as_unit_interval(y, "y"))
    return result((1.0 - y) * logistic(z) - y * logistic(-z))


def bce_grad(p: ArrayLike, y: ArrayLike, wrt: Wrt = "probability") -> Values:
    """Derivative of binary_cross_entropy at p, by the probability or by its logit.

    dL/dp = (p - y)/(p (1 - p)), dL/dz = p - y with z = log(p/(1 - p))

    Parameters
    ----------
    p, y : as for binary_cross_entropy.
    wrt : "probability" or "logit".

    Raises
    ------
    ValueError
        If p or y is empty, not numeric or outside [0, 1], or wrt is neither word.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 4.91 and its chain 4.88.

    Examples
    --------
    >>> bce_grad(0.01, 1)  # -1/p
    -100.0
    >>> bce_grad(0.01, 1, wrt="logit")
    -0.99
    """
    p, y = as_together(p=as_unit_interval(p, "p"), y=as_unit_interval(y, "y"))
    if _wrt(wrt) == "logit":
        return result(p - y)
    # A term whose target weight is 0 drops out, also where its factor is infinite.
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        both = (p - y) / (p * (1.0 - p))
        return result(np.where(y == 1, -1.0 / p, np.where(y == 0, 1.0 / (1.0 - p), both)))


def squared_error(p: ArrayLike, y: ArrayLike) -> Values:
    """Squared error (Brier score) of a predicted probability, elementwise: (p - y)^2.

    Parameters
    ----------
    p, y : as for binary_cross_entropy.

    Raises
    ------
    ValueError
        If p or y is empty, not numeric or outside [0, 1], or the shapes do not broadcast.

    References
    ----------
    Brier (1950), Verification of forecasts expressed in terms of probability; Goodfellow et al. (2016), eq. 5.4.

    Examples
    --------
    >>> squared_error(0.5, 1)
    0.25
    """
    p, y = as_together(p=as_unit_interval(p, "p"), y=as_unit_interval(y, "y"))
    return result((p - y) ** 2)


def mse_grad(p: ArrayLike, y: ArrayLike, wrt: Wrt = "probability") -> Values:
    """Derivative of squared_error at p, by the probability or by its logit; the latter vanishes at p = 0 and 1.

    dL/dp = 2 (p - y), dL/dz = 2 (p - y) p (1 - p) with z = log(p/(1 - p))

    Parameters
    ----------
    p, y : as for binary_cross_entropy.
    wrt : "probability" or "logit".

    Raises
    ------
    ValueError
        If p or y is empty, not numeric or outside [0, 1], or wrt is neither word.

    References
    ----------
    Nielsen (2015), Neural Networks and Deep Learning, eq. 55 (which has half of this loss).

    Examples
    --------
    >>> mse_grad(0.01, 1)
    -1.98
    >>> mse_grad(0.5, 1, wrt="logit")
    -0.25
    """
    p, y = as_together(p=as_unit_interval(p, "p"), y=as_unit_interval(y, "y"))
    by_p = 2.0 * (p - y)
    return result(by_p * p * (1.0 - p) if _wrt(wrt) == "logit" else by_p)


def smooth_labels(target: ArrayLike, n_classes: int, epsilon: float) -> NDArray[np.float64]:
    """One-hot targets with a share epsilon spread evenly over all classes, the right one included.

    t_i = (1 - epsilon) [i = target] + epsilon/K

    Parameters
    ----------
    target : (...) class numbers 0 to K - 1 as integers.
    n_classes : K >= 1.
    epsilon : in [0, 1]; 0 gives one-hot targets.

    Returns
    -------
    (..., K) probabilities.

    Raises
    ------
    ValueError
        If a class is not 0 to K - 1, n_classes is not positive, or epsilon is outside [0, 1].

    References
    ----------
    Szegedy et al. (2016), Rethinking the Inception Architecture for Computer Vision, section 7.

    Examples
    --------
    >>> smooth_labels(0, 4, 0.5)
    array([0.625, 0.125, 0.125, 0.125])
    """
    n_classes = as_size(n_classes, "n_classes")
    classes, epsilon = as_class(target, "target", n_classes), _epsilon(epsilon, "epsilon")
    return _smoothed(np.broadcast_to(classes[..., None], (*classes.shape, n_classes)), epsilon)


def best_logit_gap(n_classes: int, epsilon: float) -> float:
    """How far the right logit leads the others where the cross-entropy with smoothed labels is least.

    g = log(1 + K (1 - epsilon)/epsilon), at which the softmax is the smoothed label itself; infinite for epsilon = 0

    Parameters
    ----------
    n_classes : K >= 2.
    epsilon : in [0, 1].

    Raises
    ------
    ValueError
        If n_classes is less than 2, or epsilon is outside [0, 1].

    References
    ----------
    Szegedy et al. (2016), section 7; Mueller, Kornblith & Hinton (2019), When Does Label Smoothing Help?, section 2.

    Examples
    --------
    >>> round(best_logit_gap(2, 0.5), 6)  # the label is (3/4, 1/4): log 3
    1.098612
    """
    k = as_size(n_classes, "n_classes", low=2)
    epsilon = as_scalar(epsilon, "epsilon", low=0.0, high=1.0)
    if epsilon == 0.0:
        return float("inf")
    lead = k * (1.0 - epsilon) / epsilon  # infinite for a subnormal epsilon
    return float(np.log1p(lead) if lead < np.inf else np.log(k) - np.log(epsilon))


def _logits(z: ArrayLike) -> NDArray[np.float64]:
    z = as_float(z, "z")
    if z.ndim == 0:
        raise ValueError("z is a single number: give the logits of all classes as a list.")
    return z


def _temperature(temperature: float) -> float:
    return as_scalar(temperature, "temperature", low=0.0, allow_inf=True)


def _wrt(wrt: str) -> str:
    return as_choice(wrt, "wrt", ("probability", "logit"))


def _epsilon(label_smoothing: float, name: str = "label_smoothing") -> float:
    return as_scalar(label_smoothing, name, low=0.0, high=1.0)


def _target(target: ArrayLike, z: NDArray[np.float64]) -> NDArray:
    """Class numbers (..., 1) from such, one axis less than z or none, or probabilities (..., K)."""
    n_classes = z.shape[-1]
    if holds_integers(target, "iub") and np.ndim(target) in (0, z.ndim - 1):
        return as_class(target, "target", n_classes)[..., None]
    t = as_pmf(target, "target")
    if t.shape[-1] != n_classes:
        raise ValueError(f"target has {t.shape[-1]} classes but z has {n_classes}: give one probability a class.")
    return t


def _smoothed(t: NDArray, epsilon: float) -> NDArray[np.float64]:
    """Smoothed targets from probabilities, or from the number of the class repeated for each class."""
    if t.dtype != np.float64:
        t = (t == np.arange(t.shape[-1])).astype(np.float64)
    return (1.0 - epsilon) * t + epsilon / t.shape[-1] if epsilon else t
