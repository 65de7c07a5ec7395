"""Laws of frontiers: points that do not dominate each other, more money that never hurts, and what it brings."""

from __future__ import annotations

import itertools
from functools import cache

import pytest

from optimize import Limits, audit, goal_values
from optimize.frontier import TOLERANCE, Frontier, make_frontier, marginal, undominated
from optimize.frontier_point import Asked, Point, search_point, with_fund
from optimize.requirements import NOTHING
from scenarios.district import District
from tests.random_districts import light_case

SHARP = Limits(time_limit_s=30, gap=1e-5)
SEED = 10  # a free fund and money alone


def place() -> District:
    return light_case(SEED).district.with_changes(years=1)


@cache
def found() -> Frontier:
    return make_frontier(place(), points=4, limits=SHARP)


def measures(point: Point) -> tuple[float, float, float]:
    return point.fund_wan, point.cost, point.worst_tenth


def test_no_point_is_dominated_by_another_of_its_sweep() -> None:
    """A point that is nowhere better than another by more than the tolerance is not kept."""
    for points in (found().budget, found().fairness):
        assert points
        for one in points:
            for other in points:
                better = any(
                    a < b - 0.5 * TOLERANCE * abs(b) for a, b in zip(measures(one), measures(other), strict=True)
                )
                assert one is other or better


def test_a_dominated_point_is_dropped_and_a_twin_kept_once() -> None:
    """The set of the undominated holds no loser, one of two twins, and nothing that was not given."""
    points = [*found().budget]
    kept = undominated([*points, *points])
    assert [id(one) for one in kept] == [id(one) for one in points]


def test_more_money_is_never_worse() -> None:
    """The best cost never rises with the budget, within the gaps."""
    points = found().budget
    for poorer, richer in itertools.pairwise(points):
        assert richer.bound <= poorer.cost + 1e-6
        assert richer.cost <= poorer.cost * (1.0 + 2.0 * SHARP.gap) + 1e-6


def test_a_tighter_limit_on_the_worst_tenth_is_never_cheaper_and_is_kept() -> None:
    """Along the sweep by fairness the cost never rises as the limit is eased, and each limit is kept."""
    points = found().fairness
    for tight, loose in itertools.pairwise(points):
        assert tight.bound >= loose.bound - 2.0 * SHARP.gap * abs(loose.bound)
    for one in points:
        assert one.asked.worst_tenth is None or one.worst_tenth <= one.asked.worst_tenth + 1e-6


def test_every_point_is_a_plan_that_keeps_the_rules_and_promises_what_is_said() -> None:
    """Every plan passes the audit of its district; what it promises is recomputed from it, and without spillover is what
    the search counted.
    """
    for one in (*found().budget, *found().fairness):
        there = with_fund(place(), one.asked.fund_share)
        assert audit(there, one.plan) == []
        values = goal_values(there, one.plan, ("needs_met", "worst_tenth"))
        assert one.promised_cost == pytest.approx(values["needs_met"])
        assert one.promised_worst == pytest.approx(values["worst_tenth"])
        assert one.cost == pytest.approx(values["needs_met"], rel=1e-5)
        assert one.bound <= one.cost + 1e-6


def test_the_shadow_price_is_what_a_little_more_money_saves_while_decisions_stay() -> None:
    """A first further 万元 saves at least the shadow price, for decisions may change too; and the band holds the mean."""
    base = search_point(place(), Asked(), NOTHING, SHARP)
    assert base is not None
    assert base.shadow is not None
    richer = search_point(place(), Asked(fund_share=1.0 + 1.0 / base.fund_wan), NOTHING, SHARP)
    assert richer is not None
    step = marginal(base, richer)
    assert base.shadow <= step.high + 1e-3
    assert step.low <= step.saved <= step.high
    assert base.shadow >= 0.0


def test_the_fund_is_scaled_in_whole_fen_and_floors_never_grow() -> None:
    """Half the fund is half the pool and half of each floor; more than all of it leaves the floors."""
    fund = place().service_fund
    half, more = with_fund(place(), 0.5).service_fund, with_fund(place(), 1.5).service_fund
    assert half.pool_fen == fund.pool_fen // 2
    assert half.floor_fen == tuple(floor // 2 for floor in fund.floor_fen)
    assert more.pool_fen == fund.pool_fen * 3 // 2
    assert more.floor_fen == fund.floor_fen


def test_a_frontier_has_two_points_at_least() -> None:
    """A sweep of fewer than two points is refused."""
    with pytest.raises(ValueError, match="points"):
        make_frontier(place(), points=1)
