"""The state of a run between two months: a frozen value that can be kept, copied and continued."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios import formulas
from scenarios.categories import ROOM_USES
from scenarios.district import District
from scenarios.tables import Integers
from sim import rules
from sim.futures import Future
from sim.outcome import SCALE, Outcome, population_of
from sim.population import Population


@dataclass(frozen=True, kw_only=True)
class PostedOfficial:
    """A posting as it happens: slot, community row, fit, and absolute months of start and end (exclusive)."""

    slot: str
    community: int
    fit: float
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, eq=False)
class VenueProject:
    """A venue under way or open: money, absolute opening month, and the square metres each row may use."""

    site: str
    cost_fen: int
    running_fen: float  # in a full year
    start: int
    opens: int
    rows: Integers
    serves_m2: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class State:
    """Everything that carries over from one month to the next, and the record so far.

    Per resident: ``status`` (see ``sim.kernels``), ``category`` and ``waited`` of the one open matter (uint8),
    ``satisfaction`` and ``engagement`` (int32, of SCALE). Per community: ``responsiveness``, ``quality`` and ``shield``
    (what prevention money has built up, of SCALE), ``held_fen``, ``debt_minutes``, ``debt_room_minutes`` (by use of rooms), ``backlog_minutes`` (what the queue
    would take, where hours ran out), ``flagged`` by the last screening, and ``transit_fen`` (months of delay, community). Per unit:
    ``cooperation``. ``record`` holds one (community, FLOWS) array a month since the policy began.
    """

    district: District
    policy: str
    seed: int
    replication: int
    future: Future
    month: int
    population: Population
    status: NDArray[np.uint8]
    category: NDArray[np.uint8]
    waited: NDArray[np.uint8]
    satisfaction: NDArray[np.int32]
    engagement: NDArray[np.int32]
    responsiveness: Integers
    quality: Integers
    held_fen: Integers
    transit_fen: Integers
    debt_minutes: Integers
    debt_room_minutes: Integers
    backlog_minutes: Integers
    shield: Integers
    flagged: Integers
    cooperation: Integers
    postings: tuple[PostedOfficial, ...] = ()
    venues: tuple[VenueProject, ...] = ()
    record: tuple[Integers, ...] = ()
    waits: tuple[Integers, ...] = ()
    grids: tuple[Integers, ...] = ()
    match_left_fen: tuple[int, ...] = ()
    outlay_fen: tuple[int, ...] = ()
    promised_met: NDArray[np.float64] | None = None

    def with_changes(self, **changes: Any) -> State:
        """A copy with some fields replaced."""
        return replace(self, **changes)


def new_state(district: District, population: Population, *, policy: str, seed: int, replication: int,
              future: Future, month: int) -> State:  # fmt: skip
    """A district before its first month: nobody waits, satisfaction and quality at their usual levels."""
    residents, count = len(population), len(district.communities)
    rates = district.rates
    active = round(rates.active_share * SCALE)
    delay = round(rates.payment_delay)
    return State(
        district=district, policy=policy, seed=seed, replication=replication, future=future, month=month,
        population=population,
        status=np.zeros(residents, dtype=np.uint8),
        category=np.zeros(residents, dtype=np.uint8),
        waited=np.zeros(residents, dtype=np.uint8),
        satisfaction=np.full(residents, round(rates.satisfaction_start * SCALE), dtype=np.int32),
        engagement=(population.registered * population.adult).astype(np.int32) * active,
        responsiveness=np.full(count, round(rates.responsiveness_reference * SCALE), dtype=np.int64),
        quality=rules.fixed_point(formulas.base_quality(district)),
        held_fen=np.zeros(count, dtype=np.int64),
        transit_fen=np.zeros((delay, count), dtype=np.int64),
        debt_minutes=np.zeros(count, dtype=np.int64),
        debt_room_minutes=np.zeros((count, len(ROOM_USES)), dtype=np.int64),
        backlog_minutes=np.zeros(count, dtype=np.int64),
        shield=np.zeros(count, dtype=np.int64),
        flagged=np.zeros(count, dtype=np.int64),
        cooperation=rules.fixed_point(district.units.cooperation),
    )  # fmt: skip


def outcome_of(state: State) -> Outcome:
    """What the run has produced since its policy began."""
    people, adults = population_of(state.district)
    months = len(state.record)
    promised = state.promised_met
    return Outcome(
        policy=state.policy, seed=state.seed, replication=state.replication, future=state.future.index,
        first_month=state.month - months, codes=state.district.communities.code, population=people, adults=adults,
        grid_community=state.population.grid_community,
        monthly=np.stack(state.record) if months else np.zeros((0, len(people), 0), dtype=np.int64),
        waits=np.stack(state.waits), grids=np.stack(state.grids),
        match_left_fen=np.array(state.match_left_fen, dtype=np.int64),
        outlay_fen=np.array(state.outlay_fen, dtype=np.int64),
        promised_met=np.zeros((len(people), 1)) if promised is None else promised,
    )  # fmt: skip
