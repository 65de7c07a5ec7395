"""The Mesa model of a month: institutions as agents, residents as columns or agents, one step in the order of the rules.

1 money in; 2 hours, space and cash; 3 needs; 4 voicing; 5 routing; 6 service; 7 escalation; 8 satisfaction and
responsiveness; 9 participation; 10 partners; 11 quality; 12 building; 13 the yearly choices, in January.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import mesa
import numpy as np
from mesa.agent import Agent, AgentSet
from numpy.typing import NDArray

from optimize.plan import Plan
from scenarios import formulas, funding
from scenarios.district import District
from scenarios.tables import Integers
from sim import kernels, rules
from sim.agents import Community, Grid, Official, Payer, ResidentUnit
from sim.checks import check_month
from sim.exchange import reach_of
from sim.limits import limits_of
from sim.month import Month, Year, put, resources, year_schedule
from sim.outcome import FLOW, GRID_FLOWS, WAIT_BINS
from sim.peopled import PeopledCommunity
from sim.resident_table import Residents
from sim.residents import make_residents
from sim.state import State

MONTHS = formulas.MONTHS
Engine = Literal["columns", "agents"]


class Neighbourhood(mesa.Model):
    """A district under a plan, month by month. Made from a state, it gives a state back; see ``sim.run``.

    ``engine``: ``columns`` steps residents as a table, by compiled loops; ``agents`` makes each a Mesa agent in
    ``people``, readable and slow. Both give the same numbers. ``residents`` shows them in words with either.
    """

    now: Month

    def __init__(self, state: State, plan: Plan, engine: Engine = "columns") -> None:
        if engine not in get_args(Engine):
            raise ValueError(f"engine: found {engine!r}; expected one of {', '.join(get_args(Engine))}")
        super().__init__(rng=state.seed)
        self.engine = engine
        self.start, self.plan, self.district = state, plan, state.district
        self.population, self.month, self.rates = state.population, state.month, state.district.rates
        self._take_over(state)
        self.year: Year | None = None
        self._prepare()
        self._make_agents(state)

    def _take_over(self, state: State) -> None:
        """Copies of what carries over from month to month; the state itself is never changed."""
        self.status, self.category, self.waited = state.status.copy(), state.category.copy(), state.waited.copy()
        self.satisfaction, self.engagement = state.satisfaction.copy(), state.engagement.copy()
        self.responsiveness, self.quality, self.shield = state.responsiveness, state.quality, state.shield
        self.held, self.transit = state.held_fen, state.transit_fen.copy()
        self.debt, self.room_debt = state.debt_minutes, state.debt_room_minutes
        self.backlog, self.flagged, self.cooperation = state.backlog_minutes, state.flagged, state.cooperation
        self.record, self.waits, self.grid_years = list(state.record), list(state.waits), list(state.grids)
        if self.waits:  # the year in hand goes on
            self.waits[-1], self.grid_years[-1] = self.waits[-1].copy(), self.grid_years[-1].copy()
        self.match_left, self.outlays = list(state.match_left_fen), list(state.outlay_fen)

    def _prepare(self) -> None:
        """What holds all run long: chances, reach, neighbours, and sums by grid and community of who takes part."""
        district, people = self.district, self.population
        self.need_thresholds, self.limits = rules.need_thresholds(district), limits_of(district)
        self.reach, self.neighbours = reach_of(district), formulas.neighbour_weights(district)
        most = int(np.diff(people.first).max()) + 1
        self.scratch = np.zeros(most, dtype=np.uint32), np.zeros(most, dtype=np.uint32), np.zeros(most, dtype=np.int64)
        self.grid_adults = np.add.reduceat(people.adult, people.grid_first[:-1], dtype=np.int64)
        self.grid_engaged = np.add.reduceat(self.engagement, people.grid_first[:-1], dtype=np.int64)
        self.engaged = np.add.reduceat(self.engagement, people.first[:-1], dtype=np.int64)
        self.posting_quality = np.zeros(self.count, dtype=np.int64)
        self.waiting = self._waiting()

    @property
    def count(self) -> int:
        """Number of communities."""
        return len(self.district.communities)

    @property
    def month_of_year(self) -> int:
        """0 for January."""
        return self.month % MONTHS

    @property
    def residents(self) -> Residents:
        """Every resident in words, as of the end of the last month."""
        return Residents(self)

    @property
    def current_year(self) -> Year:
        """The year in hand; a bug of ours before the first January is opened."""
        if self.year is None:
            raise RuntimeError("no plan year is open")
        return self.year

    def _make_agents(self, state: State) -> None:
        """One agent for each institution, and for each resident where the engine says so."""
        peopled = self.engine == "agents"
        self.everyone = make_residents(self) if peopled else []
        self.people = AgentSet(self.everyone, random=self.random)
        self.of_kind: dict[type[Agent], AgentSet] = {}
        grids, units = range(len(self.population.grid_community)), range(len(self.district.units))
        makers: list[tuple[type[Agent], type[Agent], list[tuple[Any, ...]]]] = [
            (Grid, Grid, [(row,) for row in grids]),
            (Community, PeopledCommunity if peopled else Community, [(row,) for row in range(self.count)]),
            (ResidentUnit, ResidentUnit, [(row,) for row in units]),
            (Official, Official, [(posting,) for posting in state.postings]),
            (Payer, Payer, list(_purses(self.district))),
        ]
        for kind, made, arguments in makers:
            self.of_kind[kind] = AgentSet([made(self, *given) for given in arguments], random=self.random)
        self._be_forgotten()

    def _be_forgotten(self) -> None:
        """Leave the table from which Mesa 3.3 numbers agents: it would keep the model alive for good.

        An agent made later is numbered from 1 again, and has the model kept until its state is asked for.
        """
        Agent._ids.pop(self, None)

    def step(self) -> None:
        """One month."""
        if self.month_of_year == 0 or self.year is None:
            self._open_year()
        held_before, carried, owed_before = self.held, self.waiting, self.room_debt
        row = self.current_year.schedule[self.month_of_year].copy()
        self._money_in(row)
        self.posting_quality[:] = 0
        self.of_kind[Official].do("serve", row)
        self.now = resources(self, row)
        self._live()
        self._judge(row)
        self._close_month(row)
        self.waiting = self._waiting()
        check_month(row, carried=carried, held_before=held_before, waiting=self.waiting,
                    rooms_owed=self.room_debt - owed_before)  # fmt: skip
        self.record.append(row)
        self.month += 1

    def _live(self) -> None:
        """Needs, voicing and routing, service, escalation, satisfaction and participation of every resident."""
        if self.engine == "agents":
            self.of_kind[Community].do("step")
            return
        now, people, whole = self.now, self.population, self.limits
        month = (now.chances, now.prevented, now.voicing, whole.routed, now.returned, now.solves, whole.minutes, now.asked,
                 whole.decays)  # fmt: skip
        limits = (whole.kinds, whole.lapse, whole.escalates, whole.categories, whole.case, whole.change, whole.cheers,
                  whole.invited, whole.gain, whole.keeps)  # fmt: skip
        kernels.live_everywhere(
            people.place, people.first, people.grid_first, people.grid_of, now.luck, (people.risk, people.care),
            (self.status, self.category, self.waited), (self.satisfaction, self.engagement), people.adult, self.scratch,
            month, limits, now.budget, self.grid_tally, self.grid_engaged, self.wait_tally, now.row)  # fmt: skip

    def _waiting(self) -> Integers:
        """Residents with an open matter, by community; counted anew from the columns."""
        return np.asarray(kernels.count_waiting(self.status, self.population.first))

    def _open_year(self) -> None:
        """Payers choose, money and posts are fixed for the year."""
        column = min(max(self.month // MONTHS - self.plan.years[0], 0), len(self.plan.years) - 1)
        money = funding.year_money(self.district, self.plan.lump_fen[:, column])
        self.year = Year(money=money, contract_fen=self.plan.contract_fen[:, column],
                         prevention_fen=self.plan.prevention_fen[:, column], posts=self.plan.posts[:, column],
                         schedule=year_schedule(self, money))  # fmt: skip
        self.of_kind[Payer].do("take_on", money.flows, self.year.schedule)
        self.year_paid = self.year.paid
        if self.month_of_year == 0 or not self.waits:
            self.waits.append(np.zeros((self.count, WAIT_BINS), dtype=np.int64))
            self.grid_years.append(np.zeros((len(self.population.grid_community), len(GRID_FLOWS)), dtype=np.int64))
            self.match_left.append(money.match_left_fen)
            self.outlays.append(self._outlay(money))
        self.wait_tally, self.grid_tally = self.waits[-1], self.grid_years[-1]

    def _outlay(self, money: funding.YearMoney) -> int:
        """Consolidated outlay of the year that begins now."""
        first, last = self.month, self.month - self.month_of_year + MONTHS
        months = sum(max(0, min(p.end, last) - max(p.start, first)) for p in self.start.postings)
        venues = self.start.venues
        return funding.year_outlay(
            self.district, money,
            posts=int(self.district.communities.posts.sum() + self.current_year.posts.sum()),
            posting_months=months,
            capital_fen=sum(v.cost_fen for v in venues if v.start < last),
            running_fen=round(sum(v.running_fen * max(0, last - max(v.opens, first)) for v in venues) / MONTHS),
        ).total_fen  # fmt: skip

    def _money_in(self, row: Integers) -> None:
        """Tranches arrive with their delay; prevention and contracts are paid first, the rest is for matters."""
        paid = self.year_paid[self.month_of_year]
        arriving = paid
        if len(self.transit):
            arriving, self.transit = self.transit[0].copy(), np.vstack([self.transit[1:], paid[None]])
        put(row, fen_in=arriving)
        self.held = self.held + arriving
        for name, yearly in (
            ("fen_prevention", self.current_year.prevention_fen),
            ("fen_contracts", self.current_year.contract_fen),
        ):
            spent = np.minimum(rules.tranche(yearly, self.month_of_year), self.held)
            row[:, FLOW[name]] = spent
            self.held = self.held - spent

    def venues_open(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Added floor space of each community, and the distance to its nearest venue, with what is open now."""
        here, sites = self.district.communities, self.district.sites
        extra, distance = np.zeros(self.count), here.venue_distance_m.copy()
        for venue in self.start.venues:
            if venue.opens <= self.month:
                at = sites.id.index(venue.site)
                extra[venue.rows] += venue.serves_m2
                walk = np.hypot(here.x_m - sites.x_m[at], here.y_m - sites.y_m[at])[venue.rows]
                distance[venue.rows] = np.minimum(distance[venue.rows], walk)
        return extra, distance

    def _judge(self, row: Integers) -> None:
        """Money left, hours overdrawn, remedies, and how responsive residents find their community."""
        rates = self.rates
        self.held = self.now.budget[:, kernels.FEN].copy()
        self.debt = np.maximum(-self.now.budget[:, kernels.MINUTES], 0)
        self.room_debt = np.maximum(-self.now.budget[:, kernels.ROOMS : kernels.WISHES], 0)
        out_of_hours = self.now.budget[:, kernels.MINUTES] <= 0  # else cash or rooms stand in the way, not hands
        self.backlog = np.where(out_of_hours, row[:, FLOW["minutes_waiting"]], 0)
        remedy = row[:, FLOW["escalated"]] * round(rates.remedy_cost * funding.FEN_PER_YUAN)
        put(row, fen_held=self.held, fen_remedy=remedy)
        finished = row[:, FLOW["served"]] + row[:, FLOW["escalated"]]
        self.responsiveness = rules.responsiveness(self.responsiveness, row[:, FLOW["in_time"]], finished,
                                                   rates.responsiveness_memory)  # fmt: skip

    def _close_month(self, row: Integers) -> None:
        """Units answer for what they got, quality drifts to its level, December's screening looks back at the year."""
        traded, district = self.now.exchange, self.district
        self.cooperation = rules.cooperation(
            self.cooperation, used=traded.used, answered=traded.answered, rates=self.rates
        )
        level = rules.quality_level_now(district, len(self.record), self.flagged)
        self.quality = rules.toward(self.quality, level, self.rates.quality_drift)
        self.engaged = row[:, FLOW["engagement"]].copy()
        put(row, responsiveness=self.responsiveness, quality=self.quality + self.posting_quality,
            partners=self.reach.partners(self.cooperation))  # fmt: skip
        if self.month_of_year == MONTHS - 1:
            self._count_grids()
            if len(self.record) >= MONTHS - 1:
                self._screen(row)

    def _screen(self, row: Integers) -> None:
        """Flag the communities with the lowest share of needs met over the year; they are put right in the next."""
        self.flagged = rules.screened([*self.record[-(MONTHS - 1) :], row], self.district.rectification.share)
        put(row, screened=self.flagged)

    def _count_grids(self) -> None:
        """People and satisfaction of each grid now, in the tally of the year."""
        first = self.population.grid_first
        tally = self.grid_years[-1]
        tally[:, GRID_FLOWS.index("satisfaction")] = np.add.reduceat(self.satisfaction, first[:-1], dtype=np.int64)
        tally[:, GRID_FLOWS.index("people")] = np.diff(first)

    def state(self) -> State:
        """The state after the months stepped so far. The model is done with: it lets go of its agents."""
        if self.engine == "agents":
            self.of_kind[Community].do("write_down")
        if self.grid_years:
            self._count_grids()
        result = self.start.with_changes(
            month=self.month, status=self.status, category=self.category, waited=self.waited,
            satisfaction=self.satisfaction, engagement=self.engagement, responsiveness=self.responsiveness,
            quality=self.quality, held_fen=self.held, transit_fen=self.transit, debt_minutes=self.debt, debt_room_minutes=self.room_debt,
            backlog_minutes=self.backlog, shield=self.shield, flagged=self.flagged,
            cooperation=self.cooperation, record=tuple(self.record), waits=tuple(self.waits),
            grids=tuple(self.grid_years), match_left_fen=tuple(self.match_left), outlay_fen=tuple(self.outlays),
        )  # fmt: skip
        if self.everyone:  # a few thousand institutions go with the model; millions of residents must not wait for it
            self.remove_all_agents()
            self.everyone.clear()
        self._be_forgotten()
        return result


def _purses(district: District) -> list[tuple[str, Integers]]:
    """Who pays: society, province, city and district for all, each street or town for its own, each village for itself."""
    everyone = np.arange(len(district.communities))
    streets = [("street", np.flatnonzero(district.street_index == row)) for row in range(len(district.streets))]
    villages = [("village", np.array([row])) for row in everyone[district.is_village]]
    above = [(tier, everyone) for tier in ("society", "province", "city", "district")]
    return [*above, *streets, *villages]
