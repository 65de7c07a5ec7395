"""The header of a table: where each column stands, with every mistake and the nearest right word."""

from __future__ import annotations

from scenarios.problems import ScenarioError, did_you_mean, one_of, same, visible
from scenarios.reading.csv_records import Record
from scenarios.reading.csv_report import Report
from scenarios.tables import Column
from scenarios.text import Text

SEPARATORS = {
    "\t": Text("制表符", "a tab"),
    ";": Text("分号", "a semicolon"),
    "|": Text("竖线", "a bar"),
    "，": Text("全角逗号", "a full-width comma"),
}


def column_places(header: Record | None, columns: tuple[Column, ...], report: Report) -> dict[str, int]:
    """For each column, its place in the header, in any order; raises ScenarioError with every mistake of the header."""
    names = [column.name for column in columns]
    if header is None:
        raise report.refuse(1, "header", Text("空文件", "an empty file"), same(",".join(names)),
                            Text("补上表头和数据", "supply a header and rows"))  # fmt: skip
    if not set(header.cells) & set(names):
        raise _no_header(header, names, report)
    _check_found(header, columns, report)
    for column in columns:
        if column.name not in header.cells:
            report.add(header.line, column.name, Text("无此列", f"no such column: column '{column.name}' is missing"),
                       Text(f"有“{column.name}”列（{column.says.zh}）", f"a column '{column.name}' ({column.says.en})"),
                       Text(f"补上{column.name}列", f"add the column {column.name}"))  # fmt: skip
    report.raise_if_any()
    return {name: header.cells.index(name) for name in names}


def _no_header(header: Record, names: list[str], report: Report) -> ScenarioError:
    """No known column at all: another separator, or no header."""
    listed = ",".join(names)
    for sign, called in SEPARATORS.items():
        if sign in header.text:
            expected = Text(
                f"以半角逗号分隔的{listed}（分隔符疑为{called.zh}）", f"{listed} (separator looks like {called.en})"
            )
            mend = Text("另存为以逗号分隔的CSV", "save it as a CSV file with commas")
            return report.refuse(header.line, "header", header.text, expected, mend)
    mend = Text("第一行写列名", "write the names of the columns in the first line")
    return report.refuse(header.line, "header", header.text, same(listed), mend)


def _check_found(header: Record, columns: tuple[Column, ...], report: Report) -> None:
    """Columns that stand twice, and columns that the table does not have."""
    names = [column.name for column in columns]
    chinese = {column.says.zh: column.name for column in columns}
    missing = [name for name in names if name not in header.cells]
    for place, name in enumerate(header.cells):
        shown = visible(name)
        if name in header.cells[:place]:
            report.add(header.line, "header", Text(f"“{shown}”列出现两次", f"column '{shown}' twice"),
                       Text("每列一次", "each column once"), Text("删去或改名其中一列", "remove or rename one of them"))  # fmt: skip
        elif name not in names:
            otherwise = _renamed(missing[0]) if len(missing) == 1 else Text("删去该列", "remove the column")
            mend = _renamed(chinese[name]) if name in chinese else did_you_mean(name, missing, otherwise)
            found = Text(f"未知的列“{shown}”", f"unknown column '{shown}'")
            expected = one_of(missing, len(missing)) if missing else Text("没有其他列", "no other column")
            report.add(header.line, "header", found, expected, mend)


def _renamed(column: str) -> Text:
    return Text(f"改名为{column}", f"rename it to {column}")
