"""The p-center: sites that keep the longest way of any customer to the nearest open one as short as possible.

The longest way is one of the distances themselves. Between a distance known to be enough and one known to be too short
the middle one is asked about: the fewest sites that cover everyone within it. Source: E. Minieka, The m-center problem,
SIAM Review 12 (1970) 138-139.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from optimize.answer import relative_gap
from optimize.location.instances import Places, within
from optimize.location.located import Located, Served, impossible
from optimize.location.set_covering import cover_all, out_of_reach
from optimize.plan import Limits, Status
from scenarios.tables import Integers, Reals
from scenarios.text import Text


@dataclass(frozen=True, eq=False)
class Bracket:
    """Distances before position ``low`` are too short; the one at ``high`` is enough, with the sites ``chosen``."""

    low: int
    high: int
    chosen: Integers
    stopped: bool = False


def locate_centers(places: Places, facilities: int, limits: Limits) -> Located:
    """``facilities`` open sites with the least largest distance to the nearest; demand does not count."""
    began = time.perf_counter()
    nearest = places.distance.min(axis=1)
    if not np.isfinite(nearest).all():
        return impossible(out_of_reach([places.customers[c] for c in np.flatnonzero(~np.isfinite(nearest))]))
    radii = np.unique(places.distance[np.isfinite(places.distance) & (places.distance >= nearest.max())])
    radii = np.append(radii, math.inf)
    chosen = spread(places.distance, facilities)
    bracket = Bracket(0, _position(radii, places.distance, chosen), chosen)
    while bracket.low < bracket.high and not bracket.stopped:
        left = limits.time_limit_s - (time.perf_counter() - began)
        bracket = _narrower(places, facilities, radii, bracket, Limits(time_limit_s=max(left, 0.0), gap=0.0))
    return replace(_located(places, radii, bracket), seconds=time.perf_counter() - began)


def _narrower(places: Places, facilities: int, radii: Reals, bracket: Bracket, limits: Limits) -> Bracket:
    """The bracket after asking about the distance in its middle."""
    middle = (bracket.low + bracket.high) // 2
    cover = cover_all(within(places, float(radii[middle])), limits)
    if cover.objective <= facilities:
        chosen = _filled([places.sites.index(name) for name in cover.facilities], facilities)
        return replace(bracket, high=min(middle, _position(radii, places.distance, chosen)), chosen=chosen)
    if cover.bound > facilities + 0.5:
        return replace(bracket, low=middle + 1)
    return replace(bracket, stopped=True)


def spread(distance: Reals, facilities: int) -> Integers:
    """Sites chosen one by one, each the one nearest to the customer who is worst off."""
    chosen = [int(distance.max(axis=0).argmin())]
    while len(chosen) < facilities:
        worst = int(distance[:, chosen].min(axis=1).argmax())
        site = int(distance[worst].argmin())
        if site in chosen:
            break
        chosen.append(site)
    return _filled(chosen, facilities)


def _filled(chosen: list[int], facilities: int) -> Integers:
    """The choice made up to the full number with sites that are not in it yet."""
    others = (site for site in range(facilities) if site not in set(chosen))
    return np.array(
        sorted([*chosen, *(site for site, _ in zip(others, range(facilities - len(chosen)), strict=False))])
    )


def _position(radii: Reals, distance: Reals, chosen: Integers) -> int:
    return int(np.searchsorted(radii, distance[:, chosen].min(axis=1).max()))


def _located(places: Places, radii: Reals, bracket: Bracket) -> Located:
    longest, bound = float(radii[bracket.high]), float(radii[bracket.low])
    if math.isinf(longest):
        because = Text(
            "候选点之间不连通，设施数不足以覆盖各个部分",
            "the sites are not connected, and too few facilities for each part",
        )
        return (
            impossible(because) if math.isinf(bound) else replace(impossible(because), status=Status.NONE, bound=bound)
        )
    nearest = bracket.chosen[places.distance[:, bracket.chosen].argmin(axis=1)].tolist()
    serves = tuple(Served(customer=c, facility=places.sites[s]) for c, s in zip(places.customers, nearest, strict=True))
    status = Status.OPTIMAL if bracket.low == bracket.high else Status.FEASIBLE
    return Located(status=status, objective=longest, bound=bound, gap=relative_gap(longest, bound), seconds=0.0,
                   facilities=tuple(places.sites[site] for site in bracket.chosen), serves=serves)  # fmt: skip
