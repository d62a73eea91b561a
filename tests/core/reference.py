"""The textbook formulas in high precision: 90 digits inside, so that 50 are right after any cancellation met here.

Floats are taken as the exact binary numbers they are. Nothing is rearranged: what `core` writes in a stable form
stands here as it stands in the book.
"""

import math
from collections.abc import Callable, Iterable

import numpy as np
from mpmath import mp, mpf

mp.dps = 90


def exact(values: Iterable[float]) -> list[mpf]:
    """Floats as exact numbers."""
    return [mpf(float(v)) for v in np.ravel(values)]


def relative_error(value: float, reference: mpf) -> float:
    """abs(value - reference)/abs(reference); 0 if both are zero, or both are the same infinity."""
    if math.isinf(value) or math.isnan(value) or not mp.isfinite(reference):
        return 0.0 if mpf(value) == reference else math.inf
    if reference == 0:
        return 0.0 if value == 0 else math.inf
    return float(abs(mpf(value) - reference) / abs(reference))


def agrees(value: float, reference: mpf, rel: float = 1e-14, abs_: float = 0.0) -> bool:
    """Whether the value is within rel of the reference, or within abs_, or within the last subnormal digits of it.

    Below the smallest normal number a float has no 14 digits; 100 of its last units are granted there.
    """
    if math.isinf(value) or math.isnan(value) or not mp.isfinite(reference):
        return mpf(value) == reference
    return abs(mpf(value) - reference) <= max(rel * abs(reference), mpf(abs_), 100 * mpf(5e-324))


def xlogy(x: mpf, y: mpf) -> mpf:
    """x log y, with 0 for x = 0 and -inf for y = 0 < x."""
    if x == 0:
        return mpf(0)
    return x * mp.log(y) if y > 0 else -mp.inf


def normalized(weights: Iterable[float]) -> list[mpf]:
    """Weights divided by their exact sum."""
    w = exact(weights)
    total = mp.fsum(w)
    return [x / total for x in w]


def entropy(p: Iterable[float]) -> mpf:
    """-sum p log p of the floats as they are."""
    return mp.fsum(-xlogy(x, x) for x in exact(p))


def cross_entropy(p: Iterable[float], q: Iterable[float]) -> mpf:
    """-sum p log q of the floats as they are."""
    return mp.fsum(-xlogy(x, y) for x, y in zip(exact(p), exact(q), strict=True))


def kl(p: Iterable[float], q: Iterable[float]) -> mpf:
    """sum p log(p/q) - (sum p - sum q) of the floats as they are.

    Their sums are off 1 in the last digit, by some a and b. The textbook sum is off by a - b, which is all of it near
    p = q; with the sums taken out it is off the divergence of the normalised p and q by at most a KL + a^2 + b^2.
    """
    p, q = exact(p), exact(q)
    if any(x > 0 and y == 0 for x, y in zip(p, q, strict=True)):
        return mp.inf
    return mp.fsum(xlogy(x, x / y) - x + y if x > 0 else y for x, y in zip(p, q, strict=True))


def kl_normalized(p: Iterable[float], q: Iterable[float]) -> mpf:
    """sum p log(p/q) after exact normalisation of both."""
    p, q = normalized(p), normalized(q)
    if any(x > 0 and y == 0 for x, y in zip(p, q, strict=True)):
        return mp.inf
    return mp.fsum(xlogy(x, x / y) for x, y in zip(p, q, strict=True) if x > 0)


def js(p: Iterable[float], q: Iterable[float]) -> mpf:
    """sum (p log(p/m) + q log(q/m))/2 with m = (p + q)/2, of the floats as they are."""
    pairs = zip(exact(p), exact(q), strict=True)
    return mp.fsum((xlogy(x, 2 * x / (x + y)) + xlogy(y, 2 * y / (x + y))) / 2 for x, y in pairs if x + y > 0)


def log_softmax(z: Iterable[float], temperature: float = 1.0) -> list[mpf]:
    """z/T - log sum exp(z/T), from the largest, whose own share of the sum is the 1 of log1p: exp(-1000) counts."""
    u = sorted((x / mpf(float(temperature)) for x in exact(z)), reverse=True)
    log_z = mp.log1p(mp.fsum(mp.exp(x - u[0]) for x in u[1:]))
    return [x / mpf(float(temperature)) - u[0] - log_z for x in exact(z)]


def softmax(z: Iterable[float], temperature: float = 1.0) -> list[mpf]:
    """exp(z/T) / sum exp(z/T)."""
    return [mp.exp(x) for x in log_softmax(z, temperature)]


def derivative(f: Callable[[mpf], mpf], x: float, step: float = 1e-20) -> mpf:
    """(f(x + h) - f(x - h)) / 2h, right to about 40 digits at the default step."""
    h = mpf(step)
    return (f(mpf(x) + h) - f(mpf(x) - h)) / (2 * h)
