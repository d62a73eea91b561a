"""The pictures of the Losses page: predictions, the race, smoothed labels. Likelihoods have a module of their own."""

import math
from collections.abc import Sequence

import numpy as np

from core.scenes import losses as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import (
    QUIET,
    Handle,
    Picture,
    along_curve,
    apart,
    bar,
    below,
    information_axis,
    level,
    line,
    points,
)
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

TOP = 5.0  # nats: a loss above is cut off, and says so
SECOND = dict(xaxis="x2")  # the right-hand panel
DEFINITION = (
    r"L = -y\log p-(1-y)\log(1-p), \qquad \frac{\partial L}{\partial z} = p-y, \qquad "
    r"\frac{\partial\,(p-y)^2}{\partial z} = 2\,(p-y)\,p\,(1-p)"
)
MEAN = r"\bar L = \tfrac1n\sum_i L_i"
# --- one prediction

STRIDE = 0.25  # of an arrow key on the axis of logits
END = scenes.REACH + STRIDE  # one stride further out stand the exact ends p = 0 and p = 1
LEAST, STEEPEST = 2e-4, 4e3  # the axis of slopes; what lies beyond is drawn at its edge
MARKS = (0.01, 0.1, 0.5, 0.9, 0.99)
KINDS = (  # the name of a slope, its role, its width and dash, where its name stands beside the line
    ("cross, in p", "p", 1.5, "dot", "top"),
    ("cross, in z", "p", style.LINE + 1, "solid", "bottom"),
    ("squared, in p", "q", 1.5, "dot", "top"),
    ("squared, in z", "q", style.LINE + 1, "dash", "bottom"),
)
SLOPES = dict(xaxis="x2", yaxis="y2")
IN_SLOPES = dict(xaxis="xaxis2", yaxis="yaxis2")  # the same in a handle's words


def prediction(scene: scenes.Prediction, unit: Unit, guess: float | None = None) -> Picture:
    """What a prediction costs under either loss, and beside it the slopes of both. With a `guess` (in nats) hidden."""
    hidden = guess is not None
    p, chance = scene.p, number(scene.p if scene.label == 1 else 1 - scene.p)
    height = min(unit.from_nats(guess if hidden else scene.cross_entropy), unit.from_nats(TOP))
    handles = [along_curve("losses_p", "Probability of label 1", p, height, (0, 1), color="p")]
    if hidden:
        traces = _estimate(scene, unit, height)
        title = f"Label {scene.label} had probability {chance}: what does that cost?"
        alt = f"The loss of p = {number(p)} for label {scene.label} is hidden; the estimate is {quantity(guess, unit)}."
    else:
        at, pull = float(np.clip(scene.z, -END, END)), _seen(scene.ce.by_z)
        handles.append(Handle("z", "Probability on the axis of logits", at, pull, (-END, END), (pull, pull),
                              f"p = {number(p)}", "x", (STRIDE, 0), color="p", **IN_SLOPES))  # fmt: skip
        traces = [*_costs(scene, unit), *_slopes(scene)]
        cost = _cost(scene, unit)
        title = f"Label {scene.label} at {chance} costs {cost}{_weaker(scene)}"
        alt = (
            f"At p = {number(p)} and label {scene.label} the cross-entropy is {cost}, the squared error "
            f"{number(scene.squared_error)}. Slopes in the probability: {number(scene.ce.by_p)} and "
            f"{number(scene.se.by_p)}; in the logit: {number(scene.ce.by_z)} and {number(scene.se.by_z)}. Towards a "
            "wrong certainty only that of squared error in the logit vanishes."
        )
    return Picture(figure(traces, title=title, **_two_panels(unit)), alt, tuple(handles))


def _cost(scene: scenes.Prediction, unit: Unit) -> str:
    return "without end" if math.isinf(scene.cross_entropy) else quantity(scene.cross_entropy, unit)


def _weaker(scene: scenes.Prediction) -> str:
    """How the two losses pull at the logit, as the end of a title."""
    if scene.p == scene.label:
        return ", and nothing pulls at z"
    if scene.se.by_z == 0:
        return "; in z squared error does not pull at all"
    return f"; in z squared error pulls {number(scene.ce.by_z / scene.se.by_z)} times less"


def _seen(slope: float) -> float:
    """The size of a slope, as far as the axis goes."""
    return min(max(abs(slope), LEAST), STEEPEST)


def _two_panels(unit: Unit) -> dict:
    """Losses over p and slopes over the logit, beside each other or, where it is narrow, one over the other."""
    top = unit.from_nats(TOP)
    places = [-END, *(math.log(p / (1 - p)) for p in MARKS), END]
    texts = [f"{p:g}<br>{number(z, 2)}" for p, z in zip(MARKS, places[1:-1], strict=True)]
    x2 = axis("Probability p, and under it its logit z", range=[-END - 0.4, END + 0.4], tickvals=places, tickangle=0,
              ticktext=["0<br>−∞", *texts, "1<br>∞"], showgrid=False, domain=[0.53, 1], anchor="y2")  # fmt: skip
    y2 = axis("Size of slope (natural log)", type="log", tickvals=[0.001, 0.01, 0.1, 1, 10, 100, 1000],
              range=[math.log10(LEAST), math.log10(STEEPEST)], anchor="x2")  # fmt: skip
    narrow = {
        "xaxis": {"domain": [0, 1]}, "yaxis": {"domain": [0.62, 1]},
        "xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0, 0.46]},
    }  # fmt: skip
    return dict(
        x=axis("Predicted probability p of label 1", range=[-0.03, 1.03], tickvals=[0, 0.25, 0.5, 0.75, 1],
               domain=[0, 0.4]),
        y=axis(f"Loss ({unit.name}) or squared error", range=[-0.04 * top, top]),
        xaxis2=x2, yaxis2=y2, meta=dict(narrow=narrow), margin=dict(b=66),
    )  # fmt: skip


def _estimate(scene: scenes.Prediction, unit: Unit, height: float) -> list[dict]:
    top, p = unit.from_nats(TOP), scene.p
    where = "top center" if height < 0.9 * top else "bottom center"
    return [
        line([p, p], [0, top], "ghost", width=style.THIN, **QUIET),
        level(height, 0, 1, "q", "dash"),
        points([p], [height], "p", size=14, **QUIET),
        style.words([Label(0.5, height, "estimate", "q", where)]),
        style.words([Label(0, 1, "hidden until compared", "muted")], **SLOPES),
    ]


def _costs(scene: scenes.Prediction, unit: Unit) -> list[dict]:
    """Cross-entropy for either label and squared error for this one, against the prediction."""
    of, top, p, right = unit.from_nats, unit.from_nats(TOP), scene.p, scene.label == 1
    here, away, side = ("p", "muted", "right") if right else ("muted", "p", "left")
    # Between the two curves of this label there is room for a name; on a coarse scale only where both are low.
    between, above = (0.05, 0.55 + 0.52 * of(1)) if of(1) >= 1 else (0.2, 0.95)
    words = [
        Label(0.13, 0.94 * top, "−log p, label 1", here, "middle right"),
        Label(0.87, 0.8 * top, "−log(1 − p), label 0", away, "middle left"),
        Label(between if right else 1 - between, above, "squared", "q", f"middle {side}", style.SMALL),
    ]
    if of(scene.cross_entropy) > top:
        said = "infinite" if math.isinf(scene.cross_entropy) else number(of(scene.cross_entropy))
        words.append(Label(p, 0.88 * top, f"  ↑ {said}  ", "p", f"bottom {side}"))
    return [
        line(scene.grid, below(of(scene.ce_other), top), "ghost", width=1.5, **QUIET),
        line(scene.grid, below(of(scene.ce_curve), top), "p", **QUIET),
        line(scene.grid, scene.se_curve, "q", **QUIET),
        points([p], [min(of(scene.cross_entropy), top)], "p", size=14, **QUIET),
        points([p], [scene.squared_error], "q", symbol="diamond", size=11, **QUIET),
        style.words(words),
    ]


def _slopes(scene: scenes.Prediction) -> list[dict]:
    """The size of all four slopes against the logit, whose axis is marked with probabilities, on one scale."""
    curves = np.abs([*scene.ce_slopes, *scene.se_slopes])
    at = float(np.clip(scene.z, -END, END))
    end, side = (0, "right") if scene.label == 1 else (-1, "left")  # the wrong side, on which the names stand
    traces = [line([at, at], [LEAST, STEEPEST], "ghost", width=style.THIN, **QUIET, **SLOPES)]
    words = []
    for (name, role, width, dash, where), values in zip(KINDS, curves, strict=True):
        shown = np.where(values >= LEAST, values, np.nan)
        traces.append(line(scene.logits, shown, role, width=width, dash=dash, **QUIET, **SLOPES))
        off = 1.2 if where == "top" else 1 / 1.4
        words.append(Label(float(scene.logits[end]), off * values[end], name, role, f"{where} {side}", style.SMALL))
    by_p = [_seen(scene.ce.by_p), _seen(scene.se.by_p)]
    traces += [
        points([at] * 2, by_p, "muted", size=8, **QUIET, **SLOPES),
        points([at], [_seen(scene.se.by_z)], "q", symbol="diamond", size=12, **QUIET, **SLOPES),
        points([at], [_seen(scene.ce.by_z)], "p", size=14, **QUIET, **SLOPES),
    ]
    if math.isinf(scene.ce.by_p):
        words.append(Label(at, STEEPEST, "  ↑ infinite  ", "p", f"bottom {side}", style.SMALL))
    return [*traces, style.words(words, **SLOPES)]


def readouts(scene: scenes.Prediction, unit: Unit) -> dict[str, str]:
    """Either loss with its two slopes."""
    return {
        "Cross-entropy": quantity(scene.cross_entropy, unit),
        "its slope in p": number(scene.ce.by_p),
        "its slope in z": number(scene.ce.by_z),
        "Squared error": number(scene.squared_error),
        "slope in p": number(scene.se.by_p),
        "slope in z": number(scene.se.by_z),
    }


def finding(scene: scenes.Prediction) -> str:
    """The chain rule with this state's numbers, and what to notice in it."""
    p, y = number(scene.p), scene.label
    if scene.p == y:
        return "Certain and right: nothing is lost, and no slope in z is left to move it."
    if scene.p == 1 - y:
        return f"Certain and wrong. In z cross-entropy still has its slope {number(scene.ce.by_z)}, squared error none."
    factor, times = number(scene.p * (1 - scene.p)), number(scene.ce.by_z / scene.se.by_z)
    return (
        f"The slope in z is that in p times p(1 − p) = {factor}. Cross-entropy: {number(scene.ce.by_p)} becomes "
        f"{p} − {y} = {number(scene.ce.by_z)}. Squared error: 2({p} − {y}) = {number(scene.se.by_p)} becomes "
        f"{number(scene.se.by_z)}, {times} times weaker."
    )


# --- a batch


def batch(scene: scenes.Batch, unit: Unit, names: Sequence[str]) -> Picture:
    """Five predictions to drag, with their labels, and beside them what each costs."""
    k, top = scene.p.size, unit.from_nats(TOP)
    rows = np.arange(k, dtype=float)[::-1]
    losses = unit.from_nats(scene.losses)
    traces = [
        bar(scene.p, rows, "q", **QUIET),
        points(scene.labels, rows, "p", symbol="diamond", size=13, **QUIET),
        points(scene.p, rows, "q", size=14, **QUIET),
        bar(np.minimum(losses, top), rows, "loss", **SECOND, **QUIET),
    ]
    words = [Label(0, k - 0.45, "◆ label", "p", "middle right"), Label(1, k - 0.45, "prediction", "q", "middle left")]
    mean = unit.from_nats(scene.mean)
    costs = [_beside(v, row, mean, top) for v, row in zip(losses, rows, strict=True)]
    if mean <= top:
        traces.append(line([mean, mean], [-0.5, k - 0.7], "loss", **SECOND, **QUIET))
    where = "middle right" if mean < 0.5 * top else "middle left"
    costs.append(Label(min(mean, top), k - 0.45, f"mean {number(mean)}", "loss", where))
    traces.append(style.words(costs, **SECOND))
    title = f"The mean is {'infinite' if math.isinf(scene.mean) else quantity(scene.mean, unit)}"
    alt = "; ".join(
        f"{name} predicts {number(p)} for label {number(y)} and costs {quantity(v, unit)}"
        for name, p, y, v in zip(names, scene.p, scene.labels, scene.losses, strict=True)
    )
    handles = tuple(
        Handle(f"batch{i}", f"Prediction of {names[i]}", p, row, (0, 1), (row, row), number(p), "x", (0.01, 0),
               (0.01, None), color="q")
        for i, (p, row) in enumerate(zip(scene.p.tolist(), rows.tolist(), strict=True))
    )  # fmt: skip
    tall = dict(range=[-0.6, k - 0.1], tickvals=list(range(k)), ticktext=list(names)[::-1], showgrid=False)
    x = axis("Predicted p of label 1", range=[-0.06, 1.06], domain=[0, 0.46], tickvals=[0, 0.5, 1])
    second = axis(f"Cross-entropy ({unit.name})", range=[0, 1.02 * top], domain=[0.54, 1], anchor="y")
    layout = dict(xaxis2=second, barmode="overlay", margin=dict(l=36, r=24))
    shown = figure(traces, title=title, x=x, y=axis("", **tall), labels=words, **layout)
    return Picture(shown, f"{alt}; the mean is {quantity(scene.mean, unit)}.", handles)


def _beside(value: float, row: float, mean: float, top: float) -> Label:
    """The number beyond the end of its bar and clear of the mean, or inside a long one; an arrow where that is cut."""
    text = f" {number(value)}{' →' if value > top else ''} "
    if value >= 0.7 * top:
        return Label(min(value, top), row, text, "ink", "middle left")
    return Label(mean if value <= mean < value + 0.28 * top else value, row, text, "ink", "middle right")


def judged(scene: scenes.Batch, unit: Unit, names: Sequence[str]) -> tuple[dict[str, str], str, str, tuple[str, str]]:
    """The mean of either loss, what to notice, the definition, and the mean with this state's terms."""
    numbers = {"Mean loss": quantity(scene.mean, unit), "Mean squared error": number(scene.squared)}
    worst = int(scene.losses.argmax())
    if math.isinf(scene.mean):
        said = "One impossible label makes the mean infinite, whatever the others say."
    elif scene.mean == 0:
        said = "Every prediction is certain and right."
    else:
        share = number(100 * scene.shares[worst] / scene.mean, 3)
        said = f"{names[worst]} pays {share}% of it."
    return numbers, said, MEAN, _worked(scene, unit)


def _worked(scene: scenes.Batch, unit: Unit) -> tuple[str, str]:
    """The mean as a sum with this state's terms, which add up to the read-out."""
    part, of = number(1 / scene.p.size), unit.from_nats
    products = " + ".join(f"{part} × {number(v)}" for v in of(scene.losses))
    shares = of(scene.shares)
    terms = add_up(shares, of(scene.mean)) if math.isfinite(scene.mean) else [number(v) for v in shares]
    return products, f"{' + '.join(terms)} = {quantity(scene.mean, unit)}"


def taken(scene: scenes.Batch, unit: Unit, names: Sequence[str]) -> tuple[dict[str, Sequence], str]:
    """The batch as columns, and the code that prints its mean."""
    columns = {
        "name": names,
        "label": scene.labels,
        "prediction": scene.p,
        f"cross-entropy ({unit.name})": unit.from_nats(scene.losses),
        f"contribution ({unit.name})": unit.from_nats(scene.shares),
    }
    constant = unit.name.upper()
    snippet = (
        f"from core.losses import binary_cross_entropy\nfrom core.units import {constant}\n\n"
        f"p = {scene.p.tolist()}\ny = {scene.labels.tolist()}\n"
        f"print({constant}.from_nats(binary_cross_entropy(p, y).mean()))\n"
    )
    return columns, snippet


# --- the race

BOTH = (("ce", "p", "cross-entropy"), ("se", "q", "squared error"))


def plane(land: scenes.Landscape, scene: scenes.Race, step: int) -> Picture:
    """Both losses over the plane of weights, with the way down each; the start is there to drag."""
    traces, words, handles = [], [], []
    (w, b), wide = scene.ce.descent.weights[0], scenes.WIDE
    for (key, role, name), axes, most in zip(BOTH, ("", "2"), (8.0, 0.9), strict=True):
        on, best, way = dict(xaxis=f"x{axes}"), getattr(land, f"{key}_best"), getattr(scene, key).descent.weights
        here = np.clip(way[step], -wide, wide)
        traces += [
            dict(type="contour", x=array(land.axis), y=array(land.axis), z=array(getattr(land, key)), zmin=0, zmax=most,
                 colorscale=style.PALE, showscale=False, autocontour=False, line=dict(width=0.5, color=color("ghost")),
                 contours=dict(start=0, end=2 * most, size=most / 16), **on, **QUIET),
            line(*way.T, "ghost", width=1.5, **on, **QUIET),
            line(*way[: step + 1].T, role, **on, **QUIET),
            points(*way[: step + 1].T, role, size=5, **on, **QUIET),
            points(*here[:, None], role, size=16, cliponaxis=False, **on, **QUIET),
            points(*best[:, None], "optimum", symbol="star", size=14, **on, **QUIET),
        ]  # fmt: skip
        beyond = "beyond →" if np.abs(way[step]).max() > wide else ""
        words.append([Label(wide - 0.4, 0.9 - wide, f"{name} {beyond}", role, "middle left")])
        handles.append(Handle(f"start_{key}", f"Start of {name}", float(w), float(b), (-wide, wide), (-wide, wide),
                              f"w {number(w)}, b {number(b)}", "xy", (0.2, 0.2), (0.1, 0.1), color="muted",
                              sets=("losses_w", "losses_b"), xaxis=f"xaxis{axes}"))  # fmt: skip
    traces.append(style.words(words[1], **SECOND))
    right = [int(one.right[step]) for one in (scene.ce, scene.se)]
    title = f"After {step} steps cross-entropy is right on {right[0]} of {scene.rows}, squared error on {right[1]}"
    ends = [one.descent.weights[step] for one in (scene.ce, scene.se)]
    alt = (
        f"Contours of both losses over weight and bias. From weight {number(w)} and bias {number(b)}, {step} steps at "
        f"rate {number(scene.rate)} lead cross-entropy to {_pair(ends[0])} and squared error to {_pair(ends[1])}; the "
        f"lowest points are {_pair(land.ce_best)} and {_pair(land.se_best)}."
    )
    sides = dict(range=[-wide, wide], tickvals=[-8, -4, 0, 4, 8])
    x, y = axis("Weight w", domain=[0, 0.485], **sides), axis("Bias b", **sides)
    shown = figure(traces, title=title, x=x, y=y, labels=words[0], xaxis2=axis("Weight w", domain=[0.515, 1], **sides),
                   margin=dict(l=52, r=12, t=10))  # fmt: skip
    return Picture(shown, alt, tuple(handles))


def _pair(weights: np.ndarray) -> str:
    return f"({', '.join(number(v) for v in weights)})"


def progress(scene: scenes.Race, step: int, unit: Unit) -> Picture:
    """The mean cross-entropy of both runners against the step, with the step to drag."""
    low, high = (unit.from_nats(v) for v in (0.15, 30.0))
    steps = np.arange(scenes.STEPS + 1)
    traces, heights, ends = [line([step, step], [low, high], "ghost", width=style.THIN, **QUIET)], [], []
    for key, role, _ in BOTH:
        curve = unit.from_nats(getattr(scene, key).cross_entropy)
        heights.append(float(np.clip(curve[step], low, high)))
        ends.append(float(np.clip(curve[-1], low, high)))
        traces.append(line(steps, curve, role, **QUIET))
        traces.append(points([step], [heights[-1]], role, size=14 if key == "ce" else 11, **QUIET))
    places = 10.0 ** np.array(apart(np.log10(ends), 0.24))
    words = [Label(scenes.STEPS, v, f" {name}", role, "middle right")
             for v, (_, role, name) in zip(places, BOTH, strict=True)]  # fmt: skip
    said = [quantity(float(one.cross_entropy[step]), unit) for one in (scene.ce, scene.se)]
    title = f"At step {step}: {said[0]}, and {said[1]} by squared error"
    alt = (
        f"Against {scenes.STEPS} steps, on a logarithmic axis, the mean cross-entropy of both. After {step} it is "
        f"{said[0]} where cross-entropy is descended and {said[1]} where squared error is."
    )
    x = axis("Step", range=[-4, scenes.STEPS], dtick=50)
    y = axis(f"Cross-entropy ({unit.name}, log)", type="log", range=[math.log10(low), math.log10(high)],
             tickvals=[0.1, 0.3, 1, 3, 10, 30])  # fmt: skip
    handle = Handle("losses_step", "Step", step, heights[0], (0, scenes.STEPS), (heights[0],) * 2, f"step {step}", "x",
                    (1, 0), (1, None), color="p", sets=("losses_step", None))  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(r=104)), alt, (handle,))


def fitted(land: scenes.Landscape, scene: scenes.Fitted) -> Picture:
    """The data at their labels, and what both runners predict after the step."""
    traces = [
        points(land.x, land.labels, "muted", symbol="line-ns-open", size=13, **QUIET),
        line(scene.x, scene.ce, "p", **QUIET),
        line(scene.x, scene.se, "q", **QUIET),
        points([scenes.PROBE], [scene.at[0]], "p", size=11, **QUIET),
        points([scenes.PROBE], [scene.at[1]], "q", symbol="diamond", size=11, **QUIET),
    ]
    places = apart([curve[-1] for curve in (scene.ce, scene.se)], 0.13)
    words = [Label(4, v, f" {name}", role, "middle right") for v, (_, role, name) in zip(places, BOTH, strict=True)]
    title = f"Step {scene.step}: at x = 2 they predict {number(scene.at[0], 3)} and {number(scene.at[1], 3)}"
    alt = (
        f"Two classes on a line, marked at 0 and 1, and two predicted curves. After {scene.step} steps the one of "
        f"cross-entropy gives x = 2 the probability {number(scene.at[0])}, that of squared error {number(scene.at[1])}."
    )
    x, y = axis("x", range=[-4, 4]), axis("Predicted p of label 1", range=[-0.1, 1.1], tickvals=[0, 0.5, 1])
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(r=104)), alt)


def raced(scene: scenes.Race) -> str:
    """What to notice in the race."""
    arrived = [f"more than {scenes.STEPS}" if one.arrived is None else str(one.arrived) for one in (scene.ce, scene.se)]
    return (
        f"First gradient: {number(scene.ce.pull)} for cross-entropy, {number(scene.se.pull)} for squared error. Within "
        f"a tenth of the least cross-entropy: after {arrived[0]} and {arrived[1]} steps."
    )


# --- smoothed labels


def smoothing(scene: scenes.Smoothing, unit: Unit) -> Picture:
    """The loss against the lead of the right logit: with smoothed labels it has a floor, and a best lead above it."""
    of, top = unit.from_nats, unit.from_nats(TOP)
    far = scene.best > scenes.GAPS[1]
    at, floor = min(scene.best, scenes.GAPS[1]), of(scene.floor)
    traces = [
        line(scene.gaps, of(scene.one_hot), "ghost", width=1.5, **QUIET),
        level(floor, *scenes.GAPS, "loss"),
        line(scene.gaps, of(scene.smoothed), "p", **QUIET),
        points([at], [floor], "optimum", symbol="star", size=17, **QUIET),
    ]
    lead = "without end" if math.isinf(scene.best) else number(scene.best)
    shown = np.flatnonzero(of(scene.smoothed) <= 0.97 * top)[-1]  # the last of the curve that is in the picture
    edge, side = (scenes.GAPS[0], "right") if at > 3 else (scenes.GAPS[1], "left")
    words = [Label(edge, floor - 0.02 * top, f" floor H = {number(floor)} ", "loss", f"bottom {side}")]
    if scene.smoothed[-1] - scene.one_hot[-1] > 0.1 * TOP:
        words.append(Label(scene.gaps[shown], of(scene.smoothed[shown]), "smoothed ", "p", "top left"))
        words.append(Label(scenes.GAPS[1], of(scene.one_hot[-1]), "one-hot", "muted", "bottom left", style.SMALL))
    if far:
        place = "at infinity" if math.isinf(scene.best) else lead
        words.append(Label(at, floor + 0.14 * top, f"★ {place} →", "optimum", "top left"))
    title = f"ε = {number(scene.epsilon)}: no loss below {quantity(scene.floor, unit)}, no lead beyond {lead}"
    if scene.epsilon == 0:
        title = "ε = 0: the loss falls for ever, the lead grows without end"
    alt = (
        f"The loss over the lead of the right logit among {scene.classes}. With ε = {number(scene.epsilon)} its floor "
        f"is the entropy {quantity(scene.floor, unit)} of the label, at a lead of {number(scene.best)}."
    )
    x = axis("Lead g of the right logit over the others", range=list(scenes.GAPS), dtick=2)
    y = information_axis(unit, TOP, "Cross-entropy", bottom_nats=-0.35)
    handle = Handle("best", "Best lead", at, floor, (0.0, scenes.GAPS[1]), (floor, floor),
                    f"ε = {number(scene.epsilon)}", "x", (0.2, 0), color="optimum")  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))


def smoothed(scene: scenes.Smoothing, unit: Unit) -> str:
    """The closed forms with this state's numbers."""
    k, e, (right, other) = scene.classes, number(scene.epsilon), (number(v) for v in scene.label)
    if scene.epsilon == 0:
        return "The label is one-hot: its entropy is 0, which only an infinite lead would reach."
    return (
        f"g = log(1 + {k}(1 − {e})/{e}) = {number(scene.best)}, where softmax is the label itself: {right}, and "
        f"{other} each. The one-hot loss there is {quantity(scene.one_hot_at_best, unit)}."
    )


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about losses, with the number that settles it."""
    wrong = checked.wrong
    return {
        "The squared-error gradient vanishes for a very wrong prediction.": "With respect to the probability it is "
        f"−2(1 − p), near −2: {number(wrong.se.by_p)} at p = 0.01. It vanishes only through the sigmoid, in the logit: "
        f"{number(wrong.se.by_z)} there.",
        "0.99 on the wrong class costs about 100 times as much as 0.6.": f"{quantity(wrong.cross_entropy, unit)} "
        f"against {quantity(checked.less_wrong, unit)}: {number(checked.ratio, 3)} times.",
        "Squared error rewards wrong probabilities.": "Its best prediction for a coin of 0.7 is "
        f"{number(checked.brier_best)}: it is proper too. What differs is how hard it pulls on the way.",
        "A training loss that stops above 0 has not converged.": "With ten classes and ε = 0.1 it cannot fall below "
        f"{quantity(checked.floor, unit)}, the entropy of the label.",
        "log(p + 10⁻¹⁰) is harmless.": "At p = 0 it turns infinity into "
        f"{quantity(checked.guarded, unit)}; at p = 1 it makes a loss negative, {quantity(checked.sure, unit)}.",
    }
