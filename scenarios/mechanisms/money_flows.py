"""Money: when it comes, who pools and transfers it, and what prevents or earns it."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

MONEY_FLOWS: tuple[Mechanism, ...] = ()
