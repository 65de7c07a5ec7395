"""Working time that a practice takes from the administration of a community: records, applications, meetings, answers."""

from __future__ import annotations

from scenarios.district import District
from scenarios.formulas.hours import WORKING_DAYS


def paperwork(district: District, days: float) -> float:
    """What so many days of each worker a year do to the relief from administration: the same hours, taken from residents.

    >>> from scenarios.building.builder import small_district
    >>> place = small_district(1)
    >>> round(paperwork(place, 2.5) * (1 - place.rates.direct_share), 3)  # 2.5 of 250 days
    -0.01
    """
    return -days / WORKING_DAYS / (1.0 - district.rates.direct_share)
