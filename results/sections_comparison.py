"""The sections that answer: which policy, by how much, how sure, what differs, and what if the future is another."""

from __future__ import annotations

from results.charts_comparison import Row, rows_figure
from results.compare import Contrast, Verdict
from results.numbers import MISSING, difference, interval, level, number, unit_of
from results.page_tables import Cell, PageTable, figures, table, words
from results.phrases import VERDICTS, margin_words, verdict_words
from results.report import PageReport, Policy
from results.sections import Chart, Section, chart, data_source, policy_cell, runs_words
from results.sentences import metric_finding
from results.setting_words import setting_label, setting_value
from scenarios.text import Text
from sim.outcome import METRICS

COMPARED = ("needs_met_share", "worst_tenth", "gini", "satisfaction", "escalated_share", "engagement", "own_money",
            "match_left", "displaced_money", "outlay", "plan_gap")  # fmt: skip
BESIDE = ("worst_tenth", "gini", "satisfaction", "escalated_share")
_TONES = {Verdict.BETTER: "gain", Verdict.WORSE: "loss"}


def forest(report: PageReport) -> Chart:
    """The ranked policies against the baseline on the primary metric, with the outlay of each."""
    rows = [_difference_row(report, contrast, outlay=True) for contrast in report.comparison.ranked]
    return _rows_chart(report, "forest", rows, report.comparison.primary, half=False)


def comparison_section(report: PageReport) -> Section:
    """Other measures beside the one ranked on, and the whole table."""
    charts = tuple(
        _rows_chart(report, f"beside-{name}", [_difference_row(report, report.comparison.contrasts[p.id][name])
                                               for p in report.ranked], name, half=True) for name in BESIDE)  # fmt: skip
    return Section(
        id="comparison", name=Text("各项指标", "All measures"), finding=metric_finding(report, "worst_tenth"),
        charts=charts, tables=(_comparison_table(report),),
        how=Text(f"差异逐次配对相减，先在每个情景内平均，再按情景算 Student t 区间（{runs_words(report).zh}）。整个区间超出“没有实际差别”"
                 "的幅度、且经多方案校正（Holm）后仍成立，才判为更好或更差；区间整个落在幅度之内为无实际差别；其余为分不出高下。",
                 f"Differences are taken pair by pair, averaged within each future, with Student's t interval over the futures "
                 f"({runs_words(report).en}). Better or worse needs the whole interval beyond the margin and Holm's adjustment "
                 "for several policies; an interval within the margin is no difference that matters; all else cannot be told."),
        source=data_source(report),
    )  # fmt: skip


def _rows_chart(report: PageReport, chart_id: str, rows: list[Row], name: str, *, half: bool) -> Chart:
    metric = METRICS[name]
    unit, margin = unit_of(metric), margin_words(metric)
    step = unit.step.en.strip() or "index"
    confidence = f"{report.comparison.confidence:.0%}"
    title = Text(
        f"与“{report.baseline.name.zh}”之差：{metric.label.zh}（{unit.step.zh.strip() or '指数'}，{confidence} 区间）",
        f'Difference from "{report.baseline.name.en}": {metric.label.en} ({step}, {confidence} interval)',
    )
    caption = Text(f"{metric.label.zh}：{metric.says.zh}。灰带为 {margin.zh}，落在其中视为没有实际差别；{report.months} 个月，"
                   f"{runs_words(report).zh}。",
                   f"{metric.label.en}: {metric.says.en} Grey band: {margin.en}, which counts as no difference; "
                   f"{report.months} months, {runs_words(report).en}.")  # fmt: skip
    return chart(chart_id, lambda view: rows_figure(view, rows, title, band=metric.margin * unit.scale), caption,
                 metric_finding(report, name), half=half)  # fmt: skip


def _difference_row(report: PageReport, contrast: Contrast, *, outlay: bool = False) -> Row:
    metric, policy = METRICS[contrast.metric], report.policy(contrast.policy)
    unit, verdict = unit_of(metric), verdict_words(contrast)
    ends = interval(contrast.difference, unit, signed=True)
    mean = difference(contrast.difference, metric)
    spent = number(report.digests[policy.id].outlay)
    aside = Text(
        f"{verdict.zh} · 支出 {spent} 万元/年",
        f"{verdict.en} · {number(report.digests[policy.id].outlay / 100, 1)}m yuan/yr",
    )
    scaled = contrast.difference.scaled(unit.scale)
    return Row(label=policy.name, numbers=Text(f"{mean}（{ends.zh}）", f"{mean} ({ends.en})"), colour=policy.colour,
               mean=scaled.mean, low=scaled.low, high=scaled.high, aside=aside if outlay else verdict)  # fmt: skip


def _comparison_table(report: PageReport) -> PageTable:
    heads = [(Text("方案", "Policy"), False)]
    heads += [(_head(name), True) for name in COMPARED]
    policies = [report.baseline, *report.ranked]
    rows = [
        [
            policy_cell(report, policy),
            *(_measure(report, policy, name) for name in COMPARED),
        ]
        for policy in policies
    ]
    confidence = f"{report.comparison.confidence:.0%}"
    return table("comparison", Text(f"各方案的水平、与对照之差和 {confidence} 区间", f"Levels, differences and {confidence} intervals"),
                 heads, rows)  # fmt: skip


def _head(name: str) -> Text:
    metric = METRICS[name]
    unit = unit_of(metric).unit
    inside = Text(unit.zh.strip(), unit.en.strip().replace("×10,000 yuan a year", "10,000 yuan/yr"))
    return Text(f"{metric.label.zh}（{inside.zh}）", f"{metric.label.en} ({inside.en})") if inside.zh else metric.label


def _measure(report: PageReport, policy: Policy, name: str) -> Cell:
    metric = METRICS[name]
    shown, unit = report.comparison.level(policy.id, name), unit_of(metric)
    value = round(shown.mean * unit.scale, 6)
    text = Text(*[number(shown.mean * unit.scale, unit.digits)] * 2)
    if policy.id == report.comparison.against:
        half = number(shown.half_width * unit.scale, unit.digits)
        return Cell(
            text, value, (Text(f"± {half}", f"± {half}"),) if any(digit in half for digit in "123456789") else ()
        )
    contrast = report.comparison.contrasts[policy.id][name]
    if contrast.verdict is Verdict.IDENTICAL:
        return Cell(text, value, (VERDICTS[contrast.verdict],))
    ends, verdict = interval(contrast.difference, unit, signed=True), _short(contrast.verdict)
    mean = difference(contrast.difference, metric)
    said = Text(f"{mean} {verdict.zh}".strip(), f"{mean} {verdict.en}".strip())
    below = (said,) if ends.en == f"{mean} to {mean}" else (said, ends)
    return Cell(text, value, below, _TONES.get(contrast.verdict, ""))  # fmt: skip


def _short(verdict: Verdict) -> Text:
    short = {
        Verdict.SAME: Text("相当", "same"),
        Verdict.UNCLEAR: Text("不明", "unclear"),
        Verdict.DIFFERS: Text("", ""),
    }
    return short.get(verdict, VERDICTS[verdict])


def plan_status(report: PageReport, policy: Policy) -> Cell:
    """How the search for the plan ended, with its gap; a limit is never shown as done."""
    plan = report.plans.get(policy.id)
    if plan is None:
        return words(MISSING)
    says = {
        "optimal": Text("已证最优", "proven optimal"),
        "feasible": Text("可行，未证最优", "feasible, not proven"),
        "rule": Text("分配规则，未求优", "a rule, not searched"),
        "given": Text("文件给出，未经求优证明", "given in a file, not proven"),
        "none": Text("未得到规划", "no plan"),
        "infeasible": Text("无可行规划", "infeasible"),
        "unbounded": Text("无界", "unbounded"),
    }[str(plan.status)]
    if not plan.goals:
        return words(says)
    gap = f"{100 * plan.gap:.2f}%"
    return words(says, Text(f"差距 {gap}", f"gap {gap}"))  # fmt: skip


def settings_section(report: PageReport) -> Section:
    """Only the settings in which the policies differ."""
    skipped = ("id", "name", "extends", "source", "expect")
    keys = list(dict.fromkeys(key for policy in report.policies for key in policy.settings))
    apart = [
        key
        for key in keys
        if key.split(".")[0] not in skipped and len({policy.settings.get(key) for policy in report.policies}) > 1
    ]
    heads = [(Text("设定", "Setting"), False), *((policy.name, False) for policy in report.policies)]
    rows = [
        [words(setting_label(key), Text(key, key)),
         *(words(setting_value(policy.settings.get(key, MISSING))) for policy in report.policies)]
        for key in apart
    ]  # fmt: skip
    source = [words(Text("依据", "Source")), *(words(policy.source or MISSING) for policy in report.policies)]
    return Section(
        id="settings", name=Text("方案差别", "What differs"),
        finding=Text(f"各方案有 {len(apart)} 项设定不同，其余设定完全相同。",
                     f"The policies differ in {len(apart)} settings and agree in all others."),
        tables=(table("settings", Text("各方案不同的设定", "Settings that differ"), heads, [*rows, source]),),
        how=Text("逐项比较各方案补全默认值和上级方案之后的全部设定。", "All settings compared after defaults and parents are filled in."),
        source=Text("各方案文件。", "The scenario files."),
    )  # fmt: skip


def verdict_table(report: PageReport) -> PageTable:
    """The ranking as a table: level, difference, interval, verdict, futures and outlay."""
    heads = [
        (Text("方案", "Policy"), False),
        (Text("需求办结率", "Needs met"), True),
        (Text("与对照之差（百分点）", "Difference (points)"), True),
        (Text("区间", "Interval"), False),
        (Text("结论", "Verdict"), False),
        (Text("更好的情景", "Futures better"), True),
        (Text("合并支出（万元/年）", "Outlay (10,000 yuan/yr)"), True),
        (Text("规划状态", "Plan"), False),
    ]
    metric = METRICS[report.comparison.primary]
    base = report.comparison.baseline[metric.name]
    rows = [
        [
            policy_cell(report, report.policy(c.policy)),
            Cell(Text(*[level(c.level, metric)] * 2), 100 * c.level.mean),
            figures(100 * c.difference.mean, 1, signed=True),
            words(interval(c.difference, unit_of(metric), signed=True)),
            words(verdict_words(c)),
            Cell(Text(*[f"{c.futures_better.count}/{c.futures_better.total}"] * 2), c.futures_better.count),
            figures(report.digests[c.policy].outlay),
            plan_status(report, report.policy(c.policy)),
        ]
        for c in report.comparison.ranked
    ]
    rows.append(
        [
            policy_cell(report, report.baseline),
            Cell(Text(*[level(base, metric)] * 2), 100 * base.mean),
            words(MISSING),
            words(MISSING),
            words(MISSING),
            words(MISSING),
            figures(report.digests[report.baseline.id].outlay),
            plan_status(report, report.baseline),
        ]
    )
    return table("ranking", Text("各方案排名", "Policies ranked"), heads, rows)  # fmt: skip
