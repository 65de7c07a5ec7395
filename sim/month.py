"""What the model holds for a plan year and for the month in hand, and how a month's resources are made ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenarios import formulas, funding
from scenarios.tables import Integers, Reals
from sim import chance, rules
from sim.exchange import Exchange, exchange
from sim.outcome import FLOW, FLOWS, SCALE

if TYPE_CHECKING:
    from sim.model import Neighbourhood

MONTHS = formulas.MONTHS


@dataclass(frozen=True, kw_only=True, eq=False)
class Year:
    """What holds for a plan year: the money, its uses and extra posts, and what every month of it pays in.

    ``schedule``: (month of year, community, FLOWS); the purses fill it in. ``paid``: its service money.
    """

    money: funding.YearMoney
    contract_fen: Integers
    prevention_fen: Integers
    posts: Integers
    schedule: Integers

    @property
    def paid(self) -> Integers:
        """Service money paid each month; axes (month of year, community)."""
        return np.asarray(self.schedule[:, :, [FLOW[f"fen_{role}"] for role in ROLES]].sum(axis=2))


ROLES = ("own", "match", "mandated", "granted", "support")


@dataclass(kw_only=True, eq=False)
class Month:
    """Scratch of the month in hand; the first axis is the community, of ``asked`` the grid.

    ``luck``: the words of needs, matters, service and the run, the two of the key, and the word of categories. ``budget``: minutes, fen,
    room-minutes by use, and wishes. Chances are thresholds; ``prevented`` by care group is of SCALE.
    """

    row: Integers
    luck: NDArray[np.uint64]
    chances: NDArray[np.uint64]
    prevented: NDArray[np.uint64]
    voicing: NDArray[np.uint64]
    returned: NDArray[np.uint64]
    solves: NDArray[np.uint64]
    asked: NDArray[np.uint64]
    budget: Integers
    exchange: Exchange


def year_schedule(model: Neighbourhood, money: funding.YearMoney) -> Integers:
    """What a year pays in each month beside service money: work and party funds, programmes, care, displaced own money."""
    schedule = np.zeros((MONTHS, model.count, len(FLOWS)), dtype=np.int64)
    flows = funding.base_flows(model.district)
    schedule[:, :, FLOW["fen_displaced"]] = rules.tranches(money.displaced_fen)
    for flow in flows:
        schedule[:, :, FLOW[f"fen_{flow.programme}"]] += rules.tranches(flow.fen)
    return schedule


def luck_of(model: Neighbourhood) -> NDArray[np.uint64]:
    """The counter words of this month's draws, the run's, and those of the seed."""
    start = model.start
    events = [chance.event_word(model.month, kind) for kind in (chance.NEED, chance.MATTER, chance.SERVICE)]
    run, kind = chance.run_word(start.future.index, start.replication), chance.event_word(model.month, chance.KIND)
    return np.array([*events, run, *chance.seed_key(start.seed), kind], dtype=np.uint64)


def resources(model: Neighbourhood, row: Integers) -> Month:
    """Hours, rooms, cash and the chances that depend on them. ``row`` is the month's flows, filled in here."""
    district, luck = model.district, luck_of(model)
    volunteers = np.floor(
        formulas.organised(district, model.engaged / SCALE) * district.rates.volunteer_hours * rules.MINUTES
    )
    volunteers = volunteers.astype(np.int64)
    traded = exchange(model.reach, cooperation=model.cooperation, backlog=model.backlog, volunteers=volunteers)
    hours = _hours(model, row, luck, volunteers, traded)
    extra, distance = model.venues_open()
    shared = model.reach.room_minutes(model.cooperation) * MONTHS / rules.MINUTES + district.levers.room_hours
    rooms = np.floor(formulas.room_hours(district, extra, shared) / MONTHS * rules.MINUTES).astype(np.int64)
    contact = rules.contact_hours_per_household(district, hours.contact)
    model.shield = rules.shield(district, model.shield, row[:, FLOW["fen_prevention"]])
    put(row, minutes=hours.service, minutes_contact=hours.contact, room_minutes=rooms.sum(axis=1),
        minutes_volunteers=volunteers, minutes_returned=traded.returned, minutes_partners=traded.received,
        service_m2=np.rint(district.communities.service_m2 + extra).astype(np.int64))  # fmt: skip
    return Month(
        row=row,
        luck=luck,
        chances=model.need_thresholds[model.month_of_year],
        prevented=rules.prevented_shares(model.shield, model.neighbours, model.limits.cares),
        voicing=rules.voice_thresholds(district, distance_m=distance, contact=contact, responsiveness=model.responsiveness),
        returned=model.limits.returned[model.month_of_year],
        solves=chance.threshold(formulas.solve_chance(district.rates, (model.quality + model.posting_quality) / SCALE)),
        asked=rules.asked_thresholds(district, model.population.grid_community, contact=contact,
                                     engaged=model.grid_engaged / SCALE / np.maximum(model.grid_adults, 1)),
        budget=np.column_stack([hours.service - model.debt, model.held, rooms - model.room_debt, rules.taken_up(model.limits.wishes, model.month)]),
        exchange=traded,
    )  # fmt: skip


def _hours(
    model: Neighbourhood, row: Integers, luck: NDArray[np.uint64], volunteers: Integers, traded: Exchange
) -> rules.Hours:
    """The month's one hours budget."""
    district, rates = model.district, model.rates
    draw = chance.draws(np.zeros(model.count, dtype=np.uint64), model.population.place,
                        chance.event_word(model.month, chance.STAFF), luck[3], model.start.seed)[0]  # fmt: skip
    contract = np.floor(row[:, FLOW["fen_contracts"]] * rules.MINUTES / formulas.contract_fen_per_hour(rates))
    outside: Reals = formulas.support_hours(district, float(len(model.record)))
    posts = district.communities.posts + model.current_year.posts
    put(row, posts=posts, minutes_support=np.floor(outside / MONTHS * rules.MINUTES).astype(np.int64))
    limits, presence = model.limits, rules.staff_presence(rates, draw)
    return rules.hours_budget(
        staff=posts * limits.post_hours * presence, others=limits.other_hours + outside,
        given=volunteers - traded.returned + contract.astype(np.int64), claimed=traded.received,
        contact_share=limits.contact_share,
    )  # fmt: skip


def put(row: Integers, **flows: Integers) -> None:
    """Write flows of the month, one value a community."""
    for name, values in flows.items():
        row[:, FLOW[name]] = values
