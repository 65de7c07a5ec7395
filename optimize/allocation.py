"""The program: blocks put together, the outlay of every year, and the goals as expressions. Less is always better."""

from __future__ import annotations

from dataclasses import dataclass

from optimize.coefficients import Yields
from optimize.first_stage import FirstStage, decide_first
from optimize.goal_expressions import goal_expressions
from optimize.money import Money, add_money
from optimize.outlay import project_cost_fen, project_running_fen, standing_outlay_fen
from optimize.postings import add_gains
from optimize.program import Expression, Program, linear, total
from optimize.service import Uses, add_service
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN
from scenarios.goals import GOALS, Goal

OUTLAY_TOLERANCE = (0.5, 0.0)  # 万元, and share of the target


@dataclass(frozen=True, eq=False)
class Allocation:
    """The program of a district with its variables by block, and what is minimised for each goal."""

    program: Program
    first: FirstStage
    money: Money
    uses: list[list[Uses]]
    met: list[list[Expression]]  # needs met per need, by community and year
    outlay: Expression  # 万元 a year beyond the standing outlay, mean over the plan years
    goals: dict[Goal, Expression]


def assemble(district: District, yields: Yields, *, outlay_fen: int | None = None, elastic: bool = False,
             goals: tuple[Goal, ...] = GOALS) -> Allocation:  # fmt: skip
    """The program of a district; ``outlay_fen`` holds the mean yearly outlay within half a 万元 of a target.

    ``yields`` are given because ``district`` may be cut to one plan year, and some are means over all plan years. ``goals`` are those that will be pursued or bounded.
    """
    program = Program(elastic=elastic)
    first = decide_first(program, district, yields)
    return recourse(program, district, yields, first, outlay_fen=outlay_fen, goals=goals)


def recourse(program: Program, district: District, yields: Yields, first: FirstStage, *, outlay_fen: int | None = None,
             goals: tuple[Goal, ...] = GOALS) -> Allocation:  # fmt: skip
    """Money and its uses in one future, given what is decided first; the goals of that future."""
    money = add_money(program, district, yields)
    uses = add_service(program, district, yields, money, first.posts, first.choices, first.venues.space)
    gains = add_gains(program, district, yields, uses, first.postings)
    outlay = _outlay(district, uses, first)
    if outlay_fen is not None:
        target = (outlay_fen - standing_outlay_fen(district)) / FEN_PER_WAN - outlay.constant
        width = max(OUTLAY_TOLERANCE[0], OUTLAY_TOLERANCE[1] * outlay_fen / FEN_PER_WAN)
        program.at_most(outlay.items(), target + width, rule="outlay above")
        program.at_least(outlay.items(), target - width, rule="outlay below")
    met = [[_met_share(yields, use, row, gains.get((row, year))) for year, use in enumerate(line)]
           for row, line in enumerate(uses)]  # fmt: skip
    made = goal_expressions(program, district, yields, money, uses, met, first, outlay, goals)
    return Allocation(program, first, money, uses, met, outlay, made)


def _outlay(district: District, uses: list[list[Uses]], first: FirstStage) -> Expression:
    """What :func:`optimize.outlay.plan_outlay` adds up, beyond the standing outlay, as one expression."""
    rates, years = district.rates, district.years
    wan = FEN_PER_YUAN / FEN_PER_WAN
    service = total(use.service for row in uses for use in row)
    terms = [(v, c / years) for v, c in service.items()]
    terms += [(count, rates.post_cost * wan) for count in first.posts]
    terms += first.choices.outlay.items()
    for choice in first.postings:
        months = min(district.postings.term_months, (years - choice.start_year) * MONTHS)
        terms.append((choice.sent, months / MONTHS * rates.posting_cost * wan / years))
    for start in first.venues.starts:
        capital = project_cost_fen(district, start.site) / FEN_PER_WAN / rates.capital_years * (years - start.year)
        lead = int(district.sites.lead_months[start.site])
        opened = sum(formulas.open_share(start.year * MONTHS, lead, year) for year in range(years))
        running = project_running_fen(district, start.site) / FEN_PER_WAN * opened
        terms.append((start.built, (capital + running) / years))
    care = sum(int(formulas.care_cost_fen(district, cell).sum()) for cell in district.care if cell.planned)
    return linear(terms, float(service.constant) / years + care / FEN_PER_WAN)


def _met_share(yields: Yields, uses: Uses, row: int, gain: Expression | None) -> Expression:
    """Needs met per need: solved, solved more through a posting, and prevented."""
    needs, chance = float(yields.needs[row]), float(yields.solve_chance[row])
    solved = [(v, c * chance / needs) for v, c in uses.served.items()]
    helped = [(v, c / needs) for v, c in gain.items()] if gain is not None else []
    return linear([*solved, *helped, *uses.prevented.items()], uses.prevented.constant)
