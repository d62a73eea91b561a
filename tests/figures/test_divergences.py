"""The pictures of the Divergences page: records in, values and labels out."""

import math
import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.scenes import divergences as scenes
from core.units import BITS, NATS, UNITS
from pages.figures import divergences as figures
from tests.figures import reading
from tests.strategies import positive_pairs

NAMES = "ABCDEFGH"
PAIRS = {
    "published": ([0.5, 0.3, 0.2], [0.2, 0.4, 0.4]),
    "equal": ([0.5, 0.5], [0.5, 0.5]),
    "rare": ([0.9, 0.1], [0.999, 0.001]),
    "impossible": ([0.5, 0.3, 0.2], [0.6, 0.4]),
    "other way": ([0.6, 0.4], [0.5, 0.3, 0.2]),
    "disjoint": ([0.5, 0.5], [0, 0, 0.5, 0.5]),
    "eight": ([1 / 8] * 8, [0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05]),
    "certain": ([1.0], [1.0]),
}
MEMBERS = list(scenes.MEMBERS)
ALPHAS = (0.0, 0.5, 1.0, math.inf)
CLOUD, SHIFTS = scenes.cloud(3, 50, 1), scenes.shifts()


def family(pair="published", member="JS", unit=BITS, guess=None):
    scene = scenes.family(*PAIRS[pair], member)
    return figures.family(scene, unit, NAMES[: scene.p.size], guess)


def renyi(pair="published", alpha=0.5, unit=BITS):
    return figures.renyi(scenes.renyi(*PAIRS[pair]), alpha, scenes.renyi_at(*PAIRS[pair], alpha), unit)


def pinsker(pair="published", toward=1.0, unit=BITS):
    return figures.pinsker(scenes.approach(*PAIRS[pair], toward), CLOUD, unit)


PICTURES = {
    **{f"family, {k}, {m}": lambda unit, k=k, m=m: family(k, m, unit) for k in PAIRS for m in MEMBERS},
    **{f"hidden, {m}": lambda unit, m=m: family("published", m, unit, 0.3) for m in MEMBERS},
    **{f"renyi, {k}, {a}": lambda unit, k=k, a=a: renyi(k, a, unit) for k in PAIRS for a in ALPHAS},
    **{f"pinsker, {k}, {t}": lambda unit, k=k, t=t: pinsker(k, t, unit) for k in PAIRS for t in (0.0, 1.0)},
    **{
        f"shift, {d}": lambda unit, d=d: figures.shift(scenes.shift(d), SHIFTS, unit)
        for d in (0.0, 0.001, 2.0, 2.3, 6.0)
    },
    **{
        f"detour, {m}": lambda unit, m=m: figures.detour(scenes.detour(m), unit)
        for m in (0.0, 0.001, 0.1, 0.5, 0.95, 1.0)
    },
}


def trace(figure, name):
    """One trace by its name."""
    (found,) = [t for t in figure.data if t.name == name]
    return found


def numbers(values) -> np.ndarray:
    return np.asarray(values, dtype=float)


# --- true of every picture


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build):
    figure, alt, _ = build(NATS)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d|\bbits\b", said), said


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_amounts_are_named_in_the_chosen_unit_alone(build):
    for unit in UNITS:
        figure, alt, _ = build(unit)
        said = f"{reading.all_text(figure)} {alt}"
        others = [u.name for u in UNITS if u is not unit]
        assert unit.symbol in said
        assert not re.search(rf"\b({'|'.join(others)})\b", said)


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_handle_lies_on_the_picture_on_a_point_that_is_drawn(build):
    figure, _, handles = build(BITS)
    for handle in handles:
        for axis, value, limits in (
            (figure.layout[handle.xaxis], handle.x, handle.xlim),
            (figure.layout[handle.yaxis], handle.y, handle.ylim),
        ):
            assert axis.range[0] <= value <= axis.range[1]
            assert limits[0] - 1e-9 <= value <= limits[1] + 1e-9
        assert re.search(r"\d|infinity", handle.text)
        marks = [
            t for t in figure.data if t.mode == "markers" and f"{t.xaxis or 'x'}" == handle.xaxis.replace("axis", "")
        ]
        near = [np.hypot(numbers(t.x) - handle.x, numbers(t.y) - handle.y).min() for t in marks if len(t.x)]
        assert min(near) < 1e-5


@pytest.mark.parametrize("group", ["renyi", "pinsker", "shift", "detour"])
def test_axes_hold_still_whatever_is_shown(group):
    found = [reading.ranges(build(BITS).figure) for name, build in PICTURES.items() if name.startswith(group)]
    assert len(found) > 3
    assert all(r == found[0] for r in found)


@pytest.mark.parametrize("member", MEMBERS)
def test_axes_of_a_generator_depend_on_nothing_but_the_generator(member):
    found = [reading.ranges(family(k, member).figure) for k in PAIRS]
    assert all(r == found[0] for r in found)


# --- the family


@given(positive_pairs(max_size=5), st.sampled_from(MEMBERS))
def test_points_lie_on_the_generator_with_their_weight_as_area(pair, member):
    scene = scenes.family(*pair, member)
    figure, _, _ = figures.family(scene, NATS, NAMES[: scene.p.size])
    drawn = trace(figure, "outcomes")
    counted = scene.weight > 0
    inside = (scene.ratio[counted] < scenes.RATIOS) & (scene.height[counted] < figures.TOPS[member])
    assert numbers(drawn.x)[inside] == pytest.approx(scene.ratio[counted][inside], rel=1e-6, abs=1e-30)
    assert numbers(drawn.y)[inside] == pytest.approx(scene.height[counted][inside], rel=1e-6, abs=1e-30)
    visible = scene.weight[counted] > 0.05
    sizes = numbers(drawn.marker.size)
    assert sizes[visible] ** 2 == pytest.approx(900 * scene.weight[counted][visible], rel=0.03)
    assert sizes.min() >= 6


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_bars_of_information_follow_the_unit_and_the_others_do_not(unit):
    figure = family(unit=unit).figure
    information, others = trace(figure, "information"), trace(figure, "without a unit")
    assert numbers(information.x) == pytest.approx(np.array([0.2332113, 0.2090736, 0.0537807]) / unit.nats, rel=1e-5)
    assert numbers(others.x) == pytest.approx([0.3, 0.575, 0.0545194], rel=1e-5)
    assert numbers(next(t for t in figure.data if t.name == "ceilings").x) == pytest.approx(math.log(2) / unit.nats)


def test_the_points_balance_above_one_at_the_height_of_the_value():
    for member, value in (("KL", 0.3364528), ("TV", 0.3), ("χ²", 0.575)):
        balance = trace(family(member=member).figure, "balance")
        assert (float(balance.x[0]), float(balance.y[0])) == pytest.approx((1, value), rel=1e-6)
    assert not [t for t in family("impossible", "TV").figure.data if t.name == "balance"]  # one of them is at infinity


def test_an_infinite_value_is_said_and_fills_its_bar():
    figure, alt, _ = family("disjoint", "KL")
    assert reading.title(figure) == "KL(P‖Q) is infinite: P has what Q calls impossible"
    assert "KL(P‖Q)  infinity →" in reading.words(figure)
    assert "A: p/q = ∞ → ↑ ∞" in [w.rstrip() for w in reading.words(figure)]
    assert trace(figure, "information").x[0] == figure.layout.xaxis2.range[1]
    assert "KL(P‖Q) infinity" in alt
    assert reading.title(family("other way", "reverse KL").figure).endswith("Q has what P calls impossible")
    assert reading.title(family("disjoint", "JS").figure) == "JS is 1 bit, its ceiling: nothing is shared"


def test_the_ceilings_are_marked_where_there_are_any():
    marks = [t for t in family("disjoint").figure.data if t.name == "ceilings"]
    assert [numbers(t.x).tolist() for t in marks] == [[1.0], [1.0, 1.0]]


def test_a_guess_hides_every_value():
    figure, alt, _ = family(guess=0.3)
    said = f"{reading.all_text(figure)} {alt}"
    assert not [t for t in figure.data if t.type == "bar" or t.name == "balance"]
    assert not re.search(r"0\.3365|0\.07759|0\.575", said)
    assert "the estimate is 0.4328 bits" in alt


def test_a_ratio_beyond_the_picture_is_cut_off_and_said():
    said = [w.rstrip() for w in reading.words(family("rare", "χ²").figure)]
    assert "B: p/q = 100 → ↑ 9801" in said
    assert "χ²  9.811 →" in said


@given(positive_pairs(max_size=5), st.sampled_from(MEMBERS))
@example((np.array([0.25] * 4), np.array([0.8, 0.05, 0.075, 0.075])), "KL")
def test_every_point_is_named_and_no_two_names_cover_each_other(pair, member):
    scene = scenes.family(*pair, member)
    figure = figures.family(scene, BITS, NAMES[: scene.p.size]).figure
    words = next(t for t in figure.data if t.type == "scatter" and t.mode == "text" and (t.xaxis or "x") == "x")
    top = figure.layout.yaxis.range[1]
    found = [(x, y / top, re.match(r"([A-H](?:, [A-H])*)(?::| ↑|$)", t)) for x, y, t in
             zip(words.x, words.y, words.text, strict=True)]  # fmt: skip
    places = [(x, y, named[1]) for x, y, named in found if named]
    assert sorted(", ".join(named for _, _, named in places).split(", ")) == list(NAMES[: scene.p.size])
    for i, (x, y, _) in enumerate(places):
        assert all(abs(x - a) >= 0.09 or abs(y - b) >= 0.06 for a, b, _ in places[:i])


def test_the_notice_says_what_an_exchange_does():
    said = {m: figures.notice(scenes.family(*PAIRS["published"], m), BITS, NAMES) for m in MEMBERS}
    assert said["JS"] == (
        "A makes 0.617 of it: ratio 2.5 gives height 0.2395 bits. With P and Q exchanged it stays as it is."
    )
    assert said["KL"].endswith("exchanged it is 0.3016 bits.")
    assert said["TV"].endswith("it stays as it is.")
    assert said["χ²"].endswith("exchanged it is 0.4133.")  # .3²/.5 + .1²/.3 + .2²/.2


# --- by order


def test_the_marker_stands_on_the_curve_and_the_named_orders_are_marked():
    scene = scenes.renyi(*PAIRS["published"])
    figure, alt, (handle,) = renyi()
    curve = next(t for t in figure.data if t.mode == "lines" and len(t.x) == len(scene.orders))
    assert numbers(curve.y) == pytest.approx(scene.values / BITS.nats, rel=1e-6)
    assert handle.y == pytest.approx(0.1617604, rel=1e-6)
    named = next(t for t in figure.data if t.marker.symbol == "diamond")
    assert numbers(named.y) == pytest.approx([0, 0.1617604, 0.3364528, 0.6553518, 1.3219281], rel=1e-6, abs=1e-9)
    assert "at one half" in alt
    assert reading.title(figure) == "α = 0.5: 0.1618 bits, −2 log(1 − H²)"


@pytest.mark.parametrize(
    ("pair", "alpha", "title"),
    [
        ("published", 1.0, "α = 1: 0.3365 bits, the KL divergence"),
        ("published", 2.0, "α = 2: 0.6554 bits, log(1 + χ²)"),
        ("published", math.inf, "α = infinity: 1.322 bits, log of the ratio 2.5"),
        ("other way", 0.0, "α = 0: 0.3219 bits, −log of what Q gives to P’s outcomes"),  # −log .8
        ("impossible", 2.0, "α = 2: infinity, log(1 + χ²)"),
    ],
)
def test_orders_with_a_name_say_what_they_are(pair, alpha, title):
    assert reading.title(renyi(pair, alpha).figure) == title


def test_infinite_orders_are_said():
    assert any("infinite from α = 1 on" in w for w in reading.words(renyi("impossible").figure))
    assert any("infinite at every order" in w for w in reading.words(renyi("disjoint").figure))
    assert any("↑ infinity" in w for w in reading.words(renyi("impossible", math.inf).figure))


# --- against shift, bounds, triangle


def test_curves_that_leave_the_picture_say_so_and_the_bounded_ones_stay():
    figure, alt, (handle,) = figures.shift(scenes.shift(6.0), SHIFTS, BITS)
    assert any("25.97 at d = 6" in w for w in reading.words(figure))
    kl, js = (t for t in figure.data if t.mode == "markers" and t.xaxis == "x2")
    assert kl.marker.symbol == "triangle-up"
    assert 0.99 < float(js.y[0]) < 1
    assert handle.sets == ("divergences_shift", None)
    assert "of at most 1 bit" in alt


def test_the_bounds_are_drawn_and_the_pair_stands_under_them():
    figure, alt, (handle,) = pinsker()
    x = numbers(trace(figure, "Pinsker").x) * BITS.nats
    assert numbers(trace(figure, "Pinsker").y) == pytest.approx(np.sqrt(x / 2), rel=1e-5, abs=1e-6)
    x = numbers(trace(figure, "BH").x) * BITS.nats
    assert numbers(trace(figure, "BH").y) == pytest.approx(np.sqrt(1 - np.exp(-x)), rel=1e-4, abs=1e-6)
    assert (handle.x, handle.y) == pytest.approx((0.3364528, 0.3), rel=1e-6)
    assert reading.title(figure) == "KL 0.3365 bits caps TV at 0.3415; it is 0.3"
    assert "Pinsker’s is the tighter one" in alt
    assert reading.title(pinsker("disjoint").figure) == "An infinite KL caps TV at 1; it is 1"
    assert "Bretagnolle and Huber’s is the tighter one" in pinsker("disjoint").alt


def test_the_gap_that_a_detour_leaves_is_hatched_in_kl_and_empty_in_the_root():
    scene = scenes.detour(0.5)
    figure, alt, handles = figures.detour(scene, BITS)
    left, right = (t for t in figure.data if t.name == "gap")
    depth = scene.kl_direct / BITS.nats - numbers(left.y)
    assert depth.max() > 1.2
    assert np.ptp(numbers(right.y)) < 1e-6
    assert [h.sets for h in handles] == [("divergences_coin", None)] * 2
    assert "0.531 + 0.737 = 1.268 bits by way of the second, 2.536 bits directly" in alt
    assert "breaks" in reading.title(figure)
    assert "keeps the triangle" in reading.title(figures.detour(scenes.detour(0.05), BITS).figure)
