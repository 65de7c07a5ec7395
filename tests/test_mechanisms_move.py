"""Every mechanism moves what it claims to move, through plan and simulation."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from optimize import make_plan
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.mechanisms import CATALOGUE, apply_mechanisms
from scenarios.mechanisms.catalogue import Mechanism, Value
from sim.outcome import METRICS, summary
from sim.run import simulate

COUNT, REPLICATIONS = 9, 3
DOSES: dict[str, dict[str, Value]] = {"needs_based_grants": {"pool": 200_000.0 * COUNT}}  # a pool fit for nine
SERVICE_FUND = "service_fund"
Chosen = tuple[str, ...]


@cache
def _place() -> District:
    """Nine communities with staff enough, but short of rooms, and without work and party funds."""
    place = small_district(COUNT, residents=1500 * COUNT)
    here = place.communities
    here = here.replaced(posts=here.posts + 2, service_m2=here.service_m2 / 2, activity_share=here.activity_share - 0.1,
                         work_fund_yuan=np.zeros(COUNT), party_fund_yuan=np.zeros(COUNT))  # fmt: skip
    return place.with_changes(communities=here)


@cache
def _measured(chosen: Chosen, replication: int) -> dict[str, float]:
    place = apply_mechanisms(_place(), {name: DOSES.get(name, {}) for name in chosen})
    plan = make_plan(place, method="needs_formula")
    return summary(simulate(place, plan, seed=1, replication=replication, months=36))


def _context(entry: Mechanism) -> Chosen:
    """What else is on: mechanisms it acts with, and money for matters, without which cash binds and nothing else does."""
    money = () if SERVICE_FUND in entry.sets else (SERVICE_FUND,)
    return (*money, *entry.acts_with)


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
def test_moves_its_metric_at_its_dose(entry: Mechanism) -> None:
    """At its default dose a mechanism moves its metric the way it says, in every replication."""
    context = _context(entry)
    without, with_it = (
        np.array([_measured(chosen, run)[entry.metric] for run in range(REPLICATIONS)])
        for chosen in (context, (*context, entry.id))
    )
    sign = {"higher": 1.0, "lower": -1.0}[entry.direction]
    assert (sign * (with_it - without) > 0).all()


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
def test_costs_what_someone_pays(entry: Mechanism) -> None:
    """A mechanism that spends money shows in the consolidated outlay; a rule about floor space alone costs nothing."""
    context = _context(entry)
    added = _measured((*context, entry.id), 0)["outlay"] - _measured(context, 0)["outlay"]
    assert added > METRICS["outlay"].margin or entry.id == "space_mix"
    assert entry.id != "space_mix" or added == 0


def test_who_pays_moves_no_outcome() -> None:
    """A mandated match serves residents exactly as the same fund from one tier does."""
    granted, matched = _measured((SERVICE_FUND,), 0), _measured(("matched_funding",), 0)
    payers = {"service_paid_by_city", "service_paid_by_district"}
    assert {name for name in granted if granted[name] != pytest.approx(matched[name], abs=1e-4)} == payers
