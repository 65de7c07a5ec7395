"""Small districts of any number of communities, built from a recipe as the shipped one is."""

from __future__ import annotations

from scenarios.build_recipe import RealUnit, Recipe
from scenarios.builder import build_district
from scenarios.district import District, Fact
from scenarios.text import Text

STREETS = (("990101001", "东街道"), ("990101002", "西街道"), ("990101101", "南镇"))


def recipe(count: int, *, residents: int = 300, officials: int = 6) -> Recipe:
    """``count`` units of ``residents`` each on average, every third a village, in three streets and towns."""
    people = count * residents
    counts = {"population": people, "households": people * 2 // 5, "population_0_14": people * 3 // 20,
              "population_60_plus": people // 5}  # fmt: skip
    return Recipe(
        code="990101", name=Text("试验区", "Test District"), units=tuple(_unit(number) for number in range(count)),
        facts=tuple(Fact(key, float(value), "people", "made up") for key, value in counts.items()),
        official_slots=officials,
    )  # fmt: skip


def district(count: int, *, residents: int = 300, officials: int = 6, seed: int = 1) -> District:
    """A district of that recipe, without any mechanism."""
    return build_district(recipe(count, residents=residents, officials=officials), seed)


def _unit(number: int) -> RealUnit:
    street, name = STREETS[number % 3]
    village = number % 3 == 2
    code = f"{street}{200 + number if village else 1 + number:03d}"
    return RealUnit(
        code, f"第{number + 1}{'村' if village else '居委会'}", "village" if village else "urban", street, name
    )
