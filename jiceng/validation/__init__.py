"""Does the model reproduce the patterns it claims? Experiments beside targets; nothing is fitted.

``python -m jiceng.validation`` (or ``make validate``) runs them all and writes a page and docs/validation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from jiceng.progress import Progress, silent
from jiceng.validation import levers, money, people, place, response
from jiceng.validation.pattern import Pattern, Reading, reported
from jiceng.validation.worlds import World, world
from results.validation import ValidationReport

PATTERNS: tuple[Pattern, ...] = (
    *response.PATTERNS,
    *money.PATTERNS,
    *people.PATTERNS,
    *place.PATTERNS,
    *levers.PATTERNS,
)
SEEDS = (20261122, 1, 2, 3, 4, 5)
CONFIDENCE = 0.95


def readings(place: World) -> dict[str, Reading]:
    """Every pattern's readings in one world."""
    return {pattern.id: pattern.experiment(place) for pattern in PATTERNS}


def _readings_of(seed: int) -> dict[str, Reading]:
    return readings(world(seed))


def validate(seeds: Sequence[int] = SEEDS, *, executor: Executor, progress: Progress = silent) -> ValidationReport:
    """Run every experiment in a world for each seed, side by side. Raises ``RuntimeError`` when a run fails."""
    jobs = [executor.submit(_readings_of, seed) for seed in seeds]
    found = []
    for job in jobs:
        found.append(job.result())
        progress("simulate", len(found), len(seeds))
    return report(found, world(seeds[0]), tuple(seeds))


def report(found: Sequence[dict[str, Reading]], example: World, seeds: tuple[int, ...]) -> ValidationReport:
    """What the readings of all worlds say together; ``example`` is any of the worlds."""
    return ValidationReport(
        patterns=tuple(reported(pattern, [one[pattern.id] for one in found], CONFIDENCE) for pattern in PATTERNS),
        district=example.district.name,
        communities=len(example.district.communities),
        residents=int(example.district.communities.population.sum()),
        seeds=seeds,
        confidence=CONFIDENCE,
    )
