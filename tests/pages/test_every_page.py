"""What is true of every page in the table of contents: its numbers, its pictures, its words, what it gives away."""

import csv
import io
import math
import re
from contextlib import redirect_stdout
from decimal import Decimal
from functools import cache

import pytest

from core.units import BITS, UNITS
from pages import contents
from tests import printed
from tests.figures import reading as figures
from tests.pages.facts import FACTS
from tests.pages.reading import FRAME_KEYS, Reading, at_defaults

LESSONS = [page for page in contents.LESSONS if page.file in FACTS]
PRESETS = [(page, name) for page in LESSONS for name in FACTS[page.file].presets]
SUMS = [page for page in LESSONS if FACTS[page.file].total]
pages = pytest.mark.parametrize("page", contents.PAGES, ids=lambda page: page.file)
lessons = pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.file)
presets = pytest.mark.parametrize(("page", "name"), PRESETS, ids=[f"{page.file}-{name}" for page, name in PRESETS])
units = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)


@cache
def state(file: str, unit: str, preset: str | None) -> Reading:
    """A page in a unit and, if one is named, after the click on a preset: to be looked at only."""
    shown = Reading(next(page for page in contents.PAGES if page.file == file), {"unit": unit})
    return shown.click(preset) if preset else shown


def test_every_page_has_its_facts():
    assert set(FACTS) == {page.file for page in contents.PAGES}, "add one entry to tests/pages/facts.py"


@pages
def test_the_page_answers_its_question_in_fewer_than_250_words(page):
    shown = at_defaults(page)
    assert page.question in shown.said
    assert 0 < len(shown.words_in_sight) < 250


@pages
@units
def test_the_page_speaks_in_the_chosen_unit_alone(page, unit):
    shown = state(page.file, unit.name, None)
    assert not shown.notices
    others = "|".join(other.name for other in UNITS if other is not unit)
    assert not re.findall(rf"\b(?:{others})\b", "\n".join([shown.said, *shown.snippets, *shown.files.values()]).lower())


@pages
def test_lecture_mode_shows_the_same(page):
    usual, lecture = at_defaults(page), Reading(page, {"lecture": "true"})
    assert not lecture.notices
    assert lecture.readouts == usual.readouts
    assert set(lecture.pictures) == set(usual.pictures)
    assert all(picture["lecture"] for picture in lecture.pictures.values())
    assert not any(picture["lecture"] for picture in usual.pictures.values())


@lessons
def test_every_value_of_the_page_bears_its_prefix(page):
    shown = at_defaults(page)
    assert not {key for key in {*shown.values, *shown.hands} - FRAME_KEYS if not key.startswith(page.prefix)}


@lessons
def test_every_control_of_the_page_is_among_its_facts(page):
    shown = at_defaults(page)
    missing = {*shown.values, *shown.controls} - FRAME_KEYS - set(FACTS[page.file].controls)
    assert not missing, "add them to tests/pages/facts.py, with both ends"


@lessons
def test_at_its_defaults_the_page_writes_nothing_into_the_link(page):
    shown = at_defaults(page)
    assert shown.controls
    assert shown.link == {}


# --- presets and published numbers


@presets
@units
def test_the_preset_shows_the_published_number(page, name, unit):
    fact = FACTS[page.file].presets[name]
    shown = state(page.file, unit.name, name)
    published = fact.published * (BITS.nats / unit.nats if fact.information else 1)
    off = abs(float(printed.first(shown.readouts[fact.readout])) - published)
    # Half of the last published digit, and half of the last of the four digits shown.
    shown_digit = 10 ** (math.floor(math.log10(published)) - 3) if published else 0
    assert off <= 0.5 * 10**-fact.decimals + 0.5 * shown_digit + 1e-12


@presets
def test_the_preset_puts_its_state_into_a_link_that_restores_it(page, name):
    shown = state(page.file, BITS.name, name)
    assert shown.link or shown.values == at_defaults(page).values  # one of them may be the default
    restored = Reading(page, shown.link)
    assert not restored.notices
    assert restored.readouts == shown.readouts
    assert restored.values == shown.values
    assert {k: p["title"] for k, p in restored.pictures.items()} == {k: p["title"] for k, p in shown.pictures.items()}


@lessons
def test_the_map_opens_the_page_in_a_state_that_it_understands(page):
    usual, opened = at_defaults(page), Reading(page, page.link)
    assert not opened.notices
    assert (opened.readouts != usual.readouts) == bool(page.link)


# --- the formula with its numbers, the table, the snippet


def states(page):
    """The default and every preset, in every unit."""
    return [(unit, state(page.file, unit.name, name)) for unit in UNITS for name in (None, *FACTS[page.file].presets)]


@pytest.mark.parametrize("page", SUMS, ids=lambda page: page.file)
def test_the_printed_terms_add_up_to_the_readout(page):
    for _, shown in states(page):
        readout = shown.readouts[FACTS[page.file].total]
        terms, _, total = shown.worked[-1].removeprefix("=").rpartition("=")
        assert total.strip() == readout
        assert sum((printed.value(t.strip()) for t in terms.split(" + ")), Decimal(0)) == printed.first(readout)


@pytest.mark.parametrize("page", SUMS, ids=lambda page: page.file)
def test_the_products_come_to_the_readout(page):
    for _, shown in states(page):
        products = [p.split(" × ") for p in shown.worked[0].removeprefix("=").strip().split(" + ")]
        # Factors are printed to four digits, so their products are right to three.
        came_to = sum(math.prod(float(printed.value(f)) for f in factors) for factors in products)
        assert came_to == pytest.approx(float(printed.first(shown.readouts[FACTS[page.file].total])), rel=2e-3)


@pytest.mark.parametrize("page", SUMS, ids=lambda page: page.file)
def test_the_snippet_prints_the_number_on_the_screen(page):
    for _, shown in states(page):
        assert shown.snippets
        for snippet in shown.snippets:
            with redirect_stdout(io.StringIO()) as out:
                exec(snippet, {})
            readout = shown.readouts[FACTS[page.file].total]
            assert printed.shows(readout.rpartition(" ")[0], float(out.getvalue()))


@pytest.mark.parametrize("page", SUMS, ids=lambda page: page.file)
def test_the_table_sums_to_the_number_on_the_screen(page):
    for unit, shown in states(page):
        (text,) = shown.files.values()
        rows = list(csv.DictReader(io.StringIO(text)))
        column = f"{FACTS[page.file].contributions} ({unit.name})"
        total = math.fsum(float(row[column]) for row in rows)
        assert printed.shows(shown.readouts[FACTS[page.file].total].rpartition(" ")[0], total)


# --- pictures


@lessons
@units
def test_every_picture_is_valid_states_its_finding_and_names_its_axes(page, unit):
    shown = state(page.file, unit.name, None)
    assert shown.pictures
    for key, data in shown.pictures.items():
        figure = shown.figure(key)
        assert figures.title(figure) == data["title"]
        assert len(data["title"]) > 10
        assert re.search(r"\d", data["alt"]), "the text alternative states the present finding"
        assert figures.axis_titles(figure)
        for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
            if axis.visible is not False and axis.type != "category" and axis.categoryarray is None:
                assert axis.range is not None, f"{key}: an axis without a range moves with the data"


@lessons
def test_every_handle_sets_a_control_of_the_page_or_is_answered_by_it(page):
    shown = at_defaults(page)
    names = [handle["name"] for data in shown.pictures.values() for handle in data["handles"]]
    assert len(names) == len(set(names))
    for data in shown.pictures.values():
        for handle in data["handles"]:
            for control, value in zip(handle["sets"], (handle["x"], handle["y"]), strict=True):
                if control:
                    assert shown.values[control] == pytest.approx(value)


@presets
def test_axes_hold_still_from_preset_to_preset(page, name):
    usual, shown = at_defaults(page), state(page.file, BITS.name, name)
    still = [key for key in usual.pictures if figures.ranges(usual.figure(key)) == figures.ranges(shown.figure(key))]
    assert len(still) >= len(usual.pictures) - 1  # one picture may be set anew for another subject
