"""Prevention: what place money and care money avoid, how it builds up, fades and spills over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.arrangements import MEMBER_MIX
from scenarios.district import District
from scenarios.formulas.needs import segment_ratios, segment_shares
from scenarios.parameters import Rates
from scenarios.tables import Reals

CARE_GROUPS = 8  # member classes 0 to 6 of residents in hardship, and everyone else
EVERYONE_ELSE = 7


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
    """Share of prevention that is lost in a month without money."""
    return float(1.0 - 0.5 ** (1.0 / half_life_months))


def neighbour_weights(district: District) -> Reals:
    """Weights of the mean over neighbours within the spillover radius, times the share that spills over; (to, from).

    Source of the radius and the sign: Theodos et al. 2024. A row sums to ``spillover``, or to 0 without neighbours.
    """
    here = district.communities
    apart = np.hypot(here.x_m[:, None] - here.x_m[None], here.y_m[:, None] - here.y_m[None])
    near = apart <= district.rates.spillover_radius
    np.fill_diagonal(near, False)
    return np.asarray(district.rates.spillover * near / np.maximum(near.sum(axis=1), 1)[:, None])


def care_doses(district: District, kind: str) -> Reals:
    """How far care money of a kind goes in each care group, 0 to 1: ``1 - exp(-yuan / care_yuan)`` of those it reaches."""
    missed = np.ones(CARE_GROUPS)
    for cell in district.care:
        if cell.kind == kind:
            missed[cell.member_class] *= 1.0 + cell.reach * np.expm1(-cell.yuan / district.rates.care_yuan)
    return 1.0 - missed


def care_prevented(district: District) -> Reals:
    """Share of their needs that care money prevents, by care group."""
    return district.rates.care_ceiling * care_doses(district, "living")


def care_share(district: District) -> Reals:
    """Expected share of each community's needs that care money prevents.

    Residents in hardship bring their needs by age and status; those of 15 and over are members of a class as often as
    residents of the community are, children are of none.
    """
    here = district.communities
    weights = segment_shares(here) * segment_ratios(district.rates)[None]
    by_age = weights[:, :, 1].sum(axis=2) / weights.sum(axis=(1, 2, 3))[:, None]
    member = np.minimum(here.members / np.maximum(here.population - here.children, 1), 1.0)[:, None]
    classes = by_age[:, 1:].sum(axis=1, keepdims=True) * np.hstack([1.0 - member, member * np.array(MEMBER_MIX)[None]])
    classes[:, 0] += by_age[:, 0]
    return np.asarray(classes @ care_prevented(district)[:EVERYONE_ELSE])
