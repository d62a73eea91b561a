"""What a page knows between two runs: plain values in the session, each with a text form that stands in the link.

A control owns one `Parameter`. Its value is the session's; on entering a page it comes from the link instead, if the
link names it. The browser's side of the control writes the text form back into the link whenever the hand is at rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

T = TypeVar("T")
PLACE = "place"  # the page that the session is on


@dataclass(frozen=True, slots=True)
class Parameter(Generic[T]):
    """One value of a page: its key in session and link, its default, and how it is read from text and written."""

    key: str
    default: T
    parse: Callable[[str], T]  # raises ValueError with one plain sentence
    code: Callable[[T], str]


def enter(page: str, prefix: str) -> None:
    """Note that the session is on `page`. A link that names any of its values replaces all of them."""
    if st.session_state.get(PLACE) == page:
        return
    st.session_state[PLACE] = page
    if any(name.startswith(prefix) for name in st.query_params):
        for key in [k for k in st.session_state if isinstance(k, str) and k.startswith(prefix)]:
            del st.session_state[key]


def read(parameter: Parameter[T]) -> T:
    """The present value: the session's, else the link's, else the default (with a note, if the link's is no good)."""
    key = parameter.key
    if key not in st.session_state:
        st.session_state[key] = parameter.default
        if key in st.query_params:
            try:
                st.session_state[key] = parameter.parse(st.query_params[key])
            except ValueError as problem:
                st.session_state[f"{key}:note"] = f"The link was not understood: {problem} The default is shown."
    return st.session_state[key]


def write(parameter: Parameter[T], value: T, held: bool = False) -> None:
    """Set the value. What was noted about the one before is settled; while it is held, the one before is kept."""
    read(parameter)
    _put(parameter.key, value, held)


def put(key: str, value, by: str) -> None:
    """Set the value of the control `key` with the hand on another one, `by`; the value before it is kept likewise."""
    st.session_state.pop(f"{key}:draft", None)
    _put(key, value, bool(hand(by).get("held")))


def _put(key: str, value, held: bool) -> None:
    past = f"{key}:before"
    if not held:
        st.session_state.pop(past, None)
    elif past not in st.session_state:
        st.session_state[past] = st.session_state[key]
    st.session_state[key] = value
    st.session_state.pop(f"{key}:note", None)


def note(parameter: Parameter, sentence: str | None = None) -> str | None:
    """The sentence that stands beside the control, after setting it if one is given."""
    if sentence is not None:
        st.session_state[f"{parameter.key}:note"] = sentence
    return st.session_state.get(f"{parameter.key}:note")


def link(parameter: Parameter[T], value: T) -> dict:
    """What the browser needs to keep the link: the parameter's name, and its text unless it is the default."""
    code = parameter.code(value)
    return {"param": parameter.key, "code": None if code == parameter.code(parameter.default) else code}


def hand(key: str) -> dict:
    """The last thing that the hand did to the control `key`, with its running number `seq`."""
    state = st.session_state.get(f"{key}:hand")
    return (state or {}).get("hand") or {}


def before(key: str):
    """The value before the hand took hold, for a ghost of the past, or None while nothing is held."""
    return st.session_state.get(f"{key}:before")


def released(key: str) -> bool:
    """Whether this run answers the moment of letting go (or a key press), and so everything else may follow."""
    event = hand(key)
    if not event or event.get("held") or st.session_state.get(f"{key}:settled") == event["seq"]:
        return False
    st.session_state[f"{key}:settled"] = event["seq"]
    return True
