"""A small district in which hours, rooms, cash, staff who stay and organisers are all short, and runs of it with mechanisms on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from optimize import Plan, make_plan
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.mechanisms import CATALOGUE, apply_mechanisms
from scenarios.mechanisms.acting import Places
from scenarios.mechanisms.catalogue import Mechanism, Value
from sim.outcome import METRICS, Outcome
from sim.run import advance, outcome, resume, start
from sim.state import State

COUNT, RESIDENTS, WARM_UP, MONTHS, REPLICATIONS = 12, 700, 12, 24, 3
SERVICE_FUND = "service_fund"
# Doses and circumstances other than the usual, where a mechanism of a whole city meets twelve communities.
DOSES: dict[str, dict[str, Value]] = {
    "needs_based_grants": {"pool": 200_000.0 * COUNT},
    "care_fund": {"others": 0.5},
    "building_branch_money": {"branches": 6.0},
}
# Parameters, and a smaller service fund a community, at which what an entry relieves is short.
GIVEN: dict[str, dict[str, float]] = {
    "agency_service": {"direct_share": 0.45},  # hands enough, as its sentence says
    "trade_associations": {"stick_rate": 1.0},
    "leading_firms": {"stick_rate": 1.0, SERVICE_FUND: 20_000.0},
    "service_projects": {SERVICE_FUND: 20_000.0},
    "province_pairs": {SERVICE_FUND: 20_000.0},
    "inspection_rounds": {"inspections": 1.0},
    "service_circle": {"access_loss": 0.6},
    "shell_villages": {"stick_rate": 1.0},
    "budget_line": {"payment_delay": 3.0, SERVICE_FUND: 15_000.0},
    "prevent_or_pay": {SERVICE_FUND: 70_000.0},
}
Chosen = tuple[str, ...]


@cache
def world(given: tuple[tuple[str, float], ...] = ()) -> District:
    """Twelve communities of 700, a third of them villages."""
    place = small_district(COUNT, seed=3, residents=RESIDENTS * COUNT)
    here, units = place.communities, place.units
    rates = place.rates.with_values(**{
        "direct_share": 0.2, "turnover": 0.3, "span": 5.0, "volunteer_hours": 1.0, "spillover_radius": 2000.0,
        "street_delay": 2.0, "district_delay": 4.0, "city_delay": 6.0, "own_effort": 0.2,
        **{name: value for name, value in given if name != SERVICE_FUND},
    })  # fmt: skip
    return place.with_changes(
        rates=rates,
        communities=here.replaced(hardship=here.population // 12, service_m2=here.service_m2 * 0.5, windows=[6] * COUNT,
                                  work_fund_yuan=here.work_fund_yuan / 4, party_fund_yuan=here.party_fund_yuan / 4),
        units=units.replaced(radius_m=[3000.0] * len(units)),
    )  # fmt: skip


def given_for(entry: Mechanism) -> tuple[tuple[str, float], ...]:
    """The parameters under which an entry is tried."""
    return tuple(sorted(GIVEN.get(entry.id, {}).items()))


def context(entry: Mechanism) -> Chosen:
    """What else is on: mechanisms it acts with, and money for matters, without which cash binds and nothing else does."""
    funded = SERVICE_FUND in (*entry.sets, *entry.acts_with) or any(
        SERVICE_FUND in CATALOGUE[one].sets for one in entry.acts_with
    )
    return (*(() if funded else (SERVICE_FUND,)), *entry.acts_with)


def made(chosen: Chosen, given: tuple[tuple[str, float], ...] = ()) -> District:
    """The world with mechanisms at their doses."""
    purse: dict[str, Value] = {"amount": dict(given)[SERVICE_FUND]} if SERVICE_FUND in dict(given) else {}
    return apply_mechanisms(
        world(given), {name: {**dose(name), **(purse if name == SERVICE_FUND else {})} for name in chosen}
    )


def dose(name: str) -> Mapping[str, Value]:
    """The settings at which a mechanism is tried."""
    return DOSES.get(name, {})


@cache
def plan_of(chosen: Chosen, given: tuple[tuple[str, float], ...] = ()) -> Plan:
    """Money and posts by need, the same rule of thumb for all."""
    return make_plan(made(chosen, given), method="needs_formula")


@cache
def warm(chosen: Chosen, replication: int, given: tuple[tuple[str, float], ...]) -> State:
    """The district after a year as it is."""
    return advance(start(made(chosen, given), seed=6, replication=replication), plan_of(chosen, given), WARM_UP)


@cache
def run(base: Chosen, chosen: Chosen, replication: int, given: tuple[tuple[str, float], ...] = ()) -> Outcome:
    """Two years with the chosen mechanisms, after a year with those of the base."""
    later = resume(warm(base, replication, given), made(chosen, given), policy="chosen")
    return outcome(advance(later, plan_of(chosen, given), MONTHS))


def of_places(found: Outcome, places: Places) -> Outcome:
    """The run of some communities alone."""
    return replace(found, codes=tuple(np.array(found.codes)[places].tolist()), population=found.population[places],
                   adults=found.adults[places], monthly=found.monthly[:, places], waits=found.waits[:, places],
                   promised_met=found.promised_met[places])  # fmt: skip


def effect(entry: Mechanism) -> np.ndarray:
    """By how much the entry raises its metric where it reaches, a value a replication; falls are positive where lower is aimed at."""
    base, given = context(entry), given_for(entry)
    places, metric = entry.where(made(base, given)), METRICS[entry.metric]
    values = [[metric.district(of_places(run(base, chosen, replication, given), places)) for replication in range(REPLICATIONS)]
              for chosen in (base, (*base, entry.id))]  # fmt: skip
    sign = 1.0 if entry.direction == "higher" else -1.0
    return sign * (np.array(values[1]) - np.array(values[0]))


def added_outlay_yuan(entry: Mechanism) -> float:
    """What the entry adds to the consolidated outlay, 元 a year."""
    base, given = context(entry), given_for(entry)
    outlays = [run(base, chosen, 0, given).outlay_fen.mean() / 100 for chosen in (base, (*base, entry.id))]
    return float(outlays[1] - outlays[0])
