"""No parameter is idle: each one that is changed changes a plan or a run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from optimize import Plan, make_plan
from scenarios.arrangements import CARE_KINDS, CareCell, Meetings, Rectification, Support
from scenarios.building.builder import small_district
from scenarios.choices import Choices
from scenarios.district import District
from scenarios.levers import Levers
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
ARRANGED = {
    "meetings": Meetings(street=4, district=2),
    "care": tuple(CareCell(member_class=0, kind=kind, yuan=300.0) for kind in CARE_KINDS),
    "supports": (Support(programme="pairs", hours=(60.0,) * COUNT, half_life_months=9.0),),
    "rectification": Rectification(share=0.3, effort=0.3),
}
WARM_UP, MONTHS = 2, 15


@cache
def _place() -> District:
    """Eight communities in which everything binds somewhere: funds, rooms, windows, staff, own revenue, inspections."""
    place = small_district(COUNT, residents=600 * COUNT)
    here = place.communities
    here = here.replaced(work_fund_yuan=here.work_fund_yuan / 4, party_fund_yuan=here.party_fund_yuan / 4,
                         collective_income_yuan=here.collective_income_yuan * 4, windows=[8] * COUNT, posts=[1] * COUNT,
                         service_m2=here.service_m2 * np.array([0.3, 2] * (COUNT // 2)))  # fmt: skip
    place = apply_mechanisms(
        place.with_changes(communities=here, rates=place.rates.with_values(inspections=9.0)), CHOSEN
    )
    sites = place.sites.replaced(mode=["shared"] * len(place.sites))
    return place.with_changes(
        levers=_levers(),
        sites=sites,
        venues=replace(place.venues, modes=("shared",)),
        choices=Choices(windows=COUNT),
        **ARRANGED,
    )


def _levers() -> Levers:
    """Levers moved that parameters act through: training, a campaign, agency, opening hours, the platform and wishes."""
    moved = {"training_days": 5.0, "campaign": 1.0, "agency": 0.5, "open_hours": 60.0, "platform": 0.2, "wishes": 1.0}
    return Levers.neutral(COUNT).replaced(**{name: np.full(COUNT, dose) for name, dose in moved.items()})


def _planned(place: District) -> Plan:
    """The plan of the rule, with 60 yuan a resident for prevention in the first year and none later."""
    plan = make_plan(place, method="needs_formula")
    prevention = np.zeros_like(plan.prevention_fen)
    prevention[:, 0] = place.communities.population * 6_000
    windows = place.communities.windows + 1
    return plan.with_changes(prevention_fen=prevention, windows=windows)


def _run(name: str, value: float) -> tuple[Plan, Outcome]:
    """Some months as the place was, without inspections beyond the best number, then the years under the policy."""
    place = _place()
    place = place.with_changes(rates=place.rates.with_values(**{name: value}))
    usual = place.with_changes(rates=place.rates.with_values(inspections=4.0))
    plan = _planned(place)
    before = advance(start(usual, seed=3), _planned(usual), WARM_UP)
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
