"""What is wrong with a user's file, in words that help: where, what was found, what was expected, how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.text import Language, Text

CLIP = 80  # characters of a user's text that a message repeats


def visible(text: str, limit: int = CLIP) -> str:
    r"""The text with every control, bidi, invisible or odd space character written as an escape, and clipped.

    >>> visible("a\u202eb\x1b")
    'a\\u202eb\\x1b'
    >>> visible("长" * 100, limit=3)
    '长长长…'
    """
    shown = "".join(map(_visible_character, text[:limit]))
    return shown if len(text) <= limit else shown + "…"


def _visible_character(character: str) -> str:
    if character == " " or unicodedata.category(character)[0] not in "CZ":
        return character
    return character.encode("unicode_escape").decode("ascii")


@dataclass(frozen=True)
class Problem:
    """One mistake in a user's file. ``found`` is the text as it stands there, empty when there is none."""

    file: str
    line: int | None
    field: str
    found: str
    expected: Text
    mend: Text

    def render(self, language: Language) -> str:
        """One line: ``file:line: field: found X; expected Y; to mend: Z``; without a line number where none applies."""
        place = visible(self.file, 200) + (f":{self.line}" if self.line is not None else "")
        field = visible(self.field)
        found = visible(self.found)
        expected, mend = self.expected.in_language(language), self.mend.in_language(language)
        if language == "zh":
            found = f"“{found}”" if found else "空值"
            return f"{place}: {field}: 读到{found}；应为{expected}；修改办法：{mend}"
        found = f"'{found}'" if found else "nothing"
        return f"{place}: {field}: found {found}; expected {expected}; to mend: {mend}"


class ScenarioError(Exception):
    """A user's files are refused. ``problems`` holds every mistake that was seen, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.render("en"))

    def render(self, language: Language) -> str:
        """All problems, one a line."""
        return "\n".join(problem.render(language) for problem in self.problems)
