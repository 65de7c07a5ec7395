"""Location set covering (LSCP): the cheapest sites such that every customer has an open one within reach.

Source: C. Toregas, R. Swain, C. ReVelle, L. Bergman, The location of emergency service facilities, Operations Research
19 (1971) 1363-1373; with costs it is the weighted set covering problem.
"""

from __future__ import annotations

import math

from optimize.location.instances import SetCover
from optimize.location.located import Located, Served, impossible, nothing_found, search, settled
from optimize.plan import Limits
from optimize.program import Program, linear
from scenarios.text import Text

MOST_NAMED = 10


def cover_all(instance: SetCover, limits: Limits) -> Located:
    """The least cost of sites that cover every customer; each customer is listed with its cheapest open site."""
    uncovered = [name for name, sites in zip(instance.customers, instance.covered_by, strict=True) if not len(sites)]
    if uncovered:
        return impossible(out_of_reach(uncovered))
    program = Program()
    opened = [program.variable(0, 1, whole=True) for _ in instance.sites]
    for sites in dict.fromkeys(tuple(row.tolist()) for row in instance.covered_by):
        program.at_least([(opened[site], 1.0) for site in sites], 1.0)
    cost = instance.cost.tolist()
    found = search(program, linear(zip(opened, cost, strict=True)), limits, integral=True)
    if found.answer.point is None:
        return nothing_found(found)
    chosen = found.chosen(opened)
    return settled(found, math.fsum(cost[site] for site in chosen), [instance.sites[site] for site in chosen],
                   _served(instance, set(chosen)))  # fmt: skip


def _served(instance: SetCover, chosen: set[int]) -> list[Served]:
    by = [min((s for s in sites.tolist() if s in chosen), key=lambda s: (instance.cost[s], s))
          for sites in instance.covered_by]  # fmt: skip
    return [Served(customer=name, facility=instance.sites[s]) for name, s in zip(instance.customers, by, strict=True)]


def out_of_reach(names: list[str]) -> Text:
    """Why not everyone can be covered."""
    listed = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    return Text(f"{len(names)} 个需求点没有任何可及的候选点：{listed}",
                f"{len(names)} customers are in reach of no site: {listed}")  # fmt: skip
