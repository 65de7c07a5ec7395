"""Regions on disk: real lists complete, census totals met, synthetic parts drawn the same again, mistakes told in place."""

from __future__ import annotations

import pickle
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from scenarios.building.assumptions import ASSUMPTIONS
from scenarios.building.region_lists import BY_COUNTS, county_recipes
from scenarios.building.region_money import CountyMoney, own_money
from scenarios.problems import ScenarioError
from scenarios.region import Region
from scenarios.region_files import load_region, region_names
from tests.region_folder import SETTINGS, write_region

JILIN_TOTAL = 24_073_453  # seventh national census


@pytest.fixture(scope="module")
def jilin() -> Region:
    return load_region("jilin")


@pytest.fixture(scope="module")
def tonghua() -> Region:
    return load_region("tonghua")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A region of two small counties, of which one has cited figures."""
    return write_region(tmp_path / "toy")


def test_regions_are_shipped() -> None:
    """Two regions go by their names."""
    assert region_names() == ("jilin", "tonghua")


def test_lists_are_complete(jilin: Region, tonghua: Region) -> None:
    """Every unit of the province, and of the city those of its seven counties."""
    assert (jilin.size, len(jilin.counties)) == (11_860, 69)
    assert (tonghua.size, len(tonghua.counties)) == (1_173, 7)
    assert {county.code[:4] for county in tonghua.counties} == {"2205"}


def test_residents_sum_to_the_census(jilin: Region, tonghua: Region) -> None:
    """The counties' residents sum to the province's total; a county has the same number in either region."""
    assert jilin.population == sum(county.population for county in jilin.counties) == JILIN_TOTAL
    people = {county.code: county.population for county in jilin.counties}
    assert all(people[county.code] == county.population for county in tonghua.counties)


def test_cited_counties_have_their_own_figures() -> None:
    """Nine counties have the census's figures and name the source; all others say that theirs are assumed."""
    recipes = county_recipes(Path("scenarios/data/jilin"), "22")
    cited = [code for code, recipe in recipes.items() if recipe.facts[0].source != BY_COUNTS]
    assert len(cited) == 9
    assert recipes["220502"].total("population") == 355_346
    assert recipes["220581"].total("households") == 203_919
    assert all(fact.source.startswith("A:") for fact in recipes["220524"].facts)


def test_assumed_residents_follow_the_committees() -> None:
    """Two counties without cited figures have residents as their committees of typical size."""
    recipes = county_recipes(Path("scenarios/data/jilin"), "22")
    one, other = recipes["220523"], recipes["220524"]
    weight = [sum(ASSUMPTIONS.size[unit.kind == "village"] for unit in recipe.units) for recipe in (one, other)]
    assert one.total("population") / other.total("population") == pytest.approx(weight[0] / weight[1], rel=1e-4)


def test_a_county_is_drawn_from_its_own_figures(tonghua: Region) -> None:
    """The same tables as a district has, summing to the county's figures, and the same again when drawn again."""
    county = tonghua.counties[1]
    one, again = county.source.make(), county.source.make()
    assert one.communities.population.sum() == county.population == 91_571
    assert one.communities.households.sum() == 41_615
    assert len(one.communities) == county.size == 41
    for name in ("communities", "streets", "units", "sites", "slots"):
        table, other = getattr(one, name), getattr(again, name)
        assert all(np.array_equal(getattr(table, c.name), getattr(other, c.name)) for c in table.columns())


def test_county_revenue_is_unequal(tonghua: Region) -> None:
    """Own money per resident differs at least twofold, and costs more where there is less of it."""
    per_head = np.array([county.own_limit_fen / county.population for county in tonghua.counties])
    costs = np.array([county.cost_of_funds for county in tonghua.counties])
    assert per_head.max() / per_head.min() > 2
    assert (np.argsort(-per_head) == np.argsort(costs)).all()


def test_equal_revenue_where_there_is_no_spread() -> None:
    """Without spread every county has the typical amount at the typical cost."""
    assert own_money(CountyMoney(yuan_per_head=50, spread=0), 9, "1", 2000) == (10_000_000, 1.2)


def test_a_region_is_small_to_send(jilin: Region) -> None:
    """A county goes to a worker as its list and seed: a few dozen kilobytes, no tables."""
    assert len(pickle.dumps(jilin.with_changes(counties=jilin.counties[:1]))) < 100_000


def test_districts_are_under_their_share(tonghua: Region) -> None:
    """Own money and grant are the pool of a free fund; officials and capital are the share's."""
    county = tonghua.counties[1]
    most = tonghua.most(county)
    district = tonghua.district(county, most)
    assert district.service_fund.pool_fen == most.own_fen + most.grant_fen
    assert most.grant_fen <= most.own_fen
    assert district.venues.capital_fen == tonghua.capital_fen
    assert district.postings.posts == min(tonghua.officials, len(district.slots))
    assert district.plan_years == (2027, 2028, 2029)


def test_own_files_are_read(folder: Path) -> None:
    """A planner's region by folder or by file; what the cited county leaves goes to the other."""
    for reference in (str(folder), str(folder / "region.yaml")):
        region = load_region(reference)
        assert [county.population for county in region.counties] == [12_000, 10_000]
        assert region.pool_fen == 30_000_000


def test_other_lists_may_be_used(folder: Path) -> None:
    """Part of another folder's lists, by the first digits of its counties' codes."""
    part = folder.parent / "part"
    part.mkdir()
    text = SETTINGS + 'lists: ../toy\nlists_code: "9901"\ncounties: ["990102"]\n'
    (part / "region.yaml").write_text(text, encoding="utf-8")
    assert [county.code for county in load_region(str(part)).counties] == ["990102"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("years: 1", "years: 0", 5, "years"),
        ("  pool_yuan: 300000", "  pool_yuan: -1", 7, "grants.pool_yuan"),
        ("  pool_yuan: 300000", "  pool: 3", 6, "grants.pool_yuan"),
        ("  posts: 2", "  places: 2", 10, "officials.places"),
        ('code: "9901"', "code: 9901", 1, "code"),
        ("version: 5", "version: 5\ncounties: ['77']", None, "counties"),
    ],
)
def test_mistakes_are_told_in_place(folder: Path, old: str, new: str, line: int | None, field: str) -> None:
    """File, line and field of a mistake in region.yaml."""
    (folder / "region.yaml").write_text(SETTINGS.replace(old, new), encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        load_region(str(folder))
    assert (line, field) in [(problem.line, problem.field) for problem in refused.value.problems]


def test_figures_that_lack_are_named(folder: Path) -> None:
    """A total that is not there, a cited county with three of four figures, and a county without units."""
    county_recipes.cache_clear()
    other = folder.parent / "other"
    copytree(folder, other)
    facts = (other / "county_facts.csv").read_text(encoding="utf-8")
    (other / "county_facts.csv").write_text(
        facts.replace("9901,population", "9901,people", 1).replace("990101,households", "990101,homes")
    )
    with (other / "county_list.csv").open("a", encoding="utf-8") as file:
        file.write("990103,示例三县,示例市\n")
    with pytest.raises(ScenarioError) as refused:
        load_region(str(other))
    assert {p.field for p in refused.value.problems} == {"9901.population", "990101.households", "code"}


def test_a_name_that_is_none_is_refused() -> None:
    """A slip of the pen gets the name that was meant."""
    with pytest.raises(ScenarioError) as refused:
        load_region("tonghau")
    assert "tonghua" in refused.value.render("en")
