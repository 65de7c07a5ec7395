"""What holds all run long for every resident: chances, shares and what a matter takes, as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios import formulas
from scenarios.categories import ROOM_USES
from scenarios.district import District
from scenarios.tables import Integers, Reals
from sim import chance, rules


@dataclass(frozen=True, kw_only=True, eq=False)
class Limits:
    """Chances and shares that hold all run long, as whole numbers.

    Thresholds of chance, of 2^32: ``kinds`` (segment, category; cumulative), ``lapse``, ``escalates``, ``routed``
    (community, category, tier; cumulative from the city down to the street), ``invited`` (care group). Of SCALE: ``case``
    (least satisfaction with a served matter, loss per month late), ``change`` of a resident's satisfaction (rise, fall,
    drift, usual level), ``cheers`` and ``cares`` (rise of satisfaction a month, share of needs prevented; by care group),
    ``gain`` of engagement when asked, ``decays`` of engagement a month (community), ``keeps`` by which satisfaction slows
    the decay. ``categories``: priority, fen, room-minutes, use of rooms and deadline. ``minutes``: (community, category).
    ``returned``: thresholds of coming back by month of year, community, tier and in time or overdue. By community:
    ``post_hours`` a post yields and ``other_hours`` that wardens and members give in a year, the ``contact_share`` of all
    hours, and ``wishes`` that members claim in a month.
    """

    kinds: NDArray[np.uint64]
    lapse: np.uint64
    escalates: np.uint64
    routed: NDArray[np.uint64]
    invited: NDArray[np.uint64]
    case: Integers
    change: Integers
    cheers: Integers
    cares: Integers
    gain: int
    decays: Integers
    keeps: int
    categories: Integers
    minutes: Integers
    returned: NDArray[np.uint64]
    post_hours: Reals
    other_hours: Reals
    contact_share: Reals
    wishes: Reals


def limits_of(district: District) -> Limits:
    """The limits of a district's parameters, levers and arrangements."""
    rates = district.rates
    kinds = chance.threshold(np.cumsum(formulas.segment_categories(district), axis=1))
    kinds[:, -1] = chance.CERTAIN
    visits, work = formulas.care_doses(district, "spirit"), formulas.care_doses(district, "ability")
    return Limits(
        kinds=kinds,
        lapse=np.uint64(chance.threshold(rates.lapse)),
        escalates=np.uint64(chance.threshold(rates.escalation)),
        routed=_routed(district),
        invited=chance.threshold(rates.care_ability * work),
        case=rules.fixed_point(np.array([rates.case_unsolved, rates.case_late])),
        change=rules.fixed_point(np.array([rates.satisfaction_up, rates.satisfaction_down, rates.satisfaction_drift,
                                           rates.satisfaction_level])),
        cheers=rules.fixed_point(rates.care_cheer * visits),
        cares=rules.fixed_point(formulas.care_prevented(district)),
        gain=int(rules.fixed_point(rates.asking_gain)),
        decays=rules.fixed_point(rates.engagement_decay * (1.0 - district.levers.ties)),
        keeps=int(rules.fixed_point(rates.engagement_satisfaction)),
        categories=category_table(district),
        minutes=np.rint(formulas.matter_hours(district) * rules.MINUTES).astype(np.int64),
        returned=chance.threshold(np.stack([formulas.return_chance(district, month) for month in range(rules.MONTHS)])),
        post_hours=formulas.hours_per_post(district),
        other_hours=formulas.warden_hours(district) + formulas.member_hours(district),
        contact_share=formulas.contact_share(district),
        wishes=formulas.wishes_claimed(district),
    )  # fmt: skip


def _routed(district: District) -> NDArray[np.uint64]:
    """Cumulative thresholds of going to the city, to the district or above, and to any tier above."""
    share = formulas.routed_share(district)
    from_above = np.cumsum(formulas.tier_shares(district)[:, ::-1], axis=1)
    from_above[:, -1] = 1.0
    return chance.threshold(share[:, :, None] * from_above[:, None, :])


def category_table(district: District) -> Integers:
    """Per category: priority, fen, room-minutes, use of rooms (row of ROOM_USES) and deadline."""
    fen, rooms = formulas.matter_fen(district), formulas.room_hours_per_matter(district) * rules.MINUTES
    return np.array([[c.priority, round(fen[k]), round(rooms[k]), ROOM_USES.index(c.room or ROOM_USES[0]), c.deadline]
                     for k, c in enumerate(district.categories)], dtype=np.int64)  # fmt: skip
