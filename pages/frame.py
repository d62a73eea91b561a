"""What surrounds every page: its config, the way between pages, the question, the two switches. Then the page runs."""

import sys
from pathlib import Path

import streamlit as st

sys.path[:0] = [] if str(Path(__file__).parents[1]) in sys.path else [str(Path(__file__).parents[1])]

from pages import contents  # noqa: E402
from pages.figures import style  # noqa: E402
from pages.live import state  # noqa: E402
from pages.shell import settings  # noqa: E402

CSS = (Path(__file__).parent / "shell" / "frame.css").read_text()


def main() -> None:
    """One run of one page."""
    lecture = settings.lecture()
    entries = [st.Page(p.file, title=p.title, url_path=p.path, default=p is contents.HOME) for p in contents.PAGES]
    sections: dict[str, list] = {}
    for page, entry in zip(contents.PAGES, entries, strict=True):
        sections.setdefault(page.section, []).append(entry)
    here = st.navigation(sections, position="hidden" if lecture else "top")
    page = contents.PAGES[entries.index(here)]
    st.set_page_config(page_title=f"{page.title} · Seeing information", layout="wide")
    state.enter(page.path, page.prefix)
    mark = '<span class="lecture-on"></span>' if lecture else ""
    st.html(f"<style>{style.css_variables()}{CSS}</style>{mark}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<div class="question"><h1>{page.question}</h1></div>')
        settings.switches()
        if lecture:
            with st.popover("Pages"):
                for entry in entries:
                    st.page_link(entry)
    here.run()


main()
