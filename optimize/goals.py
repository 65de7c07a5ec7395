"""The lexicographic chain: one goal after the other, each held at its value plus a tolerance that exceeds its gap."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from optimize.answer import Answer
from optimize.plan import GoalResult, Limits, Status
from optimize.program import Expression
from optimize.solver import Search
from scenarios.goals import Goal
from scenarios.tables import Integers, Reals

Stage = Goal | Literal["weighted"]  # what one search minimises
Cut = Callable[[Answer], Expression | None]
NO_COLUMNS: Integers = np.zeros(0, dtype=np.int64)

TOLERANCES: dict[Stage, tuple[float, float]] = {
    "floors": (1e-4, 0.01),
    "worst_tenth": (0.01, 0.005),  # a percentage point: less than a year of luck moves it by
    "needs_met": (0.5, 0.005),
    "steadiness": (0.5, 0.005),
    "max_min": (0.01, 0.005),
    "rural_gap": (0.005, 0.01),
    "outlay": (0.5, 0.005),
    "weighted": (0.5, 0.005),
}
"""What later goals may give back of an earlier one: absolute in the goal's unit, and relative; the larger counts."""
PROVEN_SHARE = 0.5  # a goal this share of its absolute tolerance from its bound counts as proven
SOLVED = (Status.OPTIMAL, Status.FEASIBLE)


@dataclass(frozen=True, eq=False)
class Chain:
    """Results of the goals searched, and the last answer with a point."""

    results: tuple[GoalResult, ...]
    answer: Answer

    @property
    def status(self) -> Status:
        """Optimal if every goal was proven, feasible if there is a point, else how the first search ended."""
        if self.answer.status not in SOLVED:
            return self.answer.status
        return Status.OPTIMAL if all(r.status is Status.OPTIMAL for r in self.results) else Status.FEASIBLE


def pursue(search: Search, goals: list[tuple[Stage, Expression]], limits: Limits,
           settled: Mapping[str, Integers], cut: Cut | None = None, start: Reals | None = None) -> Chain:  # fmt: skip
    """Minimise the goals in order. ``settled`` names the columns whose values are final once a goal has been searched.

    ``start`` is a point that keeps every row, from which the first search begins.

    A goal that no decision can change is stated without a search. A search that ends without a point stops the chain.
    ``cut`` looks at an answer and gives an expression that must not exceed 0 if the answer breaks a rule that is written
    row by row as it is needed; the goal is then searched again.
    Each search may use half of the seconds left, the last one all of them.
    """
    ends = time.perf_counter() + limits.time_limit_s
    results: list[GoalResult] = []
    open_goals = [goal for goal, expression in goals if len(expression)]
    answer: Answer | None = None
    for goal, expression in goals:
        if not len(expression):
            constant = float(expression.constant)
            results.append(GoalResult(goal, Status.OPTIMAL, constant, constant, 0.0, 0.0))
            continue
        open_goals.remove(goal)
        seconds = max(ends - time.perf_counter(), 0.0) / (2 if open_goals else 1)
        # Floors are met by venues alone, and steadiness moves only money: neither says much about the other's decisions.
        guided = open_goals and goal != "floors" and open_goals[0] != "steadiness"
        guide = dict(goals)[open_goals[0]] if guided else None
        close = TOLERANCES[goal][0] * PROVEN_SHARE * min(limits.gap / Limits().gap, 1.0)
        stage = Limits(time_limit_s=seconds, gap=limits.gap, tolerance=close)
        found = _within(search, expression, stage, start, guide, cut)
        results.append(GoalResult(goal, found.status, found.value, found.bound, found.gap, found.seconds))
        if found.status not in SOLVED:
            return Chain(tuple(results), answer or found)
        answer, start = found, found.point
        search.keep(expression, found.value + allowance(goal, found))
        search.fix(settled.get(goal, NO_COLUMNS), found)
    return Chain(tuple(results), answer or search.minimise(Expression(), limits))


def _within(search: Search, goal: Expression, limits: Limits, start: Reals | None, guide: Expression | None,
            cut: Cut | None) -> Answer:  # fmt: skip
    """The least value of a goal at which nothing is left to cut. Each cut is a rule that every plan must keep."""
    ends = time.perf_counter() + limits.time_limit_s
    while True:
        left = replace(limits, time_limit_s=max(ends - time.perf_counter(), 0.0))
        found = search.minimise(goal, left, start=start, guide=guide)
        broken = cut(found) if cut is not None and found.point is not None else None
        if broken is None:
            return found
        search.keep(broken, 0.0)
        start = None


def allowance(goal: Stage, found: Answer) -> float:
    """How far later goals may move a settled one: its tolerance, and always more than the gap that was proven."""
    absolute, relative = TOLERANCES[goal]
    return max(absolute, relative * abs(found.value), 1.1 * max(found.value - found.bound, 0.0))
