"""A plan as a workbook: a sheet each for money, posts, postings, projects and the rest; what may be edited is coloured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from jiceng.plan_files.layout import IN_WORKBOOK, SCHEMA, STANDING, Column, PlanTable
from jiceng.plan_files.rows import Row, class_name, is_shown, table_rows
from jiceng.plan_files.workbook_checks import checks_sheet
from jiceng.plan_text import STATUSES
from optimize.plan import Plan
from scenarios.arrangements import MEMBER_CLASSES
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.reading.workbook_writing import Form, Sheet, SheetColumn, Value, workbook_bytes
from scenarios.text import Text

ABOUT, LISTS = "说明 About", "名录 Lists"
FORMS: dict[str, Form] = {"money": "wan", "count": "whole", "year": "plain", "month": "plain", "months": "plain",
                          "share": "share", "factor": "share", "area": "real", "yuan": "real"}  # fmt: skip
HIGH = {
    "money": 1e9,
    "count": 10_000.0,
    "month": 12.0,
    "months": 600.0,
    "share": 1.0,
    "area": 1e6,
    "yuan": 1e6,
    "factor": 1000.0,
}
METHODS: dict[str, Text] = {
    "optimal": Text("求优", "by search"),
    "equal_split": Text("平均分配", "equal split"),
    "per_head": Text("按人口分配", "per head"),
    "last_year": Text("按上年分配", "as last year"),
    "needs_formula": Text("按需求公式分配", "by a formula of needs"),
    "given": Text("由文件给出", "given in a file"),
}
FREE = ("hours_factor", "reach_factor", "still_prevented")  # shown only where a correction is known

HOW: tuple[tuple[Text, Text], ...] = (
    (Text("怎样修改", "How to edit"),
     Text("浅黄色的格可以修改；其余的格用来对照，请不要改。资金以万元/年计，只写数字。没有安排的写 0，不要留空，也不要删行。",
          "Cells in pale yellow may be changed; the others are there to compare. Money is in 万元 a year: numbers alone. Write 0 for nothing; leave no cell empty and delete no row.")),
    (Text("选派和项目", "Postings and projects"),
     Text("这两张表是清单：一行一项，可以增删。名额、项目和社区从下拉列表中选。一个项目惠及几个社区就写几行。",
          "These two sheets are lists: one row each, to add or delete. Choose officials, projects and communities from the drop-downs. A project has a row for every community it serves.")),
    (Text("改完以后", "When you are done"),
     Text("保存为 .xlsx，运行 jiceng plan check 情景 文件：逐格说明哪里不合规则；jiceng plan price 情景 文件：与同等支出下的最优规划对比。",
          "Save as .xlsx, then run `jiceng plan check SCENARIO FILE`, which names every rule broken and its cell, and `jiceng plan price SCENARIO FILE`, which sets the plan beside the best at the same outlay.")),
    (Text("核对表", "The sheet of checks"),
     Text("核对表中的合计是导出时的数值，修改后不会变动。", "The totals there are those of the exported plan; they do not follow your changes.")),
)  # fmt: skip


def plan_workbook(plan: Plan, district: District) -> bytes:
    """The workbook of a plan, as bytes; the same plan gives the same bytes."""
    sheets = [_about(plan, district)]
    for table in IN_WORKBOOK:
        rows = table_rows(table, plan, district)
        if is_shown(table, rows, district):
            sheets.append(_sheet(table, rows or _empty(table, district), plan, district))
    return workbook_bytes([*sheets, checks_sheet(plan, district)], LISTS)


def _about(plan: Plan, district: District) -> Sheet:
    years = ", ".join(map(str, plan.years))
    facts: list[tuple[Text, str]] = [
        (Text("辖区", "District"), district.code),
        (Text("辖区名称", "Name"), f"{district.name.zh} {district.name.en}"),
        (Text("规划年度", "Plan years"), years),
        (
            Text("制定方法", "Method"),
            f"{METHODS[plan.method].zh} {METHODS[plan.method].en}" if plan.method in METHODS else plan.method,
        ),
        (Text("求解状态", "Status"), f"{STATUSES[plan.status].zh} {STATUSES[plan.status].en}"),
        (Text("格式版本", "Schema"), str(SCHEMA)),
    ]
    head: list[tuple[Value, ...]] = [(f"{district.name.zh}服务规划\nService plan", f"{years}")]
    head += [(f"{name.zh} {name.en}", value) for name, value in facts]
    if district.synthetic:
        head.append(("数据 Data", "合成数据 synthetic data"))
    return Sheet(
        name=ABOUT, rows=[*head, ("", ""), *((f"{what.zh}\n{what.en}", f"{says.zh}\n{says.en}") for what, says in HOW)]
    )


def _empty(table: PlanTable, district: District) -> list[Row]:
    """Rows to fill in where nothing is decided yet: one a community or class, without values; none for a list."""
    if table.key == STANDING.key:
        here = district.communities
        return [{"code": code, "name": name} for code, name in zip(here.code, here.name, strict=True)]
    return [{"class": class_name(row)} for row in range(len(MEMBER_CLASSES))] if table.key == "care" else []


def _sheet(table: PlanTable, rows: list[Row], plan: Plan, district: District) -> Sheet:
    columns = [column for column in table.columns if _is_wanted(column, rows, district)]
    frozen = sum(1 for column in columns if column.given and column.key != "street")
    return Sheet(
        name=table.sheet,
        columns=tuple(_column(column, plan, district) for column in columns),
        rows=[[_value(column, row.get(column.key)) for column in columns] for row in rows],
        frozen=frozen if table.each else 1,
        is_list=table.each is None and table.key != "care",
    )


def _is_wanted(column: Column, rows: list[Row], district: District) -> bool:
    """Whether a column is shown: an optional one if it is decided, or open to be decided."""
    rule = district.choices
    is_open: dict[str, Any] = {
        "windows": rule.windows,
        "wardens": rule.wardens,
        "contact": rule.contact,
        "care_rooms": rule.rooms,
    }
    if column.key not in (*is_open, *FREE):
        return True
    return bool(is_open.get(column.key)) or any(column.key in row for row in rows)


def _column(column: Column, plan: Plan, district: District) -> SheetColumn:
    low, high = (float(plan.years[0]), float(plan.years[-1])) if column.kind == "year" else (0.0, HIGH.get(column.kind))
    low = -1.0 if column.key == "contact" else 1.0 if column.kind in ("month", "months") else low
    return SheetColumn(
        heading=column.heading,
        form=FORMS.get(column.kind, "text"),
        editable=not column.given,
        choices=tuple(_choices(column, district)),
        low=None if high is None else low,
        high=high,
    )


def _choices(column: Column, district: District) -> Iterator[str]:
    """What a column offers; the same places as the readers know."""
    if column.given:
        return
    match column.kind:
        case "community":
            here = district.communities
            yield from (f"{code} {name}" for code, name in zip(here.code, here.name, strict=True))
        case "slot":
            yield from district.slots.id
        case "site":
            yield from district.sites.id
        case "unit":
            yield from district.units.id


def _value(column: Column, value: Any) -> Value:
    """A value as a cell holds it: money in 万元, numbers as numbers."""
    if value is None or isinstance(value, str):
        return value
    return int(value) / FEN_PER_WAN if column.kind == "money" else np.asarray(value).item()
