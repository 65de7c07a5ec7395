"""The figures of the study reports on branches, venues and service points, as the entries' defaults and costs have them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.acting import largest, urban, villages
from scenarios.mechanisms.posts_branches import firms, stations, villages_of_towns
from scenarios.mechanisms.venues_points import MODULES, beyond, circle_m, standard_m2

COUNT = 40


@pytest.fixture(scope="module")
def place() -> District:
    return small_district(COUNT)


def default(name: str, setting: str) -> Any:
    return CATALOGUE[name].defaults[setting]


def cost(name: str, district: District, **settings: float) -> float:
    entry = CATALOGUE[name]
    assert entry.costs is not None
    return entry.costs(district, **{**entry.defaults, **settings})


def applied(name: str, district: District, **settings: float) -> District:
    entry = CATALOGUE[name]
    return entry.apply(district, **{**entry.defaults, **settings})


def test_building_branches(place: District) -> None:
    """84 branches in 20 communities are 4.2 each, of 23.8 members; here only founding them is paid, 1,000 元 a year each."""
    assert default("building_branches", "branches") == 84 / 20
    twenty = 20 / urban(place).sum()
    assert cost("building_branches", place, communities=twenty) == pytest.approx(84 * 1000)
    assert round(2000 / 84, 1) == 23.8


@pytest.mark.parametrize(("members", "branches", "each"), [(500, 50, 10.0), (220, 9, 24.4), (224_000, 14_000, 16.0)])
def test_members_of_a_branch(members: int, branches: int, each: float) -> None:
    """Branches of associations have 10 members, of markets 24.4, of industry chains 16.0."""
    name = {10.0: "association_branches", 24.4: "market_branches", 16.0: "industry_branches"}[each]
    assert round(members / branches, 1) == each
    assert f"{each:g}" in CATALOGUE[name].identity


def test_branches_spread_over_urban_communities() -> None:
    """50 association branches, 9 market branches and 14 upgrades in 113 urban communities are the defaults."""
    assert round(50 / 113, 2) == default("association_branches", "branches")
    assert round(9 / 113, 2) == default("market_branches", "communities")
    assert round((1 + 13) / 113, 2) == default("organisation_upgrade", "communities")
    assert round(20 / 113, 2) == default("building_branches", "communities")


def test_stations_by_firms(place: District) -> None:
    """A community with f firms has ceil(f / r) stations, one post each at the yearly cost of a post."""
    ratio = default("office_stations", "firms_per_station")
    wanted = [-(-int(count) // int(ratio)) for count in firms(place)]
    assert stations(place, ratio).tolist() == wanted
    changed = applied("office_stations", place)
    assert (changed.communities.posts - place.communities.posts).tolist() == wanted
    assert cost("office_stations", place) == sum(wanted) * place.rates.post_cost


def test_town_organisers(place: District) -> None:
    """7 of 11 towns are 64 %; each chosen town has one post, whose hours are shared by its villages."""
    assert round(7 / 11, 2) == default("town_organisers", "towns")
    towns = len({code for code, here in zip(place.communities.street_code, villages(place), strict=True) if here})
    chosen = -(-round(towns * 64) // 100)
    assert cost("town_organisers", place) == pytest.approx(chosen * place.rates.post_cost)
    given = applied("town_organisers", place).supports[0].hours
    assert sum(given) == pytest.approx(chosen * default("town_organisers", "hours"))
    assert (np.array(given) > 0).tolist() == villages_of_towns(place, 0.64).tolist()


def test_united_posts() -> None:
    """The default lies between Jiangsu's 94.6 % of communities and 97.5 % of villages."""
    assert 0.946 <= default("united_posts", "share") <= 0.975


def test_liaison_days(place: District) -> None:
    """Six days of seven hours at 70 元 an hour are 2940 元 a community."""
    assert cost("liaison_officers", place) == 6 * 7 * 70 * COUNT == 2940 * COUNT


def test_village_standard(place: District) -> None:
    """Three rooms, a hall and a square are five modules; with two more of 20 m2 a venue has 140 m2 and costs 21 万元."""
    assert MODULES == 3 + 1 + 1
    assert standard_m2(default("village_standard", "extra"), default("village_standard", "module")) == 140
    offered = applied("village_standard", place).sites.take(list(range(-int(villages(place).sum()), 0)))
    assert set(offered.cost_yuan) == {210_000.0}
    assert offered.community_code == tuple(np.array(place.communities.code)[largest(place, 1.0, villages(place))])


def test_halls_in_nine_of_ten(place: District) -> None:
    """At least 90 % of communities have a hall."""
    entry = CATALOGUE["one_stop_halls"]
    assert entry.where(place).mean() >= 0.9
    assert cost("one_stop_halls", place) == 36 * 10_000
    assert default("one_stop_halls", "cost") == 150_000 / 30 + 5000


def test_six_and_x_windows(place: District) -> None:
    """Where there are six windows there are 6 + x."""
    six = place.with_changes(communities=place.communities.replaced(windows=[6] * COUNT))
    assert set(applied("service_windows", six).communities.windows) == {6 + default("service_windows", "windows")}


def test_service_network() -> None:
    """101 items at 18 windows are 5.6 each; 67 points under 5 centres 13.4 each, and 31 % of 218 communities."""
    assert (round(101 / 18, 1), round(67 / 5, 1)) == (5.6, 13.4)
    assert round(67 / 218, 2) == default("service_network", "points") == default("facility_kit", "points")


def test_circle_covers_all(place: District) -> None:
    """With both at 100 %, nobody is outside 15 minutes on foot: 1000 m to the rim, 667 m on average."""
    assert round(circle_m(15)) == 667
    assert beyond(place, 15).any()
    assert not beyond(applied("service_circle", place), 15).any()
    assert cost("service_circle", place) == beyond(place, 15).sum() * 20_000


def test_facility_kit() -> None:
    """67 points have 1.2 schools, 1.7 reading rooms, .6 clinics and .5 venues each: 4.1 rooms."""
    rooms = (81, 116, 42, 36)
    assert [round(count / 67, 1) for count in rooms] == [1.2, 1.7, 0.6, 0.5]
    assert round(sum(rooms) / 67, 1) == default("facility_kit", "rooms")


def test_handed_over_space(place: District) -> None:
    """118,246 m2 at 945 each are 125.1 communities; 3200 万元 are 271 元 a square metre."""
    assert round(118_246 / 945, 1) == 125.1
    assert round(32_000_000 / 118_246) == default("handed_over_space", "price") == 271
    where = CATALOGUE["handed_over_space"].where(place)
    assert cost("handed_over_space", place) == pytest.approx(where.sum() * 200 * (271 / 30 + 120))


def test_co_built_cost_is_shared(place: District) -> None:
    """Of a venue built by k villages each bears and gets a k-th, the capital split between villages and district."""
    alone, shared = (cost("co_built_venues", place, together=float(k)) for k in (2, 6))
    assert alone == pytest.approx(3 * shared)
    where = CATALOGUE["co_built_venues"].where(place)
    changed = applied("co_built_venues", place)
    assert set((changed.communities.service_m2 - place.communities.service_m2)[where].round(9)) == {60.0}
    by = {support.payer: sum(support.cost_fen) for support in changed.supports}
    assert by["village"] == pytest.approx(0.3 * 60 * 1500 / 30 * 100 * where.sum())


def test_upkeep_by_the_square_metre(place: District) -> None:
    """The yearly cost is square metres of the norm times the rate: 30 m2 for 100 households, 30 元 each."""
    assert cost("venue_upkeep", place) == pytest.approx(place.communities.households.sum() / 100 * 30 * 30)


def test_village_venues(place: District) -> None:
    """6.5 亿元 for 17,000 venues are 3.8 万元 each, a 48th of the 182 万元 in towns."""
    assert round(650_000_000 / 17_000, -3) == default("village_venues", "price") == 38_000
    assert round(2_000_000_000 / 1100 / 38_000) == 48
    where = CATALOGUE["village_venues"].where(place)
    assert cost("village_venues", place) == pytest.approx(where.sum() * (38_000 / 30 + 50 * 120))


def test_shared_premises_scale_hours(place: District) -> None:
    """Rooms opened are half as many hours again at every unit."""
    changed = applied("shared_premises", place)
    assert changed.units.room_hours_month == pytest.approx(1.5 * place.units.room_hours_month)
