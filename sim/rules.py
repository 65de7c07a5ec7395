"""The rules of a month that concern communities as wholes: pure functions on arrays with one row per community.

Whole numbers in and out where state is concerned: minutes, fen and units of 1 / SCALE. Rules on residents are in
``kernels``; the coefficients come from ``scenarios.formulas``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from scenarios import formulas
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN
from scenarios.parameters import Rates
from scenarios.tables import Integers, Reals
from sim import chance
from sim.outcome import SCALE
from sim.population import frailty_ratios

MINUTES = 60
MONTHS = formulas.MONTHS


def fixed_point(value: Reals | float) -> Integers:
    """A real number in units of 1 / SCALE."""
    return np.asarray(np.rint(np.asarray(value, dtype=float) * SCALE), dtype=np.int64)


def tranche(yearly_fen: Integers, month_of_year: int) -> Integers:
    """The month's twelfth of a yearly amount; twelve of them sum to the year exactly.

    >>> sum(int(tranche(np.array(100), month)) for month in range(12))
    100
    """
    return np.asarray(yearly_fen * (month_of_year + 1) // MONTHS - yearly_fen * month_of_year // MONTHS)


@dataclass(frozen=True, eq=False)
class Needs:
    """Thresholds of the needs draw: (month of year, community, risk class), and cumulative ones by category."""

    thresholds: NDArray[np.uint64]
    categories: NDArray[np.uint64]


def needs(district: District) -> Needs:
    """What a resident of each community and risk class may need in each month; the same for every policy."""
    segments = formulas.segment_ratios(district.rates).ravel()
    risk = (segments[:, None] * frailty_ratios(district.rates.frailty_cv)[None]).ravel()
    ratio = district.communities.workload[:, None] * risk[None]
    chances = [formulas.need_chance(district.rates, ratio, month) for month in range(MONTHS)]
    cumulative = chance.threshold(np.cumsum(formulas.category_shares(district)))
    cumulative[-1] = chance.CERTAIN
    return Needs(chance.threshold(np.stack(chances)), cumulative)


def staff_presence(rates: Rates, draw: NDArray[np.uint64]) -> Reals:
    """Share of staff at work this month: 1 with a normal spread, cut at three standard deviations."""
    return np.asarray(1.0 + rates.sickness_sd * np.clip(ndtri(chance.uniform(draw)), -3.0, 3.0))


@dataclass(frozen=True, kw_only=True, eq=False)
class Hours:
    """One hours budget of a month, in minutes: all of it, and its split between contact and service."""

    total: Integers
    contact: Integers
    service: Integers


def hours_budget(district: District, *, posts: Integers, presence: Reals, volunteer_minutes: Integers,
                 partner_minutes: Integers, contract_minutes: Integers) -> Hours:  # fmt: skip
    """Staff, wardens, members, volunteers, partners and contracts together; nobody is counted twice."""
    staff = posts * formulas.hours_per_post(district) * presence
    others = formulas.warden_hours(district) + formulas.member_hours(district)
    minutes = np.floor((staff + others) / MONTHS * MINUTES).astype(np.int64)
    total = minutes + volunteer_minutes + partner_minutes + contract_minutes
    contact = np.floor(total * district.rates.contact_share).astype(np.int64)
    return Hours(total=total, contact=contact, service=total - contact)


def voice_thresholds(district: District, *, distance_m: Reals, contact_minutes: Integers,
                     responsiveness: Integers) -> NDArray[np.uint64]:  # fmt: skip
    """Chance that an open matter is voiced this month, by community and category."""
    per_household = contact_minutes * MONTHS / MINUTES / district.communities.households
    voiced = formulas.voice_chance(
        district,
        formulas.access_factor(district, distance_m),
        formulas.contact_factor(district.rates, per_household),
        responsiveness / SCALE,
    )
    return chance.threshold(voiced)


def prevented_share(district: District, prevention_fen: Integers) -> Integers:
    """Share of needs that this month's prevention money avoids, of SCALE, at its yearly pace per resident."""
    yuan = prevention_fen * MONTHS / FEN_PER_YUAN / district.communities.population
    return np.floor(formulas.prevention_curve(district.rates).share(yuan) * SCALE).astype(np.int64)


def quality_level(district: District) -> Integers:
    """Where quality moves to without any posting."""
    return fixed_point(formulas.base_quality(district))


def toward(now: Integers, level: Integers, speed: float) -> Integers:
    """State moved toward a level by a share of the distance, rounded to the nearest unit."""
    step = int(fixed_point(speed))
    return np.asarray(now + (((level - now) * step + SCALE // 2) >> 16))


def responsiveness(now: Integers, in_time: Integers, finished: Integers, memory_months: float) -> Integers:
    """Moving share of finished matters (served or escalated) that were solved in time; unchanged when none finished."""
    share = np.where(finished > 0, in_time * SCALE // np.maximum(finished, 1), now)
    return toward(now, share, 1.0 / memory_months)


def cooperation(now: int, *, response: int, rates: Rates) -> int:
    """A unit's cooperation next month (of SCALE): up with what it gains, down with what it gives for nothing.

    The gain is in proportion to the responsiveness of the communities it helps. Below ``partner_leave`` it leaves (0).
    """
    if now == 0:
        return 0
    gain = rates.partner_gain * min(1.0, response / SCALE / rates.responsiveness_reference)
    up, down = round(rates.partner_up * gain * SCALE), round(rates.partner_down * (1.0 - gain) * SCALE)
    later = now + ((up * (SCALE - now)) >> 16) - ((down * now) >> 16)
    return later if later >= rates.partner_leave * SCALE else 0


def worst_rows(met: Integers, needs_: Integers, share: float = 0.1) -> NDArray[np.bool_]:
    """The yearly screening: the share of communities with the lowest needs met, ties to the earlier row."""
    ratio = met / np.maximum(needs_, 1)
    count = int(np.ceil(share * len(ratio)))
    flagged = np.zeros(len(ratio), dtype=bool)
    flagged[np.argsort(ratio, kind="stable")[:count]] = True
    return flagged
