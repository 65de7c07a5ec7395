"""Why not something else, plans almost as good, and planning again around settled decisions."""

from __future__ import annotations

import numpy as np
import pytest

from optimize import GOALS, Limits, PlanError, Requirements, audit, goal_values, make_plan
from optimize.explain.alternatives import alternatives
from optimize.explain.brief import Brief
from optimize.explain.held_decisions import decided
from optimize.explain.replanning import replan, start_from
from optimize.explain.ruled_out import already, ruled_out
from optimize.explain.staged import reach
from optimize.explain.telling import others_words
from optimize.explain.why_not import why_not
from optimize.locks import Lock
from optimize.pursuit import Pursuit, assembled
from optimize.solver import Search
from scenarios.building.builder import small_district
from scenarios.choices import Choices
from scenarios.district import Floors, PostingRule, ServiceFund, VenueRule
from scenarios.funding import FEN_PER_WAN as WAN

LIMITS = Limits(time_limit_s=20, gap=0.005)
RANKED = ("worst_tenth", "needs_met")


@pytest.fixture(scope="module")
def district():
    """Five communities with a free fund, posts and officials."""
    place = small_district(5, seed=4, residents=5000)
    place = place.with_changes(rates=place.rates.with_values(spillover=0.0, prevention_fade=0.01))
    fund = ServiceFund(mode="free", pool_fen=45 * WAN, floor_fen=(WAN,) * 5, cap_fen=25 * WAN)
    return place.with_changes(service_fund=fund, extra_posts=2, years=1,
                              postings=PostingRule(posts=1, eligible_share=0.5, term_months=12))  # fmt: skip


@pytest.fixture(scope="module")
def plan(district):
    return make_plan(district, goals=RANKED, limits=LIMITS)


@pytest.fixture(scope="module")
def base(district):
    return reach(Brief(district, Pursuit(RANKED)), LIMITS)


def not_posted(district, plan):
    """Communities that may have an official and have none, and those that may not."""
    from scenarios import formulas

    may = {district.communities.code[row] for row in formulas.eligible_for_posting(district)}
    sent = {posting.community for posting in plan.postings}
    return sorted(may - sent), sorted(set(district.communities.code) - may)


def test_what_the_plan_does_is_told_so(district, plan, base):
    """A decision that the plan makes anyway costs nothing and is said to be made."""
    for posting in plan.postings:
        assert why_not(base, plan, Lock(kind="posting", where=posting.community)).verdict == "already"
    lock = Lock(kind="posts", where=district.communities.code[0], amount=int(plan.posts[0, 0]))
    assert why_not(base, plan, lock).verdict == "already"


def test_what_a_rule_forbids_names_the_rule(district, plan, base):
    """Not eligible, over the cap, below the floor, more posts than there are, no such project: the rule is named."""
    _, barred = not_posted(district, plan)
    code = district.communities.code[0]
    cases = {
        "最薄弱的3个社区": Lock(kind="posting", where=barred[0]),
        "封顶额25万元": Lock(kind="grant", where=code, amount=30 * WAN),
        "保底额1万元": Lock(kind="grant", where=code, amount=0),
        "新增岗位共2个": Lock(kind="posts", where=code, amount=3),
        "候选项目中没有": Lock(kind="project", where="nowhere"),
        "现有": Lock(kind="windows", where=code, amount=40),
        "网格员共0名": Lock(kind="wardens", where=code, amount=1),
    }
    for words, lock in cases.items():
        answer = why_not(base, plan, lock)
        assert answer.verdict == "forbidden", words
        assert words in answer.says.zh
        with pytest.raises(PlanError):
            make_plan(district, goals=RANKED, requirements=Requirements(locks=(lock,)), limits=LIMITS)


def test_forcing_never_helps(district, plan, base):
    """A decision forced costs at least nothing, and what is told is what a search with the lock finds."""
    free, _ = not_posted(district, plan)
    for lock in (
        Lock(kind="posting", where=free[0]),
        Lock(kind="grant", where=district.communities.code[1], amount=20 * WAN),
    ):
        answer = why_not(base, plan, lock, LIMITS)
        assert answer.verdict == "priced"
        assert answer.gains[-1].gain <= 0
        assert answer.says.zh.startswith(answer.asked.zh)
        locked = make_plan(district, goals=RANKED, requirements=Requirements(locks=(lock,)), limits=LIMITS)
        assert audit(district, locked) == []
        assert already(district, locked, lock)


def test_nothing_is_ruled_out_that_a_plan_does(district, plan):
    """What the plan does is never said to be forbidden."""
    for code, posts in zip(plan.communities, plan.posts[:, 0], strict=True):
        assert ruled_out(district, Lock(kind="posts", where=code, amount=int(posts))) == []
    for row, code in enumerate(plan.communities):
        assert ruled_out(district, Lock(kind="grant", where=code, amount=int(plan.lump_fen[row, 0]))) == []
    for project in plan.projects:
        assert ruled_out(district, Lock(kind="project", where=project.site_id)) == []


def test_other_plans_are_near_and_different(district, base):
    """Each other plan passes the audit, is within the share stated of the best, and differs from all before it."""
    found = alternatives(base, limits=Limits(time_limit_s=4, gap=0.05))
    assert found.others
    best = goal_values(district, found.best, RANKED)
    for other in found.others:
        assert audit(district, other.plan) == []
        values = goal_values(district, other.plan, RANKED)
        assert values["needs_met"] <= base.found["needs_met"].value * (1 + found.near) * (1 + 1e-3)
        assert values["worst_tenth"] <= base.held["worst_tenth"] + 1e-3
        assert other.moved_wan > 0.5 or other.added or other.dropped
    assert best["needs_met"] == pytest.approx(found.best_goals["needs_met"])
    assert len(others_words(district, found)) >= 2


def test_sure_decisions_are_in_all(district, base):
    """What is said to be safe to decide first is in every plan told, and nothing else is."""
    found = alternatives(base, count=2, limits=Limits(time_limit_s=4, gap=0.05))
    for name in found.sure:
        kind, where = name.split(" ", 1)
        for plan in (found.best, *(other.plan for other in found.others)):
            if kind == "posting":
                assert where in {posting.community for posting in plan.postings}
            if kind == "posts":
                assert plan.posts[plan.communities.index(where), 0] > 0


def test_the_decisions_of_a_plan_are_a_start(district, plan):
    """A plan's own decisions, put into the program's columns, leave a point that keeps every row."""
    brief = Brief(district, Pursuit(RANKED))
    allocation = assembled(district, brief.pursuit)
    search = Search(allocation.program)
    known = decided(district, allocation, plan)
    assert set(search.positions(list(known))) == set(search.whole_columns.tolist())
    point = start_from(brief, allocation, search, plan, LIMITS)
    assert point is not None
    held = search.positions(list(known))
    assert np.array_equal(point[held], np.array(list(known.values())))


def test_planning_again_keeps_what_is_settled(district, plan):
    """A plan made again keeps the lock and every rule, and its priced goal is as good as a cold search's."""
    pursuit = Pursuit(RANKED)
    free, _ = not_posted(district, plan)
    for lock in (Lock(kind="posting", where=free[0]), Lock(kind="grant", where=district.communities.code[2], amount=20 * WAN)):  # fmt: skip
        again = replan(district, plan, (lock,), pursuit=pursuit, limits=LIMITS)
        assert audit(district, again) == []
        assert already(district, again, lock)
        cold = make_plan(district, goals=RANKED, requirements=Requirements(locks=(lock,)), limits=LIMITS)
        priced = {goal.goal: goal.value for goal in again.goals}["needs_met"]
        assert priced <= {goal.goal: goal.value for goal in cold.goals}["needs_met"] * 1.02


@pytest.mark.slow
def test_a_project_taken_back_is_planned_around():
    """A venue programme made again without one of its projects keeps every rule and still builds."""
    place = small_district(5, seed=4, residents=5000)
    district = place.with_changes(service_fund=ServiceFund(entitlement_fen=(8 * WAN,) * 5), floors=Floors(venue_m2=200),
                                  venues=VenueRule(capital_fen=150 * WAN))  # fmt: skip
    plan = make_plan(district, limits=LIMITS)
    lock = Lock(kind="project", where=plan.projects[0].site_id, amount=0)
    again = replan(district, plan, (lock,), pursuit=Pursuit(GOALS), limits=LIMITS)
    assert audit(district, again) == []
    assert already(district, again, lock)
    assert again.projects


def test_what_cannot_be_settled_is_refused(district, plan):
    """A lock that no plan can keep is refused with the rules that clash."""
    lock = Lock(kind="grant", where=district.communities.code[0], amount=30 * WAN)
    with pytest.raises(PlanError) as caught:
        replan(district, plan, (lock,), pursuit=Pursuit(RANKED), limits=LIMITS)
    assert "30万元" in caught.value.problems[0].zh


def test_every_kind_of_choice_is_a_start():
    """Windows, wardens and contact of a plan are put into the program's columns too."""
    place = small_district(4, seed=4, residents=4000)
    fund = ServiceFund(entitlement_fen=(8 * WAN,) * 4)
    opened = place.with_changes(service_fund=fund, choices=Choices(windows=2, wardens=1, contact=True), years=1)
    plan = make_plan(opened, limits=LIMITS)
    allocation = assembled(opened, Pursuit(GOALS))
    search = Search(allocation.program)
    point = start_from(Brief(opened, Pursuit(GOALS)), allocation, search, plan, LIMITS)
    assert point is not None
    assert sum(point[search.positions([v])[0]] for v in allocation.first.choices.wardens) == plan.wardens.sum()
