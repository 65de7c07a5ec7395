"""Synthetic residents per community; census totals are met exactly."""

from __future__ import annotations

import numpy as np

from scenarios.building.apportion import apportion
from scenarios.building.assumptions import by_kind
from scenarios.building.draws import Draws
from scenarios.building.recipe import Recipe
from scenarios.tables import Integers, Reals


def raw_sizes(recipe: Recipe, draws: Draws) -> Reals:
    """Relative population of each unit before the street's total is shared out."""
    village, typical = recipe.village, recipe.assumptions
    return by_kind(typical.size, village) * draws.spread("size", recipe.codes, by_kind(typical.size_spread, village))


def populations(recipe: Recipe, draws: Draws) -> Integers:
    """Residents per unit: the district's census total shared to streets, then to their units, each at least 1."""
    groups = recipe.rows_by_street()
    typical = by_kind(recipe.assumptions.size, recipe.village)
    weights = [recipe.street_weights.get(code, float(typical[rows].sum())) for code, rows in groups.items()]
    totals = apportion(recipe.total("population"), weights, low=[len(rows) for rows in groups.values()])
    sizes, people = raw_sizes(recipe, draws), np.zeros(len(recipe.units), dtype=np.int64)
    for rows, total in zip(groups.values(), totals, strict=True):
        people[rows] = apportion(int(total), sizes[rows], low=1)
    return people


def people_columns(recipe: Recipe, draws: Draws) -> dict[str, Integers]:
    """Population, households and segments per unit, named as the columns of ``Communities``."""
    typical, village, codes = recipe.assumptions, recipe.village, recipe.codes
    people = populations(recipe, draws)
    home = by_kind(typical.household_size, village) * draws.spread("household", codes, typical.household_spread)
    young = by_kind(typical.child_share, village) * draws.spread("children", codes, typical.age_spread)
    old = by_kind(typical.elder_share, village) * draws.spread("elders", codes, typical.age_spread)
    children = apportion(recipe.total("population_0_14"), people * young, high=people)
    elders = apportion(recipe.total("population_60_plus"), people * old, high=people - children)
    return {
        "population": people,
        "households": apportion(recipe.total("households"), people / home, low=1, high=people),
        "children": children,
        "elders": elders,
        "hardship": _hardship(recipe, draws, people),
        "floating": _floating(recipe, draws, people),
        "members": _members(recipe, draws, people, children),
    }


def _hardship(recipe: Recipe, draws: Draws, people: Integers) -> Integers:
    """Residents in hardship; no official total, 2-10 % of each unit."""
    typical = recipe.assumptions
    share = by_kind(typical.hardship_share, recipe.village) * draws.spread(
        "hardship", recipe.codes, typical.hardship_spread
    )
    return np.rint(people * np.clip(share, 0.02, 0.10)).astype(np.int64)


def _floating(recipe: Recipe, draws: Draws, people: Integers) -> Integers:
    """Residents registered outside the district; the census total where the facts have one."""
    typical = recipe.assumptions
    share = by_kind(typical.floating_share, recipe.village) * draws.spread(
        "floating", recipe.codes, typical.floating_spread
    )
    expected = people * np.clip(share, 0.02, 0.85)
    total = recipe.fact("population_registered_elsewhere")
    if total is None:
        return np.rint(expected).astype(np.int64)
    return apportion(round(total), expected, high=people)


def _members(recipe: Recipe, draws: Draws, people: Integers, children: Integers) -> Integers:
    """Party members: the national share of the population, spread between units, none of them children."""
    typical = recipe.assumptions
    weight = (people - children) * draws.spread("members", recipe.codes, typical.member_spread)
    total = min(round(typical.member_share * int(people.sum())), int((people - children).sum()))
    return apportion(total, weight, high=people - children)
