"""A tiered match: neutral when off, exact in fen, kinder to the poor, and kept by every copy of a district."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimize import make_plan
from optimize.canonical import in_order
from scenarios.building.builder import small_district
from scenarios.district import District, ServiceFund
from scenarios.funding import match_ratios, revenue_yuan, sum_flows, year_money
from scenarios.loader import load_scenario
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import SettingConflict
from scenarios.mechanisms.money import match_funds
from scenarios.sampling import sample_rows, sampled

MATCH = {**CATALOGUE["matched_funding"].defaults, "mode": "voluntary", "payer": "own", "granter": "district",
         "service_fund": 20_000.0, "pool": 2_000_000.0}  # fmt: skip


FEW = small_district(6, 3, residents=300)


@pytest.fixture(scope="module")
def place() -> District:
    return small_district(12, 3, residents=700)


def offered(place: District, **changes) -> District:
    return match_funds(place, **{**MATCH, **changes})


def lump(place: District) -> np.ndarray:
    return np.array(place.service_fund.entitlement_fen, dtype=np.int64)


def test_no_tiering_changes_nothing(place):
    """Law: tiering 0 leaves the fund as it was, and equal ratios for all give the same money to the fen as one ratio."""
    plain = offered(place)
    assert offered(place, tiering=0.0).service_fund == plain.service_fund
    assert plain.service_fund.ratios == ()
    same = plain.with_changes(service_fund=replace(plain.service_fund, ratios=(1.0,) * len(place.communities)))
    one, other = (year_money(each, lump(each)) for each in (plain, same))
    assert [flow.fen.tolist() for flow in one.flows] == [flow.fen.tolist() for flow in other.flows]
    assert one.match_left_fen == other.match_left_fen


@settings(max_examples=40, deadline=None)
@given(tiering=st.floats(0.0, 1.0), ratio=st.sampled_from([0.1, 0.3, 0.7, 1.0, 1.3, 2.0, 4.0]), pool=st.integers(0, 3_000_000),
       cap=st.integers(0, 200_000))  # fmt: skip
def test_a_tiered_match_stays_within_ratio_cap_and_pool(tiering, ratio, pool, cap):
    """Law: no community draws more than its own money times its ratio or the cap, nor all together more than the pool."""
    made = offered(FEW, tiering=tiering, ratio=ratio, pool=float(pool), cap=float(cap))
    money = year_money(made, lump(made))
    match, own = (sum_flows(money.flows, role=role).tolist() for role in ("match", "own"))
    fund = made.service_fund
    for drawn, paid, one in zip(match, own, match_ratios(made).tolist(), strict=True):
        assert drawn <= Fraction(str(one)) * paid
        assert drawn <= fund.cap_fen
    assert sum(match) <= fund.pool_fen
    assert money.match_left_fen == fund.pool_fen - sum(match)


@pytest.mark.parametrize("tiering", [0.2, 0.5, 1.0])
def test_the_poorer_never_get_a_lower_ratio(place, tiering):
    """Law: of two communities the one with less own revenue a head has at least the other's ratio, equals the same."""
    made = offered(place, tiering=tiering)
    per_head = revenue_yuan(made) / made.communities.population
    ratios = match_ratios(made)
    order = np.argsort(per_head, kind="stable")
    assert (np.diff(ratios[order]) <= 0).all()
    for value in np.unique(per_head):
        assert len(set(ratios[per_head == value].tolist())) == 1


def test_full_tiers_are_two_one_and_a_half(place):
    """Hand-solved: a ratio of 1 tiered fully is 2, 1 and 0.5, and 2 for the community with least own revenue a head."""
    made = offered(place, tiering=1.0)
    assert set(made.service_fund.ratios) <= {2.0, 1.0, 0.5}
    poorest = int(np.argmin(revenue_yuan(made) / made.communities.population))
    assert made.service_fund.ratios[poorest] == 2.0


def test_a_hand_solved_match_by_ratio():
    """Hand-solved: 100 yuan of own money, 2 matched: raised by 19 % to 119 and matched with 238 yuan."""
    place = small_district(1, 1, residents=100)
    rates = replace(place.rates, own_effort=0.5, own_limit=0.8, match_response=0.19, revenue_scale=1.0)
    rich = place.streets.replaced(own_revenue_yuan=np.full(len(place.streets), 200.0))
    income = place.communities.replaced(collective_income_yuan=np.where(place.is_village, 200.0, 0.0))
    fund = ServiceFund(mode="voluntary", ratio=1.0, ratios=(2.0,), entitlement_fen=(0,), pool_fen=10**9)
    money = year_money(
        place.with_changes(rates=rates, streets=rich, communities=income, service_fund=fund), np.array([0])
    )
    assert sum_flows(money.flows, role="own").tolist() == [11_900]
    assert sum_flows(money.flows, role="match").tolist() == [23_800]


def test_ratios_follow_their_communities(place):
    """Law: a sample and another order of the rows keep every community's own ratio."""
    made = offered(place, tiering=1.0)
    rows = sample_rows(made, 5)
    assert sampled(made, 5).service_fund.ratios == tuple(made.service_fund.ratios[row] for row in rows.tolist())
    ratio_of = dict(zip(made.communities.code, made.service_fund.ratios, strict=True))
    codes = made.communities.code
    back = np.arange(len(codes))[::-1]
    turned = made.with_changes(
        communities=made.communities.take(back), levers=type(made.levers).take(made.levers, back),
        service_fund=replace(made.service_fund, ratios=tuple(made.service_fund.ratios[::-1]),
                             entitlement_fen=tuple(made.service_fund.entitlement_fen[::-1])),
    )  # fmt: skip
    ordered = in_order(turned)
    assert dict(zip(ordered.communities.code, ordered.service_fund.ratios, strict=True)) == ratio_of


def test_a_ratio_of_three_tenths_passes_the_audit(place):
    """Law: a plan under any written ratio keeps its own rules; 0.3 means three tenths."""
    made = offered(place, ratio=0.3, tiering=0.5)
    assert make_plan(made, method="equal_split").communities == place.communities.code


def test_tiers_belong_to_a_voluntary_match(place):
    """Law: a mandated match has one ratio; tiering it is refused and says why."""
    with pytest.raises(SettingConflict) as error:
        match_funds(place, **{**CATALOGUE["matched_funding"].defaults, "tiering": 0.5})
    assert error.value.field == "tiering"


def test_the_shipped_scenario_gives_the_poor_more():
    """Golden: the shipped tiers are 2, 1 and 0.5, and the poorest third has 2."""
    made = load_scenario("matched-tiered").district_value()
    assert set(made.service_fund.ratios) == {2.0, 1.0, 0.5}
