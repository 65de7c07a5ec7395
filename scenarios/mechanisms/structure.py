"""Small and structural practices: levels, targeting, standards, contests and promises."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

STRUCTURE: tuple[Mechanism, ...] = ()
