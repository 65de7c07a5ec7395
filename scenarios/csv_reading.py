"""A table from a CSV file: every cell read as text, aligned by column name, checked, all mistakes reported at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from scenarios.csv_cells import BLANKS, LONGEST_TEXT, find_repeats, is_total, read_numbers, read_texts, suggestion
from scenarios.csv_text import decode, read_bytes
from scenarios.problems import Problem, ScenarioError, visible
from scenarios.tables import Column, Table
from scenarios.text import Text

MOST_PROBLEMS = 100
SEPARATORS = {"\t": Text("制表符", "a tab"), ";": Text("分号", "a semicolon"), "|": Text("竖线", "a bar"),
              "，": Text("全角逗号", "a full-width comma")}  # fmt: skip
AnyTable = TypeVar("AnyTable", bound=Table)


@dataclass(frozen=True)
class Row:
    """A record of the file: the line it begins on, and its cells, trimmed."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Parsed(Generic[AnyTable]):
    """A table with the file and lines its rows came from, for checks across tables."""

    path: Path
    table: AnyTable
    lines: tuple[int, ...]


def read_table(path: Path, table_class: type[AnyTable], *, notices: list[Text]) -> AnyTable:
    """The table in a CSV file, rows in file order; raises ScenarioError with every mistake. Notices are appended."""
    return parse_table(read_bytes(path), path, table_class, notices=notices).table


def parse_table(
    data: bytes, path: Path, table_class: type[AnyTable], *, notices: list[Text], may_be_empty: bool = False
) -> Parsed[AnyTable]:
    """The table in the bytes of a CSV file named ``path``; raises ScenarioError with every mistake."""
    text = decode(data, path, notices)
    columns = table_class.columns()
    rows = _records(text, path, columns, notices)
    header = next(rows, None)
    if header is None:
        names = ",".join(column.name for column in columns)
        raise ScenarioError([_problem(path, 1, "header", "", Text(f"表头{names}", f"the header {names}"),
                                      Text("文件为空，补上表头和数据", "the file is empty: supply a header and rows"))])  # fmt: skip
    places = _places(header, columns, text, path)
    problems: list[Problem] = []
    kept = [row for row in rows if _has_right_shape(row, len(header.cells), columns, places, path, problems)]
    if not kept and not problems and not may_be_empty:
        raise ScenarioError([_problem(path, header.line, "rows", "", Text("至少一行数据", "data rows, found no data rows"),
                                      Text("在表头下填写数据", "write the rows below the header"))])  # fmt: skip
    values = _read_columns(kept, columns, places, path, problems)
    if problems:
        raise ScenarioError(capped(problems, path))
    return Parsed(path, table_class(**values), tuple(row.line for row in kept))


def capped(problems: list[Problem], path: Path) -> list[Problem]:
    """The problems in file order, the first ones only where there are very many, with their count."""
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.line or 0))
    if len(ordered) <= MOST_PROBLEMS:
        return ordered
    count = Text(f"没有问题；只列出前{MOST_PROBLEMS}个", f"none; only the first {MOST_PROBLEMS} are listed")
    mend = Text("先改正列出的问题，再重新读取", "mend those that are listed, then read again")
    return [*ordered[:MOST_PROBLEMS], _problem(path, None, "problems", str(len(ordered)), count, mend)]


def _problem(path: Path, line: int | None, field: str, found: str, expected: Text, mend: Text) -> Problem:
    return Problem(str(path), line, field, found[: LONGEST_TEXT + 1], expected, mend)


def _records(text: str, path: Path, columns: tuple[Column, ...], notices: list[Text]) -> Iterator[Row]:
    """The records that hold anything, cells trimmed; blank rows and trimmed spaces give one notice each."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, trimmed, blank = 1, 0, 0
    while True:
        try:
            raw = next(reader, None)
        except csv.Error as error:
            raise ScenarioError([_unreadable(text, line, str(error), path, columns)]) from None
        if raw is None:
            break
        cells = [cell.strip(BLANKS) for cell in raw]
        if any(cells):
            trimmed += sum(map(len, cells)) != sum(map(len, raw))
            yield Row(line, cells)
        else:
            blank += bool(raw)
        line = reader.line_num + 1
    if trimmed:
        notices.append(Text(f"{path.name}：{trimmed}行中单元格首尾的空格已去掉",
                            f"{path.name}: spaces around cells dropped in {trimmed} rows"))  # fmt: skip
    if blank:
        notices.append(Text(f"{path.name}：跳过{blank}个空行", f"{path.name}: {blank} empty rows skipped"))


def _unreadable(text: str, line: int, reason: str, path: Path, columns: tuple[Column, ...]) -> Problem:
    """The problem of a record that cannot be split into cells: a quote that is not closed, or a huge cell."""
    record = text.encode().splitlines()[line - 1].decode()
    long = [(place, cell) for place, cell in enumerate(record.split(",")) if len(cell) > LONGEST_TEXT]
    if long and "limit" in reason:
        place, cell = long[0]
        expected = Text(
            f"不超过{LONGEST_TEXT}个字", f"at most {LONGEST_TEXT} characters, found it longer than {LONGEST_TEXT}"
        )
        name = columns[place].name if place < len(columns) else f"column {place + 1}"
        return _problem(path, line, name, cell, expected, Text("缩短文字", "shorten it"))
    expected = Text("引号成对的一行", "a row whose quotes are closed")
    mend = Text("补上或删去引号；格内的引号写两次", 'close or remove the quote; write a quote inside a cell twice ("")')
    return _problem(path, line, "row", record, expected, mend)


def _places(header: Row, columns: tuple[Column, ...], text: str, path: Path) -> dict[str, int]:
    """For each column, its place in the header; raises ScenarioError with every mistake of the header."""
    names = [column.name for column in columns]
    labels = {column.says.zh: column.name for column in columns} | {name: name for name in names}
    found = header.cells
    if not set(found) & set(names):
        raise ScenarioError([_wrong_header(header, names, path)])
    problems = []
    for place, name in enumerate(found):
        if name in found[:place]:
            expected = Text(
                f"每列一次；“{visible(name)}”列出现两次", f"each column once; column '{visible(name)}' twice"
            )
            problems.append((name, expected, Text("删去或改名其中一列", "remove or rename one of them")))
        elif name not in names:
            near = labels.get(name)
            hint = suggestion(name, [n for n in names if n not in found]) or Text("删去该列", "remove the column")
            hint = Text(f"改名为{near}", f"rename it to {near}") if near else hint
            problems.append(
                (name, Text(f"已知的列：{','.join(names)}", f"a known column; unknown column '{visible(name)}'"), hint)
            )
    for column in columns:
        if column.name not in found:
            expected = Text(
                f"“{column.name}”列（{column.says.zh}），此列缺失", f"column '{column.name}', it is missing"
            )
            problems.append((column.name, expected, Text(f"补上{column.name}列", f"add the column: {column.says.en}")))
    if problems:
        raise ScenarioError(_problem(path, header.line, "header" if name not in names else name, name if name in found else "",
                                     expected, mend) for name, expected, mend in problems)  # fmt: skip
    return {name: found.index(name) for name in names}


def _wrong_header(header: Row, names: list[str], path: Path) -> Problem:
    """No known column at all: another separator, or no header."""
    first = ",".join(header.cells)
    listed = ",".join(names)
    for sign, called in SEPARATORS.items():
        if sign in first:
            expected = Text(
                f"以半角逗号分隔的{listed}（分隔符疑为{called.zh}）", f"{listed} (separator looks like {called.en})"
            )
            mend = Text("另存为以逗号分隔的CSV", "save it as a CSV file with commas")
            return _problem(path, header.line, "header", first, expected, mend)
    mend = Text("把列名写在第一行", "write the names of the columns in the first line")
    return _problem(path, header.line, "header", first, Text(f"表头{listed}", listed), mend)


def _has_right_shape(
    row: Row, width: int, columns: tuple[Column, ...], places: dict[str, int], path: Path, problems: list[Problem]
) -> bool:
    """Whether a row has as many cells as the header and is not a row of totals; else a problem is added."""
    found = ",".join(row.cells)
    if len(row.cells) != width:
        expected = Text(f"{width}个字段，实有{len(row.cells)}个", f"{len(row.cells)} fields, expected {width}")
        mend = Text("补齐或删去字段；含逗号的文字加引号", "add or remove fields; put quotes around a text with a comma")
        problems.append(_problem(path, row.line, "row", found, expected, mend))
        return False
    texts = [row.cells[places[c.name]] for c in columns if c.kind in ("id", "text") and not c.choices]
    if is_total(texts):
        expected = Text("只有明细行（此行疑为合计行）", "rows of single entities; this looks like a total row")
        problems.append(_problem(path, row.line, "row", found, expected, Text("删去该行", "delete the row")))
        return False
    return True


def _read_columns(
    rows: list[Row], columns: tuple[Column, ...], places: dict[str, int], path: Path, problems: list[Problem]
) -> dict[str, Any]:
    """The values of each column; mistakes are added to the problems."""
    lines = [row.line for row in rows]

    def complain(row: int, name: str, found: str, fault: tuple[Text, Text]) -> None:
        problems.append(_problem(path, lines[row], name, found, *fault))

    values: dict[str, Any] = {}
    for column in columns:
        cells = [row.cells[places[column.name]] for row in rows]
        if column.kind in ("integer", "real"):
            values[column.name] = read_numbers(column, cells, complain)
        else:
            values[column.name] = texts = read_texts(column, cells, complain)
            find_repeats(column, texts, lines, complain)
    return values
