"""The plans and runs that expectations need: values on the whole district, directions on a sample at equal outlay.

Plans are made side by side, each once. Scenarios of the same district, sizes and luck are simulated together, so that they
share their warm-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

from jiceng.planning import PlanReport, plan_for
from jiceng.progress import Progress
from jiceng.study import Policy, Study, futures_for, run_study
from scenarios.district import District
from scenarios.loader import load_scenario
from scenarios.sampling import sampled
from scenarios.schema import Scenario
from sim.futures import NOMINAL
from sim.outcome import Outcome

TOGETHER = 8  # scenarios a study: enough to share the warm-up, few enough to hold


@dataclass(frozen=True)
class Scale:
    """How much of a scenario a check of directions runs: communities and futures at most, None for all of them."""

    communities: int | None = 60
    futures: int | None = None


USUAL, FULL, QUICK = Scale(), Scale(communities=None), Scale(futures=4)


@dataclass(frozen=True)
class Pair:
    """A scenario and the one that it is held against, at that one's outlay, on so many communities (None: on all)."""

    scenario: Scenario
    versus: Scenario
    communities: int | None

    @property
    def key(self) -> tuple[str, str]:
        """Both files."""
        return self.scenario.file, self.versus.file

    @property
    def rival(self) -> tuple[str, int | None]:
        """Whose plan it is held against: the file, and on how many communities."""
        return self.versus.file, self.communities


@dataclass(frozen=True, eq=False)
class Runs:
    """What was simulated: one nominal run by file, and paired runs by both files, with the share of communities run."""

    nominal: dict[str, Outcome]
    paired: dict[tuple[str, str], tuple[Outcome, ...]]
    shares: dict[tuple[str, str], float]


def runs_for(scenarios: Sequence[Scenario], *, executor: Executor, scale: Scale, progress: Progress) -> Runs:
    """Everything that the expectations of the scenarios need. Raises what planning raises, and ``RuntimeError`` for a
    simulation that failed.
    """
    valued = [one for one in scenarios if any(item.versus is None for item in one.expect)]
    pairs = _pairs(scenarios, scale)
    steps = _Steps(progress, len(valued) + len({pair.rival for pair in pairs}) + 2 * len(pairs))
    own = _planned({one.file: (one, None, None) for one in valued}, executor, steps)
    rivals = _planned({pair.rival: (pair.versus, None, pair.communities) for pair in pairs}, executor, steps)
    mine = _planned({pair.key: (pair.scenario, rivals[pair.rival].outlay_fen, pair.communities) for pair in pairs},
                    executor, steps)  # fmt: skip
    nominal = {file: outcomes[0] for file, outcomes in _nominal(valued, own, executor).items()}
    paired: dict[tuple[str, str], tuple[Outcome, ...]] = {}
    for batch in _batches(pairs):
        paired |= _side_by_side(batch, rivals, mine, scale, executor)
        steps.done(len(batch))
    shares = {pair.key: _share_run(pair.scenario, paired[pair.key][0]) for pair in pairs}
    return Runs(nominal, paired, shares)


class _Steps:
    """Progress of the whole check."""

    def __init__(self, tell: Progress, count: int) -> None:
        self.tell, self.count, self.so_far = tell, count, 0
        tell("test", 0, count)

    def done(self, steps: int = 1) -> None:
        self.so_far += steps
        self.tell("test", self.so_far, self.count)


def _pairs(scenarios: Sequence[Scenario], scale: Scale) -> list[Pair]:
    """Each pair once, in the order of the files.

    Where venues are built the whole district is run: a sample thins the map, and fewer live within a walk of each site.
    """
    found: dict[tuple[str, str], Pair] = {}
    for one in scenarios:
        for name in dict.fromkeys(item.versus for item in one.expect if item.versus is not None):
            versus = load_scenario(one.beside(name))
            builds = any(each.district_value().venues.capital_fen for each in (one, versus))
            pair = Pair(one, versus, None if builds else scale.communities)
            found.setdefault(pair.key, pair)
    return list(found.values())


def _planned(wanted: dict[Any, tuple[Scenario, int | None, int | None]], executor: Executor,
             steps: _Steps) -> dict[Any, PlanReport]:  # fmt: skip
    """Plans by key: of a scenario, at an outlay if one is given, on a sample if one is."""
    jobs = {key: executor.submit(plan_for, scenario, target_fen=target, communities=count)
            for key, (scenario, target, count) in wanted.items()}  # fmt: skip
    reports = {}
    for key, job in jobs.items():
        reports[key] = job.result()
        steps.done()
    return reports


def _nominal(valued: Sequence[Scenario], plans: dict[str, PlanReport], executor: Executor) -> dict[str, list[Outcome]]:
    """One run each in the nominal future: enough for identities, which hold in every run."""
    jobs = {one.file: executor.submit(_one_run, one, plans[one.file]) for one in valued}
    return {file: job.result() for file, job in jobs.items()}


def _one_run(scenario: Scenario, plan: PlanReport) -> list[Outcome]:
    study = _study(scenario, None, [Policy(scenario.file, plan.district, plan.plan)])
    return _ran(replace(study, futures=(NOMINAL,), replications=1), None)


def _batches(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs that can be simulated together, a few at a time."""
    kinds: dict[str, list[Pair]] = {}
    for pair in pairs:
        kinds.setdefault(repr((_kind(pair.scenario), pair.communities)), []).append(pair)
    return [group[at : at + TOGETHER] for group in kinds.values() for at in range(0, len(group), TOGETHER)]


def _kind(scenario: Scenario) -> str:
    """What scenarios must share to meet the same residents, history and luck."""
    return repr((scenario.district, scenario.folder, scenario.plan.first_year, scenario.plan.years,
                 sorted(scenario.parameters.items()), scenario.simulation.model_dump()))  # fmt: skip


def _side_by_side(batch: Sequence[Pair], rivals: dict[tuple[str, int | None], PlanReport], mine: dict[tuple[str, str], PlanReport],
                  scale: Scale, executor: Executor) -> dict[tuple[str, str], tuple[Outcome, ...]]:  # fmt: skip
    """The runs of some pairs: every rival once, every scenario at its rival's outlay."""
    reports = {**{pair.versus.file: rivals[pair.rival] for pair in batch},
               **{labels(pair.key)[0]: mine[pair.key] for pair in batch}}  # fmt: skip
    policies = [Policy(label, report.district, report.plan) for label, report in reports.items()]
    study = _study(batch[0].scenario, batch[0].communities, policies)
    if scale.futures is not None:
        study = replace(study, futures=futures_for(scale.futures, study.seed), replications=1)
    outcomes = _ran(study, executor)
    return {
        pair.key: tuple(run for run in outcomes if run.policy in (pair.versus.file, labels(pair.key)[0]))
        for pair in batch
    }


def labels(pair_of_files: tuple[str, str]) -> tuple[str, str]:
    """The policies of a pair's runs: the scenario's, which is never the name of a rival, and the rival's."""
    scenario, versus = pair_of_files
    return f"{scenario} at the outlay of {versus}", versus


def _study(scenario: Scenario, communities: int | None, policies: list[Policy]) -> Study:
    settings = scenario.simulation
    base: District = scenario.model_copy(update={"mechanisms": {}}).district_value()
    return Study(
        base=base if communities is None else sampled(base, communities), policies=tuple(policies),
        futures=futures_for(settings.futures, settings.seed), replications=settings.replications, seed=settings.seed,
        months=settings.months, warm_up=settings.warm_up,
    )  # fmt: skip


def _share_run(scenario: Scenario, found: Outcome) -> float:
    """Communities of a run over those of the scenario's district."""
    return len(found.codes) / len(scenario.district_value().communities)


def _ran(study: Study, executor: Executor | None) -> list[Outcome]:
    ran = run_study(study, executor=executor)
    if ran.failures:
        raise RuntimeError(ran.failures[0].reason)
    return list(ran.outcomes)
