"""A plan from the tables of a file: every community and year once, every cell read, every mistake told at its place.

A row that is missing is a mistake, never a zero and never the value once exported: what a planner deletes by accident
must not look like a decision. Postings, projects and pairs are lists: what is not there is not done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from jiceng.plan_files import cells
from jiceng.plan_files.layout import PlanTable
from jiceng.plan_files.listing import lists_of
from jiceng.plan_files.names import Names
from jiceng.plan_files.tables import Entry, EntryRow, Findings, Form, Place, Tables, filled
from optimize.correction import Correction
from optimize.plan import Plan, Status
from scenarios.district import District
from scenarios.problems import Refusal, same
from scenarios.text import Text

GIVEN = "given"  # the method of a plan that was read from a file
MOST_FACTOR = 1000.0
Value = TypeVar("Value")
Where = tuple[str, ...]  # (code,) or (code, year)


@dataclass(frozen=True, eq=False)
class GivenPlan:
    """A plan read from a file, where its rows stand, and what was noticed while it was read.

    ``places``: by what a broken rule names (``"<code> <year>"``, ``"<slot> <code>"``, a project, a code), and by that and
    the key of a column.
    """

    plan: Plan
    file: str
    places: dict[Where, Place]
    notices: tuple[Text, ...]


def plan_of(tables: Tables, keyed: tuple[PlanTable, ...], district: District, findings: Findings) -> GivenPlan:
    """The plan that a file's tables hold. Raises ``ScenarioError`` with every mistake of the file."""
    names, places = Names.of(district), dict[Where, Place]()
    _check_district(tables, district, findings)
    found: dict[str, dict[Where, Entry]] = {}
    for table in keyed:
        found |= _keyed(table, tables, district, names, findings, places)
    numbers = _Numbers(tables.form, district, found, findings)
    decided = numbers.all()
    lists = lists_of(tables, district, names, findings, places)
    findings.raise_if_any()
    plan = Plan(method=GIVEN, communities=district.communities.code, years=district.plan_years, status=Status.GIVEN,
                **decided, **lists)  # fmt: skip
    return GivenPlan(plan, tables.file, places, tuple(findings.notices))


def _check_district(tables: Tables, district: District, findings: Findings) -> None:
    said = tables.district
    if said is not None and not said.is_empty and str(said.value).strip() != district.code:
        findings.add(said.place, said.field, str(said.value), Text(f"方案所用辖区 {district.code}", f"the district of the scenario, {district.code}"),
                     Text("换用该辖区的方案文件，或换一个情景", "choose the plan of this district, or another scenario"))  # fmt: skip


def _keyed(table: PlanTable, tables: Tables, district: District, names: Names, findings: Findings,
           places: dict[Where, Place]) -> dict[str, dict[Where, Entry]]:  # fmt: skip
    """The cells of a table with a row for every community (and year), by column; with what is double or missing told."""
    seen: dict[Where, EntryRow] = {}
    broken = False
    rows = list(filled(tables.rows.get(table.key, [])))
    for row in rows:
        try:
            key: Where = (names.community_of(row),)
            if table.each == "year":
                key = (*key, str(cells.whole(row.entry("year"), district.plan_years[0], district.plan_years[-1])))
        except Refusal as refusal:
            findings.refuse(_blamed(row, refusal, names, table), refusal)
            broken = True
            continue
        if key in seen:
            _double(row, seen[key], key, findings)
            continue
        seen[key] = row
        _remember(row, " ".join(key), places)
    if (rows or table.each == "year") and not broken:
        _missing(table, tables, district, seen, findings)
    return {c.key: {key: row.entry(c.key) for key, row in seen.items()} for c in table.values}


def _blamed(row: EntryRow, refusal: Refusal, names: Names, table: PlanTable) -> Entry:
    """The cell that was refused: the community's if it cannot be read, its name, else the year."""
    for key in ("community", "code"):
        if key in row.cells or (key == "community" and "code" not in row.cells):
            try:
                names.community(row.entry(key))
            except Refusal:
                return row.entry(key)
    try:
        names.community_of(row)
    except Refusal:
        return row.entry("name")
    return row.entry("year")


def _remember(row: EntryRow, where: str, places: dict[Where, Place]) -> None:
    places.setdefault((where,), row.place)
    places.setdefault((where.split(" ", maxsplit=1)[0],), row.place)
    for key, entry in row.cells.items():
        places.setdefault((where, key), entry.place)


def _double(row: EntryRow, first: EntryRow, key: Where, findings: Findings) -> None:
    place, shown = str(first.place), " ".join(key)
    findings.add(row.place, row.name, shown, Text(f"每个社区每年一行（已见于 {place}）", f"one row each; it stands at {place} already"),
                 Text("删去或改正其中一行", "remove or correct one of the rows"))  # fmt: skip


def _missing(table: PlanTable, tables: Tables, district: District, seen: dict[Where, Any], findings: Findings) -> None:
    """Tell the communities without a row, each once with its years."""
    years = [str(year) for year in district.plan_years] if table.each == "year" else [""]
    place = tables.heads.get(table.key, Place(tables.file, None))
    for code in district.communities.code:
        lacking = [year for year in years if ((code, year) if year else (code,)) not in seen]
        if lacking:
            listed = f"{code} {', '.join(lacking)}".strip()
            findings.add(place, table.key, Text(f"缺少 {listed}", f"no row for {listed}"),
                         Text("每个社区每年一行", "a row for every community and year") if table.each == "year"
                         else Text("每个社区一行", "a row for every community"),
                         Text("补上该行，不安排的写 0", "add the row, with 0 for what is not given"))  # fmt: skip


@dataclass(frozen=True)
class _Numbers:
    """The decisions that are arrays, from their cells."""

    form: Form
    district: District
    found: dict[str, dict[Where, Entry]]
    findings: Findings

    def all(self) -> dict[str, Any]:
        """Every array field of a plan."""
        rounded = 0
        arrays: dict[str, Any] = {}
        for field, key in (("lump_fen", "granted"), ("contract_fen", "contracts"), ("prevention_fen", "prevention")):
            arrays[field] = self._by_year(key, lambda entry: cells.fen(entry, self.form), 0)
            if self.form == "workbook":
                entries = self.found[key].values()
                rounded += sum(isinstance(e.value, int | float) and not isinstance(e.value, bool) and cells.is_rounded(e) for e in entries)  # fmt: skip
        if rounded:
            self.findings.notices.append(
                Text(f"{rounded} 个金额已四舍五入到分", f"{rounded} amounts were rounded to the fen")
            )
        arrays["posts"] = self._by_year("posts", self._count, 0)
        arrays["care_rooms"] = self._if_decided("care_rooms", lambda key: self._by_year(key, self._share, 0.0))
        arrays["windows"] = self._if_decided(
            "windows", lambda key: np.array(self._standing(key, self._count, 0), dtype=np.int64)
        )
        arrays["wardens"] = self._if_decided(
            "wardens", lambda key: np.array(self._standing(key, self._count, 0), dtype=np.int64)
        )
        arrays["contact"] = self._if_decided("contact", lambda key: np.array(self._standing(key, self._change, 0.0)))
        arrays = {key: value for key, value in arrays.items() if value is not None}
        return arrays | {"correction": self._correction()}

    def _if_decided(self, key: str, read: Callable[[str], Any]) -> Any | None:
        return read(key) if self._is_decided(key) else None

    def _is_decided(self, key: str) -> bool:
        """Whether any cell of an optional column is filled; then all must be."""
        return any(not entry.is_empty for entry in self.found.get(key, {}).values())

    def _by_year(self, key: str, read: Callable[[Entry], Value], nothing: Value) -> list[list[Value]]:
        """Values by community and plan year."""
        years = [str(year) for year in self.district.plan_years]
        codes = self.district.communities.code
        return [[self._read(key, (code, year), read, nothing) for year in years] for code in codes]

    def _standing(self, key: str, read: Callable[[Entry], Value], nothing: Value) -> list[Value]:
        return [self._read(key, (code,), read, nothing) for code in self.district.communities.code]

    def _read(self, key: str, where: Where, read: Callable[[Entry], Value], nothing: Value) -> Value:
        """The value of a cell; a cell that is refused, or was told to be missing, gives a stand-in."""
        entry = self.found[key].get(where)
        if entry is None:
            return nothing
        try:
            return read(entry)
        except Refusal as refusal:
            self.findings.refuse(entry, refusal)
            return nothing

    def _correction(self) -> Correction | None:
        keys = [key for key in ("hours_factor", "reach_factor", "still_prevented") if self._is_decided(key)]
        if not keys:
            return None
        values = {
            key: tuple(self._standing(key, self._share if key == "still_prevented" else self._factor, 0.0))
            for key in keys
        }
        if self.findings.problems:
            return None
        ones = (1.0,) * len(self.district.communities)
        return Correction(
            values.get("hours_factor", ones), values.get("reach_factor", ones), values.get("still_prevented", ())
        )

    @staticmethod
    def _count(entry: Entry) -> int:
        return cells.whole(entry, 0, cells.MOST_COUNT)

    @staticmethod
    def _share(entry: Entry) -> float:
        return cells.real(entry, 0.0, 1.0)

    @staticmethod
    def _change(entry: Entry) -> float:
        return cells.real(entry, -1.0, 1.0)

    @staticmethod
    def _factor(entry: Entry) -> float:
        value = cells.real(entry, 0.0, MOST_FACTOR)
        if value == 0:
            raise Refusal(Text("大于 0 的数", "a number above 0"), same("1"))
        return value
