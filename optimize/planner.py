"""The front door of the room: a plan by rule of thumb or by search, with its promise."""

from __future__ import annotations

from typing import Literal

from optimize.plan import Limits, Plan
from optimize.promise import promised
from optimize.rules_of_thumb import RULES, Rule, rule_plan
from scenarios.district import District

Goal = Literal["floors", "worst_tenth", "needs_met", "steadiness"]
Method = Rule | Literal["optimal"]
DEFAULT_LIMITS = Limits()
DEFAULT_GOALS: tuple[Goal, ...] = ("floors", "worst_tenth", "needs_met", "steadiness")


def make_plan(district: District, *, goals: tuple[Goal, ...] = DEFAULT_GOALS, method: Method = "optimal",
              limits: Limits = DEFAULT_LIMITS, outlay_fen: int | None = None) -> Plan:  # fmt: skip
    """A plan for the district. Raises :class:`PlanError` if no plan fits the rules."""
    if method in RULES:
        return promised(district, rule_plan(district, method, outlay_fen=outlay_fen))
    raise NotImplementedError("the search is not written yet")
