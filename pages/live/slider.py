"""A slider that sends while it moves; by pointer, touch, keyboard or typed number; its value stands in the link."""

import math

import streamlit as st

from pages.live import state
from pages.live.mount import component

_slider = component("slider")
DIGITS = 12  # significant digits that a value keeps, so that its text in the link is the value


def number_parameter(key, default, low, high, *, whole=False, zero=False, infinite=False, step=None):
    """A number between two ends; exactly 0 and infinity as well, where a logarithmic scale allows them."""

    def parse(text: str) -> float:
        try:
            value = float(f"{float(text):.{DIGITS}g}")
        except (ValueError, OverflowError):
            raise ValueError(f"{key}={text[:40]} is not a number.") from None
        ends = [float(f"{end:.{DIGITS}g}") for end in (low, high)]  # an end keeps no more digits than a value
        inside = ends[0] <= value <= ends[1]
        endless = infinite and value == math.inf and "inf" in text.lower()  # and not merely too large for a float
        allowed = inside or (zero and value == 0) or endless
        if not allowed or (whole and value != round(value)):
            kind = "a whole number" if whole else "a number"
            raise ValueError(f"{key}={text[:40]} is not {kind} from {low:g} to {high:g}.")
        value = min(max(value, low), high) if inside else value
        return int(value) if whole else value

    return state.Parameter(key, default, parse, lambda value: f"{value:.{DIGITS}g}")


def slider(
    key, label, *, low, high, default, step=0.01, scale="linear", whole=False, zero=False, infinite=False,
    unit="", per=1.0, color="", words=None,
):  # fmt: skip
    """Draw the slider and return its value.

    `scale` is "linear" (multiples of `step`) or "log"; `zero` and `infinite` add those exact ends to a logarithmic
    scale; `words` names values that have a better name than their digits. What is shown and typed is the value
    divided by `per`, in `unit`.
    """
    parameter = number_parameter(key, default, low, high, whole=whole, zero=zero, infinite=infinite)
    value = state.read(parameter)

    def moved():
        try:
            event = state.hand(key)
            state.write(parameter, parameter.parse(str(event["value"])), bool(event.get("held")))
        except ValueError as problem:
            state.note(parameter, str(problem))

    _slider(
        key=f"{key}:hand",
        data=dict(
            label=label, value=value if math.isfinite(value) else "Infinity", low=low, high=high, step=step,
            scale=scale, whole=whole, zero=zero, infinite=infinite, unit=unit, per=per, color=color, words=words or {},
            seq=state.hand(key).get("seq", 0), note=state.note(parameter), **state.link(parameter, value),
        ),
        on_hand_change=moved,
    )  # fmt: skip
    return st.session_state[key]
