"""The pictures of the Compression page: records in, values and labels out."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import coding
from core.scenes import compression as scenes
from core.units import BITS, NATS, UNITS
from pages.figures import compression as figures
from pages.figures.style import number, quantity
from pages.live.distribution import parse
from tests import printed, strategies
from tests.figures import reading

TEXTS = {
    **scenes.GIVEN,
    "two characters": "ab",
    "one letter": "a" * 40,
    "short": "to be or not",
    "four bytes each": "😀🎲🎯😀🎲🎯🎲" * 3,
    "control characters": "\x00\n\t\u202e" * 20,
}


@cache
def ladder_of(text, k=2):
    orders = [coding.empirical_entropy(text, i) for i in range(scenes.highest_order(text) + 1)]
    return scenes.ladder(text, scenes.symbols(text), orders, coding.compressed_sizes(text), k)


@cache
def held_out(text, k=2, smoothing=0.1, share=0.8):
    train, test = scenes.split(text, share)
    orders = range(min(scenes.HIGHEST, len(train) - 1, len(test) - 1) + 1)
    return scenes.held_out(train, test, [scenes.tried(train, test, i) for i in orders], k, smoothing)


TREES = {
    "powers": [0.5, 0.25, 0.125, 0.125],
    "certain": [1.0, 0.0],
    "one missing": [0.5, 0.0, 0.5],
    "eight, skewed": [0.5, 0.25, 0.12, 0.06, 0.03, 0.02, 0.015, 0.005],
}
PICTURES = {
    **{f"ladder, {n}, {k}": lambda u, t=t, k=k: figures.ladder(ladder_of(t, k), u) for n, t in TEXTS.items()
       for k in (0, 8)},
    **{f"ladder hidden, {n}": lambda u, t=t: figures.ladder(ladder_of(t), u, 1.5) for n, t in TEXTS.items()},
    **{f"ladder shuffled, {n}": lambda u, t=t: figures.ladder(ladder_of(scenes.shuffled(t, 1)), u, None, ladder_of(t))
       for n, t in TEXTS.items()},
    **{f"curve, {n}, {s}": lambda u, t=t, s=s: figures.curve(held_out(t, 2, s), u) for n, t in TEXTS.items()
       for s in (0.0, 0.1)},
    **{f"tree, {n}": lambda u, p=p: figures.tree(scenes.huffman(p), u, "ABCDEFGH"[: len(p)]) for n, p in TREES.items()},
}  # fmt: skip


def bars(figure) -> dict[float, float]:
    """How far each bar goes, by its height on the picture."""
    ends = [(y, x) for t in figure.data if t.type == "bar" for x, y in zip(t.x, t.y, strict=True)]
    return {round(float(y), 3): float(x) for y, x in ends}


# --- true of every picture


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build):
    figure, alt, _ = build(NATS)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d|\bbits\b", said), said


@pytest.mark.parametrize("name", PICTURES)
def test_amounts_are_named_in_the_chosen_unit(name):
    for unit in UNITS:
        figure, alt, _ = PICTURES[name](unit)
        said = f"{reading.all_text(figure)} {alt}".lower()
        others = [u.name for u in UNITS if u is not unit]
        assert unit.symbol in said
        assert not re.search(rf"\b({'|'.join(others)})\b", said)


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_handle_lies_on_the_picture_and_says_its_value(build):
    figure, _, handles = build(BITS)
    for handle in handles:
        for value, limits, axis in (
            (handle.x, handle.xlim, figure.layout.xaxis),
            (handle.y, handle.ylim, figure.layout.yaxis),
        ):
            assert axis.range[0] <= value <= axis.range[1]
            assert limits[0] - 1e-9 <= value <= limits[1] + 1e-9
        drawn = [t for t in figure.data if getattr(t, "mode", "") == "markers" and t.marker.size == 14]
        assert (float(drawn[0].x[0]), float(drawn[0].y[0])) == pytest.approx((handle.x, handle.y), abs=1e-6)
        assert re.search(r"\d", handle.text)


@pytest.mark.parametrize("group", ["ladder", "curve"])
def test_axes_hold_still_whatever_is_shown(group):
    found = [reading.ranges(build(BITS).figure) for name, build in PICTURES.items() if name.startswith(group)]
    assert found
    assert all(r == found[0] for r in found)


def test_the_axes_of_a_tree_depend_on_nothing_but_the_number_of_outcomes():
    found = [figures.tree(scenes.huffman(p), BITS, "ABCD").figure for p in ([0.25] * 4, [0.7, 0.2, 0.06, 0.04])]
    assert reading.ranges(found[0]) == reading.ranges(found[1])


# --- the ladder


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_bar_is_as_long_as_its_number(unit):
    scene = ladder_of(scenes.GIVEN["Gettysburg"])
    figure, alt, _ = figures.ladder(scene, unit)
    found = bars(figure)
    expected = [scene.original, scene.symbols.fixed, scene.symbols.huffman, *scene.orders, scene.zlib, scene.bz2,
                scene.lzma]  # fmt: skip
    assert [found[y] for y in sorted(found, reverse=True)] == pytest.approx(
        [unit.from_nats(v) for v in expected], rel=1e-6
    )
    said = reading.words(figure)
    assert f"  {number(unit.from_nats(scene.zlib))} · {scene.sizes.zlib} B" in said
    for nats in (scene.zlib, scene.bz2, scene.lzma, scene.order_k, scene.symbols.entropy, scene.symbols.huffman):
        assert quantity(nats, unit) in alt


def test_what_takes_more_than_the_axis_is_cut_off_and_said():
    scene = ladder_of("ab")
    figure = figures.ladder(scene, BITS).figure
    assert max(bars(figure).values()) == pytest.approx(8.4, rel=1e-6)
    words = [w.strip() for w in reading.words(figure)]
    assert f"{number(BITS.from_nats(scene.zlib))} · {scene.sizes.zlib} B →" in words


def test_a_guess_hides_the_compressors():
    scene = ladder_of(scenes.GIVEN["Gettysburg"])
    figure, alt, handles = figures.ladder(scene, BITS, guess=1.0)
    said = f"{reading.all_text(figure)} {alt}"
    for nats in (scene.zlib, scene.bz2, scene.lzma):
        assert number(BITS.from_nats(nats)) not in said
    assert min(bars(figure)) > figures.ZLIB
    assert quantity(1.0, BITS) in alt
    assert handles


def test_the_text_before_the_shuffle_stays_as_marks():
    text = scenes.GIVEN["Gettysburg"]
    before, after = ladder_of(text), ladder_of(scenes.shuffled(text, 1))
    figure = figures.ladder(after, BITS, None, before).figure
    marks = next(t for t in figure.data if getattr(t, "mode", "") == "markers" and "line" in str(t.marker.symbol))
    expected = [*before.orders, before.zlib, before.bz2, before.lzma]
    assert np.asarray(marks.x, float) == pytest.approx(BITS.from_nats(np.array(expected)), rel=1e-6)
    title = reading.title(figure)
    assert title == (
        f"Shuffled: zlib goes from {number(BITS.from_nats(before.zlib))} to {quantity(after.zlib, BITS)}, order 0 stays"
    )


def test_the_handle_climbs_from_order_to_order():
    (handle,) = figures.ladder(ladder_of(scenes.GIVEN["Gettysburg"], 3), BITS).handles
    at = lambda y: figures.order_at(y, 8)  # noqa: E731
    assert at(handle.y) == 3
    assert (at(handle.y - handle.step[1]), at(handle.y + handle.step[1])) == (4, 2)
    assert (at(handle.ylim[0]), at(handle.ylim[1])) == (8, 0)
    assert at(handle.y + 0.2) == 3


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_printed_sum_adds_up(text, unit):
    scene = ladder_of(text)
    factors, sum_ = figures.worked(scene, unit)
    terms, _, total = sum_.rpartition(" = ")
    assert total == figures.readouts(scene, unit)["Order-0 entropy"]
    assert sum(printed.value(t) for t in terms.split(" + ")) == printed.first(total)
    assert len(factors.split(" + ")) <= figures.NAMED + 1


def test_the_notice_tells_texts_with_structure_from_those_without():
    said = {name: figures.notice(ladder_of(text), BITS, 2) for name, text in TEXTS.items()}
    assert "zlib also sees what came before, and saves 0.3052 bits" in said["Gettysburg"]
    assert "tell too little here: bz2 ends" in said["Random DNA"]
    assert said["two characters"].startswith("So short a text has no order 2; 1 is shown.")
    assert "does not pay for headers" in said["short"]
    text = scenes.GIVEN["Gettysburg"]
    mixed = scenes.shuffled(text, 1)
    assert "Order 1 rises" in figures.notice(ladder_of(mixed, 1), BITS, 1, ladder_of(text, 1))
    assert "seen too rarely" in figures.notice(ladder_of(mixed, 4), BITS, 4, ladder_of(text, 4))


def test_characters_that_cannot_be_seen_are_spelled():
    assert [figures.spelled(c) for c in "a \n\x00日"] == ["a", "space", "line break", "U+0000", "日"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_commonest_characters_are_shares_that_the_editor_reads(text):
    found = scenes.symbols(text)
    shares = parse(figures.commonest(found))
    assert shares.values[0] == pytest.approx(found.p[0], rel=1e-12)
    assert len(shares.values) <= 8
    assert all("," not in name and ":" not in name for name in shares.names)


# --- the held-out part


def test_both_costs_are_drawn_and_the_best_order_is_marked():
    scene = held_out(scenes.GIVEN["Gettysburg"])
    figure, alt, (handle,) = figures.curve(scene, BITS)
    lines = [t for t in figure.data if t.mode == "lines"]
    assert np.asarray(lines[0].y, float) == pytest.approx(BITS.from_nats(scene.inside), rel=1e-6)
    assert np.asarray(lines[1].y, float) == pytest.approx(BITS.from_nats(scene.outside), rel=1e-6)
    star = next(t for t in figure.data if getattr(t, "mode", "") == "markers" and t.marker.symbol == "star")
    assert int(star.x[0]) == scene.best
    assert f"least at order {scene.best}, {quantity(scene.outside[scene.best], BITS)}" in alt
    assert handle.sets == ("compression_k", None)


def test_an_infinite_cost_is_drawn_at_the_top_and_named():
    scene = held_out(scenes.GIVEN["Gettysburg"], smoothing=0.0)
    figure, alt, _ = figures.curve(scene, BITS)
    assert "  infinite" in reading.words(figure)
    assert "infinity" in alt
    assert "costs infinitely much" in figures.flattery(scene, BITS)
    assert not [t for t in figure.data if getattr(t, "mode", "") == "markers" and t.marker.symbol == "star"]


# --- the tree


@given(p=strategies.pmfs(min_size=2, max_size=8), unit=st.sampled_from(UNITS))
def test_each_outcome_has_its_code_word_under_it(p, unit):
    scene = scenes.huffman(p)
    figure, alt, _ = figures.tree(scene, unit, "ABCDEFGH"[: p.size])
    said = reading.words(figure)
    for i, outcome in enumerate(scene.tree.outcomes):
        word = scene.tree.words[i] or "no digits"
        assert f"   <b>{'ABCDEFGH'[outcome]}</b>  {number(p[outcome])}  {word}" in said
    assert quantity(scene.mean, unit) in alt
    h, length, most = re.search(r"^H = (\S+(?: × \S+)?) ≤ L = (\S+(?: × \S+)?) < H \+ \S+ = (.*)$",
                                reading.title(figure)).groups()  # fmt: skip
    assert printed.shows(h, unit.from_nats(scene.entropy))
    assert printed.shows(length, unit.from_nats(scene.mean))
    assert most == quantity(scene.entropy + np.log(2), unit)


def test_a_code_of_powers_of_a_half_wastes_nothing():
    numbers, said = figures.lengths(scenes.huffman(TREES["powers"]), BITS)
    assert numbers["L − H"] == "0 bits"
    assert "power of ½" in said
    assert "costs 0.5310 bits an outcome" in figures.lengths(scenes.huffman([0.9, 0.1]), BITS)[1]
