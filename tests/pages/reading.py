"""A page as its reader meets it, without a browser: opened by a link, its numbers, sentences and pictures read."""

import html
import json
import re
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from unittest import mock

import plotly.graph_objects as go
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages import contents

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"
# AppTest looks through all installed packages for components, which takes longer than everything else; ours are here.
COMPONENTS = BidiComponentManager()
TAG = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)
# What the frame and its controls keep for the whole application, whatever the page.
FRAME_KEYS = {"unit", "lecture", "place"}


class Reading:
    """One visitor on one page."""

    def __init__(self, page, link: dict[str, str] | None = None):
        self.app = AppTest.from_file(FRAME, default_timeout=60)
        self.app._bidi_component_manager = COMPONENTS
        for name, text in (link or {}).items():
            self.app.query_params[name] = text
        # A first visit by deep link: AppTest's switch_page knows the addresses only after a run of the first page.
        self.app._page_hash = calc_hash(page.path) if page.section else ""
        self.files: dict[str, str] = {}
        self.rerun()

    def rerun(self) -> "Reading":
        """Run the page again, after something was set."""
        with self._catching_downloads():
            self.app.run()
        return self._fresh()

    def click(self, label: str) -> "Reading":
        """Press the button with this label."""
        with self._catching_downloads():
            next(b for b in self.app.button if b.label == label).click().run()
        return self._fresh()

    def go_to(self, page, link: dict[str, str] | None = None) -> "Reading":
        """Follow a link to another page."""
        for name, text in (link or {}).items():
            self.app.query_params[name] = text
        self.app.switch_page(page.file)
        return self.rerun()

    def _fresh(self) -> "Reading":
        self.__dict__.pop("hands", None)
        assert not self.app.exception, [e.message for e in self.app.exception]
        return self

    @contextmanager
    def _catching_downloads(self):
        kept, files = MemoryMediaFileStorage.load_and_get_id, self.files

        def keep(storage, data, mimetype, kind, filename=None):
            if filename:
                files[filename] = data if isinstance(data, str) else bytes(data).decode()
            return kept(storage, data, mimetype, kind, filename)

        with mock.patch.object(MemoryMediaFileStorage, "load_and_get_id", keep):
            yield

    # --- what is on the page

    @cached_property
    def hands(self) -> dict[str, dict]:
        """What every live control and stage was given, by its key."""
        found = [e for e in self.app.main if hasattr(getattr(e, "proto", None), "component_name")]
        return {e.key.removesuffix(":hand"): json.loads(e.proto.json) for e in found}

    @property
    def controls(self) -> dict[str, dict]:
        """The live controls, by the name of their parameter."""
        return {key: data for key, data in self.hands.items() if "param" in data}

    @property
    def pictures(self) -> dict[str, dict]:
        """The live stages: title, alt, handles, figure as text."""
        return {key: data for key, data in self.hands.items() if "figure" in data}

    def figure(self, key: str) -> go.Figure:
        """A picture's figure, every property checked by Plotly."""
        return go.Figure(json.loads(self.pictures[key]["figure"]))

    @property
    def readouts(self) -> dict[str, str]:
        """Named numbers."""
        pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", self.markup, re.DOTALL)
        return {html.unescape(TAG.sub("", k)): html.unescape(TAG.sub("", v)) for k, v in pairs}

    @property
    def worked(self) -> list[str]:
        """The lines of formulas with numbers in them."""
        blocks = re.findall(r'class="worked">(.*?)</div>\s*(?:</div>|$)', self.markup + "</div>", re.DOTALL)
        lines = re.split(r"</?div>", " ".join(blocks))
        return [html.unescape(TAG.sub("", line)).strip() for line in lines if TAG.sub("", line).strip()]

    @property
    def snippets(self) -> list[str]:
        """The code to take away."""
        return [c.value for c in self.app.code]

    @property
    def notices(self) -> list[str]:
        """What is said about a value that could not be taken: beside live controls, under others."""
        beside = [data["note"] for data in self.controls.values() if data.get("note")]
        under = [c.value for c in self.app.caption] + re.findall(r'role="alert">(.*?)</p>', self.markup)
        return beside + [html.unescape(text) for text in under if "not" in text]

    @property
    def values(self) -> dict:
        """What the session knows, without the plumbing."""
        state = self.app.session_state.to_dict()
        return {k: v for k, v in state.items() if isinstance(k, str) and ":" not in k and not k.startswith("preset")}

    @property
    def link(self) -> dict[str, str]:
        """What the address says: Streamlit's own controls write it themselves, live ones are told what to write."""
        live = {data["param"]: data["code"] for data in self.controls.values()}
        own = {name: text for name, text in self.app.query_params.items() if name not in live}
        return own | {name: text for name, text in live.items() if text is not None}

    @property
    def said(self) -> str:
        """Everything that a reader can read or hear: text, read-outs, titles and alternatives of pictures."""
        pictures = [f"{data['title']} {data['alt']}" for data in self.pictures.values()]
        written = [e.value for kind in ("markdown", "caption", "subheader") for e in self.app.get(kind)]
        return "\n".join([html.unescape(TAG.sub(" ", self.markup)), *written, *pictures])

    @property
    def words_in_sight(self) -> list[str]:
        """The words of the page itself: without what folds away, formulas, numbers and the labels of controls."""
        folded = {id(e) for expander in self.app.expander for e in _elements(expander)}
        shown = [e for e in _elements(self.app.main) if id(e) not in folded]
        texts = [
            TAG.sub(" ", _text(e)) for e in shown if type(e).__name__ in ("Html", "Markdown", "Caption", "Subheader")
        ]
        texts += [data["title"] for data in self.pictures.values()]
        plain = re.sub(r"\$\$.*?\$\$", " ", html.unescape(" ".join(texts)), flags=re.DOTALL)
        return re.findall(r"[^\W\d_][\w'’-]*", plain)

    @property
    def markup(self) -> str:
        return "\n".join(_text(e) for e in self.app.get("html"))


def at_defaults(page) -> Reading:
    """The page without anything in the link: to be looked at only, because other tests look at it too."""
    return _at_defaults(page.file)


@cache
def _at_defaults(file: str) -> Reading:
    return Reading(next(page for page in contents.PAGES if page.file == file))


def _text(element) -> str:
    value = getattr(element, "value", None)
    return value if isinstance(value, str) else element.proto.body


def _elements(block) -> list:
    return [
        leaf
        for child in block.children.values()
        for leaf in (_elements(child) if hasattr(child, "children") else [child])
    ]
