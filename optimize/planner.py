"""The front door of the room: a plan by rule of thumb or by search, with its promise."""

from __future__ import annotations

from typing import Literal

import numpy as np

from optimize.allocation import assemble
from optimize.goals import SOLVED, Chain, pursue
from optimize.measures import GOALS, Goal
from optimize.plan import Limits, Plan, PlanError
from optimize.promise import promised
from optimize.rounding import rounded_plan
from optimize.rules_of_thumb import RULES, Rule, rule_plan
from optimize.solver import Search
from scenarios.district import District

Method = Rule | Literal["optimal"]
DEFAULT_LIMITS = Limits()


def make_plan(district: District, *, goals: tuple[Goal, ...] = GOALS, method: Method = "optimal",
              limits: Limits = DEFAULT_LIMITS, outlay_fen: int | None = None) -> Plan:  # fmt: skip
    """A plan for the district: by a rule of thumb, or the best for the goals in their order.

    ``outlay_fen`` is a target for the mean yearly consolidated outlay. Raises :class:`PlanError` if no plan fits the
    rules or none was found within the limits.
    """
    if method in RULES:
        return promised(district, rule_plan(district, method, outlay_fen=outlay_fen))
    planned = district if changes_over_years(district) else district.with_changes(years=1)
    allocation = assemble(planned, outlay_fen=outlay_fen)
    search = Search(allocation.program)
    built = search.positions([start.built for start in allocation.venues.starts])
    # Venues are chosen for the floors, which they serve first; yes-or-no decisions once needs are priced, so that
    # steadiness only moves money. Both keep the later searches small.
    settled = {"floors": built, "needs_met": search.whole_columns}
    chain = pursue(search, [(goal, allocation.goals[goal]) for goal in goals], limits, settled)
    if chain.status not in SOLVED:
        raise PlanError(chain.status, [])
    plan = rounded_plan(planned, allocation, chain.answer, status=chain.status)
    return promised(district, _over_all_years(district, plan, chain))


def changes_over_years(district: District) -> bool:
    """Whether plan years can differ: only through postings and venue projects. If not, one year stands for all."""
    posts_officials = district.postings.posts > 0 and len(district.slots) > 0
    return posts_officials or (district.venues.capital_fen > 0 and len(district.sites) > 0)


def _over_all_years(district: District, plan: Plan, chain: Chain) -> Plan:
    """The plan with its goals, a plan of one year repeated over all of them."""
    repeated = {
        name: np.repeat(getattr(plan, name), district.years // len(plan.years), axis=1)
        for name in ("lump_fen", "contract_fen", "prevention_fen", "posts")
    }
    return plan.with_changes(years=district.plan_years, goals=chain.results, **repeated)
