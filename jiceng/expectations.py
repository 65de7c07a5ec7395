"""Scenario files as regression tests: what each expects, what was found, and whether it passed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from jiceng.planning import PlanReport, plan_for
from jiceng.progress import Progress
from jiceng.study import Policy, Study, futures_for, run_study
from results.compare import compare
from scenarios.district import District
from scenarios.loader import load_scenario
from scenarios.problems import Problem, ScenarioError
from scenarios.schema import Expectation, Scenario
from scenarios.text import Text
from sim.futures import NOMINAL
from sim.outcome import METRICS, Outcome

REDUCED_FUTURES = 4


@dataclass(frozen=True, kw_only=True)
class ExpectationResult:
    """One expectation of one file: found and expected in the metric's unit, and where it stands in the file."""

    scenario: str
    metric: str
    found: float
    expected: str
    tolerance: float
    passed: bool
    file: str
    line: int | None
    seconds: float
    message: Text


def check_scenarios(paths: Sequence[str], *, executor: Executor, reduced: bool,
                    progress: Progress) -> tuple[ExpectationResult, ...]:  # fmt: skip
    """Check every expectation of the files. Raises ``ScenarioError`` with the problems of all files."""
    scenarios = _load_all(paths)
    plans: dict[str, PlanReport] = {}
    results: list[ExpectationResult] = []
    for done, scenario in enumerate(scenarios):
        progress("test", done, len(scenarios))
        results += _check(scenario, plans, executor, reduced)
    progress("test", len(scenarios), len(scenarios))
    return tuple(results)


def _load_all(paths: Sequence[str]) -> list[Scenario]:
    """Scenarios of the files, folders searched in the order of names; problems of all files together."""
    files: list[str] = []
    for path in paths:
        folder = Path(path)
        files += [str(file) for file in sorted(folder.glob("*.yaml"))] if folder.is_dir() else [path]
    loaded: list[Scenario] = []
    problems: list[Problem] = []
    for file in files:
        try:
            loaded.append(load_scenario(file, metric_names={name: metric.unit for name, metric in METRICS.items()}))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return loaded


def _check(scenario: Scenario, plans: dict[str, PlanReport], executor: Executor,
           reduced: bool) -> list[ExpectationResult]:  # fmt: skip
    """All expectations of one scenario: values on its own money, directions at equal outlay."""
    results: list[ExpectationResult] = []
    own: Outcome | None = None
    rivals: dict[str, tuple[Outcome, ...]] = {}
    for number, item in enumerate(scenario.expect):
        began = perf_counter()
        if item.versus is None:
            own = own or _nominal(scenario, plans)
            results.append(_value_result(scenario, number, item, own, began))
        else:
            if item.versus not in rivals:
                rivals[item.versus] = _against(scenario, item.versus, plans, executor, reduced)
            results.append(_direction_result(scenario, number, item, rivals[item.versus], began))
    return results


def _planned(scenario: Scenario, plans: dict[str, PlanReport]) -> PlanReport:
    """The scenario's plan at its own money, made once."""
    if scenario.id not in plans:
        plans[scenario.id] = plan_for(scenario)
    return plans[scenario.id]


def _nominal(scenario: Scenario, plans: dict[str, PlanReport]) -> Outcome:
    """One run in the nominal future: enough for identities, which hold in every run."""
    report = _planned(scenario, plans)
    settings = scenario.simulation
    study = Study(base=_base(scenario), policies=(Policy(scenario.id, report.district, report.plan),),
                  futures=(NOMINAL,), replications=1, seed=settings.seed, months=settings.months,
                  warm_up=settings.warm_up)  # fmt: skip
    ran = run_study(study)
    if ran.failures:
        raise RuntimeError(ran.failures[0].reason)
    return ran.outcomes[0]


def _against(scenario: Scenario, versus: str, plans: dict[str, PlanReport], executor: Executor,
             reduced: bool) -> tuple[Outcome, ...]:  # fmt: skip
    """Paired runs of the scenario and the one it is held against, at equal outlay."""
    other = _planned(load_scenario(scenario.beside(versus)), plans)
    mine = plan_for(scenario, target_fen=other.outlay_fen)
    settings = scenario.simulation
    study = Study(
        base=_base(scenario),
        policies=tuple(Policy(r.scenario.id, r.district, r.plan) for r in (other, mine)),
        futures=futures_for(REDUCED_FUTURES if reduced else settings.futures, settings.seed),
        replications=1 if reduced else settings.replications, seed=settings.seed, months=settings.months,
        warm_up=settings.warm_up,
    )  # fmt: skip
    ran = run_study(study, executor=executor)
    if ran.failures:
        raise RuntimeError(ran.failures[0].reason)
    return ran.outcomes


def _base(scenario: Scenario) -> District:
    """The scenario's district without any mechanism."""
    return scenario.model_copy(update={"mechanisms": {}}).district_value()


def _value_result(scenario: Scenario, number: int, item: Expectation, found_in: Outcome,
                  began: float) -> ExpectationResult:  # fmt: skip
    """An expectation on a value: equal within the tolerance, or inside a range."""
    metric = METRICS[item.metric]
    found = metric.district(found_in)
    tolerance = item.in_unit(item.abs_tol, metric.unit)
    if item.equals is not None:
        expected = item.in_unit(item.equals, metric.unit)
        return _result(scenario, number, item, found, f"{expected:,.6g} {metric.unit}", tolerance,
                       abs(found - expected) <= tolerance + 1e-9, began)  # fmt: skip
    low = item.in_unit(item.at_least, metric.unit) if item.at_least is not None else float("-inf")
    high = item.in_unit(item.at_most, metric.unit) if item.at_most is not None else float("inf")
    return _result(scenario, number, item, found, f"{low:,.6g} .. {high:,.6g} {metric.unit}", 0.0,
                   low <= found <= high, began)  # fmt: skip


def _direction_result(scenario: Scenario, number: int, item: Expectation, outcomes: tuple[Outcome, ...],
                      began: float) -> ExpectationResult:  # fmt: skip
    """An expectation on a difference: its whole interval lies beyond the margin, on the side stated."""
    metric = METRICS[item.metric]
    margin = item.in_unit(item.margin, metric.unit)
    contrast = compare(outcomes, against=str(item.versus), confidence=item.confidence).contrasts[scenario.id][
        item.metric
    ]
    estimate = contrast.difference
    sign = 1.0 if item.direction == "higher" else -1.0
    near = min(sign * estimate.low, sign * estimate.high)
    expected = f"{item.direction} than {item.versus} by {margin:,.6g} {metric.unit} ({item.confidence:.0%})"
    return _result(scenario, number, item, estimate.mean, expected, margin, near >= margin, began)


def _result(scenario: Scenario, number: int, item: Expectation, found: float, expected: str, tolerance: float,
            passed: bool, began: float) -> ExpectationResult:  # fmt: skip
    file, _, line = scenario.origins.get(f"expect[{number}].metric", f"{scenario.id}.yaml:").rpartition(":")
    unit = METRICS[item.metric].unit
    return ExpectationResult(
        scenario=scenario.id, metric=item.metric, found=found, expected=expected, tolerance=tolerance, passed=passed,
        file=file, line=int(line) if line.isdigit() else None, seconds=round(perf_counter() - began, 3),
        message=Text(f"{item.metric}：得到 {found:,.6g} {unit}，预期 {expected}，容差 {tolerance:,.6g}",
                     f"{item.metric}: found {found:,.6g} {unit}; expected {expected}; tolerance {tolerance:,.6g}"),
    )  # fmt: skip
