"""A given plan beside the best at the same outlay: goal by goal, and what the difference costs.

The given plan keeps every rule, so it is one of those that the search could choose: the best is at least as good in the
order of the goals, as far as the search has proven it.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiceng.planning import asked_of, mean_outlay_fen
from optimize import Goal, Limits, Plan, make_plan
from optimize.goals import TOLERANCES
from optimize.measures import goal_values, worst_tenth_unmet
from optimize.promise import evaluate
from scenarios.district import District
from scenarios.schema import Scenario

NOTHING = 1e-6  # relative: rounding to whole fen


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a plan stands: outlay (fen a year), needs met a year, share of needs met, of the worst tenth, and its goals."""

    outlay_fen: int
    needs_met: float
    met_share: float
    worst_tenth_met: float
    goals: dict[Goal, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Price:
    """A given plan and the best at its outlay, with where each stands."""

    best: Plan
    given_at: Standing
    best_at: Standing

    @property
    def needs_lost(self) -> float:
        """Needs a year that the best plan meets and the given one does not."""
        return self.best_at.needs_met - self.given_at.needs_met

    @property
    def worst_tenth_lost(self) -> float:
        """Share of needs met in the worst tenth of communities: the best plan's less the given one's."""
        return self.best_at.worst_tenth_met - self.given_at.worst_tenth_met

    @property
    def wan_lost(self) -> float | None:
        """万元 a year by which the given plan costs more, unmet needs at their price; None where that is no goal."""
        goals = self.given_at.goals, self.best_at.goals
        return goals[0]["needs_met"] - goals[1]["needs_met"] if "needs_met" in goals[0] else None

    @property
    def decided_by(self) -> Goal | None:
        """The first goal, in the scenario's order, in which the two differ by more than later goals may give back.

        None if there is none, or if the best gave back some of an earlier goal to be ahead in it: then neither is better.
        """
        gave_back = False
        for goal, best in self.best_at.goals.items():
            given, (absolute, relative) = self.given_at.goals[goal], TOLERANCES.get(goal, (1e-6, 1e-6))
            if abs(given - best) > max(absolute, relative * abs(best)):
                return None if gave_back and given > best else goal
            gave_back = gave_back or best - given > NOTHING * max(1.0, abs(best))
        return None

    @property
    def is_worse(self) -> bool:
        """Whether the given plan is behind the best in the goal that decides."""
        goal = self.decided_by
        return goal is not None and self.given_at.goals[goal] > self.best_at.goals[goal]


def priced(scenario: Scenario, district: District, plan: Plan) -> Price:
    """The price of a plan that keeps the district's rules. Raises ``PlanError`` if no best was found within the limits."""
    settings, asked = scenario.plan, asked_of(scenario)
    limits = Limits(time_limit_s=settings.time_limit_s, gap=settings.gap)
    best = make_plan(
        district, limits=limits, outlay_fen=mean_outlay_fen(district, plan), correction=plan.correction, **asked
    )
    goals = tuple(asked["weights"] or asked["goals"])
    return Price(best=best, given_at=standing_of(district, plan, goals), best_at=standing_of(district, best, goals))


def standing_of(district: District, plan: Plan, goals: tuple[Goal, ...]) -> Standing:
    """Where a plan stands, recomputed from its decisions."""
    promise = evaluate(district, plan)
    met, needs = float(promise.met.sum()), float(promise.needs.sum())
    return Standing(
        outlay_fen=mean_outlay_fen(district, plan),
        needs_met=met / len(plan.years),
        met_share=met / needs,
        worst_tenth_met=1.0 - worst_tenth_unmet(district, plan, promise),
        goals=goal_values(district, plan, goals),
    )
