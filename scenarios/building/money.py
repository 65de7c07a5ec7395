"""Synthetic revenue and funds, in yuan a year."""

from __future__ import annotations

import numpy as np

from scenarios.building.apportion import apportion
from scenarios.building.assumptions import by_kind
from scenarios.building.draws import Draws
from scenarios.building.recipe import Recipe
from scenarios.tables import Integers, Reals

ROUND_YUAN = 100  # funds are set in hundreds of yuan


def _hundreds(yuan: Reals) -> Reals:
    return np.rint(yuan / ROUND_YUAN) * ROUND_YUAN


def fund_columns(recipe: Recipe, draws: Draws, people: Integers) -> dict[str, Reals]:
    """Collective income of villages and the funds each community has before any rule."""
    return {
        "collective_income_yuan": _collective_income(recipe, draws, people),
        "work_fund_yuan": _work_fund(recipe, draws, people),
        "party_fund_yuan": _party_fund(recipe, draws),
        "last_service_fund_yuan": _service_fund(recipe, draws, people),
    }


def street_revenue(recipe: Recipe, draws: Draws, people: Integers) -> Reals:
    """Own revenue of streets and towns, by the residents of their residents' committees."""
    typical, codes = recipe.assumptions, tuple(recipe.streets)
    urban = np.where(recipe.village, 0, people)
    heads = np.array([urban[rows].sum() for rows in recipe.rows_by_street().values()], dtype=float)
    per_head = typical.street_revenue_per_head * draws.spread("street revenue", codes, typical.street_revenue_spread)
    return _hundreds(heads * per_head)


def _collective_income(recipe: Recipe, draws: Draws, people: Integers) -> Reals:
    """Villages only; some have none at all."""
    typical, codes = recipe.assumptions, recipe.codes
    per_head = typical.village_revenue_per_head * draws.spread("income", codes, typical.village_revenue_spread)
    earns = recipe.village & (draws.uniform("empty village", codes) >= typical.empty_villages)
    return np.where(earns, _hundreds(people * per_head), 0.0)


def _work_fund(recipe: Recipe, draws: Draws, people: Integers) -> Reals:
    """6 to 20 万元, rising with size; a quarter to a third lies below the norm of 10 万元."""
    typical = recipe.assumptions
    size = (people / by_kind(typical.size, recipe.village)) ** typical.work_fund_size_power
    noise = draws.spread("work fund", recipe.codes, typical.work_fund_spread)
    return _hundreds(np.clip(by_kind(typical.work_fund, recipe.village) * size * noise, 60_000, 200_000))


def _party_fund(recipe: Recipe, draws: Draws) -> Reals:
    """1 to 5 万元; about half lies below the norm of 3 万元."""
    typical = recipe.assumptions
    return _hundreds(
        np.clip(
            typical.party_fund * draws.spread("party fund", recipe.codes, typical.party_fund_spread), 10_000, 50_000
        )
    )


def _service_fund(recipe: Recipe, draws: Draws, people: Integers) -> Reals:
    """Last year's service fund: 20 万元 a community on average, uneven by size and history."""
    typical = recipe.assumptions
    weight = people**typical.service_fund_size_power * draws.spread(
        "service fund", recipe.codes, typical.service_fund_spread
    )
    total = round(typical.service_fund * len(recipe.units) / ROUND_YUAN)
    return apportion(total, weight, low=30_000 // ROUND_YUAN).astype(float) * ROUND_YUAN
