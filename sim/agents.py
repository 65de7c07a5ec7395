"""The Mesa agents: institutions with behaviour of their own, thin carriers of the pure rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from scenarios import formulas, funding
from scenarios.tables import Integers
from sim import chance, rules
from sim.outcome import FLOW, SCALE
from sim.state import PostedOfficial

_COLUMN = {"grant": "fen_granted", "match": "fen_match", "mandated": "fen_mandated", "own": "fen_own",
           "support": "fen_support"}  # fmt: skip

if TYPE_CHECKING:
    from sim.model import Neighbourhood


class Community(mesa.Agent):
    """A residents' committee or village, with its residents and grids as slices of the model's columns.

    The columns engine steps all of them in one compiled call, see ``sim.kernels``; the readable engine in Python, see
    ``sim.peopled``.
    """

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model)
        people = model.population
        self.row, self.code = row, model.district.communities.code[row]
        self.here = slice(*people.first[row : row + 2].tolist())
        self.grids = slice(*people.grid_of[row : row + 2].tolist())

    @property
    def quality(self) -> float:
        """Quality of service now, in standard deviations, postings included."""
        return float(self.model.quality[self.row] + self.model.posting_quality[self.row]) / SCALE

    @property
    def responsiveness(self) -> float:
        """Share of matters solved in time as residents perceive it, 0 to 1."""
        return float(self.model.responsiveness[self.row]) / SCALE

    @property
    def waiting(self) -> int:
        """Residents with an open matter."""
        return int(np.count_nonzero(self.model.status[self.here]))


class Grid(mesa.Agent):
    """A grid: the households one warden knows. Its residents are asked to take part by the warden and by neighbours."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model)
        self.row, self.community = row, int(model.population.grid_community[row])
        self.here = slice(*model.population.grid_first[row : row + 2].tolist())

    @property
    def residents(self) -> int:
        """People of all ages."""
        return int(self.here.stop) - int(self.here.start)

    @property
    def engagement(self) -> float:
        """Mean engagement of residents of 15 and over, 0 to 1."""
        return float(self.model.grid_engaged[self.row] / max(int(self.model.grid_adults[self.row]), 1) / SCALE)

    @property
    def asking(self) -> float:
        """Chance this month that a resident is asked to take part."""
        return float(self.model.now.asked[self.row]) / chance.CERTAIN


class ResidentUnit(mesa.Agent):
    """A school, firm, clinic, bank or agency: gives hours and rooms to communities in reach while cooperation pays."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, row: int) -> None:
        super().__init__(model)
        self.row, self.kind = row, model.district.units.kind[row]

    @property
    def cooperation(self) -> float:
        """Willingness to give, 0 to 1; 0 once it has left."""
        return float(self.model.cooperation[self.row]) / SCALE

    @property
    def gave_share(self) -> float:
        """Share of this month's offer that communities claimed."""
        return float(self.model.now.exchange.used[self.row])

    @property
    def answered_share(self) -> float:
        """Share of its wishes that came back this month."""
        return float(self.model.now.exchange.answered[self.row])


class Official(mesa.Agent):
    """A posted official: raises the quality of one community, slowly at first, and leaves a fading trace."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, posting: PostedOfficial) -> None:
        super().__init__(model)
        self.posting = posting

    def serve(self, flows: Integers) -> None:
        """Add this month's effect on quality to the community's; ``flows`` counts who is in post."""
        post, month = self.posting, self.model.month
        if month < post.start:
            return
        served = min(month + 1, post.end) - post.start
        since = max(month + 1 - post.end, 0)
        strength = formulas.posting_strength(self.model.district.rates, np.array(float(served)), np.array(float(since)))
        effect = self.model.district.rates.posting_effect * post.fit * float(strength)
        self.model.posting_quality[post.community] += int(rules.fixed_point(effect))
        if month < post.end:
            flows[post.community, FLOW["postings"]] += 1


class Payer(mesa.Agent):
    """A purse (society, province, city, district, or one street, town or village) that pays its part every month."""

    model: Neighbourhood

    def __init__(self, model: Neighbourhood, tier: str, rows: Integers) -> None:
        super().__init__(model)
        self.tier, self.rows = tier, rows

    def take_on(self, flows: tuple[funding.Flow, ...], schedule: Integers) -> None:
        """Enter what this purse owes to its communities into the year's schedule, month by month and flow by flow.

        A grant pays what the ordered parts leave of the whole, so who pays never shifts a month by a fen.
        """
        ordered = funding.sum_flows(flows, role="mandated")[self.rows]
        mine = [f for f in flows if f.payer == self.tier and f.programme == "service" and f.fen[self.rows].any()]
        for flow in mine:
            first = ordered if flow.role == "grant" else 0 * ordered
            due = rules.tranches(flow.fen[self.rows] + first) - rules.tranches(first)
            schedule[:, self.rows, FLOW[f"fen_{self.tier}"]] += due
            schedule[:, self.rows, FLOW[_COLUMN[flow.role]]] += due
