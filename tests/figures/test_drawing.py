"""A drawing is sent as Plotly itself would send the figure that it makes."""

import base64
import json
import pickle

import numpy as np
import pytest

from core.units import BITS
from pages.figures.drawing import Drawing
from tests.figures import test_entropy, test_softmax_temperature

PICTURES = test_entropy.PICTURES | test_softmax_temperature.EVERY


def read(node):
    """A sent figure with its arrays as lists of numbers, whatever their type was."""
    if isinstance(node, dict) and "bdata" in node:
        shape = [int(n) for n in node["shape"].split(",")] if "shape" in node else [-1]
        values = np.frombuffer(base64.b64decode(node["bdata"]), dtype=node["dtype"]).reshape(shape)
        return values.astype(float).tolist()
    if isinstance(node, dict):
        return {key: read(value) for key, value in node.items()}
    return [read(value) for value in node] if isinstance(node, list) else node


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_what_is_sent_is_what_plotly_would_send(build):
    drawing = build(BITS).figure
    sent, plotly = (read(json.loads(json.dumps(d.to_dict()))) for d in (drawing, drawing.figure))
    np.testing.assert_equal(sent, plotly)


def test_arrays_travel_as_their_bytes():
    values = np.array([[1.5, np.nan], [2.0, np.inf]], np.float32)
    sent = Drawing([dict(type="heatmap", z=values, x=None)], {}).to_dict()["data"][0]
    assert sent == {"type": "heatmap", "z": {"dtype": "f4", "bdata": "AADAPwAAwH8AAABAAACAfw==", "shape": "2, 2"}}


def test_a_drawing_can_be_kept_and_restored():
    drawing = Drawing([dict(type="scatter", x=[1, 2], y=[3, 4])], dict(title=dict(text="a finding")))
    restored = pickle.loads(pickle.dumps(drawing))
    assert restored.to_dict() == drawing.to_dict()
    assert restored.layout.title.text == "a finding"
    with pytest.raises(AttributeError):
        _ = restored.no_such_thing
