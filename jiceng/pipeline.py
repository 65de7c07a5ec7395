"""The whole system on one page: load, plan, simulate, compare, write.

scenario file -> Scenario -> District -> Plan -> Outcome -> Comparison -> run folder and page. Every door (command
line, Python, CI) calls these functions; nothing is computed elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from jiceng.expectations import ExpectationResult, check_scenarios
from jiceng.inputs import input_bytes
from jiceng.planning import PlanReport, plan_for, plans_at_equal_outlay
from jiceng.study import Policy, Progress, Study, StudyReport, futures_for, run_study, workers_pool
from optimize import Limits
from results.certificate import birth_certificate
from results.compare import Comparison, compare
from results.groupings import groupings
from results.page import page_html
from results.report import page_report
from results.store import outcome_tables, plan_tables, write_run
from scenarios.loader import dump_yaml, load_scenario
from scenarios.schema import Scenario

__all__ = ["ExpectationResult", "PlanReport", "RunReport", "load_scenario", "make_plan_for", "run", "simulate",
           "test_scenarios"]  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class RunReport:
    """What a run left behind: its folder, manifest, page and comparison, seconds per stage, and what is incomplete."""

    folder: Path
    manifest: dict[str, Any]
    page: Path | None
    comparison: Comparison | None
    study: StudyReport
    plans: Mapping[str, PlanReport]
    timings: dict[str, float]
    incomplete: tuple[str, ...]


@dataclass
class Clock:
    """Seconds spent per stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    since: float = field(default_factory=perf_counter)

    def lap(self, stage: str) -> None:
        """Book the time since the last lap to a stage."""
        now = perf_counter()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self.since, 3)
        self.since = now


def make_plan_for(scenario: Scenario, *, version: int | None = None, progress: Progress | None = None) -> PlanReport:
    """A scenario's plan at its own money. Raises ``ScenarioError`` or ``PlanError``."""
    if progress:
        progress("plan", 0, 1)
    report = plan_for(scenario, version=version)
    if progress:
        progress("plan", 1, 1)
    return report


def simulate(scenario: Scenario, *, out: Path, workers: int | None = None, futures: int | None = None,
             replications: int | None = None, months: int | None = None, seed: int | None = None,
             progress: Progress | None = None) -> RunReport:  # fmt: skip
    """Plan and simulate one scenario and store the run; no page."""
    return run([scenario], against=None, out=out, workers=workers, futures=futures, replications=replications,
               months=months, seed=seed, progress=progress, page=False)  # fmt: skip


def run(scenarios: Sequence[Scenario], *, against: str | None, out: Path, workers: int | None = None,
        futures: int | None = None, replications: int | None = None, months: int | None = None, seed: int | None = None,
        version: int | None = None, progress: Progress | None = None, page: bool = True) -> RunReport:  # fmt: skip
    """Plan all scenarios at the baseline's outlay, simulate them in the same futures, compare, and write the folder.

    ``against`` names the baseline (the first scenario by default); sizes come from the baseline unless given.
    """
    started, clock = datetime.now(UTC), Clock()
    first, others = _baseline(scenarios, against)
    settings = first.simulation
    count, repeats = futures or settings.futures, replications or settings.replications
    root = settings.seed if seed is None else seed
    with workers_pool(workers or os.cpu_count() or 1) as executor:
        plans = _plans(first, others, version, executor, progress)
        clock.lap("plan")
        study = Study(
            base=first.model_copy(update={"mechanisms": {}}).district_value(version),
            policies=tuple(_policy(report) for report in plans.values()),
            futures=futures_for(count, root), replications=repeats, seed=root,
            months=months or settings.months, warm_up=settings.warm_up,
        )  # fmt: skip
        ran = run_study(study, executor=executor, progress=progress)
    clock.lap("simulate")
    comparison = _compared(ran, study, plans, first.id)
    clock.lap("compare")
    incomplete = tuple(f"future {f.future}, replication {f.replication}: {f.reason}" for f in ran.failures)
    manifest = birth_certificate(
        inputs=input_bytes([first, *others]), plans={name: report.plan for name, report in plans.items()}, seed=root,
        futures=count, replications=repeats, started=started, runs_planned=len(study.tasks),
        runs_done=len(study.tasks) - len(ran.failures), more=_more(first, plans, study, incomplete),
    )  # fmt: skip
    texts = {f"resolved/{name}.yaml": dump_yaml(report.scenario.resolved()) for name, report in plans.items()}
    if page and comparison:
        told = page_report(plans[first.id].district, [report.scenario for report in plans.values()],
                           {name: report.plan for name, report in plans.items()}, ran.outcomes, comparison, manifest,
                           name=out.name)  # fmt: skip
        texts["page.html"] = page_html(told)
    clock.lap("page")
    tables = {**outcome_tables(ran.outcomes), **plan_tables({name: report.plan for name, report in plans.items()})}
    manifest = write_run(out, tables=tables, texts=texts, manifest=manifest)
    clock.lap("store")
    return RunReport(folder=out, manifest=manifest, page=out / "page.html" if "page.html" in texts else None,
                     comparison=comparison, study=ran, plans=plans, timings=clock.seconds, incomplete=incomplete)  # fmt: skip


def test_scenarios(paths: Sequence[str], *, workers: int | None = None, reduced: bool = False,
                   progress: Progress | None = None) -> tuple[ExpectationResult, ...]:  # fmt: skip
    """Check the ``expect:`` block of every file (folders are searched). Raises ``ScenarioError`` on a bad file."""
    with workers_pool(workers or os.cpu_count() or 1) as executor:
        return check_scenarios(paths, executor=executor, reduced=reduced, progress=progress)


test_scenarios.__test__ = False  # type: ignore[attr-defined]  # a verb of ours, not a test of pytest's


def _baseline(scenarios: Sequence[Scenario], against: str | None) -> tuple[Scenario, tuple[Scenario, ...]]:
    """The baseline and the others, in the order given."""
    named = {scenario.id: scenario for scenario in scenarios}
    if against is not None and against not in named:
        named = {against: load_scenario(against), **named}
    first = named[against] if against is not None else scenarios[0]
    return first, tuple(scenario for name, scenario in named.items() if name != first.id)


def _plans(first: Scenario, others: tuple[Scenario, ...], version: int | None, executor: Any,
           progress: Progress | None) -> dict[str, PlanReport]:  # fmt: skip
    if progress:
        progress("plan", 0, 1 + len(others))
    base = plan_for(first, version=version)
    reports = (base, *plans_at_equal_outlay(others, base, version=version, executor=executor))
    if progress:
        progress("plan", len(reports), len(reports))
    return {report.scenario.id: report for report in reports}


def _policy(report: PlanReport) -> Policy:
    scenario = report.scenario
    limits = Limits(time_limit_s=scenario.plan.time_limit_s, gap=scenario.plan.gap)
    return Policy(scenario.id, report.district, report.plan, replan=scenario.simulation.replan == "yearly",
                  goals=scenario.goals, limits=limits)  # fmt: skip


def _compared(ran: StudyReport, study: Study, plans: Mapping[str, PlanReport], against: str) -> Comparison | None:
    """The comparison over the tasks that were done; none when there is only one policy or nothing was done."""
    if len(plans) < 2 or not ran.outcomes:
        return None
    return compare(ran.outcomes, against=against, groups=groupings(study.base))


def _more(
    first: Scenario, plans: Mapping[str, PlanReport], study: Study, incomplete: tuple[str, ...]
) -> dict[str, Any]:
    """Manifest fields of a run beside the certificate's."""
    worst = max(plans.values(), key=lambda report: (not report.plan.proven, report.plan.gap))
    return {
        "status": str(worst.plan.status), "gap": worst.plan.gap, "against": first.id, "months": study.months,
        "warm_up": study.warm_up, "district": study.base.code, "district_version": study.base.version,
        "synthetic": study.base.synthetic, "incomplete": list(incomplete),
        "outlay_fen": {name: report.outlay_fen for name, report in plans.items()},
    }  # fmt: skip
