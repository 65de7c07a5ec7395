"""The study of matched funding: equal outlay, shares of counties, nobody wins among equals, and words that keep to the tables."""

import re
from itertools import pairwise

import numpy as np
import pytest

from jiceng.matching.arms import ARMS, planned, scenario_of
from jiceng.matching.document import page
from jiceng.matching.flip import Spread
from jiceng.matching.shares import RULES, Payers, least_total
from jiceng.matching.study import arm_reports
from jiceng.planning import plan_on
from results.estimates import Estimate
from results.matching import (
    MANDATED,
    CountyArm,
    CountyReport,
    FlipReport,
    MatchingReport,
    Pairing,
    RegionReport,
    SpotCheck,
)
from results.matching_page import matching_html
from results.matching_words import flips, pairing_crossing
from scenarios.building.alike import identical_district
from scenarios.building.builder import small_recipe
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN, revenue_yuan, year_money
from scenarios.mechanisms import apply_mechanisms
from scenarios.parameters import Rates
from scenarios.region_files import load_region
from scenarios.sampling import sampled
from scenarios.text import Text

SMALL = 8


def small(district: District) -> District:
    """A dozen communities of the district."""
    return sampled(district, SMALL)


@pytest.fixture(scope="module")
def arms():
    return arm_reports(ARMS, futures=2, shape=small)


def test_arms_cost_the_same(arms):
    """Law: all arms but the one that cannot spend it come to the same consolidated outlay, to a yuan a community."""
    target = arms[0].ledger.outlay
    for arm in arms:
        if arm.equal_outlay:
            assert abs(arm.ledger.outlay - target) * 10_000 <= SMALL, arm.id


def test_mandated_and_equal_split_are_one_to_residents(arms):
    """Law: who pays which half of the same grants changes nothing for anybody else."""
    equal = next(arm for arm in arms if arm.id == "equal")
    assert (equal.needs_met.difference.mean, equal.gains, equal.losses) == (0.0, 0, 0)


def test_ledgers_add_up(arms):
    """Law: own money is effort plus what is drawn less what is displaced, tier by tier, the same effort in every arm."""
    efforts = [{tier: one.ledger.own[tier] - one.ledger.drawn[tier] + one.ledger.displaced[tier] for tier in one.ledger.own}
               for one in arms]  # fmt: skip
    for one, other in pairwise(efforts):
        assert one == pytest.approx(other, abs=1e-5)


@pytest.mark.parametrize("name", ["base_match", "base_tiered", "formula"])
def test_nobody_wins_among_equals(name):
    """Law: where all communities are the same, every rule gives each the same service money, whatever it is called."""
    alike = identical_district(small_recipe(5, residents=600))
    base, other = (next(arm for arm in ARMS if arm.id == wanted) for wanted in (MANDATED, name))
    first = plan_on(scenario_of(base), apply_mechanisms(alike, scenario_of(base).mechanisms))
    scenario = scenario_of(other)
    second = plan_on(scenario, apply_mechanisms(alike, scenario.mechanisms), first.outlay_fen)
    money = [year_money(report.district, report.plan.lump_fen[:, 0]).service_fen for report in (first, second)]
    assert np.ptp(money[1]) <= FEN_PER_YUAN
    assert np.abs(money[0] - money[1]).max() <= FEN_PER_YUAN


def test_spread_keeps_the_total_and_today():
    """Law: spreading own revenue keeps its total; 1 changes nothing, 0 makes it the same for every resident."""
    district = small(scenario_of(ARMS[0]).district_value())
    now = revenue_yuan(district)
    for factor in (0.0, 0.5, 1.0, 1.5):
        assert revenue_yuan(Spread(factor)(district)).sum() == pytest.approx(now.sum())
    assert revenue_yuan(Spread(1.0)(district)) == pytest.approx(now)
    assert np.ptp(revenue_yuan(Spread(0.0)(district)) / district.communities.population) == pytest.approx(0.0, abs=1e-9)


def payers() -> Payers:
    """Three counties: rich, typical, and too poor for its half."""
    return Payers(size=np.array([10, 20, 30]), people=np.array([30_000, 40_000, 50_000]), needs=np.array([300.0, 500.0, 700.0]),
                  limit=np.array([80_000_000, 60_000_000, 9_000_000]), rates=Rates())  # fmt: skip


@pytest.mark.parametrize("name", sorted(RULES))
def test_counties_spend_the_same_and_never_above_their_limit(name):
    """Law: each rule comes to the total within a few fen, no county raises more than it can, and the pool is not exceeded."""
    region, place = load_region("tonghua").with_changes(pool_fen=40_000_000), payers()
    total = least_total(place, region)
    own, lump, match = RULES[name](place, region, total)
    assert 0 <= total - int((own + lump + match).sum()) <= 10
    assert (own <= place.limit).all()
    assert min(int(part.min()) for part in (own, lump, match)) >= 0
    assert int(match.sum()) <= region.pool_fen


def test_a_county_that_cannot_pay_its_half_draws_less():
    """Hand-solved: of 400,000 yuan the third county owes half by size, 200,000; it can raise 90,000 and is matched with that."""
    region = load_region("tonghua").with_changes(pool_fen=40_000_000)
    _, _, match = RULES[MANDATED](payers(), region, least_total(payers(), region))
    assert match.tolist() == [6_666_666, 13_333_333, 9_000_000]


def test_tiers_of_counties_fall_with_own_money():
    """Law: the county with least own money a head has the highest ratio."""
    assert payers().ratios_by_third.tolist() == [0.5, 1.0, 2.0]


PAIRING = Pairing(
    first="base_match", second="formula", kind="total", saved=(-100.0, 100.0, 300.0), own=(200.0, 200.0, 400.0)
)
OTHER = Pairing(
    first="base_match", second="formula", kind="granter", saved=(50.0, 60.0, 70.0), own=(100.0, 100.0, 100.0)
)


def flip_report() -> FlipReport:
    """A map of three spreads, solved by hand."""
    check = SpotCheck(spread=1.0, cost=1.0, promised=100.0, simulated=Estimate(90.0, 10.0, 170.0, 50.0, 10))
    return FlipReport(
        spreads=(0.5, 1.0, 1.5), ginis=(0.1, 0.3, 0.5), costs=(1.0, 1.5, 2.0), names={arm.id: arm.name for arm in ARMS},
        pairings=(PAIRING, OTHER), checked=("base_match", "formula", "total"), checks=(check,),
    )  # fmt: skip


def test_the_boundary_is_where_the_difference_is_nothing():
    """Hand-solved: 100 saved on 200 of own money break even at 1.5, and between losses and gains of 100 the Gini is midway."""
    assert PAIRING.break_even(1) == 1.5
    assert PAIRING.at(1, 1.5) == 0.0
    assert pairing_crossing(flip_report(), PAIRING) == pytest.approx(0.2)


def test_the_answer_names_the_boundary():
    """Law: the sentence holds today's break-even, its range over the map, and the Gini from which the first arm pays."""
    says = flips(flip_report(), PAIRING)
    for text in (says.zh, says.en):
        assert {"0.30", "1.50", "1.75", "0.20"} <= set(re.findall(r"\d+\.\d+", text))


def region() -> RegionReport:
    """Two counties of a region with figures given by hand."""
    some = Estimate(0.01, 0.002, 0.018, 0.01, 2)
    names = {name: Text(name, name) for name in (*RULES, "needs")}
    arm = CountyArm(own=100.0, grant=110.0, drawn=5.0, promised=0.5, difference=some)
    counties = tuple(
        CountyReport(code=code, name=Text(code, code), communities=20, sampled=8, residents=20_000, limit=limit, half=120.0,
                     arms=dict.fromkeys(names, arm)) for code, limit in (("甲", 100.0), ("乙", 300.0))
    )  # fmt: skip
    values = dict.fromkeys(names, 0.5)
    return RegionReport(
        name=Text("某市", "A city"), outlay=420.0, pool=240.0, counties=counties, arms=names, left=dict.fromkeys(names, 20.0),
        correlation=values, promised=values, needs_met=dict.fromkeys(names, some), worst_tenth=dict.fromkeys(names, some), futures=2,
    )  # fmt: skip


@pytest.fixture(scope="module")
def report(arms) -> MatchingReport:
    return MatchingReport(place=Text("某区", "A district"), communities=SMALL, short_of_half=7, without_money=2, half_wan=10.0, futures=2,
                          months=36, arms=arms, region=region(), flip=flip_report(), seconds=60.0)  # fmt: skip


def test_sentences_keep_to_the_tables(report):
    """Law: every decimal in an answer stands in a table of the same page."""
    answers, tables = page(report).split("## The answer")[1].split("## The arms", 1)
    numbers = set(re.findall(r"\d+\.\d+", answers)) - {"1.75", "0.20"}  # ends of the boundary, solved in their own test
    assert numbers
    assert numbers <= set(re.findall(r"\d+\.\d+", tables))


def test_both_pages_name_every_arm(report):
    """Law: the page and the document name all arms and the counties that cannot pay their half, in both languages."""
    html, text = matching_html(report), page(report)
    for arm in ARMS:
        assert arm.name.zh in html
        assert arm.name.en in text
    assert "甲（缺 20 万元）" in html
    assert "乙（缺" not in html


def test_a_plan_is_made_at_the_outlay_it_is_asked_for():
    """Law: the arm that is searched meets the mandated outlay as closely as those that are computed."""
    base = planned(ARMS[0], None, small)
    needs = planned(ARMS[-1], base.outlay_fen, small)
    assert abs(needs.outlay_fen - base.outlay_fen) <= FEN_PER_YUAN * SMALL
