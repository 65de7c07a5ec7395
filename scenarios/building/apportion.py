"""Whole shares of an official total: largest remainder between bounds, so that the total is met exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from scenarios.tables import Integers, Reals

_HALVINGS = 200


def apportion(total: int, weights: ArrayLike, low: ArrayLike = 0, high: ArrayLike | None = None) -> Integers:
    """Integers near ``total`` times each weight's share, within ``low`` and ``high``, that sum to ``total``.

    Largest remainder; ties go to the earlier row. Raises ``ValueError`` when no integers within the bounds sum to the
    total.

    >>> apportion(10, [1, 1, 1]).tolist(), apportion(10, [1, 1, 8], high=[9, 9, 5]).tolist()
    ([4, 3, 3], [3, 2, 5])
    """
    weight = np.maximum(np.asarray(weights, dtype=float), 1e-9)
    bottom = np.broadcast_to(np.asarray(low, dtype=np.int64), weight.shape)
    top = np.broadcast_to(np.asarray(total if high is None else high, dtype=np.int64), weight.shape)
    if not (np.all(bottom <= top) and bottom.sum() <= total <= top.sum()):
        raise ValueError(f"found a total of {total}; expected one between {bottom.sum()} and {top.sum()}")
    share = _bounded_share(total, weight, bottom, top)
    whole = np.clip(np.floor(share).astype(np.int64), bottom, top)
    while (left := total - int(whole.sum())) > 0:
        order = np.argsort(-(share - whole), kind="stable")
        whole[order[whole[order] < top[order]][:left]] += 1
    return whole


def _bounded_share(total: int, weight: Reals, bottom: Integers, top: Integers) -> Reals:
    """Real shares proportional to weight except where a bound holds; they sum to at most the total."""
    below, above = 0.0, (total + 1.0) / float(weight.min())
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        if np.clip(middle * weight, bottom, top).sum() <= total:
            below = middle
        else:
            above = middle
    return np.asarray(np.clip(below * weight, bottom, top))
