"""The rows of a program as flat arrays: to hand over to a solver, and to check a point against without it."""

from __future__ import annotations

import math

import numpy as np
import pulp

from scenarios.tables import Integers, Reals


class Rows:
    """``low <= sum of value x column <= high`` for each row; ``start`` says where a row begins."""

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

    def append(self, columns: Integers, values: Reals, high: float) -> None:
        """Add a row ``sum of values x columns <= high``."""
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
