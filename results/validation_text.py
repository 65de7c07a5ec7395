"""A validation as Markdown: the same figures as the page, for the documentation."""

from __future__ import annotations

from results.validation import Finding, PatternReport, ValidationReport
from results.validation_words import band_words, headline, pattern_finding, result_words, run_words, value_words


def validation_markdown(report: ValidationReport) -> str:
    """Target, model with its interval, and standing, pattern by pattern."""
    lines = [
        "# Does the model reproduce the patterns it claims?",
        "",
        f"{headline(report).en} Measured by `make validate` on {run_words(report).en}; plans by the rule of equal split. "
        f"{report.calibrated.en} Bands come from the sources where they give one, else their width is our own choice, stated with the target: a value is in the band if its whole {report.confidence:.0%} Student interval over the "
        "versions is, outside if the whole interval is, else not settled.",
    ]
    for pattern in report.patterns:
        lines += ["", *_pattern(pattern)]
    return "\n".join(lines) + "\n"


def _pattern(pattern: PatternReport) -> list[str]:
    return [
        f"## {pattern.name.en} ({pattern.name.zh})",
        "",
        f"{pattern.claim.en} *{_sentence(pattern.source.en)}*",
        "",
        f"{pattern.done.en}",
        "",
        "| target | sources say | band | model | interval | result |",
        "|---|---|---|---|---|---|",
        *(_row(finding) for finding in pattern.findings),
        "",
        pattern_finding(pattern).en,
    ]


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _row(finding: Finding) -> str:
    target = finding.target
    value, ends = value_words(finding)
    cells = (
        target.name,
        target.said.en or "—",
        band_words(target).en,
        value.en,
        ends.en,
        result_words(finding).en,
    )
    return "| " + " | ".join(cell if isinstance(cell, str) else cell.en for cell in cells) + " |"
