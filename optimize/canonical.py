"""Tables in the order of their codes, so that the order of a file's rows decides nothing, not even between equal plans.

Ties are broken by the order of the program's columns. Put in the order of codes, they go the same way for every order of
the rows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from optimize.correction import Correction
from optimize.plan import STANDING, YEARLY, Plan
from scenarios.arrangements import Support
from scenarios.district import District
from scenarios.levers import Levers
from scenarios.tables import Integers

Value = TypeVar("Value")


def in_order(district: District) -> District:
    """The district with every table in the order of its codes; the district itself if it is so already."""
    here = district.communities
    rows = _order(here.code)
    if all(_sorted(names) for names in (here.code, district.streets.code, district.units.id, district.sites.id,
                                        district.slots.id)):  # fmt: skip
        return district
    chosen = rows.tolist()
    fund = district.service_fund
    return district.with_changes(
        communities=here.take(rows),
        streets=district.streets.take(_order(district.streets.code)),
        units=district.units.take(_order(district.units.id)),
        sites=district.sites.take(_order(district.sites.id)),
        slots=district.slots.take(_order(district.slots.id)),
        service_fund=replace(fund, entitlement_fen=_taken(fund.entitlement_fen, chosen), floor_fen=_taken(fund.floor_fen, chosen),
                             ratios=_taken(fund.ratios, chosen)),
        levers=Levers.take(district.levers, rows),
        supports=tuple(_support(support, chosen) for support in district.supports),
        choices=district.choices.scaled(chosen, 1.0),
    )  # fmt: skip


def correction_in_order(correction: Correction | None, communities: tuple[str, ...]) -> Correction | None:
    """The correction with its communities in the order of their codes; one for other communities is left for the audit."""
    if correction is None or len(correction.hours) != len(communities):
        return correction
    rows = _order(communities).tolist()
    return replace(correction, hours=_taken(correction.hours, rows), reach=_taken(correction.reach, rows),
                   prevented=_taken(correction.prevented, rows))  # fmt: skip


def in_rows_of(plan: Plan, communities: tuple[str, ...]) -> Plan:
    """The plan with its communities in another order."""
    if plan.communities == communities:
        return plan
    place = {code: row for row, code in enumerate(plan.communities)}
    rows = np.array([place[code] for code in communities], dtype=np.int64)
    arrays = {name: getattr(plan, name) for name in (*YEARLY, *STANDING, "promised_met", "promised_needs")}
    moved = {name: values[rows] if len(values) else values for name, values in arrays.items()}
    return plan.with_changes(communities=communities, **moved)


def _order(names: tuple[str, ...]) -> Integers:
    return np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)


def _sorted(names: tuple[str, ...]) -> bool:
    return list(names) == sorted(names)


def _taken(values: tuple[Value, ...], rows: list[int]) -> tuple[Value, ...]:
    return tuple(values[row] for row in rows) if values else ()


def _support(support: Support, rows: list[int]) -> Support:
    return replace(support, fen=_taken(support.fen, rows), hours=_taken(support.hours, rows),
                   cost_fen=_taken(support.cost_fen, rows))  # fmt: skip
