"""Laws of plans over several futures, on small districts drawn from a seed."""

from __future__ import annotations

import itertools
from functools import cache

import pytest

from optimize import Limits, audit, goal_values
from optimize.pursuit import Pursuit
from optimize.robust import RobustPlan, make_robust_plan
from optimize.robust_futures import best_in
from optimize.robust_measures import Measure
from optimize.robust_program import Settled
from scenarios.district import District
from sim.futures import sample_futures
from tests.random_districts import light_case

SHARP = Limits(time_limit_s=30, gap=1e-4)
MEASURES = (Measure(), Measure(kind="cvar", alpha=0.5), Measure(kind="worst"))
SEEDS = [pytest.param(range(start, start + 3), id=f"{start}-{start + 2}", marks=() if start < 3 else pytest.mark.slow)
         for start in range(0, 30, 3)]  # fmt: skip


def futures_of(district: District, seed: int, count: int = 2) -> list[District]:
    return [future.applied(district) for future in sample_futures(count, seed)]


@cache
def robust(seed: int) -> RobustPlan:
    place = light_case(seed).district
    return make_robust_plan(place, futures_of(place, seed), measure=MEASURES[seed % 3], limits=SHARP)


def room(made: RobustPlan) -> float:
    return 2.0 * SHARP.gap * abs(made.value) + 1e-6


@pytest.mark.parametrize("seeds", SEEDS)
def test_foresight_and_planning_for_futures_are_never_worth_less_than_nothing(seeds: range) -> None:
    """WS <= RP <= EEV, bounds stay below values, and proven intervals hold what was found."""
    for seed in seeds:
        made = robust(seed)
        assert made.ws <= made.value + 1e-9
        assert made.value <= made.eev + 1e-9
        assert made.bound <= made.value + 1e-6
        for worth in (made.vss, made.evpi):
            assert worth.value >= 0.0
            assert worth.low <= worth.value + room(made)
            assert worth.value <= worth.high + 1e-6


@pytest.mark.parametrize("seeds", SEEDS)
def test_every_future_keeps_what_is_decided_first_and_every_rule(seeds: range) -> None:
    """Plans of all futures share their first decisions, pass the audit, and promise what is stated."""
    for seed in seeds:
        place, made = light_case(seed).district, robust(seed)
        for future, one in zip(futures_of(place, seed), made.futures, strict=True):
            assert audit(future, one.plan) == []
            assert one.promised == pytest.approx(goal_values(future, one.plan, ("needs_met",))["needs_met"])
            assert one.plan.postings == made.plan.postings
            assert one.plan.projects == made.plan.projects
            assert one.plan.care_yuan == made.plan.care_yuan
            assert one.plan.pairs == made.plan.pairs
            for name in ("posts", "windows", "wardens", "contact"):
                assert getattr(one.plan, name).tolist() == getattr(made.plan, name).tolist()
        assert audit(place, made.plan) == []


def test_what_the_search_counts_is_what_the_plan_promises_without_spillover() -> None:
    """In one plan year and without spillover a future's value is the goal recomputed from its plan."""
    for seed in (0, 1):
        one = robust(seed).futures[0]
        if len(one.plan.years) == 1:
            assert one.value == pytest.approx(one.promised, rel=1e-5)


def test_futures_that_are_all_alike_are_planned_like_the_nominal_one() -> None:
    """With identical futures the robust plan is the nominal one, and VSS and EVPI are nothing."""
    for seed, measure in zip((1, 2), MEASURES[::2], strict=True):
        place = light_case(seed).district
        made = make_robust_plan(place, [place, place], measure=measure, limits=SHARP)
        nominal = best_in(place, Pursuit(("needs_met",), {"needs_met": 1.0}), SHARP)
        assert nominal is not None
        assert made.value == pytest.approx(nominal.value, rel=2.0 * SHARP.gap)
        assert made.vss.value == pytest.approx(0.0, abs=room(made))
        assert made.evpi.value == pytest.approx(0.0, abs=room(made))
        assert not made.vss.proven or made.vss.low <= room(made)


def test_optimal_values_are_in_the_order_of_their_measures() -> None:
    """The best mean is at most the best CVaR, which grows with its level and is at most the best worst case."""
    place = light_case(1).district
    futures = futures_of(place, 7)
    ladder = [Measure(), Measure(kind="cvar", alpha=0.3), Measure(kind="worst")]
    values = [make_robust_plan(place, futures, measure=one, limits=SHARP).value for one in ladder]
    slack = 2.0 * SHARP.gap * values[-1]
    assert all(a <= b + slack for a, b in itertools.pairwise(values))


def test_the_best_post_is_found_among_all_places_it_could_go() -> None:
    """One post to give, two futures: trying every community in turn finds nothing better, and the same best."""
    place = light_case(1).district
    assert place.extra_posts == 1
    futures, count = futures_of(place, 7), len(place.communities)
    pursuit = Pursuit(("needs_met",), {"needs_met": 1.0})
    made = make_robust_plan(place, futures, limits=SHARP)
    tried = []
    for given in [None, *range(count)]:
        settled = Settled(tuple(float(row == given) for row in range(count)))
        found = [best_in(future, pursuit, SHARP, settled) for future in futures]
        tried.append(sum(one.value for one in found if one is not None) / 2.0)
    assert made.value == pytest.approx(min(tried), abs=room(made))
    assert made.bound <= min(tried) + 1e-6


def test_a_certain_future_makes_its_own_plan_best() -> None:
    """A future that is sure to come leaves nothing to be gained by knowing it."""
    place = light_case(2).district
    made = make_robust_plan(place, futures_of(place, 3), chances=(1.0, 0.0), limits=SHARP)
    assert made.evpi.value == pytest.approx(0.0, abs=room(made))


def test_grants_decided_before_the_future_is_known_are_the_same_in_all() -> None:
    """With grants among the first decisions every future has the nominal grants, and the value is no better."""
    place = light_case(0).district
    futures = futures_of(place, 5)
    free = make_robust_plan(place, futures, limits=SHARP)
    held = make_robust_plan(place, futures, limits=SHARP, grants_first=True)
    assert held.value >= free.value - room(held)
    assert all(abs(one.plan.lump_fen - held.plan.lump_fen).max() <= 1 for one in held.futures)


@pytest.mark.parametrize("wrong", [{"chances": (1.0,)}, {"chances": (-1.0, 2.0)}, {"chances": (0.0, 0.0)}])
def test_chances_must_fit_the_futures(wrong: dict[str, tuple[float, ...]]) -> None:
    """Chances are as many as the futures, not negative, and not all nought."""
    place = light_case(0).district
    with pytest.raises(ValueError, match="chances"):
        make_robust_plan(place, [place, place], chances=wrong["chances"])
