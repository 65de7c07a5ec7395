"""The goals of a program as expressions; less is always better. What they measure is told in :mod:`optimize.measures`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimize.choices import Choices
from optimize.coefficients import Yields
from optimize.fairness import add_largest, add_rural_gap, add_worst_tenth
from optimize.first_stage import FirstStage
from optimize.measures import WAN_PER_NEED, remedy_wan
from optimize.money import Money
from optimize.program import Expression, Program, Terms, Variable, linear
from optimize.service import Uses
from optimize.venues import Venues
from scenarios import formulas
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN
from scenarios.goals import Goal

Makers = dict[Goal, Callable[[], Expression]]


def goal_expressions(program: Program, district: District, yields: Yields, money: Money, uses: list[list[Uses]],
                     met: list[list[Expression]], first: FirstStage, outlay: Expression,
                     wanted: tuple[Goal, ...]) -> dict[Goal, Expression]:  # fmt: skip
    """The goals wanted; some need rows of their own, which are added here."""
    makers: Makers = {
        "floors": lambda: _floors(district, first.venues),
        "worst_tenth": lambda: _yearly(program, district, lambda year: add_worst_tenth(program, [row[year] for row in met])),
        "needs_met": lambda: _social_cost(district, yields, uses, met, first.choices, outlay),
        "steadiness": lambda: _steadiness(program, district, money),
        "max_min": lambda: _yearly(program, district, lambda year: add_largest(program, [row[year] for row in met])),
        "rural_gap": lambda: _yearly(program, district, lambda year: add_rural_gap(program, district, [row[year] for row in met])),
        "outlay": lambda: outlay,
    }  # fmt: skip
    return {goal: makers[goal]() for goal in wanted if goal in makers}


def _floors(district: District, venues: Venues) -> Expression:
    whole = max(float(np.floor(formulas.space_lacking_m2(district)).sum()), 1.0)
    scale = -1.0 / (whole * district.years)
    given = [(v, c * scale) for row in venues.space for space in row for v, c in space.items()]
    lacks = float(np.floor(formulas.space_lacking_m2(district)).sum()) / whole
    return linear(given, lacks)


def _yearly(program: Program, district: District, add: Callable[[int], Terms]) -> Expression:
    """The mean over the plan years of something linear."""
    terms: list[tuple[Variable, float]] = []
    for year in range(district.years):
        terms += [(v, c / district.years) for v, c in add(year)]
    return linear(terms)


def _social_cost(district: District, yields: Yields, uses: list[list[Uses]], met: list[list[Expression]],
                 choices: Choices, outlay: Expression) -> Expression:  # fmt: skip
    """Unmet needs at their price, remedy of reached needs that are not served, what the plan spends, and waiting."""
    years, remedy = district.years, remedy_wan(district)
    terms, constant = [*outlay.items(), *choices.waiting.items()], float(outlay.constant)
    for row, line in enumerate(uses):
        needs = float(yields.needs[row]) * WAN_PER_NEED / years
        for use, share in zip(line, met[row], strict=True):
            terms += [(v, -c * needs) for v, c in share.items()]
            terms += [(v, c * remedy / years) for v, c in use.reached.items()]
            terms += [(v, -c * remedy / years) for v, c in use.served.items()]
            constant += needs * (1.0 - float(share.constant)) + float(use.reached.constant) * remedy / years
    return linear(terms, constant)


def _steadiness(program: Program, district: District, money: Money) -> Expression:
    """Sum of the moves of the grants against the year before; constant unless grants are chosen."""
    last = (district.communities.last_service_fund_yuan * FEN_PER_YUAN / FEN_PER_WAN).tolist()
    terms, constant = [], 0.0
    for row, grants in enumerate(money.grant):
        for year, grant in enumerate(grants):
            move, before = program.variable(), grants[year - 1] if year else None
            rise = linear([*grant.items(), *[(v, -c) for v, c in (before.items() if before is not None else [])]])
            base = last[row] if before is None else 0.0
            program.at_least([(move, 1.0), *[(v, -c) for v, c in rise.items()]], -base)
            program.at_least([(move, 1.0), *rise.items()], base)
            terms.append((move, 1.0))
    return linear(terms, constant)
