"""The sections that look behind the means: every future, every month, and the plan's promise."""

from __future__ import annotations

from results.charts_comparison import Row, rows_figure
from results.charts_course import Course, courses_figure
from results.compare import Contrast
from results.numbers import MISSING, interval, number, unit_of
from results.page_tables import Cell, figures, table
from results.phrases import margin_words
from results.report import PageReport
from results.sections import Section, chart, data_source, policy_cell
from results.sentences import course_finding, gap_finding, robust_finding
from scenarios.text import Text
from sim.outcome import METRICS


def robust_section(report: PageReport) -> Section:
    """Every future as a dot, and the regret of each policy."""
    metric = METRICS[report.comparison.primary]
    unit = unit_of(metric)
    rows = [_future_row(report, contrast) for contrast in report.comparison.ranked]
    title = Text(
        f"每个情景中与“{report.baseline.name.zh}”之差（{unit.step.zh}）",
        f'Difference from "{report.baseline.name.en}" in each future ({unit.step.en.strip()})',
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
    drawn = chart(
        "course",
        lambda view: courses_figure(view, months, course[report.baseline.id], [course[p.id] for p in report.ranked]),
        Text(
            f"当月需求办结率（%）。彩线为中位数，深浅色带为各次运行的 50% 与 95% 范围；灰线为“{report.baseline.name.zh}”。",
            f'Needs met in the month (%). Line: median; bands: 50% and 95% of the runs; grey: "{report.baseline.name.en}".',
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
