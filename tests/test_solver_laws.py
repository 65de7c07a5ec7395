"""What a search may say: exact optima on hundreds of small programs, textbook cases, and every way to end."""

import itertools
import math

import numpy as np
import pytest

from optimize.answer import SolverError, relative_gap
from optimize.plan import Limits, Status
from optimize.program import Program, linear
from optimize.second_solver import second_opinion
from optimize.solver import Search

EXACT = Limits(time_limit_s=20, gap=0.0)
HIGH = (1, 3, 2, 1, 1, 2)  # largest value of each variable


def random_program(seed):
    """Rows, limits and costs of up to six whole variables, with coefficients up to 10^7, many nearly whole millions."""
    rng = np.random.default_rng(seed)
    size, rows = int(rng.integers(2, 7)), int(rng.integers(1, 5))
    scale = int(rng.choice([1, 1_000, 1_000_000]))
    matrix = rng.integers(-4, 11, (rows, size)) * scale + rng.integers(-3, 4, (rows, size))
    limits = rng.integers(-2, 25, rows) * scale + rng.integers(-1, 2, rows)
    return matrix, limits, rng.integers(-9, 10, size)


def best_of_all_points(matrix, limits, cost):
    """The least cost over every point, in whole numbers; None if no point fits."""
    points = np.array(list(itertools.product(*(range(high + 1) for high in HIGH[: len(cost)]))), dtype=np.int64)
    fits = (points @ matrix.T <= limits).all(axis=1)
    return int((points[fits] @ cost).min()) if fits.any() else None


def stated(matrix, limits, cost):
    program = Program()
    columns = [program.variable(0, high, whole=True) for high in HIGH[: len(cost)]]
    for row, limit in zip(matrix.tolist(), limits.tolist(), strict=True):
        program.at_most(zip(columns, row, strict=True), limit)
    return program, linear(zip(columns, cost.tolist(), strict=True))


@pytest.mark.parametrize("presolve", [True, False])
@pytest.mark.parametrize("block", range(6))
def test_brute_force_agrees_with_presolve_on_and_off(block, presolve):
    """Status and value of 300 random programs are those of trying every point, whatever presolve does."""
    endings = set()
    for seed in range(50 * block, 50 * block + 50):
        matrix, limits, cost = random_program(seed)
        best = best_of_all_points(matrix, limits, cost)
        program, goal = stated(matrix, limits, cost)
        answer = Search(program, presolve=presolve).minimise(goal, EXACT, whole_goal=bool(seed % 2))
        endings.add(answer.status)
        if best is None:
            assert answer.status is Status.INFEASIBLE, seed
        else:
            assert (answer.status, answer.value) == (Status.OPTIMAL, best), seed
            assert answer.bound == pytest.approx(best, abs=1e-5), seed
    assert endings == {Status.OPTIMAL, Status.INFEASIBLE}


def near_millions():
    """Two variables, three rows: 7 with HiGHS's own tolerances, in truth 9."""
    program = Program()
    x = [program.variable(0, 2, whole=True), program.variable(0, 3, whole=True)]
    program.at_most([(x[1], 5_000_001)], 25_000_000)
    program.at_most([(x[0], 4_000_000), (x[1], 2_000_001)], 10_000_000)
    program.at_most([(x[1], -1_999_999)], 10_000_000)
    return program, linear([(x[0], -1), (x[1], -3)])


def two_variables_one_row():
    """HiGHS's issue 3043: min 2x + 3z, x + z >= 4.5, both up to 10, z whole."""
    program = Program()
    x, z = program.variable(0, 10), program.variable(0, 10, whole=True)
    program.at_least([(x, 1), (z, 1)], 4.5)
    return program, linear([(x, 2), (z, 3)])


def klee_minty():
    """V. Klee, G. J. Minty (1972), three variables: the simplex method's long way round."""
    program = Program()
    x = [program.variable() for _ in range(3)]
    program.at_most([(x[0], 1)], 1)
    program.at_most([(x[0], 20), (x[1], 1)], 100)
    program.at_most([(x[0], 200), (x[1], 20), (x[2], 1)], 10_000)
    return program, linear([(x[0], -100), (x[1], -10), (x[2], -1)])


def fano_plane():
    """Seven points, seven lines of three: the fewest points that meet every line are the three of a line."""
    program = Program()
    points = [program.variable(0, 1, whole=True) for _ in range(7)]
    for line in ("012", "034", "056", "135", "146", "236", "245"):
        program.at_least([(points[int(point)], 1) for point in line], 1)
    return program, linear((point, 1) for point in points)


@pytest.mark.parametrize("presolve", [True, False])
@pytest.mark.parametrize(("case", "value"), [(near_millions, -9), (two_variables_one_row, 9), (klee_minty, -10_000),
                                             (fano_plane, 3)])  # fmt: skip
def test_textbook_cases_end_at_their_known_value(case, value, presolve):
    """HiGHS with presolve on and off, and CBC, find the published value."""
    program, goal = case()
    for answer in (Search(program, presolve=presolve).minimise(goal, EXACT), second_opinion(program, goal, EXACT)):
        assert answer.status is Status.OPTIMAL
        assert answer.value == pytest.approx(value, abs=1e-6)


def parity():
    """An odd number as the sum of even ones: the relaxation has points, whole numbers have none."""
    program = Program()
    columns = [program.variable(0, 1, whole=True) for _ in range(10)]
    program.equal([(column, 2) for column in columns], 9)
    return program, linear([(columns[0], 1)])


def impossible_row():
    program = Program()
    x = program.variable(0, 1)
    program.at_least([(x, 1)], 2)
    return program, linear([(x, 1)])


def downhill():
    program = Program()
    x, y = program.variable(0, None, whole=True), program.variable(0, None)
    program.at_most([(x, 1), (y, -1)], 3)
    return program, linear([(x, -1)])


def market_split(*, soft):
    """Equations over 60 yes-or-no columns; ``soft`` ones have slacks, and any point fits."""
    rng = np.random.default_rng(5)
    program = Program()
    columns = [program.variable(0, 1, whole=True) for _ in range(60)]
    apart = []
    for weights in rng.integers(0, 100, (30, 60)).tolist():
        slack = [program.variable(), program.variable()] if soft else []
        apart += slack
        terms = [*zip(columns, weights, strict=True), *zip(slack, (1, -1), strict=False)]
        program.equal(terms, sum(weights) // 2)
    return program, linear((one, 1) for one in apart or columns[:1])


ENDINGS = {
    "proven": (two_variables_one_row, Status.OPTIMAL, {}),
    "a node limit with a point": (lambda: market_split(soft=True), Status.FEASIBLE, {"node_limit": 1}),
    "a node limit without one": (lambda: market_split(soft=False), Status.NONE, {"node_limit": 1}),
    "no whole point": (parity, Status.INFEASIBLE, {}),
    "no point": (impossible_row, Status.INFEASIBLE, {}),
    "no bound": (downhill, Status.UNBOUNDED, {}),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_is_told_truly(ending):
    """A point, its value and a finite gap exist where they may; a limit is never shown as done."""
    case, status, options = ENDINGS[ending]
    program, goal = case()
    answer = Search(program, **options).minimise(goal, EXACT)
    assert answer.status is status
    has_point = status in (Status.OPTIMAL, Status.FEASIBLE)
    assert (answer.point is not None, math.isfinite(answer.value)) == (has_point, has_point)
    assert answer.gap == relative_gap(answer.value, answer.bound)
    assert (answer.gap == 0.0) == (status is Status.OPTIMAL)
    if has_point:
        assert answer.value == pytest.approx(answer.amount(goal))
    else:
        with pytest.raises(SolverError, match=str(status)):
            answer[program.variables[0]]


def test_a_time_limit_is_kept():
    """A search with a limit takes no longer, and says that it was stopped."""
    program, goal = market_split(soft=True)
    answer = Search(program).minimise(goal, Limits(time_limit_s=1.0, gap=0.0))
    assert answer.status is Status.FEASIBLE
    assert answer.seconds < 2.5


@pytest.mark.parametrize(("coefficient", "cost"), [(math.nan, 1), (math.inf, 1), (1, math.nan), (1, math.inf)])
def test_what_is_no_number_is_an_error_of_ours(coefficient, cost):
    """A coefficient or cost that is no number never leads to an answer."""
    program = Program()
    x = program.variable(0, 1)
    program.at_most([(x, coefficient)], 1)
    with pytest.raises(SolverError, match="refused"):
        Search(program).minimise(linear([(x, cost)]), EXACT)


def test_a_whole_goal_ends_as_soon_as_no_whole_value_is_left():
    """Rounding the bound up changes no optimum."""
    program, goal = fano_plane()
    answer = Search(program, node_limit=1).minimise(goal, EXACT, whole_goal=True)
    assert (answer.status, answer.value, answer.bound) == (Status.OPTIMAL, 3.0, 3.0)
