"""What the verbs on plan files answer: whether a plan keeps the rules, and what it costs beside the best."""

from __future__ import annotations

from pathlib import Path

from jiceng.answer import Answer, Cell, Grid
from jiceng.answers import load_all
from jiceng.exit_codes import ExitCode
from jiceng.plan_checking import Broken, checked
from jiceng.plan_files.building import GivenPlan
from jiceng.plan_files.files import read_plan
from jiceng.plan_pricing import Price, Standing, priced
from jiceng.plan_text import GOALS, STATUSES
from jiceng.planning import asked_of, mean_outlay_fen
from jiceng.progress import Progress
from optimize.plan import Plan
from results.numbers import number
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.schema import Scenario
from scenarios.text import Text


def checked_plan(reference: str, file: Path, *, version: int | None = None) -> Answer:
    """Whether the plan in a file keeps every rule of the scenario's district."""
    _, district, given, plan, broken = _read(reference, file, version)
    if broken:
        return _refused(given, broken)
    return Answer(data=_sound(district, given, plan), says=(*_notices(given), _summary(district, given, plan)))


def priced_plan(reference: str, file: Path, *, version: int | None = None, progress: Progress) -> Answer:
    """The plan in a file beside the best plan at the same outlay."""
    scenario, district, given, plan, broken = _read(reference, file, version)
    if broken:
        return _refused(given, broken)
    progress("plan", 0, 1)
    price = priced(scenario, district, plan)
    progress("plan", 1, 1)
    data = _sound(district, given, plan) | {
        "best_status": str(price.best.status),
        "given": _data(price.given_at),
        "best": _data(price.best_at),
        "needs_lost": price.needs_lost,
        "worst_tenth_lost": price.worst_tenth_lost,
        "wan_lost": price.wan_lost,
        "decided_by": price.decided_by,
    }
    return Answer(
        data=data, says=(*_notices(given), _summary(district, given, plan), _side_by_side(price), _verdict(price))
    )


def _read(
    reference: str, file: Path, version: int | None
) -> tuple[Scenario, District, GivenPlan, Plan, tuple[Broken, ...]]:
    scenario = load_all([reference])[0]
    district = scenario.district_value(version)
    given = read_plan(file, district)
    plan, broken = checked(district, given, asked_of(scenario)["requirements"])
    return scenario, district, given, plan, broken


def _refused(given: GivenPlan, broken: tuple[Broken, ...]) -> Answer:
    rows = [{"rule": item.rule, "where": item.where, "place": str(item.place), "says": item.says} for item in broken]
    count = Text(
        f"共 {len(broken)} 处不合规则，请改正后再核对。",
        f"{len(broken)} rules broken; mend the plan and check it again.",
    )
    data = {"error": {"kind": "plan", "file": given.file, "violations": rows}}
    return Answer(
        data=data, says=(*_notices(given), *(item.told for item in broken), count), code=ExitCode.INPUT_REFUSED
    )


def _notices(given: GivenPlan) -> tuple[Text, ...]:
    return tuple(Text(f"请留意：{notice.zh}", f"Note: {notice.en}") for notice in given.notices)


def _sound(district: District, given: GivenPlan, plan: Plan) -> dict[str, object]:
    return {
        "file": given.file,
        "status": str(plan.status),
        "proven": plan.proven,
        "violations": [],
        "outlay_fen": mean_outlay_fen(district, plan),
        "granted_fen": plan.lump_fen.sum(axis=0).tolist(),
        "extra_posts": plan.posts.sum(axis=0).tolist(),
        "postings": len(plan.postings),
        "projects": len(plan.projects),
        "needs_met": plan.promised_met.sum(axis=0).tolist(),
    }


def _summary(district: District, given: GivenPlan, plan: Plan) -> Text:
    status, met = STATUSES[plan.status], number(100 * float(plan.promised_met.sum() / plan.promised_needs.sum()), 1)
    outlay = number(mean_outlay_fen(district, plan) / FEN_PER_WAN)
    return Text(
        f"{given.file} 符合全部规则（{status.zh}）。合并支出每年 {outlay} 万元，预计办结或预防 {met}% 的需求；"
        f"选派 {len(plan.postings)} 人次，建设项目 {len(plan.projects)} 个。",
        f"{given.file} keeps every rule ({status.en}). Consolidated outlay {outlay} 万元 a year; {met}% of needs are expected to "
        f"be met; {len(plan.postings)} postings, {len(plan.projects)} venue projects.",
    )


def _side_by_side(price: Price) -> Grid:
    given, best = price.given_at, price.best_at
    rows: list[tuple[Cell, ...]] = [
        _row(
            Text("合并支出（万元/年）", "outlay (万元 a year)"),
            given.outlay_fen / FEN_PER_WAN,
            best.outlay_fen / FEN_PER_WAN,
            1,
        ),
        _row(Text("办结或预防的需求（件/年）", "needs met (a year)"), given.needs_met, best.needs_met, 0),
        _row(Text("办结率（%）", "needs met (%)"), 100 * given.met_share, 100 * best.met_share, 1),
        _row(
            Text("最差十分之一社区办结率（%）", "needs met, worst tenth (%)"),
            100 * given.worst_tenth_met,
            100 * best.worst_tenth_met,
            1,
        ),
    ]
    rows += [_row(Text(f"目标：{GOALS[goal].zh}", f"goal: {GOALS[goal].en}"), value, best.goals[goal], 4 if abs(value) < 100 else 0)
             for goal, value in given.goals.items()]  # fmt: skip
    header = (
        Text("指标", "measure"),
        Text("本方案", "this plan"),
        Text("同等支出下的最优", "best at this outlay"),
        Text("相差", "difference"),
    )
    return Grid(header=header, rows=tuple(rows))


def _row(name: Text, given: float, best: float, decimals: int) -> tuple[Cell, ...]:
    return name, number(given, decimals), number(best, decimals), number(given - best, decimals)


def _verdict(price: Price) -> Text:
    status = STATUSES[price.best.status]
    if not price.is_worse:
        return Text(f"同等支出下没有找到更好的规划（{status.zh}，差距 {price.best.gap:.2%}）。",
                    f"No better plan was found at this outlay ({status.en}, gap {price.best.gap:.2%}).")  # fmt: skip
    goal = GOALS[price.decided_by or "needs_met"]
    needs, tenth = number(price.needs_lost, 0), number(100 * price.worst_tenth_lost, 1)
    wan = price.wan_lost
    cost = (
        Text("", "")
        if wan is None
        else Text(f"，折合每年 {number(wan, 1)} 万元", f", worth {number(wan, 1)} 万元 a year")
    )
    return Text(
        f"与同等支出下的最优规划（{status.zh}）相比，每年少办结 {needs} 件需求，最差十分之一社区的办结率低 {tenth} 个百分点{cost.zh}；"
        f"按目标顺序，差别首先在“{goal.zh}”。",
        f"Against the best plan at this outlay ({status.en}) it meets {needs} needs a year less, and {tenth} percentage points "
        f"less in the worst tenth of communities{cost.en}; in the order of the goals the first difference is in: {goal.en}.",
    )


def _data(standing: Standing) -> dict[str, object]:
    return {"outlay_fen": standing.outlay_fen, "needs_met": standing.needs_met, "met_share": standing.met_share,
            "worst_tenth_met": standing.worst_tenth_met, "goals": dict(standing.goals)}  # fmt: skip
