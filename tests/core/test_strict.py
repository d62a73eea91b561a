"""Every function of the package, fed with what it must not swallow, one argument at a time.

The good call to start from is the one in its docstring. A ValueError that names the argument is the only way out: no
other exception, no warning, no NaN. What has to be refused is refused, whichever argument it stands in for.
"""

import datetime
import doctest
import importlib
import inspect
import itertools
import re
from decimal import Decimal

import numpy as np
import pytest

from tests.core.test_package import MAP

REFUSED = {
    "empty": [],
    "empty rows": np.empty((0, 3)),
    "nan": np.nan,
    "nan inside": [0.5, np.nan, 0.5],
    "inf": np.inf,
    "inf inside": [np.inf, 0.0, 1.0],
    "-inf": -np.inf,
    "text": "1",
    "texts": ["0.5", "0.5"],
    "bytes": b"ab",
    "array of text": np.array("a"),
    "None": None,
    "None inside": [0.5, None],
    "objects": np.array([0.5, 0.25, 0.25], object),
    "text and numbers": [1, "a"],
    "decimal": Decimal("0.5"),
    "ragged": [[0.5, 0.5], [1.0]],
    "complex": [0.5 + 0j, 0.5],
    "masked": np.ma.array([0.5, 0.5], mask=[False, True]),
    "dict": {"a": 1},
    "generator": (v for v in [0.5, 0.5]),
    "function": len,
    "records": np.zeros(2, dtype=[("a", float)]),
    "date": np.array(["2020-01-01"], "datetime64[D]"),
    "day": datetime.date(2020, 1, 1),
}
DOUBTFUL = {  # refused by most; where they are taken no NaN may come of them
    "single": 0.7,
    "negative": -1.5,
    "negative inside": [0.5, -0.25, 0.75],
    "negative count": -1,
    "zero": 0,
    "zeros": [0, 0, 0],
    "huge": 1e308,
    "huge numbers": [1e308, 1e308, 1e308],
    "tiny numbers": [5e-324, 5e-324, 5e-324],
    "beyond 32 bits": [2**62, 2**61, 2**60],
    "beyond 63 bits": np.array([2**63, 0, 0], np.uint64),
    "beyond 64 bits": 2**70,
    "beyond all": 10**400,
    "too deep": np.zeros((2, 2, 2, 2)),
    "too short": [0.5, 0.5],
    "one number": [1.0],
    "one cell": [[1.0]],
    "truth": [True, False, False],
    "int8": np.array([1, 0, 0], np.int8),
    "float16": np.array([0.5, 0.25, 0.25], np.float16),
    "float32": np.array([0.5, 0.25, 0.25], np.float32),
    "longdouble": np.array([0.5, 0.25, 0.25], np.longdouble),
}
# Arguments that take what others refuse, and arguments whose refusal shows in what they have to fit.
TAKES = {
    "temperature alpha lengths kl": {"inf", "inf inside"},
    "log_probs": {"-inf"},
    "mask correction steps": {"None"},
    "text train test": {"text", "texts", "bytes"},
    "data": {"text", "bytes"},
    "frequencies": {"dict"},
    "f": {"function"},
    "x y": {"texts"},  # labels
}
TAKES = {argument: kinds for arguments, kinds in TAKES.items() for argument in arguments.split()}
FITS = {"values": "mean", "z": "target|y", "p": "y", "mus": "mu", "start": "weights"}
FUNCTIONS = [
    (module, name)
    for module, names in MAP.items()
    for name in names
    if module != "table"  # which reads files, and says what is wrong with them to those who sent them
    and (name == "Mixture" or inspect.isfunction(getattr(importlib.import_module(f"core.{module}"), name)))
]


def good_call(module: str, name: str):
    """The function and the arguments of its first call in its docstring, defaults included."""
    home = importlib.import_module(f"core.{module}")
    function, calls = getattr(home, name), []

    def recorded(*args, **kwargs):
        calls.append(inspect.signature(function).bind(*args, **kwargs))
        return function(*args, **kwargs)

    scope = {**vars(home), name: recorded}
    for example in doctest.DocTestParser().get_examples(inspect.getdoc(function)):
        exec(example.source, scope)
    calls[0].apply_defaults()
    return function, calls[0].arguments


def numbers(value):
    """All floats in a result, in whatever records and tuples they stand."""
    if isinstance(value, tuple | list):
        return [x for v in value for x in numbers(v)]
    if hasattr(value, "__dataclass_fields__"):
        return numbers([getattr(value, field) for field in value.__dataclass_fields__])
    return np.ravel(value).tolist() if isinstance(value, float) or getattr(value, "dtype", None) == np.float64 else []


@pytest.mark.parametrize(("module", "name"), FUNCTIONS)
def test_what_does_not_fit_is_refused_by_name(module: str, name: str) -> None:
    function, call = good_call(module, name)
    complaints = []
    for argument, (kind, bad) in itertools.product(call, (REFUSED | DOUBTFUL).items()):
        case = f"{argument}={kind}"
        try:
            value = function(**{**call, argument: bad})
        except ValueError as error:
            if not re.search(rf"\b({argument}|{FITS.get(argument, argument)})\b", str(error)):
                complaints.append(f"{case} is not named: {error}")
        else:
            if kind not in DOUBTFUL and kind not in TAKES.get(argument, ()):
                complaints.append(f"{case} is taken for good: {value}")
            if np.isnan(numbers(value)).any():
                complaints.append(f"{case} gives NaN")
    assert not complaints
