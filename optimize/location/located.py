"""What a location model answers, and the one way in which all of them are searched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from optimize.answer import Answer, relative_gap
from optimize.plan import Limits, Status
from optimize.program import Expression, Program, Variable, linear
from optimize.solver import Search
from scenarios.tables import Reals
from scenarios.text import Text

LARGEST_COST = 2.0**20  # a goal with larger coefficients is halved until they are smaller, which loses no digit
ROUNDING = 1e-9  # relative: what two sums of the same terms may differ by


@dataclass(frozen=True, kw_only=True)
class Served:
    """A customer (or job), the site (or agent) that serves it, and the share of its demand."""

    customer: str
    facility: str
    share: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Located:
    """How a search ended, and what it decided.

    ``objective`` is recomputed from the decision and the instance; no decision is better than ``bound``. Both are
    infinite where nothing was found or proven. ``gap`` is their distance relative to the objective.
    """

    status: Status
    objective: float
    bound: float
    gap: float
    seconds: float
    facilities: tuple[str, ...] = ()
    serves: tuple[Served, ...] = ()
    because: Text | None = None


@dataclass(frozen=True, eq=False)
class Found:
    """A search that ended, what its goal was multiplied by, and a bound known without it."""

    answer: Answer
    scale: float
    known: float

    @property
    def bound(self) -> float:
        """What the goal is proven to be at least."""
        return max(self.answer.bound / self.scale, self.known)

    def chosen(self, variables: Sequence[Variable]) -> list[int]:
        """Positions of the yes-or-no variables that are yes."""
        return [place for place, variable in enumerate(variables) if self.answer[variable] > 0.5]


def search(program: Program, goal: Expression, limits: Limits, *, integral: bool, start: Reals | None = None,
           known: float = -math.inf) -> Found:  # fmt: skip
    """The least value of a goal; ``integral``: whole coefficients would make its best value whole.

    ``known``: a bound on the goal that other means have proven.
    """
    largest = max((abs(c) for c in goal.values()), default=1.0)
    whole = integral and largest <= LARGEST_COST and all(float(c).is_integer() for c in [*goal.values(), goal.constant])
    scale = 1.0
    while largest * scale > LARGEST_COST:
        scale /= 2
    scaled = linear([(v, c * scale) for v, c in goal.items()], goal.constant * scale)
    return Found(Search(program).minimise(scaled, limits, start=start, whole_goal=whole), scale, known)


def settled(found: Found, objective: float, facilities: Sequence[str], serves: Sequence[Served]) -> Located:
    """The answer for a decision, with the objective that the instance itself gives it."""
    same = math.isclose(found.bound, objective, rel_tol=ROUNDING, abs_tol=ROUNDING)
    proven = found.bound >= objective or (same and found.answer.status is Status.OPTIMAL)
    bound = objective if proven else found.bound
    status = Status.OPTIMAL if proven else Status.FEASIBLE
    return Located(status=status, objective=objective, bound=bound, gap=relative_gap(objective, bound),
                   seconds=found.answer.seconds, facilities=tuple(facilities), serves=tuple(serves))  # fmt: skip


def nothing_found(found: Found, because: Text | None = None) -> Located:
    """The answer where a search ended without a decision."""
    return Located(status=found.answer.status, objective=math.inf, bound=found.bound, gap=math.inf,
                   seconds=found.answer.seconds, because=because)  # fmt: skip


def impossible(because: Text) -> Located:
    """The answer where no search is needed to see that nothing fits."""
    return Located(
        status=Status.INFEASIBLE, objective=math.inf, bound=math.inf, gap=math.inf, seconds=0.0, because=because
    )
