"""Sheets to a workbook (.xlsx) that Excel and WPS open: text stays text, no formula is ever made from data.

What a cell holds is its value; what a reader may change is coloured, and a column with a fixed set of values has a
drop-down from a sheet of lists. The same sheets give the same bytes.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Form = Literal["text", "wan", "whole", "plain", "share", "real", "figure"]
Value = str | int | float | None
FORMATS: dict[Form, str] = {"text": "@", "wan": "#,##0.00####", "whole": "#,##0", "plain": "0", "share": "0.0###",
                            "real": "#,##0.0###", "figure": "#,##0.00"}  # fmt: skip
FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
HEAD = {**FONT, "bold": True, "text_wrap": True, "bg_color": "#E4E8ED", "bottom": 1, "align": "center"}
EDITABLE, GIVEN = {"bg_color": "#FFF7DC"}, {"font_color": "#4A5563"}
NARROWEST, WIDEST = 9, 44
SPARE_ROWS = 200  # empty rows of a list that are formatted for entries to come
LONGEST_NAME = 31  # characters of a sheet's name: longer ones damage files
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1)  # a fixed date, so that the same sheets give the same bytes


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """A column: heading (line breaks allowed), form of its values, whether a reader may change them, and what fits.

    The form ``figure`` shows whole numbers as counts and others with two decimals.

    ``choices``: the only values that fit, offered as a drop-down. ``low`` and ``high``: bounds of a number.
    """

    heading: str
    form: Form = "text"
    editable: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet with one table; ``frozen`` columns stay in sight, ``is_list`` leaves room for more rows.

    A sheet without columns is a page of text: its rows are written as they are, the first cell of each in bold.
    """

    name: str
    columns: tuple[SheetColumn, ...] = ()
    rows: Sequence[Sequence[Value]] = ()
    frozen: int = 0
    is_list: bool = False


def workbook_bytes(sheets: Sequence[Sheet], lists_name: str) -> bytes:
    """The workbook of the sheets, in order; ``lists_name`` names the sheet of lists behind the drop-downs, put last."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"created": _CREATED, "title": sheets[0].name})
    writing = _Writing(book, lists_name)
    for sheet in sheets:
        writing.write(sheet)
    writing.write_lists()
    book.close()
    return target.getvalue()


class _Writing:
    """One workbook being written: its formats, and the lists that drop-downs refer to."""

    def __init__(self, book: Any, lists_name: str) -> None:
        self.book, self.lists_name = book, lists_name
        self.formats: dict[tuple[str, bool], Format] = {}
        self.head = book.add_format(HEAD)
        self.bold = book.add_format({**FONT, "bold": True, "text_wrap": True, "valign": "top"})
        self.body = book.add_format({**FONT, "text_wrap": True, "valign": "top"})
        self.lists: dict[tuple[str, ...], tuple[int, str]] = {}

    def format(self, column: SheetColumn) -> Format:
        key = (column.form, column.editable)
        if key not in self.formats:
            colour = EDITABLE if column.editable else GIVEN
            self.formats[key] = self.book.add_format(
                {**FONT, **colour, "num_format": FORMATS[column.form], "border": 4, "border_color": "#C9D0D8"}
            )
        return self.formats[key]

    def write(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(sheet.name[:LONGEST_NAME])
        page.set_paper(9)
        page.set_footer("&C&P / &N")
        page.fit_to_pages(1, 0)
        if not sheet.columns:
            return self.write_text(page, sheet)
        page.set_landscape()
        page.repeat_rows(0)
        page.set_row(0, 34)
        page.freeze_panes(1, sheet.frozen)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
        for at, column in enumerate(sheet.columns):
            cells = [row[at] for row in sheet.rows]
            page.set_column(at, at, _width(column.heading, cells, column.choices))
            page.write_string(0, at, column.heading, self.head)
            self.write_column(page, at, column, cells, sheet.is_list)
        return None

    def write_column(self, page: Worksheet, at: int, column: SheetColumn, cells: list[Value], is_list: bool) -> None:
        style = self.format(column)
        for row, value in enumerate(cells, start=1):
            is_count = column.form == "figure" and isinstance(value, int)
            _write(page, row, at, value, self.format(replace(column, form="whole")) if is_count else style)
        last = len(cells) + (SPARE_ROWS if is_list else 0)
        for row in range(len(cells) + 1, last + 1):
            page.write_blank(row, at, None, style)
        if last and (rule := self.rule(column)):
            page.data_validation(1, at, last, at, rule)

    def rule(self, column: SheetColumn) -> dict[str, Any] | None:
        """The rule of entry of a column, which Excel keeps while somebody types."""
        if not column.editable:
            return None
        if column.choices:
            return {"validate": "list", "source": self.list_of(column), "error_title": "请从列表中选",
                    "error_message": "请从下拉列表中选。Choose from the list."}  # fmt: skip
        if column.low is None or column.high is None:
            return None
        kind = "integer" if column.form in ("whole", "plain") else "decimal"
        return {"validate": kind, "criteria": "between", "minimum": column.low, "maximum": column.high,
                "error_title": "数值不在范围内", "error_message": f"{column.low:g} – {column.high:g}"}  # fmt: skip

    def list_of(self, column: SheetColumn) -> str:
        """The cells of the lists sheet that hold the choices of a column."""
        at, _ = self.lists.setdefault(column.choices, (len(self.lists), column.heading))
        letter = chr(ord("A") + at)
        return f"='{self.lists_name}'!${letter}$2:${letter}${len(column.choices) + 1}"

    def write_lists(self) -> None:
        if not self.lists:
            return
        columns = tuple(SheetColumn(heading=heading) for _, heading in self.lists.values())
        longest = max(map(len, self.lists))
        rows = [[choices[row] if row < len(choices) else None for choices in self.lists] for row in range(longest)]
        self.write(Sheet(name=self.lists_name, columns=columns, rows=rows))

    def write_text(self, page: Worksheet, sheet: Sheet) -> None:
        page.set_portrait()
        page.hide_gridlines(2)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 92)
        for row, cells in enumerate(sheet.rows):
            for at, value in enumerate(cells):
                _write(page, row, at, value, self.body if at else self.bold)


def _write(page: Worksheet, row: int, at: int, value: Value, style: Format) -> None:
    """One cell by the type of its value; text is a string whatever it begins with."""
    if value is None:
        page.write_blank(row, at, None, style)
    elif isinstance(value, str):
        page.write_string(row, at, value, style)
    else:
        page.write_number(row, at, value, style)


def _width(heading: str, cells: Sequence[Value], choices: Sequence[str]) -> float:
    """Characters that a column needs; a Chinese one takes two."""
    texts = [*heading.split("\n"), *(str(cell) for cell in cells if cell is not None), *choices]
    return min(max(NARROWEST, *(_columns(text) for text in texts)) + 3, WIDEST)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text[:WIDEST])
