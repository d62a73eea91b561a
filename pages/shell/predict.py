"""Predict before seeing: the answer stays hidden until the reader has put a number down."""

import streamlit as st

from pages import live
from pages.figures.style import quantity
from pages.shell import controls, settings, show


def guess(key: str, state: str, label: str, *, top: float, answer: float) -> float | None:
    """The reader's estimate in nats while the answer is hidden, or None once it may be shown.

    `state` is the text of what is asked about: when it changes, there is something new to predict.
    """
    seen, hidden = f"{key}:seen", f"{key}:hidden"
    unit = settings.unit()
    first = controls.switch(f"{key}_first", "Predict first")
    hide = first and st.session_state.get(seen) != state
    if hide != st.session_state.get(hidden, False):  # what stands below shows the answer too, and follows
        st.session_state[hidden] = hide
        st.rerun()
    if not first:
        return None
    estimate = live.slider(
        key, label, low=0.0, high=top, step=top / 500, default=0.0, unit=unit.name, per=unit.nats, color="q"
    )
    if not hide:
        off = quantity(abs(estimate - answer), unit)
        show.notice(f"Estimate {quantity(estimate, unit)}, answer {quantity(answer, unit)}: off by {off}.")
        return None
    st.button("Compare", key=f"{key}:compare", on_click=st.session_state.__setitem__, args=(seen, state))
    return estimate


def hiding(key: str) -> bool:
    """Whether the answer to `guess` is hidden now: pictures that would give it away wait."""
    return st.session_state.get(f"{key}:hidden", False)
