"""The sections that show places: who gets what, who gains and loses, rich and poor, posts and venues."""

from __future__ import annotations

import numpy as np

from results.charts import View, safe
from results.charts_comparison import Row, Series, lines_figure, rows_figure
from results.charts_map import map_figure
from results.estimates import Estimate
from results.groupings import QUARTERS
from results.numbers import number
from results.page_tables import Cell, PageTable, figures, table, words
from results.phrases import quoted
from results.report import PageReport
from results.sections import Section, chart, data_source, policy_cell
from results.sentences import places_finding, quarters_finding
from scenarios.tables import Reals
from scenarios.text import Text

YUAN_PER_WAN = 10_000
KINDS = {"urban": Text("居委会", "urban community"), "village": Text("村", "village")}
MODES = {"build": Text("新建", "build"), "refit": Text("改造", "refit")}


def allocation_section(report: PageReport) -> Section:
    """Service fund granted: last year and under the best policy, by street and by community."""
    now, then = _now(report), report.digests[report.shown.id].granted_wan
    rows = _street_rows(report, now, then)
    name = quoted(report.shown.name)
    finding = _allocation_finding(rows, name)
    title = Text("市区两级服务群众经费（万元/年）", "Service fund from city and district (10,000 yuan a year)")
    drawn = chart(
        "allocation",
        lambda view: rows_figure(view, rows, title, zero=False),
        Text(
            f"空心点为上年，实心点为{name.zh}；按增减排序。", f"Hollow: last year; full: {name.en}; sorted by change."
        ),
        finding,
    )
    return Section(
        id="allocation", name=Text("钱给了谁", "Who gets what"), finding=finding, charts=(drawn,),
        tables=(_allocation_table(report, now, then),),
        how=Text("上年数为数据表中的服务群众经费；方案数为各次运行的年平均，含基础拨款与配套，不含街镇村自筹。",
                 "Last year from the tables; the policy's figure is the yearly mean over runs: grant and match without own money."),
        source=data_source(report),
    )  # fmt: skip


def _now(report: PageReport) -> Reals:
    return np.asarray(report.district.communities.last_service_fund_yuan / YUAN_PER_WAN)


def _by_street(report: PageReport, values: Reals) -> Reals:
    return np.asarray(
        np.bincount(report.district.street_index, weights=values, minlength=len(report.district.streets)), dtype=float
    )


def _street_rows(report: PageReport, now: Reals, then: Reals) -> list[Row]:
    before, after = np.round(_by_street(report, now), 2), np.round(_by_street(report, then), 2)
    rows = []
    for s in np.argsort(-(after - before), kind="stable"):
        ends, change = f"{number(before[s])} → {number(after[s])}", number(after[s] - before[s], signed=True)
        rows.append(
            Row(
                label=Text(*[report.district.streets.name[s]] * 2),
                colour=report.shown.colour,
                mean=float(after[s]),
                low=float("nan"),
                high=float("nan"),
                start=float(before[s]),
                numbers=Text(f"{ends}（{change}）", f"{ends} ({change})"),
            )
        )
    return rows  # fmt: skip


def _allocation_finding(rows: list[Row], name: Text) -> Text:
    """The change in all, and the streets that gain and lose most."""
    total = sum(row.mean - (row.start or 0.0) for row in rows)
    first = Text(f"{name.zh}使市区两级每年拨款比上年{'多' if total >= 0 else '少'} {number(abs(total))} 万元",
                 f"Under {name.en} city and district grant {number(abs(total) / 100, 1)} million yuan a year "
                 f"{'more' if total >= 0 else 'less'} than last year")  # fmt: skip
    if abs(total) < 1:
        first = Text(f"{name.zh}下市区两级拨款总额与上年持平",
                     f"Under {name.en} city and district grant as much in all as last year")  # fmt: skip
    if len(rows) < 2:
        return Text(f"{first.zh}。", f"{first.en}.")
    top, last = rows[0], rows[-1]
    up, down = (number(row.mean - (row.start or 0.0), signed=True) for row in (top, last))
    return Text(f"{first.zh}；变化最大的两头是{top.label.zh}（{up} 万元）和{last.label.zh}（{down} 万元）。",
                f"{first.en}; the ends are {top.label.en} ({up}) and {last.label.en} ({down}, in 10,000 yuan).")  # fmt: skip


def _allocation_table(report: PageReport, now: Reals, then: Reals) -> PageTable:
    place = report.district.communities
    heads = [(Text("社区", "Community"), False), (Text("街镇", "Street or town"), False), (Text("类型", "Kind"), False),
             (Text("常住人口", "Residents"), True), (Text("上年（万元）", "Last year (10,000 yuan)"), True),
             (Text("方案（万元/年）", "Policy (10,000 yuan/yr)"), True), (Text("增减", "Change"), True),
             (Text("人均（元/年）", "Per head (yuan/yr)"), True), (Text("增派岗位", "Extra posts"), True)]  # fmt: skip
    plan = report.plans.get(report.shown.id)
    posts = plan.posts.max(axis=1) if plan is not None and plan.posts.size else np.zeros(len(place))
    rows = [[words(place.name[c]), words(street_of(report, c)), words(KINDS[place.kind[c]]), figures(float(place.population[c])),
             figures(now[c], 1), figures(then[c], 1), figures(then[c] - now[c], 1, signed=True),
             figures(then[c] * YUAN_PER_WAN / place.population[c], 0), figures(float(posts[c]))]
            for c in np.argsort(-(then - now), kind="stable")]  # fmt: skip
    name = quoted(report.shown.name)
    return table(
        "allocation",
        Text(f"{name.zh}给各社区的服务群众经费，按增减排序", f"Service fund by community under {name.en}"),
        heads,
        rows,
    )


def street_of(report: PageReport, community: int) -> str:
    """The name of a community's street or town, by row."""
    return report.district.streets.name[int(report.district.street_index[community])]


def places_section(report: PageReport) -> Section:
    """Who gains and who loses, community by community."""
    effects = report.comparison.places[report.shown.id]
    name, base = quoted(report.shown.name), quoted(report.baseline.name)
    values = np.round(100 * effects.difference, 4)
    title = Text(
        f"办结率之差：{name.zh}减{base.zh}（百分点）",
        f"Needs met: {report.shown.name.en} minus {report.baseline.name.en} (points)",
    )
    finding = places_finding(report, effects)
    drawn = chart(
        "places",
        lambda view: map_figure(view, report.district, values, _tile_words(report, view), title),
        Text(
            "每格一个社区或村，按街镇成块；街镇按大致方位排列，格子大小不代表面积。",
            "A tile a community or village, in blocks by street; blocks lie roughly as on the map, sizes mean nothing.",
        ),
        finding,
    )
    tables = [_streets_table(report)] if "street" in report.comparison.groups else []
    return Section(
        id="places", name=Text("谁得谁失", "Who gains, who loses"), finding=finding, charts=(drawn,),
        tables=(*tables, _places_table(report)),
        how=Text(f"每个社区逐次配对相减，按情景算 {report.comparison.confidence:.0%} 区间；区间整个在零以上为更高，整个在零以下为更低。"
                 "社区很多，即使全无差别，也会有约 5% 的区间碰巧偏离零。",
                 f"Paired differences of each community with {report.comparison.confidence:.0%} intervals over futures; higher or lower "
                 "needs the whole interval on one side of zero. Of many intervals some 5% miss zero by chance alone."),
        source=data_source(report),
    )  # fmt: skip


def _tile_words(report: PageReport, view: View) -> list[str]:
    effects, place = report.comparison.places[report.shown.id], report.district.communities
    join, unit = ("至", "百分点") if view.language == "zh" else ("to", "points")
    return [f"{safe(place.name[c])} · {safe(street_of(report, c))}<br>{number(100 * effects.difference[c], 1, signed=True)} {unit}"
            f"（{number(100 * effects.low[c], 1, signed=True)} {join} {number(100 * effects.high[c], 1, signed=True)}）"
            for c in range(len(place))]  # fmt: skip


def _places_table(report: PageReport) -> PageTable:
    place, effects = report.district.communities, report.comparison.places[report.shown.id]
    heads = [(Text("社区", "Community"), False), (Text("街镇", "Street or town"), False), (Text("类型", "Kind"), False),
             (Text("办结率", "Needs met"), True), (Text("与对照之差（百分点）", "Difference (points)"), True),
             (Text("区间下限", "Interval low"), True), (Text("区间上限", "Interval high"), True)]  # fmt: skip
    known = np.where(np.isnan(effects.difference), np.inf, effects.difference)
    rows = [[words(place.name[c]), words(street_of(report, c)), words(KINDS[place.kind[c]]), figures(100 * effects.level[c], 1, suffix="%"),
             figures(100 * effects.difference[c], 1, signed=True, toned=effects.low[c] > 0 or effects.high[c] < 0),
             figures(100 * effects.low[c], 1, signed=True), figures(100 * effects.high[c], 1, signed=True)]
            for c in np.argsort(known, kind="stable")]  # fmt: skip
    return table(
        "places", Text("各社区办结率之差，降幅最大的在前", "Differences by community, largest falls first"), heads, rows
    )


def _streets_table(report: PageReport) -> PageTable:
    groups = report.comparison.groups["street"]
    names = dict(zip(report.district.streets.code, report.district.streets.name, strict=True))
    heads = [(Text("街镇", "Street or town"), False), (Text("社区数", "Communities"), True),
             (Text(f"{report.baseline.name.zh}（%）", f"{report.baseline.name.en} (%)"), True),
             *((Text(f"{p.name.zh}之差", f"{p.name.en}, difference"), True) for p in report.ranked)]  # fmt: skip
    rows = [[words(names.get(base.group, base.group)), figures(float(base.communities)), figures(100 * base.level.mean, 1),
             *(_group_cell(groups[p.id][place].difference.mean, groups[p.id][place].difference.low, groups[p.id][place].difference.high)
               for p in report.ranked)] for place, base in enumerate(groups[report.baseline.id])]  # fmt: skip
    return table(
        "streets",
        Text(
            "各街镇办结率，以及各方案与对照之差（百分点，括注区间）",
            "Needs met by street, and each policy's difference from the baseline (points, interval)",
        ),
        heads,
        rows,
    )


def _group_cell(mean: float, low: float, high: float) -> Cell:
    text = number(100 * mean, 1, signed=True)
    lower, upper = number(100 * low, 1, signed=True), number(100 * high, 1, signed=True)
    tone = "gain" if low > 0 else "loss" if high < 0 else ""
    return Cell(Text(text, text), round(100 * mean, 6), (Text(f"{lower} 至 {upper}", f"{lower} to {upper}"),), tone)


def quarters_section(report: PageReport) -> Section:
    """Needs met by quarter of own revenue."""
    groups = report.comparison.groups["own_revenue"]
    present = [quarter for quarter in QUARTERS if any(g.group == quarter for g in groups[report.baseline.id])]
    by = {p.id: {g.group: g for g in groups[p.id]} for p in report.policies}
    series = [Series(label=p.name, colour=p.colour, values=tuple(round(100 * by[p.id][q].level.mean, 3) for q in present))
              for p in report.policies]  # fmt: skip
    finding = quarters_finding(report)
    x_title = Text("社区自有收入四分位（元/人）", "Quarter of communities by own revenue per head")
    drawn = chart(
        "quarters",
        lambda view: lines_figure(
            view, [QUARTERS[q] for q in present], series, x_title, Text("需求办结率（%）", "Needs met (%)")
        ),
        Text(
            "社区按人均自有收入从低到高分成四组，每组约四分之一的社区。",
            "Communities in four groups by own revenue per head.",
        ),
        finding,
    )
    heads = [
        (Text("方案", "Policy"), False),
        *((Text(f"{QUARTERS[q].zh}（%）", f"{QUARTERS[q].en} (%)"), True) for q in present),
        (Text("最高减最低（百分点）", "Highest minus lowest (points)"), True),
    ]
    rows = [
        [
            policy_cell(report, p),
            *(_level_cell(by[p.id][q].level.scaled(100)) for q in present),
            figures(100 * (by[p.id][present[-1]].level.mean - by[p.id][present[0]].level.mean), 1, signed=True),
        ]
        for p in (report.baseline, *report.ranked)
    ]
    return Section(
        id="quarters", name=Text("贫富社区", "Rich and poor"), finding=finding, charts=(drawn,),
        tables=(table("quarters", Text("各组办结率与区间", "Needs met by group, with intervals"), heads, rows),),
        how=Text("村的自有收入是集体收入，居委会的是所在街镇自有收入按人头分摊；组内办结率是办结数之和除以需求数之和。",
                 "A village's own revenue is its collective income, an urban community's its street's revenue by head; shares are sums "
                 "over the group."),
        source=data_source(report),
    )  # fmt: skip


def _level_cell(estimate: Estimate) -> Cell:
    half = number(estimate.half_width, 1)
    text = number(estimate.mean, 1)
    return Cell(Text(text, text), round(estimate.mean, 6), () if half == "—" else (Text(f"± {half}", f"± {half}"),))
