"""Money for people: care, hardship, activities, insurance, subsidies, prizes."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

MONEY_CARE: tuple[Mechanism, ...] = ()
