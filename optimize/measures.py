"""The goals of a plan as numbers, from its decisions and promise: what the program's goals must equal at its answer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimize.coefficients import months_above
from optimize.fairness import gini, rural_gap, worst_count
from optimize.outlay import plan_outlay, standing_outlay_fen
from optimize.plan import Plan
from optimize.promise import Promise, added_space_m2, evaluate
from optimize.standing import windows_before
from scenarios import formulas
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN
from scenarios.goals import EVERY_GOAL, Goal

WAN_PER_NEED = (
    1.0  # price of an unmet need: 10,000 yuan, far above what meeting one takes, so money stays a small price
)


WAN_PER_MONTH = 0.01  # price of a month that a matter waits with a higher tier: a hundredth of an unmet need


def floors_short(district: District, plan: Plan, promise: Promise) -> float:
    """Share of the lacking floor space that is still lacking, mean over the plan years."""
    lacking = np.floor(formulas.space_lacking_m2(district))
    left = [(lacking - added_space_m2(district, plan, year)).sum() for year in range(district.years)]
    return float(np.mean(left) / max(lacking.sum(), 1.0))


def worst_tenth_unmet(district: District, plan: Plan, promise: Promise) -> float:
    """Unmet needs per need: mean over the worst tenth of communities in each plan year, and over the years."""
    unmet = np.sort(1.0 - promise.met / promise.needs, axis=0)
    return float(unmet[-worst_count(len(unmet)) :].mean())


def social_cost(district: District, plan: Plan, promise: Promise) -> float:
    """万元 a year: unmet needs at their price, remedy of voiced needs that are not served, and what the plan spends."""
    unmet = (promise.needs - promise.met).sum() * WAN_PER_NEED
    remedy = (promise.reached - promise.served).sum() * remedy_wan(district)
    standing = standing_outlay_fen(district)
    spent = sum(outlay.total_fen - standing for outlay in plan_outlay(district, plan)) / FEN_PER_WAN
    return float((unmet + remedy + spent) / district.years - waiting_saved_wan(district, plan))


def waiting_saved_wan(district: District, plan: Plan) -> float:
    """What added windows save a year of the months that matters wait with higher tiers, in 万元."""
    if not len(plan.windows):
        return 0.0
    before, after = (district.with_changes(communities=district.communities.replaced(windows=windows))
                     for windows in (windows_before(district), plan.windows))  # fmt: skip
    return WAN_PER_MONTH * float((months_above(before) - months_above(after)).sum())


def unsteadiness(district: District, plan: Plan, promise: Promise) -> float:
    """万元 by which communities' grants move, up or down, against the year before; all plan years together."""
    last = np.rint(district.communities.last_service_fund_yuan * FEN_PER_YUAN)
    moves = np.abs(np.diff(plan.lump_fen, axis=1, prepend=last[:, None]))
    return float(moves.sum() / FEN_PER_WAN)


def largest_unmet(district: District, plan: Plan, promise: Promise) -> float:
    """Unmet needs per need in the worst community of each plan year, mean over the years."""
    return float((1.0 - promise.met / promise.needs).max(axis=0).mean())


def town_and_country(district: District, plan: Plan, promise: Promise) -> float:
    """Distance between needs met per need in villages and in residents' committees, mean over the years."""
    share = promise.met / promise.needs
    return float(np.mean([rural_gap(district.is_village, share[:, year]) for year in range(district.years)]))


def inequality(district: District, plan: Plan, promise: Promise) -> float:
    """Gini coefficient of communities' needs met per need, over all plan years together."""
    return gini((promise.met / promise.needs).mean(axis=1))


def mean_outlay_wan(district: District, plan: Plan, promise: Promise) -> float:
    """万元 a year that the plan spends beyond what every plan pays alike."""
    standing = standing_outlay_fen(district)
    return float(np.mean([outlay.total_fen - standing for outlay in plan_outlay(district, plan)]) / FEN_PER_WAN)


def remedy_wan(district: District) -> float:
    """What an escalated matter costs, in 万元."""
    return district.rates.remedy_cost * FEN_PER_YUAN / FEN_PER_WAN


MEASURES: dict[Goal, Callable[[District, Plan, Promise], float]] = {
    "floors": floors_short,
    "worst_tenth": worst_tenth_unmet,
    "needs_met": social_cost,
    "steadiness": unsteadiness,
    "max_min": largest_unmet,
    "rural_gap": town_and_country,
    "gini": inequality,
    "outlay": mean_outlay_wan,
}


def goal_values(district: District, plan: Plan, goals: tuple[Goal, ...] = EVERY_GOAL) -> dict[Goal, float]:
    """Goals of a plan, recomputed; less is better."""
    promise = evaluate(district, plan)
    return {goal: MEASURES[goal](district, plan, promise) for goal in goals}
