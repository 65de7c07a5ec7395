"""What a policy changes when it takes over from another one: late money, units, grids; and what replanning leaves open."""

from __future__ import annotations

import numpy as np

from jiceng.replanning import begun
from optimize.plan import Posting, Project
from scenarios.arrangements import Rectification
from sim import rules
from sim.outcome import FLOW, SCALE
from sim.population import regrouped
from sim.run import advance, outcome, redelayed, resume, start


def test_money_on_its_way_is_never_lost_when_the_delay_changes():
    """Held and travelling money sum to the same under every new delay, and nothing arrives later than it was due."""
    held, transit = np.array([5, 6]), np.array([[1, 2], [3, 4], [5, 6]])
    for delay in range(6):
        now, later = redelayed(held, transit, delay)
        assert len(later) == delay
        assert np.array_equal(now + later.sum(axis=0), held + transit.sum(axis=0))
    assert np.array_equal(redelayed(held, transit, 3)[1], transit)
    assert redelayed(held, transit, 1)[0].tolist() == [9, 12]
    assert not redelayed(held, transit, 5)[1][3:].any()


def test_a_policy_that_pays_at_once_is_felt_after_the_warm_up(village_street, simple_plan):
    """Without delay what is paid in a month arrives in it, whatever delay came before."""
    late = village_street.with_changes(rates=village_street.rates.with_values(payment_delay=3.0))
    prompt = village_street.with_changes(rates=village_street.rates.with_values(payment_delay=0.0))
    warm = advance(start(late, seed=3), simple_plan, 5)
    found = outcome(advance(resume(warm, prompt, policy="prompt"), simple_plan, 4))
    paid = sum(found.flow(f"fen_{role}") for role in ("own", "match", "mandated", "granted", "support"))
    assert np.array_equal(found.flow("fen_in"), paid)
    slow = outcome(advance(resume(warm, late, policy="late"), simple_plan, 4))
    assert found.flow("fen_held")[0].sum() > slow.flow("fen_held")[0].sum()


def test_cooperation_keeps_its_way_and_takes_the_change_in_the_table(village_street, simple_plan):
    """A table raised by a tenth raises every unit's cooperation by a tenth, at most to the full; an equal one moves no bit."""
    warm = advance(start(village_street, seed=3), simple_plan, 6)
    same = resume(warm, village_street, policy="same")
    assert np.array_equal(same.cooperation, warm.cooperation)
    units = village_street.units
    more = village_street.with_changes(units=units.replaced(cooperation=np.minimum(units.cooperation + 0.1, 1.0)))
    gain = resume(warm, more, policy="more").cooperation - warm.cooperation
    assert np.abs(gain - 0.1 * SCALE).max() <= 1
    fewer = village_street.with_changes(units=units.take([1]))
    assert resume(warm, fewer, policy="fewer").cooperation.tolist() == [warm.cooperation[1]]


def test_a_policy_screens_the_year_before_it_by_its_own_share(village_street, simple_plan):
    """After a full year the flags of the new policy are those of its share, the worst first; within a year none change."""
    warm = advance(start(village_street, seed=3), simple_plan, 12)
    wide = village_street.with_changes(rectification=Rectification(share=0.5, effort=0.5))
    later = resume(warm, wide, policy="wide")
    assert warm.flagged.sum() == 1
    assert later.flagged.sum() == 3
    assert (later.flagged >= warm.flagged).all()
    early = advance(start(village_street, seed=3), simple_plan, 7)
    assert np.array_equal(resume(early, wide, policy="wide").flagged, early.flagged)


def test_more_grids_regroup_the_same_residents(village_street, simple_plan):
    """Twice the grids hold the same people in the same order, and a run counts them in the new grids."""
    warm = advance(start(village_street, seed=3), simple_plan, 6)
    here = village_street.communities
    finer = village_street.with_changes(communities=here.replaced(grids=2 * here.grids))
    people = regrouped(warm.population, finer)
    assert people.grid_of[-1] == 2 * here.grids.sum() == people.grid[-1] + 1
    assert people.grid_first[-1] == len(people)
    assert people.risk is warm.population.risk
    assert regrouped(warm.population, village_street) is warm.population
    found = outcome(advance(resume(warm, finer, policy="finer"), simple_plan, 12))
    assert found.grids.shape[1] == 2 * here.grids.sum()
    assert found.grids[0, :, 4].sum() == here.population.sum()


def test_replanning_begins_only_what_the_year_begins(village_street, simple_plan):
    """Postings and projects of later years are left to the next plan."""
    code, slots, site = village_street.communities.code[0], village_street.slots.id, village_street.sites.id[0]
    plan = simple_plan.with_changes(postings=(Posting(slots[0], code, 0, 12), Posting(slots[1], code, 12, 12)),
                                    projects=(Project(site, 24, ((code, 50.0),)),))  # fmt: skip
    first = begun(plan, 12)
    assert first.postings == plan.postings[:1]
    assert first.projects == ()


def test_fractions_of_wishes_add_up():
    """A rate of 0.3 a month is 3 or 4 wishes a year and 36 in ten years."""
    months = [int(rules.taken_up(np.array([0.3]), month)[0]) for month in range(120)]
    assert sum(months) == 36
    assert set(months) == {0, 1}


def test_every_flow_of_a_resumed_run_is_its_own(village_street, simple_plan):
    """Resuming under the same policy goes on as if nothing had happened, but for the record that begins anew."""
    warm = advance(start(village_street, seed=3), simple_plan, 6)
    on, anew = (
        outcome(advance(state, simple_plan, 4)).monthly[-4:]
        for state in (warm, resume(warm, village_street, policy="x"))
    )
    kept = [column for name, column in FLOW.items() if name != "screened"]
    assert np.array_equal(on[:, :, kept], anew[:, :, kept])
