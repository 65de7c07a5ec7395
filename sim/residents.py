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
from sim.population import FRAILTY_CLASSES
from sim.resident_rules import Circumstances, Stage
from sim.traits import Traits, traits_of

if TYPE_CHECKING:
    from sim.model import Neighbourhood

Flows = tuple[str, ...]
NEEDS, MATTERS, SERVICE, KIND = 0, 1, 2, 6  # where the month's luck has the word of an event


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
        self.risk, self.care = int(model.population.risk[row]), int(model.population.care[row])
        self.stage, self.category = Stage(model.status[row]), int(model.category[row])
        self.waited = int(model.waited[row])
        self.satisfaction, self.engagement = int(model.satisfaction[row]), int(model.engagement[row])

    def draws(self, here: Circumstances, event: int) -> tuple[int, int, int, int]:
        """Four numbers of 0 to 2^32 - 1: luck keyed by who, where, when, what for, and the run; never by order."""
        place = self.model.population.place[self.community]
        first, second, third, fourth = chance.philox(np.uint64(self.number), place, here.luck[event], *here.luck[3:6])
        return int(first), int(second), int(third), int(fourth)

    def month_words(self, here: Circumstances) -> tuple[int, int]:
        """The draws for a need and for being asked to take part."""
        place = self.model.population.place[self.community]
        return chance.month_words(self.number, place, here.luck[NEEDS], here.luck[3], here.luck[4:6])

    def arise(self, here: Circumstances) -> Flows:
        """A need arises by the chance of this resident's risk class; it is prevented, blocked or opens a matter.

        A new matter is of a category by the shares of people like this one, not voiced yet, and has waited 0 months.
        """
        first, _ = self.month_words(here)
        avoided = here.prevented[self.care]
        fate = rules.fate_of_need(first, here.need[self.risk], avoided, free=self.stage is Stage.FREE)
        if fate == "opened":
            kinds = here.kinds[self.risk // FRAILTY_CLASSES]
            which, _, _, _ = self.draws(here, KIND)
            self.stage, self.category, self.waited = Stage.UNVOICED, rules.category_of(which, kinds), 0
        return ("needs", fate) if fate else ()

    def speak(self, here: Circumstances) -> Flows:
        """An unvoiced matter is voiced, or else lapses, by chance; a voiced one goes to a higher tier or to the queue.

        A matter that is with a higher tier since an earlier month comes back to the queue by chance.
        """
        if self.stage in (Stage.FREE, Stage.QUEUED):
            return ()
        says, forgets, goes, returns = self.draws(here, MATTERS)
        if self.stage.is_above:
            overdue = rules.months_late(here.efforts[self.category], self.waited) > 0
            if returns < here.returned[self.stage - Stage.AT_STREET][overdue]:
                self.stage = Stage.QUEUED
            return ()
        if says < here.voicing[self.category]:
            self.stage = rules.destination(goes, here.routed[self.category])
            return ("voiced", "routed") if self.stage.is_above else ("voiced",)
        if forgets < here.lapse:
            self.stage = Stage.FREE
            return ("lapsed",)
        return ()

    def place_in_queue(self, here: Circumstances) -> tuple[int, int, int, int]:
        """Where this resident stands among those who queue; smaller is earlier."""
        tie, _, _, _ = self.draws(here, SERVICE)
        return rules.place_in_queue(here.efforts[self.category], self.waited, tie, self.number)

    def receive_service(self, here: Circumstances) -> Flows:
        """The matter is closed: solved by the community's chance, which pleases, or not, which disappoints."""
        _, solving, _, _ = self.draws(here, SERVICE)
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
        if past and self.draws(here, SERVICE)[2] < here.escalates:
            self.satisfaction = rules.lowered(self.satisfaction, here.rise)
            self.stage = Stage.FREE
            return ("escalated",)
        self.waited = min(self.waited + 1, 255)
        return ("routing",) if self.stage.is_above else ("queued",)

    def calm(self, here: Circumstances) -> None:
        """Satisfaction drifts back toward its usual level; a visit of the care fund cheers."""
        self.satisfaction = rules.raised(rules.drifted(self.satisfaction, here), here.cheers[self.care])

    def take_part(self, here: Circumstances, asking: int) -> bool:
        """Engagement after a month in which people were asked with the chance ``asking``; children have none.

        Returns whether this resident was asked. Help with skills adds to the chance.
        """
        if self.age_band == "child":
            self.engagement = 0
            return False
        _, draw = self.month_words(here)
        asked = draw < asking + here.invited[self.care]
        self.engagement = rules.engagement(self.engagement, here, satisfaction=self.satisfaction, asked=asked)
        return asked


class PartyMember(Resident):
    """A resident with a member class. What members give is part of their community's hours, see ``sim.rules``."""


def make_residents(model: Neighbourhood) -> list[Resident]:
    """One agent for every row of the model's population, in its order."""
    population = model.population
    return [
        (PartyMember if population.member[row] else Resident)(model, row, traits_of(population, row))
        for row in range(len(population))
    ]
