"""How one search ended: status, value, bound, gap, and the point if there is one that may be read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from optimize.plan import Limits, Status
from optimize.program import Expression, Variable
from scenarios.tables import Reals

NOTHING_LEFT = 1e-6  # a value this close to its bound has no gap


class SolverError(RuntimeError):
    """HiGHS refused its input or returned a state that has no meaning here: a defect, never a user's mistake."""


@dataclass(frozen=True, eq=False)
class Answer:
    """How one search ended. ``point`` holds the columns' values, and exists only with an accepted status."""

    status: Status
    value: float
    bound: float
    gap: float
    seconds: float
    point: Reals | None
    columns: dict[str, int]

    def __getitem__(self, variable: Variable) -> float:
        """The value of a variable. Raises ``SolverError`` if there is no accepted point."""
        if self.point is None:
            raise SolverError(f"no value may be read after status {self.status}")
        return float(self.point[self.columns[variable.name]])

    def amount(self, expression: Expression) -> float:
        """The value of an expression."""
        return math.fsum([coefficient * self[v] for v, coefficient in expression.items()]) + float(expression.constant)


def is_proven(value: float, bound: float, limits: Limits) -> bool:
    """Whether a value is as close to its bound as the limits ask, relatively or absolutely."""
    return relative_gap(value, bound) <= limits.gap + 1e-12 or value - bound <= limits.tolerance


def relative_gap(value: float, bound: float) -> float:
    """Distance from a value to its bound relative to the value; infinite without either."""
    if not (math.isfinite(value) and math.isfinite(bound)):
        return math.inf
    return 0.0 if value - bound <= NOTHING_LEFT else (value - bound) / max(abs(value), NOTHING_LEFT)
