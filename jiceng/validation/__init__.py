"""Does the model reproduce the patterns it claims? Experiments beside targets; nothing is fitted by them.

``python -m jiceng.validation`` (or ``make validate``) runs them all and writes a page and docs/validation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from time import perf_counter

from jiceng.progress import Progress, silent
from jiceng.validation import asking, equifinality, levers, money, people, place, quality, response, routing
from jiceng.validation.calibrated import CALIBRATED_TEXT
from jiceng.validation.pattern import Pattern, Reading, reported
from jiceng.validation.worlds import World, world
from results.validation import ValidationReport

PATTERNS: tuple[Pattern, ...] = (
    *response.PATTERNS,
    *money.PATTERNS,
    *asking.PATTERNS,
    *people.PATTERNS,
    *quality.PATTERNS,
    *routing.PATTERNS,
    *place.PATTERNS,
    *levers.PATTERNS,
    *equifinality.PATTERNS,
)
SEEDS = (20261122, 1, 2, 3, 4, 5)
CONFIDENCE = 0.95


def readings(place: World) -> dict[str, Reading]:
    """Every pattern's readings in one world, timed."""
    return {pattern.id: _timed(pattern, place) for pattern in PATTERNS}


def _timed(pattern: Pattern, place: World) -> Reading:
    begun = perf_counter()
    return replace(pattern.experiment(place), seconds=perf_counter() - begun)


def _readings_of(seed: int) -> dict[str, Reading]:
    return readings(world(seed))


def validate(seeds: Sequence[int] = SEEDS, *, executor: Executor, progress: Progress = silent) -> ValidationReport:
    """Run every experiment in a world for each seed, side by side. Raises what a run raises when it fails."""
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
        calibrated=CALIBRATED_TEXT,
    )
