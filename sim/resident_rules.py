"""The rules of one resident's month, in words and whole numbers: the specification that the compiled loops must meet.

Chances are thresholds: a draw of 0 to 2^32 - 1 that lies below one comes true. Shares, satisfaction and engagement are
in units of 1 / SCALE; a share of an amount is rounded down unless a rule says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

from sim.outcome import SCALE


class Stage(IntEnum):
    """Where a resident's one matter stands; free residents have none."""

    FREE = 0
    UNVOICED = 1
    ROUTING = 2
    QUEUED = 3


class Effort(NamedTuple):
    """What one matter of a category takes: priority (0 before 1), minutes, fen, room-minutes, deadline in months."""

    priority: int
    minutes: int
    fen: int
    room_minutes: int
    deadline: int


class Means(NamedTuple):
    """What a community has left this month: minutes, fen and room-minutes."""

    minutes: int
    fen: int
    room_minutes: int

    def afford(self, effort: Effort) -> bool:
        """Whether cash and rooms suffice. Minutes do not count here: the last matter of a month may overdraw them."""
        return self.fen >= effort.fen and self.room_minutes >= effort.room_minutes

    def after(self, effort: Effort) -> Means:
        """What is left once a matter has been served."""
        return Means(self.minutes - effort.minutes, self.fen - effort.fen, self.room_minutes - effort.room_minutes)


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What holds for whoever lives in one community this month.

    Chances: ``need`` by risk class, ``kinds`` cumulative by category, ``voicing`` and ``routed`` by category, the rest
    for all. ``prevented``: share of needs avoided. ``case_least`` and ``case_late``: least satisfaction with a served
    matter and loss per month late. ``rise``, ``fall``, ``drift``, ``level``: how a resident's satisfaction moves.
    """

    need: Sequence[int]
    kinds: Sequence[int]
    voicing: Sequence[int]
    routed: Sequence[int]
    efforts: Sequence[Effort]
    prevented: int
    lapse: int
    returned: int
    solves: int
    escalates: int
    case_least: int
    case_late: int
    rise: int
    fall: int
    drift: int
    level: int


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


def engagement(now: int, *, satisfaction: int, asked: int, decays: int, keeps: int) -> int:
    """Engagement next month: up by ``asked`` of what is missing, down by ``decays`` of itself.

    The fall is smaller for the satisfied, by ``keeps`` of their satisfaction. Rise and fall are rounded to the nearest
    unit, so that small engagement does not freeze or leak.
    """
    rises = (asked * (SCALE - now) + SCALE // 2) >> 16
    falls = (share_of(now, decays) * (SCALE - share_of(satisfaction, keeps)) + SCALE // 2) >> 16
    return now + rises - falls
