"""No parameter is idle: each one that is changed changes a plan or a run."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from optimize import Plan, make_plan
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.mechanisms import apply_mechanisms
from scenarios.parameters import PARAMETERS
from sim.outcome import Outcome
from sim.run import advance, outcome, resume, start

COUNT = 8
CHOSEN = {
    "matched_funding": {"mode": "voluntary", "payer": "own", "granter": "district", "service_fund": 40_000.0,
                        "pool": 800_000.0},
    "first_secretaries": {"term": 6, "eligible_share": 0.5},
    "deputy_secretaries": {"per_community": 0.5},
    "venue_programme": {},
    "space_mix": {},
}  # fmt: skip
WARM_UP, MONTHS = 2, 15


@cache
def _place() -> District:
    """Eight communities in which everything binds somewhere: funds, rooms, windows, staff, own revenue, inspections."""
    place = small_district(COUNT, residents=600 * COUNT)
    here = place.communities
    here = here.replaced(work_fund_yuan=here.work_fund_yuan / 4, party_fund_yuan=here.party_fund_yuan / 4,
                         collective_income_yuan=here.collective_income_yuan * 4, windows=[8] * COUNT, posts=[1] * COUNT,
                         service_m2=here.service_m2 * np.array([0.3, 2] * (COUNT // 2)))  # fmt: skip
    return apply_mechanisms(
        place.with_changes(communities=here, rates=place.rates.with_values(inspections=9.0)), CHOSEN
    )


def _run(name: str, value: float) -> tuple[Plan, Outcome]:
    """Some months as the place was, without inspections beyond the best number, then the years under the policy."""
    place = _place()
    place = place.with_changes(rates=place.rates.with_values(**{name: value}))
    usual = place.with_changes(rates=place.rates.with_values(inspections=4.0))
    plan = make_plan(place, method="needs_formula")
    before = advance(start(usual, seed=3), make_plan(usual, method="needs_formula"), WARM_UP)
    return plan, outcome(advance(resume(before, place, policy="changed"), plan, MONTHS))


@cache
def _nominal() -> tuple[Plan, Outcome]:
    return _run("lapse", PARAMETERS["lapse"].default)


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameter_is_read(name: str) -> None:
    """At one end of its range or the other, every parameter changes who is posted, or what a run counts or spends."""
    about = PARAMETERS[name]
    assert any(_differ(_run(name, value), _nominal()) for value in (about.low, about.high))


def _differ(one: tuple[Plan, Outcome], other: tuple[Plan, Outcome]) -> bool:
    runs = any(
        not np.array_equal(getattr(one[1], part), getattr(other[1], part))
        for part in ("monthly", "waits", "grids", "match_left_fen", "outlay_fen")
    )
    return runs or one[0].postings != other[0].postings
