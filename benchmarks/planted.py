"""What a planted bug is: an exact replacement in our own sources, and the fast tests that must notice."""

from __future__ import annotations

from dataclasses import dataclass

MODEL = ("tests/test_sim_relations.py", "tests/test_sim_run.py")


@dataclass(frozen=True)
class PlantedBug:
    """One mistake: the text ``right`` of a file, found there exactly once, becomes ``wrong``."""

    name: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...] = MODEL
