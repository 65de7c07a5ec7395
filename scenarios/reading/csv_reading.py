"""A table from a CSV file: every cell read as text, aligned by column name, checked, all mistakes reported at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from scenarios.reading.csv_cells import find_repeats, is_total, read_numbers, read_texts
from scenarios.reading.csv_header import column_places
from scenarios.reading.csv_records import Record, read_records
from scenarios.reading.csv_report import Report
from scenarios.reading.csv_text import decode, read_bytes
from scenarios.tables import Table
from scenarios.text import Text

AnyTable = TypeVar("AnyTable", bound=Table)
ReadTable = TypeVar("ReadTable", bound=Table, covariant=True)


@dataclass(frozen=True)
class Parsed(Generic[ReadTable]):
    """A table with the file and the lines its rows came from, for checks across tables."""

    path: Path
    table: ReadTable
    lines: tuple[int, ...]


def read_table(path: Path, table_class: type[AnyTable], *, notices: list[Text]) -> AnyTable:
    """The table in a CSV file, rows in file order; raises ScenarioError with every mistake.

    What was read in spite of a doubt (another encoding, dropped blanks) is appended to ``notices``.
    """
    return parse_table(read_bytes(path), path, table_class, notices=notices).table


def parse_table(
    data: bytes, path: Path, table_class: type[AnyTable], *, notices: list[Text], may_be_empty: bool = False
) -> Parsed[AnyTable]:
    """The table in the bytes of a CSV file named ``path``; raises ScenarioError with every mistake."""
    report = Report(path)
    records = read_records(decode(data, path, notices), report, notices)
    header = next(records, None)
    places = column_places(header, table_class.columns(), report)
    rows = _whole_rows(records, table_class, places, report, width=len(header.cells) if header else 0)
    if not rows and not may_be_empty:
        report.raise_if_any()
        raise report.refuse(2, "rows", Text("没有数据行", "no data rows"), Text("至少一行数据", "at least one row"),
                            Text("在表头下填写数据", "write the rows below the header"))  # fmt: skip
    values = _column_values(rows, table_class, places, report)
    report.raise_if_any()
    return Parsed(path, table_class(**values), tuple(row.line for row in rows))


def _whole_rows(
    records: Iterator[Record], table_class: type[Table], places: dict[str, int], report: Report, *, width: int
) -> list[Record]:
    """The rows with as many cells as the header that are not totals; the others are reported."""
    names = [places[column.name] for column in table_class.columns() if column.kind in ("id", "text")]
    rows = []
    for record in records:
        count = len(record.cells)
        if count != width:
            report.add(record.line, "row", Text(f"{count}个字段", f"{count} fields"), Text(f"{width}个字段", f"{width} fields"),
                       Text("补齐或删去字段；含逗号的文字加引号", "add or remove fields; put quotes around a text with a comma"))  # fmt: skip
        elif is_total([record.cells[place] for place in names]):
            report.add(record.line, "row", record.text,
                       Text("明细行（此行疑为合计行）", "a row of one entity; this looks like a total row"),
                       Text("删去该行", "delete the row"))  # fmt: skip
        else:
            rows.append(record)
    return rows


def _column_values(
    rows: list[Record], table_class: type[Table], places: dict[str, int], report: Report
) -> dict[str, Any]:
    """The values of each column; mistakes are reported."""
    lines = [row.line for row in rows]
    values: dict[str, Any] = {}
    for column in table_class.columns():
        cells = [row.cells[places[column.name]] for row in rows]
        if column.kind in ("integer", "real"):
            values[column.name] = read_numbers(column, cells, lines, report)
        else:
            texts = values[column.name] = read_texts(column, cells, lines, report)
            if not column.choices:
                find_repeats(column, texts, lines, report)
    return values
