"""Named numbers as text: `2, 1, 0.5` or `cat: 2, dog: 1`, read and written so that nothing is lost on the way."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from pages.live.distribution import LONGEST, NAMES, written


@dataclass(frozen=True, slots=True)
class Named:
    """Numbers, each with a name."""

    values: tuple[float, ...]
    names: tuple[str, ...]

    def with_value(self, i: int, value: float) -> "Named":
        """The same with number i changed."""
        return Named((*self.values[:i], value, *self.values[i + 1 :]), self.names)


def reader(what: str, low: float, high: float, fewest: int = 2, most: int = 8) -> Callable[[str], Named]:
    """What reads a text as numbers from low to high; `what` is what one of them is called.

    >>> reader("logit", -100, 100)("cat: 2, dog: -1/2")
    Named(values=(2.0, -0.5), names=('cat', 'dog'))
    """

    def read(text: str) -> Named:
        if len(text) > LONGEST:
            raise ValueError(f"The text has {len(text)} characters: {most} numbers need fewer than {LONGEST}.")
        parts = re.split(r"[,;]" if re.search(r"[,;:]", text) else r"[ \t]+", text.strip())
        parts = parts if text.strip() else []
        if not fewest <= len(parts) <= most:
            there = "is 1" if len(parts) == 1 else f"are {len(parts) or 'none'}"
            wanted = f"{most}" if fewest == most else f"{fewest} to {most}"
            raise ValueError(f"There {there}: type {wanted} {what}s, separated by commas.")
        values, names = zip(*(_part(part, i, what, low, high) for i, part in enumerate(parts)), strict=True)
        return Named(values, names)

    return read


def _part(part: str, i: int, what: str, low: float, high: float) -> tuple[float, str]:
    name, _, number = part.rpartition(":")
    above, _, below = number.strip().replace("\N{MINUS SIGN}", "-").partition("/")
    try:
        value = float(above) / float(below or 1) + 0.0
    except (ValueError, ZeroDivisionError, OverflowError):
        value = math.nan
    if not low <= value <= high:
        ends = f"{low:g} to {high:g}".replace("-", "\N{MINUS SIGN}")
        raise ValueError(f"“{part.strip()[:30]}” is no {what} from {ends}: write 2, −0.5 or 1/3.")
    return value, name.strip()[:12] or NAMES[i]


def code(numbers: Named) -> str:
    """The text that is read as exactly these numbers and names.

    >>> code(Named((2.0, -0.5), ("A", "dog")))
    '2,dog:-0.5'
    """
    return ",".join(
        ("" if name == NAMES[i] else f"{name}:") + written(value)
        for i, (value, name) in enumerate(zip(numbers.values, numbers.names, strict=True))
    )
