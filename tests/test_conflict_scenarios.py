"""Thirty briefs that no plan fits: each clash named is minimal, and each change proposed makes a plan exist."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from optimize import Limits, PlanError, Requirements, Status, make_plan
from optimize.conflict import conflicts_of, on_sight, rules_of, told
from optimize.explain.brief import Brief, fits
from optimize.explain.clash import without
from optimize.locks import Lock
from optimize.program import Expression
from optimize.pursuit import Pursuit, assembled
from optimize.requirements import Bound
from optimize.second_solver import second_opinion
from scenarios.building.builder import small_district
from scenarios.choices import Choices
from scenarios.district import Floors, PostingRule, ServiceFund, VenueRule
from scenarios.funding import FEN_PER_WAN as WAN

LIMITS = Limits(time_limit_s=20, gap=0.005)


@cache
def base():
    """Four communities; what a search leaves out of account is switched off."""
    place = small_district(4, seed=4, residents=4000)
    return place.with_changes(rates=place.rates.with_values(spillover=0.0, prevention_fade=0.01))


def free(*, pool=60.0, floor=1.0, cap=60.0, **fund):
    """The district with grants to be chosen; 万元."""
    floors = (round(floor * WAN),) * 4
    rule = ServiceFund(mode="free", pool_fen=round(pool * WAN), floor_fen=floors, cap_fen=round(cap * WAN), **fund)
    return base().with_changes(service_fund=rule)


def granted():
    return base().with_changes(service_fund=ServiceFund(entitlement_fen=(8 * WAN,) * 4))


def posted(**changes):
    rule = PostingRule(**{"posts": 2, "eligible_share": 0.5} | changes)
    return granted().with_changes(postings=rule)


def built(**changes):
    rule = VenueRule(**{"capital_fen": 100 * WAN} | changes)
    return granted().with_changes(venues=rule, floors=Floors(venue_m2=200))


def brief(district, *requirements, outlay=None):
    """A brief with bounds and locks."""
    bounds = tuple(r for r in requirements if isinstance(r, Bound))
    locks = tuple(r for r in requirements if isinstance(r, Lock))
    asked = Requirements(bounds=bounds, locks=locks)
    goals = ("floors", "worst_tenth", "needs_met") if district.venues.capital_fen else ("worst_tenth", "needs_met")
    return Brief(district, Pursuit(goals, None, asked, None if outlay is None else round(outlay * WAN)))


def code(row):
    return base().communities.code[row]


def grant(row, wan, year=None):
    return Lock(kind="grant", where=code(row), amount=round(wan * WAN), year=year)


def lock(kind, where, amount=1):
    return Lock(kind=kind, where=where if isinstance(where, str) else code(where), amount=amount)


def villages():
    return base().is_village.nonzero()[0].tolist()


def unlikely():
    """The strongest community by quality: the last to be eligible."""
    quality = base().communities.quality
    return int(quality.argmax())


def site(mode):
    return base().sites.id[base().sites.mode.index(mode)]


def same_site():
    """Two projects of one site."""
    sites = base().sites
    first = next(row for row in range(len(sites)) if sites.site.count(sites.site[row]) > 1)
    second = next(row for row in range(first + 1, len(sites)) if sites.site[row] == sites.site[first])
    return lock("project", sites.id[first]), lock("project", sites.id[second])


SCENARIOS = {
    "floors above the pool": lambda: brief(free(pool=35, floor=10)),
    "floors above the pool by a fen": lambda: brief(free(pool=39.999999, floor=10)),
    "floors above the cap": lambda: brief(free(floor=5, cap=4)),
    "floors above pool and cap": lambda: brief(free(pool=15, floor=5, cap=4)),
    "the reserve takes the floors": lambda: brief(free(pool=40, floor=9, reserve_share=0.2)),
    "floors above a pool with reserve": lambda: brief(free(pool=30, floor=9, reserve_share=0.1)),
    "a grant above the cap": lambda: brief(free(), grant(0, 70)),
    "a grant above the pool": lambda: brief(free(pool=30, cap=60), grant(1, 40)),
    "a grant below the floor": lambda: brief(free(floor=3), grant(2, 1)),
    "grants that fill the pool": lambda: brief(free(pool=60, floor=2), grant(0, 30), grant(1, 28)),
    "a grant of one year above the pool": lambda: brief(free(pool=40), grant(0, 45, year=1)),
    "carried over, but not enough": lambda: brief(free(pool=20, carry_over=True), grant(0, 35, year=0)),
    "two grants for one community": lambda: brief(free(), grant(0, 10, year=0), grant(0, 12)),
    "an outlay too low": lambda: brief(free(pool=50), outlay=5),
    "an outlay too high": lambda: brief(free(pool=50), outlay=900),
    "an outlay too low with entitlements": lambda: brief(granted(), outlay=20),
    "a worst tenth out of reach": lambda: brief(free(pool=30), Bound(goal="worst_tenth", at_most=0.2)),
    "a worst community out of reach": lambda: brief(free(pool=20), Bound(goal="max_min", at_most=0.25)),
    "too equal for the cost": lambda: brief(free(pool=30), Bound(goal="gini", at_most=0.001), Bound(goal="needs_met", at_most=560)),
    "town and country too alike for the cost": lambda: brief(free(pool=30), Bound(goal="rural_gap", at_most=0.0), Bound(goal="needs_met", at_most=557)),
    "a cost out of reach": lambda: brief(free(pool=30), Bound(goal="needs_met", at_most=500.0)),
    "steady, yet a grant moves": lambda: brief(free(), Bound(goal="steadiness", at_most=10.0), grant(0, 50)),
    "spending bound and floors": lambda: brief(free(pool=60, floor=8), Bound(goal="outlay", at_most=2.0)),
    "more posts than there are": lambda: brief(free().with_changes(extra_posts=2), lock("posts", 0, 2), lock("posts", 1, 2)),
    "posts where none are open": lambda: brief(free(), lock("posts", 0, 1)),
    "an official where none may go": lambda: brief(posted(), lock("posting", unlikely())),
    "more officials than places": lambda: brief(posted(posts=1, term_months=36, eligible_share=1.0),
                                                lock("posting", 0), lock("posting", 2)),
    "a mode that is not open": lambda: brief(built(modes=("refit",), capital_fen=900 * WAN), lock("project", site("build"))),
    "a project beyond the capital": lambda: brief(built(capital_fen=5 * WAN), lock("project", site("build"))),
    "two projects on a site": lambda: brief(built(capital_fen=900 * WAN), *same_site()),
    "floor space out of reach": lambda: brief(built(), Bound(goal="floors", at_most=0.05)),
    "more wardens than there are": lambda: brief(free().with_changes(choices=Choices(wardens=2)), lock("wardens", 1, 3)),
    "more windows than there are": lambda: brief(free().with_changes(choices=Choices(windows=2)),
                                                 lock("windows", 1, int(base().communities.windows[1]) + 3)),
    "too many windows in one place": lambda: brief(free().with_changes(choices=Choices(windows=6, windows_each=2)),
                                                   lock("windows", 1, int(base().communities.windows[1]) + 3)),
}  # fmt: skip
LONG = {"too equal for the cost", "town and country too alike for the cost", "a cost out of reach",
        "carried over, but not enough", "two grants for one community"}  # fmt: skip
every_scenario = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name in LONG)) for name in SCENARIOS]
)


@cache
def explained(name):
    """A scenario and its clashes, as they are told."""
    asked = SCENARIOS[name]()
    return asked, on_sight(asked.district) or conflicts_of(asked, LIMITS)


@every_scenario
def test_nothing_fits(name):
    """No plan fits, and a search without presolve and another solver agree."""
    asked = explained(name)[0]
    assert fits(asked, presolve=False) is False
    if asked.pursuit.requirements.gini is None:  # whose rows come one by one
        program = assembled(asked.district, asked.pursuit).program
        assert second_opinion(program, Expression(), LIMITS).status is Status.INFEASIBLE


@pytest.mark.parametrize("name", list(SCENARIOS)[::5])
def test_the_planner_says_so(name):
    """The planner raises what the search for clashes found, in both languages and in few words."""
    asked, found = explained(name)
    with pytest.raises(PlanError) as caught:
        make_plan(asked.district, goals=asked.pursuit.goals, requirements=asked.pursuit.requirements,
                  outlay_fen=asked.pursuit.outlay_fen, limits=LIMITS)  # fmt: skip
    assert caught.value.status is Status.INFEASIBLE
    assert caught.value.problems == told(found)
    assert all(problem.zh and problem.en and len(problem.zh) < 400 for problem in caught.value.problems)


@every_scenario
def test_a_clash_is_minimal(name):
    """The rules named cannot be kept together, whatever the others; without any one of them the rest can."""
    for clash in explained(name)[1]:
        others = [rule for rule in rules_of(clash.brief) if rule.key not in {r.key for r in clash.rules}]
        alone = without(clash.brief, others)
        assert fits(alone) is False
        for rule in clash.rules:
            assert fits(without(alone, [rule])) is True, rule.key


@every_scenario
def test_each_change_proposed_makes_a_plan_exist(name):
    """Any way of the last clash, after the first ways of those before it, is enough; every clash has a way."""
    asked, found = explained(name)
    assert found
    for clash in found[:-1]:
        assert clash.ways
        asked = clash.ways[0].applied(asked)
    assert found[-1].ways
    for way in found[-1].ways:
        assert fits(way.applied(asked)) is True, way.says.en
        assert way.says.zh != way.says.en


@pytest.mark.slow
@every_scenario
def test_no_smaller_change_is_enough(name):
    """A step less of a change is not enough."""
    asked, found = explained(name)
    for clash in found[:-1]:
        asked = clash.ways[0].applied(asked)
    for way in found[-1].ways:
        step = 10_000 if way.units % 10_000 == 0 else 1
        less = way.units - step if way.units > 0 else way.units + step
        if less:
            assert fits(replace(way, units=less).applied(asked)) is False, way.says.en


def test_there_are_thirty():
    """There are at least thirty scenarios of varied kinds."""
    assert len(SCENARIOS) >= 30
