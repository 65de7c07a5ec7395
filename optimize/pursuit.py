"""What a search pursues: ranked goals or their weighted sum, with bounds and locks, at a given outlay, corrected or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimize.allocation import Allocation, assemble
from optimize.answer import Answer
from optimize.beforehand import arranged
from optimize.coefficients import yields_of
from optimize.correction import Correction
from optimize.fairness import gini, gini_cut
from optimize.goals import Cut, Stage
from optimize.program import Expression, linear, total
from optimize.requirements import NOTHING, Requirements, add_requirements
from scenarios.district import District
from scenarios.goals import GOALS, Goal

NOTHING_OVER = 1e-7  # a Gini coefficient this far above its limit is rounding


@dataclass(frozen=True, eq=False)
class Pursuit:
    """Goals in order, or weights in place of an order, and what any plan must keep."""

    goals: tuple[Goal, ...] = GOALS
    weights: Mapping[Goal, float] | None = None
    requirements: Requirements = NOTHING
    outlay_fen: int | None = None
    correction: Correction | None = None

    def stages(self, allocation: Allocation) -> list[tuple[Stage, Expression]]:
        """What is minimised, one after the other."""
        if self.weights is None:
            return [(goal, allocation.goals[goal]) for goal in self.goals]
        parts = [linear([(v, c * weight) for v, c in allocation.goals[goal].items()],
                        weight * float(allocation.goals[goal].constant)) for goal, weight in self.weights.items()]  # fmt: skip
        return [("weighted", total(parts))]

    @property
    def wanted(self) -> tuple[Goal, ...]:
        """Goals whose expression the program must have."""
        pursued = self.goals if self.weights is None else tuple(self.weights)
        return tuple(dict.fromkeys((*pursued, *self.requirements.goals)))

    def cut(self, allocation: Allocation) -> Cut | None:
        """The row of the Gini coefficient at the ranking of an answer that breaks its limit."""
        limit = self.requirements.gini
        if limit is None:
            return None
        met = [_mean(row) for row in allocation.met]

        def broken(answer: Answer) -> Expression | None:
            values = np.array([answer.amount(share) for share in met])
            return gini_cut(values, met, limit) if gini(values) > limit + NOTHING_OVER else None

        return broken


def _mean(expressions: list[Expression]) -> Expression:
    whole, count = total(expressions), len(expressions)
    return linear([(v, c / count) for v, c in whole.items()], float(whole.constant) / count)


def assembled(district: District, pursuit: Pursuit, *, elastic: bool = False) -> Allocation:
    """The program of a pursuit; of one plan year that stands for all where years cannot differ."""
    apart = changes_over_years(district) or pursuit.requirements.of_one_year
    divided = arranged(district)
    planned = divided if apart else divided.with_changes(years=1)

    yields = yields_of(divided, pursuit.correction)
    allocation = assemble(planned, yields, outlay_fen=pursuit.outlay_fen, elastic=elastic, goals=pursuit.wanted)
    add_requirements(planned, allocation, pursuit.requirements)
    return allocation


def changes_over_years(district: District) -> bool:
    """Whether plan years can differ: through postings, venue projects, or money carried over. If not, one stands for all."""
    posts_officials = district.postings.posts > 0 and len(district.slots) > 0
    builds = district.venues.capital_fen > 0 and len(district.sites) > 0
    return posts_officials or builds or (district.service_fund.mode == "free" and district.service_fund.carry_over)
