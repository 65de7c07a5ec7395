"""The catalogue as a page of documentation: ``python -m scenarios.mechanisms.document`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import EVIDENCE, Mechanism, Setting
from scenarios.mechanisms.rows import ROWS, Row

PAGE = Path(__file__).parents[2] / "docs" / "mechanisms.md"
INTRODUCTION = """\
# 机制目录 Mechanisms

<!-- Generated from scenarios/mechanisms by `python -m scenarios.mechanisms.document`; do not edit. -->

机制是方案里可以打开、可以调节力度的做法。每项机制把一个区变成改动后的区，规划和仿真只看改动后的区。
A mechanism is something a scenario can switch on or dose. Each turns a district into a changed district; planning and
simulation see only the changed one.

- 无论方案文件里怎样排列，机制都按本页顺序生效。Mechanisms act in the order of this page, whatever the file's order.
- 两项机制改动同一处即为冲突，除非其中一项写明“取代”另一项。Two mechanisms that set the same thing are refused together,
  unless one says that it replaces the other.
- 来源以 `A:` 开头的是假设。A source that begins with `A:` is an assumption.
"""
DIRECTIONS = {"higher": "↑", "lower": "↓", "neither": "→"}
ROWS_INTRODUCTION = f"""\
## 材料中的 {len(ROWS)} 项做法 The {len(ROWS)} rows of the sources

五份调研报告所述的做法，每项一行：通过改动区内哪些内容起作用、效果取决于哪些参数、谁得益、谁付出。
Each practice that the five study reports describe: what it changes in a district, on which parameters its effect rests,
who gains and who pays.

- 居民的需求在任何做法下都相同：宣传和承诺改变诉求的表达，事项准入减轻行政负担，关爱资金起预防作用。Residents' needs are
  the same under every practice: information and promises change what is voiced, admission of tasks changes
  administrative load, and care money prevents.
- “作用于”一列：`levers` 为各社区的调节量，`supports` 为外来的资金、工时和费用，`rates` 为模型参数，其余为区内的表格和规则。
  In the column Acts through, `levers` holds for each community, `supports` is money, hours and cost from outside,
  `rates` are parameters of the model, and the rest are tables and rules of the district.
- “目录条目”为“—”的做法尚未列入上面的目录。A practice with "—" as its entry is not in the catalogue above yet.

| 行 Row | 做法 Practice | 报告 Report | 作用于 Acts through | 所依参数 Parameters | 目录条目 Entry | 怎样起作用 How it acts |
|---|---|---|---|---|---|---|"""


def mechanisms_page() -> str:
    """The page in Markdown: an overview, every mechanism with its settings and sources, then the sources' practices."""
    overview = [
        "| | 名称 Name | 行 Row | 资源 → 对象 Resource → serves | 作用 Acts as |",
        "|---|---|---|---|---|",
        *(_overview_row(entry) for entry in CATALOGUE.values()),
    ]
    sections = [_section(entry) for entry in CATALOGUE.values()]
    return "\n".join([INTRODUCTION, *overview, "", *sections, ROWS_INTRODUCTION, *map(_practice, ROWS), ""])


def _overview_row(entry: Mechanism) -> str:
    return (
        f"| [`{entry.id}`](#{entry.id}) | {entry.name.zh}<br>{entry.name.en} | {_rows(entry)} "
        f"| {entry.resource.zh} → {entry.serves.zh}<br>{entry.resource.en} → {entry.serves.en} "
        f"| {entry.acts_as.zh}<br>{entry.acts_as.en} |"
    )


def _section(entry: Mechanism) -> str:
    """One mechanism."""
    lines = [f"## {entry.id}", "", f"**{entry.name.zh} · {entry.name.en}**", "", entry.says.zh, entry.says.en, ""]
    lines += ["| 参数 Setting | 默认 Default | 范围 Range | 无作用值 Neutral | 说明 Meaning | 来源 Source |",
              "|---|---|---|---|---|---|"]  # fmt: skip
    lines += [_setting_row(setting) for setting in entry.settings]
    lines += ["", f"- 影响 Moves: `{entry.metric}` {DIRECTIONS[entry.direction]}",
              f"- 证据 Evidence: {EVIDENCE[entry.evidence].zh} {entry.evidence}",
              f"- 改动 Sets: {_codes(entry.sets)}"]  # fmt: skip
    if entry.replaces:
        lines.append(f"- 取代 Replaces: {_codes(entry.replaces)}")
    if entry.acts_with:
        lines.append(f"- 须同时启用 Acts only with: {_codes(entry.acts_with)}")
    if entry.identity:
        lines.append(f"- 算术核对 Arithmetic: {entry.identity}")
    lines += [_figure_line(setting) for setting in entry.settings if setting.figure]
    return "\n".join([*lines, ""])


def _practice(row: Row) -> str:
    """One practice of the sources, with the catalogue entries made of it."""
    entries = ", ".join(f"[`{entry.id}`](#{entry.id})" for entry in CATALOGUE.values() if row.number in entry.rows)
    return (
        f"| {row.number} | {row.name.zh}<br>{row.name.en} | {row.report} | {_codes(row.primitives)} "
        f"| {_codes(row.parameters)} | {entries or '—'} | {row.says.zh}<br>{row.says.en} |"
    )


def _setting_row(setting: Setting) -> str:
    neutral = "" if setting.neutral is None else _amount(setting.neutral, setting)
    bounds = (
        " / ".join(f"`{choice}`" for choice in setting.choices)
        or f"{_amount(setting.low, setting)} – {_amount(setting.high, setting)}"
    )
    return (
        f"| `{setting.name}` | {_amount(setting.default, setting)} | {bounds} | {neutral} "
        f"| {setting.says.zh}<br>{setting.says.en} | {setting.source} |"
    )


def _figure_line(setting: Setting) -> str:
    figure = setting.figure
    assert figure is not None
    return (
        f"- 原文修复 Repaired figure (`{setting.name}`, report {figure.report}): “{figure.raw}” → “{figure.repaired}”; "
        f"{figure.rule}; confidence {figure.confidence}"
    )


def _amount(value: float | str, setting: Setting) -> str:
    """A value with its unit as a planner writes it: large sums in 万元.

    >>> from scenarios.mechanisms.money import SERVICE_FUND
    >>> _amount(200_000.0, SERVICE_FUND.settings[0])
    '20 万元/community/year'
    """
    if isinstance(value, str):
        return f"`{value}`"
    unit = setting.unit
    if unit.startswith("元") and abs(value) >= 10_000:
        value, unit = value / 10_000, "万" + unit
    return f"{value:,.10g} {unit}".strip()


def _rows(entry: Mechanism) -> str:
    return ", ".join(str(row) for row in entry.rows)


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PAGE.write_text(mechanisms_page(), encoding="utf-8", newline="\n")
