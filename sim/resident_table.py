"""Residents as a table to look into: each row in words, whichever engine runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scenarios.district import District
from sim.outcome import SCALE
from sim.population import Population
from sim.resident_rules import Stage
from sim.traits import Traits, traits_of

_STAGES = {Stage.FREE: "none", Stage.UNVOICED: "unvoiced", Stage.QUEUED: "queued", Stage.AT_STREET: "with the street",
           Stage.AT_DISTRICT: "with the district", Stage.AT_CITY: "with the city"}  # fmt: skip


class Columns(Protocol):
    """Where the columns live: a state, or a model between two months."""

    @property
    def district(self) -> District:
        """The tables of places."""

    @property
    def population(self) -> Population:
        """Traits."""

    @property
    def status(self) -> NDArray[np.uint8]:
        """Stage of the open matter."""

    @property
    def category(self) -> NDArray[np.uint8]:
        """Category of the open matter."""

    @property
    def waited(self) -> NDArray[np.uint8]:
        """Months since it was voiced."""

    @property
    def satisfaction(self) -> NDArray[np.int32]:
        """Of SCALE."""

    @property
    def engagement(self) -> NDArray[np.int32]:
        """Of SCALE."""


@dataclass(frozen=True, kw_only=True)
class ResidentRow(Traits):
    """One resident in words, a copy: traits, the open matter ("none" without one), and how it feels (0 to 1).

    ``place``: code of the community. ``matter``: name of its category. ``stage``: none, unvoiced, queued, or
    with the street, the district or the city. ``waited``: months since it was voiced.
    """

    place: str
    matter: str
    stage: str
    waited: int
    satisfaction: float
    engagement: float

    def __str__(self) -> str:
        hardship, floating = "in hardship" * self.hardship, "floating" * self.floating
        member = f"party member ({self.member_class})" * (self.member_class != "none")
        who = ", ".join(filter(None, [self.age_band, hardship, floating, member, "volunteer" * self.registered]))
        matter = f"{self.matter}, {self.stage}, {self.waited} months" if self.stage != "none" else "no open matter"
        return (f"resident {self.number} of {self.place}, grid {self.grid}: {who}; {matter}; "
                f"satisfaction {self.satisfaction:.2f}, engagement {self.engagement:.2f}")  # fmt: skip


class Residents:
    """All residents, in the order of communities and grids. Indexing gives one in words; columns stay as they are."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns.population)

    def __iter__(self) -> Iterator[ResidentRow]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: int) -> ResidentRow:
        if not -len(self) <= row < len(self):
            raise IndexError(f"resident {row} of {len(self)}")
        here, row = self._columns, row % len(self)
        traits, stage = traits_of(here.population, row), Stage(here.status[row])
        waits = stage is not Stage.FREE
        return ResidentRow(
            **asdict(traits), place=here.district.communities.code[traits.community],
            matter=here.district.categories[here.category[row]].name.en if waits else "none",
            stage=_STAGES[stage], waited=int(here.waited[row]) if waits else 0,
            satisfaction=int(here.satisfaction[row]) / SCALE, engagement=int(here.engagement[row]) / SCALE,
        )  # fmt: skip
