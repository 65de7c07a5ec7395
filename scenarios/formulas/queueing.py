"""The queueing loss: what a month-long queue serves when hours barely cover the work."""

from __future__ import annotations

import numpy as np

from scenarios.tables import Reals

QUEUE_POWER, QUEUE_TOP = 40.0, 0.993  # fitted on 212 communities of Huancui over three simulated years of equal split
QUEUE_POINTS = (0.5, 0.9, 0.96, 1.0, 1.04, 1.1, 1.4)


def queue_yield(load_cover: Reals) -> Reals:
    """Share of voiced work served when hours cover ``load_cover`` times the work: a smooth minimum below min(x, 1)."""
    x = np.maximum(load_cover, 1e-9)
    return np.asarray(QUEUE_TOP * x / (1.0 + x**QUEUE_POWER) ** (1.0 / QUEUE_POWER))


def queue_tangents() -> list[tuple[float, float]]:
    """Lines (intercept, slope) whose minimum bounds :func:`queue_yield` from above; it is concave.

    >>> lines = queue_tangents()
    >>> min(a + b * 1.0 for a, b in lines) >= float(queue_yield(np.array(1.0))) - 1e-12
    True
    """
    lines = []
    for x in QUEUE_POINTS:
        value = float(queue_yield(np.array(x)))
        slope = QUEUE_TOP * (1.0 + x**QUEUE_POWER) ** (-1.0 / QUEUE_POWER - 1.0)
        lines.append((value - slope * x, slope))
    return lines
