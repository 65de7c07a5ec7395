"""One point of a frontier: the least social cost at a budget and a limit on the worst tenth, its proof, and what a little
more money would bring.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from optimize.allocation import Allocation
from optimize.answer import Answer
from optimize.fairness import worst_count
from optimize.goals import SOLVED, Chain, pursue
from optimize.measures import goal_values
from optimize.money import yearly_pool_fen
from optimize.outlay import plan_outlay
from optimize.plan import Limits, Plan, Status
from optimize.planner import audited, over_all_years
from optimize.promise import promised
from optimize.pursuit import Pursuit, assembled, changes_over_years
from optimize.requirements import Bound, Requirements
from optimize.rounding import rounded_plan
from optimize.solver import Search
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.goals import Goal

WHOLE = "Integer"  # a variable that takes whole numbers


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A point to search: the share of the present fund, and the most that the worst tenth may be (None for no limit)."""

    fund_share: float = 1.0
    worst_tenth: float | None = None
    goal: Goal = "needs_met"


@dataclass(frozen=True, kw_only=True, eq=False)
class Point:
    """What was found. As the search counts: ``cost`` (万元 a year, the goal needs_met) and no plan below ``bound``,
    ``worst_tenth`` (unmet needs per need). As the plan promises, spillover included: ``needs_met`` a year,
    ``promised_cost`` and ``promised_worst``. ``fund_wan`` and ``outlay_wan`` 万元 a year.
    ``shadow``: 万元 of cost saved by a first further 万元 a year in the pool, yes-or-no decisions kept; None without a pool.
    """

    asked: Asked
    status: Status
    fund_wan: float
    outlay_wan: float
    cost: float
    bound: float
    gap: float
    worst_tenth: float
    needs_met: float
    needs: float
    promised_cost: float
    promised_worst: float
    shadow: float | None
    seconds: float
    plan: Plan


def with_fund(district: District, share: float) -> District:
    """The district with so much of its service fund: pool, entitlements and floors; whole fen, rounded down."""
    fund, factor = district.service_fund, Fraction(share)
    of_floors = factor if share < 1.0 else Fraction(1)
    return district.with_changes(service_fund=replace(
        fund,
        entitlement_fen=tuple(int(factor * fen) for fen in fund.entitlement_fen),
        pool_fen=int(factor * fund.pool_fen),
        floor_fen=tuple(int(of_floors * fen) for fen in fund.floor_fen),
    ))  # fmt: skip


def fund_wan(district: District) -> float:
    """What the fund grants at most outright, 万元 a year: the pool, and entitlements where they are the rule."""
    fund = district.service_fund
    fixed = 0 if fund.mode == "free" else sum(fund.entitlement_fen)
    return (fixed + fund.pool_fen) / FEN_PER_WAN


def search_point(district: District, asked: Asked, requirements: Requirements, limits: Limits) -> Point | None:
    """The best plan at a point; None where no plan keeps the limit, or none was found in time."""
    place = with_fund(district, asked.fund_share)
    goals: tuple[Goal, ...] = ("needs_met",) if asked.goal == "needs_met" else ("needs_met", asked.goal)
    pursuit = Pursuit(goals, None, _limited(requirements, asked.worst_tenth))
    allocation = assembled(place, pursuit)
    search = Search(allocation.program)
    chain = pursue(search, [("weighted", allocation.goals[asked.goal])], limits, {}, pursuit.cut(allocation))
    if chain.status not in SOLVED:
        return None
    shadow = _shadow(place, pursuit, allocation, chain.answer, limits) if asked.goal == "needs_met" else None
    return _point(place, asked, allocation, chain, shadow)


def _point(place: District, asked: Asked, allocation: Allocation, chain: Chain, shadow: float | None) -> Point:
    planned = place if changes_over_years(place) else place.with_changes(years=1)
    plan = over_all_years(place, rounded_plan(planned, allocation, chain.answer, status=chain.status), chain)
    plan = audited(place, promised(place, plan))
    values, found = goal_values(place, plan, ("needs_met", "worst_tenth")), chain.results[0]
    years = len(plan.years)
    return Point(
        asked=asked,
        status=found.status,
        fund_wan=fund_wan(place),
        outlay_wan=sum(year.total_fen for year in plan_outlay(place, plan)) / FEN_PER_WAN / years,
        cost=chain.answer.amount(allocation.goals["needs_met"]),
        bound=found.bound,
        gap=found.gap,
        worst_tenth=_worst_tenth(allocation, chain.answer),
        needs_met=float(plan.promised_met.sum() / years),
        needs=float(plan.promised_needs.sum() / years),
        promised_cost=values["needs_met"],
        promised_worst=values["worst_tenth"],
        shadow=shadow,
        seconds=found.seconds,
        plan=plan,
    )


def _limited(requirements: Requirements, worst_tenth: float | None) -> Requirements:
    if worst_tenth is None:
        return requirements
    limit = Bound(goal="worst_tenth", at_most=worst_tenth)
    return Requirements(bounds=(*requirements.bounds, limit), locks=requirements.locks)


def _worst_tenth(allocation: Allocation, answer: Answer) -> float:
    unmet = 1.0 - np.array([[answer.amount(share) for share in row] for row in allocation.met])
    return float(np.sort(unmet, axis=0)[-worst_count(len(unmet)) :].mean())


def _shadow(place: District, pursuit: Pursuit, allocation: Allocation, answer: Answer, limits: Limits) -> float | None:
    """What 1 万元 more a year in the pool saves when every yes-or-no decision stays, from two linear programs."""
    if not allocation.money.grant:
        return None
    fund = place.service_fund
    richer = place.with_changes(service_fund=replace(fund, pool_fen=fund.pool_fen + FEN_PER_WAN))
    other = assembled(richer, pursuit)
    if len(other.program.variables) != len(allocation.program.variables):
        return None  # a case of the money has opened or closed
    costs = []
    for program, goal in (
        (allocation.program, allocation.goals["needs_met"]),
        (other.program, other.goals["needs_met"]),
    ):
        for variable in program.variables:
            if variable.cat == WHOLE:
                variable.lowBound = variable.upBound = round(answer[variable])
        costs.append(Search(program).minimise(goal, limits).value)
    more = (yearly_pool_fen(richer) - yearly_pool_fen(place)) / FEN_PER_WAN
    return (costs[0] - costs[1]) / more if all(map(math.isfinite, costs)) else None
