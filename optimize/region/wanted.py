"""How tight the capital is: what every county would build with its share if capital were no matter."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace

from optimize.outlay import project_cost_fen
from optimize.plan import Limits
from optimize.planner import make_plan
from optimize.region.planner import RegionLimits
from optimize.region.result import RegionPlan
from optimize.region.workers import run_all
from scenarios.region import Region, Share


def sites_wanted(region: Region, plan: RegionPlan, *, executor: Executor | None = None) -> dict[str, int]:
    """Sites on which each county would build with the same money and officials and all the capital it asks for."""
    tasks = [(region.with_changes(counties=(county,)), result.share)
             for county, result in zip(region.counties, plan.counties, strict=True)]  # fmt: skip
    counts = run_all(_wanted, tasks, [county.size for county in region.counties], executor)
    return {county.code: count for county, count in zip(region.counties, counts, strict=True)}


def _wanted(region: Region, share: Share) -> int:
    (county,) = region.counties
    district, limits = region.district(county, share), RegionLimits()
    everything = sum(project_cost_fen(district, site) for site in range(len(district.sites)))
    free = region.under(replace(share, capital_fen=everything), district)
    within = Limits(time_limit_s=limits.county_seconds, gap=limits.county_gaps[0])
    return len(make_plan(free, goals=("needs_met",), limits=within).projects)
