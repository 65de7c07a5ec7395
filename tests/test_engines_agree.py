"""The compiled engine against its readable specification: one agent a resident, the same bits."""

from __future__ import annotations

import gc
import random
import weakref
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from mesa.datacollection import DataCollector

from optimize import Plan, make_plan
from optimize.plan import Posting, Project
from scenarios.arrangements import CARE_KINDS, PAYERS, CareCell, Meetings, Rectification, Support
from scenarios.building.builder import small_district
from scenarios.district import District, ServiceFund
from scenarios.formulas import neighbour_weights
from scenarios.levers import NEUTRAL, Levers
from sim import kernels
from sim import resident_rules as rules
from sim.futures import sample_futures
from sim.outcome import FLOW, SCALE
from sim.peopled import PeopledCommunity
from sim.resident_rules import Stage
from sim.resident_table import Residents
from sim.residents import PartyMember, Resident
from sim.run import advance, open_model, outcome, simulate, start
from sim.state import State

MODES = ("granted", "mandated", "voluntary", "free")
SMALL = [(0, 320), (1, 420), (2, 510), (3, 600)]  # seed and residents


def fund(mode: str, count: int, dice: np.random.Generator) -> ServiceFund:
    """A service fund of a kind, different for every community."""
    each = tuple(int(fen) for fen in dice.integers(500_000, 20_000_000, count))
    payer = {"granter": "city", "payer": "district", "ratio": 1.0} if mode == "mandated" else {}
    match = {"ratio": 1.0, "pool_fen": 30_000_000} if mode in ("voluntary", "free") else {}
    floors = {"floor_fen": tuple(fen // 4 for fen in each)} if mode == "free" else {}
    return ServiceFund(mode=mode, entitlement_fen=each, **payer, **match, **floors)


def moved_levers(count: int, dice: np.random.Generator) -> Levers:
    """Every lever off neutral everywhere, by a part of its range, for the better or the worse where it has both."""
    most = {"organisers": 4.0, "member_hours": 4.0, "wishes": 5.0, "room_hours": 400.0, "open_hours": 60.0}
    columns = {}
    for item in Levers.columns():
        neutral, high = NEUTRAL[item.name], most.get(item.name, item.high)
        up = dice.uniform(0.1, 0.6, count) * (high - neutral)
        down = dice.uniform(0.1, 0.6, count) * (float(item.low or 0.0) - neutral)
        columns[item.name] = neutral + np.where(dice.random(count) < 0.7, up, down if item.low < neutral else up)
    return Levers(**columns)


def programmes(place: District, dice: np.random.Generator) -> tuple[Support, ...]:
    """Cash, hours and cost from every payer, lasting and fading."""

    def each(most: int) -> tuple[int, ...]:
        return tuple(int(part) for part in dice.integers(0, most, len(place.communities)))

    def cash(payer: str) -> tuple[int, ...]:
        return tuple(
            fen * int(payer != "village" or village)
            for fen, village in zip(each(900_000), place.is_village, strict=True)
        )

    kinds = zip(PAYERS, (0.0, 6.0, 0.0, 0.0, 9.0, 0.0), strict=True)
    return tuple(Support(programme=f"from {payer}", payer=payer, fen=cash(payer), hours=each(12), cost_fen=each(90_000),
                         half_life_months=fades) for payer, fades in kinds)  # fmt: skip


def arrangements(place: District, dice: np.random.Generator) -> dict[str, Any]:
    """Everything that a mechanism may bring beside the tables and the fund."""
    return {
        "levers": moved_levers(len(place.communities), dice),
        "supports": programmes(place, dice),
        "meetings": Meetings(street=int(dice.integers(1, 13)), district=int(dice.integers(1, 7)), city=2),
        "care": tuple(CareCell(member_class=row, kind=kind, yuan=float(dice.uniform(100, 900)))
                      for row in (0, *dice.integers(1, 7, 2).tolist()) for kind in CARE_KINDS),
        "rectification": Rectification(share=0.3, effort=0.5),
    }  # fmt: skip


def everything_on(seed: int, residents: int) -> tuple[District, Plan]:
    """A small district short of hours with everything on, and a plan with money of every use, posts, officials, venues."""
    dice = np.random.default_rng(seed)
    count = int(dice.integers(3, 7))
    place = small_district(count, seed, residents=residents)
    rates = place.rates.with_values(direct_share=float(dice.uniform(0.05, 0.2)), matter_hours_scale=2.0,
                                    needs_per_resident=0.5, warden_hours=20.0, escalation=0.4,
                                    prevention_threshold=20.0, payment_delay=float(dice.integers(0, 4)),
                                    spillover_radius=2000.0, volunteer_hours=0.5)  # fmt: skip
    income = np.where(place.is_village, dice.uniform(100_000, 900_000, count), 0.0)
    place = place.with_changes(
        rates=rates, service_fund=fund(MODES[seed % 4], count, dice), **arrangements(place, dice),
        communities=place.communities.replaced(collective_income_yuan=income,
                                               hardship=np.maximum(place.communities.hardship, 9),
                                               posts=np.arange(count) % 2),
        streets=place.streets.replaced(own_revenue_yuan=dice.uniform(500_000, 2_000_000, len(place.streets))),
        units=place.units.replaced(hours_month=dice.uniform(2, 20, len(place.units)),
                                   wants_hours_month=dice.uniform(1, 10, len(place.units)),
                                   room_hours_month=dice.uniform(1, 10, len(place.units))),
    )  # fmt: skip
    shape, codes = (count, place.years), place.communities.code
    sites = {site: row for row, site in enumerate(place.sites.site)}
    plan = make_plan(place, method="equal_split")
    return place, plan.with_changes(
        contract_fen=dice.integers(0, 300_000, shape),
        prevention_fen=dice.integers(0, 4_000_000, shape),
        posts=dice.integers(0, 2, shape) * dice.integers(0, 2, shape),
        postings=tuple(Posting(slot, codes[row % count], int(dice.integers(0, 4)), int(dice.integers(3, 9)))
                       for row, slot in enumerate(place.slots.id)),
        projects=tuple(Project(place.sites.id[row], 0, ((codes[0], 60.0), (codes[-1], 40.0))) for row in sites.values()),
    )  # fmt: skip


def begin(place: District, seed: int) -> State:
    future = sample_futures(2, seed)[seed % 2]
    return start(place, seed=seed, replication=seed % 3, future=future)


def differences(one: State, other: State) -> list[str]:
    """Names of the fields in which two states differ, arrays bit for bit and type for type."""

    def same(a: object, b: object) -> bool:
        if isinstance(a, tuple) and isinstance(b, tuple):
            return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
            return a.dtype == b.dtype and np.array_equal(a, b)
        return a is b or a == b

    skipped = {"district", "population", "venues"}  # shared by both, and read-only
    return [
        f.name
        for f in fields(State)
        if f.name not in skipped and not same(getattr(one, f.name), getattr(other, f.name))
    ]


@pytest.mark.parametrize(("seed", "residents"), SMALL)
def test_both_engines_give_the_same_bits(seed, residents):
    """Every flow, wait, grid tally and column of the state is equal after 14 months with everything on."""
    place, plan = everything_on(seed, residents)
    begun = begin(place, seed)
    columns, agents = (advance(begun, plan, 14, engine) for engine in ("columns", "agents"))
    assert differences(columns, agents) == []


def test_the_agreement_is_about_something():
    """The small districts of these tests see every fate a need can have, and every kind of money and place."""
    seen = np.zeros(len(FLOW), dtype=np.int64)
    for seed, residents in SMALL:
        place, plan = everything_on(seed, residents)
        seen += outcome(advance(begin(place, seed), plan, 14)).monthly.sum(axis=(0, 1))
    assert {name for name, column in FLOW.items() if not seen[column]} == set()


def test_everything_that_may_be_moved_is_moved():
    """The small districts of these tests have every lever off neutral, every arrangement made, and neighbours within reach."""
    for seed, residents in SMALL:
        place, _ = everything_on(seed, residents)
        assert all(place.levers.moved(name) for name in NEUTRAL)
        assert {support.payer for support in place.supports} == set(PAYERS)
        assert {cell.kind for cell in place.care} == set(CARE_KINDS)
        assert min(place.meetings.street, place.meetings.district, place.meetings.city) > 0
        assert neighbour_weights(place).any()
        assert min(place.units.wants_hours_month.min(), place.units.room_hours_month.min()) > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_both_engines_give_the_same_bits_in_large(seed):
    """The same over 20 random districts of up to 10,000 residents, through two turns of the year."""
    place, plan = everything_on(100 + seed, int(np.random.default_rng(seed).integers(500, 10_000)))
    begun = begin(place, seed)
    columns, agents = (advance(begun, plan, 14, engine) for engine in ("columns", "agents"))
    assert differences(columns, agents) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100))
def test_books_balance_and_needs_stay_in_random_scenarios(seed):
    """A hundred random scenarios: the model refuses any month that does not add up, and all needs are those of no policy."""
    place, plan = everything_on(1000 + seed, 300 + 20 * seed)
    bare = place.with_changes(levers=None, supports=(), meetings=Meetings(), care=(), rectification=Rectification())
    runs = [outcome(advance(begin(one, seed), plan, 14)) for one in (place, bare)]
    assert np.array_equal(runs[0].flow("needs"), runs[1].flow("needs"))
    assert not np.array_equal(runs[0].flow("solved"), runs[1].flow("solved"))


@pytest.mark.parametrize("seed", range(3))
def test_both_engines_agree_from_any_state(seed):
    """The same from states no run begins with: everyone somewhere, waits up to the largest, feelings at their limits."""
    place, plan = everything_on(20 + seed, 500)
    dice, begun = np.random.default_rng(seed), begin(place, seed)
    count = len(begun.population)
    feeling = [np.clip(dice.integers(-SCALE // 2, 3 * SCALE // 2, count), 0, SCALE).astype(np.int32) for _ in range(2)]
    begun = begun.with_changes(
        status=dice.integers(0, len(Stage), count).astype(np.uint8),
        category=dice.integers(0, 6, count).astype(np.uint8),
        waited=np.where(dice.random(count) < 0.5, dice.integers(0, 8, count), dice.integers(250, 256, count)).astype(np.uint8),
        satisfaction=feeling[0], engagement=feeling[1],
        backlog_minutes=dice.integers(0, 50_000, len(place.communities)),
        shield=dice.integers(0, SCALE // 2, len(place.communities)),
        flagged=dice.integers(0, 2, len(place.communities)),
    )  # fmt: skip
    columns, agents = (advance(begun, plan, 4, engine) for engine in ("columns", "agents"))
    assert columns.waited.max() == 255
    assert differences(columns, agents) == []


def test_both_engines_agree_where_means_run_out_exactly():
    """The same where the last matter takes the last minute or the last fen."""
    place = small_district(6, 4, residents=900)
    no_hours = {"direct_share": 0.0, "warden_hours": 0.0, "member_hours": 0.0, "volunteer_hours": 0.0}
    place = place.with_changes(rates=place.rates.with_values(**no_hours), units=place.units.take([]),
                               streets=place.streets.replaced(own_revenue_yuan=np.zeros(len(place.streets))),
                               communities=place.communities.replaced(collective_income_yuan=np.zeros(6)))  # fmt: skip
    place = place.with_changes(service_fund=ServiceFund(entitlement_fen=(0,) * 6))
    plan = make_plan(place, method="equal_split")
    exact_minutes = exact_fen = 0
    for seed in range(12):
        dice, begun = np.random.default_rng(seed), start(place, seed=seed)
        begun = begun.with_changes(
            status=np.full(900, Stage.QUEUED, dtype=np.uint8), category=dice.integers(0, 6, 900).astype(np.uint8),
            debt_minutes=-30 * dice.integers(1, 40, 6), held_fen=10_000 * dice.integers(1, 40, 6))  # fmt: skip
        columns, agents = (advance(begun, plan, 1, engine) for engine in ("columns", "agents"))
        assert differences(columns, agents) == []
        used = columns.record[0][:, FLOW["minutes_used"]]
        exact_minutes += int(((used == -begun.debt_minutes) & (columns.held_fen > 0)).sum())
        exact_fen += int(((columns.held_fen == 0) & (used < -begun.debt_minutes)).sum())
    assert min(exact_minutes, exact_fen) > 0


def test_engines_can_take_turns_month_by_month():
    """A run that changes engine every month equals a run on one engine."""
    place, plan = everything_on(1, 350)
    mixed = begin(place, 1)
    whole = advance(mixed, plan, 13)
    for month in range(13):
        mixed = advance(mixed, plan, 1, "agents" if month % 2 else "columns")
    assert differences(whole, mixed) == []


def test_simulate_passes_the_engine_on(village_street, simple_plan):
    """One call runs either engine; a name that is no engine is refused."""
    both = [simulate(village_street, simple_plan, seed=1, months=2, engine=engine) for engine in ("columns", "agents")]
    assert np.array_equal(both[0].monthly, both[1].monthly)
    with pytest.raises(ValueError, match="found 'rows'; expected one of columns, agents"):
        simulate(village_street, simple_plan, seed=1, months=2, engine="rows")


def test_the_order_of_residents_never_matters():
    """Luck is keyed by person: residents asked in any order live the same months."""
    place, plan = everything_on(2, 400)
    begun = begin(place, 2)
    model = open_model(begun, plan, "agents")
    expected = open_model(begun, plan, "agents")
    for _ in range(4):
        for community in model.agents_by_type[PeopledCommunity]:
            random.Random(model.month).shuffle(community.residents)
        model.step()
        for community in model.agents_by_type[PeopledCommunity]:
            community.residents.sort(key=lambda resident: resident.row)
        expected.step()
    assert differences(model.state(), expected.state()) == []


def test_both_engines_number_the_stages_alike():
    """The compiled loops and the specification mean the same by a status."""
    assert [int(stage) for stage in Stage] == [getattr(kernels, stage.name) for stage in Stage]


@pytest.fixture
def peopled(village_street, simple_plan):
    """The small district with one agent a resident, three months on."""
    model = open_model(start(village_street, seed=1), simple_plan, "agents")
    for _ in range(3):
        model.step()
    return model


def test_mesa_tools_work_on_residents(peopled):
    """Residents can be selected, grouped and summed up as any Mesa agents."""
    members = peopled.people.select(agent_type=PartyMember)
    assert len(members) == peopled.district.communities.members.sum()
    assert len(peopled.people) == len(peopled.agents.select(agent_type=Resident)) == len(peopled.population)
    assert "none" not in set(members.get("member_class"))
    stock = peopled.record[-1][:, FLOW["satisfaction"]]
    assert peopled.people.agg("satisfaction", sum) == stock.sum()
    of_places = peopled.people.groupby("community").agg("satisfaction", sum)
    assert [of_places[row] for row in sorted(of_places)] == stock.tolist()
    queued = peopled.people.select(lambda resident: resident.stage is Stage.QUEUED)
    assert len(queued) == peopled.record[-1][:, FLOW["queued"]].sum()


def test_mesa_collects_from_residents(village_street, simple_plan):
    """Mesa's collector follows residents and members over the months."""
    model = open_model(start(village_street, seed=1), simple_plan, "agents")
    collector = DataCollector(agenttype_reporters={PartyMember: {"satisfaction": "satisfaction", "row": "row"}})
    for _ in range(2):
        model.step()
        collector.collect(model)
    found = collector.get_agenttype_vars_dataframe(PartyMember)
    assert len(found) == 2 * village_street.communities.members.sum()
    last = found.loc[2].set_index("row")["satisfaction"]
    assert last.tolist() == model.satisfaction[last.index].tolist()


def test_counts_of_traits_are_those_of_the_tables(peopled):
    """Agents and rows carry the traits that the district's tables count."""
    here = peopled.district.communities
    for people in (peopled.people, list(peopled.residents)):
        assert sum(r.age_band == "child" for r in people) == here.children.sum()
        assert sum(r.age_band == "elder" for r in people) == here.elders.sum()
        assert sum(r.hardship for r in people) == here.hardship.sum()
        assert sum(r.floating for r in people) == here.floating.sum()
        assert sum(r.member_class != "none" for r in people) == here.members.sum()


def test_a_change_made_to_a_resident_by_hand_carries_over(peopled):
    """Whoever experiments with agents finds the change in the state."""
    peopled.people[5].satisfaction = SCALE
    assert peopled.state().satisfaction[5] == SCALE


@pytest.mark.parametrize("engine", ["columns", "agents"])
@pytest.mark.parametrize("finished", [True, False])
def test_a_dropped_model_is_freed(village_street, simple_plan, engine, finished):
    """No table of Mesa's keeps a model alive, nor its residents, whether or not its state was asked for."""
    model = open_model(start(village_street, seed=1), simple_plan, engine)
    model.step()
    if finished:
        model.state()
    watched = [weakref.ref(model), *(weakref.ref(resident) for resident in list(model.people)[:1])]
    del model
    gc.collect()
    assert [reference() for reference in watched] == [None] * len(watched)


def test_the_table_of_residents_speaks_in_words(village_street, simple_plan):
    """Rows of a state or a model are equal and tell who waits for what."""
    begun = start(village_street, seed=1)
    model = open_model(begun, simple_plan)
    for _ in range(3):
        model.step()
    table = Residents(advance(begun, simple_plan, 3))
    assert len(table) == len(model.residents) == 3600
    assert table[0] == model.residents[0] == table[-3600]
    assert table[-1] == model.residents[3599]
    with pytest.raises(IndexError, match="resident 3600 of 3600"):
        table[3600]
    stages = [row.stage for row in table]
    counted = [stages.count(name) for name in ("unvoiced", "queued")]
    assert counted == [model.record[-1][:, FLOW[name]].sum() for name in ("unvoiced", "queued")]
    above = {f"with the {tier}": stages.count(f"with the {tier}") for tier in ("street", "district", "city")}
    assert sum(above.values()) == model.record[-1][:, FLOW["routing"]].sum() > 0
    assert above["with the district"] == (model.status == kernels.AT_DISTRICT).sum() > 0
    waiting = next(row for row in table if row.stage == "queued")
    assert f"{waiting.matter}, queued, {waiting.waited} month" in str(waiting)
    assert waiting.place in village_street.communities.code
    assert all(row.matter == "none" and row.waited == 0 for row in table if row.stage == "none")


def test_a_queue_by_hand():
    """Urgent before old, old before lucky, lucky before low number."""
    urgent, usual = rules.Effort(0, 60, 0, 0, 0, 1), rules.Effort(1, 60, 0, 0, 0, 1)
    queue = [(usual, 0, 7, 1), (usual, 3, 9, 2), (urgent, 0, 9, 3), (usual, 3, 5, 4), (usual, 3, 5, 0)]
    assert [entry[3] for entry in sorted(queue, key=lambda entry: rules.place_in_queue(*entry))] == [3, 0, 4, 2, 1]


def test_satisfaction_by_hand():
    """A tenth up from a half is 0.55; a tenth down is 0.45; a drift of one half to 0.7 gives 0.6 (in 1 / SCALE)."""
    half, tenth = SCALE // 2, round(SCALE / 10)
    here = rules.Circumstances(luck=(), need=[], kinds=[], voicing=[], routed=[], efforts=[], prevented=[], lapse=0,
                               returned=[], solves=0, escalates=0, case_least=SCALE // 4, case_late=SCALE // 8, rise=tenth,
                               fall=tenth, drift=half, level=round(0.7 * SCALE), cheers=[], invited=[], gain=0, decays=0,
                               keeps=0)  # fmt: skip
    assert rules.raised(half, tenth) == pytest.approx(0.55 * SCALE, abs=1)
    assert rules.lowered(half, tenth) == pytest.approx(0.45 * SCALE, abs=1)
    assert rules.drifted(half, here) == pytest.approx(0.6 * SCALE, abs=1)
    cases = [rules.case_satisfaction(here, late, solved=True) for late in (0, 2, 9)]
    assert cases == [SCALE, SCALE * 3 // 4, SCALE // 4]
    assert rules.case_satisfaction(here, 0, solved=False) == SCALE // 4
