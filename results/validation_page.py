"""The page of a validation: what was claimed, what the model gave, what holds and what does not, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from results.charts_panels import COLOURS, panels_figure, strip_figure
from results.page import WORDS, Card, filled_template, write_whole
from results.page_tables import Cell, PageTable, figures, table, words
from results.report import Policy
from results.sections import SYNTHETIC, Chart, Section, chart
from results.validation import Finding, PatternReport, Standing, ValidationReport
from results.validation_words import (
    STANDINGS,
    band_words,
    byline,
    headline,
    panel_words,
    pattern_finding,
    result_words,
    run_words,
    value_words,
)
from scenarios.text import Text

_TONES = {Standing.HELD: "gain", Standing.MISSED: "loss"}
_WORDS = {
    "provenance_says": Text("在什么上面跑、跑了多少次", "What it ran on, and how often"),
    "sources": Text("公开数字与文献的出处", "Sources of public figures and literature"),
    "certificate": Text("运行规模", "Size of the runs"),
}


@dataclass(frozen=True)
class _Heading:
    """What the page's template asks of a report."""

    title: Text
    question: Text
    line: Text
    policies: tuple[Policy, ...]


def write_validation_page(report: ValidationReport, path: Path) -> None:
    """Write the page whole or not at all."""
    write_whole(validation_html(report), path)


def validation_html(report: ValidationReport) -> str:
    """The page as text."""
    line = run_words(report)
    sources = tuple(
        Policy(id=p.id, name=p.name, colour=COLOURS[p.standing], source=p.source, settings={}) for p in report.patterns
    )
    heading = _Heading(Text("模型检验", "Validation of the model"),
                       Text("模型声称的规律，它自己跑得出来吗？", "Does the model reproduce the patterns it claims?"), line, sources)  # fmt: skip
    return filled_template(
        (_strip(report),), [_section(report, pattern) for pattern in report.patterns], line.en, report=heading,
        headline=headline(report), byline=byline(report), cards=_cards(report), outlay=Text(f"{line.zh}。{report.calibrated.zh}", f"{line.en}. {report.calibrated.en}"), ranking=_all_targets(report),
        warnings=_shortfalls(report), facts=(), details=_details(report), synthetic=SYNTHETIC, words=WORDS | _WORDS,
    )  # fmt: skip


def _shortfalls(report: ValidationReport) -> list[Text]:
    """What each pattern that is not reproduced means for whoever uses the model; said at the top."""
    off = [p for p in report.patterns if p.standing is Standing.MISSED]
    return [Text(f"{p.name.zh}：{p.meaning.zh}", f"{p.name.en}: {p.meaning.en}") for p in off]


def _cards(report: ValidationReport) -> list[Card]:
    def card(standing: Standing, below: Text) -> Card:
        count = report.count(standing)
        return Card(STANDINGS[standing], Text(f"{count} 项", f"{count}"), below, COLOURS[standing])

    missed = [pattern.name for pattern in report.patterns if pattern.standing is Standing.MISSED]
    where = Text("、".join(name.zh for name in missed) or "没有", ", ".join(name.en for name in missed) or "none")
    whole = sum(pattern.standing is Standing.HELD for pattern in report.patterns)
    judged = sum(pattern.standing is not Standing.REPORTED for pattern in report.patterns)
    return [
        Card(Text("全部达标的规律", "Patterns wholly in their bands"), Text(f"{whole} / {judged}", f"{whole} of {judged}"),
             Text("规律的每一项都达标才算", "every target of a pattern must be")),
        card(Standing.HELD, Text("整个区间在范围内", "the whole interval is in the band")),
        card(Standing.MISSED, where),
        card(Standing.UNDECIDED, Text("区间跨过边界", "the interval crosses an edge")),
        card(Standing.REPORTED, Text("向模型提的问题，没有范围", "questions put to the model, no band")),
    ]  # fmt: skip


def _strip(report: ValidationReport) -> Chart:
    rows = [
        (finding.target.name, finding)
        for pattern in report.patterns
        for finding in pattern.findings
        if finding.target.judged
    ]
    caption = Text("每一行是一项，灰带是范围，各行的带画成一样宽；圆点为达标，菱形为未达标或未定。单边的范围只有一条界线有意义。"
                   "离得太远的点画在边上。右侧是模型值和范围。",
                   "One target a row; grey is its band, drawn equally wide for all; circles are in the band, diamonds are not or not settled. "
                   "Of a one-sided band only one edge counts. Values far away stand at the edge. Right: the model's value and the band.")  # fmt: skip
    return chart("targets", lambda view: strip_figure(view, rows), caption, headline(report))


def _all_targets(report: ValidationReport) -> PageTable:
    heads = [(Text("规律", "Pattern"), False), *_HEADS]
    rows = [[words(pattern.name), *_row(finding)] for pattern in report.patterns for finding in pattern.findings]
    return table("validation", Text("全部目标", "All targets"), heads, rows)


_HEADS = [(Text("目标", "Target"), False), (Text("来源的说法", "Sources say"), False), (Text("范围", "Band"), False),
          (Text("模型", "Model"), True), (Text("区间", "Interval"), False), (Text("结果", "Result"), False)]  # fmt: skip


def _row(finding: Finding) -> list[Cell]:
    target, value = finding.target, finding.value
    said = target.said if target.said.zh else Text("—", "—")
    shown, ends = value_words(finding)
    tone = _TONES.get(finding.standing, "")
    model = figures(value.mean, target.digits)
    return [words(target.name), words(said), words(band_words(target)), Cell(shown, model.value, tone=tone), words(ends),
            words(result_words(finding), colour=COLOURS[finding.standing])]  # fmt: skip


def _section(report: ValidationReport, pattern: PatternReport) -> Section:
    several = len(pattern.panels) > 1
    curves = (_curves(report, pattern, half=not several),) if pattern.panels else ()
    beside = () if several else (_beside(report, pattern, half=bool(curves)),)
    return Section(
        id=pattern.id, name=pattern.name, finding=pattern_finding(pattern), charts=(*curves, *beside),
        tables=(table(pattern.id, pattern.claim, _HEADS, [_row(finding) for finding in pattern.findings]),),
        how=Text(f"{pattern.done.zh}{run_words(report).zh}。", f"{pattern.done.en} {run_words(report).en}."), source=pattern.source,
    )  # fmt: skip


def _curves(report: ValidationReport, pattern: PatternReport, *, half: bool) -> Chart:
    level = f"{report.confidence:.0%}"
    dotted = any(panel.now is not None for panel in pattern.panels)
    note = (
        Text("；竖虚线为现状或政策结束的时点", "; the dotted line is today, or the end of the policy")
        if dotted
        else Text("", "")
    )
    return chart(
        pattern.id, lambda view: panels_figure(view, pattern.panels), half=half,
        caption=Text(f"{panel_words(pattern).zh}。带为 {level} 区间（{len(report.seeds)} 个合成版本）{note.zh}。",
                     f"{panel_words(pattern).en}. Bands: {level} intervals over {len(report.seeds)} synthetic versions{note.en}."),
        alternative=pattern_finding(pattern),
    )  # fmt: skip


def _beside(report: ValidationReport, pattern: PatternReport, *, half: bool) -> Chart:
    """The pattern's own strip: its values beside their bands."""
    rows = [(finding.target.name, finding) for finding in pattern.findings if finding.target.judged]
    level = f"{report.confidence:.0%}"
    caption = Text(
        f"模型值（点）和 {level} 区间（线）与范围（灰带）。",
        f"Model (dot) with {level} interval (line) beside the band (grey).",
    )
    return chart(
        f"{pattern.id}-bands", lambda view: strip_figure(view, rows), caption, pattern_finding(pattern), half=half
    )


def _details(report: ValidationReport) -> list[tuple[Text, str]]:
    return [
        (Text("地区", "District"), f"{report.district.zh} {report.district.en}"),
        (Text("社区", "Communities"), f"{report.communities:,}"),
        (Text("居民", "Residents"), f"{report.residents:,}"),
        (Text("合成版本的种子", "Seeds of the synthetic versions"), ", ".join(map(str, report.seeds))),
        (Text("参数", "Parameters"), "默认值 defaults (docs/odd.md)"),
        (Text("规划", "Plans"), "平均拨付的简单规则 rule of equal split, no search"),
    ]
