"""The front door: shares of a region by prices, then every county planned with its share, audited, and a proven gap."""

from __future__ import annotations

import math
import time
from concurrent.futures import Executor
from dataclasses import dataclass

from optimize.plan import PlanError, Status
from optimize.region.conflict import contradictions
from optimize.region.counties import Planner
from optimize.region.decomposition import Decomposition, decompose
from optimize.region.result import CountyResult, RegionPlan
from optimize.region.shares import whole_shares
from optimize.region.workers import Progress, silent
from scenarios.region import Region, broken_rules
from scenarios.text import Text


@dataclass(frozen=True, kw_only=True)
class RegionLimits:
    """What a search may use: the gap at which the region counts as proven, and what its parts get for it."""

    gap: float = 0.005
    relaxed_gap: float = 2e-4  # of the relaxed region, before whole decisions
    most_rounds: int = 30
    county_gaps: tuple[float, ...] = (0.004, 0.001, 0.0003)  # the later ones only if the region's gap asks for them
    county_seconds: float = 180.0
    helpings: int = 8  # rounds in which what counties left over is offered again, while the region's gap asks for it


DEFAULT_LIMITS = RegionLimits()


def plan_region(region: Region, *, limits: RegionLimits = DEFAULT_LIMITS, executor: Executor | None = None,
                progress: Progress = silent) -> RegionPlan:  # fmt: skip
    """The region's plan: the same whatever the executor and its number of workers, as long as no time limit stops it.

    Raises :class:`~optimize.plan.PlanError` if the floors of the communities cannot be paid.
    """
    conflict = contradictions(region)
    if conflict:
        raise PlanError(Status.INFEASIBLE, conflict)
    began = time.perf_counter()
    found = decompose(region, gap=limits.relaxed_gap, most_rounds=limits.most_rounds, executor=executor,
                      progress=progress)  # fmt: skip
    if not found.mix.fits:
        raise PlanError(Status.NONE, [Text("轮数用完仍未找到可行的份额：请增加轮数",
                                           "no shares that fit were found: allow more rounds")])  # fmt: skip
    shares = whole_shares(region, found.mix.uses)
    priced = time.perf_counter()
    target = found.bound / (1.0 - limits.gap if found.bound > 0 else 1.0 + limits.gap)
    planner = Planner(region, target, limits.county_seconds, executor, progress)
    counties = planner.first(shares, limits.county_gaps)
    counties = planner.helped(counties, shares, found, limits.county_gaps[-1], limits.helpings)
    seconds = {"prices": priced - began, "counties": time.perf_counter() - priced}
    return _checked(region, _put_together(region, found, counties, limits, seconds))


def _put_together(region: Region, found: Decomposition, counties: list[CountyResult], limits: RegionLimits,
                  seconds: dict[str, float]) -> RegionPlan:  # fmt: skip
    return RegionPlan(
        code=region.code,
        name=region.name,
        years=tuple(range(region.first_year, region.first_year + region.years)),
        counties=tuple(counties),
        value=math.fsum(county.cost for county in counties),
        bound=found.bound,
        relaxed=found.mix.value,
        prices=found.prices,
        rounds=found.rounds,
        asked_gap=limits.gap,
        seconds=seconds,
    )


def _checked(region: Region, plan: RegionPlan) -> RegionPlan:
    """The plan, if its shares keep the region's rules exactly; anything else is a defect of this room."""
    broken = broken_rules(region, tuple(county.share for county in plan.counties))
    if broken:
        raise AssertionError("; ".join(says.en for says in broken[:5]))
    return plan
