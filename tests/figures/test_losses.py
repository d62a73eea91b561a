"""The pictures of the Losses page: records in, values and labels out."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scenes import likelihood as likelihoods
from core.scenes import losses as scenes
from core.units import BITS, NATS, UNITS
from pages.figures import likelihood as drawn
from pages.figures import losses as figures
from pages.figures.style import number, quantity
from tests import printed
from tests.figures import reading

NAMES = "ABCDE"
STATES = [(p, y) for p in (0.0, 1e-4, 0.01, 0.5, 0.999, 1.0) for y in (0, 1)]
BATCHES = {
    "usual": ([0.9, 0.3, 0.8, 0.6, 0.05], [1, 0, 1, 0, 1]),
    "impossible": ([0.0, 0.3, 1.0, 0.6, 0.05], [1, 0, 1, 0, 1]),
    "perfect": ([1.0, 0.0, 1.0, 0.0, 1.0], [1, 0, 1, 0, 1]),
    "soft labels": ([0.9, 0.3, 0.8, 0.6, 0.05], [0.9, 0.5, 1, 0, 0.2]),
}
RACES = {"usual": (1, -6.0, 0.0, 1.0), "far out": (7, -9.0, 9.0, 20.0), "slow": (2, 9.0, -9.0, 0.05)}
COUNTS = [(7, 10), (0, 1), (1, 1), (100, 100), (3, 100)]


def raced(name):
    return scenes.landscape(RACES[name][0]), scenes.race(*RACES[name])


INFORMATION = {
    **{f"prediction {s}": lambda u, s=s: figures.prediction(scenes.prediction(*s), u) for s in STATES},
    **{f"hidden {g}": lambda u, g=g: figures.prediction(scenes.prediction(0.1, 1), u, g) for g in (0.0, 2.0, 7.0)},
    **{f"batch {k}": lambda u, b=b: figures.batch(scenes.batch(*b), u, NAMES) for k, b in BATCHES.items()},
    **{
        f"progress {k} {t}": lambda u, k=k, t=t: figures.progress(raced(k)[1], t, u)
        for k in RACES
        for t in (0, 20, 200)
    },
    **{
        f"smoothing {k} {e}": lambda u, k=k, e=e: figures.smoothing(scenes.smoothing(k, e), u)
        for k in (2, 10, 100)
        for e in (0.0, 1e-4, 0.1, 1.0)
    },
    **{
        f"likelihood {c} {t}": lambda u, c=c, t=t: drawn.likelihood(likelihoods.likelihood(*c, t), u)
        for c in COUNTS
        for t in (0.0, 0.5, 0.7, 1.0)
    },
    **{
        f"noises {y} {f}": lambda u, y=y, f=f: drawn.noises(likelihoods.noises(y, f), u)
        for y in (0, 3, 9)
        for f in (0.0, 5.0, 9.0)
    },
}
OTHERS = {
    **{f"plane {k} {t}": lambda _, k=k, t=t: figures.plane(*raced(k), t) for k in RACES for t in (0, 20, 200)},
    **{
        f"fitted {k} {t}": lambda _, k=k, t=t: figures.fitted(raced(k)[0], scenes.fitted(raced(k)[1], t))
        for k in RACES
        for t in (0, 20, 200)
    },
    **{
        f"posterior {c} {a} {b}": lambda _, c=c, a=a, b=b: drawn.posterior(likelihoods.posterior(*c, a, b))
        for c in COUNTS
        for a in (1.0, 5.0, 100.0)
        for b in (1.0, 5.0)
    },
}
EVERY = INFORMATION | OTHERS
every = pytest.mark.parametrize("build", EVERY.values(), ids=EVERY)


def markers(figure):
    return [t for t in figure.data if getattr(t, "mode", None) == "markers"]


# --- true of every picture


@every
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build):
    figure, alt, _ = build(NATS)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|\d-\d|e[+-]\d|\bbits\b", said), said


@pytest.mark.parametrize("name", INFORMATION)
def test_amounts_are_named_in_the_chosen_unit(name):
    for unit in UNITS:
        figure, alt, _ = INFORMATION[name](unit)
        said = f"{reading.all_text(figure)} {alt}"
        assert unit.symbol in said
        others = [u.name for u in UNITS if u is not unit]
        assert not re.search(rf"\b({'|'.join(others)})\b", said)


@every
def test_every_handle_lies_on_the_picture_on_a_drawn_point_and_says_its_value(build):
    figure, _, handles = build(BITS)
    for handle in handles:
        x_axis, y_axis = figure.layout[handle.xaxis], figure.layout[handle.yaxis]
        for axis, value, limits in ((x_axis, handle.x, handle.xlim), (y_axis, handle.y, handle.ylim)):
            low, high = axis.range
            assert low - 1e-9 <= (math.log10(value) if axis.type == "log" else value) <= high + 1e-9
            assert limits[0] - 1e-9 <= value <= limits[1] + 1e-9
        assert handle.label
        assert re.search(r"\d", handle.text)
        if not handle.name.startswith("start"):  # at the start stands the way itself
            drawn_at = np.concatenate([np.stack([t.x, t.y], axis=1).astype(float) for t in markers(figure)])
            assert np.hypot(*(drawn_at - [handle.x, handle.y]).T).min() < 1e-4


@pytest.mark.parametrize("group", ["prediction", "hidden", "batch", "progress", "smoothing", "likelihood", "noises",
                                   "plane", "fitted", "posterior"])  # fmt: skip
def test_axes_hold_still_whatever_is_shown(group):
    found = [reading.ranges(build(BITS).figure) for name, build in EVERY.items() if name.startswith(group)]
    assert len(found) > 2
    assert all(r == found[0] for r in found)


# --- one prediction


@given(st.floats(0.01, 0.99), st.sampled_from([0, 1]), st.sampled_from(UNITS))
def test_losses_and_slopes_are_drawn_where_they_are(p, y, unit):
    scene = scenes.prediction(p, y)
    figure = figures.prediction(scene, unit).figure
    left = [t for t in markers(figure) if t.xaxis is None]
    assert np.concatenate([t.y for t in left]) == pytest.approx(
        [unit.from_nats(min(scene.cross_entropy, 5.0)), (p - y) ** 2], rel=1e-5
    )
    right = [t for t in markers(figure) if t.xaxis == "x2"]
    chance = p if y else 1 - p
    sizes = [1 / chance, 2 * (1 - chance), 2 * (1 - chance) * p * (1 - p), 1 - chance]
    assert np.concatenate([t.y for t in right]) == pytest.approx(np.clip(sizes, 2e-4, 4e3), rel=1e-5)
    assert np.concatenate([t.x for t in right]) == pytest.approx([math.log(p / (1 - p))] * 4, abs=1e-5)


def test_the_published_slopes_are_read_out_in_every_unit():
    scene = scenes.prediction(0.01, 1)
    for unit in UNITS:
        said = list(figures.readouts(scene, unit).values())
        assert said == [quantity(scene.cross_entropy, unit), "−100", "−0.99", "0.9801", "−1.98", "−0.01960"]
    assert figures.readouts(scene, NATS)["Cross-entropy"] == "4.605 nats"
    title = reading.title(figures.prediction(scene, NATS).figure)
    assert title == "Label 1 at 0.01 costs 4.605 nats; in z squared error pulls 50.51 times less"


@pytest.mark.parametrize(
    ("p", "y", "title"),
    [
        (0.0, 1, "Label 1 at 0 costs without end; in z squared error does not pull at all"),
        (1.0, 0, "Label 0 at 0 costs without end; in z squared error does not pull at all"),
        (1.0, 1, "Label 1 at 1 costs 0 nats, and nothing pulls at z"),
        (0.0, 0, "Label 0 at 1 costs 0 nats, and nothing pulls at z"),
    ],
)
def test_certainty_is_named_for_what_it_is(p, y, title):
    figure = figures.prediction(scenes.prediction(p, y), NATS).figure
    assert reading.title(figure) == title
    assert ("infinite" in " ".join(reading.words(figure))) == ("without end" in title)


@pytest.mark.parametrize("outward", [-1, 1])
def test_arrow_keys_on_the_axis_of_logits_reach_the_exact_end_and_come_back(outward):
    p, seen = 0.5, []
    for _ in range(40):
        handle = figures.prediction(scenes.prediction(p, 1), BITS).handles[1]
        p = scenes.probability_at(min(max(handle.x + outward * handle.step[0], handle.xlim[0]), handle.xlim[1]))
        seen.append(p)
    assert p == (1.0 if outward > 0 else 0.0)
    assert len(set(seen)) > 25
    handle = figures.prediction(scenes.prediction(p, 1), BITS).handles[1]
    back = scenes.probability_at(handle.x - outward * handle.step[0])
    assert 0 < min(back, 1 - back) < 0.001


def test_a_loss_beyond_the_picture_is_cut_off_and_said():
    figure, _, handles = figures.prediction(scenes.prediction(1e-4, 1), NATS)
    assert "↑ 9.210" in [w.strip() for w in reading.words(figure)]
    assert handles[0].y == pytest.approx(5.0)


def test_the_finding_multiplies_out():
    said = figures.finding(scenes.prediction(0.2, 1))
    assert "p(1 − p) = 0.16. " in said
    assert "−5 becomes 0.2 − 1 = −0.8" in said
    assert "2(0.2 − 1) = −1.6 becomes −0.256, 3.125 times weaker" in said


def test_a_guess_hides_the_loss_and_every_slope():
    scene = scenes.prediction(0.05, 1)
    figure, alt, handles = figures.prediction(scene, BITS, 1.0)
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"4\.322|−20|0\.95|10\.53", said)
    assert quantity(1.0, BITS) in alt
    assert [h.name for h in handles] == ["losses_p"]
    assert max(len(t.x) for t in figure.data) <= 2


# --- a batch


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_bars_are_predictions_and_losses_and_the_terms_add_up(unit):
    scene = scenes.batch(*BATCHES["usual"])
    figure, alt, handles = figures.batch(scene, unit, NAMES)
    left, right = (t for t in figure.data if t.type == "bar")
    assert np.asarray(left.x) == pytest.approx(scene.p, rel=1e-6)
    assert np.asarray(right.x) == pytest.approx(unit.from_nats(scene.losses), rel=1e-6)
    assert [h.x for h in handles] == pytest.approx(scene.p)
    numbers, said, _, (_, sums) = figures.judged(scene, unit, NAMES)
    terms, _, total = sums.rpartition(" = ")
    assert total == numbers["Mean loss"]
    assert sum(printed.value(t) for t in terms.split(" + ")) == printed.first(total)
    assert said == "E pays 65.2% of it."
    assert quantity(scene.mean, unit) in alt


def test_an_infinite_loss_is_cut_off_and_said():
    scene = scenes.batch(*BATCHES["impossible"])
    figure = figures.batch(scene, BITS, NAMES).figure
    assert "infinity →" in [w.strip() for w in reading.words(figure)]
    assert reading.title(figure) == "The mean is infinite"
    assert "whatever the others say" in figures.judged(scene, BITS, NAMES)[1]
    assert figures.judged(scenes.batch(*BATCHES["perfect"]), BITS, NAMES)[1] == "Every prediction is certain and right."


# --- the race


def test_each_panel_shows_its_loss_with_the_way_that_was_gone():
    land, scene = raced("usual")
    figure, alt, handles = figures.plane(land, scene, 20)
    surfaces = [t for t in figure.data if t.type == "contour"]
    assert [t.xaxis for t in surfaces] == ["x", "x2"]
    assert np.asarray(surfaces[0].z) == pytest.approx(land.ce, rel=1e-6)
    assert np.asarray(surfaces[1].z) == pytest.approx(land.se, rel=1e-6)
    ways = [t for t in figure.data if getattr(t, "mode", None) == "lines" and len(t.x) == 21]
    assert np.stack([ways[1].x, ways[1].y], axis=1) == pytest.approx(scene.se.descent.weights[:21], abs=1e-5)
    assert [(h.x, h.y, h.sets) for h in handles] == [(-6.0, 0.0, ("losses_w", "losses_b"))] * 2
    assert reading.title(figure) == "After 20 steps cross-entropy is right on 53 of 60, squared error on 7"
    assert "From weight −6 and bias 0, 20 steps at rate 1" in alt


def test_who_has_left_the_plane_is_drawn_at_its_edge_and_said():
    land, scene = scenes.landscape(1), scenes.race(1, -9.0, 9.0, 1.0)
    assert np.abs(scene.se.descent.weights[200]).max() > scenes.WIDE
    figure = figures.plane(land, scene, 200).figure
    assert [w.strip() for w in reading.words(figure)].count("squared error beyond →") == 1
    assert "cross-entropy" in [w.strip() for w in reading.words(figure)]


def test_progress_is_the_cross_entropy_of_both_and_its_handle_the_step():
    scene = raced("usual")[1]
    figure, _, (handle,) = figures.progress(scene, 20, BITS)
    curves = [t for t in figure.data if getattr(t, "mode", None) == "lines" and len(t.x) == 201]
    assert np.asarray(curves[0].y) == pytest.approx(scene.ce.cross_entropy / math.log(2), rel=1e-5)
    assert np.asarray(curves[1].y) == pytest.approx(scene.se.cross_entropy / math.log(2), rel=1e-5)
    assert (handle.x, handle.sets[0], handle.text) == (20, "losses_step", "step 20")
    said = figures.raced(scene)
    assert number(scene.ce.pull) in said
    assert said.endswith(f"after {scene.ce.arrived} and {scene.se.arrived} steps.")
    assert "more than 200" in figures.raced(raced("slow")[1])


def test_the_fitted_curves_stand_over_the_data():
    land, scene = raced("usual")
    figure = figures.fitted(land, scenes.fitted(scene, 20)).figure
    data = markers(figure)[0]
    assert np.asarray(data.x) == pytest.approx(land.x, abs=1e-6)
    assert np.asarray(data.y).tolist() == land.labels.tolist()
    assert reading.title(figure) == "Step 20: at x = 2 they predict 0.978 and 9.57 × 10⁻⁶"


# --- smoothed labels


@given(st.integers(2, 100), st.floats(0.002, 1))
def test_the_star_stands_on_the_floor_at_the_best_lead(k, epsilon):
    scene = scenes.smoothing(k, epsilon)
    figure, alt, (handle,) = figures.smoothing(scene, NATS)
    star = next(t for t in markers(figure) if t.marker.symbol == "star")
    assert star.x[0] == handle.x == pytest.approx(min(scene.best, 10), rel=1e-5)
    assert star.y[0] == pytest.approx(scene.floor, rel=1e-5, abs=1e-6)
    assert number(scene.best) in alt
    assert figures.smoothed(scene, NATS).startswith(f"g = log(1 + {k}(1 − ")


def test_a_best_lead_beyond_the_picture_is_said():
    assert "★ at infinity →" in reading.words(figures.smoothing(scenes.smoothing(10, 0.0), NATS).figure)
    far = scenes.smoothing(100, 0.001)
    assert far.best > 10
    assert f"★ {number(far.best)} →" in reading.words(figures.smoothing(far, NATS).figure)


# --- likelihood and noise


def test_three_curves_and_their_stars():
    scene = likelihoods.likelihood(7, 10, 0.5)
    figure, _, (handle,) = drawn.likelihood(scene, BITS)
    curves = [t for t in figure.data if getattr(t, "mode", None) == "lines" and len(t.x) == 301]
    for curve, values in zip(curves, (scene.cross_entropy, scene.nll, scene.kl), strict=True):
        assert np.asarray(curve.y)[1:-1] == pytest.approx(values[1:-1] / math.log(2), rel=1e-5, abs=1e-6)
    stars = [t for t in markers(figure) if t.marker.symbol == "star"]
    assert [t.x[0] for t in stars] == pytest.approx([0.7] * 3)
    assert handle.y == pytest.approx(1.0)  # a fair coin has one bit, whatever came
    assert reading.title(figure) == "θ = 0.5 is 0.1187 bits above the common minimum 0.7"
    assert drawn.common(scene, BITS, 7).endswith("log C(n, s)/n = 0.6907 bits less.")
    assert drawn.common(scene, BITS, 12).endswith("Of 12 successes 10 count, one a trial.")


def test_the_pull_of_the_prior_is_a_mean_of_two():
    scene = likelihoods.posterior(7, 10, 5.0, 5.0)
    assert reading.title(drawn.posterior(scene).figure) == "The prior pulls the estimate from 0.7 to 0.6111"
    said = drawn.pulled(scene)
    assert said.startswith("θ = (7 + 5 − 1)/(10 + 5 + 5 − 2) = 0.6111, that is 0.556 × 0.7 + 0.444 × the prior’s mode")
    assert said.endswith("counts as 8 trials.")
    flat = likelihoods.posterior(7, 10, 1.0, 1.0)
    assert drawn.pulled(flat).endswith("MAP is maximum likelihood.")
    assert reading.title(drawn.posterior(flat).figure) == "The prior leaves the estimate at 0.7"
    assert "posterior 0.5025, ↑ up to 11.41" in reading.words(
        drawn.posterior(likelihoods.posterior(3, 100, 100.0, 5.0)).figure
    )


@given(st.integers(0, 9), st.floats(0, 9).map(lambda f: round(f, 1)), st.sampled_from(UNITS))
def test_the_table_splits_each_likelihood_into_loss_and_constant(y, f, unit):
    scene = likelihoods.noises(y, f)
    rows = [row.strip("|").split("|") for row in drawn.table(scene, unit).splitlines()[2:]]
    kinds = [row[0].split(":")[0].strip() for row in rows]
    assert kinds == ["Gaussian", "Laplace", "Poisson", "Bernoulli", "Categorical"]
    assert all(row[-2].strip().startswith("$$") for row in rows)
    for kind, row in zip(scene.kinds, rows, strict=False):
        if math.isinf(kind.nll):
            assert row[-1].strip().startswith("infinity + ")
            continue
        terms, _, total = row[-1].strip().partition(" = ")
        assert printed.shows(total, unit.from_nats(kind.nll))
        assert sum(printed.value(t) for t in terms.split(" + ")) == printed.value(total)


def test_the_published_claims():
    said = figures.claims(scenes.claims(), NATS)
    vanishing, hundred, *_ = said.values()
    assert "−1.98 at p = 0.01" in vanishing
    assert "−0.01960 there" in vanishing
    assert hundred == "4.605 nats against 0.9163 nats: 5.03 times."
    assert "23.03 nats" in list(said.values())[-1]
