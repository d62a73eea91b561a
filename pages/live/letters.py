"""A text whose parts each carry a number, drawn as a column behind it; a hand or a key asks for single ones."""

import math
from collections.abc import Sequence

from pages.live.mount import component

_letters = component("letters")


def letters(
    key: str, text: Sequence[str], values: Sequence[float], *, before: int, start: int, top: float,
    unit: tuple[str, str], alt: str, color: str = "loss", noun: str = "characters",
) -> None:  # fmt: skip
    """Show the text, a string of characters or a list of longer parts (`noun` says what they are).

    The first `before` parts carry no number. A column that is full stands for `top`; one that is infinite is hatched.
    A part is named together with the `before` ones in front of it, the one at `start` until another is asked for.
    `unit` is its name for exactly one and for more. `alt` states the present finding.
    """
    numbers = [round(float(v), 4) if math.isfinite(v) else None for v in values]
    _letters(
        key=f"{key}:hand",
        data=dict(
            text=text, values=numbers, before=before, start=start, top=top, unit=unit, alt=alt, color=color, noun=noun
        ),
    )
