"""What the location models are asked about: places with distances, sets that cover, warehouses, and jobs for agents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from scenarios.tables import Integers, Names, Reals
from scenarios.text import Text


@dataclass(frozen=True, eq=False, kw_only=True)
class Places:
    """Customers and candidate sites.

    ``distance``: (customers, sites), infinite where a site cannot be reached; ``demand``: weight of each customer;
    ``facilities``: how many sites to open if the file says so, else 0.
    """

    customers: Names
    sites: Names
    distance: Reals
    demand: Reals
    facilities: int = 0
    notices: tuple[Text, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class SetCover:
    """Sites with a cost each, and for each customer the sites (column numbers) of which one must be open."""

    customers: Names
    sites: Names
    cost: Reals
    covered_by: tuple[Integers, ...]
    notices: tuple[Text, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Warehouses:
    """Sites with a capacity and a fixed cost; customers with a demand.

    ``cost``: (customers, sites), what it costs to serve all of a customer's demand from a site.
    """

    customers: Names
    sites: Names
    capacity: Reals
    fixed_cost: Reals
    demand: Reals
    cost: Reals
    notices: tuple[Text, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Jobs:
    """Jobs, each for exactly one agent. ``cost`` and ``load``: (agents, jobs); ``capacity``: load an agent can bear."""

    agents: Names
    jobs: Names
    cost: Reals
    load: Reals
    capacity: Reals
    notices: tuple[Text, ...] = ()


Instance: TypeAlias = Places | SetCover | Warehouses | Jobs


def numbered(count: int, prefix: str = "") -> Names:
    """Names for things that a file only counts.

    >>> numbered(3), numbered(2, "agent ")
    (('1', '2', '3'), ('agent 1', 'agent 2'))
    """
    return tuple(f"{prefix}{number}" for number in range(1, count + 1))


def within(places: Places, radius: float) -> SetCover:
    """The sites that reach each customer within a radius, at a cost of 1 each."""
    reached = places.distance <= radius
    return SetCover(customers=places.customers, sites=places.sites, cost=np.ones(len(places.sites)),
                    covered_by=tuple(np.flatnonzero(row) for row in reached), notices=places.notices)  # fmt: skip
