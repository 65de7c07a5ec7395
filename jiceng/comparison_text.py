"""A comparison as one table for the terminal: the policies best first, by how much they differ, and how sure that is."""

from __future__ import annotations

from jiceng.answer import Grid
from results.compare import Comparison, Contrast, Verdict
from results.estimates import Estimate
from scenarios.text import Text
from sim.outcome import METRICS

VERDICTS: dict[Verdict, Text] = {
    Verdict.BETTER: Text("更好", "better"),
    Verdict.WORSE: Text("更差", "worse"),
    Verdict.DIFFERS: Text("有差别", "differs"),
    Verdict.SAME: Text("没有实际差别", "no difference that matters"),
    Verdict.UNCLEAR: Text("分不出高下", "cannot tell"),
    Verdict.IDENTICAL: Text("完全相同", "identical"),
}


def comparison_grid(comparison: Comparison) -> Grid:
    """One row a policy on the primary metric: level, paired difference with its interval, verdict; baseline last."""
    label = METRICS[comparison.primary].label
    header = (
        Text("方案", "policy"),
        label,
        Text(f"与 {comparison.against} 之差（{comparison.confidence:.0%} 区间）",
             f"difference from {comparison.against} ({comparison.confidence:.0%} interval)"),
        Text("结论", "verdict"),
    )  # fmt: skip
    base = (comparison.against, _level(comparison.baseline[comparison.primary]), Text("基准", "baseline"), "")
    return Grid(header=header, rows=(*map(_row, comparison.ranked), base))


def _row(contrast: Contrast) -> tuple[str, str, Text, Text]:
    return contrast.policy, _level(contrast.level), _difference(contrast.difference), VERDICTS[contrast.verdict]


def _level(estimate: Estimate) -> str:
    return f"{estimate.mean:.1%}"


def _difference(estimate: Estimate) -> Text:
    """A difference of shares in percentage points; without an interval where there was only one future.

    >>> _difference(Estimate(0.021, 0.016, 0.026, 0.004, 10)).en
    '+2.10 points (+1.60 to +2.60)'
    """
    mean, low, high = (f"{100 * value:+.2f}" for value in (estimate.mean, estimate.low, estimate.high))
    if estimate.n < 2:
        return Text(f"{mean} 个百分点（仅一个情景，无区间）", f"{mean} points (one future, no interval)")
    return Text(f"{mean} 个百分点（{low} 至 {high}）", f"{mean} points ({low} to {high})")
