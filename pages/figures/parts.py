"""Pieces that several pictures share."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.scenes.entropy import Simplex
from core.units import Unit
from pages.figures import style
from pages.figures.drawing import Drawing

QUIET = dict(hoverinfo="skip")  # what says nothing under the pointer
DECADES = 0.02  # the stride of an arrow key on a logarithmic axis


@dataclass(frozen=True, slots=True)
class Handle:
    """A place on the figure to take hold of, in data coordinates.

    `along` is "x", "y" or "xy"; `within` is a convex polygon (counter-clockwise) that it cannot leave; `snap` and
    `step` are the grid of a drag and the stride of an arrow key, each for x and y (on a logarithmic axis: the
    significant digits kept, and decades); `text` is the value in words. `sets` names the controls, if any, whose
    values x and y are.
    """

    name: str
    label: str
    x: float
    y: float
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    text: str
    along: str = "xy"
    step: tuple[float, float] = (0.01, 0.01)
    snap: tuple[float, float] | None = None
    within: tuple[tuple[float, float], ...] | None = None
    color: str = "ink"
    sets: tuple[str | None, str | None] = (None, None)
    xaxis: str = "xaxis"
    yaxis: str = "yaxis"


class Picture(NamedTuple):
    """A figure, in words what it shows right now, and the places on it to take hold of."""

    figure: Drawing
    alt: str
    handles: tuple[Handle, ...] = ()


class LogScale(NamedTuple):
    """A logarithmic axis from `low` to `high`, with exactly 0 and infinity a little beyond its ends."""

    low: float
    high: float
    ticks: tuple[float, ...]
    beside: float = 0.12  # decades between an end and the exact end beyond it

    @property
    def ends(self) -> tuple[float, float]:
        """Where 0 and infinity stand."""
        return float(np.log10(self.low)) - self.beside, float(np.log10(self.high)) + self.beside

    def place(self, value: float) -> float:
        """Where a value stands: decades."""
        if value == 0:
            return self.ends[0]
        return self.ends[1] if np.isinf(value) else float(np.log10(value))

    def value_at(self, x: float) -> float:
        """The value at a place, to three digits."""
        left, right = float(np.log10(self.low)), float(np.log10(self.high))
        if x <= left:
            return 0.0 if x <= left - self.beside / 2 else self.low
        if x >= right:
            return float("inf") if x >= right + self.beside / 2 else self.high
        return float(f"{10**x:.3g}")

    def axis(self, title: str) -> dict:
        """The axis with its ticks."""
        places = [self.place(0), *np.log10(self.ticks).tolist(), self.place(np.inf)]
        texts, (left, right) = ["0", *map(str, self.ticks), "∞"], self.ends
        ends = [left - 0.08, right + 0.08]
        return style.axis(title, range=ends, tickvals=places, ticktext=texts, tickangle=0)


def along_curve(control: str, name: str, x: float, y: float, xlim: tuple[float, float], *, color: str, step=0.01):
    """A handle that rides on a curve: its x is the value of `control`, its y follows."""
    grid = (None if step == DECADES else step, None)
    return Handle(
        control, name, x, y, xlim, (y, y), style.number(x), "x", (step, 0), grid, color=color, sets=(control, None)
    )


def line(x, y, role, *, name="", width=style.LINE, dash=None, **more) -> dict:
    """A curve in the color and dash of its role."""
    # Plotly leaves out points that it takes for collinear: a curve of 300 would show corners on a projector.
    drawn = dict(color=style.color(role), width=width, dash=dash or style.DASH.get(role, "solid"), simplify=False)
    return dict(type="scatter", x=style.array(x), y=style.array(y), mode="lines", line=drawn, name=name, **more)


def points(x, y, role, *, symbol="circle", size=9, name="", **more) -> dict:
    """Marked points with a rim in the background's color."""
    marker = dict(color=style.color(role), size=size, symbol=symbol, line=dict(color=style.color("paper"), width=1.5))
    return dict(type="scatter", x=style.array(x), y=style.array(y), mode="markers", marker=marker, name=name, **more)


def bar(x, rows, role: str, **more) -> dict:
    """Horizontal bars in the color and hatch of their role, one a row."""
    pattern = dict(shape=style.HATCH.get(role, ""), fgcolor=style.color(role), fgopacity=0.35)
    outline = dict(color=style.color(role), width=style.LINE - 0.5)
    marker = dict(color=style.color(f"{role}_fill"), line=outline, pattern=pattern)
    drawn = dict(type="bar", x=style.array(x), y=style.array(rows), orientation="h", marker=marker, width=0.62)
    return drawn | more


def below(values, top: float) -> np.ndarray:
    """Values to draw under an edge: what lies far beyond it, or is infinite, just has to leave the picture."""
    return np.minimum(values, 2 * top)


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """The same heights, moved up where they would be closer than a line of text."""
    placed, last = dict.fromkeys(range(len(heights)), 0.0), -math.inf
    for i in sorted(placed, key=lambda i: heights[i]):
        placed[i] = last = max(heights[i], last + gap)
    return list(placed.values())


def listed(names: Sequence[str], values: Sequence[float]) -> str:
    """Names with their numbers, for a text alternative."""
    return ", ".join(f"{name} {style.number(value)}" for name, value in zip(names, values, strict=True))


def level(y: float, x0: float, x1: float, role: str, dash: str = "dot") -> dict:
    """A horizontal line of one role across the picture."""
    return line([x0, x1], [y, y], role, dash=dash, hoverinfo="skip")


def triangle(scene: Simplex, unit: Unit) -> list[dict]:
    """The entropy over all distributions of three outcomes: the surface, what lies beyond it, its sides."""
    bar = style.color_bar(f"Entropy ({unit.name})", size=style.TEXT, thickness=14)
    surface = dict(
        type="contour", x=style.array(scene.x), y=style.array(scene.y), z=style.array(unit.from_nats(scene.entropy)),
        colorscale=style.SCALE, zmin=0, zmax=unit.from_nats(np.log(3)), ncontours=12, connectgaps=False,
        line=dict(width=0.5, color=style.color("paper")), colorbar=bar, hoverinfo="skip",
    )  # fmt: skip
    # What sticks out of the triangle is covered by everything that lies beyond it.
    outer = np.array([[-1, -1], [2, -1], [2, 2], [-1, 2], [-1, -1]])
    keyhole = np.concatenate([outer, scene.corners[[0, 2, 1, 0]], outer[:1]])  # out one way round, in the other
    beyond = line(*keyhole.T, "paper", width=0, fill="toself", fillcolor=style.color("paper"), hoverinfo="skip")
    ring = scene.corners[[0, 1, 2, 0]]
    return [surface, beyond, line(*ring.T, "muted", width=style.THIN, dash="solid", hoverinfo="skip")]


def over_triangle() -> dict:
    """The layout of a picture over the triangle: room for words at its corners, and no axes."""
    y = dict(visible=False, range=[-0.09, 0.96], scaleanchor="x")
    return dict(x=dict(visible=False, range=[-0.22, 1.22]), y=y, margin=dict(l=10, r=10, t=10, b=10))


def information_axis(unit: Unit, top_nats: float, title: str = "Information", bottom_nats: float = 0.0) -> dict:
    """An axis in the unit whose range is fixed in nats, so that it holds still."""
    ends = [unit.from_nats(bottom_nats), unit.from_nats(top_nats)]
    return style.axis(f"{title} ({unit.name})", range=ends)
