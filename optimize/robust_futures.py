"""One future on its own: the best plan in it, free or with what is decided first held, and what is proven about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

from optimize.conflict import smallest_breach
from optimize.goals import SOLVED, Chain, pursue
from optimize.measures import goal_values
from optimize.outlay import plan_outlay
from optimize.plan import Limits, Plan, PlanError, Status
from optimize.planner import audited, over_all_years
from optimize.program import Expression
from optimize.promise import promised
from optimize.pursuit import Pursuit
from optimize.requirements import Requirements
from optimize.robust_program import Settled, Together, together
from optimize.rounding import rounded_plan
from optimize.solver import Search
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.text import Text


@dataclass(frozen=True, kw_only=True, eq=False)
class InFuture:
    """A plan in one future. ``value``: the goal as the search counts it; no plan with what was held is below ``bound``.

    ``promised``: the goal recomputed from the plan, with what the search leaves out (:mod:`optimize.prevention`).
    ``needs_met`` a year, promised, and ``outlay_wan`` 万元 a year (consolidated), both means over the plan years.
    """

    plan: Plan
    settled: Settled
    value: float
    bound: float
    promised: float
    needs_met: float
    outlay_wan: float


def best_in(district: District, pursuit: Pursuit, limits: Limits, settled: Settled | None = None,
            grants_first: bool = False) -> InFuture | None:  # fmt: skip
    """The best plan of a weighted pursuit in one future; None if it cannot keep the rules with what is settled.

    Raises :class:`PlanError` if nothing is settled and no plan fits, or if none was found within the limits.
    """
    asked = pursuit if settled is None else _without_floors(pursuit)
    program = together([district], asked, grants_first=grants_first)
    if settled is not None:
        program.hold(settled)
    chain = searched(program, program.goals[0], asked, limits)
    if chain.status is Status.INFEASIBLE and settled is not None:
        return None
    refuse_unsolved(chain.status, district, asked, limits)
    rounded = rounded_plan(program.planned[0], program.futures[0], chain.answer, status=chain.status)
    plan = over_all_years(district, rounded, chain).with_changes(correction=pursuit.correction)
    plan = audited(district, promised(district, plan))
    return InFuture(
        plan=plan,
        settled=program.settled(chain.answer) if settled is None else settled,
        value=chain.results[0].value,
        bound=chain.results[0].bound,
        promised=weighted_value(district, plan, pursuit),
        needs_met=float(plan.promised_met.sum() / len(plan.years)),
        outlay_wan=sum(year.total_fen for year in plan_outlay(district, plan)) / FEN_PER_WAN / len(plan.years),
    )


def searched(program: Together, goal: Expression, pursuit: Pursuit, limits: Limits) -> Chain:
    """The least value of a goal over a program of one or several futures."""
    return pursue(Search(program.program), [("weighted", goal)], limits, {}, program.cut(pursuit))


def weighted_value(district: District, plan: Plan, pursuit: Pursuit) -> float:
    """The weighted sum of goals, recomputed from a plan in a future."""
    weights = pursuit.weights or {}
    values = goal_values(district, plan, tuple(weights))
    return sum(weight * values[goal] for goal, weight in weights.items())


def refuse_unsolved(status: Status, district: District, pursuit: Pursuit, limits: Limits) -> None:
    """Raise :class:`PlanError` for a search that ended without a plan."""
    if status is Status.INFEASIBLE:
        raise PlanError(status, smallest_breach(district, pursuit, limits))
    if status not in SOLVED:
        seconds = f"{limits.time_limit_s:g}"
        raise PlanError(status, [Text(f"{seconds}秒内没有找到方案：请延长时间",
                                      f"no plan was found within {seconds} seconds: allow more time")])  # fmt: skip


def in_each(districts: Sequence[District], pursuit: Pursuit, limits: Limits, settled: Settled | None,
            grants_first: bool, executor: Executor | None) -> list[Callable[[], InFuture | None]]:  # fmt: skip
    """:func:`best_in` for every future: begun over an executor at once, or else when asked for."""
    tasks = [partial(best_in, district, pursuit, limits, settled, grants_first) for district in districts]
    return list(tasks) if executor is None else [executor.submit(task).result for task in tasks]


def _without_floors(pursuit: Pursuit) -> Pursuit:
    """Without the bound on floor space, which depends on what is decided first alone and is kept once that is settled."""
    kept = pursuit.requirements
    bounds = tuple(bound for bound in kept.bounds if bound.goal != "floors")
    return replace(pursuit, requirements=Requirements(bounds=bounds, locks=kept.locks))
