"""What a plan must keep beside the district's rules: goals as bounds, and decisions that are locked. Rows with names."""

from __future__ import annotations

from dataclasses import dataclass

from optimize.allocation import Allocation
from optimize.locks import Lock, add_lock
from scenarios.district import District
from scenarios.goals import Goal


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A goal's measure held at or below a limit, in the goal's unit."""

    goal: Goal
    at_most: float


@dataclass(frozen=True, kw_only=True)
class Requirements:
    """All that is asked of a plan beside the district's rules."""

    bounds: tuple[Bound, ...] = ()
    locks: tuple[Lock, ...] = ()
    years_apart: bool = False  # every plan year by itself, even where nothing makes them differ

    @property
    def goals(self) -> tuple[Goal, ...]:
        """Goals whose expression the program must have."""
        return tuple(bound.goal for bound in self.bounds)

    @property
    def gini(self) -> float | None:
        """The limit of the Gini coefficient, if there is one."""
        return min((bound.at_most for bound in self.bounds if bound.goal == "gini"), default=None)

    @property
    def of_one_year(self) -> bool:
        """Whether years can differ through what is asked, as when a grant is locked in one of them."""
        return self.years_apart or any(lock.kind == "grant" and lock.year is not None for lock in self.locks)


NOTHING = Requirements()


def add_requirements(district: District, allocation: Allocation, requirements: Requirements) -> None:
    """Rows of the bounds and locks. That of a Gini coefficient depends on the answer: see :mod:`optimize.goals`."""
    for bound in requirements.bounds:
        if bound.goal != "gini":
            goal = allocation.goals[bound.goal]
            allocation.program.at_most(goal.items(), bound.at_most - float(goal.constant), rule=f"bound {bound.goal}")
    for lock in requirements.locks:
        add_lock(allocation.program, district, allocation, lock)
