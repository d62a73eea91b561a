"""Pieces that several pictures share."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.scenes.entropy import Simplex
from core.units import Unit
from pages.figures import style
from pages.figures.drawing import Drawing

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
