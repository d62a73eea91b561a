"""Named numbers as text: what is written is read back exactly, and what is no number is refused with one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.live.named import Named, code, reader

read = reader("logit", -100, 100)
NAMES = st.text("abcXYZ 123", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(st.floats(-100, 100).map(lambda x: x + 0.0), NAMES), min_size=2, max_size=8))
def test_what_is_written_is_read_back_to_the_last_digit(pairs):
    numbers = Named(*zip(*pairs, strict=True))
    assert read(code(numbers)) == numbers


@pytest.mark.parametrize(
    ("text", "values", "names"),
    [
        ("2, 1, -.5", (2, 1, -0.5), ("A", "B", "C")),
        ("2 1 \N{MINUS SIGN}0.5", (2, 1, -0.5), ("A", "B", "C")),
        ("cat: 1/2; dog: -1e1", (0.5, -10), ("cat", "dog")),
        ("cat: 2, 1", (2, 1), ("cat", "B")),
    ],
)
def test_ways_to_type(text, values, names):
    assert read(text) == Named(values, names)


def test_one_of_them_is_changed():
    assert read("2,1,0").with_value(1, -3.5) == Named((2, -3.5, 0), ("A", "B", "C"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There are none: type 2 to 8 logits, separated by commas."),
        ("2", "There is 1: type 2 to 8 logits, separated by commas."),
        ("1,2,3,4,5,6,7,8,9", "There are 9: type 2 to 8 logits, separated by commas."),
        ("1,,2", "“” is no logit from −100 to 100: write 2, −0.5 or 1/3."),
        ("1,two", "“two” is no logit from −100 to 100: write 2, −0.5 or 1/3."),
        ("1,nan", "“nan” is no logit from −100 to 100: write 2, −0.5 or 1/3."),
        ("1,inf", "“inf” is no logit from −100 to 100: write 2, −0.5 or 1/3."),
        ("1,101", "“101” is no logit from −100 to 100: write 2, −0.5 or 1/3."),
        ("1,1/0", "“1/0” is no logit from −100 to 100: write 2, −0.5 or 1/3."),
    ],
)
def test_what_is_no_list_of_numbers_is_refused_with_one_sentence(text, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        read(text)
    assert str(refusal.value) == sentence


def test_where_only_one_number_of_them_will_do_it_is_named():
    with pytest.raises(ValueError, match=r"There are 2: type 5 logits, separated by commas\."):
        reader("logit", 0, 1, fewest=5, most=5)("1,0")


def test_a_long_text_is_refused_before_it_is_read():
    with pytest.raises(ValueError, match="100000 characters"):
        read("1," * 50_000)
