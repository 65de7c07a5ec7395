"""The goals a plan can pursue or be bound by: one list for scenario files and the optimiser."""

from __future__ import annotations

from typing import Literal, get_args

Goal = Literal["floors", "worst_tenth", "needs_met", "steadiness", "max_min", "rural_gap", "gini", "outlay"]
EVERY_GOAL: tuple[Goal, ...] = get_args(Goal)
GOALS: tuple[Goal, ...] = ("floors", "worst_tenth", "needs_met", "steadiness")  # unless a scenario says otherwise
BOUND_ONLY: tuple[Goal, ...] = ("gini",)  # a ratio: linear once its limit is given, not as a goal
