"""Random numbers for synthetic districts: each is a pure function of seed, purpose and code, never of call order.

Adding a unit therefore leaves the draws of all others untouched. A keyed hash and an exact inverse are used rather than
a generator's distributions, whose streams may change from one release of a library to the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from scenarios.tables import Reals

_UNIT_NORMAL = NormalDist()


@dataclass(frozen=True)
class Draws:
    """The draws of one seed."""

    seed: int

    def one(self, purpose: str, code: str) -> float:
        """One uniform number, strictly between 0 and 1.

        >>> Draws(1).one("size", "a") == Draws(1).one("size", "a") != Draws(2).one("size", "a")
        True
        """
        key = f"{self.seed}|{purpose}|{code}".encode()
        bits = int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big") >> 12
        return (bits + 0.5) * 2.0**-52

    def uniform(self, purpose: str, codes: Sequence[str], low: float = 0.0, high: float = 1.0) -> Reals:
        """Uniform numbers between ``low`` and ``high``, one per code."""
        return np.array([low + (high - low) * self.one(purpose, code) for code in codes], dtype=float)

    def normal(self, purpose: str, codes: Sequence[str], bound: float = 2.5) -> Reals:
        """Standard normal numbers, cut off at ``bound`` standard deviations, one per code."""
        numbers = [_UNIT_NORMAL.inv_cdf(self.one(purpose, code)) for code in codes]
        return np.asarray(np.clip(np.array(numbers, dtype=float), -bound, bound))

    def spread(self, purpose: str, codes: Sequence[str], log_sd: float | Reals) -> Reals:
        """Lognormal multipliers of median 1 and the given spread of the logarithm, one per code."""
        return np.asarray(np.exp(log_sd * self.normal(purpose, codes)))

    def choice(self, purpose: str, code: str, options: Sequence[str], weights: Sequence[float]) -> str:
        """One of the options, by weight."""
        edges = np.cumsum(weights) / np.sum(weights)
        return options[min(int(np.searchsorted(edges, self.one(purpose, code))), len(options) - 1)]
