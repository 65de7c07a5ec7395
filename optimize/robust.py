"""A plan that holds over several futures, and what foresight is worth: two-stage stochastic programming.

Decided first, whatever the future: posts, postings, venues, and the choices that stand for all plan years
(:mod:`optimize.first_stage`), and the grants if asked. Money and its uses adapt in each future. RP is the measure of the
goal under the best first decisions; EEV the same under the first decisions of the nominal plan; WS with each future
known beforehand. WS <= RP <= EEV, for less is better. ``VSS = EEV - RP`` is the value of the stochastic solution,
``EVPI = RP - WS`` the expected value of perfect information (Birge and Louveaux, Introduction to Stochastic Programming,
chapter 4). EEV is of the nominal plan as found, which is proven to its own gap in its own future. None of them is
claimed to be more than the proven gaps allow. All are of the goal as the search counts it; what plans promise beside it,
spillover included, is told without a proof.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from optimize.answer import relative_gap
from optimize.conflict import contradictions
from optimize.correction import Correction
from optimize.plan import GoalResult, Limits, Plan, PlanError, Status
from optimize.pursuit import Pursuit
from optimize.requirements import NOTHING, Requirements
from optimize.robust_futures import InFuture, in_each, refuse_unsolved, searched
from optimize.robust_measures import Measure, equal_chances
from optimize.robust_program import Settled, together
from scenarios.district import District
from scenarios.goals import Goal

NEEDS: Mapping[Goal, float] = {"needs_met": 1.0}
MEAN = Measure()
DEFAULT_LIMITS = Limits()
BETTER = 1e-7  # relative: what is decided first differs from the nominal plan's only for more than this


@dataclass(frozen=True)
class Difference:
    """A difference of two measured goals, in the goal's unit, and the interval that the proven gaps leave it in."""

    value: float
    low: float
    high: float

    @property
    def proven(self) -> bool:
        """Whether the difference is more than the gaps."""
        return self.low > 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class RobustPlan:
    """What was decided over futures, with its proof.

    ``plan``: the first decisions with the money of the nominal future. By future, in the order given: ``futures`` under
    the robust first decisions, ``nominal`` under those of the nominal plan (None where that plan cannot keep the rules),
    ``perfect`` with the future known beforehand. ``bound``: no first decisions have a measure below it.
    """

    measure: Measure
    goals: tuple[tuple[Goal, float], ...]
    chances: tuple[float, ...]
    plan: Plan
    nominal_plan: Plan
    futures: tuple[InFuture, ...]
    nominal: tuple[InFuture | None, ...]
    perfect: tuple[InFuture, ...]
    bound: float
    limits: Limits
    seconds: float

    @property
    def value(self) -> float:
        """RP: the measure of the goal over futures."""
        return self.measure.of([one.value for one in self.futures], self.chances)

    @property
    def gap(self) -> float:
        """How far the measure may be above the best, relative."""
        return relative_gap(self.value, self.bound)

    @property
    def status(self) -> Status:
        """Optimal if proven within the gap asked for."""
        return Status.OPTIMAL if self.gap <= self.limits.gap + 1e-12 else Status.FEASIBLE

    @property
    def eev(self) -> float:
        """The measure under the nominal plan's first decisions; infinite if they break a rule in some future."""
        values = [math.inf if one is None else one.value for one in self.nominal]
        return self.measure.of(values, self.chances) if all(map(math.isfinite, values)) else math.inf

    @property
    def ws(self) -> float:
        """The measure with each future known beforehand."""
        return self.measure.of([one.value for one in self.perfect], self.chances)

    def promised(self, plans: Sequence[InFuture | None]) -> float:
        """The measure of the goal that plans of each future promise; not a number if one is missing."""
        values = [one.promised for one in plans if one is not None]
        return self.measure.of(values, self.chances) if len(values) == len(plans) else math.nan

    @property
    def vss(self) -> Difference:
        """What it is worth to plan for the futures and not for the nominal one."""
        if math.isinf(self.eev):
            return Difference(math.inf, math.inf, math.inf)
        least = self.measure.of([one.bound for one in self.nominal if one is not None], self.chances)
        return Difference(self.eev - self.value, max(least - self.value, 0.0), self.eev - self.bound)

    @property
    def evpi(self) -> Difference:
        """What it would be worth to know the future before anything is decided."""
        least = self.measure.of([one.bound for one in self.perfect], self.chances)
        return Difference(self.value - self.ws, max(self.bound - self.ws, 0.0), self.value - least)

    def mean_needs_met(self, plans: Sequence[InFuture | None]) -> float:
        """Needs met a year by plans of each future, weighted by the futures' chances; not a number if one is missing."""
        return sum(p * (math.nan if one is None else one.needs_met) for p, one in zip(self.chances, plans, strict=True))

    def mean_outlay_wan(self, plans: Sequence[InFuture | None]) -> float:
        """Consolidated outlay of plans of each future, 万元 a year, weighted by the futures' chances."""
        return sum(
            p * (math.nan if one is None else one.outlay_wan) for p, one in zip(self.chances, plans, strict=True)
        )


def make_robust_plan(district: District, futures: Sequence[District], *, measure: Measure = MEAN,
                     chances: Sequence[float] | None = None, weights: Mapping[Goal, float] = NEEDS,
                     requirements: Requirements = NOTHING, correction: Correction | None = None,
                     limits: Limits = DEFAULT_LIMITS, grants_first: bool = False,
                     executor: Executor | None = None) -> RobustPlan:  # fmt: skip
    """The plan whose first decisions are best over futures of a district, by a measure of a weighted sum of goals.

    ``futures`` are the district under other rates, equally likely unless ``chances`` are given (any positive numbers).
    ``requirements`` are kept in every future. ``grants_first``: grants too are decided before the future is known.
    ``limits`` hold for every search: one over all futures, and three for each future alone, over an executor if given.
    Raises :class:`PlanError` if no plan fits the rules or none was found, ``ValueError`` for no futures, wrong chances,
    or futures in which something else is to be decided first.
    """
    began = time.perf_counter()
    likely = _chances(len(futures), chances)
    conflict = contradictions(district)
    if conflict:
        raise PlanError(Status.INFEASIBLE, conflict)
    pursuit = Pursuit(tuple(weights), dict(weights), requirements, None, correction)
    search = _Search(district, tuple(futures), pursuit, measure, likely, limits, grants_first, executor)
    begun = search.begin(None)
    found, bound = search.over_all()
    nominal, *perfect = [one for one in (ask() for ask in begun) if one is not None]
    as_nominal = search.begin(nominal.settled) if nominal.settled != Settled(()) else []
    as_found = [] if found is None or found == nominal.settled else search.begin(found)
    _, *under_nominal = [ask() for ask in as_nominal] or [nominal, *perfect]  # the same where nothing is decided first
    own, *under_found = [ask() for ask in as_found] or [None]
    plan, chosen = nominal.plan, under_nominal
    if own is not None and search.measured(under_found) < search.measured(under_nominal) * (1.0 - BETTER):
        plan, chosen = own.plan, under_found
    made = RobustPlan(
        measure=measure,
        goals=tuple(weights.items()),
        chances=likely,
        plan=plan,
        nominal_plan=nominal.plan,
        futures=tuple(one for one in chosen if one is not None),
        nominal=tuple(under_nominal),
        perfect=tuple(_best_known(*known) for known in zip(perfect, under_nominal, chosen, strict=True)),
        bound=max(bound, measure.of([one.bound for one in perfect], likely)),
        limits=limits,
        seconds=time.perf_counter() - began,
    )
    return replace(made, plan=_with_proof(made))


@dataclass(frozen=True, eq=False)
class _Search:
    """The searches of one robust plan."""

    district: District
    futures: tuple[District, ...]
    pursuit: Pursuit
    measure: Measure
    chances: tuple[float, ...]
    limits: Limits
    grants_first: bool
    executor: Executor | None

    def begin(self, settled: Settled | None) -> list[Callable[[], InFuture | None]]:
        """The best plan in the nominal future and in each other, with what is settled; begun, and told when asked for."""
        return in_each((self.district, *self.futures), self.pursuit, self.limits, settled, self.grants_first,
                       self.executor)  # fmt: skip

    def measured(self, plans: Sequence[InFuture | None]) -> float:
        """The measure of plans of each future; infinite if one is missing."""
        values = [one.value for one in plans if one is not None]
        return self.measure.of(values, self.chances) if len(values) == len(plans) else math.inf

    def over_all(self) -> tuple[Settled | None, float]:
        """The best first decisions over all futures, and the proven bound of the measure."""
        program = together(self.futures, self.pursuit, grants_first=self.grants_first)
        if not program.open:  # every future may go its own way
            return None, -math.inf
        goal = self.measure.expression(program.program, program.goals, self.chances)
        chain = searched(program, goal, self.pursuit, self.limits)
        if chain.status is Status.INFEASIBLE:
            refuse_unsolved(chain.status, self.district, self.pursuit, self.limits)
        bound = chain.results[0].bound if chain.results else -math.inf
        return (None if chain.answer.point is None else program.settled(chain.answer)), bound


def _chances(count: int, given: Sequence[float] | None) -> tuple[float, ...]:
    if count < 1:
        raise ValueError("futures: found none; expected at least one")
    if given is None:
        return equal_chances(count)
    if len(given) != count or min(given) < 0.0 or sum(given) <= 0.0:
        raise ValueError(f"chances: found {list(given)}; expected {count} numbers that are not negative")
    return tuple(float(chance) / float(sum(given)) for chance in given)


def _best_known(alone: InFuture, *others: InFuture | None) -> InFuture:
    """The best plan known in a future, under the bound of the search that held nothing."""
    best = min((one for one in (alone, *others) if one is not None), key=lambda one: one.value)
    return replace(best, bound=alone.bound)


def _with_proof(made: RobustPlan) -> Plan:
    """The plan handed out, its goal the measure over futures."""
    proof = GoalResult("weighted", made.status, made.value, made.bound, made.gap, made.seconds)
    return made.plan.with_changes(goals=(proof,), status=made.status)
