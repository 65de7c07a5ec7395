"""Block: venue projects, and the space they give to communities within walking distance."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from optimize.outlay import project_cost_fen
from optimize.program import Expression, Program, Variable, linear
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_WAN


@dataclass(frozen=True, eq=False)
class Start:
    """Starting a project (a row of the sites table) with a plan year, and the m2 it gives each community."""

    site: int
    year: int
    built: Variable
    given: dict[int, Variable]


@dataclass(frozen=True, eq=False)
class Venues:
    """All possible starts, and the added m2 per community and year."""

    starts: list[Start]
    space: list[list[Expression]]


def add_venues(program: Program, district: District) -> Venues:
    """Starts, their rules and the space they add; none without capital."""
    lacking = np.floor(formulas.space_lacking_m2(district))
    starts = _starts(program, district, lacking.tolist()) if district.venues.capital_fen > 0 else []
    for year in range(district.years):
        cost = [(s.built, project_cost_fen(district, s.site) / FEN_PER_WAN) for s in starts if s.year == year]
        program.at_most(cost, district.venues.capital_fen / FEN_PER_WAN, rule="capital")
    per_site, per_community = defaultdict(list), defaultdict(list)
    for start in starts:
        per_site[district.sites.site[start.site]].append((start.built, 1.0))
        for row, m2 in start.given.items():
            per_community[row].append((m2, 1.0))
    for built in per_site.values():
        program.at_most(built, 1.0)
    for row, given in per_community.items():
        program.at_most(given, float(lacking[row]))
    return Venues(starts, _space(district, starts))


def _starts(program: Program, district: District, lacking: list[float]) -> list[Start]:
    """One for each allowed project and year that opens within the plan and serves a community that lacks space."""
    reach, sites, made = formulas.sites_in_reach(district), district.sites, []
    for site in range(len(sites)):
        rows = [int(row) for row in np.flatnonzero(reach[:, site]) if lacking[row] > 0]
        m2 = float(np.floor(sites.m2[site]))
        for year in range(district.years):
            opens = year * MONTHS + int(sites.lead_months[site])
            if not rows or sites.mode[site] not in district.venues.modes or opens >= district.years * MONTHS:
                continue
            built = program.variable(0, 1, whole=True)
            given = {row: program.variable(0, min(lacking[row], m2)) for row in rows}
            for row, part in given.items():
                program.at_most([(part, 1.0), (built, -min(lacking[row], m2))], 0.0)
            program.at_most([*[(part, 1.0) for part in given.values()], (built, -m2)], 0.0)
            made.append(Start(site, year, built, given))
    return made


def _space(district: District, starts: list[Start]) -> list[list[Expression]]:
    terms: dict[tuple[int, int], list[tuple[Variable, float]]] = defaultdict(list)
    for start in starts:
        lead = int(district.sites.lead_months[start.site])
        for year in range(start.year, district.years):
            opened = formulas.open_share(start.year * MONTHS, lead, year)
            for row, part in start.given.items():
                terms[row, year].append((part, opened))
    return [[linear(terms[row, year]) for year in range(district.years)] for row in range(len(district.communities))]
