"""Plans from files as policies of a run: each stands beside the others under its own name, at its own money."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jiceng.answers import load_all
from jiceng.plan_checking import Broken, checked
from jiceng.plan_files.files import read_plan
from jiceng.planning import PlanReport, asked_of, mean_outlay_fen
from scenarios.problems import Problem, ScenarioError
from scenarios.schema import Scenario
from scenarios.text import Text


def given_reports(named: Mapping[Path, str], *, version: int | None) -> tuple[PlanReport, ...]:
    """The plans of files, each with the name of its scenario; a plan is called after its file.

    Raises ``ScenarioError`` with the mistakes of all files, and with every rule that a plan breaks.
    """
    reports: list[PlanReport] = []
    problems: list[Problem] = []
    for file, reference in named.items():
        try:
            reports.append(given_report(load_all([reference])[0], file, version=version))
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return tuple(reports)


def given_report(scenario: Scenario, file: Path, *, version: int | None) -> PlanReport:
    """One plan from a file, in the district of its scenario. Raises ``ScenarioError``."""
    district = scenario.district_value(version)
    given = read_plan(file, district)
    plan, broken = checked(district, given, asked_of(scenario)["requirements"])
    if broken:
        raise ScenarioError([_problem(item) for item in broken])
    return PlanReport(_called_after(scenario, file), district, plan, mean_outlay_fen(district, plan), file=file)


def _called_after(scenario: Scenario, file: Path) -> Scenario:
    """The scenario under the file's name; what is simulated is the plan as written, never planned anew."""
    name = Text(f"{scenario.name.zh}（{file.name}）", f"{scenario.name.en} ({file.name})")
    simulation = scenario.simulation.model_copy(update={"replan": "never"})
    return scenario.model_copy(update={"id": file.stem, "name": name, "simulation": simulation})


def _problem(item: Broken) -> Problem:
    return Problem(item.place.file, item.place.line, f"{item.rule} {item.where}".strip(), item.says,
                   Text("符合全部规则的规划", "a plan that keeps every rule"),
                   Text("改正后用 jiceng plan check 核对", "mend it, and check it with jiceng plan check"))  # fmt: skip
