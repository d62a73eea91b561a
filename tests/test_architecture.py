"""The rules that keep the parts apart, read from the source: imports, how long things get, where colors live."""

import ast
import re
import sys
from pathlib import Path

import pytest

from pages import contents

ROOT = Path(__file__).parents[1]
RUN_TIME = {"streamlit", "plotly", "numpy", "scipy"}
# What the files of a place may import besides the standard library. The first place that fits is the one that counts.
MAY_IMPORT = {
    "core": {"numpy", "scipy", "core"},
    "pages/figures": {"numpy", "scipy", "plotly", "core", "pages.figures"},
    "pages/live": {"streamlit", "plotly", "pages.live"},  # knows values, shares and figures, and no measure
    "pages/shell": {"streamlit", "plotly", "core", "pages"},
    "pages": {"streamlit", "core", "pages"},  # a formula needs numpy: it belongs to core
    "app.py": {"streamlit", "starlette", *RUN_TIME},
}
CODE = sorted([ROOT / "app.py", *(ROOT / "core").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
LESSONS = [ROOT / "pages" / page.file for page in contents.PAGES]
SURROUNDINGS = {"contents.py", "frame.py"}
HEX_COLOR = re.compile(r"""(?<![\w&])#(?:[0-9a-fA-F]{3,4}){1,2}\b""")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(source: str) -> set[str]:
    """The modules that a source text imports, each with its full name; `from a import b` gives a.b."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            before = "." * node.level + (node.module or "")
            found |= {f"{before}.{alias.name}" for alias in node.names}
    return found


def refused(place: str, modules: set[str]) -> set[str]:
    """Those of the modules that a file of this place may not import."""
    allowed = MAY_IMPORT[place] | sys.stdlib_module_names
    return {m for m in modules if not any(m == a or m.startswith(f"{a}.") for a in allowed)}


def length(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring, which is as long as the matter asks for."""
    doc = node.body[0] if ast.get_docstring(node) is not None else None
    return node.end_lineno - node.lineno + 1 - (doc.end_lineno - doc.lineno + 1 if doc else 0)


def test_the_reader_of_imports_sees_every_form():
    source = "import numpy.linalg as n\nfrom pages.live import slider\ndef f():\n    from . import sibling\n"
    assert imports(source) == {"numpy.linalg", "pages.live.slider", "..sibling"}
    assert refused("core", imports(source)) == {"pages.live.slider", "..sibling"}


@pytest.mark.parametrize("path", CODE, ids=named)
def test_imports_only_what_its_place_allows(path):
    place = next(p for p in MAY_IMPORT if named(path) == p or named(path).startswith(f"{p}/"))
    assert not refused(place, imports(path.read_text())), f"{place} may import only {sorted(MAY_IMPORT[place])}"


@pytest.mark.parametrize("path", LESSONS, ids=named)
def test_a_page_imports_no_page(path):
    pages = {f"pages.{p.stem}" for p in LESSONS}
    assert not {m for m in imports(path.read_text()) if ".".join(m.split(".")[:2]) in pages}


def test_every_page_file_is_listed_in_the_contents():
    files = {path.name for path in (ROOT / "pages").glob("*.py")} - SURROUNDINGS
    assert files == {page.file for page in contents.PAGES}


def test_every_page_has_an_address_and_a_prefix_of_its_own():
    assert len({page.path for page in contents.PAGES}) == len(contents.PAGES)
    assert len({page.prefix for page in contents.PAGES}) == len(contents.PAGES)
    for page in contents.PAGES:
        assert all(name.startswith(page.prefix) for name in page.link), f"{page.title} is opened with another's values"


@pytest.mark.parametrize("page", contents.LESSONS, ids=lambda page: page.file)
def test_every_lesson_names_its_station_and_has_a_module_of_figures(page):
    assert page.station in {*contents.STATIONS, ""}
    assert bool(page.station) == bool(page.link)  # the map opens a page in a telling state; exercises are not on it
    assert page.question.endswith("?")
    assert (ROOT / "pages" / "figures" / page.file).exists()


@pytest.mark.parametrize("path", LESSONS, ids=named)
def test_a_page_is_no_longer_than_120_lines(path):
    lines = len(path.read_text().splitlines())
    assert lines <= 120


@pytest.mark.parametrize("path", CODE, ids=named)
def test_no_function_is_longer_than_40_lines(path):
    functions = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]
    assert not {f.name: length(f) for f in functions if length(f) > 40}


def test_colors_stand_in_the_style_alone():
    looks = {ROOT / "pages" / "figures" / "style.py"}
    others = [p for pattern in ("*.py", "*.js") for p in (ROOT / "pages").rglob(pattern) if p not in looks]
    assert HEX_COLOR.search("color='#1f5fa8'")
    assert not {named(p): HEX_COLOR.findall(p.read_text()) for p in others if HEX_COLOR.search(p.read_text())}
    assert not [named(p) for p in others if re.search(r"rgba?\(\s*\d", p.read_text())]


@pytest.mark.parametrize("path", CODE, ids=named)
def test_no_zero_is_hidden_and_no_error_swallowed(path):
    tree = ast.parse(path.read_text())
    called = {n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}
    assert not called & {"nansum", "nan_to_num"}
    handlers = [n for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler)]
    assert not [h.lineno for h in handlers if h.type is None or all(isinstance(s, ast.Pass) for s in h.body)]


def test_styles_do_not_hang_on_private_test_ids():
    assert not [named(p) for p in (ROOT / "pages").rglob("*.css") if "data-testid" in p.read_text()]


def test_the_application_needs_four_packages():
    lines = (ROOT / "requirements.txt").read_text().split()
    assert {re.match(r"[\w-]+", line)[0] for line in lines} == RUN_TIME
