"""Floor space: others' premises, villages' venues, running rules and examples."""

from __future__ import annotations

import numpy as np

from scenarios import formulas
from scenarios.district import District
from scenarios.mechanisms.acting import (
    Places,
    everyone,
    largest,
    urban,
    villages,
    weakest,
    with_levers,
    with_support,
    with_units,
)
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.venues_points import space_yuan, with_space
from scenarios.tables import Reals
from scenarios.text import Text

DEVELOPED = 0.3  # share of urban communities that the entry reaches by default
TOGETHER, IN_VILLAGES = 0.3, 0.25  # shares of villages


def hand_over(district: District, *, m2: float, price: float, rooms: float, communities: float) -> District:
    """Developers hand rooms over to the largest urban communities, and units open more of theirs to those around."""
    if m2 == 0:
        return district
    where = largest(district, communities, urban(district))
    given = with_units(with_space(district, m2, where), rooms_ratio=1.0 + rooms)
    return with_support(given, "handed_over_space", where=where, cost_yuan=space_yuan(district, m2, price))


def cost_of_hand_over(district: District, *, m2: float, price: float, rooms: float, communities: float) -> float:
    """Taking over and running what is handed over; what units open, they keep running."""
    where = largest(district, communities, urban(district))
    return float(where.sum()) * space_yuan(district, m2, price)


def build_together(district: District, *, m2: float, price: float, together: float, own: float, walk: float,
                   communities: float) -> District:  # fmt: skip
    """So many villages build one venue: each has its part of the rooms and of the price, and all but one walk further."""
    if m2 == 0:
        return district
    where, count = weakest(district, communities, villages(district)), round(together)
    share = m2 / count
    built = with_levers(with_space(district, share, where), where, voicing=1.0 - walk * (count - 1) / count)
    capital = own * share * price / district.rates.capital_years
    paid = with_support(built, "co_built_venues", payer="village", where=where, cost_yuan=capital)
    return with_support(paid, "co_built_venues", where=where, cost_yuan=space_yuan(district, share, price) - capital)


def cost_of_building_together(district: District, *, m2: float, price: float, together: float, own: float, walk: float,
                              communities: float) -> float:  # fmt: skip
    """A village's part of building and running, in all of them, whoever pays it."""
    where = weakest(district, communities, villages(district))
    return float(where.sum()) * space_yuan(district, m2 / round(together), price)


def standard_m2(district: District) -> Reals:
    """Floor space that is heated and kept: the norm by households, per community."""
    return np.asarray(district.communities.households / 100 * district.rates.space_norm)


def keep_open(district: District, *, hours: float, rate: float) -> District:
    """Heating, equipment and rules: rooms of the norm's size can be used for more hours."""
    if hours == 0:
        return district
    rooms = standard_m2(district) * district.communities.activity_share * formulas.room_hours_per_m2(district.rates)
    opened = with_levers(district, room_hours=hours * rooms)
    return with_support(opened, "venue_upkeep", cost_yuan=rate * standard_m2(district))


def cost_of_keeping_open(district: District, *, hours: float, rate: float) -> float:
    """Square metres times the rate."""
    return float(standard_m2(district).sum()) * rate * (hours > 0)


def build_in_villages(district: District, *, m2: float, price: float, communities: float) -> District:
    """A small venue of one kind in so many villages, the weakest first: the province builds, the district runs it."""
    if m2 == 0:
        return district
    where, capital = weakest(district, communities, villages(district)), price / district.rates.capital_years
    built = with_space(district, m2, where)
    paid = with_support(built, "village_venues", payer="province", where=where, cost_yuan=capital)
    return with_support(paid, "village_venues", where=where, cost_yuan=m2 * district.rates.venue_running_cost)


def cost_of_village_venues(district: District, *, m2: float, price: float, communities: float) -> float:
    """All of the venues, built and run."""
    each = price / district.rates.capital_years + m2 * district.rates.venue_running_cost
    return float(weakest(district, communities, villages(district)).sum()) * each * (m2 > 0)


def open_premises(district: District, *, rooms: float, answering: float) -> District:
    """Units open their rooms off-peak, and communities answer with more of their volunteers' hours."""
    if rooms == 0:
        return district
    return with_levers(with_units(district, rooms_ratio=1.0 + rooms), answering=answering)


def developed(district: District) -> Places:
    """The communities to which developers hand over rooms at the usual share."""
    return largest(district, DEVELOPED, urban(district))


HANDED_OVER_SPACE = Mechanism(
    id="handed_over_space", rows=(40,), name=ROW[40].name, says=ROW[40].says,
    resource=Text("开发商配建用房和单位场地", "developers' rooms and units' premises"),
    serves=Text("有开发项目的城市社区", "urban communities with developments"),
    acts_as=Text("活动面积、共享场地", "floor space, shared premises"),
    settings=(
        Setting(name="m2", default=200.0, unit="m2", low=0.0, high=1000.0, neutral=0.0,
                source="A: study report 000: 945 m2 a community in all, a fifth of it handed over within the plan",
                says=Text("每个社区移交面积", "Floor space handed over to a community")),
        Setting(name="price", default=271.0, unit="元", low=0.0, high=6000.0,
                source="study report 000: 3200万元 for 118246平方米",
                says=Text("每平方米接收费用", "Price of taking over a square metre")),
        Setting(name="rooms", default=0.1, unit="share", low=0.0, high=2.0, source="A: a tenth more than units open now",
                says=Text("单位开放场地时数增加比例", "Rise of room-hours that units share")),
        Setting(name="communities", default=DEVELOPED, unit="share", low=0.0, high=1.0, source="A: where houses are being built",
                says=Text("有移交用房的城市社区比例", "Share of urban communities that get rooms")),
    ),
    apply=hand_over, adds=("communities.service_m2", "units.room_hours_month", "supports"), metric="room_hours_used",
    direction="higher", margin=40.0, evidence="source claim", channels=("cost", "capacity"), where=developed,
    costs=cost_of_hand_over, identity="118246 / 945 = 125.1 communities; 3200 万元 / 118246 = 271 元 a square metre",
)  # fmt: skip

CO_BUILT_VENUES = Mechanism(
    id="co_built_venues", rows=(48,), name=ROW[48].name, says=ROW[48].says,
    resource=Text("区级和各村建设资金", "capital of the district and of villages"), serves=Text("合建的各村", "villages that build together"),
    acts_as=Text("分摊造价的活动面积，步行更远", "floor space at a shared price, a longer walk"),
    settings=(
        Setting(name="m2", default=180.0, unit="m2", low=0.0, high=2000.0, neutral=0.0, source="A: study report 003 names no size",
                says=Text("每处合建场所面积", "Floor space of a venue")),
        Setting(name="price", default=1500.0, unit="元", low=300.0, high=6000.0, source="A: half the price of building in towns",
                says=Text("每平方米造价", "Price of a square metre")),
        Setting(name="together", default=3.0, low=2.0, high=10.0, source="A: neighbouring villages",
                says=Text("合建一处的村数", "Villages that build one venue")),
        Setting(name="own", default=0.3, unit="share", low=0.0, high=1.0, source="A: the larger part comes from above",
                says=Text("各村承担造价比例", "Share of the price that villages pay")),
        Setting(name="walk", default=0.03, unit="share", low=0.0, high=0.3,
                source="A: 200 m further of the 2 km at which three tenths are lost",
                says=Text("走远少反映的诉求比例", "Voicing lost where the venue is in another village")),
        Setting(name="communities", default=TOGETHER, unit="share", low=0.0, high=1.0, source="A: villages close to each other",
                says=Text("参加合建的村比例", "Share of villages that take part")),
    ),
    apply=build_together, adds=("communities.service_m2", "levers.voicing", "supports"), metric="floor_space",
    direction="higher", margin=20.0, evidence="assumption", channels=("cost", "capacity", "coverage", "demand"),
    where=lambda district: weakest(district, TOGETHER, villages(district)), costs=cost_of_building_together,
    identity="a village's part = cost / villages together",
)  # fmt: skip

VENUE_UPKEEP = Mechanism(
    id="venue_upkeep", rows=(49,), name=ROW[49].name, says=ROW[49].says,
    resource=Text("运行和供暖经费", "money for running and heating"), serves=Text("活动和照护对象", "residents who use rooms"),
    acts_as=Text("场地可用时数", "hours in which rooms can be used"),
    settings=(
        Setting(name="hours", default=0.1, unit="share", low=0.0, high=0.5, neutral=0.0,
                source="A: rooms too cold to use for a part of winter",
                says=Text("场地可用时数增加比例", "Rise of the hours in which rooms can be used")),
        Setting(name="rate", default=30.0, unit="元", low=0.0, high=200.0,
                source="A: a season of heating; a quarter of the running cost of a new venue",
                says=Text("每平方米年费用", "Yearly cost of a square metre")),
    ),
    apply=keep_open, adds=("levers.room_hours", "supports"), metric="room_hours_used", direction="higher", margin=80.0,
    evidence="assumption", channels=("cost", "capacity"), where=everyone, costs=cost_of_keeping_open,
    identity="yearly cost = square metres x rate",
)  # fmt: skip

VILLAGE_VENUES = Mechanism(
    id="village_venues", rows=(50,), name=ROW[50].name, says=ROW[50].says,
    resource=Text("省级补助和区级运行费", "provincial capital, the district's running money"), serves=Text("薄弱村村民", "villagers of weak villages"),
    acts_as=Text("小型标准场所", "small venues of one kind"),
    settings=(
        Setting(name="m2", default=50.0, unit="m2", low=0.0, high=500.0, neutral=0.0, source="A: a room at 760 元 a square metre",
                says=Text("每处场所面积", "Floor space of a venue")),
        Setting(name="price", default=38_000.0, unit="元", low=0.0, high=2_000_000.0,
                source="study report 004: 6.5亿元 for 1.7万个",
                says=Text("每处场所造价", "Price of a venue")),
        Setting(name="communities", default=IN_VILLAGES, unit="share", low=0.0, high=1.0, source="A: a village in four",
                says=Text("建场所的村比例", "Share of villages that get one")),
    ),
    apply=build_in_villages, adds=("communities.service_m2", "supports"), metric="floor_space", direction="higher",
    margin=15.0, evidence="source claim", channels=("cost", "capacity"),
    where=lambda district: weakest(district, IN_VILLAGES, villages(district)), costs=cost_of_village_venues,
    identity="6.5 亿元 / 1.7 万 = 3.8 万元 a venue, a 48th of the 182 万元 in towns",
)  # fmt: skip

SHARED_PREMISES = Mechanism(
    id="shared_premises", rows=(51,), name=ROW[51].name, says=ROW[51].says,
    resource=Text("单位闲时场地", "units' rooms off-peak"), serves=Text("周边社区", "communities around"),
    acts_as=Text("场地时数，志愿工时回馈", "room-hours, answered by volunteers' hours"),
    settings=(
        Setting(name="rooms", default=0.5, unit="share", low=0.0, high=3.0, neutral=0.0, source="A: study report 001 names no figure",
                says=Text("单位开放场地时数增加比例", "Rise of room-hours that units share")),
        Setting(name="answering", default=0.1, unit="share", low=0.0, high=0.6, source="A: half as much again as now",
                says=Text("志愿工时回馈比例增量", "Added share of volunteers' hours given back")),
    ),
    apply=open_premises, adds=("units.room_hours_month", "levers.answering"), metric="room_hours_used",
    direction="higher", margin=70.0, evidence="assumption", channels=("capacity",), identity="hours shared = rooms x hours",
)  # fmt: skip

SHARED_VENUES: tuple[Mechanism, ...] = (
    HANDED_OVER_SPACE, CO_BUILT_VENUES, VENUE_UPKEEP, VILLAGE_VENUES, SHARED_PREMISES,
)  # fmt: skip
