"""Participation and partners: wishes, members, volunteers, co-building and claims."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

PARTNERS: tuple[Mechanism, ...] = ()
