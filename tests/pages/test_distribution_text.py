"""The typed form of a distribution: what it restores, what it refuses, and with which words."""

import math
import time
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.live.distribution import MOST, NotAWhole, Shares, code, parse, written
from tests import strategies

names = st.text(st.characters(exclude_characters=",;:!", exclude_categories=("C", "Z")), min_size=1, max_size=12)
spaced = st.sampled_from(["face 1", "no. 2", "½ full", "日本", "Δ 3.5", "a/b", "50%", "1e5", ".", "0.5"])


@st.composite
def shares(draw) -> Shares:
    """Shares as a page can have them: drawn by any means, named in any script, locked or not."""
    p = draw(strategies.pmfs())
    k = p.size
    given_names = tuple(draw(st.lists(names | spaced, min_size=k, max_size=k))) if draw(st.booleans()) else ()
    # A page has only such shares as have been read from text, so their sum has been set right.
    text = ",".join(map(repr, p.tolist()))
    locked = tuple(draw(st.lists(st.booleans(), min_size=k, max_size=k)))
    return Shares(parse(text).values, given_names, locked)


@given(said=shares())
@example(Shares((0.5, 0.5), ("face 1", "face 2")))
@example(Shares((1 / 3, 1 / 3, 1 / 3)))
@example(Shares((1.0, 5e-324)))
def test_the_text_in_the_link_restores_the_shares(said):
    restored = parse(code(said))
    assert restored.names == said.names
    assert restored.locked == said.locked
    assert restored.values == pytest.approx(said.values, rel=4e-16, abs=0)


@given(said=shares())
def test_writing_what_was_read_gives_the_same_text(said):
    text = code(parse(code(said)))
    assert code(parse(text)) == text


@given(weights=st.lists(st.integers(0, 9), min_size=2, max_size=MOST).filter(any))
@example([1, 8, 8, 8, 8, 8, 8])
def test_fractions_with_a_common_denominator_are_read_and_written_back_as_they_are(weights):
    total = sum(weights)
    found = parse(", ".join(f"{w}/{total}" for w in weights))
    assert found.values == pytest.approx([w / total for w in weights], rel=1e-15, abs=0)
    assert len(code(found)) <= 8 * len(weights)


@given(percent=st.lists(st.integers(0, 1000), min_size=1, max_size=MOST - 1).filter(lambda w: sum(w) <= 1000))
def test_percentages_are_hundredths(percent):
    tenths = [*percent, 1000 - sum(percent)]
    found = parse("; ".join(f"{t / 10} %" for t in tenths))
    assert found.values == pytest.approx([t / 1000 for t in tenths], rel=1e-14, abs=1e-300)


@given(x=st.floats(0, 1))
@example(5e-324)
@example(1 / 6)
@example(0.1 + 0.2)
def test_a_written_share_is_exactly_the_share(x):
    above, _, below = written(x).partition("/")
    assert float(above) / float(below or 1) == x


@pytest.mark.parametrize(
    ("x", "text"),
    [(0.0, "0"), (1.0, "1"), (0.25, "0.25"), (1 / 6, "1/6"), (1 / 3, "1/3"), (0.125, "0.125"), (2 / 7, "2/7")],
)
def test_a_share_is_written_as_a_person_would(x, text):
    assert written(x) == text


@pytest.mark.parametrize(
    ("text", "values", "names"),
    [
        ("0.5, 0.25, 0.25", (0.5, 0.25, 0.25), "ABC"),
        ("0.5 0.25 0.25", (0.5, 0.25, 0.25), "ABC"),
        ("1/2;1/2", (0.5, 0.5), "AB"),
        ("  .5 ,  .5  ", (0.5, 0.5), "AB"),
        ("50%,50 %", (0.5, 0.5), "AB"),
        ("heads: 1/2, tails: 0.5", (0.5, 0.5), ("heads", "tails")),
        ("face 1: 0.5, face 2: 0.5", (0.5, 0.5), ("face 1", "face 2")),
        ("a:b:0.5,0.5", (0.5, 0.5), ("a:b", "B")),
        (":0.5,0.5", (0.5, 0.5), "AB"),
        ("1e-1, 9e-1", (0.1, 0.9), "AB"),
        ("0.5,0.5,", (0.5, 0.5), "AB"),
        ("0, 1", (0.0, 1.0), "AB"),
    ],
)
def test_people_may_write_as_they_like(text, values, names):
    found = parse(text)
    assert found.values == values
    assert found.names == tuple(names)
    assert not any(found.locked)


def test_an_exclamation_mark_locks():
    assert parse("0.5!, x:1/4 !, 0.25").locked == (True, True, False)


def test_long_names_are_cut_to_twelve_letters():
    assert parse(f"{'n' * 30}:0.5,0.5").names == ("n" * 12, "B")


def test_a_sum_off_by_rounding_alone_is_set_right():
    found = parse("0.1,0.2,0.3,0.4000000001")
    assert math.fsum(found.values) == pytest.approx(1, abs=2e-16)
    assert parse("0.333333333,0.333333333,0.333333334").values[0] == pytest.approx(1 / 3, abs=1e-9)


@pytest.mark.parametrize("text", ["0.5,0.6", "0.333,0.333,0.333", "1,1", "0.5,0.500001", "30%,30%", "2,3,5"])
def test_shares_that_are_no_whole_are_answered_with_an_offer_that_can_be_taken(text):
    with pytest.raises(NotAWhole, match=r"The shares sum to [\d.]+, not 1: correct one of them or normalize\."):
        parse(text)
    found = parse(text, normalize=True)
    assert math.fsum(found.values) == pytest.approx(1, abs=1e-15)
    given_values = [float(v.rstrip("%")) for v in text.split(",")]
    assert found.values == pytest.approx([v / sum(given_values) for v in given_values])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no shares"),
        ("   ", "no shares"),
        ("1", "only one share"),
        (",".join(["1/9"] * 9), "9 shares"),
        ("0,0", "Every share is 0"),
        ("0.5,-0.5,1", "negative"),
        ("0.5,−0.5,1", "negative"),
        ("0.5,x", "“x” is not a number"),
        ("1/0,0.5", "not a number"),
        ("0/0,1", "not a number"),
        ("nan,1", "not a number"),
        ("inf,0.5", "not a number"),
        ("1e999,0.5", "not a number"),
        ("a:,b:1", "not a number"),
        ("0.5,!", "not a number"),
        ("1/2/3,1/2", "not a number"),
        ("1" * 500, "500 characters"),
    ],
)
@pytest.mark.parametrize("normalize", [False, True])
def test_what_cannot_be_read_is_refused_in_one_plain_sentence(text, words, normalize):
    with pytest.raises(ValueError, match=words) as refusal:
        parse(text, normalize)
    assert not isinstance(refusal.value, NotAWhole)
    sentence = str(refusal.value)
    assert sentence[0].isupper() or sentence[0] == "“"
    assert sentence.endswith(".")
    assert len(sentence) < 120


@given(text=st.text(max_size=60) | st.text("0123456789.,/:;!%eE+- _−", max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        found = parse(text)
    except ValueError as problem:
        refusal = str(problem)
        assert refusal.endswith(".")
    else:
        assert 2 <= len(found.values) <= MOST
        assert min(found.values) >= 0
        assert math.fsum(found.values) == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize(
    "text", ["1e30000000,0", "1/1e-30000000,0", "9" * 399 + ",1", "1/" + "9" * 390 + ",1", "(" * 10**6]
)
def test_no_text_takes_long_to_read(text):
    began = time.perf_counter()
    with suppress(ValueError):
        parse(text)
    assert time.perf_counter() - began < 0.5  # a minute, where the number is computed exactly


@given(said=shares())
def test_names_on_the_page_are_told_apart(said):
    assert len(set(said.distinct)) == len(said.values)


@pytest.mark.parametrize("names", [("A", "A", "A (2)"), ("x", "x", "x"), ("A", "A", "2: A"), ("1: A", "A", "A")])
def test_equal_names_are_told_apart_whatever_the_others_are(names):
    assert len(set(Shares((1 / 3,) * 3, names).distinct)) == 3
