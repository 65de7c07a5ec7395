"""The only place that talks to HiGHS and reads how a search ended. Always a minimisation, always one thread.

PuLP's own status is never read: it says "Optimal" after a time limit. The status here is made of HiGHS's raw model
status, the gap recomputed from value and bound, and a check of the point against every row, and a point is only handed
out with an accepted status. HiGHS's default tolerances can be units of money with coefficients of millions and have
given a wrong optimum; with 1e-9 they did not.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import highspy
import numpy as np
import pulp

from optimize.answer import Answer, SolverError, is_proven, relative_gap
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
WHOLE_ENOUGH = 1e-6  # a relaxed value this close to a whole number is taken as settled
LESS_THAN_A_STEP = 0.999  # of a goal in whole steps: a bound this close to a value leaves nothing between them
DUAL, PRIMAL = 1, 4  # simplex strategies: from scratch, and from a vertex that another goal left
Raw = highspy.HighsModelStatus
STOPPED = ("kTimeLimit", "kIterationLimit", "kSolutionLimit", "kMemoryLimit", "kInterrupt", "kHighsInterrupt",
           "kObjectiveBound", "kObjectiveTarget", "kUnknown")  # fmt: skip


class Search:
    """A program handed to HiGHS once. Goals are minimised one after the other; rows and fixed columns can be added.

    ``presolve`` off and a ``node_limit`` (branch and bound nodes of one run, the same on every machine) are for checks.
    """

    def __init__(self, program: Program, *, presolve: bool = True, node_limit: int | None = None) -> None:
        variables = program.variables
        self.columns: dict[str, int] = {v.name: position for position, v in enumerate(variables)}
        self._low = np.array([-math.inf if v.lowBound is None else v.lowBound for v in variables], dtype=float)
        self._high = np.array([math.inf if v.upBound is None else v.upBound for v in variables], dtype=float)
        self._whole = np.array([v.cat == pulp.LpInteger for v in variables], dtype=bool)
        self._rows = Rows(self.columns, program.problem.constraints())
        self._highs = highspy.Highs()
        for name, value in OPTIONS.items():
            _check(self._highs.setOptionValue(name, value), f"option {name}")
        self._presolve, self._whole_goal, self._ends = presolve, False, math.inf
        self._vertex: Any | None = None  # the basis of the last relaxation, and the goal it was best for
        self._vertex_cost: Reals = np.zeros(0)
        if node_limit is not None:
            _check(self._highs.setOptionValue("mip_max_nodes", node_limit), "node limit")
        self._hand_over()

    def _hand_over(self) -> None:
        count, rows = len(self.columns), self._rows
        _check_numbers("rows", rows.value)
        _check(
            self._highs.passModel(
                count, len(rows.low), len(rows.column), int(highspy.MatrixFormat.kRowwise),
                int(highspy.ObjSense.kMinimize), 0.0, np.zeros(count), self._low, self._high, rows.low, rows.high,
                rows.start.astype(np.int32), rows.column.astype(np.int32), rows.value, self._whole.astype(np.int32),
            ),
            "hand-over",
        )  # fmt: skip

    def minimise(self, goal: Expression, limits: Limits, *, start: Reals | None = None,
                 guide: Expression | None = None, whole_goal: bool = False) -> Answer:  # fmt: skip
        """Search for the least value of a goal. ``start`` is a full point to begin from.

        ``whole_goal``: at its best the goal is known to be a whole number, so that every bound may be rounded up.

        First the relaxation; then a search over only those whole columns that it left fractional. Where the relaxation
        is tight that already meets the gap. If not, the full search follows from the better point. A ``guide`` is a
        second goal that settles what the first leaves open in the relaxation, so that few columns stay fractional.
        """
        began = time.perf_counter()
        self._ends, self._whole_goal = began + limits.time_limit_s, whole_goal
        least = LESS_THAN_A_STEP if whole_goal else OPTIONS["mip_abs_gap"]
        _check(self._highs.setOptionValue("mip_abs_gap", max(least, limits.tolerance)), "gap")
        self._set_goal(goal)
        bound, best = -math.inf, start
        if (self._whole & (self._low < self._high)).any():
            start = self._polished(start, limits)
            bound, found = self._narrow_search(goal, guide, limits, start)
            bound = self._rounded_up(bound)
            best = self._better(start, found)
        if best is not None and is_proven(self._value(best), bound, limits):
            return self._answer(Raw.kOptimal, best, bound, limits, began)
        raw = self._run(limits.time_limit_s - (time.perf_counter() - began), limits.gap, start=best)
        if best is None and raw in (Raw.kUnboundedOrInfeasible, Raw.kInfeasible):
            # Presolve cannot always tell the two apart, and has called feasible problems infeasible.
            self._ends = time.perf_counter() + limits.time_limit_s
            raw = self._run(limits.time_limit_s, limits.gap, presolve=False)
        found = self._point(raw)
        proven = max(bound, self._rounded_up(self._proven(raw, found)))
        return self._answer(raw, self._better(best, found), proven, limits, began)

    def _rounded_up(self, bound: float) -> float:
        """A bound as far up as a goal in whole steps allows, with room for the error of the relaxation."""
        if not (self._whole_goal and math.isfinite(bound)):
            return bound
        return float(math.ceil(bound - max(1e-4, 1e-9 * abs(bound))))

    def _better(self, one: Reals | None, other: Reals | None) -> Reals | None:
        return min((point for point in (one, other) if point is not None), key=self._value, default=None)

    def _set_goal(self, goal: Expression) -> None:
        cost = np.zeros(len(self.columns))
        for variable, coefficient in goal.items():
            cost[self.columns[variable.name]] = coefficient
        _check_numbers("costs", cost, np.array([float(goal.constant)]))
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
        enough = bound + max(limits.gap * abs(bound), limits.tolerance)
        dived = None if relaxed is None else self._dived(relaxed, enough, limits)
        self._highs.changeColsIntegrality(len(at), at, np.ones(len(at), dtype=np.uint8))
        if relaxed is None or (dived is not None and is_proven(self._value(dived), bound, limits)):
            return bound, dived
        near = np.clip(np.rint(relaxed[columns]), self._low[columns], self._high[columns])
        settled = _is_whole(relaxed[columns])
        if start is not None:
            settled &= near == start[columns]
        low, high = np.where(settled, near, self._low[columns]), np.where(settled, near, self._high[columns])
        self._highs.changeColsBounds(len(at), at, low, high)
        # Without the start, of which HiGHS would search the surroundings for longer than all the rest takes.
        point = self._point(self._run(limits.time_limit_s / 2, limits.gap / 2))
        self._highs.changeColsBounds(len(at), at, self._low[columns], self._high[columns])
        return bound, self._better(dived, point)

    def _relaxed_towards(
        self, goal: Expression, guide: Expression | None, limits: Limits
    ) -> tuple[float, Reals | None]:
        """The bound of the relaxation, and the nearly best vertex that leaves fewest whole columns fractional."""
        if guide is None:
            found = self._relax(limits)
            self._vertex = None  # it says nothing about a goal that comes without a word from this one
            return found
        if self._vertex is None:
            # From the vertex that is best for the guide it is a short way to the goal's, and back within a tolerance.
            self._set_goal(guide)
            self._relax(limits)
            self._set_goal(goal)
        bound, relaxed = self._relax(limits)
        if relaxed is None:
            return bound, None
        row = self._add_row(goal, bound + limits.gap / 3 * abs(bound))
        self._set_goal(guide)
        guided = self._relax(limits)[1]
        self._drop_row(row)
        self._set_goal(goal)
        fewer = guided is not None and self._open_columns(guided) < self._open_columns(relaxed)
        return bound, guided if fewer else relaxed

    def _dived(self, point: Reals, enough: float, limits: Limits) -> Reals | None:
        """A whole point: columns that the relaxation made whole are held, and a quarter of the rest, those nearest to whole
        numbers, are rounded; then the relaxation is solved again, and so on. None if that ends nowhere, or above a value
        that is good enough.

        Each time from scratch: with so much held, presolve leaves little.
        """
        columns, at, known = self.whole_columns, self.whole_columns.astype(np.int32), self._vertex
        low, high, found = self._low[columns].copy(), self._high[columns].copy(), None
        left: Reals | None = point
        self._highs.setOptionValue("objective_bound", enough)
        while left is not None:
            if (low == high).all():  # held at whole numbers, not only close to them
                found = self._settled(left)
                break
            near = np.clip(np.rint(left[columns]), low, high)
            away = np.abs(left[columns] - near)
            still = np.flatnonzero(away >= WHOLE_ENOUGH)
            rounded = still[np.argsort(away[still], kind="stable")][: (len(still) + 3) // 4]
            held = np.union1d(np.flatnonzero(away < WHOLE_ENOUGH), rounded)
            low[held] = high[held] = near[held]
            self._highs.changeColsBounds(len(at), at, low, high)
            self._vertex = None
            left = self._relax(limits)[1]
        self._vertex = known
        self._highs.setOptionValue("objective_bound", highspy.kHighsInf)
        self._highs.changeColsBounds(len(at), at, self._low[columns], self._high[columns])
        return found

    def _settled(self, point: Reals) -> Reals | None:
        """The point with whole columns rounded, if it keeps every row and bound."""
        point = np.clip(np.where(self._whole, np.rint(point), point), self._low, self._high)
        return point if np.isfinite(point).all() and self._rows.excess(point) <= ROW_TOLERANCE else None

    def _open_columns(self, point: Reals) -> int:
        return int((~_is_whole(point[self.whole_columns])).sum())

    def _relax(self, limits: Limits) -> tuple[float, Reals | None]:
        """Least value and point without any whole columns, from the last vertex on if there is one.

        After other rows and bounds the last vertex is still best in the sense of the dual, after another goal it is still
        a point of the program: that decides the method.
        """
        known = self._vertex is not None
        strategy = PRIMAL if known and not np.array_equal(self._cost, self._vertex_cost) else DUAL
        self._highs.setOptionValue("simplex_strategy", strategy)
        raw = self._run(limits.time_limit_s / 2, limits.gap, relaxed=True)
        self._highs.setOptionValue("simplex_strategy", DUAL)
        if raw != Raw.kOptimal:
            return -math.inf, None
        self._vertex, self._vertex_cost = self._highs.getBasis(), self._cost
        value = float(self._highs.getInfo().objective_function_value)
        return value, np.array(self._highs.getSolution().col_value, dtype=float)

    def _run(self, seconds: float, gap: float, *, start: Reals | None = None, presolve: bool = True,
             relaxed: bool = False) -> Any:  # fmt: skip
        highs = self._highs
        highs.setOptionValue("presolve", "choose" if presolve and self._presolve else "off")
        highs.setOptionValue("mip_rel_gap", float(gap))
        # HiGHS counts the time of all runs of one object against the limit of a linear search, and of one run otherwise.
        before = highs.getRunTime() if relaxed or not self._whole.any() else 0.0
        left = min(float(seconds), self._ends - time.perf_counter())
        highs.setOptionValue("time_limit", before + max(left, 0.0))
        highs.clearSolver()
        if relaxed and self._vertex is not None:
            highs.setBasis(self._vertex)
        if start is not None and self._whole.any():
            highs.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
        ended = highs.run()
        if ended == highspy.HighsStatus.kError and relaxed and self._vertex is not None:
            self._vertex = None  # HiGHS cannot always go on from a vertex of other rows and bounds
            highs.clearSolver()
            ended = highs.run()
        if ended == highspy.HighsStatus.kError and not relaxed:  # a relaxation that fails is one that says nothing
            raise SolverError(f"HiGHS failed: {highs.getModelStatus()}")
        return highs.getModelStatus()

    def _value(self, point: Reals) -> float:
        return math.fsum((self._cost * point).tolist()) + self._constant

    def _answer(self, raw: Any, point: Reals | None, bound: float, limits: Limits, began: float) -> Answer:
        value = math.inf if point is None else self._value(point)
        status = _status(raw, point is not None, is_proven(value, bound, limits))
        return Answer(
            status, value, bound, relative_gap(value, bound), time.perf_counter() - began, point, self.columns
        )

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
        return self._settled(point)

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
        self._set_vertex_rows(lambda rows: [*rows, highspy.HighsBasisStatus.kBasic])
        return int(self._highs.getNumRow()) - 1

    def _drop_row(self, row: int) -> None:
        self._highs.deleteRows(1, np.array([row], dtype=np.int32))
        self._set_vertex_rows(lambda rows: rows[:row] + rows[row + 1 :])

    def _set_vertex_rows(self, changed: Callable[[list[Any]], list[Any]]) -> None:
        """Carry the last vertex over to a program with one row more or less."""
        if self._vertex is not None:
            vertex = highspy.HighsBasis()
            vertex.col_status, vertex.row_status = self._vertex.col_status, changed(list(self._vertex.row_status))
            vertex.valid, vertex.alien = True, True  # one row too many may be basic: HiGHS mends that
            self._vertex = vertex

    def fix(self, columns: Integers, answer: Answer) -> None:
        """Hold columns at the values of an answer from now on."""
        if answer.point is not None and len(columns):
            self._low[columns] = self._high[columns] = answer.point[columns]
            at = columns.astype(np.int32)
            _check(self._highs.changeColsBounds(len(at), at, self._low[at], self._high[at]), "bounds")

    def completed(
        self, columns: Integers, values: Reals, limits: Limits, goal: Expression | None = None
    ) -> Reals | None:
        """A point with some columns held at given values, the best for a goal; None if there is none.

        A start for :meth:`minimise`, or all that is wanted where the columns held do not matter.
        """
        self._set_goal(Expression() if goal is None else goal)
        self._ends, at = time.perf_counter() + limits.time_limit_s, columns.astype(np.int32)
        held = np.clip(values, self._low[columns], self._high[columns])
        self._highs.changeColsBounds(len(at), at, held, held)
        point = self._point(self._run(limits.time_limit_s, limits.gap))
        self._highs.changeColsBounds(len(at), at, self._low[columns], self._high[columns])
        return point

    def prices(self, goal: Expression, answer: Answer, variables: list[Variable], limits: Limits) -> list[float]:
        """By how much a goal changes for each unit that a variable held where it is moves up: its reduced cost.

        In the linear program that is left when every whole column stays as in an answer. The sign is that of a
        minimisation: below nought where a unit more lets the goal fall.
        """
        columns, at = self.whole_columns, self.whole_columns.astype(np.int32)
        if answer.point is None:
            raise SolverError(f"no price may be read after status {answer.status}")
        self._ends = time.perf_counter() + limits.time_limit_s
        self._set_goal(goal)
        self._highs.changeColsBounds(len(at), at, answer.point[columns], answer.point[columns])
        self._highs.changeColsIntegrality(len(at), at, np.zeros(len(at), dtype=np.uint8))
        found = self._relax(limits)[1]
        dual = np.array(self._highs.getSolution().col_dual, dtype=float)
        self._highs.changeColsIntegrality(len(at), at, np.ones(len(at), dtype=np.uint8))
        self._highs.changeColsBounds(len(at), at, self._low[columns], self._high[columns])
        return [] if found is None else [float(dual[self.columns[v.name]]) for v in variables]

    def positions(self, variables: list[Variable]) -> Integers:
        """Columns of variables."""
        return np.array([self.columns[v.name] for v in variables], dtype=np.int64)

    @property
    def whole_columns(self) -> Integers:
        """Columns that take whole numbers only."""
        return np.flatnonzero(self._whole)


def _is_whole(values: Reals) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(np.abs(values - np.rint(values)) < WHOLE_ENOUGH)


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


def _check_numbers(what: str, *arrays: Reals) -> None:
    """HiGHS takes what is not a number without a word."""
    if not all(np.isfinite(array).all() for array in arrays):
        raise SolverError(f"refused the {what}: not all are numbers")
