"""The records of a CSV text: cells split by the csv module, trimmed, each with the line it begins on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.problems import ScenarioError
from scenarios.reading.csv_cells import BLANKS, LONGEST_TEXT, TOO_LONG
from scenarios.reading.csv_report import Report
from scenarios.text import Text


@dataclass(frozen=True)
class Record:
    """One record of the file: the line it begins on, and its cells."""

    line: int
    cells: list[str]

    @property
    def text(self) -> str:
        """The record as one text, for messages."""
        return ",".join(self.cells)


def read_records(text: str, report: Report, notices: list[Text]) -> Iterator[Record]:
    """The records that hold anything; dropped blanks and empty rows give one notice each.

    Raises ScenarioError, with what was found so far, at a quote that is not closed or a cell too large to split off.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, trimmed, empty = 1, 0, 0
    while True:
        try:
            raw = next(reader, None)
        except csv.Error as error:
            raise _broken(text, line, str(error), report) from None
        if raw is None:
            break
        cells = [cell.strip(BLANKS) for cell in raw]
        if any(cells):
            trimmed += cells != raw
            yield Record(line, cells)
        else:
            empty += bool(raw)
        line = reader.line_num + 1
    name = report.path.name
    if trimmed:
        notices.append(
            Text(f"{name}：已去掉{trimmed}行单元格首尾的空格", f"{name}: spaces around cells dropped (rows: {trimmed})")
        )
    if empty:
        notices.append(Text(f"{name}：已跳过{empty}个空行", f"{name}: empty rows skipped: {empty}"))


def _broken(text: str, line: int, reason: str, report: Report) -> ScenarioError:
    """The error for a record that cannot be split into cells."""
    rows = text.encode().splitlines()
    record = rows[line - 1].decode()
    long = [(place, cell) for place, cell in enumerate(record.split(",")) if len(cell) > LONGEST_TEXT]
    if long and "limit" in reason:
        place, cell = long[0]
        names = [name.strip(BLANKS) for name in rows[0].decode().split(",")]
        return report.refuse(line, names[place] if place < len(names) else "row", cell, *TOO_LONG)
    expected = Text("引号成对的一行", "a row whose quotes are closed")
    mend = Text("补上或删去引号；格内的引号写两次", 'close or remove the quote; write a quote inside a cell twice ("")')
    return report.refuse(line, "row", record, expected, mend)
