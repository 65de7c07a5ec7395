"""The control loop: screening, inspection, accountability, priorities and pledges."""

from __future__ import annotations

from scenarios.mechanisms.catalogue import Mechanism

CONTROL: tuple[Mechanism, ...] = ()
