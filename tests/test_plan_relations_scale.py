"""Laws of scale: all money and prices times a number, the goal times a number or plus one, and a whole cut in two."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from optimize import Plan, audit
from optimize.coefficients import yields_of
from optimize.plan import Limits, Status
from optimize.program import linear
from optimize.promise import promised
from optimize.solver import Search
from scenarios.categories import Category
from scenarios.district import District, PostingRule
from scenarios.funding import year_money
from scenarios.parameters import PARAMETERS
from scenarios.tables import Table
from tests.random_districts import (
    Case,
    Draws,
    allocated,
    best,
    drawing,
    light_case,
    no_better,
    on_random_districts,
    reached,
    slack,
    value,
    with_venues,
)


def in_other_money(thing: Any, times: int) -> Any:
    """The same thing in a currency in which everything costs so many times as much.

    Scaled are all amounts in fen and all columns, parameters and prices of categories in yuan: pools, floors, caps,
    capital, revenues, wages, costs of posts, postings, sites and matters, and the thresholds of prevention. Only the
    price of an unmet need is no field of the district.
    """
    if isinstance(thing, Table):
        yuan = {column.name for column in thing.columns() if column.unit.startswith("yuan")}
        return thing.replaced(**{name: getattr(thing, name) * times for name in yuan})
    if isinstance(thing, Category):
        return replace(thing, yuan=thing.yuan * times)
    if isinstance(thing, tuple):
        return tuple(in_other_money(part, times) for part in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        changed = {
            item.name: _field(item.name, getattr(thing, item.name), times) for item in fields(thing) if item.init
        }
        return replace(thing, **changed)
    return thing


def _field(name: str, found: Any, times: int) -> Any:
    if name.endswith("_fen"):
        return tuple(fen * times for fen in found) if isinstance(found, tuple) else found * times
    if name in PARAMETERS and PARAMETERS[name].unit.startswith("yuan"):
        return found * times
    return in_other_money(found, times)


def paid_in(plan: Plan, district: District, times: int) -> Plan:
    """The plan with its money in the other currency."""
    money = {f"{name}_fen": getattr(plan, f"{name}_fen") * times for name in ("lump", "contract", "prevention")}
    return promised(district, plan.with_changes(**money, care_yuan=tuple(yuan * times for yuan in plan.care_yuan)))


@on_random_districts
def test_all_money_times_a_number_is_the_same_plan(drawn: Draws):
    """Relation 4: with all money and prices times k, the plan times k keeps every rule and is as good as the best there.

    The plan itself may be another of equal worth. Goals without a price only: worst tenth and floors. Cut to whole fen, a plan may lose what a few fen buy.
    """
    for seed, case in drawn:
        if seed % 2:  # fifty programs keep the law as well
            continue
        case = replace(case, goal="worst_tenth") if case.goal == "needs_met" else case
        times = int(drawing(4, seed).choice([2, 10, 100]))
        other = replace(case, district=in_other_money(case.district, times))
        moved = paid_in(best(case), other.district, times)
        assert audit(other.district, moved) == [], seed
        assert reached(other, moved) == pytest.approx(reached(case, best(case)), rel=1e-5), seed


def test_other_money_reaches_every_amount(village_street: District):
    """The currency of every amount changes: service money, outlay and thresholds are all k times as large."""
    other = in_other_money(village_street, 7)
    lump = np.array(village_street.service_fund.entitlement_fen)
    before, after = (year_money(*at).service_fen for at in ((village_street, lump), (other, lump * 7)))
    assert np.abs(after - 7 * before).max() <= 7 * len(before)  # own money is cut to whole fen
    assert yields_of(other).curve.threshold_yuan == pytest.approx(7 * yields_of(village_street).curve.threshold_yuan)
    assert yields_of(other).reached.fen == pytest.approx(7 * yields_of(village_street).reached.fen)
    assert other.rates.spillover == village_street.rates.spillover


def affine(case: Case, *, times: float, plus: float) -> tuple[float, float]:
    """Value and bound of the search for a goal times a number plus another, both brought back to the goal."""
    allocation = allocated(case)
    goal = allocation.goals[case.goal]
    other = linear([(v, c * times) for v, c in goal.items()], goal.constant * times + plus)
    answer = Search(allocation.program).minimise(other, Limits(time_limit_s=120, gap=case.gap))
    assert answer.status is Status.OPTIMAL
    return (answer.value - plus) / times, (answer.bound - plus) / times


@on_random_districts
def test_a_goal_times_a_number_plus_another_has_the_same_best_plan(drawn: Draws):
    """Relations 5 and 6: the optimum of k x goal + c is k x optimum + c, for any k > 0 and any c."""
    for seed, case in drawn:
        draw, once = drawing(5, seed), best(case).goals[0]
        times = float(draw.choice([0.5, 3.0, 40.0]))
        found, proven = affine(case, times=times, plus=float(draw.uniform(-0.5, 2.0)) * times * once.value)
        assert found >= once.bound - 10 * slack(once.bound), seed
        assert proven <= once.value + 10 * slack(once.value), seed


def whole_sites(place: District) -> District:
    """Sites of an even number of square metres, at a cost in even whole yuan: what can be halved exactly."""
    sites = place.sites
    return place.with_changes(
        sites=sites.replaced(m2=np.floor(sites.m2 / 2) * 2, cost_yuan=np.floor(sites.cost_yuan / 2) * 2)
    )


def half_sites(place: District) -> District:
    """Every whole site as two side by side, of half the space at half the cost each; both may be built."""
    sites = whole_sites(place).sites
    twice = [*range(len(sites)), *range(len(sites))]
    ends = ["-a"] * len(sites) + ["-b"] * len(sites)
    both = sites.take(twice)
    return place.with_changes(sites=both.replaced(
        m2=both.m2 / 2, cost_yuan=both.cost_yuan / 2,
        id=tuple(name + end for name, end in zip(both.id, ends, strict=True)),
        site=tuple(name + end for name, end in zip(both.site, ends, strict=True)),
    ))  # fmt: skip


def test_sites_cut_in_two_are_never_worse():
    """Relation 9: with every site as two halves at half the cost, each to be built or not, the floors are met no worse.

    Communities themselves do not split so: their work fund, quality and venues count by the head of the community.
    """
    gains = 0
    for seed in range(20):
        place = with_venues(light_case(seed).district, drawing(9, seed)).with_changes(
            years=2, extra_posts=0, postings=PostingRule()
        )
        whole, halves = (Case(make(place), "floors") for make in (whole_sites, half_sites))
        assert no_better(whole, halves), seed
        gains += value(halves) < value(whole) - 1e-3
    assert gains >= 4
