"""The page that answers for matched funding: who gains, who cannot match, what is left, between counties, and where it flips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from results.charts_bars import Part, bars_figure
from results.charts_comparison import Row, rows_figure
from results.charts_matching import Series, groups_figure
from results.compare import Verdict
from results.groupings import QUARTERS
from results.matching import MANDATED, ArmReport, MatchingReport
from results.matching_sections import COLOURS, DIFFERENCE, SOURCE, SYMBOLS, estimate_cell, flip_section, region_section
from results.matching_words import (
    POINT,
    cannot_match,
    headline,
    own_money,
    points_text,
    who_gains,
    why_the_poorest,
)
from results.numbers import number
from results.page import WORDS, Card, filled_template, write_whole
from results.page_tables import Cell, PageTable, figures, table, words
from results.phrases import VERDICTS
from results.report import Policy
from results.sections import SYNTHETIC, Section, chart
from scenarios.text import Text
from sim.outcome import METRICS

SHOWN = ("base_match", "base_tiered", "formula", "needs")  # in the figure by quarter


@dataclass(frozen=True)
class _Heading:
    """What the page's template asks of a report."""

    title: Text
    question: Text
    line: Text
    policies: tuple[Policy, ...]


def write_matching_page(report: MatchingReport, path: Path) -> None:
    """Write the page whole or not at all."""
    write_whole(matching_html(report), path)


def matching_html(report: MatchingReport) -> str:
    """The page as text."""
    line = _line(report)
    policies = tuple(
        Policy(id=arm.id, name=arm.name, colour=COLOURS[arm.id], source=arm.says, settings={}) for arm in report.arms
    )
    heading = _Heading(Text("1比1配套：答案", "1:1 matched funding: the answer"),
                       Text("同样的钱，1比1配套、分档配套和按需补助，谁受益，谁配不起，什么时候答案会变？",
                            "For the same money: a 1:1 match, a tiered match or needs-based grants? Who gains, who cannot match, and when does the answer change?"),
                       line, policies)  # fmt: skip
    first = chart("needs-met", lambda view: rows_figure(view, _rows(report, "needs_met"), DIFFERENCE,
                                                        band=METRICS["needs_met_share"].margin * POINT),
                  _how(report), headline(report))  # fmt: skip
    sections = [
        _worst(report),
        _quarters(report),
        _money(report),
        _cannot(report),
        region_section(report),
        flip_section(report),
    ]
    return filled_template(
        (first,), sections, line.en, report=heading, headline=headline(report), byline=_how(report), cards=_cards(report),
        outlay=_outlay(report), ranking=_verdicts(report), warnings=_warnings(report), facts=(), details=_details(report),
        synthetic=SYNTHETIC, words=WORDS,
    )  # fmt: skip


def _line(report: MatchingReport) -> Text:
    return Text(f"{report.place.zh} {report.communities} 个社区；{report.region.name.zh} {len(report.region.counties)} 个县区",
                f"{report.place.en}, {report.communities} communities; {report.region.name.en}, {len(report.region.counties)} counties")  # fmt: skip


def _how(report: MatchingReport) -> Text:
    return Text(
        f"各方案每年全社会支出相等（另行注明的除外），{report.futures} 个情景、{report.months} 个月，各方案用同一批情景和同样的随机数；"
        "差异在每个情景内配对相减，再按情景算 95% Student t 区间。",
        f"All arms spend the same in all a year unless said otherwise; {report.futures} futures, {report.months} months, the same luck "
        "for all. Differences are paired within each future, with 95 % Student intervals over futures.",
    )


def _outlay(report: MatchingReport) -> Text:
    spent = number(report.arm(MANDATED).ledger.outlay)
    return Text(f"相等的支出：{spent} 万元/年（自筹＋拨付＋岗位等，各方差不到每社区1元）。",
                f"The equal outlay: {spent} 万元 a year (own money, grants, posts and the rest; equal to a yuan a community).")  # fmt: skip


def _compared(report: MatchingReport) -> list[ArmReport]:
    return [arm for arm in report.arms if arm.needs_met is not None]


def _rows(report: MatchingReport, metric: str) -> list[Row]:
    rows = []
    for arm in _compared(report):
        contrast = arm.needs_met if metric == "needs_met" else arm.worst_tenth
        assert contrast is not None
        scaled, shown = contrast.difference.scaled(POINT), points_text(contrast.difference)
        rows.append(Row(label=arm.name, numbers=shown, colour=COLOURS[arm.id], mean=scaled.mean, low=scaled.low, high=scaled.high,
                        aside=VERDICTS[contrast.verdict]))  # fmt: skip
    return rows


def _verdicts(report: MatchingReport) -> PageTable:
    heads = [(Text("方案", "Arm"), False), (Text("支出（万元/年）", "outlay, 万元 a year"), True), (Text("承诺办结率（%）", "promised, %"), True),
             (Text("办结率之差", "needs met"), False), (Text("结论", "verdict"), False), (Text("最差十分之一之差", "worst tenth"), False),
             (Text("受益社区", "gain"), True), (Text("受损社区", "lose"), True)]  # fmt: skip
    return table("matching", DIFFERENCE, heads, [_verdict_row(arm) for arm in report.arms])


def _verdict_row(arm: ArmReport) -> list[Cell]:
    met, worst = arm.needs_met, arm.worst_tenth
    short = () if arm.equal_outlay else (Text("支出不相等", "outlay not equal"),)
    head = [
        words(arm.name, *short, colour=COLOURS[arm.id]),
        figures(arm.ledger.outlay),
        figures(arm.promised * POINT, 1),
    ]
    if met is None or worst is None:
        level, low = (
            Text(f"{number(v * POINT, 1)}%", f"{number(v * POINT, 1)}%") for v in (arm.level.mean, arm.worst_level.mean)
        )
        return [*head, words(level), words(Text("对照", "baseline")), words(low), words("—"), words("—")]
    tone = {Verdict.BETTER: "gain", Verdict.WORSE: "loss"}.get(met.verdict, "")
    said = VERDICTS[met.verdict]
    return [*head, estimate_cell(met.difference), Cell(said, said.zh, tone=tone), estimate_cell(worst.difference), figures(arm.gains),
            figures(arm.losses)]  # fmt: skip


def _cards(report: MatchingReport) -> list[Card]:
    cards = []
    for name in ("base_match", "base_tiered", "formula", "needs"):
        arm = report.arm(name)
        assert arm.needs_met is not None
        value, shown = arm.needs_met.difference, number(arm.needs_met.difference.mean * POINT, 1, signed=True)
        ends = f"{number(value.low * POINT, 1, signed=True)}"
        high = f"{number(value.high * POINT, 1, signed=True)}"
        cards.append(
            Card(
                arm.name,
                Text(shown, shown),
                Text(f"个百分点（{ends} 至 {high}）", f"points ({ends} to {high})"),
                COLOURS[name],
            )
        )
    return cards


def _worst(report: MatchingReport) -> Section:
    finding = Text(f"最差十分之一社区：{_worst_words(report).zh}", f"The worst tenth: {_worst_words(report).en}")
    return Section(
        id="worst", name=Text("最差十分之一", "The worst tenth"), finding=finding,
        charts=(chart("worst-tenth", lambda view: rows_figure(view, _rows(report, "worst"), DIFFERENCE,
                                                               band=METRICS["worst_tenth"].margin * POINT), _how(report), finding),),
        how=_how(report), source=SOURCE,
    )  # fmt: skip


def _worst_words(report: MatchingReport) -> Text:
    shown = [(report.arm(name).name, report.arm(name).worst_tenth) for name in ("match_raised", "base_match", "needs")]
    zh = [f"{name.zh} {points_text(c.difference).zh}" for name, c in shown if c is not None]
    en = [f"{name.en} {points_text(c.difference).en}" for name, c in shown if c is not None]
    return Text("，".join(zh), "; ".join(en))


def _quarters(report: MatchingReport) -> Section:
    names = [
        Text(f"人均自有收入{label.zh}的四分之一", f"Own revenue a head: {label.en} quarter")
        for label in QUARTERS.values()
    ]
    series = [Series(name=arm.name, colour=COLOURS[arm.id], symbol=SYMBOLS[arm.id],
                     values=tuple(group.difference.scaled(POINT) for group in sorted(arm.quarters, key=lambda g: g.group)))
              for arm in (report.arm(name) for name in SHOWN)]  # fmt: skip
    finding = who_gains(report.arm("base_match"))
    heads = [(Text("方案", "Arm"), False), *((Text(f"{label.zh}四分之一", f"{label.en} quarter"), False) for label in QUARTERS.values()),
             (Text("谁受益、谁受损", "Who gains, who loses"), False)]  # fmt: skip
    rows = [[words(arm.name, colour=COLOURS[arm.id]), *(estimate_cell(g.difference) for g in sorted(arm.quarters, key=lambda g: g.group)),
             words(who_gains(arm))] for arm in _compared(report)]  # fmt: skip
    return Section(
        id="quarters", name=Text("谁受益，谁受损", "Who gains, who loses"), finding=finding,
        charts=(chart("quarters", lambda view: groups_figure(view, names, series, DIFFERENCE), _quarters_caption(), finding),),
        tables=(table("matching-quarters", DIFFERENCE, heads, rows), _per_head_table(report)), how=why_the_poorest(report), source=SOURCE,
    )  # fmt: skip


def _quarters_caption() -> Text:
    return Text("点为差异，线为 95% 区间；只靠配套的方案在最穷四分之一差得太远，只列在表中。",
                "Dots: differences; lines: 95 % intervals. Arms with a match alone fall too far in the poorest quarter to be drawn: see the table.")  # fmt: skip


def _per_head_table(report: MatchingReport) -> PageTable:
    heads = [
        (Text("方案", "Arm"), False),
        *((Text(f"{label.zh}四分之一", f"{label.en} quarter"), True) for label in QUARTERS.values()),
    ]
    rows = [
        [words(arm.name, colour=COLOURS[arm.id]), *(figures(value) for value in arm.ledger.per_head)]
        for arm in report.arms
    ]
    return table(
        "matching-per-head", Text("各方服务经费，人均元", "Service money of all payers, yuan a resident"), heads, rows
    )


def _money(report: MatchingReport) -> Section:
    def part(zh: str, en: str, colour: str, ink: str, values: Sequence[float]) -> Part:
        return Part(label=Text(zh, en), colour=colour, ink=ink, values=tuple(values))

    ledgers = [arm.ledger for arm in report.arms]
    parts = (
        part("直接拨付", "granted", "#3b6fb6", "#fff", [one.base for one in ledgers]),
        part("配套", "matched", "#9ec3e6", "#1f2933", [one.matched for one in ledgers]),
        part("街镇自筹", "own money of streets and towns", "#e0a458", "#1f2933", [one.own["street"] for one in ledgers]),
        part("村自筹", "own money of villages", "#8c564b", "#fff", [one.own["village"] for one in ledgers]),
    )  # fmt: skip
    labels, finding = [arm.name for arm in report.arms], own_money(report)
    title = Text("服务经费（万元/年）", "service money (万元 a year)")
    return Section(
        id="money", name=Text("谁出钱", "Who pays"), finding=finding,
        charts=(chart("payers", lambda view: bars_figure(view, labels, parts, title),
                      Text("规划首年的服务经费，按来源。", "Service money of the first plan year, by source."), finding),),
        tables=(_ledger_table(report),), how=_ledger_words(), source=SOURCE,
    )  # fmt: skip


def _ledger_words() -> Text:
    return Text("自筹增加和被顶掉都与“没有任何补助时”的自筹相比；桌上剩下的配套＝每社区10万元的配套总额减去实际配出的钱。",
                "Drawn and displaced are measured against what payers spend without any grant; match left on the table is 10 万元 a "
                "community less what was drawn.")  # fmt: skip


def _ledger_table(report: MatchingReport) -> PageTable:
    heads = [(Text("方案", "Arm"), False), (Text("直接拨付", "granted"), True), (Text("配套", "matched"), True),
             (Text("街镇自筹", "own: streets, towns"), True), (Text("村自筹", "own: villages"), True),
             (Text("街镇增加", "drawn: streets, towns"), True), (Text("村增加", "drawn: villages"), True),
             (Text("街镇被顶掉", "displaced: streets, towns"), True), (Text("村被顶掉", "displaced: villages"), True),
             (Text("桌上剩下", "left on the table"), True), (Text("拨付与收入相关", "grant and revenue a head, r"), True)]  # fmt: skip
    rows = [
        [words(arm.name, colour=COLOURS[arm.id]), figures(one.base), figures(one.matched), figures(one.own["street"]), figures(one.own["village"]),
         figures(one.drawn["street"]), figures(one.drawn["village"]), figures(one.displaced["street"]), figures(one.displaced["village"]),
         figures(one.left), figures(one.correlation, 2)]
        for arm in report.arms for one in (arm.ledger,)
    ]  # fmt: skip
    return table("matching-money", Text("规划首年，万元", "First plan year, 万元"), heads, rows)


def _cannot(report: MatchingReport) -> Section:
    heads = [(Text("方案", "Arm"), False), (Text("拿不到配套的社区", "draw no match"), True), (Text("配套不足10万元的社区", "draw less than 10 万元"), True),
             (Text("自筹已到上限的社区", "payer at its limit"), True), (Text("桌上剩下（万元/年）", "left on the table, 万元 a year"), True)]  # fmt: skip
    rows = [[words(arm.name, colour=COLOURS[arm.id]), figures(arm.ledger.nothing), figures(arm.ledger.below_half),
             figures(arm.ledger.at_limit), figures(arm.ledger.left)] for arm in report.arms if arm.ledger.matched > 0]  # fmt: skip
    return Section(
        id="cannot", name=Text("谁配不起", "Who cannot match"), finding=cannot_match(report),
        tables=(table("matching-cannot", Text("自愿配套各方案", "Arms with a voluntary match"), heads, rows),),
        how=_ledger_words(), source=SOURCE,
    )  # fmt: skip


def _warnings(report: MatchingReport) -> list[Text]:
    return [Text("街镇和村的自有收入、县区财力都是假设；谁受益取决于它们，结论只说明规则怎样起作用，不是对真实地方的评价。",
                 "Own revenue of streets, villages and counties is assumed. Who gains depends on it: the answer tells how the rules work, "
                 "and judges no real place.")]  # fmt: skip


def _details(report: MatchingReport) -> list[tuple[Text, str]]:
    return [(Text("情景", "Futures"), f"{report.futures}"), (Text("月数", "Months"), f"{report.months}"),
            (Text("用时（秒）", "Seconds"), f"{report.seconds:.0f}")]  # fmt: skip
