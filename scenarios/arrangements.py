"""Arrangements that a mechanism may make beside levers: support from outside, meetings, care cells, rectification.

All are empty by default and then do nothing. Money is integer fen a year. The classes of party members, by which care
money is targeted, stand here too.
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
FEN_PER_YUAN = 100
Share = Annotated[float, Field(ge=0, le=1)]
Hours = Annotated[float, Field(ge=0, le=1e6)]
Fen = Annotated[int, Field(ge=0, le=10**15)]


@dataclass(frozen=True, kw_only=True)
class MemberClass:
    """A class of party members, and its weight among the classes open to a member: in a town, and in a village.

    ``adult``: weights from 15 to 59, ``elder``: from 60. A class may be open to floating members or to those in hardship
    alone. A member's chance of a class is its weight over the sum of the weights open to the member.
    """

    name: str
    adult: tuple[float, float] = (0.0, 0.0)
    elder: tuple[float, float] = (0.0, 0.0)
    floating: bool = False
    hardship: bool = False


# Source: occupations and ages of 99.185 m members, Communiqué on Party statistics, end of 2023. Retired members are 74 %
# of those over 60. Of the younger 41 % farm, study or are of other occupations (all other elders taken as farmers), 30 %
# are officials or half of the specialists and managers, 29 % workers or the other half. A: that half; 40 % of members
# live in villages and differ so from towns; a fifth of floating members and half of those in hardship count as such.
CLASSES_OF_MEMBERS = (
    MemberClass(name="serving cadre", adult=(0.47, 0.05)),
    MemberClass(name="retired", elder=(0.97, 0.40)),
    MemberClass(name="farmer or resident", adult=(0.11, 0.85), elder=(0.03, 0.60)),
    MemberClass(name="non-public enterprise", adult=(0.42, 0.10)),
    MemberClass(name="floating", adult=(0.25, 0.25), elder=(0.25, 0.25), floating=True),
    MemberClass(name="in hardship", adult=(1.0, 1.0), elder=(1.0, 1.0), hardship=True),
)
MEMBER_CLASSES = ("none", *(member_class.name for member_class in CLASSES_OF_MEMBERS))


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
    ``payer`` pays every year for as many residents as are expected in the cell; "village" means each place for its own:
    villages, and streets and towns for their residents' committees.
    """

    member_class: Annotated[int, Field(ge=0, le=6)]
    kind: CareKind
    yuan: Annotated[float, Field(ge=0, le=100_000)]  # per head and year
    reach: Share = 1.0  # share of these residents whom the money reaches
    payer: Payer = "district"
    planned: bool = False  # whether a plan made the cell, and another may replace it


@dataclass(frozen=True, kw_only=True)
class Rectification:
    """What the yearly screening brings to the communities it flags: quality in sd through the next calendar year."""

    share: Share = 0.1  # share of communities flagged, those with the lowest needs met
    effort: Annotated[float, Field(ge=0, le=2)] = 0.0
