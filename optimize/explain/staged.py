"""Goals searched again, sharply, with the earlier ones held where they were: what makes two searches comparable.

A plan's own search stops each goal within a gap and lets later goals give a little back. Here the last goal that counts,
the priced needs, is searched to a finer gap, and the goals before it are held at the same limits whatever is changed, so
that a difference in the last is the price of the change and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimize.allocation import Allocation
from optimize.answer import Answer
from optimize.explain.brief import Brief
from optimize.goals import TOLERANCES, Stage, allowance
from optimize.plan import GoalResult, Limits, Status
from optimize.program import Expression, linear
from optimize.pursuit import assembled
from optimize.solver import Search
from scenarios import formulas
from scenarios.tables import Reals

FINE = Limits(time_limit_s=8.0, gap=3e-4)
MONEY_MOVES: Stage = "steadiness"  # moves money at no cost to the goals before it: not what a change is priced by


@dataclass(frozen=True)
class Found:
    """The least value of a goal, and what it was proven to be at least."""

    value: float
    bound: float


@dataclass(frozen=True, eq=False)
class Reached:
    """How far the goals can be brought: values and limits by goal, and the answer of the last of them."""

    brief: Brief
    allocation: Allocation
    search: Search
    answer: Answer
    found: dict[Stage, Found]
    held: dict[Stage, float]

    @property
    def last(self) -> Stage:
        """The goal in which changes are priced."""
        return list(self.found)[-1]

    @property
    def needs_met(self) -> float:
        """Needs met a year, by the search's own account: what spills over to neighbours is left out."""
        return float(self.met_by_community.sum())

    @property
    def met_by_community(self) -> Reals:
        """Needs met a year by community, mean over the plan years."""
        needs = formulas.yearly_needs(self.brief.district)
        shares = [[self.answer.amount(share) for share in row] for row in self.allocation.met]
        return np.asarray(needs * np.array(shares).mean(axis=1))


def measured(brief: Brief, allocation: Allocation) -> list[tuple[Stage, Expression]]:
    """The goals up to the one in which changes are priced: the priced needs, or the last that does not move money alone."""
    stages = brief.pursuit.stages(allocation)
    names = [stage for stage, _ in stages]
    if "needs_met" in names:
        return stages[: names.index("needs_met") + 1]
    counted = [position for position, name in enumerate(names) if name != MONEY_MOVES]
    return stages[: counted[-1] + 1] if counted else stages


def reach(brief: Brief, limits: Limits = FINE, *, near: Reached | None = None, allocation: Allocation | None = None,
          quick: bool = False) -> Reached | None:  # fmt: skip
    """Search the goals of a brief; None if no plan fits.

    ``near`` is another answer to compare with: its limits are kept as far as they can be, and its decisions are where
    the search begins. With ``quick`` the earlier goals are not searched, only held at its limits. Raises no error for
    time: what is not proven shows in the bounds.
    """
    made = assembled(brief.district, brief.pursuit) if allocation is None else allocation
    search, stages = Search(made.program), measured(brief, made)
    start = _padded(near, search)
    found: dict[Stage, Found] = {}
    held: dict[Stage, float] = {}
    answer: Answer | None = None
    open_stages = [(stage, goal) for stage, goal in stages if len(goal)]
    for stage, goal in stages:
        if not len(goal):
            found[stage] = Found(float(goal.constant), float(goal.constant))
            held[stage] = float(goal.constant)
            continue
        open_stages.pop(0)
        if quick and near is not None and open_stages and stage in near.held and stage != "floors":
            held[stage] = near.held[stage]
            search.keep(goal, held[stage])
            continue
        guide = open_stages[0][1] if open_stages else None
        answer = _least(search, goal, limits, start if answer is None else answer.point, guide, brief, made)
        if answer.point is None:
            return None
        found[stage] = Found(answer.value, answer.bound)
        held[stage] = _limit(stage, answer, near)
        search.keep(goal, held[stage])
        if stage == "floors":
            search.fix(search.positions([start.built for start in made.first.venues.starts]), answer)
    if answer is None:
        answer = search.minimise(Expression(), limits)
        if answer.point is None:
            return None
    return Reached(brief, made, search, answer, _in_order(found, stages), held)


def _in_order(found: dict[Stage, Found], stages: list[tuple[Stage, Expression]]) -> dict[Stage, Found]:
    return {stage: found[stage] for stage, _ in stages if stage in found}


def _limit(stage: Stage, answer: Answer, near: Reached | None) -> float:
    """Where a goal is held: at the limit of the answer compared with, or as much above it as it must be."""
    if near is None or stage not in near.held:
        return answer.value + allowance(stage, answer)
    return max(near.held[stage], answer.value + 1e-6 * max(1.0, abs(answer.value)))


def limit_of(goal: GoalResult) -> float:
    """Where a goal of an earlier plan is held: what later goals could give back of it when it was made."""
    absolute, relative = TOLERANCES[goal.goal]  # type: ignore[index]
    return goal.value + max(absolute, relative * abs(goal.value), 1.1 * max(goal.value - goal.bound, 0.0))


def _least(search: Search, goal: Expression, limits: Limits, start: Reals | None, guide: Expression | None, brief: Brief,
           allocation: Allocation) -> Answer:  # fmt: skip
    """The least value of a goal at which no rule that is written as it is needed is broken."""
    cut = brief.pursuit.cut(allocation)
    while True:
        found = search.minimise(goal, limits, start=start, guide=guide)
        broken = cut(found) if cut is not None and found.point is not None else None
        if broken is None:
            return found
        search.keep(broken, 0.0)
        start = None


def _padded(near: Reached | None, search: Search) -> Reals | None:
    """The other answer as a start, where its columns mean the same: further columns may only follow after them."""
    if near is None or near.answer.point is None:
        return None
    known, whole = len(near.search.columns), near.search.whole_columns
    same = len(search.columns) >= known and np.array_equal(search.whole_columns, whole)
    if not same:
        return None
    start = np.concatenate([near.answer.point, np.zeros(len(search.columns) - known)])
    return search.completed(whole, start[whole], FINE)


def money_moves(allocation: Allocation, near: Reached) -> Expression:
    """Variables of how far each grant moves from another answer, in 万元; none where grants are not chosen."""
    program, moves = allocation.program, []
    for grants, others in zip(allocation.money.grant, near.allocation.money.grant, strict=False):
        for grant, other in zip(grants, others, strict=True):
            move, before = program.variable(), near.answer.amount(other)
            program.at_least([(move, 1.0), *[(v, -c) for v, c in grant.items()]], float(grant.constant) - before)
            program.at_least([(move, 1.0), *grant.items()], before - float(grant.constant))
            moves.append((move, 1.0))
    return linear(moves)


def settled(reached: Reached, moves: Expression, give: float) -> Answer:
    """The answer with its whole decisions kept, and money moved as little as ``give`` of the last goal allows."""
    if not len(moves):
        return reached.answer
    search = reached.search
    goal = dict(measured(reached.brief, reached.allocation))[reached.last]
    search.keep(goal, reached.answer.value + give)
    search.fix(search.whole_columns, reached.answer)
    least = search.minimise(moves, FINE, start=None)
    return least if least.status in (Status.OPTIMAL, Status.FEASIBLE) else reached.answer
