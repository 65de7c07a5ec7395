"""Who pays what, on amounts that can be checked in the head."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.district import ServiceFund
from scenarios.funding import FEN_PER_WAN, sum_flows, year_money

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
