"""Amounts of money shared among communities, exact to the fen."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN
from scenarios.tables import Integers

SCALES = ("community", "head", "household")


def fen(yuan: float) -> int:
    """Yuan as whole fen.

    >>> fen(0.1 + 0.2)
    30
    """
    return round(yuan * FEN_PER_YUAN)


def weights(district: District, scale: str) -> Integers:
    """What a fund is written per: every community alike, its residents, or its households."""
    here = district.communities
    return {"community": np.ones_like(here.population), "head": here.population, "household": here.households}[scale]


def shared_fen(total_fen: int, weight: Integers) -> tuple[int, ...]:
    """A total divided in proportion to integer weights; the shares sum to the total (largest remainders first).

    >>> shared_fen(100, np.array([1, 1, 1]))
    (34, 33, 33)
    """
    parts = [int(w) for w in weight]
    whole = sum(parts)
    shares = [total_fen * part // whole for part in parts]
    rest = total_fen - sum(shares)
    order = sorted(range(len(parts)), key=lambda row: (-(total_fen * parts[row] % whole), row))
    for row in order[:rest]:
        shares[row] += 1
    return tuple(shares)


def entitlement_fen(district: District, yuan_per_community: float, scale: str) -> tuple[int, ...]:
    """A yearly fund of so much per community on average, divided by the scale; the total is the same for each scale."""
    return shared_fen(fen(yuan_per_community) * len(district.communities), weights(district, scale))
