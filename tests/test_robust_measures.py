"""Measures over futures: as numbers, and as rows of a program that a search minimises."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest

from optimize.plan import Limits
from optimize.program import Expression, Program, Variable, linear
from optimize.robust_measures import Measure, equal_chances
from optimize.solver import Search

EXACT = Limits(time_limit_s=10, gap=0.0)
WORST, MEAN = Measure(kind="worst"), Measure()


def cvar(alpha: float) -> Measure:
    return Measure(kind="cvar", alpha=alpha)


def drawn(seed: int) -> tuple[list[float], list[float]]:
    draw = np.random.default_rng(seed)
    chances = draw.uniform(0.1, 1.0, 7)
    return draw.normal(size=7).tolist(), (chances / chances.sum()).tolist()


@pytest.mark.parametrize("seed", range(20))
def test_the_mean_is_at_most_the_cvar_is_at_most_the_worst(seed: int) -> None:
    """Mean <= CVaR <= worst of the same values; at level 0 it is the mean, towards 1 the worst."""
    values, chances = drawn(seed)
    ladder = [cvar(alpha).of(values, chances) for alpha in (0.0, 0.3, 0.6, 0.9, 1.0)]
    assert ladder[0] == pytest.approx(MEAN.of(values, chances))
    assert all(a <= b + 1e-12 for a, b in itertools.pairwise(ladder))
    assert ladder[-1] == WORST.of(values, chances)
    assert cvar(1.0 - 1e-6).of(values, chances) == pytest.approx(max(values))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("measure", [MEAN, cvar(0.0), cvar(0.35), cvar(0.8), cvar(1.0), WORST])
def test_rows_and_numbers_of_a_measure_agree(seed: int, measure: Measure) -> None:
    """The least value of the rows at given goals is the measure of these goals."""
    values, chances = drawn(seed)
    program = Program()
    goals = [_held(program, value) for value in values]
    goal = measure.expression(program, goals, chances)
    found = Search(program).minimise(goal, EXACT)
    assert found.value == pytest.approx(measure.of(values, chances), abs=1e-7)


@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_a_level_is_a_share(wrong: float) -> None:
    """A level outside 0 to 1 is refused."""
    with pytest.raises(ValueError, match="alpha"):
        cvar(wrong)


def test_the_newsvendor_orders_the_critical_quantile() -> None:
    """Cost .5, price 1: the best order is the median of demand, found by a program over its futures."""
    demand = [80.0, 90.0, 95.0, 100.0, 140.0]
    program, order, goals = _newsvendor(demand, cost=0.5)
    goal = MEAN.expression(program, goals, equal_chances(5))
    found = Search(program).minimise(goal, EXACT)
    assert found[order] == pytest.approx(95.0)  # one more is sold with a chance of .6 below 95, of .4 above
    expected = sum(0.5 * 95.0 - min(95.0, d) for d in demand) / 5
    assert found.value == pytest.approx(expected)


def test_the_newsvendor_of_poisson_50() -> None:
    """Cost .6, price 1, Poisson(50) demand: the order is 48, the known answer."""
    chances = [np.exp(-50.0)]
    for d in range(1, 120):
        chances.append(chances[-1] * 50.0 / d)
    likely = [chance / sum(chances) for chance in chances]
    program, order, goals = _newsvendor([float(d) for d in range(120)])
    goal = MEAN.expression(program, goals, likely)
    found = Search(program).minimise(goal, EXACT)
    assert found[order] == pytest.approx(48.0)


def test_who_fears_the_worst_orders_for_the_least_demand() -> None:
    """In the worst case a newsvendor orders the least demand; VSS and EVPI of the mean are as worked out by hand."""
    demand = [60.0, 120.0]
    program, order, goals = _newsvendor(demand)
    goal = WORST.expression(program, goals, equal_chances(2))
    found = Search(program).minimise(goal, EXACT)
    assert found[order] == pytest.approx(60.0)
    program, order, goals = _newsvendor(demand)
    goal = MEAN.expression(program, goals, equal_chances(2))
    stochastic = Search(program).minimise(goal, EXACT).value
    # By hand: ordering q between 60 and 120 costs .6 q - 30 - q / 2, least at 60: RP = -24. Mean demand 90: EEV = -21.
    # Known demand: -.4 x 90 = -36. So VSS = 3 and EVPI = 12.
    eev = float(Fraction(6, 10) * 90 - Fraction(60 + 90, 2))
    assert stochastic == pytest.approx(-24.0)
    assert eev - stochastic == pytest.approx(3.0)
    assert stochastic - (-0.4 * 90.0) == pytest.approx(12.0)


def _held(program: Program, value: float) -> Expression:
    return linear([(program.variable(value, value), 1.0)])


def _newsvendor(demand: list[float], cost: float = 0.6) -> tuple[Program, Variable, list[Expression]]:
    """Buy at a cost, sell at 1 what is asked: the order is decided first, the sales in each future."""
    program = Program()
    order, goals = program.variable(0.0, 200.0), []
    for asked in demand:
        sold = program.variable(0.0, asked)
        program.at_most([(sold, 1.0), (order, -1.0)], 0.0)
        goals.append(linear([(order, cost), (sold, -1.0)]))
    return program, order, goals
