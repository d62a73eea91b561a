"""The picture of the Perplexity page: records in, branches, curves and words out."""

import json
import math
import re
from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scenes import perplexity as scenes
from core.units import BITS, UNITS
from pages.figures import perplexity as figures
from pages.figures.style import number, quantity
from tests import printed
from tests.figures import reading

OWN = "Four score and seven beers ago"
CASES = {
    "usual": ("Second Inaugural", "Gettysburg", "characters", 2, 0.01),
    "best": ("Second Inaugural", "Gettysburg", "characters", 1, 0.01),
    "long context": ("Second Inaugural", "Gettysburg", "characters", 6, 0.01),
    "impossible": ("Second Inaugural", "Gettysburg", "characters", 2, 0.0),
    "one impossible": ("Even digits", "0a", "characters", 0, 0.0),
    "memory": ("Alice", "Alice", "characters", 6, 0.0),
    "smooth": ("Second Inaugural", "Gettysburg", "characters", 2, 10.0),
    "words": ("Second Inaugural", "Gettysburg", "words", 1, 0.1),
    "beyond the picture": ("Second Inaugural", OWN, "words", 0, 1e-3),
    "ten digits": ("Even digits", "0000030000", "characters", 0, 0.0),
    "certain": ("Mostly 0", "00", "characters", 1, 0.0),
    "one token": ("Second Inaugural", "F", "characters", 0, 0.01),
    "exotic": ("Alice", "日本 🎲 日", "characters", 1, 0.5),
}


def scored(name):
    train, test, kind, k, smoothing = CASES[name]
    pair = scenes.TEXTS[train], scenes.TEXTS.get(test, test)
    cut = [scenes.tokens(text, kind) for text in pair]
    found = [scenes.counted(*pair, kind, order) for order in range(scenes.highest_order(*cut) + 1)]
    return scenes.scored(cut[1], kind, found, k, smoothing)


SCENES = {name: scored(name) for name in CASES}
SAME = {name: case[0] == case[1] for name, case in CASES.items()}


def shown(name, unit=BITS, **more):
    return figures.main(SCENES[name], unit, SAME[name], **more)


def panel(figure, axis):
    return [t for t in figure.data if t.xaxis == axis or (axis is None and t.xaxis in (None, "x"))]


cases = pytest.mark.parametrize("name", CASES)
units = pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)


# --- true of every state


@cases
@units
@pytest.mark.parametrize("guess", [None, 0.0, 5.0])
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(name, unit, guess):
    figure, alt, (handle,) = shown(name, unit, guess=guess)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d", said), said
    assert not [u.name for u in UNITS if u is not unit and re.search(rf"\b{u.name}\b", alt)]
    low, high = figure.layout.yaxis.range
    assert low <= math.log10(handle.y) <= high
    assert handle.xlim[0] <= handle.x <= handle.xlim[1]
    assert re.search(r"\d|infinity", handle.text)
    assert len(json.dumps(figure.to_dict())) < 20_000


def test_axes_hold_still_whatever_is_shown():
    found = [reading.ranges(shown(name, guess=guess).figure) for name in CASES for guess in (None, 2.0)]
    assert all(r == found[0] for r in found)


# --- branches


@given(st.floats(1, 100))
def test_there_are_as_many_branches_as_the_perplexity_says(n):
    branches, *rest = figures._fan(n)
    x, y = (np.asarray(branches[k], float).reshape(-1, 3) for k in "xy")
    whole = int(n)
    assert np.isnan(x[:, 2]).all()
    assert (x[:, 0] == 0).all()
    assert x[:whole, 1] == pytest.approx(np.ones(whole))
    assert np.diff(y[:whole, 1]) == pytest.approx(np.full(whole - 1, -2 / n), abs=1e-5)
    if n - whole > 1e-3:
        assert x.shape[0] == whole + 1
        assert x[-1, 1] == pytest.approx(n - whole, abs=1e-5)  # the part of a branch is as long as the part
    else:
        assert x.shape[0] == whole
    if n <= figures.DOTS:
        assert len(rest[0]["x"]) == whole


def test_a_branch_grows_until_it_is_whole():
    almost, new = figures._fan(3.9999)[0], figures._fan(4.0)[0]
    ends = [np.asarray(t["y"], float).reshape(-1, 3)[:, 1] for t in (almost, new)]
    assert ends[0] == pytest.approx(ends[1], abs=1e-3)


def test_more_than_can_be_drawn_are_an_area_and_infinity_is_hatched():
    many, infinite = (panel(shown(name).figure, "x2") for name in ("words", "impossible"))
    assert many[0].fill == infinite[0].fill == "toself"
    assert many[0].fillpattern.shape is None
    assert infinite[0].fillpattern.shape == "/"
    assert "too many to draw" in reading.words(shown("words").figure)
    assert "∞" in reading.words(shown("impossible").figure)


@cases
def test_the_live_number_stands_at_the_root(name):
    n = SCENES[name].perplexity
    assert (number(n) if math.isfinite(n) else "∞") in reading.words(shown(name).figure)


# --- curves


@cases
def test_curves_are_the_perplexities_and_the_handle_rides_on_the_held_out_one(name):
    scene, (figure, _, (handle,)) = SCENES[name], shown(name)
    curves = [t for t in panel(figure, None) if t.mode == "lines" and len(t.x) == scene.training.size]
    assert np.asarray(curves[0].y) == pytest.approx(np.minimum(scene.training, figures.TOP), rel=1e-6)
    assert np.asarray(curves[-1].y) == pytest.approx(np.minimum(scene.held_out, figures.TOP), rel=1e-6)
    assert (handle.x, handle.y) == (scene.k, min(scene.held_out[scene.k], figures.TOP))
    stars = [t for t in figure.data if getattr(t.marker, "symbol", None) == "star"]
    assert len(stars) == (scene.held_out[scene.best] <= figures.TOP)
    said = " ".join(reading.words(figure))
    assert ("infinite" in said) == math.isinf(scene.held_out[-1])


def test_an_infinite_perplexity_names_the_token_and_counts_the_others():
    assert reading.title(shown("impossible").figure) == "Infinite: “u” after “Fo” was never seen, nor 231 more"
    assert reading.title(shown("one impossible").figure) == "Infinite: “a” was never seen"
    assert "infinity" in shown("impossible").alt
    assert figures.start(SCENES["impossible"]) == 2
    assert figures.dearest(SCENES["one impossible"], BITS) == "Impossible: “a”."


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("usual", "Held out, order 2 chooses among 11.16 equal ones"),
        ("memory", "On what it counted, order 6 chooses among 1.049 equal ones"),
        ("ten digits", "Held out, order 0 chooses among 10 equal ones"),
    ],
)
def test_the_title_says_among_how_many(name, title):
    found = reading.title(shown(name).figure)
    assert re.sub(r"[\d.]+ equal", "", found) == re.sub(r"[\d.]+ equal", "", title)
    if name != "memory":
        assert found == title


@cases
def test_what_is_hidden_can_be_read_nowhere(name):
    scene, (figure, alt, (handle,)) = SCENES[name], shown(name, guess=2.0)
    said = f"{reading.title(figure)} {' '.join(reading.words(figure))} {alt} {handle.text}"
    known = {number(v) for v in (scene.training[scene.k], scene.k, math.exp(2.0), BITS.from_nats(2.0))}
    assert not ({number(scene.perplexity), number(BITS.from_nats(scene.mean))} - known) & set(
        re.findall(r"[\d.]*\d|infinity", said)
    )
    assert "held out" not in said
    assert quantity(2.0, BITS) in alt
    assert len(panel(figure, None)) < len(panel(shown(name).figure, None))


# --- words and numbers beside it


@cases
@units
def test_the_worked_sum_ends_in_the_mean(name, unit):
    scene = SCENES[name]
    products, power, line = figures.worked(scene, unit)
    terms, _, total = line.rpartition(" = ")
    assert sum(map(printed.value, terms.split(" + "))) == printed.first(total)
    assert printed.shows(total.rpartition(" ")[0] or total, scene.mean / unit.nats)
    assert len(products.split(" + ")) == len(terms.split(" + ")) == len(scene.groups)
    assert power == f"log {number(scene.perplexity)}, to the base {figures.base(unit)}"


def test_the_perplexity_is_the_power_of_each_base():
    mean = SCENES["usual"].mean
    bases = {"2": 2.0, "e": math.e, "10": 10.0}
    assert [figures.base(unit) for unit in UNITS] == list(bases)
    for unit in UNITS:
        assert bases[figures.base(unit)] ** unit.from_nats(mean) == pytest.approx(SCENES["usual"].perplexity)
        assert figures.definition(unit).endswith(f"= {figures.base(unit)}^{{H}}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("usual", "Beyond order 1 a longer context only helps where it was counted."),
        ("impossible", "one such token is enough"),
        ("memory", "this is memory, not prediction"),
        ("ten digits", "Of 10 characters: 100% seen before (3.322 bits each)."),
    ],
)
def test_what_to_notice(name, said):
    assert said in figures.notice(SCENES[name], BITS, SAME[name])


@cases
@units
def test_table_and_snippet_come_to_the_mean(name, unit):
    scene, (train, test, *_) = SCENES[name], CASES[name]
    source = figures.source(train, test, test, linked=400)
    columns, snippet = figures.taken(scene, unit, source)
    assert sum(columns[f"contribution ({unit.name})"]) == pytest.approx(scene.mean / unit.nats, rel=1e-9)
    assert len(columns["token"]) == scene.scored
    with redirect_stdout(StringIO()) as out:
        exec(snippet, {})
    assert float(out.getvalue()) == pytest.approx(scene.mean / unit.nats, rel=1e-9)


def test_a_long_text_comes_from_a_file_in_the_snippet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "ab " * 200
    (tmp_path / "pasted.txt").write_text(text)
    source = figures.source("Alice", "Own text", scenes.flowing(text), linked=400)
    with redirect_stdout(StringIO()):
        exec(figures.taken(SCENES["memory"], BITS, source)[1], {})
    assert "pasted.txt" in source[1]


@units
def test_each_claim_is_settled_by_numbers(unit):
    settled = figures.claims(scenes.claims(), unit)
    assert len(settled) >= 5
    assert all(re.search(r"\d", said) for said in settled.values())
    assert "10.56 a character and 346.4 a word" in settled["Perplexities can be compared, whatever the tokens are."]
