"""Units of information. Everything in `core` is computed in nats; only what is about to be shown is converted."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core._checks import result


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of information: its plural name, its symbol, and how many nats one of it is.

    >>> round(BITS.from_nats(math.log(8)), 15)
    3.0
    """

    name: str
    symbol: str
    nats: float

    def from_nats(self, x: ArrayLike) -> NDArray[np.float64] | float:
        """The amount x, given in nats, in this unit: x / nats. Infinite stays infinite; a single number gives a float.

        >>> BANS.from_nats([0.0, math.log(10), math.inf])
        array([ 0.,  1., inf])
        """
        with np.errstate(over="ignore"):  # within a factor of the largest float, a unit below a nat gives infinity
            return result(np.asarray(x, dtype=np.float64) / self.nats)


BITS = Unit("bits", "bit", math.log(2))
NATS = Unit("nats", "nat", 1.0)
BANS = Unit("bans", "ban", math.log(10))
UNITS = (BITS, NATS, BANS)
