"""Rolling plans: every January the rest of the horizon is planned anew from the state reached."""

from __future__ import annotations

from dataclasses import replace

from jiceng.planning import Asked
from optimize import Limits, Plan, make_plan
from optimize.correction import Correction
from scenarios.formulas import MONTHS
from sim.run import advance, lasting_prevention, reached
from sim.state import State


def begun(plan: Plan, months: int) -> Plan:
    """The plan without postings and projects that begin after its first months: those are decided again."""
    return plan.with_changes(
        postings=tuple(posting for posting in plan.postings if posting.start_month < months),
        projects=tuple(project for project in plan.projects if project.start_month < months),
    )


def advance_with_replanning(state: State, plan: Plan, months: int, *, asked: Asked, limits: Limits) -> State:
    """Advance year by year; before each January after the first, plan from what the year left behind.

    Postings and projects once begun stay; money, posts and new projects are decided again. The promise of the first
    plan is kept for the plan gap.
    """
    promised, left = state.with_changes(promised_met=plan.promised_met), months
    while left > 0:
        step = min(left, MONTHS - state.month % MONTHS)
        state = advance(state, begun(plan, step), step)
        left -= step
        if left > 0:
            still = lasting_prevention(state)
            known = replace(Correction.neutral(len(still)), prevented=tuple(still.tolist()))
            plan = make_plan(reached(state), limits=limits, correction=known, **asked)
    return state.with_changes(promised_met=promised.promised_met)
