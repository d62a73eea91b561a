"""The seven pictures of the Entropy page."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from core.scenes import entropy as scenes
from core.units import Unit
from pages.figures import style
from pages.figures.parts import (
    DECADES,
    Handle,
    Picture,
    along_curve,
    information_axis,
    level,
    line,
    listed,
    over_triangle,
    points,
    triangle,
)
from pages.figures.style import Label, add_up, array, axis, color, figure, number, quantity

AREAS_TOP = 3.6  # nats (5.2 bits): a surprisal above is cut off, and says so
MOST_DRAWS = 10_000
NARROW = 0.07  # a rectangle thinner than this has no room for its label
WORDS_WIDE = 0.55  # nats that the words within a bar take up


def areas(
    scene: scenes.Distribution,
    unit: Unit,
    names: Sequence[str],
    guess: float | None = None,
    before: scenes.Distribution | None = None,
) -> Picture:
    """The distribution as rectangles, p wide and -log p high: together they cover the entropy.

    With a `guess` (in nats) the entropy itself stays hidden and the guess is drawn instead. `before` is the
    distribution that the hand took hold of: its outline stays as a ghost.
    """
    left = np.concatenate([[0.0], np.cumsum(scene.p)[:-1]])
    top = unit.from_nats(AREAS_TOP)
    heights = np.where(scene.p > 0, unit.from_nats(scene.surprisal), 0.0)
    bars = go.Bar(
        x=array(left), y=array(np.minimum(heights, top)), width=array(scene.p), offset=0,
        marker=dict(color=color("p_fill"), line=dict(color=color("p"), width=style.LINE - 0.5)),
        customdata=array(np.stack([scene.p, heights, unit.from_nats(scene.terms)], axis=-1)), text=list(names),
        textposition="none",
        hovertemplate="%{text}<br>probability %{customdata[0]:.4f}<br>surprisal %{customdata[1]:.4f}"
        "<br>area %{customdata[2]:.4f}<extra></extra>",
    )  # fmt: skip
    hidden = guess is not None
    words = [w for i in range(scene.p.size) for w in _rectangle_words(scene, unit, names[i], i, left[i], hidden)]
    of = unit.from_nats
    if not hidden:
        most = f"log {scene.p.size}"
        lines = {"H": (of(scene.entropy), "shared", "solid"), most: (of(scene.maximum), "muted", "dot")}
        title = f"The areas cover H = {quantity(scene.entropy, unit)}"
        alt = (
            f"{listed(names, scene.p)}. Rectangles as wide as each probability and as high as its surprisal cover "
            f"{quantity(scene.entropy, unit)} of at most {quantity(scene.maximum, unit)}."
        )
    else:
        lines = {"estimate": (of(guess), "q", "dash")}
        title = "How large is the whole area?"
        alt = f"{listed(names, scene.p)}. The entropy is hidden; the estimate is {quantity(guess, unit)}."
    levels = [_ghost(before, unit)] if before else []
    levels += [level(y, 0, 1, role, dash) for y, role, dash in lines.values()]
    words += _line_ends({text: (y, role) for text, (y, role, _) in lines.items()}, of(AREAS_TOP))
    x = axis("Probability, one outcome after another", range=[0, 1])
    y = information_axis(unit, AREAS_TOP, "Surprisal −log p")
    return Picture(figure([bars, *levels], title=title, x=x, y=y, labels=words, margin=dict(r=76)), alt)


def finding(scene: scenes.Distribution, unit: Unit, names: Sequence[str]) -> str:
    """What to notice in this distribution."""
    if scene.entropy == 0:
        return f"{names[int(np.argmax(scene.p))]} is certain: nothing can surprise, and no area is left."
    possible = np.flatnonzero(scene.p > 0)
    rare = possible[np.argmin(scene.p[possible])]
    among = "among " if np.sum(scene.p == scene.p[rare]) > 1 else ""
    gap = scene.maximum - scene.entropy
    if np.ptp(scene.p) == 0:
        return f"All {scene.p.size} outcomes are equally likely: no distribution over {scene.p.size} surprises more."
    return (
        f"{names[rare]} is {among}the rarest: it surprises by {quantity(scene.surprisal[rare], unit)}, but at "
        f"probability {number(scene.p[rare])} it adds only {quantity(scene.terms[rare], unit)}. "
        f"Equal shares would carry {quantity(gap, unit)} more."
    )


def worked(scene: scenes.Distribution, unit: Unit) -> tuple[str, str]:
    """The sum with this state's terms: the products, then their values, which add up to the read-out."""
    h, possible = unit.from_nats(scene.entropy), scene.p > 0
    products = zip(scene.p[possible], unit.from_nats(scene.surprisal[possible]), strict=True)
    terms = add_up(unit.from_nats(scene.terms[possible]), h)
    factors = " + ".join(f"{number(p)} × {number(s)}" for p, s in products)
    return factors, f"{' + '.join(terms)} = {quantity(scene.entropy, unit)}"


def taken(scene: scenes.Distribution, unit: Unit, names: Sequence[str]) -> tuple[dict[str, Sequence], str]:
    """The numbers of the picture as columns, and the code that prints the entropy shown."""
    columns = {
        "outcome": names,
        "probability": scene.p,
        f"surprisal ({unit.name})": unit.from_nats(scene.surprisal),
        f"contribution ({unit.name})": unit.from_nats(scene.terms),
    }
    constant = unit.name.upper()
    snippet = (
        "from core.discrete import entropy\n"
        f"from core.units import {constant}\n\n"
        f"p = {scene.p.tolist()}\n"
        f"print({constant}.from_nats(entropy(p)))\n"
    )
    return columns, snippet


def claims(checked: scenes.Claims, unit: Unit) -> dict[str, str]:
    """What is often said wrongly about entropy, with the number that settles it."""
    return {
        "Entropy is never negative.": "That of outcomes is not; that of a density is, for a Gaussian narrower than "
        f"σ = {checked.zero_sigma:.4f}: at σ = 0.1 it is {quantity(checked.narrow_gaussian, unit)}.",
        "The rarest outcome contributes most.": "It surprises most. The contribution p(−log p) is largest at "
        f"p = {number(checked.peak)}, with {quantity(checked.peak_term, unit)}; at p = 0.01 it is "
        f"{quantity(checked.rare_term, unit)}.",
        "Entropy measures how far apart the values lie.": "It does not know the values: a coin that pays 0 or 1 and "
        f"one that pays 0 or 1000 both have {quantity(checked.fair_coin, unit)}.",
    }


def _ghost(scene: scenes.Distribution, unit: Unit) -> dict:
    edges = np.repeat(np.concatenate([[0.0], np.cumsum(scene.p)]), 2)
    heights = np.repeat(np.where(scene.p > 0, unit.from_nats(np.minimum(scene.surprisal, AREAS_TOP)), 0.0), 2)
    return line(edges, [0, *heights, 0], "ghost", width=style.THIN, hoverinfo="skip")


def _rectangle_words(scene, unit, name, i, left, hidden) -> list[Label]:
    p, height, top = scene.p[i], unit.from_nats(scene.surprisal[i]), unit.from_nats(AREAS_TOP)
    middle = left + p / 2
    if p > 0 and height > top:
        where = "top left" if middle > 0.8 else "top center"
        return [Label(middle, top, f"↑ {name}: {number(height)}", "p", where, style.SMALL)]
    if p < NARROW:
        return [Label(middle, height, name, "p", "top center", style.SMALL)] if p >= NARROW / 3 else []
    text = name if hidden else f"{name}<br>{number(unit.from_nats(scene.terms[i]))}"
    # Just above the axis or under the top edge, whichever is further from the line H; on top of a low rectangle.
    places = [0.1 * top, height - 0.1 * top]
    y = max(places, key=lambda y: abs(y - unit.from_nats(scene.entropy)))
    return [Label(middle, y, text) if height > 0.2 * top else Label(middle, height, text, "ink", "top center")]


def _line_ends(lines: dict[str, tuple[float, str]], top: float) -> list[Label]:
    """Names at the right end of horizontal lines, one above and one below where they would cover each other."""
    heights = [y for y, _ in lines.values()]
    close = max(heights) - min(heights) < 0.06 * top and len(lines) > 1
    return [
        Label(1, y, text, role, "middle right" if not close else "top right" if y == max(heights) else "bottom right")
        for text, (y, role) in lines.items()
    ]


def binary(scene: scenes.Binary, unit: Unit) -> Picture:
    """The entropy of a coin against the probability of heads."""
    h, top = unit.from_nats(scene.entropy), unit.from_nats(np.log(2))
    marked = unit.from_nats(scene.marked_entropy)
    traces = [
        line(scene.grid, unit.from_nats(scene.curve), "p", hovertemplate="p %{x:.3f}: %{y:.4f}<extra></extra>"),
        points(scene.marked, marked, "muted", size=8, hoverinfo="skip"),
        points([scene.p], [h], "p", size=14, hoverinfo="skip"),
    ]
    words = [
        Label(x, y + 0.02 * top, number(y), "muted", f"top {side}", style.SMALL)
        for x, y, side in zip(scene.marked, marked, ("left", "left", "center", "right", "right"), strict=True)
        if abs(x - scene.p) > 0.04
    ]
    words.append(Label(scene.p, h - 0.06 * top, number(h), "p", "bottom center"))
    title = f"A coin with p = {number(scene.p)} carries {quantity(scene.entropy, unit)}"
    alt = (
        f"An arch over p from 0 to 1, highest at one half ({number(top)} {unit.name}). "
        f"The coin with p = {number(scene.p)} is at {quantity(scene.entropy, unit)}."
    )
    x = axis("Probability of heads", range=[-0.02, 1.02], dtick=0.1)
    y = information_axis(unit, 0.83, "Entropy")
    handle = along_curve("entropy_coin", "Probability of heads", scene.p, h, (0, 1), color="p")
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))


def surprisal(scene: scenes.Surprisal, unit: Unit) -> Picture:
    """Surprisal against probability on a logarithmic axis, with the named events and a product of two."""
    of = unit.from_nats
    traces = [
        line(scene.grid, of(scene.curve), "p", hovertemplate="p %{x:.3g}: %{y:.4f}<extra></extra>"),
        points([e.p for e in scene.events], of(scene.event_surprisal), "muted", size=9, hoverinfo="skip"),
        points([scene.p * scene.q], [of(scene.surprisal_joint)], "shared", size=12, symbol="diamond", hoverinfo="skip"),
        points([scene.p], [of(scene.surprisal_p)], "p", size=14, hoverinfo="skip"),
        points([scene.q], [of(scene.surprisal_q)], "q", size=14, hoverinfo="skip"),
    ]
    words = [
        Label(e.p, y, f"{e.name}: {number(y)}\N{EM SPACE}", "muted", where, style.SMALL)
        for e, y, where in zip(
            scene.events, of(scene.event_surprisal), ("bottom left", "middle left", "top right"), strict=True
        )
    ]
    words.append(Label(scene.joint, of(scene.surprisal_joint), "both  ", "shared", "bottom left"))
    each = add_up([of(scene.surprisal_p), of(scene.surprisal_q)], of(scene.surprisal_joint))
    sum_ = f"{' + '.join(each)} = {quantity(scene.surprisal_joint, unit)}"
    title = f"Two independent events: {sum_}"
    alt = (
        f"Surprisal falls as probability rises. Events with probabilities {number(scene.p)} and {number(scene.q)} "
        f"together have probability {number(scene.joint)}; their surprisals add: {sum_}."
    )
    x = axis("Probability (logarithmic)", type="log", range=[-8, 0.15], dtick=2)
    y = information_axis(unit, 19.0, "Surprisal", bottom_nats=-1.8)
    handles = (
        along_curve("entropy_a", "First event", scene.p, of(scene.surprisal_p), (1e-4, 1), color="p", step=DECADES),
        along_curve("entropy_b", "Second event", scene.q, of(scene.surprisal_q), (1e-4, 1), color="q", step=DECADES),
    )
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, handles)


def simplex(scene: scenes.Simplex, unit: Unit, names: Sequence[str], free: bool = True) -> Picture:
    """Entropy over every distribution of three outcomes, with the one that is looked at, to be moved if it is free."""
    point = points(scene.point[:1], scene.point[1:], "p", size=14, hoverinfo="skip")
    words = [
        Label(*corner, f"{name} {number(share)}", "ink", where)
        for corner, name, share, where in zip(
            scene.corners, names, scene.p, ("bottom center", "bottom center", "top center"), strict=True
        )
    ]
    title = f"({', '.join(number(v) for v in scene.p)}) carries {quantity(scene.at_point, unit)}"
    alt = (
        f"A triangle of all distributions over {', '.join(names)}, entropy rising from 0 at its corners to "
        f"{quantity(float(np.log(3)), unit)} in the middle. "
        f"The point {listed(names, scene.p)} has {quantity(scene.at_point, unit)}."
    )
    handle = Handle(
        "point", "Distribution", *map(float, scene.point), (0, 1), (0, float(scene.corners[2, 1])),
        listed(names, scene.p), "xy", (0.02, 0.02), within=tuple(map(tuple, scene.corners.tolist())), color="p",
    )  # fmt: skip
    shown = figure([*triangle(scene, unit), point], title=title, labels=words, **over_triangle())
    return Picture(shown, alt, (handle,) if free else ())


def sampling(scene: scenes.Sampling, unit: Unit) -> Picture:
    """The running mean surprisal settling at the entropy, inside its band."""
    of = unit.from_nats
    band = dict(mode="lines", line=dict(width=0), hoverinfo="skip")
    traces = [
        go.Scatter(x=array(scene.n), y=array(of(scene.low)), **band),
        go.Scatter(x=array(scene.n), y=array(of(scene.high)), fill="tonexty", fillcolor=color("shared_fill"), **band),
        line(scene.n, of(scene.mean), "p", hovertemplate="%{x:.0f} draws: %{y:.4f}<extra></extra>"),
    ]
    h = of(scene.entropy)
    gap = abs(scene.final - scene.entropy)
    title = f"After {scene.draws} draws the mean is {quantity(scene.final, unit)}, off by {number(of(gap))}"
    alt = (
        f"The mean surprisal of {scene.draws} draws ends at {quantity(scene.final, unit)}; the entropy is "
        f"{quantity(scene.entropy, unit)}. A shaded band that narrows with the root of n holds it 95 times in 100."
    )
    x = axis("Draws (logarithmic)", type="log", range=[0, np.log10(MOST_DRAWS)], dtick=1)
    y = information_axis(unit, scene.top, "Mean surprisal")
    words = [Label(MOST_DRAWS, h, "H", "shared", "middle right")]
    traces.append(level(h, 1, MOST_DRAWS, "shared", "solid"))
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, margin=dict(r=40)), alt)


def grouping(scene: scenes.Grouping, unit: Unit, names: Sequence[str]) -> Picture:
    """The entropy as one bar, and under it the same length split by merging two outcomes."""
    of = unit.from_nats
    rows = ["all outcomes", "merged first"]
    one = f"{names[scene.pair[0]]} or {names[scene.pair[1]]}"
    parts = [
        ("H", scene.entropy, rows[0], "p", "p_fill"),
        ("H of the groups", scene.between, rows[1], "shared", "shared_fill"),
        (f"{number(scene.weight)} × H within {one}", scene.forgotten, rows[1], "loss", "loss_fill"),
    ]
    traces = [
        go.Bar(
            x=array([of(value)]), y=[row], orientation="h", name=name,
            hovertemplate=f"{name}: %{{x:.4f}}<extra></extra>",
            marker=dict(color=color(fill), line=dict(color=color(role), width=style.LINE - 0.5),
                        pattern=dict(shape=style.HATCH.get(role, ""), fgcolor=color(role), fgopacity=0.35)),
        )
        for name, value, row, role, fill in parts
    ]  # fmt: skip
    words = [
        Label(0, rows[0], f"  H = {number(of(scene.entropy))}", "ink", "middle right"),
        Label(0, rows[1], f"  groups {number(of(scene.between))}", "ink", "middle right"),
    ]
    end = scene.between + scene.forgotten
    if scene.forgotten > WORDS_WIDE or 0 < end < np.log(8) - WORDS_WIDE:  # inside its bar or, with room, after it
        start = scene.between if scene.forgotten > WORDS_WIDE else end
        words.append(Label(of(start), rows[1], f"  within {number(of(scene.forgotten))}", "ink", "middle right"))
    title = f"Merging {one} forgets {quantity(scene.forgotten, unit)}"
    alt = (
        f"The entropy {quantity(scene.entropy, unit)} is the entropy {quantity(scene.between, unit)} of the groups "
        f"plus {number(scene.weight)} times the entropy {quantity(scene.inside, unit)} within {one}."
    )
    x = information_axis(unit, np.log(8) * 1.02, "Entropy")
    y = dict(autorange="reversed", categoryorder="array", categoryarray=rows, showgrid=False)
    layout = dict(barmode="stack", margin=dict(l=104))
    return Picture(figure(traces, title=title, x=x, y=y, labels=words, **layout), alt)


KINDS = {"Gaussian": ("p", "solid"), "Laplace": ("q", "dash"), "uniform": ("shared", "dot")}


def densities(scene: scenes.Continuous, unit: Unit) -> Picture:
    """Three densities with one variance."""
    traces, words = [], []
    top = 1.6
    for i, d in enumerate(scene.densities):
        role, dash = KINDS[d.name]
        clipped = np.where(d.values > top, np.nan, d.values)
        traces.append(line(scene.x, clipped, role, dash=dash, hovertemplate=f"{d.name} %{{y:.4f}}<extra></extra>"))
        text = f"{d.name}: {quantity(d.entropy, unit)}"
        words.append(Label(scene.x[-1], top * (0.95 - 0.1 * i), text, role, "middle left"))
    highest = max(float(d.values.max()) for d in scene.densities)
    if highest > top:
        words.append(Label(0.1, 0.97 * top, f"  ↑ up to {number(highest)}", "muted", "middle right", style.SMALL))
    first = scene.densities[0]
    title = f"At σ = {number(scene.sigma)} the {first.name} has the most, {quantity(first.entropy, unit)}"
    values = "; ".join(f"{d.name} {quantity(d.entropy, unit)}" for d in scene.densities)
    alt = f"Three densities with standard deviation {number(scene.sigma)}. Differential entropies: {values}."
    x = axis("x", range=[scene.x[0], scene.x[-1]])
    y = axis("Density", range=[0, top])
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt)


def entropy_of_scale(scene: scenes.Continuous, unit: Unit) -> Picture:
    """Differential entropy against sigma for the three families, with the zero that they cross."""
    of = unit.from_nats
    traces = [level(0, 0.045, 2.2, "ghost", "solid")]
    for d in scene.densities:
        role, dash = KINDS[d.name]
        traces.append(line(scene.scales, of(d.at_scales), role, dash=dash, hoverinfo="skip"))
        traces.append(points([scene.sigma], [of(d.entropy)], role, size=9, hoverinfo="skip"))
    zero = f"  0 at σ = {number(scene.zero_crossing)}"
    words = [Label(scene.zero_crossing, 0, zero, "muted", "bottom right", style.SMALL)]
    sign = "negative" if scene.densities[0].entropy < 0 else "positive"
    title = f"Differential entropy is {sign} here: a density can exceed 1"
    title = title if sign == "negative" else "Each doubling of σ adds the same amount"
    alt = (
        f"Three parallel lines rise with log sigma; the Gaussian crosses 0 at sigma = {number(scene.zero_crossing)}. "
        f"At sigma = {number(scene.sigma)} it is {quantity(scene.densities[0].entropy, unit)}, {sign}."
    )
    x = axis("σ (logarithmic)", type="log", range=[np.log10(0.045), np.log10(2.2)],
             tickvals=[0.05, 0.1, 0.2, 0.5, 1, 2])  # fmt: skip
    y = information_axis(unit, 2.4, "Entropy", bottom_nats=-2.2)
    h = of(scene.densities[0].entropy)
    handle = along_curve("entropy_sigma", "Standard deviation", scene.sigma, h, (0.05, 2), color="p", step=DECADES)
    return Picture(figure(traces, title=title, x=x, y=y, labels=words), alt, (handle,))
