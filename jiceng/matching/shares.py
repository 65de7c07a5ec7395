"""What counties raise and are granted under each way to give, at one total of city and county money. Exact, in whole fen.

A county spends ``effort`` without any grant; a lump grant displaces part of it, and a match raises what is left, as in
:mod:`scenarios.funding`, never above its limit. What a match does not draw of the total is granted to all communities alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenarios.parameters import Rates
from scenarios.region import Region
from scenarios.tables import Integers, Reals

HALVINGS = 60
Given = tuple[Integers, Integers, Integers]  # own money, grant beside the match, match


@dataclass(frozen=True, kw_only=True, eq=False)
class Payers:
    """Counties as payers: money in fen a year, one value a county."""

    size: Integers  # communities
    people: Integers
    needs: Reals
    limit: Integers
    rates: Rates

    @property
    def effort(self) -> Integers:
        """Own money without any grant: the share of the limit that payers of a district spend."""
        share = min(self.rates.own_effort / self.rates.own_limit, 1.0)
        return np.asarray(np.floor(self.limit * share).astype(np.int64))

    def after(self, lump: Integers) -> Integers:
        """Own money that is left after a lump grant."""
        displaced = np.ceil((1.0 - self.rates.stick_rate) * lump).astype(np.int64)
        return np.asarray(np.maximum(0, self.effort - displaced))

    def matched(self, own: Integers, ratios: Reals, pool: int) -> tuple[Integers, Integers]:
        """Own money raised under a match, and the match, cut pro rata to the pool."""
        raised = np.floor(own * (1.0 + self.rates.match_response * np.minimum(ratios, 1.0))).astype(np.int64)
        raised = np.minimum(raised, self.limit)
        asked = np.floor(raised * ratios).astype(np.int64)
        total = int(asked.sum())
        return raised, asked if total <= pool else asked * pool // total

    @property
    def ratios_by_third(self) -> Reals:
        """2 for the third of counties with least own money a head, 0.5 for the third with most, 1 between them."""
        per_head = self.limit / self.people
        poorer = np.searchsorted(np.sort(per_head), per_head, side="left")
        return np.array([2.0, 1.0, 0.5])[poorer * 3 // len(per_head)]


def mandated(payers: Payers, region: Region, total: int) -> Given:
    """Each county must pay at least its half of the same fund a community; what it cannot pay draws no match.

    Above its half it spends what it would beside the same money as a lump grant.
    """
    owed = region.pool_fen * payers.size // int(payers.size.sum())
    match = np.minimum(owed, payers.limit)

    def given(lump: Integers) -> Given:
        return np.asarray(np.maximum(match, payers.after(lump + match))), lump, match

    return _at_total(payers, given, total)


def equal(payers: Payers, region: Region, total: int) -> Given:
    """The city alone grants the same to every community; counties save what it displaces."""
    nothing = np.zeros_like(payers.size)
    return _at_total(payers, lambda lump: (payers.after(lump), lump, nothing), total)


def voluntary(payers: Payers, region: Region, total: int) -> Given:
    """Counties choose their own money, matched at the region's ratio within the pool."""
    return _offered(payers, np.full(len(payers.size), region.ratio), region.pool_fen, total)


def tiered(payers: Payers, region: Region, total: int) -> Given:
    """As :func:`voluntary`, with a ratio for each third of counties."""
    return _offered(payers, region.ratio * payers.ratios_by_third, region.pool_fen, total)


def by_formula(payers: Payers, region: Region, total: int) -> Given:
    """The city tops every county up to the same money for each need."""
    return to_funds(payers, payers.needs / payers.needs.sum() * total, total)


def to_funds(payers: Payers, funds: Reals, total: int) -> Given:
    """Grants that bring own money and grant to the funds named, as far as own money alone is not more already."""
    stick = payers.rates.stick_rate
    gone = payers.effort / max(1.0 - stick, 1e-9)  # the grant that displaces all own money

    def given(scale: float) -> Given:
        # A yuan granted adds the stick rate until all own money is displaced; from there on it adds a yuan.
        lump = np.maximum(funds * scale - payers.effort, 0.0) / stick
        whole = np.floor(np.where(lump > gone, funds * scale, lump)).astype(np.int64)
        return payers.after(whole), whole, np.zeros_like(whole)

    return _closed(payers, given, total)


def _offered(payers: Payers, ratios: Reals, pool: int, total: int) -> Given:
    def given(lump: Integers) -> Given:
        own, match = payers.matched(payers.after(lump), ratios, pool)
        return own, lump, match

    return _at_total(payers, given, total)


def _at_total(payers: Payers, given: Callable[[Integers], Given], total: int) -> Given:
    """The base grant, the same for every community, at which all money together comes to the total."""
    return _closed(payers, lambda scale: given(alike(payers, round(scale * total))), total)


def _closed(payers: Payers, given: Callable[[float], Given], total: int) -> Given:
    """Bisection on a scale between 0 and 2: within a few fen of the total, and never above it."""
    low, high = 0.0, 2.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _sum(given(middle)) <= total else (low, middle)
    own, lump, match = given(low)
    return own, lump, match


def _sum(given: Given) -> int:
    return sum(int(part.sum()) for part in given)


def alike(payers: Payers, total: int) -> Integers:
    """A total shared by communities."""
    return np.asarray(max(total, 0) * payers.size // int(payers.size.sum()))


def least_total(payers: Payers, region: Region) -> int:
    """The smallest total that every rule can keep: what a match alone, mandated or offered, brings together."""
    return max(_sum(rule(payers, region, 0)) for rule in (mandated, voluntary, tiered))


RULES: dict[str, Callable[[Payers, Region, int], Given]] = {
    "mandated": mandated, "equal": equal, "voluntary": voluntary, "tiered": tiered, "formula": by_formula,
}  # fmt: skip
