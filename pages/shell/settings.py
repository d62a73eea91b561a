"""The two switches of the whole application: the unit of information and lecture mode. Both stand in every link."""

import streamlit as st

from core.units import BITS, UNITS, Unit
from pages.shell import controls

UNIT_KEY, LECTURE_KEY = "unit", "lecture"
BY_NAME = {u.name: u for u in UNITS}


def switches() -> None:
    """Draw both switches."""
    controls.choice(UNIT_KEY, "Unit", list(BY_NAME), BITS.name, label_visibility="collapsed")
    controls.switch(LECTURE_KEY, "Lecture")


def unit() -> Unit:
    """The unit that everything is shown in."""
    return BY_NAME.get(_value(UNIT_KEY), BITS)


def lecture() -> bool:
    """Whether the page is being projected."""
    return str(_value(LECTURE_KEY)).lower() == "true"


def _value(key: str):
    """The switch's value, also before it has been drawn in this session."""
    return st.session_state.get(key, st.query_params.get(key))
