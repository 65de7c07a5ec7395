"""Posts and people: leaders' time, exchange, training, teams and ladders."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

STAFF: tuple[Mechanism, ...] = ()
