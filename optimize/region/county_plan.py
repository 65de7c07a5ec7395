"""A county's plan with its share, audited exactly, and what of the share the plan uses."""

from __future__ import annotations

from math import ceil

from optimize.audit import audit
from optimize.outlay import project_cost_fen
from optimize.plan import Limits, Plan
from optimize.planner import make_plan
from optimize.region.result import CountyResult
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_WAN
from scenarios.region import County, Region, Share


def plan_county(region: Region, share: Share, limits: Limits) -> CountyResult:
    """The plan of a region's only county with its share, and the share without what the plan leaves of it.

    The plan is audited under the share that it uses; a breach is a defect of this room. Its cost is what the search states,
    as the bound is of the same program: what that leaves out (see :mod:`optimize.prevention`) is in the promise alone.
    """
    (county,) = region.counties
    district = region.district(county, share)
    plan = make_plan(district, goals=("needs_met",), limits=limits)
    used = used_share(region, share, district, plan)
    broken = audit(region.under(used, district), plan)
    if broken:
        raise AssertionError("; ".join(f"{v.rule} {v.where}: {v.says.en}" for v in broken[:5]))
    cost = plan.goals[0].value + extra_cost(region, county, used)
    return CountyResult(code=county.code, name=county.name, share=used, plan=plan, cost=cost)


def extra_cost(region: Region, county: County, share: Share) -> float:
    """What raising own money and grants costs beyond the yuan that the outlay counts, 万元 a year."""
    own, grant = share.own_fen / FEN_PER_WAN, share.grant_fen / FEN_PER_WAN
    return (county.cost_of_funds - 1.0) * own + (region.granter_cost - 1.0) * grant


def used_share(region: Region, share: Share, district: District, plan: Plan) -> Share:
    """The most that a plan uses of a share in any year; own money first makes way, then the grant."""
    spent = int(plan.lump_fen.sum(axis=0).max(initial=0))
    grant = min(share.grant_fen, spent)
    own = min(share.own_fen, max(spent - grant, needed_own_fen(region, grant)))
    return Share(own, grant, _in_post(plan), _started_fen(district, plan))


def needed_own_fen(region: Region, grant_fen: int) -> int:
    """The least own money that draws a grant."""
    own = ceil(grant_fen / region.ratio) if grant_fen and region.ratio else 0
    while region.most_grant_fen(own) < min(grant_fen, region.pool_fen):  # the ratio need not be exact in binary
        own += 1
    return own


def _in_post(plan: Plan) -> int:
    """Most officials in post at once."""
    starts = {posting.start_month for posting in plan.postings}
    return max((sum(p.start_month <= month < p.start_month + p.months for p in plan.postings) for month in starts),
               default=0)  # fmt: skip


def _started_fen(district: District, plan: Plan) -> int:
    """Largest capital of the projects that a plan starts in a year."""
    row = {site: position for position, site in enumerate(district.sites.id)}
    years = [0] * district.years
    for project in plan.projects:
        years[project.start_month // MONTHS] += project_cost_fen(district, row[project.site_id])
    return max(years)
