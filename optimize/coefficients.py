"""What the planner expects a community to need and to yield, as coefficients: one home for the program and the promise.

Everything comes from :mod:`scenarios.formulas`. Arrays have one row per community; all amounts are yearly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from optimize.correction import Correction
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import PreventionCurve
from scenarios.tables import Reals


@dataclass(frozen=True, kw_only=True, eq=False)
class Demand:
    """Needs that reach the community in a year, and the hours and fen it takes to serve them all."""

    matters: Reals
    hours: Reals
    fen: Reals


@dataclass(frozen=True, kw_only=True, eq=False)
class Yields:
    """Coefficients of one district. ``plain`` needs take no room; ``roomy`` needs take room-hours and are capped by them.

    ``queue_lines`` are (intercept, slope) pairs: served hours are at most intercept x asked hours + slope x hours at hand.
    """

    residents: Reals
    needs: Reals
    plain: Demand
    roomy: Demand
    base_hours: Reals  # hours for service at base posts, without contracts
    hours_per_post: Reals  # hours for service that one more post adds
    hours_per_fen: Reals  # hours for service that a fen of contracts adds
    contract_limit_fen: Reals
    curve: PreventionCurve
    queue_lines: tuple[tuple[float, float], ...]
    roomy_base: Reals  # roomy matters that the present floor space can take
    roomy_per_m2: float  # roomy matters that a square metre of new venue adds
    quality: Reals
    solve_chance: Reals

    def queue_limit_hours(self, asked_hours: Reals, hours: Reals) -> Reals:
        """Most hours of matters that are served when ``asked_hours`` are voiced and ``hours`` are at hand."""
        return np.asarray(np.min([a * asked_hours + b * hours for a, b in self.queue_lines], axis=0))


def expected_reach(district: District) -> Reals:
    """Share of needs that are ever voiced, at reference responsiveness and base hours; axes (community, category)."""
    rates, here = district.rates, district.communities
    hours = formulas.fixed_hours(district) + here.posts * formulas.hours_per_post(district)
    contact = formulas.contact_factor(rates, rates.contact_share * hours / np.maximum(here.households, 1))
    responsiveness = np.full(len(here), rates.responsiveness_reference)
    voice = formulas.voice_chance(district, formulas.access_factor(district), contact, responsiveness)
    return formulas.reach(voice, rates.lapse)


def expected_quality(district: District) -> Reals:
    """Quality that a community settles at without a posting, in standard deviations."""
    return formulas.base_quality(district)


def yields_of(district: District, correction: Correction | None = None) -> Yields:
    """The coefficients of a district, corrected by what a simulation has shown where a correction is given."""
    rates, here = district.rates, district.communities
    factors = Correction.neutral(len(here)) if correction is None else correction
    on_hours, on_reach = np.array(factors.hours), np.array(factors.reach)
    needs = formulas.yearly_needs(district)
    reached = needs[:, None] * formulas.category_shares(district)[None, :] * expected_reach(district)
    reached = reached * on_reach[:, None]
    needs_room = np.array([category.needs_room for category in district.categories])
    to_service = 1.0 - rates.contact_share
    staff = formulas.fixed_hours(district) + here.posts * formulas.hours_per_post(district)
    now, more = formulas.room_hours(district, np.zeros(len(here))), formulas.room_hours(district, np.ones(len(here)))
    quality = expected_quality(district)
    return Yields(
        residents=here.population.astype(float),
        needs=needs,
        plain=_demand(district, reached, ~needs_room),
        roomy=_demand(district, reached, needs_room),
        base_hours=staff * to_service * on_hours,
        hours_per_post=formulas.hours_per_post(district) * to_service * on_hours,
        hours_per_fen=to_service / formulas.contract_fen_per_hour(rates) * on_hours,
        contract_limit_fen=contract_limit_fen(district),
        curve=formulas.prevention_curve(rates),
        queue_lines=(*formulas.queue_tangents(), (formulas.QUEUE_TOP, 0.0)),
        roomy_base=now / rates.room_hours_per_activity,
        roomy_per_m2=float((more - now)[0]) / rates.room_hours_per_activity,
        quality=quality,
        solve_chance=formulas.solve_chance(rates, quality),
    )


def contract_limit_fen(district: District) -> Reals:
    """Most whole fen of contracts a year; exact, so that rounding cannot carry a plan past the limit in hours."""
    price = Fraction(formulas.contract_fen_per_hour(district.rates))
    hours = formulas.contract_limit_hours(district).tolist()
    return np.array([math.floor(Fraction(limit) * price) for limit in hours], dtype=float)


def _demand(district: District, reached: Reals, which: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Demand:
    picked = reached[:, which]
    hours, fen = formulas.matter_hours(district)[which], formulas.matter_fen(district)[which]
    return Demand(matters=picked.sum(axis=1), hours=picked @ hours, fen=picked @ fen)
