"""Write the synthetic tables of a shipped district again: ``python -m scenarios.build_command huancui``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from scenarios.build_files import DATA, default_seed, shipped_districts, write_tables
from scenarios.builder import rebuild


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the district with its default seed, or another, and write its tables."""
    parser = argparse.ArgumentParser(prog="python -m scenarios.build_command", description=__doc__)
    parser.add_argument("district", choices=shipped_districts(), help="name of the district")
    parser.add_argument("--seed", type=int, help="seed of the synthetic part (default: the one of district.yaml)")
    parser.add_argument("--folder", type=Path, help="where to write (default: the district's own folder)")
    chosen = parser.parse_args(arguments)
    seed = default_seed(chosen.district) if chosen.seed is None else chosen.seed
    folder = chosen.folder or DATA / chosen.district
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(rebuild(chosen.district, seed), folder)


if __name__ == "__main__":
    main()
