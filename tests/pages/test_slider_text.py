"""The typed form of a slider's value: what it restores and what it refuses."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pages.live.slider import number_parameter

ends = st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-9)


@given(low=ends, high=ends, part=st.floats(0, 1))
def test_the_text_in_the_link_restores_the_value(low, high, part):
    assume(low < high)
    parameter = number_parameter("x", low, low, high)
    value = parameter.parse(repr(low + part * (high - low))) if 0 < part < 1 else (low, high)[round(part)]
    restored = parameter.parse(parameter.code(value))
    assert restored == pytest.approx(value, rel=1e-11, abs=1e-300)
    assert parameter.parse(parameter.code(restored)) == restored


@given(low=ends, high=ends)
def test_both_ends_can_be_linked_to_and_nothing_beyond_comes_out(low, high):
    assume(low < high)
    parameter = number_parameter("x", low, low, high)
    for end in (low, high):
        assert low <= parameter.parse(parameter.code(end)) <= high
        assert parameter.parse(parameter.code(end)) == pytest.approx(end, rel=1e-11, abs=0)


def test_the_logarithm_of_eight_is_an_end_like_any_other():
    top = math.log(8)  # its first twelve digits are more than it
    parameter = number_parameter("x", 0.0, 0.0, top)
    assert parameter.parse(parameter.code(top)) == pytest.approx(top, rel=1e-11)
    assert parameter.parse(parameter.code(top)) <= top


@given(value=st.integers(-(10**9), 10**9))
def test_whole_numbers_stay_whole(value):
    parameter = number_parameter("n", 0, -(10**9), 10**9, whole=True)
    restored = parameter.parse(parameter.code(value))
    assert restored == value
    assert isinstance(restored, int)


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("inf", math.inf), ("1e-3", 0.001), ("100", 100), ("0.5", 0.5)])
def test_a_logarithmic_scale_may_have_exact_ends(text, value):
    parameter = number_parameter("t", 1, 0.001, 100, zero=True, infinite=True)
    assert parameter.parse(text) == value
    assert parameter.parse(parameter.code(value)) == value


@pytest.mark.parametrize(("zero", "infinite", "text"), [(False, True, "0"), (True, False, "inf"), (True, True, "-inf")])
def test_an_exact_end_that_is_not_there_is_refused(zero, infinite, text):
    with pytest.raises(ValueError, match=r"t=.* is not a number from 0\.001 to 100\."):
        number_parameter("t", 1, 0.001, 100, zero=zero, infinite=infinite).parse(text)


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "nan", "inf", "-inf", "1e999", "-1", "11", "0x1", "1,5", "1/2", "½", "None", "9" * 5000, "1 1"],
)
def test_what_is_no_such_number_is_refused_in_one_short_sentence(text, whole):
    with pytest.raises(ValueError, match=r"^n=.* is not .*\.$") as refusal:
        number_parameter("n", 1, 0, 10, whole=whole).parse(text)
    assert len(str(refusal.value)) < 100


@pytest.mark.parametrize("text", ["0.5", "2.000001", "1e-5"])
def test_a_part_is_no_whole_number(text):
    with pytest.raises(ValueError, match="a whole number from 0 to 10"):
        number_parameter("n", 1, 0, 10, whole=True).parse(text)


@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    parameter = number_parameter("n", 1.0, -5.0, 5.0)
    try:
        assert -5 <= parameter.parse(text) <= 5
    except ValueError as problem:
        refusal = str(problem)
        assert refusal.startswith("n=")
        assert refusal.endswith(".")
