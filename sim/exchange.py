"""The month's exchange between units and communities: who claims what, and what comes back. Whole minutes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios import formulas
from scenarios.district import District
from scenarios.tables import Integers, Reals
from sim.outcome import SCALE

MINUTES = 60


@dataclass(frozen=True, kw_only=True, eq=False)
class Reach:
    """Which units share with which communities, and what both bring; fixed all run long."""

    pairs: formulas.Pairs  # all in reach: they share rooms
    exchanging: formulas.Pairs  # those who claim from each other's lists
    rooms: Reals  # minutes a month at full cooperation, by pair
    offers: Reals  # minutes a month at full cooperation, by unit
    wishes: Reals  # minutes a month, by unit
    listing: Reals  # share of waiting work that is listed, by community
    answering: Reals  # most of volunteers' minutes that go back, by community

    def partners(self, cooperation: Integers) -> Integers:
        """Active units in reach of each community."""
        active = np.asarray(cooperation > 0, dtype=np.float64)
        return self.pairs.by_community(active[self.pairs.unit]).astype(np.int64)

    def room_minutes(self, cooperation: Integers) -> Reals:
        """Room-minutes of units that each community may use this month."""
        return self.pairs.by_community(self.rooms * cooperation[self.pairs.unit] / SCALE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Exchange:
    """One month's exchange: minutes that communities get and give back, and what units find."""

    received: Integers  # by community
    returned: Integers  # by community
    used: Reals  # share of its offer that was claimed, by unit
    answered: Reals  # share of its wishes that was met, by unit


def reach_of(district: District) -> Reach:
    """The reach of a district's units."""
    pairs = formulas.pairs_of(formulas.units_in_reach(district))
    return Reach(
        pairs=pairs,
        exchanging=formulas.exchanging_pairs(district),
        rooms=formulas.room_shares(pairs) * district.units.room_hours_month[pairs.unit] * MINUTES,
        offers=district.units.hours_month * MINUTES,
        wishes=district.units.wants_hours_month * MINUTES,
        listing=formulas.listing_share(district),
        answering=formulas.answering_share(district),
    )


def exchange(reach: Reach, *, cooperation: Integers, backlog: Integers, volunteers: Integers) -> Exchange:
    """Clear the month's lists: units claim from the work that waits, volunteers answer those who gave.

    Matched minutes never exceed what is offered, listed, wished for, or at hand: each is rounded down.
    """
    pairs, offers = reach.exchanging, np.floor(reach.offers * cooperation / SCALE)
    given = np.floor(formulas.claims(offers, np.floor(backlog * reach.listing), pairs))
    able = np.floor(volunteers * reach.answering)
    back = np.floor(formulas.answers(given, reach.wishes, able, pairs))
    return Exchange(
        received=pairs.by_community(given).astype(np.int64),
        returned=pairs.by_community(back).astype(np.int64),
        used=pairs.by_unit(given) / np.maximum(offers, 1.0),
        answered=pairs.by_unit(back) / np.maximum(reach.wishes, 1.0),
    )
