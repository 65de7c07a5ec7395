"""The Mesa agents: institutions with behaviour of their own, thin carriers of the pure rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from scenarios import formulas, funding
from scenarios.tables import Integers
from sim import kernels, rules
from sim.outcome import FLOW
from sim.state import PostedOfficial

_COLUMN = {"grant": "fen_granted", "match": "fen_match", "mandated": "fen_mandated", "own": "fen_own"}

if TYPE_CHECKING:
    from sim.model import Neighbourhood


class Community(mesa.Agent):
    """A residents' committee or village: its step runs the month's rules on its own slice of the residents."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model)
        here = slice(*model.population.first[row : row + 2].tolist())
        self.row, self.place = row, model.population.place[row]
        self.risk, self.grid = model.population.risk[here], model.population.grid[here]
        self.status, self.category, self.waited = model.status[here], model.category[here], model.waited[here]
        self.satisfaction, self.scratch = model.satisfaction[here], model.scratch[: here.stop - here.start]

    def step(self) -> None:
        """Needs, voicing and routing, service, escalation and satisfaction, in that order."""
        model, month, row, place = self.model, self.model.now, self.row, self.place
        luck, limits, table, line = model.luck, model.limits, model.category_table, month.row[self.row]
        matters = self.status, self.category, self.waited
        kernels.arise(place, luck.need, *luck.run, self.risk, month.need_thresholds[row], month.prevented[row],
                      model.needs.categories, *matters, self.grid, model.grid_tally, self.scratch, line)  # fmt: skip
        kernels.voice(place, luck.matter, *luck.run, month.voicing[row], limits.lapse, limits.routed[row],
                      limits.returned, table[:, 1], self.status, self.category, line)  # fmt: skip
        kernels.serve(place, luck.service, *luck.run, month.solves[row], table, month.budget[row], *matters,
                      self.satisfaction, self.grid, model.grid_tally, limits.case, limits.change,
                      model.wait_tally[row], line)  # fmt: skip
        kernels.age(place, luck.service, *luck.run, limits.escalates, table, *matters, self.satisfaction, limits.change,
                    self.grid, model.grid_tally, line)  # fmt: skip

    def write_down(self) -> None:
        """Put residents into the model's columns; here they live there."""


class Grid(mesa.Agent):
    """A grid: residents who see their warden are asked to take part; engagement fades otherwise."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model)
        here = slice(*model.population.grid_first[row : row + 2].tolist())
        self.community = int(model.population.grid_community[row])
        self.adult, self.satisfaction = model.population.adult[here], model.satisfaction[here]
        self.engagement = model.engagement[here]

    def step(self) -> None:
        """Ask in proportion to the month's contact per household; sum engagement for the community."""
        model, community = self.model, self.community
        model.engaged[community] += kernels.participate(
            model.now.asked[community], model.limits.decays, model.limits.keeps, self.adult, self.satisfaction,
            self.engagement)  # fmt: skip


class ResidentUnit(mesa.Agent):
    """A school, firm, clinic, bank or agency: gives hours to communities in reach while cooperation pays."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int, reached: Integers) -> None:
        super().__init__(model)
        self.row, self.reached = row, len(reached)
        self.minutes = float(model.district.units.hours_month[row]) * rules.MINUTES

    def give(self) -> None:
        """Give this month's hours at today's cooperation."""
        self.model.unit_minutes[self.row] = int(self.minutes * int(self.model.cooperation[self.row])) >> 16

    def step(self) -> None:
        """Cooperate more or less after what came back from the communities in reach."""
        if not self.reached:
            return
        model, row = self.model, self.row
        response = int(model.unit_response[row]) // self.reached
        model.cooperation[row] = rules.cooperation(int(model.cooperation[row]), response=response, rates=model.rates)


class Official(mesa.Agent):
    """A posted official: raises the quality of one community, slowly at first, and leaves a fading trace."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, posting: PostedOfficial) -> None:
        super().__init__(model)
        self.posting = posting

    def step(self) -> None:
        """Add this month's effect on quality to the community's."""
        post, month = self.posting, self.model.month
        if month < post.start:
            return
        served = min(month + 1, post.end) - post.start
        since = max(month + 1 - post.end, 0)
        strength = formulas.posting_strength(self.model.district.rates, np.array(float(served)), np.array(float(since)))
        effect = self.model.district.rates.posting_effect * post.fit * float(strength)
        self.model.posting_quality[post.community] += int(rules.fixed_point(effect))
        if month < post.end:
            self.model.now.row[post.community, FLOW["postings"]] += 1


class Payer(mesa.Agent):
    """A tier's purse (city, district, or one street, town or village): pays its part of every month's tranche."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, tier: str, rows: Integers) -> None:
        super().__init__(model)
        self.tier, self.rows = tier, rows
        self.paid_fen = 0
        self.owes: list[tuple[str, Integers, Integers]] = []

    def take_on(self, flows: tuple[funding.Flow, ...]) -> None:
        """Note what this purse owes to each of its communities this year, flow by flow.

        A grant pays what the ordered parts leave of the whole, so who pays never shifts a month by a fen.
        """
        ordered = funding.sum_flows(flows, role="mandated")[self.rows]
        mine = [f for f in flows if f.payer == self.tier and f.programme == "service" and f.fen[self.rows].any()]
        self.owes = [(_COLUMN[f.role], f.fen[self.rows], ordered if f.role == "grant" else 0 * ordered) for f in mine]

    def step(self) -> None:
        """Pay the month's tranche of what is owed."""
        model, month = self.model, self.model.month_of_year
        for column, fen, ordered in self.owes:
            due = rules.tranche(fen + ordered, month) - rules.tranche(ordered, month)
            self.paid_fen += int(due.sum())
            model.now.row[self.rows, FLOW[f"fen_{self.tier}"]] += due
            model.now.row[self.rows, FLOW[column]] += due
            model.paid[self.rows] += due
