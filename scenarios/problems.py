"""What is wrong with a file, in words a planner can act on: where, what was found, what was expected, how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from scenarios.text import Language, Text

CLIP = 60  # characters of a found value that a message repeats
MOST_SHOWN = 50  # problems that one report prints in full


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One mistake in one place. ``line`` counts from 1; 0 means the file as a whole; ``field`` is a dotted path."""

    file: str
    line: int = 0
    field: str = ""
    found: Text
    expected: Text
    mend: Text

    def message(self, language: Language = "en") -> str:
        """The problem as one line of text: ``file:line: field: found X; expected Y; to mend: Z``.

        >>> word = Text("‘三’", "'three'")
        >>> problem = Problem(file="a.yaml", line=3, field="plan.years", found=word,
        ...                   expected=Text("整数", "a whole number"), mend=Text("写 3", "write 3"))
        >>> problem.message()
        "a.yaml:3: plan.years: found 'three'; expected a whole number; to mend: write 3"
        >>> problem.message("zh")
        'a.yaml:3: plan.years: 现为‘三’；应为整数；改法：写 3'
        """
        place = f"{visible(self.file)}:{self.line}" if self.line else visible(self.file)
        field = f" {visible(self.field)}:" if self.field else ""
        parts = [part.in_language(language) for part in (self.found, self.expected, self.mend)]
        form = "{}:{} 现为{}；应为{}；改法：{}" if language == "zh" else "{}:{} found {}; expected {}; to mend: {}"
        return form.format(place, field, *parts)


class ScenarioError(Exception):
    """A file was refused. ``problems`` lists every mistake, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)
        super().__init__(render(self.problems, "en"))


def render(problems: Iterable[Problem], language: Language = "en") -> str:
    """The problems as text, one a line; a flood is cut short and says so."""
    lines = list(dict.fromkeys(problem.message(language) for problem in problems))
    more = len(lines) - MOST_SHOWN
    if more > 0:
        note = Text(f"（另有 {more} 处问题未列出）", f"(and {more} more problems)")
        lines = [*lines[:MOST_SHOWN], note.in_language(language)]
    return "\n".join(lines)


def is_hidden(character: str) -> bool:
    """Whether a character is a control, invisible, text-direction or private-use one, so that nobody would see it."""
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def visible(text: str, limit: int = 200) -> str:
    r"""Text that is safe to print: hidden characters as escapes, clipped to ``limit`` characters.

    >>> visible("a\u202eb\n")
    'a\\u202eb\\n'
    """
    clipped = text if len(text) <= limit else text[:limit] + "…"
    return "".join(_escape(c) if is_hidden(c) else c for c in clipped)


def _escape(character: str) -> str:
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character)
    code = ord(character)
    return short or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")


def shown(value: Any) -> Text:
    """A found value in both languages, never longer than a line.

    >>> shown(True).en, shown([1, 2]).en, shown("12:30").zh
    ('true (a yes/no value)', 'a list', "'12:30'")
    """
    if isinstance(value, bool):
        word = "true" if value else "false"
        return Text(f"{word}（是非值）", f"{word} (a yes/no value)")
    if value is None:
        return Text("空值", "nothing (null)")
    if isinstance(value, dict):
        return Text("一组键值", "a mapping")
    if isinstance(value, list | tuple):
        return Text("一个列表", "a list")
    if isinstance(value, str):
        return same(f"'{visible(value, CLIP)}'")
    return same(visible(str(value), CLIP))


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


def listed(words: Iterable[str], limit: int = 12) -> str:
    """Words in one line, a long list cut short."""
    names = list(words)
    return ", ".join(names[:limit]) + (", …" if len(names) > limit else "")
