"""Lists of numbers as text: what is read, and what is refused with one plain sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.live.typed import LONGEST, numbers

values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12)


@given(values=values, separator=st.sampled_from([" ", "  ", ",", ", ", " ,", ";", " ; "]))
def test_what_is_written_is_read_again(values, separator):
    text = separator.join(map(repr, values))
    assert numbers(f" {text} ", low=-1e6, high=1e6) == tuple(values)


@given(values=values)
def test_a_true_minus_is_a_minus(values):
    text = " ".join(map(repr, values)).replace("-", "\N{MINUS SIGN}").replace("e\N{MINUS SIGN}", "e-")
    assert numbers(text, low=-1e6, high=1e6) == tuple(values)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“” is not a number."),
        ("1,,2", "“” is not a number."),
        ("1 two", "“two” is not a number."),
        ("1 nan", "nan is not between -10 and 10."),
        ("1 inf", "inf is not between -10 and 10."),
        ("1 1e999", "1e999 is not between -10 and 10."),
        ("1 10.1", "10.1 is not between -10 and 10."),
        ("1 -10.1", "-10.1 is not between -10 and 10."),
        ("1", "There is only one number: type 2 to 4, separated by spaces."),
        ("1 2 3 4 5", "There are 5 numbers: type 2 to 4, separated by spaces."),
        ("1\n2 3", "“1\n2” is not a number."),
    ],
)
def test_what_is_no_such_list_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=r"number|between") as refusal:
        numbers(text, low=-10, high=10, fewest=1 if not text else 2, most=4)
    assert str(refusal.value) == sentence


def test_where_only_one_length_will_do_it_is_named():
    with pytest.raises(ValueError, match=r"There are 2 numbers: type 3, separated by spaces\."):
        numbers("1 2", low=0, high=9, fewest=3, most=3)


def test_a_refusal_is_short_whatever_was_typed():
    for text in ("x" * LONGEST, "9" * LONGEST, "1 " * (LONGEST // 2)):
        with pytest.raises(ValueError, match=r"number|between") as refusal:
            numbers(text, low=0, high=1)
        assert len(str(refusal.value)) < 120
