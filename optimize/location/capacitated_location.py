"""Capacitated facility location: sites with a fixed cost and a capacity, customers served from several if need be.

Source: J. E. Beasley, An algorithm for solving large capacitated warehouse location problems, European Journal of
Operational Research 33 (1988) 314-325. The links "served only by an open site" stand for each pair, and make the
relaxation tight.
"""

from __future__ import annotations

import math

import numpy as np

from optimize.location.instances import Warehouses
from optimize.location.located import Located, Served, nothing_found, search, settled
from optimize.plan import Limits
from optimize.program import Program, Variable, linear

SHARE_KEPT = 1e-9  # a smaller share of a customer's demand is the rounding of the search


def locate_with_capacity(instance: Warehouses, limits: Limits) -> Located:
    """The least cost of opening sites and serving all demand from them."""
    program = Program()
    opened = [program.variable(0, 1, whole=True) for _ in instance.sites]
    share = [[program.variable(0, 1) for _ in instance.sites] for _ in instance.customers]
    _add_rows(program, instance, opened, share)
    goal = linear([*zip(opened, instance.fixed_cost.tolist(), strict=True),
                   *((v, c) for row, costs in zip(share, instance.cost.tolist(), strict=True)
                     for v, c in zip(row, costs, strict=True))])  # fmt: skip
    found = search(program, goal, limits, integral=False)
    if found.answer.point is None:
        return nothing_found(found)
    chosen = found.chosen(opened)
    shares = np.array([[found.answer[v] for v in row] for row in share])
    shares[shares < SHARE_KEPT] = 0.0
    serves = [Served(customer=instance.customers[c], facility=instance.sites[s], share=float(shares[c, s]))
              for c, s in zip(*np.nonzero(shares), strict=True)]  # fmt: skip
    cost = math.fsum([*(instance.cost * shares).ravel().tolist(), *instance.fixed_cost[chosen].tolist()])
    return settled(found, cost, [instance.sites[site] for site in chosen], serves)


def _add_rows(program: Program, instance: Warehouses, opened: list[Variable], share: list[list[Variable]]) -> None:
    demand = instance.demand.tolist()
    for row in share:
        program.equal([(v, 1.0) for v in row], 1.0)
        for served, site in zip(row, opened, strict=True):
            program.at_most([(served, 1.0), (site, -1.0)], 0.0)
    for site, capacity in enumerate(instance.capacity.tolist()):
        program.at_most(
            [*((row[site], d) for row, d in zip(share, demand, strict=True)), (opened[site], -capacity)], 0.0
        )
    # Follows from the rows above, and lets the solver count the sites that are needed at least.
    program.at_least(list(zip(opened, instance.capacity.tolist(), strict=True)), math.fsum(demand))
