"""Controls that move while the hand moves. They know values, shares and figures, and nothing of what these mean."""

from pages.live.distribution import Shares, distribution
from pages.live.drawing import drawing
from pages.live.letters import letters
from pages.live.pasted import pasted
from pages.live.slider import slider
from pages.live.stage import sets, stage
from pages.live.state import before, put, released
from pages.live.table import Table, table
from pages.live.typed import typed

__all__ = [
    "Shares", "Table", "before", "distribution", "drawing", "letters", "pasted", "put", "released", "sets", "slider",
    "stage", "table", "typed",
]  # fmt: skip
