"""Voicing and routing: which open matters become requests, and how long other tiers keep them."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.formulas.needs import MONTHS
from scenarios.tables import Reals

VOICE_LOW, VOICE_HIGH = 0.01, 0.95  # nobody voices everything, nothing stays wholly unvoiced
USUAL_OPENING = 40.0  # hours a week
TIERS_ABOVE = ("street", "district", "city")  # in the order of every array with a tier axis


def access_factor(district: District, distance_m: Reals | None = None) -> Reals:
    """Multiplier on voicing from the walk to the nearest venue and its opening hours.

    1 at the door in usual hours, ``1 - access_loss`` at 2 km or more; agency spares the walk.
    """
    rates, levers = district.rates, district.levers
    distance = district.communities.venue_distance_m if distance_m is None else distance_m
    walk = 1.0 - rates.access_loss * (1.0 - levers.agency) * np.minimum(distance / 2000.0, 1.0)
    return np.asarray(walk * (levers.open_hours / USUAL_OPENING) ** rates.opening_voicing)


def contact_factor(district: District, contact_hours_per_household: Reals) -> Reals:
    """Multiplier on voicing from contact hours per household-year; 1 at the reference, bounded to 0.5-1.5.

    An hour tells more in a grid small enough for its warden to know everyone.
    """
    rates, here = district.rates, district.communities
    known = (rates.grid_norm * here.grids / np.maximum(here.households, 1)) ** rates.grid_familiarity
    ratio = known * contact_hours_per_household / rates.contact_reference
    return np.asarray(np.clip(1.0 + rates.contact_voicing * np.log2(np.maximum(ratio, 1e-6)), 0.5, 1.5))


def voice_chance(district: District, access: Reals, contact: Reals, responsiveness: Reals) -> Reals:
    """Monthly chance that an open matter is voiced; axes (community, category)."""
    rates = district.rates
    induced = np.maximum(0.0, 1.0 + rates.induced_demand * (responsiveness - rates.responsiveness_reference))
    place = district.communities.reporting_habit * district.levers.voicing * access * contact * induced
    base = np.array([c.voicing for c in district.categories])
    return np.asarray(np.clip(place[:, None] * base[None, :], VOICE_LOW, VOICE_HIGH))


def reach(voice: Reals, lapse: float) -> Reals:
    """Share of opened matters that are ever voiced when each month voices first and lapses after: ``v / (v+(1-v)l)``."""
    return np.asarray(voice / (voice + (1.0 - voice) * lapse))


def routed_share(district: District) -> Reals:
    """Share of voiced matters that need a higher tier; axes (community, category). Windows above six settle more."""
    extra = np.maximum(district.communities.windows - 6, 0)
    local = np.clip(1.0 - district.rates.window_local_gain * extra, 0.0, 1.0) * (1.0 - district.levers.local_items)
    return np.asarray(local[:, None] * np.array([c.routed for c in district.categories])[None, :])


def tier_shares(district: District) -> Reals:
    """Where routed matters go; axes (community, tier above), rows sum to 1. Delegated powers bring matters to the street."""
    rates = district.rates
    city = min(rates.to_city, 1.0)
    to_district = min(rates.to_district, 1.0 - city)
    kept = 1.0 - district.levers.delegated
    above = kept[:, None] * np.array([to_district, city])[None]
    return np.column_stack([1.0 - above.sum(axis=1), above])


def return_chance(district: District, month_of_year: int) -> Reals:
    """Monthly chance that a routed matter comes back; axes (community, tier above, 0 in time or 1 overdue).

    The mean delay of the tier, shortened by the platform; a meeting of the tier in this month settles more, and leaders
    who take up cases clear those that are overdue.
    """
    rates, levers = district.rates, district.levers
    delay = np.array([rates.street_delay, rates.district_delay, rates.city_delay])
    usual = np.minimum(1.0 / np.maximum(delay[None] * (1.0 - levers.platform[:, None]), 1.0), 1.0)
    held = np.array([meets(getattr(district.meetings, tier), month_of_year) for tier in TIERS_ABOVE])
    chance = 1.0 - (1.0 - usual) * np.where(held, 1.0 - rates.meeting_clears, 1.0)[None]
    overdue = 1.0 - (1.0 - chance) * (1.0 - levers.attention[:, None])
    return np.stack([chance, overdue], axis=2)


def meets(meetings_a_year: int, month_of_year: int) -> bool:
    """Whether one of the year's evenly spaced meetings falls into a month.

    >>> [month + 1 for month in range(12) if meets(4, month)]
    [3, 6, 9, 12]
    """
    return meetings_a_year * (month_of_year + 1) // MONTHS > meetings_a_year * month_of_year // MONTHS
