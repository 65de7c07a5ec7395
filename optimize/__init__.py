"""Plans: made by a rule or found by search, and audited."""

from optimize.plan import Limits, Plan, PlanError, Status
from optimize.planner import make_plan
from optimize.promise import evaluate

__all__ = ["Limits", "Plan", "PlanError", "Status", "evaluate", "make_plan"]
