from __future__ import annotations

from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from scenarios.building.builder import rebuild
from scenarios.building.command import main
from scenarios.building.files import SYNTHETIC_TABLES, default_seed, load_recipe
from scenarios.district_files import read_district, shipped
from scenarios.problems import ScenarioError
from scenarios.text import Text

HUANCUI = shipped("huancui")


def test_tables_are_regenerated_byte_for_byte(tmp_path: Path) -> None:
    """The command writes exactly the committed files."""
    assert main(["huancui", "--to", str(tmp_path)]) == 0
    for name in SYNTHETIC_TABLES:
        assert (tmp_path / f"{name}.csv").read_bytes() == (HUANCUI / f"{name}.csv").read_bytes(), name


def test_shipped_files_are_the_built_district() -> None:
    """Reading the committed folder gives the built district, value for value, without a single notice."""
    notices: list[Text] = []
    read, built = read_district(HUANCUI, notices=notices), rebuild("huancui", default_seed(HUANCUI))
    assert notices == []
    for name in SYNTHETIC_TABLES:
        one, other = getattr(read, name), getattr(built, name)
        assert all(np.array_equal(getattr(one, c.name), getattr(other, c.name)) for c in one.columns())
    assert (read.code, read.name, read.version, read.synthetic) == (built.code, built.name, built.version, True)
    assert (read.first_year, read.years, read.facts) == (2027, 3, built.facts)


def test_real_units_are_complete() -> None:
    """The official list: 218 units in five streets and four towns; the last three digits of a code tell its kind."""
    recipe = load_recipe("huancui")
    assert len(recipe.units) == 218
    assert (~recipe.village).sum() == recipe.total("residents_committees") == 113
    assert recipe.village.sum() == recipe.total("villages") == 105
    for unit in recipe.units:
        assert unit.code.startswith(unit.street_code)
        assert unit.street_code.startswith(recipe.code)
        assert unit.kind == ("village" if 200 <= int(unit.code[-3:]) <= 399 else "urban")
    towns = [name for name in recipe.streets.values() if name.endswith("镇")]
    assert (len(recipe.streets) - len(towns), len(towns)) == (recipe.total("streets"), recipe.total("towns")) == (5, 4)


def test_census_figures_agree_with_each_other() -> None:
    """Ages sum to the population, and so do urban and rural residents; every figure names its source."""
    recipe = load_recipe("huancui")
    total = recipe.total
    ages = total("population_0_14") + total("population_15_59") + total("population_60_plus")
    assert ages == total("population_urban") + total("population_rural") == total("population") == 446_193
    assert round(total("population") / total("households"), 2) == 2.54
    assert all(fact.source and fact.unit for fact in recipe.facts)


def test_street_weights_sum_to_the_population() -> None:
    """The weights of streets are residents: each of the two rules, and their mean, sums to the census total."""
    recipe = load_recipe("huancui")
    assert sum(recipe.street_weights.values()) == pytest.approx(446_193, abs=10)
    assert set(recipe.street_weights) == set(recipe.streets)


def test_own_folder_is_built(tmp_path: Path) -> None:
    """A folder with the real lists alone is filled with tables that read back as a district."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("district.yaml", "unit_list.csv", "facts.csv"):
        (folder / name).write_bytes((HUANCUI / name).read_bytes())
    assert main([str(folder), "--seed", "5"]) == 0
    assert read_district(folder).communities.population.sum() == 446_193


def test_mistakes_in_a_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Missing figures, unknown kinds and unknown names are told in both languages, without a traceback."""
    folder = Path(copytree(HUANCUI, tmp_path / "mine"))
    facts = (folder / "facts.csv").read_text(encoding="utf-8")
    (folder / "facts.csv").write_text(facts.replace("households,", "homes,", 1), encoding="utf-8")
    assert main([str(folder)]) == 2
    told = capsys.readouterr().err
    assert "facts.csv: households: found nothing; expected a row with this key" in told
    assert "households: 读到空值；应为一行该指标" in told
    assert main(["nowhere"]) == 2
    with pytest.raises(ScenarioError, match="nowhere"):
        load_recipe("nowhere")
