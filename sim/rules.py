"""The rules of a month that concern communities as wholes: pure functions on arrays with one row per community.

Whole numbers in and out where state is concerned: minutes, fen and units of 1 / SCALE. Rules on residents are in
``kernels``; the coefficients come from ``scenarios.formulas``.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from sim.outcome import FLOW, SCALE
from sim.population import frailty_ratios

MINUTES = 60
MONTHS = formulas.MONTHS


def fixed_point(value: Reals | float) -> Integers:
    """A real number in units of 1 / SCALE."""
    return np.asarray(np.rint(np.asarray(value, dtype=float) * SCALE), dtype=np.int64)


def tranche(yearly_fen: Integers, month_of_year: int | Integers) -> Integers:
    """The month's twelfth of a yearly amount; twelve of them sum to the year exactly.

    >>> sum(int(tranche(np.array(100), month)) for month in range(12))
    100
    """
    return np.asarray(yearly_fen * (month_of_year + 1) // MONTHS - yearly_fen * month_of_year // MONTHS)


def tranches(yearly_fen: Integers) -> Integers:
    """The tranches of all months; axes (month of year, community)."""
    return tranche(yearly_fen[None], np.arange(MONTHS)[:, None])


def need_thresholds(district: District) -> NDArray[np.uint64]:
    """Thresholds of the needs draw: (month of year, community, risk class); the same for every policy."""
    segments = formulas.segment_ratios(district.rates).ravel()
    risk = (segments[:, None] * frailty_ratios(district.rates.frailty_cv)[None]).ravel()
    ratio = district.communities.workload[:, None] * risk[None]
    return chance.threshold(np.stack([formulas.need_chance(district.rates, ratio, month) for month in range(MONTHS)]))


def staff_presence(rates: Rates, draw: NDArray[np.uint64]) -> Reals:
    """Share of staff at work this month: 1 with a normal spread, cut at three standard deviations."""
    return np.asarray(1.0 + rates.sickness_sd * np.clip(ndtri(chance.uniform(draw)), -3.0, 3.0))


@dataclass(frozen=True, kw_only=True, eq=False)
class Hours:
    """One hours budget of a month, in minutes: all of it, and its split between contact and service."""

    total: Integers
    contact: Integers
    service: Integers


def hours_budget(*, staff: Reals, others: Reals, given: Integers, claimed: Integers, contact_share: Reals) -> Hours:
    """Hours a year of staff and others, and minutes of the month given by volunteers and contracts.

    Nobody is counted twice. What units ``claimed`` from the work that waits goes to service whole.
    """
    total = np.floor((staff + others) / MONTHS * MINUTES).astype(np.int64) + given
    contact = np.floor(total * contact_share).astype(np.int64)
    return Hours(total=total + claimed, contact=contact, service=total - contact + claimed)


def contact_hours_per_household(district: District, contact_minutes: Integers) -> Reals:
    """The month's contact at its yearly pace."""
    return np.asarray(contact_minutes * MONTHS / MINUTES / district.communities.households)


def voice_thresholds(district: District, *, distance_m: Reals, contact: Reals,
                     responsiveness: Integers) -> NDArray[np.uint64]:  # fmt: skip
    """Chance that an open matter is voiced this month, by community and category; ``contact`` hours a household-year."""
    voiced = formulas.voice_chance(
        district,
        formulas.access_factor(district, distance_m),
        formulas.contact_factor(district, contact),
        responsiveness / SCALE,
    )
    return chance.threshold(voiced)


def asked_thresholds(
    district: District, grid_community: Integers, *, contact: Reals, engaged: Reals
) -> NDArray[np.uint64]:
    """Chance that a resident is asked to take part, by grid; ``engaged`` is the mean engagement of its adults."""
    rates = district.rates
    near = engaged / max(formulas.starting_engagement(rates), 1e-9)
    asked = formulas.asking_chance(rates, (contact / rates.contact_reference)[grid_community], near,
                                   district.levers.recruitment[grid_community])  # fmt: skip
    return chance.threshold(asked)


def shield(district: District, now: Integers, prevention_fen: Integers) -> Integers:
    """Share of needs that own prevention avoids after this month's money, at its yearly pace per resident (of SCALE).

    It moves to what the money yields, see :func:`scenarios.formulas.prevention_weights`.
    """
    rates = district.rates
    yuan = prevention_fen * MONTHS / FEN_PER_YUAN / district.communities.population
    level = fixed_point(formulas.prevention_curve(rates).share(yuan))
    return toward(now, level, formulas.fading_share(rates.prevention_fade))


def prevented_shares(own: Integers, weights: Reals, cares: Integers) -> NDArray[np.uint64]:
    """Share of needs avoided (of SCALE); axes (community, care group): own prevention, neighbours' and care money."""
    spilled = np.floor((weights * own[None]).sum(axis=1)).astype(np.int64)
    return np.asarray(np.minimum((own + spilled)[:, None] + cares[None], SCALE), dtype=np.uint64)


def quality_level_now(district: District, months_since_start: int, flagged: Integers) -> Integers:
    """Where quality moves to: the lasting level, what a campaign still adds, and the effort where screening flagged."""
    lasting = formulas.base_quality(district) + formulas.campaign_quality(district, float(months_since_start))
    return fixed_point(lasting + district.rectification.effort * flagged)


def toward(now: Integers, level: Integers, speed: float) -> Integers:
    """State moved toward a level by a share of the distance, rounded to the nearest unit."""
    step = int(fixed_point(speed))
    return np.asarray(now + (((level - now) * step + SCALE // 2) >> 16))


def responsiveness(now: Integers, in_time: Integers, finished: Integers, memory_months: float) -> Integers:
    """Moving share of finished matters (served or escalated) that were solved in time; unchanged when none finished."""
    share = np.where(finished > 0, in_time * SCALE // np.maximum(finished, 1), now)
    return toward(now, share, 1.0 / memory_months)


def cooperation(now: Integers, *, used: Reals, answered: Reals, rates: Rates) -> Integers:
    """Units' cooperation next month (of SCALE): up with what they gain, down with what they give for nothing.

    ``used``: share of its offer that was claimed; ``answered``: share of its wishes that was met. A unit nobody claimed
    from stays as it is. Below ``partner_leave`` it leaves (0) and does not come back.
    """
    gain = np.minimum(rates.partner_gain * answered, 1.0)
    up, down = fixed_point(rates.partner_up * gain), fixed_point(rates.partner_down * (1.0 - gain) * used)
    later = now + ((up * (SCALE - now)) >> 16) - ((down * now) >> 16)
    return np.where((now > 0) & (later >= rates.partner_leave * SCALE), later, 0)


def taken_up(wishes_a_month: Reals, month: int) -> Integers:
    """Whole wishes claimed in a month, so that fractions add up over the months.

    >>> [int(taken_up(np.array([0.5]), month)[0]) for month in range(4)]
    [0, 1, 0, 1]
    """
    return np.asarray(np.floor(wishes_a_month * (month + 1)) - np.floor(wishes_a_month * month), dtype=np.int64)


def screened(year: Sequence[Integers], share: float) -> Integers:
    """The yearly screening: 1 for the share of communities with the lowest needs met over twelve months, else 0.

    ``year``: a (community, FLOWS) array a month. Ties go to the earlier row.
    """
    total = np.sum(year, axis=0)
    ratio = (total[:, FLOW["solved"]] + total[:, FLOW["prevented"]]) / np.maximum(total[:, FLOW["needs"]], 1)
    flagged = np.zeros(len(ratio), dtype=np.int64)
    flagged[np.argsort(ratio, kind="stable")[: int(np.ceil(share * len(ratio)))]] = 1
    return flagged
