"""Block: official slots sent to communities, and the matters solved more because of them.

A choice is (community, fit, start year): a community gets at most one posting in the plan, so choices exclude each other
and ``served x choice`` is exact with tight bounds. Officials with the same fit to everyone are one type; which of them
goes where is a transport problem, settled after the search.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from optimize.coefficients import Yields
from optimize.program import Expression, Program, Variable, linear
from optimize.service import Uses
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.tables import Reals


@dataclass(frozen=True, eq=False)
class Choice:
    """Sending someone of a given fit to a community at the start of a plan year."""

    row: int
    fit: float
    start_year: int
    sent: Variable


def is_active(district: District, start_year: int, year: int) -> bool:
    """Whether a posting that starts with one plan year is in post at the start of another."""
    return start_year * MONTHS <= year * MONTHS < start_year * MONTHS + district.postings.term_months


def add_postings(program: Program, district: District) -> list[Choice]:
    """Choices and their rules; none if the rule has no posts."""
    if district.postings.posts <= 0 or not len(district.slots):
        return []
    rows = formulas.eligible_for_posting(district)
    fit = formulas.posting_fit(district)[:, rows]
    choices = [
        Choice(int(row), level, start, program.variable(0, 1, whole=True))
        for column, row in enumerate(rows)
        for level in sorted({float(f) for f in fit[:, column] if f > 0})
        for start in range(district.years)
    ]
    for row in rows:
        program.at_most([(choice.sent, 1.0) for choice in choices if choice.row == row], 1.0)
    for year in range(district.years):
        in_post = [(choice.sent, 1.0) for choice in choices if is_active(district, choice.start_year, year)]
        program.at_most(in_post, district.postings.posts, rule="officials")
    _send_types(program, choices, {int(row): column for column, row in enumerate(rows)}, fit)
    return choices


def _send_types(program: Program, choices: list[Choice], column: dict[int, int], fit: Reals) -> None:
    """Each choice draws on one type of official, each official is sent at most once."""
    types = Counter(tuple(row) for row in fit.tolist())
    drawn: dict[tuple[float, ...], list[Variable]] = {kind: [] for kind in types}
    for choice in choices:
        terms = [(choice.sent, -1.0)]
        for kind in types:
            if kind[column[choice.row]] == choice.fit:
                drawn[kind].append(program.variable(0, 1))
                terms.append((drawn[kind][-1], 1.0))
        program.equal(terms, 0.0)
    for kind, count in types.items():
        program.at_most([(share, 1.0) for share in drawn[kind]], count)


def add_gains(program: Program, district: District, yields: Yields, uses: list[list[Uses]],
              choices: list[Choice]) -> dict[tuple[int, int], Expression]:  # fmt: skip
    """Matters solved more because of postings, per community and year."""
    gain: dict[tuple[int, int], Expression] = {}
    for row in sorted({choice.row for choice in choices}):
        here = [choice for choice in choices if choice.row == row]
        for year in range(district.years):
            rises = [
                (c, chance_rise(district, yields, row, c.fit, c.start_year, year)) for c in here if c.start_year <= year
            ]
            helped = _helped(program, uses[row][year], [(choice, rise) for choice, rise in rises if rise > 0.0])
            if helped:
                gain[row, year] = linear(helped)
    return gain


def _helped(program: Program, uses: Uses, rises: list[tuple[Choice, float]]) -> list[tuple[Variable, float]]:
    """Matters served if a choice is made, each with the rise of the chance that it is solved."""
    helped = []
    for choice, rise in rises:
        product = program.variable(0, uses.most_served)
        program.at_most([(product, 1.0), (choice.sent, -uses.most_served)], 0.0)
        helped.append((product, rise))
    if helped:
        served = [(v, -c) for v, c in uses.served.items()]
        program.at_most([*[(product, 1.0) for product, _ in helped], *served], uses.served.constant)
    return helped


def chance_rise(district: District, yields: Yields, row: int, fit: float, start_year: int, year: int) -> float:
    """How much a posting raises the chance that a served matter is solved, in one plan year."""
    strength = formulas.yearly_posting_strength(
        district.rates, start_month=start_year * MONTHS, term_months=district.postings.term_months, year=year
    )
    raised = yields.quality[row] + district.rates.posting_effect * fit * strength
    return float(formulas.solve_chance(district.rates, np.asarray(raised)) - yields.solve_chance[row])
