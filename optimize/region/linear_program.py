"""A linear program as flat arrays, and what weak duality proves about it without any trust in a solver.

``minimise cost x`` subject to ``row_low <= A x <= row_high`` and ``low <= x <= high``; the entries of row r are
``start[r]`` to ``start[r + 1]`` of ``column`` and ``value``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scenarios.tables import Integers, Reals

PASSES = 4  # rounds of bound tightening; a chain of rows this long bounds every column of a county's program
SLACK = 1e-9  # relative widening of an implied bound, far above the rounding of the sums behind it


@dataclass(frozen=True, kw_only=True, eq=False)
class LinearProgram:
    """The arrays of a program; see the module."""

    cost: Reals
    low: Reals
    high: Reals
    start: Integers
    column: Integers
    value: Reals
    row_low: Reals
    row_high: Reals

    @cached_property
    def row(self) -> Integers:
        """The row of every entry."""
        return np.repeat(np.arange(len(self.row_low)), np.diff(self.start))

    @cached_property
    def finite_high(self) -> Reals:
        """An upper bound of every column that its own bound or the rows imply; infinite only if they imply none."""
        high = self.high.copy()
        for _ in range(PASSES):
            if np.isfinite(high).all():
                break
            high = np.minimum(high, self._implied_high(high))
        return np.asarray(np.where(np.isfinite(self.high), self.high, high + SLACK * (1.0 + np.abs(high))))

    def _implied_high(self, high: Reals) -> Reals:
        """What each row ``sum of terms <= row_high`` leaves for a column when all its other terms are at their least."""
        with np.errstate(invalid="ignore"):
            least = np.where(self.value > 0, self.value * self.low[self.column], self.value * high[self.column])
        endless = ~np.isfinite(least)
        count = len(self.row_low)
        total = np.bincount(self.row, weights=np.where(endless, 0.0, least), minlength=count)
        open_terms = np.bincount(self.row, weights=endless, minlength=count)
        others_bounded = open_terms[self.row] - endless == 0
        usable = (self.value > 0) & others_bounded & np.isfinite(self.row_high[self.row])
        rest = total[self.row] - np.where(endless, 0.0, least)
        room = (self.row_high[self.row] - rest)[usable] / self.value[usable]
        found = np.full(len(high), np.inf)
        np.minimum.at(found, self.column[usable], room)
        return found

    def proven(self, cost: Reals, duals: Reals) -> float:
        """A lower bound on ``cost x`` from any row multipliers; minus infinity where they prove nothing.

        For multipliers y and reduced costs ``r = cost - A'y`` every point of the program costs at least the least of
        ``y (A x)`` over the rows' limits plus the least of ``r x`` over the columns' bounds.
        """
        no_limit = ((duals > 0) & ~np.isfinite(self.row_low)) | ((duals < 0) & ~np.isfinite(self.row_high))
        y = np.where(no_limit, 0.0, duals)
        reduced = cost - np.bincount(self.column, weights=self.value * y[self.row], minlength=len(cost))
        rows = y[y != 0.0] * np.where(y > 0, self.row_low, self.row_high)[y != 0.0]
        at = np.where(reduced > 0, self.low, self.finite_high)
        columns = reduced[reduced != 0.0] * at[reduced != 0.0]
        if not (np.isfinite(rows).all() and np.isfinite(columns).all()):
            return -math.inf
        return math.fsum([*rows.tolist(), *columns.tolist()])


def without_idle_rows(program: LinearProgram, costly: Sequence[int]) -> LinearProgram:
    """The same program without rows that columns can satisfy which cost nothing and stand in no row's way.

    ``costly`` are columns that will cost something later, whatever they cost now.

    Such columns measure what other goals are about. Left in, those without an upper bound would keep weak duality from
    proving anything.
    """
    upper = np.isinf(program.row_high) & np.isfinite(program.row_low)  # rows of the kind "at least"
    lower = np.isinf(program.row_low) & np.isfinite(program.row_high)
    row, value = program.row, program.value
    harms = np.where(value > 0, ~upper[row], ~lower[row])
    free = program.cost == 0.0
    free[list(costly)] = False
    idle = free & (np.bincount(program.column, weights=harms, minlength=len(program.cost)) == 0)
    # The least that a row reaches towards its limit: idle columns at their upper bound, all others at their worst.
    sign = np.where(upper, 1.0, -1.0)[row]
    high, low = program.high[program.column], program.low[program.column]
    helps = idle[program.column]
    with np.errstate(invalid="ignore"):
        at = np.where(helps | (sign * value < 0), high, low)
        reached = np.bincount(row, weights=np.where(at == 0.0, 0.0, sign * value * at), minlength=len(upper))
    endless = np.bincount(row, weights=helps & np.isinf(high), minlength=len(upper)) > 0
    needed = np.where(upper, program.row_low, -program.row_high)
    has_idle = np.bincount(row, weights=helps, minlength=len(upper)) > 0
    kept = ~((upper | lower) & has_idle & (endless | (reached >= needed)))
    entries = kept[row]
    lengths = np.diff(program.start)[kept]
    return replace(
        program,
        start=np.concatenate([[0], np.cumsum(lengths)]),
        column=program.column[entries],
        value=value[entries],
        row_low=program.row_low[kept],
        row_high=program.row_high[kept],
    )
