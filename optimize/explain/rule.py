"""A rule that planners could relax: its name in words, what there would be without it, and how it gives way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optimize.explain.brief import Brief
from optimize.explain.giving import Least
from scenarios.text import Text


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule or settled decision.

    ``lifted``: the brief without it. ``given``: the brief in which it gives way by so many whole units (fen, posts,
    officials, ...; signed where it can move either way). ``least``: the fewest units that are enough when all else
    stays, or None. ``says``: the change in words, for a number of units.
    """

    key: str
    name: Text
    lifted: Callable[[Brief], Brief]
    given: Callable[[Brief, int], Brief]
    least: Least
    says: Callable[[int], Text]
