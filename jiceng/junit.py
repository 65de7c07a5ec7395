"""The results of ``jiceng test`` as JUnit XML, which every CI can show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from jiceng.pipeline import ExpectationResult
from scenarios.problems import visible
from scenarios.text import Language


def junit_xml(results: Sequence[ExpectationResult], language: Language) -> str:
    """One suite per scenario, one case per expectation, in the order given."""
    root = ET.Element("testsuites", _counts(results))
    for scenario, group in groupby(results, key=lambda result: result.scenario):
        cases = list(group)
        suite = ET.SubElement(root, "testsuite", {"name": visible(scenario), **_counts(cases)})
        for case in cases:
            _add_case(suite, case, language)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def write_junit(results: Sequence[ExpectationResult], path: Path, language: Language) -> None:
    """Write the report; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(junit_xml(results, language), encoding="utf-8")


def _counts(results: Sequence[ExpectationResult]) -> dict[str, str]:
    failed = sum(not result.passed for result in results)
    seconds = sum(result.seconds for result in results)
    return {"tests": str(len(results)), "failures": str(failed), "errors": "0", "time": f"{seconds:.3f}"}


def _add_case(suite: ET.Element, case: ExpectationResult, language: Language) -> None:
    about = {"classname": visible(case.scenario), "name": visible(case.metric), "time": f"{case.seconds:.3f}",
             "file": visible(case.file, 300)}  # fmt: skip
    if case.line is not None:
        about["line"] = str(case.line)
    element = ET.SubElement(suite, "testcase", about)
    if not case.passed:
        message = visible(case.message.in_language(language), 1000)
        ET.SubElement(element, "failure", {"message": message, "type": "expectation"}).text = message
