"""Block: the service money of each community and year, in 万元, and the cases in which it can come.

Where the fund's rule fixes the grants, own money and match follow and are constants. In a free fund the grant G is
chosen, and own money is ``max(0, o - (1 - phi) G)``. The total ``max(G, o + phi G)`` is convex: own money is kept below
the kink at ``o / (1 - phi)`` and gone above it. Prevention does nothing below its threshold. So a year of a community
is in one of up to four cases, own money kept or gone, with prevention or without; a binary picks one, and its uses are
modelled once for each case. A disjunction written out like this is exact and its relaxation is as tight as can be,
which is what lets a search prove its answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from optimize.coefficients import Yields
from optimize.program import Expression, Program, Terms, linear
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN, own_effort_fen, support_flows, year_money
from scenarios.tables import Integers


@dataclass(frozen=True, eq=False)
class Case:
    """One way in which a year can go: ``active`` is 1 if it is this one, and without it all of it is 0."""

    active: Expression
    service: Expression  # 万元, own money and the cash of outside support included
    prevents: bool

    def at_most(self, program: Program, terms: Terms, limit: float) -> None:
        """Add a row ``terms <= limit x active``."""
        scaled = [(v, -limit * c) for v, c in self.active.items()]
        program.at_most([*terms, *scaled], limit * float(self.active.constant))


@dataclass(frozen=True, eq=False)
class Money:
    """The cases per community and year; ``grant`` (万元) is empty unless the fund is free."""

    cases: list[list[list[Case]]]
    grant: list[list[Expression]]


@dataclass(frozen=True)
class _Range:
    """Service money ``fixed + rate x grant`` for a grant between two bounds; 万元."""

    low: float
    high: float
    fixed: float  # own money, and the cash of outside support
    rate: float


def add_money(program: Program, district: District, yields: Yields) -> Money:
    """Service money under the fund's rule."""
    threshold = (yields.curve.threshold_yuan * FEN_PER_YUAN / FEN_PER_WAN * yields.residents).tolist()
    ranges = _chosen_ranges(district) if district.service_fund.mode == "free" else _fixed_ranges(district)
    made = [[_cases(program, year, choice, needed) for year in range(district.years)]
            for choice, needed in zip(ranges, threshold, strict=True)]  # fmt: skip
    cases = [[cases for cases, _ in row] for row in made]
    if district.service_fund.mode != "free":
        return Money(cases, [])
    grant = [[given for _, given in row] for row in made]
    fund, pool = district.service_fund, yearly_pool_fen(district) / FEN_PER_WAN
    for year in range(district.years):
        first, years = (0, year + 1) if fund.carry_over else (year, 1)
        granted = [(v, c) for row in grant for given in row[first : year + 1] for v, c in given.items()]
        fixed = sum(float(given.constant) for row in grant for given in row[first : year + 1])
        program.at_most(granted, years * pool - fixed, rule="pool")
    return Money(cases, grant)


def yearly_pool_fen(district: District) -> int:
    """What may be granted of a year's pool, the reserve kept back."""
    fund = district.service_fund
    return fund.pool_fen - math.ceil(Fraction(str(fund.reserve_share)) * fund.pool_fen)


def pools_fen(district: District, granted: Integers) -> Iterator[int]:
    """What may be granted in each plan year, given what earlier years were granted; axes (community, year)."""
    pool, left = yearly_pool_fen(district), 0
    for year in range(granted.shape[1]):
        left = pool + (left if district.service_fund.carry_over else 0)
        yield left
        left -= int(granted[:, year].sum())


def grant_bounds_fen(district: District) -> tuple[Integers, Integers]:
    """Least and most grant per community in a free fund; the most leaves every other community its floor."""
    fund, count = district.service_fund, len(district.communities)
    floor = np.array(fund.floor_fen or (0,) * count, dtype=np.int64)
    most = yearly_pool_fen(district) * (district.years if fund.carry_over else 1)
    return floor, np.minimum(fund.cap_fen, most - (int(floor.sum()) - floor))


def support_fen(district: District) -> Integers:
    """Cash a year that each community gets through outside support, whatever is granted."""
    nothing = np.zeros(len(district.communities), dtype=np.int64)
    return np.asarray(sum((flow.fen for flow in support_flows(district)), start=nothing))


def _fixed_ranges(district: District) -> list[list[_Range]]:
    lump = np.array(district.service_fund.entitlement_fen or (0,) * len(district.communities), dtype=np.int64)
    return [[_Range(0.0, 0.0, fen / FEN_PER_WAN, 0.0)] for fen in year_money(district, lump).service_fen.tolist()]


def _chosen_ranges(district: District) -> list[list[_Range]]:
    """Own money kept below the kink, gone above it, as far as the grant's bounds reach; outside support in either."""
    floor, most = grant_bounds_fen(district)
    amounts = np.stack([floor, most, own_effort_fen(district), support_fen(district)], axis=1) / FEN_PER_WAN
    stick, ranges = district.rates.stick_rate, []
    for low, high, own, support in amounts.tolist():
        kink = own / (1.0 - stick) if stick < 1.0 else np.inf
        kept = _Range(low, min(kink, high), own + support, stick)
        gone = _Range(max(kink, low), high, support, 1.0)
        ranges.append([part for part in (kept, gone) if part.low < part.high] or [kept if low < kink else gone])
    return ranges


def _cases(program: Program, year: int, ranges: list[_Range], threshold: float) -> tuple[list[Case], Expression]:
    return _cases_of_year(program, ranges, threshold)


def _cases_of_year(program: Program, ranges: list[_Range], threshold: float) -> tuple[list[Case], Expression]:
    """The cases of one year, and the grant as the sum over them."""
    ways = [(part, False) for part in ranges]
    ways += [(part, True) for part in ranges if part.fixed + part.rate * part.high > threshold]
    active = [linear([], 1.0)]
    if len(ways) > 1:
        picks = [program.variable(0, 1, whole=True) for _ in ways]
        program.equal([(pick, 1.0) for pick in picks], 1.0)
        active = [linear([(pick, 1.0)]) for pick in picks]
    cases, given = [], []
    for (part, prevents), is_it in zip(ways, active, strict=True):
        service = [(v, c * part.fixed) for v, c in is_it.items()]
        if part.rate > 0.0:
            grant = program.variable(0, part.high)
            program.at_least([(grant, 1.0), *[(v, -c * part.low) for v, c in is_it.items()]], part.low * is_it.constant)
            program.at_most(
                [(grant, 1.0), *[(v, -c * part.high) for v, c in is_it.items()]], part.high * is_it.constant
            )
            service.append((grant, part.rate))
            given.append((grant, 1.0))
        cases.append(Case(is_it, linear(service, part.fixed * is_it.constant), prevents))
    return cases, linear(given)
