"""From the answer of a search to a plan that may be shown: whole, over all plan years, its promise filled in, audited."""

from __future__ import annotations

import numpy as np

from optimize.allocation import Allocation
from optimize.answer import Answer
from optimize.audit import audit
from optimize.explain.brief import Brief
from optimize.plan import YEARLY, GoalResult, Plan, Status
from optimize.promise import promised
from optimize.rounding import rounded_plan


def finished_plan(brief: Brief, allocation: Allocation, answer: Answer, *, status: Status = Status.FEASIBLE,
                  goals: tuple[GoalResult, ...] = ()) -> Plan:  # fmt: skip
    """The plan of an answer. Raises ``AssertionError`` if it breaks a rule, which would be a defect of this room."""
    district, years = brief.district, len(allocation.uses[0])
    plan = rounded_plan(district.with_changes(years=years), allocation, answer, status=status)
    repeated = {name: np.repeat(getattr(plan, name), district.years // years, axis=1)
                for name in (*YEARLY, *(("care_rooms",) if plan.care_rooms.size else ()))}  # fmt: skip
    whole = plan.with_changes(years=district.plan_years, goals=goals, correction=brief.pursuit.correction, **repeated)
    broken = audit(district, whole := promised(district, whole))
    if broken:
        raise AssertionError("; ".join(f"{v.rule} {v.where}: {v.says.en}" for v in broken[:5]))
    return whole
