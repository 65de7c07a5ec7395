"""Who pays what, on amounts that can be checked in the head."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.arrangements import PAYERS, Support
from scenarios.district import ServiceFund
from scenarios.funding import FEN_PER_WAN, base_flows, sum_flows, year_money, year_outlay

COUNT = 6


@pytest.fixture
def wealthy(village_street):
    """Every community a village with 200 万元 of own income; half goes to service without any grant."""
    here = village_street.communities.replaced(kind=["village"] * COUNT, collective_income_yuan=[2e6] * COUNT)
    rates = village_street.rates.with_values(own_effort=0.5, own_limit=0.8, revenue_scale=1.0, stick_rate=0.65,
                                             match_response=0.2)  # fmt: skip
    return village_street.with_changes(communities=here, rates=rates)


@pytest.mark.parametrize(("ratio", "part"), [(1.0, 2), (3.0, 4)])
def test_a_mandated_match_is_paid_half_and_half(village_street, ratio, part):
    """Ratio 1 splits every grant in equal parts; ratio 3 in a quarter and three quarters."""
    fund = ServiceFund(mode="mandated", granter="city", payer="district", ratio=ratio)
    flows = year_money(village_street.with_changes(service_fund=fund), np.full(COUNT, 12 * FEN_PER_WAN)).flows
    assert set(sum_flows(flows, payer="district").tolist()) == {12 * FEN_PER_WAN // part}
    assert set(sum_flows(flows, payer="city").tolist()) == {12 * FEN_PER_WAN - 12 * FEN_PER_WAN // part}


def test_a_grant_displaces_what_does_not_stick(wealthy):
    """Of 20 万元 granted 65 % come on top: own money falls from 100 to 93 万元, and never below nothing."""
    money = year_money(wealthy, np.full(COUNT, 20 * FEN_PER_WAN))
    assert set(sum_flows(money.flows, role="own").tolist()) == {93 * FEN_PER_WAN}
    assert set(money.displaced_fen.tolist()) == {7 * FEN_PER_WAN}
    flooded = year_money(wealthy, np.full(COUNT, 1000 * FEN_PER_WAN))
    assert set(sum_flows(flooded.flows, role="own").tolist()) == {0}


@pytest.mark.parametrize(("pool", "each", "left"), [(600, 100, 0), (720, 120, 0), (900, 120, 180)])
def test_a_voluntary_match_ends_with_its_pool(wealthy, pool, each, left):
    """1:1 raises own money from 100 to 120 万元; the match is that much, less where the pool of six is smaller."""
    fund = ServiceFund(mode="voluntary", ratio=1.0, pool_fen=pool * FEN_PER_WAN)
    money = year_money(wealthy.with_changes(service_fund=fund), np.zeros(COUNT, dtype=np.int64))
    assert set(sum_flows(money.flows, role="own").tolist()) == {120 * FEN_PER_WAN}
    assert set(sum_flows(money.flows, role="match").tolist()) == {each * FEN_PER_WAN}
    assert money.match_left_fen == left * FEN_PER_WAN


FUNDS = {
    "granted": ServiceFund(mode="granted"),
    "mandated": ServiceFund(mode="mandated", granter="city", payer="district", ratio=1.0),
    "voluntary": ServiceFund(mode="voluntary", ratio=1.0, pool_fen=300 * FEN_PER_WAN),
    "free": ServiceFund(mode="free", pool_fen=300 * FEN_PER_WAN),
}
CASH = (0, 5 * FEN_PER_WAN, 0, 0, 2 * FEN_PER_WAN, 0)
every_fund = pytest.mark.parametrize("fund", FUNDS.values(), ids=FUNDS)


@every_fund
@pytest.mark.parametrize("payer", PAYERS)
def test_cash_of_a_programme_reaches_the_named_communities_alone(wealthy, fund, payer):
    """It comes as support from whoever pays, grants and own money stay as they were, and nothing is displaced by it."""
    plain = wealthy.with_changes(service_fund=fund)
    aided = plain.with_changes(supports=(Support(programme="pairs", payer=payer, fen=CASH),))
    lump = np.full(COUNT, 10 * FEN_PER_WAN)
    before, after = year_money(plain, lump), year_money(aided, lump)
    assert (after.service_fen - before.service_fen).tolist() == list(CASH)
    assert sum_flows(after.flows, role="support", payer=payer).tolist() == list(CASH)
    kept = [flow for flow in after.flows if flow.role != "support"]
    assert [(f.payer, f.role, f.programme, f.fen.tolist()) for f in kept] == [
        (f.payer, f.role, f.programme, f.fen.tolist()) for f in before.flows
    ]
    assert np.array_equal(after.displaced_fen, before.displaced_fen)
    assert after.match_left_fen == before.match_left_fen


@every_fund
def test_two_programmes_are_two_flows(wealthy, fund):
    """Each programme is paid by its own source, and both add up; one without cash is no flow."""
    programmes = (Support(programme="teams", payer="province", fen=CASH), Support(programme="talk", hours=(9.0,) * COUNT),
                  Support(programme="pairs", payer="society", fen=CASH[::-1]))  # fmt: skip
    flows = year_money(wealthy.with_changes(service_fund=fund, supports=programmes), np.zeros(COUNT, dtype=int)).flows
    assert [flow.payer for flow in flows if flow.role == "support"] == ["province", "society"]
    assert sum_flows(flows, role="support").tolist() == (np.array(CASH) + np.array(CASH[::-1])).tolist()


@every_fund
def test_a_programme_s_cost_is_outlay_and_nobody_s_money(wealthy, fund):
    """What a programme costs beside its cash raises the outlay by just that, and no community's service money."""
    plain = wealthy.with_changes(service_fund=fund)
    cost = tuple(3 * FEN_PER_WAN * row for row in range(COUNT))
    costly = plain.with_changes(supports=(Support(programme="teams", payer="city", cost_fen=cost),))
    lump = np.full(COUNT, 10 * FEN_PER_WAN)
    before, after = (
        year_outlay(place, year_money(place, lump), posts=6, posting_months=0, capital_fen=0, running_fen=0)
        for place in (plain, costly)
    )
    assert np.array_equal(year_money(costly, lump).service_fen, year_money(plain, lump).service_fen)
    assert after.programmes_fen == after.total_fen - before.total_fen == sum(cost)
    assert (after.service_fen, after.work_and_party_fen) == (before.service_fen, before.work_and_party_fen)
    assert sum_flows(base_flows(costly), programme="programme", payer="city").tolist() == list(cost)


def test_cash_of_a_programme_is_counted_once_in_the_outlay(wealthy):
    """Cash is service money, the cost beside it is the programme's; together they are what it costs society."""
    aided = wealthy.with_changes(supports=(Support(programme="teams", fen=CASH, cost_fen=(FEN_PER_WAN,) * COUNT),))
    lump = np.zeros(COUNT, dtype=np.int64)
    before, after = (
        year_outlay(place, year_money(place, lump), posts=6, posting_months=0, capital_fen=0, running_fen=0)
        for place in (wealthy, aided)
    )
    assert after.total_fen - before.total_fen == sum(CASH) + COUNT * FEN_PER_WAN
    assert after.service_fen - before.service_fen == sum(CASH)
