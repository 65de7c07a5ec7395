"""A plan from a file before the rules of its district: what it breaks, in words, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass

from jiceng.plan_files.building import GivenPlan
from jiceng.plan_files.tables import Place
from optimize import audit
from optimize.measures import goal_values
from optimize.plan import Plan
from optimize.promise import promised
from optimize.requirements import Requirements
from optimize.violation import Violation
from scenarios.district import District
from scenarios.text import Text

PROMISE = "promise"  # a file holds no promise: it is made from the decisions
RULES: dict[str, Text] = {
    "shape": Text("方案与辖区", "plan and district"),
    "whole": Text("整数", "whole numbers"),
    "sign": Text("非负", "not negative"),
    "posts": Text("新增岗位", "extra posts"),
    "entitlement": Text("应拨额", "entitlement"),
    "floor and cap": Text("保底与上限", "floor and cap"),
    "pool": Text("资金池", "pool"),
    "match": Text("配套", "match"),
    "uses": Text("资金用途", "uses of money"),
    "contracts": Text("购买服务", "contracts"),
    "unknown": Text("名录", "names"),
    "eligible": Text("选派范围", "who qualifies"),
    "home": Text("回避原籍", "home street"),
    "term": Text("任期", "term"),
    "start": Text("开始时间", "start"),
    "one community": Text("一社区一人", "one official a community"),
    "one posting": Text("一人一派", "one posting an official"),
    "places": Text("选派名额", "places"),
    "mode": Text("建设方式", "mode of a project"),
    "one per site": Text("一地块一项目", "one project a site"),
    "capital": Text("建设资金", "capital"),
    "reach": Text("服务半径", "reach"),
    "space": Text("项目面积", "space of a project"),
    "lacking": Text("缺口面积", "space lacking"),
    "not open": Text("未开放的决策", "a decision that is not open"),
    "windows": Text("服务窗口", "windows"),
    "wardens": Text("网格员", "wardens"),
    "contact": Text("联系工时", "contact hours"),
    "rooms": Text("照护用房", "rooms for care"),
    "care fund": Text("关爱资金", "care money"),
    "pairs": Text("结对", "pairs"),
    "bound": Text("情景设定的底线", "bound of the scenario"),
}
COLUMNS = {"entitlement": "granted", "floor and cap": "granted", "pool": "granted", "match": "granted",
           "uses": "contracts", "contracts": "contracts", "posts": "posts"}  # fmt: skip
BOUND_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Broken:
    """One rule that a plan breaks: which, where in the file, and a sentence."""

    rule: str
    where: str
    place: Place
    says: Text

    @property
    def told(self) -> Text:
        """The line that people read."""
        name, place = RULES.get(self.rule, Text(self.rule, self.rule)), str(self.place)
        where = f" {self.where}" if self.where else ""
        return Text(f"{place}：{name.zh}{where}：{self.says.zh}", f"{place}: {name.en}{where}: {self.says.en}")


def checked(
    district: District, given: GivenPlan, requirements: Requirements | None = None
) -> tuple[Plan, tuple[Broken, ...]]:
    """The plan with its promise, and every rule of the district (and bound of the scenario) that it breaks.

    The promise is left out where broken rules make it meaningless.
    """
    broken = [v for v in audit(district, given.plan) if v.rule != PROMISE]
    if broken:
        return given.plan, tuple(_placed(given, violation) for violation in broken)
    plan = promised(district, given.plan)
    return plan, tuple(_placed(given, violation) for violation in _beyond(district, plan, requirements))


def _beyond(district: District, plan: Plan, requirements: Requirements | None) -> list[Violation]:
    """Bounds of the scenario that the plan's goals exceed."""
    if requirements is None or not requirements.bounds:
        return []
    values = goal_values(district, plan, requirements.goals)
    return [Violation("bound", bound.goal, Text(f"数值为 {values[bound.goal]:.4g}，不得超过 {bound.at_most:.4g}",
                                                f"found {values[bound.goal]:.4g}; at most {bound.at_most:.4g}"))
            for bound in requirements.bounds
            if values[bound.goal] > bound.at_most + BOUND_TOLERANCE * max(1.0, abs(bound.at_most))]  # fmt: skip


def _placed(given: GivenPlan, violation: Violation) -> Broken:
    """The rule with the cell, row or list that it is about; the file alone where it is about totals."""
    where, column = violation.where, COLUMNS.get(violation.rule, "")
    keys = [(where, column), (where,), (where.split(" ", maxsplit=1)[0],)] if where else [(violation.rule,)]
    place = next((given.places[key] for key in keys if key in given.places), Place(given.file, None))
    return Broken(violation.rule, where, place, violation.says)
