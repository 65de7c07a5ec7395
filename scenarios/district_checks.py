"""Checks across the tables of a district: what refers to what, and which counts may not exceed which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenarios.csv_reading import Parsed
from scenarios.district import Communities, Sites, Slots, Streets, Units
from scenarios.problems import Problem, did_you_mean, visible
from scenarios.text import Text

PART_OF_POPULATION = ("households", "hardship", "floating", "members")
HOUSEHOLD_SIZE = (1.2, 8.0)  # residents per household outside which a community is worth a second look


@dataclass(frozen=True, kw_only=True)
class ParsedTables:
    """The tables of a district with their files and lines; None where a table was refused."""

    communities: Parsed[Communities] | None
    streets: Parsed[Streets] | None
    units: Parsed[Units] | None
    sites: Parsed[Sites] | None
    slots: Parsed[Slots] | None


def check_tables(tables: ParsedTables, notices: list[Text]) -> list[Problem]:
    """Every mistake across the tables that could be read; doubtful figures go to the notices."""
    problems: list[Problem] = []
    communities, streets = tables.communities, tables.streets
    if communities is not None:
        problems += _people(communities)
        problems += _names_in_street(communities)
        notices += _household_sizes(communities)
    if communities is not None and streets is not None:
        problems += _references(communities, "street_code", streets.table.code, streets.path.name)
        notices += _streets_without_communities(streets, communities.table)
    if communities is not None:
        codes, file = communities.table.code, communities.path.name
        problems += _references(tables.units, "community_code", codes, file) if tables.units else ()
        problems += _references(tables.sites, "community_code", codes, file) if tables.sites else ()
    if tables.slots is not None and streets is not None:
        problems += _references(tables.slots, "home_street_code", streets.table.code, streets.path.name)
    if tables.sites is not None:
        problems += _one_community_a_site(tables.sites)
    return problems


def _people(parsed: Parsed[Communities]) -> Iterator[Problem]:
    """Parts of the population within it, and no collective income in the town."""
    table = parsed.table
    for row, people in enumerate(table.population):
        ages = int(table.children[row] + table.elders[row])
        if ages > people:
            yield _problem(parsed, row, "children + elders", str(ages), _at_most(int(people)))
        for name in PART_OF_POPULATION:
            count = int(getattr(table, name)[row])
            if count > people:
                yield _problem(parsed, row, name, str(count), _at_most(int(people)))
        income = table.collective_income_yuan[row]
        if table.kind[row] == "urban" and income != 0:
            expected = Text("0（城市社区没有村集体收入）", "0, an urban community has no collective income")
            yield _problem(parsed, row, "collective_income_yuan", f"{income:g}", expected)


def _at_most(people: int) -> Text:
    return Text(f"不超过常住人口{people}的数", f"at most the population {people}")


def _names_in_street(parsed: Parsed[Communities]) -> Iterator[Problem]:
    """A name stands once in a street; the same name in two streets is common and fine."""
    first: dict[tuple[str, str], int] = {}
    for row, key in enumerate(zip(parsed.table.street_code, parsed.table.name, strict=True)):
        if (earlier := first.setdefault(key, row)) != row:
            lines = parsed.lines[earlier], parsed.lines[row]
            expected = Text(f"同一街镇内名称不重复（第{lines[0]}、{lines[1]}行相同）",
                            f"a name once in a street; the same on lines {lines[0]} and {lines[1]}")  # fmt: skip
            yield _problem(parsed, row, "name", key[1], expected)


def _references(
    parsed: Parsed[Communities] | Parsed[Units] | Parsed[Sites] | Parsed[Slots],
    field: str,
    known: Sequence[str],
    file: str,
) -> Iterator[Problem]:
    """Codes that another table does not have."""
    codes = set(known)
    for row, code in enumerate(getattr(parsed.table, field)):
        if code not in codes:
            otherwise = Text(f"改正代码，或在{file}中补上一行", f"correct it, or add a row to {file}")
            expected = Text(f"{file}中已有的代码", f"a code of {file}")
            yield _problem(parsed, row, field, code, expected, did_you_mean(code, known, otherwise))


def _one_community_a_site(parsed: Parsed[Sites]) -> Iterator[Problem]:
    """The alternatives of one site stand in one community."""
    first: dict[str, int] = {}
    table = parsed.table
    for row, site in enumerate(table.site):
        home = table.community_code[first.setdefault(site, row)]
        if table.community_code[row] != home:
            expected = Text(
                f"{visible(home)}（同一地块的方案属于同一社区）", f"{visible(home)}, as in the other rows of this site"
            )
            yield _problem(parsed, row, "community_code", table.community_code[row], expected)


def _household_sizes(parsed: Parsed[Communities]) -> Iterator[Text]:
    """Notices of communities whose households are strangely large or small."""
    low, high = HOUSEHOLD_SIZE
    sizes = parsed.table.population / parsed.table.households
    for row in ((sizes < low) | (sizes > high)).nonzero()[0]:
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


def _problem(
    parsed: Parsed[Communities] | Parsed[Units] | Parsed[Sites] | Parsed[Slots],
    row: int,
    field: str,
    found: str,
    expected: Text,
    mend: Text | None = None,
) -> Problem:
    mend = mend or Text("核对并改正该行", "check the row and correct it")
    return Problem(str(parsed.path), parsed.lines[row], field, found, expected, mend)
