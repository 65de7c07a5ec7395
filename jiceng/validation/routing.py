"""Matters that need a higher tier: what shortens the time they spend above."""

from __future__ import annotations

from jiceng.validation.pattern import BLUE, GREY, OCHRE, POINTS, TEAL, VERMILION, Line, Pattern, Plot, Reading
from jiceng.validation.worlds import World, baseline, needs_met, with_levers
from results.validation import Target
from scenarios.arrangements import Meetings
from scenarios.text import Text
from sim.outcome import Outcome

MONTHLY = Meetings(street=12, district=12, city=12)
PLATFORM, DELEGATED = 0.4, 0.5  # share of the delay saved; share of matters of district and city decided by the street
_MONTHS = Text("个月", "months")
_YEARS = (1.0, 2.0, 3.0)


def routing(world: World) -> Reading:
    """Months above under meetings, a platform, delegated powers and all three, less as things stand."""
    district = world.district
    arms = [district.with_changes(meetings=MONTHLY), with_levers(district, platform=PLATFORM),
            with_levers(district, delegated=DELEGATED),
            with_levers(district, platform=PLATFORM, delegated=DELEGATED).with_changes(meetings=MONTHLY)]  # fmt: skip
    usual, runs = baseline(world), world.outcomes(arms)
    before = months_above(usual)
    meetings, platform, delegated, together = (months_above(run) - before for run in runs)
    return Reading(
        {"before": before, "meetings": meetings, "platform": platform, "delegated": delegated, "together": together,
         "met": needs_met(runs[-1]) - needs_met(usual)},
        {"usual": _by_year(usual), **{name: _by_year(run) for name, run in zip(_ARMS, runs, strict=True)}},
    )  # fmt: skip


_ARMS = ("meetings", "platform", "delegated", "together")


def months_above(outcome: Outcome, first: int = 0, last: int | None = None) -> float:
    """Mean months a routed matter spends with higher tiers, by Little's law: stock over flow."""
    routed = int(outcome.flow("routed")[first:last].sum())
    return float(outcome.flow("routing")[first:last].sum()) / max(routed, 1)


def _by_year(outcome: Outcome) -> list[float]:
    return [months_above(outcome, 12 * year, 12 * year + 12) for year in range(len(_YEARS))]


PATTERNS = (
    Pattern(
        id="routing", name=Text("会商、平台与放权缩短流转", "Meetings, platforms and powers shorten routing"),
        claim=Text("联席会议、信息平台、下放权限都缩短事项在上级部门停留的时间，合用最短。",
                   "Linkage meetings, a platform and delegated powers each shorten the time matters spend above; together most."),
        source=Text("三级联席会议、平台与放权是研究报告所述做法；没有找到公开的时长数字，范围自定",
                    "The three-tier meetings, platform and powers of the study reports; no public durations were found, the bands are our own"),
        done=Text("各级每月开一次联席会议；平台省下四成等待；区级以上事项一半放给街镇；三项合用。各运行三年，停留时间为在上级办理的存量除以转出的件数。",
                  "A meeting a month at every tier; a platform that saves four tenths of the wait; half the matters of district and city decided by "
                  "the street; all three. Three years each; time above is the stock with higher tiers over the flow to them."),
        held=Text("流转时间降得下来，但需要上转的事项只占一部分，回来后仍要排队，所以对需求办结率的作用小；"
                  "缩短的主要是区、市两级的时间。",
                  "Time above comes down, but only some matters go there and they queue again when they return, so needs met gain little. "
                  "What shortens is mostly time with district and city."),
        missed=Text("至少有一项没有缩短流转时间，评价流转改革时不要用它。", "At least one does not shorten routing; do not judge reforms of routing by it."),
        targets=(
            Target(id="before", name=Text("现状，上转事项平均停留", "Mean time above today"), unit=_MONTHS, digits=2),
            Target(id="meetings", name=Text("每月联席会议", "Monthly meetings"), unit=_MONTHS, high=0, digits=2),
            Target(id="platform", name=Text("信息平台", "Platform"), unit=_MONTHS, high=0, digits=2),
            Target(id="delegated", name=Text("下放权限", "Delegated powers"), unit=_MONTHS, high=0, digits=2),
            Target(id="together", name=Text("三项合用", "All three"), unit=_MONTHS, high=-0.1, digits=2),
            Target(id="met", name=Text("三项合用，需求办结率变化", "Needs met, all three"), unit=POINTS, digits=2),
        ),
        experiment=routing,
        plots=(Plot(title=Text("上转事项平均停留", "Mean time above"), x_title=Text("第几年", "year"), y_title=_MONTHS,
                    lines=(Line(Text("现状", "today"), "usual", GREY, _YEARS), Line(Text("联席会议", "meetings"), "meetings", BLUE, _YEARS),
                           Line(Text("平台", "platform"), "platform", OCHRE, _YEARS), Line(Text("放权", "powers"), "delegated", VERMILION, _YEARS),
                           Line(Text("合用", "all"), "together", TEAL, _YEARS))),),
    ),
)  # fmt: skip
"""One pattern."""
