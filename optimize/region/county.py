"""A county's program with its share as variables: own money, grant, officials and capital.

The rows are those of :func:`optimize.allocation.assemble` for the district at the most it could get, and a few more that
hold what it uses within its share. So one program stands for the county at every share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pulp

from optimize.allocation import Allocation, assemble
from optimize.coefficients import yields_of
from optimize.outlay import project_cost_fen
from optimize.postings import is_active
from optimize.program import Expression, Program, Variable, linear
from optimize.region.linear_program import LinearProgram, without_idle_rows
from optimize.region.prices import Prices, Use
from optimize.rows import Rows
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.region import County, Region, Share
from scenarios.tables import Integers, Reals


@dataclass(frozen=True, kw_only=True, eq=False)
class CountyProgram:
    """A county's relaxation as arrays; ``constant`` is what its goal costs at zero, in 万元 a year."""

    linear: LinearProgram
    constant: float
    own: int  # columns of the share; money in 万元
    grant: int
    officials: int
    capital: int
    whole: Integers  # columns that take whole numbers in a plan; the relaxation forgets it

    def priced(self, prices: Prices) -> Reals:
        """The costs of the columns when the county pays for what it draws from the region's pools."""
        cost = self.linear.cost.copy()
        for column, price in zip((self.grant, self.officials, self.capital), prices.as_tuple(), strict=True):
            cost[column] += price
        return cost

    def use(self, point: Reals) -> Use:
        """What a point costs before prices, raises and draws."""
        own, grant, officials, capital = (float(point[c]) for c in (self.own, self.grant, self.officials, self.capital))
        cost = float(self.linear.cost @ point) + self.constant
        return Use(cost, own, grant, officials, capital)


def county_program(region: Region, county: County) -> CountyProgram:
    """The program of a county, its share free between nothing and the most it could get."""
    most = region.most(county)
    district = region.district(county, most)
    allocation = assemble(district, yields_of(district), goals=("needs_met",))
    share = _share_variables(allocation.program, region, most)
    _within_share(allocation, district, share)
    own, grant = share[:2]
    extra = [(own, county.cost_of_funds - 1.0), (grant, region.granter_cost - 1.0)]
    goal = linear([*allocation.goals["needs_met"].items(), *extra], allocation.goals["needs_met"].constant)
    return _compiled(allocation, goal, share)


def _share_variables(program: Program, region: Region, most: Share) -> list[Variable]:
    """Own money and grant (万元), officials and capital (万元), with the match between the first two."""
    limits = (most.own_fen / FEN_PER_WAN, most.grant_fen / FEN_PER_WAN, most.officials, most.capital_fen / FEN_PER_WAN)
    own, grant, officials, capital = (program.variable(0, limit) for limit in limits)
    program.at_most([(grant, 1.0), (own, -region.ratio)], 0.0)
    return [own, grant, officials, capital]


def _within_share(allocation: Allocation, district: District, share: list[Variable]) -> None:
    """What is granted, posted and built in a year within the share."""
    program, (own, grant, officials, capital) = allocation.program, share
    for year in range(district.years):
        granted = [(v, c) for row in allocation.money.grant for v, c in row[year].items()]
        fixed = sum(float(row[year].constant) for row in allocation.money.grant)
        program.at_most([*granted, (own, -1.0), (grant, -1.0)], -fixed)
        posted = [(c.sent, 1.0) for c in allocation.first.postings if is_active(district, c.start_year, year)]
        program.at_most([*posted, (officials, -1.0)], 0.0)
        started = [(s.built, project_cost_fen(district, s.site) / FEN_PER_WAN)
                   for s in allocation.first.venues.starts if s.year == year]  # fmt: skip
        program.at_most([*started, (capital, -1.0)], 0.0)


def _compiled(allocation: Allocation, goal: Expression, share: list[Variable]) -> CountyProgram:
    variables = allocation.program.variables
    columns = {v.name: position for position, v in enumerate(variables)}
    rows = Rows(columns, allocation.program.problem.constraints())
    cost = np.zeros(len(variables))
    for variable, coefficient in goal.items():
        cost[columns[variable.name]] = coefficient
    program = LinearProgram(
        cost=cost,
        low=np.array([-np.inf if v.lowBound is None else v.lowBound for v in variables], dtype=float),
        high=np.array([np.inf if v.upBound is None else v.upBound for v in variables], dtype=float),
        start=rows.start,
        column=rows.column,
        value=rows.value,
        row_low=rows.low,
        row_high=rows.high,
    )
    own, grant, officials, capital = (columns[v.name] for v in share)
    return CountyProgram(
        linear=without_idle_rows(program, (own, grant, officials, capital)),
        constant=float(goal.constant),
        own=own,
        grant=grant,
        officials=officials,
        capital=capital,
        whole=np.array([columns[v.name] for v in variables if v.cat == pulp.LpInteger], dtype=np.int64),
    )
