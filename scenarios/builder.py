"""Build a district from its real units and official figures: seeded, deterministic, for any unit list and any seed.

Real figures are met exactly; everything else is synthetic and marked so. See ``docs/data.md``.
"""

from __future__ import annotations

from scenarios.build_draws import Draws
from scenarios.build_files import load_recipe
from scenarios.build_map import locations
from scenarios.build_money import fund_columns, street_revenue
from scenarios.build_people import people_columns
from scenarios.build_places import candidate_sites, official_slots, resident_units
from scenarios.build_recipe import Recipe
from scenarios.build_service import habit_columns, place_columns, staff_columns
from scenarios.district import Communities, District, Streets


def build_district(recipe: Recipe, seed: int) -> District:
    """The district of a recipe and a seed; the same arguments give the same district, value for value."""
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


def _communities(recipe: Recipe, draws: Draws) -> Communities:
    people = people_columns(recipe, draws)
    x_m, y_m = locations(recipe, draws)
    return Communities(
        code=recipe.codes,
        name=tuple(unit.name for unit in recipe.units),
        kind=tuple(unit.kind for unit in recipe.units),
        street_code=tuple(unit.street_code for unit in recipe.units),
        **people,
        **staff_columns(recipe, draws, people["population"], people["households"]),
        **place_columns(recipe, draws, people["households"]),
        **habit_columns(recipe, draws),
        **fund_columns(recipe, draws, people["population"]),
        x_m=x_m,
        y_m=y_m,
    )
