"""The front door of the room: a plan by rule of thumb or by search, with its promise."""

from __future__ import annotations

from typing import Literal

import numpy as np

from optimize.allocation import assemble
from optimize.audit import audit
from optimize.coefficients import yields_of
from optimize.conflict import contradictions, smallest_breach
from optimize.correction import Correction
from optimize.goals import SOLVED, Chain, pursue
from optimize.measures import GOALS, Goal
from optimize.plan import Limits, Plan, PlanError, Status
from optimize.promise import promised
from optimize.rounding import rounded_plan
from optimize.rules_of_thumb import RULES, Rule, rule_plan
from optimize.solver import Search
from scenarios.district import District
from scenarios.funding import year_money
from scenarios.text import Text

Method = Rule | Literal["optimal"]
DEFAULT_LIMITS = Limits()


def make_plan(district: District, *, goals: tuple[Goal, ...] = GOALS, method: Method = "optimal",
              limits: Limits = DEFAULT_LIMITS, outlay_fen: int | None = None,
              correction: Correction | None = None) -> Plan:  # fmt: skip
    """A plan for the district: by a rule of thumb, or the best for the goals in their order.

    ``outlay_fen`` is a target for the mean yearly consolidated outlay. ``correction`` changes what the search expects and
    what the plan promises, and is kept with the plan; rules of thumb decide as ever. Every plan passes the audit before
    it is handed out. Raises :class:`PlanError` if no plan fits the rules or none was found within the limits.
    """
    conflict = contradictions(district)
    if conflict:
        raise PlanError(Status.INFEASIBLE, conflict)
    if method in RULES:
        plan = rule_plan(district, method, outlay_fen=outlay_fen)
    else:
        plan = _searched(district, goals, limits, outlay_fen, correction)
    return _audited(district, promised(district, plan.with_changes(correction=correction)))


def resized(district: District, plan: Plan) -> Plan:
    """The plan's decisions when the fund has become a little larger or smaller: grants follow, uses fit what is left.

    For entitlements only, where grants are not decisions. The promise is made anew and the plan audited.
    """
    entitlement = np.array(district.service_fund.entitlement_fen, dtype=np.int64)
    money = year_money(district, entitlement).service_fen[:, None]
    prevention = np.minimum(plan.prevention_fen, money)
    changed = plan.with_changes(
        lump_fen=np.repeat(entitlement[:, None], len(plan.years), axis=1),
        prevention_fen=prevention,
        contract_fen=np.minimum(plan.contract_fen, money - prevention),
    )
    return _audited(district, promised(district, changed))


def _searched(district: District, goals: tuple[Goal, ...], limits: Limits, outlay_fen: int | None,
              correction: Correction | None) -> Plan:  # fmt: skip
    planned = district if changes_over_years(district) else district.with_changes(years=1)
    yields = yields_of(district, correction)
    allocation = assemble(planned, yields, outlay_fen=outlay_fen)
    search = Search(allocation.program)
    built = search.positions([start.built for start in allocation.venues.starts])
    # Venues are chosen for the floors, which they serve first; yes-or-no decisions once needs are priced, so that
    # steadiness only moves money. Both keep the later searches small.
    settled = {"floors": built, "needs_met": search.whole_columns}
    chain = pursue(search, [(goal, allocation.goals[goal]) for goal in goals], limits, settled)
    if chain.status is Status.INFEASIBLE:
        raise PlanError(chain.status, smallest_breach(planned, yields, outlay_fen=outlay_fen, limits=limits))
    if chain.status not in SOLVED:
        raise PlanError(chain.status, [_nothing_found(chain.status, limits)])
    plan = rounded_plan(planned, allocation, chain.answer, status=chain.status)
    return _over_all_years(district, plan, chain)


def _nothing_found(status: Status, limits: Limits) -> Text:
    if status is Status.UNBOUNDED:
        return Text("目标没有下界：请检查参数", "the goals have no bound: check the parameters")
    return Text(
        f"{limits.time_limit_s:g}秒内没有找到方案：请延长时间",
        f"no plan was found within {limits.time_limit_s:g} seconds: allow more time",
    )


def _audited(district: District, plan: Plan) -> Plan:
    """The plan, if it keeps every rule exactly; anything else is a defect of this room."""
    broken = audit(district, plan)
    if broken:
        raise AssertionError("; ".join(f"{v.rule} {v.where}: {v.says.en}" for v in broken[:5]))
    return plan


def changes_over_years(district: District) -> bool:
    """Whether plan years can differ: only through postings and venue projects. If not, one year stands for all."""
    posts_officials = district.postings.posts > 0 and len(district.slots) > 0
    return posts_officials or (district.venues.capital_fen > 0 and len(district.sites) > 0)


def _over_all_years(district: District, plan: Plan, chain: Chain) -> Plan:
    """The plan with its goals, a plan of one year repeated over all of them."""
    repeated = {
        name: np.repeat(getattr(plan, name), district.years // len(plan.years), axis=1)
        for name in ("lump_fen", "contract_fen", "prevention_fen", "posts")
    }
    return plan.with_changes(years=district.plan_years, goals=chain.results, **repeated)
