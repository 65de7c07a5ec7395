"""What a validation found, in words: the headline, each pattern's finding, values with intervals and bands."""

from __future__ import annotations

from math import isfinite

from results.numbers import MISSING, number
from results.phrases import quoted
from results.validation import Finding, PatternReport, Standing, Target, ValidationReport
from scenarios.text import Text

STANDINGS = {
    Standing.HELD: Text("达标", "in the band"),
    Standing.MISSED: Text("未达标", "outside"),
    Standing.UNDECIDED: Text("未定", "not settled"),
    Standing.REPORTED: Text("只报告", "reported"),
}


def headline(report: ValidationReport) -> Text:
    """How many targets are in their bands, which patterns are not reproduced, and how many targets are not settled."""
    judged = sum(report.count(standing) for standing in Standing if standing is not Standing.REPORTED)
    held, unsettled = report.count(Standing.HELD), report.count(Standing.UNDECIDED)
    if held == judged:
        zh, en = [f"{judged} 项目标全部达标"], [f"all {judged} targets are in their bands"]
    else:
        zh, en = [f"{judged} 项目标中 {held} 项达标"], [f"{held} of {judged} targets are in their bands"]
    failing = [p.name for p in report.patterns if p.standing is Standing.MISSED]
    if failing:
        named = [quoted(name) for name in failing]
        zh.append(f"没有做到的是{'、'.join(name.zh for name in named)}")
        en.append(f"not reproduced: {', '.join(name.en for name in named)}")
    if unsettled:
        zh.append(f"另有 {unsettled} 项未定")
        en.append(f"{unsettled} not settled")
    if report.preset:
        zh.append(f"全部目标中有 {report.preset} 项是事先校准过的数字")
        en.append(f"{report.preset} of the {judged} are figures that were calibrated beforehand")
    sentence = "; ".join(en)
    return Text("；".join(zh) + "。", sentence[0].upper() + sentence[1:] + ".")


def result_words(finding: Finding) -> Text:
    """How a finding stands, and whether a parameter was set so that it does."""
    word = STANDINGS[finding.standing]
    return Text(f"{word.zh}（已校准）", f"{word.en} (calibrated)") if finding.target.calibrated else word


def byline(report: ValidationReport) -> Text:
    """How a value is judged."""
    level = f"{report.confidence:.0%}"
    return Text(f"来源给出范围的取自来源，其余宽度为我们自定并注明。整个 {level} 区间落在范围内为达标，整个落在范围外为未达标，跨过边界为未定；没有范围的只报告。",
                f"Bands come from the sources where they give one, else their width is our own choice, stated with the target. A value is in the band if its whole {level} interval is, outside if the whole interval is, "
                "not settled if it crosses an edge; values without a band are only reported.")  # fmt: skip


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
            f"{count} 项全部达标。", f"{'Both' if count == 2 else f'All {count}'} targets are in their bands.")  # fmt: skip
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


def panel_words(pattern: PatternReport) -> Text:
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
