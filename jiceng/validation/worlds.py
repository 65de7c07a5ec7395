"""The districts that validation runs on: the same units and public totals, every synthetic part drawn anew.

A world is one version of the district with its own people and luck. Worlds are independent of each other, so a Student
interval over them holds both the luck of a run and the arbitrariness of the synthetic part. Parameters are at their
defaults: nothing is fitted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from jiceng.study import Failure, Policy, Study, run_task
from optimize import Plan, make_plan
from scenarios.district import District
from scenarios.loader import load_scenario
from scenarios.tables import Integers
from sim.futures import NOMINAL
from sim.outcome import SCALE, Outcome, met

SCENARIO = "equal-split"
POST_DOSES = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


@dataclass(frozen=True, eq=False)
class World:
    """A district under its baseline rules, and the seed of its runs."""

    district: District
    seed: int

    def outcomes(self, arms: Sequence[District | tuple[District, Plan]], *, months: int = 36,
                 base: District | None = None, warm_up: int = 12) -> tuple[Outcome, ...]:  # fmt: skip
        """Run variants of the district, all from the same warm-up and with the same luck.

        An arm without a plan gets the rule of equal split. Raises ``RuntimeError`` when a run fails.
        """
        pairs = [arm if isinstance(arm, tuple) else (arm, simple_plan(arm)) for arm in arms]
        study = Study(
            base=base or self.district, futures=(NOMINAL,), replications=1, seed=self.seed, months=months, warm_up=warm_up,
            policies=tuple(Policy(str(number), district, plan) for number, (district, plan) in enumerate(pairs)),
        )  # fmt: skip
        found = run_task(study, NOMINAL, 0)
        if isinstance(found, Failure):
            raise RuntimeError(found.reason)
        return found


@lru_cache(maxsize=1)
def baseline(world: World) -> Outcome:
    """Three years as things stand."""
    return world.outcomes([world.district])[0]


@lru_cache(maxsize=1)
def post_doses(world: World) -> tuple[Outcome, ...]:
    """Three years with every community's posts multiplied by each of :data:`POST_DOSES`."""
    return world.outcomes([with_posts(world.district, dose) for dose in POST_DOSES])


def world(seed: int) -> World:
    """A version of the shipped district under equal split of the service fund."""
    return World(load_scenario(SCENARIO).district_value(seed), seed)


def simple_plan(district: District) -> Plan:
    """The plan by the rule of equal split; nothing is searched."""
    return make_plan(district, method="equal_split")


def with_posts(district: District, dose: float) -> District:
    """Every community's posts multiplied, to whole posts."""
    posts = np.rint(district.communities.posts * dose).astype(np.int64)
    return district.with_changes(communities=district.communities.replaced(posts=posts))


def with_rates(district: District, **values: float) -> District:
    """The district with some parameters at another value."""
    return district.with_changes(rates=district.rates.with_values(**values))


def last_year(outcome: Outcome, flow: str) -> Integers:
    """A flow over the last twelve months, per community."""
    return np.asarray(outcome.flow(flow)[-12:].sum(axis=0))


def percent(above: float | np.number, below: float | np.number) -> float:
    """A share in percent; 0 where there is nothing to share."""
    return 100.0 * float(above) / float(below) if below else 0.0


def needs_met(outcome: Outcome) -> float:
    """Needs met of all needs, percent."""
    return percent(met(outcome).sum(), outcome.total("needs").sum())


def solved(outcome: Outcome) -> float:
    """Matters solved of those finished in the last year (served or escalated), percent."""
    return percent(last_year(outcome, "solved").sum(), _finished(outcome))


def satisfied(outcome: Outcome, unsolved: float) -> float:
    """Case satisfaction over the same matters, percent; an escalated one counts as ``unsolved``."""
    score = last_year(outcome, "case_satisfaction").sum() / SCALE + unsolved * last_year(outcome, "escalated").sum()
    return percent(score, _finished(outcome))


def _finished(outcome: Outcome) -> int:
    return int(last_year(outcome, "served").sum() + last_year(outcome, "escalated").sum())
