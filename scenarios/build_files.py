"""Recipes of the shipped districts, read from their folders, and the synthetic tables written back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from scenarios.build_recipe import RealUnit, Recipe
from scenarios.district import District, Fact
from scenarios.text import Text

DATA = Path(__file__).parent / "data"
TABLES = ("communities", "streets", "units", "sites", "slots")


def shipped_districts() -> tuple[str, ...]:
    """Names of the districts that can be built again."""
    return tuple(sorted(path.parent.name for path in DATA.glob("*/unit_list.csv")))


def load_recipe(name: str) -> Recipe:
    """The recipe of a shipped district; raises ``KeyError`` for a name that is not shipped."""
    folder = _folder(name)
    about = _about(folder)
    return Recipe(
        code=about["code"],
        name=Text(about["name"]["zh"], about["name"]["en"]),
        units=tuple(RealUnit(*row) for row in _rows(folder / "unit_list.csv")),
        facts=tuple(Fact(key, float(value), unit, source) for key, value, unit, source in _rows(folder / "facts.csv")),
        street_weights=_street_weights(folder / "street_list.csv"),
        first_year=about["first_year"],
        years=about["years"],
    )


def default_seed(name: str) -> int:
    """The seed of a shipped district's committed tables."""
    return int(_about(_folder(name))["version"])


def write_tables(district: District, folder: Path) -> None:
    """Write the synthetic tables as CSV: UTF-8, one line an entity, numbers as short as they can be read back."""
    for name in TABLES:
        getattr(district, name).to_frame().to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def _folder(name: str) -> Path:
    if name not in shipped_districts():
        raise KeyError(f"found {name!r}; expected one of {', '.join(shipped_districts())}")
    return DATA / name


def _about(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = YAML(typ="safe").load((folder / "district.yaml").read_text(encoding="utf-8"))
    return content


def _rows(path: Path) -> list[list[str]]:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    return [[str(cell) for cell in row] for row in frame.itertuples(index=False)]


def _street_weights(path: Path) -> dict[str, float]:
    """Relative populations of streets, where a district has them."""
    return {row[0]: float(row[-1]) for row in _rows(path)} if path.exists() else {}
