"""Partners: units and communities that claim from each other's lists.

A community lists its waiting work; units in reach claim from it up to what they offer at today's cooperation. Volunteers
give hours back to the units that gave, up to what these wish for. What a unit gains moves its cooperation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.district import District
from scenarios.formulas.needs import MONTHS
from scenarios.formulas.participation import volunteer_hours
from scenarios.tables import Integers, Reals


def units_in_reach(district: District) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which units share with which communities; axes (community, unit)."""
    here, there = district.communities, district.units
    distance = np.hypot(here.x_m[:, None] - there.x_m[None], here.y_m[:, None] - there.y_m[None])
    own = np.array(here.code)[:, None] == np.array(there.community_code)[None]
    return np.asarray((distance <= there.radius_m[None]) | own)


def listing_share(district: District) -> Reals:
    """Share of its waiting work that each community lists for units to claim."""
    return np.asarray(np.clip(district.rates.partner_listing + district.levers.liaison, 0.0, 1.0))


def answering_share(district: District) -> Reals:
    """Most of its volunteers' hours that each community gives back to units."""
    return np.asarray(np.clip(district.rates.partner_return + district.levers.answering, 0.0, 1.0))


@dataclass(frozen=True, eq=False)
class Pairs:
    """Units and communities that share, as rows of both tables; what passes between them is an array over pairs.

    ``shares``: the share of its hours that a unit has promised to a community; where nothing is promised, the lists of
    waiting work decide.
    """

    community: Integers
    unit: Integers
    communities: int  # how many there are
    units: int
    shares: Reals | None = None

    def by_community(self, amounts: Reals) -> Reals:
        """Sums over the pairs of each community."""
        return np.asarray(np.bincount(self.community, weights=amounts, minlength=self.communities), dtype=np.float64)

    def by_unit(self, amounts: Reals) -> Reals:
        """Sums over the pairs of each unit."""
        return np.asarray(np.bincount(self.unit, weights=amounts, minlength=self.units), dtype=np.float64)


def pairs_of(reach: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Pairs:
    """The pairs in reach; axes of ``reach`` (community, unit)."""
    community, unit = np.nonzero(reach)
    return Pairs(community, unit, communities=reach.shape[0], units=reach.shape[1])


def exchanging_pairs(district: District) -> Pairs:
    """Who exchanges hours with whom: as promised where the district says so, else everyone in reach."""
    if not district.pairs:
        return pairs_of(units_in_reach(district))
    communities = {code: row for row, code in enumerate(district.communities.code)}
    units = {name: row for row, name in enumerate(district.units.id)}
    return Pairs(
        community=np.array([communities[code] for _, code, _ in district.pairs], dtype=np.int64),
        unit=np.array([units[name] for name, _, _ in district.pairs], dtype=np.int64),
        communities=len(communities),
        units=len(units),
        shares=np.array([share for _, _, share in district.pairs]),
    )


def claims(offers: Reals, listed: Reals, pairs: Pairs) -> Reals:
    """How much each unit gives to each community in reach, by pair: at most what is offered and at most what is listed.

    A unit divides its offer over the communities in reach as it has promised, else in proportion to their lists; a
    community that is offered more than it listed takes the same share of every offer.
    """
    wanted = listed[pairs.community]
    parts = wanted / np.maximum(pairs.by_unit(wanted), 1e-9)[pairs.unit] if pairs.shares is None else pairs.shares
    offered = parts * offers[pairs.unit]
    taken = np.minimum(1.0, listed / np.maximum(pairs.by_community(offered), 1e-9))
    return np.asarray(offered * taken[pairs.community])


def answers(given: Reals, wishes: Reals, able: Reals, pairs: Pairs) -> Reals:
    """What communities give back, by pair: at most what they are able to, and what a unit wishes for.

    A unit's wish is shared over the communities that it gave to, in proportion; so is what a community can answer.
    """
    asked = given / np.maximum(pairs.by_unit(given), 1e-9)[pairs.unit] * wishes[pairs.unit]
    scale = np.minimum(1.0, able / np.maximum(pairs.by_community(asked), 1e-9))
    return np.asarray(asked * scale[pairs.community])


def expected_exchange(district: District) -> tuple[Reals, Reals]:
    """Hours a year that communities are expected to get from units and to give back, at the cooperation in the tables.

    Lists are taken to be long enough for all offers and as long as communities are large.
    """
    pairs = exchanging_pairs(district)
    offers = district.units.hours_month * district.units.cooperation
    lists = listing_share(district) * district.communities.population * offers.sum()
    given = claims(offers, lists, pairs)
    able = answering_share(district) * volunteer_hours(district) / MONTHS
    back = answers(given, district.units.wants_hours_month, able, pairs)
    return pairs.by_community(given) * MONTHS, pairs.by_community(back) * MONTHS


def partner_hours(district: District) -> Reals:
    """Hours partners give in a year, as expected at the cooperation in the tables."""
    return expected_exchange(district)[0]


def answered_hours(district: District) -> Reals:
    """Hours of volunteers that go back to units in a year, as expected."""
    return expected_exchange(district)[1]


def room_shares(pairs: Pairs) -> Reals:
    """Share of a unit's rooms that each community in reach may use, by pair: equal parts."""
    return np.asarray(1.0 / pairs.by_unit(np.ones(len(pairs.unit)))[pairs.unit])


def shared_room_hours(district: District) -> Reals:
    """Room-hours a year in premises of others: what units can share at their cooperation, and what levers add."""
    pairs = pairs_of(units_in_reach(district))
    rooms = (district.units.room_hours_month * district.units.cooperation)[pairs.unit] * room_shares(pairs)
    return np.asarray(pairs.by_community(rooms) * MONTHS + district.levers.room_hours)
