"""Every formula once: what a resource yields, as coefficients and breakpoints computed from the district.

The simulation multiplies the coefficients by numbers, the optimiser by variables. All yearly unless the name says
month. Arrays have one row per community; a category axis follows ``district.categories``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.district import Communities, District
from scenarios.funding import FEN_PER_YUAN
from scenarios.parameters import Rates
from scenarios.tables import Integers, Reals

MONTHS = 12
VOICE_LOW, VOICE_HIGH = 0.01, 0.95  # nobody voices everything, nothing stays wholly unvoiced
SKILL_FIT, PLAIN_FIT = 1.0, 0.7  # fit of a posted official whose skill is / is not what the community lacks
SENDER_FIT = {"city": 1.0, "province": 0.85, "county": 0.85}  # Huang, Wang & Shang 2018: city-sent did best


# --- needs ----------------------------------------------------------------------------------------------------------
def segment_ratios(rates: Rates) -> Reals:
    """Needs of a segment relative to a registered adult without hardship; axes (age band 3, hardship 2, floating 2)."""
    age = np.array([rates.child_need_ratio, 1.0, rates.elder_need_ratio])
    hardship = np.array([1.0, rates.hardship_need_ratio])
    floating = np.array([1.0, rates.floating_need_ratio])
    return np.asarray(age[:, None, None] * hardship[None, :, None] * floating[None, None, :])


def segment_shares(communities: Communities) -> Reals:
    """Expected residents per community and segment; axes (community, age band 3, hardship 2, floating 2).

    Hardship and floating status are independent of age within a community, as the population is drawn.
    """
    people = communities.population.astype(float)
    ages = np.stack([communities.children, people - communities.children - communities.elders, communities.elders], 1)
    hard = np.stack([people - communities.hardship, communities.hardship], 1) / people[:, None]
    float_ = np.stack([people - communities.floating, communities.floating], 1) / people[:, None]
    return np.asarray(ages[:, :, None, None] * hard[:, None, :, None] * float_[:, None, None, :])


def season(rates: Rates, month_of_year: int) -> float:
    """Multiplier on needs in a calendar month (0 = January); mean 1 over the year."""
    return 1.0 + rates.season_amplitude * float(np.sin(2 * np.pi * (month_of_year + 1) / MONTHS))


def need_chance(rates: Rates, ratio: Reals, month_of_year: int) -> Reals:
    """Monthly chance that a resident with the given need ratio has a need: ``1 - exp(-rate)``."""
    return np.asarray(-np.expm1(-rates.needs_per_resident * ratio * season(rates, month_of_year) / MONTHS))


def yearly_needs(district: District) -> Reals:
    """Expected needs a year per community, all categories, before prevention and blocking."""
    ratios = segment_ratios(district.rates)[None] * district.communities.workload[:, None, None, None]
    chance = sum(need_chance(district.rates, ratios, month) for month in range(MONTHS))
    return np.asarray((segment_shares(district.communities) * chance).sum(axis=(1, 2, 3)))


def category_shares(district: District) -> Reals:
    """Share of needs by category; sums to 1."""
    shares = np.array([c.share for c in district.categories])
    return np.asarray(shares / shares.sum())


# --- voicing and reach ----------------------------------------------------------------------------------------------
def access_factor(district: District, distance_m: Reals | None = None) -> Reals:
    """Multiplier on voicing from the walk to the nearest venue: 1 at the door, ``1 - access_loss`` at 2 km or more."""
    distance = district.communities.venue_distance_m if distance_m is None else distance_m
    return np.asarray(1.0 - district.rates.access_loss * np.minimum(distance / 2000.0, 1.0))


def contact_factor(rates: Rates, contact_hours_per_household: Reals) -> Reals:
    """Multiplier on voicing from contact hours per household-year; 1 at the reference, bounded to 0.5-1.5."""
    ratio = contact_hours_per_household / rates.contact_reference
    return np.asarray(np.clip(1.0 + rates.contact_voicing * np.log2(np.maximum(ratio, 1e-6)), 0.5, 1.5))


def voice_chance(district: District, access: Reals, contact: Reals, responsiveness: Reals) -> Reals:
    """Monthly chance that an open matter is voiced; axes (community, category)."""
    rates = district.rates
    induced = np.maximum(0.0, 1.0 + rates.induced_demand * (responsiveness - rates.responsiveness_reference))
    place = district.communities.reporting_habit * access * contact * induced
    base = np.array([c.voicing for c in district.categories])
    return np.asarray(np.clip(place[:, None] * base[None, :], VOICE_LOW, VOICE_HIGH))


def reach(voice: Reals, lapse: float) -> Reals:
    """Share of opened matters that are ever voiced when each month voices first and lapses after: ``v / (v+(1-v)l)``."""
    return np.asarray(voice / (voice + (1.0 - voice) * lapse))


def routed_share(district: District) -> Reals:
    """Share of voiced matters that need a higher tier; axes (community, category). Windows above six settle more."""
    extra = np.maximum(district.communities.windows - 6, 0)
    local = np.clip(1.0 - district.rates.window_local_gain * extra, 0.0, 1.0)
    return np.asarray(local[:, None] * np.array([c.routed for c in district.categories])[None, :])


# --- hours ----------------------------------------------------------------------------------------------------------
def operations_factor(district: District) -> Reals:
    """Share of staff hours that the work fund lets run: linear below its norm, 1 at and above it."""
    funded = np.minimum(district.communities.work_fund_yuan / district.rates.work_fund_norm, 1.0)
    return np.asarray(1.0 - district.rates.work_fund_reach * (1.0 - funded))


def hours_per_post(district: District) -> Reals:
    """Hours for contact and service that one more post yields in a year, per community."""
    rates = district.rates
    kept = max(0.0, 1.0 - rates.inspection_hours * rates.inspections)
    return np.asarray(rates.hours_per_post * rates.direct_share * kept * operations_factor(district))


def warden_hours(district: District) -> Reals:
    """Hours of the grids' wardens in a year."""
    return np.asarray(district.communities.grids * district.rates.warden_hours)


def member_hours(district: District) -> Reals:
    """Hours party members offer in a year: the party-building fund makes branches active up to its norm."""
    active = np.minimum(district.communities.party_fund_yuan / district.rates.party_fund_norm, 1.0)
    return np.asarray(district.communities.members * district.rates.member_hours * active)


def starting_engagement(rates: Rates) -> float:
    """Engagement of a resident at the start: registered times active."""
    return rates.registered_share * rates.active_share


def volunteer_hours(district: District) -> Reals:
    """Hours of volunteers in a year at the starting engagement of residents of 15 and over."""
    adults = district.communities.population - district.communities.children
    return np.asarray(adults * starting_engagement(district.rates) * district.rates.volunteer_hours * MONTHS)


def units_in_reach(district: District) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which units share with which communities; axes (community, unit)."""
    here, there = district.communities, district.units
    distance = np.hypot(here.x_m[:, None] - there.x_m[None], here.y_m[:, None] - there.y_m[None])
    own = np.array(here.code)[:, None] == np.array(there.community_code)[None]
    return np.asarray((distance <= there.radius_m[None]) | own)


def partner_hours(district: District, cooperation: Reals | None = None) -> Reals:
    """Hours partners give in a year: a unit's offer times its cooperation, shared equally among those in reach."""
    level = district.units.cooperation if cooperation is None else cooperation
    in_reach = units_in_reach(district).astype(float)
    share = in_reach / np.maximum(in_reach.sum(axis=0), 1.0)
    return np.asarray(share @ (district.units.hours_month * level) * MONTHS)


def fixed_hours(district: District) -> Reals:
    """Hours of wardens, members, volunteers and partners in a year: what posts and contracts come on top of."""
    return warden_hours(district) + member_hours(district) + volunteer_hours(district) + partner_hours(district)


def contract_limit_hours(district: District) -> Reals:
    """Most hours contracts may add in a year: a share of own staff hours at base posts."""
    return np.asarray(district.rates.contract_limit * district.communities.posts * hours_per_post(district))


def contract_fen_per_hour(rates: Rates) -> float:
    """Price of a contract hour in fen."""
    return rates.contract_wage * FEN_PER_YUAN


def matter_hours(district: District) -> Reals:
    """Hours one matter takes, by category."""
    return np.array([c.hours for c in district.categories]) * district.rates.matter_hours_scale


def matter_fen(district: District) -> Reals:
    """Cash one matter takes in fen, by category."""
    return np.array([c.yuan * FEN_PER_YUAN for c in district.categories], dtype=float)


# --- the queueing loss ----------------------------------------------------------------------------------------------
QUEUE_POWER, QUEUE_TOP = 12.5, 0.987  # fitted on 2,180 simulated community points of the prototype
QUEUE_POINTS = (0.5, 0.75, 0.88, 0.95, 1.0, 1.06, 1.15, 1.4)


def queue_yield(load_cover: Reals) -> Reals:
    """Share of voiced work served when hours cover ``load_cover`` times the work: a smooth minimum below min(x, 1)."""
    x = np.maximum(load_cover, 1e-9)
    return np.asarray(QUEUE_TOP * x / (1.0 + x**QUEUE_POWER) ** (1.0 / QUEUE_POWER))


def queue_tangents() -> list[tuple[float, float]]:
    """Lines (intercept, slope) whose minimum bounds :func:`queue_yield` from above; it is concave.

    >>> lines = queue_tangents()
    >>> min(a + b * 1.0 for a, b in lines) >= float(queue_yield(np.array(1.0))) - 1e-12
    True
    """
    lines = []
    for x in QUEUE_POINTS:
        value = float(queue_yield(np.array(x)))
        slope = QUEUE_TOP * (1.0 + x**QUEUE_POWER) ** (-1.0 / QUEUE_POWER - 1.0)
        lines.append((value - slope * x, slope))
    return lines


# --- solving, quality, postings ------------------------------------------------------------------------------------
def solve_chance(rates: Rates, quality: Reals) -> Reals:
    """Chance that a served matter is solved: rises with quality, never above ``1 - unsolvable``."""
    return np.asarray(np.clip(rates.solve_base + rates.solve_quality * quality, 0.0, 1.0 - rates.unsolvable))


def inspection_level(rates: Rates) -> float:
    """Quality gained through inspection: an inverted U that peaks at the optimum."""
    dose = rates.inspections / rates.inspection_optimum
    return float(rates.inspection_effect * dose * np.exp(1.0 - dose))


def base_quality(district: District) -> Reals:
    """Quality without any posting: the community's own, and what inspections beside the best number would change."""
    return np.asarray(
        district.communities.quality + inspection_level(district.rates) - district.rates.inspection_effect
    )


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


# --- prevention -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PreventionCurve:
    """Share of needs prevented by money per resident: nothing below the threshold, then concave segments."""

    threshold_yuan: float  # per resident-year
    lengths_yuan: tuple[float, ...]  # segment lengths per resident-year, in order
    slopes: tuple[float, ...]  # share prevented per yuan in each segment, falling

    def share(self, yuan_per_resident: Reals) -> Reals:
        """Share of needs prevented."""
        rest = np.maximum(np.asarray(yuan_per_resident, dtype=float) - self.threshold_yuan, 0.0)
        total = np.zeros_like(rest)
        for length, slope in zip(self.lengths_yuan, self.slopes, strict=True):
            total += slope * np.minimum(rest, length)
            rest = np.maximum(rest - length, 0.0)
        return total


def prevention_curve(rates: Rates) -> PreventionCurve:
    """``ceiling * sqrt(x / x0 - 1)`` for x0 <= x <= 2 x0, as chords over 1-1.1-1.4-2 times the threshold x0.

    Source: threshold then concave after Theodos, Galster & Hermans 2025; the chords keep the optimiser linear.
    """
    at = np.array([1.0, 1.1, 1.4, 2.0])
    value = rates.prevention_ceiling * np.sqrt(at - 1.0)
    lengths = np.diff(at) * rates.prevention_threshold
    slopes = np.diff(value) / lengths
    return PreventionCurve(rates.prevention_threshold, tuple(lengths.tolist()), tuple(slopes.tolist()))


# --- space ----------------------------------------------------------------------------------------------------------
def room_hours_per_m2(rates: Rates) -> float:
    """Room-hours a square metre of activity space gives in a year."""
    return rates.room_hours_open * MONTHS / rates.room_m2


def activity_share(district: District) -> Reals:
    """Share of floor space that serves residents: the community's own, at least the floor."""
    return np.asarray(np.maximum(district.communities.activity_share, district.floors.activity_share))


def room_hours(district: District, extra_m2: Reals) -> Reals:
    """Room-hours for activities in a year with ``extra_m2`` of added venue space."""
    own = district.communities.service_m2 * activity_share(district)
    share = max(district.floors.activity_share, 0.6)  # new venues follow the national norm of at least 60 %
    return np.asarray((own + share * extra_m2) * room_hours_per_m2(district.rates))


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
