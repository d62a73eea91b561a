"""Pictures, read-outs, formulas and words, the same on every page."""

import html
from collections.abc import Callable, Sequence

import streamlit as st

from pages import live
from pages.figures import style
from pages.figures.parts import Picture
from pages.shell import settings


def picture(
    key: str,
    shown: Picture,
    *,
    on_move: Callable[[str, float, float], None] | None = None,
    size: str = "side",
) -> None:
    """Show a picture on the live stage."""
    live.stage(
        key, shown.figure, alt=shown.alt, palette=style.PALETTE, handles=shown.handles, on_move=on_move, size=size,
        lecture=settings.lecture(),
    )  # fmt: skip


def findings(readouts: dict[str, str], notice: str, definition: str = "", worked: Sequence[str] = ()) -> None:
    """Named numbers, what to notice, then the definition with this state's numbers under it.

    Numbers keep their places while their digits change. What changes while a hand moves is plain text in two
    elements: setting the numbers in TeX, or in an element each, would take longer than the rest of a step of a drag.
    """
    items = "".join(f"<div><dt>{html.escape(k)}</dt><dd>{html.escape(v)}</dd></div>" for k, v in readouts.items())
    lines = "".join(f"<div>= {html.escape(line)}</div>" for line in worked)
    st.html(f'<dl class="readouts">{items}</dl>')
    if definition:
        st.markdown(f"$${definition}$$")
    block = f'<div class="worked">{lines}</div>' if worked else ""
    st.html(f'{block}<p class="notice">{html.escape(notice)}</p>')


def notice(sentence: str) -> None:
    """One sentence in place of a picture that cannot be drawn, or about an answer."""
    st.html(f'<p class="notice">{html.escape(sentence)}</p>')


def side_by_side(sections: dict[str, Callable[[], None]]) -> None:
    """The next steps of the argument, each under its heading; under each other where there is no room."""
    for column, (title, draw) in zip(st.columns(len(sections), gap="large"), sections.items(), strict=True):
        with column:
            st.subheader(title, anchor=False)
            draw()


def claims(pairs: dict[str, str]) -> None:
    """What is often said wrongly, each with the number that settles it."""
    with st.expander("Claims, checked"):
        for said, settled in pairs.items():
            st.markdown(f"**“{said}”** {settled}")
