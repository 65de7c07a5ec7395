"""The p-median: sites that keep the sum of weighted distances to the nearest open one as small as possible.

A customer's distances in order make a chain of yes-or-no answers "no open site as near as this"; each costs the way on
to the next distance, and the chain ends where the sites left over are too few to be closed all. Source: S. Elloumi,
A tighter formulation of the p-median problem, Journal of Combinatorial Optimization 19 (2010) 69-83.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np

from optimize.location.instances import Places
from optimize.location.located import Located, Served, impossible, nothing_found, search, settled
from optimize.location.narrowing import Narrowed, narrowed
from optimize.location.set_covering import out_of_reach
from optimize.plan import Limits
from optimize.program import Program, Variable, linear
from scenarios.tables import Integers, Reals


def locate_medians(places: Places, facilities: int, limits: Limits) -> Located:
    """``facilities`` open sites with the least sum of demand x distance to the nearest."""
    began = time.perf_counter()
    lonely = ~np.isfinite(places.distance).any(axis=1)
    if lonely.any():
        return impossible(out_of_reach([places.customers[c] for c in np.flatnonzero(lonely)]))
    worth = _worth_a_search(places, facilities, limits.time_limit_s / 4)
    kept = worth.kept
    chains = Chains(facilities, len(kept), np.searchsorted(kept, worth.chosen))
    for row, weight, reach in zip(places.distance[:, kept], places.demand.tolist(), worth.reach.tolist(), strict=True):
        chains.add(row, weight, reach)
    left = Limits(time_limit_s=max(limits.time_limit_s - (time.perf_counter() - began), 0.0), gap=limits.gap)
    goal = linear(chains.costs, math.fsum(chains.first))
    found = search(chains.program, goal, left, integral=True, start=chains.start, known=worth.bound)
    if found.answer.point is None:
        return nothing_found(found)
    chosen = kept[found.chosen(chains.opened)]
    nearest = chosen[places.distance[:, chosen].argmin(axis=1)].tolist()
    total = math.fsum(
        w * d for w, d in zip(places.demand.tolist(), places.distance[:, chosen].min(axis=1), strict=True)
    )
    serves = [Served(customer=name, facility=places.sites[site])
              for name, site in zip(places.customers, nearest, strict=True)]  # fmt: skip
    located = settled(found, total, [places.sites[site] for site in chosen], serves)
    return replace(located, seconds=time.perf_counter() - began)


def _worth_a_search(places: Places, facilities: int, seconds: float) -> Narrowed:
    """The sites and ways that a best choice can have; all of them where some site cannot be reached."""
    every = np.arange(len(places.sites))
    if len(every) == facilities or not np.isfinite(places.distance).all():
        return Narrowed(every[:0], every, np.full(len(places.customers), np.inf), -math.inf)
    cost = places.distance * places.demand[:, None]
    whole = bool((cost == np.rint(cost)).all() and cost.max() <= 2**20)
    return narrowed(cost, facilities, 1.0 if whole else 0.0, seconds)


class Chains:
    """The program under construction: a variable for each site, then one chain for each customer."""

    def __init__(self, facilities: int, sites: int, chosen: Integers) -> None:
        self.program = Program()
        self.opened = [self.program.variable(0, 1, whole=True) for _ in range(sites)]
        self.program.equal([(site, 1.0) for site in self.opened], facilities)
        self.costs: list[tuple[Variable, float]] = []
        self.first: list[float] = []
        self._needed = sites - facilities + 1  # among so many sites, one at least is open
        self._chosen = set(chosen.tolist())
        self._start = [float(site in self._chosen) for site in range(sites)]

    @property
    def start(self) -> Reals | None:
        """The point of the choice to begin from, if there is one."""
        return np.array(self._start) if self._chosen else None

    def add(self, distance: Reals, weight: float, reach: float) -> None:
        """The chain of one customer, which ends at the distance within which some site is surely open."""
        levels = _levels(distance, self._needed, reach / weight if weight else math.inf)
        self.first.append(weight * levels[0][0])
        before: Variable | None = None
        open_yet = False
        for (here, sites), following in zip(levels, [*levels[1:], None], strict=True):
            terms = [(self.opened[site], 1.0) for site in sites]
            open_yet = open_yet or not self._chosen.isdisjoint(sites)
            if before is not None:
                terms.append((before, -1.0))
            before = None
            if following is not None:
                before = self.program.variable(0, 1)
                terms.append((before, 1.0))
                self.costs.append((before, weight * (following[0] - here)))
                self._start.append(float(not open_yet))
            self.program.at_least(terms, 1.0 if here == levels[0][0] else 0.0)


def _levels(distance: Reals, needed: int, reach: float) -> list[tuple[float, list[int]]]:
    """Different distances in rising order with their sites, until ``needed`` sites are passed or none is in reach."""
    levels: list[tuple[float, list[int]]] = []
    for seen, site in enumerate(np.argsort(distance, kind="stable").tolist()):
        here = float(distance[site])
        if levels and levels[-1][0] == here:
            levels[-1][1].append(site)
        elif math.isinf(here) or seen >= needed or here > reach:
            break
        else:
            levels.append((here, [site]))
    return levels
