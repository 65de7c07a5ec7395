"""A linear program in HiGHS that is solved again and again for other costs, each time from the vertex before.

The vertex can be taken out and put into another process, so that an answer depends on the programs and prices alone and
never on which worker solved what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from optimize.answer import SolverError
from optimize.region.linear_program import LinearProgram
from optimize.solver import DUAL, OPTIONS, PRIMAL
from scenarios.tables import Reals

Basis = tuple[NDArray[np.int8], NDArray[np.int8]]  # status of every column and row
_STATUS = {int(status): status for status in (
    highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic, highspy.HighsBasisStatus.kUpper,
    highspy.HighsBasisStatus.kZero, highspy.HighsBasisStatus.kNonbasic)}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Vertex:
    """An optimal point and the multipliers of the rows (the change of the value per unit of a row's limit)."""

    value: float
    point: Reals
    duals: Reals


class Relaxation:
    """A program handed over once. ``basis`` is a vertex to begin from; without it the first search is from scratch."""

    def __init__(self, program: LinearProgram, basis: Basis | None = None) -> None:
        self._highs = highspy.Highs()
        for name, value in {**OPTIONS, "dual_feasibility_tolerance": 1e-9}.items():
            self._checked(self._highs.setOptionValue(name, value))
        self._columns = np.arange(len(program.cost), dtype=np.int32)
        self._checked(
            self._highs.passModel(
                len(program.cost), len(program.row_low), len(program.column), int(highspy.MatrixFormat.kRowwise),
                int(highspy.ObjSense.kMinimize), 0.0, program.cost, program.low, program.high, program.row_low,
                program.row_high, program.start.astype(np.int32), program.column.astype(np.int32), program.value,
                np.zeros(len(program.cost), dtype=np.int32),
            )
        )  # fmt: skip
        self._hot = basis is not None
        if basis is not None:
            self._checked(self._highs.setBasis(_highs_basis(basis)))

    def minimise(self, cost: Reals) -> Vertex:
        """The least value of ``cost x``. Raises ``SolverError`` unless it is found."""
        self._checked(self._highs.changeColsCost(len(cost), self._columns, cost))
        ended = self._run(hot=self._hot)
        if ended != highspy.HighsModelStatus.kOptimal and self._hot:  # a vertex can lead astray; begin anew without it
            self._checked(self._highs.clearSolver())
            ended = self._run(hot=False)
        if ended != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"a relaxation ended with {ended}")
        self._hot = True
        found = self._highs.getSolution()
        value = float(self._highs.getInfo().objective_function_value)
        return Vertex(value, np.array(found.col_value, dtype=float), np.array(found.row_dual, dtype=float))

    def _run(self, *, hot: bool) -> Any:
        self._highs.setOptionValue("simplex_strategy", PRIMAL if hot else DUAL)
        self._highs.setOptionValue("presolve", "off" if hot else "choose")
        self._checked(self._highs.run())
        return self._highs.getModelStatus()

    @property
    def basis(self) -> Basis:
        """The vertex of the last search."""
        found = self._highs.getBasis()
        columns, rows = (
            np.array([int(s) for s in part], dtype=np.int8) for part in (found.col_status, found.row_status)
        )
        return columns, rows

    def _checked(self, result: Any) -> None:
        if result == highspy.HighsStatus.kError:
            raise SolverError("HiGHS refused a relaxation")


def _highs_basis(basis: Basis) -> Any:
    made = highspy.HighsBasis()
    made.col_status, made.row_status = ([_STATUS[int(s)] for s in part] for part in basis)
    made.valid = True
    return made
