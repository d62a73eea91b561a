"""What is refused and in which words: the sentences are shown to people as they stand."""

import re

import numpy as np
import pytest

from core import _checks as checks

NUMBER_REFUSALS = [
    ([], "x is empty: give at least one number."),
    (np.empty((0, 3)), "x is empty: give at least one number."),
    ([1.0, np.nan], "x[1] is nan: use finite numbers."),
    ([[1.0, 2.0], [np.inf, 0.0]], "x[1, 0] is inf: use finite numbers."),
    (np.nan, "x is nan: use finite numbers."),
    (["a", "b"], "x holds text: give plain real numbers."),
    ([1.0, None], "x holds objects that are not numbers: give plain real numbers."),
    ([1j], "x holds complex numbers: give plain real numbers."),
    ([[1, 2], [3]], "x is ragged or not numeric: give rows of numbers, all of equal length."),
    (
        np.ma.array([1.0, 2.0], mask=[0, 1]),
        "x is a masked array: select the entries that count and pass a plain array.",
    ),
]


@pytest.mark.parametrize(("x", "message"), NUMBER_REFUSALS)
def test_as_float_refuses(x, message: str) -> None:
    """Every refusal says which argument, where, and what to do."""
    with pytest.raises(ValueError, match="^" + re.escape(message) + "$"):
        checks.as_float(x, "x")


def test_as_float_takes_numbers_of_any_real_type() -> None:
    """Integers, booleans and short floats become float64; float64 is not copied."""
    for x in ([1, 0], [True, False], np.float32([1, 0]), np.uint8([1, 0])):
        assert checks.as_float(x, "x").dtype == np.float64
    x = np.array([1.0, 2.0])
    assert checks.as_float(x, "x") is x
    with pytest.raises(ValueError, match="x has 1 axis but needs 2 axes"):
        checks.as_float(x, "x", ndim=2)


PMF_REFUSALS = [
    ([0.5, 0.7], "p sums to 1.2, not 1: use normalize(p) or correct the entries."),
    ([[0.5, 0.5], [0.5, 0.4]], "p[1] sums to 0.9, not 1: use normalize(p) or correct the entries."),
    ([1.0 + 1e-7], "p sums to 1.0000001, not 1: use normalize(p) or correct the entries."),
    ([1e308, 1e308], "p sums to inf, not 1: use normalize(p) or correct the entries."),
    ([1.5, -0.5], "p[1] is -0.5: probabilities are finite and at least 0."),
    ([[0.5, 0.5], [np.nan, 1.0]], "p[1, 0] is nan: probabilities are finite and at least 0."),
    ([np.inf, -np.inf], "p[0] is inf: probabilities are finite and at least 0."),
    (1.0, "p is a single number: give the probabilities of all outcomes as a list."),
    ([], "p is empty: give at least one number."),
]


@pytest.mark.parametrize(("p", "message"), PMF_REFUSALS)
def test_as_pmf_refuses(p, message: str) -> None:
    """A wrong sum is told with its row and its size, and points to normalize."""
    with pytest.raises(ValueError, match="^" + re.escape(message) + "$"):
        checks.as_pmf(p)


def test_sum_tolerance_is_that_of_the_type() -> None:
    """Half the digits of the type the numbers came in: 1.5e-8 for float64, 3.5e-4 for float32, 0.03 for float16."""
    assert checks.as_pmf([1.0 + 1.4e-8]).shape == (1,)
    for dtype, good, bad in [(np.float64, 1.4e-8, 1.6e-8), (np.float32, 3.3e-4, 3.7e-4), (np.float16, 0.029, 0.035)]:
        checks.as_pmf(np.array([1.0 + good], dtype))
        with pytest.raises(ValueError, match="not 1"):
            checks.as_pmf(np.array([1.0 + bad], dtype))
    checks.as_pmf([1, 0])
    checks.as_pmf([False, True])


def test_pairs() -> None:
    """The event axis must match exactly, even where numpy would broadcast it; leading axes broadcast."""
    p, q = checks.as_pmf_pair([0.5, 0.5], [[1, 0], [0, 1]])
    assert p.shape == q.shape == (2, 2)
    with pytest.raises(ValueError, match=r"p has 2 outcomes but q has 1: give both the same outcomes"):
        checks.as_pmf_pair([0.5, 0.5], [1.0])
    with pytest.raises(ValueError, match="leading axes must be equal or 1"):
        checks.as_pmf_pair(np.full((3, 2), 0.5), np.full((2, 2), 0.5))


def test_counts() -> None:
    """Whole floats pass; totals beyond 2^31 are exact, beyond 2^63 refused."""
    assert checks.as_counts([2.0, 3.0], "n").dtype == np.int64
    assert checks.as_counts([2**40, 2**40 + 1], "n").sum() == 2**41 + 1
    for bad, message in [
        ([1.5], r"n\[0\] is 1.5: counts are whole"),
        ([[1, -1]], r"n\[0, 1\] is -1: counts are whole"),
        ([np.nan], r"n\[0\] is nan: counts are whole"),
        ([np.inf], r"n\[0\] is inf: counts are whole"),
        (np.array([2**63], np.uint64), r"n\[0\] is 9\.22337e\+18: counts are whole"),
        ([2**62, 2**62], "more than 2\\^63"),
        ([2**64, 1], "n holds whole numbers of more than 64 bits"),
        ([], "n is empty"),
    ]:
        with pytest.raises(ValueError, match=message):
            checks.as_counts(bad, "n")


def test_labels_are_all_text_or_all_numbers() -> None:
    """numpy would make text of the numbers, and 1 and "1" one label; a mask would be forgotten."""
    assert checks.as_labels(["b", "a", "b"], "y")[1].tolist() == [1, 0, 1]
    for bad, message in [
        ([1, "1"], "y mixes text and numbers: give one label an entry"),
        (["a", None], "y holds objects"),
        (np.ma.array([1, 2], mask=[False, True]), "y is a masked array"),
    ]:
        with pytest.raises(ValueError, match=message):
            checks.as_labels(bad, "y")


def test_joint_tables() -> None:
    """Integers are counts, floats are probabilities, the sum runs over all event axes."""
    assert checks.as_joint(np.array([[1, 1], [0, 2]], np.uint8), "table").dtype == np.int64
    assert checks.as_joint(np.full((3, 2, 2), 0.25), "table").shape == (3, 2, 2)
    assert checks.as_joint(np.full((2, 2, 2), 1), "table", 3).tolist() == np.full((2, 2, 2), 1).tolist()
    with pytest.raises(ValueError, match=r"table\[1\] holds no counts"):
        checks.as_joint([[[1, 1]], [[0, 0]]], "table")
    with pytest.raises(ValueError, match="table sums to 2, not 1"):
        checks.as_joint([[0.5, 0.5], [0.5, 0.5]], "table")
    with pytest.raises(ValueError, match="table has 1 axis but a joint table of 2 variables needs 2"):
        checks.as_joint([0.5, 0.5], "table")


def test_joint_refusal_names_the_cell() -> None:
    """The index is that of the table as given, not of the flattened one."""
    with pytest.raises(ValueError, match=r"table\[1, 0\] is -0.5: probabilities are finite and at least 0"):
        checks.as_joint([[0.5, 0.5], [-0.5, 0.5]], "table")
    with pytest.raises(ValueError, match=r"table\[1\] sums to 2, not 1: use normalize\(table\)"):
        checks.as_joint([[[0.5, 0.5]], [[1.0, 1.0]]], "table")


@pytest.mark.parametrize(
    ("bounds", "x", "message"),
    [
        ({"low": 0}, -1, "t is -1: it must be at least 0."),
        ({"low": 0, "open_low": True}, 0, "t is 0: it must be greater than 0."),
        ({"high": 1}, 2, "t is 2: it must be at most 1."),
        ({"high": 1, "open_high": True}, 1.0, "t is 1: it must be less than 1."),
        ({}, np.inf, "t is inf: give a finite number."),
        ({"allow_inf": True}, np.nan, "t is nan: give a finite number."),
        ({}, [1.0, 2.0], "t has shape (2,): give a single number."),
        ({}, "1", "t holds text: give plain real numbers."),
        ({}, None, "t holds objects that are not numbers: give plain real numbers."),
    ],
)
def test_as_scalar_refuses(bounds: dict, x, message: str) -> None:
    """Bounds are told as such."""
    with pytest.raises(ValueError, match="^" + re.escape(message) + "$"):
        checks.as_scalar(x, "t", **bounds)


def test_scalars_and_whole_numbers() -> None:
    """Python types come back; True is no number of anything."""
    assert type(checks.as_scalar(np.float32(0.5), "t")) is float
    assert checks.as_scalar(np.inf, "t", low=0, allow_inf=True) == np.inf
    assert type(checks.as_int(np.int64(3), "n")) is int
    for bad in (1.5, True, "1", None):
        with pytest.raises(ValueError, match="give a whole number"):
            checks.as_int(bad, "n")
    with pytest.raises(ValueError, match="n is 0: it must be at least 1"):
        checks.as_int(0, "n", low=1)
    with pytest.raises(ValueError, match="n is 9: it must be at most 8"):
        checks.as_int(9, "n", high=8)


def test_result() -> None:
    """0-d becomes a Python float, and no negative zero is handed back."""
    assert type(checks.result(np.float64(1.0))) is float
    assert type(checks.result(np.array(1.0))) is float
    assert not np.signbit(checks.result(-0.0))
    assert not np.signbit(checks.result(np.array([-0.0]))).any()
