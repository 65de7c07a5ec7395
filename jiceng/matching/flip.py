"""Where the answer flips: one arm against another over the spread of own revenue and the cost of local money.

A plan is made at every spread; the cost of local money prices own money in the social cost and changes no plan, so the
difference is linear in it and the cost at which it changes sign is exact. All from the plans' promises.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from jiceng.matching.arms import ARMS, Arm, planned, scenario_of
from jiceng.matching.study import bare_district, simulated
from jiceng.planning import PlanReport, plan_on
from optimize.measures import social_cost
from optimize.promise import evaluate
from results.estimates import Estimate, mean_interval
from results.matching import MANDATED, FlipReport, Pairing, SpotCheck
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, revenue_yuan, sum_flows, year_money
from sim.outcome import Outcome, gini, met

SPREADS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
COSTS = (1.0, 1.2, 1.4, 1.6, 1.8, 2.0)
FIRST, SECOND = ("base_match", MANDATED), ("needs", "formula")
KINDS = ("total", "granter")
CHECKED = ("base_match", "formula", "total")
CELLS = ((0.0, 1.0), (1.0, 1.0), (1.0, 2.0))  # spread and cost of the cells that are simulated
CONFIDENCE, ROUNDS = 0.95, 12


@dataclass(frozen=True)
class Spread:
    """Own revenue per resident moved to ``factor`` times its distance from the mean of all residents.

    Its total stays; what would fall below zero is zero. 1 is today, 0 gives every resident the same revenue behind them.
    """

    factor: float

    def __call__(self, district: District) -> District:
        """The district with its revenues spread."""
        here = district.communities
        people, now = here.population.astype(float), revenue_yuan(district)
        mean = now.sum() / people.sum()
        per_head = np.maximum(mean + self.factor * (now / people - mean), 0.0)
        then = per_head * people
        then = then * (now.sum() / then.sum()) / district.rates.revenue_scale
        village = district.is_village
        streets = np.bincount(district.street_index, weights=then * ~village, minlength=len(district.streets))
        income = np.where(village, then, here.collective_income_yuan)
        return district.with_changes(communities=here.replaced(collective_income_yuan=income),
                                     streets=district.streets.replaced(own_revenue_yuan=streets))  # fmt: skip


@dataclass(frozen=True)
class Costed:
    """The social cost of an arm at a cost of local money of 1, and its own money; 万元 a year."""

    cost: float
    own: float


def flip_report(*, futures: int, executor: Executor | None = None, spreads: Sequence[float] = SPREADS) -> FlipReport:
    """The whole map, and the cells that are checked by simulation."""
    jobs = [executor.submit(at_spread, spread) for spread in spreads] if executor else []
    found = [job.result() for job in jobs] if executor else [at_spread(spread) for spread in spreads]
    pairings = tuple(_pairing(first, second, kind, found) for kind in KINDS for first in FIRST for second in SECOND)
    chosen = next(one for one in pairings if (one.first, one.second, one.kind) == CHECKED)
    return FlipReport(
        spreads=tuple(spreads), ginis=tuple(_gini(spread) for spread in spreads), costs=COSTS,
        names={arm.id: arm.name for arm in ARMS}, pairings=pairings, checked=CHECKED,
        checks=_checks(chosen, spreads, futures, executor),
    )  # fmt: skip


def at_spread(spread: float) -> dict[tuple[str, str], Costed]:
    """Every arm of the map at a spread, by arm and kind of equal outlay."""
    base = planned(_arm(MANDATED), None, Spread(spread))
    granted = granted_fen(base)
    found = {(MANDATED, kind): costed(base) for kind in KINDS}
    for name in {*FIRST, *SECOND} - {MANDATED}:
        found[name, "total"] = costed(planned(_arm(name), base.outlay_fen, Spread(spread)))
        found[name, "granter"] = costed(at_granter_outlay(_arm(name), granted, Spread(spread)))
    return found


def at_granter_outlay(arm: Arm, granted: int, shape: Spread) -> PlanReport:
    """The arm's plan when grants and matches come to an amount, whatever own money does."""
    scenario = scenario_of(arm)
    district = shape(scenario.district_value())
    fund = district.service_fund
    if fund.mode == "free":
        return plan_on(scenario, district.with_changes(service_fund=replace(fund, pool_fen=granted)))
    low, high = 0, granted
    for _ in range(60):
        middle = (low + high) // 2
        low, high = (middle, high) if _handed_out(_with_base(district, middle)) <= granted else (low, middle)
    return plan_on(scenario, _with_base(district, low))


def _with_base(district: District, total_fen: int) -> District:
    count = len(district.communities)
    fund = replace(district.service_fund, entitlement_fen=(total_fen // count,) * count)
    return district.with_changes(service_fund=fund)


def _handed_out(district: District) -> int:
    money = year_money(district, np.array(district.service_fund.entitlement_fen, dtype=np.int64))
    return sum(int(sum_flows(money.flows, role=role).sum()) for role in ("grant", "match", "mandated"))


def granted_fen(report: PlanReport) -> int:
    """Grants and matches of the plan's first year, whichever tier pays them."""
    money = year_money(report.district, report.plan.lump_fen[:, 0])
    return sum(int(sum_flows(money.flows, role=role).sum()) for role in ("grant", "match", "mandated"))


def costed(report: PlanReport) -> Costed:
    """What a plan costs society and takes of own money."""
    district, plan = report.district, report.plan
    own = [int(sum_flows(year_money(district, plan.lump_fen[:, year]).flows, role="own").sum())
           for year in range(len(plan.years))]  # fmt: skip
    return Costed(social_cost(district, plan, evaluate(district, plan)), float(np.mean(own)) / FEN_PER_WAN)


def _pairing(first: str, second: str, kind: str, found: list[dict[tuple[str, str], Costed]]) -> Pairing:
    sides = [(costs[first, kind], costs[second, kind]) for costs in found]
    return Pairing(first=first, second=second, kind=kind, saved=tuple(b.cost - a.cost for a, b in sides),
                   own=tuple(a.own - b.own for a, b in sides))  # fmt: skip


def _gini(spread: float) -> float:
    """Gini coefficient of own revenue per resident over communities."""
    district = Spread(spread)(bare_district())
    return gini(revenue_yuan(district) / district.communities.population)


def _arm(name: str) -> Arm:
    return next(arm for arm in ARMS if arm.id == name)


def _checks(
    pairing: Pairing, spreads: Sequence[float], futures: int, executor: Executor | None
) -> tuple[SpotCheck, ...]:
    cells = [(spread, cost) for spread, cost in CELLS if spread in spreads]
    runs = {spread: _simulated(pairing, spread, futures, executor) for spread in dict.fromkeys(s for s, _ in cells)}
    return tuple(SpotCheck(spread=spread, cost=cost, promised=pairing.at(spreads.index(spread), cost),
                           simulated=_saved(pairing, runs[spread], cost)) for spread, cost in cells)  # fmt: skip


def _simulated(pairing: Pairing, spread: float, futures: int, executor: Executor | None) -> tuple[Outcome, ...]:
    shape = Spread(spread)
    target = planned(_arm(MANDATED), None, shape).outlay_fen
    plans = {name: planned(_arm(name), target, shape) for name in (pairing.first, pairing.second)}
    seed = scenario_of(ARMS[0]).simulation.seed
    return simulated(plans, shape(bare_district()), futures=futures, seed=seed, executor=executor)


def _saved(pairing: Pairing, outcomes: tuple[Outcome, ...], cost: float) -> Estimate:
    """The second arm's simulated social cost less the first's, future by future, 万元 a year."""

    def of(policy: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([simulated_cost(one, cost) for one in outcomes if one.policy == policy])

    return mean_interval(of(pairing.second) - of(pairing.first), CONFIDENCE)


def simulated_cost(one: Outcome, cost: float) -> float:
    """The plans' social cost, measured on a run: unmet needs, remedy of what escalated, outlay, and own money's price."""
    unmet = float(one.total("needs").sum() - met(one).sum()) / one.years
    remedy = float(one.total("fen_remedy").sum()) / FEN_PER_WAN / one.years
    own = float(one.total("fen_own").sum()) / FEN_PER_WAN / one.years
    return unmet + remedy + float(one.outlay_fen.mean()) / FEN_PER_WAN + (cost - 1.0) * own
