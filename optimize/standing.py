"""The district as a plan arranges it for all plan years: windows, wardens, contact, care money and pairs.

A plan's standing decisions are stated as what there will be, not as what is added, so arranging twice changes nothing.
"""

from __future__ import annotations

import numpy as np

from optimize.plan import Plan
from scenarios.arrangements import CareCell, Support
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN
from scenarios.tables import Integers, Reals

WINDOWS, WARDENS = "planned_windows", "planned_wardens"


def under_plan(district: District, plan: Plan) -> District:
    """The district with the plan's standing decisions in its tables; the same district where there are none."""
    district = _remembered(district) if len(plan.windows) or len(plan.contact) else district
    if len(plan.windows):
        district = _with_cost(
            district.with_changes(communities=district.communities.replaced(windows=plan.windows)),
            WINDOWS, np.asarray((plan.windows - windows_before(district)) * district.rates.window_cost),
        )  # fmt: skip
    if len(plan.wardens):
        levers = district.levers.replaced(wardens=plan.wardens.astype(float))
        district = _with_cost(district.with_changes(levers=levers), WARDENS, levers.wardens * district.rates.grid_cost)
    if len(plan.contact):
        district = district.with_changes(levers=district.levers.replaced(contact_shift=plan.contact))
    if len(plan.care_rooms):
        district = district.with_changes(levers=district.levers.replaced(care_rooms=plan.care_rooms))
    if plan.care_yuan:
        district = district.with_changes(care=(*_others(district), *planned_care(plan)))
    return district.with_changes(pairs=plan.pairs) if plan.pairs else district


def windows_before(district: District) -> Integers:
    """Windows of each community before any plan."""
    return np.array(district.choices.windows_before or district.communities.windows.tolist(), dtype=np.int64)


def contact_before(district: District) -> Reals:
    """Added share of hours for contact in each community before any plan."""
    return np.array(district.choices.contact_before or district.levers.contact_shift.tolist(), dtype=float)


def _remembered(district: District) -> District:
    known = district.choices.at_start(district.communities.windows.tolist(), district.levers.contact_shift.tolist())
    return district.with_changes(choices=known)


def planned_care(plan: Plan) -> tuple[CareCell, ...]:
    """The cells of the care money that the plan divides."""
    return planned_cells(plan.care_yuan)


def planned_cells(yuan: tuple[float, ...]) -> tuple[CareCell, ...]:
    """Cells of so much money a head and year by member class."""
    return tuple(CareCell(member_class=row, kind="living", yuan=amount, planned=True)
                 for row, amount in enumerate(yuan) if amount > 0.0)  # fmt: skip


def _others(district: District) -> tuple[CareCell, ...]:
    return tuple(cell for cell in district.care if not cell.planned)


def _with_cost(district: District, programme: str, yuan: Reals) -> District:
    """The district with a cost of its own budget by community, in place of an earlier one of that name."""
    kept = tuple(support for support in district.supports if support.programme != programme)
    fen = tuple(np.rint(yuan * FEN_PER_YUAN).astype(int).tolist())
    return district.with_changes(supports=(*kept, Support(programme=programme, payer="district", cost_fen=fen)))
