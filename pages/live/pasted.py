"""A text of any length to type or paste. A short one stands in the link; a long one stays with the session."""

import html
from collections.abc import Callable

import streamlit as st

from pages.live import state
from pages.live.mount import component

_pasted = component("pasted")
LINKED = 400  # characters: a longer text stands in no link


def pasted(key: str, label: str, *, default: str, check: Callable[[str], str], longest: int) -> str:
    """Draw the field and return the text in it.

    A text that `check` refuses stays in the field to be mended, under it the sentence that it was refused with, and
    the last good one counts. The browser sends a text once and is never sent a long one back.
    """

    def judged(text: str) -> str:
        if len(text) > LINKED:
            raise ValueError(f"The text has {len(text)} characters, more than {LINKED}.")
        return check(text)

    parameter = state.Parameter(key, default, judged, str)
    text, draft = state.read(parameter), f"{key}:draft"

    def changed():
        said = state.hand(key)
        st.session_state[f"{key}:seq"] = said["seq"]  # what was sent once is gone after the run that answers it
        try:
            if "text" not in said:
                raise ValueError(f"The text has {int(said['size']):,} characters, more than {longest:,}.")
            state.write(parameter, check(str(said["text"])))
            st.session_state.pop(draft, None)
        except ValueError as problem:
            st.session_state[draft] = True
            state.note(parameter, f"{problem} The text before is kept.")

    short, refused = len(text) <= LINKED, draft in st.session_state
    link = state.link(parameter, text) if short else {"param": key, "code": None}
    _pasted(
        key=f"{key}:hand",
        data=dict(label=label, text=text if short else None, size=len(text), longest=longest, live=LINKED,
                  refused=refused, note=state.note(parameter), seq=st.session_state.get(f"{key}:seq", 0), **link),
        on_hand_change=changed,
    )  # fmt: skip
    if not short:
        said = f"The text has {len(text):,} characters, too many for the link: a link opens the default text instead."
        st.html(f'<p class="notice">{html.escape(said)}</p>')
    return text
