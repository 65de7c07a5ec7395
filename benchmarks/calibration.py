"""Does the plan keep its promise? The plan gap of Huancui, where it comes from, and what calibration rounds make of it.

Run ``make calibration``; the figures go to docs/plan-gap.md.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from jiceng.calibration import (
    CalibrationReport,
    CalibrationSettings,
    Planner,
    calibrate,
    planner_of,
    simulated,
)
from jiceng.plan_gap import GOAL_METRICS, Judgement, change, judge, standard_error
from jiceng.study import workers_pool
from optimize import Correction, Plan, evaluate
from results.estimates import Estimate
from scenarios.district import District
from scenarios.loader import load_scenario
from scenarios.tables import Reals
from sim.outcome import Outcome

SCENARIOS = ("equal-split", "needs-based")
BUDGETS = (0.9, 1.1)
SETTINGS = CalibrationSettings()
PAGE = Path(__file__).resolve().parent.parent / "docs" / "plan-gap.md"


@dataclass(frozen=True, eq=False)
class Found:
    """What was measured on one scenario."""

    name: str
    causes: dict[str, Judgement]
    report: CalibrationReport
    margins: dict[float, tuple[float, float, Estimate]]  # budget: change promised before, after, and simulated


def main() -> None:
    """Measure, print, and write the page."""
    with workers_pool(os.cpu_count() or 1) as executor:
        found = [_measured(name, executor) for name in SCENARIOS]
    text = "\n".join([*_head(), *(line for each in found for line in _scenario(each))]) + "\n"
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _measured(name: str, executor: Executor) -> Found:
    planner = planner_of(load_scenario(name))
    report = calibrate(planner, SETTINGS, executor=executor, progress=lambda stage, done, total: print(
        f"{name}: {stage} {done}/{total}", file=sys.stderr))  # fmt: skip
    return Found(name, _causes(planner, report.rounds[0].plan, executor), report, _margins(planner, report, executor))


# --- where the gap comes from ---------------------------------------------------------------------------------------
def _causes(planner: Planner, plan: Plan, executor: Executor) -> dict[str, Judgement]:
    """The first plan's gap when its promise is made again with one expectation replaced by what was simulated."""
    runs = simulated(planner, plan, SETTINGS.seed, SETTINGS.correcting, SETTINGS.warm_up, executor)
    cold = simulated(planner, plan, SETTINGS.seed, SETTINGS.correcting, 0, executor)
    promise, none = evaluate(planner.district, plan), np.ones(len(plan.communities))
    needs = _yearly(runs, "needs") - _yearly(runs, "prevented")
    reach = _yearly(runs, "voiced") / promise.reached.mean(axis=1)
    hours = _yearly(runs, "minutes") / 60 / promise.hours.mean(axis=1)
    unblocked = 1.0 - _yearly(runs, "blocked") / needs
    replaced = {
        "as planned": (none, none),
        "as planned, without the warm-up year": (none, none),
        "hours at hand": (hours, none),
        "needs blocked by an open matter": (none, unblocked),
        "needs voiced, blocked or not": (none, reach),
        "needs voiced and hours at hand": (hours, reach),
    }
    return {
        what: judge(_promised_again(planner.district, plan, cold if "without" in what else runs, *factors))
        for what, factors in replaced.items()
    }


def _promised_again(district: District, plan: Plan, runs: tuple[Outcome, ...], hours: Reals,
                    reach: Reals) -> tuple[Outcome, ...]:  # fmt: skip
    """The runs, with the promise that the plan would make under other factors."""
    correction = Correction(tuple(hours.tolist()), tuple(reach.tolist()))
    met = evaluate(district, plan.with_changes(correction=correction)).met
    return tuple(replace(run, promised_met=met) for run in runs)


def _yearly(runs: tuple[Outcome, ...], flow: str) -> Reals:
    return np.asarray(np.mean([run.total(flow) / run.years for run in runs], axis=0))


# --- what a tenth more or less money changes ------------------------------------------------------------------------
def _margins(
    planner: Planner, report: CalibrationReport, executor: Executor
) -> dict[float, tuple[float, float, Estimate]]:
    """Change of the share of needs met with the budget, promised before and after calibration, and simulated.

    All plans after calibration are made anew under the correction that was kept, at the present budget too.
    """

    def judged(by: Planner, plan: Plan) -> Judgement:
        return judge(simulated(by, plan, SETTINGS.seed, SETTINGS.judging, SETTINGS.warm_up, executor))

    correction, first = report.plan.correction, report.rounds[0].plan
    now = planner.plan(correction)
    base, margins = judged(planner, now), {}
    for budget in BUDGETS:
        other = replace(planner, district=_with_budget(planner.district, budget))
        plan = other.plan(correction)
        margins[budget] = (_share(other.plan(None)) - _share(first), _share(plan) - _share(now),
                           change(judged(other, plan), base, "needs_met_share"))  # fmt: skip
    return margins


def _with_budget(district: District, budget: float) -> District:
    """The district with a larger or smaller service fund, every community's floor or entitlement in proportion."""
    fund = district.service_fund

    def sized(fen: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(round(part * budget) for part in fen)

    return district.with_changes(service_fund=replace(
        fund, pool_fen=round(fund.pool_fen * budget), entitlement_fen=sized(fund.entitlement_fen),
        floor_fen=sized(fund.floor_fen)))  # fmt: skip


def _share(plan: Plan) -> float:
    """Needs met per need, as promised."""
    return float(plan.promised_met.sum() / plan.promised_needs.sum())


# --- the page -------------------------------------------------------------------------------------------------------
def _head() -> Iterator[str]:
    yield "# The plan gap"
    yield ""
    yield (
        "How far the simulation is from what the plan promised: needs met over needs promised, less 1, for every community "
        "of Huancui with at least 100 needs a year. Every resident, the plan's three years after a warm-up year, the nominal "
        f"future, mean of {SETTINGS.judging} replications. A round plans, simulates {SETTINGS.correcting} replications, "
        f"corrects hours and reach (damping {SETTINGS.damping:g}), and plans again; it is judged in luck that no correction "
        "has seen. Its decisions are kept only if no simulated goal falls by more than two standard errors, else at most a new "
        "promise of the decisions before; every row of the rounds shows the plan made anew. All communities are synthetic below the district totals. Figures after ± are "
        "standard errors. Written by `make calibration`."
    )
    yield ""
    yield (
        "Two things that the plan does not expect pull apart: residents with an open matter have no second one (blocked), "
        "and residents of a responsive community voice more than the reference, those of an overloaded one less. What "
        "remains when voicing and hours are known is the yield of hours: near full load more is served than the plan's "
        "queueing curve says."
    )


def _scenario(found: Found) -> Iterator[str]:
    yield from ("", f"## {found.name}", "", "Where the gap of the first plan comes from: its promise made again with one "
                f"expectation replaced by what was simulated ({SETTINGS.correcting} replications).", "")  # fmt: skip
    yield from ("| replaced by what was simulated | median gap | 90 % within | median with sign |", "|---|---|---|---|")
    for what, gap in found.causes.items():
        yield f"| {what} | {_percent(gap.median)} | {_percent(gap.p90)} | {100 * np.median(gap.gaps):+.1f} % |"
    yield from (
        "",
        "| round | median gap | 90 % within | needs met | worst tenth | promised | kept |",
        "|---|---|---|---|---|---|---|",
    )
    for each in found.report.rounds:
        gap = each.judgement
        goals = " | ".join(_estimate(gap.goal(name)) for name in GOAL_METRICS)
        promised = each.plan.promised_met.sum() / each.plan.promised_needs.sum()
        yield (f"| {each.number} | {_percent(gap.median)} ± {100 * gap.median_error:.2f} | {_percent(gap.p90)} | {goals} "
               f"| {_percent(promised)} | {each.kept if each.number else 'the first plan'} |")  # fmt: skip
    last, first = found.report.judgement, found.report.rounds[0].judgement
    moved = ", ".join(f"{name} {_points(change(last, first, name))}" for name in GOAL_METRICS)
    settled = (
        "The last round changed no more than luck" if found.report.settled else "The rounds ended before they settled"
    )
    yield from (
        "",
        f"{settled}. What is kept has a median gap of {_percent(last.median)} ± {100 * last.median_error:.2f}, 90 % within "
        f"{_percent(last.p90)}; against the first plan in the same luck: {moved} points.",
        "",
    )
    yield from ("| budget | promised at first | promised after calibration | simulated |", "|---|---|---|---|")
    for budget, (before, after, simulation) in found.margins.items():
        yield f"| {100 * budget - 100:+.0f} % | {100 * before:+.2f} | {100 * after:+.2f} | {_points(simulation)} |"
    yield from ("", "Change of the share of needs met in points when the service fund is a tenth smaller or larger and the plan "
                "is made anew.")  # fmt: skip


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _estimate(value: Estimate) -> str:
    return f"{100 * value.mean:.2f} ± {100 * standard_error(value):.2f} %"


def _points(value: Estimate) -> str:
    return f"{100 * value.mean:+.2f} ± {100 * standard_error(value):.2f}"


if __name__ == "__main__":
    main()
