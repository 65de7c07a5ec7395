from __future__ import annotations

import numpy as np
import pytest

from scenarios.district import District, ServiceFund
from scenarios.formulas import MONTHS
from sim import checks
from sim.futures import NOMINAL, Future, sample_futures
from sim.outcome import FLOW, FLOWS, METRICS, SCALE, summary
from sim.run import advance, outcome, reached, resume, simulate, start


def run(district, plan, *, months=12, seed=1, replication=0, future=NOMINAL):
    return simulate(district, plan, seed=seed, replication=replication, future=future, months=months)


def same(first, second) -> bool:
    return np.array_equal(first.monthly, second.monthly) and np.array_equal(first.grids, second.grids)


def test_same_seed_same_bits_and_other_seeds_differ(village_street, simple_plan):
    """A run is a pure function of its seed, replication and future."""
    base = run(village_street, simple_plan)
    assert same(base, run(village_street, simple_plan))
    others = [run(village_street, simple_plan, seed=2), run(village_street, simple_plan, replication=1),
              run(village_street, simple_plan, future=Future(5))]  # fmt: skip
    assert not any(same(base, other) for other in others)


def test_a_long_run_begins_like_a_short_one(village_street, simple_plan):
    """A horizon of T months is the prefix of a horizon of 2T; advancing in parts equals advancing at once."""
    short = run(village_street, simple_plan, months=7)
    long = run(village_street, simple_plan, months=14)
    assert np.array_equal(short.monthly, long.monthly[:7])
    parts = start(village_street, seed=1)
    for months in (3, 4, 7):
        parts = advance(parts, simple_plan, months)
    assert same(long, outcome(parts))


def test_advancing_leaves_the_given_state_alone(village_street, simple_plan):
    """States are values: advancing one twice gives the same twice."""
    state = start(village_street, seed=4)
    assert same(outcome(advance(state, simple_plan, 5)), outcome(advance(state, simple_plan, 5)))


def test_needs_are_the_same_for_every_policy(village_street, simple_plan):
    """All needs of a future and replication are equal whatever the policy: the only fair denominator."""
    poor = simple_plan.with_changes(lump_fen=simple_plan.lump_fen // 10, contract_fen=simple_plan.contract_fen * 0,
                                    prevention_fen=simple_plan.prevention_fen * 0)  # fmt: skip
    rich = simple_plan.with_changes(posts=simple_plan.posts + 5)
    needs = [run(village_street, plan).flow("needs") for plan in (simple_plan, poor, rich)]
    assert needs[0].sum() > 0
    assert np.array_equal(needs[0], needs[1])
    assert np.array_equal(needs[0], needs[2])


def test_who_pays_does_not_matter_to_residents(village_street, simple_plan):
    """The same fund paid half by the city and half by the district changes the ledgers and nothing else."""
    fund = village_street.service_fund
    mandated = ServiceFund(mode="mandated", granter="city", payer="district", ratio=1.0,
                           entitlement_fen=fund.entitlement_fen)  # fmt: skip
    a, b = run(village_street, simple_plan), run(village_street.with_changes(service_fund=mandated), simple_plan)
    ledgers = [FLOW[name] for name in ("fen_city", "fen_district", "fen_mandated", "fen_granted")]
    rest = [column for column in range(len(FLOWS)) if column not in ledgers]
    assert np.array_equal(a.monthly[:, :, rest], b.monthly[:, :, rest])
    assert np.array_equal(b.total("fen_city"), b.total("fen_district"))
    assert int((b.total("fen_city") + b.total("fen_district")).sum()) == 12 * sum(fund.entitlement_fen) // 12


def test_a_change_in_one_place_moves_only_what_it_can_reach(village_street, simple_plan):
    """Posts in one community leave every other bit-identical, but for partners who serve both."""
    alone = village_street.with_changes(units=village_street.units.take([]))
    more = simple_plan.posts.copy()
    more[2] += 3
    a, b = run(alone, simple_plan), run(alone, simple_plan.with_changes(posts=more))
    others = [row for row in range(6) if row != 2]
    screened = FLOW["screened"]  # a ranking reaches everyone
    columns = [column for column in range(len(FLOWS)) if column != screened]
    assert np.array_equal(a.monthly[:, others][:, :, columns], b.monthly[:, others][:, :, columns])
    assert not np.array_equal(a.monthly[:, 2], b.monthly[:, 2])


def test_adding_a_community_leaves_the_others_alone(village_street, simple_plan):
    """Residents are keyed by their community, so a district without the last one lives the same elsewhere."""
    alone = village_street.with_changes(units=village_street.units.take([]))
    rows = list(range(5))
    fewer = alone.with_changes(
        communities=alone.communities.take(rows),
        levers=alone.levers.take(rows),
        service_fund=ServiceFund(entitlement_fen=alone.service_fund.entitlement_fen[:5]),
    )
    plan = simple_plan.with_changes(
        communities=simple_plan.communities[:5],
        **{name: getattr(simple_plan, name)[:5]
           for name in ("lump_fen", "contract_fen", "prevention_fen", "posts", "promised_met", "promised_needs")})  # fmt: skip
    kept = [c for c in range(len(FLOWS)) if FLOWS[c] not in ("screened", "fen_in", "fen_held", "fen_street", "fen_own",
                                                             "fen_displaced")]  # fmt: skip
    village = np.flatnonzero(alone.is_village[:5])  # streets share their revenue by head, so towns are reached
    a, b = run(alone, simple_plan), run(fewer, plan)
    assert np.array_equal(a.monthly[:, village][:, :, kept], b.monthly[:, village][:, :, kept])


def test_no_time_and_no_money_serve_nobody(village_street, simple_plan):
    """Limits are exact: without hours nothing is served, and without voice nothing is asked."""
    rates = village_street.rates.with_values(direct_share=0.0, warden_hours=0.0, member_hours=0.0, volunteer_hours=0.0,
                                             sickness_sd=0.0)  # fmt: skip
    idle = village_street.with_changes(rates=rates, units=village_street.units.take([]))
    nothing = simple_plan.with_changes(contract_fen=simple_plan.contract_fen * 0)
    assert run(idle, nothing).total("served").sum() == 0


def test_everything_is_solved_when_nothing_stands_in_the_way(village_street, simple_plan):
    """With certain solving and ample hours, every matter served is solved."""
    rates = village_street.rates.with_values(solve_base=1.0, unsolvable=0.0, solve_quality=0.0, direct_share=1.0)
    found = run(village_street.with_changes(rates=rates), simple_plan)
    assert found.total("unsolved").sum() == 0
    assert found.total("served").sum() == found.total("solved").sum() > 0


def test_more_hours_never_serve_fewer_on_average(village_street, simple_plan):
    """More posts raise needs met and shorten waits under the same luck (summed over replications)."""
    rich = simple_plan.with_changes(posts=simple_plan.posts + 2)
    met = [[run(village_street, plan, replication=r).total("solved").sum() for r in range(4)]
           for plan in (simple_plan, rich)]  # fmt: skip
    assert np.sum(met[1]) > np.sum(met[0])


def test_a_broken_ledger_is_caught(village_street, simple_plan):
    """Conservation is checked in the code itself: a row that does not add up is refused."""
    row = run(village_street, simple_plan, months=1).monthly[0].copy()
    stocks = row[:, FLOW["unvoiced"]] + row[:, FLOW["routing"]] + row[:, FLOW["queued"]]
    nothing, owed = np.zeros(6, dtype=np.int64), np.full((6, 2), 1200)
    checks.check_month(row, carried=nothing, held_before=nothing, waiting=stocks, rooms_owed=owed)
    for flow in ("needs", "served", "fen_in", "opened", "fen_street"):
        bad = row.copy()
        bad[3, FLOW[flow]] += 1
        with pytest.raises(checks.ConservationError, match="row 3"):
            checks.check_month(bad, carried=nothing, held_before=nothing, waiting=stocks, rooms_owed=owed)


@pytest.mark.parametrize("seed", range(5))
def test_conservation_holds_in_random_futures(village_street, simple_plan, seed):
    """Needs, matters and money add up every month in any future (the model itself raises otherwise)."""
    future = sample_futures(1, seed)[0]
    found = run(village_street, simple_plan, months=18, seed=seed, future=future)
    assert (found.flow("needs") == found.flow("prevented") + found.flow("blocked") + found.flow("opened")).all()
    held = np.diff(found.flow("fen_held"), axis=0)
    spent = found.flow("fen_matters") + found.flow("fen_contracts") + found.flow("fen_prevention")
    assert np.array_equal(held, (found.flow("fen_in") - spent)[1:])


def test_an_official_lifts_quality_slowly_and_leaves_a_fading_trace(village_street, simple_plan):
    """A posting ramps up in post and halves every fade period after; other communities' quality stays."""
    from optimize.plan import Posting

    home = village_street.slots.home_street_code[0]
    place = next(row for row, street in enumerate(village_street.communities.street_code) if street != home)
    posting = Posting(village_street.slots.id[0], village_street.communities.code[place], 2, 12)
    found = run(village_street, simple_plan.with_changes(postings=(posting,)), months=42)
    quality = found.flow("quality")[:, place] / SCALE
    assert quality[1] == pytest.approx(quality[0], abs=1e-3)
    assert (np.diff(quality[2:14]) > 0).all()
    assert (np.diff(quality[15:]) < 0).all()
    gain = quality - quality[0]
    assert gain[13 + 24] == pytest.approx(gain[13] / 2, rel=0.02)
    assert found.flow("postings")[:, place].sum() == 12
    others = [row for row in range(6) if row != place]
    assert np.ptp(found.flow("quality")[:, others] - found.flow("quality")[0, others], axis=0).max() <= 2


def test_the_reached_district_carries_what_changed(village_street, simple_plan):
    """After a year the plan years shrink and cooperation and quality are those of the state."""
    state = advance(start(village_street, seed=1), simple_plan, MONTHS)
    later = reached(state)
    assert later.first_year == village_street.first_year + 1
    assert later.years == village_street.years - 1
    assert np.allclose(later.units.cooperation, state.cooperation / SCALE)


def test_a_new_policy_starts_a_new_record_with_the_same_people(village_street, simple_plan):
    """Resuming keeps people, queues and money; the record begins anew."""
    warm = advance(start(village_street, seed=1), simple_plan, 6)
    fresh = resume(warm, village_street, policy="other")
    assert fresh.record == ()
    assert np.array_equal(fresh.status, warm.status)
    assert outcome(advance(fresh, simple_plan, 2)).policy == "other"


def test_grids_of_a_community_fare_alike(village_street: District, simple_plan):
    """Ties are broken by luck, not by index: over many runs the first and last grid do equally well (4 se)."""
    rates = village_street.rates.with_values(direct_share=0.18)
    tight = village_street.with_changes(rates=rates)
    share = []
    for replication in range(8):
        grids = run(tight, simple_plan, months=24, replication=replication).grids.sum(axis=0)
        share.append(grids[:, 1] / np.maximum(grids[:, 0], 1))
    means, spread = np.mean(share, axis=0), np.std(share, axis=0, ddof=1) / np.sqrt(8)
    communities = run(tight, simple_plan, months=1).grid_community
    for community in range(6):
        rows = np.flatnonzero(communities == community)
        if len(rows) > 1:
            gap, error = means[rows[0]] - means[rows[-1]], np.hypot(spread[rows[0]], spread[rows[-1]])
            assert abs(gap) < 4.5 * error


def test_every_metric_is_a_finite_number(village_street, simple_plan):
    """Every metric of the table can be computed and shares lie in [0, 1]."""
    found = summary(run(village_street, simple_plan))
    assert set(found) == set(METRICS)
    assert all(np.isfinite(value) for value in found.values())
    assert all(0 <= found[name] <= 1 for name, metric in METRICS.items()
               if metric.unit == "share" and name != "plan_gap")  # fmt: skip
