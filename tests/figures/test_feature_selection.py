"""The pictures of the Feature selection page: records in, values and labels out."""

import re
from dataclasses import replace

import numpy as np
import pytest

from core.scenes import feature_selection as scenes
from core.selection import CRITERIA
from core.table import read_table
from core.units import BITS, NATS, UNITS
from pages.figures import feature_selection as figures
from pages.figures.style import number, quantity
from tests import printed
from tests.figures import reading


def wide_table(columns: int = 20):
    """A table of a stranger: many columns with long names, some like markup, one label with many values."""
    rng = np.random.default_rng(0)
    names = [f"<b>column & number {i} with a long name</b>" for i in range(columns - 2)] + ["city", "kind of thing"]
    X = rng.integers(0, 30, (90, columns - 2))
    lines = [",".join([*map(str, row), f"c{i % 40}", "xyz"[(row[0] + i % 3) % 3]]) for i, row in enumerate(X)]
    return read_table("\n".join([",".join(names), *lines]))


TABLES = {name: scenes.example(name) for name in scenes.EXAMPLES} | {
    "many columns": wide_table(),
    "one column": read_table("x,kind\n" + "".join(f"{i},{'ab'[i % 2]}\n" for i in range(30))),
    "many classes": read_table("x,y,kind\n" + "".join(f"{i},{i % 7},t{i % 40}\n" for i in range(400))),
    "row numbers": read_table("id,x,kind\n" + "".join(f"r{i},{i % 3},{'ab'[i % 2]}\n" for i in range(60))),
    "constant": read_table("x,one,kind\n" + "".join(f"{i},7,{'ab'[i % 2]}\n" for i in range(60))),
}
RANKINGS = {
    name: scenes.ranking(scenes.relevance(table), scenes.shuffled(table, 1, 0, 20), 100)
    for name, table in TABLES.items()
}
STEPS = {
    (name, criterion, bins): scenes.steps(scenes.binned(table, bins), criterion)
    for name, table in TABLES.items()
    for criterion in CRITERIA
    for bins in (2, 5, 10)
}
TOGETHER = {name: scenes.together(table, 5, 1) for name, table in TABLES.items()}
WITH_UNIT = {
    **{f"columns, {k}": lambda unit, s=s: figures.columns(s, unit, 2) for k, s in RANKINGS.items()},
    **{f"columns hidden, {k}": lambda unit, s=s: figures.columns(s, unit, 2, 0.4) for k, s in RANKINGS.items()},
    **{f"steps, {k}": lambda unit, s=s: figures.steps(s, unit, 2) for k, s in STEPS.items()},
    **{f"pairs, {k}": lambda unit, s=s: figures.pairs(s, unit) for k, s in STEPS.items()},
    **{f"together, {k}": lambda unit, s=s: figures.together(s, unit, 2) for k, s in TOGETHER.items()},
}
EVERY = WITH_UNIT | {f"orders, {k}": lambda _unit, s=s: figures.orders(s, 2) for k, s in STEPS.items()}


@pytest.mark.parametrize("build", EVERY.values(), ids=EVERY)
def test_every_picture_is_valid_in_every_unit_and_stays_within_its_axes(build):
    for unit in UNITS:
        picture = build(unit)
        figure = reading.valid(picture.figure)
        assert len(reading.title(figure)) > 10
        assert re.search(r"\d", picture.alt)
        assert "<" not in " ".join([reading.title(figure), *reading.words(figure), picture.alt])
        others = "|".join(other.name for other in UNITS if other is not unit)
        assert not re.search(rf"\b({others})\b", f"{reading.all_text(figure)} {picture.alt}")
        for handle in picture.handles:
            assert handle.xlim[0] <= handle.x <= handle.xlim[1]
            assert handle.ylim[0] <= handle.y <= handle.ylim[1]
            axes = figure.layout.xaxis.range, figure.layout.yaxis.range
            assert axes[0][0] <= handle.x <= axes[0][1]
            assert axes[1][0] <= handle.y <= axes[1][1]


@pytest.mark.parametrize("build", WITH_UNIT.values(), ids=WITH_UNIT)
def test_axes_hold_still_whatever_is_kept(build):
    name = next(k for k, v in WITH_UNIT.items() if v is build)
    if name.startswith("columns"):
        scene = RANKINGS[name.partition(", ")[2]]
        found = {str(reading.ranges(figures.columns(scene, BITS, keep).figure)) for keep in (1, 2, 5)}
        assert len(found) == 1


# --- one column at a time


@pytest.mark.parametrize("name", RANKINGS)
def test_bars_are_as_long_as_the_information_and_the_kept_ones_are_filled(name):
    scene = RANKINGS[name]
    m = min(scenes.SHOWN, len(scene.relevance.names))
    for keep in range(1, m + 1):
        figure = figures.columns(scene, NATS, keep).figure
        bars = [t for t in figure.data if t.type == "bar" and t.xaxis != "x2"]
        band, kept, left = bars
        ends = np.minimum(scene.limits[:m], figures.top(scene.relevance.entropy))
        assert band.base + band.x == pytest.approx(ends, rel=1e-5, abs=1e-6)
        assert (band.x >= 0).all()
        assert len(kept.x) == keep
        shown = np.clip(scene.relevance.information[:m], figures.BOTTOM, figures.top(scene.relevance.entropy))
        assert [*kept.x, *left.x] == pytest.approx(shown.tolist(), rel=1e-5, abs=1e-6)
        correlations = next(t for t in figure.data if t.type == "bar" and t.xaxis == "x2")
        assert correlations.x == pytest.approx(scene.relevance.association[:m], rel=1e-5, abs=1e-7)
        assert (np.diff(kept.y) < 0).all()


def test_the_title_names_the_best_column_and_how_many_beat_chance():
    picture = figures.columns(RANKINGS["Play tennis"], BITS, 1)
    title = reading.title(picture.figure)
    assert title == "Outlook knows 0.2467 of the 0.9403 bits in Play; 0 of 4 columns beat chance"
    assert "Humidity 0.1518 bits" in picture.alt
    assert "The first 1 of 4 are kept" in picture.alt
    assert "95 % of shuffles below" in figures.readouts(RANKINGS["Play tennis"], BITS)


def test_nothing_is_given_away_while_the_answer_is_hidden():
    picture = figures.columns(RANKINGS["Iris"], BITS, 2, guess=np.log(2))
    said = " ".join([reading.all_text(picture.figure), picture.alt, *picture.figure.layout.yaxis.ticktext])
    assert "1.558" not in said
    assert not picture.handles
    assert "the estimate is 1 bit" in picture.alt
    assert list(picture.figure.layout.yaxis.ticktext) == sorted(picture.figure.layout.yaxis.ticktext)
    bars = [t for t in picture.figure.data if t.type == "bar"]
    assert not bars


def test_columns_without_room_are_counted():
    words = reading.words(figures.columns(RANKINGS["many columns"], BITS, 3).figure)
    assert "7 more below" in words


@pytest.mark.parametrize("rows", range(2, 13))
def test_the_cut_keeps_what_is_above_it(rows):
    for keep in range(1, rows + 1):
        handle = figures._cut("keep", keep, rows, 0.0)
        assert figures.keep_at(handle.y, rows) == keep
        assert figures.keep_at(handle.y + 0.3 / rows, rows) == keep
        assert handle.y / handle.step[1] == pytest.approx(round(handle.y / handle.step[1]), abs=1e-9)
    assert figures.keep_at(-5, rows) == rows
    assert figures.keep_at(5, rows) == 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
@pytest.mark.parametrize("name", RANKINGS)
def test_the_worked_terms_add_up_to_the_readout(name, unit):
    scene = RANKINGS[name]
    lines = figures.worked(scene, unit)
    if len(scene.relevance.classes) > 8:
        assert lines == ()
        return
    terms, _, total = lines[-1].rpartition(" = ")
    assert total == figures.readouts(scene, unit)["Most from one column"]
    assert sum(printed.value(t) for t in terms.split(" + ")) == printed.first(total)


def test_what_is_noticed_is_what_the_state_shows():
    assert "estimates scatter" in figures.notice(RANKINGS["Iris"], BITS)
    assert "with 14 rows none of these columns" in figures.notice(RANKINGS["Play tennis"], BITS)
    assert re.search(r"^[xy] has correlation 0\.0", figures.notice(RANKINGS["Ring"], BITS))
    assert "cannot be told from chance" in figures.notice(RANKINGS["XOR pair"], BITS)
    assert "So far 20 of 100 shuffles" in figures.notice(RANKINGS["XOR pair"], BITS)
    assert "So far" not in figures.notice(replace(RANKINGS["XOR pair"], wanted=20), BITS)


# --- columns together


@pytest.mark.parametrize("state", STEPS, ids=str)
def test_the_parts_of_a_step_are_drawn_as_long_as_they_are(state):
    scene = STEPS[state]
    figure = figures.steps(scene, NATS, 1).figure
    plus, together, minus = (t for t in figure.data if t.type == "bar")
    chosen, reach = scene.selection, figures.REACH
    assert plus.x == pytest.approx(np.minimum(chosen.relevance, reach), abs=1e-6)
    assert minus.x == pytest.approx(-np.minimum(chosen.redundancy, reach), abs=1e-6)
    ends = np.minimum(chosen.relevance + chosen.complement, reach)
    assert together.base + together.x == pytest.approx(np.maximum(ends, plus.x), abs=1e-6)
    scores = next(t for t in figure.data if t.type == "scatter" and t.marker.symbol == "diamond")
    assert scores.x == pytest.approx(np.clip(chosen.score, -reach, reach), abs=1e-6)
    cut_off = [w for w in reading.words(figure) if w.startswith("←")]
    assert len(cut_off) == int((chosen.redundancy > reach).sum())


def test_the_titles_say_who_is_kept_and_who_comes_last():
    copy = figures.steps(STEPS["A copy", "mRMR", 5], BITS, 1)
    assert reading.title(copy.figure) == "mRMR keeps signal; copy comes last"
    pair = figures.steps(STEPS["XOR pair", "JMI", 5], BITS, 2)
    assert reading.title(pair.figure).startswith("JMI keeps first and second;")
    every = figures.steps(STEPS["Ring", "single", 5], BITS, 3)
    assert reading.title(every.figure) == "Ranking one at a time keeps all 3 columns, noise last"
    assert "copy is number 2 by itself and 5 here" in figures.said_of_steps(STEPS["A copy", "mRMR", 5], BITS)
    assert figures.said_of_steps(STEPS["XOR pair", "JMI", 5], BITS).startswith("second alone knows 0.000")


def test_the_three_orders_connect_each_column_with_itself():
    scene = STEPS["XOR pair", "JMI", 5]
    figure = figures.orders(scene, 2).figure
    words = reading.words(figure)
    assert [w.strip() for w in words].count("second") == 2
    lines = [t for t in figure.data if t.mode == "lines"][1:]
    assert len(lines) == len(scene.of)
    for line, name in zip(lines, scene.of, strict=True):
        for x, y in zip(line.x, line.y, strict=True):
            order = scene.orders[CRITERIA[int(x)]]
            assert figures.keep_at(y - 0.5 / len(order), len(order)) == order.index(name) + 1
    moved = sum(len({order.index(n) for order in scene.orders.values()}) > 1 for n in scene.of)
    assert reading.title(figure).startswith(f"{moved} of 5 columns change")


def test_the_matrix_holds_what_columns_share_in_the_order_of_the_choice():
    scene = STEPS["A copy", "mRMR", 5]
    figure = figures.pairs(scene, NATS).figure
    places = [scene.of.index(name) for name in scene.names]
    assert figure.data[0].z == pytest.approx(scene.pairs.redundancy[np.ix_(places, places)], rel=1e-6)
    assert reading.title(figure) == f"signal and copy share {quantity(np.log(5), NATS)}"
    assert np.diff(figure.data[0].y).max() < 0  # the first column on top


def test_the_joint_information_is_drawn_for_each_criterion_and_named():
    scene = TOGETHER["XOR pair"]
    picture = figures.together(scene, NATS, 2)
    lines = [t for t in picture.figure.data if t.mode == "lines"][2:]
    for line, criterion in zip(lines, CRITERIA, strict=True):
        assert line.y == pytest.approx([0, *scene.beyond[criterion]], abs=1e-6)
    best = number(scene.beyond["JMI"][1])
    assert reading.title(picture.figure).startswith(f"With 2 columns JMI keeps {best} nats, one at a time ")
    assert "Beyond 2 it falls" in figures.said_together(scene, NATS)
    assert picture.handles[0].x == 2


def test_names_that_look_like_markup_are_shown_as_they_are():
    assert figures.short("<b>&amp;</b>") == "‹b>&amp;‹/b>"
    assert figures.short("measure number 17") == "measur…ber 17"
    assert {len(figures.short("a" * n)) for n in range(14, 60)} == {13}


def test_the_table_to_take_away_has_a_column_for_each_column():
    scene = RANKINGS["Play tennis"]
    columns, snippet = figures.taken(scene, BITS, figures.snippet("Play tennis", scene, BITS))
    assert list(columns) == ["class", "share", "contribution (bits)", "of Humidity (bits)", "of Wind (bits)",
                             "of Temperature (bits)"]  # fmt: skip
    assert "example('Play tennis')" in snippet
    assert "read_table(open" in figures.snippet(None, scene, BITS)
