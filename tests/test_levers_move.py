"""Every lever and every arrangement moves a run: what it is meant to move, the way it is meant to, and only where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from optimize import Plan, make_plan
from scenarios.arrangements import CareCell, Meetings, Rectification, Support
from scenarios.building.builder import small_district
from scenarios.district import District, ServiceFund
from scenarios.levers import NEUTRAL, Levers
from sim import kernels
from sim.outcome import FLOW, FLOWS, Outcome
from sim.run import advance, outcome, resume, start
from sim.state import State

COUNT, WARM_UP, MONTHS, REPLICATIONS = 6, 8, 18, 3
Change = Callable[[District], District]


@cache
def short() -> District:
    """Six communities of 600 short of hours, rooms, cash, staff who stay and organisers, among units that share."""
    place = small_district(COUNT, seed=3, residents=600 * COUNT)
    here, units = place.communities, place.units
    rates = place.rates.with_values(
        direct_share=0.18, payment_delay=0.0, turnover=0.3, span=5.0, volunteer_hours=1.0, spillover_radius=2000.0,
        street_delay=2.0, district_delay=5.0, city_delay=8.0, to_city=0.2, own_effort=0.1,
    )  # fmt: skip
    return place.with_changes(
        rates=rates, service_fund=ServiceFund(entitlement_fen=(3_000_000,) * COUNT),
        communities=here.replaced(hardship=[60] * COUNT, service_m2=here.service_m2 * 0.6, windows=[6] * COUNT),
        units=units.replaced(radius_m=[20_000.0] * len(units), room_hours_month=[5.0] * len(units)),
    )  # fmt: skip


@cache
def plan() -> Plan:
    """Everything for matters, a little for prevention."""
    made = make_plan(short(), method="equal_split")
    return made.with_changes(contract_fen=made.contract_fen * 0, prevention_fen=made.prevention_fen * 0 + 1_000_000)


@cache
def warm(replication: int, given: tuple[tuple[str, float], ...]) -> State:
    """The district after eight months as it is, perhaps with other parameters."""
    place = short()
    place = place.with_changes(rates=place.rates.with_values(**dict(given)))
    return advance(start(place, seed=6, replication=replication), plan(), WARM_UP)


def run(change: Change, replication: int, given: tuple[tuple[str, float], ...] = ()) -> Outcome:
    """A year and a half after the district was changed."""
    before = warm(replication, given)
    return outcome(advance(resume(before, change(before.district), policy="changed"), plan(), MONTHS))


@cache
def unchanged(replication: int, given: tuple[tuple[str, float], ...] = ()) -> Outcome:
    """The same months without the change."""
    return run(lambda place: place, replication, given)


@dataclass(frozen=True)
class Move:
    """A change of the district, and flows (or ratios of two, "served/voiced") that it raises or lowers."""

    name: str
    change: Change
    higher: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()
    given: dict[str, float] = field(default_factory=dict)  # parameters at which it binds


def levers(name: str, value: float, *, row: int | None = None, **others: float) -> Change:
    """A lever at a value in one community or in all, and others with it."""

    def changed(place: District) -> District:
        found = place.levers
        for lever, dose in {name: value, **others}.items():
            column = getattr(found, lever).copy()
            column[slice(None) if row is None else row] = dose
            found = found.replaced(**{lever: column})
        return place.with_changes(levers=found)

    return changed


def arranged(**changes: Any) -> Change:
    """Arrangements made."""
    return lambda place: place.with_changes(**changes)


def of_units(**columns: float) -> Change:
    """Columns of the table of units set to one value."""
    return lambda place: place.with_changes(
        units=place.units.replaced(**{name: [value] * len(place.units) for name, value in columns.items()})
    )


def everywhere(amount: int) -> tuple[int, ...]:
    return (amount,) * COUNT


ASKED_EACH = "minutes_asked/voiced"
LEVERS: tuple[Move, ...] = (
    Move("admin_relief", levers("admin_relief", 0.2), higher=("minutes", "minutes_contact", "served")),
    Move("turnover_cut", levers("turnover_cut", 0.8), higher=("minutes", "served")),
    Move("training_days", levers("training_days", 10.0), higher=("quality", "solved/served"), lower=("minutes",)),
    Move("training_cascade", levers("training_cascade", 2.0, training_days=4.0), higher=("quality",)),
    Move("contact_shift", levers("contact_shift", 0.3), higher=("minutes_contact", "voiced/opened"), lower=("minutes",)),
    Move("agency", levers("agency", 0.8), higher=(ASKED_EACH, "voiced/opened"),
         given={"induced_demand": 0.0}),
    *(Move(f"hours_{kind}", levers(f"hours_{kind}", 0.6), lower=(ASKED_EACH, "minutes_used/served"))
      for kind in ("window", "environment", "dispute", "care", "activity", "safety")),
    Move("effort", levers("effort", 0.6), higher=("quality", "solved/served", "case_satisfaction/served")),
    Move("campaign", levers("campaign", 1.5), higher=("quality", "solved/served")),
    Move("quality_floor", levers("quality_floor", 0.5), higher=("quality", "solved/served")),
    Move("voicing", levers("voicing", 1.5), higher=("voiced/opened",)),
    Move("open_hours", levers("open_hours", 80.0), higher=("voiced/opened",), lower=("minutes",)),
    Move("local_items", levers("local_items", 0.8), lower=("routed/voiced", "routing")),
    Move("delegated", levers("delegated", 0.9), lower=("routing",)),
    Move("platform", levers("platform", 0.6), lower=("routing",)),
    Move("attention", levers("attention", 0.8), lower=("routing",)),
    Move("wardens", levers("wardens", 5.0), higher=("minutes", "served")),
    Move("organisers", levers("organisers", 5.0), higher=("minutes_volunteers", "minutes")),
    Move("recruitment", levers("recruitment", 2.5), higher=("asked", "engagement", "minutes_volunteers")),
    Move("ties", levers("ties", 0.7), higher=("engagement", "minutes_volunteers")),
    Move("member_hours", levers("member_hours", 4.0), higher=("minutes", "served")),
    Move("wishes", levers("wishes", 3.0), higher=("wishes", "served"), lower=("minutes_used/served",)),
    Move("liaison", levers("liaison", 0.5), higher=("minutes_partners",), given={"partner_listing": 0.05}),
    Move("answering", levers("answering", 0.6), higher=("minutes_returned",)),
    Move("care_rooms", levers("care_rooms", 0.9), lower=("room_minutes_used",)),
    Move("room_hours", levers("room_hours", 4000.0), higher=("room_minutes", "room_minutes_used")),
)  # fmt: skip
ARRANGEMENTS: tuple[Move, ...] = (
    Move("cash", arranged(supports=(Support(programme="a", payer="society", fen=everywhere(5_000_000)),)),
         higher=("fen_support", "fen_society", "fen_in", "fen_matters", "served"),
         given={"direct_share": 0.45, "needs_per_resident": 0.5}),
    Move("hours", arranged(supports=(Support(programme="a", hours=everywhere(300)),)),
         higher=("minutes_support", "minutes", "served")),
    Move("cost", arranged(supports=(Support(programme="a", cost_fen=everywhere(900_000)),)), higher=("fen_programme",)),
    *(Move(f"meetings of the {tier}", arranged(meetings=replace(Meetings(), **{tier: 12})), lower=("routing",))
      for tier in ("street", "district", "city")),
    Move("living", arranged(care=(CareCell(member_class=0, kind="living", yuan=2000.0),)), higher=("prevented",)),
    Move("spirit", arranged(care=(CareCell(member_class=0, kind="spirit", yuan=2000.0),)), higher=("satisfaction",)),
    Move("ability", arranged(care=(CareCell(member_class=0, kind="ability", yuan=2000.0),)), higher=("asked", "engagement")),
    Move("rectification", arranged(rectification=Rectification(share=0.5, effort=1.0)), higher=("quality",)),
    Move("wishes of units", of_units(wants_hours_month=40.0), higher=("minutes_returned",)),
    Move("rooms of units", of_units(room_hours_month=60.0), higher=("room_minutes", "room_minutes_used")),
)  # fmt: skip


def test_every_lever_is_in_the_table() -> None:
    """The table names each lever once."""
    assert [move.name for move in LEVERS] == list(NEUTRAL)


def measured(found: list[Outcome], measure: str) -> float:
    """A flow, or a ratio of two, summed over months, communities and replications."""
    sums = [sum(int(o.total(name).sum()) for o in found) for name in measure.split("/")]
    return sums[0] / sums[1] if len(sums) == 2 else float(sums[0])


@pytest.mark.parametrize("move", LEVERS + ARRANGEMENTS, ids=lambda move: move.name)
def test_moves_what_it_is_meant_to_move(move: Move) -> None:
    """Under the same luck the flows it is meant to raise are higher than without it, and those it lowers lower."""
    given = tuple(move.given.items())
    with_it, without = ([made(r, given) for r in range(REPLICATIONS)]
                        for made in (lambda r, given: run(move.change, r, given), unchanged))  # fmt: skip
    for measures, sign in ((move.higher, 1), (move.lower, -1)):
        for measure in measures:
            found = [measured(outcomes, measure) for outcomes in (with_it, without)]
            assert sign * (found[0] - found[1]) > 0, f"{measure}: {found[0]:.6g} with, {found[1]:.6g} without"


def test_what_is_neutral_changes_nothing() -> None:
    """Levers set to their neutral values and arrangements of no size give the same run bit for bit."""
    nothing = Support(
        programme="none", fen=everywhere(0), hours=everywhere(0), cost_fen=everywhere(0), half_life_months=6.0
    )
    cells = tuple(CareCell(member_class=0, kind=kind, yuan=0.0) for kind in ("living", "spirit", "ability"))
    of_no_size = arranged(levers=Levers.neutral(COUNT), supports=(nothing,), meetings=Meetings(), care=cells,
                          rectification=Rectification(share=0.1, effort=0.0))  # fmt: skip
    found, base = run(of_no_size, 0), unchanged(0)
    assert np.array_equal(found.monthly, base.monthly)
    assert np.array_equal(found.waits, base.waits)
    assert np.array_equal(found.grids, base.grids)
    assert np.array_equal(found.outlay_fen, base.outlay_fen)


@pytest.mark.parametrize("move", LEVERS + ARRANGEMENTS, ids=lambda move: move.name)
def test_needs_stay_as_they_are(move: Move) -> None:
    """No lever and no arrangement makes a need arise or not: the denominator of every comparison."""
    assert np.array_equal(run(move.change, 0).flow("needs"), unchanged(0).flow("needs"))


@pytest.mark.parametrize("name", NEUTRAL)
def test_a_lever_moves_nothing_elsewhere(name: str) -> None:
    """Set in one community and without units between them, a lever leaves every other community bit-identical."""
    doses = {"training_cascade": {"training_days": 4.0}}
    usual = {item.name: (item.high + NEUTRAL[item.name]) / 2 for item in Levers.columns()} | {"quality_floor": 0.5}
    alone = _without_units(0)
    moved = levers(name, min(usual[name], 80.0 if name == "open_hours" else usual[name]), row=2, **doses.get(name, {}))
    state = warm(0, ())
    found = outcome(advance(resume(state, moved(_no_units(state.district)), policy="changed").with_changes(
        cooperation=np.zeros(0, dtype=np.int64)), plan(), 6))  # fmt: skip
    others, columns = (
        [0, 1, 3, 4, 5],
        [FLOW[flow] for flow in FLOWS if flow != "screened"],
    )  # a ranking reaches everyone
    assert np.array_equal(found.monthly[:, others][:, :, columns], alone.monthly[:, others][:, :, columns])
    assert name in ("liaison", "answering") or not np.array_equal(found.monthly[:, 2], alone.monthly[:, 2])


def _no_units(place: District) -> District:
    return place.with_changes(units=place.units.take([]))


@cache
def _without_units(replication: int) -> Outcome:
    state = warm(replication, ())
    alone = resume(state, _no_units(state.district), policy="changed").with_changes(
        cooperation=np.zeros(0, dtype=np.int64)
    )
    return outcome(advance(alone, plan(), 6))


def test_a_programme_that_only_costs_changes_nothing_but_its_cost() -> None:
    """Money paid and spent at its source shows in the outlay and its own column alone."""
    found = run(arranged(supports=(Support(programme="a", cost_fen=everywhere(900_000)),)), 0)
    base, column = unchanged(0), FLOW["fen_programme"]
    assert np.array_equal(np.delete(found.monthly, column, axis=2), np.delete(base.monthly, column, axis=2))
    assert (found.outlay_fen - base.outlay_fen == COUNT * 900_000).all()
    assert found.flow("fen_programme").sum() == COUNT * 900_000 * MONTHS // 12


@pytest.mark.parametrize("half_life", [0.0, 6.0])
def test_hours_of_outside_teams_by_hand(half_life: float) -> None:
    """240 hours a year are 1,200 minutes a month, and half of it six months later where the pairing cools."""
    support = Support(programme="a", hours=everywhere(240), half_life_months=half_life)
    found = run(arranged(supports=(support,)), 0).flow("minutes_support")
    assert (found[0] == 1200).all()
    assert (found[6] == (600 if half_life else 1200)).all()
    assert (found[12] == (300 if half_life else 1200)).all()


@pytest.mark.parametrize("payer", ["society", "province", "city", "district", "street", "village"])
def test_cash_of_a_programme_arrives_whoever_pays_it(payer: str) -> None:
    """1,200 yuan a year for each community it is meant for arrive as 100 a month, in the column of its payer."""
    village = short().is_village
    amounts = tuple(120_000 * int(payer != "village" or v) for v in village)
    found = run(arranged(supports=(Support(programme="a", payer=payer, fen=amounts),)), 0)  # type: ignore[arg-type]
    base = unchanged(0)
    for name in (f"fen_{payer}", "fen_support", "fen_in"):
        added = found.flow(name) - base.flow(name)
        assert (added == np.array(amounts) // 12).all()


def test_a_campaign_fades_and_incentives_last() -> None:
    """What a campaign adds to quality is highest in its first year and then falls; what incentives add goes on rising."""
    campaign, effort = (run(levers(name, 1.0), 0).flow("quality") - unchanged(0).flow("quality")
                        for name in ("campaign", "effort"))  # fmt: skip
    peak = int(campaign[:, 0].argmax())
    assert 3 <= peak <= 9
    assert (np.diff(campaign[peak:], axis=0) < 0).all()
    assert (np.diff(effort, axis=0) > 0).all()


def test_leaders_clear_overdue_matters_and_leave_those_in_time_alone() -> None:
    """With certain attention every overdue matter of a tier is back within the month; those in time return as before."""
    before = warm(0, (("escalation", 0.0),))
    deadlines = np.array([category.deadline for category in before.district.categories])
    above, late = before.status >= kernels.AT_STREET, before.waited > deadlines[before.category]
    after = [advance(before.with_changes(district=change(before.district)), plan(), 1).status >= kernels.AT_STREET
             for change in (levers("attention", 1.0), lambda place: place)]  # fmt: skip
    assert (above & late).sum() > 10
    assert not after[0][above & late].any()
    assert after[1][above & late].any()
    assert np.array_equal(after[0][above & ~late], after[1][above & ~late])


@pytest.mark.parametrize("tier", ["street", "district", "city"])
def test_a_matter_stays_with_its_tier_as_long_as_that_takes(tier: str) -> None:
    """The tier that never answers keeps all it has; the two that answer at once give all back within the month."""
    delays = {f"{name}_delay": 1e12 if name == tier else 1.0 for name in ("street", "district", "city")}
    before = warm(0, (("escalation", 0.0),))
    place = before.district.with_changes(rates=before.district.rates.with_values(**delays))
    stages = {name: getattr(kernels, f"AT_{name.upper()}") for name in ("street", "district", "city")}
    after = advance(before.with_changes(district=place), plan(), 1).status
    for name, stage in stages.items():
        had = before.status == stage
        assert had.any()
        assert (after[had] == stage).all() if name == tier else not (after[had] >= kernels.AT_STREET).any()


def test_meetings_settle_matters_in_the_months_they_are_held() -> None:
    """A yearly meeting moves nothing before December, and clears matters then."""
    once, base = run(arranged(meetings=Meetings(district=1)), 0), unchanged(0)
    held = (12 - 1 - WARM_UP) % 12
    assert np.array_equal(once.monthly[:held], base.monthly[:held])
    assert once.flow("routing")[held].sum() < base.flow("routing")[held].sum()


def test_more_wishes_than_residents_in_hardship_wait_are_left_over() -> None:
    """Members can take up no more than there is: wishes met are at most the number claimed, and all of it where queues are."""
    few, many = (run(levers("wishes", claimed), 0).flow("wishes") for claimed in (1.0, 200.0))
    assert few.max() == 1
    assert 1 < many.max() < 60
    assert many.sum() > few.sum()
