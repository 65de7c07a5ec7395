"""The bytes of every file that a run read, for its birth certificate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scenarios.scenario_files import district_folder
from scenarios.schema import Scenario


def input_bytes(scenarios: Sequence[Scenario], plans: Sequence[Path] = ()) -> dict[str, bytes]:
    """Contents by name: the scenario files with their parents, the tables of their districts, and plans read from files."""
    found = {f"plans/{file.name}": file.read_bytes() for file in plans}
    for scenario in scenarios:
        for file in sorted({origin.rpartition(":")[0] for origin in scenario.origins.values()}):
            found[f"scenarios/{Path(file).name}"] = Path(file).read_bytes()
        folder = district_folder(scenario.district, scenario.folder)
        for file_ in sorted(folder.iterdir()):
            if file_.suffix in (".csv", ".yaml"):
                found[f"data/{folder.name}/{file_.name}"] = file_.read_bytes()
    return found
