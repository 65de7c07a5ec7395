"""Why no plan fits a region, found exactly before any search: only floors can be too much to ask."""

from __future__ import annotations

from optimize.violation import wan
from scenarios.region import Region
from scenarios.text import Text


def contradictions(region: Region) -> list[Text]:
    """Every reason why floors cannot be paid: above the cap, or above what counties can raise and draw."""
    if region.floor_fen > region.cap_fen:
        return [Text(f"保底{wan(region.floor_fen)}万元高于每社区上限{wan(region.cap_fen)}万元：请调整其一",
                     f"the floor of {wan(region.floor_fen)} 万元 is above the cap of {wan(region.cap_fen)} 万元: change either")]  # fmt: skip
    found, lacking = [], 0
    for county in region.counties:
        needed, most = region.floor_fen * county.size, region.most(county)
        lacking += max(0, needed - county.own_limit_fen)
        if needed > most.own_fen + most.grant_fen:
            found.append(Text(
                f"{county.name.zh}：保底共需{wan(needed)}万元，自筹与补助至多{wan(most.own_fen + most.grant_fen)}万元",
                f"{county.name.en}: the floors take {wan(needed)} 万元; own money and grant come to at most "
                f"{wan(most.own_fen + most.grant_fen)} 万元"))  # fmt: skip
    if lacking > region.pool_fen:
        found.append(Text(
            f"各县自筹之外保底还缺{wan(lacking)}万元，资金池只有{wan(region.pool_fen)}万元",
            f"beyond own money the floors lack {wan(lacking)} 万元; the pool holds {wan(region.pool_fen)} 万元"))  # fmt: skip
    return found
