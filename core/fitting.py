"""One Gaussian fitted to a mixture by either divergence, the landscape the fit happens in, and a way down it.

Forward, KL(p || q), has one optimum, the moments. Reverse, KL(q || p), may have several, and all are found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_choice, as_float, as_instance, as_scalar
from core.mixture import (
    GRID,
    HALF_LOG_2PI,
    NODES,
    REACH,
    Components,
    Mixture,
    along,
    chunks,
    components,
    gaussians,
    kl_from_mixture,
    kl_to_mixture,
    log_density,
    mesh,
    panels,
)

Direction = Literal["forward", "reverse"]
Point = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GaussianFit:
    """A local optimum N(mu, sigma^2) and its divergence in nats."""

    mu: float
    sigma: float
    kl: float


@dataclass(frozen=True, slots=True, eq=False)
class DescentPath:
    """Iterates of a descent, from the start to the optimum: arrays of one length, kl in nats and falling."""

    mu: NDArray[np.float64]
    log_sigma: NDArray[np.float64]
    kl: NDArray[np.float64]


def fit_gaussian(mixture: Mixture, direction: Direction) -> tuple[GaussianFit, ...]:
    """Every local optimum of the divergence between a mixture p and one Gaussian q, the best first.

    forward: argmin KL(p || q) has the mean and the variance of p, and is alone
    reverse: the minima of KL(q || p), where E_q[(log p)'] = 0 and E_q[(log p)''] = -1/sigma^2

    The reverse search starts from each component, from every minimum of a grid over (mu, log sigma), laid over all
    components and over each close run of them, and from both sides of the saddles found from the grid's valleys; it
    descends by Newton steps within a trust region.

    Parameters
    ----------
    mixture : the Mixture p.
    direction : "forward" or "reverse".

    Returns
    -------
    GaussianFit records, sorted by kl.

    Raises
    ------
    ValueError
        If mixture is no Mixture, or direction is neither word.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 10.1.2 and exercise 10.4; the stationarity
    conditions: Opper & Archambeau (2009), The variational Gaussian approximation revisited, eq. 7 and 8.

    Examples
    --------
    >>> far = Mixture([0.5, 0.5], [-4.0, 4.0], [3.0, 3.0])
    >>> [(fit.mu, fit.sigma) for fit in fit_gaussian(far, "forward")]  # sqrt(3^2 + 4^2)
    [(0.0, 5.0)]
    >>> [round(fit.mu) for fit in fit_gaussian(Mixture([0.6, 0.4], [-4.0, 4.0], [1.0, 1.0]), "reverse")]  # one between
    [-4, 4, -1]
    """
    as_instance(mixture, "mixture", Mixture)
    if _is_forward(direction):
        mu, sigma = mixture.mean, mixture.sigma
        return (GaussianFit(mu, sigma, kl_from_mixture(mixture, mu, sigma)),)
    evaluate = _reverse(mixture, *_extent(mixture))
    mu, tau, state = _descend(evaluate, *_starts(mixture, evaluate))
    kept = _distinct(mu, tau, state)
    mu, sigma = mu[kept] + mixture.mean, np.exp(tau[kept])
    kl = kl_to_mixture(mu, sigma, mixture)
    return tuple(GaussianFit(float(mu[i]), float(sigma[i]), float(kl[i])) for i in np.argsort(kl))


def kl_landscape(mixture: Mixture, mus: ArrayLike, log_sigmas: ArrayLike, direction: Direction) -> NDArray[np.float64]:
    """Divergence between a mixture p and the Gaussians on a grid of (mu, log sigma), in nats.

    Parameters
    ----------
    mixture : the Mixture p.
    mus : (m,) means.
    log_sigmas : (n,) logarithms of standard deviations.
    direction : "forward" for KL(p || q), "reverse" for KL(q || p).

    Returns
    -------
    (n, m) values, a row for each log sigma; right to about 1e-12.

    Raises
    ------
    ValueError
        If mus or log_sigmas is not finite or not one-dimensional, or direction is neither word.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, figure 10.3.

    Examples
    --------
    >>> one = Mixture([1.0], [0.0], [1.0])
    >>> kl_landscape(one, [0.0, 1.0, 2.0], [0.0], "reverse").round(9)  # mu^2/2
    array([[0. , 0.5, 2. ]])
    """
    mus, log_sigmas = as_float(mus, "mus", ndim=1), as_float(log_sigmas, "log_sigmas", ndim=1)
    if np.abs(log_sigmas).max() > 500:
        raise ValueError("log_sigmas goes beyond 500 in size: sigma = exp(log_sigma) leaves every useful scale.")
    if _is_forward(direction):
        return kl_from_mixture(mixture, mus, np.exp(log_sigmas)[:, None])
    offsets, sigma = gaussians(mus, np.exp(log_sigmas)[:, None], mixture)
    parts, offsets, reach = components(mixture), offsets[0], REACH * sigma.max()
    breaks = mesh(parts, offsets.min() - reach, offsets.max() + reach)
    rows = [_reverse_row(parts, breaks, offsets, tau) for tau in log_sigmas]
    return np.maximum(np.stack(rows), 0.0)  # what rounds below 0 at equality


def descent_path(mixture: Mixture, mu0: float, log_sigma0: float, direction: Direction) -> DescentPath:
    """Way of a descent of the divergence from a start to the local optimum it falls into.

    With v = (mu/sigma, log sigma), Fisher information F = diag(1, 2) and Hessian H, each step is the damped natural
    gradient dv = -(F + |H|)^-1 grad of at most 1/4, or Newton's where one that short leads to the minimum. No step
    raises the divergence.

    Parameters
    ----------
    mixture : the Mixture p.
    mu0, log_sigma0 : the start.
    direction : "forward" for KL(p || q), "reverse" for KL(q || p).

    Returns
    -------
    DescentPath, the start first.

    Raises
    ------
    ValueError
        If mu0 or log_sigma0 is not a finite number, mu0 is more than 100000 standard deviations of p off its mean,
        log_sigma0 more than 20 off that of p, or direction is neither word.

    References
    ----------
    Amari (1998), Natural gradient works efficiently in learning, theorem 1 and section 4.

    Examples
    --------
    >>> path = descent_path(Mixture([1.0], [2.0], [1.0]), 0.0, 0.0, "reverse")
    >>> round(float(path.kl[0]), 9), round(float(path.mu[-1]), 9)  # 2^2/2, and down to the mean
    (2.0, 2.0)
    """
    as_instance(mixture, "mixture", Mixture)
    mu = np.array([as_scalar(mu0, "mu0") - mixture.mean])
    tau = np.array([as_scalar(log_sigma0, "log_sigma0")])
    if abs(mu[0]) > 1e5 * mixture.sigma or abs(tau[0] - np.log(mixture.sigma)) > 20:
        raise ValueError("mu0 or log_sigma0 is far off the mixture: start within 1e5 of its sigma, 20 of its log.")
    if _is_forward(direction):
        evaluate = _forward(mixture)
    else:
        reach = REACH * np.exp(tau[0]) + abs(mu[0]) + REACH * mixture.sigma
        evaluate = _reverse(mixture, -reach, reach)
    path: list[tuple[Point, Point]] = [(mu, tau)]
    _descend(evaluate, mu, tau, longest=0.25, natural=True, path=path)
    mu, tau = (np.concatenate(column) for column in zip(*path, strict=True))
    values = (kl_from_mixture if direction == "forward" else _kl_to)(mixture, mu + mixture.mean, np.exp(tau))
    return DescentPath(mu + mixture.mean, tau, values)


class State(NamedTuple):
    """The divergence up to a constant at B points, with derivatives in the scale-free steps (d mu/sigma, d tau)."""

    value: NDArray[np.float64]  # (B,)
    gradient: NDArray[np.float64]  # (B, 2)
    hessian: NDArray[np.float64]  # (B, 2, 2)


Evaluate = Callable[[Point, Point], State]


def _forward(mixture: Mixture) -> Evaluate:
    """KL(p || q) up to the negentropy of p: closed in mean and variance."""

    def evaluate(mu: Point, tau: Point) -> State:
        d, ratio = mu * np.exp(-tau), (mixture.sigma * np.exp(-tau)) ** 2
        spread = ratio + d * d
        return State(spread / 2.0 + tau, np.stack([d, 1.0 - spread], -1), _symmetric(1.0, -2.0 * d, 2.0 * spread))

    return evaluate


def _reverse(mixture: Mixture, low: float, high: float) -> Evaluate:
    """KL(q || p) without its constant -log(2 pi e)/2: -tau - E_q[log p], and its derivatives by those of log p.

    Bonnet and Price: d/d mu E_q[f] = E_q[f'] and d/d tau E_q[f] = E_q[f' y] with y = x - mu; once more for the second.
    """
    parts = components(mixture)
    breaks = mesh(parts, low, high)

    def evaluate(mu: Point, tau: Point) -> State:
        rows = []
        for part in chunks(mu.size, 2 * (breaks.size + GRID.size) * NODES.size * parts.mean.size):
            m, s = mu[part, None], np.exp(tau[part, None])
            y, weight = _density_nodes(breaks, m, s)
            log_p, slope, bend = _log_p_derivatives(parts, m, y)
            value = -tau[part] - np.vecdot(weight, log_p)
            by_mu, by_tau = -s[:, 0] * np.vecdot(weight, slope), -1.0 - np.vecdot(weight, slope * y)
            bent = weight * bend
            twice = -(s[:, 0] ** 2) * bent.sum(axis=-1), -s[:, 0] * np.vecdot(bent, y), -np.vecdot(bent, y * y)
            rows.append((value, np.stack([by_mu, by_tau], -1), _symmetric(*twice[:2], twice[2] + by_tau + 1.0)))
        return State(*(np.concatenate(column) for column in zip(*rows, strict=True)))

    return evaluate


def _density_nodes(
    breaks: NDArray[np.float64], mu: NDArray[np.float64], sigma: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes y = x - mu (B, n) and weights that include the density of q."""
    reach = REACH * sigma
    first, last = np.searchsorted(breaks, mu - reach), np.searchsorted(breaks, mu + reach)
    # As many break points as the fullest of the Gaussians holds; those beyond its reach fall on its edge.
    place = np.minimum(first + np.arange((last - first).max()), breaks.size - 1)
    inside = np.clip(breaks[place] - mu, -reach, reach)
    y, weight = panels(np.sort(np.concatenate([sigma * GRID, inside], axis=-1), axis=-1))
    return y, weight * np.exp(-((y / sigma) ** 2) / 2.0 - HALF_LOG_2PI) / sigma


def _log_p_derivatives(
    parts: Components, mu: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """log p, (log p)' = E_r[g] and (log p)'' = Var_r[g] - E_r[1/s^2] at mu + y, which is never added up.

    r are the responsibilities of the components, g_k = -(x - m_k)/s_k^2 the slopes of their logarithms.
    """
    weight, mean, sigma = along(parts, y.ndim)
    u = (y - (mean - mu)) / sigma
    exponent = np.log(weight) - np.log(sigma) - u * u / 2.0
    top = exponent.max(axis=0)
    share = np.exp(exponent - top)
    total = share.sum(axis=0)
    share /= total
    g = -u / sigma
    slope = (share * g).sum(axis=0)
    bend = (share * ((g - slope) ** 2 - 1.0 / sigma**2)).sum(axis=0)
    return top + np.log(total) - HALF_LOG_2PI, slope, bend


def _symmetric(a: NDArray[np.float64], b: NDArray[np.float64], d: NDArray[np.float64]) -> NDArray[np.float64]:
    a, b, d = np.broadcast_arrays(a, b, d)
    return np.stack([np.stack([a, b], -1), np.stack([b, d], -1)], -2)


def _extent(mixture: Mixture) -> tuple[float, float]:
    """Where any Gaussian of the search has mass; none is wider than the components reach."""
    _, mean, sigma = components(mixture)
    reach = REACH * (np.ptp(mean) + 2.0 * sigma.max())
    return float(mean.min() - reach), float(mean.max() + reach)


def _starts(mixture: Mixture, evaluate: Evaluate) -> tuple[Point, Point]:
    """The components, and what grids show: one over all of them, and one over each run of neighbors it would blur."""
    _, mean, sigma = components(mixture)
    order = np.argsort(mean)
    mean, sigma = mean[order], sigma[order]
    minima, valleys = _grid_starts(mixture, mean, sigma)
    found = [np.stack([mean, np.log(sigma)]), minima, _from_valleys(evaluate, *valleys)]
    for length in range(2, min(len(mean) - 1, 8) + 1):
        for first in range(len(mean) - length + 1):
            run = slice(first, first + length)
            if 0.0 < np.ptp(mean[run]) < 0.3 * np.ptp(mean):
                found.append(_grid_starts(mixture, mean[run], sigma[run])[0])
    mu, tau = np.concatenate(found, axis=-1)
    return mu, tau


def _grid_starts(
    mixture: Mixture, mean: NDArray[np.float64], sigma: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Minima on a grid that spans some of the components, and the minima along a few of its columns; rows mu, tau.

    At an optimum 1/sigma^2 = -E_q[(log p)''] <= max 1/s_k^2: none is narrower than the narrowest component. One that
    spans several may be wider than the mixture, where little weight lies far out, but not wider than its extent.
    """
    mu = np.linspace(mean.min(), mean.max(), 40)
    tau = np.linspace(np.log(sigma.min()), np.log(np.ptp(mean) + 2.0 * sigma.max()), 20)
    values = kl_landscape(mixture, mu + mixture.mean, tau, "reverse")
    rows, columns = _grid_minima(values)
    few = slice(4, None, 8)
    valley, column = np.nonzero(values[1:-1, few] <= np.minimum(values[:-2, few], values[2:, few]))
    return np.stack([mu[columns], tau[rows]]), np.stack([mu[few][column], tau[1:-1][valley]])


def _grid_minima(values: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places no higher than their eight neighbors."""
    padded = np.pad(values, 1, constant_values=np.inf)
    rows, columns = values.shape
    around = [
        padded[1 + i : 1 + i + rows, 1 + j : 1 + j + columns]
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        if (i, j) != (0, 0)
    ]
    return np.nonzero(values <= np.min(around, axis=0))


def _descend(
    evaluate: Evaluate,
    mu: Point,
    tau: Point,
    longest: float = 1.0,
    natural: bool = False,
    path: list[tuple[Point, Point]] | None = None,
) -> tuple[Point, Point, State]:
    """Descents from B starts at once; each accepts only steps that do not raise its value, within a trust radius."""
    mu, tau = mu.copy(), tau.copy()
    state = evaluate(mu, tau)
    radius = np.full(mu.shape, longest)
    for _ in range(1000):
        active = np.flatnonzero((np.abs(state.gradient).max(axis=-1) > 1e-13) & (radius > 1e-12))
        if active.size == 0:
            break
        here = State(*(a[active] for a in state))
        step = _natural_step(here, longest) if natural else _newton_step(here)
        length = np.hypot(*step.T)
        step *= np.minimum(1.0, radius[active] / np.maximum(length, 1e-300))[:, None]
        new_mu, new_tau = mu[active] + step[:, 0] * np.exp(tau[active]), tau[active] + step[:, 1]
        there = evaluate(new_mu, new_tau)
        # Near the bottom the value is flat to its last digit; there a smaller gradient decides.
        flat = np.abs(there.value - here.value) <= 1e-13 * (1.0 + np.abs(here.value))
        closer = np.abs(there.gradient).max(axis=-1) < np.abs(here.gradient).max(axis=-1)
        good = np.where(flat, closer, there.value < here.value)
        taken = active[good]
        mu[taken], tau[taken] = new_mu[good], new_tau[good]
        for old, new in zip(state, there, strict=True):
            old[taken] = new[good]
        radius[active] = np.where(good, np.minimum(2.0 * radius[active], longest), np.hypot(*step.T) / 4.0)
        if path is not None and taken.size:
            path.append((mu.copy(), tau.copy()))
            longest *= 1.02  # so that a start from far away arrives
    return mu, tau, state


def _newton_step(state: State) -> NDArray[np.float64]:
    """-|H|^-1 gradient: Newton's step with negative curvature turned over, so that it leaves saddles downhill."""
    curvature, axes = np.linalg.eigh(state.hessian)
    along_axes = np.einsum("bij,bi->bj", axes, state.gradient)
    return -np.einsum("bij,bj->bi", axes, along_axes / np.maximum(np.abs(curvature), 1e-8))


def _natural_step(state: State, longest: float) -> NDArray[np.float64]:
    """-(F + |H|)^-1 gradient with the Fisher information F = diag(1, 2), or Newton's step where the bottom is near."""
    newton = _newton_step(state)
    root = np.sqrt([1.0, 2.0])
    curvature, axes = np.linalg.eigh(state.hessian / root / root[:, None])
    along_axes = np.einsum("bij,bi->bj", axes, state.gradient / root)
    natural = -np.einsum("bij,bj->bi", axes, along_axes / (1.0 + np.abs(curvature))) / root
    bottom = (np.linalg.eigvalsh(state.hessian)[:, 0] > 0) & (np.hypot(*newton.T) < longest)
    return np.where(bottom[:, None], newton, natural)


def _from_valleys(evaluate: Evaluate, mu: Point, tau: Point) -> NDArray[np.float64]:
    """Starts (mu, tau) near the stationary points that Newton's plain steps lead to from the valleys of a grid.

    A minimum across far narrow components is at the bottom of a valley too narrow for the grid and can have a basin of
    a hundredth of sigma. The saddles at its rim are seen from farther away, and one way down from them leads into it.
    """
    if mu.size == 0:
        return np.empty((2, 0))
    for iteration in range(9):
        state = evaluate(mu, tau)
        stiff = np.maximum(np.abs(state.hessian[:, 1, 1]), 1e-8)
        if iteration < 3:  # the width first: only at the bottom of the valley does the curvature along it show
            step = np.stack([np.zeros_like(mu), -state.gradient[:, 1] / stiff], axis=-1)
        else:
            step = -np.linalg.solve(state.hessian + 1e-8 * np.eye(2), state.gradient[..., None])[..., 0]
        step *= np.minimum(1.0, 0.5 / np.maximum(np.hypot(*step.T), 1e-300))[:, None]
        mu, tau = mu + step[:, 0] * np.exp(tau), tau + step[:, 1]
    distinct = _apart(mu, tau, np.arange(mu.size))
    mu, tau = mu[distinct], tau[distinct]
    curvature, axes = np.linalg.eigh(evaluate(mu, tau).hessian)
    saddle = curvature[:, 0] <= 0
    down = 1e-3 * axes[saddle, :, 0] * np.array([[[1.0]], [[-1.0]]])
    beside_mu, beside_tau = mu[saddle] + down[..., 0] * np.exp(tau[saddle]), tau[saddle] + down[..., 1]
    return np.stack([np.append(mu[~saddle], beside_mu), np.append(tau[~saddle], beside_tau)])


def _apart(mu: Point, tau: Point, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Of the places one each of those that are more than 1e-4 apart in (mu/sigma, log sigma)."""
    kept: list[int] = []
    for i in places:
        if all(max(abs(mu[i] - mu[j]) / np.exp(tau[i]), abs(tau[i] - tau[j])) > 1e-4 for j in kept):
            kept.append(int(i))
    return np.array(kept, dtype=np.intp)


def _distinct(mu: Point, tau: Point, state: State) -> NDArray[np.intp]:
    """Of the ends of the descents one each of those that are minima."""
    settled = np.abs(state.gradient).max(axis=-1) < 1e-8
    minimum = np.flatnonzero(settled & (np.linalg.eigvalsh(state.hessian)[:, 0] > 0))
    # A minimum about to split in two is flat to the last digit: then the lowest end stands for it.
    return _apart(mu, tau, minimum if minimum.size else np.argmin(state.value, keepdims=True))


def _reverse_row(
    parts: Components, breaks: NDArray[np.float64], mus: NDArray[np.float64], tau: float
) -> NDArray[np.float64]:
    """KL(q || p) of the Gaussians of one width at all mus. Wide ones share nodes, at which log p is known once."""
    sigma = np.exp(tau)
    low, high = mus.min() - REACH * sigma, mus.max() + REACH * sigma
    count = int(min((high - low) / (1.5 * sigma), 1e6)) + 2
    constant = -tau - HALF_LOG_2PI - 0.5
    if count <= 300:
        inside = breaks[(breaks > low) & (breaks < high)]
        x, weight = panels(np.sort(np.concatenate([np.linspace(low, high, count), inside])))
        return constant - _smoothed(x, weight * log_density(parts, x), mus, sigma)
    out = np.empty(mus.size)
    for part in chunks(mus.size, (breaks.size + GRID.size) * NODES.size * parts.mean.size):
        y, weight = _density_nodes(breaks, mus[part, None], np.full((mus[part].size, 1), sigma))
        out[part] = constant - np.vecdot(weight, log_density(parts, mus[part, None] + y))
    return out


def _smoothed(
    x: NDArray[np.float64], values: NDArray[np.float64], mus: NDArray[np.float64], sigma: float
) -> NDArray[np.float64]:
    """sum_j N(x_j; mu, sigma^2) values_j for each mu; neighbors go together and see only the nodes within reach."""
    out = np.empty(mus.size)
    scaled_x, scaled_mus = x / (sigma * np.sqrt(2.0)), mus / (sigma * np.sqrt(2.0))
    groups = int(np.clip(np.ptp(mus) / (REACH * sigma), 1, 16))
    for group in np.array_split(np.argsort(mus), min(groups, mus.size)):
        ends = mus[group[[0, -1]]] + [-REACH * sigma, REACH * sigma]
        near = slice(*np.searchsorted(x, ends))
        density = np.subtract.outer(scaled_mus[group], scaled_x[near])
        np.multiply(density, -density, out=density)
        # Any floor far below the last digit will do; exp is many times slower where it underflows.
        np.exp(np.maximum(density, -200.0, out=density), out=density)
        out[group] = density @ values[near]
    return out / (sigma * np.exp(HALF_LOG_2PI))


def _kl_to(mixture: Mixture, mu: Point, sigma: Point) -> NDArray[np.float64]:
    return kl_to_mixture(mu, sigma, mixture)


def _is_forward(direction: str) -> bool:
    return as_choice(direction, "direction", ("forward", "reverse")) == "forward"
