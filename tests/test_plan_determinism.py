"""The same input gives the same plan: in a new process, for rows in any order, and where several plans are best."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from optimize import Goal, Limits, Plan, make_plan
from optimize.plan import STANDING, YEARLY
from scenarios.building.alike import identical_district
from scenarios.building.builder import small_district, small_recipe
from scenarios.choices import Choices
from scenarios.district import District, Floors, PostingRule, ServiceFund, VenueRule
from scenarios.district_files import read_district, write_district
from scenarios.funding import FEN_PER_WAN as WAN
from scenarios.levers import Levers
from scenarios.parameters import Rates
from scenarios.tables import Table
from tests.random_districts import best, drawing, light_case

ROOT = Path(__file__).parents[1]
PERMUTATIONS = range(8)
KINDS = ("money", "posts", "postings", "venues")
GOALS_OF: dict[str, tuple[Goal, ...]] = dict.fromkeys(KINDS, ("needs_met",)) | {
    "postings": ("worst_tenth",),
    "venues": ("floors",),
}
EVERYWHERE = Limits(time_limit_s=120, gap=1e-4)  # ends long before the clock, so that no clock decides


def fingerprint(plan: Plan) -> str:
    """A digest of everything that a plan decides and promises; what it took to find is left out."""
    whole = hashlib.sha256()
    for field in fields(Plan):
        found = getattr(plan, field.name)
        if field.name == "goals":
            found = [(goal.goal, goal.status, goal.value, goal.bound) for goal in found]
        whole.update(f"{field.name}: {found.tolist() if isinstance(found, np.ndarray) else found}\n".encode())
    return whole.hexdigest()


def in_order_of_codes(plan: Plan) -> dict[str, object]:
    """A plan's decisions with communities, postings, projects and pairs in the order of their codes: what can be compared."""
    rows = np.argsort(np.array(plan.communities))
    decided = {name: getattr(plan, name) for name in (*YEARLY, *STANDING)}
    named = {name: values[rows].tolist() if values.size else [] for name, values in decided.items()}
    projects = sorted((p.site_id, p.start_month, tuple(sorted(p.serves))) for p in plan.projects)
    postings = sorted((p.slot, p.community, p.start_month, p.months) for p in plan.postings)
    return {**named, "projects": projects, "postings": postings, "care": plan.care_yuan, "pairs": sorted(plan.pairs)}


def arranged(place: District, order: Callable[[Table], Sequence[int]]) -> District:
    """The district with the rows of every table in the order given, and what its rules say by community along with them."""
    fund, rows = place.service_fund, list(order(place.communities))
    floors, due = (tuple(fen[row] for row in rows) if fen else () for fen in (fund.floor_fen, fund.entitlement_fen))
    tables = {
        name: getattr(place, name).take(list(order(getattr(place, name))))
        for name in ("streets", "units", "sites", "slots")
    }
    return place.with_changes(
        communities=place.communities.take(rows), levers=Levers.take(place.levers, rows), **tables,
        service_fund=replace(fund, floor_fen=floors, entitlement_fen=due),
    )  # fmt: skip


def shuffled(place: District, seed: int) -> District:
    """The district with the rows of every table in an order drawn from a seed."""
    draw = drawing(8, seed)
    return arranged(place, lambda table: draw.permutation(len(table)).tolist())


def in_order(place: District) -> District:
    """The district with the rows of every table in the order of their codes."""
    return arranged(
        place, lambda table: sorted(range(len(table)), key=table.to_frame().iloc[:, 0].tolist().__getitem__)
    )


PROGRAM = """
from tests.random_districts import best, light_case
from tests.test_plan_determinism import fingerprint
for seed in range(10):
    print(fingerprint(best(light_case(seed))))
"""


@cache
def fingerprints(hash_seed: str) -> tuple[str, ...]:
    """Fingerprints of ten plans, made in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return tuple(run.stdout.split())


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_a_new_process_gives_the_same_plans(hash_seed: str):
    """Ten scenarios, one with every kind of decision among them: bit for bit the same plan whatever the seed of hashes."""
    here = tuple(fingerprint(best(light_case(seed))) for seed in range(10))
    assert fingerprints(hash_seed) == here
    assert len(set(here)) == 10


def read_back(place: District, folder: Path) -> District:
    """The tables of a district written to files and read again, under the same rules."""
    write_district(place.with_changes(rates=Rates(), choices=Choices(), service_fund=ServiceFund()), folder)
    names = ("rates", "postings", "venues", "floors", "extra_posts", "choices", "years", "service_fund")
    return read_district(folder).with_changes(**{name: getattr(place, name) for name in names})


def test_the_order_of_rows_in_the_files_changes_nothing(tmp_path: Path):
    """Ten districts written with their rows in another order and read back: the same plans, communities compared by code."""
    differ = []
    for seed in range(10):
        case = light_case(seed)
        other = shuffled(case.district, seed)
        plans = [in_order_of_codes(best(replace(case, district=read_back(place, tmp_path / f"{seed}-{name}"))))
                 for name, place in (("a", case.district), ("b", other))]  # fmt: skip
        differ += [seed] if plans[0] != plans[1] else []
    assert differ == []


def test_sorted_rows_give_the_same_plan(tmp_path: Path):
    """Rows put in the order of their codes before planning: the same plans, bit for bit, whatever the order in the files."""
    for seed in range(10):
        case = light_case(seed)
        one, two = (replace(case, district=in_order(read_back(place, tmp_path / f"{seed}-{name}")))
                    for name, place in (("a", case.district), ("b", shuffled(case.district, seed))))  # fmt: skip
        assert fingerprint(best(one)) == fingerprint(best(two)), seed


def with_ties(kind: str) -> District:
    """Eight communities that are alike in everything, and something that only some of them can get."""
    place = identical_district(small_recipe(8, residents=6400)).with_changes(years=2)
    place = place.with_changes(rates=place.rates.with_values(spillover=0.0, prevention_fade=0.01))
    fund = ServiceFund(mode="free", pool_fen=40 * WAN, floor_fen=(2 * WAN,) * 8, cap_fen=12 * WAN)
    granted = ServiceFund(entitlement_fen=(8 * WAN,) * 8)
    slots = small_district(8, seed=1).slots.replaced(home_street_code=("elsewhere",) * 4)
    return {
        "money": place.with_changes(service_fund=fund),
        "posts": place.with_changes(service_fund=granted, extra_posts=3),
        "postings": place.with_changes(service_fund=granted, slots=slots, postings=PostingRule(posts=2, eligible_share=1.0)),
        "venues": place.with_changes(service_fund=granted, floors=Floors(venue_m2=400),
                                     venues=VenueRule(capital_fen=round(float(place.sites.cost_yuan[0]) * 250))),
    }[kind]  # fmt: skip


@cache
def among_equals(kind: str, order: int) -> Plan:
    """A best plan where communities are alike, its tables in one of the orders."""
    return make_plan(shuffled(with_ties(kind), order), goals=GOALS_OF[kind], limits=EVERYWHERE)


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.slow) if kind in ("posts", "postings") else kind for kind in KINDS]
)
def test_one_plan_among_equals(kind: str):
    """Where communities are alike, eight orders of the tables give one plan: which of them gets it is ruled by code."""
    plans = [in_order_of_codes(among_equals(kind, order))
             for order in PERMUTATIONS]  # fmt: skip
    assert [order for order in PERMUTATIONS if plans[order] != plans[0]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_one_value_among_equals(kind: str):
    """Where communities are alike, eight orders of the tables give plans that are equally good, within the gap."""
    found = [among_equals(kind, order).goals[0]
             for order in PERMUTATIONS]  # fmt: skip
    assert max(goal.bound for goal in found) <= min(goal.value for goal in found) * (1 + 1e-6)


def test_one_plan_for_eight_orders():
    """Without ties too, on five scenarios: eight orders of the tables give one plan, to the fen."""
    differ = []
    for seed in range(25, 30):
        case = light_case(seed)
        plans = [
            in_order_of_codes(best(replace(case, district=shuffled(case.district, order)))) for order in PERMUTATIONS
        ]
        differ += [(seed, order) for order in PERMUTATIONS if plans[order] != plans[0]]
    assert differ == []
