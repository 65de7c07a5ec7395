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

if TYPE_CHECKING:
    from sim.model import Neighbourhood


class Community(mesa.Agent):
    """A residents' committee or village: its step runs the month's rules on its own slice of the residents."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.residents = slice(*model.population.first[row : row + 2].tolist())

    def step(self) -> None:
        """Needs, voicing and routing, service, escalation and satisfaction, in that order."""
        model, month, here, row = self.model, self.model.now, self.residents, self.row
        place, luck = model.population.place[row], model.luck
        grid, tally, line = model.population.grid[here], model.grid_tally, month.row[row]
        status, category, waited = model.status[here], model.category[here], model.waited[here]
        satisfaction = model.satisfaction[here]
        kernels.arise(place, luck.need, *luck.run, model.population.risk[here], month.need_thresholds[row],
                      month.prevented[row], model.needs.categories, status, category, waited, grid, tally,
                      model.scratch[here], line)  # fmt: skip
        kernels.voice(place, luck.matter, *luck.run, month.voicing[row], model.limits.lapse, model.limits.routed[row],
                      model.limits.returned, model.category_table[:, 1], status, category, line)  # fmt: skip
        kernels.serve(place, luck.service, *luck.run, month.solves[row], model.category_table, month.budget[row], status,
                      category, waited, satisfaction, grid, tally, model.limits.case, model.limits.change,
                      model.wait_tally[row], line)  # fmt: skip
        kernels.age(place, luck.service, *luck.run, model.limits.escalates, model.category_table, status, category,
                    waited, satisfaction, model.limits.change, grid, tally, line)  # fmt: skip


class Grid(mesa.Agent):
    """A grid: residents who see their warden are asked to take part; engagement fades otherwise."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model)
        self.community = int(model.population.grid_community[row])
        self.residents = slice(*model.population.grid_first[row : row + 2].tolist())

    def step(self) -> None:
        """Ask in proportion to the month's contact per household; sum engagement for the community."""
        model, here = self.model, self.residents
        model.engaged[self.community] += kernels.participate(
            model.now.asked[self.community], model.limits.decays, model.limits.keeps, model.population.adult[here],
            model.satisfaction[here], model.engagement[here])  # fmt: skip


class ResidentUnit(mesa.Agent):
    """A school, firm, clinic, bank or agency: gives hours to communities in reach while cooperation pays."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int, reached: Integers) -> None:
        super().__init__(model)
        self.row, self.reached = row, reached
        self.minutes = float(model.district.units.hours_month[row]) * rules.MINUTES

    def give(self) -> None:
        """Give this month's hours at today's cooperation."""
        self.model.unit_minutes[self.row] = int(self.minutes * int(self.model.cooperation[self.row])) >> 16

    def step(self) -> None:
        """Cooperate more or less after what came back from the communities in reach."""
        if not len(self.reached):
            return
        model = self.model
        response = int(model.responsiveness[self.reached].sum()) // len(self.reached)
        model.cooperation[self.row] = rules.cooperation(
            int(model.cooperation[self.row]), response=response, rates=model.district.rates
        )


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

    def step(self) -> None:
        """Pay the month's tranche of what this purse owes to its communities."""
        model, year = self.model, self.model.current_year
        for flow in year.money.flows:
            if flow.payer != self.tier or flow.programme != "service":
                continue
            due = rules.tranche(flow.fen[self.rows], model.month_of_year)
            if flow.role == "grant":  # pays what the ordered parts leave, so who pays never shifts a month by a fen
                ordered = funding.sum_flows(year.money.flows, role="mandated")[self.rows]
                due = rules.tranche(flow.fen[self.rows] + ordered, model.month_of_year)
                due -= rules.tranche(ordered, model.month_of_year)
            self.paid_fen += int(due.sum())
            line = model.now.row
            line[self.rows, FLOW[f"fen_{self.tier}"]] += due
            line[self.rows, FLOW[{"grant": "fen_granted", "match": "fen_match", "mandated": "fen_mandated",
                                  "own": "fen_own"}[flow.role]]] += due  # fmt: skip
            model.paid[self.rows] += due
