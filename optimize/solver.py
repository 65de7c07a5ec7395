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
from optimize.rows import Rows
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
WHOLE_ENOUGH = 1e-6  # a relaxed value this close to a whole number is taken as settled
DUAL, PRIMAL = 1, 4  # simplex strategies: from scratch, and from a vertex that another goal left
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
        self._rows = Rows(self.columns, program.problem.constraints())
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

    def minimise(self, goal: Expression, limits: Limits, *, start: Reals | None = None,
                 guide: Expression | None = None) -> Answer:  # fmt: skip
        """Search for the least value of a goal. ``start`` is a full point to begin from.

        First the relaxation; then a search over only those whole columns that it left fractional. Where the relaxation
        is tight that already meets the gap. If not, the full search follows from the better point. A ``guide`` is a
        second goal that settles what the first leaves open in the relaxation, so that few columns stay fractional.
        """
        began = time.perf_counter()
        self._set_goal(goal)
        bound, best = -math.inf, start
        if self._whole.any():
            start = self._polished(start, limits)
            bound, found = self._narrow_search(goal, guide, limits, start)
            best = self._better(start, found)
        if best is not None and relative_gap(self._value(best), bound) <= limits.gap:
            return self._answer(Raw.kOptimal, best, bound, limits, began)
        raw = self._run(limits.time_limit_s - (time.perf_counter() - began), limits.gap, start=best)
        if best is None and raw in (Raw.kUnboundedOrInfeasible, Raw.kInfeasible):
            # Presolve cannot always tell the two apart, and has called feasible problems infeasible.
            raw = self._run(limits.time_limit_s, limits.gap, presolve=False)
        found = self._point(raw)
        proven = max(bound, self._proven(raw, found))
        return self._answer(raw, self._better(best, found), proven, limits, began)

    def _better(self, one: Reals | None, other: Reals | None) -> Reals | None:
        return min((point for point in (one, other) if point is not None), key=self._value, default=None)

    def _set_goal(self, goal: Expression) -> None:
        cost = np.zeros(len(self.columns))
        for variable, coefficient in goal.items():
            cost[self.columns[variable.name]] = coefficient
        _check(self._highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost), "costs")
        # With its constant, so that HiGHS's relative gap is ours.
        _check(self._highs.changeObjectiveOffset(float(goal.constant)), "constant")
        self._cost, self._constant = cost, float(goal.constant)

    def _polished(self, start: Reals | None, limits: Limits) -> Reals | None:
        """The best point with the whole columns of ``start``."""
        if start is None:
            return None
        columns, at = self.whole_columns, self.whole_columns.astype(np.int32)
        self._highs.changeColsBounds(len(at), at, start[columns], start[columns])
        point = self._point(self._run(limits.time_limit_s / 3, limits.gap))
        self._highs.changeColsBounds(len(at), at, self._low[columns], self._high[columns])
        return start if point is None else point

    def _narrow_search(self, goal: Expression, guide: Expression | None, limits: Limits,
                       start: Reals | None) -> tuple[float, Reals | None]:  # fmt: skip
        """The bound of the relaxation, and a point found with the columns fixed that the relaxation made whole."""
        columns, at = self.whole_columns, self.whole_columns.astype(np.int32)
        self._highs.changeColsIntegrality(len(at), at, np.zeros(len(at), dtype=np.uint8))
        bound, relaxed = self._relaxed_towards(goal, guide, limits)
        self._highs.changeColsIntegrality(len(at), at, np.ones(len(at), dtype=np.uint8))
        if relaxed is None:
            return bound, None
        near = np.clip(np.rint(relaxed[columns]), self._low[columns], self._high[columns])
        settled = _is_whole(relaxed[columns])
        if start is not None:
            settled &= near == start[columns]
        low, high = np.where(settled, near, self._low[columns]), np.where(settled, near, self._high[columns])
        self._highs.changeColsBounds(len(at), at, low, high)
        # Without the start, of which HiGHS would search the surroundings for longer than all the rest takes.
        point = self._point(self._run(limits.time_limit_s / 2, limits.gap / 2))
        self._highs.changeColsBounds(len(at), at, self._low[columns], self._high[columns])
        return bound, point

    def _relaxed_towards(
        self, goal: Expression, guide: Expression | None, limits: Limits
    ) -> tuple[float, Reals | None]:
        """The bound of the relaxation, and the nearly best vertex that leaves fewest whole columns fractional."""
        if guide is None:
            return self._relax(limits)
        # From the vertex that is best for the guide it is a short way to the goal's, and back within a tolerance.
        self._set_goal(guide)
        self._relax(limits)
        self._set_goal(goal)
        bound, relaxed = self._relax(limits, hot=True)
        if relaxed is None:
            return bound, None
        row = self._add_row(goal, bound + limits.gap / 3 * abs(bound))
        self._set_goal(guide)
        guided = self._relax(limits, hot=True)[1]
        self._highs.deleteRows(1, np.array([row], dtype=np.int32))
        self._set_goal(goal)
        fewer = guided is not None and self._open_columns(guided) < self._open_columns(relaxed)
        return bound, guided if fewer else relaxed

    def _open_columns(self, point: Reals) -> int:
        return int((~_is_whole(point[self.whole_columns])).sum())

    def _relax(self, limits: Limits, *, hot: bool = False) -> tuple[float, Reals | None]:
        """Least value and point without any whole columns; ``hot`` goes on from the last vertex, by primal simplex."""
        self._highs.setOptionValue("simplex_strategy", PRIMAL if hot else DUAL)
        raw = self._run(limits.time_limit_s / 2, limits.gap, relaxed=True, hot=hot)
        self._highs.setOptionValue("simplex_strategy", DUAL)
        if raw != Raw.kOptimal:
            return -math.inf, None
        value = float(self._highs.getInfo().objective_function_value)
        return value, np.array(self._highs.getSolution().col_value, dtype=float)

    def _run(self, seconds: float, gap: float, *, start: Reals | None = None, presolve: bool = True,
             relaxed: bool = False, hot: bool = False) -> Any:  # fmt: skip
        highs = self._highs
        highs.setOptionValue("presolve", "choose" if presolve else "off")
        highs.setOptionValue("mip_rel_gap", float(gap))
        # HiGHS counts the time of all runs of one object against the limit of a linear search, and of one run otherwise.
        before = highs.getRunTime() if relaxed or not self._whole.any() else 0.0
        highs.setOptionValue("time_limit", before + max(float(seconds), 0.0))
        if not hot:
            highs.clearSolver()
        if start is not None and self._whole.any():
            highs.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
        if highs.run() == highspy.HighsStatus.kError:
            raise SolverError(f"HiGHS failed: {highs.getModelStatus()}")
        return highs.getModelStatus()

    def _value(self, point: Reals) -> float:
        return math.fsum((self._cost * point).tolist()) + self._constant

    def _answer(self, raw: Any, point: Reals | None, bound: float, limits: Limits, began: float) -> Answer:
        value = math.inf if point is None else self._value(point)
        gap = relative_gap(value, bound)
        status = _status(raw, point is not None, gap <= limits.gap + 1e-12)
        return Answer(status, value, bound, gap, time.perf_counter() - began, point, self.columns)

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

    def _proven(self, raw: Any, point: Reals | None) -> float:
        """What the last run proved the goal to be at least, its constant included."""
        if self._whole.any() and raw != Raw.kModelEmpty:
            return float(self._highs.getInfo().mip_dual_bound)
        return self._value(point) if point is not None and raw in (Raw.kOptimal, Raw.kModelEmpty) else -math.inf

    def keep(self, goal: Expression, at_most: float) -> None:
        """Hold a goal at or below a value from now on."""
        self._add_row(goal, at_most)
        columns = np.array([self.columns[v.name] for v in goal], dtype=np.int64)
        self._rows.append(columns, np.array(list(goal.values()), dtype=float), at_most - float(goal.constant))

    def _add_row(self, goal: Expression, at_most: float) -> int:
        columns = np.array([self.columns[v.name] for v in goal], dtype=np.int32)
        values, limit = np.array(list(goal.values()), dtype=float), at_most - float(goal.constant)
        _check(self._highs.addRow(-math.inf, limit, len(columns), columns, values), "row")
        return int(self._highs.getNumRow()) - 1

    def fix(self, columns: Integers, answer: Answer) -> None:
        """Hold columns at the values of an answer from now on."""
        if answer.point is not None and len(columns):
            self._low[columns] = self._high[columns] = answer.point[columns]
            at = columns.astype(np.int32)
            _check(self._highs.changeColsBounds(len(at), at, self._low[at], self._high[at]), "bounds")

    def positions(self, variables: list[Variable]) -> Integers:
        """Columns of variables."""
        return np.array([self.columns[v.name] for v in variables], dtype=np.int64)

    @property
    def whole_columns(self) -> Integers:
        """Columns that take whole numbers only."""
        return np.flatnonzero(self._whole)


def _is_whole(values: Reals) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(np.abs(values - np.rint(values)) < WHOLE_ENOUGH)


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
