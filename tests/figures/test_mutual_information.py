"""The pictures of the Mutual information page: records in, values and labels out."""

import csv
import io
import math
import re
from contextlib import redirect_stdout

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scenes import mutual_information as scenes
from core.table import Column, Table
from core.units import BITS, NATS, UNITS
from pages.figures import mutual_information as figures
from pages.figures.style import number, quantity
from pages.shell.take import table
from tests import printed, strategies
from tests.figures import reading

NAMES = ("Weather", "Umbrella")
ROWS, COLUMNS = [f"a{i}" for i in range(6)], [f"b{i}" for i in range(6)]
TABLES = {
    "usual": [[8, 2], [1, 9]],
    "independent": [[42, 18], [28, 12]],
    "copy": [[1, 0], [0, 1]],
    "certain": [[1, 0], [0, 0]],
    "one constant": [[1, 1], [0, 0]],
    "nested": [[1, 0], [0, 1], [1, 0], [0, 1], [1, 0], [0, 1]],
    "around": [[1, 0, 1], [0, 1, 0]],
    "nearly independent": [[2500001, 2499999], [2499999, 2500001]],
    "six by six": (np.eye(6, dtype=int) * 5 + 1).tolist(),
    "most likely once": [[9998, 1], [1, 0]],
}
PICTURES = {
    **{f"venn, {k}": lambda u, c=c: figures.venn(scenes.joint(c), u, NAMES) for k, c in TABLES.items()},
    **{f"venn hidden, {k}": lambda u, c=c: hidden(c, u) for k, c in TABLES.items()},
    **{f"pointwise, {k}": lambda u, c=c: cells(c, u)[2] for k, c in TABLES.items()},
    **{
        f"atoms, {r}, {e}": lambda u, r=r, e=e: figures.atoms(scenes.three(r, e), u)
        for r in scenes.TRIPLES
        for e in (0.0, 0.2, 0.5)
    },
    **{
        f"gaussian, {r}, {n}, {k}": lambda u, r=r, n=n, k=k: figures.gaussian(scenes.gaussian(r, n, k, 1), u)
        for r, n, k in ((0.0, 50, 20), (0.8, 500, 3), (-0.99, 50, 1), (0.99, 2000, 20))
    },
    **{
        f"shape, {s}, {e}": lambda u, s=s, e=e: figures.shape(scenes.shape(s, e, 200, 3, 1), u)
        for s in scenes.SHAPES
        for e in (0.01, 0.5)
    },
    "columns, numbers": lambda u: pair(u, "sepal length", "petal width"),
    "columns, number and label": lambda u: pair(u, "petal length", "species"),
    "columns, label and number": lambda u: pair(u, "species", "petal length"),
    "columns, labels": lambda u: figures.pair(labels(), u),
    **{
        f"contrast, {r}, {n}": lambda u, r=r, n=n: figures.contrast(scenes.contrast(r, n, 1), u)
        for r, n in ((0.0, 2), (0.99, 16), (0.999, 256))
    },
}
WITHOUT_UNIT = {f"joint and product, {k}": lambda c=c, i=i: cells(c)[i] for k, c in TABLES.items() for i in (0, 1)}
EVERY = PICTURES | {name: lambda _unit, build=build: build() for name, build in WITHOUT_UNIT.items()}


def pair(unit, first, second):
    return figures.pair(scenes.pair(scenes.example(), first, second), unit)


def hidden(counts, unit):
    return figures.venn(scenes.joint(counts, 0.3), unit, NAMES, 0.3)


def cells(counts, unit=BITS):
    return figures.cells(scenes.joint(counts), unit, ROWS[: len(counts)], COLUMNS[: len(counts[0])])


def labels():
    """Two columns of labels with names that strangers give."""
    names = ("<b>one</b>", "a name that is far too long to stand beside an axis", "c")
    first = Column("<i>first</i>", np.arange(60) % 3, names)
    second = Column("second", np.arange(60) // 3 % 2, ("no", "yes"))
    return scenes.pair(Table((first, second), "second", 60, (), "utf-8", "comma", True, ".", "x"), first.name, "second")


def area(trace) -> float:
    """What a closed outline encloses."""
    x, y = np.asarray(trace.x, float), np.asarray(trace.y, float)
    return 0.5 * abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)))


# --- true of every picture


@pytest.mark.parametrize("build", EVERY.values(), ids=EVERY)
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build):
    figure, alt, _ = build(NATS)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d|\bbits\b", said), said


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_amounts_are_named_in_the_chosen_unit(build):
    for unit in UNITS:
        figure, alt, _ = build(unit)
        said = f"{reading.all_text(figure)} {alt}"
        others = [u.name for u in UNITS if u is not unit]
        assert unit.symbol in said
        assert not re.search(rf"\b({'|'.join(others)})\b", said)


@pytest.mark.parametrize("build", EVERY.values(), ids=EVERY)
def test_every_handle_lies_on_the_picture_and_says_its_value(build):
    figure, _, handles = build(BITS)
    for h in handles:
        x, y = figure.layout[h.xaxis], figure.layout[h.yaxis]
        for axis, value, limits in ((x, h.x, h.xlim), (y, h.y, h.ylim)):
            low, high = axis.range
            assert low <= (math.log10(value) if axis.type == "log" else value) <= high
            assert limits[0] - 1e-9 <= value <= limits[1] + 1e-9
        assert h.label
        assert re.search(r"\d", h.text)


@pytest.mark.parametrize("group", ["atoms", "gaussian", "shape", "contrast", "pointwise", "joint and product"])
def test_axes_hold_still_whatever_is_shown(group):
    found = [reading.ranges(build(BITS).figure) for name, build in EVERY.items() if name.startswith(group)]
    assert len(found) > 2
    assert all(r == found[0] for r in found)


@given(strategies.count_tables(max_side=2, largest=10**6))
def test_the_scale_of_the_circles_depends_on_nothing_but_the_size_of_the_table(counts):
    shown = figures.venn(scenes.joint(counts), BITS, NAMES)
    assert reading.ranges(shown.figure) == reading.ranges(PICTURES["venn, copy"](BITS).figure)


# --- circles and bars


@given(strategies.count_tables(max_side=6, largest=10**6))
def test_circles_and_lens_enclose_the_entropies_and_the_information(counts):
    scene = scenes.joint(counts)
    figure = figures.venn(scene, BITS, NAMES).figure
    first, second, _, lens = figure.data[:4]
    for outline, amount in ((first, scene.h_x), (second, scene.h_y), (lens, scene.information)):
        assert area(outline) == pytest.approx(amount, rel=2e-3, abs=1e-6)
    for outline in (first, second, lens):
        low, high = figure.layout.xaxis.range
        assert low <= min(outline.x) <= max(outline.x) <= high
        assert max(np.abs(outline.y)) <= figure.layout.yaxis.range[1]


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("counts", TABLES.values(), ids=TABLES)
def test_the_bars_lie_so_that_what_is_shared_lies_under_itself(counts, unit):
    scene = scenes.joint(counts)
    bars = [t for t in figures.venn(scene, unit, NAMES).figure.data if t.type == "bar"]
    spans = [(float(t.base[0]) * unit.nats, float(t.base[0] + t.x[0]) * unit.nats) for t in bars]
    x, y, only_x, both, only_y = spans
    near = dict(abs=1e-6)
    assert x == pytest.approx((0, scene.h_x), **near)
    assert y == pytest.approx((scene.h_xy - scene.h_y, scene.h_xy), **near)
    assert both == pytest.approx((y[0], x[1]), **near)
    assert only_x == pytest.approx((0, y[0]), **near)
    assert only_y == pytest.approx((x[1], scene.h_xy), **near)


@given(counts=strategies.count_tables(max_side=6, largest=10**6), unit=st.sampled_from(UNITS))
def test_the_identity_adds_up_as_printed(counts, unit):
    scene = scenes.joint(counts)
    said = figures.notice(scene, unit, ROWS, COLUMNS)
    parts, total = re.search(r"H\(Y\|X\) = (.*?) = (.*?)\. ", said).groups()
    assert sum(map(printed.value, parts.split(" + "))) == printed.first(total)
    assert total == quantity(scene.h_xy, unit)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("usual", "Umbrella tells 0.3973 bits of the 1 bit in Weather"),
        ("independent", "Weather and Umbrella tell nothing about each other: the circles only touch"),
        ("copy", "Weather and Umbrella tell everything about each other: one circle of 1 bit"),
        ("nested", "Weather settles Umbrella: its 1 bit lies inside"),
        ("around", "Umbrella settles Weather: its 0.9183 bits lie inside"),
        ("one constant", "Umbrella varies, Weather does not: nothing to tell"),
        ("certain", "Nothing varies: both circles are empty"),
    ],
)
def test_the_title_says_how_the_circles_lie(name, said):
    assert reading.title(PICTURES[f"venn, {name}"](BITS).figure) == said


def test_a_guess_hides_the_information_and_everything_that_gives_it_away():
    figure, alt, handles = figures.venn(scenes.joint(TABLES["usual"], 0.3), BITS, NAMES, 0.3)
    said = f"{reading.all_text(figure)} {alt}"
    assert not any(n in said for n in ("0.3973", "0.6027", "0.5955", "1.595"))
    assert handles == ()
    assert not [t for t in figure.data if t.type == "bar"]
    assert area(figure.data[3]) == pytest.approx(0.3, rel=1e-3)
    assert quantity(0.3, BITS) in alt


def test_before_the_grip_stays_as_a_ghost():
    now, past = scenes.joint(TABLES["usual"]), scenes.joint(TABLES["copy"])
    plain, ghosted = (figures.venn(now, BITS, NAMES, None, before).figure for before in (None, past))
    assert len(ghosted.data) == len(plain.data) + 2
    assert area(ghosted.data[0]) == pytest.approx(past.h_x, rel=1e-3)


@given(strategies.count_tables(max_side=6, largest=10**6), st.floats(0, 1))
def test_the_place_of_the_second_circle_and_its_distance_are_each_other_s_inverse(counts, part):
    scene = scenes.joint(counts)
    a, b = scene.venn.radius_a, scene.venn.radius_b
    distance = abs(a - b) + part * (a + b - abs(a - b))
    assert figures.distance_of(scene, figures.place_of(scene, distance)) == pytest.approx(distance, abs=1e-12)


# --- joint, product, pointwise


@pytest.mark.parametrize("counts", TABLES.values(), ids=TABLES)
def test_cells_are_colored_in_one_scale_and_carry_their_numbers(counts):
    scene = scenes.joint(counts)
    joint, product, pointwise = (p.figure for p in cells(counts))
    assert (joint.data[0].zmin, joint.data[0].zmax) == (product.data[0].zmin, product.data[0].zmax)
    assert joint.data[0].colorscale == product.data[0].colorscale
    assert np.asarray(joint.data[0].z) == pytest.approx(scene.p, rel=1e-6, abs=1e-30)
    assert np.asarray(product.data[0].z) == pytest.approx(np.outer(scene.x, scene.y), rel=1e-6, abs=1e-30)
    assert pointwise.data[0].zmin == -pointwise.data[0].zmax
    finite = np.isfinite(scene.pmi)
    assert np.asarray(pointwise.data[0].z)[finite] == pytest.approx(scene.pmi[finite] / BITS.nats, rel=1e-5, abs=1e-12)
    said = reading.words(pointwise)
    assert [w == "−∞" for w in said] == (~finite).ravel().tolist()


def test_pairs_that_never_occur_are_said_to_be_infinite():
    pointwise = cells(TABLES["copy"])[2]
    assert reading.title(pointwise.figure) == "a0 never occurs with b1, nor 1 other pair: minus infinity"
    assert pointwise.alt.endswith("2 pairs never occur together: pointwise minus infinity.")
    loss = [w for w, c in zip(reading.words(pointwise.figure), pointwise.figure.data[1].textfont.color, strict=True)
            if c == "#b3261e"]  # fmt: skip
    assert loss == ["−∞", "−∞"]


def test_what_would_lie_elsewhere_is_the_total_variation():
    _, product, _ = cells(TABLES["usual"])
    assert reading.title(product.figure) == "If independent, 0.35 would lie elsewhere"


# --- sums, table, snippet


@given(counts=strategies.count_tables(max_side=6, largest=10**6), unit=st.sampled_from(UNITS))
def test_the_worked_sum_ends_in_the_information_and_has_a_term_for_each_possible_pair(counts, unit):
    scene = scenes.joint(counts)
    products, line = figures.worked(scene, unit)
    terms, _, total = line.rpartition(" = ")
    assert len(terms.split(" + ")) == len(products.split(" + ")) == (scene.p > 0).sum()
    assert sum(map(printed.value, terms.split(" + "))) == printed.first(total)
    assert total == quantity(scene.information, unit)


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("counts", TABLES.values(), ids=TABLES)
def test_table_and_snippet_give_the_information(counts, unit):
    scene = scenes.joint(counts)
    columns, snippet = figures.taken(scene, unit, counts, ROWS[: len(counts)], COLUMNS[: len(counts[0])])
    rows = list(csv.DictReader(io.StringIO(table(columns))))
    assert len(rows) == len(counts) * len(counts[0])
    assert [r["x"] for r in rows[: len(counts[0])]] == ["a0"] * len(counts[0])
    total = math.fsum(float(r[f"contribution ({unit.name})"]) for r in rows)
    assert total * unit.nats == pytest.approx(scene.information, rel=1e-9, abs=1e-14)
    with redirect_stdout(io.StringIO()) as out:
        exec(snippet, {})
    assert float(out.getvalue()) * unit.nats == pytest.approx(scene.information, rel=1e-12, abs=1e-15)


# --- three variables, clouds, candidates


def test_a_negative_center_is_a_bar_to_the_left_and_called_so():
    figure, alt, _ = figures.atoms(scenes.three("XOR", 0.0), BITS)
    bars = [t for t in figure.data if t.type == "bar"]
    assert [round(float(t.x[0]), 6) for t in bars] == [0, 0, 0, 1, 1, 1, -1]
    assert bars[-1].marker.pattern.shape == "/"
    assert reading.title(figure).startswith("XOR: the center is −1 bit")
    assert "I(X;Y;Z) −1" in alt
    assert figures.atoms_said(scenes.three("XOR", 0.0), BITS)[1].startswith("Knowing Z raises what X and Y share")
    assert figures.atoms_said(scenes.three("Copy", 0.1), BITS)[1].startswith("Knowing Z lowers what X and Y share")


def test_estimate_and_closed_form_stand_beside_each_other():
    scene = scenes.gaussian(0.8, 500, 3, 1)
    figure, alt, (handle,) = figures.gaussian(scene, NATS)
    estimate, exact = (t for t in figure.data if t.mode == "markers" and t.xaxis == "x2")
    assert (float(estimate.x[0]), float(estimate.y[0])) == pytest.approx((0.8, scene.estimate), rel=1e-6)
    assert (float(exact.x[0]), float(exact.y[0])) == pytest.approx((0.8, scene.information), rel=1e-6)
    assert estimate.marker.symbol != exact.marker.symbol
    assert handle.sets == ("mutual_rho", None)
    assert number(abs(scene.estimate - scene.information)) in reading.title(figure)
    assert quantity(scene.estimate, NATS) in alt


@pytest.mark.parametrize("rho", [0.0, 0.9, 0.999])
def test_infonce_is_drawn_under_its_ceiling(rho):
    scene = scenes.contrast(rho, 16, 1)
    figure, alt, (handle,) = figures.contrast(scene, BITS)
    ceiling, bounds = (t for t in figure.data if t.mode == "lines" and len(t.x) == len(scene.sizes))
    assert np.asarray(ceiling.y) == pytest.approx(np.arange(1, 9), rel=1e-6)
    assert np.all(np.asarray(bounds.y) <= np.asarray(ceiling.y) + 1e-6)
    assert (handle.x, handle.y) == pytest.approx((16, BITS.from_nats(scene.bound)))
    assert "log 16 = 4 bits" in alt


# --- two columns of a table


def test_the_kind_of_the_estimate_is_said():
    for (first, second), kind in {
        ("sepal length", "petal width"): "Kraskov", ("petal length", "species"): "Ross",
    }.items():  # fmt: skip
        scene = scenes.pair(scenes.example(), first, second)
        numbers, said = figures.pair_said(scene, BITS)
        assert numbers["Estimate of I"] == quantity(scene.estimate, BITS)
        assert ("Correlation" in numbers) == (kind == "Kraskov")
        assert f"({kind}) in 150 rows." in said
    said = figures.pair_said(labels(), BITS)[1]
    assert said.startswith("Estimated from counted pairs in 60 rows. Chance alone would add about 0.02404 bits.")


def test_names_of_strangers_are_shown_as_they_stand():
    figure, alt, _ = figures.pair(labels(), BITS)
    texts = [*figure.layout.yaxis.ticktext, reading.title(figure), *reading.axis_titles(figure), alt]
    assert not any("<" in text for text in texts)
    assert list(figure.layout.yaxis.ticktext) == ["‹b›one‹/b›", "a name that is fa…", "c"]


def test_numbers_stand_at_their_values_and_labels_in_their_rows():
    scene = scenes.pair(scenes.example(), "petal length", "species")
    figure = figures.pair(scene, BITS).figure
    x, y = reading.drawn(figure, 0)
    assert x == pytest.approx(scene.first.values, rel=1e-6)
    assert [figure.layout.yaxis.ticktext[round(v)] for v in y] == [scene.second.names[c] for c in scene.second.values]


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_each_claim_is_settled_by_a_number(unit):
    settled = figures.claims(scenes.claims(), unit)
    assert len(settled) == 5
    assert all(re.search(r"\d", text) and unit.symbol in text for text in settled.values())
    assert quantity(-math.log(2), unit) in settled["What three variables share is an area."]
