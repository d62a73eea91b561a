"""The package as a whole: its map is true, its import is cheap, it needs numpy and scipy and nothing else."""

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import warnings

import numpy as np
import pytest

import core
from tests.core.memory import batch_functions, extra_memory

ENTRY = re.compile(r"^([a-z]+) {2,}(.+(?:\n {5,}.+)*)", re.MULTILINE)
MAP = {module: names.split() for module, names in ENTRY.findall(inspect.getdoc(core)) if module != "scenes"}
PLACE = re.compile(
    r"\b(eqs?\.|theorems?|section|table|figure|chapter|algorithm|example|proposition|exercise|appendix|p\.|RFC)"
    r" \(?[A-Z\d]"
)
MODULES = [m.name for m in pkgutil.iter_modules(core.__path__) if not m.name.startswith("_") and m.name != "scenes"]


@pytest.mark.parametrize("module", MAP)
def test_the_map_is_true(module: str) -> None:
    """Every name on it is there, and every function says what it takes, raises and rests on, with an example."""
    home = importlib.import_module(f"core.{module}")
    for name in MAP[module]:
        thing = getattr(home, name)
        if inspect.isfunction(thing):
            text = inspect.getdoc(thing)
            assert ">>>" in text, f"{module}.{name} has no example"
            if module != "table" and inspect.signature(thing).parameters:  # a reader of files has no formula
                headings = re.findall(r"^(\w+)\n-+$", text, re.MULTILINE)
                assert [h for h in headings if h != "Returns"] == ["Parameters", "Raises", "References", "Examples"]
                source = " ".join(text.partition("References\n")[2].partition("Examples\n")[0].split())
                assert PLACE.search(source), f"{module}.{name} does not say where in its source: {source}"


def test_the_map_is_complete() -> None:
    """Every public module stands on it, and every function that one of them offers."""
    assert sorted(MODULES) == sorted(MAP)
    for module, names in MAP.items():
        home = importlib.import_module(f"core.{module}")
        offered = getattr(home, "__all__", [name for name in vars(home) if not name.startswith("_")])
        own = [n for n in offered if getattr(getattr(home, n), "__module__", None) == home.__name__]
        functions = {n for n in own if inspect.isfunction(getattr(home, n))} - {"too_large"}  # a sentence, no measure
        assert functions <= set(names)


def test_import_is_light() -> None:
    """`import core` loads neither numpy nor scipy, and all modules together no part of scipy."""
    everything = ", ".join(MODULES)
    code = f"import sys, core; assert 'numpy' not in sys.modules; from core import {everything}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not [m for m in loaded if m.startswith(("scipy", "streamlit", "plotly", "sklearn", "mpmath", "pandas"))]


def test_batches_are_worked_through_in_blocks() -> None:
    """Beyond input and result no function of batches needs a tenth of its input, in whatever layout that comes."""
    shares = {name: extra_memory(*call) for name, call in batch_functions().items()}
    assert not {name: share for name, share in shares.items() if share >= 0.1}


def test_no_state_is_left_behind() -> None:
    """Importing changes neither numpy's error state nor the warning filters."""
    before, filters = np.geterr(), len(warnings.filters)
    for module in MODULES:
        importlib.import_module(f"core.{module}")
    assert np.geterr() == before
    assert len(warnings.filters) == filters
