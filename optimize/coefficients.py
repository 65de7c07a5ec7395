"""What the planner expects a community to need and to yield, as coefficients: one home for the program and the promise.

Everything comes from :mod:`scenarios.formulas`. Arrays have one row per community; all amounts are yearly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from optimize.correction import Correction
from optimize.wishes import wish_hours
from scenarios import formulas
from scenarios.categories import ROOM_USES
from scenarios.district import District
from scenarios.formulas import PreventionCurve
from scenarios.tables import Reals


@dataclass(frozen=True, kw_only=True, eq=False)
class Demand:
    """Needs that reach the community in a year, and the hours, fen and room-hours it takes to serve them all."""

    matters: Reals
    hours: Reals
    fen: Reals
    rooms: Reals


@dataclass(frozen=True, kw_only=True, eq=False)
class Yields:
    """Coefficients of one district. ``plain`` needs take no room; ``roomy`` ones are capped by the room-hours of their use.

    ``queue_lines`` are (intercept, slope) pairs: served hours are at most intercept x asked hours + slope x hours at hand.
    """

    residents: Reals
    needs: Reals
    plain: Demand
    roomy: tuple[Demand, ...]  # by use, in the order of ROOM_USES
    base_hours: Reals  # hours for service at base posts, without contracts
    partner_hours: Reals  # of these, what units give beyond what goes back to them
    per_shared_hour: Reals  # hours for service of an hour that contact takes its part of
    per_partner_hour: Reals  # hours for service of an hour that a unit gives
    hours_per_post: Reals  # hours for service that one more post adds
    hours_per_fen: Reals  # hours for service that a fen of contracts adds
    contract_limit_fen: Reals
    curve: PreventionCurve
    prevention_weights: Reals  # of the money of a year in the prevention of a year; axes (year, year of the money)
    otherwise_prevented: Reals  # share of needs that care money and money of earlier years prevent
    spillover: Reals  # share of others' own prevention that a community shares in; axes (to, from)
    queue_lines: tuple[tuple[float, float], ...]
    rooms_base: Reals  # room-hours in present floor space; axes (community, use)
    rooms_per_m2: Reals  # room-hours that a square metre of new venue adds; axes (community, use)
    quality: Reals
    solve_chance: Reals

    @cached_property
    def reached(self) -> Demand:
        """All needs that reach the community."""
        parts = (self.plain, *self.roomy)
        return Demand(**{f.name: np.sum([getattr(part, f.name) for part in parts], axis=0) for f in fields(Demand)})

    @property
    def mean_curve(self) -> PreventionCurve:
        """What the same money every year prevents, as the mean over the plan years in which it builds up."""
        weight = float(self.prevention_weights.sum(axis=1).mean())
        return replace(self.curve, slopes=tuple(weight * slope for slope in self.curve.slopes))

    @property
    def most_own(self) -> float:
        """Largest share of its needs that a community's own money can prevent."""
        return sum(slope * length for slope, length in zip(self.curve.slopes, self.curve.lengths_yuan, strict=True))

    @cached_property
    def least_asked_hours(self) -> Reals:
        """Hours asked for when every community's own money prevents the most it can, and no rooms are added."""
        return self.asked_hours(1.0 - self.prevented(np.full(len(self.needs), self.most_own)), self.rooms_base)

    def prevented(self, own: Reals) -> Reals:
        """Share of needs prevented: by own money (given), by that of neighbours, and by care money; at most all."""
        return np.asarray(np.minimum(own + self.spillover @ own + self.otherwise_prevented, 1.0))

    def in_rooms(self, unprevented: Reals, rooms: Reals) -> list[Reals]:
        """Share of the needs of each use of rooms that can be asked of ``rooms``: room-hours, axes (community, use)."""
        return [np.minimum(rooms[:, use] / np.maximum(demand.rooms, 1e-9), unprevented)
                for use, demand in enumerate(self.roomy)]  # fmt: skip

    def asked_hours(self, unprevented: Reals, rooms: Reals) -> Reals:
        """Hours of the matters that the community is asked to serve, as far as rooms go."""
        shares = self.in_rooms(unprevented, rooms)
        roomy = [demand.hours * share for demand, share in zip(self.roomy, shares, strict=True)]
        return np.asarray(unprevented * self.plain.hours + sum(roomy))

    def queue_limit_hours(self, asked_hours: Reals, hours: Reals) -> Reals:
        """Most hours of matters that are served when ``asked_hours`` are voiced and ``hours`` are at hand."""
        return np.asarray(np.min([a * asked_hours + b * hours for a, b in self.queue_lines], axis=0))


def expected_reach(district: District) -> Reals:
    """Share of needs that are ever voiced, at reference responsiveness and base hours; axes (community, category).

    What posts and wardens beyond those at base learn of in the field is left to the simulation.
    """
    rates, here = district.rates, district.communities
    wardens = district.levers.wardens * rates.warden_hours
    hours = formulas.fixed_hours(district) - wardens + here.posts * formulas.hours_per_post(district)
    per_household = formulas.contact_share(district) * hours / np.maximum(here.households, 1)
    contact = formulas.contact_factor(district, per_household)
    responsiveness = np.full(len(here), rates.responsiveness_reference)
    voice = formulas.voice_chance(district, formulas.access_factor(district), contact, responsiveness)
    return formulas.reach(voice, rates.lapse)


def expected_quality(district: District) -> Reals:
    """Quality without a posting, mean over the plan years, in standard deviations."""
    return np.asarray(formulas.base_quality(district) + formulas.mean_campaign_quality(district))


def yields_of(district: District, correction: Correction | None = None) -> Yields:
    """The coefficients of a district, corrected by what a simulation has shown where a correction is given.

    What fades is taken at its mean over the district's plan years.
    """
    rates, here = district.rates, district.communities
    factors = Correction.neutral(len(here)) if correction is None else correction
    on_hours, on_reach = np.array(factors.hours), np.array(factors.reach)
    needs = formulas.yearly_needs(district)
    reach = expected_reach(district) * on_reach[:, None]
    reached = needs[:, None] * formulas.category_shares(district) * reach
    to_service = 1.0 - formulas.contact_share(district)
    given, back = formulas.expected_exchange(district)
    staff = formulas.fixed_hours(district) + here.posts * formulas.hours_per_post(district)
    now, more = formulas.room_hours(district, np.zeros(len(here))), formulas.room_hours(district, np.ones(len(here)))
    quality = expected_quality(district)
    return Yields(
        residents=here.population.astype(float),
        needs=needs,
        plain=_demand(district, reached, None),
        roomy=tuple(_demand(district, reached, use) for use in ROOM_USES),
        base_hours=(staff * to_service + given + wish_hours(district, reach)) * on_hours,
        partner_hours=(given - back * to_service) * on_hours,
        per_shared_hour=to_service * on_hours,
        per_partner_hour=(1.0 - to_service * back.sum() / max(float(given.sum()), 1e-9)) * on_hours,
        hours_per_post=formulas.hours_per_post(district) * to_service * on_hours,
        hours_per_fen=to_service / formulas.contract_fen_per_hour(rates) * on_hours,
        contract_limit_fen=contract_limit_fen(district),
        curve=formulas.prevention_curve(rates),
        prevention_weights=formulas.prevention_weights(rates, district.years),
        otherwise_prevented=np.minimum(formulas.care_share(district) + np.array(factors.still_prevented), 1.0),
        spillover=formulas.neighbour_weights(district),
        queue_lines=(*formulas.queue_tangents(), (formulas.QUEUE_TOP, 0.0)),
        rooms_base=now,
        rooms_per_m2=more - now,
        quality=quality,
        solve_chance=formulas.solve_chance(rates, quality),
    )


def months_above(district: District) -> Reals:
    """Months a year that voiced matters of each community are expected to spend with higher tiers."""
    above = 1.0 / np.mean(
        [formulas.return_chance(district, month)[:, :, 0] for month in range(formulas.MONTHS)], axis=0
    )
    delay = (formulas.tier_shares(district) * above).sum(axis=1)
    reached = formulas.yearly_needs(district)[:, None] * formulas.category_shares(district) * expected_reach(district)
    return np.asarray((reached * formulas.routed_share(district)).sum(axis=1) * delay)


def contract_limit_fen(district: District) -> Reals:
    """Most whole fen of contracts a year; exact, so that rounding cannot carry a plan past the limit in hours."""
    price = Fraction(formulas.contract_fen_per_hour(district.rates))
    hours = formulas.contract_limit_hours(district).tolist()
    return np.array([math.floor(Fraction(limit) * price) for limit in hours], dtype=float)


def _demand(district: District, reached: Reals, use: str | None) -> Demand:
    """The reached needs of the categories that take rooms of one use, or none."""
    which: NDArray[np.bool_] = np.array([category.room == use for category in district.categories])
    matters = np.where(which[None], reached, 0.0)
    return Demand(
        matters=matters.sum(axis=1),
        hours=(matters * formulas.matter_hours(district)).sum(axis=1),
        fen=matters @ formulas.matter_fen(district),
        rooms=matters @ formulas.room_hours_per_matter(district),
    )
