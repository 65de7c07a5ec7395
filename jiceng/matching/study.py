"""Plans every arm at equal outlay, simulates all in the same futures, and sets each beside the mandated match."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from jiceng.matching.arms import ARMS, Arm, Shape, as_it_is, planned, scenario_of
from jiceng.matching.ledger import ledger
from jiceng.planning import PlanReport
from jiceng.progress import Progress, silent
from jiceng.study import Policy, Study, futures_for, run_study
from results.compare import Comparison, Contrast, compare
from results.groupings import groupings
from results.matching import MANDATED, ArmReport
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from sim.outcome import Outcome

HALF_WAN = 10.0  # the granter's half of 20 万元 a community: study report 000
HALF_FEN = int(HALF_WAN * FEN_PER_WAN)
QUARTERS = "own_revenue"


def plans_of(arms: Sequence[Arm], *, shape: Shape = as_it_is, executor: Executor | None = None,
             progress: Progress = silent) -> dict[str, PlanReport]:  # fmt: skip
    """Every arm's plan at the outlay of the first one, which is the mandated match."""
    first, *others = arms
    progress("plan", 0, len(arms))
    base = planned(first, None, shape)
    target = base.outlay_fen
    if executor is None:
        found = [planned(arm, target, shape) for arm in others]
    else:
        found = [job.result() for job in [executor.submit(planned, arm, target, shape) for arm in others]]
    progress("plan", len(arms), len(arms))
    return dict(zip((arm.id for arm in arms), (base, *found), strict=True))


def simulated(plans: dict[str, PlanReport], base: District, *, futures: int, seed: int, executor: Executor | None = None,
              progress: Progress = silent) -> tuple[Outcome, ...]:  # fmt: skip
    """Every plan in the same futures with the same luck. Raises ``RuntimeError`` when a run fails."""
    settings = next(iter(plans.values())).scenario.simulation
    study = Study(
        base=base, policies=tuple(Policy(name, report.district, report.plan) for name, report in plans.items()),
        futures=futures_for(futures, seed), replications=1, seed=seed, months=settings.months, warm_up=settings.warm_up,
    )  # fmt: skip
    ran = run_study(study, executor=executor, progress=progress)
    if ran.failures:
        raise RuntimeError(ran.failures[0].reason)
    return ran.outcomes


def bare_district() -> District:
    """The district of the arms without any mechanism."""
    return scenario_of(ARMS[0]).model_copy(update={"mechanisms": {}}).district_value()


def arm_reports(arms: Sequence[Arm], *, futures: int, shape: Shape = as_it_is, executor: Executor | None = None,
                progress: Progress = silent) -> tuple[ArmReport, ...]:  # fmt: skip
    """What every arm costs and brings; ``shape`` may make the district smaller once its mechanisms are on."""
    base = shape(bare_district())
    plans = plans_of(arms, shape=shape, executor=executor, progress=progress)
    seed = plans[MANDATED].scenario.simulation.seed
    outcomes = simulated(plans, base, futures=futures, seed=seed, executor=executor, progress=progress)
    found = compare(outcomes, against=MANDATED, groups=groupings(base))
    return tuple(_report(arm, plans[arm.id], found) for arm in arms)


def _report(arm: Arm, report: PlanReport, found: Comparison) -> ArmReport:
    against = arm.id == MANDATED
    places = found.places[arm.id]
    plan = report.plan
    return ArmReport(
        id=arm.id, name=arm.name, says=arm.says, equal_outlay=arm.equal_outlay, ledger=ledger(report, HALF_FEN),
        promised=float(plan.promised_met.sum() / plan.promised_needs.sum()),
        needs_met=None if against else _contrast(found, arm.id, "needs_met_share"),
        worst_tenth=None if against else _contrast(found, arm.id, "worst_tenth"),
        level=found.level(arm.id, "needs_met_share"), worst_level=found.level(arm.id, "worst_tenth"),
        quarters=found.groups[QUARTERS][arm.id], gains=places.gains, losses=places.losses,
    )  # fmt: skip


def _contrast(found: Comparison, policy: str, metric: str) -> Contrast:
    return found.contrasts[policy][metric]
