"""Venue projects by a rule of thumb: where space is shortest first, the cheapest useful project that can be afforded."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimize.outlay import project_cost_fen
from optimize.plan import Project
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.tables import Reals

Flags = NDArray[np.bool_]


def build_where_space_is_short(district: District) -> tuple[Project, ...]:
    """Projects for each plan year within its capital; projects that would open after the plan are left out."""
    if district.venues.capital_fen <= 0 or not len(district.sites):
        return ()
    lacking = np.floor(formulas.space_lacking_m2(district))
    reach = formulas.sites_in_reach(district)
    used, made = set[str](), list[Project]()
    for year in range(district.years):
        left = district.venues.capital_fen
        for row in np.argsort(-lacking, kind="stable"):
            site = _cheapest(district, reach[row], lacking, reach, used, left, year) if lacking[row] > 0 else None
            if site is None:
                continue
            left -= project_cost_fen(district, site)
            used.add(district.sites.site[site])
            made.append(
                Project(district.sites.id[site], year * MONTHS, _serve(district, site, reach[:, site], lacking))
            )
    return tuple(made)


def _cheapest(district: District, near: Flags, lacking: Reals, reach: Flags, used: set[str], left: int,
              year: int) -> int | None:  # fmt: skip
    """The project in reach that adds needed space at the least cost per square metre, or none."""
    sites = district.sites
    best, price = None, np.inf
    for site in np.flatnonzero(near):
        opens_in_time = year * MONTHS + sites.lead_months[site] < district.years * MONTHS
        allowed = sites.mode[site] in district.venues.modes and sites.site[site] not in used
        useful = min(np.floor(sites.m2[site]), float(lacking[reach[:, site]].sum()))
        if not (opens_in_time and allowed and useful > 0 and project_cost_fen(district, int(site)) <= left):
            continue
        if sites.cost_yuan[site] / useful < price:
            best, price = int(site), sites.cost_yuan[site] / useful
    return best


def _serve(district: District, site: int, near: Flags, lacking: Reals) -> tuple[tuple[str, float], ...]:
    """Share the space out, the community that lacks most first; what they lack is reduced in place."""
    left, shares = float(np.floor(district.sites.m2[site])), list[tuple[str, float]]()
    for row in sorted(np.flatnonzero(near), key=lambda r: (-lacking[r], district.communities.code[r])):
        given = min(left, float(lacking[row]))
        if given > 0:
            shares.append((district.communities.code[row], given))
            lacking[row] -= given
            left -= given
    return tuple(shares)
