"""Shadow prices: what one unit more of a rule's amount is worth at once, while every yes-or-no decision stays.

The rows of a rule get a slack that is held at nought; its reduced cost in the linear program with whole decisions fixed is
the price. The sign is settled here once: a price is what relaxing the rule is worth, never below nought. It is a local
figure, for a small step; what a whole unit is worth is found by searching again, see :mod:`optimize.explain.worth`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimize.allocation import Allocation
from optimize.answer import Answer
from optimize.explain.staged import FINE, Reached, measured
from optimize.plan import Limits
from optimize.program import Expression
from optimize.pursuit import assembled
from optimize.solver import Search


def shadow_prices(reached: Reached, rules: Sequence[str], limits: Limits = FINE) -> dict[str, float]:
    """By rule (name of its rows), how much the last goal falls for each unit by which all its rows are relaxed together.

    Units are those of the rows: 万元, posts, officials. Rules without rows are left out.
    """
    made = _fixed(reached)
    slacks = [(rule, slack) for rule in rules for slack in made.allocation.program.excess.get(rule, [])]
    duals = made.search.prices(made.goal, made.answer, [slack for _, slack in slacks], limits)
    prices: dict[str, float] = {}
    for (rule, _), dual in zip(slacks, duals, strict=False):
        prices[rule] = prices.get(rule, 0.0) + max(0.0, -dual)
    return prices


def value_when_moved(reached: Reached, rule: str, step: float, limits: Limits = FINE) -> float:
    """The least value of the last goal when every row of a rule is relaxed by a step, whole decisions kept."""
    made = _fixed(reached, rule, step)
    made.search.fix(made.search.whole_columns, made.answer)
    return made.search.minimise(made.goal, limits).value


@dataclass(frozen=True, eq=False)
class _Fixed:
    """The program again, its named rows with slacks, the earlier goals held, and the answer in its columns."""

    allocation: Allocation
    search: Search
    goal: Expression
    answer: Answer


def _fixed(reached: Reached, moved: str = "", step: float = 0.0) -> _Fixed:
    allocation = assembled(reached.brief.district, reached.brief.pursuit, elastic=True)
    for rule, slacks in allocation.program.excess.items():
        for slack in slacks:
            slack.lowBound = slack.upBound = step if rule == moved else 0.0
    search = Search(allocation.program)
    for stage, goal in measured(reached.brief, allocation):
        if stage in reached.held and stage != reached.last and len(goal):
            search.keep(goal, reached.held[stage])
    goal = dict(measured(reached.brief, allocation))[reached.last]
    return _Fixed(allocation, search, goal, _in_columns(reached, allocation, search))


def _in_columns(reached: Reached, allocation: Allocation, search: Search) -> Answer:
    """The answer in the columns of the program with slacks; the others come in the same order."""
    if reached.answer.point is None:
        return reached.answer
    slacks = {slack.name for slacks in allocation.program.excess.values() for slack in slacks}
    plain = [position for position, v in enumerate(allocation.program.variables) if v.name not in slacks]
    point = np.zeros(len(allocation.program.variables))
    point[plain] = reached.answer.point[: len(plain)]
    return replace(reached.answer, point=point, columns=search.columns)
