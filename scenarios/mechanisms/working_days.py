"""Working days of people from elsewhere: leaders, cadres, teams, members of committees. Their time always costs someone."""

from __future__ import annotations

from scenarios.district import District

HOURS_A_DAY = 7.0  # as in a post's 1,750 hours of 250 days


def pay_of_days(district: District, days: float) -> float:
    """What working days are worth, 元, at the price of an hour of service.

    >>> from scenarios.building.builder import small_district
    >>> pay_of_days(small_district(1), 2)  # 2 days of 7 hours at 70 元
    980.0
    """
    return days * HOURS_A_DAY * district.rates.contract_wage
