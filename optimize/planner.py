"""The front door of the room: a plan by rule of thumb or by search, with its promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from optimize.afterwards import suited
from optimize.audit import audit
from optimize.beforehand import care_yuan
from optimize.canonical import correction_in_order, in_order, in_rows_of
from optimize.conflict import contradictions, smallest_breach
from optimize.correction import Correction
from optimize.goals import SOLVED, Chain, pursue
from optimize.plan import YEARLY, Limits, Plan, PlanError, Status
from optimize.promise import promised
from optimize.pursuit import Pursuit, assembled
from optimize.requirements import NOTHING, Requirements
from optimize.rounding import rounded_plan
from optimize.rules_of_thumb import RULES, Rule, rule_plan
from optimize.solver import Search
from scenarios.district import District
from scenarios.funding import year_money
from scenarios.goals import GOALS, Goal
from scenarios.text import Text

Method = Rule | Literal["optimal"]
DEFAULT_LIMITS = Limits()


def make_plan(district: District, *, goals: tuple[Goal, ...] = GOALS, method: Method = "optimal",
              limits: Limits = DEFAULT_LIMITS, outlay_fen: int | None = None,
              correction: Correction | None = None, weights: Mapping[Goal, float] | None = None,
              requirements: Requirements = NOTHING) -> Plan:  # fmt: skip
    """A plan for the district: by a rule of thumb, or the best for the goals in their order.

    With ``weights`` the goals are not ranked: their sum, each times its weight, is one goal. ``requirements`` are kept by
    a searched plan beside the district's rules. ``outlay_fen`` is a target for the mean yearly consolidated outlay.
    ``correction`` changes what the search expects and what the plan promises, and is kept with the plan; rules of thumb
    decide as ever. Between equal plans the order of codes decides, whatever the order of the tables' rows. Every plan
    passes the audit before it is handed out. Raises :class:`PlanError` if no plan fits the rules or none was found within the limits.
    """
    conflict = contradictions(district)
    if conflict:
        raise PlanError(Status.INFEASIBLE, conflict)
    ordered, codes = in_order(district), district.communities.code
    if method in RULES:
        plan = rule_plan(ordered, method, outlay_fen=outlay_fen)
    else:
        known = correction_in_order(correction, codes)
        plan = _searched(ordered, Pursuit(goals, weights, requirements, outlay_fen, known), limits)
        plan = suited(ordered, plan.with_changes(care_yuan=care_yuan(ordered), correction=known))
    plan = in_rows_of(plan, codes).with_changes(correction=correction)
    return audited(district, promised(district, plan))


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
    return audited(district, promised(district, changed))


def _searched(district: District, pursuit: Pursuit, limits: Limits) -> Plan:
    allocation = assembled(district, pursuit)
    planned, search = district.with_changes(years=len(allocation.uses[0])), Search(allocation.program)
    built = search.positions([start.built for start in allocation.first.venues.starts])
    # Venues are chosen for the floors, which they serve first; yes-or-no decisions once needs are priced, so that
    # steadiness only moves money. Both keep the later searches small.
    settled = {"floors": built, "needs_met": search.whole_columns}
    chain = pursue(search, pursuit.stages(allocation), limits, settled, pursuit.cut(allocation))
    if chain.status is Status.INFEASIBLE:
        raise PlanError(chain.status, smallest_breach(district, pursuit, limits))
    if chain.status not in SOLVED:
        raise PlanError(chain.status, [_nothing_found(chain.status, limits)])
    plan = rounded_plan(planned, allocation, chain.answer, status=chain.status)
    return over_all_years(district, plan, chain)


def _nothing_found(status: Status, limits: Limits) -> Text:
    if status is Status.UNBOUNDED:
        return Text("目标没有下界：请检查参数", "the goals have no bound: check the parameters")
    return Text(
        f"{limits.time_limit_s:g}秒内没有找到方案：请延长时间",
        f"no plan was found within {limits.time_limit_s:g} seconds: allow more time",
    )


def audited(district: District, plan: Plan) -> Plan:
    """The plan, if it keeps every rule exactly; anything else is a defect of this room."""
    broken = audit(district, plan)
    if broken:
        raise AssertionError("; ".join(f"{v.rule} {v.where}: {v.says.en}" for v in broken[:5]))
    return plan


def over_all_years(district: District, plan: Plan, chain: Chain) -> Plan:
    """The plan with its goals, a plan of one year repeated over all of them."""
    repeated = {name: np.repeat(getattr(plan, name), district.years // len(plan.years), axis=1) for name in YEARLY}
    return plan.with_changes(years=district.plan_years, goals=chain.results, **repeated)
