"""Arrangements that a mechanism may make beside levers: support from outside, meetings, care cells, rectification.

All are empty by default and then do nothing. Money is integer fen a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

Tier = Literal["city", "district", "street", "village"]
Payer = Literal["city", "district", "street", "village", "province", "society"]
PAYERS: tuple[Payer, ...] = ("city", "district", "street", "village", "province", "society")
CareKind = Literal["living", "spirit", "ability"]
CARE_KINDS: tuple[CareKind, ...] = ("living", "spirit", "ability")
MEMBER_CLASSES = ("none", "serving cadre", "retired", "farmer or resident", "non-public enterprise", "floating",
                  "in hardship")  # fmt: skip
MEMBER_MIX = (0.16, 0.28, 0.34, 0.14, 0.05, 0.03)  # A: shares of the six classes among members, see docs/odd.md
Share = Annotated[float, Field(ge=0, le=1)]
Hours = Annotated[float, Field(ge=0, le=1e6)]
Fen = Annotated[int, Field(ge=0, le=10**15)]


@dataclass(frozen=True, kw_only=True)
class Support:
    """What one programme brings to communities every year from outside, and what it costs whoever pays for it.

    ``fen``: cash added to each community's service money, which the plan may use. ``hours``: hours of outside people (work
    teams, pairs, departments), in each community. ``cost_fen``: the programme's cost per community beside that cash, paid
    and spent at its source. ``half_life_months``: hours of an imposed partnership halve in this time; 0 for lasting.
    """

    programme: str
    payer: Payer = "district"
    fen: tuple[Fen, ...] = ()
    hours: tuple[Hours, ...] = ()
    cost_fen: tuple[Fen, ...] = ()
    half_life_months: Annotated[float, Field(ge=0, le=240)] = 0.0


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """Linkage meetings a year that clear matters waiting with each tier."""

    street: Annotated[int, Field(ge=0, le=12)] = 0
    district: Annotated[int, Field(ge=0, le=12)] = 0
    city: Annotated[int, Field(ge=0, le=12)] = 0


@dataclass(frozen=True, kw_only=True)
class CareCell:
    """Care money for residents in hardship of one member class (row of MEMBER_CLASSES), of one kind.

    ``living`` money prevents needs, ``spirit`` (visits) cheers, ``ability`` (skills, work) brings people to take part.
    """

    member_class: Annotated[int, Field(ge=0, le=6)]
    kind: CareKind
    yuan: Annotated[float, Field(ge=0, le=100_000)]  # per head and year
    reach: Share = 1.0  # share of these residents whom the money reaches


@dataclass(frozen=True, kw_only=True)
class Rectification:
    """What the yearly screening brings to the communities it flags: quality in sd through the next calendar year."""

    share: Share = 0.1  # share of communities flagged, those with the lowest needs met
    effort: Annotated[float, Field(ge=0, le=2)] = 0.0
