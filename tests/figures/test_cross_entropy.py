"""The pictures of the Cross-entropy page: records in, values and labels out."""

import json
import math
import re
from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.scenes import cross_entropy as scenes
from core.units import BITS, NATS, UNITS
from pages.figures import cross_entropy as figures
from pages.figures.style import number, quantity
from tests import printed, strategies
from tests.figures import reading

NAMES = "ABCDEFGH"
USUAL = ([0.5, 0.25, 0.125, 0.125], [0.125, 0.125, 0.25, 0.5])
PAIRS = {
    "usual": USUAL,
    "equal": (USUAL[0], USUAL[0]),
    "label": ([1.0, 0.0, 0.0], [0.01, 0.9, 0.09]),
    "right label": ([1.0, 0.0], [1.0, 0.0]),
    "impossible": ([0.6, 0.3, 0.1], [0.7, 0.3, 0.0]),
    "impossible first": ([0.1, 0.9], [0.0, 1.0]),
    "nothing saved": ([0.5, 0.5, 0.0], [0.4, 0.4, 0.2]),
    "not listed in q": ([0.25] * 4, [0.5, 0.5]),
    "not listed in p": ([0.5, 0.5], [0.25] * 4),
    "eight": ([0.125] * 8, [0.3, 0.3, 0.3, 0.02, 0.02, 0.02, 0.02, 0.02]),
    "far out": ([0.5, 0.5], [1 - 1e-9, 1e-9]),
    "nearly equal": ([0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9]),
}
DUST = 1e-9  # nats; in an entropy below, four digits are finer than what the probabilities' sum is off 1
RIGHT = (0.0, 0.001, 0.01, 0.4, 1.0)
COINS = [(p, q) for p in (0.0, 0.1, 0.5, 0.95, 1.0) for q in (0.0, 0.02, 0.5, 0.98, 1.0)]


def code(pair, unit=BITS, locked=None, **more):
    p, q = pair
    scene = scenes.code(p, q)
    return figures.code(scene, unit, NAMES[: scene.p.size], [False] * len(q) if locked is None else locked, **more)


PICTURES = {
    **{f"code, {k}": lambda unit, pair=pair: code(pair, unit) for k, pair in PAIRS.items()},
    **{f"code hidden, {k}": lambda unit, pair=pair: code(pair, unit, guess=0.7) for k, pair in PAIRS.items()},
    **{
        f"code held, {k}": lambda unit, pair=pair: code(pair, unit, before=scenes.code(*USUAL))
        for k, pair in PAIRS.items()
    },
    **{f"right, {q}": lambda unit, q=q: figures.right_answer(scenes.right_answer(q), unit) for q in RIGHT},
    **{f"coin, {p}, {q}": lambda unit, p=p, q=q: figures.tangent(scenes.tangent(p, q), unit) for p, q in COINS},
}


def bars(figure) -> dict:
    return {t.name: t for t in figure.data if t.type == "bar"}


# --- true of every picture


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build, unit):
    figure, alt, _ = build(unit)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d", said), said
    assert unit.symbol in said
    assert not [u.name for u in UNITS if u is not unit and re.search(rf"\b{u.name}\b", said)]


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("group", ["code", "right", "coin"])
def test_axes_hold_still_and_end_at_the_same_amount_in_every_unit(group, unit):
    found = [reading.ranges(build(unit).figure) for name, build in PICTURES.items() if name.startswith(group)]
    assert len(found) > 2
    assert all(r == found[0] for r in found)
    first = next(build for name, build in PICTURES.items() if name.startswith(group))
    ends, in_nats = (first(u).figure.layout.yaxis.range for u in (unit, NATS))
    assert np.array(ends) * unit.nats == pytest.approx(in_nats, rel=1e-12)


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_handle_lies_on_the_picture_and_says_its_value(build):
    figure, _, handles = build(BITS)
    for handle in handles:
        for axis, value, limits in (
            (figure.layout.xaxis, handle.x, handle.xlim),
            (figure.layout.yaxis, handle.y, handle.ylim),
        ):
            assert axis.range[0] <= value <= axis.range[1]
            assert limits[0] - 1e-9 <= value <= limits[1] + 1e-9
        assert handle.label
        assert re.search(r"\d|infinity", handle.text)


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_a_step_of_a_drag_is_small(build):
    assert len(json.dumps(build(BITS).figure.to_dict())) < 20_000


# --- the areas and the bar


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@given(pair=strategies.pmf_pairs())
def test_areas_are_entropy_and_extra_cost(unit, pair):
    scene = scenes.code(*pair)
    figure = code(pair, unit).figure
    found = bars(figure)
    top = figure.layout.yaxis.range[1]
    heights = {role: np.asarray(found[role].y, float) for role in ("p", "loss", "optimum")}
    width = np.asarray(found["p"].width, float)
    assert width == pytest.approx(scene.p, rel=1e-6, abs=1e-38)
    there = scene.p > 0
    upper = (heights["p"] + heights["loss"])[there]
    assert upper == pytest.approx(np.minimum(scene.lengths / unit.nats, top)[there], rel=1e-5, abs=1e-6)
    assert np.all(np.minimum(heights["loss"], heights["optimum"]) == 0)
    if np.all(scene.lengths[there] / unit.nats <= top) and np.all(scene.best[there] / unit.nats <= top):
        paid = width @ (heights["loss"] - heights["optimum"])
        assert paid == pytest.approx(scene.kl / unit.nats, rel=1e-4, abs=1e-5)
        assert width @ (heights["p"] + heights["loss"]) == pytest.approx(scene.cross_entropy / unit.nats, rel=1e-4)


@given(pair=strategies.pmf_pairs(), unit=st.sampled_from(UNITS))
def test_the_title_adds_up_to_the_last_printed_digit(pair, unit):
    scene = scenes.code(*pair)
    assume(scene.cross_entropy == 0 or scene.cross_entropy > DUST)
    said = figures.sum_of_two(scene, unit)
    h, kl, total = re.fullmatch(r"H\(p\) \+ KL\(p‖q\) = (.*) \+ (.*) = (.*)", said).groups()
    assert printed.value(h) + printed.value(kl) == printed.first(total)
    assert total == quantity(scene.cross_entropy, unit)
    if math.isfinite(scene.cross_entropy):
        last = 10.0 ** printed.value(h).as_tuple().exponent
        assert float(printed.value(h)) == pytest.approx(scene.entropy / unit.nats, abs=1.01 * last)


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_the_bar_is_as_long_as_its_two_parts(pair, unit):
    scene = scenes.code(*pair)
    figure = code(pair, unit).figure
    found, top = bars(figure), figure.layout.xaxis2.range[1]
    assert found["bar p"].x[0] == pytest.approx(scene.entropy / unit.nats, rel=1e-6)
    assert found["bar loss"].base[0] == pytest.approx(scene.entropy / unit.nats, rel=1e-6)
    end = min(scene.cross_entropy / unit.nats, top)
    assert found["bar p"].x[0] + found["bar loss"].x[0] == pytest.approx(end, rel=1e-6)
    assert found["bar loss"].marker.pattern.shape == "/"
    said = " ".join(reading.words(figure))
    assert ("KL infinity →" in said) == math.isinf(scene.cross_entropy)
    assert ("→" in said) == (scene.cross_entropy / unit.nats > top)


def test_the_upper_side_of_the_bar_counts_equal_choices():
    for unit in UNITS:
        axis = code(USUAL, unit).figure.layout.xaxis3
        assert np.exp(np.array(axis.tickvals) * unit.nats) == pytest.approx([float(t) for t in axis.ticktext])
        assert axis.range == code(USUAL, unit).figure.layout.xaxis2.range


def test_an_impossible_outcome_is_drawn_to_the_edge_named_and_called_infinite():
    figure, alt, _ = code(PAIRS["impossible"])
    assert reading.title(figure) == "Infinite: p expects C at 0.1, and q calls it impossible"
    assert any("↑ C: infinity" in w for w in reading.words(figure))
    assert bars(figure)["loss"].y[2] + bars(figure)["p"].y[2] == pytest.approx(figure.layout.yaxis.range[1], rel=1e-6)
    assert "infinity = infinity" in alt
    assert figures.notice(scenes.code(*PAIRS["impossible"]), BITS, "ABC").startswith("q gives C no code word.")


def test_a_word_beyond_the_picture_is_cut_off_and_said():
    assert any(w.strip() == "↑ A: 6.644" for w in reading.words(code(PAIRS["label"]).figure))
    assert not any("↑" in w for w in reading.words(code(USUAL).figure))


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_a_hidden_cost_can_be_read_nowhere(pair):
    scene = scenes.code(*pair)
    figure, alt, _ = code(pair, guess=0.7)
    said = f"{reading.title(figure)} {' '.join(reading.words(figure))} {alt}"
    given_away = {number(BITS.from_nats(v)) for v in (scene.cross_entropy, scene.kl)} - {"0", "infinity"}
    known = {number(v) for v in (*scene.p, *scene.q, *BITS.from_nats([scene.entropy, 0.7, *scene.lengths]))}
    assert not given_away & set(re.findall(r"[\d.]*\d", said)) - known
    assert "bar loss" not in bars(figure)
    assert quantity(0.7, BITS) in alt


def test_only_what_can_be_held_has_a_handle():
    assert [h.name for h in code(USUAL).handles] == ["word0", "word1", "word2", "word3"]
    assert [h.name for h in code(USUAL, locked=[False, True, False, False]).handles] == ["word0", "word2", "word3"]
    assert [h.name for h in code(PAIRS["label"]).handles] == ["word0"]  # what never happens has no width
    assert [h.name for h in code(PAIRS["not listed in q"]).handles] == ["word0", "word1"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_a_length_is_found_where_its_edge_is_put_and_one_beyond_the_picture_stays(unit):
    scene = scenes.code(*USUAL)
    assert figures.length_at(scene, 0, 1.0 / unit.nats, unit) == pytest.approx(1.0)
    cut = scenes.code(*PAIRS["label"])
    (handle,) = code(PAIRS["label"], unit).handles
    assert figures.length_at(cut, 0, handle.y, unit) == cut.lengths[0]
    assert figures.length_at(cut, 0, handle.y - 0.1, unit) == pytest.approx(figures.TOP - 0.1 * unit.nats)


def test_the_state_before_the_drag_stays_as_a_ghost():
    plain, held = code(USUAL).figure, code(USUAL, before=scenes.code(*PAIRS["equal"])).figure
    assert len(held.data) == len(plain.data) + 1


# --- words and numbers beside it


@given(pair=strategies.pmf_pairs(), unit=st.sampled_from(UNITS))
def test_the_worked_sums_end_in_the_cross_entropy(pair, unit):
    scene = scenes.code(*pair)
    assume(scene.cross_entropy == 0 or scene.cross_entropy > DUST)
    products, two, line = figures.worked(scene, unit)
    for sum_ in (two, line):
        terms, _, total = sum_.rpartition(" = ")
        assert sum(map(printed.value, terms.split(" + "))) == printed.first(total)
        assert printed.shows(total.rpartition(" ")[0] or total, scene.cross_entropy / unit.nats)
    assert len(line.split(" + ")) == len(products.split(" + ")) == (scene.p > 0).sum()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("usual", "A costs 1 bit more than in p’s own code: 0.125 in q, 0.5 in p. Shorter words elsewhere save 0.375"),
        ("equal", "q is p: no code is shorter on average than H(p) = 1.75 bits."),
        ("label", "The label is A alone: H(p) is 0, and the cross-entropy is the log loss −log 0.01."),
        ("nothing saved", "What q keeps for outcomes that never happen is lost."),
        ("not listed in q", "q gives C, D no code word."),
    ],
)
def test_what_to_notice(name, said):
    scene = scenes.code(*PAIRS[name])
    assert said in figures.notice(scene, BITS, NAMES[: scene.p.size])


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_table_and_snippet_come_to_the_cross_entropy(pair, unit):
    scene = scenes.code(*pair)
    columns, snippet = figures.taken(scene, unit, NAMES[: scene.p.size])
    assert sum(columns[f"contribution ({unit.name})"]) == pytest.approx(scene.cross_entropy / unit.nats, rel=1e-12)
    with redirect_stdout(StringIO()) as out:
        exec(snippet, {})
    exact = math.fsum(p * (math.inf if q == 0 else -math.log(q)) for p, q in zip(scene.p, scene.q, strict=True) if p)
    assert float(out.getvalue()) == pytest.approx(exact / unit.nats, rel=1e-12)


# --- one right answer


def test_five_predictions_are_marked_with_the_published_numbers():
    said = " ".join(reading.words(figures.right_answer(scenes.right_answer(0.6), NATS).figure))
    for text in ("1: 0", "0.8: 0.2231", "0.4: 0.9163", "0.1: 2.303", "0.01: 4.605"):
        assert text in said
    figure, alt, (handle,) = PICTURES["right, 0.4"](NATS)
    assert "0.4: 0.9163" not in " ".join(reading.words(figure))  # the point in the hand covers it
    assert (handle.x, handle.y) == pytest.approx((0.4, 0.9163), abs=5e-5)
    assert handle.sets == ("cross_right", None)
    assert reading.title(figure) == "0.4 for the right answer costs 0.9163 nats"
    assert "0.4 at 0.9163" in alt


def test_an_infinite_loss_stands_at_the_edge_and_is_called_infinite():
    figure, _, (handle,) = PICTURES["right, 0.0"](BITS)
    assert handle.y == pytest.approx(figure.layout.yaxis.range[1])
    assert any("↑ infinity" in w for w in reading.words(figure))
    assert reading.title(figure) == "0 for the right answer costs infinity"
    numbers, said = figures.right_answer_said(scenes.right_answer(0.0), BITS)
    assert set(numbers.values()) == {"infinity"}
    assert said.startswith("Impossible")


# --- the tangent


@given(p=st.floats(0, 1), q=st.floats(0, 1), unit=st.sampled_from(UNITS))
def test_the_tangent_passes_through_both_points_inside_the_picture(p, q, unit):
    scene = scenes.tangent(p, q)
    figure, _, (at_p, at_q) = figures.tangent(scene, unit)
    x, y = reading.drawn(figure, 1)
    top = figure.layout.yaxis.range[1]
    assert np.all((y >= -1e-6) & (y <= top * (1 + 1e-6)))
    assert np.all((x >= -1e-6) & (x <= 1 + 1e-6))
    if x[1] - x[0] > 0.05:
        on_line = y[0] + (y[1] - y[0]) * (np.array([p, q]) - x[0]) / (x[1] - x[0])
        assert on_line[1] == pytest.approx(scene.entropy_q / unit.nats, abs=1e-3)
        if scene.cross_entropy / unit.nats <= top:
            assert on_line[0] == pytest.approx(scene.cross_entropy / unit.nats, abs=1e-3)
    assert (at_p.sets, at_q.sets) == (("cross_heads", None), ("cross_belief", None))
    assert at_p.y == pytest.approx(min(scene.cross_entropy / unit.nats, top))


def test_the_gap_is_the_divergence():
    figure = figures.tangent(scenes.tangent(0.5, 0.2), BITS).figure
    _, gap = reading.drawn(figure, 2)
    assert gap == pytest.approx([1.0, 1.3219], abs=5e-5)
    assert reading.title(figure) == "At p = 0.5: 1.000 + 0.322 = 1.322 bits"


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_each_claim_is_settled_by_numbers_in_the_unit(unit):
    settled = figures.claims(scenes.claims(), unit)
    assert len(settled) >= 4
    assert all(unit.symbol in said for said in settled.values())
    assert "5.03 times" in settled["0.99 on the wrong class costs about 100 times as much as 0.6."]
    assert quantity(10 * math.log(10), unit) in settled["log(q + 1e-10) is harmless."]
