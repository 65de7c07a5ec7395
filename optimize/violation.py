"""One rule that a plan breaks, in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scenarios.funding import FEN_PER_WAN
from scenarios.text import Text


@dataclass(frozen=True)
class Violation:
    """The rule's name, where it is broken (community, year, slot or project), and a sentence."""

    rule: str
    where: str
    says: Text


def wan(fen: int) -> str:
    """Fen as 万元, exact to the fen, without trailing zeros.

    >>> wan(43_600_000), wan(1)
    ('43.6', '0.000001')
    """
    return f"{Decimal(fen) / FEN_PER_WAN:,f}"
