"""Resizing a fund so that policies cost the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scenarios.arrangements import Support
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.funding_scale import (
    FundScaleError,
    balance,
    expected_outlay_fen,
    full_use_costs_fen,
)
from scenarios.mechanisms import apply_mechanisms

COUNT = 12
RULES = {
    "granted": {"service_fund": {"scale": "head"}},
    "mandated": {"matched_funding": {}},
    "voluntary": {"matched_funding": {"mode": "voluntary", "payer": "own", "granter": "district",
                                      "service_fund": 50_000.0, "pool": 100_000.0 * COUNT}},
    "free": {"needs_based_grants": {"pool": 200_000.0 * COUNT}},
}  # fmt: skip
every_rule = pytest.mark.parametrize("mode", RULES)
PLAIN = small_district(COUNT, residents=500 * COUNT)


def resolved(mode: str) -> District:
    return apply_mechanisms(PLAIN, RULES[mode])


@every_rule
@pytest.mark.parametrize("yuan", [150_000, 250_000])
def test_balance_meets_the_target(mode: str, yuan: int) -> None:
    """After balancing, the expected outlay is within 1 yuan a community of the target."""
    place = resolved(mode)
    others = full_use_costs_fen(place)
    target = expected_outlay_fen(apply_mechanisms(PLAIN, {"service_fund": {"amount": yuan}}), others)
    balanced = balance(place, target, others)
    assert abs(expected_outlay_fen(balanced, others) - target) <= 100 * COUNT
    assert replace(balanced.service_fund, entitlement_fen=(), pool_fen=0, floor_fen=()) == replace(
        place.service_fund, entitlement_fen=(), pool_fen=0, floor_fen=()
    )


def test_balance_keeps_what_is_already_equal() -> None:
    """Ordering who pays changes no outlay, so a mandated match needs no resizing against the grant it replaces."""
    granted, matched = apply_mechanisms(PLAIN, {"service_fund": {}}), resolved("mandated")
    assert expected_outlay_fen(granted) == expected_outlay_fen(matched)
    gap = np.array(balance(matched, expected_outlay_fen(granted)).service_fund.entitlement_fen) - 20 * FEN_PER_WAN
    assert np.abs(gap).max() <= 100


def test_balance_keeps_shares() -> None:
    """Resizing a fund written per head leaves every community's share of it as it was."""
    place = resolved("granted")
    before = np.array(place.service_fund.entitlement_fen)
    after = np.array(balance(place, expected_outlay_fen(place) + 50 * FEN_PER_WAN).service_fund.entitlement_fen)
    assert after.sum() > before.sum()
    assert np.allclose(after / after.sum(), before / before.sum(), atol=1e-6)


def test_balance_starts_a_fund_that_was_nothing() -> None:
    """A voluntary match without a base grant gets an equal one."""
    rule = {**RULES["voluntary"]["matched_funding"], "service_fund": 0.0}
    place = apply_mechanisms(PLAIN, {"matched_funding": rule})
    base = balance(place, expected_outlay_fen(place) + 60 * FEN_PER_WAN).service_fund.entitlement_fen
    assert min(base) == max(base) > 0


def test_balance_takes_costs_that_depend_on_the_district() -> None:
    """Other costs may be a number or a function of the district; both count alike."""
    place = resolved("granted")
    target = expected_outlay_fen(place, full_use_costs_fen) + FEN_PER_WAN
    assert (balance(place, target, full_use_costs_fen).service_fund
            == balance(place, target, full_use_costs_fen(place)).service_fund)  # fmt: skip


def test_out_of_reach_is_an_error_that_says_why() -> None:
    """Posts or capital above the target, or a cap below it, raise an error that says what to change."""
    place = resolved("granted")
    with pytest.raises(FundScaleError, match="without any grant"):
        balance(place, 10 * FEN_PER_WAN, 1_000 * FEN_PER_WAN)
    capped = apply_mechanisms(PLAIN, {"needs_based_grants": {"pool": 600_000.0, "floor": 0.0, "cap": 50_000.0}})
    with pytest.raises(FundScaleError, match="raise the cap"):
        balance(capped, expected_outlay_fen(capped) + 1_000 * FEN_PER_WAN)


def test_full_use_counts_posts_postings_and_capital() -> None:
    """Every post, posting and yuan of capital that a mechanism adds raises the cost of full use by its price."""
    rates = PLAIN.rates
    chosen = {"first_secretaries": {"posts": 4}, "deputy_secretaries": {"per_community": 1.0},
              "venue_programme": {"capital": 3_000_000.0}}  # fmt: skip
    added = full_use_costs_fen(apply_mechanisms(PLAIN, chosen)) - full_use_costs_fen(PLAIN)
    capital = 3_000_000 * (1 + 2 + 3) / 3 / rates.capital_years
    assert added == pytest.approx(100 * (4 * rates.posting_cost + COUNT * rates.post_cost + capital), abs=1)


PROGRAMME = Support(programme="teams", payer="city", fen=(2 * FEN_PER_WAN,) * COUNT, cost_fen=(3 * FEN_PER_WAN,) * COUNT,
                    hours=(100.0,) * COUNT)  # fmt: skip


@every_rule
def test_a_programme_is_counted_once(mode: str) -> None:
    """With all costs of full use, a programme raises the expected outlay by its cash and its cost, each once."""
    place = resolved(mode)
    aided = place.with_changes(supports=(PROGRAMME,))
    assert full_use_costs_fen(aided) == full_use_costs_fen(place)
    added = expected_outlay_fen(aided, full_use_costs_fen) - expected_outlay_fen(place, full_use_costs_fen)
    assert added == COUNT * 5 * FEN_PER_WAN


@every_rule
def test_a_programme_is_paid_for_by_a_smaller_fund(mode: str) -> None:
    """At equal outlay the fund shrinks by what the programme costs, and the target is met as without it."""
    place = resolved(mode)
    aided = place.with_changes(supports=(PROGRAMME,))
    target = expected_outlay_fen(place, full_use_costs_fen) + COUNT * 10 * FEN_PER_WAN
    smaller = balance(aided, target, full_use_costs_fen)
    assert abs(expected_outlay_fen(smaller, full_use_costs_fen) - target) <= 100 * COUNT
    plain = balance(place, target, full_use_costs_fen)
    shrunk = expected_outlay_fen(plain, full_use_costs_fen) - expected_outlay_fen(
        smaller.with_changes(supports=()), full_use_costs_fen
    )
    assert abs(shrunk - COUNT * 5 * FEN_PER_WAN) <= 200 * COUNT
