"""What each long command answers: planning, simulating, comparing, and checking what scenario files expect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jiceng import pipeline
from jiceng.answer import Answer, Grid
from jiceng.answers import load_all
from jiceng.comparison_text import comparison_grid
from jiceng.exit_codes import ExitCode
from jiceng.expectation_runs import Scale
from jiceng.failure import of_status
from jiceng.junit import write_junit
from jiceng.pipeline import RunReport
from jiceng.plan_file import about, write_plan
from jiceng.plan_files.files import write_plan_files
from jiceng.plan_text import plan_says
from jiceng.progress import Progress, stage_name
from scenarios.text import Language, Text


def planned(reference: str, out: Path, *, version: int | None, progress: Progress) -> Answer:
    """A plan for one scenario, written as files; says how the search ended, its gap and what was decided."""
    report = pipeline.make_plan_for(load_all([reference])[0], version=version, progress=progress)
    plan = report.plan
    write_plan(plan, out)
    write_plan_files(plan, report.district, out)
    data = {
        "scenario": report.scenario.id,
        **about(plan),
        "outlay_fen": report.outlay_fen,
        "extra_posts": plan.posts.sum(axis=0).tolist(),
        "postings": len(plan.postings),
        "projects": len(plan.projects),
        "folder": str(out),
    }
    return Answer(data=data, says=plan_says(report, out), code=of_status(plan.status))


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a run is; None leaves a figure to the scenario, and the workers to the machine."""

    workers: int | None = None
    futures: int | None = None
    replications: int | None = None
    months: int | None = None
    seed: int | None = None


def ran(references: Sequence[str], out: Path, size: Size, *, against: str | None, progress: Progress,
        given: Mapping[Path, str] | None = None) -> Answer:  # fmt: skip
    """Plans, simulates and compares the scenarios, beside plans from files, and writes the page."""
    scenarios = load_all(references)
    return _run_answer(
        pipeline.run(scenarios, against=against, out=out, given=given, progress=progress, **asdict(size))
    )


def simulated(reference: str, out: Path, size: Size, *, progress: Progress,
              given: Mapping[Path, str] | None = None) -> Answer:  # fmt: skip
    """Plans and simulates one scenario by itself, beside plans from files."""
    scenario = load_all([reference])[0]
    return _run_answer(pipeline.simulate(scenario, out=out, given=given, progress=progress, **asdict(size)))


def traced(reference: str, code: str, size: Size, *, progress: Progress) -> Answer:
    """One community's months in words."""
    scenario = load_all([reference])[0]
    told = pipeline.trace(scenario, code, months=size.months, seed=size.seed, progress=progress)
    return Answer(data={"scenario": scenario.id, "community": code, "months": told}, says=told)


def tested(paths: Sequence[str], *, workers: int | None, scale: Scale, junit: Path | None, language: Language,
           progress: Progress) -> Answer:  # fmt: skip
    """Whether every expectation of the files is met; writes JUnit XML when asked."""
    results = pipeline.test_scenarios(paths, workers=workers, scale=scale, progress=progress)
    if junit is not None:
        write_junit(results, junit, language)
    failed = [result for result in results if not result.passed]
    rows = [{"scenario": item.scenario, "metric": item.metric, "found": item.found, "expected": item.expected,
             "tolerance": item.tolerance, "passed": item.passed, "file": item.file, "line": item.line,
             "seconds": item.seconds, "message": item.message} for item in results]  # fmt: skip
    lines = tuple(_placed(item.file, item.line, item.message) for item in failed)
    passed = len(results) - len(failed)
    some = scale.communities
    part = (
        Text(f"方案之间的比较用至多 {some} 个社区的样本。", f" Directions on at most {some} communities.")
        if some
        else Text("", "")
    )
    total = Text(f"预期 {len(results)} 条：符合 {passed} 条，不符 {len(failed)} 条。{part.zh}",
                 f"{len(results)} expectations: {passed} met, {len(failed)} not.{part.en}")  # fmt: skip
    data = {"passed": passed, "failed": len(failed), "communities": scale.communities, "results": rows, "junit": junit}
    code = ExitCode.EXPECTATION_FAILED if failed else ExitCode.DONE
    return Answer(data=data, says=(*lines, total), code=code)


def _placed(file: str, line: int | None, message: Text) -> Text:
    place = file if line is None else f"{file}:{line}"
    return Text(f"{place}：{message.zh}", f"{place}: {message.en}")


def _run_answer(report: RunReport) -> Answer:
    """The answer of a run: what it found, where it is, what is incomplete, how long it took."""
    data = {
        "folder": str(report.folder),
        "page": str(report.page) if report.page else None,
        "manifest": report.manifest,
        "incomplete": [item._asdict() for item in report.incomplete],
        "seconds": dict(report.timings),
    }
    seconds = sum(report.timings.values())
    says: list[Text | Grid] = [comparison_grid(report.comparison)] if report.comparison else []
    says += [Text(f"未完成：{item.zh}", f"Incomplete: {item.en}") for item in report.incomplete]
    spent = [(stage_name(stage), f"{part:.0f}") for stage, part in report.timings.items()]
    where = Text(
        "、".join(f"{name.zh} {part}" for name, part in spent), ", ".join(f"{name.en} {part}" for name, part in spent)
    )
    says.append(Text(f"用时 {seconds:.0f} 秒（{where.zh}），结果在 {report.folder}",
                     f"{seconds:.0f} s ({where.en}); results in {report.folder}"))  # fmt: skip
    if report.page:
        says.append(Text(f"打开页面：{report.page}", f"Open the page: {report.page}"))
    code = ExitCode.INCOMPLETE if report.incomplete else ExitCode.DONE
    return Answer(data=data, says=tuple(says), code=code)
