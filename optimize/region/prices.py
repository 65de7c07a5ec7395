"""Prices of what counties share, and what a county does at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from scenarios.tables import Reals


@dataclass(frozen=True)
class Prices:
    """万元 for a 万元 of grant, for the place of one posted official, and for a 万元 of capital a year; none negative."""

    grant: float = 0.0
    officials: float = 0.0
    capital: float = 0.0

    def as_tuple(self) -> tuple[float, float, float]:
        """The three prices, in the order of the pools."""
        return self.grant, self.officials, self.capital

    def towards(self, other: Self, share: float) -> Prices:
        """The prices a share of the way to others."""
        pairs = zip(self.as_tuple(), other.as_tuple(), strict=True)
        return Prices(*((1.0 - share) * here + share * there for here, there in pairs))


@dataclass(frozen=True)
class Use:
    """What one way of running a county costs (万元 a year, before prices), raises and draws; money in 万元."""

    cost: float
    own: float
    grant: float
    officials: float
    capital: float

    def drawn(self) -> Reals:
        """What it draws from the pools, in their order."""
        return np.array([self.grant, self.officials, self.capital])


@dataclass(frozen=True)
class Pools:
    """What the region has for a year: grants (万元), places for officials, capital (万元)."""

    grant: float
    officials: float
    capital: float

    def as_array(self) -> Reals:
        """The three limits, in order."""
        return np.array([self.grant, self.officials, self.capital])

    def worth(self, prices: Prices) -> float:
        """What everything in the pools costs at the prices."""
        return float(np.array(prices.as_tuple()) @ self.as_array())
