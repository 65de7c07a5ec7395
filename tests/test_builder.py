from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from scenarios.building.alike import identical_district
from scenarios.building.assumptions import ASSUMPTIONS
from scenarios.building.builder import build_district, rebuild, small_district, small_recipe
from scenarios.building.draws import Draws
from scenarios.building.files import load_recipe
from scenarios.building.people import raw_sizes
from scenarios.building.recipe import RealUnit, Recipe
from scenarios.district import District, Fact
from scenarios.formulas import eligible_for_posting, partner_hours, sites_in_reach, yearly_needs
from scenarios.funding import revenue_yuan
from scenarios.tables import Table
from scenarios.text import Text

SEEDS = (1, 2, 3, 4, 20261122)
TABLES = ("communities", "streets", "units", "sites", "slots")
UNSHARED = (
    "windows",
    "activity_share",
    "venue_distance_m",
    "reporting_habit",
    "workload",
    "quality",
    "party_fund_yuan",
)
WEST_LAKE = """
330106002051 上保社区 urban 330106002 北山街道
330106002052 宝石社区 urban 330106002 北山街道
330106002053 金祝社区 urban 330106002 北山街道
330106002054 松木场社区 urban 330106002 北山街道
330106002055 沿山河社区 urban 330106002 北山街道
330106002056 曲院社区 urban 330106002 北山街道
330106002058 友谊社区 urban 330106002 北山街道
330106004053 石灰桥社区 urban 330106004 西溪街道
330106004055 下马塍社区 urban 330106004 西溪街道
330106004056 花园亭社区 urban 330106004 西溪街道
330106004058 上马塍社区 urban 330106004 西溪街道
330106004059 求智社区 urban 330106004 西溪街道
"""


@pytest.fixture(scope="module")
def huancui() -> Recipe:
    return load_recipe("huancui")


@pytest.fixture(scope="module")
def districts(huancui: Recipe) -> dict[int, District]:
    return {seed: build_district(huancui, seed) for seed in SEEDS}


@pytest.fixture
def west_lake() -> Recipe:
    """Twelve real committees of another district, with invented totals and no weights of streets."""
    totals = {"population": 50_123, "households": 21_007, "population_0_14": 6_501, "population_60_plus": 9_003}
    return Recipe(
        code="330106",
        name=Text("西湖区", "Xihu"),
        units=tuple(RealUnit(*line.split()) for line in WEST_LAKE.strip().splitlines()),
        facts=tuple(Fact(key, float(value), "people", "invented") for key, value in totals.items()),
    )


def same(one: Table, other: Table, columns: Sequence[str] | None = None) -> bool:
    names = columns or [column.name for column in one.columns()]
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@pytest.mark.parametrize("seed", SEEDS)
def test_official_totals_are_met_exactly(districts: dict[int, District], huancui: Recipe, seed: int) -> None:
    """Every official total is met to the last person and household, whatever the seed."""
    here = districts[seed].communities
    assert here.population.sum() == huancui.total("population") == 446_193
    assert here.households.sum() == huancui.total("households") == 175_540
    assert here.children.sum() == huancui.total("population_0_14") == 72_638
    assert here.elders.sum() == huancui.total("population_60_plus") == 83_127
    assert (here.population - here.children - here.elders).sum() == huancui.total("population_15_59") == 290_428
    assert here.floating.sum() == huancui.total("population_registered_elsewhere") == 187_274
    assert here.members.sum() == round(0.0703 * 446_193) == 31_367


@pytest.mark.parametrize("seed", SEEDS)
def test_values_are_within_their_columns(districts: dict[int, District], seed: int) -> None:
    """Every number of every table lies within the bounds its column declares, every word among its choices."""
    for name in TABLES:
        table: Table = getattr(districts[seed], name)
        for column in table.columns():
            values = getattr(table, column.name)
            if column.kind in ("integer", "real"):
                assert np.isfinite(values).all(), column.name
                assert (values >= column.low).all(), column.name
                assert (values <= column.high).all(), column.name
            assert not column.choices or set(values) <= set(column.choices)
            assert not column.unique or len(set(values)) == len(values)


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_are_within_the_whole(districts: dict[int, District], seed: int) -> None:
    """No group of residents is larger than the population it is part of; no child is a party member."""
    here = districts[seed].communities
    for part in (
        here.children + here.elders,
        here.households,
        here.hardship,
        here.floating,
        here.members + here.children,
    ):
        assert (part <= here.population).all()


def test_same_seed_same_district(districts: dict[int, District], huancui: Recipe) -> None:
    """Building twice gives the same values in every column; another seed gives others."""
    again = build_district(huancui, 1)
    assert all(same(getattr(again, name), getattr(districts[1], name)) for name in TABLES)
    assert not any(same(getattr(districts[1], name), getattr(districts[2], name)) for name in TABLES)
    assert again.version == 1


def test_real_columns_do_not_depend_on_the_seed(districts: dict[int, District], huancui: Recipe) -> None:
    """Names, codes, kinds and streets are those of the official list, for every seed; the district is marked synthetic."""
    for district in districts.values():
        here = district.communities
        assert list(zip(here.code, here.name, here.kind, here.street_code, strict=True)) == [
            u[:4] for u in huancui.units
        ]
        assert district.synthetic
        assert not any(column.synthetic for column in here.columns()[:4])
        assert all(column.synthetic for column in here.columns()[4:])


def test_another_unit_leaves_the_draws_of_others(districts: dict[int, District], huancui: Recipe) -> None:
    """A unit more changes nothing of the others but their shares of totals; other streets keep their residents."""
    more = RealUnit("371002109299", "新增村", "village", "371002109", "桥头镇")
    larger = replace(huancui, units=(*huancui.units, more))
    before, after = districts[1].communities, build_district(larger, 1).communities.take(list(range(218)))
    assert np.array_equal(raw_sizes(larger, Draws(1))[:218], raw_sizes(huancui, Draws(1)))
    assert same(before, after, UNSHARED)
    for street in set(before.street_code) - {"371002109"}:
        rows = [row for row, code in enumerate(before.street_code) if code == street]
        assert same(before.take(rows), after.take(rows), ["population"])
        shift = np.stack([after.x_m[rows] - before.x_m[rows], after.y_m[rows] - before.y_m[rows]])
        assert np.ptp(shift, axis=1).max() <= 1, "a street moves as a whole, if at all"
    changed = before.population - after.population
    assert changed.min() >= 0, "residents of the new village come from its own town"


def test_any_unit_list_works(west_lake: Recipe) -> None:
    """Another district's list, without weights of streets or villages, is built to its own totals."""
    district = build_district(west_lake, 9)
    here = district.communities
    assert here.population.sum() == 50_123
    assert here.households.sum() == 21_007
    assert here.children.sum() == 6_501
    assert here.elders.sum() == 9_003
    assert district.streets.name == ("北山街道", "西溪街道")
    assert not here.collective_income_yuan.any()


def test_order_of_the_list_is_kept(west_lake: Recipe) -> None:
    """A list in another order gives the same communities in that order."""
    there = replace(west_lake, units=west_lake.units[::-1])
    one, other = build_district(west_lake, 9).communities, build_district(there, 9).communities
    assert same(one, other.take(list(range(11, -1, -1))), [*UNSHARED, "code", "posts"])


def test_recipe_without_figures_is_refused(west_lake: Recipe) -> None:
    """Missing or impossible figures are named instead of building something else."""
    with pytest.raises(ValueError, match="facts: households: found ; expected a row with this key"):
        build_district(replace(west_lake, facts=west_lake.facts[:1]), 1)
    few = tuple(replace(fact, value=5.0) for fact in west_lake.facts)
    with pytest.raises(ValueError, match="population: found 5; expected at least 12"):
        build_district(replace(west_lake, facts=few), 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_norms_are_plausible(districts: dict[int, District], seed: int) -> None:
    """Staff, space, grids, windows and funds stand near the norms, with communities above and below them."""
    district = districts[seed]
    here, village = district.communities, district.is_village
    town = ~village
    staff = here.posts[town].sum() / here.population[town].sum() * 10_000
    assert 0.9 * 18 <= staff <= 1.1 * 18
    assert (here.posts[town] >= 3).all()
    assert (here.posts[village] >= 2).all()
    assert 850 <= here.posts.sum() <= 950
    assert 0.8 * 52_662 <= here.service_m2.sum() <= 1.3 * 52_662
    space = here.service_m2 / here.households * 100
    assert 0.2 < (space < 30).mean() < 0.7
    assert 480 <= here.grids.sum() <= 600
    assert set(here.windows.tolist()) <= set(range(4, 10))
    assert 0.15 <= (here.work_fund_yuan < 100_000).mean() <= 0.4
    assert 0.4 <= (here.party_fund_yuan < 30_000).mean() <= 0.6
    assert here.last_service_fund_yuan.sum() == 218 * 200_000
    assert 0.03 <= here.hardship.sum() / here.population.sum() <= 0.06
    assert 350 <= len(district.units) <= 450
    assert 70 <= len(set(district.sites.site)) <= 140
    assert len(district.slots) == 47


@pytest.mark.parametrize("seed", SEEDS)
def test_units_give_want_and_share_by_kind(districts: dict[int, District], seed: int) -> None:
    """Units want less than they give, near the assumed medians; schools share most rooms and banks fewest."""
    units, typical = districts[seed].units, ASSUMPTIONS
    assert np.median(units.wants_hours_month) == pytest.approx(typical.unit_wants, rel=0.15)
    assert np.median(units.hours_month) == pytest.approx(typical.unit_hours, rel=0.15)
    kind = np.array(units.kind)
    rooms = {name: np.median(units.room_hours_month[kind == name]) for name in set(units.kind)}
    assert max(rooms, key=lambda name: rooms[name]) == "school"
    assert min(rooms, key=lambda name: rooms[name]) == "bank"
    assert rooms["school"] == pytest.approx(2 * typical.unit_room_hours, rel=0.35)
    assert abs(np.corrcoef(units.wants_hours_month, units.hours_month)[0, 1]) < 0.2, "drawn apart"


@pytest.mark.parametrize("seed", SEEDS)
def test_villages_differ_from_the_town(districts: dict[int, District], seed: int) -> None:
    """Villages are smaller and older with fewer newcomers; they hold at least the census' rural residents."""
    district = districts[seed]
    here, village = district.communities, district.is_village
    total = {name: (getattr(here, name)[village].sum(), getattr(here, name)[~village].sum())
             for name in ("population", "elders", "floating")}  # fmt: skip
    people = total["population"]
    assert np.median(here.population[village]) < np.median(here.population[~village]) / 3
    assert total["elders"][0] / people[0] > 1.4 * total["elders"][1] / people[1]
    assert total["floating"][0] / people[0] < 0.5 * total["floating"][1] / people[1]
    assert 31_948 <= people[0] <= 0.2 * 446_193
    assert 0.1 <= (here.collective_income_yuan[village] == 0).mean() <= 0.3


@pytest.mark.parametrize("seed", SEEDS)
def test_staff_is_unequal_for_the_need(districts: dict[int, District], seed: int) -> None:
    """Posts per need differ by some 30 % between the quarters: enough to move, not a caricature."""
    district = districts[seed]
    town = ~district.is_village
    ratio = (district.communities.posts / yearly_needs(district))[town]
    low, middle, high = np.quantile(ratio, [0.1, 0.5, 0.9])
    assert 0.6 <= low / middle <= 0.85
    assert 1.15 <= high / middle <= 1.7


@pytest.mark.parametrize("seed", SEEDS)
def test_habit_and_quality(districts: dict[int, District], seed: int) -> None:
    """Reporting differs by at most three to one; quality is standard and a little lower where work is heavy."""
    here = districts[seed].communities
    assert here.reporting_habit.max() / here.reporting_habit.min() <= 3.001
    assert abs(here.quality.mean()) < 0.25
    assert 0.8 < here.quality.std() < 1.2
    assert -0.5 < np.corrcoef(here.quality, here.workload)[0, 1] < -0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_map_keeps_plausible_distances(districts: dict[int, District], seed: int) -> None:
    """The nearest community is some hundreds of metres away in town and about a kilometre or two in the country."""
    district = districts[seed]
    here, village = district.communities, district.is_village
    apart = np.hypot(here.x_m[:, None] - here.x_m, here.y_m[:, None] - here.y_m)
    nearest = np.where(np.eye(len(here), dtype=bool), np.inf, apart).min(axis=1)
    assert 250 <= np.median(nearest[~village]) <= 700
    assert 900 <= np.median(nearest[village]) <= 2500
    assert nearest.min() > 100
    assert sites_in_reach(district).any(axis=0).all()


def test_sites_are_for_those_that_lack_space(districts: dict[int, District]) -> None:
    """A community has sites if and only if it lacks floor space; rows of a site are alternatives in one place."""
    district = districts[1]
    here, sites = district.communities, district.sites.to_frame()
    wanted = np.maximum(here.households * 0.3, np.where(district.is_village, 0, 350))
    lacking = {code for code, lack in zip(here.code, wanted - here.service_m2, strict=True) if lack >= 40}
    assert set(sites["community_code"]) == lacking
    assert (sites.groupby("site")[["x_m", "y_m", "community_code"]].nunique() == 1).all(axis=None)
    assert sites.groupby("site")["mode"].apply(lambda modes: modes.is_unique).all()
    price = (sites["cost_yuan"] / sites["m2"]).groupby(sites["mode"]).mean()
    assert price["build"] == pytest.approx(3000, rel=0.1)
    assert price["refit"] == pytest.approx(1200, rel=0.1)


def test_control_has_no_differences(huancui: Recipe) -> None:
    """In the negative control all communities are alike: needs, revenue, partners, sites and every column but place."""
    district = identical_district(huancui)
    here = district.communities
    for column in here.columns():
        if column.name not in ("code", "name", "street_code", "x_m", "y_m"):
            assert len(set(getattr(here, column.name))) == 1, column.name
    for values in (yearly_needs(district), revenue_yuan(district), partner_hours(district)):
        assert np.ptp(values) <= 1e-9 * values[0]
    assert (sites_in_reach(district).sum(axis=1) == 1).all()
    assert len(here) == 218


@pytest.mark.parametrize("count", [1, 2, 4, 9])
def test_small_district(count: int) -> None:
    """The tiny district has the communities and residents asked for, every second one a village, and some staff each."""
    district = small_district(count, seed=3, residents=count * 500)
    assert len(district.communities) == count
    assert district.communities.population.sum() == count * 500
    assert district.is_village.sum() == count // 2
    assert (district.communities.posts >= 1).all()
    assert len(eligible_for_posting(district)) >= 1


def test_small_recipe_is_a_recipe() -> None:
    """The tiny recipe builds the tiny district."""
    assert same(build_district(small_recipe(4), 1).communities, small_district(4, 1).communities)


def test_rebuild_with_another_seed(districts: dict[int, District]) -> None:
    """Rebuilding a shipped district by name with a seed gives the district of that seed."""
    assert same(rebuild("huancui", 2).communities, districts[2].communities)
