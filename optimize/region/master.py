"""The master: mixes of what counties did so far that fit the pools at least cost, and the prices that follow.

The restricted master of Dantzig & Wolfe (1960), with one convexity row a county. Its value is what the relaxed region can
reach with the answers so far; the dual function at any prices is a bound on every plan of the region. Where the two
meet, no shares of the relaxed counties do better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimize.region.linear_program import LinearProgram
from optimize.region.prices import Pools, Prices, Use
from optimize.region.relaxation import Relaxation

MOST = Prices(grant=1e3, officials=1e5, capital=1e3)  # at these prices a pool may be overdrawn: only if nothing fits
NOTHING = 1e-6


@dataclass(frozen=True, eq=False)
class Mix:
    """The best mix: value (万元 a year), mean use of each county, prices, and whether the pools suffice."""

    value: float
    uses: tuple[Use, ...]
    prices: Prices
    fits: bool


def best_mix(answers: Sequence[Sequence[Use]], pools: Pools) -> Mix:
    """The cheapest mix of each county's uses (one weight each, summing to 1) within the pools."""
    county = np.repeat(np.arange(len(answers)), [len(uses) for uses in answers])
    flat = [use for uses in answers for use in uses]
    found = Relaxation(_program(flat, county, pools)).minimise(_costs(flat))
    weights, over = found.point[: len(flat)], found.point[len(flat) :]
    columns = np.array([[use.cost, use.own, use.grant, use.officials, use.capital] for use in flat])
    means = [np.bincount(county, weights=weights * columns[:, part], minlength=len(answers)) for part in range(5)]
    uses = tuple(Use(*(float(v) for v in row)) for row in np.stack(means, axis=1))
    prices = Prices(*(max(0.0, -float(dual)) for dual in found.duals[len(answers) :]))
    return Mix(found.value, uses, prices, bool((over <= NOTHING).all()))


def _costs(flat: Sequence[Use]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([*(use.cost for use in flat), *MOST.as_tuple()], dtype=float)


def _program(flat: Sequence[Use], county: np.ndarray[tuple[int], np.dtype[np.int64]], pools: Pools) -> LinearProgram:
    """Rows: the weights of each county sum to 1; each pool is kept, or overdrawn at the highest price."""
    counties, drawn = int(county[-1]) + 1, np.array([use.drawn() for use in flat])
    columns = [np.flatnonzero(county == row) for row in range(counties)]
    values = [np.ones(len(own)) for own in columns]
    for pool in range(len(pools.as_array())):
        columns.append(np.append(np.arange(len(flat)), len(flat) + pool))
        values.append(np.append(drawn[:, pool], -1.0))
    pool_limits = pools.as_array()
    return LinearProgram(
        cost=_costs(flat),
        low=np.zeros(len(flat) + len(pool_limits)),
        high=np.full(len(flat) + len(pool_limits), np.inf),
        start=np.concatenate([[0], np.cumsum([len(row) for row in columns])]),
        column=np.concatenate(columns),
        value=np.concatenate(values),
        row_low=np.concatenate([np.ones(counties), np.full(len(pool_limits), -np.inf)]),
        row_high=np.concatenate([np.ones(counties), pool_limits]),
    )
