"""Measures the ranking on Huancui and writes docs/ranking.md: ``python -m jiceng.ranking``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import perf_counter

from jiceng.ranking.document import page
from jiceng.ranking.study import ranked
from jiceng.study import workers_pool
from scenarios.loader import load_scenario

FUTURES = 10
PAGE = Path(__file__).resolve().parents[2] / "docs" / "ranking.md"


def main() -> None:
    """Measure, print, and write the page."""
    began, scenario = perf_counter(), load_scenario("equal-split")
    district = scenario.district_value()
    with workers_pool(os.cpu_count() or 1) as executor:
        ranking = ranked(
            scenario, futures=FUTURES, executor=executor,
            progress=lambda stage, done, total: print(f"{stage} {done}/{total}", file=sys.stderr),
        )  # fmt: skip
    text = page(ranking, place=district.name.en, communities=len(district.communities), futures=FUTURES,
                minutes=(perf_counter() - began) / 60)  # fmt: skip
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
