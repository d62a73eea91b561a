"""A line of text to type, read by the page; the text that could be read last stands in the link."""

import math
import re
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from pages.live import state
from pages.live.mount import component

T = TypeVar("T")
_typed = component("typed")
LONGEST = 400  # characters


def typed(key: str, label: str, *, default: str, parse: Callable[[str], T], color: str = "") -> T:
    """Draw the field and return what `parse` reads in it.

    The value in session and link is the text. A text that `parse` refuses stays in the field to be mended, under it
    the sentence that it was refused with, and the last good one counts. A text that `parse` refuses later, because
    what it is about has changed, gives way to the default.
    """

    def judged(text: str) -> str:
        if len(text) > LONGEST:
            raise ValueError(f"The text has {len(text)} characters, more than {LONGEST}.")
        parse(text)
        return text.strip()

    parameter = state.Parameter(key, default, judged, str)
    text, draft = state.read(parameter), f"{key}:draft"
    try:
        value = parse(text)
    except ValueError:  # what the text is about has changed since
        state.write(parameter, default)
        text, value = default, parse(default)
    if st.session_state.get(draft, (None, text))[1] != text:  # the value has been set elsewhere since
        state.write(parameter, text)
        del st.session_state[draft]

    def changed():
        said = str(state.hand(key).get("text", ""))
        try:
            state.write(parameter, judged(said))
            st.session_state.pop(draft, None)
        except ValueError as problem:
            st.session_state[draft] = (said, text)
            state.note(parameter, f"{problem} “{text}” is kept.")

    refused = st.session_state.get(draft)
    _typed(
        key=f"{key}:hand",
        data=dict(
            label=label, text=refused[0] if refused else text, refused=refused is not None, color=color,
            note=state.note(parameter), seq=state.hand(key).get("seq", 0), **state.link(parameter, text),
        ),
        on_hand_change=changed,
    )  # fmt: skip
    return value


def numbers(text: str, *, low: float, high: float, fewest: int = 1, most: int = 12) -> tuple[float, ...]:
    """Read a list of numbers, separated by spaces, commas or semicolons.

    >>> numbers(".5 -.3, 1e-1", low=-1, high=1)
    (0.5, -0.3, 0.1)
    """
    parts = re.split(r" *[,;] *| +", text.strip().replace("\N{MINUS SIGN}", "-"))
    if not fewest <= len(parts) <= most:
        count = "is only one number" if len(parts) == 1 else f"are {len(parts)} numbers"
        wanted = f"{most}" if fewest == most else f"{fewest} to {most}"
        raise ValueError(f"There {count}: type {wanted}, separated by spaces.")
    values = []
    for part in parts:
        try:
            value = float(part)
        except ValueError:
            raise ValueError(f"“{part[:20]}” is not a number.") from None
        if not low <= value <= high:
            raise ValueError(f"{part[:20]} is not between {low:g} and {high:g}.")
        values.append(value)
    return tuple(values)


def number(text: str, *, most: float = 1000.0) -> float:
    """Read one number: a decimal with point or comma, a fraction or a percentage, no larger than `most`.

    >>> number("3/4"), number("0,75"), number("75%"), number("\N{MINUS SIGN}.75")
    (0.75, 0.75, 0.75, -0.75)
    """
    share = text.strip().replace("\N{MINUS SIGN}", "-")
    above, _, below = share.removesuffix("%").replace(",", ".").partition("/")
    try:
        value = float(above) / float(below or 1) / (100 if share.endswith("%") else 1)
    except (ValueError, ZeroDivisionError, OverflowError):
        value = math.nan
    if not abs(value) <= most:
        raise ValueError(f"“{text.strip()[:20]}” is no number that can be judged: write 0.25, 1/4 or 25%.")
    return value
