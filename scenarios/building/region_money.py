"""Synthetic revenue of counties: the most own money each can raise for service, and what a yuan of it costs.

All figures are assumptions (A). Own money per resident is spread between counties, as public revenue is; a yuan costs
more where there is less of it, since the tax base that it is raised from is smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Annotated

from pydantic import Field

from scenarios.building.draws import Draws
from scenarios.funding import FEN_PER_YUAN

LEAST_COST, MOST_COST = 1.0, 2.0


@dataclass(frozen=True, kw_only=True)
class CountyMoney:
    """Own money of a typical county, in yuan per resident, how unequal counties are, and the cost of a yuan."""

    yuan_per_head: Annotated[float, Field(ge=0, le=100_000)] = 40.0
    spread: Annotated[float, Field(ge=0, le=2)] = 0.5  # standard deviation of the logarithm
    cost_of_funds: Annotated[float, Field(ge=1, le=2)] = 1.2  # where own money per resident is typical
    cost_slope: Annotated[float, Field(ge=0, le=1)] = 0.2  # rise of the cost when the money per resident falls by e


def own_money(money: CountyMoney, seed: int, code: str, population: int) -> tuple[int, float]:
    """A county's limit of own money in fen a year, in whole hundreds of yuan, and its cost of public funds.

    >>> own_money(CountyMoney(spread=0.0), 1, "220502", 1000)
    (4000000, 1.2)
    """
    deviation = money.spread * float(Draws(seed).normal("county own money", [code])[0])
    yuan = round(money.yuan_per_head * exp(deviation) * population / 100) * 100
    cost = min(max(money.cost_of_funds - money.cost_slope * deviation, LEAST_COST), MOST_COST)
    return yuan * FEN_PER_YUAN, round(cost, 3)
