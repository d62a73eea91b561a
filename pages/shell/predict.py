"""Predict before seeing: the answer stays hidden until the reader has put a number down."""

import streamlit as st

from pages import live
from pages.figures.style import quantity
from pages.shell import controls, settings, show


def guess(key: str, state: str, label: str, *, top: float, answer: float) -> float | None:
    """The reader's estimate in nats while the answer is hidden, or None once it may be shown.

    `state` is the text of what is asked about: when it changes, there is something new to predict.
    """
    unit, first, hide = settings.unit(), *_hides(key, state)
    if not first:
        return None
    estimate = live.slider(
        key, label, low=0.0, high=top, step=top / 500, default=0.0, unit=unit.name, per=unit.nats, color="q"
    )
    if not hide:
        off = quantity(abs(estimate - answer), unit)
        show.notice(f"Estimate {quantity(estimate, unit)}, answer {quantity(answer, unit)}: off by {off}.")
        return None
    _compare(key, state)
    return estimate


def choice(key: str, state: str, told: str) -> bool:
    """Whether the answer is hidden while the reader chooses on the picture; `told` is said once it may be shown."""
    first, hide = _hides(key, state)
    if hide:
        _compare(key, state)
    elif first:
        show.notice(told)
    return hide


def _hides(key: str, state: str) -> tuple[bool, bool]:
    """Whether the reader wants to predict first, and whether the answer is hidden now."""
    first, hidden = controls.switch(f"{key}_first", "Predict first"), f"{key}:hidden"
    hide = first and st.session_state.get(f"{key}:seen") != state
    if hide != st.session_state.get(hidden, False):  # what stands below shows the answer too, and follows
        st.session_state[hidden] = hide
        st.rerun()
    return first, hide


def _compare(key: str, state: str) -> None:
    args = (f"{key}:seen", state)
    st.button("Compare", key=f"{key}:compare", on_click=st.session_state.__setitem__, args=args)


def wanted(key: str) -> bool:
    """Whether the reader wants to predict first, hidden or compared by now."""
    return bool(st.session_state.get(f"{key}_first"))


def hiding(key: str) -> bool:
    """Whether the answer to `guess` is hidden now: pictures that would give it away wait."""
    return st.session_state.get(f"{key}:hidden", False)
