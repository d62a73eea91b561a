"""The pictures of the Softmax temperature page: records in, values and labels out."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scenes import softmax as scenes
from core.units import BITS, NATS, UNITS
from pages.figures import softmax_temperature as figures
from pages.figures.style import number, quantity
from tests import printed, strategies
from tests.figures import reading

NAMES = "ABCDEFGH"
Z = [2.0, 1.0, 0.5, 0.1, -0.5]
LOGITS = {
    "usual": Z,
    "two": [0.0, 1.0],
    "eight": [3.0, 2.0, 1.0, 0.0, -1.0, -2.0, -3.0, -4.0],
    "tied": [2.0, 2.0, 1.0],
    "all tied": [0.0, 0.0, 0.0],
    "far out": [100.0, -100.0, 0.0, 99.0],
    "nearly tied": [1e-9, 0.0, -1e-9],
}
TEMPERATURES = (0.0, 0.05, 1.0, 20.0, math.inf)
STATES = [(k, t) for k in LOGITS for t in TEMPERATURES]


def bars(z, t, unit=BITS, added=0.0, **more):
    return figures.bars(scenes.at_temperature(z, t, added), unit, NAMES[: len(z)], **more)


def words(after="we", t=1.0, k=4, mass=1.0, draws=100):
    return figures.next_word(scenes.next_word(after, t, k, mass, draws, 1), k)


def distilled(student, t):
    return scenes.distillation(Z, scenes.matched(student, 5), t)


PICTURES = {
    **{f"bars, {k}, {t}": lambda unit, k=k, t=t: bars(LOGITS[k], t, unit) for k, t in STATES},
    **{f"bars moved, {k}": lambda unit, k=k: bars(LOGITS[k], 1.0, unit, added=-2.5) for k in LOGITS},
    **{f"bars hidden, {k}": lambda unit, k=k: bars(LOGITS[k], 1.0, unit, guess=0.7) for k in LOGITS},
    **{f"curve, {k}, {t}": lambda unit, k=k, t=t: figures.curve(scenes.curve(LOGITS[k], t), unit) for k, t in STATES},
    **{
        f"path, {k}, {t}": lambda unit, k=k, t=t: figures.path(scenes.path(LOGITS[k], t, 17), unit, NAMES)
        for k, t in STATES
        if len(LOGITS[k]) > 2
    },
    **{
        f"likelihood, {s}": lambda unit, s=s: figures.likelihood(scenes.calibration(s, 60, 1), unit)
        for s in (0.25, 1.0, 4.0)
    },
}
WITHOUT_UNIT = {
    **{f"words, {a}": lambda a=a: words(a) for a in scenes.CONTEXTS},
    **{f"words at {t}": lambda t=t: words(t=t) for t in TEMPERATURES},
    "words, one": lambda: words(k=1),
    "words, all": lambda: words(k=12),
    "words, nucleus": lambda: words(k=12, mass=0.3),
    **{
        f"{build.__name__}, {t}, {s}": lambda build=build, t=t, s=s: build(distilled(s, t))
        for t in (0.5, 4.0, 100.0)
        for s in ([0.0], Z, [100.0, -100.0])
        for build in (lambda d: figures.distillation(d, NAMES[:5]), figures.gradient)
    },
    **{f"reliability, {s}": lambda s=s: figures.reliability(scenes.calibration(s, 60, 1)) for s in (0.25, 1.0, 4.0)},
}
EVERY = PICTURES | {name: lambda _unit, build=build: build() for name, build in WITHOUT_UNIT.items()}


def traces(figure, mode):
    """Its lines, markers or bars."""
    return [t for t in figure.data if (t.type if mode == "bar" else getattr(t, "mode", None)) == mode]


# --- true of every picture


@pytest.mark.parametrize("build", EVERY.values(), ids=EVERY)
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build):
    figure, alt, _ = build(NATS)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d|\bbits\b", said), said


@pytest.mark.parametrize("name", [name for name in PICTURES if "two" not in name])
def test_amounts_are_named_in_the_chosen_unit(name):
    for unit in UNITS:
        figure, alt, _ = PICTURES[name](unit)
        said = f"{reading.all_text(figure)} {alt}"
        others = [u.name for u in UNITS if u is not unit]
        assert unit.symbol in said
        assert not re.search(rf"\b({'|'.join(others)})\b", said)


@pytest.mark.parametrize("build", EVERY.values(), ids=EVERY)
def test_every_handle_lies_on_the_picture_and_says_its_value(build):
    figure, _, handles = build(BITS)
    for handle in handles:
        for axis, value, limits in (
            (figure.layout.xaxis, handle.x, handle.xlim),
            (figure.layout.yaxis, handle.y, handle.ylim),
        ):
            low, high = axis.range
            assert low <= (math.log10(value) if axis.type == "log" else value) <= high
            assert limits[0] - 1e-9 <= value <= limits[1] + 1e-9
        assert handle.label
        assert re.search(r"\d|infinity", handle.text)
        # The handled point is drawn as well.
        drawn = traces(figure, "markers")
        near = [np.hypot(np.asarray(t.x, float) - handle.x, np.asarray(t.y, float) - handle.y).min() for t in drawn]
        assert min(near) < 1e-5


@pytest.mark.parametrize("group", ["curve", "path", "likelihood", "reliability", "words, we", "words at"])
def test_axes_hold_still_whatever_is_shown(group):
    found = [reading.ranges(build(BITS).figure) for name, build in EVERY.items() if name.startswith(group)]
    assert found
    assert all(r == found[0] for r in found)


@pytest.mark.parametrize("t", TEMPERATURES)
def test_axes_of_the_bars_depend_on_nothing_but_the_number_of_logits(t):
    assert reading.ranges(bars(Z, t).figure) == reading.ranges(bars([5.0, 0, 0, 0, -99.0], 1.0, added=3).figure)


# --- logits and probabilities


@given(z=strategies.logits(largest=50.0), t=st.floats(0.05, 20))
def test_bars_are_as_long_as_logits_and_probabilities(z, t):
    scene = scenes.at_temperature(z, t)
    figure, alt, handles = figures.bars(scene, BITS, NAMES[: z.size])
    left, right = traces(figure, "bar")
    assert np.asarray(left.x) == pytest.approx(np.clip(z, -5, 5), rel=1e-6, abs=1e-7)
    assert right.xaxis == "x2"
    assert np.asarray(right.x) == pytest.approx(scene.p, rel=1e-6, abs=1e-30)
    assert [h.x for h in handles] == pytest.approx(np.clip(z, -5, 5))
    rows = figure.layout.yaxis
    names = dict(zip(rows.tickvals, rows.ticktext, strict=True))
    assert "".join(names[y] for y in np.asarray(left.y)) == NAMES[: z.size]
    assert quantity(scene.entropy, BITS) in alt


def test_every_number_is_printed_beside_its_bar():
    figure = bars(Z, 1.0).figure
    said = reading.words(figure)
    assert [w.strip() for w in said[:5]] == ["0.5486", "0.2018", "0.1224", "0.08206", "0.04504"]
    assert [w.strip() for w in said[5:]] == ["2", "1", "0.5", "0.1", "−0.5"]
    assert reading.title(figure) == "At T = 1 A gets 0.5486: as open as 3.505 equal choices"


def test_a_logit_beyond_the_picture_is_cut_off_and_said():
    said = [w.strip() for w in reading.words(bars([12.0, 0.0, -7.0], 1.0).figure)]
    assert "12 →" in said
    assert "← −7" in said
    assert "0" in said


def test_a_guess_hides_every_probability():
    figure, alt, handles = bars(Z, 1.0, guess=0.7)
    assert not [t for t in traces(figure, "bar") if t.xaxis == "x2"]
    assert "0.5486" not in f"{reading.all_text(figure)} {alt}"
    assert quantity(0.7, BITS) in alt
    assert len(handles) == 5


def test_what_was_before_the_addition_stays_as_ghosts():
    plain, moved = bars(Z, 1.0).figure, bars(Z, 1.0, added=2.0).figure
    assert len(moved.data) == len(plain.data) + 1
    ghost = next(t for t in traces(moved, "markers") if "line" in str(t.marker.symbol))
    assert np.asarray(ghost.x) == pytest.approx(Z)
    assert np.asarray(moved.data[0].x) == pytest.approx([4, 3, 2.5, 2.1, 1.5])
    probabilities = [np.asarray(next(t for t in traces(f, "bar") if t.xaxis == "x2").x) for f in (plain, moved)]
    assert probabilities[0] == pytest.approx(probabilities[1], abs=1e-7)


@pytest.mark.parametrize(
    ("z", "t", "title"),
    [
        (Z, 0.0, "At T = 0 A takes everything"),
        ([2.0, 2.0, 1.0], 0.0, "At T = 0 A and B share everything"),
        (Z, math.inf, "At T = infinity all 5 are equally likely"),
        ([100.0, 0.0], 1.0, "At T = 1 A gets 1: as open as a single choice"),
    ],
)
def test_the_ends_are_named(z, t, title):
    assert reading.title(bars(z, t).figure) == title


@given(z=strategies.logits(largest=20.0), t=st.floats(0.05, 20), added=st.sampled_from([0.0, 1.5]))
def test_the_parts_in_the_notice_add_up_as_printed(z, t, added):
    scene = scenes.at_temperature(z, t, added)
    said = figures.notice(scene, NAMES[: z.size])
    sums = re.search(r"\): (.*?) = (\S+), of which", said)
    total = printed.value(sums[2])
    assert sum(printed.value(part) for part in sums[1].split(" + ")) == total
    assert float(total) == pytest.approx(scene.total, rel=1e-3)


def test_the_notice_settles_the_odds():
    assert figures.notice(scenes.at_temperature(Z, 2.0), NAMES).endswith(
        f"It leads B by 1, so its odds against it are e^(1/2) = {number(math.sqrt(math.e))}."
    )
    assert "Adding 3 to every logit changes the probabilities" in figures.notice(
        scenes.at_temperature(Z, 1.0, 3.0), NAMES
    )


# --- the axis of temperatures


@given(st.one_of(st.floats(0.05, 20), st.sampled_from([0.0, math.inf])))
def test_a_temperature_is_found_where_it_stands(t):
    found = figures.TEMPERATURES.value_at(figures.TEMPERATURES.place(t))
    assert found == t or found == pytest.approx(t, rel=6e-3)


def test_arrow_keys_reach_both_ends_and_come_back():
    (handle,) = figures.curve(scenes.curve(Z, 0.05), BITS).handles
    step = handle.step[0]
    assert figures.TEMPERATURES.value_at(handle.x - step) == 0
    assert figures.TEMPERATURES.value_at(figures.TEMPERATURES.place(0) + step) == scenes.COLDEST
    assert figures.TEMPERATURES.value_at(figures.TEMPERATURES.place(math.inf) - step) == scenes.HOTTEST
    assert figures.TEMPERATURES.value_at(figures.TEMPERATURES.place(scenes.HOTTEST) + step) == math.inf
    assert figures.TEMPERATURES.value_at(figures.TEMPERATURES.place(1) + step) > 1


def test_the_curve_is_the_entropy_and_its_second_scale_the_number_of_choices():
    scene = scenes.curve(Z, 1.0)
    for unit in UNITS:
        figure, alt, _ = figures.curve(scene, unit)
        curves = [t for t in traces(figure, "lines") if len(t.x) == len(scene.temperatures)]
        assert np.asarray(curves[0].y) == pytest.approx(scene.entropy / unit.nats, rel=1e-6, abs=1e-7)
        second = figure.layout.yaxis2
        assert second.range == figure.layout.yaxis.range
        assert np.exp(np.array(second.tickvals) * unit.nats) == pytest.approx(np.arange(1, 9))
        assert list(second.ticktext) == list("12345678")
        assert quantity(scene.at, unit) in alt


def test_the_path_runs_over_the_entropy_to_the_middle():
    scene = scenes.path(Z, 1.0, 17)
    figure, alt, (handle,) = figures.path(scene, BITS, NAMES)
    way = next(t for t in traces(figure, "lines") if len(t.x) == len(scene.temperatures))
    assert np.stack([way.x, way.y], axis=1) == pytest.approx(scene.way, abs=1e-6)
    assert (handle.x, handle.y) == pytest.approx(tuple(scene.surface.point))
    assert handle.text == "T = 1"
    assert "A 0.6285, B 0.2312, C 0.1402" in alt


# --- next words


def test_kept_words_are_filled_and_the_others_named_as_cut():
    scene = scenes.next_word("we", 1.0, 4, 1.0, 100, 1)
    figure, _, (handle,) = figures.next_word(scene, 4)
    before, after = traces(figure, "bar")
    assert np.asarray(before.x) == pytest.approx([0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1], rel=1e-6)
    assert np.asarray(after.x) == pytest.approx(np.array([3, 2, 1, 1]) / 7, rel=1e-6)
    said = [w.strip() for w in reading.words(figure)]
    assert said.count("cut") == 3
    assert said[:2] == ["0.4286", "0.2857"]
    assert reading.title(figure) == "After “we”: 4 of 7 words stay, with 0.7 of the probability"
    assert handle.text == "top 4"
    assert [figures.k_at(scene, y) for y in (handle.y, *handle.ylim)] == [4, 7, 1]


# --- distillation


def test_the_right_panel_shows_the_scaled_gradient_beside_its_limit():
    scene = distilled([0.0, 1.0], 4.0)
    figure, alt, _ = figures.distillation(scene, NAMES[:5])
    told = next(t for t in traces(figure, "bar") if t.xaxis == "x2")
    limit = next(t for t in traces(figure, "markers") if t.xaxis == "x2")
    assert np.asarray(told.x) == pytest.approx(scene.scaled, rel=1e-6)
    assert np.asarray(limit.x) == pytest.approx(scene.limit, rel=1e-6)
    assert number(scene.scaled[0]) in alt
    off = re.search(r"within (\S+) of", reading.title(figure))[1]
    assert printed.shows(off, float(np.abs(scene.scaled - scene.limit).max()))


def test_the_gradient_falls_as_one_over_t_squared():
    figure = figures.gradient(distilled([0.0], 4.0)).figure
    scaled, raw = (t for t in traces(figure, "lines") if len(t.x) == 61)
    x = np.asarray(raw.x, float)
    assert np.asarray(scaled.y, float) == pytest.approx(np.asarray(raw.y, float) * x**2, rel=1e-5)
    slope = np.diff(np.log(np.asarray(raw.y, float)))[-1] / np.diff(np.log(x))[-1]
    assert slope == pytest.approx(-2, abs=0.02)


def test_a_student_of_another_size_is_spoken_of():
    numbers, said = figures.taught(distilled([0.0], 4.0), BITS, 1)
    assert said.endswith("The student’s 1 logits were filled up with 0 to 5.")
    assert list(numbers) == ["KL(teacher ‖ student)", "T² KL"]
    assert "student’s" not in figures.taught(distilled(Z, 4.0), BITS, 5)[1]


# --- calibration


def test_the_diagram_draws_both_states_with_their_errors():
    scene = scenes.calibration(2.0, 500, 1)
    figure, alt, _ = figures.reliability(scene)
    before, after = traces(figure, "markers")
    for trace, diagram in ((before, scene.before), (after, scene.after)):
        assert np.asarray(trace.x) == pytest.approx(diagram.confidence, rel=1e-6)
        assert np.asarray(trace.y) == pytest.approx(diagram.accuracy, rel=1e-6)
        assert np.argmax(trace.marker.size) == np.argmax(diagram.count)
    assert before.marker.symbol != after.marker.symbol
    for ece in scene.ece:
        assert number(ece) in alt
        assert any(number(ece) in word for word in reading.words(figure))


def test_the_star_stands_at_the_fitted_temperature():
    scene = scenes.calibration(2.0, 500, 1)
    figure = figures.likelihood(scene, NATS).figure
    star = next(t for t in traces(figure, "markers") if t.marker.symbol == "star")
    assert (float(star.x[0]), float(star.y[0])) == pytest.approx((scene.fitted, scene.fit_nll_after), rel=1e-6)
    numbers, said = figures.judged(scene, NATS)
    assert numbers["NLL at T = 1"] == quantity(scene.nll[0], NATS)
    assert "judged on 500 others" in said


def test_claims_name_the_numbers_that_settle_them():
    settled = figures.claims(scenes.claims())
    assert len(settled) == 4
    said = " ".join(settled.values())
    for value in ("0.25", "0.8236", "0.5486", "0.2288", "2.718", "1.649"):
        assert value in said
