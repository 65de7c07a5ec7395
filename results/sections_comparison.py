"""The sections that answer: which policy, by how much, how sure, what differs, and what if the future is another."""

from __future__ import annotations

from results.charts_comparison import Course, Row, courses_figure, rows_figure
from results.compare import Contrast, Verdict
from results.numbers import MISSING, difference, interval, level, number, unit_of
from results.page_tables import Cell, PageTable, figures, table, words
from results.phrases import VERDICTS, margin_words
from results.report import PageReport, Policy
from results.sections import Chart, Section, chart, data_source, policy_cell, runs_words
from results.sentences import course_finding, gap_finding, metric_finding, robust_finding
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
        f"Difference from “{report.baseline.name.en}”: {metric.label.en} ({step}, {confidence} interval)",
    )
    caption = Text(f"{metric.label.zh}：{metric.says.zh}。灰带为 {margin.zh}，落在其中视为没有实际差别；{report.months} 个月，"
                   f"{runs_words(report).zh}。",
                   f"{metric.label.en}: {metric.says.en} Grey band: {margin.en}, which counts as no difference; "
                   f"{report.months} months, {runs_words(report).en}.")  # fmt: skip
    return chart(chart_id, lambda view: rows_figure(view, rows, title, band=metric.margin * unit.scale), caption,
                 metric_finding(report, name), half=half)  # fmt: skip


def _difference_row(report: PageReport, contrast: Contrast, *, outlay: bool = False) -> Row:
    metric, policy = METRICS[contrast.metric], report.policy(contrast.policy)
    unit, verdict = unit_of(metric), VERDICTS[contrast.verdict]
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
    heads += [(_head(name), True) for name in COMPARED] + [(Text("规划状态", "Plan"), False)]
    policies = [report.baseline, *report.ranked]
    rows = [
        [
            policy_cell(report, policy),
            *(_measure(report, policy, name) for name in COMPARED),
            plan_status(report, policy),
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
    rows = [[words(key), *(words(policy.settings.get(key, MISSING)) for policy in report.policies)] for key in apart]
    source = [words(Text("依据", "Source")), *(words(policy.source or MISSING) for policy in report.policies)]
    return Section(
        id="settings", name=Text("方案差别", "What differs"),
        finding=Text(f"各方案有 {len(apart)} 项设定不同，其余设定完全相同。",
                     f"The policies differ in {len(apart)} settings and agree in all others."),
        tables=(table("settings", Text("各方案不同的设定", "Settings that differ"), heads, [*rows, source]),),
        how=Text("逐项比较各方案补全默认值和上级方案之后的全部设定。", "All settings compared after defaults and parents are filled in."),
        source=Text("各方案文件。", "The scenario files."),
    )  # fmt: skip


def robust_section(report: PageReport) -> Section:
    """Every future as a dot, and the regret of each policy."""
    metric = METRICS[report.comparison.primary]
    unit = unit_of(metric)
    rows = [_future_row(report, contrast) for contrast in report.comparison.ranked]
    title = Text(
        f"每个情景中与“{report.baseline.name.zh}”之差（{unit.step.zh}）",
        f"Difference from “{report.baseline.name.en}” in each future ({unit.step.en.strip()})",
    )
    drawn = chart(
        "futures",
        lambda view: rows_figure(view, rows, title, band=metric.margin * unit.scale),
        Text(
            f"每个淡点是一个情景（该情景各次运行的平均），深点是全部情景的平均；灰带为 {margin_words(metric).zh}。",
            f"Each faint dot is a future (mean of its runs), the full dot the mean of all; grey band {margin_words(metric).en}.",
        ),
        robust_finding(report),
    )
    heads = [
        (Text("方案", "Policy"), False),
        (Text("更好的情景数", "Futures better"), True),
        (Text("更好的单次运行数", "Single runs better"), True),
        (Text("与对照的相关系数", "Correlation of pairs"), True),
        (Text("平均遗憾（百分点）", "Mean regret (points)"), True),
        (Text("第90百分位遗憾", "90th percentile regret"), True),
        (Text("最大遗憾", "Largest regret"), True),
    ]
    body = [_regret_cells(report, contrast) for contrast in report.comparison.ranked]
    return Section(
        id="robust", name=Text("换个情景", "Other futures"), finding=robust_finding(report), charts=(drawn,),
        tables=(table("robustness", Text("各方案在不同情景中的表现", "Policies across futures"), heads, body),),
        how=Text("遗憾是同一情景下最好方案的办结率减去该方案的办结率，不取比例。情景数是所考察的情景，不是真实世界的概率。",
                 "Regret is the best policy's share in a future minus this policy's, as a difference. Counts refer to the futures "
                 "examined and are not chances of the real world."),
        source=data_source(report),
    )  # fmt: skip


def _future_row(report: PageReport, contrast: Contrast) -> Row:
    policy, unit, hits = report.policy(contrast.policy), unit_of(METRICS[contrast.metric]), contrast.futures_better
    mean = contrast.difference.mean * unit.scale
    return Row(label=policy.name, colour=policy.colour, mean=mean, low=float("nan"), high=float("nan"),
               numbers=Text(f"{hits.count}/{hits.total} 个情景更好", f"better in {hits.count} of {hits.total}"),
               dots=tuple(round(value * unit.scale, 4) for value in contrast.by_future))  # fmt: skip


def _regret_cells(report: PageReport, contrast: Contrast) -> list[Cell]:
    regret, futures, runs = report.comparison.regret[contrast.policy], contrast.futures_better, contrast.runs_better
    correlation = float("nan") if contrast.correlation is None else contrast.correlation
    return [policy_cell(report, report.policy(contrast.policy)),
            Cell(Text(*[f"{futures.count}/{futures.total}"] * 2), futures.count / futures.total),
            Cell(Text(*[f"{runs.count}/{runs.total}"] * 2), runs.count / runs.total), figures(correlation, 2),
            *(figures(100 * value, 1) for value in (regret.mean, regret.percentile_90, regret.worst))]  # fmt: skip


def course_section(report: PageReport) -> Section:
    """Needs met month by month."""
    months = [
        f"{month // 12}-{month % 12 + 1:02d}" for month in range(report.first_month, report.first_month + report.months)
    ]
    course = {
        p.id: Course(label=p.name, colour=p.colour, quantiles=100 * report.digests[p.id].course)
        for p in report.policies
    }
    title = Text("当月需求办结率（%）", "Needs met in the month (%)")
    drawn = chart(
        "course",
        lambda view: courses_figure(
            view, months, course[report.baseline.id], [course[p.id] for p in report.ranked], title
        ),
        Text(
            f"当月需求办结率（%）。彩线为中位数，深浅色带为各次运行的 50% 与 95% 范围；灰线为“{report.baseline.name.zh}”。",
            f"Needs met in the month (%). Line: median; bands: 50% and 95% of the runs; grey: “{report.baseline.name.en}”.",
        ),
        course_finding(report),
    )
    heads = [(Text("方案", "Policy"), False), *((Text(f"{y} 年", y), True) for y in sorted({m[:4] for m in months}))]
    rows = [
        [
            policy_cell(report, p),
            *(figures(_year_mean(course[p.id], months, y), 1, suffix="%") for y in sorted({m[:4] for m in months})),
        ]
        for p in (report.baseline, *report.ranked)
    ]
    return Section(
        id="course", name=Text("逐月走势", "Month by month"), finding=course_finding(report), charts=(drawn,),
        tables=(table("course", Text("各年平均办结率（各次运行的中位数）", "Mean share of needs met by year (median of runs)"), heads, rows),),
        how=Text("每月已解决与已预防的需求除以当月全部需求；色带是情景与运气合起来的散布，不是平均值的误差。",
                 "Needs solved or prevented in the month over all its needs; bands show the spread of futures and luck, not the error of a mean."),
        source=data_source(report),
    )  # fmt: skip


def _year_mean(course: Course, months: list[str], year: str) -> float:
    return float(course.quantiles[2][[month.startswith(year) for month in months]].mean())


def gap_section(report: PageReport) -> Section:
    """What the plan promised and what the simulation delivered."""
    rows = []
    for policy in (report.baseline, *report.ranked):
        gap = report.comparison.level(policy.id, "plan_gap").scaled(100)
        ends = interval(gap, unit_of(METRICS["match_left"]), signed=True)
        low, high = number(gap.low, 1, signed=True), number(gap.high, 1, signed=True)
        wide = ends if MISSING in (low, high) else Text(f"{low} 至 {high}", f"{low} to {high}")
        mean = number(gap.mean, 1, signed=True)
        rows.append(
            Row(
                label=policy.name,
                numbers=Text(f"{mean}%（{wide.zh}）", f"{mean}% ({wide.en})"),
                colour=policy.colour,
                mean=gap.mean,
                low=gap.low,
                high=gap.high,
            )
        )
    title = Text(
        "模拟办结数比规划承诺多或少（%，各社区的中位数）",
        "Simulated above or below promised needs met (%, median of communities)",
    )
    drawn = chart(
        "gap",
        lambda view: rows_figure(view, rows, title),
        Text("零线表示模拟与规划一致。", "On the zero line simulation and plan agree."),
        gap_finding(report),
    )
    return Section(
        id="gap", name=Text("规划偏差", "Plan and simulation"), finding=gap_finding(report), charts=(drawn,),
        how=Text("规划按期望值计算，模拟有排队、运气和反馈；这里比较两者的办结数，只计需求足够多的社区。",
                 "The plan reckons with expectations, the simulation with queues, luck and feedback; communities with enough needs only."),
        source=data_source(report),
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
    ]
    metric = METRICS[report.comparison.primary]
    base = report.comparison.baseline[metric.name]
    rows = [
        [
            policy_cell(report, report.policy(c.policy)),
            Cell(Text(*[level(c.level, metric)] * 2), 100 * c.level.mean),
            figures(100 * c.difference.mean, 1, signed=True),
            words(interval(c.difference, unit_of(metric), signed=True)),
            words(VERDICTS[c.verdict]),
            Cell(Text(*[f"{c.futures_better.count}/{c.futures_better.total}"] * 2), c.futures_better.count),
            figures(report.digests[c.policy].outlay),
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
        ]
    )
    return table("ranking", Text("各方案排名", "Policies ranked"), heads, rows)  # fmt: skip
