"""A brief: a district and what is pursued in it. What a plan is asked for, and what explanations change to see what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from optimize.locks import Lock
from optimize.plan import Limits, Status
from optimize.program import Expression, linear
from optimize.pursuit import Pursuit, assembled
from optimize.requirements import Bound
from optimize.solver import Search
from scenarios.district import District

SEARCHED = Limits(time_limit_s=20.0, gap=1e-6)
CLEAR = 1e-4  # 万元, posts or shares: rules that give by so much do not give by rounding


@dataclass(frozen=True, eq=False)
class Brief:
    """What a plan is asked for."""

    district: District
    pursuit: Pursuit

    def with_district(self, **changes: Any) -> Brief:
        """The brief in a district with some fields replaced."""
        return replace(self, district=self.district.with_changes(**changes))

    def with_fund(self, **changes: Any) -> Brief:
        """The brief under another rule of the service fund."""
        return self.with_district(service_fund=replace(self.district.service_fund, **changes))

    def with_choices(self, **changes: Any) -> Brief:
        """The brief with other choices open."""
        return self.with_district(choices=replace(self.district.choices, **changes))

    def with_outlay(self, outlay_fen: int | None) -> Brief:
        """The brief with another target for the outlay."""
        return replace(self, pursuit=replace(self.pursuit, outlay_fen=outlay_fen))

    def with_locks(self, locks: tuple[Lock, ...]) -> Brief:
        """The brief with these locks in place of its own."""
        return self._requiring(locks=locks)

    def with_bounds(self, bounds: tuple[Bound, ...]) -> Brief:
        """The brief with these bounds in place of its own."""
        return self._requiring(bounds=bounds)

    def with_years_apart(self) -> Brief:
        """The brief with every plan year planned by itself, even where none need differ."""
        return self._requiring(years_apart=True)

    def _requiring(self, **changes: Any) -> Brief:
        requirements = replace(self.pursuit.requirements, **changes)
        return replace(self, pursuit=replace(self.pursuit, requirements=requirements))

    @property
    def locks(self) -> tuple[Lock, ...]:
        """Decisions that are settled."""
        return self.pursuit.requirements.locks

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """Goals that are held within limits."""
        return self.pursuit.requirements.bounds


def fits(brief: Brief, limits: Limits = SEARCHED, *, presolve: bool = True) -> bool | None:
    """Whether any plan keeps all that the brief asks; None if the time was too short to tell.

    Where rules have to give by more than rounding, the relaxation alone proves it. Else a plan is looked for.
    """
    if presolve and _least_breach(brief, limits) > CLEAR:
        return False
    allocation = assembled(brief.district, brief.pursuit)
    search, cut = Search(allocation.program, presolve=presolve), brief.pursuit.cut(allocation)
    while True:
        found = search.minimise(Expression(), limits)
        if found.point is None:
            return False if found.status is Status.INFEASIBLE else None
        broken = cut(found) if cut is not None else None
        if broken is None:
            return True
        search.keep(broken, 0.0)


def _least_breach(brief: Brief, limits: Limits) -> float:
    """By how much named rules have to give in all at least: a proven bound, nought where nothing is proven."""
    program = assembled(brief.district, brief.pursuit, elastic=True).program
    total = linear([(slack, 1.0) for slacks in program.excess.values() for slack in slacks])
    return Search(program).minimise(total, replace(limits, gap=1.0)).bound if len(total) else 0.0
