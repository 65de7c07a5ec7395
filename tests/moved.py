"""A small district under moved levers, parameters or people: what tests of the formulas share."""

from __future__ import annotations

import numpy as np

from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.levers import Levers

COUNT = 6
PLAIN = small_district(COUNT, seed=3, residents=600 * COUNT)
ONES = np.ones(COUNT)


def with_levers(place: District = PLAIN, **values: float) -> District:
    """The district with levers at a value everywhere."""
    return place.with_changes(
        levers=Levers.neutral(COUNT).replaced(**{key: np.full(COUNT, value) for key, value in values.items()})
    )


def with_rates(place: District = PLAIN, **values: float) -> District:
    """The district with some parameters changed."""
    return place.with_changes(rates=place.rates.with_values(**values))


def with_people(**values: object) -> District:
    """The district with some columns of its communities changed."""
    return PLAIN.with_changes(communities=PLAIN.communities.replaced(**values))
