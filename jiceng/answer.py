"""What a command answers: one object for programs, sentences and tables for people, and an exit code."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jiceng.exit_codes import ExitCode
from scenarios.text import Text

Cell = str | int | float | Text


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table for people: a header in both languages and rows of cells."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``data`` is what ``--json`` prints; ``says`` is what a person reads. Neither holds a number the other lacks."""

    data: Mapping[str, Any]
    says: tuple[Text | Grid, ...] = ()
    code: ExitCode = field(default=ExitCode.DONE)

    def as_json(self, verb: str) -> str:
        """The one line of JSON, with the verb and the exit code; numbers that are not finite become ``null``."""
        whole = {"verb": verb, "exit_code": int(self.code), **self.data}
        return json.dumps(_plain(whole), ensure_ascii=False, allow_nan=False)


def both(text: Text) -> dict[str, str]:
    """A text as JSON shows it.

    >>> both(Text("社区", "community"))
    {'zh': '社区', 'en': 'community'}
    """
    return {"zh": text.zh, "en": text.en}


def _plain(value: Any) -> Any:
    """The value in types that JSON knows; anything else as its text."""
    if isinstance(value, Text):
        return both(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, bool | str | int) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return _plain(value.item()) if hasattr(value, "item") else str(value)
