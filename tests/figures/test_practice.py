"""The picture and the words of the Practice page."""

import io
import re
from contextlib import redirect_stdout
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scenes import practice as scenes
from core.units import BITS, NATS, UNITS
from pages.figures import practice as figures
from pages.figures.style import number
from tests import printed
from tests.figures import reading

kinds, seeds, units = st.sampled_from(scenes.KINDS), st.integers(0, 999), st.sampled_from(UNITS)
ANSWERS = {"none": None, "right": 1.0, "low": 0.5, "negative": -1.0, "huge": 900.0}


def picture(kind, seed=1, unit=BITS, times=None, solved=False):
    """The picture after an answer so many times the right one."""
    task = scenes.exercise(kind, seed)
    value = None if times is None else times * (unit.from_nats(task.answer) if task.information else task.answer)
    verdict = None if value is None else scenes.judge(task, value, unit)
    return figures.exercise(task, unit, value, verdict, solved)


PICTURES = {
    f"{kind}, {name}, {solved}": (kind, times, solved)
    for kind in scenes.KINDS
    for name, times in ANSWERS.items()
    for solved in (False, True)
}


@pytest.mark.parametrize(("kind", "times", "solved"), PICTURES.values(), ids=PICTURES)
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(kind, times, solved):
    for unit in UNITS:
        figure, alt, handles = picture(kind, 1, unit, times, solved)
        reading.valid(figure)
        assert len(reading.title(figure)) > 10
        assert re.search(r"\d.*[.?]$", alt)
        assert not handles
        said = f"{reading.all_text(figure)} {alt}"
        assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d", said), said
        others = "|".join(u.name for u in UNITS if u is not unit)
        assert not re.search(rf"\b({others})\b", said)


@pytest.mark.parametrize("kind", scenes.KINDS)
def test_axes_hold_still_whatever_is_answered(kind):
    found = [reading.ranges(picture(kind, 1, BITS, times, s).figure) for times in ANSWERS.values() for s in (0, 1)]
    assert all(r == found[0] for r in found)


@given(kinds, seeds, units)
def test_what_is_drawn_stays_inside_its_axes(kind, seed, unit):
    figure = picture(kind, seed, unit, 1.0, True).figure
    low, high = figure.layout.xaxis2.range
    for trace in figure.data:
        if trace.xaxis == "x2" and trace.type == "bar":
            ends = np.asarray(trace.base, float) + np.asarray(trace.x, float)
            assert low <= min(ends.min(), np.asarray(trace.base).min())
            assert max(ends.max(), np.asarray(trace.base).max()) <= high


@given(kinds, seeds, units)
def test_until_it_is_solved_the_answer_is_nowhere(kind, seed, unit):
    task = scenes.exercise(kind, seed)
    shown = number(unit.from_nats(task.answer) if task.information else task.answer)
    for times in (None, 0.5):
        figure, alt, _ = picture(kind, seed, unit, times)
        said = f"{reading.all_text(figure)} {alt}"
        assert not [t for t in figure.data if t.name in ("terms", "sum")]
        assert not re.search(rf"(?<![\d.]){re.escape(shown)}(?!\d)", said) or len(shown) < 6


@given(kinds, seeds, units)
def test_solved_the_bars_lead_to_the_star(kind, seed, unit):
    task = scenes.exercise(kind, seed)
    figure = picture(kind, seed, unit, None, True).figure
    bars = next(t for t in figure.data if t.name == "terms")
    star = next(t for t in figure.data if t.name == "sum")
    end = float(bars.base[-1] + bars.x[-1])
    answer = unit.from_nats(task.answer) if task.information else task.answer
    assert float(star.x[0]) == pytest.approx(answer, rel=1e-6)
    assert end == pytest.approx(1 if kind == "temperature" else answer, rel=1e-5)


@given(kinds, seeds, units)
def test_the_solution_adds_up_to_the_last_digit(kind, seed, unit):
    task = scenes.exercise(kind, seed)
    _, definition, lines = figures.solution(task, unit)
    assert definition
    if kind == "temperature":
        parts = re.search(r"/ \((.*)\)$", lines[1])[1].split(" + ")
        total = lines[2].split(" / ")[1].split(" = ")[0]
    else:
        terms, _, total = lines[-1].rpartition(" = ")
        parts, total = terms.replace("− ", "+ −").split(" + "), total.split(" ")[0]
    assert sum((printed.value(p) for p in parts), Decimal(0)) == printed.value(total)
    assert lines[-1].endswith(figures.written(task, unit))


@given(kinds, seeds, units)
def test_the_snippet_prints_the_answer_and_the_table_holds_its_terms(kind, seed, unit):
    task = scenes.exercise(kind, seed)
    columns, snippet = figures.taken(task, unit)
    with redirect_stdout(io.StringIO()) as out:
        exec(snippet, {})
    answer = unit.from_nats(task.answer) if task.information else task.answer
    assert float(out.getvalue()) == pytest.approx(answer, rel=1e-12)
    total = sum(next(v for k, v in columns.items() if k.startswith("contribution")))
    assert total == pytest.approx(1 if kind == "temperature" else answer, rel=1e-9)


@given(kinds, seeds, units)
def test_every_mistake_is_answered_by_its_own_sentence(kind, seed, unit):
    task = scenes.exercise(kind, seed)
    for slip in task.slips:
        value = unit.from_nats(slip.value) if task.information else slip.value
        said = figures.said(task, value, scenes.judge(task, value, unit), unit)
        assert len(said.split(". ")) >= 2
        assert not said.startswith("Right")
    value = unit.from_nats(task.answer) if task.information else task.answer
    assert figures.said(task, value, scenes.judge(task, value, unit), unit).startswith("Right: ")


def test_how_it_is_off_is_said():
    task = scenes.exercise("entropy", 1)  # 0.7, 0.2, 0.1: 1.1568 bits
    for value, says in [
        (1.1568 * 0.9, "1.041 is 10 percent too low."),
        (1.4, "1.4 is 21 percent too high."),
        (-1.1568, "far too low. The logarithm of a probability is negative"),
        (0.8018, "31 percent too low. It would be right in nats"),
        (1.585, "That is the log of the number of outcomes"),
        (1.16, "Right: H(P) is 1.157 bits."),
    ]:
        assert says in figures.said(task, value, scenes.judge(task, value, BITS), BITS)


def test_what_is_given_and_asked_is_said_in_words():
    assert figures.given(scenes.exercise("entropy", 1)) == {"P": "0.7, 0.2, 0.1"}
    assert figures.question(scenes.exercise("KL", 1), NATS) == "What is KL(P‖Q) in nats?"
    assert list(figures.given(scenes.exercise("gain", 4))) == ["yes ●, ▲", "no ●, ▲"]
    assert figures.question(scenes.exercise("temperature", 1), BITS) == "What is the probability of C at temperature 4?"


def test_every_concept_has_one_right_option_and_says_something_to_each():
    for seed in range(2 * len(figures.CONCEPTS)):
        text, options = figures.concept(seed)
        assert text.endswith("?")
        assert list(options) == list("ABCD")
        assert sum(said.startswith("Right:") for _, said in options.values()) == 1
        assert len({said for _, said in options.values()}) == 4
        assert all(said.endswith(".") for _, said in options.values())
    assert len({figures.concept(seed)[0] for seed in range(len(figures.CONCEPTS))}) == len(figures.CONCEPTS) >= 8
