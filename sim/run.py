"""Start, advance, look: a run as a line of values."""

from __future__ import annotations

import numpy as np

from optimize.plan import Plan
from scenarios import formulas, funding
from scenarios.district import District
from sim.futures import Future
from sim.model import Neighbourhood
from sim.outcome import Outcome
from sim.population import Population, people
from sim.state import PostedOfficial, State, VenueProject, new_state, outcome_of

NOMINAL = Future()


def start(district: District, *, seed: int, replication: int = 0, future: Future = NOMINAL, policy: str = "",
          month: int | None = None, population: Population | None = None) -> State:  # fmt: skip
    """The state of a district before ``month`` (absolute; January of the first plan year by default).

    ``population`` saves building the residents again when they are known to be the same.
    """
    residents = people(district) if population is None else population
    begins = district.first_year * formulas.MONTHS if month is None else month
    return new_state(future.applied(district), residents, policy=policy, seed=seed, replication=replication,
                     future=future, month=begins)  # fmt: skip


def resume(state: State, district: District, *, policy: str) -> State:
    """The same people and institutions on the eve of another policy; the record begins anew."""
    return state.with_changes(district=state.future.applied(district), policy=policy, record=(), waits=(), grids=(),
                              match_left_fen=(), outlay_fen=(), promised_met=None)  # fmt: skip


def advance(state: State, plan: Plan, months: int) -> State:
    """The state ``months`` later under a plan; the state given is left as it was.

    Raises ``ValueError`` when plan and district disagree on communities, ``ConservationError`` on a bug.
    """
    if plan.communities != state.district.communities.code:
        raise ValueError("plan and district disagree on communities")
    model = Neighbourhood(_committed(state, plan), plan)
    for _ in range(months):
        model.step()
    return model.state()


def outcome(state: State) -> Outcome:
    """What the run has produced since its policy began."""
    return outcome_of(state)


def simulate(district: District, plan: Plan, *, seed: int, replication: int = 0, future: Future = NOMINAL,
             policy: str = "", months: int = 36, population: Population | None = None) -> Outcome:  # fmt: skip
    """Start, advance and look in one call, without a warm-up."""
    begun = start(district, seed=seed, replication=replication, future=future, policy=policy, population=population)
    return outcome(advance(begun, plan, months))


def _committed(state: State, plan: Plan) -> State:
    """The state with the plan's postings and projects entered in their registers, each once."""
    district, base = state.district, plan.years[0] * formulas.MONTHS
    rows = {code: row for row, code in enumerate(district.communities.code)}
    postings = state.postings
    if plan.postings:
        fit = formulas.posting_fit(district)
        slots = {slot: row for row, slot in enumerate(district.slots.id)}
        postings += tuple(
            PostedOfficial(community=rows[p.community], fit=float(fit[slots[p.slot], rows[p.community]]),
                           start=base + p.start_month, end=base + p.start_month + p.months)
            for p in plan.postings)  # fmt: skip
    sites = {site: row for row, site in enumerate(district.sites.id)}
    venues = state.venues + tuple(_venue(district, sites[p.site_id], base + p.start_month, p.serves, rows)
                                  for p in plan.projects)  # fmt: skip
    known = {(v.site, v.start): v for v in venues}
    return state.with_changes(postings=tuple(dict.fromkeys(postings)), venues=tuple(known.values()),
                              promised_met=plan.promised_met if len(plan.promised_met) else None)  # fmt: skip


def _venue(district: District, at: int, begins: int, serves: tuple[tuple[str, float], ...],
           rows: dict[str, int]) -> VenueProject:  # fmt: skip
    sites = district.sites
    return VenueProject(
        site=sites.id[at], cost_fen=round(float(sites.cost_yuan[at]) * funding.FEN_PER_YUAN), m2=float(sites.m2[at]),
        start=begins, opens=begins + int(sites.lead_months[at]),
        rows=np.array([rows[code] for code, _ in serves], dtype=np.int64), serves_m2=np.array([m2 for _, m2 in serves]),
    )  # fmt: skip
