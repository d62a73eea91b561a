"""Joint tables made anew: one cell is set and the others give way, or all of them become more or less dependent.

Everything is whole numbers: counts, or probabilities in units of their common denominator. Their sums are exact, so
that marginals are kept to the last digit.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_counts, as_flag, as_int, as_scalar
from core.joint import mutual_information


def cell_range(counts: ArrayLike, keep_marginals: bool = False) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The least and the largest count that each cell can be given.

    With both marginals kept: max(0, r_i + c_j - N) to min(r_i, c_j), r_i and c_j the sums of its row and its column.
    Otherwise: 0 to N, the sum of all.

    Parameters
    ----------
    counts : (nx, ny) whole numbers, one of them at least positive.
    keep_marginals : whether the sum of each row and each column stays.

    Returns
    -------
    (nx, ny) lower and (nx, ny) upper ends.

    Raises
    ------
    ValueError
        If counts is no table of whole numbers that are at least 0, or all of them are 0.

    References
    ----------
    Nelsen (2006), An Introduction to Copulas, theorem 2.2.3 (the bounds of Frechet and Hoeffding).

    Examples
    --------
    >>> cell_range([[2, 1], [3, 4]], keep_marginals=True)
    (array([[0, 0],
           [2, 2]]), array([[3, 3],
           [5, 5]]))
    """
    n = _table(counts)
    if not as_flag(keep_marginals, "keep_marginals"):
        return np.zeros_like(n), np.full_like(n, n.sum())
    row, column = n.sum(axis=1, keepdims=True), n.sum(axis=0, keepdims=True)
    return np.maximum(row + column - n.sum(), 0), np.minimum(row, column)


def with_cell(counts: ArrayLike, i: int, j: int, count: int, keep_marginals: bool = False) -> NDArray[np.int64]:
    """The table with ``count`` in cell (i, j); whoever gives to others gives in proportion to what it has.

    With the marginals free, all other cells share what is left in the proportions that they had (equally, if they had
    nothing). With the marginals kept, to raise the cell by t takes t from the rest of its row and t from the rest of
    its column, and what row k gave up times what column l gave up, over t, goes to cell (k, l). To lower it by t takes
    t from the cells outside its row and column and gives it back along them. Each is rounded to a whole number.
    Two by two both are the one way that there is: t added on one diagonal and taken away on the other.

    Parameters
    ----------
    counts : (nx, ny) whole numbers with sum N, at least 2 by 2.
    i, j : the cell.
    count : what it is given, inside its ``cell_range``.
    keep_marginals : whether the sum of each row and each column stays.

    Returns
    -------
    (nx, ny) whole numbers with sum N, none of them negative.

    Raises
    ------
    ValueError
        If counts is no such table, there is no such cell, or count is outside its range.

    References
    ----------
    Agresti (2013), Categorical Data Analysis, section 3.5 (tables with given marginals). The rounding of the product:
    row by row from the north-west corner, as in Hoffman (1963), On simple linear programming problems.

    Examples
    --------
    >>> with_cell([[40, 10], [5, 45]], 0, 0, 30, keep_marginals=True)
    array([[30, 20],
           [15, 35]])
    >>> with_cell([[40, 10], [5, 45]], 0, 0, 70)
    array([[70,  5],
           [ 3, 22]])
    """
    n = _table(counts)
    if min(n.shape) < 2:
        raise ValueError(f"counts has shape {n.shape}: a table has at least 2 rows and 2 columns.")
    i, j = as_int(i, "i", 0, n.shape[0] - 1), as_int(j, "j", 0, n.shape[1] - 1)
    low, high = (int(end[i, j]) for end in cell_range(n, keep_marginals))
    count = as_int(count, "count", low, high)
    if not keep_marginals:
        others = n.copy()
        others[i, j] = 0
        shared = _apportion(int(n.sum()) - count, others.ravel().tolist(), skip=i * n.shape[1] + j)
        shared[i * n.shape[1] + j] = count
        return np.array(shared, dtype=np.int64).reshape(n.shape)
    change = count - int(n[i, j])
    return n + (_raised(n, i, j, change) if change > 0 else _lowered(n, i, j, -change))


def most_information(counts: ArrayLike) -> float:
    """The most mutual information in nats that ``with_information`` can give to a table.

    I of r c + t (p - r c) at the largest t at which no cell is negative, r and c the marginals of p

    Parameters
    ----------
    counts : (nx, ny) whole numbers, one of them at least positive.

    Raises
    ------
    ValueError
        If counts is no table of whole numbers that are at least 0, or all of them are 0.

    References
    ----------
    Cover & Thomas (2006), theorem 2.7.4: for fixed marginals I is convex along a line, and it is 0 at t = 0.

    Examples
    --------
    >>> from core.units import BITS
    >>> BITS.from_nats(most_information([[30, 20], [20, 30]]))
    1.0
    """
    return _information_at(_line(_table(counts)), None)


def with_information(counts: ArrayLike, information: float) -> NDArray[np.int64]:
    """The table with the same marginals, as dependent as `information` says: all cells on the line to independence.

    p' = r c + t (p - r c), with t >= 0 such that I(p') is the information; rounded to whole numbers with the marginals
    kept. A table that is independent itself is moved towards its north-west corner, where the first values of both
    variables go together.

    Parameters
    ----------
    counts : (nx, ny) whole numbers, one of them at least positive.
    information : nats, at least 0; whatever is above ``most_information`` gives the most.

    Returns
    -------
    (nx, ny) whole numbers with the sums of rows and columns of ``counts``. For information 0 these are the products of
    the sums without common factors, so that I is exactly 0: the marginals are the same only as shares.

    Raises
    ------
    ValueError
        If counts is no such table, or information is not a finite number that is at least 0.

    References
    ----------
    Cover & Thomas (2006), theorem 2.7.4; solved for t by Brent (1973), chapter 4.

    Examples
    --------
    >>> with_information([[40, 10], [5, 45]], 0.0).tolist()
    [[9, 11], [9, 11]]
    >>> with_information([[30, 20], [20, 30]], 9.0).tolist()
    [[50, 0], [0, 50]]
    """
    from scipy.optimize import brentq  # imported here: it takes longer to load than all of core

    n = _table(counts)
    information = as_scalar(information, "information", low=0)
    independent, towards, most = line = _line(n)
    if most == 0:
        return n
    if information <= _information_at(line, 0.0):  # 0, or no more than the rounding of the products
        return _independent(n.sum(axis=1), n.sum(axis=0))
    t = most
    if information < _information_at(line, None):
        t = brentq(lambda at: _information_at(line, at) - information, 0.0, most, xtol=1e-9 * most)
    return _rounded(independent + t * towards, n.sum(axis=1).tolist(), n.sum(axis=0).tolist())


def _table(counts: ArrayLike) -> NDArray[np.int64]:
    n = as_counts(counts, "counts", ndim=2)
    if n.max() == 0:
        raise ValueError("counts holds only zeros: give at least one observation.")
    return n


def _apportion(total: int, weights: list[int], skip: int = -1) -> list[int]:
    """Whole parts of total in proportion to the weights, by largest remainder; equal parts if all weights are 0."""
    if not any(weights):
        weights = [int(place != skip) for place in range(len(weights))]
    whole = sum(weights)
    parts = [total * w // whole for w in weights]
    remainders = [total * w % whole for w in weights]
    for place in sorted(range(len(weights)), key=lambda p: -remainders[p])[: total - sum(parts)]:
        parts[place] += 1
    return parts


def _raised(n: NDArray[np.int64], i: int, j: int, by: int) -> NDArray[np.int64]:
    from_row = _apportion(by, _without(n[i], j))
    from_column = _apportion(by, _without(n[:, j], i))
    change = np.array(_spread(from_column, from_row), dtype=np.int64)
    change[i], change[:, j] = -np.array(from_row), -np.array(from_column)
    change[i, j] = by
    return change


def _lowered(n: NDArray[np.int64], i: int, j: int, by: int) -> NDArray[np.int64]:
    block = n.copy()
    block[i], block[:, j] = 0, 0
    change = -np.array(_apportion(by, block.ravel().tolist()), dtype=np.int64).reshape(n.shape)
    to_row, to_column = -change.sum(axis=0), -change.sum(axis=1)
    change[i], change[:, j] = to_row, to_column
    change[i, j] = -by
    return change


def _without(weights: NDArray[np.int64], place: int) -> list[int]:
    return [0 if k == place else int(w) for k, w in enumerate(weights)]


def _spread(rows: list[int], columns: list[int]) -> list[list[int]]:
    """A table of whole numbers with these sums, all but proportional to their products."""
    total = sum(rows)
    return _filled([[r * c // total for c in columns] for r in rows], rows, columns)


def _line(n: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """The independent table, the way from it to n (to its north-west corner, if n is it), and how far one can go."""
    row, column = n.sum(axis=1).astype(np.float64), n.sum(axis=0).astype(np.float64)
    independent = np.outer(row, column) / row.sum()
    target = n if mutual_information(n) > 0 else _north_west(n.sum(axis=1).tolist(), n.sum(axis=0).tolist())
    towards = target - independent
    falling = towards < 0
    if not falling.any() or np.abs(towards).max() < 1e-9 * row.sum():
        return independent, np.zeros_like(towards), 0.0
    return independent, towards, float((independent[falling] / -towards[falling]).min())


def _independent(row: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.int64]:
    """Products of the sums without common factors; rounded, should even these be too large for whole numbers."""
    parts = row // np.gcd.reduce(row), column // np.gcd.reduce(column)
    if int(parts[0].sum()) * int(parts[1].sum()) < 2**62:
        return np.outer(*parts)
    return np.array(_spread(row.tolist(), column.tolist()), dtype=np.int64)


def _information_at(line: tuple[NDArray[np.float64], NDArray[np.float64], float], t: float | None) -> float:
    independent, towards, most = line
    p = np.maximum(independent + (most if t is None else t) * towards, 0.0)
    return mutual_information(p / p.sum())


def _north_west(rows: list[int], columns: list[int]) -> NDArray[np.int64]:
    """The table with these sums that is filled from its north-west corner."""
    return np.array(_filled([[0] * len(columns) for _ in rows], rows, columns), dtype=np.int64)


def _rounded(cells: NDArray[np.float64], rows: list[int], columns: list[int]) -> NDArray[np.int64]:
    """Cells as whole numbers with these sums: rounded down, then what is missing where most was cut off."""
    # What is whole but for rounding stays whole; among numbers so large that rounding is more, none may come out above.
    down = np.floor(np.maximum(cells + (1e-6 - 8 * np.finfo(np.float64).eps * cells.max()), 0.0))
    order = np.argsort(-(cells - down), axis=1, kind="stable").tolist()
    return np.array(_filled(down.astype(np.int64).tolist(), rows, columns, order), dtype=np.int64)


def _filled(
    cells: list[list[int]], rows: list[int], columns: list[int], order: list[list[int]] | None = None
) -> list[list[int]]:
    """Cells raised, row by row and in each row in the given order, until they have these sums."""
    left = [c - sum(column) for c, column in zip(columns, zip(*cells, strict=True), strict=True)]
    for k, r in enumerate(rows):
        missing = r - sum(cells[k])
        for m in range(len(columns)) if order is None else order[k]:
            extra = min(missing, left[m])
            cells[k][m] += extra
            left[m] -= extra
            missing -= extra
    return cells
