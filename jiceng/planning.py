"""Plans for scenarios, side by side, at equal consolidated outlay.

A policy is compared with the baseline at the money the baseline costs society: own + granted - displaced, posts,
postings, grids, capital spread over its life, running costs. Its service fund is the balancing item. What a plan decides
(venues, postings) changes the outlay, so the fund is balanced again once the plan is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import TypedDict

from optimize import GOALS, Goal, Limits, Plan, make_plan, resized
from optimize.outlay import plan_outlay
from optimize.plan import PlanError
from optimize.requirements import NOTHING, Bound, Requirements
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN, own_effort_fen
from scenarios.funding_scale import FundScaleError, balance, full_use_costs_fen
from scenarios.sampling import sampled
from scenarios.schema import Scenario
from scenarios.text import Text

BALANCING_ROUNDS = 2


@dataclass(frozen=True, eq=False)
class PlanReport:
    """A scenario, the district under its rules (fund balanced if an outlay was asked for), its plan, and the outlay.

    ``outlay_fen`` is the mean consolidated outlay of the plan years; ``target_fen`` what was asked for, if anything.
    ``file`` is where the plan was read from, if it was not made here.
    """

    scenario: Scenario
    district: District
    plan: Plan
    outlay_fen: int
    target_fen: int | None = None
    file: Path | None = None


def plan_for(scenario: Scenario, *, version: int | None = None, target_fen: int | None = None,
             communities: int | None = None) -> PlanReport:  # fmt: skip
    """The scenario's plan, at its own money or at an outlay to be met; for a sample of so many communities if given.

    Raises ``ScenarioError``, ``PlanError``, or ``FundScaleError`` when the outlay cannot be met; each says for which
    scenario.
    """
    try:
        return _planned(scenario, version, target_fen, communities)
    except PlanError as error:
        raise PlanError(error.status, [_of(scenario, says) for says in error.problems]) from error
    except FundScaleError as error:
        raise FundScaleError(_of(scenario, error.says)) from error


def _of(scenario: Scenario, says: Text) -> Text:
    return Text(f"方案 {scenario.id}：{says.zh}", f"scenario {scenario.id}: {says.en}")


def _planned(scenario: Scenario, version: int | None, target_fen: int | None, communities: int | None) -> PlanReport:
    district = scenario.district_value(version)
    if communities is not None:
        district = sampled(district, communities)
    return plan_on(scenario, district, target_fen)


def plan_on(scenario: Scenario, district: District, target_fen: int | None = None) -> PlanReport:
    """The plan that a scenario asks for on a district that has its mechanisms already, at its own money or at an outlay."""
    if target_fen is None:
        plan = _made(scenario, district, None)
        return PlanReport(scenario, district, plan, mean_outlay_fen(district, plan))
    return _at_outlay(scenario, district, target_fen)


def plans_at_equal_outlay(scenarios: tuple[Scenario, ...], against: PlanReport, *, version: int | None,
                          executor: Executor | None) -> tuple[PlanReport, ...]:  # fmt: skip
    """Plans of the other scenarios at the baseline's outlay, side by side over an executor."""
    if executor is None:
        return tuple(plan_for(one, version=version, target_fen=against.outlay_fen) for one in scenarios)
    jobs = [executor.submit(plan_for, one, version=version, target_fen=against.outlay_fen) for one in scenarios]
    return tuple(job.result() for job in jobs)


def mean_outlay_fen(district: District, plan: Plan) -> int:
    """Consolidated outlay a year, mean over the plan years."""
    return round(mean(year.total_fen for year in plan_outlay(district, plan)))


def _at_outlay(scenario: Scenario, district: District, target_fen: int) -> PlanReport:
    """Balance, plan, and balance again with what the plan really costs beside its fund."""
    if district.service_fund.mode == "free":
        return _chosen_at_outlay(scenario, district, target_fen)
    plan, other_fen = None, full_use_costs_fen(district)
    for _ in range(BALANCING_ROUNDS):
        balanced = balance(district, target_fen, other_fen)
        plan = _made(scenario, balanced, None)
        outlay_fen = mean_outlay_fen(balanced, plan)
        if abs(outlay_fen - target_fen) <= FEN_PER_YUAN * len(district.communities):
            return PlanReport(scenario, balanced, plan, outlay_fen, target_fen)
        other_fen = _beside_funds_fen(balanced, plan)
    assert plan is not None
    balanced = balance(district, target_fen, other_fen)  # the last cents, with every decision kept
    plan = resized(balanced, plan)
    return PlanReport(scenario, balanced, plan, mean_outlay_fen(balanced, plan), target_fen)


def _beside_funds_fen(district: District, plan: Plan) -> int:
    """What a plan costs a year beside its funds: posts, postings, grids, venues; mean over the plan years."""
    years = plan_outlay(district, plan)
    return round(
        mean(year.total_fen - year.service_fen - year.work_and_party_fen - year.programmes_fen for year in years)
    )


def _chosen_at_outlay(scenario: Scenario, district: District, target_fen: int) -> PlanReport:
    """Where the plan chooses the grants, the outlay takes the place of the pool.

    What grants displace is saved by payers, so at equal outlay the granter gives that much more; the pool is widened by
    all own money there is, and the outlay binds.
    """
    fund = district.service_fund
    widest = fund.pool_fen + int(own_effort_fen(district).sum())
    wide = district.with_changes(service_fund=replace(fund, pool_fen=widest))
    plan = _made(scenario, wide, target_fen)
    return PlanReport(scenario, wide, plan, mean_outlay_fen(wide, plan), target_fen)


def _made(scenario: Scenario, district: District, outlay_fen: int | None) -> Plan:
    settings = scenario.plan
    limits = Limits(time_limit_s=settings.time_limit_s, gap=settings.gap)
    return make_plan(district, method=settings.method, limits=limits, outlay_fen=outlay_fen, **asked_of(scenario))


class Asked(TypedDict):
    """What a scenario asks of a plan, as :func:`optimize.make_plan` takes it."""

    goals: tuple[Goal, ...]
    weights: Mapping[Goal, float] | None
    requirements: Requirements


USUAL = Asked(goals=GOALS, weights=None, requirements=NOTHING)


def asked_of(scenario: Scenario) -> Asked:
    """Goals in order or weighted, and bounds."""
    bounds = tuple(Bound(goal=goal, at_most=limit) for goal, limit in scenario.bounds.items())
    return Asked(goals=scenario.goals, weights=scenario.weights or None, requirements=Requirements(bounds=bounds))
