"""Synthetic staff, windows, floor space and habits of each community."""

from __future__ import annotations

import numpy as np

from scenarios.building.apportion import apportion
from scenarios.building.assumptions import by_kind
from scenarios.building.draws import Draws
from scenarios.building.recipe import Recipe
from scenarios.tables import Integers, Reals

HABIT_BEST = 3**0.5  # best over worst is 3
SHARE_DECIMALS = 4


def staff_columns(recipe: Recipe, draws: Draws, people: Integers, households: Integers) -> dict[str, Integers]:
    """Grids, posts and windows per unit."""
    low, high = recipe.assumptions.grid_households
    grid = draws.uniform("grid", recipe.codes, low, high)
    return {
        "grids": np.maximum(1, np.rint(households / grid)).astype(np.int64),
        "posts": _posts(recipe, draws, people),
        "windows": _windows(recipe, draws),
    }


def _posts(recipe: Recipe, draws: Draws, people: Integers) -> Integers:
    """Posts of community workers: residents' committees share a total near the norm, villages have a few each.

    History favours some streets and some communities over others of the same size.
    """
    typical, village, codes = recipe.assumptions, recipe.village, recipe.codes
    streets = [unit.street_code for unit in recipe.units]
    luck = draws.spread("posts", codes, typical.staff_spread) * draws.spread(
        "street posts", streets, typical.staff_street_spread
    )
    fewest = by_kind(typical.fewest_posts, village).astype(np.int64)
    posts = np.maximum(fewest, np.rint(people * luck / typical.village_people_per_post).astype(np.int64))
    town = np.flatnonzero(~village)
    total = round(float(people[town].sum()) * typical.staff_per_10000 / 10_000)
    posts[town] = apportion(max(total, int(fewest[town].sum())), (people * luck)[town], low=fewest[town])
    return posts


def _windows(recipe: Recipe, draws: Draws) -> Integers:
    """Service windows, 4 to 9: six and a few more or less."""
    typical = recipe.assumptions
    level = by_kind(typical.windows, recipe.village) + typical.windows_sd * draws.normal("windows", recipe.codes)
    return np.clip(np.rint(level), 4, 9).astype(np.int64)


def place_columns(recipe: Recipe, draws: Draws, households: Integers) -> dict[str, Reals]:
    """Floor space, its use, and the walk to it."""
    typical, village, codes = recipe.assumptions, recipe.village, recipe.codes
    per_100 = by_kind(typical.space_per_100_households, village) * draws.spread(
        "space", codes, by_kind(typical.space_spread, village)
    )
    walk = by_kind(typical.distance_m, village) * draws.spread("distance", codes, typical.distance_spread)
    use = np.clip(0.5 + 0.1 * draws.normal("activity share", codes), 0.3, 0.7)
    return {
        "service_m2": np.maximum(typical.least_m2, np.rint(np.clip(per_100, 8.0, 150.0) * households / 100)),
        "activity_share": np.round(use, SHARE_DECIMALS),
        "venue_distance_m": np.rint(np.clip(walk, 100.0, 1500.0)),
    }


def habit_columns(recipe: Recipe, draws: Draws) -> dict[str, Reals]:
    """Reporting habit, local workload, and quality (a little lower where the workload is high)."""
    typical, codes = recipe.assumptions, recipe.codes
    habit = np.clip(draws.spread("habit", codes, typical.habit_spread), 1 / HABIT_BEST, HABIT_BEST)
    load, tie = draws.normal("workload", codes), typical.quality_workload_correlation
    quality = tie * load + (1 - tie**2) ** 0.5 * draws.normal("quality", codes)
    return {
        "reporting_habit": np.round(habit, SHARE_DECIMALS),
        "workload": np.round(np.exp(typical.workload_spread * load - typical.workload_spread**2 / 2), SHARE_DECIMALS),
        "quality": np.round(np.clip(quality, -2.5, 2.5), SHARE_DECIMALS),
    }
