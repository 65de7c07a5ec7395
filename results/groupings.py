"""Groups of communities that a comparison reports on: streets and towns, and quarters by own revenue."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.funding import revenue_yuan
from scenarios.tables import Names
from scenarios.text import Text

QUARTERS: dict[str, Text] = {
    "q1": Text("最低", "lowest"),
    "q2": Text("较低", "lower"),
    "q3": Text("较高", "higher"),
    "q4": Text("最高", "highest"),
}


def groupings(district: District) -> dict[str, Names]:
    """For :func:`results.compare.compare`: the label of every community under each grouping.

    ``street`` is the code of its street or town, ``own_revenue`` one of :data:`QUARTERS` by own revenue per head, ties
    in table order.
    """
    per_head = revenue_yuan(district) / district.communities.population
    rank = np.argsort(np.argsort(per_head, kind="stable"), kind="stable")
    quarter = rank * len(QUARTERS) // max(len(rank), 1)
    names = tuple(QUARTERS)
    return {"street": district.communities.street_code, "own_revenue": tuple(names[place] for place in quarter)}
