"""Units and communities that claim from each other's lists, and what becomes of their cooperation."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.district import District
from scenarios.formulas import pairs_of
from scenarios.parameters import Rates
from sim import rules
from sim.agents import Community, Grid, ResidentUnit
from sim.exchange import Exchange, Reach, exchange, reach_of
from sim.outcome import FLOW, SCALE
from sim.run import advance, open_model, simulate, start

SEEDS = range(30)


def by_hand(
    offers: list[int], wishes: list[int], *, pairs: list[list[int]], listing: float = 1.0, answering: float = 1.0
) -> Reach:
    """A reach whose units (columns of ``pairs``) offer and wish for whole minutes."""
    found = pairs_of(np.array(pairs, dtype=bool))
    return Reach(pairs=found, exchanging=found, rooms=np.zeros(len(found.unit)), offers=np.array(offers, dtype=float),
                 wishes=np.array(wishes, dtype=float), listing=np.full(len(pairs), listing),
                 answering=np.full(len(pairs), answering))  # fmt: skip


def any_exchange(seed: int) -> tuple[np.ndarray, dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Up to eight communities and nine units, some of them without: who reaches whom, what both bring, and the month."""
    dice = np.random.default_rng(seed)
    places, units = int(dice.integers(1, 9)), int(dice.integers(1, 10))
    brought = {
        "offers": dice.uniform(0, 5000, units) * (dice.random(units) < 0.8),
        "wishes": dice.uniform(0, 900, units),
        "listing": dice.random(places),
        "answering": dice.random(places),
    }
    month = {
        "cooperation": dice.integers(0, SCALE + 1, units) * (dice.random(units) < 0.8),
        "backlog": dice.integers(0, 20_000, places) * (dice.random(places) < 0.8),
        "volunteers": dice.integers(0, 3000, places),
    }
    return dice.random((places, units)) < 0.6, brought, month


def made(near: np.ndarray, brought: dict[str, np.ndarray]) -> Reach:
    """A reach without rooms."""
    pairs = pairs_of(near)
    return Reach(pairs=pairs, exchanging=pairs, rooms=np.zeros(len(pairs.unit)), **brought)


def minutes_of_units(reach: Reach, traded: Exchange, cooperation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Minutes that each unit gave, and got back."""
    offers = np.floor(reach.offers * cooperation / SCALE)
    return traded.used * np.maximum(offers, 1), traded.answered * np.maximum(reach.wishes, 1)


# --- the month's lists ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", SEEDS)
def test_no_side_gets_more_than_the_other_put_on_its_list(seed):
    """Received <= listed, given <= offered, returned <= what volunteers may answer and units wish for; books agree."""
    near, brought, month = any_exchange(seed)
    reach = made(near, brought)
    traded = exchange(reach, **month)
    given, back = minutes_of_units(reach, traded, month["cooperation"])
    assert (traded.received <= np.floor(month["backlog"] * reach.listing)).all()
    assert (given <= np.floor(reach.offers * month["cooperation"] / SCALE) + 1e-6).all()
    assert (traded.returned <= np.floor(month["volunteers"] * reach.answering)).all()
    assert (back <= reach.wishes + 1e-6).all()
    assert given.sum() == pytest.approx(traded.received.sum())
    assert back.sum() == pytest.approx(traded.returned.sum())
    assert min(traded.received.min(), traded.returned.min()) >= 0


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_matched_is_whole_minutes(seed):
    """Communities get and give whole minutes, and so do units."""
    near, brought, month = any_exchange(seed)
    reach = made(near, brought)
    traded = exchange(reach, **month)
    assert traded.received.dtype == traded.returned.dtype == np.int64
    for minutes in minutes_of_units(reach, traded, month["cooperation"]):
        assert np.allclose(minutes, np.rint(minutes), atol=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_only_those_who_give_are_answered_and_only_within_reach(seed):
    """Nobody gives or gets without a list and a unit in reach; a unit that gave nothing gets nothing back."""
    near, brought, month = any_exchange(seed)
    reach = made(near, brought)
    traded = exchange(reach, **month)
    alone = ~(near & (month["cooperation"] > 0)).any(axis=1)
    assert not traded.received[alone | (month["backlog"] == 0)].any()
    assert not traded.returned[traded.received == 0].any()
    assert not traded.answered[traded.used == 0].any()
    assert not traded.used[month["cooperation"] == 0].any()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_communities_and_units_does_not_matter(seed):
    """Tables in another order give the same exchange in that order."""
    near, brought, month = any_exchange(seed)
    dice = np.random.default_rng(seed)
    rows, units = dice.permutation(len(near)), dice.permutation(near.shape[1])
    order = {"offers": units, "wishes": units, "listing": rows, "answering": rows, "cooperation": units, "backlog": rows,
             "volunteers": rows}  # fmt: skip
    first = exchange(made(near, brought), **month)
    turned = {name: values[order[name]] for name, values in brought.items()}
    second = exchange(
        made(near[rows][:, units], turned), **{name: values[order[name]] for name, values in month.items()}
    )
    assert np.abs(first.received[rows] - second.received).max() <= 1  # the order of a sum may turn a half minute
    assert np.abs(first.returned[rows] - second.returned).max() <= 1
    assert np.allclose(first.used[units], second.used, atol=0.02)


def test_an_exchange_by_hand():
    """Two units of 600 and 300 minutes at half cooperation, lists of 400 and 200; the second unit reaches the first
    community alone. Offers 300 and 150: the first is split 200 to 100, so the communities get 350 and 100; volunteers of
    90 and 5 minutes answer wishes of 60 and 30, of which the second community can meet 5 of 20.
    """
    reach = by_hand([600, 300], [60, 30], pairs=[[1, 1], [1, 0]])
    traded = exchange(reach, cooperation=np.array([SCALE // 2] * 2), backlog=np.array([400, 200]),
                      volunteers=np.array([90, 5]))  # fmt: skip
    assert traded.received.tolist() == [350, 100]
    assert traded.returned.tolist() == [70, 5]
    assert traded.used.tolist() == [1.0, 1.0]
    assert traded.answered.tolist() == [45 / 60, 1.0]


def test_a_long_list_does_not_make_a_unit_give_more_than_it_offers():
    """A list of 90 takes 90 of an offer of 600; a list of 9,000 takes 600; half of it listed is half of it claimed."""
    for backlog, listing, expected in ((90, 1.0, 90), (9000, 1.0, 600), (90, 0.5, 45), (91, 0.5, 45)):
        reach = by_hand([600], [0], pairs=[[1]], listing=listing)
        traded = exchange(reach, cooperation=np.array([SCALE]), backlog=np.array([backlog]), volunteers=np.array([50]))
        assert traded.received.tolist() == [expected]
        assert traded.returned.tolist() == [0]  # it wishes for nothing


# --- cooperation ----------------------------------------------------------------------------------------------------
def later(now: float, *, used: float, answered: float, **rates: float) -> float:
    """Cooperation a month later, 0 to 1."""
    next_ = rules.cooperation(np.array([round(now * SCALE)]), used=np.array([used]), answered=np.array([answered]),
                              rates=Rates().with_values(**rates))  # fmt: skip
    return float(next_[0]) / SCALE


def test_cooperation_by_hand():
    """Wishes met for a half at a gain of 0.8: up 0.2 x 0.4 of the missing half, down 0.1 x 0.6 of the half it has."""
    rates = {"partner_gain": 0.8, "partner_up": 0.2, "partner_down": 0.1}
    assert later(0.5, used=1.0, answered=0.5, **rates) == pytest.approx(0.5 + 0.04 - 0.03, abs=1e-4)
    assert later(0.5, used=0.5, answered=0.5, **rates) == pytest.approx(0.5 + 0.04 - 0.015, abs=1e-4)


def test_without_a_list_nothing_is_given_and_cooperation_stays():
    """A unit that nobody claims from neither gains nor tires: exactly what it was."""
    reach = by_hand([600, 500], [60, 30], pairs=[[1, 0], [1, 1]])
    now = np.array([SCALE // 2, SCALE // 5])
    traded = exchange(reach, cooperation=now, backlog=np.zeros(2, dtype=np.int64), volunteers=np.array([900, 900]))
    assert not traded.received.any()
    assert not traded.returned.any()
    assert np.array_equal(rules.cooperation(now, used=traded.used, answered=traded.answered, rates=Rates()), now)


def test_a_unit_whose_wishes_are_met_grows_and_one_that_gives_for_nothing_cools():
    """Under the same claims the answered one rises and the other falls, from any level between."""
    for now in (0.2, 0.5, 0.9):
        assert later(now, used=1.0, answered=1.0, partner_gain=1.0) > now
        assert later(now, used=1.0, answered=0.0) < now


def test_a_partner_that_gains_nothing_leaves_and_stays_away():
    """From 0.6, losing 3 % a month, a unit falls below 0.15 in month 46 and is gone, whatever it would gain later."""
    path, now = [], 0.6
    for _ in range(46):
        now = later(now, used=1.0, answered=0.0, partner_down=0.03, partner_leave=0.15)
        path.append(now)
    assert path.index(0) == 45
    assert later(now, used=1.0, answered=1.0, partner_gain=1.0, partner_up=0.3) == 0


@pytest.fixture(scope="module")
def busy(village_street: District) -> District:
    """Six small communities with too few hours and every unit in reach of everyone, wishing for 10 hours a month."""
    units = village_street.units
    return village_street.with_changes(
        rates=village_street.rates.with_values(direct_share=0.15, volunteer_hours=1.0, partner_gain=0.8, payment_delay=0.0),
        units=units.replaced(radius_m=[20_000.0] * len(units), wants_hours_month=[10.0] * len(units)),
    )  # fmt: skip


def test_partners_of_a_run_claim_from_last_months_queue(busy, simple_plan):
    """Nothing in the first month; then never more than the listed share of the queue that was left, nor than the offers."""
    found = simulate(busy, simple_plan, seed=2, months=18)
    got, left = found.flow("minutes_partners"), found.flow("minutes_waiting")
    listing = busy.rates.partner_listing
    assert not got[0].any()
    assert (got[1:] <= np.floor(left[:-1] * listing)).all()
    assert (got.sum(axis=1) <= (busy.units.hours_month * 60).sum()).all()
    assert got[1:].sum() > 0
    back, volunteers = found.flow("minutes_returned"), found.flow("minutes_volunteers")
    assert (back <= np.floor(volunteers * busy.rates.partner_return)).all()
    assert back.sum() > 0


def test_hours_given_back_are_no_longer_there_for_residents(busy, simple_plan):
    """Time of the month is that without partners, plus what units gave, less what volunteers gave back."""
    rates = busy.rates.with_values(sickness_sd=0.0)
    place = busy.with_changes(rates=rates)
    first = advance(start(place, seed=2), simple_plan, 10)
    alone = first.with_changes(cooperation=first.cooperation * 0, record=(), waits=(), grids=(), match_left_fen=(),
                               outlay_fen=())  # fmt: skip
    rows = [advance(state.with_changes(record=(), waits=(), grids=(), match_left_fen=(), outlay_fen=()), simple_plan, 1).record[0]
            for state in (first, alone)]  # fmt: skip
    total = [row[:, FLOW["minutes"]] + row[:, FLOW["minutes_contact"]] for row in rows]
    exchanged = rows[0][:, FLOW["minutes_partners"]] - rows[0][:, FLOW["minutes_returned"]]
    assert np.array_equal(total[0] - total[1], exchanged)
    assert exchanged.any()


def test_partners_stay_where_they_are_answered_and_leave_where_not(busy, simple_plan):
    """With volunteers who answer, units are still there after four years; without, they are gone for good."""
    rates = {"partner_down": 0.2, "partner_up": 0.3}
    answered = busy.with_changes(rates=busy.rates.with_values(**rates, partner_return=0.6))
    ignored = busy.with_changes(rates=busy.rates.with_values(**rates, partner_return=0.0))
    left = [simulate(place, simple_plan, seed=2, months=30) for place in (answered, ignored)]
    assert left[0].flow("partners")[-1].sum() > 0 == left[1].flow("partners")[-1].sum()
    active = left[1].flow("partners").sum(axis=1)
    assert (np.diff(active) <= 0).all()  # nobody comes back
    gone = int(np.flatnonzero(active == 0)[0])
    assert not left[1].flow("minutes_partners")[gone + 1 :].any()


def test_a_district_without_units_works(busy, simple_plan):
    """No units, no exchange: nothing received, nothing returned, and all volunteers' hours for residents."""
    found = simulate(busy.with_changes(units=busy.units.take([])), simple_plan, seed=2, months=4)
    for name in ("minutes_partners", "minutes_returned", "partners"):
        assert not found.flow(name).any()
    assert found.total("served").sum() > 0
    assert not len(reach_of(busy.with_changes(units=busy.units.take([]))).pairs.unit)


def test_rooms_of_units_are_shared_among_those_in_reach_at_their_cooperation(busy, simple_plan):
    """600 room-hours a month of one unit at half its cooperation are 50 for each of six communities, 3,000 minutes."""
    one = busy.units.take([0]).replaced(room_hours_month=[600.0], cooperation=[0.5])
    none = one.replaced(room_hours_month=[0.0])
    with_, without = (simulate(busy.with_changes(units=units), simple_plan, seed=2, months=1) for units in (one, none))
    assert (np.abs(with_.flow("room_minutes") - without.flow("room_minutes") - 3000) <= 1).all()


def test_agents_tell_what_the_columns_hold(village_street, simple_plan):
    """Communities, grids and units of the Mesa model show the month as the model has it, as shares of 0 to 1."""
    model = open_model(start(village_street, seed=2), simple_plan)
    for _ in range(5):
        model.step()
    units = [(unit.cooperation, unit.gave_share, unit.answered_share) for unit in model.of_kind[ResidentUnit]]
    assert np.array_equal(np.array(units)[:, 1], model.now.exchange.used)
    assert np.array_equal(np.array(units)[:, 2], model.now.exchange.answered)
    assert all(0.0 <= share <= 1.0 for unit in units for share in unit)
    grids = list(model.of_kind[Grid])
    assert sum(grid.residents for grid in grids) == len(model.population)
    assert all(0.0 < grid.asking < 1.0 and 0.0 < grid.engagement < 1.0 for grid in grids)
    assert sum(community.waiting for community in model.of_kind[Community]) == np.count_nonzero(model.status)
    assert [community.code for community in model.of_kind[Community]] == list(village_street.communities.code)
