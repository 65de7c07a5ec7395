"""Every mechanism moves what it says it moves, where it says, at the cost it says, through plan and simulation."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from scenarios.district import District
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import Mechanism
from sim.outcome import summary
from tests.mechanism_world import SERVICE_FUND, added_outlay_yuan, context, dose, effect, given_for, made, run

every_mechanism = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))


@every_mechanism
def test_moves_its_metric_at_its_dose_by_more_than_its_margin(entry: Mechanism) -> None:
    """Where it reaches, a mechanism at its default dose moves its metric the way it says, in every replication."""
    moved = effect(entry)
    assert entry.margin > 0
    assert (moved > 0).all(), moved
    assert moved.mean() > entry.margin


@every_mechanism
def test_costs_what_it_says(entry: Mechanism) -> None:
    """The consolidated outlay rises by what the entry says it costs, by at most that where the plan decides."""
    base = made(context(entry), given_for(entry))
    settings = {**entry.defaults, **dose(entry.id)}
    says = entry.costs(base, **settings) if entry.costs else 0.0
    added = added_outlay_yuan(entry)
    if entry.plan_decides:
        assert 0 < added <= says * (1 + 1e-6) + 1
    else:
        assert added == pytest.approx(says, rel=1e-4, abs=len(base.communities))


def values_by_place(district: District) -> dict[str, np.ndarray]:
    """Everything in a district that has one value a community."""
    found = {f"levers.{item.name}": getattr(district.levers, item.name) for item in fields(district.levers)}
    here = district.communities
    found |= {f"communities.{item.name}": np.array(getattr(here, item.name)) for item in fields(here)}
    for part in ("fen", "hours", "cost_fen"):
        total = np.zeros(len(here))
        for support in district.supports:
            total += np.array(getattr(support, part) or (0.0,) * len(here), dtype=float)
        found[f"supports.{part}"] = total
    return found


@every_mechanism
def test_changes_nothing_outside_where_it_reaches(entry: Mechanism) -> None:
    """What has a value for every community stays as it was in those that the entry does not reach."""
    before = made(context(entry), given_for(entry))
    reached = entry.where(before)
    old, new = values_by_place(before), values_by_place(entry.apply(before, **{**entry.defaults, **dose(entry.id)}))
    assert reached.any()
    assert {name for name in old if (old[name] != new[name])[~reached].any()} == set()


def test_who_pays_moves_no_outcome() -> None:
    """A mandated match serves residents exactly as the same fund from one tier does."""
    granted = summary(run((SERVICE_FUND,), (SERVICE_FUND,), 0))
    matched = summary(run((SERVICE_FUND,), ("matched_funding",), 0))
    payers = {"service_paid_by_city", "service_paid_by_district"}
    assert {name for name in granted if granted[name] != pytest.approx(matched[name], abs=1e-4)} == payers
