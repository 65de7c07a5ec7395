"""Recipes read from a district's folder, and the synthetic tables written back into it.

A recipe's folder has ``district.yaml``, ``unit_list.csv``, ``facts.csv`` and, where something is known of the streets,
``street_list.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenarios.building.recipe import RealUnit, Recipe
from scenarios.district import District, Fact
from scenarios.district_files import FACTS_FILE, SETTINGS_FILE, Facts, shipped
from scenarios.problems import Problem, ScenarioError
from scenarios.reading.csv_reading import read_table
from scenarios.reading.csv_writing import write_table
from scenarios.reading.district_settings import read_settings
from scenarios.tables import Names, Reals, Table, column
from scenarios.text import Text

UNITS_FILE, STREETS_FILE = "unit_list.csv", "street_list.csv"
SYNTHETIC_TABLES = ("communities", "streets", "units", "sites", "slots")


@dataclass(frozen=True, kw_only=True, eq=False)
class UnitList(Table):
    """The official list of residents' committees and villages."""

    code: Names = column("id", "代码", "12-digit code", unique=True, synthetic=False)
    name: Names = column("text", "名称", "name", synthetic=False)
    kind: Names = column("text", "类型", "kind", choices=("urban", "village"), synthetic=False)
    street_code: Names = column("id", "街镇代码", "code of its street or town", synthetic=False)
    street_name: Names = column("text", "街镇名称", "name of its street or town", synthetic=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class StreetList(Table):
    """What is known of the streets: the weight used, and the two figures it is the mean of."""

    street_code: Names = column("id", "街镇代码", "code", unique=True, synthetic=False)
    street_name: Names = column("text", "街镇名称", "name", synthetic=False)
    weight_2000: Reals = column("real", "按2000年普查分摊", "residents shared out by the 2000 census")
    weight_committees: Reals = column("real", "按单位数分摊", "residents shared out by numbers of units")
    weight: Reals = column("real", "权重", "weight of the street, the mean of both", low=1.0)


def load_recipe(name: str) -> Recipe:
    """The recipe of a shipped district; raises ``ScenarioError`` for a name that is not shipped."""
    return read_recipe(shipped(name))


def read_recipe(folder: Path) -> Recipe:
    """The recipe in a folder; raises ``ScenarioError`` for files that cannot be read or do not fit together."""
    settings = read_settings(folder / SETTINGS_FILE)
    units = read_table(folder / UNITS_FILE, UnitList, notices=[])
    facts = read_table(folder / FACTS_FILE, Facts, notices=[])
    recipe = Recipe(
        code=settings.code,
        name=Text(settings.name.zh, settings.name.en),
        units=tuple(RealUnit(*row) for row in units.to_frame().itertuples(index=False)),
        facts=tuple(Fact(*row) for row in facts.to_frame().itertuples(index=False)),
        street_weights=_street_weights(folder / STREETS_FILE),
        first_year=settings.first_year,
        years=settings.years,
    )
    if faults := recipe.faults():
        raise ScenarioError(
            Problem(str(folder / f"{fault.table}.csv"), None, fault.field, fault.found, fault.expected, fault.mend)
            for fault in faults
        )
    return recipe


def default_seed(folder: Path) -> int:
    """The seed of a folder's tables."""
    return read_settings(folder / SETTINGS_FILE).version


def write_tables(district: District, folder: Path) -> None:
    """Write the synthetic tables; the real lists and district.yaml are left as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SYNTHETIC_TABLES:
        write_table(getattr(district, name), folder / f"{name}.csv")


def _street_weights(path: Path) -> dict[str, float]:
    """Relative populations of streets, where a folder has them."""
    if not path.exists():
        return {}
    table = read_table(path, StreetList, notices=[])
    return dict(zip(table.street_code, table.weight.tolist(), strict=True))
