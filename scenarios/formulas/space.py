"""Floor space: room-hours by use, what a community lacks, and which projects it can walk to."""

from __future__ import annotations

import numpy as np

from scenarios.categories import ROOM_USES
from scenarios.district import District
from scenarios.formulas.needs import MONTHS
from scenarios.formulas.partners import shared_room_hours
from scenarios.parameters import Rates
from scenarios.tables import Reals


def room_hours_per_m2(rates: Rates) -> float:
    """Room-hours a square metre of activity space gives in a year."""
    return rates.room_hours_open * MONTHS / rates.room_m2


def activity_share(district: District) -> Reals:
    """Share of floor space that serves residents: the community's own, at least the floor."""
    return np.asarray(np.maximum(district.communities.activity_share, district.floors.activity_share))


def use_shares(district: District) -> Reals:
    """Share of residents' room-hours kept for each use; axes (community, use of ROOM_USES)."""
    divided = district.levers.care_rooms
    care = np.where(divided > 0.0, divided, district.rates.care_space)
    return np.stack([{"care": care, "activity": 1.0 - care}[use] for use in ROOM_USES], axis=1)


def room_hours(district: District, extra_m2: Reals, shared: Reals | None = None) -> Reals:
    """Room-hours in a year with ``extra_m2`` of added venue space; axes (community, use of ROOM_USES).

    Own floor space open to residents, new venues, and premises of units (as at the start unless ``shared`` is given).
    """
    own = district.communities.service_m2 * activity_share(district)
    new = max(district.floors.activity_share, 0.6)  # new venues follow the national norm of at least 60 %
    others = shared_room_hours(district) if shared is None else shared
    hours = (own + new * extra_m2) * room_hours_per_m2(district.rates) + others
    return np.asarray(hours[:, None] * use_shares(district))


def running_yuan(district: District, site: int) -> float:
    """Running cost of a project in a full year; where premises are shared their owner bears the rest."""
    share = district.rates.shared_running if district.sites.mode[site] == "shared" else 1.0
    return float(district.sites.m2[site]) * district.rates.venue_running_cost * share


def room_hours_per_matter(district: District) -> Reals:
    """Room-hours that a matter takes, by category."""
    taken = {"activity": district.rates.room_hours_per_activity, "care": district.rates.room_hours_per_care, None: 0.0}
    return np.array([taken[category.room] for category in district.categories])


def space_lacking_m2(district: District) -> Reals:
    """Floor space a community lacks to the norm per 100 households or the floor per community, the larger."""
    here = district.communities
    target = np.maximum(here.households / 100 * district.rates.space_norm, district.floors.venue_m2)
    return np.asarray(np.maximum(target - here.service_m2, 0.0))


def sites_in_reach(district: District) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which projects each community can walk to; axes (community, project). A community reaches its own always."""
    here, there = district.communities, district.sites
    distance = np.hypot(here.x_m[:, None] - there.x_m[None], here.y_m[:, None] - there.y_m[None])
    own = np.array(here.code)[:, None] == np.array(there.community_code)[None]
    return np.asarray((distance <= district.rates.walking_distance) | own)


def open_share(start_month: int, lead_months: int, year: int) -> float:
    """Share of plan year ``year`` in which a project started at plan month ``start_month`` is open."""
    opens = start_month + lead_months
    return float(np.clip((year + 1) * MONTHS - opens, 0, MONTHS) / MONTHS)
