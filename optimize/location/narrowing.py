"""Which sites a best p-median can hold: a bound from priced assignment rows rules the others out.

For any prices, a choice of sites costs at least the prices plus what each site saves on them, so the sites with the
largest savings give a bound; a site that would lift the bound above a known choice is in no better one.
Source: G. Cornuejols, M. L. Fisher, G. L. Nemhauser, Location of bank accounts to optimize float, Management Science 23
(1977) 789-810; the prices follow M. Held, P. Wolfe, H. P. Crowder, Mathematical Programming 6 (1974) 62-88.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial

import numpy as np

from optimize.location.exchange import exchanged, greedy, total_cost
from scenarios.tables import Integers, Reals

STEPS = 2_000
PATIENCE = 20  # steps without a better bound before the step length is halved
SHORTEST = 2e-4  # step length at which prices have settled
ROUNDING = 1e-9  # relative error allowed for in a bound


@dataclass(frozen=True, eq=False)
class Narrowed:
    """What a best choice must look like, unless ``chosen`` is one.

    ``kept``: all sites it may hold, with those of ``chosen``; ``reach``: the most that each customer costs in it;
    ``bound``: the least that any choice costs.
    """

    chosen: Integers
    kept: Integers
    reach: Reals
    bound: float


@dataclass(frozen=True, eq=False)
class Priced:
    """A bound on the total, the prices that gave it, and what each site saves on them (zero or less)."""

    bound: float
    price: Reals
    saving: Reals


def narrowed(cost: Reals, facilities: int, step: float, seconds: float) -> Narrowed:
    """Sites and ways worth searching among; totals of two choices are equal or ``step`` apart (0: unknown)."""
    chosen, priced = _priced(cost, exchanged(cost, greedy(cost, facilities)), step, time.perf_counter() + seconds)
    value = total_cost(cost, chosen)
    least = np.sort(priced.saving)[facilities - 1]
    # A site beyond the best ones would take the place of the last of them.
    without = priced.bound - least + np.maximum(priced.saving, least)
    limit = value + ROUNDING * abs(value) if step == 0 else value - step + 1e-6
    # A customer who costs more than its price adds the difference to the bound.
    reach = priced.price + (value - priced.bound) + ROUNDING * abs(value) + 1e-6
    return Narrowed(chosen, np.union1d(np.flatnonzero(without <= limit), chosen), reach, priced.bound)


def _priced(cost: Reals, chosen: Integers, step: float, ends: float) -> tuple[Integers, Priced]:
    """Prices that bound the total well, and the best choice met on the way."""
    cheapest, price = cost.min(axis=1), np.partition(cost, 1, axis=1)[:, 1]
    best, value, length, waited = Priced(-np.inf, price, np.zeros(cost.shape[1])), total_cost(cost, chosen), 1.0, 0
    for _ in range(STEPS):
        saved = np.minimum(cost - price[:, None], 0.0)
        saving = saved.sum(axis=0)
        tried = np.argpartition(saving, len(chosen) - 1)[: len(chosen)]
        bound = float(price.sum() + saving[tried].sum())
        waited = 0 if bound > best.bound else waited + 1
        if bound > best.bound:
            best = Priced(bound, price, saving)
        if waited >= PATIENCE:
            length, waited = length / 2, 0
            chosen = min(chosen, exchanged(cost, tried), key=partial(total_cost, cost))
            value = total_cost(cost, chosen)
        uphill = 1.0 - (saved[:, tried] < 0).sum(axis=1)
        steepness = float(uphill @ uphill)
        settled = value - best.bound < max(step - 1e-6, ROUNDING * value)
        if steepness == 0 or length < SHORTEST or settled or time.perf_counter() > ends:
            break
        price = np.maximum(price + length * (1.02 * value - bound) / steepness * uphill, cheapest)
    return chosen, best
