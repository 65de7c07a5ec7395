"""What each mechanism means, written down beside the catalogue: which way it moves what it names, who pays, whom it reaches.

The table is read off the sentences of the sources' practices, not off the functions: a side effect that is dropped, one
that is turned round, another payer or a reversed choice of places stands against it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
import pytest

from scenarios.arrangements import PAYERS, Support
from scenarios.district import District
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import Mechanism
from scenarios.tables import Reals
from tests.mechanism_world import context, dose, given_for, made

every_mechanism = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
PARTS = {"cash": "fen", "hours": "hours", "cost": "cost_fen"}


@dataclass(frozen=True)
class Meaning:
    """One mechanism in words.

    ``moves``: each thing with "+" if it rises, "-" if it falls and "0" if the default leaves it as it is. ``brings``: who
    pays, and what of the programme it pays for: cash, hours, cost; "fades" where hours dwindle; kinds of care for care.
    ``reach``: where anything changes at all.
    """

    moves: str = ""
    brings: tuple[str, ...] = ()
    reach: str = "everyone"


def means(moves: str = "", *brings: str, reach: str = "everyone") -> Meaning:
    """A row of the table."""
    return Meaning(moves, brings, reach)


SITES = " ".join(f"sites.{name}+" for name in
                 ("id", "site", "community_code", "mode", "m2", "cost_yuan", "lead_months", "x_m", "y_m"))  # fmt: skip
COST = "district: cost"
MEANT: dict[str, Meaning] = {
    # Money
    "work_fund_floor": means("communities.work_fund_yuan+"),
    "party_fund_floor": means("communities.party_fund_yuan+"),
    "service_fund": means("service_fund+", "district: fund"),
    "matched_funding": means("service_fund+", "city and district: fund"),
    "needs_based_grants": means("service_fund+", "district: fund"),
    "budget_line": means("rates.payment_delay-"),
    "pooled_money": means("levers.admin_relief+", "district: cash"),
    "street_upkeep": means("streets.own_revenue_yuan-", "district: hours cost", reach="urban"),
    "village_transfers": means("", "province: cash", reach="villages"),
    "prevent_or_pay": means("", "district: cash"),
    "shell_villages": means("communities.collective_income_yuan+", COST, reach="villages, low quality"),
    "care_fund": means("", "district: living", "society: ability spirit"),
    "hardship_card": means("", "society: living"),
    "building_branch_money": means("levers.member_hours+", COST, reach="urban"),
    "cadre_insurance": means("levers.turnover_cut+", COST, reach="villages"),
    "stationed_cadres": means("", "district: hours cost", reach="villages, low quality"),
    "innovation_awards": means("levers.effort+ units.cooperation+", COST, reach="everyone, middle quality"),
    # Posts, branches and training
    "first_secretaries": means("postings+"),
    "deputy_secretaries": means("extra_posts+"),
    "leaders_settle": means("levers.attention+", COST),
    "contact_points": means("levers.attention+ levers.campaign+", COST, reach="everyone, low quality"),
    "committee_members": means("units.cooperation+ levers.liaison+", "society: cost"),
    "village_teams": means("", "province: cash hours cost fades", reach="villages, low quality"),
    "graduate_placements": means("communities.posts+ levers.effort+", reach="villages, low quality"),
    "career_ladder": means("levers.effort+ levers.turnover_cut-", "province: cost"),
    "cross_posting": means("levers.training_days+ levers.turnover_cut-"),
    "worker_training": means("levers.training_days+ levers.turnover_cut-", COST),
    "cascade_training": means("levers.training_cascade+ levers.admin_relief-"),
    "hundred_days": means("levers.campaign+ levers.admin_relief-", COST),
    "building_branches": means("levers.organisers+ levers.recruitment+", COST, reach="urban, high population"),
    "association_branches": means("levers.organisers+ units.cooperation+", "society: cost", reach="urban"),
    "market_branches": means("levers.organisers+ levers.voicing+", COST, reach="urban, high population"),
    "industry_branches": means("levers.member_hours+", COST, "society: cash", reach="villages, high population"),
    "office_stations": means("communities.posts+ levers.local_items+ units.cooperation+", reach="everyone, high firms"),
    "organisation_upgrade": means("levers.organisers+ levers.admin_relief-", reach="urban, high population"),
    "town_organisers": means("levers.organisers+", "district: hours cost", reach="villages"),
    "united_posts": means("levers.local_items+ levers.admin_relief-"),
    "liaison_officers": means("levers.liaison+ units.cooperation+", "society: cost"),
    # Floor space and service points
    "venue_programme": means("venues+"),
    "area_floor": means("floors.venue_m2+"),
    "space_mix": means("floors.activity_share+"),
    "village_standard": means(SITES),
    "one_stop_halls": means("levers.hours_window- levers.local_items+", COST, reach="everyone, high population"),
    "service_windows": means("communities.windows+", COST),
    "service_network": means("levers.local_items+ levers.delegated+ levers.voicing+", COST,
                             reach="everyone, high population"),
    "service_circle": means("communities.venue_distance_m-", COST, reach="everyone, high venue_distance_m"),
    "facility_kit": means("communities.service_m2+", COST, reach="everyone, high population"),
    "distance_learning": means("levers.training_days+ levers.voicing+", COST),
    "demonstration_sites": means("levers.effort+ levers.training_days+", COST, reach="everyone"),
    "handed_over_space": means("communities.service_m2+ units.room_hours_month+", COST, reach="urban, high population"),
    "co_built_venues": means("communities.service_m2+ levers.voicing-", COST, "village: cost",
                             reach="villages, low quality"),
    "venue_upkeep": means("levers.room_hours+", COST),
    "village_venues": means("communities.service_m2+", COST, "province: cost", reach="villages, low quality"),
    "shared_premises": means("units.room_hours_month+ levers.answering+"),
    # Grids, contact and response
    "grid_division": means("communities.grids+"),
    "officials_in_grids": means("levers.local_items+ levers.hours_safety-", "district: hours cost"),
    "service_teams": means("levers.hours_care- levers.hours_dispute-", "district: hours cost"),
    "all_hours_service": means("levers.open_hours+"),
    "agency_service": means("levers.agency+"),
    "information_platform": means("levers.platform+ levers.admin_relief+", COST),
    "task_admission": means("levers.admin_relief+", COST),
    "merged_offices": means("levers.hours_window- levers.platform+", COST),
    "delegated_powers": means("levers.delegated+", COST),
    "linkage_meetings": means("meetings.street+ meetings.district+ meetings.city+", COST, "city: cost"),
    "floating_hotline": means("levers.voicing+ levers.local_items+", COST),
    # Participation and partners
    "micro_wishes": means("levers.wishes+", "society: cost"),
    "members_report_in": means("levers.member_hours+ levers.admin_relief-"),
    "registered_volunteers": means("levers.recruitment+ levers.organisers+", COST),
    "joint_building": means("units.cooperation+ units.hours_month+ units.room_hours_month+ levers.answering+"),
    "two_way_claiming": means("levers.liaison+ levers.answering+"),
    "service_projects": means("levers.hours_activity-", "society: cash", reach="everyone, low quality"),
    "feature_studios": means("levers.hours_dispute- levers.organisers+", COST, reach="everyone, high population"),
    "after_school_class": means("levers.room_hours+ levers.hours_care-", COST),
    "weekly_calendar": means("levers.ties+ levers.hours_activity-", COST),
    "trade_associations": means("communities.collective_income_yuan+ levers.hours_dispute-", "society: cost",
                                reach="villages, high population"),
    "open_deliberation": means("levers.voicing+ levers.hours_environment- levers.admin_relief-"),
    "strong_with_weak": means("levers.effort+ levers.admin_relief+ levers.voicing-", COST, reach="villages, low quality"),
    "leading_firms": means("communities.collective_income_yuan+", "society: cash", reach="villages, high firms"),
    "district_pairs": means("", "city: cash hours cost fades", reach="villages"),
    "province_pairs": means("", "society: cash hours cost fades", reach="villages, low quality"),
    "one_to_one_pairs": means("", "society: hours cost fades spirit"),
    # Control, standards and contact
    "yearly_rectification": means("rectification.share0 rectification.effort+", COST),
    "inspection_rounds": means("rates.inspections+", COST),
    "accountability_interviews": means("levers.effort+ levers.voicing- levers.admin_relief-",
                                       reach="everyone, low quality"),
    "secretary_projects": means("levers.campaign+ levers.hours_environment- levers.hours_safety0", COST),
    "appraisal_weight": means("levers.effort+ levers.contact_shift+ levers.admin_relief-"),
    "pledges_and_learning": means("levers.effort+ levers.training_days+"),
    "five_level_structure": means("levers.organisers+ levers.recruitment+ levers.admin_relief-"),
    "service_standards": means("levers.quality_floor+", COST, reach="everyone, low quality"),
    "member_service_centres": means("levers.member_hours+ levers.platform+", "province: cost"),
    "bilingual_kindergartens": means("communities.service_m2+", "district: hours cost", reach="villages, high children"),
    "three_level_contest": means("levers.effort+ levers.admin_relief-", COST, reach="everyone, middle quality"),
    "targeted_support": means("", "district: ability living spirit"),
    "three_must_visits": means("levers.contact_shift+", "district: spirit"),
    "leaders_reception": means("levers.attention+ levers.voicing+", COST),
    "members_posts_and_zones": means("levers.member_hours+ levers.ties+", COST),
    "service_promises": means("levers.voicing+ levers.effort+ levers.admin_relief-"),
}  # fmt: skip
every_meaning = pytest.mark.parametrize("name", MEANT)


@cache
def pair(name: str) -> tuple[District, District]:
    """The strained world without and with a mechanism at its dose."""
    entry = CATALOGUE[name]
    before = made(context(entry), given_for(entry))
    return before, entry.apply(before, **{**entry.defaults, **dose(name)})


def moves_of(name: str) -> dict[str, str]:
    """The table's things and signs."""
    return {word[:-1]: word[-1] for word in MEANT[name].moves.split()}


def amounts(district: District, thing: str) -> Reals:
    """What a thing amounts to: a column, a parameter, or the money or posts of a rule."""
    rules: dict[str, Callable[[], float]] = {
        "service_fund": lambda: sum(district.service_fund.entitlement_fen) + district.service_fund.pool_fen,
        "postings": lambda: district.postings.posts,
        "venues": lambda: district.venues.capital_fen,
        "extra_posts": lambda: district.extra_posts,
    }
    if thing in rules:
        return np.array([rules[thing]()], dtype=float)
    head, _, part = thing.partition(".")
    if head == "sites":  # projects are added to the list: what counts is how many there are
        return np.array([len(getattr(district.sites, part))], dtype=float)
    return np.atleast_1d(np.asarray(getattr(getattr(district, head), part), dtype=float))


def sign(before: Reals, after: Reals) -> str:
    """Plus if some rise and none fall, minus if some fall and none rise, 0 if all stay, a question mark if some rise and some fall."""
    ways = (after > before).any(), (after < before).any()
    return {(True, False): "+", (False, True): "-", (False, False): "0"}.get((bool(ways[0]), bool(ways[1])), "?")


def test_every_mechanism_has_a_meaning() -> None:
    """The table names every entry of the catalogue, in its order or another, and no other."""
    assert set(MEANT) == set(CATALOGUE)


@every_mechanism
def test_names_what_it_moves(entry: Mechanism) -> None:
    """What an entry sets or adds is what its meaning moves, with money and hours where somebody brings some."""
    brings = " ".join(MEANT[entry.id].brings)
    named = {*moves_of(entry.id)}
    named |= {"supports"} if any(part in brings for part in PARTS) else set()
    named |= {"care"} if any(kind in brings for kind in ("living", "spirit", "ability")) else set()
    assert named == {*entry.sets, *entry.adds}


@every_meaning
def test_moves_each_thing_its_way(name: str) -> None:
    """Everything that a mechanism names moves the way it means, and nowhere the other way."""
    before, after = pair(name)
    found = {thing: sign(amounts(before, thing), amounts(after, thing)) for thing in moves_of(name)}
    assert found == moves_of(name)


def brought(before: District, after: District) -> dict[str, set[str]]:
    """What each payer newly pays for: parts of supports, whether they fade, kinds of care."""
    found: dict[str, set[str]] = {}
    for support in new_supports(before, after):
        given = {word: np.array(getattr(support, part), dtype=float) for word, part in PARTS.items()}
        assert all((amount >= 0).all() for amount in given.values())
        parts = {word for word, amount in given.items() if amount.any()}
        found.setdefault(support.payer, set()).update(parts, {"fades"} if support.half_life_months else set())
    for cell in after.care:
        if cell not in before.care:
            found.setdefault(cell.payer, set()).add(cell.kind)
    return found


def new_supports(before: District, after: District) -> list[Support]:
    """Supports that a mechanism adds."""
    return [support for support in after.supports if support not in before.supports]


@every_meaning
def test_paid_for_by_whom_it_says(name: str) -> None:
    """Cash, hours and costs come from the payers that the mechanism means, and from nobody else."""
    meant = {payer: set(parts.split()) for payer, parts in (text.split(": ") for text in MEANT[name].brings)
             if parts != "fund"}  # fmt: skip
    assert set(meant) <= set(PAYERS)
    assert brought(*pair(name)) == meant


@every_meaning
def test_funds_are_granted_by_whom_they_say(name: str) -> None:
    """A service fund comes from the tiers that the mechanism means; a match has two."""
    meant = {
        tier for text in MEANT[name].brings if text.endswith(": fund") for tier in text.split(": ")[0].split(" and ")
    }
    fund = pair(name)[1].service_fund
    assert not meant or meant == {tier for tier in (fund.granter, fund.payer) if tier}


def reached(before: District, after: District) -> np.ndarray:
    """Communities in which a lever, a column or a support changes."""
    found = np.zeros(len(before.communities), dtype=bool)
    for old, new in ((before.levers, after.levers), (before.communities, after.communities)):
        for item in fields(old):
            found |= np.array(getattr(old, item.name)) != np.array(getattr(new, item.name))
    for support in new_supports(before, after):
        for part in PARTS.values():
            found |= np.array(getattr(support, part) or (0,) * len(found)) != 0
    return found


def ranking(district: District, by: str) -> Reals:
    """What places are chosen by: a column, or the firms that stand in each."""
    if by != "firms":
        return np.asarray(getattr(district.communities, by), dtype=float)
    units = district.units
    codes = [code for code, kind in zip(units.community_code, units.kind, strict=True) if kind == "enterprise"]
    return np.array([codes.count(code) for code in district.communities.code], dtype=float)


# A part of what a mechanism does that reaches fewer places than the rest of it.
PARTLY = {
    ("career_ladder", "levers.turnover_cut"): "everyone, high quality",  # the best leave
    ("demonstration_sites", "levers.effort"): "everyone, middle quality",  # the sites; the others come to visit
}
CHOSEN = [(name, "", meaning.reach) for name, meaning in MEANT.items() if meaning.reach != "everyone"]
CHOSEN += [(name, thing, reach) for (name, thing), reach in PARTLY.items()]


@pytest.mark.parametrize(("name", "thing", "reach"), CHOSEN, ids=[f"{name}{thing}" for name, thing, _ in CHOSEN])
def test_reaches_whom_it_means(name: str, thing: str, reach: str) -> None:
    """A mechanism for some reaches the kind of place it means, and those first that have most or least of what it asks for."""
    before, after = pair(name)
    kind, _, rank = reach.partition(", ")
    among = {"everyone": np.ones(len(before.communities), dtype=bool), "villages": before.is_village,
             "urban": ~before.is_village}[kind]  # fmt: skip
    chosen = amounts(before, thing) != amounts(after, thing) if thing else reached(before, after)
    assert chosen.any()
    assert not (chosen & ~among).any()
    if rank:
        end, by = rank.split()
        assert (among & ~chosen).any()
        in_order(ranking(before, by)[among], chosen[among], end)


def in_order(values: Reals, chosen: np.ndarray, end: str) -> None:
    """Those chosen have the highest or lowest values, or stand together in the middle with as many below as above."""
    others, low, high = values[~chosen], values[chosen].min(), values[chosen].max()
    below, above = int((others <= low).sum()), int((others >= high).sum())
    if end == "middle":
        assert below + above == len(others)
        assert abs(below - above) <= 1
    else:
        assert (below if end == "high" else above) == len(others)


def test_ratios_of_matters_are_below_one_where_hours_are_saved() -> None:
    """Every saving of hours per matter leaves a ratio between a half and one: matters take less time, never none."""
    saved = [(name, thing) for name in MEANT for thing, way in moves_of(name).items()
             if thing.startswith("levers.hours_") and way == "-"]  # fmt: skip
    assert len(saved) >= 12
    for name, thing in saved:
        ratio = amounts(pair(name)[1], thing)
        assert ((ratio >= 0.5) & (ratio <= 1.0)).all()
