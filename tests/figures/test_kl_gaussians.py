"""The pictures of the KL page: records in, values and labels out."""

import csv
import io
import math
import re
from contextlib import redirect_stdout

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.scenes import kl_gaussians as scenes
from core.scenes.kl_gaussians import Normal
from core.units import BITS, NATS, UNITS
from pages.figures import kl_gaussians as figures
from pages.figures.style import number
from pages.shell.take import table
from tests import printed, strategies
from tests.figures import reading

PAIRS = {
    **scenes.PAIRS,
    "at the ends": (Normal(-4, 0.4), Normal(4, 3)),
    "hardly apart": (Normal(0, 1), Normal(1e-6, 1)),
    "off the picture": (Normal(-4, 3), Normal(4, 0.4)),
}
MIXTURES = {
    **scenes.MIXTURES,
    "default": (Normal(-2, 0.7), Normal(2, 0.7), 0.6),
    "tall": (Normal(-4, 0.4), Normal(4, 2), 0.98),
    "one": (Normal(1, 0.5), Normal(1, 0.5), 0.5),
}
OUTCOMES = {
    "usual": ([0.7, 0.2, 0.1], [0.3, 0.4, 0.3]),
    "impossible for Q": ([0.6, 0.3, 0.1], [0.5, 0.5, 0]),
    "impossible for both": ([1, 0], [0, 1]),
    "equal": ([0.5, 0.5], [0.5, 0.5]),
    "eight against two": ([0.125] * 8, [0.5, 0.5]),
    "hardly apart": ([0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9]),
}
NAMES = "ABCDEFGH"
every_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)


def pair(name, unit=BITS, **more):
    return figures.pair(scenes.pair(*PAIRS[name]), unit, **more)


def landscapes(name, unit=BITS, start=(1.2, 0.5)):
    found = scenes.fit(*MIXTURES[name])
    survey = scenes.landscapes(*MIXTURES[name], columns=13, rows=9)
    return figures.landscapes(survey, found, scenes.descents(found, Normal(*start)), unit)


def outcomes(name, unit=BITS):
    scene = scenes.discrete(*OUTCOMES[name])
    return figures.discrete(scene, unit, NAMES[: scene.p.size])


PICTURES = {
    **{f"pair, {k}": lambda unit, k=k: pair(k, unit) for k in PAIRS},
    **{f"pair hidden, {k}": lambda unit, k=k: pair(k, unit, guess=0.7) for k in PAIRS},
    **{f"fit, {k}": lambda unit, k=k: figures.fit(scenes.fit(*MIXTURES[k]), unit) for k in MIXTURES},
    **{f"landscapes, {k}": lambda unit, k=k: landscapes(k, unit) for k in MIXTURES},
    **{f"landscapes from {s}": lambda unit, s=s: landscapes("default", unit, s) for s in ((-6, 0.2), (6, 6), (0, 1))},
    **{f"plane, {r}": lambda unit, r=r: figures.plane(scenes.plane(r), unit) for r in (-0.98, 0.0, 0.5, 0.98)},
    **{f"outcomes, {k}": lambda unit, k=k: outcomes(k, unit) for k in OUTCOMES},
}


def named(figure, name):
    """The one trace with this name."""
    (found,) = [t for t in figure.data if t.name == name]
    return found


def along(trace) -> np.ndarray:
    """The x of a trace, wherever it stands."""
    return np.asarray(trace.x, float) if trace.x is not None else trace.x0 + trace.dx * np.arange(len(trace.y))


# --- true of every picture


@every_unit
@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build, unit):
    figure, alt, handles = build(unit)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    assert re.search(r"\d", alt)
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d", said), said
    assert not [u.name for u in UNITS if u is not unit and re.search(rf"\b{u.name}\b", said)]
    for handle in handles:
        assert handle.xlim[0] - 1e-12 <= handle.x <= handle.xlim[1] + 1e-12
        assert handle.ylim[0] - 1e-12 <= handle.y <= handle.ylim[1] + 1e-12
        x_axis, y_axis = figure.layout[handle.xaxis], figure.layout[handle.yaxis]
        for axis, value in ((x_axis, handle.x), (y_axis, handle.y)):
            place = math.log10(value) if axis.type == "log" else value
            assert axis.range[0] - 1e-9 <= place <= axis.range[1] + 1e-9
        assert re.search(r"\d", handle.text)


@every_unit
@pytest.mark.parametrize("group", ["pair,", "pair hidden", "fit", "landscapes", "plane"])
def test_axes_hold_still_whatever_is_shown(group, unit):
    found = [reading.ranges(build(unit).figure) for name, build in PICTURES.items() if name.startswith(group)]
    assert len(found) > 2
    assert all(r == found[0] for r in found)


@every_unit
@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_labels_lie_on_their_axes(build, unit):
    """A word beyond the end of its axis would not be drawn."""
    figure = build(unit).figure
    for trace in figure.data:
        if trace.type == "scatter" and trace.mode == "text":
            for axis, values in ((trace.xaxis or "x", trace.x or ()), (trace.yaxis or "y", trace.y or ())):
                shown = figure.layout[f"{axis[0]}axis{axis[1:]}"]
                place = [math.log10(v) if shown.type == "log" else v for v in values]
                assert all(shown.range[0] <= v <= shown.range[1] for v in place)


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_a_narrow_screen_only_arranges_axes_that_there_are(build):
    figure = build(BITS).figure
    for name, change in ((figure.layout.meta or {}).get("narrow") or {}).items():
        assert set(change) == {"domain"}
        assert figure.layout[name].title is not None


# --- two Gaussians


@every_unit
@pytest.mark.parametrize("name", PAIRS)
def test_the_curves_are_the_densities_and_the_areas_are_what_is_paid(name, unit):
    scene, figure = scenes.pair(*PAIRS[name]), pair(name, unit).figure
    for trace, density in (("P", scene.p_density), ("Q", scene.q_density)):
        assert along(named(figure, trace)) == pytest.approx(scene.x, abs=1e-5)
        assert np.asarray(named(figure, trace).y) == pytest.approx(density, rel=1e-6, abs=1e-30)
    for way, cost, axis in (("KL(P‖Q)", scene.forward, "yaxis2"), ("KL(Q‖P)", scene.reverse, "yaxis3")):
        low, high = figure.layout[axis].range
        paid, saved = (np.asarray(named(figure, f"{what} for {way}").y, float) for what in ("paid", "saved"))
        assert paid.min() >= 0 >= saved.max()
        assert along(named(figure, f"paid for {way}")) == pytest.approx(scene.x[::2], abs=1e-5)
        expected = np.clip(cost.integrand[::2] / unit.nats, low, high)
        assert paid + saved == pytest.approx(expected, rel=1e-5, abs=1e-6)
        assert (np.abs(paid) + np.abs(saved)) == pytest.approx(np.abs(expected), rel=1e-5, abs=1e-6)


@every_unit
@pytest.mark.parametrize("name", PAIRS)
def test_title_and_labels_of_a_pair_say_both_divergences(name, unit):
    scene, shown = scenes.pair(*PAIRS[name]), pair(name, unit)
    one, other = re.fullmatch(r"Q in P’s place costs (.*) \w+, P in Q’s (.*) \w+", reading.title(shown.figure)).groups()
    assert printed.shows(one, scene.forward.kl / unit.nats)
    assert printed.shows(other, scene.reverse.kl / unit.nats)
    said = reading.words(shown.figure)
    assert any(w.startswith(f"KL(P‖Q) = {one} ") for w in said)
    assert any(w.startswith(f"KL(Q‖P) = {other} ") for w in said)


def test_what_is_paid_beyond_the_picture_is_cut_off_and_said():
    far, near = pair("Almost disjoint"), pair("Narrow and wide")
    most = scenes.pair(*PAIRS["Almost disjoint"]).forward.most / BITS.nats
    assert [w for w in reading.words(far.figure) if w.startswith("↑")] == [f"↑ cut off, up to {number(most)}"] * 2
    assert not [w for w in reading.words(near.figure) if w.startswith("↑")]


@pytest.mark.parametrize("name", ["Narrow and wide", "Almost disjoint", "at the ends"])
def test_a_hidden_divergence_can_be_read_nowhere(name):
    scene, (figure, alt, _) = scenes.pair(*PAIRS[name]), pair(name, guess=0.7)
    answer = number(BITS.from_nats(scene.reverse.kl))
    if scene.p.sigma != scene.q.sigma:
        assert answer not in f"{reading.all_text(figure)} {alt}"
    assert "KL(Q‖P): estimate 1.010 bits" in reading.words(figure)
    assert not [t for t in figure.data if t.name and "for KL(Q‖P)" in t.name]
    assert [t for t in figure.data if t.name and "for KL(P‖Q)" in t.name]


def test_peaks_set_the_means_and_shoulders_lie_one_deviation_beside_them():
    p, q = PAIRS["Narrow and wide"]
    handles = {h.name: h for h in pair("Narrow and wide").handles}
    assert {n: h.sets for n, h in handles.items()} == {
        "p": ("kl_mu_p", None), "p_width": (None, None), "q": ("kl_mu_q", None), "q_width": (None, None),
    }  # fmt: skip
    assert (handles["p"].x, handles["q"].x) == (p.mu, q.mu)
    assert (handles["p_width"].x, handles["q_width"].x) == (p.mu - p.sigma, q.mu + q.sigma)
    assert handles["p_width"].xlim == (p.mu - 3, p.mu - 0.4)
    assert handles["q_width"].y == pytest.approx(math.exp(-0.5) / (q.sigma * math.sqrt(2 * math.pi)))


@given(
    p=st.builds(Normal, st.floats(-4, 4), st.floats(0.4, 3)),
    q=st.builds(Normal, st.floats(-4, 4), st.floats(0.4, 3)),
    unit=st.sampled_from(UNITS),
)
def test_shift_and_width_add_up_to_the_readouts_as_printed(p, q, unit):
    scene = scenes.pair(p, q)
    readouts, (notice, _, lines) = figures.readouts(scene, unit), figures.said(scene, unit)
    for line, name in zip(lines, ("KL(P‖Q)", "KL(Q‖P)"), strict=True):
        shift, width, total, _, which = re.fullmatch(r"(.*) \+ (.*) = (.*) (\w+) (\(.*\))", line).groups()
        assert name.endswith(which)
        assert printed.value(shift) + printed.value(width) == printed.value(total)
        assert readouts[name].startswith(f"{total} ")
        assert re.fullmatch(rf"{re.escape(total)}, off by .*", readouts[f"quadrature, {which}"])
    assert notice.endswith(".")
    if p.sigma != q.sigma:
        times = re.search(r" is (.*) times KL", notice)
        costs = sorted((scene.forward.kl, scene.reverse.kl))
        assert printed.shows(times[1], costs[1] / costs[0])


def test_the_finding_of_equal_and_of_equally_wide_pairs():
    assert "equal" in figures.finding(scenes.pair(*PAIRS["Equal"]), BITS)
    assert "10 of them apart" in figures.finding(scenes.pair(*PAIRS["Almost disjoint"]), BITS)
    assert "KL(Q‖P) is 6.663 times KL(P‖Q)" in figures.finding(scenes.pair(*PAIRS["Narrow and wide"]), BITS)


@every_unit
@pytest.mark.parametrize("name", PAIRS)
def test_the_snippet_prints_both_divergences_and_the_table_has_all_digits(name, unit):
    scene = scenes.pair(*PAIRS[name])
    columns, snippet = figures.taken(scene, unit)
    with redirect_stdout(io.StringIO()) as out:
        exec(snippet, {})
    found = [float(line) for line in out.getvalue().split()]
    assert found == pytest.approx([scene.forward.kl / unit.nats, scene.reverse.kl / unit.nats], rel=1e-14, abs=0)
    rows = list(csv.DictReader(io.StringIO(table(columns))))
    assert [float(r["density of P"]) for r in rows] == scene.p_density.tolist()
    paid = [float(r[f"paid for KL(P‖Q) ({unit.name})"]) for r in rows]
    assert paid == pytest.approx((scene.forward.integrand / unit.nats).tolist(), rel=1e-14, abs=0)


# --- one Gaussian for two modes


@pytest.mark.parametrize("name", MIXTURES)
def test_every_optimum_is_drawn_with_a_star_at_its_peak(name):
    scene = scenes.fit(*MIXTURES[name])
    figure, alt, handles = figures.fit(scene, BITS)
    stars = named(figure, "optima")
    assert stars.marker.symbol == "star"
    assert np.asarray(stars.x) == pytest.approx([f.q.mu for f in scene.reverse], rel=1e-6, abs=1e-7)
    for i, found in enumerate(scene.reverse):
        curve = named(figure, f"optimum {i + 1}")
        assert np.asarray(curve.y) == pytest.approx(found.density, rel=1e-5, abs=1e-30)
    assert np.asarray(named(figure, "moments").y) == pytest.approx(scene.forward.density, rel=1e-5, abs=1e-30)
    many = len(scene.reverse)
    assert (f"one of {many} local optima" if many > 1 else "its one optimum") in reading.title(figure)
    assert [h.sets for h in handles] == [("kl_m1", None), ("kl_m2", None)]
    assert [h.x for h in handles] == [n.mu for n in MIXTURES[name][:2]]
    assert number(scene.forward.q.sigma) in alt


@every_unit
def test_the_readouts_of_a_fit_are_both_fits(unit):
    scene = scenes.fit(*MIXTURES["default"])
    shown = figures.fit_readouts(scene, unit)
    assert shown["Moments: μ, σ"] == "−0.4, 2.081"  # 0.6 (-2) + 0.4 (2), sqrt(0.49 + 4 - 0.16)
    assert printed.shows(shown["their KL(P‖Q)"].split()[0], scene.forward.kl / unit.nats)
    assert printed.shows(shown["its KL(Q‖P)"].split()[0], scene.reverse[0].kl / unit.nats)
    assert "keeps to one mode" in figures.fit_finding(scene, unit)
    assert "cover both" in figures.fit_finding(scenes.fit(*MIXTURES["Close together"]), unit)


# --- landscapes


@every_unit
def test_landscapes_optima_and_ways_are_those_of_the_record(unit):
    found = scenes.fit(*MIXTURES["default"])
    survey = scenes.landscapes(*MIXTURES["default"], columns=13, rows=9)
    ways = scenes.descents(found, Normal(1.2, 0.5))
    figure, alt, handles = figures.landscapes(survey, found, ways, unit)
    top = figures.DEEPEST / unit.nats
    sides = (
        ("KL(P‖Q), forward", survey.forward, ways[0], (found.forward,)),
        ("KL(Q‖P), reverse", survey.reverse, ways[1], found.reverse),
    )
    for name, values, way, optima in sides:
        surface, path, stars = (named(figure, n) for n in (name, f"way, {name}", f"optima, {name}"))
        assert np.asarray(surface.z) == pytest.approx(np.minimum(values / unit.nats, top), rel=1e-6)
        assert np.asarray(path.x) == pytest.approx(way.mu, rel=1e-6, abs=1e-7)
        assert np.asarray(path.y) == pytest.approx(way.sigma, rel=1e-6)
        assert sorted(np.asarray(stars.x)) == pytest.approx(sorted(f.q.mu for f in optima), rel=1e-6, abs=1e-7)
        assert name in reading.words(figure)
    assert {h.sets for h in handles} == {("kl_start_mu", "kl_start_sigma")}
    assert f"falls to μ = {number(found.reverse[ways[1].end].q.mu)}" in reading.title(figure)
    assert "From mean 1.2 and width 0.5" in alt
    assert "number 3 of 3" in alt  # the mode with less weight, after the best and the one between


# --- two dimensions


@pytest.mark.parametrize("rho", [-0.98, -0.5, 0.0, 0.8])
def test_the_plane_shows_both_circles_and_the_handle_on_the_ellipse(rho):
    scene = scenes.plane(rho)
    figure, _, (handle,) = figures.plane(scene, BITS)
    for name, ellipse in (
        ("P", scene.ellipse),
        ("variances kept", scene.marginals.ellipse),
        ("precisions kept", scene.precisions.ellipse),
    ):
        trace = named(figure, name)
        assert np.stack([trace.x, trace.y]) == pytest.approx(ellipse, abs=1e-6)
    assert (handle.x, handle.y, handle.sets) == (1, rho, (None, "kl_rho"))
    assert np.abs(scene.ellipse - [[1], [rho]]).sum(axis=0).min() < 0.05 or abs(rho) > 0.9
    notice = figures.plane_finding(scene, BITS)
    if rho:
        assert number(-0.5 * math.log2(1 - rho * rho)) in notice
    readouts = [text.split()[0] for text in figures.plane_readouts(scene, BITS).values()]
    assert readouts[0] == readouts[2]


# --- outcomes


@every_unit
@pytest.mark.parametrize("name", OUTCOMES)
def test_bars_are_what_each_outcome_adds_and_infinity_is_said(name, unit):
    scene = scenes.discrete(*OUTCOMES[name])
    figure, alt, _ = outcomes(name, unit)
    for trace, terms, kl in (
        ("terms", scene.forward_terms, scene.forward),
        ("terms2", scene.reverse_terms, scene.reverse),
    ):
        low, high = figure.layout.yaxis.range
        assert np.asarray(named(figure, trace).y) == pytest.approx(np.clip(terms / unit.nats, low, high), rel=1e-6)
        if np.isinf(kl):
            assert "↑ infinity" in reading.words(figure)
            assert "is infinite" in reading.title(figure)
            assert "infinity" in alt
    if np.isfinite([scene.forward, scene.reverse]).all():
        assert "infinit" not in f"{reading.all_text(figure)} {alt}"


@settings(max_examples=60)
@given(
    pair=st.integers(2, 8).flatmap(lambda k: st.tuples(strategies.pmfs(k, k), strategies.pmfs(k, k))),
    unit=st.sampled_from(UNITS),
)
def test_printed_terms_of_outcomes_add_up(pair, unit):
    scene = scenes.discrete(*pair)
    readouts, notice, _, lines = figures.discrete_said(scene, unit, NAMES[: scene.p.size])
    assert notice.endswith(".")
    for line, total, kl in zip(lines, readouts.values(), (scene.forward, scene.reverse), strict=True):
        terms, _, after = line.rpartition(" = ")
        assert after.startswith(total)
        signed = terms.replace(" \N{MINUS SIGN} ", " + \N{MINUS SIGN}").split(" + ")
        assert len(signed) == scene.p.size
        if np.isfinite(kl):
            assert printed.shows(total.rpartition(" ")[0], kl / unit.nats)
            # Terms carry what p and q are off 1 by; from there on it shows in the fourth digit of the sum.
            assert 0 < kl < 1e-11 or sum(map(printed.value, signed)) == printed.first(total)
        else:
            assert total == "infinity"
            assert "is infinite" in notice


# --- claims


@every_unit
def test_the_claims_are_settled_by_their_numbers(unit):
    settled = figures.claims(scenes.claims(), unit)
    assert len(settled) == 3
    distance, variational, digit = settled.values()
    for nats in (0.9175443611, 6.1137056389, 2, 0.5, 1):
        assert number(nats / unit.nats) in distance
    assert "the reverse, KL(Q‖P)" in variational
    assert "0.0258154, to four decimals 0.0258." in digit
    assert not [u.name for u in UNITS if u is not unit and u.name in " ".join(settled.values())]


def test_units_change_the_numbers_and_nothing_else():
    for build in PICTURES.values():
        bits, nats = build(BITS).figure, build(NATS).figure
        assert [(t.type, t.name) for t in bits.data] == [(t.type, t.name) for t in nats.data]
