"""A scenario's district is the district's tables under the scenario's rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenarios.building.builder import small_district
from scenarios.district_files import write_district
from scenarios.loader import load_scenario
from scenarios.mechanisms import CATALOGUE
from scenarios.problems import ScenarioError
from scenarios.schema import Scenario


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_district(small_district(4, seed=1), tmp_path / "town")
    return tmp_path


def scenario(folder: Path, text: str) -> Scenario:
    path = folder / "a.yaml"
    path.write_text(f"schema: 1\nname: A\ndistrict: town\n{text}", encoding="utf-8")
    return load_scenario(path)


def test_without_settings_the_district_is_as_its_tables_stand(town: Path):
    """A scenario that says nothing changes nothing."""
    district = scenario(town, "").district_value()
    assert np.array_equal(district.communities.population, small_district(4, seed=1).communities.population)
    assert (district.first_year, district.years, district.extra_posts) == (2027, 3, 0)


def test_parameters_years_and_mechanisms_reach_the_district(town: Path):
    """What the file sets is in the district."""
    district = scenario(town, (
        "plan: {years: 2, first_year: 2030}\n"
        "parameters: {revenue_scale: 1.1}\n"
        "mechanisms: {first_secretaries: {posts: 2, term: 2 年}}\n"
    )).district_value()  # fmt: skip
    assert district.plan_years == (2030, 2031)
    assert district.rates.revenue_scale == 1.1
    assert (district.postings.posts, district.postings.term_months) == (2, 24)


def test_the_order_in_the_file_does_not_matter(town: Path):
    """Mechanisms are applied in the catalogue's order."""
    lines = ["  service_fund: {amount: 20 万元/社区/年}\n", "  matched_funding: {service_fund: 10 万元/社区/年}\n"]
    one, other = (scenario(town, "mechanisms:\n" + "".join(order)) for order in (lines, lines[::-1]))
    assert one.district_value().service_fund == other.district_value().service_fund
    assert list(one.mechanisms) == [name for name in CATALOGUE if name in ("service_fund", "matched_funding")]


def test_settings_that_exclude_each_other_are_a_message(town: Path):
    """A conflict inside a mechanism leads to the line that sets it."""
    wrong = scenario(town, "mechanisms:\n  matched_funding: {mode: mandated, payer: city, granter: city}\n")
    with pytest.raises(ScenarioError) as caught:
        wrong.district_value()
    (problem,) = caught.value.problems
    assert (problem.line, problem.field) == (5, "mechanisms.matched_funding.payer")
    assert problem.found == "city"


def test_a_version_redraws_a_shipped_district_only(town: Path):
    """Tables of a project's own are never replaced by invented ones."""
    with pytest.raises(ScenarioError, match="leave the version out"):
        scenario(town, "").district_value(version=2)
    shipped = load_scenario("equal-split")
    assert shipped.district_value(version=7).version == 7
    assert shipped.district_value(version=7).communities.code == shipped.district_value().communities.code
