"""Working days of people from elsewhere: leaders, cadres, teams, members of committees. Their time always costs someone."""

from __future__ import annotations

from scenarios.arrangements import Support
from scenarios.district import District
from scenarios.formulas import mean_support_hours

HOURS_A_DAY = 7.0  # as in a post's 1,750 hours of 250 days


def pay_of_days(district: District, days: float) -> float:
    """What working days are worth, 元, at the price of an hour of service.

    >>> from scenarios.building.builder import small_district
    >>> pay_of_days(small_district(1), 2)  # 2 days of 7 hours at 70 元
    980.0
    """
    return days * HOURS_A_DAY * district.rates.contract_wage


def mean_left(district: District, half_life_months: float) -> float:
    """Mean share of their first hours that people from elsewhere still give over the plan years; all of it at a half-life of 0.

    >>> from scenarios.building.builder import small_district
    >>> round(mean_left(small_district(1), 24), 3)  # the mean over three years in which hours halve every two
    0.631
    """
    one = Support(programme="one hour", hours=(1.0,) * len(district.communities), half_life_months=half_life_months)
    return float(mean_support_hours(district.with_changes(supports=(one,)))[0])
