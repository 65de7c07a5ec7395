"""Communities of the readable engine: the same month as the compiled one, asked of resident after resident.

The order of residents never matters, for luck is keyed by person and the queue has an order of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import resident_rules as rules
from sim.agents import Community
from sim.outcome import FLOW, GRID_FLOWS, WAIT_BINS
from sim.resident_rules import OUTSIDE, Circumstances, Effort, Means, Stage
from sim.residents import Resident

if TYPE_CHECKING:
    from sim.model import Neighbourhood

_GRID_FLOW = {"needs": "needs", "prevented": "met", "solved": "met", "escalated": "escalated"}


class PeopledCommunity(Community):
    """A community whose residents are agents: it asks each in turn, keeps the queue and counts what happens."""

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model, row)
        self.residents = model.everyone[self.here]

    def step(self) -> None:
        """Needs, voicing and routing, service, escalation, satisfaction and participation, in that order."""
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
            flows = resident.wait(here)
            self.count(resident, flows)
            if "queued" in flows:
                self.add(minutes_waiting=here.efforts[resident.category].minutes)
            resident.calm(here)
        self.take_part(here)
        self.add(satisfaction=sum(resident.satisfaction for resident in self.residents))
        self.write_down()

    def queue(self, here: Circumstances) -> list[Resident]:
        """Who waits for service, in the order of service."""
        waiting = [resident for resident in self.residents if resident.stage is Stage.QUEUED]
        return sorted(waiting, key=lambda resident: resident.place_in_queue(here))

    def serve(self, here: Circumstances) -> None:
        """Serve the queue in order while minutes last. The last matter may overdraw them or rooms; the debt is carried.

        Whoever needs more cash than is left, or a room when none is, is passed over, keeps the place, and those behind may be served.
        Wishes of residents in hardship that members claim cost the community nothing.
        """
        budget = self.model.now.budget[self.row]
        left = Means(*budget.tolist())
        for resident in self.queue(here):
            effort = here.efforts[resident.category]
            if left.wishes > 0 and resident.care != OUTSIDE:
                left = left.after_wish()
                self.add(wishes=1)
                self.close(resident, effort, here)
            elif left.minutes > 0 and left.afford(effort):
                left = left.after(effort)
                self.add(minutes_used=effort.minutes, fen_matters=effort.fen, room_minutes_used=effort.room_minutes)
                self.close(resident, effort, here)
        budget[:] = left

    def close(self, resident: Resident, effort: Effort, here: Circumstances) -> None:
        """Serve one matter, and write down how long it waited and how satisfied the resident is with it."""
        flows = resident.receive_service(here)
        self.count(resident, flows)
        late = rules.months_late(effort, resident.waited)
        self.add(wait_months=resident.waited,
                 case_satisfaction=rules.case_satisfaction(here, late, solved="solved" in flows))  # fmt: skip
        self.model.wait_tally[self.row, min(resident.waited, WAIT_BINS - 1)] += 1

    def take_part(self, here: Circumstances) -> None:
        """Everyone may be asked to take part; each grid sums up who does."""
        month, model = self.model.now, self.model
        model.grid_engaged[self.grids] = 0
        for resident in self.residents:
            asked = resident.take_part(here, int(month.asked[resident.grid]))
            model.grid_engaged[resident.grid] += resident.engagement
            self.add(asked=int(asked), engagement=resident.engagement)

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
        month, limits, row = self.model.now, self.model.limits, self.row
        case_least, case_late = limits.case.tolist()
        rise, fall, drift, level = limits.change.tolist()
        minutes = limits.minutes[row].tolist()
        return Circumstances(
            luck=tuple(month.luck), need=month.chances[row].tolist(), kinds=limits.kinds.tolist(),
            voicing=month.voicing[row].tolist(), routed=limits.routed[row].tolist(),
            efforts=[Effort(priority, minutes[k], *rest) for k, (priority, *rest) in enumerate(limits.categories.tolist())],
            prevented=month.prevented[row].tolist(), lapse=int(limits.lapse), returned=month.returned[row].tolist(),
            solves=int(month.solves[row]), escalates=int(limits.escalates),
            case_least=case_least, case_late=case_late, rise=rise, fall=fall, drift=drift, level=level,
            cheers=limits.cheers.tolist(), invited=limits.invited.tolist(),
            gain=limits.gain, decays=int(limits.decays[row]), keeps=limits.keeps,
        )  # fmt: skip

    def write_down(self) -> None:
        """Copy what the residents are into the model's columns, which carry over to the next state."""
        model, here = self.model, self.here
        model.status[here] = [resident.stage for resident in self.residents]
        model.category[here] = [resident.category for resident in self.residents]
        model.waited[here] = [resident.waited for resident in self.residents]
        model.satisfaction[here] = [resident.satisfaction for resident in self.residents]
        model.engagement[here] = [resident.engagement for resident in self.residents]
