"""A table to a CSV file: UTF-8, LF, whole or not at all, inert in spreadsheets, and read back to the same values."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path

import numpy as np

from scenarios.reading.csv_cells import escape_formula
from scenarios.reading.csv_reading import parse_table
from scenarios.reading.csv_report import Report
from scenarios.tables import Column, Table
from scenarios.text import Text


def write_table(table: Table, path: Path) -> None:
    """Write a table, one row an entity, in its row order.

    Texts that a spreadsheet might run as a formula get a leading apostrophe, which `read_table` drops. The bytes are
    parsed before the file is replaced, so a ScenarioError is raised instead of writing what could not be read back.
    """
    data = table_bytes(table)
    back = parse_table(data, path, type(table), notices=[], may_be_empty=True)
    _check_equal(table, back.table, back.lines, path)
    write_whole(path, data)


def _check_equal(table: Table, back: Table, lines: tuple[int, ...], path: Path) -> None:
    """Raise ScenarioError for texts that read back otherwise: blanks at their ends, foreign line breaks."""
    report = Report(path)
    for column in table.columns():
        if column.kind in ("id", "text"):
            pairs = zip(getattr(table, column.name), getattr(back, column.name), lines, strict=True)
            for text, again, line in pairs:
                if text != again:
                    report.add(line, column.name, text, Text(f"“{again}”", f"'{again}'"),
                               Text("去掉首尾空格和回车符", "remove blanks at its ends and carriage returns"))  # fmt: skip
    report.raise_if_any()


def table_bytes(table: Table) -> bytes:
    """The CSV text of a table, encoded."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    columns = table.columns()
    writer.writerow([column.name for column in columns])
    writer.writerows(zip(*(_cells(table, column) for column in columns), strict=True))
    return text.getvalue().encode("utf-8")


def _cells(table: Table, column: Column) -> list[str]:
    values = getattr(table, column.name)
    if column.kind in ("id", "text"):
        return [escape_formula(text) for text in values]
    return [str(value) for value in values] if column.kind == "integer" else [real_text(value) for value in values]


def real_text(value: float) -> str:
    """The shortest decimal, without an exponent, that reads back to the same number.

    >>> real_text(0.1), real_text(433.0), real_text(1e-7)
    ('0.1', '433.0', '0.0000001')
    """
    short = repr(float(value))
    return np.format_float_positional(value, trim="-") if "e" in short else short


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file in one step, so that a reader sees the old bytes or the new ones, and a crash leaves the old."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)  # mkstemp makes private files
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
