"""What mechanisms do to a district, each contribution joined with others so that their order does not matter.

Amounts are one number for all places or an array with one row a community. ``where`` keeps a contribution to some of them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scenarios.arrangements import CareCell, Payer, Support
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN
from scenarios.levers import joined
from scenarios.tables import Integers, Reals

Places = NDArray[np.bool_]  # which communities
Amount = float | Reals


def everyone(district: District) -> Places:
    """All communities and villages."""
    return np.ones(len(district.communities), dtype=bool)


def villages(district: District) -> Places:
    """Villages."""
    return np.asarray(district.is_village)


def urban(district: District) -> Places:
    """Urban communities."""
    return ~villages(district)


def weakest(district: District, share: float, among: Places | None = None) -> Places:
    """The share of places with the lowest quality of service in the table, ties by code; at least one of those among.

    >>> from scenarios.building.builder import small_district
    >>> int(weakest(small_district(8), 0.25).sum())
    2
    """
    here, within = district.communities, everyone(district) if among is None else among
    rows = sorted(np.flatnonzero(within).tolist(), key=lambda row: (here.quality[row], here.code[row]))
    chosen = np.zeros(len(here), dtype=bool)
    chosen[rows[: int(np.ceil(round(share * len(rows), 9)))]] = True
    return chosen


def middle(district: District, share: float) -> Places:
    """The share of places in the middle of the field by quality of service in the table, ties by code, rounded up.

    A gain of quality counts there: the best already solve all that can be solved (see :func:`scenarios.formulas.solve_chance`).

    >>> from scenarios.building.builder import small_district
    >>> int(middle(small_district(8), 0.25).sum())
    2
    """
    here = district.communities
    rows = sorted(range(len(here)), key=lambda row: (here.quality[row], here.code[row]))
    count = int(np.ceil(round(share * len(rows), 9)))
    chosen = np.zeros(len(here), dtype=bool)
    first = (len(rows) - count) // 2
    chosen[rows[first : first + count]] = True
    return chosen


def largest(district: District, share: float, among: Places) -> Places:
    """The share of places with the most residents among some, ties by code, rounded up.

    >>> from scenarios.building.builder import small_district
    >>> int(largest(small_district(8), 0.25, np.ones(8, dtype=bool)).sum())
    2
    """
    here = district.communities
    rows = sorted(np.flatnonzero(among).tolist(), key=lambda row: (-here.population[row], here.code[row]))
    chosen = np.zeros(len(here), dtype=bool)
    chosen[rows[: int(np.ceil(round(share * len(rows), 9)))]] = True
    return chosen


def spread(district: District, amount: Amount, where: Places | None = None) -> Reals:
    """An amount for every community, 0 outside ``where``."""
    values = np.broadcast_to(np.asarray(amount, dtype=float), len(district.communities))
    return np.where(everyone(district) if where is None else where, values, 0.0)


def with_levers(district: District, where: Places | None = None, **amounts: Amount) -> District:
    """Levers moved by amounts, each joined with what is there the way the lever says (see :func:`scenarios.levers.joined`)."""
    here = everyone(district) if where is None else where
    moved = {
        name: np.where(here, joined(name, getattr(district.levers, name), np.asarray(amount, dtype=float)),
                       getattr(district.levers, name))
        for name, amount in amounts.items()
    }  # fmt: skip
    return district.with_changes(levers=district.levers.replaced(**moved))


def with_support(district: District, programme: str, *, payer: Payer = "district", where: Places | None = None,
                 yuan: Amount = 0.0, hours: Amount = 0.0, cost_yuan: Amount = 0.0,
                 half_life_months: float = 0.0) -> District:  # fmt: skip
    """A programme's support of each community a year: cash it may use, hours of outsiders, and what it costs beside.

    Nothing is added where all of it is nothing. Supports stand in the order of their programmes' names.
    """

    def fen(amount: Amount) -> tuple[int, ...]:
        return tuple(np.rint(spread(district, amount, where) * FEN_PER_YUAN).astype(np.int64).tolist())

    given = Support(programme=programme, payer=payer, fen=fen(yuan), cost_fen=fen(cost_yuan),
                    hours=tuple(spread(district, hours, where).tolist()), half_life_months=half_life_months)  # fmt: skip
    if not (any(given.fen) or any(given.hours) or any(given.cost_fen)):
        return district
    order = sorted((*district.supports, given), key=_place_among_supports)
    return district.with_changes(supports=tuple(order))


def _place_among_supports(support: Support) -> tuple[str, str, int, int, float]:
    """What supports are ordered by: the programme, and what tells apart those of one programme."""
    return support.programme, support.payer, sum(support.fen), sum(support.cost_fen), sum(support.hours)


def with_care(district: District, *cells: CareCell) -> District:
    """Cells of the care fund beside those that are there; cells of nothing are left out."""
    given = [cell for cell in cells if cell.yuan > 0 and cell.reach > 0]
    return district.with_changes(care=tuple(sorted((*district.care, *given), key=repr)))


def with_units(district: District, *, kinds: tuple[str, ...] = (), cooperation: float = 0.0, hours_ratio: float = 1.0,
               rooms_ratio: float = 1.0, wants_ratio: float = 1.0) -> District:  # fmt: skip
    """Resident units of some kinds (all if none is named): cooperation by so much of what is missing, the rest by ratios."""
    units = district.units
    here = np.array([not kinds or kind in kinds for kind in units.kind], dtype=bool)

    def scaled(values: Reals, ratio: float) -> Reals:
        return np.where(here, np.minimum(values * ratio, 2000.0), values)

    more = here if cooperation else np.zeros_like(here)  # nothing added leaves it as it was, to the last digit
    raised = np.where(more, 1.0 - (1.0 - units.cooperation) * (1.0 - cooperation), units.cooperation)
    return district.with_changes(units=units.replaced(
        cooperation=np.where(units.cooperation > 0, np.clip(raised, 0.0, 1.0), 0.0),
        hours_month=scaled(units.hours_month, hours_ratio), room_hours_month=scaled(units.room_hours_month, rooms_ratio),
        wants_hours_month=scaled(units.wants_hours_month, wants_ratio),
    ))  # fmt: skip


def with_posts(district: District, posts: Integers) -> District:
    """Paid posts added in given communities, beside those that the plan may place."""
    here = district.communities
    return district.with_changes(communities=here.replaced(posts=np.minimum(here.posts + posts, 200)))


def with_meetings(district: District, *, street: int = 0, district_level: int = 0, city: int = 0) -> District:
    """Linkage meetings a year, at least so many with each tier."""
    now = district.meetings
    return district.with_changes(meetings=replace(
        now, street=max(now.street, street), district=max(now.district, district_level), city=max(now.city, city)))  # fmt: skip


def whole(amounts: Reals) -> Integers:
    """Amounts as whole numbers with the same total as near as can be: the largest remainders are rounded up.

    >>> whole(np.array([0.4, 0.4, 0.4, 0.8])).tolist()
    [1, 0, 0, 1]
    """
    down = np.floor(amounts).astype(np.int64)
    missing = round(float(amounts.sum())) - int(down.sum())
    order = np.argsort(down - amounts, kind="stable")
    down[order[:missing]] += 1
    return down
