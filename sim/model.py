"""The Mesa model of a month: institutions as agents, residents as columns or agents, one step in the order of the rules.

1 money in; 2 hours, space and cash; 3 needs; 4 voicing; 5 routing; 6 service; 7 escalation; 8 satisfaction and
responsiveness; 9 participation; 10 partners; 11 quality; 12 building; 13 the yearly choices, in January.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import mesa
import numpy as np
from mesa.agent import Agent, AgentSet
from numpy.typing import NDArray

from optimize.plan import Plan
from scenarios import formulas, funding
from scenarios.district import District
from scenarios.tables import Integers
from sim import chance, rules
from sim.agents import Community, Grid, Official, Payer, ResidentUnit
from sim.checks import check_month
from sim.limits import category_table, limits_of
from sim.outcome import FLOW, FLOWS, GRID_FLOWS, SCALE, WAIT_BINS
from sim.peopled import PeopledCommunity, PeopledGrid
from sim.resident_table import Residents
from sim.residents import make_residents
from sim.state import State

MONTHS = formulas.MONTHS
Engine = Literal["columns", "agents"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Year:
    """What holds for a plan year: the money, its uses, and extra posts."""

    money: funding.YearMoney
    contract_fen: Integers
    prevention_fen: Integers
    posts: Integers


@dataclass(frozen=True, eq=False)
class Luck:
    """The counter words of this month's draws, and the run's."""

    need: np.uint64
    matter: np.uint64
    service: np.uint64
    run: tuple[np.uint64, np.uint64, np.uint64]


@dataclass(kw_only=True, eq=False)
class Month:
    """Scratch of the month in hand, one row per community."""

    row: Integers
    need_thresholds: NDArray[np.uint64]
    prevented: NDArray[np.uint64]
    voicing: NDArray[np.uint64]
    solves: NDArray[np.uint64]
    budget: Integers
    asked: Integers


class Neighbourhood(mesa.Model):
    """A district under a plan, month by month. Made from a state, it gives a state back; see ``sim.run``.

    ``engine``: ``columns`` steps residents as a table, by compiled loops; ``agents`` makes each a Mesa agent in
    ``people``, readable and slow. Both give the same numbers. ``residents`` shows them in words with either.
    """

    def __init__(self, state: State, plan: Plan, engine: Engine = "columns") -> None:
        if engine not in get_args(Engine):
            raise ValueError(f"engine: found {engine!r}; expected one of {', '.join(get_args(Engine))}")
        super().__init__(rng=state.seed)
        self.engine = engine
        self.start, self.plan, self.district = state, plan, state.district
        self.population, self.month, self.rates = state.population, state.month, state.district.rates
        self.status, self.category, self.waited = state.status.copy(), state.category.copy(), state.waited.copy()
        self.satisfaction, self.engagement = state.satisfaction.copy(), state.engagement.copy()
        self.responsiveness, self.quality = state.responsiveness.copy(), state.quality.copy()
        self.held, self.transit, self.debt = state.held_fen.copy(), state.transit_fen.copy(), state.debt_minutes.copy()
        self.cooperation = state.cooperation.copy()
        self.record, self.waits, self.grid_years = list(state.record), list(state.waits), list(state.grids)
        self.match_left, self.outlays = list(state.match_left_fen), list(state.outlay_fen)
        self.scratch = np.zeros(int(np.diff(self.population.first).max()), dtype=np.uint32)
        self.unit_minutes = np.zeros(len(self.district.units), dtype=np.int64)
        self.engaged = np.bincount(np.repeat(np.arange(self.count), self.district.communities.population),
                                   weights=self.engagement, minlength=self.count).astype(np.int64)  # fmt: skip
        self.needs = rules.needs(self.district)
        self.limits = limits_of(self.district)
        self.category_table = category_table(self.district)
        self.posting_quality = np.zeros(self.count, dtype=np.int64)
        self.year: Year | None = None
        self.waiting = self._waiting()
        self._make_agents(state)

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
        reach = formulas.units_in_reach(self.district)
        share = reach / np.maximum(reach.sum(axis=0), 1)
        self.unit_share = (share * SCALE).astype(np.int64)
        self.reach = reach.T.astype(np.int64)
        self.of_kind: dict[type[Agent], AgentSet] = {}
        makers: list[tuple[type[Agent], type[Agent], list[tuple[Any, ...]]]] = [
            (Community, PeopledCommunity if peopled else Community, [(row,) for row in range(self.count)]),
            (Grid, PeopledGrid if peopled else Grid, [(row,) for row in range(len(self.population.grid_community))]),
            (ResidentUnit, ResidentUnit,
             [(row, np.flatnonzero(reach[:, row])) for row in range(len(self.district.units))]),
            (Official, Official, [(posting,) for posting in state.postings]),
            (Payer, Payer, list(_purses(self.district))),
        ]  # fmt: skip
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
        held_before, carried = self.held.copy(), self.waiting
        self.paid = np.zeros(self.count, dtype=np.int64)
        self._begin_month()
        self.of_kind[Payer].do("step")
        self._money_in()
        self.of_kind[ResidentUnit].do("give")
        self.of_kind[Official].do("step")
        self._resources()
        self.of_kind[Community].do("step")
        self._judge()
        self.engaged[:] = 0
        self.of_kind[Grid].do("step")
        self.of_kind[Community].do("write_down")
        self.unit_response = self.reach @ self.responsiveness
        self.of_kind[ResidentUnit].do("step")
        self._close_month()
        self.waiting = self._waiting()
        check_month(self.now.row, carried=carried, held_before=held_before, waiting=self.waiting)
        self.record.append(self.now.row)
        self.month += 1

    def _waiting(self) -> Integers:
        """Residents with an open matter, by community."""
        return np.add.reduceat(self.status != 0, self.population.first[:-1], dtype=np.int64)

    def _open_year(self) -> None:
        """Payers choose, money and posts are fixed for the year, and the weakest are flagged."""
        column = min(max(self.month // MONTHS - self.plan.years[0], 0), len(self.plan.years) - 1)
        money = funding.year_money(self.district, self.plan.lump_fen[:, column])
        self.year = Year(money=money, contract_fen=self.plan.contract_fen[:, column],
                         prevention_fen=self.plan.prevention_fen[:, column], posts=self.plan.posts[:, column])  # fmt: skip
        if self.month_of_year == 0 or not self.waits:
            self.waits.append(np.zeros((self.count, WAIT_BINS), dtype=np.int64))
            self.grid_years.append(np.zeros((len(self.population.grid_community), len(GRID_FLOWS)), dtype=np.int64))
            self.match_left.append(money.match_left_fen)
            self.outlays.append(self._outlay(money))
        self.of_kind[Payer].do("take_on", money.flows)
        self.wait_tally, self.grid_tally = self.waits[-1], self.grid_years[-1]

    def _outlay(self, money: funding.YearMoney) -> int:
        """Consolidated outlay of the year that begins now."""
        first, last = self.month, self.month - self.month_of_year + MONTHS
        months = sum(max(0, min(p.end, last) - max(p.start, first)) for p in self.start.postings)
        rates, venues = self.district.rates, self.start.venues
        open_m2_months = sum(v.m2 * max(0, last - max(v.opens, first)) for v in venues)
        return funding.year_outlay(
            self.district, money,
            posts=int(self.district.communities.posts.sum() + self.current_year.posts.sum()),
            posting_months=months,
            capital_fen=sum(v.cost_fen for v in venues if v.start < last),
            running_fen=round(open_m2_months / MONTHS * rates.venue_running_cost * funding.FEN_PER_YUAN),
        ).total_fen  # fmt: skip

    def _begin_month(self) -> None:
        """Empty rows, and the luck of the month."""
        state, count = self.start, self.count
        event = {kind: chance.event_word(self.month, kind) for kind in (chance.NEED, chance.MATTER, chance.SERVICE)}
        run = (chance.run_word(state.future.index, state.replication), *chance.seed_key(state.seed))
        self.luck = Luck(event[chance.NEED], event[chance.MATTER], event[chance.SERVICE], run)
        self.posting_quality[:] = 0
        nothing = np.zeros((count, len(self.district.categories)), dtype=np.uint64)
        self.now = Month(
            row=np.zeros((count, len(FLOWS)), dtype=np.int64),
            need_thresholds=self.needs.thresholds[self.month_of_year],
            prevented=np.zeros(count, dtype=np.uint64), voicing=nothing, solves=np.zeros(count, dtype=np.uint64),
            budget=np.zeros((count, 3), dtype=np.int64), asked=np.zeros(count, dtype=np.int64),
        )  # fmt: skip

    def _money_in(self) -> None:
        """Tranches arrive with their delay; prevention and contracts are paid first, the rest is for matters."""
        arriving = self.paid
        if len(self.transit):
            arriving, self.transit = self.transit[0].copy(), np.vstack([self.transit[1:], self.paid[None]])
        self._put("fen_in", arriving)
        self.held += arriving
        for name, yearly in (
            ("fen_prevention", self.current_year.prevention_fen),
            ("fen_contracts", self.current_year.contract_fen),
        ):
            spent = np.minimum(rules.tranche(yearly, self.month_of_year), self.held)
            self._put(name, spent)
            self.held -= spent
        self._put("fen_displaced", rules.tranche(self.current_year.money.displaced_fen, self.month_of_year))
        for flow in funding.base_flows(self.district):
            self._put(f"fen_{flow.programme}", rules.tranche(flow.fen, self.month_of_year))

    def _resources(self) -> None:
        """Hours, rooms, cash and the chances that depend on them."""
        district, now, rates = self.district, self.now, self.district.rates
        draw = chance.draws(np.zeros(self.count, dtype=np.uint64), self.population.place,
                            chance.event_word(self.month, chance.STAFF), self.luck.run[0], self.start.seed)[0]  # fmt: skip
        contract = now.row[:, FLOW["fen_contracts"]] * rules.MINUTES / formulas.contract_fen_per_hour(rates)
        posts = district.communities.posts + self.current_year.posts
        hours = rules.hours_budget(
            district, posts=posts, presence=rules.staff_presence(rates, draw),
            volunteer_minutes=np.floor(self.engaged * rates.volunteer_hours * rules.MINUTES / SCALE).astype(np.int64),
            partner_minutes=(self.unit_share @ self.unit_minutes) >> 16,
            contract_minutes=np.floor(contract).astype(np.int64),
        )  # fmt: skip
        extra, distance = self._venues()
        rooms = np.floor(formulas.room_hours(district, extra) / MONTHS * rules.MINUTES).astype(np.int64)
        now.budget[:] = np.stack([hours.service - self.debt, self.held, rooms], axis=1)
        now.prevented[:] = rules.prevented_share(district, now.row[:, FLOW["fen_prevention"]]).astype(np.uint64)
        now.voicing[:] = rules.voice_thresholds(district, distance_m=distance, contact_minutes=hours.contact,
                                                responsiveness=self.responsiveness)  # fmt: skip
        now.solves[:] = chance.threshold(formulas.solve_chance(rates, (self.quality + self.posting_quality) / SCALE))
        contact = hours.contact * MONTHS / rules.MINUTES / district.communities.households / rates.contact_reference
        now.asked[:] = rules.fixed_point(np.minimum(rates.asking * contact, 1.0))  # share of the way to the full
        self._put("minutes", hours.service)
        self._put("minutes_contact", hours.contact)
        self._put("room_minutes", rooms)
        self._put("posts", posts)
        self._put("service_m2", np.rint(district.communities.service_m2 + extra).astype(np.int64))

    def _venues(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
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

    def _judge(self) -> None:
        """Money left, hours overdrawn, remedies, and how responsive residents find their community."""
        row, rates = self.now.row, self.district.rates
        self.held = self.now.budget[:, 1].copy()
        self.debt = np.maximum(-self.now.budget[:, 0], 0)
        self._put("fen_held", self.held)
        self._put("fen_remedy", row[:, FLOW["escalated"]] * round(rates.remedy_cost * funding.FEN_PER_YUAN))
        finished = row[:, FLOW["served"]] + row[:, FLOW["escalated"]]
        self.responsiveness = rules.responsiveness(self.responsiveness, row[:, FLOW["in_time"]], finished,
                                                   rates.responsiveness_memory)  # fmt: skip

    def _close_month(self) -> None:
        """Quality drifts to its level; stocks are written down; January's screening looks back at the year."""
        self.quality = rules.toward(self.quality, rules.quality_level(self.district), self.district.rates.quality_drift)
        self._put("engagement", self.engaged)
        self._put("responsiveness", self.responsiveness)
        self._put("quality", self.quality + self.posting_quality)
        self._put("partners", (self.unit_share[:, self.cooperation > 0] > 0).sum(axis=1))
        if self.month_of_year == MONTHS - 1:
            self._count_grids()
        if self.month_of_year == MONTHS - 1 and len(self.record) >= MONTHS - 1:
            year = np.sum([*self.record[-(MONTHS - 1) :], self.now.row], axis=0)
            met = year[:, FLOW["solved"]] + year[:, FLOW["prevented"]]
            self._put("screened", rules.worst_rows(met, year[:, FLOW["needs"]]).astype(np.int64))

    def _count_grids(self) -> None:
        """People and satisfaction of each grid now, in the tally of the year."""
        first = self.population.grid_first
        tally = self.grid_years[-1]
        tally[:, GRID_FLOWS.index("satisfaction")] = np.add.reduceat(self.satisfaction, first[:-1], dtype=np.int64)
        tally[:, GRID_FLOWS.index("people")] = np.diff(first)

    def _put(self, flow: str, values: Integers) -> None:
        """Write one flow of the month."""
        self.now.row[:, FLOW[flow]] = values

    def state(self) -> State:
        """The state after the months stepped so far. The model is done with: it lets go of its agents."""
        self.of_kind[Community].do("write_down")
        if self.grid_years:
            self._count_grids()
        result = self.start.with_changes(
            month=self.month, status=self.status, category=self.category, waited=self.waited,
            satisfaction=self.satisfaction, engagement=self.engagement, responsiveness=self.responsiveness,
            quality=self.quality, held_fen=self.held, transit_fen=self.transit, debt_minutes=self.debt,
            cooperation=self.cooperation, record=tuple(self.record), waits=tuple(self.waits),
            grids=tuple(self.grid_years), match_left_fen=tuple(self.match_left), outlay_fen=tuple(self.outlays),
        )  # fmt: skip
        self.remove_all_agents()
        self.everyone.clear()
        self._be_forgotten()
        return result


def _purses(district: District) -> list[tuple[str, Integers]]:
    """Who pays: the city and the district for all, each street or town for its own, each village for itself."""
    everyone = np.arange(len(district.communities))
    village = district.is_village
    streets = [
        ("street", np.flatnonzero((district.street_index == s) & ~village)) for s in range(len(district.streets))
    ]
    villages = [("village", np.array([row])) for row in everyone[village]]
    return [("city", everyone), ("district", everyone), *streets, *villages]
