"""Maximal covering (MCLP): a number of sites that have as much demand as possible within a radius.

Source: R. Church, C. ReVelle, The maximal covering location problem, Papers of the Regional Science Association 32
(1974) 101-118. The demand left out is minimised; customers in reach of the same sites are counted as one.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimize.location.instances import Places
from optimize.location.located import Located, Served, nothing_found, search, settled
from optimize.plan import Limits
from optimize.program import Program, linear

Flags = NDArray[np.bool_]


def cover_most(places: Places, facilities: int, radius: float, limits: Limits) -> Located:
    """The most demand within ``radius`` of ``facilities`` open sites; the customers covered, each with its nearest."""
    reached = places.distance <= radius
    program = Program()
    opened = [program.variable(0, 1, whole=True) for _ in places.sites]
    program.equal([(site, 1.0) for site in opened], facilities)
    left_out = []
    for sites, customers in _alike(reached).items():
        missed = program.variable(0, 1)
        program.at_least([(missed, 1.0), *((opened[site], 1.0) for site in sites)], 1.0)
        left_out.append((missed, math.fsum(places.demand[customers].tolist())))
    found = search(program, linear(left_out), limits, integral=True)
    if found.answer.point is None:
        return nothing_found(found)
    chosen = found.chosen(opened)
    covered: Flags = reached[:, chosen].max(axis=1)
    missed_demand = math.fsum(places.demand[~covered].tolist())
    found_ = settled(found, missed_demand, [places.sites[site] for site in chosen], _served(places, chosen, covered))
    return _turned(found_, math.fsum(places.demand.tolist()), math.fsum(places.demand[covered].tolist()))


def _alike(reached: Flags) -> dict[tuple[int, ...], list[int]]:
    """Customers by the sites that reach them."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for customer, row in enumerate(reached):
        groups.setdefault(tuple(np.flatnonzero(row).tolist()), []).append(customer)
    return groups


def _turned(left_out: Located, total: float, covered: float) -> Located:
    """From the least demand left out to the most demand covered."""
    bound = covered if left_out.gap == 0.0 else total - max(left_out.bound, 0.0)
    gap = 0.0 if bound <= covered else (bound - covered) / max(covered, 1e-6)
    return replace(left_out, objective=covered, bound=bound, gap=gap)


def _served(places: Places, chosen: list[int], covered: Flags) -> list[Served]:
    nearest = np.array(chosen)[places.distance[:, chosen].argmin(axis=1)].tolist()
    return [Served(customer=places.customers[c], facility=places.sites[nearest[c]]) for c in np.flatnonzero(covered)]
