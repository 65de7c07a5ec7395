"""Phrases that findings and tables share: verdicts, quoted names, intervals and margins in words."""

from __future__ import annotations

from math import isfinite

from results.compare import Contrast, Verdict
from results.numbers import amount, interval, unit_of
from scenarios.text import Text
from sim.outcome import METRICS, Metric

VERDICTS: dict[Verdict, Text] = {
    Verdict.BETTER: Text("更好", "better"),
    Verdict.WORSE: Text("更差", "worse"),
    Verdict.DIFFERS: Text("有差别", "differs"),
    Verdict.SAME: Text("无实际差别", "no difference that matters"),
    Verdict.UNCLEAR: Text("分不出高下", "cannot tell"),
    Verdict.IDENTICAL: Text("完全相同", "identical"),
}


def verdict_words(contrast: Contrast) -> Text:
    """The verdict; where only the size is unsettled, which way the difference goes."""
    if contrast.verdict is Verdict.UNCLEAR and METRICS[contrast.metric].better != "neither":
        higher = METRICS[contrast.metric].better == "higher"
        if contrast.difference.low > 0:
            return _UNSETTLED[higher]
        if contrast.difference.high < 0:
            return _UNSETTLED[not higher]
    return VERDICTS[contrast.verdict]


_UNSETTLED = {
    True: Text("更好，幅度未定", "better, size unsettled"),
    False: Text("更差，幅度未定", "worse, size unsettled"),
}


def joined(*parts: Text) -> Text:
    """Sentences one after the other."""
    present = [part for part in parts if part.zh]
    english = "".join(part.en if not i or part.en[:1] in ";.," else f" {part.en}" for i, part in enumerate(present))
    return Text("".join(part.zh for part in present), english)


def quoted(name: Text) -> Text:
    """A policy's name as it stands in a sentence."""
    return Text(f"“{name.zh}”", f'"{name.en}"')


def range_words(contrast: Contrast, confidence: float) -> Text:
    """The interval in brackets, signs only where the ends have different ones."""
    estimate, metric = contrast.difference, METRICS[contrast.metric]
    mixed = estimate.low < 0 < estimate.high
    shown = estimate if mixed else estimate.scaled(-1.0 if estimate.mean < 0 else 1.0)
    ends = interval(shown, unit_of(metric), signed=mixed)
    if not isfinite(estimate.half_width):
        return Text(f"（{ends.zh}）", f"({ends.en})")
    return Text(f"（{confidence:.0%} 区间 {ends.zh}）", f"({confidence:.0%} interval {ends.en})")


def margin_words(metric: Metric) -> Text:
    """The margin of a metric, such as ``±0.5 个百分点``."""
    by = amount(metric.margin, metric)
    return Text(f"±{by.zh}", f"±{by.en}")
