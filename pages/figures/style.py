"""How everything looks and how numbers are written: the only place for colors, sizes and printed digits.

A figure is built in the light colors. Each of them belongs to one role, so whoever shows the figure can put it into
another variant (dark, lecture) by exchanging colors one for one: `PALETTE` says which for which.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.units import Unit
from pages.figures.drawing import Drawing


class Color(NamedTuple):
    """One role in its variants. Lines keep 3:1 and text 4.5:1 against the background of each."""

    light: str
    dark: str
    lecture: str  # the lecture hall's light variant: washed-out projectors need the darkest
    lecture_dark: str


COLORS = {
    "p": Color("#1f5fa8", "#6db3f2", "#0b3f7d", "#8ec8ff"),
    "p_fill": Color("rgba(31,95,168,0.22)", "rgba(109,179,242,0.30)", "rgba(11,63,125,0.30)", "rgba(142,200,255,0.38)"),
    "q": Color("#b45309", "#ffa94d", "#8a3d00", "#ffbd73"),
    "q_fill": Color("rgba(180,83,9,0.22)", "rgba(255,169,77,0.28)", "rgba(138,61,0,0.30)", "rgba(255,189,115,0.36)"),
    "loss": Color("#b3261e", "#ff8a80", "#8c0f0a", "#ffa49c"),
    "loss_fill": Color(
        "rgba(179,38,30,0.20)", "rgba(255,138,128,0.28)", "rgba(140,15,10,0.28)", "rgba(255,164,156,0.36)"
    ),
    "shared": Color("#7a3fb0", "#c9a0ff", "#56208a", "#d9bcff"),
    "shared_fill": Color(
        "rgba(122,63,176,0.22)", "rgba(201,160,255,0.30)", "rgba(86,32,138,0.30)", "rgba(217,188,255,0.38)"
    ),
    "optimum": Color("#00695c", "#5fd3b8", "#004d43", "#7fe8cf"),
    "optimum_fill": Color(
        "rgba(0,105,92,0.20)", "rgba(95,211,184,0.28)", "rgba(0,77,67,0.28)", "rgba(127,232,207,0.36)"
    ),
    "ink": Color("#141a22", "#eef1f5", "#000000", "#ffffff"),
    "muted": Color("#4b5563", "#b4bdc9", "#1c232d", "#e2e7ee"),
    "ghost": Color("#868f9c", "#77828f", "#6b7480", "#98a3b0"),
    "grid": Color("#e4e8ed", "#2a323d", "#cfd5dd", "#39434f"),
    "paper": Color("#ffffff", "#10141a", "#ffffff", "#10141a"),
    # A sequential scale for densities, from the background up to the role P.
    "level_0": Color("#f7f9fc", "#141b25", "#ffffff", "#05080c"),
    "level_1": Color("#d3e0ef", "#1d3148", "#c8d9ec", "#152a42"),
    "level_2": Color("#a3c0df", "#2a5078", "#8fb3da", "#245282"),
    "level_3": Color("#6795c6", "#4483bb", "#4d83bd", "#4a8fcc"),
    "level_4": Color("#2f6bb0", "#84bff5", "#104a8d", "#9dd0ff"),
}
CLEAR = "rgba(0,0,0,0)"  # what lies behind is seen
PALETTE = [list(color) for color in COLORS.values()]
SCALE = [[i / 4, COLORS[f"level_{i}"].light] for i in range(5)]
PALE = [[i / 2, COLORS[f"level_{i}"].light] for i in range(3)]  # its lower half, on which words can be read
# From what is less than expected over what is as expected to what is more; words can be read on all of it.
DIVERGING = [[0, COLORS["loss_fill"].light], [0.5, COLORS["paper"].light], [1, COLORS["shared_fill"].light]]

# Each role also differs by dash, marker or hatch: color never stands alone.
DASH = {"p": "solid", "q": "dash", "loss": "dot", "shared": "dashdot", "optimum": "longdash", "ghost": "solid"}
HATCH = {"loss": "/", "shared": ".", "q": "\\", "p": ""}
SYMBOL = {"point": "circle", "optimum": "star"}

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TEXT, SMALL, HEADING = 14, 12, 16
LINE, THIN = 2.5, 1.2

MINUS = "\N{MINUS SIGN}"
SMALLEST, LARGEST = 1e-4, 1e7  # what is printed without a power of ten
INFINITY = "infinity"


def color(role: str) -> str:
    """The color of a role, as a figure is built with it."""
    return COLORS[role].light


def css_variables() -> str:
    """The roles as CSS custom properties that follow the theme by themselves."""
    normal = "".join(f"--role-{k.replace('_', '-')}:light-dark({c.light},{c.dark});" for k, c in COLORS.items())
    return f":root{{{normal}}}"


def _axis() -> dict:
    return dict(
        color=color("muted"), gridcolor=color("grid"), linecolor=color("ghost"), zeroline=False, ticks="outside",
        tickcolor=color("ghost"), tickfont=dict(size=SMALL), title=dict(font=dict(size=TEXT), standoff=8),
        fixedrange=True, showline=True, exponentformat="power",
    )  # fmt: skip


TEMPLATE = dict(
    layout=dict(
        font=dict(family=FONT, size=TEXT, color=color("ink")),
        title=dict(font=dict(size=HEADING, color=color("ink")), x=0, xref="paper", xanchor="left", y=0.98,
                   yref="container", yanchor="top"),
        paper_bgcolor=CLEAR, plot_bgcolor=CLEAR, colorway=[color("p"), color("q")],
        margin=dict(l=64, r=20, t=18, b=52), xaxis=_axis(), yaxis=_axis(), showlegend=False, hovermode="closest",
        dragmode=False, bargap=0.15,
        hoverlabel=dict(font=dict(size=SMALL, color=color("ink")), bgcolor=color("paper"), bordercolor=color("ghost")),
    )
)  # fmt: skip


class Label(NamedTuple):
    """A word beside the thing that it names, at (x, y); `where` is Plotly's textposition."""

    x: float
    y: float
    text: str
    role: str = "ink"
    where: str = "middle center"
    size: int = TEXT


def figure(traces: Sequence, *, title: str, x: dict, y: dict, labels: Sequence[Label] = (), **layout) -> Drawing:
    """The one way a plane figure is put together: what is drawn, its direct labels, the finding as title, the axes.

    Labels are one text trace: an annotation each would take most of the time of a redraw. No property is checked
    here; the tests do it once for every builder.
    """
    layout |= dict(title=dict(text=title), template=TEMPLATE, xaxis=x, yaxis=y, uirevision="hold")
    return Drawing([*traces, words(labels)], layout)


def space(traces: Sequence, *, title: str, x: dict, y: dict, z: dict, camera: dict, **layout) -> Drawing:
    """The one way a figure in three dimensions is put together, seen from `camera` until a hand turns it."""
    look = dict(showbackground=False, showspikes=False, gridcolor=color("grid"), linecolor=color("ghost"),
                tickfont=dict(size=SMALL, color=color("muted")), color=color("muted"), zeroline=False)  # fmt: skip
    scene = dict(
        xaxis=look | x, yaxis=look | y, zaxis=look | z, camera=camera, dragmode="turntable", uirevision="hold",
        aspectmode="manual", aspectratio=dict(x=1.15, y=1.15, z=0.85), hovermode=False,
    )  # fmt: skip
    flat = dict(visible=False)  # the template's axes of the plane, which this figure has not
    layout = dict(margin=dict(l=0, r=0, t=0, b=0), xaxis=flat, yaxis=flat) | layout
    layout |= dict(title=dict(text=title), template=TEMPLATE, scene=scene, uirevision="hold")
    return Drawing(traces, layout)


def words(labels: Sequence[Label], **axes: str) -> dict:
    """Labels as one text trace; `axes` names those of a further panel (xaxis="x2", yaxis="y2")."""
    font = dict(color=[color(w.role) for w in labels], size=[w.size for w in labels])
    return dict(
        type="scatter", mode="text", x=[w.x for w in labels], y=[w.y for w in labels], text=[w.text for w in labels],
        textposition=[w.where for w in labels], textfont=font, cliponaxis=False, hoverinfo="skip", **axes,
    )  # fmt: skip


def color_bar(title: str, *, side: str = "right", size: int = SMALL, thickness: int = 12, **more) -> dict:
    """The scale beside a picture whose heights are colors."""
    heading = dict(text=title, side=side, font=dict(size=size))
    return dict(title=heading, thickness=thickness, outlinewidth=0, tickfont=dict(size=SMALL), **more)


def axis(title: str, **more) -> dict:
    """An axis and the quantity on it."""
    return {"title": {"text": title}, **more}


def array(values) -> np.ndarray:
    """What travels to the browser: float32, four digits more than a screen can show."""
    return np.asarray(values, dtype=np.float32)


def decimals(value: float, significant: int = 4) -> int:
    """How many decimals print `value` with so many significant digits."""
    if not math.isfinite(value) or value == 0:
        return 0
    return max(0, significant - 1 - math.floor(math.log10(abs(float(f"{value:.{significant - 1}e}")))))


def number(value: float, significant: int = 4) -> str:
    """Four significant digits, a true minus, no trailing zeros on a number that is exact, infinity as the word.

    >>> number(0.46899559), number(1.0), number(float("inf")), number(-0.5), number(6.283e-9)
    ('0.4690', '1', 'infinity', '−0.5', '6.283 × 10⁻⁹')
    """
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return INFINITY if value > 0 else MINUS + INFINITY
    if value == 0:
        return "0"
    if SMALLEST <= abs(value) < LARGEST:
        text, power = f"{value:.{decimals(value, significant)}f}", ""
    else:
        text, exponent = f"{value:.{significant - 1}e}".split("e")
        power = f" × 10{_raised(int(exponent))}"
    # Zeros at the end go only where the printed number is the number itself.
    if "." in text and math.isclose(float(f"{value:.{significant - 1}e}"), value, rel_tol=1e-12):
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS) + power


def _raised(n: int) -> str:
    return str(n).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def quantity(nats: float, unit: Unit) -> str:
    """A number of nats, written in the unit: `1.485 bits`."""
    value = unit.from_nats(nats)
    return number(value) if math.isinf(value) else f"{number(value)} {unit_name(unit, value)}"


def unit_name(unit: Unit, value: float = 2.0) -> str:
    """The unit's name, singular for exactly one: `1 bit`, `1.5 bits`."""
    return unit.symbol if number(value) == "1" else unit.name


def add_up(terms: Sequence[float], total: float) -> list[str]:
    """Terms printed as precisely as `number` prints their total, so that the printed terms sum to the printed total.

    Each is rounded down and the units that are missing go to the largest remainders: none is off by a whole unit.
    Where the total is printed with a power of ten, so are all the terms, with the same one.

    >>> add_up([1 / 3, 1 / 3, 1 / 3], 1.0)
    ['0.334', '0.333', '0.333']
    """
    small = 0 < abs(total) < SMALLEST
    exponent = int(f"{total:e}".split("e")[1]) if small else 0
    places = 3 if small else decimals(total)
    scaled = np.asarray(terms, dtype=float) * 10.0**places
    for power in (min(-exponent, 300), max(-exponent - 300, 0)):  # in two steps: 10^309 is not a float
        scaled *= 10.0**power
    floors = np.floor(scaled + 1e-9)
    printed = float(f"{total:.3e}".split("e")[0]) if small else total
    missing = round(printed * 10.0**places) - int(floors.sum())
    order = np.argsort(-(scaled - floors), kind="stable")
    floors[order[:missing]] += 1
    power = f" × 10{_raised(exponent)}" if small else ""
    return [f"{f / 10.0**places:.{places}f}{power}".replace("-", MINUS) for f in floors]
