"""Plans of all counties: first with their shares, then with what others left over, as far as the region's gap asks.

Officials and venues are whole, so a county may not use all of its share. What is left of officials and capital is offered
again to those counties that got least of what the prices said they were worth, and goes to whoever saves most with it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from optimize.plan import Limits
from optimize.region.county_plan import plan_county
from optimize.region.decomposition import Decomposition
from optimize.region.result import CountyResult
from optimize.region.workers import Progress, run_all
from scenarios.funding import FEN_PER_WAN
from scenarios.region import Region, Share

OFFERS = 4  # counties that what is left is offered to in a round
SAVES = 1e-6  # 万元 a year: less is no saving


@dataclass(frozen=True, eq=False)
class Planner:
    """Plans counties until all together cost at most ``target``, 万元 a year."""

    region: Region
    target: float
    seconds: float
    executor: Executor | None
    progress: Progress

    def reached(self, counties: Sequence[CountyResult]) -> bool:
        """Whether the region's gap is met."""
        return math.fsum(county.cost for county in counties) <= self.target

    def first(self, shares: Sequence[Share], gaps: Sequence[float]) -> list[CountyResult]:
        """Every county's plan; those with the larger gaps are planned more closely until the region's gap is met."""
        everyone = range(len(shares))
        kept = self._planned({row: shares[row] for row in everyone}, gaps[0])
        for gap in gaps[1:]:
            if self.reached(list(kept.values())):
                break
            found = self._planned({row: shares[row] for row in everyone if kept[row].plan.gap > gap}, gap)
            kept |= {row: result for row, result in found.items() if result.cost < kept[row].cost}
        return [kept[row] for row in everyone]

    def helped(self, counties: list[CountyResult], shares: Sequence[Share], wished: Decomposition, gap: float,
               rounds: int) -> list[CountyResult]:  # fmt: skip
        """The plans with what was left of officials and capital, given to one county a round."""
        for _ in range(rounds):
            if self.reached(counties):
                break
            offers = self._offers(counties, shares, wished)
            found = self._planned(offers, gap)
            saved = {row: counties[row].cost - result.cost for row, result in found.items()}
            best = max(saved, key=saved.__getitem__, default=None)
            if best is None or saved[best] <= SAVES:
                break
            counties = [*counties[:best], found[best], *counties[best + 1 :]]
        return counties

    def _offers(self, counties: list[CountyResult], shares: Sequence[Share], wished: Decomposition) -> dict[int, Share]:
        """To the counties that fell furthest short of their wishes: their share and all that is left."""
        officials = self.region.officials - sum(county.share.officials for county in counties)
        capital = self.region.capital_fen - sum(county.share.capital_fen for county in counties)
        prices = np.array(wished.mix.prices.as_tuple())
        got = np.array([[c.share.grant_fen / FEN_PER_WAN, c.share.officials, c.share.capital_fen / FEN_PER_WAN]
                        for c in counties])  # fmt: skip
        short = (np.array([use.drawn() for use in wished.mix.uses]) - got) @ prices
        rows = [int(row) for row in np.argsort(-short, kind="stable")[:OFFERS] if short[row] > 0]
        return {row: replace(shares[row], officials=counties[row].share.officials + officials,
                             capital_fen=counties[row].share.capital_fen + capital) for row in rows}  # fmt: skip

    def _planned(self, shares: dict[int, Share], gap: float) -> dict[int, CountyResult]:
        limits = Limits(time_limit_s=self.seconds, gap=gap)
        tasks = [(self.region.with_changes(counties=(self.region.counties[row],)), share, limits)
                 for row, share in shares.items()]  # fmt: skip
        sizes = [self.region.counties[row].size for row in shares]
        found = run_all(plan_county, tasks, sizes, self.executor, "plan", self.progress)
        return dict(zip(shares, found, strict=True))
