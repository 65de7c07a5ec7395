"""Small districts with rules drawn from a seed, and their best plans, for the laws that every optimum keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from optimize import Goal, Limits, Plan, goal_values, make_plan
from optimize.allocation import Allocation
from optimize.pursuit import Pursuit, assembled
from scenarios.building.builder import small_district
from scenarios.choices import Choices
from scenarios.district import District, Floors, PostingRule, ServiceFund, VenueRule
from scenarios.funding import FEN_PER_WAN as WAN

OPTIONS = ("money alone", "posts", "postings", "venues", "choices")
CHOICES = (
    Choices(windows=2),
    Choices(wardens=1),
    Choices(care_fen=10 * WAN),
    Choices(pairs=True),
    Choices(contact=True),
)
ERROR = 1e-6  # relative: the solver's own tolerances, and amounts in whole fen


@dataclass(frozen=True, eq=False)
class Case:
    """A district with its rules, the one goal that is pursued in it, and how near to the optimum a search must come."""

    district: District
    goal: Goal
    option: str = "everything"
    gap: float = 1e-4  # relative

    def changed(self, **changes: Any) -> Case:
        """The case with another district."""
        return replace(self, district=self.district.with_changes(**changes))

    def with_fund(self, **changes: Any) -> Case:
        """The case with another rule of the fund."""
        return self.changed(service_fund=replace(self.district.service_fund, **changes))


@cache
def light_case(seed: int) -> Case:
    """Six to nine communities, a free fund, and at most one more kind of decision: solved in a tenth of a second."""
    draw, option = drawing(seed), OPTIONS[seed % len(OPTIONS)]
    count = int(draw.integers(6, 10)) if option == "money alone" else 6
    place = small_district(count, seed=seed, residents=int(draw.integers(500, 1100)) * count)
    place = with_money(place, draw).with_changes(years=int(draw.integers(1, 4)) if option == "money alone" else 1)
    goal: Goal = "worst_tenth" if draw.random() < 0.3 else "needs_met"
    if option == "posts":
        place = place.with_changes(extra_posts=1)
    if option == "postings":
        place = place.with_changes(postings=PostingRule(posts=1, term_months=12, eligible_share=0.4))
    if option == "venues":
        place, goal = with_venues(place, draw).with_changes(years=2), "floors"
    if option == "choices":
        place = place.with_changes(choices=CHOICES[seed // len(OPTIONS) % len(CHOICES)])
    return Case(place, goal, option)


@cache
def heavy_case(seed: int) -> Case:
    """Six to fourteen communities, one to three plan years, every kind of decision: seconds each."""
    draw = drawing(1000 + seed)
    count = int(draw.integers(6, 15))
    place = small_district(count, seed=seed, residents=int(draw.integers(500, 1100)) * count)
    rule = PostingRule(posts=int(draw.integers(1, 3)), term_months=12 * int(draw.integers(1, 3)), eligible_share=0.4)
    years, posts = int(draw.integers(1, 4)), int(draw.integers(0, 3))
    place = with_venues(with_money(place, draw), draw).with_changes(years=years, extra_posts=posts, postings=rule)
    goals: tuple[Goal, ...] = ("needs_met", "worst_tenth", "floors")
    return Case(place, goals[seed % 3], gap=1e-3)


@dataclass(frozen=True)
class Draws:
    """Scenarios by seed."""

    case: Callable[[int], Case]
    seeds: range

    def __iter__(self) -> Iterator[tuple[int, Case]]:
        return ((seed, self.case(seed)) for seed in self.seeds)


on_random_districts = pytest.mark.parametrize("drawn", [
    pytest.param(Draws(light_case, range(25)), id="half of fifty light"),
    pytest.param(Draws(light_case, range(25, 50)), id="other half of fifty light", marks=pytest.mark.slow),
    pytest.param(Draws(heavy_case, range(10)), id="ten heavy", marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
])  # fmt: skip
"""Each law on fifty scenarios with one kind of decision, and (slow) on ten with all of them at once."""


def drawing(*seeds: int) -> np.random.Generator:
    """A stream of its own for every scenario and law."""
    return np.random.default_rng([20261122, *seeds])


def with_money(place: District, draw: np.random.Generator) -> District:
    """A free fund and parameters as drawn. What a search leaves out of account, spillover and build-up, is switched off."""
    count, head = len(place.communities), float(draw.uniform(2.0, 12.0))
    floors = draw.integers(0, round(head / 2 * WAN), count) if draw.random() < 0.7 else np.zeros(count, int)
    cap = round(float(draw.uniform(1.5, 6.0)) * head * WAN)
    pool = round(head * count * WAN)
    fund = ServiceFund(mode="free", pool_fen=pool, floor_fen=tuple(floors.tolist()), cap_fen=cap)
    rates = place.rates.with_values(
        spillover=0.0, prevention_fade=0.01, stick_rate=float(draw.uniform(0.2, 0.9)),
        contract_wage=float(draw.uniform(40.0, 110.0)), own_effort=float(draw.uniform(0.02, 0.12)),
        prevention_threshold=float(draw.uniform(20.0, 70.0)),
    )  # fmt: skip
    return place.with_changes(service_fund=fund, rates=rates)


def with_venues(place: District, draw: np.random.Generator) -> District:
    """Capital for one to three projects, and a floor of space that most communities lack."""
    capital = round(float(draw.uniform(1.0, 3.0) * np.quantile(place.sites.cost_yuan, 0.3))) * 100
    floors = Floors(venue_m2=float(draw.integers(150, 400)))
    return place.with_changes(venues=VenueRule(capital_fen=capital), floors=floors)


@cache
def best(case: Case) -> Plan:
    """The best plan for the goal of a case; each case is searched once."""
    return make_plan(case.district, goals=(case.goal,), limits=Limits(time_limit_s=120, gap=case.gap))


def allocated(case: Case) -> Allocation:
    """The program of a case, of one year that stands for all where years cannot differ."""
    return assembled(case.district, Pursuit((case.goal,)))


def value(case: Case) -> float:
    """What the search reached; less is better."""
    return best(case).goals[0].value


def bound(case: Case) -> float:
    """What the search proved that no plan can get below."""
    return best(case).goals[0].bound


def no_better(one: Case, than: Case) -> bool:
    """Whether what is proven of one case allows it to be no better than another: exact, whatever the gap."""
    return value(one) >= bound(than) - slack(bound(than))


def alike(one: Case, other: Case) -> bool:
    """Whether the optima of two cases can be the same: what is proven of each allows the other's value."""
    return no_better(one, other) and no_better(other, one)


def slack(amount: float) -> float:
    """What is allowed for the error of a search, in the unit of the goal."""
    return ERROR * max(1.0, abs(amount))


def reached(case: Case, plan: Plan) -> float:
    """The goal of a case recomputed from the decisions of a plan."""
    return goal_values(case.district, plan)[case.goal]
