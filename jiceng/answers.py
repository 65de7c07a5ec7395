"""What each quick command answers: it asks the scenarios, and computes nothing itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from jiceng.answer import Answer, Grid
from scenarios.loader import load_scenario
from scenarios.problems import Problem, ScenarioError
from scenarios.schema import Scenario
from scenarios.show import DEFAULT, diff, flat, json_schema
from scenarios.text import Text
from sim.outcome import METRICS

METRIC_UNITS = {name: metric.unit for name, metric in METRICS.items()}


def load_all(references: Sequence[str]) -> tuple[Scenario, ...]:
    """The scenarios of files or shipped names; raises :class:`ScenarioError` with the mistakes of all files at once."""
    loaded: list[Scenario] = []
    problems: list[Problem] = []
    for reference in references:
        try:
            loaded.append(load_scenario(reference, metric_names=METRIC_UNITS))
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return tuple(loaded)


def validated(references: Sequence[str]) -> Answer:
    """Whether the files and the tables they name are sound; doubts about the tables are told too."""
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    notices: list[Text] = []
    for scenario in load_all(references):
        try:
            district = scenario.district_value(notices=notices)
        except ScenarioError as error:
            problems.extend(error.problems)
            continue
        rows.append({"scenario": scenario.id, "name": scenario.name, "district": district.code,
                     "communities": len(district.communities), "mechanisms": list(scenario.mechanisms)})  # fmt: skip
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    grid = Grid(
        header=(
            Text("方案", "scenario"),
            Text("名称", "name"),
            Text("社区数", "communities"),
            Text("机制", "mechanisms"),
        ),
        rows=tuple((row["scenario"], row["name"], row["communities"], ", ".join(row["mechanisms"])) for row in rows),
    )
    says = Text(f"{len(rows)} 个方案没有问题。", f"{len(rows)} sound.")
    notices = list(dict.fromkeys(notices))
    doubts = (Text(f"请留意：{notice.zh}", f"Note: {notice.en}") for notice in notices)
    return Answer(data={"scenarios": rows, "notices": notices}, says=(grid, *doubts, says))


def shown(reference: str) -> Answer:
    """Every value of the resolved scenario with the place it comes from."""
    (scenario,) = load_all([reference])
    values = dict(flat(scenario.resolved()))
    origins = scenario.origins
    grid = Grid(
        header=(Text("项目", "key"), Text("取值", "value"), Text("出处", "origin")),
        rows=tuple((key, _shown(value), _origin(key, origins)) for key, value in values.items()),
    )
    data = {"scenario": scenario.id, "resolved": scenario.resolved(), "origins": origins}
    return Answer(data=data, says=(grid,))


def differences(first: str, second: str) -> Answer:
    """The settings in force that differ between two scenarios, each with the place it comes from."""
    one, two = load_all([first, second])
    found = diff(one, two)
    grid = Grid(
        header=(Text("项目", "key"), Text(one.id, one.id), Text(two.id, two.id), Text("出处", "origin")),
        rows=tuple(
            (item.key, _shown(item.value_a), _shown(item.value_b), item.origin_b or item.origin_a) for item in found
        ),
    )
    says = Text(f"共 {len(found)} 处不同。", f"{len(found)} differ.")
    data = {"first": one.id, "second": two.id, "differences": [asdict(item) for item in found]}
    return Answer(data=data, says=(grid, says))


def schema() -> Answer:
    """The JSON Schema of a scenario file, for editors that complete and check as one types."""
    document = json_schema()
    written = json.dumps(document, ensure_ascii=False, indent=1)
    return Answer(data={"schema": document}, says=(Text(written, written),))


def _origin(key: str, origins: dict[str, str]) -> str:
    """Where a value comes from: its own origin, or that of the nearest part above it that has one."""
    while key and key not in origins:
        key = key.rpartition(".")[0]
    return origins.get(key, DEFAULT)


def _shown(value: Any) -> str:
    """A value as a planner would write it; a dash for none."""
    if isinstance(value, list | dict):
        return ", ".join(map(str, value)) or "-"
    return "-" if value is None else str(value)
