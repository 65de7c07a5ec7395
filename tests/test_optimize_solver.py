"""The one place that reads HiGHS: statuses, gaps, tolerances."""

import itertools
import math

import numpy as np
import pytest

from optimize.answer import SolverError, relative_gap
from optimize.plan import Limits, Status
from optimize.program import Program, linear
from optimize.solver import Search

EXACT = Limits(time_limit_s=10, gap=0.0)


def knapsack() -> tuple[Program, list]:
    """The smallest case known to go wrong with HiGHS's default tolerances; the best value is 9."""
    program = Program()
    x = [program.variable(0, 2, whole=True), program.variable(0, 3, whole=True)]
    program.at_most([(x[1], 5_000_001)], 25_000_000)
    program.at_most([(x[0], 4_000_000), (x[1], 2_000_001)], 10_000_000)
    program.at_most([(x[1], -1_999_999)], 10_000_000)
    return program, x


def market_split() -> tuple[Program, list]:
    """Equations over 60 yes-or-no columns that no search solves in a fraction of a second."""
    rng = np.random.default_rng(5)
    program = Program()
    columns = [program.variable(0, 1, whole=True) for _ in range(60)]
    for weights in rng.integers(0, 100, (30, 60)).tolist():
        program.equal(list(zip(columns, weights, strict=True)), sum(weights) // 2)
    return program, columns


def test_coefficients_of_millions_are_solved_right():
    """Amounts in yuan do not fool the tolerances: the value is 9, not 7."""
    program, x = knapsack()
    answer = Search(program).minimise(linear([(x[0], -1), (x[1], -3)]), EXACT)
    assert (answer.status, answer.value, answer.bound) == (Status.OPTIMAL, -9.0, -9.0)
    assert (answer[x[0]], answer[x[1]]) == (0.0, 3.0)


@pytest.mark.parametrize("whole", [True, False])
def test_infeasible_is_said(whole):
    """A program without a point ends infeasible, and no value can be read."""
    program = Program()
    x = program.variable(0, 1, whole=whole)
    program.at_least([(x, 1)], 2)
    answer = Search(program).minimise(linear([(x, 1)]), EXACT)
    assert answer.status is Status.INFEASIBLE
    with pytest.raises(SolverError, match="infeasible"):
        answer[x]


@pytest.mark.parametrize("whole", [True, False])
def test_unbounded_is_said(whole):
    """A goal without a bound ends unbounded."""
    program = Program()
    x = program.variable(0, None, whole=whole)
    answer = Search(program).minimise(linear([(x, -1)]), EXACT)
    assert (answer.status, answer.point) == (Status.UNBOUNDED, None)


def test_nothing_found_is_none():
    """A limit without any point is 'none', never 'optimal'."""
    program, columns = market_split()
    answer = Search(program).minimise(linear([(columns[0], 1)]), Limits(time_limit_s=0.3, gap=0))
    assert (answer.status, answer.point, answer.gap) == (Status.NONE, None, math.inf)


def test_a_time_limit_is_feasible_with_its_gap():
    """A point found before a limit is 'feasible', with a gap recomputed from value and bound."""
    rng = np.random.default_rng(2)
    program = Program()
    columns = [program.variable(0, 1, whole=True) for _ in range(60)]
    apart = []
    for weights in rng.integers(0, 100, (30, 60)).tolist():
        over, under = program.variable(), program.variable()
        program.equal([*zip(columns, weights, strict=True), (over, -1), (under, 1)], sum(weights) // 2)
        apart += [(over, 1.0), (under, 1.0)]
    answer = Search(program).minimise(linear(apart), Limits(time_limit_s=0.5, gap=0.0))
    assert answer.status is Status.FEASIBLE
    assert answer.gap == pytest.approx(relative_gap(answer.value, answer.bound))
    assert answer.gap > 0
    assert answer.value == pytest.approx(answer.amount(linear(apart)))


def test_brute_force_agrees():
    """On random small whole-number programs the value is that of trying every point."""
    rng = np.random.default_rng(11)
    for case in range(60):
        size, scale = int(rng.integers(2, 5)), (1, 1000, 1_000_000)[case % 3]
        rows = (rng.integers(-3, 6, (3, size)) * scale + rng.integers(0, 4, (3, size))).tolist()
        limits = (rng.integers(0, 12, 3) * scale).tolist()
        cost = rng.integers(-5, 6, size).tolist()
        points = itertools.product(range(4), repeat=size)
        fits = [p for p in points if all(sum(a * x for a, x in zip(row, p, strict=True)) <= limit
                                         for row, limit in zip(rows, limits, strict=True))]  # fmt: skip
        program = Program()
        columns = [program.variable(0, 3, whole=True) for _ in range(size)]
        for row, limit in zip(rows, limits, strict=True):
            program.at_most(list(zip(columns, row, strict=True)), limit)
        answer = Search(program).minimise(linear(zip(columns, cost, strict=True)), EXACT)
        best = min(sum(c * x for c, x in zip(cost, p, strict=True)) for p in fits)
        assert (answer.status, answer.value) == (Status.OPTIMAL, best), case


def test_goals_follow_each_other_in_one_search():
    """A kept goal holds in later searches, and fixed columns stay."""
    program, x = knapsack()
    search = Search(program)
    search.keep(linear([(x[1], 1)]), 2)
    second = search.minimise(linear([(x[0], -1), (x[1], -3)]), EXACT)
    assert second.value == -7.0
    search.fix(search.positions([x[0]]), second)
    assert search.minimise(linear([(x[0], 1)]), EXACT).value == second[x[0]]


def test_a_guide_changes_no_value():
    """A guide only helps the search along."""
    program, x = knapsack()
    goal, guide = linear([(x[0], -1), (x[1], -3)]), linear([(x[0], -1)])
    assert Search(program).minimise(goal, EXACT, guide=guide).value == -9.0


def test_a_constant_belongs_to_value_and_bound():
    """Value, bound and gap include the goal's constant."""
    program, x = knapsack()
    answer = Search(program).minimise(linear([(x[0], -1), (x[1], -3)], 109.0), EXACT)
    assert (answer.value, answer.bound) == (100.0, 100.0)


def test_a_variable_named_twice_is_added_up():
    """PuLP would keep the last of two terms with one variable; here they are added."""
    program = Program()
    x = program.variable(0, 5)
    assert dict(linear([(x, 1.0), (x, 2.0)])) == {x: 3.0}


def test_gap_needs_value_and_bound():
    """No gap is claimed without a value and a bound, and none is left where they meet."""
    assert relative_gap(math.inf, 1.0) == math.inf
    assert relative_gap(1.0, -math.inf) == math.inf
    assert relative_gap(0.0, 0.0) == 0.0
    assert relative_gap(10.0, 9.0) == pytest.approx(0.1)
