"""Units: what one of each is worth, and that conversion keeps floats, arrays and infinity what they are."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.units import BANS, BITS, NATS, UNITS, Unit


def test_one_of_each() -> None:
    """A fair coin is 1 bit, a decimal digit 1 ban, and the order is the one of the unit switch."""
    assert UNITS == (BITS, NATS, BANS)
    assert BITS.from_nats(math.log(2)) == 1.0
    assert BANS.from_nats(math.log(10)) == 1.0
    assert BANS.from_nats(math.log(2)) == pytest.approx(math.log10(2), rel=1e-15)


@given(st.floats(allow_nan=False), st.sampled_from(UNITS))
def test_single_number_stays_a_float(x: float, unit: Unit) -> None:
    """No numpy scalar comes back, nats are unchanged, infinity stays."""
    assert type(unit.from_nats(x)) is float
    assert NATS.from_nats(x) == x
    assert unit.from_nats(x) == x / unit.nats  # infinite where that quotient exceeds the largest float


def test_arrays_and_negative_values() -> None:
    """Differential entropies may be negative; shapes are kept."""
    assert BITS.from_nats(np.log([[2, 4], [0.5, 1]])).tolist() == [[1.0, 2.0], [-1.0, 0.0]]


def test_frozen() -> None:
    """A unit can't be changed in passing."""
    with pytest.raises(AttributeError):
        BITS.nats = 1.0
