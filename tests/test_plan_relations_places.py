"""Laws of places: their order, a place or project that nothing can reach, and two districts that share nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimize import Plan, audit
from optimize.plan import STANDING, YEARLY
from optimize.promise import promised
from scenarios import formulas
from scenarios.building.builder import small_district
from scenarios.district import District, PostingRule, ServiceFund
from scenarios.funding import FEN_PER_WAN as WAN
from scenarios.funding import own_effort_fen
from scenarios.levers import Levers
from scenarios.tables import Integers
from tests.random_districts import (
    Case,
    Draws,
    alike,
    best,
    bound,
    drawing,
    light_case,
    on_random_districts,
    reached,
    slack,
    value,
    with_money,
)

AWAY_M = 200_000.0  # beyond every walk, every unit's radius and every spillover


def part_of(place: District, rows: Integers) -> District:
    """Some communities of a district, in the order given, with what the rules say of them; sites and officials stay."""
    fund = place.service_fund
    floors, due = (tuple(np.array(fen)[rows].tolist()) if fen else () for fen in (fund.floor_fen, fund.entitlement_fen))
    return place.with_changes(
        communities=place.communities.take(rows), levers=Levers.take(place.levers, rows),
        service_fund=replace(fund, floor_fen=floors, entitlement_fen=due),
    )  # fmt: skip


def in_order_of(plan: Plan, place: District) -> Plan:
    """The plan with its communities in the order of another district's; postings and projects name theirs."""
    rows = [plan.communities.index(code) for code in place.communities.code]
    decided = {name: getattr(plan, name) for name in (*YEARLY, *STANDING)}
    taken = {name: values[rows] for name, values in decided.items() if values.size}
    return promised(place, plan.with_changes(communities=place.communities.code, **taken))


@on_random_districts
def test_permuting_communities_permutes_the_plan(drawn: Draws):
    """Relation 7: with its tables in another order a district has the same optimum, and each plan serves the other."""
    for seed, case in drawn:
        draw, place = drawing(7, seed), case.district
        other = part_of(place, draw.permutation(len(place.communities))).with_changes(
            sites=place.sites.take(draw.permutation(len(place.sites))),
            slots=place.slots.take(draw.permutation(len(place.slots))),
            units=place.units.take(draw.permutation(len(place.units))),
            streets=place.streets.take(draw.permutation(len(place.streets))),
        )
        mixed = replace(case, district=other)
        assert alike(case, mixed), seed
        for one, two in ((case, mixed), (mixed, case)):
            moved = in_order_of(best(one), two.district)
            assert audit(two.district, moved) == [], seed
            assert reached(two, moved) == pytest.approx(reached(one, best(one)), rel=1e-9, abs=1e-9), seed


def with_a_place_out_of_reach(place: District) -> District:
    """One more village far away: a copy of the first community that needs next to nothing and has no money of its own."""
    here, fund = place.communities, place.service_fund
    count = len(here)
    more = here.take([*range(count), 0])
    last = np.arange(count + 1) == count

    def at_the_end(name: str, found: float) -> object:
        return np.where(last, found, getattr(more, name))

    numbers = {
        "x_m": AWAY_M,
        "workload": 1e-6,
        "quality": 4.0,
        "service_m2": 50_000.0,
        "population": 1,
        "households": 1,
    }
    nothing = (
        "children",
        "elders",
        "hardship",
        "floating",
        "members",
        "collective_income_yuan",
        "last_service_fund_yuan",
    )
    numbers |= dict.fromkeys(nothing, 0)
    columns = {name: at_the_end(name, found) for name, found in numbers.items()}
    eligible = np.ceil(place.postings.eligible_share * count)
    return place.with_changes(
        communities=more.replaced(code=(*here.code, "far away"), kind=(*here.kind, "village"), **columns),
        levers=Levers.take(place.levers, [*range(count), 0]),
        service_fund=replace(fund, floor_fen=(*fund.floor_fen, 0)),
        postings=replace(place.postings, eligible_share=float(eligible / (count + 1))),
    )


def with_projects_out_of_reach(place: District) -> District:
    """A copy of every project on a site of its own, at more than the capital of a year."""
    sites = place.sites
    twice = sites.take([*range(len(sites)), *range(len(sites))])
    cost = np.append(sites.cost_yuan, np.full(len(sites), place.venues.capital_fen / 100 + 1))
    ids, grounds = ((*names, *[f"{name}-dear" for name in names]) for names in (sites.id, sites.site))
    return place.with_changes(sites=twice.replaced(cost_yuan=cost, id=ids, site=grounds))


@on_random_districts
def test_a_place_that_nothing_can_reach_changes_nothing(drawn: Draws):
    """Relation 8: one more community that needs nothing, far away, leaves the optimum and what the plan is worth.

    Not for the worst tenth, whose number of communities grows with theirs.
    """
    for seed, case in drawn:
        case = replace(case, goal="needs_met") if case.goal == "worst_tenth" else case
        more = replace(case, district=with_a_place_out_of_reach(case.district))
        assert alike(case, more), seed
        assert best(more).lump_fen[-1].sum() <= 100 * WAN * case.gap, seed
        kept = in_order_of(best(more), case.district)
        assert audit(case.district, kept) == [], seed
        unseen = reached(case, best(case)) - value(
            case
        )  # space in whole square metres, and what the promise counts beside
        assert reached(case, kept) <= value(case) * (1 + 2 * case.gap) + 0.02 * (case.goal == "floors") + abs(unseen), (
            seed
        )


@on_random_districts
def test_projects_beyond_the_capital_change_nothing(drawn: Draws):
    """Relation 8: copies of sites that cost more than a year's capital are never built and leave the optimum."""
    for seed, case in drawn:
        if case.option not in ("venues", "everything"):
            continue
        more = replace(case, district=with_projects_out_of_reach(case.district))
        assert value(more) >= bound(case) - slack(value(case)), seed
        assert bound(more) <= value(case) + slack(value(case)), seed
        assert not [project for project in best(more).projects if project.site_id.endswith("-dear")], seed


def two_districts(seed: int) -> tuple[Case, Case, Case]:
    """Two streets far from each other with granted funds and sites of their own; each alone, and both as one district."""
    draw = drawing(13, seed)
    count = int(draw.integers(6, 9))
    place = with_money(small_district(count, seed=seed, residents=int(draw.integers(500, 1100)) * count), draw)
    first = np.array(place.communities.street_code) == place.communities.street_code[0]
    of_first = {code for code, here in zip(place.communities.code, first, strict=True) if here}
    tables = {}
    for table in ("communities", "units", "sites"):
        rows = getattr(place, table)
        near = np.array([code in of_first for code in (rows.code if table == "communities" else rows.community_code)])
        tables[table] = rows.replaced(x_m=rows.x_m + np.where(near, 0.0, AWAY_M))
    due = tuple(draw.integers(0, 15 * WAN, count).tolist())
    both = place.with_changes(**tables, years=1, service_fund=ServiceFund(entitlement_fen=due), postings=PostingRule())
    parts = [part_of(both, np.flatnonzero(which)) for which in (first, ~first)]
    one, two = (Case(part, "needs_met", gap=1e-5) for part in parts)
    return one, two, Case(both, "needs_met", gap=1e-5)


def test_two_districts_that_share_nothing_are_the_sum():
    """Relation 13: two streets far apart, with money of their own, as one district: the sum of the optima."""
    for seed in range(20):
        one, two, both = two_districts(seed)
        assert bound(both) <= value(one) + value(two) + slack(value(both)), seed
        assert value(both) >= bound(one) + bound(two) - slack(value(both)), seed


def test_the_copy_far_away_is_out_of_reach():
    """The community added for relation 8 has no needs to speak of, no money, and is beyond every walk."""
    more = with_a_place_out_of_reach(light_case(4).district)
    assert formulas.yearly_needs(more)[-1] < 1e-6
    assert own_effort_fen(more)[-1] == 0
    assert not formulas.sites_in_reach(more)[-1].any()
    assert formulas.space_lacking_m2(more)[-1] == 0
