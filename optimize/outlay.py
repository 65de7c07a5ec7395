"""The consolidated outlay of a plan, year by year: what society pays for it, whoever pays."""

from __future__ import annotations

import numpy as np

from optimize.plan import Plan
from optimize.promise import active_posting_months
from optimize.standing import under_plan
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_YUAN, Outlay, YearMoney, base_flows, year_money, year_outlay


def plan_outlay(district: District, plan: Plan) -> list[Outlay]:
    """The outlay of each plan year."""
    arranged = under_plan(district, plan)
    return [_year(arranged, plan, year) for year in range(district.years)]


def _year(district: District, plan: Plan, year: int) -> Outlay:
    row = {site: position for position, site in enumerate(district.sites.id)}
    capital, running = 0, 0.0
    for project in plan.projects:
        at = row[project.site_id]
        if project.start_month < (year + 1) * MONTHS:
            capital += project_cost_fen(district, at)
        opened = formulas.open_share(project.start_month, int(district.sites.lead_months[at]), year)
        running += opened * project_running_fen(district, at)
    return year_outlay(
        district,
        year_money(district, plan.lump_fen[:, year]),
        posts=int(district.communities.posts.sum() + plan.posts[:, year].sum()),
        posting_months=active_posting_months(plan, year),
        capital_fen=capital,
        running_fen=round(running),
    )


def project_cost_fen(district: District, site: int) -> int:
    """Capital cost of a row of the sites table, in fen."""
    return round(float(district.sites.cost_yuan[site]) * FEN_PER_YUAN)


def project_running_fen(district: District, site: int) -> float:
    """Running cost of a project in a full year, in fen."""
    return formulas.running_yuan(district, site) * FEN_PER_YUAN


def standing_outlay_fen(district: District) -> int:
    """What every plan pays alike in a year, in fen: base posts, grids, work and party funds, what programmes cost beside cash."""
    district = district.with_changes(care=tuple(cell for cell in district.care if not cell.planned))
    nothing = YearMoney(flows=base_flows(district), displaced_fen=np.zeros(0, dtype=np.int64), match_left_fen=0)
    return year_outlay(
        district, nothing, posts=int(district.communities.posts.sum()), posting_months=0, capital_fen=0, running_fen=0
    ).total_fen
