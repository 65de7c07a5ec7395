"""What a plan promises: needs met by community and year, recomputed from its decisions alone, without any solver.

The same coefficients as the program, so a rule of thumb or a hand-written plan is judged by the yardstick of the
optimal one. One share of the reached needs is served in every category, except where the room-hours of its use end earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from optimize.coefficients import Yields, yields_of
from optimize.plan import Plan
from optimize.standing import under_plan
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_YUAN, year_money
from scenarios.tables import Reals


@dataclass(frozen=True, kw_only=True, eq=False)
class Promise:
    """Expected needs of a plan, and the hours to meet them; axes (community, plan year)."""

    needs: Reals
    prevented: Reals
    reached: Reals  # voiced at some time, after prevention
    served: Reals
    solved: Reals
    hours: Reals  # for service, at hand

    @property
    def met(self) -> Reals:
        """Needs met: solved or prevented."""
        return self.solved + self.prevented


def evaluate(district: District, plan: Plan) -> Promise:
    """What the plan promises, under the plan's own correction.

    Raises ``ValueError`` if its communities or years are not the district's.
    """
    if plan.communities != district.communities.code or plan.years != district.plan_years:
        raise ValueError("the plan is for other communities or years than the district's")
    district = under_plan(district, plan)
    yields = yields_of(district, plan.correction)
    shares = yields.curve.share(plan.prevention_fen / FEN_PER_YUAN / yields.residents[:, None])
    own = shares @ yields.prevention_weights.T
    years = [_year(district, plan, yields, year, own[:, year]) for year in range(district.years)]
    return Promise(**{name: np.stack([values[name] for values in years], axis=1) for name in years[0]})


def promised(district: District, plan: Plan) -> Plan:
    """The plan with its promise filled in."""
    promise = evaluate(district, plan)
    return plan.with_changes(promised_met=promise.met, promised_needs=promise.needs)


def _year(district: District, plan: Plan, yields: Yields, year: int, own: Reals) -> dict[str, Reals]:
    contract, prevention = plan.contract_fen[:, year], plan.prevention_fen[:, year]
    cash = np.asarray(year_money(district, plan.lump_fen[:, year]).service_fen - contract - prevention, dtype=float)
    prevented = yields.prevented(own)
    hours = yields.base_hours + plan.posts[:, year] * yields.hours_per_post + contract * yields.hours_per_fen
    rooms = yields.rooms_base + added_space_m2(district, plan, year)[:, None] * yields.rooms_per_m2
    served = served_matters(yields, unprevented=1.0 - prevented, hours=hours, rooms=rooms, fen=cash)
    chance = formulas.solve_chance(district.rates, yields.quality + posted_quality(district, plan, year))
    return {
        "needs": yields.needs,
        "prevented": prevented * yields.needs,
        "reached": (1.0 - prevented) * yields.reached.matters,
        "served": served,
        "solved": served * chance,
        "hours": hours,
    }


def served_matters(yields: Yields, *, unprevented: Reals, hours: Reals, rooms: Reals, fen: Reals) -> Reals:
    """Matters served in a year: the largest common share that hours, cash and rooms allow.

    ``rooms``: room-hours, axes (community, use); the others by community.
    """
    plain, roomy = yields.plain, yields.roomy
    in_rooms, asked = yields.in_rooms(unprevented, rooms), yields.asked_hours(unprevented, rooms)
    by_hours = _common_share(yields.queue_limit_hours(asked, hours), plain.hours, [d.hours for d in roomy], in_rooms)
    by_cash = _common_share(np.maximum(fen, 0.0), plain.fen, [d.fen for d in roomy], in_rooms)
    share = np.clip(np.minimum(by_hours, by_cash), 0.0, unprevented)
    capped = sum(d.matters * np.minimum(share, most) for d, most in zip(roomy, in_rooms, strict=True))
    return np.asarray(share * plain.matters + capped)


def _common_share(limit: Reals, plain: Reals, roomy: list[Reals], caps: list[Reals]) -> Reals:
    """Largest share u with ``u plain + sum of min(u, cap) x roomy <= limit``.

    The left side is the least of the lines that arise when each cap is taken or not, so that u is the largest of their
    solutions.
    """
    solutions = []
    for capped in product((False, True), repeat=len(roomy)):
        spare, slope = limit, plain
        for is_capped, amount, cap in zip(capped, roomy, caps, strict=True):
            spare, slope = (spare - amount * cap, slope) if is_capped else (spare, slope + amount)
        solutions.append(spare / np.maximum(slope, 1e-9))
    return np.asarray(np.max(solutions, axis=0))


def added_space_m2(district: District, plan: Plan, year: int) -> Reals:
    """Square metres of new venues each community may use in a plan year, weighted by the share of the year open."""
    row = {code: position for position, code in enumerate(district.communities.code)}
    lead = dict(zip(district.sites.id, district.sites.lead_months.tolist(), strict=True))
    space = np.zeros(len(row))
    for project in plan.projects:
        opened = formulas.open_share(project.start_month, lead[project.site_id], year)
        for code, m2 in project.serves:
            space[row[code]] += m2 * opened
    return space


def posted_quality(district: District, plan: Plan, year: int) -> Reals:
    """Quality that posted officials add in a plan year, in standard deviations."""
    row = {code: position for position, code in enumerate(district.communities.code)}
    slot = {name: position for position, name in enumerate(district.slots.id)}
    fit = formulas.posting_fit(district)
    quality = np.zeros(len(row))
    for posting in plan.postings:
        strength = formulas.yearly_posting_strength(
            district.rates, start_month=posting.start_month, term_months=posting.months, year=year
        )
        at = row[posting.community]
        quality[at] += district.rates.posting_effect * fit[slot[posting.slot], at] * strength
    return quality


def active_posting_months(plan: Plan, year: int) -> int:
    """Months that posted officials serve in a plan year."""
    first, last = year * MONTHS, (year + 1) * MONTHS
    return sum(max(0, min(p.start_month + p.months, last) - max(p.start_month, first)) for p in plan.postings)
