"""Published instances end at their published optimum, proven.

The folder named by the environment variable JICENG_INSTANCES holds KNOWN_OPTIMA.csv, with the columns model, file,
options and optimum, and the files it names: for instance from the OR-Library (J. E. Beasley) and spopt's test data.
"""

import csv
import os
import shlex
from pathlib import Path

import pytest

from optimize.location import Asked, solve
from optimize.plan import Limits, Status

FOLDER = os.environ.get("JICENG_INSTANCES")
DIGITS = 5e-4  # the published optima have three decimals


def published():
    if FOLDER is None:
        return []
    with (Path(FOLDER) / "KNOWN_OPTIMA.csv").open(encoding="utf-8-sig", newline="") as file:
        return [pytest.param(row, id=f"{row['model']} {Path(row['file']).name}") for row in csv.DictReader(file)]


@pytest.mark.slow
@pytest.mark.skipif(FOLDER is None, reason="JICENG_INSTANCES names no folder with KNOWN_OPTIMA.csv")
@pytest.mark.parametrize("row", published())
def test_the_published_optimum_is_found_and_proven(row):
    """Status optimal, gap zero, and the optimum to its last published digit."""
    words = shlex.split(row["options"])
    options = dict(zip((word.removeprefix("--") for word in words[::2]), words[1::2], strict=True))
    asked = Asked(
        path=Path(FOLDER) / row["file"],
        facilities=int(options["facilities"]) if "facilities" in options else None,
        radius=float(options["radius"]) if "radius" in options else None,
        demand=Path(FOLDER) / options["demand"] if "demand" in options else None,
    )
    found = solve(row["model"], asked, Limits(time_limit_s=120, gap=0.0)).located
    assert (found.status, found.gap) == (Status.OPTIMAL, 0.0)
    assert found.objective == pytest.approx(float(row["optimum"]), rel=1e-9, abs=DIGITS)
