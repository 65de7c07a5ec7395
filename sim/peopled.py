"""Communities and grids of the readable engine: the same month as the compiled one, asked of resident after resident.

The order of residents never matters, for luck is keyed by person and the queue has an order of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim import resident_rules as rules
from sim.agents import Community, Grid
from sim.outcome import FLOW, GRID_FLOWS, WAIT_BINS
from sim.resident_rules import Circumstances, Effort, Means, Stage
from sim.residents import Resident

if TYPE_CHECKING:
    from sim.model import Neighbourhood

_GRID_FLOW = {"needs": "needs", "prevented": "met", "solved": "met", "escalated": "escalated"}


class PeopledCommunity(Community):
    """A community whose residents are agents: it asks each in turn, keeps the queue and counts what happens."""

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model, row)
        here = slice(*model.population.first[row : row + 2].tolist())
        self.engagement, self.residents = model.engagement[here], model.everyone[here]

    def step(self) -> None:
        """Needs, voicing and routing, service, escalation and satisfaction, in that order."""
        here = self.circumstances()
        for resident in self.residents:
            self.count(resident, resident.arise(here))
        for resident in self.residents:
            flows = resident.speak(here)
            self.count(resident, flows)
            if "voiced" in flows:
                self.add(minutes_asked=here.efforts[resident.category].minutes)
        self.serve(here)
        for resident in self.residents:
            self.count(resident, resident.wait(here))
            resident.calm(here)
        self.add(satisfaction=sum(resident.satisfaction for resident in self.residents))

    def queue(self, here: Circumstances) -> list[Resident]:
        """Who waits for service, in the order of service."""
        waiting = [resident for resident in self.residents if resident.stage is Stage.QUEUED]
        return sorted(waiting, key=lambda resident: resident.place_in_queue(here.efforts[resident.category]))

    def serve(self, here: Circumstances) -> None:
        """Serve the queue in order while minutes last. The last matter may overdraw them, and the debt is carried.

        Whoever needs more cash or room than is left is passed over, keeps the place, and those behind may be served.
        """
        budget = self.model.now.budget[self.row]
        left = Means(*budget.tolist())
        for resident in self.queue(here):
            if left.minutes <= 0:
                break
            effort = here.efforts[resident.category]
            if left.afford(effort):
                left = left.after(effort)
                self.close(resident, effort, here)
        budget[:] = left

    def close(self, resident: Resident, effort: Effort, here: Circumstances) -> None:
        """Serve one matter, and write down what it took, how long it waited and how satisfied the resident is with it."""
        flows = resident.receive_service(here)
        self.count(resident, flows)
        late = rules.months_late(effort, resident.waited)
        self.add(minutes_used=effort.minutes, fen_matters=effort.fen, room_minutes_used=effort.room_minutes,
                 wait_months=resident.waited,
                 case_satisfaction=rules.case_satisfaction(here, late, solved="solved" in flows))  # fmt: skip
        self.model.wait_tally[self.row, min(resident.waited, WAIT_BINS - 1)] += 1

    def count(self, resident: Resident, flows: tuple[str, ...]) -> None:
        """Count once each flow that a resident made true; its grid counts needs, those met, and escalations."""
        for flow in flows:
            self.add(**{flow: 1})
            if flow in _GRID_FLOW:
                self.model.grid_tally[resident.grid, GRID_FLOWS.index(_GRID_FLOW[flow])] += 1

    def add(self, **amounts: int) -> None:
        """Add amounts to the community's flows of the month."""
        for flow, amount in amounts.items():
            self.model.now.row[self.row, FLOW[flow]] += amount

    def circumstances(self) -> Circumstances:
        """The month's chances and limits here, as plain whole numbers."""
        model, month, limits, row = self.model, self.model.now, self.model.limits, self.row
        case_least, case_late = limits.case.tolist()
        rise, fall, drift, level = limits.change.tolist()
        return Circumstances(
            need=month.need_thresholds[row].tolist(), kinds=model.needs.categories.tolist(),
            voicing=month.voicing[row].tolist(), routed=limits.routed[row].tolist(),
            efforts=[Effort(*line) for line in model.category_table.tolist()],
            prevented=int(month.prevented[row]), lapse=int(limits.lapse), returned=int(limits.returned),
            solves=int(month.solves[row]), escalates=int(limits.escalates),
            case_least=case_least, case_late=case_late, rise=rise, fall=fall, drift=drift, level=level,
        )  # fmt: skip

    def write_down(self) -> None:
        """Copy what the residents are into the model's columns, which carry over to the next state."""
        self.status[:] = [resident.stage for resident in self.residents]
        self.category[:] = [resident.category for resident in self.residents]
        self.waited[:] = [resident.waited for resident in self.residents]
        self.satisfaction[:] = [resident.satisfaction for resident in self.residents]
        self.engagement[:] = [resident.engagement for resident in self.residents]


class PeopledGrid(Grid):
    """A grid whose residents are agents: its warden's month, person by person."""

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model, row)
        self.residents = model.everyone[slice(*model.population.grid_first[row : row + 2].tolist())]

    def step(self) -> None:
        """Ask every resident in proportion to the month's contact per household; sum engagement for the community."""
        asked = int(self.model.now.asked[self.community])
        self.model.engaged[self.community] += np.int64(sum(resident.take_part(asked) for resident in self.residents))
