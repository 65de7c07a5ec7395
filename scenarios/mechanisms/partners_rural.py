"""Participation and partners: studios, classes, culture, and pairs of town and country."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

RURAL_PARTNERS: tuple[Mechanism, ...] = ()
