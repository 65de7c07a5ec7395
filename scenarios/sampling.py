"""A smaller district that answers the same questions: some of its communities, with their share of every total."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from scenarios.arrangements import Support
from scenarios.district import District, ServiceFund
from scenarios.levers import Levers
from scenarios.tables import Integers

Amount = TypeVar("Amount", int, float)


def sampled(district: District, count: int) -> District:
    """At most ``count`` communities, every so-many-th by kind and needs, with the units and sites that stand in them.

    What is given per community stays as it is; totals (pools, posts, capital, officials, a street's own revenue) are cut
    to the sample's share of communities, or of people where they are shared by head. A district that is small enough
    is returned unchanged.
    """
    rows = sample_rows(district, count)
    if len(rows) == len(district.communities):
        return district
    here = district.communities
    share = len(rows) / len(here)
    codes = {here.code[row] for row in rows.tolist()}
    units = [row for row, code in enumerate(district.units.community_code) if code in codes]
    kept_units = {district.units.id[row] for row in units}
    sites = [row for row, code in enumerate(district.sites.community_code) if code in codes]
    slots = _every(np.arange(len(district.slots)), round(share * len(district.slots)))
    return district.with_changes(
        communities=here.take(rows),
        streets=district.streets.replaced(own_revenue_yuan=district.streets.own_revenue_yuan * _urban_share(district, rows)),
        units=district.units.take(units), sites=district.sites.take(sites), slots=district.slots.take(slots),
        service_fund=_fund(district.service_fund, rows, share),
        extra_posts=round(district.extra_posts * share),
        postings=replace(district.postings, posts=round(district.postings.posts * share)),
        venues=replace(district.venues, capital_fen=round(district.venues.capital_fen * share)),
        levers=Levers.take(district.levers, rows),
        supports=tuple(_support(support, rows) for support in district.supports),
        choices=district.choices.scaled(rows.tolist(), share),
        pairs=tuple(pair for pair in district.pairs if pair[0] in kept_units and pair[1] in codes),
    )  # fmt: skip


def sample_rows(district: District, count: int) -> Integers:
    """Rows of the sample in the order of the table: systematic along kind and then residents, so that both are kept."""
    here = district.communities
    order = sorted(range(len(here)), key=lambda row: (here.kind[row], here.population[row], here.code[row]))
    return np.sort(_every(np.array(order, dtype=np.int64), count))


def _every(rows: Integers, count: int) -> Integers:
    """``count`` of the rows, evenly spaced; all of them if there are no more."""
    if count >= len(rows):
        return rows
    return rows[((np.arange(count) + 0.5) * len(rows) / count).astype(np.int64)]


def _urban_share(district: District, rows: Integers) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Share of each street's urban residents who live in the sample: its revenue is shared by head among them."""
    people = district.communities.population * ~district.is_village
    chosen = np.zeros(len(people), dtype=bool)
    chosen[rows] = True
    streets, count = district.street_index, len(district.streets)
    all_, some = (np.bincount(streets, weights=weights, minlength=count) for weights in (people, people * chosen))
    return np.where(all_ > 0, some / np.maximum(all_, 1), 1.0)


def _fund(fund: ServiceFund, rows: Integers, share: float) -> ServiceFund:
    def taken(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
        return tuple(amounts[row] for row in rows.tolist()) if amounts else ()

    return replace(fund, entitlement_fen=taken(fund.entitlement_fen), floor_fen=taken(fund.floor_fen),
                   pool_fen=round(fund.pool_fen * share), ratios=taken(fund.ratios))  # fmt: skip


def _support(support: Support, rows: Integers) -> Support:
    chosen = rows.tolist()
    return replace(
        support,
        fen=tuple(support.fen[row] for row in chosen) if support.fen else (),
        hours=tuple(support.hours[row] for row in chosen) if support.hours else (),
        cost_fen=tuple(support.cost_fen[row] for row in chosen) if support.cost_fen else (),
    )
