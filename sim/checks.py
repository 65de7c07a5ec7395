"""Conservation, in whole numbers, after every month. A breach is a bug of ours, never of the input."""

from __future__ import annotations

import numpy as np

from scenarios.arrangements import PAYERS
from scenarios.tables import Integers
from sim.outcome import FLOW


class ConservationError(AssertionError):
    """Needs, matters or money did not add up."""


def check_month(row: Integers, *, carried: Integers, held_before: Integers, waiting: Integers,
                rooms_owed: Integers) -> None:  # fmt: skip
    """Check one month. ``row``: (community, FLOWS); ``carried``: open matters before; ``waiting``: residents who wait.
    ``rooms_owed``: rise of the room-minutes overdrawn, by community and use.

    All needs = prevented + blocked + opened; opened + carried = waiting + served + escalated + lapsed; served = solved
    + unsolved; money in + held before = spent + held; every waiting resident is in exactly one state.
    """

    def flow(name: str) -> Integers:
        return np.asarray(row[:, FLOW[name]])

    stocks = flow("unvoiced") + flow("routing") + flow("queued")
    gone = flow("served") + flow("escalated") + flow("lapsed")
    spent = flow("fen_matters") + flow("fen_contracts") + flow("fen_prevention")
    laws = {
        "needs": flow("needs") - flow("prevented") - flow("blocked") - flow("opened"),
        "matters": flow("opened") + carried - stocks - gone,
        "served": flow("served") - flow("solved") - flow("unsolved"),
        "money": flow("fen_in") + held_before - spent - flow("fen_held"),
        "states": stocks - waiting,
        "payers": sum(flow(f"fen_{payer}") for payer in PAYERS)
        - sum(flow(f"fen_{role}") for role in ("own", "match", "mandated", "granted", "support")),
    }  # fmt: skip
    broken = [f"{name}: off by {int(np.abs(rest).max())} in row {int(np.abs(rest).argmax())}"
              for name, rest in laws.items() if rest.any()]  # fmt: skip
    if (flow("fen_held") < 0).any():
        broken.append("money: a community holds less than nothing")
    if (flow("minutes_returned") > flow("minutes_volunteers")).any():
        broken.append("exchange: volunteers gave back more hours than they had")
    if (flow("room_minutes_used") > flow("room_minutes") + rooms_owed.sum(axis=1)).any():
        broken.append("rooms: used longer than they were open and than is owed")
    if broken:
        raise ConservationError("; ".join(broken))
