"""Tables with one cell set anew: what is kept is kept exactly, and the others give in proportion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.coupling import cell_range, most_information, with_cell, with_information
from core.joint import mutual_information
from tests import strategies


@st.composite
def moves(draw, keep: bool, max_side: int = 6, largest: int = 2**40):
    """A table, one of its cells, and a count inside the cell's range."""
    n = draw(strategies.count_tables(max_side=max_side, largest=largest))
    i, j = draw(st.integers(0, n.shape[0] - 1)), draw(st.integers(0, n.shape[1] - 1))
    low, high = (int(end[i, j]) for end in cell_range(n, keep))
    kind = draw(st.sampled_from(["between", "low", "high", "same"]))
    ends = {"low": low, "high": high, "same": int(n[i, j])}
    return n, i, j, draw(st.integers(low, high)) if kind == "between" else ends[kind]


@given(moves(keep=True))
def test_both_marginals_are_kept_to_the_last_digit(move):
    n, i, j, count = move
    moved = with_cell(n, i, j, count, keep_marginals=True)
    assert moved[i, j] == count
    assert moved.min() >= 0
    assert moved.sum(axis=0).tolist() == n.sum(axis=0).tolist()
    assert moved.sum(axis=1).tolist() == n.sum(axis=1).tolist()


@given(moves(keep=False))
def test_free_cells_keep_their_sum_and_their_proportions(move):
    n, i, j, count = move
    moved = with_cell(n, i, j, count)
    assert moved[i, j] == count
    assert moved.min() >= 0
    assert moved.sum() == n.sum()
    others = np.ones(n.shape, bool)
    others[i, j] = False
    before, after = (t[others].astype(object) for t in (n, moved))
    if before.any():  # each part is within one of its exact share
        assert all(abs(a * sum(before) - b * sum(after)) <= sum(before) for a, b in zip(after, before, strict=True))
    else:
        assert after.max() - after.min() <= 1


@given(strategies.count_tables(max_side=6, largest=10**6), st.data())
def test_nothing_lies_beyond_the_range_of_a_cell(n, data):
    i, j = data.draw(st.integers(0, n.shape[0] - 1)), data.draw(st.integers(0, n.shape[1] - 1))
    for keep in (True, False):
        low, high = (int(end[i, j]) for end in cell_range(n, keep))
        assert low <= n[i, j] <= high
        for beyond in (low - 1, high + 1):
            with pytest.raises(ValueError, match="count is"):
                with_cell(n, i, j, beyond, keep)
    # Of a whole table with these marginals, the cell's row and column alone show that no more and no less is possible.
    low, high = (int(end[i, j]) for end in cell_range(n, True))
    row, column = int(n[i].sum()), int(n[:, j].sum())
    assert high == min(row, column)
    assert low == max(0, row + column - int(n.sum()))


@given(moves(keep=True, max_side=2, largest=10**6))
def test_two_by_two_there_is_one_way(move):
    n, i, j, count = move
    t = count - n[i, j]
    sign = np.array([[1, -1], [-1, 1]]) * (-1) ** (i + j)
    assert with_cell(n, i, j, count, keep_marginals=True).tolist() == (n + t * sign).tolist()


@given(st.lists(st.integers(1, 60), min_size=2, max_size=5), st.lists(st.integers(1, 60), min_size=2, max_size=5))
def test_from_independence_dependence_grows_with_the_cell(rows, columns):
    n = np.outer(rows, columns) * 1000
    low, high = (int(end[0, 0]) for end in cell_range(n, True))
    up = [mutual_information(with_cell(n, 0, 0, int(c), True)) for c in np.linspace(n[0, 0], high, 6)]
    down = [mutual_information(with_cell(n, 0, 0, int(c), True)) for c in np.linspace(n[0, 0], low, 6)]
    for along in (up, down):
        assert along[0] == 0
        assert np.all(np.diff(along) >= 0)


def test_a_cell_gives_back_along_its_row_and_column_in_proportion():
    identity = np.diag([100, 100, 100])
    assert with_cell(identity, 0, 0, 0, True).tolist() == [[0, 50, 50], [50, 50, 0], [50, 0, 50]]
    assert with_cell(np.full((3, 3), 40), 0, 0, 120, True).tolist() == [[120, 0, 0], [0, 60, 60], [0, 60, 60]]


@given(strategies.count_tables(max_side=6, largest=10**6), st.floats(0, 1))
def test_a_table_made_more_or_less_dependent_keeps_its_marginals_and_shares_what_it_should(n, part):
    n = n * 10_000
    most = most_information(n)
    assert most >= mutual_information(n) * (1 - 1e-9)
    made = with_information(n, part * most)
    assert made.min() >= 0
    for axis in (0, 1):  # as shares: exactly independent tables have other sums
        sums = zip(made.sum(axis=axis).tolist(), n.sum(axis=axis).tolist(), strict=True)
        assert all(int(a) * int(n.sum()) == int(b) * int(made.sum()) for a, b in sums)
    assert made.sum() == n.sum() or part * most < 1e-12
    assert mutual_information(made) == pytest.approx(part * most, rel=1e-2, abs=1e-3)


@given(strategies.count_tables(max_side=6, largest=10**6))
def test_its_own_information_gives_the_table_back_and_none_gives_independence(n):
    n = n * 10_000
    i = mutual_information(n)
    if i > 1e-2:
        assert np.abs(with_information(n, i) - n).max() <= 2e-5 * n.sum()
    assert mutual_information(with_information(n, 0.0)) == 0


def test_two_by_two_the_most_is_reached_when_a_cell_is_empty():
    n = np.array([[4000, 1000], [500, 4500]])
    assert with_information(n, 9.0).tolist() == [[4500, 500], [0, 5000]]
    assert most_information(n) == pytest.approx(mutual_information([[45, 5], [0, 50]]))


def test_independence_is_left_towards_the_north_west_corner():
    assert with_information(np.outer([60, 40], [70, 30]), 9.0).tolist() == [[6000, 0], [1000, 3000]]
    assert with_information([[5, 5], [0, 0]], 1.0).tolist() == [[5, 5], [0, 0]]  # a constant can share nothing


@pytest.mark.parametrize(
    ("counts", "i", "j", "count", "said"),
    [
        ([[0, 0], [0, 0]], 0, 0, 0, "holds only zeros"),
        ([[1, 2]], 0, 0, 1, "at least 2 rows and 2 columns"),
        ([[1, 2], [3, 4]], 2, 0, 1, "i is 2: it must be at most 1"),
        ([[1, 2], [3, 4]], 0, -1, 1, "j is -1: it must be at least 0"),
        ([[1, 2], [3, 4]], 0, 0, 0.5, "count is 0.5: give a whole number"),
        ([[1.5, 2], [3, 4]], 0, 0, 1, "counts are whole numbers"),
        ([1, 2], 0, 0, 1, "1 axis but needs 2"),
    ],
)
def test_what_is_no_table_is_refused(counts, i, j, count, said):
    with pytest.raises(ValueError, match=said):
        with_cell(counts, i, j, count)
