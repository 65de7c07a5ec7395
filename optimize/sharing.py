"""Sharing a whole number out by weights, within bounds: exact, and the same for every order of the rows but ties."""

from __future__ import annotations

import numpy as np

from scenarios.tables import Integers, Reals

HALVINGS = 200  # far beyond the resolution of a float


def share_out(total: int, weights: Reals, *, low: Integers, high: Integers, offset: Reals | None = None) -> Integers:
    """Whole numbers ``clip(level x weights - offset, low, high)`` that sum to ``total``, or as near as bounds allow.

    With an offset this is water-filling: what each row already has counts towards its level.

    >>> share_out(10, np.array([1.0, 1.0, 2.0]), low=np.zeros(3, int), high=np.array([9, 9, 4]))
    array([3, 3, 4])
    """
    taken = np.zeros(len(weights)) if offset is None else offset
    weights = weights if weights.sum() > 0 else np.ones(len(weights))

    def at(level: float) -> Reals:
        return np.clip(level * weights - taken, low, high)

    bottom, top = 0.0, float((np.abs(high) + taken).max(initial=0.0) / max(weights[weights > 0].min(), 1e-12)) + 1.0
    for _ in range(HALVINGS):
        middle = (bottom + top) / 2
        bottom, top = (middle, top) if at(middle).sum() <= total else (bottom, middle)
    exact = at(bottom)
    whole = np.floor(exact + 1e-9).astype(np.int64)
    return _hand_out(whole, int(total) - int(whole.sum()), exact - whole, low, high)


def _hand_out(whole: Integers, left: int, rest: Reals, low: Integers, high: Integers) -> Integers:
    """Hand the remainder out one by one, the largest fraction first, where bounds allow."""
    whole = whole.copy()
    for row in np.argsort(-rest, kind="stable"):
        step = int(np.sign(left))
        if step and low[row] <= whole[row] + step <= high[row]:
            whole[row] += step
            left -= step
    return whole
