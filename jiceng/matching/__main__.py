"""Measures matched funding on Huancui and Tonghua; writes docs/matching.md and runs/matching/page.html."""

from __future__ import annotations

import os
import sys
from concurrent.futures import Executor
from pathlib import Path
from time import perf_counter

from jiceng.matching.arms import ARMS, scenario_of
from jiceng.matching.counties import region_report
from jiceng.matching.document import page
from jiceng.matching.flip import flip_report
from jiceng.matching.study import HALF_FEN, HALF_WAN, arm_reports, bare_district
from jiceng.study import workers_pool
from results.matching import MatchingReport
from results.matching_page import write_matching_page
from scenarios.funding import own_limit_fen
from scenarios.region_files import load_region

FUTURES, SAMPLE, REGION = 10, 120, "tonghua"
ROOT = Path(__file__).resolve().parents[2]
DOCUMENT, PAGE = ROOT / "docs" / "matching.md", ROOT / "runs" / "matching" / "page.html"


def main() -> None:
    """Measure, print, and write both pages."""
    with workers_pool(os.cpu_count() or 1) as executor:
        report = matching_report(executor)
    text = page(report)
    DOCUMENT.write_text(text, encoding="utf-8")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    write_matching_page(report, PAGE)
    print(text)
    print(PAGE)


def matching_report(executor: Executor | None = None) -> MatchingReport:
    """The whole study."""
    began = perf_counter()
    settings, district = scenario_of(ARMS[0]).simulation, bare_district()
    limit = own_limit_fen(district)
    arms = arm_reports(ARMS, futures=FUTURES, executor=executor, progress=_tell)
    region = region_report(load_region(REGION), sample=SAMPLE, futures=FUTURES, seed=settings.seed, executor=executor,
                           progress=_tell)  # fmt: skip
    flip = flip_report(futures=FUTURES, executor=executor)
    return MatchingReport(
        place=district.name, communities=len(district.communities), short_of_half=int((limit < HALF_FEN).sum()),
        without_money=int((limit == 0).sum()), half_wan=HALF_WAN, futures=FUTURES, months=settings.months, arms=arms, region=region,
        flip=flip, seconds=perf_counter() - began,
    )  # fmt: skip


def _tell(stage: str, done: int, total: int) -> None:
    print(f"{stage} {done}/{total}", file=sys.stderr)


if __name__ == "__main__":
    main()
