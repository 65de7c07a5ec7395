"""The audit: silent on plans that keep the rules, and it catches every kind of planted breach."""

from dataclasses import replace

import numpy as np
import pytest

from optimize import Plan, audit, make_plan
from optimize.plan import Project
from optimize.promise import promised
from optimize.sharing import share_out
from scenarios import formulas
from scenarios.building.builder import small_district
from scenarios.district import Floors, PostingRule, ServiceFund, Slots, VenueRule
from scenarios.funding import FEN_PER_WAN as WAN

RULES = ("equal_split", "per_head", "last_year", "needs_formula")


@pytest.fixture(scope="module")
def district():
    free = ServiceFund(mode="free", pool_fen=60 * WAN, floor_fen=(2 * WAN,) * 6, cap_fen=30 * WAN)
    slots = Slots(id=("a", "b", "c"), sender=("city", "county", "city"), skill=("care", "care", "dispute"),
                  home_street_code=("elsewhere",) * 3)  # fmt: skip
    return small_district(6, seed=4, residents=6000).with_changes(
        service_fund=free, slots=slots, extra_posts=2, postings=PostingRule(posts=2, eligible_share=0.5),
        venues=VenueRule(capital_fen=100 * WAN), floors=Floors(venue_m2=200))  # fmt: skip


@pytest.fixture(scope="module")
def plan(district) -> Plan:
    return make_plan(district, method="equal_split")


def raised(plan: Plan, name: str, row: int, fen: int, *, year: int = 0) -> Plan:
    """The plan with one number moved in one plan year."""
    values = np.array(getattr(plan, name))
    values[row, year] += fen
    return plan.with_changes(**{name: values})


def first(plan: Plan, **changes) -> Plan:
    return plan.with_changes(postings=(replace(plan.postings[0], **changes), *plan.postings[1:]))


def built(plan: Plan, **changes) -> Plan:
    return plan.with_changes(projects=(replace(plan.projects[0], **changes), *plan.projects[1:]))


def outside(district) -> str:
    """A community that may not be sent anyone."""
    eligible = formulas.eligible_for_posting(district)
    return next(code for row, code in enumerate(district.communities.code) if row not in eligible)


def at_home(district, plan):
    """The first posting, by an official from the community's own street."""
    slots = district.slots
    row = district.communities.code.index(plan.postings[0].community)
    home = tuple(district.communities.street_code[row] if name == plan.postings[0].slot else street
                 for name, street in zip(slots.id, slots.home_street_code, strict=True))  # fmt: skip
    return district.with_changes(slots=slots.replaced(home_street_code=home))


def test_rules_of_thumb_keep_every_rule(district):
    """Every rule of thumb is feasible in every kind of fund."""
    granted = ServiceFund(entitlement_fen=(9 * WAN,) * 6)
    for fund in (district.service_fund, granted, replace(granted, mode="mandated", payer="district", ratio=1.0),
                 replace(granted, mode="voluntary", ratio=1.0, pool_fen=20 * WAN)):  # fmt: skip
        changed = district.with_changes(service_fund=fund)
        for rule in RULES:
            plan = make_plan(changed, method=rule)
            assert audit(changed, plan) == []
            total = 60 * WAN if fund.mode == "free" else 54 * WAN
            assert (plan.lump_fen.sum(axis=0) == total).all()
            assert plan.postings
            assert plan.projects
            assert plan.posts[:, 0].sum() == 2


BREACHES = {
    "pool": lambda d, p: raised(p, "lump_fen", 0, 1),
    "floor and cap": lambda d, p: raised(p, "lump_fen", 0, 21 * WAN),
    "uses": lambda d, p: raised(p, "prevention_fen", 0, 50 * WAN),
    "contracts": lambda d, p: raised(p, "contract_fen", 0, 40 * WAN),
    "sign": lambda d, p: raised(p, "contract_fen", 0, -(10**12)),
    "posts": lambda d, p: raised(p, "posts", 0, 1),
    "whole": lambda d, p: p.with_changes(posts=p.posts + 0.5),
    "shape": lambda d, p: p.with_changes(years=(1999, 2000, 2001)),
    "promise": lambda d, p: p.with_changes(promised_met=p.promised_met + 1e-3),
    "unknown": lambda d, p: first(p, slot="nobody"),
    "term": lambda d, p: first(p, months=25),
    "start": lambda d, p: first(p, start_month=3),
    "eligible": lambda d, p: first(p, community=outside(d)),
    "one community": lambda d, p: first(p, community=p.postings[1].community),
    "one posting": lambda d, p: first(p, slot=p.postings[1].slot),
    "space": lambda d, p: built(p, serves=((p.projects[0].serves[0][0], 1e6),)),
    "lacking": lambda d, p: built(p, serves=((p.projects[0].serves[0][0], 1e6),)),
    "one per site": lambda d, p: p.with_changes(projects=(*p.projects, p.projects[0])),
}


@pytest.mark.parametrize("rule", sorted(BREACHES))
def test_a_planted_breach_is_caught(district, plan, rule):
    """One breach of one rule is found under that rule's name, with words in both languages."""
    found = [v for v in audit(district, BREACHES[rule](district, plan)) if v.rule == rule]
    assert found
    assert all(v.says.zh and v.says.en for v in found)


YEARLY = {
    "pool": ("lump_fen", 1),
    "floor and cap": ("lump_fen", 21 * WAN),
    "uses": ("prevention_fen", 50 * WAN),
    "contracts": ("contract_fen", 40 * WAN),
    "sign": ("contract_fen", -(10**12)),
    "posts": ("posts", 1),
}


@pytest.mark.parametrize("rule", YEARLY)
@pytest.mark.parametrize("year", range(3))
def test_a_breach_in_any_year_is_caught_in_that_year(district, plan, rule, year):
    """Rules that hold every year are checked in every year, and the year is named."""
    name, more = YEARLY[rule]
    found = [v for v in audit(district, raised(plan, name, 0, more, year=year)) if v.rule == rule]
    assert len(found) == 1
    assert str(plan.years[year]) in found[0].where


def test_breaches_of_the_district_are_caught(district, plan):
    """The same plan breaks the rules of a stricter district."""
    stricter = {
        "places": district.with_changes(postings=replace(district.postings, posts=1)),
        "capital": district.with_changes(venues=VenueRule(capital_fen=1)),
        "mode": district.with_changes(venues=replace(district.venues, modes=())),
        "reach": district.with_changes(sites=district.sites.replaced(
            x_m=district.sites.x_m + 50_000, community_code=("elsewhere",) * len(district.sites))),
        "home": at_home(district, plan),
        "entitlement": district.with_changes(service_fund=ServiceFund(entitlement_fen=(9 * WAN,) * 6)),
    }  # fmt: skip
    for rule, changed in stricter.items():
        assert rule in {v.rule for v in audit(changed, plan)}, rule


def test_a_match_beyond_the_rule_is_caught(district, plan, monkeypatch):
    """The audit does not trust the funding rules: a mandated part that is off by a fen is named."""
    from optimize import audit_money
    from scenarios import funding

    fund = ServiceFund(mode="mandated", payer="district", granter="city", ratio=1.0, entitlement_fen=(9 * WAN,) * 6)
    mandated = district.with_changes(service_fund=fund)
    kept = make_plan(mandated, method="equal_split")
    assert audit(mandated, kept) == []

    def off_by_one(district, lump):
        money = funding.year_money(district, lump)
        paid, *others = money.flows
        return replace(money, flows=(replace(paid, fen=paid.fen + 1), *others))

    monkeypatch.setattr(audit_money, "year_money", off_by_one)
    assert "match" in {v.rule for v in audit(mandated, kept)}


def test_a_hand_written_plan_is_judged(district, plan):
    """A plan written by hand, without searching, passes when it keeps the rules."""
    cheapest = int(np.argmin(district.sites.cost_yuan))
    site, row = district.sites.id[cheapest], district.sites.community_code[cheapest]
    by_hand = plan.with_changes(method="by hand", projects=(Project(site, 0, ((row, 10.0),)),), postings=())
    assert audit(district, promised(district, by_hand)) == []
    assert {v.rule for v in audit(district, by_hand)} == {"promise"}  # the old promise no longer holds


def test_sharing_is_exact_and_within_bounds():
    """Whole numbers within bounds that sum to the total, or as near as the bounds allow."""
    rng = np.random.default_rng(3)
    for _ in range(50):
        size = int(rng.integers(1, 9))
        low, high = rng.integers(0, 50, size), rng.integers(50, 120, size)
        total = int(rng.integers(0, 900))
        shares = share_out(total, rng.random(size), low=low, high=high)
        assert ((low <= shares) & (shares <= high)).all()
        assert shares.sum() == min(max(total, low.sum()), high.sum())


def test_water_filling_evens_out():
    """With what each already has, sharing lifts the lowest first."""
    shares = share_out(10, np.ones(3), low=np.zeros(3, int), high=np.full(3, 99), offset=np.array([0.0, 6.0, 20.0]))
    assert shares.tolist() == [8, 2, 0]
