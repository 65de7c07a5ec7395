"""Breaches of a good plan in one place, each with the name of the rule that an audit must find broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import floor

import numpy as np

from optimize import Correction, Plan, make_plan
from optimize.outlay import project_cost_fen
from optimize.plan import Posting, Project
from optimize.promise import promised
from optimize.rules_of_thumb import RULES
from scenarios import formulas
from scenarios.building.builder import small_district
from scenarios.choices import Choices
from scenarios.district import District, Floors, PostingRule, ServiceFund, Slots, VenueRule
from scenarios.funding import FEN_PER_WAN as WAN
from scenarios.funding import year_money
from tests.random_districts import drawing

Draw = np.random.Generator
Mutation = Callable[[District, Plan, Draw], Plan | None]


@cache
def good(seed: int) -> tuple[District, Plan]:
    """A district with every kind of decision, and a plan by a rule of thumb that keeps every rule."""
    draw = drawing(300, seed)
    count = int(draw.integers(8, 12))
    place = small_district(count, seed=seed, residents=900 * count)
    fund = ServiceFund(entitlement_fen=tuple(draw.integers(WAN, 12 * WAN, count).tolist()))
    if seed % 3:
        floors = tuple(draw.integers(1, 2 * WAN, count).tolist())
        fund = ServiceFund(mode="free", pool_fen=8 * count * WAN + seed, floor_fen=floors, cap_fen=30 * WAN)
    street = place.communities.street_code
    slots = Slots(
        id=tuple("abcdef"),
        sender=("city",) * 6,
        skill=("care",) * 6,
        home_street_code=(street[0], street[-1], *["elsewhere"] * 4),
    )
    rule = PostingRule(posts=2, eligible_share=0.8)
    dear = max(cost for cost, mode in zip(place.sites.cost_yuan, place.sites.mode, strict=True) if mode == "build")
    choices = Choices(windows=3, windows_each=2, wardens=2, rooms=True, pairs=True, care_fen=20 * WAN, contact=True)
    place = place.with_changes(
        service_fund=fund, slots=slots, extra_posts=2, postings=rule, floors=Floors(venue_m2=300), years=2 + seed % 2,
        venues=VenueRule(capital_fen=round(dear * 110), modes=("build",)), choices=choices,
    )  # fmt: skip
    plan = make_plan(place, method=RULES[seed % len(RULES)])
    return place, promised(place, _with_standing(place, plan, draw))


def _with_standing(place: District, plan: Plan, draw: Draw) -> Plan:
    """The plan with windows, wardens, contact, rooms, care money and a pair decided within their rules."""
    first = np.arange(len(place.communities)) == int(draw.integers(len(place.communities)))
    row, unit = (int(at[0]) for at in np.nonzero(formulas.units_in_reach(place)))
    return plan.with_changes(
        windows=place.communities.windows + 2 * first, wardens=2 * first, contact=place.levers.contact_shift + 0.1 * first,
        care_rooms=np.full(len(place.communities), 0.3), care_yuan=(5.0,) * 7,
        pairs=((place.units.id[unit], place.communities.code[row], 0.5),),
    )  # fmt: skip


def _spot(plan: Plan, draw: Draw) -> tuple[int, int]:
    return int(draw.integers(len(plan.communities))), int(draw.integers(len(plan.years)))


def moved(plan: Plan, name: str, at: tuple[int, ...], by: float) -> Plan:
    """The plan with one number moved."""
    values = np.array(getattr(plan, name))
    values[at] += by
    return plan.with_changes(**{name: values})


def one_fen_over_the_pool(place: District, plan: Plan, draw: Draw) -> Plan | None:
    if place.service_fund.mode != "free":
        return None
    row, year = _spot(plan, draw)
    return moved(plan, "lump_fen", (row, year), place.service_fund.pool_fen - int(plan.lump_fen[:, year].sum()) + 1)


def one_fen_beyond_floor_or_cap(place: District, plan: Plan, draw: Draw) -> Plan | None:
    fund, (row, year) = place.service_fund, _spot(plan, draw)
    if fund.mode != "free":
        return None
    wanted = fund.floor_fen[row] - 1 if draw.random() < 0.5 else fund.cap_fen + 1
    return moved(plan, "lump_fen", (row, year), wanted - int(plan.lump_fen[row, year]))


def one_fen_off_the_entitlement(place: District, plan: Plan, draw: Draw) -> Plan | None:
    return (
        None
        if place.service_fund.mode == "free"
        else moved(plan, "lump_fen", _spot(plan, draw), int(draw.choice([-1, 1])))
    )


def one_fen_over_the_service_money(place: District, plan: Plan, draw: Draw) -> Plan:
    row, year = _spot(plan, draw)
    money = int(year_money(place, plan.lump_fen[:, year]).service_fen[row])
    spent = int(plan.contract_fen[row, year] + plan.prevention_fen[row, year])
    return moved(plan, "prevention_fen", (row, year), money - spent + 1)


def one_fen_over_the_contract_hours(place: District, plan: Plan, draw: Draw) -> Plan:
    row, year = _spot(plan, draw)
    hours = Fraction(float(formulas.contract_limit_hours(place)[row]))
    return moved(
        plan,
        "contract_fen",
        (row, year),
        floor(hours * Fraction(place.rates.contract_wage) * 100) - int(plan.contract_fen[row, year]) + 1,
    )


def below_nought(place: District, plan: Plan, draw: Draw) -> Plan:
    name = str(draw.choice(["lump_fen", "contract_fen", "prevention_fen", "posts"]))
    at = _spot(plan, draw)
    return moved(plan, name, at, -1 - int(getattr(plan, name)[at]))


def one_post_more(place: District, plan: Plan, draw: Draw) -> Plan:
    return moved(plan, "posts", _spot(plan, draw), 1)


def half_posts(place: District, plan: Plan, draw: Draw) -> Plan:
    values = plan.posts.astype(float)
    values[_spot(plan, draw)] += 0.5
    return plan.with_changes(posts=values)


def another_shape(place: District, plan: Plan, draw: Draw) -> Plan:
    count = len(plan.communities)
    changes = (
        {"communities": (*plan.communities[:-1], "another")}, {"years": tuple(year + 1 for year in plan.years)},
        {"contract_fen": plan.contract_fen[:-1]}, {"windows": plan.windows[:-1]}, {"correction": Correction.neutral(count + 1)},
    )  # fmt: skip
    return plan.with_changes(**changes[int(draw.integers(len(changes)))])


def a_promise_too_much(place: District, plan: Plan, draw: Draw) -> Plan:
    name, at = str(draw.choice(["promised_met", "promised_needs"])), _spot(plan, draw)
    return moved(plan, name, at, 2e-6 * max(1.0, float(getattr(plan, name)[at])))


def posting(plan: Plan, draw: Draw, **changes: object) -> Plan:
    """The plan with one posting changed."""
    at = int(draw.integers(len(plan.postings)))
    return plan.with_changes(
        postings=(*plan.postings[:at], replace(plan.postings[at], **changes), *plan.postings[at + 1 :])
    )


def nobody_knows(place: District, plan: Plan, draw: Draw) -> Plan:
    unknown = (
        lambda: posting(plan, draw, slot="nobody"),
        lambda: posting(plan, draw, community="nowhere"),
        lambda: plan.with_changes(projects=(*plan.projects, Project("nothing", 0, ()))),
        lambda: project(plan, draw, serves=(("nowhere", 1.0),)),
        lambda: plan.with_changes(pairs=(("no unit", plan.communities[0], 0.1),)),
    )
    return unknown[int(draw.integers(len(unknown)))]()


def one_month_too_short(place: District, plan: Plan, draw: Draw) -> Plan:
    return posting(plan, draw, months=place.postings.term_months + int(draw.choice([-1, 1])))


def not_in_january(place: District, plan: Plan, draw: Draw) -> Plan:
    return posting(plan, draw, start_month=int(draw.choice([1, 11, -12, 12 * place.years])))


def sent_home(place: District, plan: Plan, draw: Draw) -> Plan:
    streets, slots = dict(zip(place.communities.code, place.communities.street_code, strict=True)), place.slots
    homes = {home: name for name, home in zip(slots.id, slots.home_street_code, strict=True)}
    return posting(plan, draw, slot=homes[streets[plan.postings[0].community]]) if len(plan.postings) == 1 else plan.with_changes(
        postings=(replace(plan.postings[0], slot=homes[streets[plan.postings[0].community]]), *plan.postings[1:]))  # fmt: skip


def sent_to_the_strong(place: District, plan: Plan, draw: Draw) -> Plan:
    eligible = set(formulas.eligible_for_posting(place).tolist())
    strong = [code for row, code in enumerate(plan.communities) if row not in eligible]
    return posting(plan, draw, community=strong[int(draw.integers(len(strong)))])


def _free_posting(place: District, plan: Plan) -> Posting:
    taken, sent = {p.community for p in plan.postings}, {p.slot for p in plan.postings}
    rows = [row for row in formulas.eligible_for_posting(place).tolist() if plan.communities[row] not in taken]
    slot = next(
        name
        for name, home in zip(place.slots.id, place.slots.home_street_code, strict=True)
        if home == "elsewhere" and name not in sent
    )
    return Posting(slot, plan.communities[rows[0]], 0, place.postings.term_months)


def one_place_too_many(place: District, plan: Plan, draw: Draw) -> Plan:
    return plan.with_changes(postings=(*plan.postings, _free_posting(place, plan)))


def two_for_one_community(place: District, plan: Plan, draw: Draw) -> Plan:
    again = replace(_free_posting(place, plan), community=plan.postings[0].community)
    return plan.with_changes(postings=(*plan.postings[:1], again))


def one_official_twice(place: District, plan: Plan, draw: Draw) -> Plan:
    again = replace(_free_posting(place, plan), slot=plan.postings[0].slot)
    return plan.with_changes(postings=(*plan.postings[:1], again))


def project(plan: Plan, draw: Draw, **changes: object) -> Plan:
    """The plan with one project changed."""
    at = int(draw.integers(len(plan.projects)))
    return plan.with_changes(
        projects=(*plan.projects[:at], replace(plan.projects[at], **changes), *plan.projects[at + 1 :])
    )


def the_same_project_twice(place: District, plan: Plan, draw: Draw) -> Plan:
    return plan.with_changes(projects=(*plan.projects, plan.projects[int(draw.integers(len(plan.projects)))]))


def beyond_the_capital(place: District, plan: Plan, draw: Draw) -> Plan | None:
    """One or more projects more in the first year, on sites of their own, until the capital is exceeded."""
    used, more, left = {p.site_id for p in plan.projects}, [], place.venues.capital_fen
    left -= sum(project_cost_fen(place, place.sites.id.index(p.site_id)) for p in plan.projects if p.start_month < 12)
    for row, name in enumerate(place.sites.id):
        if left >= 0 and name not in used and place.sites.mode[row] in place.venues.modes:
            more.append(Project(name, 0, ()))
            left -= project_cost_fen(place, row)
    return plan.with_changes(projects=(*plan.projects, *more)) if left < 0 else None


def a_way_not_allowed(place: District, plan: Plan, draw: Draw) -> Plan | None:
    others = [
        name for name, mode in zip(place.sites.id, place.sites.mode, strict=True) if mode not in place.venues.modes
    ]
    return project(plan, draw, site_id=others[0], serves=()) if others else None


def after_the_plan(place: District, plan: Plan, draw: Draw) -> Plan:
    return project(plan, draw, start_month=int(draw.choice([-1, 12 * place.years])))


def beyond_a_walk(place: District, plan: Plan, draw: Draw) -> Plan | None:
    reach = formulas.sites_in_reach(place)
    for one in plan.projects:
        far = np.flatnonzero(~reach[:, place.sites.id.index(one.site_id)])
        if len(far):
            moved_to = replace(one, serves=((plan.communities[int(far[0])], 1.0),))
            return plan.with_changes(projects=tuple(moved_to if p is one else p for p in plan.projects))
    return None


def less_than_no_space(place: District, plan: Plan, draw: Draw) -> Plan:
    return project(plan, draw, serves=((plan.projects[0].serves[0][0], -1.0),))


def more_than_the_site_has(place: District, plan: Plan, draw: Draw) -> Plan:
    one = plan.projects[0]
    m2 = float(place.sites.m2[place.sites.id.index(one.site_id)])
    return plan.with_changes(
        projects=(replace(one, serves=((one.serves[0][0], float(np.nextafter(m2, 1e9))),)), *plan.projects[1:])
    )


def more_than_is_lacking(place: District, plan: Plan, draw: Draw) -> Plan:
    code = plan.projects[0].serves[0][0]
    lacks = float(formulas.space_lacking_m2(place)[plan.communities.index(code)])
    one = replace(plan.projects[0], serves=((code, float(np.nextafter(lacks, 1e9))),))
    return plan.with_changes(projects=(one,))


def a_window_too_many(place: District, plan: Plan, draw: Draw) -> Plan:
    count, (row, _) = int(draw.choice([-1, 3])), _spot(plan, draw)
    values = np.array(plan.windows)
    values[row] = place.communities.windows[row] + count
    return plan.with_changes(windows=values)


def a_warden_too_many(place: District, plan: Plan, draw: Draw) -> Plan:
    return moved(plan, "wardens", (_spot(plan, draw)[0],), 1)


def between_two_steps(place: District, plan: Plan, draw: Draw) -> Plan:
    return moved(plan, "contact", (_spot(plan, draw)[0],), 0.05)


def all_rooms_for_care(place: District, plan: Plan, draw: Draw) -> Plan:
    at = _spot(plan, draw)[:1]
    return moved(plan, "care_rooms", at, float(draw.choice([0.04, 0.81])) - float(plan.care_rooms[at]))


def too_much_care(place: District, plan: Plan, draw: Draw) -> Plan:
    return plan.with_changes(care_yuan=(*plan.care_yuan[:6], float(draw.choice([-1.0, 1e6]))))


def more_hours_than_it_has(place: District, plan: Plan, draw: Draw) -> Plan:
    return plan.with_changes(pairs=(*plan.pairs, (*plan.pairs[0][:2], 0.5001)))


BREACHES: dict[str, tuple[Mutation, ...]] = {
    "pool": (one_fen_over_the_pool,),
    "floor and cap": (one_fen_beyond_floor_or_cap,),
    "entitlement": (one_fen_off_the_entitlement,),
    "uses": (one_fen_over_the_service_money,),
    "contracts": (one_fen_over_the_contract_hours,),
    "sign": (below_nought, less_than_no_space),
    "posts": (one_post_more,),
    "whole": (half_posts,),
    "shape": (another_shape,),
    "promise": (a_promise_too_much,),
    "unknown": (nobody_knows,),
    "term": (one_month_too_short,),
    "start": (not_in_january, after_the_plan),
    "home": (sent_home,),
    "eligible": (sent_to_the_strong,),
    "places": (one_place_too_many,),
    "one community": (two_for_one_community,),
    "one posting": (one_official_twice,),
    "one per site": (the_same_project_twice,),
    "capital": (beyond_the_capital,),
    "mode": (a_way_not_allowed,),
    "reach": (beyond_a_walk,),
    "space": (more_than_the_site_has,),
    "lacking": (more_than_is_lacking,),
    "windows": (a_window_too_many,),
    "wardens": (a_warden_too_many,),
    "contact": (between_two_steps,),
    "rooms": (all_rooms_for_care,),
    "care fund": (too_much_care,),
    "pairs": (more_hours_than_it_has,),
}
