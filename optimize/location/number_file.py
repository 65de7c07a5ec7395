"""Files that are nothing but numbers, as the OR-Library keeps them: read in order, all mistakes with their lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

from scenarios.problems import ScenarioError
from scenarios.reading.csv_report import Report
from scenarios.reading.csv_text import decode, read_bytes
from scenarios.reading.number_grammar import LONGEST, number_hint
from scenarios.tables import Reals
from scenarios.text import Text

NUMBER = re.compile(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")  # these files write 7500. and 0.
MOST_NUMBERS = 4_000_000  # in one array
A_FILE = Text("文本文件", "a text file")
Field = str | Callable[[int], str]


def parse_number(text: str) -> float | None:
    """The number that a text is, or None.

    >>> parse_number("7500."), parse_number("-.5"), parse_number("1e3"), parse_number("nan"), parse_number("１")
    (7500.0, -0.5, 1000.0, None, None)
    """
    return float(text) if len(text) <= LONGEST and NUMBER.fullmatch(text) else None


class NumberFile:
    """The words of a file in order. Mistakes are gathered; ``finish`` raises them all."""

    def __init__(self, path: Path) -> None:
        self.report = Report(path)
        lines = decode(read_bytes(path, A_FILE), path, []).splitlines()
        self.last_line = max(len(lines), 1)
        self._words = [(number, word) for number, line in enumerate(lines, 1) for word in line.split()]
        self._next = 0

    @property
    def words_by_line(self) -> list[list[str]]:
        """The words of each line that has any."""
        lines: dict[int, list[str]] = {}
        for number, word in self._words:
            lines.setdefault(number, []).append(word)
        return list(lines.values())

    @property
    def line(self) -> int:
        """The line of the number that comes next."""
        return self._words[self._next][0] if self._next < len(self._words) else self.last_line

    def expect(self, count: int, words: Text) -> None:
        """Refuse the file unless just so many numbers are left, instead of naming each one that then is out of place."""
        left = len(self._words) - self._next
        if left != count:
            found = Text(f"其后有{left}个数", f"{left} numbers after them")
            raise self.report.refuse(
                1, "", found, Text(f"{words.zh}，即{count}个数", f"{words.en}, {count} numbers"), LAYOUT
            )

    def size(self, field: str, high: int = 100_000) -> int:
        """A whole number from 1 that says how much follows; reading cannot go on without it."""
        line, count = self.line, len(self.report.problems)
        value = self.reals(1, field, low=1, high=high, whole=True)[0]
        if len(self.report.problems) > count:
            raise ScenarioError(self.report.problems)
        if not 1 <= value <= high:
            raise self.report.refuse(line, field, str(value), _expected(1, high, True), _CHECK)
        return int(value)

    def reals(self, count: int, field: Field, *, low: float = 0.0, high: float = 1e15, whole: bool = False) -> Reals:
        """The next numbers; what is wrong with one is reported under its field, and 0 stands in for it."""
        if count > MOST_NUMBERS:
            raise self.report.refuse(self.line, _named(field, 0), str(count), _expected(0, MOST_NUMBERS, True), _CHECK)
        words = self._words[self._next : self._next + count]
        values = [self._value(word, line, _named(field, place), low, high, whole)
                  for place, (line, word) in enumerate(words)]  # fmt: skip
        if len(words) < count:
            raise self._ended(_named(field, len(words)), len(words), count)
        self._next += count
        return np.array(values, dtype=float)

    def _value(self, word: str, line: int, field: str, low: float, high: float, whole: bool) -> float:
        value = parse_number(word)
        if value is None:
            self.report.add(line, field, word, _expected(low, high, whole), number_hint(word))
        elif not low <= value <= high or (whole and not value.is_integer()):
            self.report.add(line, field, word, _expected(low, high, whole), _CHECK)
        else:
            return value
        return 0.0

    def _ended(self, field: str, found: int, count: int) -> ScenarioError:
        return self.report.refuse(
            self.last_line, field, Text(f"文件到此结束，只有{found}个数", f"the end of the file after {found} numbers"),
            Text(f"{count}个数", f"{count} numbers"),
            Text("补上缺少的数，或核对文件开头的个数", "supply the missing numbers, or check the counts at the beginning"),
        )  # fmt: skip

    def finish(self) -> None:
        """Report what is left over, and raise ScenarioError if there was any mistake."""
        left = self._words[self._next :]
        if left:
            found = Text(
                f"多出{len(left)}个数，第一个是{left[0][1][:40]}",
                f"{len(left)} more numbers, the first {left[0][1][:40]}",
            )
            self.report.add(left[0][0], "", found, Text("文件在此结束", "the end of the file"),
                            Text("核对文件开头的个数，或删去多余的数", "check the counts at the beginning, or remove the surplus"))  # fmt: skip
        self.report.raise_if_any()


LAYOUT = Text(
    "核对文件开头的个数，以及文件是否属于所选模型",
    "check the counts at the beginning, and that the file is of the model's kind",
)
_CHECK = Text("核对该数；文件中的数可能错了位", "check the number; numbers of the file may have shifted")


def _named(field: Field, place: int) -> str:
    return field if isinstance(field, str) else field(place)


def _expected(low: float, high: float, whole: bool) -> Text:
    zh, en = ("整数", "a whole number") if whole else ("数", "a number")
    if high >= 1e15:
        return Text(f"不小于{low:.10g}的{zh}", f"{en} >= {low:.10g}") if low > -1e15 else Text(zh, en)
    return Text(f"{low:.10g}至{high:.10g}的{zh}", f"{en} from {low:.10g} to {high:.10g}")
