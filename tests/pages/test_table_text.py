"""The text of a table: what it takes, what it refuses, and that nothing is lost on the way there and back."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.live.distribution import NotAWhole
from pages.live.table import FINEST, LONGEST, Table, code, parse

NAMES = st.text("abcXYZäß日 0123", min_size=1, max_size=12).map(lambda s: " ".join(s.split())).filter(bool)


@st.composite
def tables(draw) -> Table:
    n_rows, n_columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    largest = draw(st.sampled_from([1, 9, 10_000, 10**9]))
    cells = draw(st.lists(st.integers(0, largest), min_size=n_rows * n_columns, max_size=n_rows * n_columns))
    cells[draw(st.integers(0, len(cells) - 1))] += 1
    counts = tuple(tuple(cells[i * n_columns : (i + 1) * n_columns]) for i in range(n_rows))
    names = [()] * 2
    if draw(st.booleans()):
        names = [tuple(draw(st.lists(NAMES, min_size=n, max_size=n))) for n in (n_rows, n_columns)]
    corner = draw(st.sampled_from([("X", "Y"), ("Weather", "Umbrella")]))
    return Table(counts, *names, corner, draw(st.booleans()))


def shares(table: Table) -> list[Fraction]:
    return [Fraction(n, table.total) for row in table.counts for n in row]


@given(tables())
def test_the_code_restores_exactly_the_table(table):
    assert parse(code(table)) == table


@given(tables())
def test_finer_counts_are_the_same_shares_in_small_steps(table):
    fine = table.finer()
    whole = sum(map(sum, fine))
    assert [Fraction(n, whole) for row in fine for n in row] == shares(table)
    assert whole >= FINEST
    assert table.holding(fine) == table


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("0.4,0.1;0.05,0.45", ["2/5", "1/10", "1/20", "9/20"]),
        (" .4 , .1 ;\n.05, .45 ;", ["2/5", "1/10", "1/20", "9/20"]),
        ("40%,10%; 5%,45%", ["2/5", "1/10", "1/20", "9/20"]),
        ("1/3,1/6;1/6,1/3", ["1/3", "1/6", "1/6", "1/3"]),
        ("8,2;1,9", ["2/5", "1/10", "1/20", "9/20"]),
        ("80,20;10,90", ["2/5", "1/10", "1/20", "9/20"]),
        ("1,0;0,0", ["1", "0", "0", "0"]),
        ("0.333333333333,0.166666666667;0.166666666667,0.333333333333", ["0.333333333333", "0.166666666667"] * 1),
    ],
)
def test_decimals_fractions_percentages_and_counts_are_read(text, cells):
    found = shares(parse(text))
    assert sum(found) == 1
    assert all(abs(f - Fraction(c)) < 1e-11 for f, c in zip(found, cells, strict=False))


def test_names_of_rows_columns_and_variables():
    table = parse("Weather/Umbrella: No, Yes; Dry: .4, .1; Rain: .05, .45!")
    assert (table.rows, table.columns, table.corner) == (("Dry", "Rain"), ("No", "Yes"), ("Weather", "Umbrella"))
    assert table.locked
    assert parse("A/B:0,1;0:1,2;1:3,4").columns == ("0", "1")  # names may be numbers
    assert parse("1,2;3,4").rows == ("x1", "x2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There are no rows"),
        ("1,2", "There is only one row"),
        (";".join(["1,1"] * 7), "There are 7 rows: type 2 to 6"),
        ("1;2", "Row 1 has only one cell: type 2 to 6"),
        ("1,1,1,1,1,1,1;1,1,1,1,1,1,1", "Row 1 has 7 cells"),
        ("1,2;3", "Row 2 has only one cell: type 2"),
        ("1,2;3,4,5", "Row 2 has 3 cells: type 2"),
        ("A/B:a,b,c;1,2;3,4", "Row 1 has 2 cells: type 3"),
        ("1,2;3,x", "“x” is not a number: write 0.25, 1/4 or 25%"),
        ("1,2;3,1/0", "“1/0” is not a number"),
        ("1,2;3,1e9", "“1e9” is not a number"),
        ("1,2;3,nan", "“nan” is not a number"),
        ("0.5,0.75;-0.25,0", "“-0.25” is negative"),
        ("0.5,0.75;−0.25,0", "“−0.25” is negative"),
        ("0,0;0,0", "Every cell is 0"),
        ("1/999999999989,1/999999999961;1/7,1/3", "sum to 0.47619, not 1"),
        ("1,1" + ";1,1" * LONGEST, "characters: a table needs fewer than 800"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(text, said):
    with pytest.raises(ValueError, match=said.replace("(", r"\(")) as refusal:
        parse(text)
    assert str(refusal.value).count(". ") == 0
    assert str(refusal.value).endswith(".")


def test_a_sum_off_one_can_be_divided():
    with pytest.raises(NotAWhole, match=r"The cells sum to 1\.2, not 1"):
        parse("0.5,0.5;0.1,0.1")
    divided = shares(parse("0.5,0.5;0.1,0.1", normalize=True))
    assert divided == [Fraction(5, 12), Fraction(5, 12), Fraction(1, 12), Fraction(1, 12)]


def test_without_a_common_denominator_fewer_digits_are_asked_for():
    with pytest.raises(ValueError, match="no common denominator"):
        parse("1/999999999989,1/999999999961;1/7,1/3", normalize=True)


@given(tables(), st.integers(2, 6), st.integers(2, 6))
def test_rows_and_columns_are_added_empty_and_taken_off_the_end(table, n_rows, n_columns):
    other = table.resized(n_rows, n_columns)
    assert (len(other.counts), len(other.counts[0])) == (n_rows, n_columns)
    assert (len(other.rows), len(other.columns)) == (n_rows, n_columns)
    assert other.total > 0
    kept = [row[:n_columns] for row in table.counts[:n_rows]]
    if any(map(any, kept)):
        scale = math.gcd(*(n for row in kept for n in row))
        assert [row[: len(kept[0])] for row in other.counts[: len(kept)]] == [
            tuple(n // scale for n in row) for row in kept
        ]
