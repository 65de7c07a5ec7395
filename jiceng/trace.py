"""One community's months, told in words."""

from __future__ import annotations

from jiceng.planning import plan_for
from jiceng.progress import Progress, silent
from jiceng.study import Failure, Policy, Study, futures_for, run_task, slim
from results.months_told import months_told
from scenarios.problems import Problem, ScenarioError, did_you_mean
from scenarios.schema import Scenario
from scenarios.text import Text


def trace(scenario: Scenario, code: str, *, months: int | None = None, seed: int | None = None,
          progress: Progress | None = None) -> tuple[Text, ...]:  # fmt: skip
    """A community's months under the scenario's own plan, in the nominal future.

    Raises ``ScenarioError`` for a code that is not the district's, with the nearest one.
    """
    settings, tell = scenario.simulation, progress or silent
    codes = scenario.district_value().communities.code
    if code not in codes:
        expected = Text("本区一个社区的代码", "the code of a community of this district")
        mend = did_you_mean(code, codes, Text("代码见communities.csv", "codes are in communities.csv"))
        raise ScenarioError([Problem("--trace", None, "community", code, expected, mend)])
    tell("plan", 0, 1)
    report = plan_for(scenario)
    tell("plan", 1, 1)
    study = Study(
        base=scenario.model_copy(update={"mechanisms": {}}).district_value(),
        policies=(Policy(scenario.id, report.district, report.plan),),
        futures=futures_for(1, 0),
        replications=1,
        seed=settings.seed if seed is None else seed,
        months=months or settings.months,
        warm_up=settings.warm_up,
    )
    found = run_task(study, slim, *study.tasks[0])
    if isinstance(found, Failure):
        raise RuntimeError(found.reason)
    return months_told(found[0], code)
