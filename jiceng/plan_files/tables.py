"""What was read of a plan file, before it is a plan: rows of cells, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from scenarios.problems import Problem, Refusal, ScenarioError, found_value
from scenarios.text import Text

CELL = re.compile(r"([A-Z]+)([0-9]+)")  # of a cell, or the first of a range
Form = Literal["yaml", "workbook"]


class Place(NamedTuple):
    """Where a value stands: a file and its line, or a file with sheet and cell and no line."""

    file: str
    line: int | None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Entry:
    """One cell: its value as read, the field that messages name, and its place.

    ``told``: what is wrong with it was told when the file was taken apart.
    """

    value: Any
    field: str
    place: Place
    told: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return self.value is None or self.value == ""


@dataclass(frozen=True)
class EntryRow:
    """One row of a table: its cells by the key of their column, and the place of the row."""

    cells: dict[str, Entry]
    place: Place
    name: str

    def entry(self, key: str) -> Entry:
        """The cell of a column; an empty one where the row does not have it."""
        return self.cells.get(key) or Entry(None, f"{self.name}.{key}", self.place)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The tables of a file by key, what it says of itself, and where the whole file stands."""

    form: Form
    file: str
    district: Entry | None
    rows: dict[str, list[EntryRow]]
    heads: dict[str, Place]


@dataclass
class Findings:
    """The mistakes of a file, gathered while it is read, so that all of them are told at once."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)

    def add(self, place: Place, name: str, found: str | Text, expected: Text, mend: Text) -> None:
        """Add one mistake."""
        self.problems.append(Problem(place.file, place.line, name, found, expected, mend))

    def refuse(self, entry: Entry, refusal: Refusal) -> None:
        """Add the refusal of a cell, unless it was told before."""
        if not entry.told:
            self.add(entry.place, entry.field, shown(entry.value), refusal.expected, refusal.mend)

    def raise_if_any(self) -> None:
        """Raise :class:`ScenarioError` if anything was added; problems by line, or by sheet, row and column."""
        if self.problems:
            sheets = list(dict.fromkeys(problem.file.partition("!")[0] for problem in self.problems))
            raise ScenarioError(sorted(self.problems, key=lambda problem: _order(problem, sheets)))


def _order(problem: Problem, sheets: list[str]) -> tuple[int, int, int, str]:
    """Where a problem stands in its file."""
    sheet, _, cell = problem.file.partition("!")
    at = CELL.match(cell)
    return (
        sheets.index(sheet),
        problem.line or (int(at[2]) if at else 0),
        len(at[1]) if at else 0,
        at[1] if at else "",
    )


def shown(value: Any) -> str | Text:
    """A cell's value as a message repeats it.

    >>> shown(2.5), shown(date(2027, 1, 1)).en
    ('2.5', 'a date (2027-01-01)')
    """
    if isinstance(value, date):
        day = f"{value:%Y-%m-%d}"
        return Text(f"日期（{day}）", f"a date ({day})")
    return found_value(value)


def filled(rows: list[EntryRow]) -> Iterator[EntryRow]:
    """The rows in which anything stands."""
    return (row for row in rows if any(not entry.is_empty for entry in row.cells.values()))
