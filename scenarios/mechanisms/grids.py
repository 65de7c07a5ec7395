"""Grids and response: contact, teams, hours, platforms, powers and meetings."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

GRIDS: tuple[Mechanism, ...] = ()
