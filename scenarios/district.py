"""The district: tables of places and people, the rules in force, and the parameters. A frozen value.

Money in rules and ledgers is integer fen (1 yuan = 100 fen); tables that planners edit are in yuan. Months are counted
from January of year 0 (``year * 12 + month - 1``), so that a month means the same in every run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from scenarios.arrangements import CareCell, Meetings, Rectification, Support, Tier
from scenarios.categories import CATEGORIES, Category
from scenarios.choices import Choices
from scenarios.levers import Levers
from scenarios.parameters import Rates
from scenarios.tables import Integers, Names, Reals, Table, column
from scenarios.text import Text

TIERS: tuple[Tier, ...] = ("city", "district", "street", "village")
Fen = Annotated[int, Field(ge=0, le=10**15)]  # the bounds of rules are checked where a file is read
Share = Annotated[float, Field(ge=0, le=1)]
Ratio = Annotated[float, Field(ge=0, le=100)]  # granted yuan per own yuan
VenueMode = Literal["build", "refit", "developer", "shared", "co-built"]
VENUE_MODES: tuple[VenueMode, ...] = ("build", "refit", "developer", "shared", "co-built")


@dataclass(frozen=True, kw_only=True, eq=False)
class Streets(Table):
    """Streets and towns; they pay own money for the residents' committees in them."""

    code: Names = column("id", "街镇代码", "code", unique=True, synthetic=False)
    name: Names = column("text", "街镇名称", "name", unique=True, synthetic=False)
    own_revenue_yuan: Reals = column("real", "自有收入", "own revenue", unit="yuan a year")


@dataclass(frozen=True, kw_only=True, eq=False)
class Communities(Table):
    """Residents' committees (urban communities) and villages."""

    code: Names = column("id", "代码", "12-digit code", unique=True, synthetic=False)
    name: Names = column("text", "名称", "name", synthetic=False)
    kind: Names = column("text", "类型", "kind", choices=("urban", "village"), synthetic=False)
    street_code: Names = column("id", "所属街镇代码", "code of its street or town", synthetic=False)
    population: Integers = column("integer", "常住人口", "residents", unit="people", low=1, high=100_000)
    households: Integers = column("integer", "户数", "households", unit="households", low=1, high=50_000)
    children: Integers = column("integer", "0-14岁人口", "residents aged 0-14", unit="people")
    elders: Integers = column("integer", "60岁及以上人口", "residents of 60 or more", unit="people")
    hardship: Integers = column("integer", "困难居民", "residents in hardship", unit="people")
    floating: Integers = column("integer", "流动人口", "floating residents", unit="people")
    members: Integers = column("integer", "党员人数", "party members", unit="people")
    grids: Integers = column("integer", "网格数", "grids", unit="grids", low=1, high=200)
    posts: Integers = column("integer", "工作者岗位", "posts of community workers", unit="posts", high=200)
    windows: Integers = column("integer", "服务窗口", "service windows", unit="windows", low=1, high=20)
    service_m2: Reals = column("real", "服务设施面积", "service floor space", unit="m2", high=100_000)
    activity_share: Reals = column("real", "居民活动面积占比", "share of floor space for residents", unit="share",
                                   high=1)  # fmt: skip
    venue_distance_m: Reals = column(
        "real", "到最近服务场所距离", "distance to the nearest venue", unit="m", high=20_000
    )
    reporting_habit: Reals = column("real", "反映问题习惯", "reporting habit relative to the mean", unit="ratio",
                                    low=0.2, high=5)  # fmt: skip
    workload: Reals = column("real", "工作量系数", "local multiplier on needs", unit="ratio", low=0.2, high=5)
    quality: Reals = column("real", "服务质量", "quality of service", unit="sd", low=-4, high=4)
    collective_income_yuan: Reals = column("real", "村集体收入", "collective income of a village, 0 if urban",
                                           unit="yuan a year")  # fmt: skip
    work_fund_yuan: Reals = column("real", "现有工作经费", "work fund before any rule", unit="yuan a year")
    party_fund_yuan: Reals = column("real", "现有党建经费", "party-building fund before any rule", unit="yuan a year")
    last_service_fund_yuan: Reals = column("real", "上年服务群众经费", "service fund granted last year",
                                           unit="yuan a year")  # fmt: skip
    x_m: Reals = column("real", "东向坐标", "easting in a local plane", unit="m", low=-1e6, high=1e6)
    y_m: Reals = column("real", "北向坐标", "northing in a local plane", unit="m", low=-1e6, high=1e6)


@dataclass(frozen=True, kw_only=True, eq=False)
class Units(Table):
    """Resident units (schools, firms, clinics, ...) that can share hours and space with communities around them."""

    id: Names = column("id", "编号", "id", unique=True)
    kind: Names = column("text", "单位类型", "kind", choices=("school", "hospital", "bank", "enterprise", "agency"))
    community_code: Names = column("id", "所在社区代码", "code of the community it stands in")
    x_m: Reals = column("real", "东向坐标", "easting", unit="m", low=-1e6, high=1e6)
    y_m: Reals = column("real", "北向坐标", "northing", unit="m", low=-1e6, high=1e6)
    radius_m: Reals = column("real", "共享半径", "radius within which it shares", unit="m", low=50, high=20_000)
    hours_month: Reals = column("real", "每月可提供工时", "hours it can offer", unit="hours a month", high=2000)
    cooperation: Reals = column("real", "合作度", "cooperation at the start", unit="share", high=1)
    wants_hours_month: Reals = column("real", "每月希望得到的服务工时", "hours it would like from communities", unit="hours a month",
                                      high=2000)  # fmt: skip
    room_hours_month: Reals = column("real", "每月可共享场地时数", "room-hours it can share", unit="hours a month",
                                     high=2000)  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Sites(Table):
    """Candidate venue projects; rows of the same site are alternatives, at most one of which can be built."""

    id: Names = column("id", "项目编号", "id of the project", unique=True)
    site: Names = column("id", "地块编号", "id of the site")
    community_code: Names = column("id", "所在社区代码", "code of the community it stands in")
    mode: Names = column("text", "方式", "mode", choices=VENUE_MODES)
    m2: Reals = column("real", "面积", "floor space", unit="m2", low=20, high=20_000)
    cost_yuan: Reals = column("real", "投资", "capital cost", unit="yuan", low=1)
    lead_months: Integers = column("integer", "建设周期", "months from start to opening", unit="months", high=60)
    x_m: Reals = column("real", "东向坐标", "easting", unit="m", low=-1e6, high=1e6)
    y_m: Reals = column("real", "北向坐标", "northing", unit="m", low=-1e6, high=1e6)


@dataclass(frozen=True, kw_only=True, eq=False)
class Slots(Table):
    """Officials who can be posted as first secretaries: slots without names."""

    id: Names = column("id", "编号", "id", unique=True)
    sender: Names = column("text", "派出层级", "sender level", choices=("province", "city", "county"))
    skill: Names = column("text", "专长", "category it is best at", choices=tuple(c.id for c in CATEGORIES))
    home_street_code: Names = column("id", "原籍街镇代码", "street it comes from and may not be posted to")


@dataclass(frozen=True)
class Fact:
    """A cited public figure about the district."""

    key: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ServiceFund:
    """The rule of the service fund: who decides, who pays, what is matched, and the limits.

    ``granted``: the granter pays each community its entitlement. ``mandated``: the payer pays 1 part and the granter
    ``ratio`` parts of the same entitlement. ``voluntary``: a base grant (the entitlement) plus ``ratio`` yuan for each
    yuan of own money that streets, towns and villages choose to pay, up to ``cap_fen`` each and the pool in all; with
    ``ratios`` each community has a ratio of its own (a tiered match), and ``ratio`` is only what they are measured by.
    ``free``: the plan chooses each community's grant between floor and cap, in all at most the pool.
    """

    mode: Literal["granted", "mandated", "voluntary", "free"] = "granted"
    granter: Tier = "district"
    payer: Tier | None = None  # mandated only: the tier that pays the other part
    ratio: Ratio = 0.0  # granted yuan per yuan of the payer
    entitlement_fen: tuple[Fen, ...] = ()  # per community and year; the base grant when voluntary; unused when free
    pool_fen: Fen = 0  # ceiling on matched (voluntary) or chosen (free) grants a year
    reserve_share: Share = 0.0  # share of the pool that is kept back for emergencies, free only
    carry_over: bool = False  # whether what a year leaves of the pool may be granted in a later year, free only
    floor_fen: tuple[Fen, ...] = ()  # per community and year, free only
    cap_fen: Fen = 10**12  # per community and year
    ratios: tuple[Ratio, ...] = ()  # per community, voluntary only; empty: ``ratio`` for all


@dataclass(frozen=True, kw_only=True)
class PostingRule:
    """How many officials may be posted at once, for how long, and to which share of the weakest communities."""

    posts: Annotated[int, Field(ge=0, le=10_000)] = 0
    term_months: Annotated[int, Field(ge=1, le=120)] = 24
    eligible_share: Share = 0.2


@dataclass(frozen=True, kw_only=True)
class VenueRule:
    """The capital programme: money a year (fen) and the modes it may use."""

    capital_fen: Fen = 0
    modes: tuple[VenueMode, ...] = ("build", "refit")


@dataclass(frozen=True, kw_only=True)
class Floors:
    """Standards the plan should reach: their shortfall is the first goal."""

    venue_m2: Annotated[float, Field(ge=0, le=20_000)] = 0.0  # floor space per community
    activity_share: Share = 0.0  # share of floor space for residents' activities


@dataclass(frozen=True, kw_only=True)
class District:
    """Everything the optimiser and the simulation see. Mechanisms make changed copies of it."""

    code: str
    name: Text
    version: int  # seed of the synthetic part
    synthetic: bool
    first_year: int
    years: int
    communities: Communities
    streets: Streets
    units: Units
    sites: Sites
    slots: Slots
    facts: tuple[Fact, ...] = ()
    categories: tuple[Category, ...] = CATEGORIES
    rates: Rates = Rates()
    service_fund: ServiceFund = ServiceFund()
    extra_posts: int = 0  # paid posts the plan may place (deputy secretaries, graduate assistants)
    postings: PostingRule = PostingRule()
    venues: VenueRule = VenueRule()
    floors: Floors = Floors()
    levers: Levers = None  # type: ignore[assignment]  # neutral unless given
    supports: tuple[Support, ...] = ()
    meetings: Meetings = Meetings()
    care: tuple[CareCell, ...] = ()
    rectification: Rectification = Rectification()
    choices: Choices = Choices()
    pairs: tuple[tuple[str, str, float], ...] = ()  # (unit, community, share of the unit's hours); empty: by lists

    def __post_init__(self) -> None:
        count = len(self.communities)
        if self.levers is None:
            object.__setattr__(self, "levers", Levers.neutral(count))
        if len(self.levers) != count:
            raise ValueError(f"levers for {len(self.levers)} communities; the district has {count}")
        for support in self.supports:
            if any(len(part) not in (0, count) for part in (support.fen, support.hours, support.cost_fen)):
                raise ValueError(
                    f"support {support.programme!r}: rows for other than the {count} communities of the district"
                )
            if support.payer == "village" and any(
                fen for fen, village in zip(support.fen, self.is_village, strict=False) if not village
            ):
                raise ValueError(f"support {support.programme!r}: a village pays for itself alone")

    def with_changes(self, **changes: Any) -> District:
        """A copy with some fields replaced."""
        return replace(self, **changes)

    @property
    def plan_years(self) -> tuple[int, ...]:
        """The calendar years that are planned."""
        return tuple(range(self.first_year, self.first_year + self.years))

    @property
    def street_index(self) -> Integers:
        """For each community, the row of its street or town."""
        rows = {code: row for row, code in enumerate(self.streets.code)}
        return np.array([rows[code] for code in self.communities.street_code], dtype=np.int64)

    @property
    def is_village(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """For each community, whether it is a village (pays from collective income)."""
        return np.array([kind == "village" for kind in self.communities.kind])
