"""The mistakes of one file, gathered while it is read, so that all of them are reported at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from scenarios.problems import Problem, ScenarioError
from scenarios.text import Text

MOST_A_FIELD = 100  # problems kept of each field: a wrong column of a large file must not fill memory and hours
LONGEST_FOUND = 200

Fault = tuple[Text, Text]
"""What was expected, and how to mend it."""


class Report:
    """The problems of the file at ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, line: int | None, field: str, found: str | Text, expected: Text, mend: Text) -> None:
        """Add a problem; beyond the first hundred of a field they are only counted."""
        self._counts[field] += 1
        if self._counts[field] <= MOST_A_FIELD:
            found = found if isinstance(found, Text) else found[: LONGEST_FOUND + 1]
            self._problems.append(Problem(str(self.path), line, field, found, expected, mend))

    def is_full(self, field: str) -> bool:
        """Whether a field has so many problems that looking for more of them helps nobody."""
        return self._counts[field] > MOST_A_FIELD

    @property
    def problems(self) -> list[Problem]:
        """The problems in the order of the file's lines, after a word on fields with too many of them."""
        full = [field for field in self._counts if self.is_full(field)]
        return [self._flood(field) for field in full] + sorted(self._problems, key=lambda problem: problem.line or 0)

    def _flood(self, field: str) -> Problem:
        found = Text(f"{MOST_A_FIELD}处以上的问题", f"more than {MOST_A_FIELD} problems")
        mend = Text("先改正下面列出的问题，再重新读取", "mend those that are listed, then read again")
        return Problem(str(self.path), None, field, found, Text("没有问题", "none"), mend)

    def raise_if_any(self) -> None:
        """Raise ScenarioError if anything was added."""
        if self._problems:
            raise ScenarioError(self.problems)

    def refuse(self, line: int | None, field: str, found: str | Text, expected: Text, mend: Text) -> ScenarioError:
        """The error to raise when reading cannot go on: what was added so far and this last problem."""
        self.add(line, field, found, expected, mend)
        return ScenarioError(self.problems)
