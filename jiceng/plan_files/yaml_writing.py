"""A plan as YAML: one line a community and year, amounts in 万元, so that people and version control see what changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jiceng.plan_files.layout import IN_YAML, SCHEMA, Column, PlanTable
from jiceng.plan_files.rows import Row, is_shown, table_rows
from optimize.plan import Plan
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.reading.csv_writing import real_text

PLAIN = re.compile(r"[0-9]*[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff()（）·.-]*( [\w\u4e00-\u9fff()（）·.-]+)*|[0-9]+ [\u4e00-\u9fff][\w\u4e00-\u9fff()（）·-]*")  # fmt: skip
WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}  # some readers take them for something else
EXPONENT = re.compile(r"[0-9.]+[eE][0-9]+")
ABOUT = """\
# 规划方案：每个社区每年一行，金额单位为万元/年。可以修改数值、增删选派和项目；改后用 jiceng plan check 核对。
# A plan: one line a community and year, amounts in 万元 a year. Change values, add or drop postings and projects;
# then run `jiceng plan check`. What a file says of its method and status is only for information.
"""


def yaml_text(plan: Plan, district: District) -> str:
    """The plan as YAML that :func:`jiceng.plan_files.yaml_reading.read_tables` reads back to the same decisions."""
    lines = [ABOUT + f"schema: {SCHEMA}", "plan:"]
    lines += [f"  {key}: {value}" for key, value in _head(plan, district).items()]
    for table in IN_YAML:
        rows = table_rows(table, plan, district)
        if is_shown(table, rows, district):
            lines += _table(table, rows)
    return "\n".join(lines) + "\n"


def _head(plan: Plan, district: District) -> dict[str, str]:
    return {
        "district": json.dumps(district.code, ensure_ascii=False),
        "years": f"[{', '.join(map(str, plan.years))}]",
        "method": _text(plan.method),
        "status": _text(str(plan.status)),
    }


def _table(table: PlanTable, rows: list[Row]) -> Iterator[str]:
    yield f"{table.key}:" if rows else f"{table.key}: []"
    for row in rows:
        cells = (f"{c.key}: {written(c, row[c.key])}" for c in table.columns if c.key in row)
        yield f"  - {{{', '.join(cells)}}}"


def written(column: Column, value: Any) -> str:
    """One value with its unit.

    >>> from jiceng.plan_files.layout import GRANTED
    >>> written(GRANTED, 43_600_001)
    '43.600001 万元'
    """
    if column.kind == "money":
        return f"{wan_text(value)} 万元"
    if column.kind == "yuan":
        return f"{real_text(value)} 元/head/year"
    if column.kind == "area":
        return f"{real_text(value).removesuffix('.0')} m2"
    if isinstance(value, float):
        return real_text(value)
    return str(value) if isinstance(value, int) else _text(value)


def wan_text(fen: int) -> str:
    """Fen in 万元, exact, without trailing zeros or separators.

    >>> wan_text(43_600_000), wan_text(0), wan_text(1), wan_text(100_000_000)
    ('43.6', '0', '0.000001', '100')
    """
    text = f"{Decimal(int(fen)) / FEN_PER_WAN:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(text: str) -> str:
    """A text plain where every reader takes it for text, else in quotes."""
    is_plain = PLAIN.fullmatch(text) and text.lower() not in WORDS and not EXPONENT.fullmatch(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
