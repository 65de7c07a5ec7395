"""Prevention: what place money avoids, how it builds up, fades and spills over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.district import District
from scenarios.formulas.needs import MONTHS
from scenarios.parameters import Rates
from scenarios.tables import Reals


@dataclass(frozen=True)
class PreventionCurve:
    """Share of needs prevented by money per resident: nothing below the threshold, then concave segments."""

    threshold_yuan: float  # per resident-year
    lengths_yuan: tuple[float, ...]  # segment lengths per resident-year, in order
    slopes: tuple[float, ...]  # share prevented per yuan in each segment, falling

    def share(self, yuan_per_resident: Reals) -> Reals:
        """Share of needs prevented."""
        rest = np.maximum(np.asarray(yuan_per_resident, dtype=float) - self.threshold_yuan, 0.0)
        total = np.zeros_like(rest)
        for length, slope in zip(self.lengths_yuan, self.slopes, strict=True):
            total += slope * np.minimum(rest, length)
            rest = np.maximum(rest - length, 0.0)
        return total


def prevention_curve(rates: Rates) -> PreventionCurve:
    """``ceiling * sqrt(x / x0 - 1)`` for x0 <= x <= 2 x0, as chords over 1-1.1-1.4-2 times the threshold x0.

    Source: threshold then concave after Theodos, Galster & Hermans 2025; the chords keep the optimiser linear.
    """
    at = np.array([1.0, 1.1, 1.4, 2.0])
    value = rates.prevention_ceiling * np.sqrt(at - 1.0)
    lengths = np.diff(at) * rates.prevention_threshold
    slopes = np.diff(value) / lengths
    return PreventionCurve(rates.prevention_threshold, tuple(lengths.tolist()), tuple(slopes.tolist()))


def fading_share(half_life_months: float) -> float:
    """Share of the distance to what the money yields that prevention moves in a month."""
    return float(1.0 - 0.5 ** (1.0 / half_life_months))


def prevention_weights(rates: Rates, years: int) -> Reals:
    """What the money of one year counts for in another; axes (year in which needs are prevented, year of the money).

    Prevention moves to what the month's money yields by the fading share of the distance: it builds up as slowly as it
    fades, so that in the long run a yuan prevents the same whenever it is spent (the geometric distributed lag of
    Koyck 1954).
    """
    months, moved = np.arange(years * MONTHS), fading_share(rates.prevention_fade)
    since = months[:, None] - months[None]
    lag = np.where(since >= 0, moved * (1.0 - moved) ** np.maximum(since, 0), 0.0)
    return np.asarray(lag.reshape(years, MONTHS, years, MONTHS).sum(axis=(1, 3)) / MONTHS)


def neighbour_weights(district: District) -> Reals:
    """Weights of the mean over neighbours within the spillover radius, times the share that spills over; (to, from).

    Source of the radius and the sign: Theodos et al. 2024. A row sums to ``spillover``, or to 0 without neighbours.
    """
    here = district.communities
    apart = np.hypot(here.x_m[:, None] - here.x_m[None], here.y_m[:, None] - here.y_m[None])
    near = apart <= district.rates.spillover_radius
    np.fill_diagonal(near, False)
    return np.asarray(district.rates.spillover * near / np.maximum(near.sum(axis=1), 1)[:, None])
