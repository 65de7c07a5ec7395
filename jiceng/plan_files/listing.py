"""Postings, projects, care money and pairs from the rows of a plan file: lists, in the order of the file."""

from __future__ import annotations

from typing import Any

from jiceng.plan_files import cells
from jiceng.plan_files.layout import CARE, PAIRS, POSTINGS, PROJECTS
from jiceng.plan_files.names import Names, member_class
from jiceng.plan_files.tables import EntryRow, Findings, Place, Tables, filled
from optimize.plan import Posting, Project
from scenarios.arrangements import MEMBER_CLASSES
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.problems import Refusal
from scenarios.text import Text

MOST_MONTHS = 600
MOST_M2 = 1e6
MOST_CARE_YUAN = 1e6
Places = dict[tuple[str, ...], Place]


def lists_of(tables: Tables, district: District, names: Names, findings: Findings, places: Places) -> dict[str, Any]:
    """The fields of a plan that are lists."""
    reading = _Lists(tables, district, names, findings, places)
    return {"postings": reading.postings(), "projects": reading.projects(), "care_yuan": reading.care(),
            "pairs": reading.pairs()}  # fmt: skip


class _Row:
    """One row being read: cells that are refused are told, and the row is dropped."""

    def __init__(self, row: EntryRow, findings: Findings) -> None:
        self.row, self.findings, self.is_sound = row, findings, True

    def get(self, key: str, read: Any, *more: Any) -> Any:
        entry = self.row.entry(key)
        try:
            return read(entry, *more)
        except Refusal as refusal:
            self.findings.refuse(entry, refusal)
            self.is_sound = False
            return None


class _Lists:
    """The lists of one file."""

    def __init__(self, tables: Tables, district: District, names: Names, findings: Findings, places: Places) -> None:
        self.tables, self.district, self.names = tables, district, names
        self.findings, self.places = findings, places

    def rows(self, key: str) -> list[EntryRow]:
        return list(filled(self.tables.rows.get(key, [])))

    def start(self, reading: _Row) -> int:
        year = reading.get("start_year", cells.whole, self.district.plan_years[0], self.district.plan_years[-1])
        month = reading.get("start_month", cells.whole, 1, MONTHS)
        return (year - self.district.first_year) * MONTHS + month - 1 if reading.is_sound else 0

    def once(self, row: EntryRow, key: tuple[str, ...], seen: dict[tuple[str, ...], EntryRow]) -> bool:
        if key in seen:
            place = str(seen[key].place)
            self.findings.add(row.place, row.name, " ".join(key), Text(f"只出现一次（已见于 {place}）", f"each once; it stands at {place} already"),
                              Text("删去或改正其中一行", "remove or correct one of the rows"))  # fmt: skip
            return False
        seen[key] = row
        return True

    def postings(self) -> tuple[Posting, ...]:
        found, seen = [], dict[tuple[str, ...], EntryRow]()
        for row in self.rows(POSTINGS.key):
            reading = _Row(row, self.findings)
            slot, code = reading.get("slot", self.names.slot), reading.get("community", self.names.community)
            start, months = self.start(reading), reading.get("months", cells.whole, 1, MOST_MONTHS)
            if reading.is_sound and self.once(row, (slot, code), seen):
                found.append(Posting(slot, code, start, months))
                self.remember(row, (f"{slot} {code}",), (slot,))
        return tuple(found)

    def projects(self) -> tuple[Project, ...]:
        starts: dict[str, tuple[int, EntryRow]] = {}
        serves: dict[str, list[tuple[str, float]]] = {}
        seen = dict[tuple[str, ...], EntryRow]()
        for row in self.rows(PROJECTS.key):
            reading = _Row(row, self.findings)
            site, start = reading.get("project", self.names.site), self.start(reading)
            served = self.served(reading)
            if not reading.is_sound or not self.once(row, (site, *(code for code, _ in served)), seen):
                continue
            if starts.setdefault(site, (start, row))[0] != start:
                self.two_starts(row, starts[site][1], site)
            serves.setdefault(site, []).extend(served)
            self.remember(row, (site,), (site, *(code for code, _ in served)))
        return tuple(Project(site, start, tuple(serves[site])) for site, (start, _) in starts.items())

    def served(self, reading: _Row) -> list[tuple[str, float]]:
        """The community that a row serves and its space; none where both cells are empty."""
        if reading.row.entry("community").is_empty and reading.row.entry("m2").is_empty:
            return []
        code = reading.get("community", self.names.community)
        m2 = reading.get("m2", cells.measured, self.tables.form, "m2", MOST_M2)
        return [(code, m2)]

    def two_starts(self, row: EntryRow, first: EntryRow, site: str) -> None:
        entry, place = row.entry("start_year"), str(first.place)
        self.findings.add(entry.place, row.name, site, Text(f"与 {place} 相同的开始年月", f"the start it has at {place}"),
                          Text("同一项目各行写同一个开始年月", "give all rows of a project one start"))  # fmt: skip

    def care(self) -> tuple[float, ...]:
        """Yuan a head by member class; empty without any amount. A class without a row gets nothing."""
        yuan = [0.0] * len(MEMBER_CLASSES)
        seen = dict[tuple[str, ...], EntryRow]()
        rows = self.rows(CARE.key)
        if all(row.entry("yuan").is_empty for row in rows):
            return ()
        for row in rows:
            reading = _Row(row, self.findings)
            at = reading.get("class", member_class)
            amount = reading.get("yuan", cells.measured, self.tables.form, "元/head/year", MOST_CARE_YUAN)
            if reading.is_sound and self.once(row, (str(at),), seen):
                yuan[at] = amount
                self.remember(row, ("care fund",))
        return tuple(yuan)

    def pairs(self) -> tuple[tuple[str, str, float], ...]:
        found, seen = [], dict[tuple[str, ...], EntryRow]()
        for row in self.rows(PAIRS.key):
            reading = _Row(row, self.findings)
            unit, code = reading.get("unit", self.names.unit), reading.get("community", self.names.community)
            share = reading.get("share", cells.real, 0.0, 1.0)
            if reading.is_sound and self.once(row, (unit, code), seen):
                found.append((unit, code, share))
                self.remember(row, (f"{unit} {code}",), (unit,))
        return tuple(found)

    def remember(self, row: EntryRow, *keys: tuple[str, ...]) -> None:
        for key in keys:
            self.places.setdefault(key, row.place)
