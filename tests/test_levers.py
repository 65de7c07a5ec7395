"""Levers and arrangements: neutral by default, and each moves what it is meant for, there and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from optimize.wishes import wish_hours
from scenarios import formulas
from scenarios.arrangements import CARE_KINDS, CareCell, Meetings, Support
from scenarios.building.builder import small_district
from scenarios.categories import ROOM_USES
from scenarios.district import District
from scenarios.levers import NEUTRAL, Levers
from scenarios.tables import Column
from sim.limits import limits_of

COUNT, MOVED = 6, 1
Formula = Callable[[District], np.ndarray]
ONES, CATEGORIES = np.ones(COUNT), 6
PLAIN = small_district(COUNT, seed=3, residents=600 * COUNT)
FULL = PLAIN.communities.population.astype(float)
HALF = np.full(COUNT, 0.5)


def _recruited(place: District) -> np.ndarray:
    return formulas.asking_chance(place.rates, ONES, ONES, place.levers.recruitment)


def _returned(overdue: int) -> Formula:
    return lambda place: formulas.return_chance(place, 5)[:, :, overdue].sum(axis=1)


FORMULAS: dict[str, Formula] = {
    "hours per post": formulas.hours_per_post,
    "contact share": formulas.contact_share,
    "contract limit": formulas.contract_limit_hours,
    "member hours": formulas.member_hours,
    "warden hours": formulas.warden_hours,
    "matter hours": formulas.matter_hours,
    "training gain": formulas.training_gain,
    "base quality": formulas.base_quality,
    "campaign quality": lambda place: formulas.campaign_quality(place, 3.0),
    "mean campaign quality": formulas.mean_campaign_quality,
    "access": formulas.access_factor,
    "voicing": lambda place: formulas.voice_chance(place, ONES, ONES, 0.6 * ONES),
    "contact": lambda place: formulas.contact_factor(place, ONES),
    "routed": formulas.routed_share,
    "kept by the street": lambda place: formulas.tier_shares(place)[:, 0],
    "returned": _returned(0),
    "returned overdue": _returned(1),
    "organised": lambda place: formulas.organised(place, FULL),
    "asked": _recruited,
    "decay": lambda place: limits_of(place).decays,
    "wish hours": lambda place: wish_hours(place, np.ones((COUNT, CATEGORIES))),
    "listing": formulas.listing_share,
    "answering": formulas.answering_share,
    "rooms": lambda place: formulas.room_hours(place, np.zeros(COUNT)).sum(axis=1),
    "activity rooms": lambda place: formulas.room_hours(place, np.zeros(COUNT))[:, ROOM_USES.index("activity")],
    "care rooms": lambda place: formulas.room_hours(place, np.zeros(COUNT))[:, ROOM_USES.index("care")],
    "fixed hours": formulas.fixed_hours,
    "support hours": lambda place: formulas.support_hours(place, 0.0),
    "categories": formulas.category_shares,
    "needs": formulas.yearly_needs,
    "lacking": formulas.space_lacking_m2,
}  # fmt: skip
EXCHANGED = {"fixed hours"}  # units divide what they offer over neighbours, so one community's list touches others


@dataclass(frozen=True)
class Move:
    """A lever, the value it is set to in one community, the formulas that rise and those that fall there."""

    lever: str
    to: float
    up: str = ""
    down: str = ""
    given: dict[str, float] = field(default_factory=dict)  # other levers, everywhere


def _hours(category: str, to: float) -> Move:
    return Move(f"hours_{category}", to, **{"up" if to > 1 else "down": "matter hours"})


MOVES = [
    Move("admin_relief", 0.2, up="hours per post, contract limit"),
    Move("turnover_cut", 0.5, up="hours per post, contract limit"),
    Move("training_days", 8, up="training gain, base quality", down="hours per post, contract limit"),
    Move("training_cascade", 0.5, up="training gain, base quality", given={"training_days": 8}),
    Move("contact_shift", 0.1, up="contact share"),
    Move("agency", 0.5, up="matter hours, access"),
    *(_hours(category.id, to) for category in PLAIN.categories for to in (0.8, 1.25)),
    Move("effort", 0.4, up="base quality"),
    Move("campaign", 0.4, up="campaign quality, mean campaign quality"),
    Move("quality_floor", 1.0, up="base quality"),
    Move("voicing", 1.3, up="voicing"),
    Move("voicing", 0.8, down="voicing"),
    Move("open_hours", 60, up="access", down="hours per post, contract limit"),
    Move("local_items", 0.5, down="routed"),
    Move("delegated", 0.5, up="kept by the street"),
    Move("platform", 0.5, up="returned, returned overdue"),
    Move("attention", 0.2, up="returned overdue"),
    Move("wardens", 2, up="warden hours, fixed hours"),
    Move("organisers", 2, up="organised"),
    Move("recruitment", 1.5, up="asked"),
    Move("recruitment", 0.0, down="asked"),
    Move("ties", 0.5, down="decay"),
    Move("member_hours", 2, up="member hours, fixed hours"),
    Move("wishes", 1, up="wish hours", down="member hours, fixed hours"),
    Move("liaison", 0.3, up="listing"),
    Move("answering", 0.3, up="answering"),
    Move("care_rooms", 0.6, up="care rooms", down="activity rooms"),
    Move("room_hours", 500, up="rooms, activity rooms, care rooms"),
]
named = pytest.mark.parametrize("move", MOVES, ids=[f"{move.lever}-{move.to:g}" for move in MOVES])
columns = pytest.mark.parametrize("column", Levers.columns(), ids=[column.name for column in Levers.columns()])


def lever_set(name: str, value: float, row: int | None, place: District = PLAIN) -> District:
    """The district with a lever at a value in one community, or in all."""
    values = getattr(place.levers, name).copy()
    values[slice(None) if row is None else row] = value
    return place.with_changes(levers=place.levers.replaced(**{name: values}))


@columns
def test_every_lever_says_what_it_is(column: Column) -> None:
    """A lever has a unit, a range with its neutral value inside, and a name in both languages."""
    assert column.unit
    assert column.neutral is not None
    assert column.low <= column.neutral <= column.high
    assert column.low < column.high
    assert column.says.zh
    assert column.says.en.isascii()
    assert column.says.zh != column.says.en
    assert NEUTRAL[column.name] == column.neutral


def test_every_lever_is_moved_by_a_row_of_the_table() -> None:
    """No lever is left out of the table of moves, and the doses are within the levers' ranges."""
    assert {move.lever for move in MOVES} == set(NEUTRAL)
    bounds = {column.name: column for column in Levers.columns()}
    assert all(bounds[move.lever].low <= move.to <= bounds[move.lever].high for move in MOVES)


@pytest.mark.parametrize("name", FORMULAS)
def test_neutral_levers_change_no_bit(name: str) -> None:
    """A district with neutral levers, given or not, gives the same bits in every formula."""
    given = PLAIN.with_changes(levers=Levers.neutral(COUNT), supports=(), meetings=Meetings(), care=())
    assert FORMULAS[name](given).tobytes() == FORMULAS[name](PLAIN).tobytes()


@named
def test_a_lever_moves_its_formula_there_and_nowhere_else(move: Move) -> None:
    """A dose in one community moves the formulas it is meant for its way there, and no formula elsewhere."""
    before = PLAIN
    for name, value in move.given.items():
        before = lever_set(name, value, None, before)
    after = lever_set(move.lever, move.to, MOVED, before)
    others = np.arange(COUNT) != MOVED
    for name, formula in FORMULAS.items():
        old, new = formula(before), formula(after)
        if name in move.up.split(", "):
            assert new[MOVED].sum() > old[MOVED].sum(), name
        elif name in move.down.split(", "):
            assert new[MOVED].sum() < old[MOVED].sum(), name
        elif name not in EXCHANGED:
            assert np.array_equal(new[MOVED], old[MOVED]), name
        if name not in EXCHANGED or move.lever not in ("liaison", "answering"):
            assert np.array_equal(new[others], old[others]), name


@pytest.mark.parametrize("category", range(CATEGORIES))
def test_a_lever_of_hours_is_of_its_category_alone(category: int) -> None:
    """Hours of one category change by the lever's ratio, those of the others not at all."""
    name = f"hours_{PLAIN.categories[category].id}"
    ratio = formulas.matter_hours(lever_set(name, 0.75, None)) / formulas.matter_hours(PLAIN)
    assert ratio == pytest.approx(np.where(np.arange(CATEGORIES) == category, 0.75, 1.0) * np.ones((COUNT, 1)))


@columns
@pytest.mark.parametrize("end", ["low", "high"])
def test_formulas_hold_to_the_ends_of_a_lever(column: Column, end: str) -> None:
    """At both ends of every lever's range all formulas are finite, hours are not negative and shares within 0 and 1."""
    place = lever_set(column.name, getattr(column, end), None)
    values = {name: np.asarray(formula(place), dtype=float) for name, formula in FORMULAS.items()}
    assert all(np.isfinite(value).all() for value in values.values())
    assert all((value >= 0).all() for name, value in values.items() if "quality" not in name)
    chances = (
        "contact share",
        "voicing",
        "routed",
        "kept by the street",
        "asked",
        "listing",
        "answering",
        "categories",
    )
    assert all((values[name] <= 1).all() for name in chances)
    assert (formulas.return_chance(place, 0) <= 1).all()


def test_moved_says_which_levers_are_off_neutral() -> None:
    """A lever counts as moved when it is off neutral in any community."""
    place = lever_set("open_hours", 48.0, MOVED)
    assert {name for name in NEUTRAL if place.levers.moved(name)} == {"open_hours"}
    assert not any(PLAIN.levers.moved(name) for name in NEUTRAL)


def test_levers_and_supports_are_one_for_each_community() -> None:
    """Levers or a programme for another number of communities are refused."""
    with pytest.raises(ValueError, match="levers for 5 communities; the district has 6"):
        PLAIN.with_changes(levers=Levers.neutral(5))
    with pytest.raises(ValueError, match="support 'pairs': rows for other than the 6 communities"):
        PLAIN.with_changes(supports=(Support(programme="pairs", hours=(1.0, 2.0)),))
    town = tuple(int(not village) for village in PLAIN.is_village)
    with pytest.raises(ValueError, match="'pairs': a village pays for itself alone"):
        PLAIN.with_changes(supports=(Support(programme="pairs", payer="village", fen=town),))


def test_outside_hours_reach_the_named_communities_and_halve() -> None:
    """Hours of a programme come in its communities alone, halve in its half-life, or last where it has none."""
    hours = tuple(100.0 * (row == MOVED) for row in range(COUNT))
    imposed = PLAIN.with_changes(supports=(Support(programme="teams", hours=hours, half_life_months=12),))
    lasting = PLAIN.with_changes(supports=(Support(programme="teams", hours=hours),))
    assert formulas.support_hours(imposed, 0.0).tolist() == list(hours)
    assert formulas.support_hours(imposed, 12.0).tolist() == [value / 2 for value in hours]
    assert formulas.support_hours(lasting, 120.0).tolist() == list(hours)
    added = formulas.fixed_hours(lasting) - formulas.fixed_hours(PLAIN)
    assert added == pytest.approx(hours)
    assert 0 < formulas.mean_support_hours(imposed)[MOVED] < 100
    both = PLAIN.with_changes(supports=imposed.supports + lasting.supports)
    assert formulas.support_hours(both, 12.0)[MOVED] == 150


def test_cash_and_costs_of_a_programme_are_no_hours() -> None:
    """What a programme pays changes no formula: the plan decides what its cash does."""
    paid = Support(programme="fund", fen=(10**6,) * COUNT, cost_fen=(10**5,) * COUNT)
    place = PLAIN.with_changes(supports=(paid,))
    assert all(np.array_equal(formula(place), formula(PLAIN)) for formula in FORMULAS.values())


@pytest.mark.parametrize(("tier", "level"), [("district", 1), ("city", 2)])
def test_a_meeting_helps_its_tier_in_its_months(tier: str, level: int) -> None:
    """Four meetings a year raise what comes back from their tier in four months, and change nothing else."""
    met = PLAIN.with_changes(meetings=Meetings(**{tier: 4}))
    for month in range(12):
        more = formulas.return_chance(met, month) > formulas.return_chance(PLAIN, month)
        expected = np.zeros_like(more)
        expected[:, level] = month % 3 == 2
        assert np.array_equal(more, expected)


def test_a_meeting_of_the_street_helps_where_the_street_is_slow() -> None:
    """A street that settles everything within the month gains nothing by meeting; a slower one does."""
    slow, fast = (PLAIN.with_changes(rates=PLAIN.rates.with_values(street_delay=months)) for months in (2.0, 1.0))
    met = {"meetings": Meetings(street=12)}
    assert np.array_equal(formulas.return_chance(fast.with_changes(**met), 0), formulas.return_chance(fast, 0))
    gain = formulas.return_chance(slow.with_changes(**met), 0) - formulas.return_chance(slow, 0)
    assert (gain[:, 0] > 0).all()
    assert not gain[:, 1:].any()


@pytest.mark.parametrize("kind", CARE_KINDS)
def test_care_money_works_in_its_group_and_kind(kind: str) -> None:
    """Money of a care cell raises the dose of its class and kind alone; only living money prevents needs."""
    place = PLAIN.with_changes(care=(CareCell(member_class=2, kind=kind, yuan=400.0),))
    for other in CARE_KINDS:
        doses = formulas.care_doses(place, other)
        expected = np.where((np.arange(formulas.CARE_GROUPS) == 2) & (other == kind), 1 - np.exp(-1), 0.0)
        assert doses == pytest.approx(expected)
    assert (formulas.care_prevented(place)[2] > 0) == (kind == "living")


def test_two_care_cells_of_a_group_add_up() -> None:
    """Money of several cells that reach all of one class and kind counts as if it came together."""
    once = PLAIN.with_changes(care=(CareCell(member_class=0, kind="living", yuan=800.0),))
    twice = PLAIN.with_changes(care=(CareCell(member_class=0, kind="living", yuan=400.0),) * 2)
    assert formulas.care_doses(once, "living") == pytest.approx(formulas.care_doses(twice, "living"))


def test_care_money_that_reaches_half_works_by_half() -> None:
    """A cell that reaches half of a class has half the dose; two such cells reach three quarters, independently."""
    full, half = (CareCell(member_class=0, kind="living", yuan=100_000.0, reach=reach) for reach in (1.0, 0.5))
    doses = [
        formulas.care_doses(PLAIN.with_changes(care=cells), "living")[0] for cells in ((full,), (half,), (half,) * 2)
    ]
    assert doses == pytest.approx([1.0, 0.5, 0.75])


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Meetings, {"city": 13}), (CareCell, {"member_class": 7, "kind": "living", "yuan": 1.0}),
     (CareCell, {"member_class": 0, "kind": "living", "yuan": -1.0}), (Support, {"programme": "x", "hours": [-1.0]}),
     (Support, {"programme": "x", "payer": "nobody"}),
     (CareCell, {"member_class": 0, "kind": "living", "yuan": 1.0, "payer": "nobody"})],
)  # fmt: skip
def test_arrangements_declare_their_bounds(kind: type, value: dict[str, object]) -> None:
    """Where an arrangement is read from a file, what lies outside its bounds is refused."""
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)
