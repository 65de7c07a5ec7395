"""The districts that validation runs on: the same units and public totals, every synthetic part drawn anew.

A world is one version of the district with its own people and luck. Worlds are independent of each other, so a Student
interval over them holds both the luck of a run and the arbitrariness of the synthetic part. Parameters are at their
defaults: no experiment fits anything (see :mod:`jiceng.validation.calibrated` for the few that were set beforehand).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from jiceng.study import status_quo
from optimize import Plan, make_plan
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.loader import load_scenario
from scenarios.tables import Integers
from sim.outcome import SCALE, Outcome, met
from sim.population import Population, people
from sim.run import advance, outcome, resume, start
from sim.state import State

SCENARIO = "equal-split"
POST_DOSES = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
RUN, LONG, WARM_UP = 36, 60, 12  # months of a run, of one that shows what is left afterwards, and before both


@dataclass(frozen=True, eq=False)
class World:
    """A district under its baseline rules, and the seed of its runs."""

    district: District
    seed: int

    def outcomes(self, arms: Sequence[District | tuple[District, Plan]], *, months: int = RUN,
                 base: District | None = None, warm_up: int = WARM_UP) -> tuple[Outcome, ...]:  # fmt: skip
        """Run variants of the district, all from the same warm-up and with the same people and luck.

        An arm without a plan gets the rule of equal split. ``base`` lives through the warm-up (the district as it is by
        default); it has the same residents.
        """
        usual = base is None and warm_up == WARM_UP
        begun = usual_start(self) if usual else warmed_up(self, base or self.district, warm_up)
        pairs = (arm if isinstance(arm, tuple) else (arm, simple_plan(arm)) for arm in arms)
        return tuple(outcome(advance(resume(begun, district, policy=""), plan, months)) for district, plan in pairs)


def warmed_up(world: World, base: District, months: int) -> State:
    """The district on the eve of the runs, after some months of last year's money."""
    last_year = status_quo(base)
    begun = start(last_year, seed=world.seed, month=base.first_year * MONTHS - months, population=residents(world))
    return advance(begun, make_plan(last_year, method="last_year"), months)


@lru_cache(maxsize=1)
def residents(world: World) -> Population:
    """The people of a world; no variant changes who they are."""
    return people(world.district)


@lru_cache(maxsize=1)
def usual_start(world: World) -> State:
    """The eve of most runs, made once."""
    return warmed_up(world, world.district, WARM_UP)


@lru_cache(maxsize=1)
def baseline(world: World) -> Outcome:
    """Three years as things stand."""
    return world.outcomes([world.district])[0]


@lru_cache(maxsize=1)
def long_baseline(world: World) -> Outcome:
    """Five years as things stand."""
    return world.outcomes([world.district], months=LONG)[0]


@lru_cache(maxsize=1)
def post_doses(world: World) -> tuple[Outcome, ...]:
    """Three years with every community's posts multiplied by each of :data:`POST_DOSES`."""
    return with_baseline(world, [None if dose == 1.0 else with_posts(world.district, dose) for dose in POST_DOSES])


def with_baseline(world: World, arms: Sequence[District | None]) -> tuple[Outcome, ...]:
    """Three years of each variant; the known run as things stand where there is none."""
    runs = iter(world.outcomes([arm for arm in arms if arm is not None]))
    return tuple(baseline(world) if arm is None else next(runs) for arm in arms)


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


def with_levers(district: District, **values: float) -> District:
    """The district with some levers at one value in every community."""
    count = len(district.communities)
    moved = {name: np.full(count, value) for name, value in values.items()}
    return district.with_changes(levers=district.levers.replaced(**moved))


def peak(doses: Sequence[float], values: Sequence[float]) -> float:
    """The dose at the top: of the parabola through the highest value and its neighbours, or the end where it is one.

    >>> peak((0.0, 2.0, 4.0), (0.0, 3.0, 3.0)), peak((0.0, 2.0), (1.0, 0.0))
    (3.0, 0.0)
    """
    at = int(np.argmax(values))
    if at in (0, len(doses) - 1):
        return doses[at]
    around = slice(at - 1, at + 2)
    curve, slope, _ = np.polyfit(doses[around], values[around], 2)
    return round(float(-slope / (2 * curve)), 6) if curve < 0 else doses[at]


def last_year(outcome: Outcome, flow: str) -> Integers:
    """A flow over the last twelve months, per community."""
    return np.asarray(outcome.flow(flow)[-12:].sum(axis=0))


def percent(above: float | np.number, below: float | np.number) -> float:
    """A share in percent; 0 where there is nothing to share."""
    return 100.0 * float(above) / float(below) if below else 0.0


def needs_met(outcome: Outcome) -> float:
    """Needs met of all needs, percent."""
    return percent(met(outcome).sum(), outcome.total("needs").sum())


def solved_of_served(outcome: Outcome, first: int = 0, last: int | None = None) -> float:
    """Chance that a served matter was solved, in some months, percent."""
    return percent(outcome.flow("solved")[first:last].sum(), outcome.flow("served")[first:last].sum())


def engaged_at_end(outcome: Outcome) -> float:
    """Mean engagement of residents of 15 and over in the last year, percent."""
    return percent(last_year(outcome, "engagement").sum() / 12 / SCALE, outcome.adults.sum())


def solved(outcome: Outcome) -> float:
    """Matters solved of those finished in the last year (served or escalated), percent."""
    return percent(last_year(outcome, "solved").sum(), _finished(outcome))


def satisfied(outcome: Outcome, unsolved: float) -> float:
    """Case satisfaction over the same matters, percent; an escalated one counts as ``unsolved``."""
    score = last_year(outcome, "case_satisfaction").sum() / SCALE + unsolved * last_year(outcome, "escalated").sum()
    return percent(score, _finished(outcome))


def _finished(outcome: Outcome) -> int:
    return int(last_year(outcome, "served").sum() + last_year(outcome, "escalated").sum())
