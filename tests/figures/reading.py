"""What a figure says, taken from the figure: its words, its axes, its values."""

import numpy as np
import plotly.graph_objects as go


def valid(figure: go.Figure) -> go.Figure:
    """The figure once more, with every property checked by Plotly (builders leave that out to be quick)."""
    return go.Figure(figure.to_plotly_json())


def title(figure: go.Figure) -> str:
    """The finding above the picture."""
    return figure.layout.title.text


def words(figure: go.Figure) -> list[str]:
    """The direct labels."""
    return [text for trace in figure.data if getattr(trace, "mode", None) == "text" for text in trace.text or ()]


def axis_titles(figure: go.Figure) -> list[str]:
    """What stands at the axes and color bars."""
    axes = [*figure.select_xaxes(), *figure.select_yaxes()]
    axes += [axis for scene in figure.select_scenes() for axis in (scene.xaxis, scene.yaxis, scene.zaxis)]
    bars = [trace.colorbar for trace in figure.data if getattr(trace, "colorbar", None) is not None]
    return [item.title.text for item in (*axes, *bars) if item.title.text]


def ranges(figure: go.Figure) -> list:
    """Where the axes begin and end, and what would let them move by themselves."""
    return [(a.range, a.autorange) for a in (*figure.select_xaxes(), *figure.select_yaxes())]


def drawn(figure: go.Figure, number: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y of one trace."""
    trace = figure.data[number]
    return np.asarray(trace.x, dtype=float), np.asarray(trace.y, dtype=float)


def all_text(figure: go.Figure) -> str:
    """Every word of the figure that a reader can see, hover included."""
    hover = [f"{getattr(trace, 'hovertemplate', None) or ''} {trace.name or ''}" for trace in figure.data]
    return " | ".join([title(figure), *words(figure), *axis_titles(figure), *hover])
