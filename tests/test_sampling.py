"""A sample of a district keeps what is given per community and its share of every total."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.arrangements import Support
from scenarios.building.builder import small_district
from scenarios.district import PostingRule, ServiceFund, VenueRule
from scenarios.formulas import yearly_needs
from scenarios.funding import own_effort_fen
from scenarios.sampling import sample_rows, sampled
from sim.outcome import FLOW
from sim.run import simulate, start


@pytest.fixture(scope="module")
def place():
    """Forty communities with a fund, support, posts, postings and a capital programme."""
    made = small_district(40, seed=2, residents=16_000)
    return made.with_changes(
        service_fund=ServiceFund(mode="free", pool_fen=40_000, floor_fen=tuple(range(40)), cap_fen=90_000),
        supports=(Support(programme="a", cost_fen=tuple(range(40)), hours=tuple(float(n) for n in range(40))),),
        extra_posts=20, postings=PostingRule(posts=8), venues=VenueRule(capital_fen=1_000),
    )  # fmt: skip


def test_a_district_small_enough_is_its_own_sample(place):
    """Nothing is cut from a district that has no more communities than asked for."""
    assert sampled(place, 40) is place
    assert sampled(place, 90) is place


def test_a_sample_keeps_each_communitys_own_and_its_share_of_totals(place):
    """A quarter of the communities: their rows, floors and supports as they were, a quarter of pool, posts and capital."""
    part, rows = sampled(place, 10), sample_rows(place, 10)
    assert part.communities.code == tuple(place.communities.code[row] for row in rows)
    assert part.service_fund.floor_fen == tuple(rows.tolist()) == part.supports[0].cost_fen
    assert (part.service_fund.pool_fen, part.extra_posts, part.postings.posts) == (10_000, 5, 2)
    assert part.venues.capital_fen == 250
    assert set(part.units.community_code) | set(part.sites.community_code) <= set(part.communities.code)


def test_a_sample_has_towns_and_villages_and_the_means_of_the_whole(place):
    """Systematic along kind and size: the share of villages is kept to one community, needs a head to a tenth."""
    part = sampled(place, 10)
    assert abs(part.is_village.mean() - place.is_village.mean()) <= 0.1
    heads = [yearly_needs(one).sum() / one.communities.population.sum() for one in (part, place)]
    assert heads[0] == pytest.approx(heads[1], rel=0.1)


def test_own_money_behind_a_community_is_what_it_was(place):
    """A street's revenue is cut to the people of the sample, so each community has as much behind it as before."""
    rows = sample_rows(place, 10)
    assert np.abs(own_effort_fen(sampled(place, 10)) - own_effort_fen(place)[rows]).max() <= 1


def test_the_same_people_with_the_same_luck_live_in_a_sample(place):
    """Needs are drawn by community and person, so a sample has bit for bit the needs of the whole."""
    from optimize import make_plan

    plain = place.with_changes(
        service_fund=ServiceFund(entitlement_fen=(1_000_000,) * 40), postings=PostingRule(posts=0)
    )
    part, rows = sampled(plain, 10), sample_rows(plain, 10)
    found = [simulate(one, make_plan(one, method="equal_split"), seed=4, months=3).monthly[:, :, FLOW["needs"]]
             for one in (part, plain)]  # fmt: skip
    assert np.array_equal(found[0], found[1][:, rows])
    assert len(start(part, seed=1).population) == part.communities.population.sum()
