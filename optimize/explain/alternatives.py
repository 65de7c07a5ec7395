"""Other plans almost as good: within a stated share of the best in every goal, and as different as can be found.

Yes-or-no decisions count by how many differ, money by how much of it goes elsewhere. Each further plan is pushed away from
all those before it. What is the same in all of them is safe to decide first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimize.explain.brief import Brief
from optimize.explain.finished import finished_plan
from optimize.explain.places import grants_wan
from optimize.explain.staged import Reached, measured
from optimize.goals import Stage
from optimize.measures import goal_values
from optimize.plan import Limits, Plan
from optimize.program import Expression, Variable, linear
from optimize.pursuit import assembled
from optimize.solver import Search
from scenarios.funding import FEN_PER_WAN
from scenarios.tables import Reals

NEAR = 0.01  # share of the best by which every goal may fall short
APART = Limits(time_limit_s=10.0, gap=0.05)  # how far apart is not a matter of fractions of a percent
SAME_GRANT = 0.05  # share of a grant within which it counts as the same


@dataclass(frozen=True, eq=False)
class Alternative:
    """One plan almost as good: its goals, and how it differs from the best plan of this search.

    ``moved_wan``: 万元 a year that go to other communities; ``differs``: decisions made here and not there, and the other
    way round (codes of communities for postings and posts, ids of projects).
    """

    plan: Plan
    goals: dict[str, float]
    moved_wan: float
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Alternatives:
    """Plans almost as good as ``best`` and what they have in common.

    ``sure``: decisions made in all of them; ``same_grants``: communities whose grants differ by less than a twentieth.
    """

    near: float
    best: Plan
    best_goals: dict[str, float]
    others: tuple[Alternative, ...]
    sure: tuple[str, ...]
    open: tuple[str, ...]
    same_grants: tuple[str, ...]


def alternatives(base: Reached, count: int = 3, *, near: float = NEAR, limits: Limits = APART) -> Alternatives:
    """At most ``count`` plans within a share ``near`` of the goals of ``base``; fewer where time gives out."""
    allocation = assembled(base.brief.district, base.brief.pursuit)
    search = Search(allocation.program)
    for stage, goal in measured(base.brief, allocation):
        if len(goal):
            search.keep(goal, _limit(base, stage, near))
    again = replace(base, allocation=allocation, search=search)
    seen: list[Reached] = [base]
    for _ in range(count):
        point = _far_from(again, seen, limits)
        if point is None:
            break
        seen.append(replace(again, answer=replace(base.answer, point=point)))
    return _told(base.brief, near, seen)


def _limit(base: Reached, stage: Stage, near: float) -> float:
    """How far a goal may fall short: by the share stated, and an earlier goal at least as far as ranking lets it."""
    value = base.found[stage].value
    within = value + near * abs(value)
    return within if stage == base.last else max(within, base.held[stage])


def _far_from(again: Reached, seen: Sequence[Reached], limits: Limits) -> Reals | None:
    """The point least like those seen: first with what is no decision of its own left as in the first, then with all free."""
    search, first, likeness = again.search, seen[0].answer.point, _likeness(again, seen)
    if first is None:
        return None
    decisions = search.positions([variable for _, variable in (*_decisions(again), *_counts(again))])
    others = np.setdiff1d(search.whole_columns, decisions)
    near = search.completed(others, first[others], limits, likeness)
    if not again.allocation.money.grant:  # money cannot be chosen: ways of using it make no plan different
        return near
    found = search.minimise(likeness, limits, start=first if near is None else near)
    return found.point


def _decisions(reached: Reached) -> list[tuple[str, Variable]]:
    """Yes-or-no decisions by name."""
    district, first = reached.brief.district, reached.allocation.first
    codes, sites = district.communities.code, district.sites.id
    found = [(f"posting {codes[choice.row]}", choice.sent) for choice in first.postings]
    found += [(f"project {sites[start.site]}", start.built) for start in first.venues.starts]
    found += [
        (f"windows {codes[row]}", option) for row, options in enumerate(first.choices.windows) for option in options
    ]
    return found


def _counts(reached: Reached) -> list[tuple[str, Variable]]:
    """Decisions of how many, by name."""
    codes, first = reached.brief.district.communities.code, reached.allocation.first
    found = [(f"posts {codes[row]}", count) for row, count in enumerate(first.posts)]
    return found + [(f"wardens {codes[row]}", count) for row, count in enumerate(first.choices.wardens)]


def _likeness(again: Reached, seen: Sequence[Reached]) -> Expression:
    """How alike a plan is to all those seen: their decisions made again, and money where they put it; at most 1 for each."""
    terms: list[tuple[Variable, float]] = []
    made = [_made(one) for one in seen]
    for name, variable in (*_decisions(again), *_counts(again)):
        often = float(np.mean([1.0 if name in chosen else 0.0 for chosen in made]))
        terms.append((variable, 2.0 * often - 1.0))
    heavy = _heavy(seen)
    for row, grants in enumerate(again.allocation.money.grant):
        for grant in grants:
            terms += [(v, c * heavy[row]) for v, c in grant.items()]
    return linear(terms)


def _heavy(seen: Sequence[Reached]) -> Reals:
    """Weight of each community's grant: what it got in the plans seen, as a share of the largest."""
    granted = np.mean([grants_wan(one) for one in seen], axis=0)
    return np.asarray(granted / max(float(granted.max(initial=0.0)), 1e-9))


def _made(reached: Reached) -> set[str]:
    return {name for name, variable in (*_decisions(reached), *_counts(reached)) if reached.answer[variable] > 0.5}


def _told(brief: Brief, near: float, seen: Sequence[Reached]) -> Alternatives:
    plans = [finished_plan(brief, one.allocation, one.answer) for one in seen]
    made, grants = [_made(one) for one in seen], [plan.lump_fen.mean(axis=1) / FEN_PER_WAN for plan in plans]
    goals = [_goals(brief, plan) for plan in plans]
    others = tuple(
        Alternative(plan, values, float(np.abs(grant - grants[0]).sum() / 2), tuple(sorted(chosen - made[0])),
                    tuple(sorted(made[0] - chosen)))
        for plan, values, grant, chosen in zip(plans[1:], goals[1:], grants[1:], made[1:], strict=True)
    )  # fmt: skip
    sure, ever = set.intersection(*made), set.union(*made)
    low, high = np.min(grants, axis=0), np.max(grants, axis=0)
    same = np.flatnonzero(high - low <= SAME_GRANT * np.maximum(high, 1e-9))
    codes = brief.district.communities.code
    return Alternatives(near, plans[0], goals[0], others, tuple(sorted(sure)), tuple(sorted(ever - sure)),
                        tuple(codes[row] for row in same.tolist()))  # fmt: skip


def _goals(brief: Brief, plan: Plan) -> dict[str, float]:
    wanted = tuple(goal for goal in brief.pursuit.wanted if goal != "steadiness")
    return {str(goal): value for goal, value in goal_values(brief.district, plan, wanted).items()}
