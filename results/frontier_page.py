"""The page of a frontier: what more money brings, and what fairness costs, every point with its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from optimize.frontier import Frontier, Marginal
from optimize.frontier_point import Point
from results.charts_frontier import (
    COST,
    FUND,
    NEEDS_MET,
    SAVED,
    SHADOW,
    WORST,
    budget_figure,
    fairness_figure,
    marginal_figure,
    worst_figure,
)
from results.numbers import number
from results.page import WORDS, Card, filled_template, write_whole
from results.page_tables import Cell, PageTable, figures, table, words
from results.report import Policy
from results.sections import SYNTHETIC, Section, chart
from scenarios.text import Text

METHOD = Text(
    "ε约束法：逐点在给定预算（或最差十分之一的上限）下求最小社会代价，每点给出已证明的下界；被其他点支配的点不列。虚线为下界。",
    "Epsilon-constraint: at each budget, or limit on the worst tenth, the least social cost is searched with a proven lower bound "
    "(dotted); points that another dominates are left out.",
)
SOURCE = Text("规划模型自身的计算", "the planning model's own computation")


@dataclass(frozen=True, kw_only=True)
class FrontierReport:
    """What the page shows: the scenario's name, its communities, the frontier, and the seconds it took."""

    name: Text
    communities: int
    frontier: Frontier
    gap: float
    seconds: float
    synthetic: bool = True

    @property
    def title(self) -> Text:
        """The page's title."""
        return Text(f"{self.name.zh}：前沿", f"{self.name.en}: frontier")

    @property
    def question(self) -> Text:
        """What the page answers."""
        return Text(
            "多一分钱能换来什么？公平要付出多少代价？", "What does more money bring, and what does fairness cost?"
        )

    @property
    def line(self) -> Text:
        """The page's running line."""
        return Text(f"{self.communities} 个社区", f"{self.communities} communities")

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Sources by policy: none."""
        return ()


def write_frontier_page(report: FrontierReport, path: Path) -> None:
    """Write the page whole or not at all."""
    write_whole(frontier_html(report), path)


def frontier_html(report: FrontierReport) -> str:
    """The page as text."""
    found = report.frontier
    first = chart("budget-cost", lambda view: budget_figure(view, found), METHOD, headline(found))
    sections = [_money(report), _fairness(report)]
    return filled_template(
        (first,), [section for section in sections if section is not None], report.line.en, report=report,
        headline=headline(found), byline=_byline(report), cards=_cards(found), outlay=METHOD,
        ranking=_points_table("frontier-budget", FUND, found.budget), warnings=_warnings(report), facts=(),
        details=_details(report), synthetic=SYNTHETIC if report.synthetic else None, words=WORDS,
    )  # fmt: skip


def headline(found: Frontier) -> Text:
    """The main finding: where more money stops paying for itself, as far as that is proven."""
    paying = [one for one in found.marginals if one.proven]
    if not found.marginals:
        return Text("只有一个非支配的预算点", "one budget alone is not dominated")
    if not paying:
        return Text(
            "在所列预算之间，没有一段能证明增支划算",
            "between the budgets shown, no increase is proven to pay for itself",
        )
    last = number(paying[-1].to_wan)
    return Text(f"补助增加到每年 {last} 万元为止，已证明省下的代价超过所花的钱",
                f"up to {last} 万元 a year in grants, more money is proven to save more than it costs")  # fmt: skip


def _byline(report: FrontierReport) -> Text:
    found = report.frontier
    kept, dropped = len(found.budget) + len(found.fairness), len(found.dropped)
    return Text(f"{kept} 个点，另有 {dropped} 个被支配；社会代价已含规划自身支出，未办结一件需求计1万元。",
                f"{kept} points, {dropped} more dominated. The social cost includes the plan's own outlay; an unmet need counts 1 万元.")  # fmt: skip


def _cards(found: Frontier) -> list[Card]:
    shown = [one for one in (*found.marginals[:1], *found.marginals[-1:])]
    return [
        Card(SAVED, Text(number(one.saved, 2), number(one.saved, 2)), _between(one)) for one in dict.fromkeys(shown)
    ]


def _between(one: Marginal) -> Text:
    low, high = number(one.from_wan), number(one.to_wan)
    return Text(f"补助从 {low} 到 {high} 万元/年", f"grants from {low} to {high} 万元 a year")


def _warnings(report: FrontierReport) -> list[Text]:
    points = (*report.frontier.budget, *report.frontier.fairness)
    open_ = sum(one.gap > report.gap for one in points)
    missing = len(report.frontier.missing)
    said = (
        [
            Text(
                f"{open_} 个点未在时限内证明到所要求的差距。",
                f"{open_} points were not proven to the gap asked for in time.",
            )
        ]
        if open_
        else []
    )
    lost = (
        [Text(f"{missing} 个点没有方案，未列出。", f"{missing} points have no plan and are not shown.")]
        if missing
        else []
    )
    return [*said, *lost]


def _money(report: FrontierReport) -> Section:
    found = report.frontier
    return Section(
        id="money", name=Text("钱的边际价值", "Marginal value of money"), finding=headline(found),
        charts=(
            chart("marginal", lambda view: marginal_figure(view, found), Text(
                "点为相邻两个预算之间补助每多1万元净省的代价（已扣除所花的钱），竖线为求解差距留下的误差带；空心菱形为影子价格。",
                "Dots: saving per further 万元, net of the money itself, between neighbouring budgets, with the band the gaps leave. Diamonds: shadow prices."),
                headline(found), half=True),
            chart("budget-worst", lambda view: worst_figure(view, found), Text(
                "只求社会代价最小时，最差十分之一社区的未办结比例。", "Needs unmet in the worst tenth when only the cost is minimised."),
                headline(found), half=True),
        ),
        tables=(_marginal_table(found.marginals),), how=METHOD, source=SOURCE,
    )  # fmt: skip


def _fairness(report: FrontierReport) -> Section | None:
    found = report.frontier
    if len(found.fairness) < 2:
        return None
    fairest, cheapest = found.fairness[0], found.fairness[-1]
    points, cost = 100 * (cheapest.worst_tenth - fairest.worst_tenth), fairest.cost - cheapest.cost
    finding = Text(
        f"最差十分之一最多可再降 {number(points, 1)} 个百分点，社会代价每年增加 {number(cost, 1)} 万元",
        f"the worst tenth can improve by {number(points, 1)} percentage points more, for {number(cost, 1)} 万元 a year",
    )
    return Section(
        id="fairness", name=Text("公平的代价", "The price of fairness"), finding=finding,
        charts=(chart("fairness-cost", lambda view: fairness_figure(view, found), METHOD, finding),),
        tables=(_points_table("frontier-fairness", WORST, found.fairness),), how=METHOD, source=SOURCE,
    )  # fmt: skip


def _points_table(file: str, by: Text, points: Sequence[Point]) -> PageTable:
    heads = [(FUND, True), (WORST, True), (COST, True), (Text("下界", "bound"), True), (Text("差距（%）", "gap (%)"), True), (NEEDS_MET, True)]  # fmt: skip
    rows: list[list[Cell]] = [
        [figures(one.fund_wan), figures(100 * one.worst_tenth, 1), figures(one.cost, 1), figures(one.bound, 1),
         figures(100 * one.gap, 2), figures(one.needs_met)] for one in points
    ]  # fmt: skip
    return table(file, by, heads, rows)


def _marginal_table(marginals: Sequence[Marginal]) -> PageTable:
    heads = [(FUND, False), (SAVED, True), (Text("误差带", "band"), False), (Text("每多1万元多办结（件）", "more needs met by one more 万元"), True),
             (SHADOW, True)]  # fmt: skip
    rows = [
        [words(_between(one)), figures(one.saved, 3), words(f"{number(one.low, 3)} – {number(one.high, 3)}"),
         figures(one.needs, 3), figures(one.shadow if one.shadow is not None else float("nan"), 3)] for one in marginals
    ]  # fmt: skip
    return table("frontier-marginal", SAVED, heads, rows)


def _details(report: FrontierReport) -> list[tuple[Text, str]]:
    points = len(report.frontier.budget) + len(report.frontier.fairness) + len(report.frontier.dropped)
    return [(Text("求解的点", "Points searched"), f"{points}"), (Text("要求的差距", "Gap asked for"), f"{report.gap:.2%}"),
            (Text("用时（秒）", "Seconds"), f"{report.seconds:.0f}")]  # fmt: skip
