"""Accurate primitives, elementwise, without validation. Every edge case (0 log 0, off the support) lives here, once.

Each is the perspective q f(p/q) of a convex f with f(1) = f'(1) = 0: no term is negative, the terms need no common
sum, and for p = q every one is exactly 0. Adding them therefore loses no digits however close p and q are.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

# Entries that are worked on together: a few arrays of them stay in the second-level cache. A function that makes many
# temporaries works on a quarter.
BLOCK = 32_768
TINY = 5e-324  # the smallest positive float: max(x, TINY) changes nothing but zeros


def log1pmx(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """log1p(x) - x for x >= -1, to the last digits also where the two nearly cancel.

    With r = x / (2 + x), log1p(x) = 2 atanh r (Abramowitz & Stegun 4.1.27) and 2 r - x = -r x, so near 0
    log1p(x) - x = r (2 (r^2/3 + r^4/5 + ...) - x).
    """
    x = np.asarray(x, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = x / (2.0 + x)
        near = r * (2.0 * atanh_excess(r) - x)
        far = np.log1p(x) - np.where(np.isinf(x), 0.0, x)
    return np.where(np.abs(x) < 0.25, near, np.where(np.isposinf(x), -np.inf, far))


def atanh_excess(r: NDArray[np.float64]) -> NDArray[np.float64]:
    """atanh(r)/r - 1 = r^2/3 + r^4/5 + ... for |r| <= 1/7, where nine terms reach the last digit."""
    square = r * r
    tail = np.full_like(square, 1.0 / 19.0)
    for odd in (17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0):
        tail *= square
        tail += 1.0 / odd
    tail *= square
    return tail


def kl_terms(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """p log(p/q) - p + q for arrays (n,) or more, with 0 for p = q = 0 and inf for q = 0 < p.

    With r = (p - q)/(p + q), log(p/q) = 2 atanh r, and the linear parts cancel on paper instead of in the register:
    (p - q) (r + (1 + r) (atanh(r)/r - 1)). Used for |r| < 1/7; beyond, the direct form loses at most a digit.
    """
    difference = p - q
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        r = difference / (p + q)
        terms = atanh_excess(r)
        terms *= 1.0 + r
        terms += r
        terms *= difference
        far = ~(np.abs(r) < 1.0 / 7.0)  # 0/0 among them
        if far.any():
            terms[far] = _p_log_ratio(p[far], q[far]) - difference[far]
    return terms


def js_terms(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """(p log(2p/(p+q)) + q log(2q/(p+q))) / 2 for arrays (n,) or more, with log(2) p/2 for p = 0 or q = 0.

    With s = (p - q)/(p + q) and |s| < 1/2 it is (p + q)/4 (2 s atanh s + log1p(-s^2)): the first part is twice the
    second or more, so that nothing cancels. Beyond, (p log1p(s) + q log1p(-s))/2.
    """
    total = p + q
    with np.errstate(divide="ignore", invalid="ignore"):
        s = (p - q) / total
        terms = np.log1p(-s * s)
        terms += 2.0 * s * np.arctanh(s)
        terms *= total / 4.0
        far = ~(np.abs(s) < 0.5)  # 0/0 among them
        if far.any():
            terms[far] = _js_far(p[far], q[far], s[far])
    return terms


def log_ratio(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """log(a/b) for positive numbers, also where a/b leaves float64, and to the last digit where they are near."""
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        ratio = a / b
        extreme = (ratio < np.finfo(np.float64).tiny) | np.isinf(ratio)
        near = np.log1p((a - b) / b)
        return np.where(extreme, np.log(a) - np.log(b), np.where(np.abs(ratio - 1.0) < 0.5, near, np.log(ratio)))


def gaussian_divergence(
    mu1: NDArray[np.float64], sigma1: NDArray[np.float64], mu2: NDArray[np.float64], sigma2: NDArray[np.float64]
) -> NDArray[np.float64]:
    """KL(N1 || N2) = (d^2 + u - log1p(u))/2 with d = (mu1 - mu2)/sigma2 and u = (sigma1/sigma2)^2 - 1."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        gap = mu1 - mu2
        # Where mu1 - mu2 alone exceeds float64 its quotient need not: halve before subtracting.
        d = np.where(np.isfinite(gap), gap / sigma2, (mu1 / 2.0 - mu2 / 2.0) / sigma2 * 2.0)
        ratio = sigma1 / sigma2
        u = (sigma1 - sigma2) / sigma2 * (ratio + 1.0)
        # Below ratio 1/2 the sum 1 + u would lose the digits of a small ratio; there nothing cancels.
        excess = np.where(
            ratio > 0.5, -log1pmx(np.maximum(u, -0.75)), ratio * ratio - 1.0 - 2.0 * log_ratio(sigma1, sigma2)
        )
        return (d * d + excess) / 2.0


def surprisal_of_share(share: NDArray[np.float64], rest: NDArray[np.float64]) -> NDArray[np.float64]:
    """-log(share) from a share and what it leaves of 1, each right by itself; 0 for share = 0, which has no weight."""
    with np.errstate(divide="ignore"):
        return np.where(share == 0, 0.0, np.where(share < 0.5, -np.log(share), -np.log1p(-rest)))


def expm1mx(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """expm1(x) - x, to the last digits also where the two nearly cancel: x^2/2 (1 + x/3 (1 + x/4 (...))) near 0."""
    with np.errstate(over="ignore", invalid="ignore"):
        tail = np.ones_like(x)
        for n in range(15, 2, -1):
            tail *= x / n
            tail += 1.0
        near = x * x / 2.0 * tail
        return np.where(np.abs(x) < 0.5, near, np.expm1(x) - np.where(np.isinf(x) & (x > 0), 0.0, x))


def chi2_terms(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """(p - q)^2/q, with 0 for p = q = 0 and inf for q = 0 < p."""
    difference = p - q
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # The square of a difference below 1e-150 is no normal number, the quotient of one above it may be none.
        small = np.abs(difference) < 1e-150
        terms = np.where(small, difference * (difference / q), difference * difference / q)
    return np.where(difference == 0, 0.0, terms)


def hellinger_terms(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """(sqrt p - sqrt q)^2 / 2, where the roots' difference is (p - q)/(sqrt p + sqrt q): nothing cancels."""
    with np.errstate(invalid="ignore"):
        gap = (p - q) / (np.sqrt(p) + np.sqrt(q))
    return np.where((p == 0) & (q == 0), 0.0, gap * gap / 2.0)


def total_variation_terms(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    """|p - q| / 2."""
    return np.abs(p - q) / 2.0


def power_terms(p: NDArray[np.float64], q: NDArray[np.float64], b: float) -> NDArray[np.float64]:
    """(p^(1+b) q^(-b) - (1+b) p + b q)/b for b >= -1/2 and arrays (n,) or more; at b = 0 the terms of KL.

    With L = log(p/q) it is p expm1(b L)/b - (p - q). For |L| < 1 the linear parts are taken out on paper:
    p (expm1(b L) - b L)/b + kl_terms. The value at q = 0 < p is (1+b)/(-b) p for b < 0 and inf for b >= 0.
    """
    if abs(b) < 1e-30:  # no other value than at 0
        return kl_terms(p, q)
    neither = (p == 0) & (q == 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        log_pq = log_ratio(np.where(neither, 1.0, p), np.where(neither, 1.0, q))
        exponent = b * log_pq
        half = np.exp(np.maximum(exponent, 1.0) / 2.0)  # p e^x may be a float where e^x is none
        growth = np.where(exponent > 1.0, p * half * half - p, p * np.expm1(exponent))
        growth = np.where(p > 0, growth, 0.0) / b
        near = np.abs(log_pq) < 1.0
        terms = growth - (p - q)
        terms[near] = p[near] * expm1mx(b * log_pq[near]) / b + kl_terms(p[near], q[near])
    return terms


def finite_log(x: NDArray[np.float64], out: NDArray[np.float64]) -> None:
    """log x into out, and a finite number for x = 0 and NaN (0/0), because 0 times it has to be 0.

    Only for logarithms that are then multiplied by a probability which is 0 wherever x is 0 or NaN.
    """
    # The smallest minimum costs half of a second pass, which most batches are spared; one row is too short to ask.
    if x.ndim > 1 and np.minimum.reduce(x, axis=None) > 0:
        np.log(x, out=out)
    else:
        np.fmax(x, TINY, out=out)
        np.log(out, out=out)


def exact_counts(counts: NDArray[np.int64], event: int) -> NDArray:
    """Counts of which products are exact: int64 up to a total of 2^31 a table, Python's own whole numbers beyond."""
    return counts if counts.sum(axis=tuple(range(-event, 0))).max() < 2**31 else counts.astype(object)


def quotient(a: NDArray, b: NDArray) -> NDArray[np.float64]:
    """a/b of whole numbers of any size as float64, with 0/0 = 0."""
    return np.asarray(a / np.where(b == 0, 1, b), dtype=np.float64)


def centered(z: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """(z - max z)/temperature on the last axis for 0 < temperature < inf: at most 0, and -inf only where it must be."""
    top = z.max(axis=-1, keepdims=True)
    with np.errstate(over="ignore"):
        gap = z - top
        if np.minimum.reduce(gap, axis=None) == -np.inf:  # the quotient need not be: halve before subtracting
            return (z / 2.0 - top / 2.0) / temperature * 2.0
        gap /= temperature
        return gap


def logistic(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """1/(1 + e^-z): e^-|z| never overflows, and 1 + it is exact to the last digit on either side of 0."""
    weight = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, weight) / (1.0 + weight)


def by_blocks(
    rows: Callable[..., NDArray[np.float64]],
    *arrays: NDArray,
    scratch: int = 0,
    block: int = BLOCK // 4,
    event: int = 1,
    keep: bool = False,
) -> NDArray[np.float64] | np.float64:
    """rows(*arrays, *scratch) on cache-sized blocks of the leading axes; the last `event` axes are reduced, or kept.

    The scratch arrays have the shape of a block and are made once: no memory of the size of the input is touched.
    """
    shape = arrays[0].shape
    if len(shape) == event or arrays[0].size <= block:
        return rows(*arrays, *[np.empty(shape) for _ in range(scratch)])
    lead, tail = shape[: len(shape) - event], shape[len(shape) - event :]
    out = np.empty(shape if keep else lead)
    inner = arrays[0].size // lead[0]
    if inner > block and len(lead) > 1:
        for i in range(lead[0]):
            out[i] = by_blocks(rows, *(a[i] for a in arrays), scratch=scratch, block=block, event=event, keep=keep)
        return out
    step, count = max(1, block // inner), math.prod(lead[1:])
    work = [np.empty((step * count, *tail)) for _ in range(scratch)]
    for start in range(0, lead[0], step):
        part = out[start : start + step]
        blocks = [a[start : start + step].reshape(-1, *tail) for a in arrays]
        part[...] = rows(*blocks, *[w[: len(blocks[0])] for w in work]).reshape(part.shape)
    return out


def _js_far(p: NDArray[np.float64], q: NDArray[np.float64], s: NDArray[np.float64]) -> NDArray[np.float64]:
    both = (p * np.log1p(s) + q * np.log1p(-s)) / 2.0
    # At |s| = 1 the smaller of the two has vanished beside the other, and with it its term.
    return np.where(np.abs(s) < 1.0, both, (p + q) * (np.log(2.0) / 2.0))


def _p_log_ratio(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    ratio = p / q
    # A quotient beyond the range of float64 (q near the smallest subnormal) still has a logarithm.
    extreme = np.isinf(ratio) & (q > 0)
    log_ratio = np.where(extreme, np.log(p) - np.log(q), np.log(ratio))
    return np.where(p == 0, 0.0, p * log_ratio)
