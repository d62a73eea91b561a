"""Joint tables with one cell set anew: the others give way, freely or so that both marginals stay as they are.

Everything is whole numbers: counts, or probabilities in units of their common denominator. Their sums are exact, so
that marginals are kept to the last digit.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import as_counts, as_int


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
    Frechet (1951), Sur les tableaux de correlation dont les marges sont donnees; Hoeffding (1940).

    Examples
    --------
    >>> cell_range([[2, 1], [3, 4]], keep_marginals=True)
    (array([[0, 0],
           [2, 2]]), array([[3, 3],
           [5, 5]]))
    """
    n = _table(counts)
    if not keep_marginals:
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
    cells = [[r * c // total for c in columns] for r in rows]
    left = [c - sum(column) for c, column in zip(columns, zip(*cells, strict=True), strict=True)]
    for k, r in enumerate(rows):
        missing = r - sum(cells[k])
        for m in range(len(columns)):
            extra = min(missing, left[m])
            cells[k][m] += extra
            left[m] -= extra
            missing -= extra
    return cells
