"""Sections of the matched-funding page on counties and on where the answer flips, and what all its sections share."""

from __future__ import annotations

from results.charts import Figure, View
from results.charts_matching import Series, break_even_figure, groups_figure
from results.estimates import Estimate
from results.matching import MANDATED, CountyReport, FlipReport, MatchingReport, Pairing
from results.matching_words import KINDS, POINT, checked, established, flips, in_region, points_text
from results.numbers import number
from results.page_tables import Cell, PageTable, figures, table, words
from results.sections import Chart, Section, chart
from scenarios.text import Text

COLOURS = {"mandated": "#5b6b7a", "equal": "#9aa5b1", "base_match": "#3b6fb6", "base_tiered": "#7a5195", "match_raised": "#d1602d",
           "tiered_raised": "#b07d12", "match_alone": "#8c564b", "formula": "#56b4a9", "needs": "#00796b",
           "voluntary": "#3b6fb6", "tiered": "#7a5195"}  # fmt: skip
SYMBOLS = {"base_match": "circle", "base_tiered": "diamond", "match_raised": "x", "formula": "triangle-up", "needs": "square",
           "voluntary": "circle", "tiered": "diamond", "equal": "cross"}  # fmt: skip
DIFFERENCE = Text(
    "与强制1比1之差（个百分点，95% 区间）", "difference from mandated 1:1 (percentage points, 95 % interval)"
)
SOURCE = Text(
    "规划与模拟自身的计算；人口、收入为合成数据",
    "the model's own plans and simulation; people and incomes are synthetic",
)


def estimate_cell(value: Estimate) -> Cell:
    """A difference with its interval, coloured where the whole interval is on one side."""
    tone = "gain" if value.low > 0 else "loss" if value.high < 0 else ""
    return Cell(points_text(value), value.mean * POINT, tone=tone)


def region_section(report: MatchingReport) -> Section:
    """The same question between counties."""
    region = report.region
    shown = [name for name in region.arms if name != MANDATED]
    series = [Series(name=region.arms[name], colour=COLOURS[name], symbol=SYMBOLS[name],
                     values=tuple(county.arms[name].difference.scaled(POINT) for county in region.counties))
              for name in shown if name != "equal"]  # fmt: skip
    names, finding = [county.name for county in region.counties], in_region(region)
    return Section(
        id="counties", name=Text("县区之间", "Between counties"), finding=finding,
        charts=(chart("counties", lambda view: groups_figure(view, names, series, DIFFERENCE), _region_how(report), finding),),
        tables=(_region_table(report), _county_table(report)), how=_region_how(report), source=SOURCE,
    )  # fmt: skip


def _region_how(report: MatchingReport) -> Text:
    region = report.region
    sampled = sum(county.sampled for county in region.counties)
    whole = sum(county.communities for county in region.counties)
    return Text(
        f"各方案市县两级共支出 {number(region.outlay)} 万元/年（市级1比1资金池 {number(region.pool)} 万元），县内由规划分钱，办法各方案相同；"
        f"承诺算全部 {number(whole)} 个单位，模拟只抽 {sampled} 个（各县按比例），{region.futures} 个情景。区间是情景之间的，不含抽样误差。县级自有财力全为假设。",
        f"City and counties spend {number(region.outlay)} 万元 a year in every arm (pool of the city's 1:1: {number(region.pool)} 万元); within "
        f"counties the planner shares the money, alike in all arms. Promises cover all {number(whole)} units; {sampled} of them, by county, are "
        f"simulated in {region.futures} futures. Intervals are over futures and leave sampling out. All revenue of counties is assumed.",
    )  # fmt: skip


def _region_table(report: MatchingReport) -> PageTable:
    region = report.region
    heads = [(Text("方案", "Arm"), False), (Text("承诺办结率（%）", "promised, %"), True), (Text("办结率之差", "needs met"), False),
             (Text("最差十分之一之差", "worst tenth"), False), (Text("桌上剩下（万元）", "left, 万元"), True),
             (Text("补助与财力相关", "grant and revenue a head, r"), True)]  # fmt: skip
    rows = [[words(name, colour=COLOURS[key]), figures(region.promised[key] * POINT, 2), estimate_cell(region.needs_met[key]),
             estimate_cell(region.worst_tenth[key]), figures(region.left[key]), figures(region.correlation[key], 2)]
            for key, name in region.arms.items()]  # fmt: skip
    return table("matching-region", DIFFERENCE, heads, rows)


def _county_table(report: MatchingReport) -> PageTable:
    region = report.region
    heads = [(Text("县区", "County"), False), (Text("单位（抽样）", "units (sampled)"), False), (Text("人均财力上限（元）", "limit a head, yuan"), True),
             (Text("应出一半", "its half"), True), (Text("缺口", "short"), True),
             *((Text(f"{name.zh}：自筹＋补助", f"{name.en}: own + grant"), False) for name in region.arms.values())]  # fmt: skip
    return table(
        "matching-counties", Text("万元/年", "万元 a year"), heads, [_county_row(county) for county in region.counties]
    )


def _county_row(county: CountyReport) -> list[Cell]:
    per_head = county.limit * 1e4 / county.residents
    money = [words(f"{number(arm.own)} + {number(arm.grant)}") for arm in county.arms.values()]
    return [words(county.name), words(f"{county.communities} ({county.sampled})"), figures(per_head, 1), figures(county.half),
            figures(county.short), *money]  # fmt: skip


def flip_section(report: MatchingReport) -> Section:
    """Over which inequality and cost of local money the answer changes sign, and whether the simulation bears it out."""
    flip = report.flip
    first, second = flip.checked[:2]
    shown = [flip.pairing(first, second, kind) for kind in ("total", "granter")]
    answer, caveat = flips(flip, shown[0]), established(flip)
    finding = Text(f"{answer.zh}；{caveat.zh}", f"{answer.en}; {caveat.en}")
    charts = tuple(_map_chart(flip, one) for one in shown)
    return Section(id="flip", name=Text("答案何时会变", "Where it flips"), finding=finding, charts=charts,
                   tables=(_pairings_table(flip), _checks_table(flip)), how=_flip_how(), source=SOURCE)  # fmt: skip


def _map_chart(flip: FlipReport, one: Pairing) -> Chart:
    def draw(view: View) -> Figure:
        return break_even_figure(view, flip, one, _map_title(flip, one))

    return chart(f"flip-{one.kind}", draw, _map_caption(flip, one), flips(flip, one), half=True)


def _map_title(flip: FlipReport, one: Pairing) -> Text:
    first, second, kind = flip.names[one.first], flip.names[one.second], KINDS[one.kind]
    return Text(f"{kind.zh}：{first.zh}比{second.zh}省的社会成本（万元/年）",
                f"{first.en} saves against {second.en}, {kind.en} (万元 a year)")  # fmt: skip


def _map_caption(flip: FlipReport, one: Pairing) -> Text:
    says, rings = flips(flip, one), checked(flip)
    ringed = (one.first, one.second, one.kind) == flip.checked
    extra = Text(f"；圆圈为模拟抽查的格子：{rings.zh}", f"; rings: {rings.en}") if ringed else Text("", "")
    return Text(f"绿色为前者省，橙色为后者省，黑线为持平。{says.zh}{extra.zh}。",
                f"Green: the first saves; orange: the second; black line: break-even. {says.en}{extra.en}.")  # fmt: skip


def _flip_how() -> Text:
    return Text("把各地人均自有收入与全体居民平均数的距离乘以0至1.5（1为现状，总额不变，低于零按零），每一档重新规划；地方1元的社会成本只计入社会成本，不改变规划，"
                "所以盈亏分界可精确算出。社会成本＝未办结需求（每件1万元，为假设）＋上交处置＋支出＋自筹的额外成本。除抽查外均为规划的承诺，不是模拟。",
                "Own revenue a head is moved to 0 to 1.5 times its distance from the residents' mean (1 is today, total kept, floored at zero) and all "
                "plans are made anew. The cost of a local yuan prices own money and changes no plan, so the boundary is exact. Social cost = unmet needs "
                "(1 万元 each, assumed) + remedy + outlay + the extra cost of own money. Promises of plans, but for the cells simulated.")  # fmt: skip


def _pairings_table(flip: FlipReport) -> PageTable:
    heads = [(Text("比较", "Comparison"), False), *((Text(f"基尼 {gini:.2f}", f"Gini {gini:.2f}"), False) for gini in flip.ginis),
             (Text("结论", "Answer"), False)]  # fmt: skip
    rows = [[words(_map_title(flip, one)), *(words(_break_even_words(flip, one, place)) for place in range(len(flip.spreads))),
             words(flips(flip, one))] for one in flip.pairings]  # fmt: skip
    caption = Text("地方1元成本为1时前者节省的社会成本（万元/年），括号内为持平的地方1元成本",
                   "Saved by the first at a local cost of 1 (万元 a year), and the cost at which both are equal")  # fmt: skip
    return table("matching-flip", caption, heads, rows)


def _break_even_words(flip: FlipReport, one: Pairing, place: int) -> Text:
    saved, end = number(one.saved[place], signed=True), one.break_even(place)
    if end <= flip.costs[0]:
        return Text(f"{saved}（从不）", f"{saved} (never)")
    return (
        Text(f"{saved}（{end:.2f}）", f"{saved} ({end:.2f})")
        if end < 100
        else Text(f"{saved}（总是）", f"{saved} (always)")
    )


def _checks_table(flip: FlipReport) -> PageTable:
    heads = [(Text("基尼", "Gini"), True), (Text("地方1元成本", "local cost"), True), (Text("图上（万元/年）", "map, 万元 a year"), True),
             (Text("模拟（万元/年）", "simulated, 万元 a year"), False), (Text("同号", "same sign"), False)]  # fmt: skip
    said = {True: Text("是", "yes"), False: Text("否", "no"), None: Text("区间含零", "holds zero")}
    rows = []
    for check in flip.checks:
        value = check.simulated
        ends = [number(v, signed=True) for v in (value.mean, value.low, value.high)]
        rows.append([figures(flip.ginis[flip.spreads.index(check.spread)], 2), figures(check.cost, 1), figures(check.promised),
                     Cell(Text(f"{ends[0]}（{ends[1]} 至 {ends[2]}）", f"{ends[0]} ({ends[1]} to {ends[2]})"), value.mean),
                     words(said[check.agrees])])  # fmt: skip
    first, second = (flip.names[name] for name in flip.checked[:2])
    caption = Text(
        f"模拟抽查：{first.zh}比{second.zh}省的社会成本", f"Cells simulated: what {first.en} saves against {second.en}"
    )
    return table("matching-checks", caption, heads, rows)
