"""Laws that every entry of the mechanism catalogue keeps, and how entries combine."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.mechanisms import CATALOGUE, apply_mechanisms, conflicts
from scenarios.mechanisms.catalogue import Mechanism, Setting, SettingConflict, Value
from scenarios.tables import Table
from sim.outcome import METRICS
from tests.mechanism_world import context, dose, given_for, made

UNITS = {
    "",
    "元",
    "元/year",
    "元/community/year",
    "元/head/year",
    "元/household/year",
    "m2",
    "months",
    "years",
    "hours",
    "hours/year",
    "hours/head/year",
    "hours/community/year",
    "days",
    "days/year",
    "days/head/year",
    "days/community/year",
    "share",
}
ENTRIES = list(CATALOGUE.values())
every_mechanism = pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])


@pytest.fixture(scope="module")
def district() -> District:
    return plain_district()


def plain_district() -> District:
    """Twelve communities whose work and party funds lie below the floors, and who are inspected once a year."""
    place = small_district(12, residents=6000)
    place = place.with_changes(rates=place.rates.with_values(inspections=1.0))
    here = place.communities
    here = here.replaced(work_fund_yuan=here.work_fund_yuan / 4, party_fund_yuan=here.party_fund_yuan / 4)
    return place.with_changes(communities=here)


def same(left: Any, right: Any) -> bool:
    """Whether two districts, tables or values are equal, column by column."""
    if isinstance(left, District | Table):
        return type(left) is type(right) and all(
            same(getattr(left, item.name), getattr(right, item.name)) for item in fields(left)
        )
    if isinstance(left, np.ndarray):
        return bool(np.array_equal(left, right))
    return bool(left == right)


def doses(entry: Mechanism) -> list[dict[str, Value]]:
    """The default dose, and every setting at each end of its range or at each of its choices."""
    moved = [(setting.name, value) for setting in entry.settings for value in ends(setting)]
    return [entry.defaults, *({**entry.defaults, name: value} for name, value in moved)]


def ends(setting: Setting) -> tuple[Value, ...]:
    """A setting's choices, or both ends of its range."""
    return setting.choices or (setting.low, setting.high)


def within_bounds(district: District) -> list[str]:
    """Columns of the district's tables with a value outside what the column allows."""
    broken = []
    for table in (district.communities, district.streets, district.units, district.sites, district.slots):
        for column in table.columns():
            values = getattr(table, column.name)
            if column.choices:
                fits = set(values) <= set(column.choices)
            else:
                fits = isinstance(values, tuple) or bool(((values >= column.low) & (values <= column.high)).all())
            broken += [] if fits else [column.name]
    return broken


def test_ids_are_unique_names() -> None:
    """Every mechanism is known by one snake_case name, which is also its key."""
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", entry.id) for entry in ENTRIES)
    assert list(CATALOGUE) == [entry.id for entry in ENTRIES]


@every_mechanism
def test_bounded(entry: Mechanism, district: District) -> None:
    """A default lies within its range or choices, and units are ones that a scenario can write."""
    for setting in entry.settings:
        assert setting.unit in UNITS
        if setting.choices:
            assert setting.default in setting.choices
        else:
            assert setting.low < setting.high
            assert setting.low <= float(setting.default) <= setting.high
            assert setting.neutral is None or setting.low <= float(setting.neutral) <= setting.high


@every_mechanism
def test_every_dose_leaves_tables_in_bounds(entry: Mechanism, district: District) -> None:
    """At its default, at each bound and at each choice a mechanism leaves every table within its bounds."""
    worked = [changed for dose in doses(entry) if (changed := applied(entry, district, dose)) is not None]
    assert all(within_bounds(changed) == [] for changed in worked)
    assert len(worked) >= len(entry.settings)


def applied(entry: Mechanism, district: District, dose: dict[str, Value]) -> District | None:
    """The district under a dose, or None where the dose excludes itself."""
    try:
        return entry.apply(district, **dose)
    except SettingConflict:
        return None


@every_mechanism
def test_explained(entry: Mechanism) -> None:
    """A mechanism and each of its settings is explained in Chinese and English and names its source."""
    for text in (entry.name, entry.says, entry.resource, entry.serves, entry.acts_as):
        assert text.zh.strip()
        assert text.en.strip()
    assert entry.rows
    for setting in entry.settings:
        assert setting.source.strip()
        assert setting.says.zh.strip()
        assert setting.says.en.strip()
        if setting.figure:
            assert setting.figure.raw != setting.figure.repaired


@every_mechanism
def test_points_at_what_it_moves(entry: Mechanism) -> None:
    """The metric a mechanism claims to move exists, and what it replaces or needs is in the catalogue before it."""
    assert entry.metric in METRICS
    order = list(CATALOGUE)
    for other in (*entry.replaces, *entry.acts_with):
        assert order.index(other) < order.index(entry.id)


@every_mechanism
def test_neutral(entry: Mechanism, district: District) -> None:
    """A mechanism has a neutral value, and at it the district stays as it was, whatever the other settings."""
    neutral = [setting for setting in entry.settings if setting.neutral is not None]
    assert neutral
    for setting in neutral:
        assert same(entry.apply(district, **{**entry.defaults, setting.name: setting.neutral}), district)


def test_voluntary_match_without_money_is_neutral(district: District) -> None:
    """A voluntary match with neither base grant nor pool leaves the district as it was."""
    nothing: dict[str, Value] = {
        "mode": "voluntary",
        "payer": "own",
        "granter": "district",
        "service_fund": 0.0,
        "pool": 0.0,
    }
    assert same(apply_mechanisms(district, {"matched_funding": nothing}), district)


@every_mechanism
def test_pure(entry: Mechanism, district: District) -> None:
    """A mechanism leaves its input untouched, gives the same result again, and changes only what it names."""
    before = plain_district()
    first, second = (entry.apply(district, **entry.defaults) for _ in range(2))
    assert same(district, before)
    assert same(first, second)
    assert not same(first, district)
    assert set(changes(district, first)) <= {*entry.sets, *entry.adds}


SPLIT = ("communities", "floors", "levers", "units", "rates", "streets", "meetings", "rectification", "sites", "slots")
UNMOVED = {  # named, yet left as it is at the dose
    "yearly_rectification": {"rectification.share"},  # its default is the share that a district screens anyway
    "secretary_projects": {"levers.hours_safety"},  # one of two fields is chosen, and it is the other
}


@every_mechanism
def test_changes_all_that_it_names(entry: Mechanism) -> None:
    """Where everything is short, a mechanism at its dose changes all of what it names, and nothing else."""
    before = made(context(entry), given_for(entry))
    after = entry.apply(before, **{**entry.defaults, **dose(entry.id)})
    assert set(changes(before, after)) == {*entry.sets, *entry.adds} - UNMOVED.get(entry.id, set())


IDLE = {  # settings that alone change nothing in the world of the tests
    "matched_funding": {"mode", "payer"},  # each choice of one asks for another choice of the other
    "office_stations": {"firms_per_station"},  # no community there has more firms than one station serves
}
VOLUNTARY: dict[str, Value] = {"mode": "voluntary", "payer": "own", "granter": "district", "pool": 1e6, "cap": 1e5}


@every_mechanism
def test_every_setting_matters(entry: Mechanism) -> None:
    """Each setting, moved to an end of its range or another choice with the others at their dose, changes the district."""
    before, usual = made(context(entry), given_for(entry)), {**entry.defaults, **dose(entry.id)}
    bases = [usual, *([{**usual, **VOLUNTARY}] if "pool" in usual and "mode" in usual else [])]
    idle = {
        setting.name for setting in entry.settings if not any(matters(entry, setting, before, base) for base in bases)
    }
    assert idle == IDLE.get(entry.id, set())


def matters(entry: Mechanism, setting: Setting, before: District, usual: dict[str, Value]) -> bool:
    """Whether a setting alone, at an end of its range or at another choice, changes what becomes of a district."""
    after = entry.apply(before, **usual)
    others = [applied(entry, before, {**usual, setting.name: value}) for value in ends(setting)]
    return any(other is not None and not same(other, after) for other in others)


@pytest.mark.parametrize(("field", "saved"), [("environment", "hours_environment"), ("safety", "hours_safety")])
def test_the_field_that_a_secretary_chooses_takes_fewer_hours(field: str, saved: str, district: District) -> None:
    """Whichever field is chosen, its matters take fewer hours and those of the other stay as they were."""
    projects = CATALOGUE["secretary_projects"]
    after = projects.apply(district, **{**projects.defaults, "field": field})
    assert {name for name in ("hours_environment", "hours_safety") if after.levers.moved(name)} == {saved}
    assert (getattr(after.levers, saved) < 1).all()


def test_screening_flags_the_share_it_is_told(district: District) -> None:
    """A share of communities other than the usual one is what the screening flags."""
    screening = CATALOGUE["yearly_rectification"]
    after = screening.apply(district, **{**screening.defaults, "share": 0.25})
    assert after.rectification.share == 0.25


def changes(before: District, after: District) -> list[str]:
    """Dotted names of what differs, one level into what mechanisms name by column; supports and care stand whole."""
    named = []
    for item in fields(before):
        old, new = getattr(before, item.name), getattr(after, item.name)
        if not same(old, new):
            named += [f"{item.name}.{part.name}" for part in fields(old)
                      if not same(getattr(old, part.name), getattr(new, part.name))] if item.name in SPLIT else [item.name]  # fmt: skip
    return named


@cache
def after_each() -> dict[str, District]:
    """The plain district under each mechanism alone."""
    district = plain_district()
    return {entry.id: entry.apply(district, **entry.defaults) for entry in ENTRIES}


@cache
def after_two(first: str, second: str) -> District:
    """The plain district under one mechanism and then another."""
    return CATALOGUE[second].apply(after_each()[first], **CATALOGUE[second].defaults)


@every_mechanism
def test_pairs_combine_as_they_say(entry: Mechanism) -> None:
    """Mechanisms that set different things commute; of two that set the same, one replaces the other or they conflict."""
    earlier = ENTRIES[: ENTRIES.index(entry)]
    assert {other.id: found for other in earlier if (found := misfit(other, entry))} == {}


def misfit(first: Mechanism, second: Mechanism) -> str:
    """What is wrong with two mechanisms together, the first before the second in the catalogue; empty if nothing is."""
    shared = {*first.sets, *first.adds} & {*second.sets, *second.adds}
    against = [pair[:2] for pair in conflicts([second.id, first.id])]
    if shared <= {*first.adds} & {*second.adds}:
        if against:
            return "conflict though they only add"
        return "" if alike(after_two(first.id, second.id), after_two(second.id, first.id)) else "do not commute"
    if first.id in second.replaces:
        if against:
            return "conflict though one replaces the other"
        return "" if same(after_two(first.id, second.id), after_each()[second.id]) else "something of the first is left"
    return "" if set(against) == {(first.id, second.id)} else "set the same and do not conflict"


def alike(left: Any, right: Any) -> bool:
    """Whether two districts are equal up to the rounding of real numbers."""
    if left is right:
        return True
    if isinstance(left, District | Table) or is_dataclass(left):
        return type(left) is type(right) and all(
            alike(getattr(left, item.name), getattr(right, item.name)) for item in fields(left)
        )
    if (isinstance(left, np.ndarray) and left.dtype.kind == "f") or isinstance(left, float):
        return bool(np.array_equal(left, right) or np.allclose(left, right, rtol=1e-12, atol=1e-12))
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left == right or (len(left) == len(right) and all(map(alike, left, right)))
    return same(left, right)


def test_order_of_the_file_does_not_matter(district: District) -> None:
    """Mechanisms are applied in catalogue order whatever the order in which they are chosen."""
    ids = compatible()
    forth, back = (apply_mechanisms(district, {name: {} for name in order}) for order in (ids, ids[::-1]))
    assert alike(forth, back)
    assert forth.service_fund.mode == "mandated"


def compatible() -> list[str]:
    """As many entries as can be on together, the earlier ones first, but the matched fund rather than the plain one."""
    chosen: list[str] = []
    for name in CATALOGUE:
        if not conflicts([*chosen, name]):
            chosen.append(name)
    return chosen


def test_unknown_mechanism_is_refused(district: District) -> None:
    """A mechanism that the catalogue lacks is an error, not ignored."""
    with pytest.raises(KeyError, match="match_funding"):
        apply_mechanisms(district, {"match_funding": {}})


@pytest.mark.parametrize(("dose", "field"), [
    ({"mode": "mandated", "payer": "own"}, "payer"),
    ({"mode": "mandated", "payer": "city", "granter": "city"}, "payer"),
    ({"mode": "mandated", "pool": 1e6}, "pool"),
    ({"mode": "mandated", "cap": 1e5}, "cap"),
    ({"mode": "voluntary", "payer": "district"}, "payer"),
])  # fmt: skip
def test_settings_that_exclude_each_other_are_refused(dose: dict[str, Value], field: str, district: District) -> None:
    """A setting that the chosen mode would ignore is an error that names the setting in both languages."""
    with pytest.raises(SettingConflict) as caught:
        apply_mechanisms(district, {"matched_funding": dose})
    assert caught.value.field == field
    assert all(caught.value.says)


@pytest.mark.parametrize("scale", ["community", "head", "household"])
def test_scale_divides_the_same_total(scale: str, district: District) -> None:
    """Whatever a fund is written per, its total is the same to the fen and follows the scale."""
    fund = apply_mechanisms(district, {"service_fund": {"amount": 200_000.01, "scale": scale}}).service_fund
    here = district.communities
    weight = {"community": np.ones(12), "head": here.population, "household": here.households}[scale]
    assert sum(fund.entitlement_fen) == 20_000_001 * 12
    assert np.abs(np.array(fund.entitlement_fen) - 20_000_001 * 12 * weight / weight.sum()).max() < 1
