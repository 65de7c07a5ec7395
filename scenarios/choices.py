"""What a plan may decide beyond money, posts, postings and venues. Nothing unless a scenario opens it.

What is decided stands for all plan years. A choice never asks what a
mechanism is: it moves the same tables and levers as mechanisms do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Self

from pydantic import Field

from scenarios.arrangements import Fen

Count = Annotated[int, Field(ge=0, le=10_000)]
CARE_ROOMS = (0.05, 0.8)  # share of residents' rooms kept for care: the range of the parameter care_space
CONTACT_SHIFTS = (-0.1, 0.0, 0.1)  # A: steps in which hours move between service and contact


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What is open to the plan; neutral by default.

    ``windows``: service windows that are to be added in all, at most ``windows_each`` in one community, on top of ``windows_before``
    (by community; the table's when empty). ``wardens``: extra grid wardens that may be hired in all. ``rooms``: whether
    residents' rooms are divided anew between care and activities, by need. ``pairs``: whether units are paired with communities.
    ``care_fen``: money a year for residents in hardship, by class. ``contact``: whether hours move between contact and
    service, from the added share for contact in ``contact_before`` (the levers' when empty).
    """

    windows: Count = 0
    windows_each: Count = 4
    windows_before: tuple[int, ...] = ()
    contact_before: tuple[float, ...] = ()
    wardens: Count = 0
    rooms: bool = False
    pairs: bool = False
    care_fen: Fen = 0
    contact: bool = False

    def at_start(self, windows: list[int], contact: list[float]) -> Self:
        """The choices with what there was before any plan, unless that is known already."""
        return replace(self, windows_before=self.windows_before or tuple(windows),
                       contact_before=self.contact_before or tuple(contact))  # fmt: skip

    def scaled(self, rows: list[int], share: float) -> Self:
        """The choices of some communities (rows), with their share of every total."""
        windows = tuple(self.windows_before[row] for row in rows) if self.windows_before else ()
        contact = tuple(self.contact_before[row] for row in rows) if self.contact_before else ()
        return replace(self, windows=round(self.windows * share), windows_before=windows, contact_before=contact,
                       wardens=round(self.wardens * share), care_fen=round(self.care_fen * share))  # fmt: skip
