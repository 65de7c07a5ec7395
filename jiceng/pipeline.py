"""The whole system on one page: load, plan, simulate, compare, write.

scenario file -> Scenario -> District -> Plan -> Outcome -> Comparison -> run folder and page. Every door (command
line, Python, CI) calls these functions; nothing is computed elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from datetime import UTC, datetime
from pathlib import Path

from jiceng.comparable import incomparable
from jiceng.expectation_runs import USUAL, Scale
from jiceng.expectations import ExpectationResult, check_scenarios
from jiceng.plan_given import given_reports
from jiceng.planning import PlanReport, asked_of, plan_for, plans_at_equal_outlay
from jiceng.progress import Progress, silent
from jiceng.record import Clock, RunReport, stored
from jiceng.study import Policy, Study, futures_for, run_study, workers_pool
from jiceng.trace import trace
from optimize import Limits
from results.compare import compare
from results.groupings import groupings
from results.store import refuse_foreign
from scenarios.loader import load_scenario
from scenarios.problems import ScenarioError
from scenarios.schema import Scenario

__all__ = ["ExpectationResult", "PlanReport", "RunReport", "load_scenario", "make_plan_for", "run", "simulate",
           "test_scenarios", "trace"]  # fmt: skip


def make_plan_for(scenario: Scenario, *, version: int | None = None, progress: Progress | None = None) -> PlanReport:
    """A scenario's plan at its own money. Raises ``ScenarioError`` or ``PlanError``."""
    tell = progress or silent
    tell("plan", 0, 1)
    report = plan_for(scenario, version=version)
    tell("plan", 1, 1)
    return report


def simulate(scenario: Scenario, *, out: Path, workers: int | None = None, futures: int | None = None,
             replications: int | None = None, months: int | None = None, seed: int | None = None,
             given: Mapping[Path, str] | None = None, progress: Progress | None = None) -> RunReport:  # fmt: skip
    """Plan and simulate one scenario by itself, beside plans from files if any are given, and store the run."""
    return run([scenario], against=scenario.id, out=out, workers=workers, futures=futures, replications=replications,
               months=months, seed=seed, given=given, progress=progress)  # fmt: skip


def run(scenarios: Sequence[Scenario], *, against: str | None, out: Path, workers: int | None = None,
        futures: int | None = None, replications: int | None = None, months: int | None = None, seed: int | None = None,
        version: int | None = None, given: Mapping[Path, str] | None = None,
        progress: Progress | None = None) -> RunReport:  # fmt: skip
    """Plan all scenarios at the baseline's outlay, simulate them in the same futures, compare, and write the folder.

    ``given`` are plans in files with the scenarios they are for: they stand beside the others, at their own outlay.
    ``against`` names the baseline (see ``with_baseline``). Sizes come from the baseline's file unless given; ``version``
    draws the synthetic part of the district anew. Raises ``ScenarioError``, ``PlanError`` or ``FundScaleError``.
    """
    refuse_foreign(out)
    started, clock, tell = datetime.now(UTC), Clock(), progress or silent
    first, others = with_baseline(scenarios, against)
    from_files = _from_files((first, *others), given or {}, version)
    settings = first.simulation
    root = settings.seed if seed is None else seed
    with workers_pool(workers or os.cpu_count() or 1) as executor:
        plans = (*_plans(first, others, version, executor, tell), *from_files)
        clock.lap("plan")
        study = Study(
            base=first.model_copy(update={"mechanisms": {}}).district_value(version),
            policies=tuple(_policy(report) for report in plans),
            futures=futures_for(futures or settings.futures, root),
            replications=replications or settings.replications,
            seed=root,
            months=months or settings.months,
            warm_up=settings.warm_up,
        )
        ran = run_study(study, executor=executor, progress=tell)
        clock.lap("simulate")
    comparison = compare(ran.outcomes, against=first.id, groups=groupings(study.base)) if ran.outcomes else None
    clock.lap("compare")
    return stored(out, study=study, plans=plans, ran=ran, comparison=comparison, started=started, clock=clock)


def test_scenarios(paths: Sequence[str], *, workers: int | None = None, scale: Scale = USUAL,
                   progress: Progress | None = None) -> tuple[ExpectationResult, ...]:  # fmt: skip
    """Check the ``expect:`` block of every file (folders are searched). Raises ``ScenarioError`` on a bad file.

    Directions are checked on a sample of communities unless the scale is full.
    """
    with workers_pool(workers or os.cpu_count() or 1) as executor:
        return check_scenarios(paths, executor=executor, scale=scale, progress=progress)


test_scenarios.__test__ = False  # type: ignore[attr-defined]  # a verb of ours, not a test of pytest's


def with_baseline(scenarios: Sequence[Scenario], against: str | None) -> tuple[Scenario, tuple[Scenario, ...]]:
    """The baseline and the others, in the order given.

    ``against`` is the name of one of the scenarios, a file, or a shipped name; left out, a single scenario stands beside
    its parent if the two can be compared. Raises ``ScenarioError`` for scenarios that cannot.
    """
    if against is None:
        first = (_comparable_parent(scenarios[0]) if len(scenarios) == 1 else None) or scenarios[0]
    else:
        named = next((one for one in scenarios if one.id == against), None) or load_scenario(against)
        first = next((one for one in scenarios if _same_file(one, named)), named)
    others = list(scenarios)
    if first in others:
        others.remove(first)  # once: a scenario named twice is refused
    if problems := incomparable((first, *others)):
        raise ScenarioError(problems)
    return first, tuple(others)


def _comparable_parent(scenario: Scenario) -> Scenario | None:
    parent = load_scenario(scenario.beside(scenario.extends)) if scenario.extends else None
    return None if parent is None or incomparable((parent, scenario)) else parent


def _same_file(one: Scenario, other: Scenario) -> bool:
    return Path(one.file).resolve() == Path(other.file).resolve()


def _plans(first: Scenario, others: tuple[Scenario, ...], version: int | None, executor: Executor,
           tell: Progress) -> tuple[PlanReport, ...]:  # fmt: skip
    """The baseline's plan, then the others' at its outlay, side by side."""
    tell("plan", 0, 1 + len(others))
    base = plan_for(first, version=version)
    tell("plan", 1, 1 + len(others))
    reports = plans_at_equal_outlay(others, base, version=version, executor=executor)
    tell("plan", 1 + len(others), 1 + len(others))
    return (base, *reports)


def _from_files(
    scenarios: tuple[Scenario, ...], given: Mapping[Path, str], version: int | None
) -> tuple[PlanReport, ...]:
    """The plans in files, if each has a name of its own and can stand beside the scenarios."""
    reports = given_reports(given, version=version)
    if problems := incomparable((*scenarios, *(report.scenario for report in reports))):
        raise ScenarioError(problems)
    return reports


def _policy(report: PlanReport) -> Policy:
    scenario = report.scenario
    limits = Limits(time_limit_s=scenario.plan.time_limit_s, gap=scenario.plan.gap)
    return Policy(scenario.id, report.district, report.plan, replan=scenario.simulation.replan == "yearly",
                  asked=asked_of(scenario), limits=limits)  # fmt: skip
