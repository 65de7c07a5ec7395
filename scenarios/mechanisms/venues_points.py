"""Floor space: halls, windows, service points and kits."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

SERVICE_POINTS: tuple[Mechanism, ...] = ()
