"""A plan for the terminal: how each goal ended, and the main figures in one sentence."""

from __future__ import annotations

from pathlib import Path

from jiceng.answer import Cell, Grid
from jiceng.planning import PlanReport
from optimize.plan import GoalResult, Status
from results.numbers import number
from scenarios.funding import FEN_PER_WAN
from scenarios.text import Text

GOALS: dict[str, Text] = {
    "floors": Text("保底标准的缺口", "shortfall of the floors"),
    "worst_tenth": Text("最差十分之一社区未办结比例", "needs unmet, worst tenth"),
    "needs_met": Text("未办结与处置的代价（万元/年）", "cost of unmet needs and outlay (万元 a year)"),
    "steadiness": Text("补助变动（万元）", "moves of the grants (万元)"),
    "max_min": Text("最差社区未办结比例", "needs unmet, worst community"),
    "rural_gap": Text("城乡办结差距", "gap between town and country"),
    "gini": Text("办结率基尼系数", "Gini of needs met"),
    "outlay": Text("方案支出（万元/年）", "outlay of the plan (万元 a year)"),
    "weighted": Text("加权目标", "weighted goal"),
}
STATUSES: dict[Status, Text] = {
    Status.OPTIMAL: Text("已证最优", "proven optimal"),
    Status.FEASIBLE: Text("可行，未证最优", "feasible, not proven"),
    Status.RULE: Text("分配规则，未求优", "a rule, not searched"),
    Status.GIVEN: Text("文件给出，未经求优证明", "given in a file, not proven"),
    Status.INFEASIBLE: Text("无可行规划", "infeasible"),
    Status.UNBOUNDED: Text("无界", "unbounded"),
    Status.NONE: Text("未得到规划", "no plan"),
}


def plan_says(report: PlanReport, folder: Path) -> tuple[Text | Grid, ...]:
    """The goals as a table, and status, outlay, postings, projects and folder in a sentence."""
    plan, status = report.plan, STATUSES[report.plan.status]
    outlay, gap = number(report.outlay_fen / FEN_PER_WAN), f"{plan.gap:.2%}"
    says = Text(
        f"规划{status.zh}，最大差距 {gap}；合并支出每年 {outlay} 万元；选派 {len(plan.postings)} 人次，"
        f"建设项目 {len(plan.projects)} 个。已写入 {folder}。",
        f"Plan {status.en}, largest gap {gap}; consolidated outlay {outlay} 万元 a year; {len(plan.postings)} postings, "
        f"{len(plan.projects)} venue projects. Written to {folder}.",
    )
    header = (
        Text("目标", "goal"),
        Text("结果", "result"),
        Text("数值", "value"),
        Text("界", "bound"),
        Text("差距", "gap"),
    )
    return (Grid(header=header, rows=tuple(map(_row, plan.goals))), says) if plan.goals else (says,)


def _row(goal: GoalResult) -> tuple[Cell, ...]:
    name = GOALS.get(goal.goal, Text(goal.goal, goal.goal))
    return name, STATUSES[goal.status], _figure(goal.value), _figure(goal.bound), f"{goal.gap:.2%}"


def _figure(value: float) -> str:
    """A share with four decimals, a large number without any."""
    return number(value, 0 if abs(value) >= 100 else 4)
