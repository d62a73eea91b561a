"""The pictures of the VAE page: records in, values and labels out."""

import io
import math
import re
from contextlib import redirect_stdout

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scenes import vae_kl as scenes
from core.units import BITS, NATS, UNITS
from pages.figures import vae_kl as figures
from tests import printed
from tests.figures import reading

BETAS = (0.05, 50.0)
POSTERIORS = {
    "usual": (1.0, 0.5), "the prior": (0.0, 1.0), "almost the prior": (1e-9, 1.0), "narrow": (-3.0, 0.05),
    "wide": (3.0, 3.0), "centered and wide": (0.0, 2.0), "only the width": (0.0, 0.3),
}  # fmt: skip
SPECTRA = {
    "usual": ([4.0, 2.0, 1.0, 0.3], 0.5, 1.0), "all collapsed": ([4.0, 2.0], 2.0, 50.0), "none": ([5.0, 4], 0.1, 0.05),
    "at the threshold": ([2.0, 1.0], 0.5, 2.0), "nothing to say": ([0.0], 1.0, 1.0), "eight": ([5.0] * 8, 0.1, 3.0),
}  # fmt: skip
VECTORS = {
    "usual": ([0.5, -0.3, 0.1], [-0.5, 0.2, -0.1]), "the prior": ([0.0, 0.0], [0.0, 0.0]), "one": ([1.0], [0.0]),
    "far": ([10.0, -10.0], [5.0, -15.0]), "twelve": ([1.0] * 12, [-2.0] * 12),
}  # fmt: skip
posteriors = pytest.mark.parametrize(("mu", "sigma"), POSTERIORS.values(), ids=POSTERIORS)
spectra = pytest.mark.parametrize(("spectrum", "noise", "beta"), SPECTRA.values(), ids=SPECTRA)
units = pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)


def plane(mu, sigma, unit=BITS, logarithmic=False, guess=None):
    return figures.plane(scenes.surface(logarithmic), scenes.point(mu, sigma, logarithmic), unit, guess)


def surface(mu, sigma, unit=BITS, logarithmic=False, turn=-60):
    return figures.surface(scenes.surface(logarithmic), scenes.point(mu, sigma, logarithmic), unit, turn)


def linear(name, state, unit):
    at = scenes.trained(*state)
    over = scenes.tradeoff(*state[:2], *BETAS, points=31)
    lowest = scenes.landscape(state[0][0], *state[1:], points=21)
    return {
        "spectrum": lambda: figures.spectrum(at, unit, BETAS),
        "landscape": lambda: figures.landscape(lowest, at, unit),
        "tradeoff": lambda: figures.tradeoff(over, at, unit),
    }[name]()


# Every picture at ordinary and at extreme states, by a name that says which.
PICTURES = {
    f"{kind}, {name}, {'log' if log else 'plain'}": lambda unit, b=build, s=state, log=log: b(*s, unit, log)
    for kind, build in (("plane", plane), ("surface", surface))
    for name, state in POSTERIORS.items()
    for log in (False, True)
}
PICTURES |= {
    f"plane hidden, {name}": lambda unit, s=state: plane(*s, unit, guess=1.0) for name, state in POSTERIORS.items()
}
PICTURES |= {
    f"draws, {name}, {n}": lambda unit, s=state, n=n: figures.draws(scenes.draws(*s, n, 1), unit)
    for name, state in POSTERIORS.items()
    for n in (5, 2000)
}
PICTURES |= {
    f"dimensions, {name}": lambda unit, s=state: figures.dimensions(scenes.dimensions(*s), unit)
    for name, state in VECTORS.items()
}
PICTURES |= {
    f"{kind}, {name}": lambda unit, k=kind, s=state: linear(k, s, unit)
    for kind in ("spectrum", "landscape", "tradeoff")
    for name, state in SPECTRA.items()
}
pictures = pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)


def marked(figure, symbol=None):
    """The traces of points, or those of one symbol."""
    points = [t for t in figure.data if t.type == "scatter" and t.mode == "markers"]
    return [t for t in points if symbol in (None, t.marker.symbol)]


# --- true of every picture


@units
@pictures
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build, unit):
    figure, alt, _ = build(unit)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    assert re.search(r"\d", alt)
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d", said), said
    assert not [u.name for u in UNITS if u is not unit and re.search(rf"\b{u.name}\b", said)]


@pictures
def test_every_handle_lies_on_the_picture_and_says_its_value(build):
    figure, _, handles = build(BITS)
    for handle in handles:
        for place, axis in ((handle.x, figure.layout.xaxis), (handle.y, figure.layout.yaxis)):
            position = math.log10(place) if axis.type == "log" else place
            assert axis.range[0] - 1e-9 <= position <= axis.range[1] + 1e-9
        assert handle.xlim[0] - 1e-9 <= handle.x <= handle.xlim[1] + 1e-9
        assert re.search(r"\d", handle.text)


@pytest.mark.parametrize("group", ["plane.*plain", "plane.*log", "draws", "spectrum, (usual|at)", "landscape"])
def test_axes_hold_still_whatever_is_shown(group):
    found = [reading.ranges(build(BITS).figure)[1:] for name, build in PICTURES.items() if re.match(group, name)]
    assert len(found) > 1
    assert all(ranges == found[0] for ranges in found)


def test_the_axes_of_the_tradeoff_hold_still_while_beta_moves():
    found = [reading.ranges(linear("tradeoff", ([4.0, 2.0], 0.5, beta), BITS).figure) for beta in (0.05, 1.0, 50.0)]
    assert found[0] == found[1] == found[2]


# --- the plane and the surface


@units
@posteriors
def test_the_title_is_the_charge_and_the_contours_are_the_record(mu, sigma, unit):
    shown, at, over = plane(mu, sigma, unit), scenes.point(mu, sigma), scenes.surface(False)
    assert printed.shows(reading.title(shown.figure).partition("costs ")[2].rpartition(" ")[0], at.kl / unit.nats)
    assert np.asarray(shown.figure.data[0].z) == pytest.approx(over.kl / unit.nats, rel=1e-6, abs=1e-6)
    (handle,) = shown.handles
    assert (handle.x, handle.y) == (mu, sigma)
    assert [(t.x[0], t.y[0]) for t in marked(shown.figure, "circle")] == [pytest.approx((mu, sigma), rel=1e-6)]
    assert [(t.x[0], t.y[0]) for t in marked(shown.figure, "star")] == [(0, 1)]


def test_on_the_logarithmic_axis_the_prior_is_at_zero():
    shown = plane(1.0, 0.5, logarithmic=True)
    assert [(t.x[0], t.y[0]) for t in marked(shown.figure, "star")] == [(0, 0)]
    assert shown.handles[0].y == pytest.approx(2 * math.log(0.5))


@posteriors
def test_the_arrow_starts_at_the_point_and_ends_where_the_record_says(mu, sigma):
    at, figure = scenes.point(mu, sigma), plane(mu, sigma).figure
    (arrow,) = [t for t in figure.data if t.type == "scatter" and t.mode == "lines+markers"]
    assert list(arrow.x) == pytest.approx([mu, at.arrow[0]], rel=1e-6, abs=1e-6)
    assert list(arrow.y) == pytest.approx([sigma, at.arrow[1]], rel=1e-6, abs=1e-6)
    assert ("−gradient" in reading.words(figure)) == (at.kl > 0)


@posteriors
def test_a_hidden_charge_is_nowhere_to_be_read(mu, sigma):
    hidden = plane(mu, sigma, guess=0.5)
    said = f"{reading.all_text(hidden.figure)} {hidden.alt}"
    assert "hidden" in hidden.alt
    assert figures.quantity(scenes.point(mu, sigma).kl, BITS) not in said
    assert len(hidden.figure.data) == len(plane(mu, sigma).figure.data) - 1  # the arrow is gone
    assert hidden.figure.data[0].showscale is False


@units
@posteriors
@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_point_stands_on_the_surface_at_its_charge(mu, sigma, logarithmic, unit):
    figure = surface(mu, sigma, unit, logarithmic).figure
    at, over = scenes.point(mu, sigma, logarithmic), scenes.surface(logarithmic)
    sheet, places = figure.data[0], figure.data[-1]
    assert (places.x[1], places.y[1]) == (pytest.approx(mu, abs=1e-6), pytest.approx(at.width, abs=1e-6))
    top = figure.layout.scene.zaxis.range[1]
    assert places.z[1] == pytest.approx(at.kl / unit.nats, abs=0.02 * top)
    assert top >= over.kl.max() / unit.nats
    assert np.sort(sheet.z) == pytest.approx(np.sort(over.kl.ravel() / unit.nats), rel=1e-6, abs=1e-6)
    corners = max(max(sheet.i), max(sheet.j), max(sheet.k))
    assert corners == sheet.z.size - 1


def test_the_surface_looks_from_the_side_that_is_asked_for_and_keeps_what_a_hand_turned():
    eyes = [surface(1.0, 0.5, turn=turn).figure.layout.scene.camera.eye for turn in (0, 90)]
    assert (eyes[0].y, eyes[1].x) == (pytest.approx(0, abs=1e-9), pytest.approx(0, abs=1e-9))
    assert eyes[0].x > 1
    scene_a, scene_b = (surface(mu, 0.5).figure.layout.scene for mu in (0.0, 2.0))
    assert scene_a.uirevision == scene_b.uirevision is not None
    assert scene_a.camera == scene_b.camera


@units
@given(mu=st.floats(-3, 3), sigma=st.floats(0.05, 3))
def test_the_printed_parts_add_up(mu, sigma, unit):
    at = scenes.point(mu, sigma)
    products, parts = figures.worked(at, unit)
    terms, _, total = parts.rpartition(" = ")
    assert total == figures.readouts(at, unit, False)["Charged by the prior"]
    printed_terms = [printed.value(t) for t in terms.split(" + ")]
    assert sum(printed_terms) == printed.first(total)
    factors = [re.split(r" × (?!10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])", product) for product in products.split(" + ")]
    by_hand = sum(math.prod(float(printed.value(f)) for f in pair) for pair in factors)
    assert by_hand == pytest.approx(at.kl / unit.nats, rel=2e-3, abs=1e-12)


@posteriors
@units
def test_the_snippet_prints_the_charge(mu, sigma, unit):
    at = scenes.point(mu, sigma)
    columns, snippet = figures.taken(at, unit)
    with redirect_stdout(io.StringIO()) as out:
        exec(snippet, {})
    assert float(out.getvalue()) == pytest.approx(at.kl / unit.nats, rel=1e-12)
    assert sum(columns[f"contribution ({unit.name})"]) == pytest.approx(at.kl / unit.nats, rel=1e-12, abs=1e-300)


def test_what_to_notice_fits_the_posterior():
    notices = {name: figures.finding(scenes.point(*state), NATS) for name, state in POSTERIORS.items()}
    assert "nothing is charged" in notices["the prior"]
    assert "Wider than the prior: 0.8069 nats" in notices["centered and wide"]
    assert "its mean costs nothing" in notices["only the width"]
    assert "its mean costs 4.5 nats" in notices["narrow"]
    assert "all 0.5 nats are charged for the mean" in figures.finding(scenes.point(1.0, 1.0), NATS)


# --- draws and dimensions


@pytest.mark.parametrize("n", [5, 30, 2000])
def test_each_draw_is_connected_with_its_noise(n):
    scene = scenes.draws(1.0, 0.5, n, 3)
    figure = figures.draws(scene, BITS).figure
    x, y = reading.drawn(figure, 0)
    shown = min(n, figures.SHOWN)
    assert x.reshape(shown, 3)[:, 0] == pytest.approx(scene.noise[:shown], rel=1e-6)
    assert x.reshape(shown, 3)[:, 1] == pytest.approx(scene.z[:shown], rel=1e-6)
    assert np.all(np.isnan(y.reshape(shown, 3)[:, 2]))
    assert f"{n} draws say" in reading.title(figure)
    assert printed.shows(re.search(r"say (\S+)", reading.title(figure))[1], scene.estimate / BITS.nats)


def test_a_peak_beyond_the_picture_and_draws_beyond_it_are_said():
    assert [w for w in reading.words(figures.draws(scenes.draws(0.0, 0.05, 30, 1), BITS).figure) if "↑ 7.979" in w]
    wide = scenes.draws(3.0, 3.0, 40, 1)
    beyond = int(np.sum(np.abs(wide.z) > 6))
    assert beyond > 0
    assert f"{beyond} beyond" in reading.words(figures.draws(wide, BITS).figure)


@units
@pytest.mark.parametrize(("mu", "logvar"), VECTORS.values(), ids=VECTORS)
def test_the_bars_of_a_dimension_are_its_two_parts(mu, logvar, unit):
    scene = scenes.dimensions(mu, logvar)
    figure = figures.dimensions(scene, unit).figure
    heights = [reading.drawn(figure, i)[1] for i in (0, 1)]
    assert heights[0] + heights[1] == pytest.approx(scene.kl / unit.nats, rel=1e-6)
    assert printed.first(reading.title(figure).partition("cost")[2]) == printed.first(
        f"{figures.quantity(scene.total, unit)}"
    )
    assert figure.layout.yaxis.range[1] > scene.kl.max() / unit.nats


# --- the linear model


@spectra
def test_what_is_given_up_and_what_is_kept_make_up_each_eigenvalue(spectrum, noise, beta):
    at = scenes.trained(spectrum, noise, beta)
    shown = figures.spectrum(at, BITS, BETAS)
    below, above = (reading.drawn(shown.figure, i)[1] for i in (0, 1))
    assert below + above == pytest.approx(spectrum, rel=1e-6, abs=1e-6)
    assert below == pytest.approx(np.minimum(spectrum, beta * noise), rel=1e-6)
    assert reading.words(shown.figure).count("collapsed") == len(spectrum) - at.used
    assert f"leaves {at.used} of {len(spectrum)}" in reading.title(shown.figure)
    assert shown.handles[0].along == "y"


@spectra
def test_both_best_encoders_are_marked_and_meet_at_the_prior(spectrum, noise, beta):
    at, scene = scenes.trained(spectrum, noise, beta), scenes.landscape(spectrum[0], noise, beta, points=21)
    figure = figures.landscape(scene, at, BITS).figure
    (stars,) = marked(figure, "star")
    assert list(stars.x) == pytest.approx([scene.best[0], -scene.best[0]], abs=1e-6)
    assert list(stars.y) == pytest.approx([scene.best[1]] * 2, abs=1e-6)
    assert ("the prior, (0, 1)" in reading.title(figure)) == (spectrum[0] <= beta * noise)


@spectra
@units
def test_the_curves_of_the_tradeoff_add_up(spectrum, noise, beta, unit):
    at = scenes.trained(spectrum, noise, beta)
    shown = figures.tradeoff(scenes.tradeoff(spectrum, noise, *BETAS, points=31), at, unit)
    misfit, rate, total = (reading.drawn(shown.figure, i)[1] for i in range(3))
    assert misfit + rate == pytest.approx(total, rel=1e-5, abs=1e-6)
    assert shown.handles[0].y == pytest.approx((at.misfit + at.rate) / unit.nats, rel=1e-9)
    parts, _, bound = reading.title(shown.figure).partition(" = ")
    first, sign, second = re.fullmatch("Bound (.*) ([+−]) (.*)", parts).groups()
    constant = printed.value(second) if sign == "+" else -printed.value(second)
    assert printed.value(first) + constant == printed.first(bound) == printed.first(figures.quantity(at.elbo, unit))
    assert float(constant) == pytest.approx(-len(spectrum) * math.log(2 * math.pi * noise) / 2 / unit.nats, abs=1e-2)


def test_the_next_collapse_is_named():
    assert "The next collapses at β = λ/σ² = 2." in figures.walked(scenes.trained([4.0, 1.0, 0.3], 0.5, 1.0), BITS)
    assert figures.walked(scenes.trained([4.0, 1.0, 0.3], 0.5, 1.0), BITS).startswith("1 dimension has collapsed")
    assert figures.walked(scenes.trained([4.0], 0.5, 9.0), BITS).startswith("Every dimension has collapsed")


@units
def test_the_claims_carry_their_numbers(unit):
    said = figures.claims(scenes.claims(), unit)
    assert len(said) == 3
    assert all(re.search(r"\d", settled) for settled in said.values())
    first = next(iter(said.values()))
    narrow, wide = re.search(r"it is ([\d.]+) \w+, at σ = 2 ([\d.]+)", first).groups()
    assert float(narrow) == pytest.approx((0.25 - 1 + math.log(4)) / 2 / unit.nats, rel=1e-3)
    assert float(wide) == pytest.approx((4 - 1 - math.log(4)) / 2 / unit.nats, rel=1e-3)
