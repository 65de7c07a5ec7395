"""What is wrong with a user's file, in words that help: where, what was found, what was expected, how to mend it."""

from __future__ import annotations

import errno
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from scenarios.text import Language, Text

CLIP = 80  # characters of a user's text that a message repeats
MOST_SHOWN = 50  # problems that one report prints in full


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


def is_hidden(character: str) -> bool:
    """Whether a character is a control, invisible, text-direction or private-use one, so that nobody would see it."""
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


@dataclass(frozen=True)
class Problem:
    """One mistake in a user's file. ``line`` counts from 1, None when no line applies; ``field`` is a dotted path.

    ``found`` is the text as it stands in the file (empty when there is none), or a phrase in both languages.
    """

    file: str
    line: int | None
    field: str
    found: str | Text
    expected: Text
    mend: Text

    def render(self, language: Language) -> str:
        """One line: ``file:line: field: found X; expected Y; to mend: Z``; without a line number where none applies.

        >>> problem = Problem("a.yaml", 3, "plan.years", "三", Text("整数", "a whole number"), same("3"))
        >>> problem.render("en")
        "a.yaml:3: plan.years: found '三'; expected a whole number; to mend: 3"
        >>> problem.render("zh")
        'a.yaml:3: plan.years: 读到“三”；应为整数；修改办法：3'
        """
        place = visible(self.file, 200) + (f":{self.line}" if self.line is not None else "")
        field = f" {visible(self.field)}:" if self.field else ""
        found = self._found(language)
        expected, mend = (visible(part.in_language(language), 1000) for part in (self.expected, self.mend))
        if language == "zh":
            return f"{place}:{field} 读到{found}；应为{expected}；修改办法：{mend}"
        return f"{place}:{field} found {found}; expected {expected}; to mend: {mend}"

    def _found(self, language: Language) -> str:
        if isinstance(self.found, Text):
            return visible(self.found.in_language(language), 300)
        if not self.found:
            return Text("空值", "nothing").in_language(language)
        shown = visible(self.found)
        return f"“{shown}”" if language == "zh" else f"'{shown}'"


class ScenarioError(Exception):
    """A user's files are refused. ``problems`` holds every mistake that was seen, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)  # so that it survives the way back from a worker process

    def __str__(self) -> str:
        return self.render("en")

    def render(self, language: Language) -> str:
        """All problems, one a line."""
        return render(self.problems, language)


class Refusal(ValueError):
    """One value was refused: what was expected and how to mend it. Whoever knows the place makes a Problem of it."""

    def __init__(self, expected: Text, mend: Text) -> None:
        super().__init__(f"expected {expected.en}; to mend: {mend.en}")
        self.expected = expected
        self.mend = mend


def render(problems: Iterable[Problem], language: Language = "en") -> str:
    """The problems as text, one a line; a flood is cut short and says so."""
    lines = list(dict.fromkeys(problem.render(language) for problem in problems))
    more = len(lines) - MOST_SHOWN
    if more > 0:
        note = Text(f"（另有 {more} 处问题未列出）", f"(and {more} more problems)")
        lines = [*lines[:MOST_SHOWN], note.in_language(language)]
    return "\n".join(lines)


_REASONS: dict[type[Exception], str] = {
    FileNotFoundError: "没有该文件或文件夹",
    PermissionError: "没有权限",
    IsADirectoryError: "这是文件夹",
    NotADirectoryError: "路径中有一段不是文件夹",
    FileExistsError: "已有同名文件",
}


def system_reason(error: Exception) -> Text:
    """Why the system refused a file; the usual reasons in both languages, a rare one as the system says it.

    >>> system_reason(FileNotFoundError(2, "No such file or directory"))
    Text(zh='没有该文件或文件夹', en='No such file or directory')
    """
    said = getattr(error, "strerror", None) or type(error).__name__
    if getattr(error, "errno", None) == errno.ENOSPC:
        return Text("磁盘已满", said)
    return Text(_REASONS.get(type(error), said), said)


def found_value(value: Any) -> str | Text:
    """A value read from a file as the ``found`` of a problem: text as it stands, anything else in words.

    >>> found_value("12:30"), found_value([1, 2]).en, found_value(True).en
    ('12:30', 'a list', 'true/false (true)')
    """
    if isinstance(value, bool):
        word = "true" if value else "false"
        return Text(f"是非值（{word}）", f"true/false ({word})")
    if isinstance(value, dict):
        return Text("一组键值", "a mapping")
    if isinstance(value, list | tuple):
        return Text("一个列表", "a list")
    return "" if value is None else str(value)


def same(text: str) -> Text:
    """Text that reads the same in both languages: names, numbers, examples."""
    return Text(text, text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to a mistyped one, or None.

    >>> nearest("replicate", ["replications", "months"])
    'replications'
    """
    matches = get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str], otherwise: Text) -> Text:
    """How to mend a mistyped word: the nearest known one, or ``otherwise``."""
    guess = nearest(word, known)
    return Text(f"是不是想写 '{guess}'？", f"did you mean '{guess}'?") if guess else otherwise


def one_of(words: Iterable[str], limit: int = 20) -> Text:
    """The words that fit, a long list cut short.

    >>> one_of(["a", "b"]).en
    'one of a, b'
    """
    names = list(words)
    text = ", ".join(names[:limit]) + (", …" if len(names) > limit else "")
    return Text(f"以下之一：{text}", f"one of {text}")


def range_mend(low: str, high: str, *, above: bool) -> Text:
    """How to mend a number outside its range."""
    return Text(f"至多 {high}", f"at most {high}") if above else Text(f"至少 {low}", f"at least {low}")
