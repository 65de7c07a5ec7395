"""Scenario files as regression tests: what each expects, what was found, and whether it passed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from jiceng.comparable import incomparable
from jiceng.expectation_runs import USUAL, Runs, Scale, labels, runs_for
from jiceng.progress import Progress, silent
from results.compare import compare
from scenarios.loader import load_scenario
from scenarios.problems import Problem, ScenarioError, same
from scenarios.schema import Expectation, Scenario
from scenarios.text import Text
from sim.outcome import METRICS, Outcome


@dataclass(frozen=True, kw_only=True)
class ExpectationResult:
    """One expectation of one file: found and expected in the metric's unit, and where it stands in the file."""

    scenario: str
    metric: str
    found: float
    expected: Text
    tolerance: float
    passed: bool
    file: str
    line: int | None
    seconds: float
    message: Text


def check_scenarios(paths: Sequence[str], *, executor: Executor, scale: Scale = USUAL,
                    progress: Progress | None = None) -> tuple[ExpectationResult, ...]:  # fmt: skip
    """Check every expectation of the files. Raises ``ScenarioError`` with the problems of all files.

    Values are checked on the whole district and the scenario's own money, directions at equal outlay and the scale given.
    """
    began = perf_counter()
    scenarios = _load_all(paths)
    runs = runs_for(scenarios, executor=executor, scale=scale, progress=progress or silent)
    count = max(sum(len(one.expect) for one in scenarios), 1)
    each = round((perf_counter() - began) / count, 3)
    return tuple(_result_of(scenario, number, item, runs, each)
                 for scenario in scenarios for number, item in enumerate(scenario.expect))  # fmt: skip


def _load_all(paths: Sequence[str]) -> list[Scenario]:
    """Scenarios of the files, folders searched in the order of names; problems of all files together."""
    loaded: list[Scenario] = []
    problems: list[Problem] = []
    for file in [file for path in paths for file in _files(path)]:
        try:
            scenario = load_scenario(file, metric_names={name: metric.unit for name, metric in METRICS.items()})
            problems += _beyond_compare(scenario)
            loaded.append(scenario)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return loaded


def _files(path: str) -> list[str]:
    """The scenario files of a folder, or the file or name itself. Raises ``ScenarioError`` for a folder without any."""
    if not Path(path).is_dir():
        return [path]
    files = sorted(str(file) for file in Path(path).glob("*.yaml"))
    if not files:
        found = Text("没有方案文件的文件夹", "a folder without scenario files")
        expected = Text("至少一个 .yaml 文件", "at least one file that ends in .yaml")
        mend = Text("检查路径；方案文件以 .yaml 结尾", "check the path; scenario files end in .yaml")
        raise ScenarioError([Problem(path, None, "", found, expected, mend)])
    return files


def _beyond_compare(scenario: Scenario) -> list[Problem]:
    """What keeps a scenario from being compared with those that its expectations name."""
    rivals = dict.fromkeys(item.versus for item in scenario.expect if item.versus is not None)
    return [problem for name in rivals for problem in incomparable((load_scenario(scenario.beside(name)), scenario))]


def _result_of(scenario: Scenario, number: int, item: Expectation, runs: Runs, seconds: float) -> ExpectationResult:
    if item.versus is None:
        return _value_result(scenario, number, item, runs.nominal[scenario.file], seconds)
    key = scenario.file, load_scenario(scenario.beside(item.versus)).file
    return _direction_result(scenario, number, item, runs.paired[key], labels(key), runs.shares[key], seconds)


def _value_result(scenario: Scenario, number: int, item: Expectation, found_in: Outcome,
                  seconds: float) -> ExpectationResult:  # fmt: skip
    """An expectation on a value: equal within the tolerance, or inside a range."""
    metric = METRICS[item.metric]
    found = metric.district(found_in)
    tolerance = item.in_unit(item.abs_tol, metric.unit)
    if item.equals is not None:
        expected = item.in_unit(item.equals, metric.unit)
        return _result(scenario, number, item, found, same(f"{expected:,.6g} {metric.unit}"), tolerance,
                       abs(found - expected) <= tolerance + 1e-9, seconds)  # fmt: skip
    low = item.in_unit(item.at_least, metric.unit) if item.at_least is not None else -math.inf
    high = item.in_unit(item.at_most, metric.unit) if item.at_most is not None else math.inf
    return _result(scenario, number, item, found, _range(low, high, metric.unit), 0.0, low <= found <= high, seconds)


def _range(low: float, high: float, unit: str) -> Text:
    """A range in words.

    >>> _range(-math.inf, 3, "months").en, _range(1, 3, "months").en
    ('at most 3 months', '1 to 3 months')
    """
    if math.isinf(low):
        return Text(f"至多 {high:,.6g} {unit}", f"at most {high:,.6g} {unit}")
    if math.isinf(high):
        return Text(f"至少 {low:,.6g} {unit}", f"at least {low:,.6g} {unit}")
    return Text(f"{low:,.6g} 到 {high:,.6g} {unit}", f"{low:,.6g} to {high:,.6g} {unit}")


def _direction_result(scenario: Scenario, number: int, item: Expectation, outcomes: tuple[Outcome, ...],
                      policies: tuple[str, str], share: float, seconds: float) -> ExpectationResult:  # fmt: skip
    """An expectation on a difference: its whole interval lies on the side stated, at least the margin away from 0.

    A total over a sample, the ``share`` of communities that were run, is enlarged to the whole district.
    """
    metric = METRICS[item.metric]
    margin = item.in_unit(item.margin, metric.unit)
    other = scenario.beside(str(item.versus)).stem
    mine, rival = policies
    compared = compare(outcomes, against=rival, confidence=item.confidence)
    estimate = compared.contrasts[mine][item.metric].difference
    sign = 1.0 if item.direction == "higher" else -1.0
    whole = 1.0 / share if metric.unit.endswith("/year") else 1.0
    near = whole * min(sign * estimate.low, sign * estimate.high)
    amount = f"{margin:,.6g} {metric.unit}"
    way = "高" if item.direction == "higher" else "低"
    expected = Text(f"比 {other} {way}，至少差 {amount}（置信度 {item.confidence:.0%}）",
                    f"{item.direction} than {other} by at least {amount} ({item.confidence:.0%})")  # fmt: skip
    return _result(
        scenario, number, item, whole * estimate.mean, expected, margin, near > 0 and near >= margin, seconds
    )


def _result(scenario: Scenario, number: int, item: Expectation, found: float, expected: Text, tolerance: float,
            passed: bool, seconds: float) -> ExpectationResult:  # fmt: skip
    file, line = scenario.place(f"expect[{number}].metric")
    unit = METRICS[item.metric].unit
    return ExpectationResult(
        scenario=scenario.id, metric=item.metric, found=found, expected=expected, tolerance=tolerance, passed=passed,
        file=file, line=line, seconds=seconds,
        message=Text(f"{item.metric}：得到 {found:,.6g} {unit}，预期 {expected.zh}，容差 {tolerance:,.6g}",
                     f"{item.metric}: found {found:,.6g} {unit}; expected {expected.en}; tolerance {tolerance:,.6g}"),
    )  # fmt: skip
