"""What a run leaves behind: tables, resolved scenarios, a page, and a manifest that says how far it got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from pathlib import Path
from time import perf_counter
from typing import Any

from jiceng.inputs import input_bytes
from jiceng.planning import PlanReport
from jiceng.study import Study, StudyReport
from optimize import Status
from results.certificate import birth_certificate, finite
from results.compare import Comparison
from results.page import page_html
from results.report import page_report
from results.store import outcome_tables, plan_tables, write_run
from scenarios.loader import dump_yaml
from scenarios.text import Text
from sim.outcome import Outcome

PAGE = "page.html"
SETTLED = (Status.OPTIMAL, Status.RULE, Status.GIVEN)  # nothing is left to search


@dataclass
class Clock:
    """Seconds spent per stage, in order."""

    seconds: dict[str, float] = field(default_factory=dict)
    since: float = field(default_factory=perf_counter)

    def lap(self, stage: str) -> None:
        """Book the time since the last lap to a stage."""
        now = perf_counter()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self.since, 3)
        self.since = now


@dataclass(frozen=True, kw_only=True, eq=False)
class RunReport:
    """A stored run: its folder, manifest, page and comparison, seconds per stage, and what is incomplete."""

    folder: Path
    manifest: dict[str, Any]
    page: Path | None
    comparison: Comparison | None
    study: StudyReport[Outcome]
    plans: tuple[PlanReport, ...]
    timings: dict[str, float]
    incomplete: tuple[Text, ...]


def stored(out: Path, *, study: Study, plans: Sequence[PlanReport], ran: StudyReport[Outcome], comparison: Comparison | None,
           started: datetime, clock: Clock) -> RunReport:  # fmt: skip
    """Write the run folder whole or not at all. Raises ``StorageError``."""
    incomplete = unfinished(plans, ran)
    named = {report.scenario.id: report.plan for report in plans}
    scenarios = [report.scenario for report in plans]
    manifest = birth_certificate(
        inputs=input_bytes(scenarios, [report.file for report in plans if report.file]), plans=named, seed=study.seed, futures=len(study.futures),
        replications=study.replications, started=started, runs_planned=len(study.tasks),
        runs_done=len(study.tasks) - len(ran.failures), more=_more(study, plans, incomplete),
    )  # fmt: skip
    texts = {f"resolved/{one.id}.yaml": dump_yaml(one.resolved()) for one in scenarios}
    if comparison:
        report = page_report(plans[0].district, scenarios, named, ran.outcomes, comparison, manifest, name=out.name)
        texts[PAGE] = page_html(report)
    clock.lap("page")
    manifest = write_run(out, tables={**outcome_tables(ran.outcomes), **plan_tables(named)}, texts=texts,
                         manifest=manifest)  # fmt: skip
    clock.lap("store")
    return RunReport(
        folder=out, manifest=manifest, page=out / PAGE if PAGE in texts else None, comparison=comparison, study=ran,
        plans=tuple(plans), timings=clock.seconds, incomplete=incomplete,
    )  # fmt: skip


def unfinished(plans: Sequence[PlanReport], ran: StudyReport[Outcome]) -> tuple[Text, ...]:
    """What is not done: plans stopped before their gap was reached, and tasks that failed."""
    stopped = [report for report in plans if report.plan.status not in SETTLED]
    of_plans = [Text(f"方案 {r.scenario.id} 的规划未证明最优：差距 {_gap(r).zh}，要求 {r.scenario.plan.gap:.1%}",
                     f"the plan of {r.scenario.id} is not proven: gap {_gap(r).en}, asked {r.scenario.plan.gap:.1%}")
                for r in stopped]  # fmt: skip
    of_tasks = [Text(f"情景 {f.future} 第 {f.replication} 次重复失败：{f.reason}",
                     f"future {f.future}, replication {f.replication} failed: {f.reason}") for f in ran.failures]  # fmt: skip
    return (*of_plans, *of_tasks)


def _gap(report: PlanReport) -> Text:
    known = f"{report.plan.gap:.1%}"
    return Text(known, known) if isfinite(report.plan.gap) else Text("未知", "unknown")


def _more(study: Study, plans: Sequence[PlanReport], incomplete: Sequence[Text]) -> dict[str, Any]:
    """Manifest fields of a run beside the certificate's: the worst plan's status and gap stand for all."""
    worst = max(plans, key=lambda report: (not report.plan.proven, report.plan.gap)).plan
    return {
        "status": str(worst.status),
        "gap": finite(worst.gap),
        "against": plans[0].scenario.id,
        "months": study.months,
        "warm_up": study.warm_up,
        "district": study.base.code,
        "district_version": study.base.version,
        "synthetic": study.base.synthetic,
        "incomplete": [item.en for item in incomplete],
        "outlay_fen": {report.scenario.id: report.outlay_fen for report in plans},
    }
