"""A comparison as one table for the terminal: the policies best first, by how much they differ, and how sure that is."""

from __future__ import annotations

from jiceng.answer import Cell, Grid
from results.compare import Comparison, Contrast
from results.numbers import difference, interval, level, unit_of
from results.phrases import VERDICTS
from scenarios.text import Text
from sim.outcome import METRICS


def comparison_grid(comparison: Comparison) -> Grid:
    """One row a policy on the primary metric: level, paired difference with its interval, verdict; baseline last."""
    metric = METRICS[comparison.primary]
    unit, confidence = unit_of(metric).step, f"{comparison.confidence:.0%}"
    header = (
        Text("方案", "policy"),
        metric.label,
        Text(f"与 {comparison.against} 之差（{unit.zh.strip()}，{confidence} 区间）",
             f"difference from {comparison.against} ({unit.en.strip()}, {confidence} interval)"),
        Text("结论", "verdict"),
    )  # fmt: skip
    base = (comparison.against, level(comparison.baseline[comparison.primary], metric), "", Text("基准", "baseline"))
    return Grid(header=header, rows=(*map(_row, comparison.ranked), base))


def _row(contrast: Contrast) -> tuple[Cell, ...]:
    metric = METRICS[contrast.metric]
    mean, ends = difference(contrast.difference, metric), interval(contrast.difference, unit_of(metric), signed=True)
    apart = Text(f"{mean}（{ends.zh}）", f"{mean} ({ends.en})")
    return contrast.policy, level(contrast.level, metric), apart, VERDICTS[contrast.verdict]
