"""Streamlit's own controls, bound to the link, and safe against what a link can say."""

import html
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
LONGEST = 400  # characters of a typed text


def choice(key: str, label: str, options: Sequence[str], default: str, label_visibility: str = "visible") -> str:
    """One of several words."""
    refused = _heed(key, options)
    if st.session_state.get(key, default) not in options:  # the options have changed since
        del st.session_state[key]
    value = st.segmented_control(
        label, options, default=default, key=key, bind="query-params", required=True, label_visibility=label_visibility
    )
    _tell(key, refused, options, default)
    return value or default


def pick(key: str, label: str, options: Sequence[str], default: str, label_visibility: str = "visible") -> str:
    """One of many words, such as the names of columns."""
    refused = _heed(key, options)
    if st.session_state.get(key, default) not in options:  # the options have changed since
        del st.session_state[key]
    value = st.selectbox(
        label, options, index=options.index(default), key=key, bind="query-params", label_visibility=label_visibility
    )
    _tell(key, refused, options, default)
    return value or default


def switch(key: str, label: str) -> bool:
    """On or off, off by default."""
    refused = _heed(key, ("true", "false"))
    value = st.toggle(label, key=key, bind="query-params")
    _tell(key, refused, ("true", "false"), "false")
    return value


def typed(key: str, label: str, default: str, parse: Callable[[str], T]) -> T:
    """What a typed text says. One that `parse` refuses stays, to be mended, with the sentence that it was refused with.

    Session and link hold the text. The last text that could be read counts until a better one comes.
    """
    good, said = f"{key}:good", st.query_params.get(key)
    problem = None
    if key not in st.session_state:
        st.session_state[good] = default
        try:
            parse(_short(default if said is None else said))
        except ValueError as refusal:
            problem = f"The link was not understood: {refusal} The default is shown."
            st.session_state[key] = default
    text = st.text_input(label, default, key=key, bind="query-params", max_chars=LONGEST, autocomplete="off")
    try:
        value = parse(_short(text))
        st.session_state[good] = text
    except ValueError as refusal:
        problem, value = f"{refusal} {st.session_state.get(good, default)} is kept.", None
    if problem:
        st.html(f'<p class="notice" role="alert">{html.escape(problem)}</p>')
    return parse(st.session_state.get(good, default)) if value is None else value


def around(draw_presets: Callable[[], None], draw_main: Callable[[], None]) -> None:
    """Presets, then the main picture; in lecture mode the picture comes first, because it fills the projector."""
    lecture = st.session_state.get("lecture", False)
    for draw in (draw_main, draw_presets) if lecture else (draw_presets, draw_main):
        draw()


def presets(group: str, choices: dict[str, dict]) -> None:
    """A row of named states: each button sets the values it names, so that the link says the same."""
    with st.container(horizontal=True, gap="small", key=f"presets_{group}"):
        for name, values in choices.items():
            st.button(_literal(name), key=f"preset_{group}_{name}", on_click=_set, args=(values,))


def _literal(label: str) -> str:
    """A label as it stands: Streamlit reads labels as Markdown, and a name may be a stranger's."""
    return re.sub(r"([\\`*_\[\]$:~#])", r"\\\1", label)


def _set(values: dict) -> None:
    for key, value in values.items():
        st.session_state[key] = value
        for trace in (":note", ":draft"):
            st.session_state.pop(key + trace, None)


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"The text has {len(text)} characters, more than {LONGEST}.")
    return text


def _heed(key: str, options: Sequence[str]) -> str | None:
    """Put the link's word into the form that the control takes; return the word if it is none of the options."""
    said = st.query_params.get(key)
    if said is None or key in st.session_state:
        return None
    meant = next((option for option in options if option.lower() == said.lower()), None)
    if meant is None:
        del st.query_params[key]
        return said
    if meant != said:
        st.query_params[key] = meant
    return None


def _tell(key: str, refused: str | None, options: Sequence[str], default: str) -> None:
    if refused is not None:
        word = " ".join(refused.split())[:40]
        few = ", ".join(options) if len(options) <= 8 else f"{', '.join(options[:8])} and {len(options) - 8} more"
        said = f"The link was not understood: {key}={word} is none of {few}. {default} is shown."
        st.html(f'<p class="notice" role="alert">{html.escape(said)}</p>')
