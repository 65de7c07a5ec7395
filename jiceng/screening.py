"""What is seen when some mechanisms are on and others off: the model's side of a screening of the whole catalogue.

Every run has the same residents, history and future, so that two runs differ by their mechanisms (and their luck, if asked).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from jiceng.progress import Progress, silent
from jiceng.study import residents, status_quo
from optimize import make_plan
from optimize.planner import Method
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.loader import load_scenario
from scenarios.mechanisms import apply_mechanisms
from scenarios.sampling import sampled
from scenarios.tables import Reals
from sim.outcome import METRICS
from sim.run import advance, outcome, resume, start
from sim.state import State

SEEN = ("needs_met_share", "worst_tenth")  # what is looked at, in the order of the last axis
METHOD: Method = "needs_formula"
ON = 0.5  # a mechanism is on from this value on
POINTS = 100.0


@dataclass(frozen=True)
class Screen:
    """What is run: the district of a scenario without its mechanisms, a sample of its communities, so many months."""

    scenario: str
    mechanisms: tuple[str, ...]
    communities: int = 60
    months: int = 36
    warm_up: int = 12
    seed: int = 20261122


def look(screen: Screen, points: Reals, *, replication: int = 0, executor: Executor | None = None,
         progress: Progress = silent) -> Reals:  # fmt: skip
    """What is seen at each point, in points of a hundred; axes of the answer (point, SEEN).

    Axes of ``points``: (point, mechanism), 0 where it is off and 1 where it is on at its defaults. Raises what a run raises.
    """
    found = []
    for seen in _seen(screen, points, replication, executor):
        found.append(seen)
        progress("simulate", len(found), len(points))
    return np.array(found).reshape(len(points), len(SEEN))


def _seen(screen: Screen, points: Reals, replication: int, executor: Executor | None) -> Iterator[tuple[float, ...]]:
    chosen = [tuple(name for name, value in zip(screen.mechanisms, point, strict=True) if value >= ON) for point in points.tolist()]  # fmt: skip
    if executor is None:
        yield from (look_once(screen, names, replication) for names in chosen)
        return
    jobs = [executor.submit(look_once, screen, names, replication) for names in chosen]
    yield from (job.result() for job in jobs)


def look_once(screen: Screen, chosen: tuple[str, ...], replication: int) -> tuple[float, ...]:
    """One run with the chosen mechanisms at their defaults.

    They act on the whole district, whose totals they set, and the sample gets its share of them.
    """
    whole = apply_mechanisms(_district(screen.scenario), {name: {} for name in chosen})
    place = sampled(whole, screen.communities)
    later = resume(_eve(screen, replication), place, policy="screened")
    run = outcome(advance(later, make_plan(place, method=METHOD), screen.months))
    return tuple(POINTS * METRICS[name].district(run) for name in SEEN)


@lru_cache(maxsize=1)
def _district(scenario: str) -> District:
    """The district without any mechanism, read once by each worker."""
    return load_scenario(scenario).model_copy(update={"mechanisms": {}}).district_value()


@lru_cache(maxsize=2)
def _eve(screen: Screen, replication: int) -> State:
    """The sample on the eve of the plan, after a warm-up under last year's money; all points of a luck share it."""
    base = sampled(_district(screen.scenario), screen.communities)
    last_year = status_quo(base)
    begins = base.first_year * MONTHS - screen.warm_up
    state = start(last_year, seed=screen.seed, replication=replication, month=begins, population=residents(base))
    return advance(state, make_plan(last_year, method="last_year"), screen.warm_up) if screen.warm_up else state
