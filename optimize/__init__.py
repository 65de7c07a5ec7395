"""Plans: made by a rule or found by search, and audited."""

from optimize.audit import audit
from optimize.correction import Correction
from optimize.measures import goal_values
from optimize.outlay import plan_outlay
from optimize.plan import Limits, Plan, PlanError, Status
from optimize.planner import make_plan, resized
from optimize.promise import Promise, evaluate
from optimize.requirements import Requirements
from optimize.violation import Violation
from scenarios.goals import GOALS, Goal

__all__ = [
           "GOALS",
           "Correction",
           "Goal",
           "Limits",
           "Plan",
           "PlanError",
           "Promise",
           "Requirements",
           "Status",
           "Violation",
           "audit",
           "evaluate",
           "goal_values",
           "make_plan",
           "plan_outlay",
           "resized",
]  # fmt: skip
