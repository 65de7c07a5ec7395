"""Laws of more and less: money, options and limits; what holding decisions at their best does; bounds and rules of thumb."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimize import make_plan, plan_outlay
from optimize.plan import Limits, Status
from optimize.rules_of_thumb import RULES
from optimize.solver import Search
from scenarios.district import District, ServiceFund, Slots, VenueMode
from scenarios.funding import FEN_PER_WAN as WAN
from tests.random_districts import (
    Case,
    Draws,
    allocated,
    best,
    bound,
    drawing,
    light_case,
    no_better,
    on_random_districts,
    reached,
    slack,
    value,
)

UNSEEN = 5e-3  # relative: what a search leaves out and the promise counts
UNSERVED = 0.07  # where the worst tenth is the only goal, a search may leave out matters that take long and need rooms
MOVED = 1e-3  # a value that moves by more than this share of itself has moved


def moved(one: Case, other: Case) -> bool:
    """Whether two optima differ by more than their gaps."""
    return abs(value(one) - value(other)) > (MOVED + one.gap) * abs(value(other))


def richer(case: Case, share: float) -> Case:
    """The case with so much more in the pool, of capital and below the cap."""
    fund, venues = case.district.service_fund, case.district.venues
    more = replace(fund, pool_fen=round(fund.pool_fen * (1 + share)), cap_fen=round(fund.cap_fen * (1 + share)))
    return case.changed(service_fund=more, venues=replace(venues, capital_fen=round(venues.capital_fen * (1 + share))))


@on_random_districts
def test_more_money_never_hurts(drawn: Draws):
    """Relation 1: a larger pool, cap and capital programme never worsen the optimum; in most scenarios they better it."""
    gains = 0
    for seed, case in drawn:
        more = richer(case, float(drawing(1, seed).uniform(0.1, 1.0)))
        assert no_better(case, more), seed
        gains += moved(case, more)
    assert gains >= 0.4 * len(drawn.seeds)


def with_an_official(place: District) -> District:
    """One more official to choose from, from elsewhere and of the skill that fits best."""
    slots = place.slots
    more = Slots(id=(*slots.id, "one more"), sender=(*slots.sender, "province"), skill=(*slots.skill, "care"),
                 home_street_code=(*slots.home_street_code, "elsewhere"))  # fmt: skip
    return place.with_changes(slots=more)


def with_a_site(place: District, draw: np.random.Generator) -> District:
    """One more site: as one that is there, at half its cost."""
    sites = place.sites
    row = int(draw.integers(len(sites)))
    more = sites.take([*range(len(sites)), row])
    cost = more.cost_yuan.copy()
    cost[-1] = np.floor(cost[-1] / 2)
    return place.with_changes(
        sites=more.replaced(id=(*sites.id, "one more"), site=(*sites.site, "one more site"), cost_yuan=cost)
    )


def with_an_option(case: Case, draw: np.random.Generator) -> Case:
    """The case with one more post, official, place to be sent to, site, way of building, warden, or money for care.

    Not one more window: all that are given are added.
    """
    place, rule = case.district, case.district.postings
    modes: tuple[VenueMode, ...] = (*place.venues.modes, "developer", "shared", "co-built")
    ways = {
        "venues": [with_a_site(place, draw), place.with_changes(venues=replace(place.venues, modes=modes))],
        "postings": [with_an_official(place), place.with_changes(postings=replace(rule, posts=rule.posts + 1)),
                     place.with_changes(postings=replace(rule, eligible_share=0.6))],
        "posts": [place.with_changes(extra_posts=place.extra_posts + 1)],
        "money alone": [place.with_changes(extra_posts=1)],
        "choices": [place.with_changes(choices=replace(place.choices, **{name: getattr(place.choices, name) + more}))
                    for name, more in (("wardens", 1), ("care_fen", 5 * WAN))],
    }  # fmt: skip
    here = ways.get(case.option) or ways["venues"] + ways["postings"] + ways["posts"]
    return replace(case, district=here[int(draw.integers(len(here)))])


@on_random_districts
def test_one_more_option_never_hurts(drawn: Draws):
    """Relation 2: one more post, official, place, site or mode never worsens the optimum; in some scenarios it betters it."""
    gains = 0
    for seed, case in drawn:
        more = with_an_option(case, drawing(2, seed))
        assert no_better(case, more), seed
        gains += moved(case, more)
    assert gains >= 0.1 * len(drawn.seeds)


def with_a_limit(case: Case, draw: np.random.Generator) -> Case:
    """The case with a lower cap, higher floors, fewer sites, or fewer communities that qualify for officials."""
    place, fund = case.district, case.district.service_fund
    if case.option == "venues":
        kept = draw.permutation(len(place.sites))[: 1 + len(place.sites) // 3]
        return case.changed(sites=place.sites.take(np.sort(kept)))
    if case.option == "postings":
        return case.changed(postings=replace(place.postings, eligible_share=0.1))
    if draw.random() < 0.5:
        lowest = max(fund.floor_fen, default=0)
        return case.with_fund(cap_fen=round(lowest + 0.3 * (fund.cap_fen - lowest)))
    left = fund.pool_fen - sum(fund.floor_fen)
    some = draw.dirichlet(np.full(len(place.communities), 0.5)) * 0.9 * left
    raised = np.minimum(np.array(fund.floor_fen) + some.astype(int), fund.cap_fen)
    return case.with_fund(floor_fen=tuple(raised.tolist()))


@on_random_districts
def test_one_more_limit_never_helps(drawn: Draws):
    """Relation 3: a lower cap, a higher floor, fewer sites or places never better the optimum; in some they worsen it."""
    losses = 0
    for seed, case in drawn:
        less = with_a_limit(case, drawing(3, seed))
        assert no_better(less, case), seed
        losses += moved(case, less)
    assert losses >= 0.2 * len(drawn.seeds)


@on_random_districts
def test_a_target_for_the_outlay_never_helps(drawn: Draws):
    """Relation 3: having to spend a given sum never betters the optimum; here the sum that sharing by head would take."""
    for seed, case in drawn:
        outlay = plan_outlay(case.district, make_plan(case.district, method="per_head"))
        target = sum(year.total_fen for year in outlay) // len(outlay)
        limits = Limits(time_limit_s=120, gap=case.gap)
        bound_to_it = make_plan(case.district, goals=(case.goal,), limits=limits, outlay_fen=target)
        assert bound_to_it.goals[0].value >= bound(case) - slack(bound(case)), seed


def held(case: Case) -> Case:
    """The case with what its best plan chose as the only choice: its grants as entitlements, its officials and sites."""
    place, plan = case.district, best(case)
    sent, built = {p.slot for p in plan.postings}, {p.site_id for p in plan.projects}
    same_every_year = bool((plan.lump_fen == plan.lump_fen[:, :1]).all())
    fund = ServiceFund(entitlement_fen=tuple(plan.lump_fen[:, 0].tolist())) if same_every_year else place.service_fund
    return case.changed(
        service_fund=fund,
        slots=place.slots.take([row for row, name in enumerate(place.slots.id) if name in sent]),
        sites=place.sites.take([row for row, name in enumerate(place.sites.id) if name in built]),
    )


@on_random_districts
def test_holding_what_was_chosen_keeps_the_optimum(drawn: Draws):
    """Relation 10: with grants, officials and sites fixed as the best plan has them, the optimum is the same.

    Within the gap, and what grants cut to whole fen and space cut to whole square metres can move.
    """
    for seed, case in drawn:
        fixed = held(case)
        assert no_better(fixed, case), seed
        assert value(fixed) <= value(case) * (1 + 2 * case.gap) + 0.02 * (case.goal == "floors"), seed


def relaxed_value(case: Case) -> float:
    """The least value of the goal when every whole decision may be a fraction; years that cannot differ are one year."""
    allocation = allocated(case)
    for column in allocation.program.variables:
        column.cat = "Continuous"
    answer = Search(allocation.program).minimise(allocation.goals[case.goal], Limits(time_limit_s=60, gap=0.0))
    assert answer.status is Status.OPTIMAL
    return answer.value


@on_random_districts
def test_relaxation_below_optimum_below_rules_of_thumb(drawn: Draws):
    """Relation 11: fractions do at least as well as whole decisions, and those at least as well as every rule of thumb.

    The plan itself is judged as the rules are, by its decisions; space is handed out in whole square metres.
    """
    apart = 0
    for seed, case in drawn:
        relaxed, found = relaxed_value(case), value(case)
        assert relaxed <= found + slack(found), seed
        assert bound(case) >= relaxed - slack(relaxed) or value(case) - bound(case) <= case.gap * abs(found), seed
        for rule in RULES:
            thumb = reached(case, make_plan(case.district, method=rule))
            assert bound(case) <= thumb + slack(thumb), (seed, rule)
            unseen = UNSEEN if case.option in ("choices", "everything") else 0.0
            unseen = UNSERVED if case.goal == "worst_tenth" else unseen
            assert reached(case, best(case)) <= thumb * (1 + case.gap + unseen) + slack(thumb) + 0.02 * (
                case.goal == "floors"
            ), (seed, rule)
        apart += found > relaxed * (1 + 1e-6)
    assert apart >= 0.3 * len(drawn.seeds)


def test_the_scenarios_are_of_many_kinds():
    """The fifty scenarios have every kind of decision, one to three years, and pools that bind in most."""
    cases = [light_case(seed) for seed in range(50)]
    assert {case.option for case in cases} == {"money alone", "posts", "postings", "venues", "choices"}
    assert {case.goal for case in cases} == {"needs_met", "worst_tenth", "floors"}
    assert {case.district.years for case in cases} == {1, 2, 3}
    assert all(case.district.service_fund.pool_fen / len(case.district.communities) >= 2 * WAN for case in cases)
