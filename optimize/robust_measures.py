"""Measures of a goal over futures: the mean, the mean of the worst share (CVaR), or the worst. As numbers and as rows.

Less is better. The CVaR at level ``alpha`` is the mean over the worst ``1 - alpha`` of the probability: the mean itself
at 0, the worst future from the level on at which that future alone fills the rest. Rows after Rockafellar and Uryasev
(2000), Optimization of conditional value-at-risk: the least ``level + sum of p x what lies above it / (1 - alpha)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from optimize.program import Expression, Program, linear, total

Kind = Literal["mean", "cvar", "worst"]
NEARLY_ONE = 1.0 - 1e-9  # a level from here on is the worst future


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure over futures; ``alpha`` in [0, 1] is read for the CVaR alone. Raises ``ValueError`` out of that range."""

    kind: Kind = "mean"
    alpha: float = 0.8

    def __post_init__(self) -> None:
        if not 0.0 <= self.alpha <= 1.0:
            raise ValueError(f"alpha: found {self.alpha}; expected 0 to 1")

    @property
    def of_worst(self) -> bool:
        """Whether only the worst future counts."""
        return self.kind == "worst" or (self.kind == "cvar" and self.alpha >= NEARLY_ONE)

    def of(self, values: Sequence[float], chances: Sequence[float]) -> float:
        """The measure of the goal's values in futures of given chances, which sum to 1.

        >>> Measure(kind="cvar", alpha=0.5).of([1.0, 3.0, 2.0, 4.0], [0.25] * 4)
        3.5
        """
        if self.of_worst:
            return max(values)
        if self.kind == "mean":
            return float(np.dot(values, chances))
        rest = worst = 1.0 - self.alpha
        found = 0.0
        for value, chance in sorted(zip(values, chances, strict=True), reverse=True):
            taken = min(chance, rest)
            found, rest = found + taken * value, rest - taken
        return found / worst

    def expression(self, program: Program, goals: Sequence[Expression], chances: Sequence[float]) -> Expression:
        """The measure as something to minimise; rows of its own are added where it is not linear."""
        if self.kind == "mean":
            return total(_times(goal, chance) for goal, chance in zip(goals, chances, strict=True))
        level = program.variable(None)
        if self.of_worst:
            for goal in goals:
                program.at_least([(level, 1.0), *_less(goal)], float(goal.constant))
            return linear([(level, 1.0)])
        terms = [(level, 1.0)]
        for goal, chance in zip(goals, chances, strict=True):
            above = program.variable()
            program.at_least([(above, 1.0), (level, 1.0), *_less(goal)], float(goal.constant))
            terms.append((above, chance / (1.0 - self.alpha)))
        return linear(terms)


def equal_chances(count: int) -> tuple[float, ...]:
    """Futures that are equally likely."""
    return (1.0 / count,) * count


def _times(expression: Expression, factor: float) -> Expression:
    return linear([(v, c * factor) for v, c in expression.items()], factor * float(expression.constant))


def _less(expression: Expression) -> list[tuple[object, float]]:
    return [(v, -c) for v, c in expression.items()]
