"""A district on disk: a folder with district.yaml and one CSV file per table. Read with every check, written exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import pandas as pd

from scenarios.district import Communities, District, Fact, Sites, Slots, Streets, Units
from scenarios.problems import Problem, ScenarioError, did_you_mean, one_of
from scenarios.reading.csv_reading import Parsed, parse_table
from scenarios.reading.csv_text import read_bytes
from scenarios.reading.csv_writing import write_table, write_whole
from scenarios.reading.district_checks import ParsedTables, check_tables
from scenarios.reading.district_settings import DistrictSettings, read_settings, settings_bytes
from scenarios.tables import Names, Reals, Table, column
from scenarios.text import Text

SETTINGS_FILE = "district.yaml"
FACTS_FILE = "facts.csv"
Result = TypeVar("Result")
AnyTable = TypeVar("AnyTable", bound=Table)


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts(Table):
    """Cited public figures about the district."""

    key: Names = column("id", "指标", "key", unique=True, synthetic=False)
    value: Reals = column("real", "数值", "value", low=-1e15, high=1e15, synthetic=False)
    unit: Names = column("text", "单位", "unit", synthetic=False)
    source: Names = column("text", "来源", "source", synthetic=False)


def district_names() -> tuple[str, ...]:
    """Names of the shipped districts."""
    return tuple(sorted(folder.name for folder in _data().iterdir() if (folder / SETTINGS_FILE).is_file()))


def shipped(name: str) -> Path:
    """The folder of a shipped district; raises ScenarioError for a name that is not one."""
    names = district_names()
    if name not in names:
        mend = did_you_mean(name, names, Text("取其中一个名称", "take one of these names"))
        raise ScenarioError([Problem("scenarios/data", None, "district", name, one_of(names), mend)])
    return _data() / name


def _data() -> Path:
    return Path(str(files("scenarios") / "data"))


def read_district(folder: Path, *, notices: list[Text] | None = None) -> District:
    """The district in a folder; raises ScenarioError with the mistakes of all its files at once.

    Doubts that do not stop the reading (another encoding, trimmed spaces, odd household sizes) go to ``notices``.
    """
    if not folder.is_dir():
        found, expected = Text("没有该文件夹", "no such folder"), Text("一个区县的文件夹", "the folder of a district")
        raise ScenarioError([Problem(str(folder), None, "", found, expected, Text("检查路径", "check the path"))])
    notes = [] if notices is None else notices
    problems: list[Problem] = []

    def attempt(read: Callable[[], Result]) -> Result | None:
        try:
            return read()
        except ScenarioError as error:
            problems.extend(error.problems)
            return None

    def table(table_class: type[AnyTable], *, may_be_empty: bool = False) -> Parsed[AnyTable] | None:
        path = folder / f"{table_class.__name__.lower()}.csv"
        return attempt(
            lambda: parse_table(read_bytes(path), path, table_class, notices=notes, may_be_empty=may_be_empty)
        )

    settings = attempt(lambda: read_settings(folder / SETTINGS_FILE))
    tables = ParsedTables(
        communities=table(Communities),
        streets=table(Streets),
        units=table(Units, may_be_empty=True),
        sites=table(Sites, may_be_empty=True),
        slots=table(Slots, may_be_empty=True),
    )
    facts = table(Facts, may_be_empty=True) if (folder / FACTS_FILE).exists() else None
    problems += check_tables(tables, notes)
    if settings is not None and tables.communities is not None:
        problems += _fund_problems(settings, len(tables.communities.table), str(folder / SETTINGS_FILE))
    if problems or settings is None:
        raise ScenarioError(problems)
    return _assemble(settings, tables, facts)


def _fund_problems(settings: DistrictSettings, count: int, file: str) -> list[Problem]:
    """Amounts by community that are not one for each community."""
    fund = settings.service_fund
    given = {"entitlement_fen": len(fund.entitlement_fen), "floor_fen": len(fund.floor_fen), "ratios": len(fund.ratios)}
    return [Problem(file, None, f"service_fund.{key}", Text(f"{number} 个数", f"{number} numbers"),
                    Text(f"每个社区一个数，共 {count} 个", f"one for each of the {count} communities"),
                    Text("按 communities.csv 的顺序写全，或删去", "write all in the order of communities.csv, or drop it"))
            for key, number in given.items() if number not in (0, count)]  # fmt: skip


def _assemble(settings: DistrictSettings, tables: ParsedTables, facts: Parsed[Facts] | None) -> District:
    parsed = {item.name: getattr(tables, item.name).table for item in fields(tables)}
    rows = facts.table.to_frame().itertuples(index=False) if facts is not None else ()
    return District(**settings.fields_of_district(), **parsed, facts=tuple(Fact(*row) for row in rows))


def write_district(district: District, folder: Path) -> None:
    """Write a district so that `read_district` gives back equal values; the folder is made where it is missing."""
    settings = settings_bytes(district, folder / SETTINGS_FILE)
    folder.mkdir(parents=True, exist_ok=True)
    for table_class in (Communities, Streets, Units, Sites, Slots):
        name = table_class.__name__.lower()
        write_table(getattr(district, name), folder / f"{name}.csv")
    facts = Facts.from_frame(pd.DataFrame(district.facts, columns=[column.name for column in Facts.columns()]))
    write_table(facts, folder / FACTS_FILE)
    write_whole(folder / SETTINGS_FILE, settings)
