"""What one more is worth: relaxing never hurts, shadow prices are differences, and ranges hold what they prove."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimize import Limits
from optimize.explain.brief import Brief
from optimize.explain.prices import shadow_prices, value_when_moved
from optimize.explain.resources import resources
from optimize.explain.staged import reach
from optimize.explain.telling import worth_words
from optimize.explain.worth import gain_of, worth_of, worths
from optimize.pursuit import Pursuit
from scenarios.building.builder import small_district
from scenarios.choices import Choices
from scenarios.district import Floors, PostingRule, ServiceFund, VenueRule
from scenarios.funding import FEN_PER_WAN as WAN

SHARP = Limits(time_limit_s=20, gap=1e-6)


def place(**changes):
    """Four communities with a free fund; what a search leaves out is switched off."""
    small = small_district(4, seed=4, residents=4000)
    fund = ServiceFund(mode="free", pool_fen=30 * WAN, floor_fen=(WAN,) * 4, cap_fen=20 * WAN)
    rates = small.rates.with_values(spillover=0.0, prevention_fade=0.01)
    return small.with_changes(**{"rates": rates, "service_fund": fund, "years": 1} | changes)


def brief(district, *goals):
    return Brief(district, Pursuit(goals or ("needs_met",)))


@pytest.fixture(scope="module")
def money():
    """The answer for money alone."""
    return reach(brief(place()), SHARP)


@pytest.fixture(scope="module")
def hands():
    """The answer with posts, officials, windows, wardens and care money."""
    district = place(extra_posts=1, postings=PostingRule(posts=1, eligible_share=1.0, term_months=12),
                     choices=Choices(windows=1, wardens=1, care_fen=20 * WAN))  # fmt: skip
    return reach(brief(district), Limits(time_limit_s=20, gap=1e-4))


@pytest.fixture(scope="module")
def hands_worth(hands):
    """What each of these resources is worth, within a coarse gap."""
    return worths(hands, Limits(time_limit_s=2, gap=2e-3))


@pytest.mark.parametrize("rule", ["pool"])
def test_a_shadow_price_is_a_difference(money, rule):
    """Shadow price times a small step is the change of the program with whole decisions fixed, and never below nought."""
    price = shadow_prices(money, [rule])[rule]
    step = 1e-3
    change = value_when_moved(money, rule, 0.0, SHARP) - value_when_moved(money, rule, step, SHARP)
    assert price > 0
    assert change == pytest.approx(price * step, rel=1e-3)


def test_shadow_prices_are_never_below_nought(hands):
    """Every price is what relaxing is worth."""
    prices = shadow_prices(hands, ["pool", "posts", "officials", "wardens", "nothing"])
    assert set(prices) == {"pool", "posts", "officials", "wardens"}
    assert all(price >= 0 for price in prices.values())


def test_a_unit_of_money_is_worth_its_difference(money):
    """What a unit more is worth is the difference of two plans searched by themselves."""
    pool = next(one for one in resources(money.brief) if one.key == "pool")
    worth = worth_of(money, pool, None, SHARP)
    for step in (worth.up, worth.down):
        again = reach(pool.moved(money.brief, step.units), SHARP)
        gain = money.found["needs_met"].value - again.found["needs_met"].value
        assert step.gain("needs_met").gain == pytest.approx(gain, abs=1e-3)


def test_a_kink_has_two_sides(money):
    """A unit more never brings more than a unit less costs, where only money is divided and no decision is made of it."""
    district = place(rates=place().rates.with_values(prevention_threshold=70.0, stick_rate=0.999))
    base = reach(brief(district), SHARP)
    pool = next(one for one in resources(base.brief) if one.key == "pool")
    worth = worth_of(base, pool, None, SHARP)
    assert worth.up.gain("needs_met").gain <= -worth.down.gain("needs_met").gain + 1e-3


def test_more_never_hurts_and_less_never_helps(hands, hands_worth):
    """Gains of relaxing are never below nought, for every resource but windows, which must be used."""
    for worth in hands_worth:
        if worth.resource.relaxes and worth.up is not None:
            assert all(gain.low >= 0 and gain.gain >= 0 for gain in worth.up.gains), worth.resource.key
            assert worth.down is None or all(gain.high <= 0 for gain in worth.down.gains), worth.resource.key
        told = worth_words(hands.brief.district, worth)
        assert told.zh
        assert told.en


def test_a_range_holds_the_gain(hands_worth):
    """The gain told lies in the range proven."""
    for worth in hands_worth:
        for gain in worth.up.gains if worth.up is not None else ():
            assert gain.low - 1e-6 <= gain.gain <= gain.high + 1e-6


def test_what_cannot_be_proven_is_not_claimed():
    """Two searches that stop within a gap as wide as the gain prove nothing; sharper ones do."""
    from optimize.explain.staged import Found

    assert not gain_of("needs_met", Found(100.0, 90.0), Found(99.0, 89.0), 1, True).proven
    assert gain_of("needs_met", Found(100.0, 99.9), Found(99.0, 98.9), 1, True).proven


def test_where_a_unit_goes_adds_up(money):
    """The grants that grow and shrink when the pool grows by a unit add up to the unit."""
    pool = next(one for one in resources(money.brief) if one.key == "pool")
    worth = worth_of(money, pool, None, SHARP)
    moved = sum(shift.amount for shift in worth.up.where if shift.kind == "grant")
    assert moved == pytest.approx(worth.up.units, abs=0.1)


def test_only_what_is_open_is_told():
    """Each resource is told if the plan may use it, and only then."""
    assert [one.key for one in resources(brief(place()))] == ["pool", "cap", "floors"]
    granted = place(service_fund=ServiceFund(entitlement_fen=(8 * WAN,) * 4))
    assert [one.key for one in resources(brief(granted))] == ["entitlements"]
    built = granted.with_changes(venues=VenueRule(capital_fen=300 * WAN), floors=Floors(venue_m2=200), years=3)
    assert [one.key for one in resources(brief(built))] == ["entitlements", "capital"]


def test_capital_is_worth_floor_space():
    """More capital leaves no more floor space lacking."""
    district = place(service_fund=ServiceFund(entitlement_fen=(8 * WAN,) * 4), venues=VenueRule(capital_fen=100 * WAN),
                     floors=Floors(venue_m2=200), years=3)  # fmt: skip
    base = reach(brief(district, "floors", "needs_met"), Limits(time_limit_s=20, gap=1e-3))
    capital = next(one for one in resources(base.brief) if one.key == "capital")
    worth = worth_of(base, replace(capital, coarse=1), None, Limits(time_limit_s=20, gap=1e-3))
    assert worth.up.gain("floors").gain >= 0
    assert worth.resource.units(1).zh == "1个100万元"
