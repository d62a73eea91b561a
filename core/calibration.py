"""Whether predicted probabilities can be taken at their word, and the temperature that mends them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_class, as_float, as_pmf, as_size


@dataclass(frozen=True, slots=True)
class ReliabilityDiagram:
    """The occupied bins of confidence, in order: their bounds (lower, upper], their size, and the two means."""

    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    count: NDArray[np.int64]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]


def fit_temperature(z: ArrayLike, y: ArrayLike) -> float:
    """Temperature at which held-out logits have the least negative log-likelihood.

    minimizes sum_n -log softmax(z_n/T)_{y_n}, which is convex in 1/T: there the mean logit under the model equals the
    mean logit of the labels

    Parameters
    ----------
    z : (n, K) finite logits.
    y : (n,) class numbers 0 to K - 1 as integers.

    Returns
    -------
    T in [0, inf]: 0 if every label has the largest logit of its row, inf if the labels' logits are on average no
    larger than the others.

    Raises
    ------
    ValueError
        If z is not finite, y does not fit, or every row of z is constant, so that T changes nothing.

    References
    ----------
    Guo, Pleiss, Sun & Weinberger (2017), On Calibration of Modern Neural Networks, section 4.2 and eq. 9.

    Examples
    --------
    >>> round(fit_temperature([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0]], [0, 0, 0, 1]), 6)  # 1/log 3
    0.910239
    """
    from scipy.optimize import brentq  # imported here: it takes longer to load than all of core

    z = as_float(z, "z", ndim=2)
    y = _labels(y, z)
    # Scaling by a power of two is exact and keeps the differences from overflowing.
    shift = int(np.frexp(np.abs(z).max())[1]) + 1
    gap = np.ldexp(z, -shift)
    gap = gap - gap.max(axis=-1, keepdims=True)
    at_label = np.take_along_axis(gap, y[:, None], axis=-1)[:, 0].mean()
    if not gap.any():
        raise ValueError("z is constant in every row: any temperature gives the same, so none can be fitted.")
    if at_label == 0:
        return 0.0

    def slope(beta: float) -> float:  # derivative of the mean loss by beta = 1/T; it rises
        weight = np.exp(beta * gap)
        return float((np.vecdot(weight, gap) / weight.sum(axis=-1)).mean() - at_label)

    if slope(0.0) >= 0:
        return float("inf")
    high = 1.0
    while slope(high) <= 0:
        high *= 2.0
    beta = brentq(slope, 0.0, high, xtol=1e-300, rtol=8.9e-16, maxiter=500)
    return float(np.ldexp(1.0 / beta, shift))


def reliability_diagram(p: ArrayLike, y: ArrayLike, n_bins: int = 15) -> ReliabilityDiagram:
    """Confidence against accuracy in equal bins of confidence; empty bins are left out.

    Parameters
    ----------
    p : (n, K) predicted probabilities; the prediction is the first class with the largest one, its confidence.
    y : (n,) class numbers 0 to K - 1 as integers.
    n_bins : M >= 1 bins ((m - 1)/M, m/M].

    Raises
    ------
    ValueError
        If a row of p is no distribution, y does not fit, or n_bins is not positive.

    References
    ----------
    Guo, Pleiss, Sun & Weinberger (2017), On Calibration of Modern Neural Networks, section 2.

    Examples
    --------
    >>> reliability_diagram([[0.75, 0.25], [0.75, 0.25]], [0, 1], n_bins=2).accuracy
    array([0.5])
    """
    p = as_pmf(p, "p")
    if p.ndim != 2:
        raise ValueError(f"p has shape {p.shape}: give one row of probabilities a prediction, (n, K).")
    y, n_bins = _labels(y, p), as_size(n_bins, "n_bins")
    confidence, right = p.max(axis=-1), p.argmax(axis=-1) == y
    edges = np.arange(n_bins + 1) / n_bins
    # The quotients m/M themselves decide: multiplying by M would push 0.7 out of the bin that ends there.
    bins = np.searchsorted(edges[1:-1], confidence, side="left")
    count = np.bincount(bins, minlength=n_bins)
    used = count > 0
    sums = (np.bincount(bins, weights=w, minlength=n_bins)[used] for w in (confidence, right))
    means = (total / count[used] for total in sums)
    return ReliabilityDiagram(edges[:-1][used], edges[1:][used], count[used], *means)


def expected_calibration_error(p: ArrayLike, y: ArrayLike, n_bins: int = 15) -> float:
    """Expected calibration error: how far confidence and accuracy are apart, on average over the predictions.

    ECE = sum_m (n_m/n) |accuracy_m - confidence_m| over the bins of reliability_diagram

    Parameters
    ----------
    p, y, n_bins : as for reliability_diagram.

    Returns
    -------
    A share in [0, 1].

    Raises
    ------
    ValueError
        As for reliability_diagram.

    References
    ----------
    Naeini, Cooper & Hauskrecht (2015); Guo, Pleiss, Sun & Weinberger (2017), eq. 3.

    Examples
    --------
    >>> expected_calibration_error([[0.75, 0.25], [0.75, 0.25]], [0, 1])
    0.25
    """
    diagram = reliability_diagram(p, y, n_bins)
    gap = np.abs(diagram.accuracy - diagram.confidence)
    return float(diagram.count @ gap / diagram.count.sum())


def _labels(y: ArrayLike, rows: NDArray[np.float64]) -> NDArray[np.int64]:
    y = as_class(y, "y", rows.shape[-1])
    if y.shape != rows.shape[:-1]:
        raise ValueError(f"y has shape {y.shape}: give one class a row, {rows.shape[:-1]}.")
    return y
