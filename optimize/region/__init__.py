"""Plans of regions: shares of grants, officials and capital for every county, by a decomposition with a proven gap."""

from optimize.region.planner import RegionLimits, plan_region
from optimize.region.result import CountyResult, RegionPlan
from optimize.region.wanted import sites_wanted

__all__ = ["CountyResult", "RegionLimits", "RegionPlan", "plan_region", "sites_wanted"]
