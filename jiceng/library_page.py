"""The shipped scenarios as a page of documentation: ``python -m jiceng.library_page`` writes it anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.loader import load_scenario
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import EVIDENCE
from scenarios.mechanisms.document import DIRECTIONS
from scenarios.quantities import Quantity
from scenarios.scenario_files import shipped_scenarios
from scenarios.schema import Expectation, Scenario
from sim.outcome import METRICS

PAGE = Path(__file__).parents[1] / "docs" / "scenarios.md"
INTRODUCTION = """\
# 随附方案 Shipped scenarios

<!-- Generated from scenarios/library by `python -m jiceng.library_page`; do not edit. -->

每个方案对应调研报告中的一种做法，用报告自己的数字，基础方案多为区级平均拨付。方案名可直接用在命令里，也可写进 `extends`。
Each scenario is one practice of the study reports with its own figures, mostly laid over the equal split by the district.
Its name works in every command and in `extends`.

- “预期”由 `jiceng test scenarios/library` 核对：数值按方案自身资金、全区、标称情景核对；与另一方案的高低按同等合并支出、60 个社区的样本核对，
  总量放大到全区；建设场所的方案按全区核对。What is expected is checked by `jiceng test scenarios/library`: values with the scenario's own money, on
  the whole district, in the nominal future; directions at equal consolidated outlay on a sample of 60 communities, with
  totals enlarged to the district, or on all communities where venues are built.
- 同等支出之下，做法的花费从服务群众专项经费中扣除，因此费用大的做法可能得不偿失；预期写的是模型的结果，不是材料的说法。
  At equal outlay what a practice costs is taken out of the service fund, so a dear one can lose more than it gains. What is
  expected is what the model shows, not what a source claims.
- 证据等级说明机制作用大小的依据，见[机制目录](mechanisms.md)。The evidence grade tells on what the size of an effect rests;
  see the [catalogue](mechanisms.md).
"""
WAYS = {"higher": "高于", "lower": "低于"}


def library() -> tuple[Scenario, ...]:
    """Every shipped scenario, a base before those that extend it, else by name."""
    scenarios = [load_scenario(name) for name in shipped_scenarios()]
    return tuple(sorted(scenarios, key=lambda one: (one.extends is not None, one.id)))


def library_page() -> str:
    """The page in Markdown: an overview, then every scenario."""
    scenarios = library()
    overview = [
        "| 方案 Scenario | 名称 Name | 基础 Base | 机制 Mechanisms | 预期 Expected |",
        "|---|---|---|---|---|",
        *map(_overview_row, scenarios),
    ]
    return "\n".join([INTRODUCTION, *overview, "", *map(_section, scenarios)])


def _overview_row(scenario: Scenario) -> str:
    return (
        f"| {_linked(scenario.id)} | {scenario.name.zh}<br>{scenario.name.en} "
        f"| {_linked(scenario.extends) if scenario.extends else '—'} "
        f"| {len(beyond_base(scenario))} | {len(scenario.expect)} |"
    )


def _section(scenario: Scenario) -> str:
    """One scenario."""
    lines = [f"## {scenario.id}", "", f"**{scenario.name.zh} · {scenario.name.en}**", ""]
    lines += [scenario.source.zh, "", scenario.source.en, ""]
    if scenario.extends:
        lines += [f"基础 Base: {_linked(scenario.extends)}", ""]
    lines += ["| 机制 Mechanism | 取值 Settings in force | 证据 Evidence |", "|---|---|---|"]
    lines += [_mechanism_row(name, settings) for name, settings in beyond_base(scenario).items()]
    lines += ["", "预期 Expected:", "", *(f"- {expected(item)}" for item in scenario.expect), ""]
    return "\n".join(lines)


def beyond_base(scenario: Scenario) -> dict[str, dict[str, Any] | None]:
    """Mechanisms whose settings in force differ from the base's, as a file writes them; None for one switched off."""
    own = scenario.resolved()["mechanisms"]
    base = load_scenario(scenario.beside(scenario.extends)).resolved()["mechanisms"] if scenario.extends else {}
    changed = {name: settings for name, settings in own.items() if settings != base.get(name)}
    return {name: changed.get(name) for name in CATALOGUE if name in changed or (name in base and name not in own)}


def _mechanism_row(name: str, settings: Mapping[str, Any] | None) -> str:
    entry = CATALOGUE[name]
    values = "关闭 off" if settings is None else "<br>".join(f"`{key}` {_value(it)}" for key, it in settings.items())
    link = f"[`{name}`](mechanisms.md#{name})<br>{entry.name.zh} {entry.name.en}"
    return f"| {link} | {values} | {EVIDENCE[entry.evidence].zh}<br>{entry.evidence} |"


def _value(value: Any) -> str:
    """A setting as a file writes it, whole numbers without a decimal point."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def expected(item: Expectation) -> str:
    """An expectation in a line: the metric, and the value, range or direction.

    >>> from scenarios.schema import Expectation
    >>> expected(Expectation(metric="quality", at_least=0.1, at_most=1))
    '`quality` 服务质量 Quality of service: ≥ 0.1 sd, ≤ 1 sd'
    """
    label = METRICS[item.metric].label
    subject = f"`{item.metric}` {label.zh} {label.en}"
    if item.versus is not None:
        margin = f", ≥ {_amount(item.margin, item.metric)}" if item.margin is not None else ""
        way = f"{DIRECTIONS[str(item.direction)]} {WAYS[str(item.direction)]} {item.direction} than"
        return f"{subject}: {way} {_linked(item.versus)}{margin} ({item.confidence:.0%})"
    per = "/year" if item.per == "plan year" else ""
    bounds = {"= ": item.equals, "≥ ": item.at_least, "≤ ": item.at_most}
    shown = [f"{sign}{_amount(amount, item.metric)}{per}" for sign, amount in bounds.items() if amount is not None]
    return f"{subject}: {', '.join(shown)}"


def _amount(amount: Quantity, metric: str) -> str:
    """An amount with its unit; a plain number is in the metric's."""
    return str(amount) if str(amount.unit) else f"{amount} {METRICS[metric].unit}"


def _linked(name: str) -> str:
    return f"[`{name}`](#{name})"


if __name__ == "__main__":
    PAGE.write_text(library_page(), encoding="utf-8", newline="\n")
