"""A recipe: the real part of a district (units, official figures), from which the synthetic part is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from scenarios.build_assumptions import ASSUMPTIONS, Assumptions
from scenarios.district import Fact
from scenarios.text import Text

NEEDED_FACTS = ("population", "households", "population_0_14", "population_60_plus")


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
    typical size of its units. Raises ``ValueError`` for units or facts that nothing can be built from.
    """

    code: str
    name: Text
    units: tuple[RealUnit, ...]
    facts: tuple[Fact, ...]
    street_weights: Mapping[str, float] = field(default_factory=dict)
    official_slots: int = 47
    first_year: int = 2027
    years: int = 3
    assumptions: Assumptions = ASSUMPTIONS

    def __post_init__(self) -> None:
        problems = [f"facts: found no {key}; expected one row" for key in NEEDED_FACTS if self.fact(key) is None]
        if len(set(self.codes)) < len(self.units) or not self.units:
            problems.append(f"unit_list: found {len(self.units)} rows, {len(set(self.codes))} codes; expected distinct")
        kinds = {unit.kind for unit in self.units} - {"urban", "village"}
        if kinds:
            problems.append(f"unit_list: kind: found {sorted(kinds)}; expected urban or village")
        if self.street_weights and (missing := set(self.streets) - set(self.street_weights)):
            problems.append(f"street_weights: found none for {sorted(missing)}; expected one for every street")
        if problems:
            raise ValueError("\n".join(problems))

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
