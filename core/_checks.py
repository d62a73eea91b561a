"""The only place where input is judged: every refusal is one plain sentence that says what, where and what to do.

The sentences are shown as they stand to people who use the application: they name the argument, its index, the remedy.
"""

import operator
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

T = TypeVar("T")

# A sum may be off 1 by the square root of the epsilon of the type the numbers came in: half of its digits.
_SUM_TOLERANCE = {np.dtype(np.float16): 2.0**-5, np.dtype(np.float32): 2.0**-11.5}
SUM_TOLERANCE = 2.0**-26


def as_float(x: ArrayLike, name: str, ndim: int | None = None) -> NDArray[np.float64]:
    """Finite, non-empty numbers as float64, with exactly `ndim` axes if that is given."""
    a = _numbers(x, name)
    if ndim is not None and a.ndim != ndim:
        raise ValueError(f"{name} has {_axes(a.ndim)} but needs {_axes(ndim)}: reshape it.")
    values = _as_float64(a)
    if not (np.minimum.reduce(values, axis=None) > -np.inf and np.maximum.reduce(values, axis=None) < np.inf):
        _refuse_first(values, ~np.isfinite(values), name, "use finite numbers")
    return values


def as_nonnegative(x: ArrayLike, name: str, ndim: int | None = None) -> NDArray[np.float64]:
    """Finite numbers that are at least 0, as float64."""
    values = as_float(x, name, ndim)
    if values.min() < 0:
        _refuse_first(values, values < 0, name, "use numbers that are at least 0")
    return values


def as_positive(x: ArrayLike, name: str, ndim: int | None = None) -> NDArray[np.float64]:
    """Finite numbers that are greater than 0, as float64."""
    values = as_float(x, name, ndim)
    if values.min() <= 0:
        _refuse_first(values, values <= 0, name, "use numbers greater than 0")
    return values


def as_divergence(x: ArrayLike, name: str) -> NDArray[np.float64]:
    """Numbers that are at least 0, infinity allowed, as float64."""
    values = _as_float64(_numbers(x, name))
    if not (values >= 0).all():
        _refuse_first(values, ~(values >= 0), name, "a divergence is at least 0")
    return values


def as_probability(p: ArrayLike, name: str) -> NDArray[np.float64]:
    """Separate probabilities, each in [0, 1] (above 1 only by what a distribution may be off its sum)."""
    a = _numbers(p, name)
    values = _as_float64(a)
    good = (values >= 0) & (values <= 1 + _sum_tolerance(a))
    if not good.all():
        _refuse_first(values, ~good, name, "a probability lies between 0 and 1")
    return values


def as_unit_interval(x: ArrayLike, name: str) -> NDArray[np.float64]:
    """Finite numbers in [0, 1], as float64."""
    values = as_nonnegative(x, name)
    if values.max() > 1:
        _refuse_first(values, values > 1, name, "use numbers from 0 to 1")
    return values


def as_log_prob(log_p: ArrayLike, name: str, mask: ArrayLike | None = None) -> NDArray[np.float64]:
    """Logarithms of probabilities: at most 0, -inf allowed; entries that the mask leaves out are not looked at."""
    a = _numbers(log_p, name)
    values = _as_float64(a)
    bad = ~(values <= _sum_tolerance(a))
    if mask is not None:
        shapes = [values.shape[i:] for i in range(values.ndim + 1)]
        bad &= as_booleans(mask, "mask", shapes, f"of the shape of {name}, {values.shape}: True where a token counts")
    if bad.any():
        _refuse_first(values, bad, name, "the logarithm of a probability is at most 0")
    return values


def as_booleans(x: ArrayLike, name: str, shapes: Sequence[tuple[int, ...]], remedy: str) -> NDArray[np.bool_]:
    """Truth values in one of the given shapes."""
    try:
        a = np.asarray(x)
    except ValueError:  # ragged
        a = np.empty(0)
    if a.dtype != bool or a.shape not in shapes:
        raise ValueError(f"{name} must be booleans {remedy}.")
    return a


def as_flag(x: bool, name: str) -> bool:
    """A single truth value."""
    return bool(as_booleans(x, name, [()], "(a single one: True or False)"))


def as_pmf(p: ArrayLike, name: str = "p") -> NDArray[np.float64]:
    """Distributions on the last axis as float64: no entry negative, every sum 1. Never normalises."""
    a = _numbers(p, name)
    if a.ndim == 0:
        raise ValueError(f"{name} is a single number: give the probabilities of all outcomes as a list.")
    return _sums_to_one(a, name, -1)


def as_pmf_pair(
    p: ArrayLike, q: ArrayLike, names: tuple[str, str] = ("p", "q")
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two distributions over the same outcomes, their leading axes broadcast against each other."""
    first, second = as_pmf(p, names[0]), as_pmf(q, names[1])
    if first.shape == second.shape:
        return first, second
    if first.shape[-1] != second.shape[-1]:
        raise ValueError(
            f"{names[0]} has {first.shape[-1]} outcomes but {names[1]} has {second.shape[-1]}: "
            "give both the same outcomes in the same order."
        )
    try:
        shape = np.broadcast_shapes(first.shape, second.shape)
    except ValueError:
        raise ValueError(
            f"{names[0]} has shape {first.shape} and {names[1]} has shape {second.shape}: "
            "their leading axes must be equal or 1."
        ) from None
    return np.broadcast_to(first, shape), np.broadcast_to(second, shape)


def as_together(**arrays: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Checked arrays broadcast against each other, in the order given; the keywords are their names."""
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError:
        listed = ", ".join(f"{name} {a.shape}" for name, a in arrays.items())
        raise ValueError(f"the shapes do not go together ({listed}): make each axis equal or 1.") from None


def as_counts(counts: ArrayLike, name: str, ndim: int | None = None) -> NDArray[np.int64]:
    """Whole numbers that are at least 0, exact as int64 together with their total."""
    a = _numbers(counts, name)
    if ndim is not None and a.ndim != ndim:
        raise ValueError(f"{name} has {_axes(a.ndim)} but needs {_axes(ndim)}: reshape it.")
    if a.dtype.kind == "f" and a.dtype.itemsize < 8:
        a = _as_float64(a)  # half precision does not reach 2^63
    if a.dtype.kind == "f" or a.min() < 0 or a.max() >= 2.0**63:
        with np.errstate(invalid="ignore"):
            bad = ~((a >= 0) & (a < 2.0**63) & (a == np.floor(a)))
        if bad.any():
            _refuse_first(a, bad, name, "counts are whole numbers that are at least 0")
    if np.add.reduce(a, axis=None, dtype=np.float64) >= 2.0**63:
        raise ValueError(f"{name} adds up to more than 2^63: divide the counts first.")
    return a.astype(np.int64, copy=False)


def holds_integers(x: ArrayLike, kinds: str = "iu") -> bool:
    """Whether x holds integers, which stand for counts; what is no array at all is left to the check that follows."""
    try:
        return np.asarray(x).dtype.kind in kinds
    except ValueError:
        return False


def as_labels(labels: ArrayLike, name: str) -> tuple[NDArray, NDArray[np.int64]]:
    """The sorted distinct values of a column of labels (text or numbers), and for each entry the place of its value."""
    remedy = "give one label an entry, all text or all numbers"
    _refuse_masked(labels, name)
    try:
        a = np.asarray(labels)
    except ValueError:
        raise ValueError(f"{name} is ragged: {remedy}.") from None
    if a.dtype.kind == "O" and a.ndim == 1 and all(isinstance(v, str) for v in a):
        a = a.astype(str)
    if a.dtype.kind not in "biufUS":
        raise ValueError(f"{name} holds {_kind(a)}: {remedy}.")
    given = labels if isinstance(labels, list | tuple) else ()
    if a.dtype.kind in "US" and not all(isinstance(v, str | bytes) for v in given):
        raise ValueError(f"{name} mixes text and numbers: {remedy}.")  # numpy has made text of the numbers
    if a.ndim != 1:
        raise ValueError(f"{name} has {_axes(a.ndim)} but needs 1 axis: give one label an entry.")
    if a.size == 0:
        raise ValueError(f"{name} is empty: give at least one label.")
    if a.dtype.kind == "f" and not np.isfinite(a).all():
        _refuse_first(a, ~np.isfinite(a), name, "use finite numbers or text")
    values, codes = np.unique(a, return_inverse=True)
    return values, codes.astype(np.int64)


def as_class(target: ArrayLike, name: str, n_classes: int) -> NDArray[np.int64]:
    """Class numbers 0 to n_classes - 1."""
    values = _as_float64(_numbers(target, name))
    with np.errstate(invalid="ignore"):
        bad = ~((values >= 0) & (values < n_classes) & (values == np.floor(values)))
    if bad.any():
        _refuse_first(values, bad, name, f"classes are numbered 0 to {n_classes - 1}")
    return values.astype(np.int64)


def as_joint(table: ArrayLike, name: str, ndim_event: int = 2) -> NDArray:
    """Joint probabilities on the last `ndim_event` axes as float64, or integer counts as int64, not all of them 0."""
    a = _numbers(table, name)
    if a.ndim < ndim_event:
        raise ValueError(f"{name} has {_axes(a.ndim)} but a joint table of {ndim_event} variables needs {ndim_event}.")
    event = tuple(range(-ndim_event, 0))
    if a.dtype.kind in "iu":
        counts = as_counts(a, name)
        refuse_rows(counts.max(axis=event) == 0, name, "holds no counts: give at least one")
        return counts
    return _sums_to_one(a, name, event)


def as_scalar(
    x: float,
    name: str,
    low: float | None = None,
    high: float | None = None,
    open_low: bool = False,
    open_high: bool = False,
    allow_inf: bool = False,
) -> float:
    """One real number inside its bounds, as a Python float; infinite only if that is allowed."""
    a = _numbers(x, name)
    if a.ndim:
        raise ValueError(f"{name} has shape {a.shape}: give a single number.")
    value = float(a)
    if np.isnan(value) or (np.isinf(value) and not allow_inf):
        raise ValueError(f"{name} is {value}: give a finite number.")
    if low is not None and (value < low or (open_low and value == low)):
        raise ValueError(f"{name} is {value:.6g}: it must be {'greater than' if open_low else 'at least'} {low:.6g}.")
    if high is not None and (value > high or (open_high and value == high)):
        raise ValueError(f"{name} is {value:.6g}: it must be {'less than' if open_high else 'at most'} {high:.6g}.")
    return value


def as_int(n: int, name: str, low: int | None = None, high: int | None = None) -> int:
    """One whole number inside its bounds, as a Python int."""
    try:
        value = operator.index(n)
    except TypeError:
        raise ValueError(f"{name} is {n!r}: give a whole number.") from None
    if isinstance(n, bool | np.bool_):
        raise ValueError(f"{name} is {n}: give a whole number.")
    if low is not None and value < low:
        raise ValueError(f"{name} is {value}: it must be at least {low}.")
    if high is not None and value > high:
        raise ValueError(f"{name} is {value}: it must be at most {high}.")
    return value


def as_size(n: int, name: str, low: int = 1) -> int:
    """How many of something are to be made, at most 2^31."""
    return as_int(n, name, low, 2**31)


def as_choice(value: str | None, name: str, choices: Sequence[str | None]) -> str | None:
    """One of a few words (or None, where that is one of them)."""
    word = isinstance(value, str | None)
    if not word or value not in choices:
        shown = repr(value) if word else f"of type {type(value).__name__}"
        raise ValueError(f"{name} is {shown}: choose one of {', '.join(map(repr, choices))}.")
    return value


def as_instance(value: T, name: str, kind: type[T]) -> T:
    """A record of the given class."""
    if not isinstance(value, kind):
        raise ValueError(f"{name} is of type {type(value).__name__}: give a {kind.__name__}.")
    return value


def refuse_rows(bad: NDArray[np.bool_] | np.bool_, name: str, trouble: str) -> None:
    """Refuse the first row, or table, that is bad, if there is one."""
    if np.any(bad):
        raise ValueError(f"{_index(name, np.argwhere(bad)[0])} {trouble}.")


def result(x: NDArray[np.float64] | np.float64 | float) -> NDArray[np.float64] | float:
    """What a function hands back: a Python float for 0-d, and never a negative zero."""
    return x + 0.0 if isinstance(x, np.ndarray) and x.ndim else float(x) + 0.0


def _numbers(x: ArrayLike, name: str) -> NDArray:
    if type(x) is not np.ndarray:
        _refuse_masked(x, name)
        try:
            x = np.asarray(x)
        except (ValueError, TypeError):
            raise ValueError(f"{name} is ragged or not numeric: give rows of numbers, all of equal length.") from None
    if x.dtype.kind not in "fiub":
        raise ValueError(f"{name} holds {_kind(x)}: give plain real numbers.")
    if x.size == 0:
        raise ValueError(f"{name} is empty: give at least one number.")
    return x


def _refuse_masked(x: ArrayLike, name: str) -> None:
    if hasattr(x, "filled"):
        raise ValueError(f"{name} is a masked array: select the entries that count and pass a plain array.")


def _kind(a: NDArray) -> str:
    if a.dtype.kind == "O" and a.size and all(isinstance(v, int) for v in a.flat):
        return "whole numbers of more than 64 bits"
    return {"c": "complex numbers", "U": "text", "S": "text", "M": "dates", "m": "durations"}.get(
        a.dtype.kind, "objects that are not numbers"
    )


def _as_float64(a: NDArray) -> NDArray[np.float64]:
    if a.dtype == np.float64:
        return a
    with np.errstate(over="ignore"):  # a long double beyond float64 becomes infinite and is refused as such
        return a.astype(np.float64)


def _sum_tolerance(a: NDArray) -> float:
    return _SUM_TOLERANCE.get(a.dtype, SUM_TOLERANCE)


def _sums_to_one(a: NDArray, name: str, axis: int | tuple[int, ...]) -> NDArray[np.float64]:
    values, tolerance = _as_float64(a), _sum_tolerance(a)
    # The smallest entry and the sum decide, since NaN and infinity show in the sum; nothing of the size of a is made.
    if values.ndim == 1 and values.size <= 16:  # for a handful of numbers Python is quicker
        entries = values.tolist()
        good = min(entries) >= 0 and abs(sum(entries) - 1.0) <= tolerance
    else:
        with np.errstate(over="ignore", invalid="ignore"):
            off = abs(_totals(values, axis) - 1.0)
            good = np.max(off) <= tolerance and np.minimum.reduce(values, axis=None) >= 0
    if not good:
        _refuse_pmf(values, axis, tolerance, name)
    return values


def _totals(values: NDArray[np.float64], axis: int | tuple[int, ...]) -> NDArray[np.float64]:
    n = values.shape[-1]
    if axis == -1 and values.size > 32 * n:
        return np.vecdot(values, np.ones(n))  # twice as quick as a sum
    return np.add.reduce(values, axis=axis)


def _refuse_pmf(values: NDArray[np.float64], axis: int | tuple[int, ...], tolerance: float, name: str) -> None:
    bad = ~(np.isfinite(values) & (values >= 0))
    if bad.any():
        _refuse_first(values, bad, name, "probabilities are finite and at least 0")
    with np.errstate(over="ignore"):
        total = _totals(values, axis)
    row = np.argwhere(~(np.abs(total - 1.0) <= tolerance))[0]
    amount = float(total[tuple(row)])
    shown = f"{amount:.6g}" if f"{amount:.6g}" != "1" else f"{amount:.12g}"
    raise ValueError(f"{_index(name, row)} sums to {shown}, not 1: use normalize({name}) or correct the entries.")


def _refuse_first(values: NDArray, bad: NDArray[np.bool_], name: str, remedy: str) -> None:
    place = np.argwhere(bad)[0]
    raise ValueError(f"{_index(name, place)} is {values[tuple(place)]:.6g}: {remedy}.")


def _index(name: str, place: NDArray[np.intp]) -> str:
    return f"{name}[{', '.join(map(str, place))}]" if len(place) else name


def _axes(n: int) -> str:
    return f"{n} axis" if n == 1 else f"{n} axes"
