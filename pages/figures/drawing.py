"""A figure as plain data, ready to be sent."""

import base64
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import plotly.graph_objects as go

# Plotly's names for the types of arrays that it reads as they are.
TYPES = {"float32": "f4", "float64": "f8", "int8": "i1", "int16": "i2", "int32": "i4", "uint8": "u1"}


class Drawing:
    """Traces and layout as they are sent to the browser; everything else is asked of the go.Figure that they make.

    Making that figure copies every property and looks it up: three milliseconds a picture, several times what the
    rest of a step of a drag takes. To be sent, a figure does not need it.
    """

    def __init__(self, traces: Sequence, layout: dict):
        self._traces, self._layout = list(traces), layout

    def to_dict(self) -> dict:
        """What the browser is sent: arrays in base64, nothing that is None."""
        return {"data": _sendable(self._traces), "layout": _sendable(self._layout)}

    @cached_property
    def figure(self) -> go.Figure:
        """The same for Plotly's Python side, its properties not checked."""
        return go.Figure(self._traces, self._layout, _validate=False)

    def __getattr__(self, name: str):
        if name.startswith("_"):  # before __init__, as when a copy is made, there is nothing to ask
            raise AttributeError(name)
        return getattr(self.figure, name)


def _sendable(value):
    if isinstance(value, dict):
        return {key: _sendable(v) for key, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_sendable(v) for v in value]
    if isinstance(value, np.ndarray):
        return _typed(value)
    return _sendable(value.to_plotly_json()) if hasattr(value, "to_plotly_json") else value


def _typed(values: np.ndarray) -> dict | list:
    kind = TYPES.get(str(values.dtype))
    if kind is None or values.size == 0:
        return values.tolist()
    spec = {"dtype": kind, "bdata": base64.b64encode(np.ascontiguousarray(values)).decode("ascii")}
    return spec if values.ndim == 1 else spec | {"shape": ", ".join(map(str, values.shape))}
