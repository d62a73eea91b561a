"""Controls that move while the hand moves. They know values, shares and figures, and nothing of what these mean."""

from pages.live.distribution import Shares, distribution
from pages.live.slider import slider
from pages.live.stage import stage
from pages.live.state import before, released
from pages.live.typed import typed

__all__ = ["Shares", "before", "distribution", "released", "slider", "stage", "typed"]
