"""Quality of service: what it is worth, what moves its level, and what a posted official adds for a while."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.formulas.needs import MONTHS
from scenarios.parameters import Rates
from scenarios.tables import Integers, Reals

SKILL_FIT, PLAIN_FIT = 1.0, 0.7  # fit of a posted official whose skill is / is not what the community lacks
SENDER_FIT = {"city": 1.0, "province": 0.85, "county": 0.85}  # Huang, Wang & Shang 2018: city-sent did best


def solve_chance(rates: Rates, quality: Reals) -> Reals:
    """Chance that a served matter is solved: rises with quality, never above ``1 - unsolvable``."""
    return np.asarray(np.clip(rates.solve_base + rates.solve_quality * quality, 0.0, 1.0 - rates.unsolvable))


def inspection_level(rates: Rates) -> float:
    """Quality gained through inspection: an inverted U that peaks at the optimum."""
    dose = rates.inspections / rates.inspection_optimum
    return float(rates.inspection_effect * dose * np.exp(1.0 - dose))


def training_gain(district: District) -> Reals:
    """Quality gained through training: concave in days, more where the trained pass it on to their peers."""
    rates, levers = district.rates, district.levers
    dose = -np.expm1(-levers.training_days / rates.training_days)
    return np.asarray(rates.training_effect * dose * (1.0 + levers.training_cascade))


def base_quality(district: District) -> Reals:
    """Lasting quality without any posting: the community's own and what inspections beside the best number change, not
    below the floor; then training and incentives.
    """
    inspected = inspection_level(district.rates) - district.rates.inspection_effect
    own = np.maximum(district.communities.quality + inspected, district.levers.quality_floor)
    return np.asarray(own + training_gain(district) + district.levers.effort)


def campaign_quality(district: District, months_since_start: float) -> Reals:
    """Quality that a campaign still adds so many months after the policy began."""
    return np.asarray(district.levers.campaign * 0.5 ** (months_since_start / district.rates.campaign_fade))


def mean_campaign_quality(district: District) -> Reals:
    """Mean of what a campaign adds over the plan years."""
    months = district.years * MONTHS
    return np.asarray(sum(campaign_quality(district, float(month)) for month in range(months)) / months)


def posting_strength(rates: Rates, months_in_post: Reals, months_since_end: Reals) -> Reals:
    """Share of a posting's full effect: ``1 - exp(-3 t / ramp)`` in post, halved every ``posting_fade`` months after."""
    ramp = -np.expm1(-3.0 * np.maximum(months_in_post, 0.0) / rates.posting_ramp)
    return np.asarray(ramp * 0.5 ** (np.maximum(months_since_end, 0.0) / rates.posting_fade))


def yearly_posting_strength(rates: Rates, *, start_month: int, term_months: int, year: int) -> float:
    """Mean strength over plan year ``year`` (0-based) of a posting that starts at plan month ``start_month``."""
    months: Reals = np.arange(year * MONTHS, (year + 1) * MONTHS, dtype=np.float64) - start_month + 1.0
    strength = posting_strength(rates, np.clip(months, 0, term_months), months - term_months)
    return float(np.where(months > 0, strength, 0.0).mean())


def posting_fit(district: District) -> Reals:
    """Fit of each official to each community, 0 to 1, 0 at home; axes (slot, community).

    A community lacks most the category in which its needs are heaviest relative to its floor space and staff: disputes
    where households crowd few posts, activities where space is short, else care.
    """
    here = district.communities
    lacks = weakest_category(district)
    skill = np.array([[SKILL_FIT if s == k else PLAIN_FIT for k in lacks] for s in district.slots.skill])
    sender = np.array([SENDER_FIT[s] for s in district.slots.sender])
    home = np.array([[h == s for s in here.street_code] for h in district.slots.home_street_code])
    return np.where(home.reshape(len(district.slots), len(here)), 0.0, skill.reshape(len(district.slots), len(here))
                    * sender[:, None])  # fmt: skip


def weakest_category(district: District) -> list[str]:
    """The category each community is worst equipped for."""
    here = district.communities
    space = here.service_m2 / np.maximum(here.households, 1) * 100 / district.rates.space_norm
    staff = here.posts / np.maximum(here.population, 1) * 10_000 / district.rates.staff_norm
    return [
        "activity" if a < min(b, 1.0) else "dispute" if b < 1.0 else "care" for a, b in zip(space, staff, strict=True)
    ]


def eligible_for_posting(district: District) -> Integers:
    """Rows of the weakest communities by quality, ties by code; at least one when anyone may be posted."""
    here, rule = district.communities, district.postings
    count = min(len(here), int(np.ceil(rule.eligible_share * len(here))))
    order = sorted(range(len(here)), key=lambda row: (here.quality[row], here.code[row]))
    return np.array(sorted(order[:count]), dtype=np.int64)
