"""The only place that talks to HiGHS and reads how a search ended. Always a minimisation, always one thread.

PuLP's own status is never read: it says "Optimal" after a time limit. The status here is made of HiGHS's raw model
status, the gap recomputed from value and bound, and a check of the point against every row, and a point is only handed
out with an accepted status. HiGHS's default tolerances can be units of money with coefficients of millions and have
given a wrong optimum; with 1e-9 they did not.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import pulp

from optimize.plan import Limits, Status
from optimize.program import Expression, Program, Variable
from scenarios.tables import Integers, Reals

OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "threads": 1,  # HiGHS keeps one scheduler a process: another number of threads would return nothing
    "random_seed": 0,
    "primal_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "mip_abs_gap": 1e-9,
}
ROW_TOLERANCE = 1e-6  # of a row's size; the exact audit follows
NOTHING_LEFT = 1e-6  # a value this close to its bound has no gap
Raw = highspy.HighsModelStatus
STOPPED = ("kTimeLimit", "kIterationLimit", "kSolutionLimit", "kMemoryLimit", "kInterrupt", "kHighsInterrupt",
           "kObjectiveBound", "kObjectiveTarget", "kUnknown")  # fmt: skip


class SolverError(RuntimeError):
    """HiGHS refused its input or returned a state that has no meaning here: a defect, never a user's mistake."""


@dataclass(frozen=True, eq=False)
class Answer:
    """How one search ended. ``point`` holds the columns' values, and exists only with an accepted status."""

    status: Status
    value: float
    bound: float
    gap: float
    seconds: float
    point: Reals | None
    columns: dict[str, int]

    def __getitem__(self, variable: Variable) -> float:
        """The value of a variable. Raises ``SolverError`` if there is no accepted point."""
        if self.point is None:
            raise SolverError(f"no value may be read after status {self.status}")
        return float(self.point[self.columns[variable.name]])

    def amount(self, expression: Expression) -> float:
        """The value of an expression."""
        return math.fsum([coefficient * self[v] for v, coefficient in expression.items()]) + float(expression.constant)


class Search:
    """A program handed to HiGHS once. Goals are minimised one after the other; rows and fixed columns can be added."""

    def __init__(self, program: Program) -> None:
        variables = program.variables
        self.columns: dict[str, int] = {v.name: position for position, v in enumerate(variables)}
        self._low = np.array([-math.inf if v.lowBound is None else v.lowBound for v in variables], dtype=float)
        self._high = np.array([math.inf if v.upBound is None else v.upBound for v in variables], dtype=float)
        self._whole = np.array([v.cat == pulp.LpInteger for v in variables], dtype=bool)
        self._rows = _Rows(self.columns, program.problem.constraints())
        self._highs = highspy.Highs()
        for name, value in OPTIONS.items():
            _check(self._highs.setOptionValue(name, value), f"option {name}")
        self._hand_over()

    def _hand_over(self) -> None:
        count, rows = len(self.columns), self._rows
        _check(
            self._highs.passModel(
                count, len(rows.low), len(rows.column), int(highspy.MatrixFormat.kRowwise),
                int(highspy.ObjSense.kMinimize), 0.0, np.zeros(count), self._low, self._high, rows.low, rows.high,
                rows.start.astype(np.int32), rows.column.astype(np.int32), rows.value, self._whole.astype(np.int32),
            ),
            "hand-over",
        )  # fmt: skip

    def minimise(self, goal: Expression, limits: Limits, *, start: Reals | None = None) -> Answer:
        """Search for the least value of a goal. ``start`` is a full point to begin from."""
        began = time.perf_counter()
        cost = np.zeros(len(self.columns))
        for variable, coefficient in goal.items():
            cost[self.columns[variable.name]] = coefficient
        everything = np.arange(len(cost), dtype=np.int32)
        _check(self._highs.changeColsCost(len(cost), everything, cost), "costs")
        _check(self._highs.changeObjectiveOffset(float(goal.constant)), "constant")
        raw = self._run(limits, start)
        if raw == Raw.kUnboundedOrInfeasible or raw == Raw.kInfeasible:
            # Presolve cannot always tell the two apart, and has called feasible problems infeasible.
            raw = self._run(limits, None, presolve=False)
        return self._answer(raw, cost, float(goal.constant), limits, time.perf_counter() - began)

    def _run(self, limits: Limits, start: Reals | None, *, presolve: bool = True) -> Any:
        highs = self._highs
        highs.setOptionValue("presolve", "choose" if presolve else "off")
        highs.setOptionValue("mip_rel_gap", float(limits.gap))
        # HiGHS counts the time of all runs of one object.
        highs.setOptionValue("time_limit", highs.getRunTime() + max(float(limits.time_limit_s), 0.0))
        highs.clearSolver()
        if start is not None and self._whole.any():
            highs.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
        if highs.run() == highspy.HighsStatus.kError:
            raise SolverError(f"HiGHS failed: {highs.getModelStatus()}")
        return highs.getModelStatus()

    def _answer(self, raw: Any, cost: Reals, constant: float, limits: Limits, seconds: float) -> Answer:
        point = self._point(raw)
        value = math.inf if point is None else math.fsum((cost * point).tolist()) + constant
        bound = self._bound(raw, value)
        gap = relative_gap(value, bound)
        status = _status(raw, point is not None, gap <= limits.gap + 1e-12)
        return Answer(status, value, bound, gap, seconds, point, self.columns)

    def _point(self, raw: Any) -> Reals | None:
        """The point found, whole columns rounded, if there is one and it keeps every row and bound."""
        feasible = int(highspy.SolutionStatus.kSolutionStatusFeasible)
        if raw in (Raw.kInfeasible, Raw.kUnbounded, Raw.kUnboundedOrInfeasible):
            return None
        if raw != Raw.kModelEmpty and self._highs.getInfo().primal_solution_status != feasible:
            return None
        point = np.array(self._highs.getSolution().col_value, dtype=float)
        if len(point) != len(self.columns):
            return None
        point = np.clip(np.where(self._whole, np.rint(point), point), self._low, self._high)
        return point if np.isfinite(point).all() and self._rows.excess(point) <= ROW_TOLERANCE else None

    def _bound(self, raw: Any, value: float) -> float:
        if self._whole.any():
            return float(self._highs.getInfo().mip_dual_bound)
        return value if raw in (Raw.kOptimal, Raw.kModelEmpty) else -math.inf

    def keep(self, goal: Expression, at_most: float) -> None:
        """Hold a goal at or below a value from now on."""
        columns = np.array([self.columns[v.name] for v in goal], dtype=np.int32)
        values = np.array(list(goal.values()), dtype=float)
        limit = at_most - float(goal.constant)
        _check(self._highs.addRow(-math.inf, limit, len(columns), columns, values), "row")
        self._rows.append(columns, values, limit)

    def fix(self, variables: list[Variable], answer: Answer) -> None:
        """Hold variables at the values of an answer from now on."""
        for variable in variables:
            column, value = self.columns[variable.name], answer[variable]
            self._low[column] = self._high[column] = value
            _check(self._highs.changeColBounds(column, value, value), "bounds")


class _Rows:
    """The rows as flat arrays, to hand over and to check a point against."""

    def __init__(self, columns: dict[str, int], constraints: list[pulp.LpConstraint]) -> None:
        terms = [(columns[v.name], float(c)) for row in constraints for v, c in row.items()]
        lengths = [len(row) for row in constraints]
        limits = np.array([-float(row.constant) for row in constraints])
        senses = np.array([row.sense for row in constraints], dtype=int)
        self.start: Integers = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        self.column: Integers = np.array([column for column, _ in terms], dtype=np.int64)
        self.value: Reals = np.array([value for _, value in terms], dtype=float)
        self.low: Reals = np.where(senses == pulp.LpConstraintLE, -math.inf, limits)
        self.high: Reals = np.where(senses == pulp.LpConstraintGE, math.inf, limits)

    def append(self, columns: Any, values: Reals, high: float) -> None:
        self.start = np.append(self.start, self.start[-1] + len(columns))
        self.column, self.value = np.append(self.column, columns), np.append(self.value, values)
        self.low, self.high = np.append(self.low, -math.inf), np.append(self.high, high)

    def excess(self, point: Reals) -> float:
        """Largest violation of a row, relative to the size of its terms and limit."""
        row = np.repeat(np.arange(len(self.low)), np.diff(self.start))
        parts = self.value * point[self.column]
        activity = np.bincount(row, weights=parts, minlength=len(self.low))
        size = 1.0 + np.bincount(row, weights=np.abs(parts), minlength=len(self.low))
        over = np.maximum(activity - self.high, self.low - activity) / size
        return float(over.max(initial=0.0))


def relative_gap(value: float, bound: float) -> float:
    """Distance from a value to its bound relative to the value; infinite without either."""
    if not (math.isfinite(value) and math.isfinite(bound)):
        return math.inf
    return 0.0 if value - bound <= NOTHING_LEFT else (value - bound) / max(abs(value), NOTHING_LEFT)


def _status(raw: Any, has_point: bool, proven: bool) -> Status:
    if raw == Raw.kInfeasible:
        return Status.INFEASIBLE
    if raw in (Raw.kUnbounded, Raw.kUnboundedOrInfeasible):
        return Status.UNBOUNDED if raw == Raw.kUnbounded else Status.NONE
    if raw in (Raw.kOptimal, Raw.kModelEmpty) or raw.name in STOPPED:
        if not has_point:
            return Status.NONE
        return Status.OPTIMAL if proven else Status.FEASIBLE
    raise SolverError(f"HiGHS ended with {raw}")


def _check(result: Any, what: str) -> None:
    if result == highspy.HighsStatus.kError:
        raise SolverError(f"HiGHS refused the {what}")
