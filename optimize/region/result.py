"""The plan of a region: every county's share and plan, the value reached, and the bound proven. A frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from optimize.answer import relative_gap
from optimize.plan import Plan, Status
from optimize.region.prices import Prices
from scenarios.region import Share
from scenarios.text import Text


@dataclass(frozen=True, kw_only=True, eq=False)
class CountyResult:
    """A county's share and the plan made with it; ``cost`` is its part of the region's value."""

    code: str
    name: Text
    share: Share
    plan: Plan
    cost: float  # 万元 a year

    @property
    def sites_built(self) -> int:
        """Sites on which the plan builds; a plan has at most one project on a site."""
        return len(self.plan.projects)

    @property
    def met_share(self) -> float:
        """Needs met per need that the plan promises, all years together."""
        return float(self.plan.promised_met.sum() / max(self.plan.promised_needs.sum(), 1e-9))


@dataclass(frozen=True, kw_only=True, eq=False)
class RegionPlan:
    """What was decided for a region. ``value`` and ``bound`` are 万元 a year: priced unmet needs, remedy and outlay.

    No plan of the region costs less than ``bound``, which follows from ``prices`` by weak duality.
    """

    code: str
    name: Text
    years: tuple[int, ...]
    counties: tuple[CountyResult, ...]
    value: float
    bound: float
    relaxed: float  # value of the relaxed region: what no whole decisions would cost
    prices: Prices
    rounds: int
    asked_gap: float
    seconds: dict[str, float]

    @property
    def gap(self) -> float:
        """Distance from the value to the bound, relative to the value."""
        return relative_gap(self.value, self.bound)

    @property
    def status(self) -> Status:
        """Optimal when proven within the gap asked for, else feasible with its gap."""
        return Status.OPTIMAL if self.gap <= self.asked_gap else Status.FEASIBLE

    @property
    def sites_built(self) -> int:
        """Sites on which the plan builds."""
        return sum(county.sites_built for county in self.counties)
