"""Calibration rounds: corrections bring the promise to the simulation, and never buy that with simulated goals."""

from dataclasses import replace

import numpy as np
import pytest

from jiceng.calibration import (
    CalibrationSettings,
    Planner,
    better,
    calibrate,
    corrected,
    planner_of,
    simulated,
    within_luck,
)
from jiceng.plan_gap import GOAL_METRICS, Judgement, falls, judge, rises
from jiceng.planning import USUAL
from optimize import Correction, Limits, audit, evaluate
from scenarios.building.builder import small_district
from scenarios.district import ServiceFund
from scenarios.funding import FEN_PER_WAN
from scenarios.loader import load_scenario
from sim.outcome import FLOW, met

COUNT = 5
COLD = CalibrationSettings(rounds=3, correcting=8, judging=16, seed=7, warm_up=0)


@pytest.fixture(scope="module")
def planner():
    """A small district with grants to be chosen, one plan year, short of hours but not of money or rooms."""
    pool = 150 * FEN_PER_WAN
    fund = ServiceFund(mode="free", pool_fen=pool, floor_fen=(20 * FEN_PER_WAN,) * COUNT, cap_fen=pool)
    base = small_district(COUNT, seed=3, residents=8000).with_changes(years=1)
    roomy = base.with_changes(communities=base.communities.replaced(service_m2=base.communities.service_m2 + 5000))
    return Planner(base=roomy, district=roomy.with_changes(service_fund=fund), asked={**USUAL, "goals": ("worst_tenth", "needs_met")},
                   limits=Limits(gap=0.01))  # fmt: skip


@pytest.fixture(scope="module")
def plan(planner):
    return planner.plan(None)


@pytest.fixture(scope="module")
def runs(planner, plan):
    return simulated(planner, plan, 11, 3, 0, None)


@pytest.fixture(scope="module")
def report(planner):
    return calibrate(planner, COLD)


def test_calibration_lowers_the_gap_and_keeps_the_goals(report):
    """From a cold start, which the plan does not expect, the judged gap falls and no simulated goal does."""
    first = report.rounds[0].judgement
    assert first.median > 0.03
    assert report.judgement.median < 0.75 * first.median
    assert not falls(report.judgement, first)


def test_where_a_new_plan_is_worse_the_old_decisions_get_an_honest_promise(report):
    """A round whose new plan lowers a simulated goal leaves the decisions as they were."""
    first, *others = report.rounds
    assert {each.kept for each in others} == {"promise"}
    assert all(falls(each.judgement, first.judgement) for each in others)
    for name in ("lump_fen", "contract_fen", "prevention_fen"):
        assert np.array_equal(getattr(report.plan, name), getattr(first.plan, name))
    assert np.array_equal(report.judgement.goals["worst_tenth"], first.judgement.goals["worst_tenth"])


def test_the_first_round_is_the_plan_as_ever(report, plan):
    """Calibration starts from the plan without a correction."""
    assert report.rounds[0].plan.correction is None
    assert np.array_equal(report.rounds[0].plan.promised_met, plan.promised_met)


def test_every_plan_of_the_rounds_passes_the_audit_with_its_own_correction(report, planner):
    """A corrected promise is checked like any other."""
    assert len(report.rounds) > 1
    assert all(each.plan.correction for each in report.rounds[1:])
    assert all(audit(planner.district, plan) == [] for plan in (report.plan, *(each.plan for each in report.rounds)))


def test_one_whole_step_makes_the_promise_of_the_same_plan_what_its_runs_solved(planner):
    """Undamped, the promise of a plan that only hours and demand limit becomes exactly what was simulated."""
    ample = replace(planner.district.service_fund, pool_fen=400 * FEN_PER_WAN, floor_fen=(60 * FEN_PER_WAN,) * COUNT)
    planner = replace(planner, district=planner.district.with_changes(service_fund=ample))
    plan = planner.plan(None)
    runs = simulated(planner, plan, 11, 3, 0, None)
    again = plan.with_changes(correction=corrected(planner.district, plan, runs, 1.0))
    found = np.mean([run.total("solved") / run.years for run in runs], axis=0)
    assert evaluate(planner.district, again).solved.mean(axis=1) == pytest.approx(found, rel=1e-9)


def test_a_step_brings_the_load_to_the_simulated_one(planner, plan, runs):
    """Reached needs per hour at hand are those of the runs after an undamped step."""
    promise = evaluate(planner.district, plan.with_changes(correction=corrected(planner.district, plan, runs, 1.0)))
    load = np.sum([run.total("voiced") for run in runs], axis=0) / np.sum(
        [run.total("minutes") for run in runs], axis=0
    )
    assert promise.reached.mean(axis=1) / promise.hours.mean(axis=1) == pytest.approx(60 * load, rel=1e-9)


def test_a_step_learns_what_earlier_money_still_prevents(planner, plan, runs):
    """Needs prevented in the runs beyond the promise are taken over whole at full damping, and never below nothing."""
    learned = np.array(corrected(planner.district, plan, runs, 1.0).prevented)
    found = np.sum([run.total("prevented") for run in runs], axis=0) / np.sum(
        [run.total("needs") for run in runs], axis=0
    )
    promise = evaluate(planner.district, plan)
    assert learned == pytest.approx(
        np.maximum(found - (promise.prevented / promise.needs).mean(axis=1), 0.0), abs=1e-12
    )
    more = tuple(replace(run, monthly=_with(run, "prevented", run.flow("prevented") + 5)) for run in runs)
    assert (np.array(corrected(planner.district, plan, more, 1.0).prevented) > learned).all()


def _with(run, name, values):
    """A run's months with one flow replaced."""
    monthly = run.monthly.astype(np.int64)
    monthly[:, :, FLOW[name]] = values
    return monthly


def test_damping_zero_learns_nothing(planner, plan, runs):
    """A step of no size leaves every factor at 1."""
    assert corrected(planner.district, plan, runs, 0.0) == Correction.neutral(COUNT)


def test_fewer_matters_than_promised_lower_both_factors(planner, plan, runs):
    """If half as much is voiced and solved with the same hours, both factors fall."""
    all_of_it, half = (
        corrected(planner.district, plan, tuple(with_share(run, share) for run in runs), 0.5) for share in (1.0, 0.5)
    )
    assert (np.array(half.reach) < np.array(all_of_it.reach)).all()
    assert (np.array(half.hours) < np.array(all_of_it.hours) + 1e-9).all()


def with_share(run, share):
    """The run with a share of its matters, its hours as they were."""
    monthly = run.monthly.copy()
    for flow in ("voiced", "served", "solved"):
        monthly[:, :, FLOW[flow]] = np.floor(run.flow(flow) * share)
    return replace(run, monthly=monthly)


def test_a_promise_that_is_kept_has_no_gap(runs):
    """Judged against the mean of the runs themselves every gap is 0."""
    mean = np.mean([met(run) for run in runs], axis=0)[:, None]
    gap = judge([replace(run, promised_met=mean) for run in runs])
    assert gap.gaps == pytest.approx(np.zeros(COUNT), abs=1e-12)
    assert (gap.median, gap.p90) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_the_gap_is_simulated_over_promised_less_one(runs):
    """A promise of twice what was simulated is a gap of a half; equal runs leave no error."""
    same = [replace(runs[0], promised_met=2.0 * met(runs[0])[:, None])] * 3
    gap = judge(same)
    assert gap.gaps == pytest.approx(np.full(COUNT, -0.5))
    assert (gap.median, gap.median_error) == pytest.approx((0.5, 0.0))


def test_a_place_with_hardly_any_needs_is_not_judged(runs):
    """Without a community of 100 needs a year there is no gap to speak of."""
    with pytest.raises(ValueError, match="100 needs"):
        judge([replace(run, monthly=0 * run.monthly) for run in runs])


def judged(gap, *, met_share, worst=0.4):
    """A judgement of one community by hand; goals as per-replication values around a mean."""
    noise = 0.001 * np.array([-1.0, 0.0, 1.0])
    values = (met_share, worst)
    return Judgement(np.array([gap]), 0.002, {name: value + noise * (1 + value) for name, value in zip(GOAL_METRICS, values, strict=True)})  # fmt: skip


def test_a_smaller_gap_never_buys_a_fall_of_goals():
    """A round whose simulated goals fall is not kept, however honest; one that only narrows the gap is."""
    kept = judged(0.08, met_share=0.60)
    assert not better(judged(0.0, met_share=0.58), kept)
    assert not better(judged(0.0, met_share=0.70, worst=0.35), kept)
    assert better(judged(0.02, met_share=0.60), kept)
    assert better(judged(0.09, met_share=0.62), kept)
    assert not better(judged(0.09, met_share=0.60), kept)


def test_rounds_end_when_nothing_changes_but_luck():
    """Within two standard errors of gap and goals the rounds have settled."""
    old = judged(0.02, met_share=0.60)
    assert within_luck(judged(0.0235, met_share=0.60), old)
    assert not within_luck(judged(0.03, met_share=0.60), old)
    assert not within_luck(judged(0.02, met_share=0.62), old)
    assert rises(judged(0.02, met_share=0.62), old)


def test_a_scenario_is_calibrated_as_it_plans():
    """Goals, method and limits are the scenario's; warm-up years know no mechanism."""
    scenario = load_scenario("needs-based")
    planner = planner_of(scenario)
    assert planner.district.service_fund.mode == "free"
    assert planner.base.service_fund != planner.district.service_fund
    assert (planner.asked["goals"], planner.method) == (scenario.goals, "optimal")
    assert planner.limits == Limits(time_limit_s=scenario.plan.time_limit_s, gap=scenario.plan.gap)
