"""What a validation found, in words: the headline, each pattern's finding, values with intervals and bands."""

from __future__ import annotations

from math import isfinite

from results.numbers import MISSING, number
from results.validation import Finding, PatternReport, Standing, Target, ValidationReport
from scenarios.text import Text

STANDINGS = {
    Standing.HELD: Text("达标", "in the band"),
    Standing.MISSED: Text("未达标", "outside"),
    Standing.UNDECIDED: Text("未定", "not settled"),
    Standing.REPORTED: Text("只报告", "reported"),
}


def headline(report: ValidationReport) -> Text:
    """How many targets are in their bands, how many patterns are wholly reproduced, and which are not."""
    judged = sum(report.count(standing) for standing in Standing if standing is not Standing.REPORTED)
    held = report.count(Standing.HELD)
    failing = [p.name for p in report.patterns if p.standing in (Standing.MISSED, Standing.UNDECIDED)]
    if not failing:
        return Text(f"{judged} 项目标全部达标。", f"All {judged} targets are in their bands.")
    return Text(f"{judged} 项目标中 {held} 项达标；没有完全做到的是{'、'.join(f'“{name.zh}”' for name in failing)}。",
                f"{held} of {judged} targets are in their bands; not wholly reproduced: {', '.join(name.en for name in failing)}.")  # fmt: skip


def byline(report: ValidationReport) -> Text:
    """What it means for whoever uses the model: the meaning of each pattern that is not reproduced."""
    failing = [p for p in report.patterns if p.standing in (Standing.MISSED, Standing.UNDECIDED)]
    return Text(
        "".join(f"{p.name.zh}：{p.meaning.zh}" for p in failing),
        " ".join(f"{p.name.en}: {p.meaning.en}" for p in failing),
    )


def run_words(report: ValidationReport) -> Text:
    """On what and how often."""
    versions, people = len(report.seeds), f"{report.residents:,}"
    return Text(f"{report.district.zh} {report.communities} 个社区、{people} 名合成居民，{versions} 个合成版本，各有自己的随机数，参数取默认值",
                f"{report.district.en}, {report.communities} communities, {people} synthetic residents, {versions} synthetic versions, each "
                "with its own luck, parameters at their defaults")  # fmt: skip


def pattern_finding(pattern: PatternReport) -> Text:
    """Whether the pattern is reproduced, where it is not, and what that means."""
    judged = [finding for finding in pattern.findings if finding.target.judged]
    off = [finding for finding in judged if finding.standing in (Standing.MISSED, Standing.UNDECIDED)]
    if not judged:
        return Text(
            f"{_values(pattern.findings).zh}。{pattern.meaning.zh}",
            f"{_values(pattern.findings).en}. {pattern.meaning.en}",
        )
    if not off:
        count = len(judged)
        first = Text("唯一一项达标。", "The one target is in its band.") if count == 1 else Text(
            f"{count} 项全部达标。", f"All {count} targets are in their bands.")  # fmt: skip
    else:
        first = Text(f"{len(judged)} 项中 {len(judged) - len(off)} 项达标；差在：{_values(tuple(off)).zh}。",
                     f"{len(judged) - len(off)} of {len(judged)} in the band; off: {_values(tuple(off)).en}.")  # fmt: skip
    return Text(first.zh + pattern.meaning.zh, f"{first.en} {pattern.meaning.en}")


def _values(findings: tuple[Finding, ...]) -> Text:
    parts = [(finding.target, value_words(finding)[0], band_words(finding.target)) for finding in findings]
    zh = [
        f"{target.name.zh} {value.zh}" + (f"（范围 {band.zh}）" if target.judged else "")
        for target, value, band in parts
    ]
    en = [
        f"{target.name.en} {value.en}" + (f" (band {band.en})" if target.judged else "")
        for target, value, band in parts
    ]
    return Text("；".join(zh), "; ".join(en))


def finding_words(pattern: PatternReport) -> Text:
    """What the pattern's figure shows, from its panels' titles."""
    return Text(
        "、".join(panel.title.zh for panel in pattern.panels), ", ".join(panel.title.en for panel in pattern.panels)
    )


def value_words(finding: Finding) -> tuple[Text, Text]:
    """The model's value with its unit, and its interval.

    >>> from results.estimates import Estimate
    >>> one = Target(id="t", name=Text("", ""), unit=Text("%", "%"), low=0.5)
    >>> [text.en for text in value_words(Finding(one, Estimate(1, 0.9, 1.1, 0.1, 6)))]
    ['1.0 %', '0.9 to 1.1']
    """
    target, value = finding.target, finding.value
    mean = number(value.mean, target.digits)
    shown = Text(_with_unit(mean, target.unit.zh, ""), _with_unit(mean, target.unit.en, " "))
    if not isfinite(value.half_width):
        return shown, Text(MISSING, MISSING)
    low, high = (number(end, target.digits) for end in (value.low, value.high))
    return shown, Text(f"{low} 至 {high}", f"{low} to {high}")


def _with_unit(text: str, unit: str, space: str) -> str:
    return text if not unit or text == MISSING else f"{text}{' ' if len(unit) > 1 else space}{unit}"


def band_words(target: Target) -> Text:
    """The band in words.

    >>> band_words(Target(id="t", name=Text("", ""), unit=Text("", ""), low=0.5)).en
    'at least 0.5'
    """
    low, high = (number(end, _places(end, target.digits)) for end in (target.low, target.high))
    if isfinite(target.low) and isfinite(target.high):
        return Text(f"{low} 至 {high}", f"{low} to {high}")
    if isfinite(target.low):
        return Text(f"不低于 {low}", f"at least {low}")
    return Text(f"不高于 {high}", f"at most {high}") if isfinite(target.high) else Text("—", "—")


def _places(end: float, most: int) -> int:
    """Decimals that a band's edge needs, at most those of the target."""
    return next((places for places in range(most) if isfinite(end) and round(end, places) == end), most)
