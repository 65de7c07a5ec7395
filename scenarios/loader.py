"""Scenario files to scenarios: read strictly, merged with their parents, checked as a whole, every mistake at once."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML

from scenarios.layers import Place, Tree, combined
from scenarios.problems import Problem, Refusal, ScenarioError, did_you_mean, found_value, one_of, same
from scenarios.quantities import QuantityError
from scenarios.reading.strict_yaml import Document, Where, dotted, read_yaml
from scenarios.refusals import report_errors
from scenarios.scenario_files import LIBRARY, district_folder, project_folder, scenario_path
from scenarios.schema import SCHEMA, Expectation, Scenario, ScenarioFile
from scenarios.settings import checked_mechanisms, checked_parameters
from scenarios.text import Text

MOST_PARENTS = 10
MetricNames = Collection[str] | Mapping[str, str]
"""Known metrics; a mapping also gives each one's unit, and amounts are then checked against it."""


def load_scenario(source: str | Path, *, metric_names: MetricNames | None = None) -> Scenario:
    """The scenario in a file, or the shipped scenario of that name, checked and merged with its parents.

    Raises ScenarioError with every mistake in the file and its parents. Metrics that expectations name are checked
    when ``metric_names`` are given; nothing is read but scenario files.
    """
    path = _located(source)
    check = _Check(_read_chain(path))
    values = check.values(path)
    file = check.validated(values)
    check.expectations(values.get("expect"), path, metric_names)
    if check.problems or file is None:
        raise ScenarioError(check.sorted_problems())
    checked = {name: getattr(file, name) for name in ScenarioFile.model_fields if name != "schema_version"}
    about = {"id": path.stem, "folder": project_folder(path), "origins": check.chain.tree.origins()}
    return Scenario.model_validate({"schema": SCHEMA, **checked, **about})


def dump_yaml(values: Mapping[str, Any]) -> str:
    """Plain values as YAML; ``dump_yaml(scenario.resolved())`` reads back as the same scenario."""
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 120
    stream = StringIO()
    yaml.dump(dict(values), stream)
    return stream.getvalue()


def _located(source: str | Path) -> Path:
    """The file meant by a path or by the name of a shipped scenario."""
    if isinstance(source, Path) or "/" in source or source.endswith((".yaml", ".yml")):
        return Path(source)
    try:
        return scenario_path(source, LIBRARY)
    except Refusal as refusal:
        problem = Problem(source, None, "", found_value(source), refusal.expected, refusal.mend)
        raise ScenarioError([problem]) from None


@dataclass
class _Chain:
    """A file and its parents, merged, with what was wrong in any of them."""

    tree: Tree
    problems: list[Problem] = field(default_factory=list)
    broken: set[Where] = field(default_factory=set)
    whole: bool = True
    files: list[str] = field(default_factory=list)  # the file itself first


def _read_chain(path: Path) -> _Chain:
    documents: list[Document] = []
    seen: list[Path] = []
    chain = _Chain(Tree())
    following: Path | None = path
    while following is not None:
        seen.append(following.absolute())
        document = read_yaml(following)
        documents.append(document)
        _check_version(document)
        following = _parent(document, following, seen)
    for document in reversed(documents):
        chain.tree = combined(chain.tree, Tree.of(document))
        chain.broken |= document.broken
    for document in documents:
        chain.problems += document.problems
        chain.whole &= document.whole
        chain.files.append(document.file)
    return chain


def _check_version(document: Document) -> None:
    version = document.value.get("schema")
    if isinstance(version, int) and not isinstance(version, bool) and version > SCHEMA:
        found = Text(
            f"schema {version}，比本程序（{SCHEMA}）新", f"schema {version} is newer than this program ({SCHEMA})"
        )
        _complain(document, "schema", found, Refusal(same(str(SCHEMA)), Text("升级本程序", "update the program")))


def _complain(document: Document, key: str, found: str | Text, refusal: Refusal) -> None:
    line = document.lines.get((key,), 1)
    document.problems.append(Problem(document.file, line, key, found, refusal.expected, refusal.mend))
    document.broken.add((key,))


def _parent(document: Document, path: Path, seen: list[Path]) -> Path | None:
    """The file that a document extends, or None; a wrong name or a cycle is a problem of the document."""
    name = document.value.get("extends")
    if not isinstance(name, str) or ("extends",) in document.broken:
        return None
    try:
        parent = scenario_path(name, path.parent)
    except Refusal as refusal:
        _complain(document, "extends", name, refusal)
        return None
    if parent.absolute() in seen:
        names = " -> ".join([*(p.name for p in seen[seen.index(parent.absolute()) :]), parent.name])
        mend = Text("删去 extends，或换一个父方案", "drop extends, or extend another scenario")
        cycle = Text(f"循环 {names}", f"cycle {names}")
        _complain(document, "extends", cycle, Refusal(Text("不回到自身的父方案", "parents that end"), mend))
        return None
    if len(seen) > MOST_PARENTS:
        few = Text(f"至多 {MOST_PARENTS} 级", f"at most {MOST_PARENTS} parents")
        _complain(document, "extends", name, Refusal(few, Text("合并父方案", "merge some of them")))
        return None
    return parent


class _Check:
    """The checks of one merged scenario; problems gather here."""

    def __init__(self, chain: _Chain) -> None:
        self.chain = chain
        self.problems = list(chain.problems)

    def report(self, where: Where, found: str | Text, expected: Text, mend: Text) -> None:
        """A problem at a place, unless that place was refused already."""
        if not any(where[: len(place)] == place for place in self.chain.broken):
            place = self.place(where)
            self.problems.append(Problem(place.file, place.line, dotted(where), found, expected, mend))

    def place(self, where: Where) -> Place:
        """The file and line that set a value, or the nearest thing around it."""
        for length in range(len(where), 0, -1):
            if where[:length] in self.chain.tree.places:
                return self.chain.tree.places[where[:length]]
        return Place(self.chain.files[0], 1)

    def values(self, path: Path) -> dict[str, Any]:
        """The merged values, with mechanisms, parameters and the district's name checked."""
        values = dict(self.chain.tree.value)
        for key, check in (("mechanisms", checked_mechanisms), ("parameters", checked_parameters)):
            if key in values:
                values[key] = check(values[key], self.report)
        if isinstance(values.get("district"), str):
            try:
                district_folder(values["district"], project_folder(path))
            except Refusal as refusal:
                self.report(("district",), values["district"], refusal.expected, refusal.mend)
        return values

    def validated(self, values: dict[str, Any]) -> ScenarioFile | None:
        """The values as a model; a file that could not be read to its end is not told what it misses."""
        try:
            return ScenarioFile.model_validate(_tuples(values))
        except ValidationError as error:
            report_errors(error, self._report_own if self.chain.whole else self._report_present)
            return None

    def _report_own(self, where: Where, found: str | Text, expected: Text, mend: Text) -> None:
        """A problem, unless it is a missing district that the parent may have and the parent could not be read."""
        if where != ("district",) or not self.orphan or where in self.chain.tree.places:
            self.report(where, found, expected, mend)

    @property
    def orphan(self) -> bool:
        """Whether the file names a parent that could not be found."""
        name = self.chain.tree.value.get("extends")
        return name is not None and (not isinstance(name, str) or ("extends",) in self.chain.broken)

    def _report_present(self, where: Where, found: str | Text, expected: Text, mend: Text) -> None:
        if where in self.chain.tree.places:
            self.report(where, found, expected, mend)

    def expectations(self, raw: Any, path: Path, metrics: MetricNames | None) -> None:
        """Metrics, units of amounts and scenarios compared with, of each expectation that is otherwise sound."""
        for number, values in enumerate(raw if isinstance(raw, list) else ()):
            try:
                item = Expectation.model_validate(values)
            except ValidationError:
                continue  # reported with the file
            self.metric(("expect", number), item, metrics)
            self.rival(("expect", number), item, path)

    def metric(self, where: Where, item: Expectation, metrics: MetricNames | None) -> None:
        """The metric is known, and the amounts are in its unit."""
        if metrics is not None and item.metric not in metrics:
            mend = did_you_mean(item.metric, metrics, Text("改用其中之一", "use one of these"))
            self.report((*where, "metric"), item.metric, one_of(metrics), mend)
        unit = metrics.get(item.metric) if isinstance(metrics, Mapping) else None
        amounts: dict[str, float] = {}
        for key in ("equals", "abs_tol", "at_least", "at_most", "margin") if unit is not None else ():
            try:
                amounts[key] = item.in_unit(getattr(item, key), str(unit))
            except QuantityError as error:
                self.report((*where, key), str(getattr(item, key)), error.expected, error.mend)
        if item.at_least and item.at_most and amounts.get("at_least", 0.0) > amounts.get("at_most", math.inf):
            self.report((*where, "at_most"), str(item.at_most), Text("不小于 at_least 的数量", "an amount of at least at_least"),
                        Text("对调 at_least 与 at_most", "exchange at_least and at_most"))  # fmt: skip

    def rival(self, where: Where, item: Expectation, path: Path) -> None:
        """The scenario compared with exists, and is another one."""
        if item.versus is None:
            return
        try:
            other = scenario_path(item.versus, path.parent)
        except Refusal as refusal:
            self.report((*where, "versus"), item.versus, refusal.expected, refusal.mend)
            return
        if other.absolute() == path.absolute():
            self.report((*where, "versus"), item.versus, Text("另一个方案", "another scenario"),
                        Text("写作为基准的方案，例如 equal-split", "name the baseline, such as equal-split"))  # fmt: skip

    def sorted_problems(self) -> list[Problem]:
        """The file's own problems first, in the order of its lines, then its parents'."""
        order = {name: number for number, name in enumerate(self.chain.files)}
        return sorted(self.problems, key=lambda item: (order.get(item.file, len(order)), item.line or 0))


def _tuples(value: Any) -> Any:
    """Lists as tuples, which the models hold."""
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
