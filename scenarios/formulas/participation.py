"""Participation: who is asked to take part, and how many volunteers branches can put to work."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.formulas.needs import MONTHS
from scenarios.parameters import Rates
from scenarios.tables import Reals


def starting_engagement(rates: Rates) -> float:
    """Engagement of a resident at the start: registered times active."""
    return rates.registered_share * rates.active_share


def asking_chance(rates: Rates, contact_ratio: Reals, engaged_ratio: Reals, recruitment: Reals) -> Reals:
    """Chance of being asked in a month, where contact and taking part stand at these ratios to their usual levels.

    Wardens ask in proportion to contact, neighbours the more the more of them take part, but at most twice as often as
    usual, for they come to know the same people; money asks nobody.
    """
    heard = 2.0 * engaged_ratio / (1.0 + engaged_ratio)
    by_wardens, by_neighbours = (1.0 - rates.peer_asking) * contact_ratio, rates.peer_asking * heard
    return np.asarray(np.clip(recruitment * rates.asking * (by_wardens + by_neighbours), 0.0, 1.0))


def organised(district: District, engaged: Reals) -> Reals:
    """Volunteers who work to full effect among ``engaged``, and the useful share of those beyond the span of control.

    >>> from scenarios.building.builder import small_district
    >>> place = small_district(1)
    >>> bool(organised(place, np.array([1.0]))[0] == 1.0)
    True
    """
    rates = district.rates
    organisers = district.communities.members / rates.branch_members + district.levers.organisers
    within = np.minimum(engaged, organisers * rates.span)
    return np.asarray(within + rates.unorganised * (engaged - within))


def volunteer_hours(district: District) -> Reals:
    """Hours of volunteers in a year at the starting engagement of residents of 15 and over."""
    adults = district.communities.population - district.communities.children
    engaged = np.asarray(adults * starting_engagement(district.rates), dtype=np.float64)
    return np.asarray(organised(district, engaged) * district.rates.volunteer_hours * MONTHS)
