"""The rules of one resident's month, in words and whole numbers: the specification that the compiled loops must meet.

Chances are thresholds: a draw of 0 to 2^32 - 1 that lies below one comes true. Shares, satisfaction and engagement are
in units of 1 / SCALE; a share of an amount is rounded down unless a rule says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

import numpy as np

from scenarios.formulas import EVERYONE_ELSE
from sim.outcome import SCALE

OUTSIDE = EVERYONE_ELSE  # the care group of residents who are not in hardship
ROOMS = 2  # where rooms begin among means


class Stage(IntEnum):
    """Where a resident's one matter stands; free residents have none."""

    FREE = 0
    UNVOICED = 1
    QUEUED = 2
    AT_STREET = 3
    AT_DISTRICT = 4
    AT_CITY = 5

    @property
    def is_above(self) -> bool:
        """Whether the matter is with a higher tier."""
        return self >= Stage.AT_STREET


class Effort(NamedTuple):
    """What one matter of a category takes: priority (0 before 1), minutes, fen, rooms and their use, deadline in months."""

    priority: int
    minutes: int
    fen: int
    room_minutes: int
    use: int
    deadline: int


class Means(NamedTuple):
    """What a community has left this month: minutes, fen, room-minutes for activities and for care, and wishes claimed."""

    minutes: int
    fen: int
    activity_rooms: int
    care_rooms: int
    wishes: int

    def afford(self, effort: Effort) -> bool:
        """Whether cash suffices and rooms are not used up. The last matter of a month may overdraw rooms, as minutes."""
        return self.fen >= effort.fen and (effort.room_minutes == 0 or self[ROOMS + effort.use] > 0)

    def after(self, effort: Effort) -> Means:
        """What is left once a matter has been served."""
        rooms = (effort.room_minutes * (effort.use == 0), effort.room_minutes * (effort.use == 1))
        return Means(self.minutes - effort.minutes, self.fen - effort.fen, self.activity_rooms - rooms[0],
                     self.care_rooms - rooms[1], self.wishes)  # fmt: skip

    def after_wish(self) -> Means:
        """What is left once members have taken up one wish."""
        return self._replace(wishes=self.wishes - 1)


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What holds for whoever lives in one community this month.

    ``luck``: the month's words for draws. Chances: ``need`` by risk class, ``kinds`` by segment and cumulative by
    category, ``voicing`` by category, ``routed`` by category and cumulative from the city down to the street, ``returned``
    by tier above and in time or overdue, ``invited`` by care group, the rest for all. ``prevented`` and ``cheers``: share
    of needs avoided and rise of satisfaction by care group. ``gain``, ``decays``, ``keeps``: how engagement moves. ``case_least`` and ``case_late``: least satisfaction with a served
    matter and loss per month late. ``rise``, ``fall``, ``drift``, ``level``: how a resident's satisfaction moves.
    """

    luck: tuple[np.uint64, ...]
    need: Sequence[int]
    kinds: Sequence[Sequence[int]]
    voicing: Sequence[int]
    routed: Sequence[Sequence[int]]
    efforts: Sequence[Effort]
    prevented: Sequence[int]
    lapse: int
    returned: Sequence[Sequence[int]]
    solves: int
    escalates: int
    case_least: int
    case_late: int
    rise: int
    fall: int
    drift: int
    level: int
    cheers: Sequence[int]
    invited: Sequence[int]
    gain: int
    decays: int
    keeps: int


def share_of(amount: int, share: int) -> int:
    """A share (of SCALE) of an amount, rounded down, toward the smaller number also below zero.

    >>> share_of(100, SCALE // 2), share_of(-3, SCALE // 2)
    (50, -2)
    """
    return (amount * share) >> 16


def fate_of_need(
    draw: int, chance: int, prevented: int, *, free: bool
) -> Literal["", "prevented", "blocked", "opened"]:
    """What becomes of a resident's draw for a need this month.

    A need arises when the draw lies below the chance, whatever the policy. Draws in the upper ``prevented`` share of
    what lies below are needs that prevention avoids. Otherwise a free resident has a new matter; one who already waits
    is blocked: the need counts, and stays unmet.

    >>> [fate_of_need(draw, 100, SCALE // 4, free=True) for draw in (100, 99, 75, 74)]
    ['', 'prevented', 'prevented', 'opened']
    """
    if draw >= chance:
        return ""
    if draw >= chance - share_of(chance, prevented):
        return "prevented"
    return "opened" if free else "blocked"


def category_of(draw: int, kinds: Sequence[int]) -> int:
    """The first category whose cumulative chance lies above the draw.

    >>> category_of(5, [3, 6, 10])
    1
    """
    return next(category for category, chance in enumerate(kinds) if draw < chance)


def destination(draw: int, routed: Sequence[int]) -> Stage:
    """Where a voiced matter goes: to the city, the district, the street, or straight into the queue.

    >>> [destination(draw, [2, 5, 9]).name for draw in (1, 4, 8, 9)]
    ['AT_CITY', 'AT_DISTRICT', 'AT_STREET', 'QUEUED']
    """
    city, district, street = routed
    if draw >= street:
        return Stage.QUEUED
    return Stage.AT_CITY if draw < city else Stage.AT_DISTRICT if draw < district else Stage.AT_STREET


def place_in_queue(effort: Effort, waited: int, tie: int, number: int) -> tuple[int, int, int, int]:
    """Sort key of a queued matter: urgent before others, then the longest wait, then luck, then the lower number."""
    return effort.priority, -waited, tie, number


def months_late(effort: Effort, waited: int) -> int:
    """Months waited beyond the deadline, at least 0."""
    return max(waited - effort.deadline, 0)


def case_satisfaction(here: Circumstances, late: int, *, solved: bool) -> int:
    """Satisfaction with a served matter: full in time, less per month late, the least when late enough or unsolved."""
    return max(here.case_least, SCALE - late * here.case_late) if solved else here.case_least


def raised(satisfaction: int, share: int) -> int:
    """Satisfaction moved up by a share of what is missing to the full."""
    return satisfaction + share_of(SCALE - satisfaction, share)


def lowered(satisfaction: int, share: int) -> int:
    """Satisfaction reduced by a share of itself."""
    return satisfaction - share_of(satisfaction, share)


def drifted(satisfaction: int, here: Circumstances) -> int:
    """Satisfaction moved toward its usual level by the drift's share of the distance."""
    return satisfaction + share_of(here.level - satisfaction, here.drift)


def engagement(now: int, here: Circumstances, *, satisfaction: int, asked: bool) -> int:
    """Engagement next month: up by ``gain`` of what is missing for who is asked, down by ``decays`` of itself.

    The fall is smaller for the satisfied, by ``keeps`` of their satisfaction. Rise and fall are rounded to the nearest
    unit, so that small engagement does not freeze or leak.
    """
    rises = (here.gain * (SCALE - now) + SCALE // 2) >> 16 if asked else 0
    falls = (share_of(now, here.decays) * (SCALE - share_of(satisfaction, here.keeps)) + SCALE // 2) >> 16
    return now + rises - falls
