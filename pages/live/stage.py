"""A Plotly figure redrawn in place, with handles on it that set the controls whose values they show."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict

import plotly.graph_objects as go
import streamlit as st

from pages.live import state
from pages.live.mount import component

_stage = component("stage")


def stage(
    key: str,
    figure: go.Figure,
    *,
    alt: str,
    palette: Sequence[Sequence[str]],
    handles: Sequence = (),
    on_move: Callable[[str, float, float], None] | None = None,
    size: str = "side",
    lecture: bool = False,
) -> None:
    """Show the figure. `alt` states its present finding; `on_move(handle, x, y)` is called before the next run.

    A handle is a dataclass with the fields of pages/figures/parts.py's `Handle`; it can name controls that it sets.
    `palette` exchanges the colors of the figure for those of the theme; `size` is "main", "tall" or "side".
    """

    def moved():
        event = state.hand(key)
        handle = next((h for h in handles if h.name == event.get("handle")), None)
        place = [event.get("x"), event.get("y")]
        if handle is None or not all(isinstance(v, (int, float)) and math.isfinite(v) for v in place):
            return
        x, y = (min(max(v, low), high) for v, (low, high) in zip(place, (handle.xlim, handle.ylim), strict=True))
        for control, value in zip(handle.sets, (x, y), strict=True):
            if control:
                st.session_state[control] = value
        if on_move:
            on_move(handle.name, x, y)

    spec = figure.to_dict()
    _stage(
        key=f"{key}:hand",
        data=dict(
            figure=json.dumps(spec, separators=(",", ":")), title=spec["layout"].get("title", {}).get("text", ""),
            alt=alt, palette=palette, handles=[asdict(h) for h in handles], size=size, lecture=lecture, name=key,
            seq=state.hand(key).get("seq", 0),
        ),
        on_hand_change=moved,
    )  # fmt: skip


def sets(
    control: str, value_at: Callable[[float], object], *, by: str, handle: str = ""
) -> Callable[[str, float, float], None]:
    """The `on_move` of the stage `by`, on which a handle's x is not the control's value but tells it.

    The handle is named where there are others.
    """

    def move(name: str, x: float, _: float) -> None:
        if handle in ("", name):
            state.put(control, value_at(x), by)

    return move
