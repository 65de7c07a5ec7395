"""What a plan is up against, and what is short where: counted from the plan, checked against hand arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from optimize import Limits, evaluate, make_plan
from optimize.explain.binding import binding_rules
from optimize.explain.shortfalls import short_groups, shortfalls, unmet_words
from optimize.promise import promised
from scenarios.building.builder import small_district
from scenarios.choices import Choices
from scenarios.district import Floors, PostingRule, ServiceFund, VenueRule
from scenarios.funding import FEN_PER_WAN as WAN

LIMITS = Limits(time_limit_s=20, gap=0.005)


@pytest.fixture(scope="module")
def everything():
    """A small district with every kind of decision open, and its plan."""
    place = small_district(6, seed=4, residents=6000)
    fund = ServiceFund(mode="free", pool_fen=60 * WAN, floor_fen=(WAN,) * 6, cap_fen=25 * WAN)
    district = place.with_changes(
        service_fund=fund, extra_posts=2, postings=PostingRule(posts=1, eligible_share=0.5),
        venues=VenueRule(capital_fen=100 * WAN), floors=Floors(venue_m2=200), choices=Choices(windows=2, wardens=1, care_fen=10 * WAN))  # fmt: skip
    return district, make_plan(district, limits=LIMITS)


def by_rule(district, plan):
    return {one.rule: one for one in binding_rules(district, plan)}


def test_every_open_resource_is_told_once(everything):
    """Each rule in force is named once, with words in both languages."""
    found = binding_rules(*everything)
    names = [one.rule for one in found]
    assert len(names) == len(set(names))
    assert {"pool", "cap", "floors", "contracts", "posts", "officials", "eligible", "capital", "sites", "windows",
            "wardens", "care fund"} <= set(names)  # fmt: skip
    assert all(one.says.zh and one.says.en and one.says.zh != one.says.en for one in found)


def test_rules_that_bind_come_first_the_widest_before(everything):
    """Rules that leave room come last."""
    binds = [one.binds for one in binding_rules(*everything)]
    assert binds == sorted(binds, reverse=True)


def test_the_pool_is_counted_in_fen(everything):
    """What is left of the pool is the pool less all grants, to the fen; one fen too few granted a community still is all of it."""
    district, plan = everything
    granted = int(plan.lump_fen.sum())
    assert by_rule(district, plan)["pool"].used == pytest.approx(granted / (3 * 60 * WAN))
    less = plan.with_changes(lump_fen=plan.lump_fen - 2 * WAN * (plan.lump_fen == plan.lump_fen.max()))
    left = 3 * 60 * WAN - int(less.lump_fen.sum())
    told = by_rule(district, promised(district, less))["pool"]
    assert not told.binds
    assert f"{left / WAN:g}".split(".")[0] in told.says.zh


def test_those_at_cap_and_floor_are_those_in_the_plan(everything):
    """Communities named at the cap or the floor are those whose every grant is there."""
    district, plan = everything
    found = by_rule(district, plan)
    at_cap = {c for c, row in zip(plan.communities, plan.lump_fen, strict=True) if (row >= 25 * WAN - 100).all()}
    at_floor = {c for c, row in zip(plan.communities, plan.lump_fen, strict=True) if (row <= WAN + 100).all()}
    assert set(found["cap"].communities) == at_cap
    assert set(found["floors"].communities) == at_floor


def test_lists_never_grow_long():
    """However many communities a rule binds, its sentence stays short."""
    place = small_district(40, seed=2, residents=24_000)
    fund = ServiceFund(mode="free", pool_fen=80 * WAN, floor_fen=(2 * WAN,) * 40, cap_fen=2 * WAN)
    plan = make_plan(place.with_changes(service_fund=fund), method="equal_split")
    told = by_rule(place.with_changes(service_fund=fund), plan)
    assert len(told["cap"].communities) == 40
    assert len(told["cap"].says.zh) < 120


def test_unmet_needs_add_up(everything):
    """Never voiced, not served and not solved are all of the unmet needs, in every community and year."""
    district, plan = everything
    promise, found = evaluate(district, plan), shortfalls(district, plan)
    assert found.unmet == pytest.approx(promise.needs - promise.met, abs=1e-6)
    for part in (found.unvoiced, found.unserved, found.unsolved, found.by_hands, found.by_money, found.by_rooms):
        assert (part >= -1e-6).all()


def test_more_of_what_is_short_helps(everything):
    """A community said to be short of money meets more needs when it gets more, and one short of nothing does not."""
    district, plan = everything
    found = shortfalls(district, plan)
    rich = plan.with_changes(lump_fen=plan.lump_fen + 3 * WAN)
    gain = evaluate(district, rich).served - evaluate(district, plan).served
    for row, line in enumerate(found.short):
        for year, short in enumerate(line):
            if short == "voiced":
                assert found.by_money[row, year] <= 0.005 * evaluate(district, plan).reached[row, year] + 1e-6
            if short == "money":
                assert found.by_money[row, year] > 0
    assert (gain >= -1e-6).all()


def test_a_place_without_money_is_short_of_it():
    """Where nothing pays for matters, money is what is short; where all is plentiful, only what is never voiced is missing."""
    place = small_district(4, seed=4, residents=4000)
    place = place.with_changes(rates=place.rates.with_values(own_effort=0.0))
    poor = place.with_changes(service_fund=ServiceFund(entitlement_fen=(0,) * 4))
    short = {kind for line in shortfalls(poor, make_plan(poor, method="equal_split")).short for kind in line}
    assert short <= {"money", "both"}
    assert "money" in short
    hours = place.with_changes(communities=place.communities.replaced(
        posts=np.full(4, 50), service_m2=np.full(4, 9000.0)), service_fund=ServiceFund(entitlement_fen=(90 * WAN,) * 4))  # fmt: skip
    plenty = shortfalls(hours, make_plan(hours, method="equal_split"))
    assert {kind for line in plenty.short for kind in line} == {"voiced"}


def test_groups_cover_every_community_once(everything):
    """Each community is in one group; groups with more unserved matters come first."""
    district, plan = everything
    groups = short_groups(district, plan, shortfalls(district, plan))
    codes = [code for group in groups for code in group.communities]
    assert sorted(codes) == sorted(plan.communities)
    assert [group.unserved for group in groups] == sorted((group.unserved for group in groups), reverse=True)
    assert unmet_words(shortfalls(district, plan)).zh
