"""What holds all run long for every resident: chances, shares and what a matter takes, as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios import formulas
from scenarios.district import District
from scenarios.tables import Integers
from sim import chance, rules


@dataclass(frozen=True, kw_only=True, eq=False)
class Limits:
    """Chances and shares that hold all run long, as whole numbers.

    Thresholds of chance, of 2^32: ``lapse``, ``routed`` (community, category), ``returned``, ``escalates``. Of SCALE:
    ``case`` (least satisfaction with a served matter, loss per month late), ``change`` of a resident's satisfaction
    (rise, fall, drift, usual level), ``decays`` of engagement a month, ``keeps`` by which satisfaction slows the decay.
    """

    lapse: np.uint64
    routed: NDArray[np.uint64]
    returned: np.uint64
    escalates: np.uint64
    case: Integers
    change: Integers
    decays: int
    keeps: int


def limits_of(district: District) -> Limits:
    """The limits of a district's parameters."""
    rates = district.rates
    return Limits(
        lapse=np.uint64(chance.threshold(rates.lapse)),
        routed=chance.threshold(formulas.routed_share(district)),
        returned=np.uint64(chance.threshold(1.0 / rates.routing_delay)),
        escalates=np.uint64(chance.threshold(rates.escalation)),
        case=rules.fixed_point(np.array([rates.case_unsolved, rates.case_late])),
        change=rules.fixed_point(np.array([rates.satisfaction_up, rates.satisfaction_down, rates.satisfaction_drift,
                                           rates.satisfaction_level])),
        decays=int(rules.fixed_point(rates.engagement_decay)),
        keeps=int(rules.fixed_point(rates.engagement_satisfaction)),
    )  # fmt: skip


def category_table(district: District) -> Integers:
    """Per category: priority, minutes, fen, room-minutes and deadline."""
    minutes = np.rint(formulas.matter_hours(district) * rules.MINUTES)
    fen = np.rint(formulas.matter_fen(district))
    room = round(district.rates.room_hours_per_activity * rules.MINUTES)
    return np.array([[c.priority, minutes[k], fen[k], room * c.needs_room, c.deadline]
                     for k, c in enumerate(district.categories)], dtype=np.int64)  # fmt: skip
