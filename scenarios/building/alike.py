"""A negative control: a district in which all communities are alike, so that no rule can favour any of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.building.recipe import Recipe
from scenarios.district import Communities, District, Sites, Slots, Streets, Units
from scenarios.tables import Reals

APART_M = 5000.0  # beyond every walk and every unit's radius


def identical_district(recipe: Recipe, *, population: int | None = None) -> District:
    """Communities with the recipe's codes and the same of everything: people, posts, space, funds, revenue, sites.

    All count as urban, stand 5 km apart on a square lattice, and have one resident unit and one site each; there are no
    official slots, because a slot's home would be different from other places. ``population`` is per community, by
    default the recipe's mean. Nothing is drawn.
    """
    people = population or round(recipe.total("population") / len(recipe.units))
    communities = _alike(recipe, people)
    heads = np.array([len(rows) * people for rows in recipe.rows_by_street().values()], dtype=float)
    revenue = recipe.assumptions.street_revenue_per_head * heads
    return District(
        code=recipe.code,
        name=recipe.name,
        version=0,
        synthetic=True,
        first_year=recipe.first_year,
        years=recipe.years,
        communities=communities,
        streets=Streets(code=tuple(recipe.streets), name=tuple(recipe.streets.values()), own_revenue_yuan=revenue),
        units=_one_unit_each(communities),
        sites=_one_site_each(recipe, communities),
        slots=Slots(id=(), sender=(), skill=(), home_street_code=()),
    )


def _alike(recipe: Recipe, people: int) -> Communities:
    """The same row again and again, but for code, name, street and place."""
    typical, total = recipe.assumptions, recipe.total("population")
    households = max(1, round(people * recipe.total("households") / total))
    row = {
        "population": people,
        "households": households,
        "children": people * recipe.total("population_0_14") // total,
        "elders": people * recipe.total("population_60_plus") // total,
        "hardship": round(people * typical.hardship_share[0]),
        "floating": round(people * typical.floating_share[0]),
        "members": round(people * typical.member_share),
        "grids": max(1, round(households / np.mean(typical.grid_households))),
        "posts": max(1, round(people * typical.staff_per_10000 / 10_000)),
        "windows": 6,
        "service_m2": round(households / 100 * typical.space_per_100_households[0]),
        "activity_share": 0.5,
        "venue_distance_m": typical.distance_m[0],
        "reporting_habit": 1.0,
        "workload": 1.0,
        "quality": 0.0,
        "collective_income_yuan": 0.0,
        "work_fund_yuan": typical.work_fund[0],
        "party_fund_yuan": typical.party_fund,
        "last_service_fund_yuan": typical.service_fund,
    }
    x_m, y_m = _lattice(len(recipe.units))
    own = {
        "code": recipe.codes,
        "name": [unit.name for unit in recipe.units],
        "kind": "urban",
        "street_code": [unit.street_code for unit in recipe.units],
    }
    return Communities.from_frame(pd.DataFrame({**own, **row, "x_m": x_m, "y_m": y_m}))


def _lattice(count: int) -> tuple[Reals, Reals]:
    """Points of a square lattice around the origin."""
    side = int(np.ceil(count**0.5))
    middle = (side - 1) / 2
    x_m = np.array([(place % side - middle) * APART_M for place in range(count)], dtype=np.float64)
    y_m = np.array([(place // side - middle) * APART_M for place in range(count)], dtype=np.float64)
    return x_m, y_m


def _one_unit_each(here: Communities) -> Units:
    """An enterprise in the middle of each community that shares with that community alone."""
    return Units(
        id=tuple(f"U{code}-1" for code in here.code),
        kind=("enterprise",) * len(here),
        community_code=here.code,
        x_m=here.x_m,
        y_m=here.y_m,
        radius_m=np.full(len(here), 500.0),
        hours_month=np.full(len(here), 12.0),
        cooperation=np.full(len(here), 0.5),
        wants_hours_month=np.full(len(here), 3.0),
        room_hours_month=np.full(len(here), 12.0),
    )


def _one_site_each(recipe: Recipe, here: Communities) -> Sites:
    """One site in each community, where 300 m2 can be built."""
    return Sites(
        id=tuple(f"P{code}-1-build" for code in here.code),
        site=tuple(f"P{code}-1" for code in here.code),
        community_code=here.code,
        mode=("build",) * len(here),
        m2=np.full(len(here), 300.0),
        cost_yuan=np.full(len(here), 300.0 * recipe.assumptions.build_yuan_per_m2),
        lead_months=np.full(len(here), 15),
        x_m=here.x_m,
        y_m=here.y_m,
    )
