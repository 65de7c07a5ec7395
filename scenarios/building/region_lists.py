"""The official lists of a region, and the recipes of its counties: real units and cited figures, the rest assumed.

A folder of lists has ``unit_list.csv``, ``county_list.csv`` and ``county_facts.csv``. The facts give the region's census
total (under the region's code) and the figures of those counties for which they are cited. What the others have of the
total is shared out among them by their committees: each residents' committee and each village weighs its typical size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scenarios.building.apportion import apportion
from scenarios.building.assumptions import ASSUMPTIONS
from scenarios.building.builder import build_district
from scenarios.building.recipe import NEEDED_FACTS, RealUnit, Recipe
from scenarios.district import District, Fact
from scenarios.problems import Problem, ScenarioError, same
from scenarios.reading.csv_reading import read_table
from scenarios.tables import Names, Reals, Table, column
from scenarios.text import Text

UNIT_LIST, COUNTY_LIST, COUNTY_FACTS = "unit_list.csv", "county_list.csv", "county_facts.csv"
STREET_DIGITS, COUNTY_DIGITS = 9, 6  # of a unit's code
BY_COUNTS = "A: the census total without the cited counties, shared out by committees of typical size"
Cited = dict[str, tuple[Fact, ...]]
PARTS = {"households": "households", "population_0_14": "people", "population_60_plus": "people"}


@dataclass(frozen=True, kw_only=True, eq=False)
class UnitList(Table):
    """Residents' committees and villages; the first digits of a code are its street's and its county's."""

    code: Names = column("id", "代码", "12-digit code", unique=True, synthetic=False)
    name: Names = column("text", "名称", "name", synthetic=False)
    kind: Names = column("text", "类型", "kind", choices=("urban", "village"), synthetic=False)
    street_name: Names = column("text", "街镇名称", "name of its street or town", synthetic=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class CountyList(Table):
    """Counties, districts and county-level zones, and the city each belongs to."""

    code: Names = column("id", "代码", "6-digit code", unique=True, synthetic=False)
    name: Names = column("text", "名称", "name", synthetic=False)
    city: Names = column("text", "所属市州", "its city or prefecture", synthetic=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class CountyFacts(Table):
    """Cited public figures by county; the region's own stand under the region's code."""

    county_code: Names = column("id", "县区代码", "code of the county or region", synthetic=False)
    key: Names = column("id", "指标", "key", synthetic=False)
    value: Reals = column("real", "数值", "value", synthetic=False)
    unit: Names = column("text", "单位", "unit", synthetic=False)
    source: Names = column("text", "来源", "source", synthetic=False)


@dataclass(frozen=True)
class Drawn:
    """A county's district as its recipe and the seed give it; drawn anew whenever it is needed."""

    recipe: Recipe
    seed: int

    def make(self) -> District:
        """The district of the recipe."""
        return build_district(self.recipe, self.seed)


@lru_cache(maxsize=4)
def county_recipes(folder: Path, code: str) -> dict[str, Recipe]:
    """The recipe of every county in a folder of lists, by its code; ``code`` is that of the region the lists cover.

    Raises ``ScenarioError`` for files that cannot be read or lack a figure.
    """
    units = _units_by_county(read_table(folder / UNIT_LIST, UnitList, notices=[]))
    counties = read_table(folder / COUNTY_LIST, CountyList, notices=[])
    cited = _cited(read_table(folder / COUNTY_FACTS, CountyFacts, notices=[]))
    if problems := [*_unknown(folder, set(counties.code), set(units)), *_lacking(folder, cited, code)]:
        raise ScenarioError(problems)
    facts = _with_assumed(units, cited, code)
    return {
        county: Recipe(code=county, name=same(name), units=tuple(units[county]), facts=facts[county])
        for county, name in zip(counties.code, counties.name, strict=True)
    }


def _unknown(folder: Path, named: set[str], with_units: set[str]) -> Iterator[Problem]:
    """Counties that stand in one list only."""
    for code in sorted(named ^ with_units):
        yield Problem(str(folder / COUNTY_LIST), None, "code", code,
                      Text("两张名单中都有的县区", "a county that stands in both lists"),
                      Text("核对两张名单", "check both lists"))  # fmt: skip


def _lacking(folder: Path, cited: Cited, region: str) -> Iterator[Problem]:
    """Figures without which nothing can be shared out: the region's total, and all four of each county that is cited."""
    wanted = {region: ("population",), **{code: NEEDED_FACTS for code in cited if code != region}}
    for code, keys in wanted.items():
        for key in keys:
            if key not in {fact.key for fact in cited.get(code, ())}:
                yield Problem(str(folder / COUNTY_FACTS), None, f"{code}.{key}", Text("无此行", "no such row"),
                              Text("一行该指标", "a row with this key"), Text("补上该行", "add it"))  # fmt: skip
    if set(cited) <= {region}:
        yield Problem(str(folder / COUNTY_FACTS), None, "county_code", Text("没有县区数字", "no county"),
                      Text("至少一个县区的数字", "the figures of at least one county"), Text("补上", "add them"))  # fmt: skip


def _units_by_county(listed: UnitList) -> dict[str, list[RealUnit]]:
    units: dict[str, list[RealUnit]] = defaultdict(list)
    for code, name, kind, street in zip(listed.code, listed.name, listed.kind, listed.street_name, strict=True):
        units[code[:COUNTY_DIGITS]].append(RealUnit(code, name, kind, code[:STREET_DIGITS], street))
    return dict(sorted(units.items()))


def _cited(listed: CountyFacts) -> Cited:
    facts: dict[str, list[Fact]] = defaultdict(list)
    rows = zip(listed.county_code, listed.key, listed.value.tolist(), listed.unit, listed.source, strict=True)
    for county, key, value, unit, source in rows:
        facts[county].append(Fact(key, value, unit, source))
    return {county: tuple(found) for county, found in facts.items()}


def _with_assumed(units: dict[str, list[RealUnit]], cited: Cited, region: str) -> Cited:
    """The cited facts, and for every other county a share of what is left of the region's total."""
    known = {code: facts for code, facts in cited.items() if code in units}
    left = round(_value(cited[region], "population") - sum(_value(facts, "population") for facts in known.values()))
    rest = [code for code in units if code not in known]
    weights = [sum(ASSUMPTIONS.size[unit.kind == "village"] for unit in units[code]) for code in rest]
    people = apportion(left, weights, low=[len(units[code]) for code in rest]).tolist() if rest else []
    shares = {key: _mean_share(known, key) for key in PARTS}
    return {**known, **{code: _assumed_facts(count, shares) for code, count in zip(rest, people, strict=True)}}


def _assumed_facts(people: int, shares: dict[str, float]) -> tuple[Fact, ...]:
    parts = [Fact(key, float(round(people * shares[key])), unit, f"{BY_COUNTS}; share as in the cited counties")
             for key, unit in PARTS.items()]  # fmt: skip
    return (Fact("population", float(people), "people", BY_COUNTS), *parts)


def _mean_share(cited: Cited, key: str) -> float:
    """A figure per resident, over the counties for which it is cited."""
    people = sum(_value(facts, "population") for facts in cited.values())
    return sum(_value(facts, key) for facts in cited.values()) / people


def _value(facts: tuple[Fact, ...], key: str) -> float:
    return next(fact.value for fact in facts if fact.key == key)
