"""Budget, social cost and the worst tenth against each other: a Pareto set by epsilon-constraint, every point with its proof.

Two sweeps. By budget: the least cost with a share of the present fund. By fairness: at the present fund the least cost
with the worst tenth at most epsilon, from the least it can be to what it is when nobody asks (Haimes, Lasdon and Wismer
1971). Points do not depend on each other, but for the two ends of the second sweep.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from optimize.conflict import contradictions
from optimize.frontier_point import Asked, Point, search_point
from optimize.measures import WAN_PER_NEED
from optimize.plan import Limits, PlanError, Status
from optimize.requirements import NOTHING, Requirements
from scenarios.district import District

DEFAULT_LIMITS = Limits()
FUND_SHARES = (0.5, 1.5)  # of the present fund, the ends of the budget sweep
TOLERANCE = 1e-4  # relative: what a point must be better by to count as better
ROOM = 1e-6  # of unmet needs per need that the least worst tenth is given as a limit, against rounding


@dataclass(frozen=True, kw_only=True)
class Marginal:
    """What money brings between two neighbouring budgets, per 万元 a year more in the fund.

    ``saved``: 万元 of social cost, within ``low`` and ``high`` whatever the gaps hide. ``needs``: needs met as promised,
    with ``needs_error`` either way, for a need costs 1 万元 when unmet. ``shadow``: the saving at the lower budget from
    linear programs in which yes-or-no decisions stay; None without a pool.
    """

    from_wan: float
    to_wan: float
    saved: float
    low: float
    high: float
    needs: float
    needs_error: float
    shadow: float | None

    @property
    def proven(self) -> bool:
        """Whether more money is known to save anything."""
        return self.low > 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Frontier:
    """The points of both sweeps that no other dominates, in order of budget and of the worst tenth; what was dropped."""

    budget: tuple[Point, ...]
    fairness: tuple[Point, ...]
    dropped: tuple[Point, ...]
    missing: tuple[Asked, ...]

    @property
    def marginals(self) -> tuple[Marginal, ...]:
        """What money brings from each budget to the next."""
        return tuple(marginal(one, other) for one, other in pairwise(self.budget))


def make_frontier(district: District, *, points: int = 8, fund_shares: tuple[float, float] = FUND_SHARES,
                  requirements: Requirements = NOTHING, limits: Limits = DEFAULT_LIMITS,
                  executor: Executor | None = None) -> Frontier:  # fmt: skip
    """The frontier of a district: so many points by budget and as many by fairness, over an executor if given.

    ``limits`` hold for each point. Raises :class:`PlanError` if no plan fits at the present fund, ``ValueError`` for
    fewer than two points.
    """
    if points < 2:
        raise ValueError(f"points: found {points}; expected at least 2")
    conflict = contradictions(district)
    if conflict:
        raise PlanError(Status.INFEASIBLE, conflict)
    low, high = fund_shares
    by_budget = [Asked(fund_share=low + (high - low) * step / (points - 1)) for step in range(points)]
    ends = [Asked(), Asked(goal="worst_tenth")]
    found = _searched(district, [*ends, *by_budget], requirements, limits, executor)
    present, fairest, *budget = found
    if present is None or fairest is None:
        raise PlanError(Status.INFEASIBLE, [])
    least, most = fairest.worst_tenth, present.worst_tenth
    steps = [least + (most - least) * step / (points - 1) for step in range(points - 1)]
    by_fairness = [Asked(worst_tenth=step + ROOM) for step in steps] if most > least * (1.0 + TOLERANCE) else []
    fair = [*_searched(district, by_fairness, requirements, limits, executor), present]
    kept_budget = undominated([one for one in budget if one is not None])
    kept_fair = undominated([one for one in fair if one is not None])
    kept = {id(one) for one in (*kept_budget, *kept_fair)}
    return Frontier(
        budget=tuple(sorted(kept_budget, key=lambda one: one.fund_wan)),
        fairness=tuple(sorted(kept_fair, key=lambda one: one.worst_tenth)),
        dropped=tuple(one for one in (*budget, *fair) if one is not None and id(one) not in kept),
        missing=tuple(
            ask for ask, one in zip([*by_budget, *by_fairness], [*budget, *fair[:-1]], strict=True) if one is None
        ),
    )


def undominated(points: Sequence[Point]) -> list[Point]:
    """The points that no other dominates; of two within the tolerance of each other in everything, the first."""
    return [one for place, one in enumerate(points)
            if not any(_dominates(other, one, earlier=at < place) for at, other in enumerate(points) if at != place)]  # fmt: skip


def marginal(one: Point, other: Point) -> Marginal:
    """What money brings from one budget to a larger one."""
    more = other.fund_wan - one.fund_wan
    error = (one.cost - one.bound + other.cost - other.bound) / WAN_PER_NEED
    return Marginal(
        from_wan=one.fund_wan,
        to_wan=other.fund_wan,
        saved=(one.cost - other.cost) / more,
        low=(one.bound - other.cost) / more,
        high=(one.cost - other.bound) / more,
        needs=(other.needs_met - one.needs_met) / more,
        needs_error=error / more,
        shadow=one.shadow,
    )


def _searched(district: District, asked: Sequence[Asked], requirements: Requirements, limits: Limits,
              executor: Executor | None) -> list[Point | None]:  # fmt: skip
    tasks = [partial(search_point, district, one, requirements, limits) for one in asked]
    if executor is None:
        return [task() for task in tasks]
    return [job.result() for job in [executor.submit(task) for task in tasks]]


def _dominates(one: Point, other: Point, *, earlier: bool) -> bool:
    """Whether a point is nowhere worse and somewhere better; both by more than the tolerance."""
    pairs = list(zip(_measures(one), _measures(other), strict=True))
    if any(a > b + TOLERANCE * abs(b) for a, b in pairs):
        return False
    return earlier or any(a < b - TOLERANCE * abs(b) for a, b in pairs)


def _measures(point: Point) -> tuple[float, float, float]:
    """What is weighed: the budget, the social cost, and the worst tenth; less is better."""
    return point.fund_wan, point.cost, point.worst_tenth
