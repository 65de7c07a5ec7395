"""How far a simulation is from what a plan promised, and whether one plan's simulated goals are above another's."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from results.estimates import Estimate, mean_interval
from scenarios.tables import Reals
from sim.outcome import BUSY_NEEDS, METRICS, Outcome, met

GOAL_METRICS: tuple[str, ...] = ("needs_met_share", "worst_tenth")
SURE_ERRORS = 2.0  # standard errors beyond which a change is more than luck
CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False)
class Judgement:
    """One plan judged on a set of replications.

    ``gaps``: simulated over promised needs met, less 1, for every community with enough needs, means over replications.
    ``median_error``: standard error of the median absolute gap, by leaving out one replication at a time. ``goals``:
    per goal metric its value in every replication.
    """

    gaps: Reals
    median_error: float
    goals: Mapping[str, Reals]

    @property
    def median(self) -> float:
        """Median absolute gap over communities."""
        return float(np.median(np.abs(self.gaps)))

    @property
    def p90(self) -> float:
        """Gap that nine in ten communities stay within."""
        return float(np.quantile(np.abs(self.gaps), 0.9))

    def goal(self, name: str) -> Estimate:
        """A goal metric over the replications."""
        return mean_interval(self.goals[name], CONFIDENCE)


def judge(outcomes: Sequence[Outcome]) -> Judgement:
    """Judge a plan by runs of it in different luck. Raises ``ValueError`` when no community has enough needs."""
    first = outcomes[0]
    promised = first.promised_met.sum(axis=1)
    needs = np.mean([run.total("needs") for run in outcomes], axis=0)
    busy = (needs >= BUSY_NEEDS * first.years) & (promised > 0)
    if not busy.any():
        raise ValueError(f"no community has {BUSY_NEEDS} needs a year")
    ratios = np.array([met(run)[busy] / promised[busy] for run in outcomes])
    goals = {name: np.array([METRICS[name].district(run) for run in outcomes]) for name in GOAL_METRICS}
    return Judgement(ratios.mean(axis=0) - 1.0, _median_error(ratios), goals)


def standard_error(estimate: Estimate) -> float:
    """Standard error of a mean."""
    return estimate.sd / math.sqrt(estimate.n)


def change(after: Judgement, before: Judgement, goal: str) -> Estimate:
    """Change of a goal between two plans judged in the same luck, replication by replication."""
    return mean_interval(after.goals[goal] - before.goals[goal], CONFIDENCE)


def falls(after: Judgement, before: Judgement) -> bool:
    """Whether any simulated goal is lower by more than luck."""
    changes = [change(after, before, goal) for goal in GOAL_METRICS]
    return any(one.mean < -SURE_ERRORS * standard_error(one) for one in changes)


def rises(after: Judgement, before: Judgement) -> bool:
    """Whether any simulated goal is higher by more than luck."""
    return falls(before, after)


def _median_error(ratios: Reals) -> float:
    """Jackknife standard error of the median absolute gap; axes of ``ratios`` (replication, community)."""
    count = len(ratios)
    if count < 2:
        return float("inf")
    rest = (ratios.sum(axis=0) - ratios) / (count - 1) - 1.0
    medians = np.median(np.abs(rest), axis=1)
    return float(np.sqrt((count - 1) / count * np.square(medians - medians.mean()).sum()))
