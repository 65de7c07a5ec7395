"""What must hold between runs, and within one: identities of queues, time and money, bounds, and ordered pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimize import Plan, make_plan
from optimize.plan import Posting, Project
from scenarios.arrangements import PAYERS
from scenarios.district import District
from scenarios.funding import year_money
from scenarios.mechanisms import apply_mechanisms
from scenarios.parameters import PARAMETERS
from sim import kernels, rules
from sim.outcome import FLOW, SCALE, Outcome
from sim.run import advance, outcome, simulate, start

YEAR = 12
PLAIN = {"sickness_sd": 0.0, "volunteer_hours": 0.0, "payment_delay": 0.0}  # time and money without chance or delay


def run(district: District, plan: Plan, *, months: int = 18, replication: int = 0, policy: str = "") -> Outcome:
    return simulate(district, plan, seed=9, replication=replication, months=months, policy=policy)


def changed(district: District, **rates: float) -> District:
    """The district with other parameters, without partners, whose hours depend on how it went before, and turnover."""
    rates = {"turnover": 0.0, **rates}
    return district.with_changes(rates=district.rates.with_values(**rates), units=district.units.take([]))


def tight(district: District, **rates: float) -> District:
    """The district with too few hours, so that queues form."""
    return changed(district, direct_share=0.18, **rates)


# --- queues ---------------------------------------------------------------------------------------------------------
def test_littles_law_is_an_identity(village_street, simple_plan):
    """Matters waiting at month ends, summed, are the months waited by all who left or still wait, to the month."""
    state, stocks, waited_by_leavers = start(tight(village_street), seed=9), 0, 0
    for _ in range(20):
        before, state = state, advance(state, simple_plan, 1)
        open_before, open_now = before.status >= kernels.QUEUED, state.status >= kernels.QUEUED
        stocks += int(open_now.sum())
        waited_by_leavers += int(before.waited[open_before & ~open_now].sum(dtype=np.int64))
    carried = int(state.waited[state.status >= kernels.QUEUED].sum(dtype=np.int64))
    found = outcome(state)
    assert stocks == int((found.total("routing") + found.total("queued")).sum())
    assert stocks == waited_by_leavers + carried
    assert found.total("escalated").sum() > 20
    assert 0 < found.total("wait_months").sum() < waited_by_leavers


def test_littles_law_holds_of_the_record_alone_when_nothing_escalates(village_street, simple_plan):
    """Without escalation, months waited by the served and the carried are the sum of the stocks in the record."""
    state = advance(start(tight(village_street, escalation=0.0), seed=9), simple_plan, 20)
    found, waiting = outcome(state), state.status >= kernels.QUEUED
    carried = int(state.waited[waiting].sum(dtype=np.int64))
    served = int(found.total("wait_months").sum())
    assert int((found.total("routing") + found.total("queued")).sum()) == served + carried
    assert served == int((found.waits.sum(axis=(0, 1)) * np.arange(found.waits.shape[2])).sum())


def test_the_queue_of_a_run_is_lindleys(village_street, simple_plan):
    """With matters all alike each month serves what came and waited, as far as the hours reach, exactly."""
    alike = tuple(replace(c, hours=4.0, yuan=0.0, routed=0.0, room=None) for c in village_street.categories)
    found = run(
        tight(village_street, escalation=0.0, needs_per_resident=0.25).with_changes(categories=alike), simple_plan
    )
    left, debt = np.zeros(6, dtype=np.int64), np.zeros(6, dtype=np.int64)
    for month in range(18):
        voiced, minutes, queued = (found.flow(name)[month] for name in ("voiced", "minutes", "queued"))
        room = np.maximum(-((debt - minutes) // 240), 0)  # matters begun before the hours are over
        served = np.minimum(left + voiced, room)
        left, debt = left + voiced - served, np.maximum(debt + 240 * served - minutes, 0)
        assert np.array_equal(served, found.flow("served")[month])
        assert np.array_equal(left, queued)
    assert found.flow("queued").any()


def test_time_is_used_up_while_it_can_be_and_overdrawn_by_one_matter_at_most(village_street, simple_plan):
    """Over a run a community uses its hours and at most the length of one matter more."""
    found = run(tight(village_street), simple_plan)
    over = (found.flow("minutes_used") - found.flow("minutes")).cumsum(axis=0)
    longest = max(c.hours for c in village_street.categories) * rules.MINUTES
    assert (np.maximum.accumulate(np.vstack([np.zeros(6), over[:-1]])) + longest > over).all()
    assert (found.flow("fen_held") >= 0).all()
    rooms = (found.flow("room_minutes_used") - found.flow("room_minutes")).cumsum(axis=0)
    largest = (village_street.rates.room_hours_per_activity + village_street.rates.room_hours_per_care) * rules.MINUTES
    assert (np.maximum.accumulate(np.vstack([np.zeros(6), rooms[:-1]])) + largest > rooms).all()


# --- time and money -------------------------------------------------------------------------------------------------
def test_minutes_of_a_community_by_hand(village_street, simple_plan):
    """4 posts of 1,750 hours, 40 % direct, of which newcomers cost 15 % x 40 %, 2 grids of 60 and 50 members of 3 hours:
    241.83 hours a month, 80 % of them for service.
    """
    here = village_street.communities.replaced(posts=[4] * 6, grids=[2] * 6, members=[50] * 6,
                                               work_fund_yuan=[200_000.0] * 6, party_fund_yuan=[40_000.0] * 6)  # fmt: skip
    rates = {"direct_share": 0.4, "turnover": 0.15, "newcomer_loss": 0.4, "inspection_hours": 0.0}
    place = changed(village_street, **PLAIN, **rates).with_changes(communities=here)
    found = run(place, simple_plan.with_changes(contract_fen=simple_plan.contract_fen * 0), months=3)
    total = (4 * 1750 * 40 * 94 * 60 // 10_000 + 2 * 60 * 60 + 50 * 3 * 60) // 12
    assert total == 14_510
    assert (found.flow("minutes_contact") == total // 5).all()
    assert (found.flow("minutes") == total - total // 5).all()


def test_contracts_buy_hours_at_their_price(village_street, simple_plan):
    """70 yuan a month buy an hour, split between contact and service like every other hour."""
    bought = simple_plan.with_changes(contract_fen=simple_plan.contract_fen * 0 + 12 * 7000 * 30)
    place = changed(village_street, **PLAIN)
    without = run(place, simple_plan.with_changes(contract_fen=simple_plan.contract_fen * 0), months=1)
    found = run(place, bought, months=1)
    both = [o.flow("minutes") + o.flow("minutes_contact") for o in (without, found)]
    assert (both[1] - both[0] == 30 * 60).all()


def test_a_posting_works_through_quality_and_adds_no_hours(village_street, simple_plan):
    """With an official in post the hours are those of before, every month, while quality rises."""
    home = village_street.slots.home_street_code[0]
    row = next(r for r, street in enumerate(village_street.communities.street_code) if street != home)
    posting = Posting(village_street.slots.id[0], village_street.communities.code[row], 0, 12)
    place = changed(village_street, **PLAIN)
    base, posted = (run(place, plan) for plan in (simple_plan, simple_plan.with_changes(postings=(posting,))))
    for name in ("minutes", "minutes_contact", "posts", "fen_in"):
        assert np.array_equal(base.flow(name), posted.flow(name))
    assert (posted.flow("quality") - base.flow("quality"))[6, row] > 0


@pytest.mark.parametrize("delay", [0, 1, 3])
def test_money_arrives_in_twelfths_late_by_the_delay_and_never_twice(village_street, simple_plan, delay):
    """What arrives is what the payers paid so many months before; a year's payments are the year's money to a fen."""
    place = changed(village_street, payment_delay=float(delay))
    found, paid = run(place, simple_plan, months=24), 0
    for tier in PAYERS:
        paid = paid + found.flow(f"fen_{tier}")
    assert np.array_equal(found.flow("fen_in")[delay:], paid[: 24 - delay])
    assert not found.flow("fen_in")[:delay].any()
    for year in range(2):
        money = year_money(place, simple_plan.lump_fen[:, year]).service_fen
        assert np.array_equal(paid[12 * year : 12 * year + 12].sum(axis=0), money)
        assert (np.abs(paid[12 * year : 12 * year + 12] - money / 12) <= 4).all()


def test_staff_presence_varies_from_month_to_month(village_street, simple_plan):
    """Hours of staff alone spread by `sickness_sd` around their mean, with new luck every month and place."""
    rates = {"volunteer_hours": 0.0, "warden_hours": 0.0, "member_hours": 0.0, "sickness_sd": 0.05}
    plan = simple_plan.with_changes(contract_fen=simple_plan.contract_fen * 0)
    minutes = run(changed(village_street, **rates), plan, months=36).flow("minutes")
    spread = minutes / minutes.mean(axis=0) - 1.0
    assert 0.035 < spread.std(ddof=1) < 0.065
    assert np.abs(np.corrcoef(spread.T) - np.eye(6)).max() < 0.6


def test_a_venue_opens_when_it_is_built_and_not_before(village_street, simple_plan):
    """Floor space grows by what a place is served, from the month that start and building time name."""
    sites, codes = village_street.sites, village_street.communities.code
    sites = sites.replaced(lead_months=[5] * len(sites))
    project = Project(sites.id[0], 2, ((codes[1], 100.0), (codes[3], 40.0)))
    found = run(village_street.with_changes(sites=sites), simple_plan.with_changes(projects=(project,)), months=10)
    added = found.flow("service_m2") - found.flow("service_m2")[0]
    assert not added[:7].any()
    assert np.allclose(added[7:], [0, 100, 0, 40, 0, 0], atol=1)


# --- pairs of runs --------------------------------------------------------------------------------------------------
def test_the_name_of_a_policy_moves_nothing(village_street, simple_plan):
    """Luck is keyed by who, when and why, never by the policy: another name, the same bits."""
    a, b = (run(village_street, simple_plan, months=6, policy=name) for name in ("equal split", "no such name"))
    assert np.array_equal(a.monthly, b.monthly)


NOTHING = {
    "deputies": {"deputy_secretaries": {"per_community": 0.0}},
    "officials": {"first_secretaries": {"posts": 0}},
    "venues": {"venue_programme": {"capital": 0.0}},
    "work fund": {"work_fund_floor": {"floor": 0.0}},
}


@pytest.mark.parametrize("size_zero", NOTHING)
def test_a_policy_of_zero_size_is_the_baseline_bit_for_bit(village_street, simple_plan, size_zero):
    """Mechanisms that do nothing leave plan, needs, queues and money as they were."""
    same = apply_mechanisms(village_street, NOTHING[size_zero])
    a = run(village_street, simple_plan, policy="base")
    b = run(same, make_plan(same, method="equal_split"), policy=size_zero)
    assert np.array_equal(a.monthly, b.monthly)
    assert np.array_equal(a.waits, b.waits)
    assert np.array_equal(a.outlay_fen, b.outlay_fen)


def _solved(district: District, plan: Plan) -> int:
    return sum(int(run(district, plan, replication=r).total("solved").sum()) for r in range(4))


@pytest.mark.parametrize("given", ["posts", "cash", "rooms"])
def test_more_of_anything_never_solves_less(village_street, simple_plan, given):
    """More posts, cash or rooms: at least as much is solved, and more where they were short (sum of replications)."""
    here, scarce = village_street.communities, tight(village_street)
    poor = simple_plan.with_changes(lump_fen=simple_plan.lump_fen // 8, contract_fen=simple_plan.contract_fen * 0,
                                    prevention_fen=simple_plan.prevention_fen * 0)  # fmt: skip
    if given == "posts":
        pairs = [(scarce, poor.with_changes(posts=poor.posts + more)) for more in (0, 1, 3)]
    elif given == "cash":
        place = changed(village_street, direct_share=0.45, own_effort=0.0)
        pairs = [(place, poor.with_changes(lump_fen=poor.lump_fen * more)) for more in (1, 2, 6)]
    else:
        ample = changed(village_street, direct_share=0.45)
        pairs = [(ample.with_changes(communities=here.replaced(service_m2=here.service_m2 * more)), simple_plan)
                 for more in (0.05, 0.2, 1.0)]  # fmt: skip
    solved = [_solved(*pair) for pair in pairs]
    assert solved[0] <= solved[1] <= solved[2]
    assert solved[0] < solved[2]


def test_more_demand_never_shortens_the_mean_wait(village_street, simple_plan):
    """More needs per resident and the same hours: waits grow (sum of replications)."""
    waits = []
    for needs in (0.24, 0.32, 0.40, 0.48):
        found = [run(changed(village_street, needs_per_resident=needs), simple_plan, replication=r) for r in range(4)]
        months, served = (sum(int(o.total(name).sum()) for o in found) for name in ("wait_months", "served"))
        waits.append(months / served)
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]


# --- bounds ---------------------------------------------------------------------------------------------------------
def _corner(seed: int) -> dict[str, float]:
    """Every parameter at an end of its range."""
    ends = np.random.default_rng(seed).integers(0, 2, len(PARAMETERS))
    return {name: (about.low, about.high)[end] for (name, about), end in zip(PARAMETERS.items(), ends, strict=True)}


def _at_the_edge(district: District) -> District:
    """Few large households in a place of many posts: contact per household beyond all experience."""
    here = district.communities
    return district.with_changes(communities=here.replaced(households=[2] * len(here), posts=[150] * len(here)))


@pytest.mark.parametrize("seed", range(16))
def test_states_stay_in_their_bounds_at_corners_of_the_parameters(village_street, simple_plan, seed):
    """With every parameter at an end of its range: shares in [0, 1], nothing negative, all books balanced."""
    place = _at_the_edge(village_street) if seed % 2 else village_street
    district = place.with_changes(rates=place.rates.with_values(**_corner(seed)))
    state = start(district, seed=seed)
    for _ in range(10):
        state = advance(state, simple_plan, 1)
        for column in (state.satisfaction, state.engagement, state.responsiveness, state.cooperation):
            assert column.min() >= 0
            assert column.max() <= SCALE
    signed = [FLOW["quality"]]
    assert np.delete(outcome(state).monthly, signed, axis=2).min() >= 0
