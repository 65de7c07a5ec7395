"""Good choices for the p-median in plain arrays: greedy, then one open site exchanged for a closed one while that helps.

Source: M. B. Teitz, P. Bart, Heuristic methods for estimating the generalized vertex median of a weighted graph,
Operations Research 16 (1968) 955-961. All exchanges are valued at once from each customer's two nearest open sites.
"""

from __future__ import annotations

import numpy as np

from scenarios.tables import Integers, Reals

ENOUGH = 1e-9  # relative: a smaller gain is rounding


def total_cost(cost: Reals, chosen: Integers) -> float:
    """The sum over customers (rows) of the cost at their cheapest chosen site (column)."""
    return float(cost[:, chosen].min(axis=1).sum())


def greedy(cost: Reals, facilities: int) -> Integers:
    """Sites opened one by one, each the one that lowers the total most."""
    chosen = [int(cost.sum(axis=0).argmin())]
    nearest = cost[:, chosen[0]].copy()
    while len(chosen) < facilities:
        worth = np.minimum(cost, nearest[:, None]).sum(axis=0)
        worth[chosen] = np.inf
        chosen.append(int(worth.argmin()))
        nearest = np.minimum(nearest, cost[:, chosen[-1]])
    return np.array(chosen, dtype=np.int64)


def exchanged(cost: Reals, chosen: Integers) -> Integers:
    """The choice after every exchange of one site for another that helps, the best first."""
    chosen = chosen.copy()
    if len(chosen) == cost.shape[1]:
        return np.sort(chosen)
    while True:
        change = _changes(cost, chosen)
        change[:, chosen] = np.inf
        leaves, comes = np.unravel_index(int(change.argmin()), change.shape)
        if change[leaves, comes] > -ENOUGH * max(1.0, total_cost(cost, chosen)):
            return np.sort(chosen)
        chosen[leaves] = comes


def _changes(cost: Reals, chosen: Integers) -> Reals:
    """(chosen, sites): what the total changes by if a chosen site leaves and another comes."""
    distances = cost[:, chosen]
    rows = np.arange(len(cost))
    first = distances.argmin(axis=1)
    nearest = distances[rows, first]
    distances[rows, first] = np.inf
    second = distances.min(axis=1) if len(chosen) > 1 else np.full(len(cost), cost.max())
    with_new = np.minimum(cost, nearest[:, None])
    lost = np.minimum(cost, second[:, None]) - with_new
    served_by = np.zeros((len(chosen), len(cost)))
    served_by[first, rows] = 1.0
    return np.asarray(served_by @ lost + (with_new - nearest[:, None]).sum(axis=0))
