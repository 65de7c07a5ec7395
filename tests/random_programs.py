"""Small programs drawn from a seed, of the shapes a plan's program has: choices under a budget, in several years."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from optimize.answer import Answer
from optimize.plan import Limits, Status
from optimize.program import Expression, Program, Terms, Variable, linear
from optimize.solver import Search
from scenarios.tables import Integers, Reals

EXACT = Limits(time_limit_s=60, gap=0.0)
NEAR = 1e-7  # relative: the error of a search to the gap 0


@dataclass(frozen=True, kw_only=True, eq=False)
class Menu:
    """Things to choose under budgets; less is better, so that benefits are negative costs of the goal.

    ``benefit`` per thing, ``cost`` by budget and thing, ``budget``. Things of one ``site`` exclude each other; ``whole``
    things are taken or not, the others may be taken in part. ``exactly``: how many are taken in all, if that is fixed.
    """

    benefit: Reals
    cost: Reals
    budget: Reals
    site: Integers
    whole: Integers
    constant: float = 0.0
    exactly: int | None = None
    held: dict[int, float] = field(default_factory=dict)

    def changed(self, **changes: object) -> Menu:
        """A copy with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def take(self, rows: Integers) -> Menu:
        """The things of the given rows, in that order."""
        return replace(
            self, benefit=self.benefit[rows], cost=self.cost[:, rows], site=self.site[rows], whole=self.whole[rows]
        )


@cache
def menu(seed: int, *, whole: float = 0.6) -> Menu:
    """Eight to fourteen things on sites of one to three alternatives, under two or three budgets that pay for a part of them."""
    draw = np.random.default_rng([7, seed])
    size, budgets = int(draw.integers(8, 15)), int(draw.integers(2, 4))
    cost = draw.uniform(1.0, 20.0, (budgets, size))
    return Menu(
        benefit=draw.uniform(1.0, 30.0, size),
        cost=cost,
        budget=cost.sum(axis=1) * draw.uniform(0.08, 0.25, budgets),
        site=np.sort(draw.integers(0, size // 2 + 1, size)),
        whole=(draw.random(size) < whole).astype(np.int64),
    )


def program_of(choice: Menu) -> tuple[Program, Expression, list[Variable]]:
    """The program of a menu, its goal, and a column for each thing."""
    program = Program()
    taken = [program.variable(0, 1, whole=bool(whole)) for whole in choice.whole.tolist()]
    for costs, budget in zip(choice.cost.tolist(), choice.budget.tolist(), strict=True):
        program.at_most(zip(taken, costs, strict=True), budget)
    for site in sorted(set(choice.site.tolist())):
        program.at_most([(taken[row], 1.0) for row in np.flatnonzero(choice.site == site)], 1.0)
    if choice.exactly is not None:
        program.equal([(thing, 1.0) for thing in taken], choice.exactly)
    for row, amount in choice.held.items():
        program.equal([(taken[row], 1.0)], amount)
    goal: Terms = zip(taken, (-choice.benefit).tolist(), strict=True)
    return program, linear(goal, choice.constant), taken


@cache
def solved(choice: Menu) -> tuple[float, Reals]:
    """The least goal and what is taken of each thing; proven to the gap 0."""
    program, goal, taken = program_of(choice)
    answer = proven(program, goal)
    return answer.value, np.array([answer[thing] for thing in taken])


def proven(program: Program, goal: Expression) -> Answer:
    """The answer of a search to the gap 0, which must end with a proof."""
    answer = Search(program).minimise(goal, EXACT)
    assert answer.status is Status.OPTIMAL
    return answer
