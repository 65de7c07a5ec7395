"""Posts and people: branches and organisers beyond the community's own."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

BRANCHES: tuple[Mechanism, ...] = ()
