"""The pictures of the Entropy page: records in, values and labels out."""

import csv
import io
import math
import re
from contextlib import redirect_stdout

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scenes import entropy as scenes
from core.units import BANS, BITS, NATS, UNITS
from pages.figures import entropy as figures
from pages.figures.style import number
from pages.shell.take import table
from tests import printed, strategies
from tests.figures import reading

NAMES = "ABCDEFGH"
DISTRIBUTIONS = {
    "usual": [0.5, 0.25, 0.125, 0.125],
    "certain": [1.0, 0.0],
    "certain in the middle": [0.0, 1.0, 0.0],
    "with an impossible outcome": [0.7, 0.0, 0.3],
    "two": [0.9, 0.1],
    "eight": [0.125] * 8,
    "hardly possible": [1 - 1e-9, 1e-9],
    "subnormal": [1.0, 5e-324],
    "thin": [0.96, 0.01, 0.01, 0.01, 0.01],
}


def areas(p, unit=BITS, **more):
    return figures.areas(scenes.distribution(p), unit, NAMES[: len(p)], **more)


def grouping(p, unit=BITS, first=0, second=1):
    return figures.grouping(scenes.grouping(p, first, second), unit, NAMES[: len(p)])


def simplex(p, unit=BITS):
    return figures.simplex(scenes.simplex(p, columns=17), unit, ("A", "B", "others"))


# Every picture at ordinary and at extreme states, by a name that says which.
PICTURES = {
    **{f"areas, {k}": lambda unit, p=p: areas(p, unit) for k, p in DISTRIBUTIONS.items()},
    **{f"areas hidden, {k}": lambda unit, p=p: areas(p, unit, guess=0.7) for k, p in DISTRIBUTIONS.items()},
    **{f"grouping, {k}": lambda unit, p=p: grouping(p, unit) for k, p in DISTRIBUTIONS.items()},
    **{
        f"sampling, {k}, {n}": lambda unit, p=p, n=n: figures.sampling(scenes.sampling(p, n, 1), unit)
        for k, p in DISTRIBUTIONS.items()
        for n in (10, 1000)
    },
    **{f"binary, {p}": lambda unit, p=p: figures.binary(scenes.binary(p), unit) for p in (0.0, 1e-9, 0.5, 0.7, 1.0)},
    **{
        f"surprisal, {p}, {q}": lambda unit, p=p, q=q: figures.surprisal(scenes.surprisal_of_events(p, q), unit)
        for p, q in ((0.5, 0.1), (1.0, 1.0), (1e-4, 1e-4), (1.0, 1e-4))
    },
    **{
        f"simplex, {p}": lambda unit, p=p: simplex(p, unit)
        for p in ((0.5, 0.25, 0.25), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    },
    **{
        f"{build.__name__}, {s}": lambda unit, s=s, build=build: build(scenes.continuous(s), unit)
        for s in (0.05, 0.1, 0.242, 1.0, 2.0)
        for build in (figures.densities, figures.entropy_of_scale)
    },
}


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
    assert unit.name in said or unit.symbol in said
    others = [u for u in UNITS if u is not unit]
    assert not [u.name for u in others if re.search(rf"\b{u.name}\b", said)]


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_axis_names_its_quantity_and_those_of_information_their_unit(build):
    bits, nats = (build(unit).figure for unit in (BITS, NATS))
    for shown, unit in ((bits, BITS), (nats, NATS)):
        titles = reading.axis_titles(shown)
        assert titles
        assert any(f"({unit.name})" in t for t in titles) or "Density" in titles
    assert all(a.title.text for a in bits.select_xaxes() if a.visible is not False)


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_the_same_things_are_drawn_in_every_unit(build):
    bits, nats = (build(unit).figure for unit in (BITS, NATS))
    assert len(bits.data) == len(nats.data)
    for b, n in zip(bits.data, nats.data, strict=True):
        assert (b.type, b.name) == (n.type, n.name)
    assert len(reading.words(bits)) == len(reading.words(nats))


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_handle_lies_on_the_picture_and_says_its_value(build):
    figure, _, handles = build(BITS)
    x_range = figure.layout.xaxis.range
    for handle in handles:
        position = math.log10(handle.x) if figure.layout.xaxis.type == "log" else handle.x
        assert x_range[0] <= position <= x_range[1]
        assert handle.xlim[0] <= handle.x <= handle.xlim[1]
        assert handle.ylim[0] - 1e-12 <= handle.y <= handle.ylim[1] + 1e-12
        assert handle.label
        assert re.search(r"\d", handle.text)


@pytest.mark.parametrize(
    "group", ["areas,", "areas hidden", "grouping", "binary", "surprisal", "simplex", "densities", "entropy_of_scale"]
)
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_axes_hold_still_whatever_is_shown(group, unit):
    found = [reading.ranges(build(unit).figure) for name, build in PICTURES.items() if name.startswith(group)]
    assert len(found) > 2
    assert all(r == found[0] for r in found)


def test_axes_hold_still_while_more_is_drawn():
    found = [reading.ranges(PICTURES[f"sampling, usual, {n}"](BITS).figure) for n in (10, 1000)]
    assert found[0] == found[1]


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_axes_end_at_the_same_amount_in_every_unit(unit):
    for name in ("areas, usual", "binary, 0.7", "surprisal, 0.5, 0.1", "entropy_of_scale, 1.0"):
        ends, in_nats = (PICTURES[name](u).figure.layout.yaxis.range for u in (unit, NATS))
        assert np.array(ends) * unit.nats == pytest.approx(in_nats, rel=1e-12)


# --- the distribution as areas


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@given(p=strategies.pmfs())
def test_rectangles_are_as_wide_as_each_probability_and_as_high_as_its_surprisal(unit, p):
    scene = scenes.distribution(p)
    figure = areas(p, unit).figure
    bars = figure.data[0]
    left, height = reading.drawn(figure, 0)
    top = figure.layout.yaxis.range[1]
    assert np.asarray(bars.width) == pytest.approx(p, rel=1e-6, abs=1e-38)
    assert left == pytest.approx(np.concatenate([[0], np.cumsum(p)[:-1]]), abs=1e-6)
    surprisal = np.where(p > 0, scene.surprisal, 0) / unit.nats
    assert height == pytest.approx(np.minimum(surprisal, top), rel=1e-6)
    if np.all(surprisal <= top):
        assert (np.asarray(bars.width) * height).sum() == pytest.approx(scene.entropy / unit.nats, rel=1e-5)


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("p", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)
def test_the_title_of_the_areas_is_the_entropy(p, unit):
    shown = areas(p, unit)
    h = scenes.distribution(p).entropy / unit.nats
    assert printed.shows(re.search(r"= (.*) \w+$", reading.title(shown.figure))[1], h)
    lines = [reading.drawn(shown.figure, i)[1] for i in (1, 2)]
    assert lines[0] == pytest.approx([h, h], rel=1e-6, abs=1e-38)
    assert lines[1] == pytest.approx([math.log(len(p)) / unit.nats] * 2, rel=1e-6)
    assert {"H", f"log {len(p)}"} <= set(reading.words(shown.figure))


@pytest.mark.parametrize("p", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)
def test_a_hidden_entropy_can_be_read_nowhere(p):
    figure, alt, _ = areas(p, guess=0.7)
    h = number(BITS.from_nats(scenes.distribution(p).entropy))
    said = f"{reading.title(figure)} {' '.join(reading.words(figure))} {alt}"
    assert h not in re.findall(r"[\d.]+\d", said) or h in map(number, (*p, BITS.from_nats(0.7)))
    assert len(figure.data) == len(areas(p).figure.data) - 1
    assert reading.drawn(figure, 1)[1] == pytest.approx([BITS.from_nats(0.7)] * 2, rel=1e-6)


def test_a_surprisal_beyond_the_picture_is_cut_off_and_said():
    figure = areas([0.999, 0.001]).figure
    assert reading.drawn(figure, 0)[1][1] == pytest.approx(figure.layout.yaxis.range[1], rel=1e-6)
    assert any(w.startswith("↑ B") and "9.966" in w for w in reading.words(figure))
    assert not any(w.startswith("↑") for w in reading.words(areas([0.5, 0.5]).figure))


def test_wide_rectangles_carry_their_name_and_their_contribution():
    said = reading.words(areas([0.5, 0.25, 0.25]).figure)
    assert {"A<br>0.5", "B<br>0.5", "C<br>0.5"} <= set(said)


# --- the words beside the areas


@given(p=strategies.pmfs(), unit=st.sampled_from(UNITS))
def test_the_worked_sum_ends_in_the_entropy_and_has_a_term_for_each_possible_outcome(p, unit):
    scene = scenes.distribution(p)
    products, line = figures.worked(scene, unit)
    terms, _, total = line.rpartition(" = ")
    assert printed.shows(total.rpartition(" ")[0], scene.entropy / unit.nats)
    assert len(terms.split(" + ")) == len(products.split(" + ")) == (p > 0).sum()
    assert sum(map(printed.value, terms.split(" + "))) == printed.first(total)


@given(p=strategies.pmfs())
def test_the_finding_names_the_rarest_outcome_with_its_numbers(p):
    scene = scenes.distribution(p)
    said = figures.finding(scene, BITS, NAMES[: p.size])
    if "certain" in said:
        assert scene.entropy == 0
        assert said[0] == NAMES[p.argmax()]
    elif "equally likely" in said:
        assert p == pytest.approx(np.full(p.size, 1 / p.size), rel=1e-5)
    else:
        rarest = p[NAMES.index(said[0])]
        assert rarest == p[p > 0].min()
        at = re.search(
            r"surprises by (.*) bits?, but at probability (.*) it adds only (.*) bits?\. .* carry (.*) bit", said
        )
        assert printed.shows(at[1], -math.log2(rarest))
        assert printed.shows(at[2], rarest)
        assert printed.shows(at[3], BITS.from_nats(scene.terms[list(p).index(rarest)]))
        assert printed.shows(at[4], BITS.from_nats(scene.maximum - scene.entropy))


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("p", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)
def test_the_table_has_all_digits_and_its_contributions_sum_to_the_entropy(p, unit):
    columns, _ = figures.taken(scenes.distribution(p), unit, NAMES[: len(p)])
    rows = list(csv.DictReader(io.StringIO(table(columns))))
    assert [r["outcome"] for r in rows] == list(NAMES[: len(p)])
    assert [float(r["probability"]) for r in rows] == p
    contributions = [float(r[f"contribution ({unit.name})"]) for r in rows]
    assert math.fsum(contributions) == pytest.approx(scenes.distribution(p).entropy / unit.nats, rel=1e-14, abs=0)
    for row, share in zip(rows, p, strict=True):
        surprisal = float(row[f"surprisal ({unit.name})"])
        assert surprisal == (math.inf if share == 0 else pytest.approx(-math.log(share) / unit.nats, rel=1e-14, abs=0))


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("p", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)
def test_the_snippet_prints_the_entropy(p, unit):
    _, snippet = figures.taken(scenes.distribution(p), unit, NAMES[: len(p)])
    with redirect_stdout(io.StringIO()) as out:
        exec(snippet, {})
    reference = -math.fsum(x * math.log(x) for x in p if x) / unit.nats
    assert float(out.getvalue()) == pytest.approx(reference, rel=1e-13, abs=1e-18)


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_each_claim_is_settled_by_a_number_in_the_unit(unit):
    settled = figures.claims(scenes.claims(), unit)
    assert len(settled) >= 3
    assert all(re.search(r"\d", text) and unit.symbol in text for text in settled.values())
    narrow = 0.5 * math.log(2 * math.pi * math.e * 0.01) / unit.nats
    assert number(narrow) in settled["Entropy is never negative."]
    assert number(narrow).startswith("\N{MINUS SIGN}")


# --- two outcomes, one outcome


@pytest.mark.parametrize("p", [0.0, 1e-9, 0.11, 0.5, 0.89, 1.0])
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_the_coin_lies_on_the_arch_and_its_handle_on_the_coin(p, unit):
    scene = scenes.binary(p)
    figure, alt, (handle,) = figures.binary(scene, unit)
    h = sum(-x * math.log(x) for x in (p, 1 - p) if x) / unit.nats
    x, y = reading.drawn(figure, 2)
    assert (x[0], y[0]) == pytest.approx((p, h), rel=1e-6, abs=1e-12)
    assert (handle.x, handle.y) == pytest.approx((p, h), rel=1e-9, abs=1e-15)
    assert handle.sets == ("entropy_coin", None)
    assert printed.shows(re.search(r"carries (.*) \w+$", reading.title(figure))[1], scene.entropy / unit.nats)
    assert f"p = {number(p)} " in alt
    grid, curve = reading.drawn(figure, 0)
    assert curve == pytest.approx(scene.curve / unit.nats, rel=1e-6)
    assert grid == pytest.approx(scene.grid, abs=1e-6)


@given(p=st.floats(1e-4, 1), q=st.floats(1e-4, 1), unit=st.sampled_from(UNITS))
def test_the_printed_surprisals_of_two_events_add_up(p, q, unit):
    figure = figures.surprisal(scenes.surprisal_of_events(p, q), unit).figure
    first, second, total = re.search(r": (.*) \+ (.*) = (.*) \w+$", reading.title(figure)).groups()
    assert printed.value(first) + printed.value(second) == printed.value(total)
    assert printed.shows(total, -math.log(p * q) / unit.nats + 0.0)


@pytest.mark.parametrize(("p", "q"), [(0.5, 0.1), (1.0, 1.0), (1e-4, 1e-4)])
def test_events_and_their_conjunction_lie_on_the_curve(p, q):
    figure, _, handles = figures.surprisal(scenes.surprisal_of_events(p, q), BITS)
    for i, at in ((2, p * q), (3, p), (4, q)):
        x, y = reading.drawn(figure, i)
        assert (x[0], y[0]) == pytest.approx((at, -math.log2(at)), rel=1e-6, abs=1e-7)
    assert [(h.sets[0], h.x) for h in handles] == [("entropy_a", p), ("entropy_b", q)]
    said = " ".join(reading.words(figure))
    assert all(text in said for text in ("sun rises: 0.0001443", "rain: 1", "lottery win: 23.25"))


# --- three outcomes


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_the_surface_over_the_triangle_is_the_entropy_with_the_point_in_its_place(unit):
    scene = scenes.simplex([0.2, 0.3, 0.5])
    figure, alt, (handle,) = figures.simplex(scene, unit, ("A", "B", "others"))
    surface = figure.data[0]
    assert np.asarray(surface.z) == pytest.approx(scene.entropy / unit.nats, rel=1e-6, nan_ok=True)
    assert (surface.zmin, surface.zmax) == pytest.approx((0, math.log(3) / unit.nats), rel=1e-12)
    point = next(t for t in figure.data if getattr(t, "mode", None) == "markers")
    assert (point.x[0], point.y[0]) == pytest.approx(scene.point, rel=1e-6)
    assert (handle.x, handle.y) == pytest.approx(scene.point, rel=1e-12)
    assert np.array(handle.within) == pytest.approx(scene.corners)
    assert {"A 0.2", "B 0.3", "others 0.5"} <= set(reading.words(figure))
    assert "others 0.5" in alt
    assert printed.shows(re.search(r"carries (.*) \w+$", reading.title(figure))[1], scene.at_point / unit.nats)


def test_a_point_that_is_not_free_has_no_handle():
    assert figures.simplex(scenes.simplex([0.2, 0.3, 0.5], columns=9), BITS, "ABC", free=False).handles == ()


# --- draws


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_the_running_mean_is_drawn_inside_its_band_and_ends_where_the_title_says(unit):
    scene = scenes.sampling([0.5, 0.25, 0.125, 0.125], 1000, 1)
    figure = figures.sampling(scene, unit).figure
    for i, values in ((0, scene.low), (1, scene.high), (2, scene.mean)):
        x, y = reading.drawn(figure, i)
        assert x == pytest.approx(scene.n)
        assert y == pytest.approx(values / unit.nats, rel=1e-6, abs=1e-7)
    assert figure.data[1].fill == "tonexty"
    count, mean, off = re.match(
        r"After (\d+) draws the mean is (\S+) \w+, off by (\S+)", reading.title(figure)
    ).groups()
    assert int(count) == 1000
    assert printed.shows(mean, scene.final / unit.nats)
    assert printed.shows(off, abs(scene.final - scene.entropy) / unit.nats)


@pytest.mark.parametrize("p", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)
def test_the_entropy_and_the_end_of_the_running_mean_are_inside_the_picture(p):
    scene = scenes.sampling(p, 1000, 1)
    low, high = figures.sampling(scene, BITS).figure.layout.yaxis.range
    for value in (scene.entropy, scene.final):
        assert low <= BITS.from_nats(value) <= high


# --- grouping


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("p", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)
def test_the_two_bars_are_equally_long(p, unit):
    figure = grouping(p, unit).figure
    lengths = {}
    for trace in figure.data:
        if trace.type == "bar":
            lengths[trace.y[0]] = lengths.get(trace.y[0], 0) + float(trace.x[0])
    one, other = lengths.values()
    assert one == pytest.approx(other, rel=1e-6, abs=1e-40)
    assert one == pytest.approx(scenes.distribution(p).entropy / unit.nats, rel=1e-6, abs=1e-40)


def test_what_merging_forgets_is_the_title():
    # Shannon (1948), section 6: H(1/2, 1/3, 1/6) = 1 + 1/2 0.9183 bits.
    figure, alt, _ = grouping([1 / 2, 1 / 3, 1 / 6], BITS, 1, 2)
    assert reading.title(figure) == "Merging B or C forgets 0.4591 bits"
    assert "1.459 bits is the entropy 1 bit of the groups plus 0.5 times the entropy 0.9183 bits within B or C" in alt


# --- continuous outcomes


@pytest.mark.parametrize("sigma", [0.05, 0.242, 1.0, 2.0])
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_densities_and_their_entropies_are_those_of_the_record(sigma, unit):
    scene = scenes.continuous(sigma)
    figure, alt, _ = figures.densities(scene, unit)
    top = figure.layout.yaxis.range[1]
    for i, density in enumerate(scene.densities):
        x, y = reading.drawn(figure, i)
        inside = density.values <= top
        assert x == pytest.approx(scene.x, abs=1e-6)
        assert y[inside] == pytest.approx(density.values[inside], rel=1e-6, abs=1e-30)
        assert np.all(np.isnan(y[~inside]))
        text = f"{density.name}: {number(density.entropy / unit.nats)}"
        assert any(w.startswith(text) for w in reading.words(figure))
        assert number(density.entropy / unit.nats) in alt
    cut = max(d.values.max() for d in scene.densities) > top
    assert cut == any("↑" in w for w in reading.words(figure))


@pytest.mark.parametrize("unit", [BITS, NATS, BANS], ids=lambda u: u.name)
def test_the_lines_over_sigma_pass_through_the_marked_points(unit):
    scene = scenes.continuous(0.1)
    figure, alt, (handle,) = figures.entropy_of_scale(scene, unit)
    for i, density in enumerate(scene.densities):
        scales, y = reading.drawn(figure, 1 + 2 * i)
        at = reading.drawn(figure, 2 + 2 * i)
        assert (at[0][0], at[1][0]) == pytest.approx((0.1, density.entropy / unit.nats), rel=1e-6)
        assert np.interp(math.log(0.1), np.log(scales), y) == pytest.approx(density.entropy / unit.nats, abs=1e-5)
    assert handle.sets == ("entropy_sigma", None)
    assert (handle.x, handle.y) == pytest.approx((0.1, scene.densities[0].entropy / unit.nats))
    assert "negative" in reading.title(figure)
    assert alt.endswith("negative.")
    assert "negative" not in reading.title(figures.entropy_of_scale(scenes.continuous(1.0), unit).figure)
