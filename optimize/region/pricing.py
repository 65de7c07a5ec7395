"""Tasks of a worker: make a county's program, and say what the county does at given prices. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimize.region.county import CountyProgram, county_program
from optimize.region.prices import Prices, Use
from optimize.region.relaxation import Basis, Relaxation
from scenarios.region import County, Region


@dataclass(frozen=True)
class Answered:
    """A county's answer to prices: what it does, and a proven lower bound on its cost and what it pays for its draws."""

    prices: Prices
    use: Use
    bound: float


@dataclass(frozen=True, eq=False)
class Opened:
    """A county's program and the vertex to go on from, with the answers given so far in the task."""

    program: CountyProgram
    basis: Basis
    answers: tuple[Answered, ...]


def open_county(region: Region, county: County, prices: Sequence[Prices]) -> Opened:
    """Draw the county, make its program and answer the first prices."""
    return answer(county_program(region, county), None, prices)


def answer(program: CountyProgram, basis: Basis | None, prices: Sequence[Prices]) -> Opened:
    """The county's answers to prices, each found from the one before."""
    relaxation = Relaxation(program.linear, basis)
    answers = tuple(_answered(program, relaxation, each) for each in prices)
    return Opened(program, relaxation.basis, answers)


def _answered(program: CountyProgram, relaxation: Relaxation, prices: Prices) -> Answered:
    cost = program.priced(prices)
    vertex = relaxation.minimise(cost)
    bound = program.linear.proven(cost, vertex.duals) + program.constant
    return Answered(prices, program.use(vertex.point), bound)
