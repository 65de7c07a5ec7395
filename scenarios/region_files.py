"""Regions on disk: a folder with region.yaml, and the official lists in it or in the folder of another region."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from scenarios.building.recipe import Recipe
from scenarios.building.region_lists import Drawn, county_recipes
from scenarios.building.region_money import own_money
from scenarios.district import VenueRule
from scenarios.funding import FEN_PER_YUAN
from scenarios.problems import Problem, ScenarioError, did_you_mean, one_of
from scenarios.region import County, Region
from scenarios.region_settings import RegionSettings, read_region_settings
from scenarios.text import Text

REGION_FILE = "region.yaml"


def region_names() -> tuple[str, ...]:
    """Names of the shipped regions."""
    return tuple(sorted(folder.name for folder in _data().iterdir() if (folder / REGION_FILE).is_file()))


def load_region(reference: str) -> Region:
    """The shipped region of a name, or the region in a region.yaml or the folder of one.

    Raises ``ScenarioError`` for a name that is not one and for files that cannot be read or do not fit together.
    """
    return read_region(_file_of(reference))


def _file_of(reference: str) -> Path:
    names, path = region_names(), Path(reference)
    if reference in names:
        return _data() / reference / REGION_FILE
    if path.is_file():
        return path
    if (path / REGION_FILE).is_file():
        return path / REGION_FILE
    mend = did_you_mean(reference, names, Text("取其中一个名称，或写region.yaml的路径", "take one of these, or a path"))
    raise ScenarioError([Problem("scenarios/data", None, "region", reference, one_of(names), mend)])


def read_region(path: Path) -> Region:
    """The region in a region.yaml; raises ``ScenarioError`` with what is wrong."""
    settings = read_region_settings(path)
    folder = _data() / settings.lists if settings.lists in region_names() else path.parent / settings.lists
    recipes = county_recipes(folder, settings.lists_code or settings.code)
    chosen = [code for code in recipes if code.startswith(settings.counties)]
    if not chosen:
        found = ", ".join(settings.counties)
        raise ScenarioError([Problem(str(path), None, "counties", found, Text("名单中的县区代码", "codes of counties in the list"),
                                     Text("核对代码", "check the codes"))])  # fmt: skip
    return _region(settings, [recipes[code] for code in chosen])


def _region(settings: RegionSettings, recipes: list[Recipe]) -> Region:
    grants, capital = settings.grants, settings.capital
    return Region(
        code=settings.code,
        name=Text(settings.name.zh, settings.name.en),
        first_year=settings.first_year,
        years=settings.years,
        counties=tuple(_county(settings, recipe) for recipe in recipes),
        pool_fen=_fen(grants.pool_yuan),
        ratio=grants.ratio,
        granter_cost=grants.cost_of_funds,
        officials=settings.officials.posts,
        postings=settings.officials,
        capital_fen=_fen(capital.yuan),
        venues=VenueRule(modes=capital.modes),
        floor_fen=_fen(grants.floor_yuan),
        cap_fen=_fen(grants.cap_yuan),
    )


def _county(settings: RegionSettings, recipe: Recipe) -> County:
    people = recipe.total("population")
    limit, cost = own_money(settings.own_money, settings.version, recipe.code, people)
    return County(
        code=recipe.code,
        name=recipe.name,
        size=len(recipe.units),
        population=people,
        source=Drawn(recipe, settings.version),
        own_limit_fen=limit,
        cost_of_funds=cost,
    )


def _fen(yuan: float) -> int:
    return round(yuan * FEN_PER_YUAN)


def _data() -> Path:
    return Path(str(files("scenarios") / "data"))
