"""What is settled community by community once a plan has been found: hours for contact, and the division of rooms.

More contact lets more be voiced and leaves fewer hours to serve it; rooms given to one use are taken from the other. Both
multiply nearly everything in the program. So the plan is searched as communities are, and then each takes the arrangement
at which the plan, as it stands, meets most of its needs. That never lowers a promise.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from optimize.coefficients import yields_of
from optimize.plan import Plan
from optimize.promise import evaluate
from optimize.standing import contact_before
from scenarios.categories import ROOM_USES
from scenarios.choices import CARE_ROOMS, CONTACT_SHIFTS
from scenarios.district import District
from scenarios.tables import Reals


def suited(district: District, plan: Plan) -> Plan:
    """The plan with contact and rooms as they suit each community best; unchanged where neither is open."""
    choices = district.choices
    if not (choices.contact or choices.rooms):
        return plan
    usual, before = np.full(len(plan.communities), district.rates.care_space), contact_before(district)
    rooms = [usual, rooms_by_need(district)] if choices.rooms else [np.zeros(0)]
    contact = [before, *(before + shift for shift in CONTACT_SHIFTS if shift)] if choices.contact else [np.zeros(0)]
    ways = [plan.with_changes(care_rooms=care, contact=share) for care, share in product(rooms, contact)]
    met = np.array([evaluate(district, way).met.sum(axis=1) for way in ways])
    best = np.where(met.max(axis=0) > met[0] * (1.0 + 1e-9), met.argmax(axis=0), 0)
    return plan.with_changes(
        **{name: _picked([getattr(way, name) for way in ways], best) for name in ("care_rooms", "contact")}
    )


def rooms_by_need(district: District) -> Reals:
    """Share of residents' rooms for care at which both uses reach equally far into what is asked of them."""
    asked = np.stack([demand.rooms for demand in yields_of(district).roomy], axis=1)
    by_need = asked[:, ROOM_USES.index("care")] / np.maximum(asked.sum(axis=1), 1e-9)
    return np.asarray(np.clip(by_need, *CARE_ROOMS))


def _picked(values: list[Reals], best: Reals) -> Reals:
    return np.asarray(np.array(values)[best, np.arange(len(best))]) if len(values[0]) else values[0]
