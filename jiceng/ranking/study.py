"""Runs every arm in the same futures and compares the two sides of each: benefit, cost, and benefit per 万元."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from jiceng.progress import Progress, silent
from jiceng.ranking.arms import Arm, Choice, alone, district_with, everything, on_top
from jiceng.study import Policy, Study, futures_for, look_at_study
from optimize import make_plan
from optimize.planner import Method
from results.estimates import Estimate, mean_interval
from scenarios.district import District
from scenarios.mechanisms import CATALOGUE
from scenarios.schema import Scenario
from scenarios.tables import Reals
from sim.outcome import METRICS, Outcome, met

METHOD: Method = "needs_formula"
CONFIDENCE, POINTS = 0.95, 100.0
FREE_WAN = 0.1  # a year: what costs less than this costs nothing


@dataclass(frozen=True)
class Sight:
    """What is kept of a run: shares in points, needs met a year, consolidated outlay in 万元 a year."""

    needs_met: float
    worst_tenth: float
    met_a_year: float
    outlay_wan: float


@dataclass(frozen=True)
class Gain:
    """What a mechanism adds: points of needs met and of the worst tenth, needs met a year, 万元 of outlay a year."""

    mechanism: str
    needs_met: Estimate
    worst_tenth: Estimate
    met_a_year: Estimate
    cost_wan: float

    @property
    def is_free(self) -> bool:
        """Whether it adds nothing to the consolidated outlay, or saves some."""
        return self.cost_wan < FREE_WAN

    @property
    def per_wan(self) -> Estimate | None:
        """Needs met a year for each 万元 of outlay; None where it costs nothing."""
        return None if self.is_free else self.met_a_year.scaled(1.0 / self.cost_wan)


@dataclass(frozen=True)
class Ranking:
    """What every mechanism adds to the base, and to everything else; the latter without those that exclude others."""

    base: Choice
    everything: Choice
    alone: dict[str, Gain]
    on_top: dict[str, Gain]


def sight(found: Outcome) -> Sight:
    """What the ranking keeps of a run."""
    return Sight(
        POINTS * METRICS["needs_met_share"].district(found), POINTS * METRICS["worst_tenth"].district(found),
        float(met(found).sum()) / found.years, METRICS["outlay"].district(found),
    )  # fmt: skip


def ranked(scenario: Scenario, *, futures: int, executor: Executor | None = None, names: Sequence[str] = (),
           shrink: Callable[[District], District] = lambda place: place, progress: Progress = silent) -> Ranking:  # fmt: skip
    """Every mechanism (or those named) on the district of a scenario, whose own mechanisms are the base.

    Decisions are made by a rule of thumb, without a search. ``shrink`` may make the district smaller once its mechanisms are
    on, so that a city's total is not poured into a part of it. Raises
    ``RuntimeError`` when a run fails.
    """
    base = tuple(scenario.mechanisms)
    wanted, all_ = names or tuple(CATALOGUE), everything(base)
    single = {name: alone(name, base) for name in wanted}
    top = {name: on_top(name, all_) for name in wanted if name in all_}
    sights = _seen(scenario, [*single.values(), *top.values()], shrink, futures, executor, progress)
    return Ranking(base, all_, *({name: _gain(arm, sights) for name, arm in arms.items()} for arms in (single, top)))


def _seen(scenario: Scenario, arms: Sequence[Arm], shrink: Callable[[District], District], futures: int,
          executor: Executor | None, progress: Progress) -> dict[Choice, list[Sight]]:  # fmt: skip
    """What was seen of every side in every future; each side is run once however many arms it belongs to."""
    place = scenario.model_copy(update={"mechanisms": {}}).district_value()
    choices = list(dict.fromkeys(side for arm in arms for side in (arm.without, arm.with_)))
    policies = []
    for number, choice in enumerate(choices):
        progress("plan", number, len(choices))
        made = shrink(district_with(place, choice, scenario.mechanisms))
        policies.append(Policy(" ".join(choice), made, make_plan(made, method=METHOD)))
    settings = scenario.simulation
    study = Study(base=shrink(place), policies=tuple(policies), futures=futures_for(futures, settings.seed), replications=1,
                  seed=settings.seed, months=settings.months, warm_up=settings.warm_up)  # fmt: skip
    ran = look_at_study(study, sight, executor=executor, progress=progress)
    if ran.failures:
        raise RuntimeError(ran.failures[0].reason)
    return {choice: list(ran.outcomes[number :: len(choices)]) for number, choice in enumerate(choices)}


def _gain(arm: Arm, sights: dict[Choice, list[Sight]]) -> Gain:
    """With less without, future by future."""

    def more(field: str) -> Reals:
        sides = [np.array([getattr(one, field) for one in sights[side]]) for side in (arm.with_, arm.without)]
        return np.asarray(sides[0] - sides[1])

    needs, worst, numbers = (
        mean_interval(more(field), CONFIDENCE) for field in ("needs_met", "worst_tenth", "met_a_year")
    )
    return Gain(arm.mechanism, needs, worst, numbers, cost_wan=float(more("outlay_wan").mean()))


__all__ = ["Gain", "Ranking", "Sight", "ranked", "sight"]
