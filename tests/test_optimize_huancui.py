"""The shipped scenarios at full size: proven, audited, and quick."""

import time

import pytest

from optimize import Limits, audit, goal_values, make_plan
from scenarios.loader import load_scenario

SHIPPED = ("equal-split", "matched-mandated", "matched-voluntary", "needs-based", "first-secretaries", "venues")


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_is_planned_and_proven(name):
    """218 communities over three years: a proven plan that keeps every rule and beats equal split on both main goals."""
    district = load_scenario(name).district_value()
    began = time.perf_counter()
    plan = make_plan(district, limits=Limits(time_limit_s=40, gap=0.005))
    assert time.perf_counter() - began < 40
    assert plan.proven
    assert plan.gap <= 0.005
    assert audit(district, plan) == []
    found, thumb = goal_values(district, plan), goal_values(district, make_plan(district, method="equal_split"))
    assert found["worst_tenth"] < thumb["worst_tenth"]
    assert found["needs_met"] < thumb["needs_met"]
