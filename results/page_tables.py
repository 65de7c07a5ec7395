"""Tables of the page: cells that know what they show, what they sort by, and what a spreadsheet gets."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from results.numbers import number
from scenarios.problems import visible
from scenarios.text import Text

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


@dataclass(frozen=True)
class Cell:
    """A cell: the text shown, smaller lines below it, the value it sorts by and exports, and its tone."""

    text: Text
    value: float | str
    below: tuple[Text, ...] = ()
    tone: str = ""  # "gain" or "loss"
    colour: str = ""  # of the dot before it


@dataclass(frozen=True)
class Column:
    """A column: its header and whether it holds numbers."""

    header: Text
    numeric: bool = True


@dataclass(frozen=True, kw_only=True)
class PageTable:
    """A sortable table with a caption; ``file`` is the name of its download."""

    file: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def download(self) -> str:
        """The table as a CSV file in a data URI: UTF-8 with a mark so that spreadsheets read Chinese."""
        content = base64.b64encode(("\ufeff" + csv_text(self)).encode("utf-8")).decode("ascii")
        return f"data:text/csv;charset=utf-8;base64,{content}"


def csv_text(table: PageTable) -> str:
    """The table as CSV, headers in both languages, text that a spreadsheet would run made inert."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([inert(f"{c.header.zh} {c.header.en}" if c.header.zh != c.header.en else c.header.zh)
                     for c in table.columns])  # fmt: skip
    for row in table.rows:
        writer.writerow([_exported(cell.value) for cell in row])
    return out.getvalue()


def _exported(value: float | str) -> str:
    if isinstance(value, str):
        return inert(value)
    return f"{value:.6g}" if isfinite(value) and abs(value) < 1e6 else f"{value:.2f}" if isfinite(value) else ""


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> inert("=1+1"), inert("村"), inert("＝甲")
    ("'=1+1", '村', "'＝甲")
    """
    return (
        f"'{text}" if text.lstrip(" \u3000\"'").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text
    )


def words(text: Text | str, *below: Text, colour: str = "", sort: str = "") -> Cell:
    """A cell of text; a plain string is the same in both languages."""
    both = text if isinstance(text, Text) else Text(text, text)
    shown = Text(visible(both.zh, 300), visible(both.en, 300))
    return Cell(shown, sort or shown.zh, below, colour=colour)


def figures(value: float, digits: int = 0, *, signed: bool = False, suffix: str = "", toned: bool = False) -> Cell:
    """A cell with a number; ``toned`` colours gains and losses."""
    text = number(value, digits, signed=signed) + (suffix if isfinite(value) else "")
    rounded = round(value, digits) if isfinite(value) else 0.0
    tone = ("gain" if rounded > 0 else "loss" if rounded < 0 else "") if toned else ""
    return Cell(Text(text, text), value, tone=tone)


def columns(*headers: tuple[Text, bool]) -> tuple[Column, ...]:
    """Columns from pairs of header and whether it holds numbers."""
    return tuple(Column(header, numeric) for header, numeric in headers)


def table(file: str, caption: Text, heads: Sequence[tuple[Text, bool]], rows: Sequence[Sequence[Cell]]) -> PageTable:
    """A table from headers and rows; raises ``ValueError`` if a row has another number of cells."""
    if any(len(row) != len(heads) for row in rows):
        raise ValueError(f"{file}: rows and headers differ in number")
    return PageTable(file=file, caption=caption, columns=columns(*heads), rows=tuple(tuple(row) for row in rows))
