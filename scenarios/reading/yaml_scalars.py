"""Plain scalars of YAML 1.2: null, true and false, numbers, and everything else as text. Doubtful numbers are refused."""

from __future__ import annotations

import math
import re

from scenarios.problems import Refusal, same, visible
from scenarios.quantities import LIMIT, above_limit
from scenarios.text import Text

_WHOLE = re.compile(r"[-+]?[0-9]+")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]")
_MOST_DIGITS = 30
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class ScalarRefusal(Refusal):
    """A scalar that looks like a number but cannot be taken as one."""

    def __init__(self, found: Text, expected: Text, mend: Text) -> None:
        super().__init__(expected, mend)
        self.found = found


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar.

    Raises ScalarRefusal for numbers with leading zeros (codes belong in quotes), not finite, or absurdly large.

    >>> [plain_value(text) for text in ("no", "12:30", "1e3", "-7", "true", "~")]
    ['no', '12:30', 1000.0, -7, True, None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_FINITE.fullmatch(text):
        raise _not_finite(text)
    if not _REAL.fullmatch(text):
        return text
    if _LEADING_ZERO.match(text):
        raise _leading_zero(visible(text))
    if _WHOLE.fullmatch(text) and len(text) <= _MOST_DIGITS:
        return int(text)
    return _real(text)


def _real(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _not_finite(text)
    if abs(number) > LIMIT:
        raise ScalarRefusal(same(visible(text)), above_limit(), Text("检查位数", "check the number of digits"))
    return number


def _not_finite(text: str) -> ScalarRefusal:
    shown = visible(text)
    found = Text(f"{shown}，不是有限的数", f"{shown}, not a finite number")
    return ScalarRefusal(found, Text("有限的数", "a finite number"), Text("写一个具体的数", "write a definite number"))


def _leading_zero(shown: str) -> ScalarRefusal:
    return ScalarRefusal(
        Text(f"以 0 开头的数 {shown}", f"a number with leading zeros, {shown}"),
        Text("不以 0 开头的数，或加引号的代码", "a number without them, or a code in quotes"),
        Text(f"代码请写 '{shown}'", f"for a code write '{shown}'"),
    )
