"""The plan: what was decided, what it promises, and how far it may be off. A frozen value and a file format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np

from optimize.correction import Correction
from scenarios.tables import Integers, Names, Reals
from scenarios.text import Text


class Status(StrEnum):
    """How a search for a plan ended. A limit is never shown as done."""

    OPTIMAL = "optimal"  # proven within the stated gap
    FEASIBLE = "feasible"  # a plan with a stated gap above the one asked for
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    NONE = "none"  # stopped without any plan
    RULE = "rule"  # a rule of thumb: nothing was searched
    GIVEN = "given"  # read from a file that people write: nothing was searched, nothing is proven


@dataclass(frozen=True)
class GoalResult:
    """One stage of the lexicographic chain: the value reached, the bound proven, the relative gap, and the seconds."""

    goal: str
    status: Status
    value: float
    bound: float
    gap: float
    seconds: float


@dataclass(frozen=True)
class Posting:
    """An official slot sent to a community from a plan month (0 = January of the first plan year) for some months."""

    slot: str
    community: str
    start_month: int
    months: int


@dataclass(frozen=True)
class Project:
    """A venue project: row id of the sites table, the month it starts, and how its space is shared out.

    ``serves`` gives each community reached the square metres it may use; they sum to at most the project's space.
    """

    site_id: str
    start_month: int
    serves: tuple[tuple[str, float], ...]


def _nothing() -> Integers:
    return np.zeros(0, dtype=np.int64)


def _no_shares() -> Reals:
    return np.zeros(0)


YEARLY = ("lump_fen", "contract_fen", "prevention_fen", "posts")  # whole numbers by community and plan year
STANDING = ("windows", "wardens", "contact", "care_rooms")  # empty unless the district opens the choice


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """Decisions and promises; arrays have axes (community, plan year), money in fen a year.

    ``lump_fen`` is what the granter gives each community outright (entitlement, base grant or chosen grant); own money
    and match follow from :func:`scenarios.funding.year_money`. ``contract_fen + prevention_fen`` is at most the
    service money; the rest pays for matters. ``posts`` are extra posts on top of the community's own.

    What the district's choices open is decided too, each left empty where it is not: ``windows`` (all of a community's),
    ``wardens`` (beyond one a grid), ``contact`` (added share of hours for contact) and ``care_rooms`` (share of residents'
    rooms kept for care) by community, ``care_yuan`` a head and year by member class, and
    ``pairs`` (unit, community, share of the unit's hours). They stand for all plan years.

    ``correction`` is what the promise was corrected by, so that whoever checks the promise expects the same.
    """

    method: str
    communities: Names
    years: tuple[int, ...]
    status: Status
    goals: tuple[GoalResult, ...] = ()
    lump_fen: Integers
    contract_fen: Integers
    prevention_fen: Integers
    posts: Integers
    postings: tuple[Posting, ...] = ()
    projects: tuple[Project, ...] = ()
    windows: Integers = field(default_factory=_nothing)
    wardens: Integers = field(default_factory=_nothing)
    contact: Reals = field(default_factory=_no_shares)
    care_rooms: Reals = field(default_factory=_no_shares)
    care_yuan: tuple[float, ...] = ()
    pairs: tuple[tuple[str, str, float], ...] = ()
    correction: Correction | None = None
    promised_met: Reals = field(default_factory=lambda: np.zeros((0, 0)))  # needs met (solved + prevented)
    promised_needs: Reals = field(default_factory=lambda: np.zeros((0, 0)))  # all needs

    def __post_init__(self) -> None:
        for name in (*YEARLY, *STANDING, "promised_met", "promised_needs"):
            value = np.array(getattr(self, name))
            value.setflags(write=False)
            object.__setattr__(self, name, value)

    @property
    def gap(self) -> float:
        """The largest relative gap over the goals, 0 for a rule."""
        return max((goal.gap for goal in self.goals), default=0.0)

    @property
    def proven(self) -> bool:
        """Whether every goal was proven optimal within the gap asked for."""
        return bool(self.goals) and all(goal.status is Status.OPTIMAL for goal in self.goals)

    def with_changes(self, **changes: Any) -> Plan:
        """A copy with some fields replaced."""
        return replace(self, **changes)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a search may use: seconds over all goals, and the relative gap at which a goal counts as proven.

    ``tolerance`` is a distance from the bound, in the goal's unit, at which it counts as proven too.
    """

    time_limit_s: float = 20.0
    gap: float = 0.005
    tolerance: float = 0.0


class PlanError(Exception):
    """No plan was found. ``problems`` names the rules in conflict in words a planner can act on, in both languages."""

    def __init__(self, status: Status, problems: list[Text]) -> None:
        super().__init__(status, problems)  # so that it survives the way back from a worker process
        self.status = status
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(f"{problem.zh} / {problem.en}" for problem in self.problems) or str(self.status)
