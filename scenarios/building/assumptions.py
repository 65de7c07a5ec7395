"""What the synthetic part of a district assumes, in one place. Every figure is an assumption unless a source is named.

``ByKind`` holds a value for residents' committees and one for villages. "Spread" is the standard deviation of the
logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.tables import Reals

ByKind = tuple[float, float]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


def by_kind(values: ByKind, village: Flags) -> Reals:
    """The number that fits each unit.

    >>> by_kind((3.0, 2.0), np.array([False, True])).tolist()
    [3.0, 2.0]
    """
    return np.where(village, values[1], values[0])


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """Typical values and spreads; totals that a recipe's facts give are met exactly whatever stands here."""

    # People
    size: ByKind = (3400, 680)  # residents; scaled to the street's total
    size_spread: ByKind = (0.38, 0.40)
    household_size: ByKind = (2.52, 2.30)  # relative; the district's mean follows its census
    household_spread: float = 0.05
    child_share: ByKind = (0.17, 0.09)  # relative, as above
    elder_share: ByKind = (0.165, 0.30)
    age_spread: float = 0.18
    hardship_share: ByKind = (0.036, 0.055)
    hardship_spread: float = 0.25
    floating_share: ByKind = (0.42, 0.12)  # used as they are when the facts give no total
    floating_spread: float = 0.35
    member_share: float = 0.0703  # 99.185 m members in 1,409.67 m people, end of 2023
    member_spread: float = 0.3
    # Service
    grid_households: tuple[float, float] = (300.0, 400.0)
    staff_per_10000: float = 17.5  # norm 18 (国办发〔2021〕56号); history is a little below it
    staff_spread: float = 0.15
    staff_street_spread: float = 0.07  # old centre against streets that grew faster than their posts
    fewest_posts: ByKind = (3, 2)
    village_people_per_post: float = 330.0
    windows: ByKind = (6.2, 4.8)
    windows_sd: float = 0.9
    space_per_100_households: ByKind = (27.0, 42.0)  # m2; norm 30 (国办发〔2021〕56号)
    space_spread: ByKind = (0.42, 0.55)
    least_m2: float = 60.0
    distance_m: ByKind = (430.0, 750.0)
    distance_spread: float = 0.42
    habit_spread: float = 0.22  # cut off at a ratio of 3 between best and worst (Liu, Bhandaram & Garg 2023)
    workload_spread: float = 0.18
    quality_workload_correlation: float = -0.25
    # Money, yuan a year
    street_revenue_per_head: float = 75.0
    street_revenue_spread: float = 0.3
    village_revenue_per_head: float = 45.0
    village_revenue_spread: float = 0.7
    empty_villages: float = 0.2  # share of villages without collective income
    work_fund: ByKind = (140_000.0, 100_000.0)
    work_fund_size_power: float = 0.3
    work_fund_spread: float = 0.2
    party_fund: float = 30_000.0
    party_fund_spread: float = 0.4
    service_fund: float = 200_000.0  # mean per community: 10 + 10 万元 of city and district
    service_fund_size_power: float = 0.35
    service_fund_spread: float = 0.35
    # Places, metres
    urban_spacing_m: float = 260.0
    village_spacing_m: float = 850.0
    resident_units: ByKind = (3.0, 0.6)  # mean number per community
    unit_hours: float = 12.0  # hours a month, median
    unit_hours_spread: float = 0.6
    unit_wants: float = 3.0  # hours a month that a unit would like from communities, median
    unit_room_hours: float = 12.0  # room-hours a month it can share, median
    unit_radius_m: ByKind = (600.0, 1500.0)
    site_least_m2: ByKind = (350.0, 0.0)  # sites are sought up to this, or the norm per 100 households if larger
    site_lack_m2: float = 40.0  # a community that lacks less has no candidate site
    second_site: float = 0.3  # share of those lacking space that have two
    build_yuan_per_m2: float = 3000.0
    refit_yuan_per_m2: float = 1200.0
    # Officials
    slots_per_unit: float = 0.215
    senders: tuple[tuple[str, float], ...] = (("province", 0.1), ("city", 0.35), ("county", 0.55))
    skills: tuple[tuple[str, float], ...] = (
        ("dispute", 0.3), ("care", 0.27), ("activity", 0.25), ("environment", 0.1), ("safety", 0.05), ("window", 0.03),
    )  # fmt: skip


ASSUMPTIONS = Assumptions()
