"""Hours: what staff, wardens, members, volunteers, partners, outside teams and contracts give, and what a matter takes."""

from __future__ import annotations

import numpy as np

from scenarios.arrangements import FEN_PER_YUAN
from scenarios.district import District
from scenarios.formulas.care import needs_in_hardship
from scenarios.formulas.needs import MONTHS
from scenarios.formulas.participation import volunteer_hours
from scenarios.formulas.partners import answered_hours
from scenarios.formulas.voicing import USUAL_OPENING
from scenarios.parameters import Rates
from scenarios.tables import Reals

WORKING_DAYS = 250.0  # a year


def operations_factor(district: District) -> Reals:
    """Share of staff hours that the work fund lets run: linear below its norm, 1 at and above it."""
    funded = np.minimum(district.communities.work_fund_yuan / district.rates.work_fund_norm, 1.0)
    return np.asarray(1.0 - district.rates.work_fund_reach * (1.0 - funded))


def hours_per_post(district: District) -> Reals:
    """Hours for contact and service that one more post yields in a year, per community.

    The direct share, and what relief from administration adds to it; less inspections, training days, meetings of the
    street or town, longer opening hours, newcomers, and what a short work fund cannot run.
    """
    rates, levers = district.rates, district.levers
    direct = rates.direct_share + (1.0 - rates.direct_share) * levers.admin_relief
    inspected = max(0.0, 1.0 - rates.inspection_hours * rates.inspections)
    trained = 1.0 - levers.training_days / WORKING_DAYS
    met = max(0.0, 1.0 - rates.meeting_hours * district.meetings.street / rates.hours_per_post)
    opened = 1.0 - rates.opening_hours_cost * (levers.open_hours / USUAL_OPENING - 1.0)
    settled = 1.0 - rates.turnover * (1.0 - levers.turnover_cut) * rates.newcomer_loss
    kept = np.clip(direct, 0.0, 1.0) * trained * np.maximum(opened, 0.0) * settled * operations_factor(district)
    return np.asarray(rates.hours_per_post * inspected * met * kept)


def warden_hours(district: District) -> Reals:
    """Hours of the grids' wardens in a year: one a grid, and those beyond."""
    wardens = district.communities.grids + district.levers.wardens
    return np.asarray(wardens * district.rates.warden_hours)


def _offered_by_members(district: District) -> Reals:
    """Hours party members offer in a year: the party-building fund makes branches active up to its norm."""
    active = np.minimum(district.communities.party_fund_yuan / district.rates.party_fund_norm, 1.0)
    each = district.rates.member_hours * active + district.levers.member_hours
    return np.asarray(district.communities.members * each)


def wishes_claimed(district: District) -> Reals:
    """Wishes that members claim in a month, by community: as many as their hours allow and residents in hardship have."""
    most = np.minimum(_offered_by_members(district) / district.rates.hours_per_wish, needs_in_hardship(district))
    return np.asarray(np.minimum(district.levers.wishes, most / MONTHS))


def member_hours(district: District) -> Reals:
    """Hours in a year that party members offer for contact and service, beside those set aside for wishes they claim."""
    on_wishes = MONTHS * wishes_claimed(district) * district.rates.hours_per_wish
    return np.asarray(np.maximum(_offered_by_members(district) - on_wishes, 0.0))


def support_hours(district: District, months_since_start: float) -> Reals:
    """Yearly pace of the hours of outside teams and pairs, so many months after the policy began."""
    hours = np.zeros(len(district.communities))
    for support in district.supports:
        if support.hours:
            left = 0.5 ** (months_since_start / support.half_life_months) if support.half_life_months else 1.0
            hours += np.array(support.hours) * left
    return hours


def mean_support_hours(district: District) -> Reals:
    """Mean yearly hours of outside teams and pairs over the plan years."""
    months = district.years * MONTHS
    return np.asarray(sum(support_hours(district, float(month)) for month in range(months)) / months)


def fixed_hours(district: District) -> Reals:
    """Hours a year, for contact and service, that posts and contracts come on top of: wardens, members, volunteers less
    what they give back to units, outside teams. Partners' hours come to service alone, see :func:`partner_hours`.
    """
    given = volunteer_hours(district) - answered_hours(district)
    return np.asarray(warden_hours(district) + member_hours(district) + given + mean_support_hours(district))


def contact_share(district: District) -> Reals:
    """Share of the hours budget that goes to contact, per community."""
    return np.asarray(np.clip(district.rates.contact_share + district.levers.contact_shift, 0.0, 0.9))


def contract_limit_hours(district: District) -> Reals:
    """Most hours contracts may add in a year: a share of own staff hours at base posts."""
    return np.asarray(district.rates.contract_limit * district.communities.posts * hours_per_post(district))


def contract_fen_per_hour(rates: Rates) -> float:
    """Price of a contract hour in fen."""
    return rates.contract_wage * FEN_PER_YUAN


def matter_hours(district: District) -> Reals:
    """Hours one matter takes; axes (community, category)."""
    rates, levers = district.rates, district.levers
    usual = np.array([c.hours for c in district.categories]) * rates.matter_hours_scale
    saved = np.stack([getattr(levers, f"hours_{c.id}") for c in district.categories], axis=1)
    return np.asarray(usual[None] * saved * (1.0 + rates.agency_load * levers.agency)[:, None])


def matter_fen(district: District) -> Reals:
    """Cash one matter takes in fen, by category."""
    return np.array([c.yuan * FEN_PER_YUAN for c in district.categories], dtype=float)
