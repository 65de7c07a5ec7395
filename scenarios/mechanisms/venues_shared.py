"""Floor space: others' premises, villages' venues, running rules and examples."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

SHARED_VENUES: tuple[Mechanism, ...] = ()
