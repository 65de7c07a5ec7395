"""What ``jiceng robust`` answers: the measure with its proof, what the plan gains in each future, VSS, EVPI, and changes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiceng.answer import Answer, Grid
from jiceng.answers import load_all
from jiceng.failure import of_status
from jiceng.plan_file import about, write_plan
from jiceng.plan_files.files import write_plan_files
from jiceng.plan_text import STATUSES
from jiceng.planning import asked_of
from jiceng.robust_changes import changes_says, first_changes
from jiceng.study import workers_pool
from optimize import Limits, Requirements, make_plan
from optimize.goals import TOLERANCES
from optimize.requirements import Bound
from optimize.robust import NEEDS, Difference, RobustPlan, make_robust_plan
from optimize.robust_futures import InFuture
from optimize.robust_measures import Measure
from results.numbers import number
from scenarios.district import District
from scenarios.schema import Scenario
from scenarios.text import Text
from sim.futures import Future, sample_futures


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How many futures, by which measure; None leaves the seed to the scenario and the workers to the machine."""

    futures: int
    measure: Measure
    grants_first: bool = False
    seed: int | None = None
    workers: int | None = None
    version: int | None = None


def robust(reference: str, asked: Asked, out: Path | None) -> Answer:
    """A plan over sampled futures of a scenario, written as files if a folder is given."""
    scenario = load_all([reference])[0]
    district = scenario.district_value(asked.version)
    seed = scenario.simulation.seed if asked.seed is None else asked.seed
    futures = sample_futures(asked.futures, seed)
    made = _made(scenario, district, futures, asked)
    if out is not None:
        write_plan(made.plan, out)
        write_plan_files(made.plan, district, out)
    return Answer(data=_data(scenario, made, futures, out), says=_says(made, futures, out), code=of_status(made.status))


def _made(scenario: Scenario, district: District, futures: Sequence[Future], asked: Asked) -> RobustPlan:
    settings, wanted = scenario.plan, asked_of(scenario)
    limits = Limits(time_limit_s=settings.time_limit_s, gap=settings.gap)
    requirements = wanted["requirements"]
    if wanted["weights"] is None and "floors" in wanted["goals"]:
        requirements = _with_floors(district, requirements, limits)
    places = [future.applied(district) for future in futures]
    with workers_pool(asked.workers or os.cpu_count() or 1) as executor:
        return make_robust_plan(district, places, measure=asked.measure, weights=wanted["weights"] or NEEDS,
                                requirements=requirements, limits=limits, grants_first=asked.grants_first,
                                executor=executor)  # fmt: skip


def _with_floors(district: District, requirements: Requirements, limits: Limits) -> Requirements:
    """Floors come first, so that the best that can be done about them is a rule for what follows."""
    if district.venues.capital_fen <= 0 or not len(district.sites):
        return requirements
    best = make_plan(district, goals=("floors",), limits=limits, requirements=requirements).goals[0].value
    absolute, relative = TOLERANCES["floors"]
    floors = Bound(goal="floors", at_most=best + max(absolute, relative * best))
    return Requirements(bounds=(*requirements.bounds, floors), locks=requirements.locks)


def _data(scenario: Scenario, made: RobustPlan, futures: Sequence[Future], out: Path | None) -> dict[str, Any]:
    return {
        "scenario": scenario.id,
        **about(made.plan),
        "measure": made.measure.kind,
        "alpha": made.measure.alpha if made.measure.kind == "cvar" else None,
        "goals_weighted": dict(made.goals),
        "value": made.value,
        "bound": made.bound,
        "gap": made.gap,
        "eev": made.eev,
        "ws": made.ws,
        "nominal_gap": made.nominal_plan.gap,
        "vss": _difference(made.vss, made, made.nominal, made.futures),
        "evpi": _difference(made.evpi, made, made.futures, made.perfect),
        "futures": [
            {"index": future.index, "chance": chance, "values": dict(future.values), "robust": _in_future(one),
             "nominal": _in_future(before), "perfect": _in_future(known)}
            for future, chance, one, before, known in
            zip(futures, made.chances, made.futures, made.nominal, made.perfect, strict=True)
        ],
        "changes": first_changes(made.nominal_plan, made.plan),
        "seconds": round(made.seconds, 3),
        "folder": None if out is None else str(out),
    }  # fmt: skip


def _difference(worth: Difference, made: RobustPlan, worse: Sequence[InFuture | None],
                better: Sequence[InFuture | None]) -> dict[str, Any]:  # fmt: skip
    """A difference in 万元 a year with its proven interval; promised needs met and outlay are means over futures."""
    return {
        "wan": worth.value,
        "low": worth.low,
        "high": worth.high,
        "proven": worth.proven,
        "needs_met": made.mean_needs_met(better) - made.mean_needs_met(worse),
        "outlay_wan": made.mean_outlay_wan(better) - made.mean_outlay_wan(worse),
    }


def _in_future(one: InFuture | None) -> dict[str, float] | None:
    if one is None:
        return None
    return {"value": one.value, "bound": one.bound, "promised": one.promised, "needs_met": one.needs_met,
            "outlay_wan": one.outlay_wan}  # fmt: skip


MEASURED = {
    "mean": Text("各情景均值", "mean over futures"),
    "cvar": Text("最差部分情景的均值", "mean of the worst futures"),
    "worst": Text("最差情景", "worst future"),
}


def _says(made: RobustPlan, futures: Sequence[Future], out: Path | None) -> tuple[Text | Grid, ...]:
    measure, status = MEASURED[made.measure.kind], STATUSES[made.status]
    head = Text(
        f"{len(futures)} 个情景，{measure.zh}：目标值 {number(made.value, 1)} 万元/年，界 {number(made.bound, 1)}，"
        f"差距 {made.gap:.2%}（{status.zh}），用时 {made.seconds:.0f} 秒。",
        f"{len(futures)} futures, {measure.en}: goal {number(made.value, 1)} 万元 a year, bound {number(made.bound, 1)}, "
        f"gap {made.gap:.2%} ({status.en}), {made.seconds:.0f} s.",
    )
    written = () if out is None else (Text(f"规划已写入 {out}。", f"The plan is written to {out}."),)
    return (head, _grid(made, futures), _vss_says(made), _evpi_says(made), *changes_says(made), *written)


def _grid(made: RobustPlan, futures: Sequence[Future]) -> Grid:
    header = (Text("情景", "future"), Text("概率", "chance"), Text("稳健规划（万元/年）", "robust plan (万元 a year)"),
              Text("基准规划（万元/年）", "nominal plan (万元 a year)"), Text("少付代价", "cost saved"),
              Text("多办结需求（件/年）", "more needs met a year"), Text("事先知晓（万元/年）", "foreknown (万元 a year)"))  # fmt: skip
    rows = []
    for future, chance, one, before, known in zip(futures, made.chances, made.futures, made.nominal, made.perfect,
                                                  strict=True):  # fmt: skip
        nominal = Text("不可行", "breaks a rule") if before is None else number(before.value, 1)
        saved = "-" if before is None else number(before.value - one.value, 1)
        more = "-" if before is None else number(one.needs_met - before.needs_met, 1)
        rows.append((future.index, f"{chance:.0%}", number(one.value, 1), nominal, saved, more, number(known.value, 1)))
    return Grid(header=header, rows=tuple(rows))


def _vss_says(made: RobustPlan) -> Text:
    worth = made.vss
    if worth.low == float("inf"):
        return Text("按基准情景作的规划在某个情景下违反规则，稳健规划则不会。",
                    "The plan made for the nominal future breaks a rule in some future; the robust plan does not.")  # fmt: skip
    met = made.mean_needs_met(made.futures) - made.mean_needs_met(made.nominal)
    own = f"{made.nominal_plan.gap:.2%}"  # part of the value may be what that search left open in its own future
    return Text(
        f"顾及各情景的价值（VSS）：{_range(worth, 'zh')}，平均每年多办结需求 {number(met, 1)} 件。{_claim(worth).zh}"
        f"相比的是找到的基准规划，其自身差距 {own}。",
        f"Value of planning for the futures (VSS): {_range(worth, 'en')}, {number(met, 1)} more needs met a year on average. "
        f"{_claim(worth).en} It is against the nominal plan as found, whose own gap is {own}.",
    )


def _evpi_says(made: RobustPlan) -> Text:
    worth, met = made.evpi, made.mean_needs_met(made.perfect) - made.mean_needs_met(made.futures)
    return Text(
        f"事先知晓情景的价值（EVPI）：{_range(worth, 'zh')}，平均每年可多办结需求 {number(met, 1)} 件。{_claim(worth).zh}",
        f"Value of knowing the future beforehand (EVPI): {_range(worth, 'en')}, {number(met, 1)} more needs met a year on "
        f"average. {_claim(worth).en}",
    )


def _range(worth: Difference, language: str) -> str:
    low, value, high = (number(x, 1) for x in (worth.low, worth.value, worth.high))
    if language == "zh":
        return f"每年 {value} 万元，已证区间 {low} 至 {high} 万元"
    return f"{value} 万元 a year, proven between {low} and {high}"


def _claim(worth: Difference) -> Text:
    if worth.proven:
        return Text("差别大于求解差距。", "The difference exceeds the gaps of the searches.")
    return Text(
        "差别不大于求解差距，不能断定。", "The difference is within the gaps of the searches: nothing is claimed."
    )
