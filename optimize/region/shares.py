"""From mean uses to shares in whole fen and whole officials that keep every rule of the region exactly."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np

from optimize.region.prices import Use
from scenarios.funding import FEN_PER_WAN
from scenarios.region import County, Region, Share

CRUMB = 1e-6  # of a fen, an official or a 万元: what a search may leave below a whole number


def whole_shares(region: Region, uses: Sequence[Use]) -> tuple[Share, ...]:
    """A share for each county, as near below its mean use as rules and whole numbers allow."""
    officials = _whole_officials(region, [use.officials for use in uses])
    return tuple(_share(region, county, use, count)
                 for county, use, count in zip(region.counties, uses, officials, strict=True))  # fmt: skip


def _share(region: Region, county: County, use: Use, officials: int) -> Share:
    """Grants are cut to whole fen, so own money makes up for what a floor would lack."""
    least = region.floor_fen * county.size
    own = min(round(use.own * FEN_PER_WAN), county.own_limit_fen)
    grant = min(floor(use.grant * FEN_PER_WAN + CRUMB), region.most_grant_fen(own))
    own = min(max(own, least - grant), county.own_limit_fen)
    capital = min(floor(use.capital * FEN_PER_WAN + CRUMB), region.capital_fen)
    return Share(own, max(grant, 0), officials, max(capital, 0))


def _whole_officials(region: Region, wanted: Sequence[float]) -> list[int]:
    """Largest remainder, within the places there are."""
    exact = np.maximum(np.array(wanted, dtype=float), 0.0)
    whole = np.floor(exact + CRUMB).astype(int)
    left = min(round(float(exact.sum())), region.officials) - int(whole.sum())
    for row in np.argsort(-(exact - whole), kind="stable")[: max(left, 0)]:
        whole[row] += 1 if exact[row] > whole[row] else 0
    return [int(count) for count in whole]
