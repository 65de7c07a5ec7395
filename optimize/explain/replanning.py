"""Planning again around settled decisions, from an earlier plan: its yes-or-no decisions are where the search begins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimize.allocation import Allocation
from optimize.answer import Answer, relative_gap
from optimize.conflict import smallest_breach
from optimize.explain.brief import Brief
from optimize.explain.finished import finished_plan
from optimize.explain.held_decisions import Decided, decided
from optimize.explain.staged import limit_of, measured
from optimize.goals import SOLVED, Stage, pursue
from optimize.locks import Lock, held_terms
from optimize.plan import GoalResult, Limits, Plan, PlanError, Status
from optimize.program import Expression, linear
from optimize.pursuit import Pursuit, assembled
from optimize.requirements import Requirements
from optimize.solver import Search
from scenarios.district import District
from scenarios.tables import Reals
from scenarios.text import Text

NEAREST = 0.2  # share of the seconds in which a start is looked for


def replan(district: District, plan: Plan, locks: tuple[Lock, ...], *, pursuit: Pursuit, limits: Limits) -> Plan:
    """The best plan for what was pursued that keeps further decisions, begun from the plan's own.

    The goals before the priced needs are first held where the plan left them, and only what follows is searched; where
    the decisions make that impossible, all goals are searched again. What was proven of a goal stays proven, for locks
    only take plans away. Raises :class:`PlanError` if no plan can keep the decisions (its problems say why), or none was
    found in time.
    """
    asked: Requirements = pursuit.requirements
    brief = Brief(district, replace(pursuit, requirements=replace(asked, locks=(*asked.locks, *locks))))
    found = _planned_on(brief, plan, limits, hold=True) or _planned_on(brief, plan, limits, hold=False)
    if found is None:
        raise PlanError(Status.INFEASIBLE, smallest_breach(district, brief.pursuit, limits))
    return found


def _planned_on(brief: Brief, plan: Plan, limits: Limits, *, hold: bool) -> Plan | None:
    """The plan, the first goals held at the earlier plan's limits or searched; None if nothing fits."""
    allocation = assembled(brief.district, brief.pursuit)
    search, stages = Search(allocation.program), brief.pursuit.stages(allocation)
    known = {goal.goal: goal for goal in plan.goals}
    last = measured(brief, allocation)[-1][0]
    first = [stage for stage, _ in measured(brief, allocation) if stage != last and stage in known] if hold else []
    for stage, goal in stages:
        if stage in first and len(goal):
            search.keep(goal, limit_of(known[stage]))
    start = start_from(brief, allocation, search, plan, limits)
    built = search.positions([one.built for one in allocation.first.venues.starts])
    settled = {"floors": built, "needs_met": search.whole_columns}
    if hold and len(built) and start is not None:
        search.fix(built, _at(search, start))
    searched = [(stage, goal) for stage, goal in stages if stage not in first]
    chain = pursue(search, searched, limits, settled, brief.pursuit.cut(allocation), start)
    if chain.status is Status.INFEASIBLE:
        return None
    if chain.status not in SOLVED:
        raise PlanError(chain.status, [Text("时限内没有找到方案：请延长时间", "no plan was found in time: allow more")])
    held = [_measured_again(name, chain.answer.amount(goal), known[name]) for name, goal in stages if name in first]
    results = (*held, *chain.results)
    proven = all(goal.status is Status.OPTIMAL for goal in results)
    status = Status.OPTIMAL if proven else Status.FEASIBLE
    return finished_plan(brief, allocation, chain.answer, status=status, goals=results)


def _measured_again(stage: Stage, value: float, before: GoalResult) -> GoalResult:
    """A goal held within what its ranking lets later goals give back: its value now, and the bound proven before."""
    return GoalResult(stage, before.status, value, before.bound, relative_gap(value, before.bound), 0.0)


def _at(search: Search, point: Reals) -> Answer:
    return Answer(Status.FEASIBLE, 0.0, -np.inf, np.inf, 0.0, point, search.columns)


def start_from(brief: Brief, allocation: Allocation, search: Search, plan: Plan, limits: Limits) -> Reals | None:
    """A point with the plan's decisions, but for those that are locked; if there is none, one that keeps most of them."""
    known, free = decided(brief.district, allocation, plan), _locked_variables(brief, allocation)
    held = {variable: value for variable, value in known.items() if variable not in free}
    short = replace(limits, time_limit_s=NEAREST * limits.time_limit_s, gap=0.05)
    columns = search.positions(list(held))
    point = search.completed(columns, np.array(list(held.values())), short) if held else None
    if point is not None or not held:
        return point
    return search.minimise(_distance(held), short).point


def _locked_variables(brief: Brief, allocation: Allocation) -> set[object]:
    return {
        variable
        for lock in brief.locks
        for terms, _ in held_terms(brief.district, allocation, lock)
        for variable, _ in terms
    }


def _distance(held: Decided) -> Expression:
    """How many decisions differ; numbers above one are only kept from nought."""
    return linear([(variable, 1.0 if value < 0.5 else -1.0) for variable, value in held.items()])
