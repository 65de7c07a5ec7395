"""Start, advance, look: a run as a line of values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimize.plan import Plan
from optimize.standing import under_plan
from scenarios import formulas, funding
from scenarios.arrangements import Support
from scenarios.district import District
from scenarios.tables import Integers, Reals
from sim import rules
from sim.futures import NOMINAL, Future
from sim.model import Engine, Neighbourhood
from sim.outcome import SCALE, Outcome
from sim.population import Population, people, regrouped
from sim.state import PostedOfficial, State, VenueProject, new_state, outcome_of


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
    """The same people and institutions on the eve of another policy; the record begins anew.

    What the policy changes in the tables of units and grids, and in how late money arrives, holds from now on; so does
    its screening, of the year that has just ended.
    """
    later = state.future.applied(district)
    held, transit = redelayed(state.held_fen, state.transit_fen, round(later.rates.payment_delay))
    return state.with_changes(
        district=later, policy=policy, held_fen=held, transit_fen=transit,
        cooperation=_cooperation_kept(state, later), flagged=_screened_anew(state, later),
        population=regrouped(state.population, later), record=(), waits=(), grids=(), match_left_fen=(), outlay_fen=(),
        promised_met=None,
    )  # fmt: skip


def _screened_anew(state: State, later: District) -> Integers:
    """The last year's flags under the share of another policy; as they were without a full year behind them."""
    if state.month % formulas.MONTHS or len(state.record) < formulas.MONTHS:
        return state.flagged
    return rules.screened(state.record[-formulas.MONTHS :], later.rectification.share)


def _cooperation_kept(state: State, later: District) -> Integers:
    """Cooperation of the units of another policy: as far as it came, moved by what the table changes; new ones begin."""
    came = dict(
        zip(
            state.district.units.id,
            (state.cooperation / SCALE - state.district.units.cooperation).tolist(),
            strict=True,
        )
    )
    beyond = np.array([came.get(unit, 0.0) for unit in later.units.id])
    return rules.fixed_point(np.clip(later.units.cooperation + beyond, 0.0, 1.0))


def redelayed(held_fen: Integers, transit_fen: Integers, delay: int) -> tuple[Integers, Integers]:
    """Money held and on its way when the delay of payment changes: nothing is lost, and nothing comes later than it was due.

    What would have arrived by the new delay arrives at once; a longer delay leaves months without money.
    """
    early = max(len(transit_fen) - delay, 0)
    gap = np.zeros((max(delay - len(transit_fen), 0), len(held_fen)), dtype=np.int64)
    return held_fen + transit_fen[:early].sum(axis=0), np.vstack([transit_fen[early:], gap])


def open_model(state: State, plan: Plan, engine: Engine = "columns") -> Neighbourhood:
    """The Mesa model of a state under a plan, to step by hand and look into; the state given is left as it was.

    With ``agents`` its residents are Mesa agents in ``people`` (see ``sim.residents``), right for a few thousand; with
    ``columns`` they are a table stepped by compiled loops. Raises ``ValueError`` when plan and district disagree on
    communities or no engine has that name.
    """
    if plan.communities != state.district.communities.code:
        raise ValueError("plan and district disagree on communities")
    return Neighbourhood(_committed(state, plan), plan, engine)


def advance(state: State, plan: Plan, months: int, engine: Engine = "columns") -> State:
    """The state ``months`` later under a plan; the state given is left as it was.

    Both engines give the same state, so they can take turns. Raises ``ValueError`` as :func:`open_model` does, and
    ``ConservationError`` on a bug.
    """
    model = open_model(state, plan, engine)
    for _ in range(months):
        model.step()
    return model.state()


def outcome(state: State) -> Outcome:
    """What the run has produced since its policy began."""
    return outcome_of(state)


def simulate(district: District, plan: Plan, *, seed: int, replication: int = 0, future: Future = NOMINAL,
             policy: str = "", months: int = 36, population: Population | None = None,
             engine: Engine = "columns") -> Outcome:  # fmt: skip
    """Start, advance and look in one call, without a warm-up."""
    begun = start(district, seed=seed, replication=replication, future=future, policy=policy, population=population)
    return outcome(advance(begun, plan, months, engine))


def _committed(state: State, plan: Plan) -> State:
    """The state with the plan's postings and projects entered in their registers, each once."""
    district, base = under_plan(state.district, plan), plan.years[0] * formulas.MONTHS
    rows = {code: row for row, code in enumerate(district.communities.code)}
    postings = state.postings
    if plan.postings:
        fit = formulas.posting_fit(district)
        slots = {slot: row for row, slot in enumerate(district.slots.id)}
        postings += tuple(
            PostedOfficial(slot=p.slot, community=rows[p.community], fit=float(fit[slots[p.slot], rows[p.community]]),
                           start=base + p.start_month, end=base + p.start_month + p.months)
            for p in plan.postings)  # fmt: skip
    sites = {site: row for row, site in enumerate(district.sites.id)}
    venues = state.venues + tuple(_venue(district, sites[p.site_id], base + p.start_month, p.serves, rows)
                                  for p in plan.projects)  # fmt: skip
    known = {(v.site, v.start): v for v in venues}
    return state.with_changes(district=district, postings=tuple(dict.fromkeys(postings)), venues=tuple(known.values()),
                              promised_met=plan.promised_met if len(plan.promised_met) else None)  # fmt: skip


def _venue(district: District, at: int, begins: int, serves: tuple[tuple[str, float], ...],
           rows: dict[str, int]) -> VenueProject:  # fmt: skip
    sites = district.sites
    return VenueProject(
        site=sites.id[at], cost_fen=round(float(sites.cost_yuan[at]) * funding.FEN_PER_YUAN), running_fen=formulas.running_yuan(district, at) * funding.FEN_PER_YUAN,
        start=begins, opens=begins + int(sites.lead_months[at]),
        rows=np.array([rows[code] for code, _ in serves], dtype=np.int64), serves_m2=np.array([m2 for _, m2 in serves]),
    )  # fmt: skip


def reached(state: State) -> District:
    """The district as a planner finds it in the month of the state: what has changed is in the tables.

    Quality is what it is now; open venues are part of the floor space; campaigns
    and imposed partnerships are as far faded as they are; postings and projects already begun are no longer to be had;
    the plan years shrink to those that are left.
    """
    district, month = state.district, state.month
    years_gone = month // formulas.MONTHS - district.first_year
    used = {venue.site for venue in state.venues}
    used_sites = {site for row, site in zip(district.sites.id, district.sites.site, strict=True) if row in used}
    free = [row for row, site in enumerate(district.sites.site) if site not in used_sites]
    posted = {posting.slot for posting in state.postings}
    slots = [row for row, slot in enumerate(district.slots.id) if slot not in posted]
    in_post = sum(posting.end > month for posting in state.postings)
    return district.with_changes(
        first_year=district.first_year + years_gone,
        years=max(district.years - years_gone, 1),
        communities=district.communities.replaced(quality=_quality_ahead(state), service_m2=_space_open(state)),
        units=district.units.replaced(cooperation=state.cooperation / SCALE),
        sites=district.sites.take(free),
        slots=district.slots.take(slots),
        postings=replace(district.postings, posts=max(district.postings.posts - in_post, 0)),
        levers=district.levers.replaced(campaign=_campaign_left(state)),
        supports=tuple(_faded(support, len(state.record)) for support in district.supports),
    )


def lasting_prevention(state: State) -> Reals:
    """Share of needs that what prevention money has built up still prevents, mean over the plan years that are left."""
    rates, months = (
        state.district.rates,
        max(state.district.years * formulas.MONTHS - len(state.record), formulas.MONTHS),
    )
    left = (1.0 - formulas.fading_share(rates.prevention_fade)) ** np.arange(1, months + 1)
    return np.asarray(float(left.mean()) * state.shield / SCALE)


def _campaign_left(state: State) -> Reals:
    return formulas.campaign_quality(state.district, float(len(state.record)))


def _faded(support: Support, months: int) -> Support:
    """A support as it is so many months after it began."""
    left = 0.5 ** (months / support.half_life_months) if support.half_life_months else 1.0
    return replace(support, hours=tuple(hours * left for hours in support.hours))


def _space_open(state: State) -> Reals:
    """Floor space of each community with the venues that are open."""
    space = state.district.communities.service_m2.copy()
    for venue in state.venues:
        if venue.opens <= state.month:
            space[venue.rows] += venue.serves_m2
    return space


def _quality_ahead(state: State) -> Reals:
    """Quality in half a year: the drifting part now, and what postings already begun will add by then."""
    district, ahead = state.district, state.month + formulas.MONTHS // 2
    added = formulas.base_quality(district) + _campaign_left(state) - district.communities.quality
    quality = state.quality / SCALE - added
    for posting in state.postings:
        served, since = min(ahead, posting.end) - posting.start, max(ahead - posting.end, 0)
        strength = formulas.posting_strength(district.rates, np.array(float(served)), np.array(float(since)))
        quality[posting.community] += district.rates.posting_effect * posting.fit * float(strength)
    return np.clip(quality, -4.0, 4.0)
