"""Block: the service money of each community and year, in 万元, with the payers' response to a grant.

Where the fund's rule fixes the grants, own money and match follow and are constants. In a free fund the grant G is
chosen, and own money is ``max(0, o - (1 - phi) G)``: the total ``max(G, o + phi G)`` is convex, so its upper side takes
one binary, and only where the kink at ``o / (1 - phi)`` can be reached.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimize.program import Expression, Program, Variable, linear
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, own_effort_fen, year_money
from scenarios.tables import Integers


@dataclass(frozen=True, eq=False)
class Money:
    """Service money per community and year in 万元; ``grant`` is empty unless the fund is free."""

    service: list[list[Expression]]
    grant: list[list[Variable]]


def add_money(program: Program, district: District) -> Money:
    """Service money under the fund's rule."""
    if district.service_fund.mode == "free":
        return _chosen(program, district)
    lump = np.array(district.service_fund.entitlement_fen or (0,) * len(district.communities), dtype=np.int64)
    service = year_money(district, lump).service_fen / FEN_PER_WAN
    return Money([[linear([], amount)] * district.years for amount in service.tolist()], [])


def grant_bounds_fen(district: District) -> tuple[Integers, Integers]:
    """Least and most grant per community in a free fund; the most leaves every other community its floor."""
    fund, count = district.service_fund, len(district.communities)
    floor = np.array(fund.floor_fen or (0,) * count, dtype=np.int64)
    return floor, np.minimum(fund.cap_fen, fund.pool_fen - (int(floor.sum()) - floor))


def _chosen(program: Program, district: District) -> Money:
    floor, most = grant_bounds_fen(district)
    own = own_effort_fen(district)
    grant = [[program.variable(low, max(low, high)) for _ in range(district.years)]
             for low, high in zip((floor / FEN_PER_WAN).tolist(), (most / FEN_PER_WAN).tolist(), strict=True)]  # fmt: skip
    for year in range(district.years):
        program.at_most([(row[year], 1.0) for row in grant], district.service_fund.pool_fen / FEN_PER_WAN, rule="pool")
    stick = district.rates.stick_rate
    service = [[linear([(total, 1.0)]) for total in _totals(program, row, own=amount / FEN_PER_WAN, stick=stick)]
               for row, amount in zip(grant, own.tolist(), strict=True)]  # fmt: skip
    return Money(service, grant)


def _totals(program: Program, grant: list[Variable], *, own: float, stick: float) -> list[Variable]:
    """Own money and grant together, one variable a year: ``max(G, own + stick G)``, exactly."""
    most = float(grant[0].upBound)
    kink = own / (1.0 - stick) if stick < 1.0 else np.inf
    totals = []
    for chosen in grant:
        total = program.variable(own, max(most, own + stick * most))
        program.at_least([(total, 1.0), (chosen, -1.0)], 0.0)
        program.at_least([(total, 1.0), (chosen, -stick)], own)
        if own <= 0.0:
            program.at_most([(total, 1.0), (chosen, -1.0)], 0.0)
        elif most <= kink:
            program.at_most([(total, 1.0), (chosen, -stick)], own)
        else:
            gone = program.variable(0, 1, whole=True)  # 1: the grant has displaced all own money
            beyond = (1.0 - stick) * (most - kink)
            program.at_most([(total, 1.0), (chosen, -stick), (gone, -beyond)], own)
            program.at_most([(total, 1.0), (chosen, -1.0), (gone, own)], own)
        totals.append(total)
    return totals
