"""What was really granted, spent, staffed and built in a year, read from a table: one row an item and community."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

from optimize.plan import Posting, Project
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN
from scenarios.problems import Problem, ScenarioError, did_you_mean, one_of, same
from scenarios.reading.csv_reading import Parsed, parse_table
from scenarios.reading.csv_text import read_bytes
from scenarios.reading.csv_writing import real_text
from scenarios.reading.workbook_reading import read_workbook
from scenarios.tables import Integers, Names, Reals, Table, column
from scenarios.text import Text

ITEMS: dict[str, Text] = {
    "granted": Text("拨付", "granted"),
    "own": Text("自筹", "own"),
    "spent": Text("支出", "spent"),
    "held": Text("结余", "held"),
    "contracts": Text("购买服务", "contracts"),
    "prevention": Text("预防", "prevention"),
    "posts": Text("岗位", "posts"),
    "posting": Text("选派", "posting"),
    "project": Text("项目", "project"),
}
"""Items of actuals; ``own`` is money other than the grant: own money, matches, support."""
MONEY = ("granted", "own", "spent", "held", "contracts", "prevention")
UNITS: dict[str, tuple[str, ...]] = {"posts": ("个", "posts"), "posting": ("月", "months"), "project": ("m2", "平方米")}
FEN_PER: dict[str, int] = {"万元": FEN_PER_WAN, "元": FEN_PER_YUAN}
_WORDS = tuple(word for text in ITEMS.values() for word in text)
_UNITS = (*FEN_PER, *(unit for units in UNITS.values() for unit in units))


@dataclass(frozen=True, kw_only=True, eq=False)
class ActualRows(Table):
    """The rows of a table of actuals. ``name``: the community's for money and posts, the official's id, the project's id."""

    year: Integers = column("integer", "年份", "year", low=1949, high=2200, synthetic=False)
    community: Names = column("id", "社区代码", "code of the community", synthetic=False)
    name: Names = column(
        "text", "社区名称、名额或项目编号", "name of the community, or id of the official or project", synthetic=False
    )
    item: Names = column("text", "事项", "item", choices=_WORDS, synthetic=False)
    amount: Reals = column("real", "数额", "amount", high=1e13, synthetic=False)
    unit: Names = column("text", "单位", "unit", choices=_UNITS, synthetic=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class Actuals:
    """What was really done in a year. An item that the table does not tell is left out: it was done as planned.

    ``money``: fen by community, of each item told; ``postings`` and ``projects`` as a plan states them, of plan month 0,
    with the months served and the square metres open; None where the table tells of none.
    """

    year: int
    money: dict[str, Integers]
    posts: Integers | None
    postings: tuple[Posting, ...] | None
    projects: tuple[Project, ...] | None
    notices: tuple[Text, ...] = ()


def read_actuals(path: Path, district: District, year: int) -> Actuals:
    """The actuals of a year in a CSV file or in the first sheet of a workbook. Raises ``ScenarioError`` with every mistake."""
    notices: list[Text] = []
    data = _sheet_bytes(path) if path.suffix.lower() == ".xlsx" else read_bytes(path)
    parsed = parse_table(data, path, ActualRows, notices=notices)
    reading = _Reading(parsed, district, year)
    actuals = reading.actuals(tuple(notices))
    if reading.problems:
        raise ScenarioError(sorted(reading.problems, key=lambda problem: problem.line or 0))
    return actuals


def _sheet_bytes(path: Path) -> bytes:
    """The first sheet as CSV, a line a row."""
    sheet = next(iter(read_workbook(path).values()))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([_text(cell.value) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8")


def _text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int):
        return str(value)
    return real_text(value) if isinstance(value, float) else " ".join(str(value).splitlines())


class _Reading:
    """The rows of one file, being turned into amounts."""

    def __init__(self, parsed: Parsed[ActualRows], district: District, year: int) -> None:
        self.path, self.table, self.lines = str(parsed.path), parsed.table, parsed.lines
        self.district, self.year = district, year
        self.problems: list[Problem] = []
        self.names = dict(zip(district.communities.code, district.communities.name, strict=True))
        words = {word: key for key, text in ITEMS.items() for word in text}
        self.items = [words[word] for word in self.table.item]
        self.first: dict[tuple[str, str, str], int] = {}

    def add(self, row: int, field: str, found: str | Text, expected: Text, mend: Text) -> None:
        self.problems.append(Problem(self.path, self.lines[row], field, found, expected, mend))

    def actuals(self, notices: tuple[Text, ...]) -> Actuals:
        """Every item, after every row was checked."""
        sound = [row for row in range(len(self.table)) if self.is_sound(row)]
        told = set(self.items)
        money = {item: self.by_community(item, sound, self.fen) for item in MONEY if item in told}
        posts = self.by_community("posts", sound, self.whole) if "posts" in told else None
        return Actuals(year=self.year, money=money, posts=posts, notices=notices,
                       postings=self.postings(sound) if "posting" in told else None,
                       projects=self.projects(sound) if "project" in told else None)  # fmt: skip

    def is_sound(self, row: int) -> bool:
        """Whether a row is of the year, of a known place and thing, in a fitting unit, and there once."""
        before = len(self.problems)
        code, name, item = self.table.community[row], self.table.name[row], self.items[row]
        if int(self.table.year[row]) != self.year:
            self.add(
                row,
                "year",
                str(self.table.year[row]),
                same(str(self.year)),
                Text("只写规划第一年的实际数", "tell of the first plan year alone"),
            )
        if code not in self.names:
            self.add(row, "community", code, Text("本区的社区代码", "the code of a community of this district"),
                     did_you_mean(code, self.names, Text("核对代码", "check the code")))  # fmt: skip
        else:
            self.check_name(row, code, name, item)
        units = UNITS.get(item, tuple(FEN_PER))
        if self.table.unit[row] not in units:
            self.add(
                row,
                "unit",
                self.table.unit[row],
                one_of(units),
                Text(f"“{ITEMS[item].zh}”以{units[0]}计", f"'{item}' is in {units[0]}"),
            )
        key = (code, item, name if item in ("posting", "project") else "")
        if self.first.setdefault(key, row) != row:
            line = self.lines[self.first[key]]
            self.add(row, "item", " ".join(key).strip(), Text(f"每项一行（已见于第 {line} 行）", f"each item once; it stands on line {line} already"),
                     Text("删去或合并其中一行", "remove one of the rows, or join them"))  # fmt: skip
        return len(self.problems) == before

    def check_name(self, row: int, code: str, name: str, item: str) -> None:
        known: dict[str, tuple[str, ...]] = {"posting": self.district.slots.id, "project": self.district.sites.id}
        expected = known.get(item, (self.names[code],))
        if name not in expected:
            self.add(
                row,
                "name",
                name,
                one_of(expected, 5),
                did_you_mean(name, expected, Text("核对是否错行", "check for shifted rows")),
            )

    def fen(self, row: int) -> int:
        """Money of a row, exact to the fen."""
        amount = Decimal(repr(float(self.table.amount[row]))) * FEN_PER[self.table.unit[row]]
        if amount != amount.to_integral_value():
            self.add(row, "amount", real_text(self.table.amount[row]), Text("精确到分的金额", "an amount in whole fen"),
                     Text("四舍五入到分", "round it to the fen"))  # fmt: skip
        return int(amount.to_integral_value())

    def whole(self, row: int) -> int:
        """A count."""
        amount = float(self.table.amount[row])
        if amount != int(amount):
            self.add(
                row,
                "amount",
                real_text(amount),
                Text("整数", "a whole number"),
                Text(f"写 {round(amount)}", f"write {round(amount)}"),
            )
        return int(amount)

    def by_community(self, item: str, sound: list[int], read: Callable[[int], int]) -> Integers:
        """An item of every community; one that is told of some must be told of all."""
        rows = {self.table.community[row]: row for row in range(len(self.table)) if self.items[row] == item}
        lacking = [code for code in self.names if code not in rows]
        if lacking:
            listed = ", ".join(lacking[:5]) + (", …" if len(lacking) > 5 else "")
            self.problems.append(Problem(self.path, None, item, Text(f"缺少 {listed}", f"no row for {listed}"),
                                         Text(f"每个社区一行“{ITEMS[item].zh}”", f"a row '{item}' for every community"),
                                         Text("补上，没有的写 0", "add them, with 0 for nothing")))  # fmt: skip
        return np.array([read(rows[code]) if rows.get(code) in sound else 0 for code in self.names], dtype=np.int64)

    def postings(self, sound: list[int]) -> tuple[Posting, ...]:
        """Officials in post, with the months they served, as postings of the full term from January."""
        return tuple(Posting(self.table.name[row], self.table.community[row], 0, self.district.postings.term_months)
                     for row in sound if self.items[row] == "posting" and self.table.amount[row] > 0)  # fmt: skip

    def projects(self, sound: list[int]) -> tuple[Project, ...]:
        """Projects that are open, with the space that each community may use."""
        serves: dict[str, list[tuple[str, float]]] = {}
        for row in sound:
            if self.items[row] == "project" and self.table.amount[row] > 0:
                serves.setdefault(self.table.name[row], []).append(
                    (self.table.community[row], float(self.table.amount[row]))
                )
        return tuple(Project(site, 0, tuple(shares)) for site, shares in serves.items())
