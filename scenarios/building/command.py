"""Write the synthetic tables of a district: ``python -m scenarios.building.command huancui``.

For a district of your own, make a folder with ``district.yaml``, ``unit_list.csv`` and ``facts.csv`` and give its path.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from scenarios.building.builder import build_district
from scenarios.building.files import UNITS_FILE, default_seed, read_recipe, write_tables
from scenarios.district_files import shipped
from scenarios.problems import ScenarioError


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the district with its own seed, or another, and write its tables; 2 when its files are refused."""
    parser = argparse.ArgumentParser(prog="python -m scenarios.building.command", description=__doc__)
    parser.add_argument("district", help="name of a shipped district, or a folder")
    parser.add_argument("--seed", type=int, help="seed of the synthetic part (default: version in district.yaml)")
    parser.add_argument("--to", type=Path, help="folder to write to (default: the district's own)")
    chosen = parser.parse_args(arguments)
    own = Path(chosen.district)
    try:
        folder = own if (own / UNITS_FILE).exists() else shipped(chosen.district)
        seed = default_seed(folder) if chosen.seed is None else chosen.seed
        write_tables(build_district(read_recipe(folder), seed), chosen.to or folder)
    except ScenarioError as error:
        print(error.render("zh"), error.render("en"), sep="\n", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
