"""A whole explanation of a plan: what it is up against, what is short, what one more is worth, why not, and other plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optimize.explain.alternatives import Alternatives, alternatives
from optimize.explain.binding import Binding, binding_rules
from optimize.explain.brief import Brief
from optimize.explain.shortfalls import Shortfalls, ShortGroup, short_groups, shortfalls
from optimize.explain.staged import FINE, reach
from optimize.explain.why_not import WhyNot, why_not
from optimize.explain.worth import Worth, worths
from optimize.locks import Lock
from optimize.plan import Limits, Plan
from optimize.pursuit import Pursuit
from scenarios.district import District

PARTS = ("binding", "again", "worth", "why", "others")  # in which progress is told
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why a plan is as it is. ``worths`` and ``others`` are empty for plans that were not searched."""

    district: District
    plan: Plan
    bindings: tuple[Binding, ...]
    unmet: Shortfalls
    short: tuple[ShortGroup, ...]
    worths: tuple[Worth, ...] = ()
    why: tuple[WhyNot, ...] = ()
    others: Alternatives | None = None


def explained(district: District, plan: Plan, pursuit: Pursuit, *, why: tuple[Lock, ...] = (), limits: Limits = FINE,
              tell: Tell = lambda *_: None) -> Explanation:  # fmt: skip
    """Explain a plan of a district. What it is up against takes a second; each figure that is searched, some seconds."""
    tell("explain", 0, len(PARTS))
    unmet = shortfalls(district, plan)
    first = Explanation(district, plan, binding_rules(district, plan), unmet, short_groups(district, plan, unmet))
    tell("explain", 1, len(PARTS))
    base = reach(Brief(district, pursuit), limits)
    if base is None:
        return first
    tell("explain", 2, len(PARTS))
    worth = tuple(worths(base, limits))
    tell("explain", 3, len(PARTS))
    answers = tuple(why_not(base, plan, lock, limits) for lock in why)
    tell("explain", 4, len(PARTS))
    others = alternatives(base)
    tell("explain", 5, len(PARTS))
    return Explanation(district, plan, first.bindings, unmet, first.short, worth, answers, others)
