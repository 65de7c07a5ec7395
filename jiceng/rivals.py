"""The plan against rules of thumb at the same money, in the simulation, on several synthetic versions of a district."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from jiceng.planning import plan_for
from jiceng.progress import Progress, silent
from jiceng.study import Policy, Study, futures_for, run_study
from optimize.rules_of_thumb import RULES
from results.compare import Contrast, compare
from scenarios.schema import Scenario

OPTIMAL, SIMPLE = "optimal", "equal_split"


@dataclass(frozen=True)
class Duel:
    """The plan less one rule of thumb on one version of the district, metric by metric."""

    version: int
    rule: str
    contrasts: dict[str, Contrast]


def plan_against_rules(scenario: Scenario, *, versions: Sequence[int], metrics: Sequence[str], futures: int,
                       replications: int, beside: Sequence[Scenario] = (), executor: Executor | None = None,
                       progress: Progress = silent) -> tuple[Duel, ...]:  # fmt: skip
    """Plan the scenario by search and by every rule at the plan's own outlay, simulate all, and compare pair by pair.

    ``beside``: other scenarios as rivals, whose money follows a rule of their own and is spent by the simple order of the
    rules of thumb. Each version draws the synthetic part of the district anew; the futures are the same for all.
    """
    duels: list[Duel] = []
    for done, version in enumerate(versions):
        progress("test", done, len(versions))
        study = _study(scenario, version, futures, replications, beside)
        ran = run_study(study, executor=executor)
        if ran.failures:
            raise RuntimeError(ran.failures[0].reason)
        for rule in (*RULES, *(other.id for other in beside)):
            contrasts = compare(ran.outcomes, against=rule).contrasts[OPTIMAL]
            duels.append(Duel(version, rule, {name: contrasts[name] for name in metrics}))
    progress("test", len(versions), len(versions))
    return tuple(duels)


def _study(scenario: Scenario, version: int, futures: int, replications: int, beside: Sequence[Scenario]) -> Study:
    """One version of the district with a policy for every way to plan."""
    best = plan_for(_by(scenario, OPTIMAL), version=version)
    rivals = [plan_for(_by(scenario, rule), version=version, target_fen=best.outlay_fen) for rule in RULES]
    left = [plan_for(_by(other, SIMPLE), version=version, target_fen=best.outlay_fen) for other in beside]
    settings = scenario.simulation
    return Study(
        base=scenario.model_copy(update={"mechanisms": {}}).district_value(version),
        policies=(*(Policy(r.plan.method, r.district, r.plan) for r in (best, *rivals)),
                  *(Policy(r.scenario.id, r.district, r.plan) for r in left)),
        futures=futures_for(futures, settings.seed), replications=replications, seed=settings.seed,
        months=settings.months, warm_up=settings.warm_up,
    )  # fmt: skip


def _by(scenario: Scenario, method: str) -> Scenario:
    """The scenario planned by another method."""
    return scenario.model_copy(update={"plan": scenario.plan.model_copy(update={"method": method})})
