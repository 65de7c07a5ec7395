"""A recipe: the real part of a district (units, official figures), from which the synthetic part is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from scenarios.building.assumptions import ASSUMPTIONS, Assumptions
from scenarios.district import Fact
from scenarios.text import Text

NEEDED_FACTS = ("population", "households", "population_0_14", "population_60_plus")


class Fault(NamedTuple):
    """What is wrong with a recipe: table and field, what was found, what was expected, how to mend it."""

    table: str
    field: str
    found: str
    expected: Text
    mend: Text


class RealUnit(NamedTuple):
    """A residents' committee (``urban``) or village of the official list, and its street or town."""

    code: str
    name: str
    kind: str
    street_code: str
    street_name: str


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything real that a district is built from, and the assumptions that fill the gaps.

    ``street_weights`` gives relative populations of streets where something is known; without it a street weighs the
    typical size of its units.
    """

    code: str
    name: Text
    units: tuple[RealUnit, ...]
    facts: tuple[Fact, ...]
    street_weights: Mapping[str, float] = field(default_factory=dict)
    first_year: int = 2027
    years: int = 3
    assumptions: Assumptions = ASSUMPTIONS

    def faults(self) -> list[Fault]:
        """What keeps a district from being built of this recipe."""
        missing = [key for key in NEEDED_FACTS if self.fact(key) is None]
        faults = [_fault("facts", key, "", Text("一行该指标", "a row with this key")) for key in missing]
        return faults + self._unit_faults() + ([] if missing else self._fact_faults())

    def _unit_faults(self) -> list[Fault]:
        """Streets with two names or without a weight, and lists that do not tell units apart."""
        faults = []
        if not self.units or len(set(self.codes)) < len(self.units):
            faults.append(_fault("unit_list", "code", str(len(self.units)), Text("代码互不重复", "distinct codes")))
        named = {(unit.street_code, unit.street_name) for unit in self.units}
        for code in sorted(code for code in self.streets if sum(code == other for other, _ in named) > 1):
            faults.append(_fault("unit_list", "street_name", code, Text("每个街镇一个名称", "one name for a street")))
        for code in sorted(set(self.streets) - set(self.street_weights)) if self.street_weights else ():
            faults.append(_fault("street_list", "street_code", code, Text("每个街镇一行", "a row for every street")))
        return faults

    def _fact_faults(self) -> list[Fault]:
        """Totals that cannot be shared out: fewer residents than units, more parts than the whole."""
        people, homes, count = self.total("population"), self.total("households"), len(self.units)
        ages = self.total("population_0_14") + self.total("population_60_plus")
        at_least = Text(f"不少于单位数{count}", f"at least {count}, the number of units")
        at_most = Text(f"不超过人口{people}", f"at most {people}, the population")
        checks = (
            ("population", people, people >= count, at_least),
            ("households", homes, homes >= count, at_least),
            ("households", homes, homes <= people, at_most),
            ("population_0_14", ages, ages <= people, at_most),
            (
                "population_registered_elsewhere",
                0,
                (self.fact("population_registered_elsewhere") or 0) <= people,
                at_most,
            ),
        )
        return [_fault("facts", field, str(found), expected) for field, found, fits, expected in checks if not fits]

    def fact(self, key: str) -> float | None:
        """The value of a cited figure, or None."""
        return next((fact.value for fact in self.facts if fact.key == key), None)

    def total(self, key: str) -> int:
        """A needed figure as a whole number."""
        value = self.fact(key)
        if value is None:
            raise KeyError(key)
        return round(value)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the units, in the order of the list."""
        return tuple(unit.code for unit in self.units)

    @property
    def streets(self) -> dict[str, str]:
        """Names of streets and towns by code, in the order of the codes."""
        return dict(sorted((unit.street_code, unit.street_name) for unit in self.units))

    @property
    def village(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """For each unit, whether it is a village."""
        return np.array([unit.kind == "village" for unit in self.units], dtype=bool)

    def rows_by_street(self) -> dict[str, list[int]]:
        """Row numbers of the units of each street, in the order of the codes."""
        rows: dict[str, list[int]] = {code: [] for code in self.streets}
        for row, unit in enumerate(self.units):
            rows[unit.street_code].append(row)
        return rows


def _fault(table: str, field: str, found: str, expected: Text) -> Fault:
    return Fault(table, field, found, expected, Text("核对来源并改正", "check the source and correct it"))
