"""Calibration rounds: plan, simulate, correct what the plan expects, plan again, until its promise is honest.

A correction makes a promise true; it need not make a plan better. So every round is judged in luck that no correction
has seen, and a plan whose simulated goals fall is never kept: then the old decisions get the honest promise.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from jiceng.plan_gap import SURE_ERRORS, Judgement, falls, judge, rises
from jiceng.planning import USUAL, Asked, asked_of
from jiceng.progress import Progress, silent
from jiceng.study import Policy, Study, run_study
from optimize import Correction, Limits, Plan, evaluate, make_plan
from optimize.coefficients import yields_of
from optimize.planner import Method
from optimize.promise import promised
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.schema import Scenario
from scenarios.tables import Reals
from sim.futures import NOMINAL
from sim.outcome import Outcome

Kept = Literal["decisions", "promise", "nothing"]
"""What a round leaves: its plan, or only a new promise of the decisions before it, or nothing."""
MOST_CHANGE = 2.0  # a round changes no factor by more than this ratio, before damping


@dataclass(frozen=True, kw_only=True)
class CalibrationSettings:
    """``damping`` is the power of a ratio that a round takes over: 1 all of it, 0 nothing.

    ``correcting`` replications, new ones in every round, teach the correction; ``judging`` replications, the same for
    all rounds and never learned from, judge the plans.
    """

    rounds: int = 5
    damping: float = 0.6
    correcting: int = 10
    judging: int = 20
    seed: int = 20261122
    warm_up: int = 12


@dataclass(frozen=True, eq=False)
class Trial:
    """A plan and the runs that judge it."""

    plan: Plan
    runs: tuple[Outcome, ...]

    @property
    def judgement(self) -> Judgement:
        """How the runs are against the promise."""
        return judge(self.runs)

    def promised_again(self, district: District, correction: Correction) -> Trial:
        """The same decisions, so the same runs, with the promise made anew. The goals stay those of the search."""
        plan = promised(district, self.plan.with_changes(correction=correction))
        return Trial(plan, tuple(replace(run, promised_met=plan.promised_met) for run in self.runs))


@dataclass(frozen=True, eq=False)
class Round:
    """One round: the plan made anew under what was learned, how it was judged, and what was kept of it."""

    number: int
    plan: Plan
    judgement: Judgement
    kept: Kept


@dataclass(frozen=True, eq=False)
class CalibrationReport:
    """All rounds, the first without a correction; the plan to use with its judgement.

    ``settled`` says that the last round changed no more than luck.
    """

    rounds: tuple[Round, ...]
    plan: Plan
    judgement: Judgement
    settled: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Planner:
    """How plans of one district are made, and the district before any mechanism, in which every run warms up."""

    base: District
    district: District
    asked: Asked = field(default_factory=lambda: USUAL)
    method: Method = "optimal"
    limits: Limits = field(default_factory=Limits)
    outlay_fen: int | None = None

    def plan(self, correction: Correction | None) -> Plan:
        """A plan under a correction. Raises ``PlanError``."""
        return make_plan(self.district, method=self.method, limits=self.limits, outlay_fen=self.outlay_fen,
                         correction=correction, **self.asked)  # fmt: skip


def planner_of(scenario: Scenario, *, version: int | None = None) -> Planner:
    """How a scenario plans."""
    settings = scenario.plan
    return Planner(
        base=scenario.model_copy(update={"mechanisms": {}}).district_value(version),
        district=scenario.district_value(version), asked=asked_of(scenario), method=settings.method,
        limits=Limits(time_limit_s=settings.time_limit_s, gap=settings.gap),
    )  # fmt: skip


def calibrate(planner: Planner, settings: CalibrationSettings | None = None, *, executor: Executor | None = None,
              progress: Progress = silent) -> CalibrationReport:  # fmt: skip
    """Correct the promise round by round and keep the best simulated plan.

    Every round learns from the plan kept so far and plans anew. The new plan is kept if no simulated goal falls, and
    either one rises or the gap narrows; falling and rising are by more than two standard errors of the paired
    difference. Else the decisions stay, and only their promise is made anew, if that narrows the gap. Ends early once
    gap and goals change within two standard errors. Raises ``PlanError``, and ``RuntimeError`` when a simulation fails.
    """
    settings = settings or CalibrationSettings()

    def judged(plan: Plan) -> Trial:
        return Trial(plan, simulated(planner, plan, settings.seed, settings.judging, settings.warm_up, executor))

    kept = judged(planner.plan(None))
    rounds, settled = [Round(0, kept.plan, kept.judgement, "decisions")], False
    while not settled and len(rounds) <= settings.rounds:
        number, before = len(rounds), kept.judgement
        progress("calibrate", number - 1, settings.rounds)
        runs = simulated(planner, kept.plan, settings.seed + number, settings.correcting, settings.warm_up, executor)
        correction = corrected(planner.district, kept.plan, runs, settings.damping)
        new = judged(planner.plan(correction))
        again = kept.promised_again(planner.district, correction)
        what: Kept = "nothing"
        if better(new.judgement, before):
            kept, what = new, "decisions"
        elif again.judgement.median < before.median:
            kept, what = again, "promise"
        rounds.append(Round(number, new.plan, new.judgement, what))
        settled = within_luck(kept.judgement, before)
    progress("calibrate", settings.rounds, settings.rounds)
    return CalibrationReport(tuple(rounds), kept.plan, kept.judgement, settled)


def better(new: Judgement, kept: Judgement) -> bool:
    """Whether a plan takes the place of the one kept: no goal falls, and a goal rises or the gap narrows."""
    return not falls(new, kept) and (rises(new, kept) or new.median < kept.median)


def within_luck(new: Judgement, old: Judgement) -> bool:
    """Whether gap and goals changed by no more than luck."""
    still = abs(new.median - old.median) <= SURE_ERRORS * new.median_error
    return still and not falls(new, old) and not rises(new, old)


def simulated(planner: Planner, plan: Plan, seed: int, replications: int, warm_up: int,
              executor: Executor | None) -> tuple[Outcome, ...]:  # fmt: skip
    """Runs of a plan over its own years in the nominal future."""
    study = Study(
        base=planner.base, policies=(Policy("plan", planner.district, plan),), futures=(NOMINAL,),
        replications=replications, seed=seed, months=MONTHS * planner.district.years, warm_up=warm_up,
    )  # fmt: skip
    ran = run_study(study, executor=executor)
    if ran.failures:
        raise RuntimeError(ran.failures[0].reason)
    return ran.outcomes


def corrected(district: District, plan: Plan, outcomes: tuple[Outcome, ...], damping: float) -> Correction:
    """The plan's correction after what its runs have shown.

    What is prevented beyond the promise is what money of earlier years has built up; a damped part of it is taken over.
    Two more things are corrected that do not disturb each other. Voiced matters per hour at hand correct the reach, so that a
    community's load is the simulated one. What then still parts promised from simulated solutions is put on hours and
    reach alike: with both in proportion service is too, and the load stays.
    """
    known = plan.correction or Correction.neutral(len(plan.communities))
    promise = evaluate(district, plan)
    beyond = _yearly(outcomes, "prevented") / _yearly(outcomes, "needs") - (promise.prevented / promise.needs).mean(
        axis=1
    )
    prevented = np.clip(np.array(known.still_prevented) + damping * beyond, 0.0, 0.5)
    known = replace(known, prevented=tuple(prevented.tolist()))
    promise = evaluate(district, plan.with_changes(correction=known))
    load = _yearly(outcomes, "voiced") / np.maximum(_yearly(outcomes, "minutes") / 60, 1.0)
    expected = promise.reached.mean(axis=1) / np.maximum(promise.hours.mean(axis=1), 1.0)
    reach = np.array(known.reach) * _step(load, expected, damping)
    loaded = replace(known, reach=tuple(reach.tolist()))
    again = evaluate(district, plan.with_changes(correction=loaded))
    both = _step(_yearly(outcomes, "solved"), again.solved.mean(axis=1), damping)
    hours, reach = np.array(known.hours) * both, np.minimum(reach * both, _most_reach(district))
    return replace(loaded, hours=tuple(hours.tolist()), reach=tuple(reach.tolist()))


def _yearly(outcomes: tuple[Outcome, ...], flow: str) -> Reals:
    """A flow a year by community, mean over runs."""
    return np.asarray(np.mean([run.total(flow) / run.years for run in outcomes], axis=0))


def _step(found: Reals, expected: Reals, damping: float) -> Reals:
    """The damped ratio of what was found to what was expected; 1 where either is nothing."""
    ratio = np.divide(found, expected, out=np.ones_like(expected), where=(found > 0) & (expected > 0))
    return np.asarray(np.clip(ratio, 1.0 / MOST_CHANGE, MOST_CHANGE) ** damping)


def _most_reach(district: District) -> Reals:
    """The factor at which every need is voiced."""
    yields = yields_of(district)
    return np.asarray(yields.needs / yields.reached.matters)
