"""Which mechanisms matter and which interact: a Morris screening of the catalogue on a sample of Huancui.

Run ``make screening``; the figures go to docs/screening.md and docs/screening.svg.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import Executor
from pathlib import Path
from time import perf_counter

from benchmarks.screening_document import Screening, page
from benchmarks.screening_effects import design, elementary_effects, luck, summarised
from benchmarks.screening_picture import draw
from jiceng.ranking.arms import everything
from jiceng.screening import SEEN, Screen, look
from jiceng.study import workers_pool
from scenarios.mechanisms import CATALOGUE
from scenarios.tables import Reals

SCENARIO, BASE = "equal-split", ("service_fund",)
COMMUNITIES, TRAJECTORIES, LUCKY = 48, 8, 1  # of the trajectories so many are walked again under another luck
SEED = 20261122
DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    """Measure, print, and write the page and its picture."""
    began = perf_counter()
    screen = Screen(SCENARIO, everything(BASE), communities=COMMUNITIES, seed=SEED)
    points = design(screen.mechanisms, TRAJECTORIES, SEED)
    with workers_pool(os.cpu_count() or 1) as executor:
        values, again = measured(screen, points, executor)
    found = screening(screen, points, values, again, (perf_counter() - began) / 60)
    draw(found, DOCS / "screening.svg")
    (DOCS / "screening.md").write_text(page(found), encoding="utf-8")
    print(page(found))


def measured(screen: Screen, points: Reals, executor: Executor) -> tuple[Reals, Reals]:
    """What is seen at every point, and under another luck at the points of the first trajectories."""
    repeated = points[: LUCKY * (len(screen.mechanisms) + 1)]

    def tell(stage: str, done: int, total: int) -> None:
        if done % 20 == 0 or done == total:
            print(f"{stage} {done}/{total}", file=sys.stderr)

    return (look(screen, points, executor=executor, progress=tell),
            look(screen, repeated, replication=1, executor=executor, progress=tell))  # fmt: skip


def screening(screen: Screen, points: Reals, values: Reals, again: Reals, minutes: float) -> Screening:
    """The effects by metric, and what luck alone does to one of them."""
    names = screen.mechanisms
    effects = [elementary_effects(names, points, values[:, metric]) for metric in range(len(SEEN))]
    others = [elementary_effects(names, points[: len(again)], again[:, metric]) for metric in range(len(SEEN))]
    trajectories, runs = len(effects[0]), len(values) + len(again)
    return Screening(
        effects={metric: summarised(names, found, SEED) for metric, found in zip(SEEN, effects, strict=True)},
        luck={metric: luck(mine[: len(other)], other) for metric, mine, other in zip(SEEN, effects, others, strict=True)},
        trajectories=trajectories,
        left_out=tuple(name for name in CATALOGUE if name not in names),
        ran_on=f"{screen.communities} of Huancui's 218 communities, every resident of them, {screen.months} months after a "
        f"warm-up year, {len(names)} mechanisms, {runs} runs in {minutes:.0f} minutes; people are synthetic",
    )  # fmt: skip


if __name__ == "__main__":
    main()
