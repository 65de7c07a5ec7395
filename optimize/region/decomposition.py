"""The search for prices at which the counties' own choices fit the pools: a proven bound, and shares to plan with.

Dantzig-Wolfe with prices smoothed towards those of the best bound (Wentges 1997), since the master's own swing while few
answers are known. Every county answers every price, so each round proves a bound on the whole region.
"""

from __future__ import annotations

import math
from concurrent.futures import Executor
from dataclasses import dataclass

from optimize.region.master import Mix, best_mix
from optimize.region.prices import Pools, Prices
from optimize.region.pricing import Answered, answer, open_county
from optimize.region.workers import Progress, run_all, silent
from scenarios.funding import FEN_PER_WAN
from scenarios.region import Region

FIRST = (Prices(grant=30.0, officials=300.0, capital=10.0), Prices(grant=0.6, officials=7.0, capital=0.1))
"""Where the search begins: prices at which hardly anything is drawn, so that some mix fits; and those of a tight region."""
SMOOTHING = 0.4  # share of the way from the best prices to the master's


@dataclass(frozen=True, eq=False)
class Decomposition:
    """How the search for prices ended: the relaxed region's value, the bound proven and the prices that prove it."""

    mix: Mix
    bound: float
    prices: Prices
    rounds: int

    @property
    def gap(self) -> float:
        """Distance from the relaxed value to the bound, relative to the value."""
        return max(0.0, self.mix.value - self.bound) / max(abs(self.mix.value), 1e-6)


def pools_of(region: Region) -> Pools:
    """The pools in the units of the program."""
    return Pools(region.pool_fen / FEN_PER_WAN, float(region.officials), region.capital_fen / FEN_PER_WAN)


def decompose(region: Region, *, gap: float, most_rounds: int, executor: Executor | None,
              progress: Progress = silent) -> Decomposition:  # fmt: skip
    """Search for prices until the relaxed region is settled within a gap, or for a number of rounds."""
    sizes = [county.size for county in region.counties]
    opened = run_all(open_county, [(region.with_changes(counties=(county,)), county, FIRST)
                                   for county in region.counties], sizes, executor, "prices", progress)  # fmt: skip
    known = [list(each.answers) for each in opened]
    pools, rounds = pools_of(region), 0
    while True:
        best, bound = _best_prices(known, pools)
        mix = best_mix([[each.use for each in answers] for answers in known], pools)
        settled = mix.value - bound <= gap * abs(mix.value)
        if settled or rounds == most_rounds:
            break
        rounds += 1
        asked = (best.towards(mix.prices, SMOOTHING), mix.prices)
        opened = run_all(answer, [(each.program, each.basis, asked) for each in opened], sizes, executor, "prices",
                         progress)  # fmt: skip
        for answers, each in zip(known, opened, strict=True):
            answers.extend(each.answers)
    return Decomposition(mix, bound, best, rounds)


def _best_prices(known: list[list[Answered]], pools: Pools) -> tuple[Prices, float]:
    """The prices with the highest dual function; all counties have answered the same ones, in the same order."""
    asked = [each.prices for each in known[0]]
    bounds = [math.fsum(answers[number].bound for answers in known) - pools.worth(prices)
              for number, prices in enumerate(asked)]  # fmt: skip
    best = max(range(len(asked)), key=bounds.__getitem__)
    return asked[best], bounds[best]
