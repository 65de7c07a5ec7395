"""What a mechanism is: a named, documented function from district to district, with parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scenarios.district import District
from scenarios.text import Text

Value = float | int | str | bool
Evidence = Literal["experiment", "field study", "source claim", "assumption"]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One parameter of a mechanism. ``unit`` is one of the units the loader knows, or empty for counts and ratios."""

    name: str
    default: Value
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()
    source: str
    says: Text
    neutral: Value | None = None  # the value at which this setting alone makes the mechanism do nothing


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """One entry of the catalogue. ``apply`` gets every setting by name, resolved and checked, in the unit stated."""

    id: str
    rows: tuple[int, ...]  # rows of the list of source mechanisms
    name: Text
    says: Text
    settings: tuple[Setting, ...]
    apply: Callable[..., District]
    metric: str  # the metric of sim.outcome that it moves
    direction: Literal["higher", "lower", "neither"]
    evidence: Evidence
