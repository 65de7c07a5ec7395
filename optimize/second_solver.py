"""A second opinion from CBC, which PuLP brings along: the same rows, another program, and the same doubts about it.

PuLP's ``status`` says "Optimal" after a time limit and is never read; ``sol_status`` is, and the point is rounded and
checked against every row before it counts. Two solvers that contradict each other are a defect, never an answer.
"""

from __future__ import annotations

import math
import time

import numpy as np
import pulp

from optimize.answer import Answer, SolverError, relative_gap
from optimize.plan import Limits, Status
from optimize.program import Expression, Program, Variable, linear
from optimize.rows import Rows
from optimize.solver import ROW_TOLERANCE, Search
from scenarios.tables import Reals

TOLERANCE = 1e-6  # relative: what the values of two solvers may differ by
EXACTLY = ["primalT 1e-9", "integerT 1e-9"]  # the same tolerances as HiGHS has
STATUS = {
    pulp.LpSolutionOptimal: Status.OPTIMAL,
    pulp.LpSolutionIntegerFeasible: Status.FEASIBLE,
    pulp.LpSolutionInfeasible: Status.INFEASIBLE,
    pulp.LpSolutionUnbounded: Status.UNBOUNDED,
}
WITH_POINT = (Status.OPTIMAL, Status.FEASIBLE)
WITHOUT = (Status.INFEASIBLE, Status.UNBOUNDED)


def cross_checked(program: Program, goal: Expression, limits: Limits) -> Answer:
    """The answer of HiGHS, if nothing that CBC finds contradicts it; raises ``SolverError`` otherwise."""
    first, second = Search(program).minimise(goal, limits), second_opinion(program, goal, limits)
    if contradict(first, second):
        raise SolverError(f"HiGHS says {_told(first)}, CBC says {_told(second)}")
    return first


def contradict(one: Answer, other: Answer) -> bool:
    """Whether two answers to one question cannot both be true; a search that found nothing contradicts no other."""
    if {one.status, other.status} & set(WITHOUT):
        return Status.NONE not in (one.status, other.status) and one.status is not other.status
    room = TOLERANCE * max(1.0, *(abs(answer.value) for answer in (one, other) if answer.point is not None), 0.0)
    return one.value < other.bound - room or other.value < one.bound - room


def second_opinion(program: Program, goal: Expression, limits: Limits) -> Answer:
    """The least value of a goal as CBC finds it."""
    began = time.perf_counter()
    columns = {v.name: position for position, v in enumerate(program.variables)}
    rows = Rows(columns, program.problem.constraints())
    again = _rebuilt(program, rows)
    again.problem.setObjective(linear((again.variables[columns[v.name]], c) for v, c in goal.items()))
    cbc = pulp.COIN_CMD(
        path=pulp.PULP_CBC_CMD.pulp_cbc_path,
        msg=False,
        timeLimit=limits.time_limit_s,
        gapRel=limits.gap,
        threads=1,
        options=EXACTLY,
    )
    try:
        again.problem.solve(cbc)
    except pulp.PulpSolverError as error:
        raise SolverError(f"CBC failed: {error}") from None
    status = STATUS.get(again.problem.sol_status, Status.NONE)
    point = _checked(program, rows, again.variables) if status in WITH_POINT else None
    if status in WITH_POINT and point is None:
        status = Status.NONE
    value = _value(goal, columns, point)
    bound = value - limits.gap * abs(value) if status is Status.OPTIMAL else -math.inf
    return Answer(status, value, bound, relative_gap(value, bound), time.perf_counter() - began, point, columns)


def _rebuilt(program: Program, rows: Rows) -> Program:
    """The program made anew from its flat rows, so that what is solved is what points are checked against."""
    again = Program()
    for v in program.variables:
        again.variable(v.lowBound, v.upBound, whole=v.cat == pulp.LpInteger)
    for row, (begin, end) in enumerate(zip(rows.start[:-1].tolist(), rows.start[1:].tolist(), strict=True)):
        terms = [
            (again.variables[c], v)
            for c, v in zip(rows.column[begin:end].tolist(), rows.value[begin:end].tolist(), strict=True)
        ]
        low, high = float(rows.low[row]), float(rows.high[row])
        if low == high:
            again.equal(terms, low)
        elif math.isinf(low):
            again.at_most(terms, high)
        else:
            again.at_least(terms, low)
    return again


def _checked(program: Program, rows: Rows, solved: list[Variable]) -> Reals | None:
    """The point, whole columns rounded, if it keeps every row and bound."""
    values = np.array([0.0 if v.varValue is None else float(v.varValue) for v in solved])
    whole = np.array([v.cat == pulp.LpInteger for v in program.variables], dtype=bool)
    low = np.array([-math.inf if v.lowBound is None else v.lowBound for v in program.variables], dtype=float)
    high = np.array([math.inf if v.upBound is None else v.upBound for v in program.variables], dtype=float)
    point = np.clip(np.where(whole, np.rint(values), values), low, high)
    moved = np.abs(point - values).max(initial=0.0)
    return point if moved <= ROW_TOLERANCE and rows.excess(point) <= ROW_TOLERANCE else None


def _value(goal: Expression, columns: dict[str, int], point: Reals | None) -> float:
    if point is None:
        return math.inf
    return math.fsum([c * float(point[columns[v.name]]) for v, c in goal.items()]) + float(goal.constant)


def _told(answer: Answer) -> str:
    return f"{answer.status} with value {answer.value:.12g} and bound {answer.bound:.12g}"
