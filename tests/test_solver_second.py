"""A second solver agrees: the same rows given to CBC, and contradictions that may not pass."""

import math
from dataclasses import replace

import numpy as np
import pytest

from optimize.answer import SolverError
from optimize.plan import Limits, Status
from optimize.program import Program, linear
from optimize.pursuit import Pursuit, assembled
from optimize.requirements import NOTHING
from optimize.second_solver import contradict, cross_checked, second_opinion
from optimize.solver import Search
from scenarios.building.builder import small_district
from scenarios.district import District, ServiceFund
from scenarios.goals import GOALS

EXACT = Limits(time_limit_s=10, gap=0.0)


def random_district(seed: int) -> District:
    """Two or three communities with a random grant each, planned for one year."""
    rng = np.random.default_rng(seed)
    district = small_district(int(rng.integers(2, 4)), seed=seed, residents=int(rng.integers(1200, 4800)))
    grants = tuple(int(grant) for grant in rng.integers(2_000_000, 30_000_000, len(district.communities)))
    return district.with_changes(service_fund=ServiceFund(entitlement_fen=grants), years=1)


@pytest.mark.parametrize("seed", range(20))
def test_the_district_program_has_one_optimum(seed):
    """CBC and HiGHS find the same value for the needs met of a random district, within a millionth."""
    allocation = assembled(random_district(seed), Pursuit(GOALS, None, NOTHING, None, None))
    limits = Limits(time_limit_s=20, gap=1e-7)
    goal = allocation.goals["needs_met"]
    first, second = (solve(allocation.program, goal, limits) for solve in (cross_checked, second_opinion))
    assert (first.status, second.status) == (Status.OPTIMAL, Status.OPTIMAL)
    assert second.value == pytest.approx(first.value, rel=1e-6)
    assert abs(first.value) > 1.0


def bounded(low: float) -> tuple[Program, list]:
    """The least of one number that is at least ``low`` and at most 10."""
    program = Program()
    x = program.variable(0, 10, whole=True)
    program.at_least([(x, 1)], low)
    return program, [x]


@pytest.mark.parametrize(("low", "status"), [(2.5, Status.OPTIMAL), (11, Status.INFEASIBLE)])
def test_both_end_alike(low, status):
    """An optimum, and that there is none, are told by both."""
    program, (x,) = bounded(low)
    answer = cross_checked(program, linear([(x, 2)], 1.0), EXACT)
    assert answer.status is second_opinion(program, linear([(x, 2)]), EXACT).status is status
    assert status is Status.INFEASIBLE or answer.value == 7.0


def test_a_stopped_second_opinion_is_not_called_optimal():
    """CBC under a limit gives a point without a bound, or nothing."""
    rng = np.random.default_rng(5)
    program = Program()
    columns = [program.variable(0, 1, whole=True) for _ in range(60)]
    apart = []
    for weights in rng.integers(0, 100, (30, 60)).tolist():
        slack = [program.variable(), program.variable()]
        apart += slack
        program.equal([*zip(columns, weights, strict=True), *zip(slack, (1, -1), strict=True)], sum(weights) // 2)
    answer = second_opinion(program, linear((one, 1) for one in apart), Limits(time_limit_s=1.0, gap=0.0))
    assert answer.status in (Status.FEASIBLE, Status.NONE)
    assert answer.bound == -math.inf


def test_contradictions_do_not_pass():
    """A value below the other's bound, or an optimum beside 'infeasible', is a defect; a search without result is none."""
    program, (x,) = bounded(2.5)
    answer = Search(program).minimise(linear([(x, 2)]), EXACT)
    better = replace(answer, value=4.0, bound=4.0)
    without = replace(answer, status=Status.INFEASIBLE, value=math.inf, bound=math.inf, point=None)
    stopped = replace(without, status=Status.NONE, bound=-math.inf)
    assert [contradict(answer, other) for other in (answer, better, without, stopped)] == [False, True, True, False]
    assert not contradict(without, stopped)


def test_a_contradiction_is_an_error(monkeypatch):
    """Whoever asks both solvers never gets an answer that one of them refutes."""
    program, (x,) = bounded(2.5)
    wrong = replace(Search(program).minimise(linear([(x, 2)]), EXACT), value=4.0, bound=4.0)
    monkeypatch.setattr("optimize.second_solver.second_opinion", lambda *_: wrong)
    with pytest.raises(SolverError, match="CBC says optimal with value 4"):
        cross_checked(program, linear([(x, 2)]), EXACT)
