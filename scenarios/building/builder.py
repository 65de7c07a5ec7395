"""Build a district from its real units and official figures: seeded, deterministic, for any unit list and any seed.

Real figures are met exactly; everything else is synthetic and marked so. See ``docs/data.md``.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from scenarios.building.assumptions import ASSUMPTIONS
from scenarios.building.draws import Draws
from scenarios.building.files import load_recipe
from scenarios.building.map import locations
from scenarios.building.money import fund_columns, street_revenue
from scenarios.building.people import people_columns
from scenarios.building.places import candidate_sites, official_slots, resident_units
from scenarios.building.recipe import RealUnit, Recipe
from scenarios.building.service import habit_columns, place_columns, staff_columns
from scenarios.district import Communities, District, Fact, Streets
from scenarios.text import Text


def build_district(recipe: Recipe, seed: int) -> District:
    """The district of a recipe and a seed; the same arguments give the same district, value for value.

    Raises ``ValueError`` for a recipe with faults.
    """
    if faults := recipe.faults():
        raise ValueError("; ".join(f"{f.table}: {f.field}: found {f.found}; expected {f.expected.en}" for f in faults))
    draws = Draws(seed)
    communities = _communities(recipe, draws)
    streets = Streets(
        code=tuple(recipe.streets),
        name=tuple(recipe.streets.values()),
        own_revenue_yuan=street_revenue(recipe, draws, communities.population),
    )
    return District(
        code=recipe.code,
        name=recipe.name,
        version=seed,
        synthetic=True,
        first_year=recipe.first_year,
        years=recipe.years,
        communities=communities,
        streets=streets,
        units=resident_units(recipe, draws, communities),
        sites=candidate_sites(recipe, draws, communities),
        slots=official_slots(recipe, draws),
        facts=recipe.facts,
    )


def rebuild(name: str, seed: int) -> District:
    """A shipped district drawn again with another seed."""
    return build_district(load_recipe(name), seed)


def small_district(n_communities: int = 4, seed: int = 1, *, residents: int = 2400) -> District:
    """A tiny invented district, every second community a village: quick to plan and to simulate."""
    return build_district(small_recipe(n_communities, residents=residents), seed)


def small_recipe(n_communities: int = 4, *, residents: int = 2400) -> Recipe:
    """The recipe of a tiny invented district; at least one resident a community."""
    town, land = ("990001001", "示例街道"), ("990001101", "示例镇")
    units = [
        RealUnit(f"{land[0]}{200 + n}", f"示例{n}村", "village", *land)
        if n % 2
        else RealUnit(f"{town[0]}{1 + n:03d}", f"示例{n}社区", "urban", *town)
        for n in range(n_communities)
    ]
    shares = {"population": 1.0, "households": 0.4, "population_0_14": 0.16, "population_60_plus": 0.19}
    facts = tuple(Fact(key, float(round(share * residents)), "people", "invented") for key, share in shares.items())
    typical = replace(
        ASSUMPTIONS, size=(600.0, 400.0), fewest_posts=(1, 1), village_people_per_post=450.0, slots_per_unit=0.5
    )
    return Recipe(code="990001", name=Text("示例区", "Example District"), units=tuple(sorted(units)), facts=facts,
                  assumptions=typical)  # fmt: skip


def _communities(recipe: Recipe, draws: Draws) -> Communities:
    people = people_columns(recipe, draws)
    x_m, y_m = locations(recipe, draws)
    columns = {
        "code": recipe.codes,
        "name": [unit.name for unit in recipe.units],
        "kind": [unit.kind for unit in recipe.units],
        "street_code": [unit.street_code for unit in recipe.units],
        **people,
        **staff_columns(recipe, draws, people["population"], people["households"]),
        **place_columns(recipe, draws, people["households"]),
        **habit_columns(recipe, draws),
        **fund_columns(recipe, draws, people["population"]),
        "x_m": x_m,
        "y_m": y_m,
    }
    return Communities.from_frame(pd.DataFrame(columns))
