"""How far a rule must give way at least, alone, so that a plan exists: by a slack in the program, or by halving."""

from __future__ import annotations

import math
from collections.abc import Callable

from optimize.allocation import Allocation
from optimize.explain.brief import Brief, fits
from optimize.plan import Limits
from optimize.program import Variable, linear
from optimize.pursuit import assembled
from optimize.solver import Search

Slacks = list[tuple[Variable, float]]  # with the sign in which each changes the rule's amount
Least = Callable[[Brief, Limits], int | None]  # whole units, or None if no amount is enough
ROUNDING = 1e-6  # of a unit: how far a slack may lie above a whole number by the solver's tolerance
NUDGES = 3


def by_slack(lifted: Callable[[Brief], Brief], soft: Callable[[Brief, Allocation], Slacks],
             given: Callable[[Brief, int], Brief], *, unit: float, step: int = 1) -> Least:  # fmt: skip
    """Puts the lifted rule back with slacks and minimises them. ``unit``: what a whole unit is in the program."""

    def least(brief: Brief, limits: Limits) -> int | None:
        loose = lifted(brief)
        allocation = assembled(loose.district, loose.pursuit)
        slacks = soft(brief, allocation)
        goal, search = linear([(slack, 1.0) for slack, _ in slacks]), Search(allocation.program)
        cut = loose.pursuit.cut(allocation)
        while True:
            found = search.minimise(goal, limits)
            if found.point is None:
                return None
            broken = cut(found) if cut is not None else None
            if broken is None:
                break
            search.keep(broken, 0.0)
        amount = sum(sign * found[slack] for slack, sign in slacks) / unit / step
        away = math.copysign(math.ceil(abs(amount) - ROUNDING), amount)
        return _enough(brief, given, round(away) * step, step, limits)

    return least


def by_halving(given: Callable[[Brief, int], Brief], most: Callable[[Brief], int]) -> Least:
    """The least number of units from 1 to ``most`` that is enough, where more never hurts."""

    def least(brief: Brief, limits: Limits) -> int | None:
        low, high = 0, most(brief)
        if high < 1 or not fits(given(brief, high), limits):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if fits(given(brief, middle), limits) else (middle, high)
        return high

    return least


def _enough(brief: Brief, given: Callable[[Brief, int], Brief], amount: int, step: int, limits: Limits) -> int | None:
    """The amount, a step or two more if it is short of enough by the solver's tolerance."""
    direction = -step if amount < 0 else step
    for more in range(NUDGES):
        if fits(given(brief, amount + more * direction), limits):
            return amount + more * direction
    return None
