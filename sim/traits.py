"""What a resident is, in words: the coded columns of a population, one person at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.arrangements import MEMBER_CLASSES
from sim.population import FRAILTY_CLASSES, Population

AGE_BANDS = ("child", "adult", "elder")  # 0-14, 15-59, 60 and over


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What does not change during a run. ``community`` and ``grid`` are rows; ``number`` counts within the community.

    ``frailty``: class 0 (fewest needs) to 7. ``member_class``: one of MEMBER_CLASSES, "none" for others.
    ``registered``: on the volunteers' list.
    """

    community: int
    number: int
    grid: int
    age_band: str
    hardship: bool
    floating: bool
    frailty: int
    member_class: str
    registered: bool


def traits_of(population: Population, row: int) -> Traits:
    """The traits of the resident in a row of the population. Raises ``IndexError`` beyond its end."""
    segment, frailty = divmod(int(population.risk[row]), FRAILTY_CLASSES)
    community = int(np.searchsorted(population.first, row, side="right")) - 1
    return Traits(
        community=community,
        number=row - int(population.first[community]),
        grid=int(population.grid[row]),
        age_band=AGE_BANDS[segment // 4],
        hardship=bool(segment // 2 % 2),
        floating=bool(segment % 2),
        frailty=frailty,
        member_class=MEMBER_CLASSES[population.member[row]],
        registered=bool(population.registered[row]),
    )
