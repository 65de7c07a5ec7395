"""The lexicographic chain: one goal after the other, each held at its value plus a tolerance that exceeds its gap."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimize.measures import Goal
from optimize.plan import GoalResult, Limits, Status
from optimize.program import Expression
from optimize.solver import Answer, Search
from scenarios.tables import Integers

NO_COLUMNS: Integers = np.zeros(0, dtype=np.int64)

TOLERANCES: dict[Goal, tuple[float, float]] = {
    "floors": (1e-4, 0.01),
    "worst_tenth": (0.01, 0.005),  # a percentage point: less than a year of luck moves it by
    "needs_met": (0.5, 0.005),
    "steadiness": (0.5, 0.005),
}
"""What later goals may give back of an earlier one: absolute in the goal's unit, and relative; the larger counts."""
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


def pursue(search: Search, goals: list[tuple[Goal, Expression]], limits: Limits,
           settled: Mapping[str, Integers]) -> Chain:  # fmt: skip
    """Minimise the goals in order. ``settled`` names the columns whose values are final once a goal has been searched.

    A goal that no decision can change is stated without a search. A search that ends without a point stops the chain.
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
        found = search.minimise(
            expression,
            Limits(time_limit_s=seconds, gap=limits.gap),
            start=answer.point if answer else None,
            guide=dict(goals)[open_goals[0]] if open_goals else None,
        )
        results.append(GoalResult(goal, found.status, found.value, found.bound, found.gap, found.seconds))
        if found.status not in SOLVED:
            return Chain(tuple(results), answer or found)
        answer = found
        search.keep(expression, found.value + allowance(goal, found))
        search.fix(settled.get(goal, NO_COLUMNS), found)
    return Chain(tuple(results), answer or search.minimise(Expression(), limits))


def allowance(goal: Goal, found: Answer) -> float:
    """How far later goals may move a settled one: its tolerance, and always more than the gap that was proven."""
    absolute, relative = TOLERANCES[goal]
    return max(absolute, relative * abs(found.value), 1.1 * max(found.value - found.bound, 0.0))
