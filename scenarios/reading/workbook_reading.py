"""A workbook (.xlsx) to cells, read warily: sizes before contents, no entities, no formula run, nothing guessed.

A formula counts by the value its program stored with it; one without is told. Merged cells, error values and hidden
oversizes are told too. Raises ``ScenarioError`` where a file cannot be read at all.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from scenarios.problems import Problem, ScenarioError
from scenarios.reading.csv_text import read_bytes
from scenarios.text import Text

MOST_UNPACKED = 24_000_000  # bytes
MOST_PARTS = 400
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 200, 400_000
MOST_MERGED = 2_000  # merged ranges, and cells of one
DAMAGE = (zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, LookupError, ValueError, TypeError, OSError, EOFError,
          AttributeError, NotImplementedError, RuntimeError, OverflowError)  # fmt: skip
"""What the libraries raise on files that were cut, changed or never workbooks."""
A_WORKBOOK = Text("可读取的 .xlsx 工作簿", "a readable .xlsx workbook")
SAVE_AGAIN = Text(
    "在表格软件中打开，另存为 .xlsx（不设密码）", "open it in a spreadsheet and save it as .xlsx, without a password"
)
CellKind = Literal["value", "formula", "error"]


@dataclass(frozen=True)
class WorkbookCell:
    """One cell: its value (text, number, true or false, date, None), where it is, and what kind of value it is.

    ``formula``: a formula without a stored value. ``error``: an error value such as ``#DIV/0!``.
    """

    value: Any
    at: str
    kind: CellKind = "value"


@dataclass(frozen=True)
class WorkbookSheet:
    """The rows of a sheet as far as anything stands in them, and its merged ranges."""

    name: str
    rows: tuple[tuple[WorkbookCell, ...], ...]
    merged: tuple[str, ...]


def read_workbook(path: Path) -> dict[str, WorkbookSheet]:
    """The sheets of a workbook by name. Raises ``ScenarioError`` for what is not a workbook, damaged or too large."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is switched off: workbooks cannot be read safely")
    data = read_bytes(path)
    _check_beginning(path, data)
    try:
        with zipfile.ZipFile(path) as parts:
            _check_sizes(path, parts)
            for name in parts.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with parts.open(name) as part:
                        _check_sheet(path, part)
        return _sheets(path)
    except DefusedXmlException:
        raise _refusal(
            path,
            Text("XML 实体", "XML entities"),
            Text("不含 XML 实体的工作簿", "a workbook without XML entities"),
            SAVE_AGAIN,
        ) from None
    except DAMAGE:
        found = Text("损坏或不完整的工作簿", "a damaged or incomplete workbook")
        raise _refusal(path, found, A_WORKBOOK, SAVE_AGAIN) from None


def _check_beginning(path: Path, data: bytes) -> None:
    if not data:
        raise _refusal(path, Text("空文件", "an empty file"), A_WORKBOOK, SAVE_AGAIN)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refusal(
            path, Text("旧式 .xls 或加密的工作簿", "an old .xls, or a workbook with a password"), A_WORKBOOK, SAVE_AGAIN
        )
    if not data.startswith(b"PK"):
        raise _refusal(path, Text("不是工作簿", "not a workbook"), A_WORKBOOK, SAVE_AGAIN)


def _check_sizes(path: Path, parts: zipfile.ZipFile) -> None:
    """Refuse a file that unpacks to more than a plan can need, before anything is unpacked."""
    entries = parts.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _too_large(
            path, Text(f"解压后至多 {MOST_UNPACKED // 10**6} MB", f"at most {MOST_UNPACKED // 10**6} MB unpacked")
        )
    if "xl/workbook.xml" not in parts.namelist():
        raise _refusal(path, Text("没有工作簿的压缩包", "a zip file without a workbook"), A_WORKBOOK, SAVE_AGAIN)


def _check_sheet(path: Path, part: IO[bytes]) -> None:
    """Refuse a sheet with cells far out or huge merged ranges, which would fill memory once opened."""
    merged, right, bottom = 0, 1, 1
    for _, node in iterparse(part, events=("end",), forbid_dtd=True):
        kind = node.tag.rpartition("}")[2]
        if kind == "mergeCell":
            merged += 1
            _check_range(path, node.get("ref", "A1"), merged)
        elif kind == "c" and node.get("r"):
            column, row, _, _ = range_boundaries(node.get("r"))
            right, bottom = max(right, column or 1), max(bottom, row or 1)
            if bottom > MOST_ROWS or right > MOST_COLUMNS or bottom * right > MOST_CELLS:
                raise _too_large(path, Text(f"至多 {MOST_ROWS} 行、{MOST_COLUMNS} 列、{MOST_CELLS} 格（找到 {node.get('r')}）",
                                            f"at most {MOST_ROWS} rows, {MOST_COLUMNS} columns and {MOST_CELLS} cells; one stands at {node.get('r')}"))  # fmt: skip
        elif kind == "row":
            node.clear()


def _check_range(path: Path, reference: str, count: int) -> None:
    left, top, right, bottom = (edge or 10**6 for edge in range_boundaries(reference))
    if count > MOST_MERGED or (right - left + 1) * (bottom - top + 1) > MOST_MERGED:
        raise _too_large(path, Text("没有大片合并的单元格", "no large merged ranges"))


def _sheets(path: Path) -> dict[str, WorkbookSheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that are not read here
        book = openpyxl.load_workbook(path, data_only=False)
        has_formulas = any(
            cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
        )
        stored = openpyxl.load_workbook(path, data_only=True) if has_formulas else book
    return {sheet.title: WorkbookSheet(sheet.title, tuple(_rows(sheet, stored[sheet.title])),
                                       tuple(str(area) for area in sheet.merged_cells.ranges)) for sheet in book.worksheets}  # fmt: skip


def _rows(sheet: Any, stored: Any) -> Iterator[tuple[WorkbookCell, ...]]:
    for row, values in zip(sheet.iter_rows(), stored.iter_rows(), strict=True):
        yield tuple(_cell(cell, value) for cell, value in zip(row, values, strict=True))


def _cell(cell: Any, stored: Any) -> WorkbookCell:
    at = f"{get_column_letter(cell.column)}{cell.row}"
    if cell.data_type == "f" and stored.value is None:
        return WorkbookCell(None, at, "formula")
    return WorkbookCell(stored.value, at, "error" if stored.data_type == "e" else "value")


def _too_large(path: Path, expected: Text) -> ScenarioError:
    mend = Text("删去无关内容，另存为新的工作簿", "remove what does not belong there, and save it as a new workbook")
    return _refusal(path, Text("过大的工作簿", "a workbook larger than the limit"), expected, mend)


def _refusal(path: Path, found: Text, expected: Text, mend: Text) -> ScenarioError:
    return ScenarioError([Problem(path.name, None, "", found, expected, mend)])
