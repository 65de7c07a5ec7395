"""Residents as Mesa agents, one a person: the readable engine, for districts of a few thousand residents.

Each month a resident arises, speaks, may be served, waits and takes part, in that order; the community and the grid say
when. Every method gives back the FLOWS that it makes true of this resident, once each, for the community to count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from sim import chance
from sim import resident_rules as rules
from sim.resident_rules import Circumstances, Effort, Stage
from sim.traits import Traits, traits_of

if TYPE_CHECKING:
    from sim.model import Neighbourhood

Flows = tuple[str, ...]


class Resident(mesa.Agent):
    """One resident: traits that stay, at most one open matter, satisfaction and engagement (of SCALE).

    ``category`` and ``waited`` (months) belong to the open matter, or to the last one while ``stage`` is free.
    """

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int, traits: Traits) -> None:
        super().__init__(model)
        self.row, self.number, self.community, self.grid = row, traits.number, traits.community, traits.grid
        self.age_band, self.hardship, self.floating = traits.age_band, traits.hardship, traits.floating
        self.frailty, self.registered, self.member_class = traits.frailty, traits.registered, traits.member_class
        self.risk = int(model.population.risk[row])
        self.stage, self.category = Stage(model.status[row]), int(model.category[row])
        self.waited = int(model.waited[row])
        self.satisfaction, self.engagement = int(model.satisfaction[row]), int(model.engagement[row])

    def draws(self, event: np.uint64) -> tuple[int, int, int, int]:
        """Four numbers of 0 to 2^32 - 1: luck keyed by who, where, when, what for, and the run; never by order."""
        place = self.model.population.place[self.community]
        first, second, third, fourth = chance.philox(np.uint64(self.number), place, event, *self.model.luck.run)
        return int(first), int(second), int(third), int(fourth)

    def arise(self, here: Circumstances) -> Flows:
        """A need arises by the chance of this resident's risk class; it is prevented, blocked or opens a matter.

        A new matter is of a category by the district's shares, not voiced yet, and has waited 0 months.
        """
        first, second, _, _ = self.draws(self.model.luck.need)
        fate = rules.fate_of_need(first, here.need[self.risk], here.prevented, free=self.stage is Stage.FREE)
        if fate == "opened":
            self.stage, self.category, self.waited = Stage.UNVOICED, rules.category_of(second, here.kinds), 0
        return ("needs", fate) if fate else ()

    def speak(self, here: Circumstances) -> Flows:
        """An unvoiced matter is voiced, or else lapses, by chance; a voiced one goes to a higher tier or to the queue.

        A matter that is with a higher tier since an earlier month comes back to the queue by chance.
        """
        if self.stage not in (Stage.UNVOICED, Stage.ROUTING):
            return ()
        says, forgets, goes, returns = self.draws(self.model.luck.matter)
        if self.stage is Stage.ROUTING:
            self.stage = Stage.QUEUED if returns < here.returned else Stage.ROUTING
            return ()
        if says < here.voicing[self.category]:
            routed = goes < here.routed[self.category]
            self.stage = Stage.ROUTING if routed else Stage.QUEUED
            return ("voiced", "routed") if routed else ("voiced",)
        if forgets < here.lapse:
            self.stage = Stage.FREE
            return ("lapsed",)
        return ()

    def place_in_queue(self, effort: Effort) -> tuple[int, int, int, int]:
        """Where this resident stands among those who queue; smaller is earlier."""
        tie, _, _, _ = self.draws(self.model.luck.service)
        return rules.place_in_queue(effort, self.waited, tie, self.number)

    def receive_service(self, here: Circumstances) -> Flows:
        """The matter is closed: solved by the community's chance, which pleases, or not, which disappoints."""
        _, solving, _, _ = self.draws(self.model.luck.service)
        late = rules.months_late(here.efforts[self.category], self.waited)
        self.stage = Stage.FREE
        if solving >= here.solves:
            self.satisfaction = rules.lowered(self.satisfaction, here.fall)
            return "served", "unsolved"
        self.satisfaction = rules.raised(self.satisfaction, here.rise)
        return ("served", "solved") if late else ("served", "solved", "in_time")

    def wait(self, here: Circumstances) -> Flows:
        """Whoever still has a matter at the end of a month is less satisfied; a voiced one grows a month older.

        Voiced matters past their deadline escalate by chance instead: they leave the community, at a further loss of
        satisfaction as large as the gain from good service. Matters nobody voiced have no deadline and do not age.
        """
        if self.stage is Stage.FREE:
            return ()
        self.satisfaction = rules.lowered(self.satisfaction, here.fall)
        if self.stage is Stage.UNVOICED:
            return ("unvoiced",)
        past = rules.months_late(here.efforts[self.category], self.waited) > 0
        if past and self.draws(self.model.luck.service)[2] < here.escalates:
            self.satisfaction = rules.lowered(self.satisfaction, here.rise)
            self.stage = Stage.FREE
            return ("escalated",)
        self.waited = min(self.waited + 1, 255)
        return ("routing",) if self.stage is Stage.ROUTING else ("queued",)

    def calm(self, here: Circumstances) -> None:
        """Satisfaction drifts back toward its usual level."""
        self.satisfaction = rules.drifted(self.satisfaction, here)

    def take_part(self, asked: int) -> int:
        """Engagement after a month in which a share ``asked`` was asked to take part; children have none."""
        limits = self.model.limits
        if self.age_band == "child":
            self.engagement = 0
        else:
            self.engagement = rules.engagement(self.engagement, satisfaction=self.satisfaction, asked=asked,
                                               decays=limits.decays, keeps=limits.keeps)  # fmt: skip
        return self.engagement


class PartyMember(Resident):
    """A resident with a member class. What members give is part of their community's hours, see ``sim.rules``."""


def make_residents(model: Neighbourhood) -> list[Resident]:
    """One agent for every row of the model's population, in its order."""
    population = model.population
    return [
        (PartyMember if population.member[row] else Resident)(model, row, traits_of(population, row))
        for row in range(len(population))
    ]
