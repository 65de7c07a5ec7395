"""What is known about one parameter, and the field that carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scenarios.text import Text


@dataclass(frozen=True)
class Parameter:
    """What is known about one parameter: its unit, range, source and sentence."""

    name: str
    default: float
    unit: str
    low: float
    high: float
    source: str
    says: Text
    uncertain: bool


def parameter(
    default: float, *, low: float, high: float, unit: str, source: str, zh: str, en: str, uncertain: bool = False
) -> Any:
    """A dataclass field that carries its own documentation."""
    about = {"unit": unit, "low": low, "high": high, "source": source, "says": Text(zh, en), "uncertain": uncertain}
    return field(default=default, metadata=about)
