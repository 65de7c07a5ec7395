"""The program: blocks put together, the outlay of every year, and the goals as expressions. Less is always better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimize.coefficients import Yields
from optimize.fairness import add_worst_tenth
from optimize.measures import WAN_PER_NEED, Goal, remedy_wan
from optimize.money import Money, add_money
from optimize.outlay import project_cost_fen, project_running_fen, standing_outlay_fen
from optimize.postings import Postings, add_postings
from optimize.program import Expression, Program, Variable, linear, total
from optimize.service import Uses, add_posts, add_service
from optimize.venues import Venues, add_venues
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN

OUTLAY_TOLERANCE = (0.5, 0.0)  # 万元, and share of the target


@dataclass(frozen=True, eq=False)
class Allocation:
    """The program of a district with its variables by block, and what is minimised for each goal."""

    program: Program
    money: Money
    posts: list[Variable]
    uses: list[list[Uses]]
    postings: Postings
    venues: Venues
    outlay: Expression  # 万元 a year beyond the standing outlay, mean over the plan years
    goals: dict[Goal, Expression]


def assemble(district: District, yields: Yields, *, outlay_fen: int | None = None, elastic: bool = False) -> Allocation:
    """The program of a district; ``outlay_fen`` holds the mean yearly outlay within half a 万元 of a target.

    ``yields`` are given because ``district`` may be cut to one plan year, and some are means over all plan years.
    """
    program = Program(elastic=elastic)
    money = add_money(program, district, yields)
    posts = add_posts(program, district)
    venues = add_venues(program, district)
    uses = add_service(program, district, yields, money, posts, venues.space)
    postings = add_postings(program, district, yields, uses)
    outlay = _outlay(district, uses, posts, postings, venues)
    if outlay_fen is not None:
        target = (outlay_fen - standing_outlay_fen(district)) / FEN_PER_WAN - outlay.constant
        width = max(OUTLAY_TOLERANCE[0], OUTLAY_TOLERANCE[1] * outlay_fen / FEN_PER_WAN)
        program.at_most(outlay.items(), target + width, rule="outlay above")
        program.at_least(outlay.items(), target - width, rule="outlay below")
    goals = _goals(program, district, yields, money, uses, postings, venues, outlay)
    return Allocation(program, money, posts, uses, postings, venues, outlay, goals)


def _outlay(
    district: District, uses: list[list[Uses]], posts: list[Variable], postings: Postings, venues: Venues
) -> Expression:
    """What :func:`optimize.outlay.plan_outlay` adds up, beyond the standing outlay, as one expression."""
    rates, years = district.rates, district.years
    wan = FEN_PER_YUAN / FEN_PER_WAN
    service = total(use.service for row in uses for use in row)
    terms = [(v, c / years) for v, c in service.items()]
    terms += [(count, rates.post_cost * wan) for count in posts]
    for choice in postings.choices:
        months = min(district.postings.term_months, (years - choice.start_year) * MONTHS)
        terms.append((choice.sent, months / MONTHS * rates.posting_cost * wan / years))
    for start in venues.starts:
        capital = project_cost_fen(district, start.site) / FEN_PER_WAN / rates.capital_years * (years - start.year)
        lead = int(district.sites.lead_months[start.site])
        opened = sum(formulas.open_share(start.year * MONTHS, lead, year) for year in range(years))
        running = project_running_fen(district, start.site) / FEN_PER_WAN * opened
        terms.append((start.built, (capital + running) / years))
    return linear(terms, float(service.constant) / years)


def _goals(program: Program, district: District, yields: Yields, money: Money, uses: list[list[Uses]],
           postings: Postings, venues: Venues, outlay: Expression) -> dict[Goal, Expression]:  # fmt: skip
    met = [[_met_share(yields, use, row, postings.gain.get((row, year)))
            for year, use in enumerate(line)] for row, line in enumerate(uses)]  # fmt: skip
    return {
        "floors": _floors(district, venues),
        "worst_tenth": _worst_tenth(program, district, met),
        "needs_met": _social_cost(district, yields, uses, met, outlay),
        "steadiness": _steadiness(program, district, money),
    }


def _met_share(yields: Yields, uses: Uses, row: int, gain: Expression | None) -> Expression:
    """Needs met per need: solved, solved more through a posting, and prevented."""
    needs, chance = float(yields.needs[row]), float(yields.solve_chance[row])
    solved = [(v, c * chance / needs) for v, c in uses.served.items()]
    helped = [(v, c / needs) for v, c in gain.items()] if gain is not None else []
    return linear([*solved, *helped, *uses.prevented.items()], uses.prevented.constant)


def _floors(district: District, venues: Venues) -> Expression:
    whole = max(float(np.floor(formulas.space_lacking_m2(district)).sum()), 1.0)
    scale = -1.0 / (whole * district.years)
    given = [(v, c * scale) for row in venues.space for space in row for v, c in space.items()]
    lacks = float(np.floor(formulas.space_lacking_m2(district)).sum()) / whole
    return linear(given, lacks)


def _worst_tenth(program: Program, district: District, met: list[list[Expression]]) -> Expression:
    years = district.years
    tenths = [add_worst_tenth(program, [row[year] for row in met]) for year in range(years)]
    return linear([(v, c / years) for terms in tenths for v, c in terms])


def _social_cost(district: District, yields: Yields, uses: list[list[Uses]], met: list[list[Expression]],
                 outlay: Expression) -> Expression:  # fmt: skip
    """Unmet needs at their price, remedy of reached needs that are not served, and what the plan spends."""
    years, remedy = district.years, remedy_wan(district)
    terms, constant = list(outlay.items()), float(outlay.constant)
    for row, line in enumerate(uses):
        needs = float(yields.needs[row]) * WAN_PER_NEED / years
        reached = float(yields.reached.matters[row]) * remedy / years
        for use, share in zip(line, met[row], strict=True):
            terms += [(v, -c * needs) for v, c in share.items()]
            terms += [(v, -c * reached) for v, c in use.prevented.items()]
            terms += [(v, -c * remedy / years) for v, c in use.served.items()]
            constant += needs * (1.0 - float(share.constant)) + reached * (1.0 - float(use.prevented.constant))
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
