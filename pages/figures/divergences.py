"""The five pictures of the Divergences page."""

from collections.abc import Sequence

import numpy as np

from core.scenes import divergences as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import Handle, LogScale, Picture, information_axis, level, line, points
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

SHORT = {"KL": "KL(P‖Q)", "reverse KL": "KL(Q‖P)"}  # the others are as short as it gets
SHOWN = {  # how each member is named where there is room
    "KL": "KL(P‖Q)",
    "reverse KL": "KL(Q‖P)",
    "JS": "Jensen–Shannon JS",
    "TV": "Total variation TV",
    "χ²": "Chi-squared χ²",
    "H²": "Squared Hellinger H²",
}
GENERATORS = {
    "KL": r"t\log t-t+1",
    "reverse KL": r"-\log t+t-1",
    "JS": r"\tfrac12\left(t\log t-(t+1)\log\tfrac{t+1}2\right)",
    "TV": r"\tfrac12|t-1|",
    "χ²": r"(t-1)^2",
    "H²": r"\tfrac12(\sqrt t-1)^2",
}
CONSTANTS = {
    "KL": "KL", "reverse KL": "REVERSE_KL", "JS": "JENSEN_SHANNON", "TV": "TOTAL_VARIATION", "χ²": "CHI2",
    "H²": "SQUARED_HELLINGER",
}  # fmt: skip
TOPS = {  # how high the picture of a generator goes, in nats or without a unit; what is above is cut off, and says so
    "KL": 1.7, "reverse KL": 1.7, "JS": 0.42, "TV": 1.25, "χ²": 2.8, "H²": 0.58,
}  # fmt: skip
INFORMATION_TOP, OTHER_TOP = 1.5, 1.3  # how far bars go: nats, and without a unit
ALPHAS = LogScale(scenes.LOWEST, scenes.HIGHEST, (0.1, 0.2, 0.5, 1, 2, 5, 10))
ALPHA_TOP = 2.2  # nats
SHIFT_TOP = 2.4  # nats: the divergence of two Gaussians leaves the picture at d = 2.2
DETOUR_TOP = 2.5  # nats
ROOT_TOP = 1.15  # root of nats
ORDER_NAMES = (  # what is known at the orders scenes.NAMED, and on which side of the rising curve it is said
    ("−log q(p > 0)", "top right", 1), ("½: H²", "top left", 1), ("1: KL", "bottom right", -1),
    ("2: χ²", "top left", 1), ("log of the largest p/q", "top left", 1),
)  # fmt: skip
SECOND, THIRD = dict(xaxis="x2", yaxis="y2"), dict(xaxis="x3", yaxis="y3")


def family(scene: scenes.Family, unit: Unit, names: Sequence[str], guess: float | None = None) -> Picture:
    """The chosen generator with the outcomes' ratios on it, and beside it every member of the family as a bar.

    With a `guess` (in nats) all values stay hidden.
    """
    chosen, hidden = scene.chosen, guess is not None
    top = _amount(TOPS[chosen.name], chosen, unit)
    heights = _amount(scene.height, chosen, unit)
    counted = scene.weight > 0
    x, y = np.minimum(scene.ratio, scenes.RATIOS)[counted], np.minimum(heights, top)[counted]
    curve = _amount(scene.f, chosen, unit)
    traces = [
        line(scene.t, np.where(curve <= top, curve, np.nan), "ink", hoverinfo="skip", dash="solid"),
        _stems(x, y),
        _weighted_points(x, y, scene.weight[counted]),
    ]  # fmt: skip
    value = _amount(chosen.value, chosen, unit)
    there = [n for n, c in zip(names, counted, strict=True) if c]
    words = [
        *_outcome_words(scene, x, y, there, heights[counted], value, top),
        Label(1.5, 0.97 * top, "point area: the weight q", "muted", "middle center", style.SMALL),
    ]
    if not hidden:
        traces += _level(scene, value, top)
    for information, axes in ((True, SECOND), (False, THIRD)):
        bars, said = _member_bars(scene, unit, information, axes, hidden)
        traces += [*bars, style.words(said, **axes)]
    title, alt = _family_said(scene, unit, names, guess)
    return Picture(figure(traces, title=title, labels=words, **_family_axes(scene, unit)), alt)


def _amount(value, member: scenes.Member, unit: Unit):
    """A value as it is drawn: in the unit if it is information, else as it is."""
    return unit.from_nats(value) if member.information else value


def printed(value: float, member: scenes.Member, unit: Unit) -> str:
    """A value as it is written: with the unit if it is information."""
    return quantity(value, unit) if member.information else number(value)


def _weighted_points(x, y, weight) -> dict:
    """Points whose area is their weight."""
    size = np.maximum(30 * np.sqrt(weight), 6).round(1).tolist()  # none so small that it is lost from sight
    drawn = points(x, y, "loss", size=size, name="outcomes", hoverinfo="skip", cliponaxis=False)
    drawn["marker"]["opacity"] = 1  # Plotly would make markers of several sizes pale
    return drawn


def _stems(x, y) -> dict:
    """From each point down to the axis."""
    heights = np.stack([np.zeros_like(y), y, np.full_like(y, np.nan)], axis=-1).ravel()
    return line(np.repeat(x, 3), heights, "loss", width=style.THIN, hoverinfo="skip")


def _level(scene: scenes.Family, value: float, top: float) -> list[dict]:
    """The value as a height, and where the weighted points balance, at t = 1, if none of them is at infinity."""
    if not value <= top:
        return []
    drawn = [level(value, 0, scenes.RATIOS, "loss")]
    if np.isfinite(scene.ratio).all():
        drawn.append(points([1.0], [value], "loss", symbol="diamond", size=12, name="balance", hoverinfo="skip"))
    return drawn


def _outcome_words(
    scene: scenes.Family, x, y, names: Sequence[str], heights, balance: float, top: float
) -> list[Label]:
    """The name above each point, one for those that coincide; further up, then down, where it would cover another."""
    ratios = scene.ratio[scene.weight > 0]
    words, taken = [], [(1.0, balance, 1)]
    for group in _together(x, y, top):
        i, name = group[0], ", ".join(names[j] for j in group)
        beyond, cut = ratios[i] > scenes.RATIOS, heights[i] > top
        up, stride = (0.88 * top, -0.075 * top) if cut else (y[i] + 0.045 * top, 0.075 * top)
        text = f"{name}: p/q = {_short(ratios[i])} →" if beyond else name
        text += f" ↑ {_short(heights[i])}" if cut else ""
        beside = [h for at, h, n in taken if abs(x[i] - at) < 0.05 * (len(text) + n)]
        places = [up + n * stride for n in (*range(14), *range(-1, -14, -1))]
        inside = (place for place in places if 0 < place <= top)
        up = next(place for place in inside if all(abs(place - h) >= 0.07 * top for h in beside))
        taken.append((x[i], up, len(text)))
        text += "\u00a0" * 5 if beyond else ""  # clear of the curve's end
        where = "top left" if beyond else "top center" if x[i] > 0.1 else "top right"
        size = style.SMALL if beyond else style.TEXT
        words.append(Label(float(x[i]), float(up), text, "ink", where, size))
    return words


def _together(x, y, top: float) -> list[list[int]]:
    """The points from left to right, those that coincide on the screen as one group; beyond the picture none do."""
    groups = []
    for i in map(int, np.argsort(x, kind="stable")):
        last = groups[-1][0] if groups else None
        same = last is not None and x[i] - x[last] < 0.05 and abs(y[i] - y[last]) < 0.05 * top
        if same and x[i] < scenes.RATIOS:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _short(value: float) -> str:
    return "∞" if np.isinf(value) else number(value, 3)


def _member_bars(
    scene: scenes.Family, unit: Unit, information: bool, axes: dict, hidden: bool
) -> tuple[list[dict], list[Label]]:
    """Members of one kind as bars with their ceilings, the chosen one hatched, and their names and values."""
    members = [m for m in scene.members if m.information is information]
    rows = np.arange(len(members), dtype=float)[::-1]
    end = unit.from_nats(INFORMATION_TOP) if information else OTHER_TOP
    values = np.array([_amount(m.value, m, unit) for m in members])
    roles = ["loss" if m is scene.chosen else "muted" for m in members]
    marker = dict(
        color=[color("loss_fill" if r == "loss" else "grid") for r in roles],
        line=dict(color=[color(r) for r in roles], width=2),
        pattern=dict(shape=[style.HATCH["loss"] if r == "loss" else "" for r in roles], fgcolor=color("loss"), size=7,
                     solidity=0.2),
    )  # fmt: skip
    bars = dict(type="bar", orientation="h", x=array(np.minimum(values, end)), y=array(rows), width=0.42, marker=marker,
                name="information" if information else "without a unit", hoverinfo="skip", **axes)  # fmt: skip
    ceilings = np.array([_amount(m.ceiling, m, unit) for m in members])
    bounded = np.isfinite(ceilings)
    marks = points(ceilings[bounded], rows[bounded], "optimum", symbol="line-ns-open", size=15, name="ceilings",
                   hoverinfo="skip", **axes)  # fmt: skip
    marks["marker"]["line"] = dict(color=color("optimum"), width=2)
    words = [
        Label(0, row + 0.42, f"{_short_name(m)}{'' if hidden else f'  {_beside(v, end)}'}", _ink(r), "middle right")
        for m, row, v, r in zip(members, rows, values, roles, strict=True)
    ]
    words += [
        Label(c, row - 0.36, f"at most {number(c)}", "optimum", "bottom left", style.SMALL)
        for c, row in zip(ceilings[bounded], rows[bounded], strict=True)
        if not hidden and row == rows[bounded].min()
    ]
    return ([marks] if hidden else [bars, marks]), words


def _short_name(member: scenes.Member) -> str:
    return SHORT.get(member.name, member.name)


def _ink(role: str) -> str:
    return "loss" if role == "loss" else "ink"


def _beside(value: float, end: float) -> str:
    return f"{number(value)}{' →' if value > end else ''}"


def _family_axes(scene: scenes.Family, unit: Unit) -> dict:
    top = TOPS[scene.chosen.name]
    height = information_axis(unit, top, "f(t)") if scene.chosen.information else axis("f(t)", range=[0, top])
    rows = dict(range=[-0.75, 2.75], showgrid=False, tickvals=[], showline=False)
    narrow = {
        "xaxis": {"domain": [0, 1]}, "yaxis": {"domain": [0.69, 1]},
        "xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0.34, 0.56]},
        "xaxis3": {"domain": [0, 1]}, "yaxis3": {"domain": [0, 0.22]},
    }  # fmt: skip
    return dict(
        x=axis("Ratio t = p/q", range=[0, scenes.RATIOS * 1.02], domain=[0, 0.57], dtick=0.5), y=height,
        xaxis2=information_axis(unit, INFORMATION_TOP) | dict(domain=[0.64, 1], anchor="y2", nticks=4),
        yaxis2=dict(rows, domain=[0.6, 1], anchor="x2"),
        xaxis3=axis("Without a unit", range=[0, OTHER_TOP], domain=[0.64, 1], anchor="y3", tickvals=[0, 0.5, 1]),
        yaxis3=dict(rows, domain=[0, 0.4], anchor="x3"), meta=dict(narrow=narrow), margin=dict(t=30),
    )  # fmt: skip


def _family_said(scene: scenes.Family, unit: Unit, names: Sequence[str], guess: float | None) -> tuple[str, str]:
    """The finding, and in words what is drawn."""
    chosen = scene.chosen
    at = "; ".join(
        f"{name} has p/q {number(t)} with weight {number(w)}"
        for name, t, w in zip(names, scene.ratio, scene.weight, strict=True)
        if w > 0
    )
    if guess is not None:
        return (
            "How far apart are P and Q by Jensen–Shannon?",
            f"The generator of {SHOWN[chosen.name]} with the ratios on it: {at}. The values are hidden; the estimate "
            f"is {quantity(guess, unit)}.",
        )
    listed = ", ".join(f"{SHOWN[m.name]} {printed(m.value, m, unit)}" for m in scene.members)
    name = _short_name(chosen)
    if np.isinf(chosen.value):
        one, other = ("Q", "P") if chosen.name == "reverse KL" else ("P", "Q")
        title = f"{name} is infinite: {one} has what {other} calls impossible"
    elif chosen.value == chosen.ceiling:
        title = f"{name} is {printed(chosen.value, chosen, unit)}, its ceiling: nothing is shared"
    else:
        title = f"{name} is {printed(chosen.value, chosen, unit)}: the mean height of the points"
    return title, f"The generator of {SHOWN[chosen.name]} with the ratios on it: {at}. {listed}."


def readouts(scene: scenes.Family, unit: Unit) -> dict[str, str]:
    """Every member of the family."""
    return {SHOWN[m.name]: printed(m.value, m, unit) for m in scene.members}


def notice(scene: scenes.Family, unit: Unit, names: Sequence[str]) -> str:
    """What to notice: which outcome makes the most of it, and what exchanging P and Q does."""
    chosen = scene.chosen
    if chosen.value == 0:
        return "P and Q are equal: every ratio is 1, where every generator is 0."
    same = np.isclose(chosen.value, chosen.swapped, rtol=1e-12) or chosen.value == chosen.swapped
    turned = f"it is {printed(chosen.swapped, chosen, unit)}" if not same else "it stays as it is"
    i = int(np.argmax(scene.term))
    if np.isinf(chosen.value):
        return f"{names[i]} alone makes it infinite. With P and Q exchanged {turned}."
    return (
        f"{names[i]} makes {number(scene.term[i] / chosen.value, 3)} of it: {_at(scene, i)} gives height "
        f"{printed(scene.height[i], chosen, unit)}. With P and Q exchanged {turned}."
    )


def _at(scene: scenes.Family, i: int) -> str:
    ratio = scene.ratio[i]
    return "an infinite ratio" if np.isinf(ratio) else f"ratio {number(ratio)}"


def definition(scene: scenes.Family) -> str:
    """The family, and the chosen generator."""
    return (
        rf"D_f(P\|Q) = \sum_i q_i\,f\!\left(\frac{{p_i}}{{q_i}}\right), \qquad f(t) = {GENERATORS[scene.chosen.name]}"
    )


def worked(scene: scenes.Family, unit: Unit) -> tuple[str, str]:
    """The weighted heights: products, then their values, which add up to the read-out."""
    chosen, counted = scene.chosen, scene.weight > 0
    heights = _amount(scene.height, chosen, unit)[counted]
    factors = " + ".join(f"{number(w)} × {number(h)}" for w, h in zip(scene.weight[counted], heights, strict=True))
    total, terms = _amount(chosen.value, chosen, unit), _amount(scene.term, chosen, unit)[counted]
    parts = add_up(terms, total) if np.isfinite(total) else [number(t) for t in terms]
    return factors, f"{' + '.join(parts)} = {printed(chosen.value, chosen, unit)}"


def taken(scene: scenes.Family, unit: Unit, names: Sequence[str]) -> tuple[dict[str, Sequence], str]:
    """The numbers of the picture as columns, and the code that prints the value shown."""
    chosen = scene.chosen
    kind = f" ({unit.name})" if chosen.information else ""
    columns = {
        "outcome": names,
        "p": scene.p,
        "q": scene.q,
        "ratio p/q": scene.ratio,
        f"f(p/q){kind}": _amount(scene.height, chosen, unit),
        f"contribution{kind}": _amount(scene.term, chosen, unit),
    }
    generator, constant = CONSTANTS[chosen.name], unit.name.upper()
    imports = f"from core.divergence import {generator}, f_divergence\n"
    imports += f"from core.units import {constant}\n" if chosen.information else ""
    value = f"f_divergence(p, q, {generator})"
    value = f"{constant}.from_nats({value})" if chosen.information else value
    return columns, f"{imports}\np = {scene.p.tolist()}\nq = {scene.q.tolist()}\nprint({value})\n"


def renyi(scene: scenes.Renyi, alpha: float, value: float, unit: Unit) -> Picture:
    """The Renyi divergence against its order from exactly 0 to infinity, the marker to drag, the orders with names."""
    of, at, top = unit.from_nats, ALPHAS.place(alpha), unit.from_nats(ALPHA_TOP)
    values, named = of(scene.values), of(np.array(scene.named))
    shown = np.where(values <= top, values, np.nan)
    places = [ALPHAS.place(a) for a in scenes.NAMED]
    inside = named <= top
    traces = [
        *_to_the_ends(values, named, top),
        line(np.log10(scene.orders), shown, "loss", dash="solid", hoverinfo="skip"),
        points(np.array(places)[inside], named[inside], "muted", symbol="diamond", size=10, hoverinfo="skip"),
        points([at], [min(of(value), top)], "loss", size=14, name="here", hoverinfo="skip"),
    ]
    words = [
        Label(x, y + side * 0.03 * top, text, "ink", where, style.SMALL)
        for x, y, (text, where, side) in zip(places, named, ORDER_NAMES, strict=True)
        if y <= top
    ]
    if np.isinf(scene.named[-1]):
        start = "at every order" if np.isinf(scene.named[1]) else "from α = 1 on"
        words.append(Label(ALPHAS.ends[1], 0.86 * top, f"infinite {start}: P has what Q calls impossible", "loss",
                           "middle left"))  # fmt: skip
    if value > unit.nats * top:
        side = "middle left" if at > 0 else "middle right"
        words.append(Label(at, top, f"   ↑ {number(of(value))}   ", "loss", side))
    title = f"α = {number(alpha)}: {quantity(value, unit)}{_order_says(scene, alpha)}"
    alt = (
        f"The Rényi divergence never falls as its order rises: {quantity(scene.named[0], unit)} at 0, "
        f"{quantity(scene.named[1], unit)} at one half, {quantity(scene.named[2], unit)} at 1, "
        f"{quantity(scene.named[3], unit)} at 2 and {quantity(scene.named[4], unit)} at infinity. At "
        f"{number(alpha)} it is {quantity(value, unit)}."
    )
    y = information_axis(unit, ALPHA_TOP * 1.12, "Divergence", bottom_nats=-0.08)
    handle = Handle("alpha", "Order α", at, min(of(value), top), ALPHAS.ends, (min(of(value), top),) * 2,
                    f"α = {number(alpha)}", "x", (0.07, 0), color="loss")  # fmt: skip
    x = ALPHAS.axis("Order α (logarithmic, with its limits)")
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))


def _to_the_ends(values, named, top: float) -> list[dict]:
    """Dotted from the curve to its two exact ends, where these are in sight."""
    first, last = np.log10(scenes.ORDERS[[0, -1]])
    sides = ((ALPHAS.ends[0], first, named[0], values[0]), (last, ALPHAS.ends[1], values[-1], named[-1]))
    return [line([a, b], [u, v], "ghost", dash="dot", hoverinfo="skip") for a, b, u, v in sides if max(u, v) <= top]


def _order_says(scene: scenes.Renyi, alpha: float) -> str:
    """What the value is at an order that has a name."""
    return {
        0.0: ", −log of what Q gives to P’s outcomes",
        0.5: ", −2 log(1 − H²)",
        1.0: ", the KL divergence",
        2.0: ", log(1 + χ²)",
        float("inf"): f", log of the ratio {number(scene.largest)}",
    }.get(alpha, "")


def shift(scene: scenes.Shift, along: scenes.Shifts, unit: Unit) -> Picture:
    """Two bells, one to drag away, and under them four divergences against the distance."""
    of, top, d, at = unit.from_nats, unit.from_nats(SHIFT_TOP), along.shifts, scene.at
    hatch = dict(shape=style.HATCH["shared"], fgcolor=color("shared"), size=6, solidity=0.2)
    most = of(scenes.MOST)
    traces = [
        line(scene.x, scene.both, "shared", width=0, fill="tozeroy", fillcolor=color("shared_fill"), name="both",
             fillpattern=hatch, hoverinfo="skip"),
        line(scene.x, scene.p, "p", hoverinfo="skip", name="P"),
        line(scene.x, scene.q, "q", hoverinfo="skip", name="Q"),
        points([scene.d], [scene.peak], "q", size=14, hoverinfo="skip"),
    ]  # fmt: skip
    one, other = along.along, at
    lines = (
        (of(one.kl), of(other.kl), "loss", "solid", SECOND, top), (of(one.js), of(other.js), "optimum", "longdash",
        SECOND, top), (one.total_variation, other.total_variation, "shared", "solid", THIRD, 1.2),
        (one.hellinger, other.hellinger, "ink", "dash", THIRD, 1.2),
    )  # fmt: skip
    for curve, value, role, dash, axes, end in lines:
        inside = curve <= end
        traces.append(line(d[inside], curve[inside], role, dash=dash, hoverinfo="skip", **axes))
        symbol = "triangle-up" if value > end else "circle"
        traces.append(points([scene.d], [min(value, end)], role, size=11, symbol=symbol, hoverinfo="skip", **axes))
    for height, axes in ((most, SECOND), (1.0, THIRD)):
        traces.append(level(height, 0, scenes.FARTHEST, "muted") | axes)
    traces += [style.words(w, **axes) for w, axes in zip(_shift_words(scene, unit), (SECOND, THIRD), strict=True)]
    words = [
        Label(-0.15, scene.p.max() + 0.015, "P", "p", "top left"),
        Label(scene.d + 0.15, scene.peak + 0.015, "Q", "q", "top right"),
        Label(9.4, 0.52, f"shaded: 1 − TV = {number(1 - at.total_variation)}", "shared", "middle left"),
    ]  # fmt: skip
    title = f"{number(scene.d)} widths apart: KL {quantity(at.kl, unit)}, Jensen–Shannon {quantity(at.js, unit)}"
    alt = (
        f"Two Gaussians of width 1, {number(scene.d)} apart. KL is {quantity(at.kl, unit)}, half the square of the "
        f"distance; Jensen–Shannon {quantity(at.js, unit)} of at most {quantity(scenes.MOST, unit)}; total variation "
        f"{number(at.total_variation)} and squared Hellinger {number(at.hellinger)} of at most 1."
    )
    handle = Handle("q_mean", "Mean of Q", scene.d, scene.peak, (0.0, scenes.FARTHEST), (scene.peak,) * 2,
                    f"d = {number(scene.d)}", "x", (0.05, 0), (0.01, None), color="q",
                    sets=("divergences_shift", None))  # fmt: skip
    return Picture(figure(traces, title=title, labels=words, **_shift_axes(unit)), alt, (handle,))


def _shift_words(scene: scenes.Shift, unit: Unit) -> tuple[list[Label], list[Label]]:
    """The names of the four curves, and what has left the picture."""
    of, top = unit.from_nats, unit.from_nats(SHIFT_TOP)
    most = quantity(scenes.MOST, unit)
    left = [
        Label(2.25, 0.96 * top, f"KL = d²/2, {number(of(18.0))} at d = 6", "loss", "middle right"),
        Label(scenes.FARTHEST, of(scenes.MOST) + 0.03 * top, f"Jensen–Shannon, at most {most}", "optimum", "top left"),
    ]
    right = [
        Label(0.12, 0.88, "total variation", "shared", "middle right"),
        Label(2.9, 0.5, "squared Hellinger", "ink", "middle right"),
        Label(scenes.FARTHEST, 1.02, "at most 1", "muted", "top left", style.SMALL),
    ]
    return left, right


def _shift_axes(unit: Unit) -> dict:
    d = dict(range=[0, scenes.FARTHEST * 1.01], dtick=1)
    narrow = {
        "yaxis": {"domain": [0.72, 1]}, "xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0.38, 0.6]},
        "xaxis3": {"domain": [0, 1]}, "yaxis3": {"domain": [0, 0.22]},
    }  # fmt: skip
    return dict(
        x=axis("", range=[-3.5, scenes.FARTHEST + 3.5], dtick=2, tick0=0),
        y=axis("Density", range=[0, 0.56], domain=[0.6, 1]),
        xaxis2=axis("Distance d", domain=[0, 0.46], anchor="y2", **d),
        yaxis2=information_axis(unit, SHIFT_TOP * 1.04) | dict(domain=[0, 0.46], anchor="x2"),
        xaxis3=axis("Distance d", domain=[0.54, 1], anchor="y3", **d),
        yaxis3=axis("Without a unit", range=[0, 1.2], domain=[0, 0.46], anchor="x3", dtick=0.5),
        meta=dict(narrow=narrow),
    )  # fmt: skip


def pinsker(scene: scenes.Approach, cloud: scenes.Cloud, unit: Unit) -> Picture:
    """Total variation against divergence: what two bounds leave room for, random pairs in it, and the present pair."""
    of, room = unit.from_nats, unit.from_nats(scenes.ROOM)
    ceiling = np.minimum(np.minimum(cloud.pinsker, cloud.bretagnolle_huber), 1.0)
    inside, way, useful = cloud.kl <= scenes.ROOM, scene.kl_way <= scenes.ROOM, cloud.pinsker <= 1.0
    end = min(of(scene.kl), room)
    traces = [
        line(of(cloud.kl_grid), ceiling, "shared", width=0, fill="tozeroy", fillcolor=color("shared_fill"),
             name="allowed", hoverinfo="skip"),
        dict(points(of(cloud.kl[inside]), cloud.total_variation[inside], "muted", size=5, name="random pairs",
                    hoverinfo="skip"), opacity=0.6),
        line(of(cloud.kl_grid[useful]), cloud.pinsker[useful], "shared", hoverinfo="skip", name="Pinsker"),
        line(of(cloud.kl_grid), cloud.bretagnolle_huber, "ink", dash="solid", hoverinfo="skip", name="BH"),
        line(of(scene.kl_way[way]), scene.variation_way[way], "loss", hoverinfo="skip", name="way"),
        points([end], [scene.total_variation], "loss", size=14, name="here", hoverinfo="skip"),
    ]  # fmt: skip
    words = [
        Label(room, 1.085, f"Pinsker, empty from {quantity(2.0, unit)} on", "shared", "middle left"),
        Label(room, 0.93, "Bretagnolle–Huber", "ink", "bottom left"),
    ]
    if scene.kl > scenes.ROOM:
        words.append(Label(room, 0.03, f"KL {number(of(scene.kl))} →", "loss", "top left"))
    title, alt = _bounds_said(scene, cloud, unit)
    x = information_axis(unit, scenes.ROOM * 1.02, "KL(P‖Q)")
    y = axis("Total variation", range=[-0.02, 1.16], tickvals=[0, 0.25, 0.5, 0.75, 1])
    handle = Handle("toward", "Total variation of P and Q", end, scene.total_variation, (end, end), (0.0, scene.whole),
                    f"TV = {number(scene.total_variation)}", "y", (0, scene.whole / 50 or 0.01), (None, None),
                    color="loss")  # fmt: skip
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))


def _bounds_said(scene: scenes.Approach, cloud: scenes.Cloud, unit: Unit) -> tuple[str, str]:
    """The finding, and in words what is drawn."""
    tighter = "Pinsker’s" if scene.pinsker <= scene.bretagnolle_huber else "Bretagnolle and Huber’s"
    least, kl = number(min(scene.pinsker, scene.bretagnolle_huber)), quantity(scene.kl, unit)
    caps = "An infinite KL" if np.isinf(scene.kl) else f"KL {kl}"
    alt = (
        f"Total variation against divergence. At {kl} Pinsker’s bound is {number(scene.pinsker)} and Bretagnolle and "
        f"Huber’s {number(scene.bretagnolle_huber)}; the pair has {number(scene.total_variation)}, and {tighter} is "
        f"the tighter one. {cloud.kl.size} random pairs lie under both."
    )
    return f"{caps} caps TV at {least}; it is {number(scene.total_variation)}", alt


def detour(scene: scenes.Detour, unit: Unit) -> Picture:
    """From one coin to another by way of a third: KL falls below the direct way, the root of Jensen-Shannon never."""
    of, m = unit.from_nats, number(scene.middle)
    kl_at, js_at = of(np.array(scene.kl_at)), np.sqrt(of(np.array(scene.js_at)))
    kl, root = float(kl_at.sum()), float(js_at.sum())
    direct, direct_root = of(scene.kl_direct), float(np.sqrt(of(scene.js_direct)))
    ends = of(DETOUR_TOP), ROOT_TOP * float(np.sqrt(of(1.0)))
    traces = [
        *_ways(scene, of(scene.kl_legs).sum(axis=0), kl, direct, ends[0], {}),
        *_ways(scene, np.sqrt(of(scene.js_legs)).sum(axis=0), root, direct_root, ends[1], SECOND),
        style.words(_way_words(m, root, direct_root, ends[1], "bottom center"), **SECOND),
    ]
    words = _way_words(m, kl, direct, ends[0], "top center")
    rule = "breaks" if kl < direct * (1 - 1e-12) else "keeps"
    title = f"By way of {m} KL {rule} the triangle inequality; √JS keeps it"
    legs = " + ".join(add_up(kl_at, kl) if np.isfinite(kl) else map(number, kl_at))
    a, c = map(number, scene.ends)
    alt = (
        f"Coins with {a}, {m} and {c}. KL: {legs} = {quantity(sum(scene.kl_at), unit)} by way of the second, "
        f"{quantity(scene.kl_direct, unit)} directly. Root of Jensen–Shannon: {number(root)} by way of it, "
        f"{number(direct_root)} directly."
    )
    handles = _coins(scene, kl, root, ends)
    return Picture(figure(traces, title=title, labels=words, **_detour_axes(unit, ends)), alt, handles)


def _ways(scene: scenes.Detour, by_way, here: float, direct: float, top: float, axes: dict) -> list[dict]:
    """The direct way as a level, the ways by each middle coin as a curve, hatched where they are shorter."""
    shorter = np.minimum(by_way, direct)
    return [
        line(scene.grid, np.full_like(scene.grid, direct), "ink", dash="solid", hoverinfo="skip", **axes),
        _between(scene.grid, shorter, axes),
        line(scene.grid, np.where(by_way <= top, by_way, np.nan), "loss", dash="dash", hoverinfo="skip", **axes),
        points([scene.middle], [min(here, top)], "loss", size=14, hoverinfo="skip", **axes),
    ]


def _way_words(middle: str, here: float, direct: float, top: float, where: str) -> list[Label]:
    side = 1 if where.startswith("top") else -1
    cut = " ↑" if here > top else ""
    return [
        Label(0.5, direct + side * 0.02 * top, f"direct: {number(direct)}", "ink", where),
        Label(0.5, 0.06 * top, f"by way of {middle}: {number(here)}{cut}", "loss", "middle center"),
    ]


def _between(x, below, axes: dict) -> dict:
    """The gap that a detour leaves under the direct way, hatched as lost; it closes on the trace before."""
    hatch = dict(shape=style.HATCH["loss"], fgcolor=color("loss"), bgcolor=color("loss_fill"), size=7, solidity=0.2)
    return line(x, below, "loss", width=0, fill="tonexty", fillpattern=hatch, name="gap", hoverinfo="skip", **axes)


def _detour_axes(unit: Unit, ends: tuple[float, float]) -> dict:
    x = dict(range=[-0.02, 1.02], tickvals=[0, 0.1, 0.5, 0.9, 1])
    narrow = {"yaxis": {"domain": [0.62, 1]}, "xaxis": {"domain": [0, 1]}, "xaxis2": {"domain": [0, 1]},
              "yaxis2": {"domain": [0, 0.38]}}  # fmt: skip
    return dict(
        x=axis("Probability of heads of the middle coin", domain=[0, 0.46], **x),
        y=information_axis(unit, DETOUR_TOP * 1.04, "KL"),
        xaxis2=axis("Probability of heads of the middle coin", domain=[0.56, 1], anchor="y2", **x),
        yaxis2=axis(f"√JS (JS in {unit.name})", range=[0, ends[1]], anchor="x2"), meta=dict(narrow=narrow),
    )  # fmt: skip


def _coins(scene: scenes.Detour, kl: float, root: float, ends: tuple[float, float]) -> tuple[Handle, Handle]:
    """The middle coin, on either curve."""
    return tuple(
        Handle(
            f"coin_{i}", f"Middle coin, {name}", scene.middle, float(min(y, end)), (0.0, 1.0),
            (float(min(y, end)),) * 2, number(scene.middle), "x", (0.01, 0), (0.01, None), color="loss",
            sets=("divergences_coin", None), xaxis=xaxis, yaxis=yaxis,
        )
        for i, name, y, end, xaxis, yaxis in (
            (1, "KL", kl, ends[0], "xaxis", "yaxis"), (2, "root of JS", root, ends[1], "xaxis2", "yaxis2"),
        )
    )  # fmt: skip


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about divergences, with the number that settles it."""
    one, two = checked.legs
    return {
        "KL is a distance.": f"It is not symmetric: [.5 .3 .2] and [.2 .4 .4] have {quantity(checked.forward, unit)} "
        f"one way and {quantity(checked.reverse, unit)} the other. It breaks the triangle inequality: from the coin .1 "
        f"to the coin .9 it is {quantity(checked.direct, unit)}, by way of .5 only {quantity(one, unit)} + "
        f"{quantity(two, unit)} = {quantity(one + two, unit)}.",
        "The JS generator is −(t+1) log((t+1)/2) + t log t.": "That one gives twice the Jensen–Shannon divergence: "
        f"{quantity(checked.js_by_other, unit)} instead of {quantity(checked.js, unit)} for [.5 .3 .2] and [.2 .4 .4].",
        "(√t − 1)² generates the squared Hellinger distance.": "As usually normalized, with at most 1, it gives "
        f"twice that: {number(checked.hellinger_by_other)} instead of {number(checked.hellinger)}.",
        "All divergences agree on what is near.": f"From [.9 .1], [.999 .001] is nearer than [.7 .3] by total "
        f"variation ({number(checked.near[0])} against {number(checked.far[0])}) and further by KL "
        f"({quantity(checked.near[1], unit)} against {quantity(checked.far[1], unit)}).",
    }
