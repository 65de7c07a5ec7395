"""Checks across the tables of a district: what refers to what, and which counts may not exceed which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from scenarios.district import Communities, Sites, Slots, Streets, Units
from scenarios.problems import Problem, same, visible
from scenarios.reading.csv_reading import Parsed
from scenarios.reading.csv_report import Report
from scenarios.tables import Integers, Table
from scenarios.text import Text

AT_MOST_POPULATION = ("households", "hardship", "floating", "members", "grids")  # nobody lives in an empty grid
HOUSEHOLD_SIZE = (1.2, 8.0)  # residents per household outside which a community is worth a second look
CHECK_ROW = Text("核对并改正该行", "check the row and correct it")
AnyTable = TypeVar("AnyTable", bound=Table)


@dataclass(frozen=True, kw_only=True)
class ParsedTables:
    """The tables of a district with their files and lines; None where a table was refused."""

    communities: Parsed[Communities] | None
    streets: Parsed[Streets] | None
    units: Parsed[Units] | None
    sites: Parsed[Sites] | None
    slots: Parsed[Slots] | None


class Check(Generic[AnyTable]):
    """A table under check, with a report of its file."""

    def __init__(self, parsed: Parsed[AnyTable]) -> None:
        self.table = parsed.table
        self.lines = parsed.lines
        self.report = Report(parsed.path)

    def add(self, row: int, field: str, found: str, expected: Text, mend: Text = CHECK_ROW) -> None:
        """Report a mistake in a row."""
        self.report.add(self.lines[row], field, found, expected, mend)

    def refers(self, field: str, other: Parsed[Streets] | Parsed[Communities]) -> None:
        """Report codes that the other table does not have."""
        codes, file = set(other.table.code), other.path.name
        mend = Text(f"改正代码，或在{file}中补上一行", f"correct it, or add a row to {file}")
        for row, code in enumerate(getattr(self.table, field)):
            if code not in codes:
                self.add(row, field, code, Text(f"{file}中已有的代码", f"a code that stands in {file}"), mend)


def check_tables(tables: ParsedTables, notices: list[Text]) -> list[Problem]:
    """Every mistake across the tables that could be read; doubtful figures go to the notices."""
    checks: list[Check[Communities] | Check[Units] | Check[Sites] | Check[Slots]] = []
    communities, streets = tables.communities, tables.streets
    if communities is not None:
        checks.append(check := Check(communities))
        _people(check)
        _names_in_street(check)
        notices += _household_sizes(communities)
        if streets is not None:
            check.refers("street_code", streets)
            notices += _streets_without_communities(streets, communities.table)
        if tables.units is not None:
            checks.append(units := Check(tables.units))
            units.refers("community_code", communities)
        if tables.sites is not None:
            checks.append(sites := Check(tables.sites))
            sites.refers("community_code", communities)
            _one_community_a_site(sites)
    if tables.slots is not None and streets is not None:
        checks.append(slots := Check(tables.slots))
        slots.refers("home_street_code", streets)
    return [problem for check in checks for problem in check.report.problems]


def _people(check: Check[Communities]) -> None:
    """Parts of the population lie within it, and an urban community has no collective income."""
    table = check.table
    _within(check, "children + elders", table.children + table.elders)
    for name in AT_MOST_POPULATION:
        _within(check, name, getattr(table, name))
    for row, (kind, income) in enumerate(zip(table.kind, table.collective_income_yuan, strict=True)):
        if kind == "urban" and income != 0:
            expected = Text("0（城市社区没有村集体收入）", "0, as an urban community has no collective income")
            check.add(row, "collective_income_yuan", f"{income:.12g}", expected)


def _within(check: Check[Communities], field: str, people: Integers) -> None:
    population = check.table.population
    for row in np.flatnonzero(people > population).tolist():
        expected = Text(f"不超过常住人口{population[row]}的数", f"at most the population {population[row]}")
        check.add(row, field, str(people[row]), expected)


def _names_in_street(check: Check[Communities]) -> None:
    """A name stands once in a street; the same name in two streets is common and fine."""
    first: dict[tuple[str, str], int] = {}
    for row, key in enumerate(zip(check.table.street_code, check.table.name, strict=True)):
        if (earlier := first.setdefault(key, row)) != row:
            one, two = check.lines[earlier], check.lines[row]
            expected = Text(f"同一街镇内不重复的名称（第{one}、{two}行相同）",
                            f"a name once in a street; lines {one} and {two} are the same")  # fmt: skip
            check.add(row, "name", key[1], expected)


def _one_community_a_site(check: Check[Sites]) -> None:
    """The alternatives of one site stand in one community."""
    first: dict[str, str] = {}
    for row, (site, code) in enumerate(zip(check.table.site, check.table.community_code, strict=True)):
        if (home := first.setdefault(site, code)) != code:
            mend = Text("同一地块的方案应属于同一社区", "the rows of one site belong to one community")
            check.add(row, "community_code", code, same(visible(home)), mend)


def _household_sizes(parsed: Parsed[Communities]) -> Iterator[Text]:
    """Notices of communities whose households are strangely large or small."""
    low, high = HOUSEHOLD_SIZE
    sizes = parsed.table.population / parsed.table.households
    for row in np.flatnonzero((sizes < low) | (sizes > high)).tolist():
        place, size = f"{parsed.path.name}:{parsed.lines[row]}", f"{sizes[row]:.1f}"
        yield Text(
            f"{place}：平均每户{size}人，请核对户数和人口", f"{place}: {size} residents per household, please check"
        )


def _streets_without_communities(parsed: Parsed[Streets], communities: Communities) -> Iterator[Text]:
    """Notices of streets that no community belongs to."""
    used = set(communities.street_code)
    for row, code in enumerate(parsed.table.code):
        if code not in used:
            place, name = f"{parsed.path.name}:{parsed.lines[row]}", visible(parsed.table.name[row])
            yield Text(f"{place}：{name}没有所辖社区", f"{place}: no community belongs to {name}")
