"""Shares of one whole as bars to drag, or typed: 2 to 8 named outcomes, each of which can be locked."""

import math
import re
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from pages.live import state
from pages.live.mount import component

_distribution = component("distribution")
FEWEST, MOST = 2, 8
LONGEST = 400  # characters
NAMES = "ABCDEFGH"
ROUNDING = 2.0**-50  # what the sum of eight fractions may be off by itself: 1/49 stays 1/49
TOLERANCE = 2.0**-26  # half the digits of a float: what typed shares may be off 1 and are then set right


@dataclass(frozen=True, slots=True)
class Shares:
    """Named shares of one whole; `locked` ones stay while others are dragged."""

    values: tuple[float, ...]
    names: tuple[str, ...] = ()
    locked: tuple[bool, ...] = ()

    def __post_init__(self):
        k = len(self.values)
        object.__setattr__(self, "names", self.names or tuple(NAMES[:k]))
        object.__setattr__(self, "locked", self.locked or (False,) * k)


    @property
    def distinct(self) -> list[str]:
        """The names, all of them numbered where two are the same."""
        if len(set(self.names)) == len(self.names):
            return list(self.names)
        return [f"{i + 1}: {n}" for i, n in enumerate(self.names)]


class NotAWhole(ValueError):
    """The shares are numbers, but their sum is not 1: dividing by it would mend them."""


def parse(text: str, normalize: bool = False) -> Shares:
    """Read `0.5, 0.25, 0.25`: decimals, fractions or percentages, each with an optional `name:` and a `!` if locked.

    >>> parse("heads:1/2!, tails:50%")
    Shares(values=(0.5, 0.5), names=('heads', 'tails'), locked=(True, False))
    """
    if len(text) > LONGEST:
        raise ValueError(f"The text has {len(text)} characters: {MOST} shares need fewer than {LONGEST}.")
    parts = [part for part in re.split(r"[,;]" if re.search(r"[,;:]", text) else r"\s+", text) if part.strip()]
    if not FEWEST <= len(parts) <= MOST:
        count = "is only one share" if len(parts) == 1 else f"are {len(parts) or 'no'} shares"
        raise ValueError(f"There {count}: type {FEWEST} to {MOST}, separated by commas.")
    names, values, locked = zip(*(_read_part(part, i) for i, part in enumerate(parts)), strict=True)
    total = math.fsum(values)
    if total == 0:
        raise ValueError("Every share is 0: at least one must be positive.")
    if abs(total - 1) > TOLERANCE and not normalize:
        raise NotAWhole(f"The shares sum to {total:.6g}, not 1: correct one of them or normalize.")
    if abs(total - 1) > ROUNDING:
        values = tuple(v / total for v in values)
    return Shares(tuple(values), tuple(names), tuple(locked))


def _read_part(part: str, i: int) -> tuple[str, float, bool]:
    name, _, share = part.rpartition(":")
    share = share.strip()
    locked = share.endswith("!")
    share = share.removesuffix("!").strip().replace("\N{MINUS SIGN}", "-")
    percent = share.endswith("%")
    above, _, below = share.removesuffix("%").partition("/")
    try:
        value = float(above) / float(below or 1) / (100 if percent else 1)
    except (ValueError, ZeroDivisionError):
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"“{part.strip()[:30]}” is not a number: write 0.25, 1/4 or 25%.")
    if value < 0:
        raise ValueError(f"“{part.strip()[:30]}” is negative: a share is at least 0.")
    return name.strip()[:12] or NAMES[i], value, locked


def code(shares: Shares) -> str:
    """The text from which `parse` restores exactly these shares, as short as it can be."""
    return ",".join(
        ("" if name == NAMES[i] else f"{name}:") + written(value) + ("!" if lock else "")
        for i, (value, name, lock) in enumerate(zip(shares.values, shares.names, shares.locked, strict=True))
    )


def written(value: float) -> str:
    """The shortest decimal or, where that is long, fraction with a small denominator that is exactly this number."""
    fraction = Fraction(value).limit_denominator(1000)
    decimal = repr(int(value) if value == int(value) else value)
    return str(fraction) if len(decimal) > 8 and float(fraction) == value else decimal


def distribution(key: str, label: str, *, default: str, color: str = "p") -> Shares:
    """Draw the bars and the typed form; return the shares, whose sum is always 1."""
    parameter = parameter_of(key, default)
    shares = state.read(parameter)
    draft = f"{key}:draft"  # what was typed and could not be taken: kept until it is mended

    def changed():
        event = state.hand(key)
        try:
            if "text" in event:
                state.write(parameter, parse(event["text"], bool(event.get("normalize"))))
            else:
                state.write(parameter, _whole(event), bool(event.get("held")))
            st.session_state.pop(draft, None)
        except (ValueError, KeyError, TypeError) as problem:
            st.session_state[draft] = {"text": str(event.get("text", "")), "offer": isinstance(problem, NotAWhole)}
            state.note(parameter, str(problem))

    typed = st.session_state.get(draft, {})
    _distribution(
        key=f"{key}:hand",
        data=dict(
            label=label, values=shares.values, names=shares.names, locked=shares.locked, min=FEWEST, max=MOST,
            color=color, text=typed.get("text", code(shares).replace(",", ", ")), offer=typed.get("offer", False),
            note=state.note(parameter), seq=state.hand(key).get("seq", 0), **state.link(parameter, shares),
        ),
        on_hand_change=changed,
    )  # fmt: skip
    return shares


def parameter_of(key: str, default: str) -> state.Parameter[Shares]:
    """The parameter behind a distribution, for presets that set it."""
    return state.Parameter(key, parse(default), parse, code)


def _whole(event: dict) -> Shares:
    """What the bars sent, judged like anything else that comes from outside, its sum set right to the last digit."""
    values = [float(v) for v in event["values"]]
    text = code(Shares(tuple(values), tuple(map(str, event["names"])), tuple(map(bool, event["locked"]))))
    return parse(text, normalize=abs(math.fsum(values) - 1) < 1e-6)
