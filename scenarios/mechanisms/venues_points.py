"""Floor space: halls, windows, service points and kits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.district import District, Sites
from scenarios.mechanisms.acting import (
    Amount,
    Places,
    everyone,
    largest,
    middle,
    spread,
    villages,
    with_levers,
    with_support,
)
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.text import Text

YEARLY = "元/community/year"
MODULES = 5  # three rooms, a hall, a square
METRES_PER_MINUTE = 1000.0 / 15.0  # on foot, 4 km an hour: the 1000 m of the 15-minute circle
MEAN_WALK = 2.0 / 3.0  # mean distance to the centre of a disc, in radii
STANDARD_PROJECT = "-standard"  # ends the id of a village's project on the list of modules
HALLS, POINTS, CIRCLE = 0.9, 0.31, 15.0  # by default: shares of communities, minutes on foot


def with_space(district: District, m2: Amount, where: Places | None = None) -> District:
    """Floor space that communities are given beside what the plan may build."""
    here = district.communities
    space = np.minimum(here.service_m2 + spread(district, m2, where), 100_000.0)
    return district.with_changes(communities=here.replaced(service_m2=space))


def space_yuan(district: District, m2: float, price: float) -> float:
    """What given space costs in a year: its price spread over its life, and running it."""
    return m2 * (price / district.rates.capital_years + district.rates.venue_running_cost)


def standard_m2(extra: float, module: float) -> float:
    """Floor space of a village's venue on the list: five modules and so many more, in whole square metres."""
    return float(np.floor((MODULES + round(extra)) * module))


def offer_standard_projects(
    district: District, *, share: float, extra: float, module: float, price: float, lead: float
) -> District:
    """Each of so many villages, the largest first, gets a site for a venue on the list, which the plan may build."""
    rows = np.flatnonzero(largest(district, share, villages(district)))
    if not len(rows):
        return district
    here, m2 = district.communities.take(rows), standard_m2(extra, module)
    offered = pd.DataFrame({
        "id": [f"V{code}{STANDARD_PROJECT}" for code in here.code], "site": [f"V{code}" for code in here.code],
        "community_code": here.code, "mode": "build", "m2": m2, "cost_yuan": m2 * price, "lead_months": round(lead),
        "x_m": here.x_m, "y_m": here.y_m,
    })  # fmt: skip
    both = pd.concat([district.sites.to_frame(), offered], ignore_index=True)
    return district.with_changes(sites=Sites.from_frame(both))


def cost_of_standard_projects(
    district: District, *, share: float, extra: float, module: float, price: float, lead: float
) -> float:
    """All of the venues, built and run."""
    built = largest(district, share, villages(district)).sum()
    return float(built) * space_yuan(district, standard_m2(extra, module), price)


def open_halls(district: District, *, share: float, window: float, local: float, cost: float) -> District:
    """One hall for counter matters, in so many communities, the largest first: fewer hours each, fewer passed up."""
    where = largest(district, share, everyone(district))
    if not where.any():
        return district
    merged = with_levers(district, where, hours_window=1.0 - window, local_items=local)
    return with_support(merged, "one_stop_halls", where=where, cost_yuan=cost)


def cost_of_halls(district: District, *, share: float, window: float, local: float, cost: float) -> float:
    """Halls times what one costs."""
    return float(largest(district, share, everyone(district)).sum()) * cost


def add_windows(district: District, *, windows: float, cost: float) -> District:
    """Service windows beyond those that communities have."""
    if round(windows) == 0:
        return district
    here = district.communities
    more = here.replaced(windows=np.minimum(here.windows + round(windows), 20))
    return with_support(district.with_changes(communities=more), "service_windows", cost_yuan=round(windows) * cost)


def cost_of_windows(district: District, *, windows: float, cost: float) -> float:
    """Added windows times what one costs."""
    return len(district.communities) * round(windows) * cost


def divide_items(district: District, *, local: float, delegated: float, voicing: float, points: float, cost: float) -> District:  # fmt: skip
    """Items divided over three tiers: some come down to communities, some from the district to streets."""
    if points == 0:
        return district
    where = largest(district, points, everyone(district))
    nearer = with_levers(district, where, local_items=local, delegated=delegated, voicing=1.0 + voicing)
    return with_support(nearer, "service_network", where=where, cost_yuan=cost)


def cost_of_network(district: District, *, local: float, delegated: float, voicing: float, points: float, cost: float) -> float:  # fmt: skip
    """Points times what one costs."""
    return float(largest(district, points, everyone(district)).sum()) * cost


def circle_m(minutes: float) -> float:
    """How far residents walk on average to a point in the middle of a circle of so many minutes, in metres."""
    return MEAN_WALK * METRES_PER_MINUTE * minutes


def beyond(district: District, minutes: float, coverage: float = 1.0) -> Places:
    """The share of communities outside the circle, the farthest first, ties by code."""
    here = district.communities
    outside = np.flatnonzero(here.venue_distance_m > circle_m(minutes)).tolist()
    rows = sorted(outside, key=lambda row: (-here.venue_distance_m[row], here.code[row]))
    chosen = np.zeros(len(here), dtype=bool)
    chosen[rows[: int(np.ceil(round(coverage * len(rows), 9)))]] = True
    return chosen


def draw_circle(district: District, *, coverage: float, minutes: float, cost: float) -> District:
    """A service point in communities outside the circle, from which on residents live within it."""
    where, here = beyond(district, minutes, coverage), district.communities
    near = np.where(where, np.minimum(here.venue_distance_m, circle_m(minutes)), here.venue_distance_m)
    placed = district.with_changes(communities=here.replaced(venue_distance_m=near))
    return with_support(placed, "service_circle", where=where, cost_yuan=cost)


def cost_of_points(district: District, *, coverage: float, minutes: float, cost: float) -> float:
    """Added points times what one costs."""
    return float(beyond(district, minutes, coverage).sum()) * cost


def equip_points(district: District, *, rooms: float, room: float, price: float, points: float) -> District:
    """Rooms by a list at the service points of so many communities, the largest first."""
    if rooms == 0:
        return district
    where = largest(district, points, everyone(district))
    given = with_space(district, rooms * room, where)
    return with_support(given, "facility_kit", where=where, cost_yuan=space_yuan(district, rooms * room, price))


def cost_of_kit(district: District, *, rooms: float, room: float, price: float, points: float) -> float:
    """The rooms of all points, provided and run."""
    where = largest(district, points, everyone(district))
    return float(where.sum()) * space_yuan(district, rooms * room, price)


def broadcast(district: District, *, days: float, voicing: float, cost: float) -> District:
    """Courses and news on screen in every community: workers learn, residents know whom to ask."""
    if days == 0:
        return district
    learnt = with_levers(district, training_days=days, voicing=1.0 + voicing)
    return with_support(learnt, "distance_learning", cost_yuan=cost)


def cost_of_broadcast(district: District, *, days: float, voicing: float, cost: float) -> float:
    """A site in every community."""
    return len(district.communities) * cost * (days > 0)


def demonstrate(district: District, *, share: float, effort: float, days: float, cost: float) -> District:
    """A few communities in the middle of the field are made examples, and the others visit them."""
    sites = middle(district, share)
    if not sites.any():
        return district
    shown = with_levers(with_levers(district, sites, effort=effort), ~sites, training_days=days)
    return with_support(shown, "demonstration_sites", where=sites, cost_yuan=cost)


def cost_of_examples(district: District, *, share: float, effort: float, days: float, cost: float) -> float:
    """Examples times what one costs."""
    return float(middle(district, share).sum()) * cost


VILLAGE_STANDARD = Mechanism(
    id="village_standard", rows=(42,), name=ROW[42].name, says=ROW[42].says,
    resource=Text("建设资金", "capital"), serves=Text("村民", "villagers"),
    acts_as=Text("可建的标准场所", "standard venues that may be built"),
    settings=(
        Setting(name="share", default=1.0, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 000: 303个行政村, every village of the city",
                says=Text("可按统一模块建设的村比例", "Share of villages that may build by the list")),
        Setting(name="extra", default=2.0, low=0.0, high=10.0, source="A: study report 000: 3室1厅1广场+n leaves n open",
                says=Text("基本五项之外增加的模块", "Modules beyond the basic five")),
        Setting(name="module", default=20.0, unit="m2", low=10.0, high=100.0, source="A: a room for ten people",
                says=Text("每个模块面积", "Floor space of a module")),
        Setting(name="price", default=1500.0, unit="元", low=300.0, high=6000.0,
                source="A: half the price of building in towns",
                says=Text("每平方米造价", "Price of a square metre")),
        Setting(name="lead", default=8.0, unit="months", low=1.0, high=36.0, source="A: a design for all villages",
                says=Text("建设周期", "Months from start to opening")),
    ),
    apply=offer_standard_projects, adds=tuple(f"sites.{item.name}" for item in Sites.columns()),
    acts_with=("venue_programme",), metric="floor_space", direction="higher", margin=6.0, evidence="source claim",
    channels=("cost", "capacity", "coverage"), where=villages, costs=cost_of_standard_projects, plan_decides=True,
    identity="3 + 1 + 1 = 5 modules, and n more",
)  # fmt: skip

ONE_STOP_HALLS = Mechanism(
    id="one_stop_halls", rows=(43,), name=ROW[43].name, says=ROW[43].says,
    resource=Text("大厅改造和运行费", "money to fit and run halls"), serves=Text("办事居民", "residents with counter matters"),
    acts_as=Text("窗口事项耗时、就地办理", "hours per counter matter, matters settled on the spot"),
    settings=(
        Setting(name="share", default=HALLS, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 000: 90%以上的村社", says=Text("设立大厅的社区比例", "Share of communities with a hall")),
        Setting(name="window", default=0.1, unit="share", low=0.0, high=0.5, source="A: one queue instead of several",
                says=Text("窗口事项耗时减少比例", "Cut of hours per counter matter")),
        Setting(name="local", default=0.03, unit="share", low=0.0, high=0.5, source="A: departments' counters under one roof",
                says=Text("上转事项就地办理比例", "Share of routed matters settled on the spot")),
        Setting(name="cost", default=10_000.0, unit=YEARLY, low=0.0, high=200_000.0,
                source="A: fitting for 15 万元 over 30 years, and 5,000 元 a year to run",
                says=Text("每个大厅年费用", "Yearly cost of a hall")),
    ),
    apply=open_halls, adds=("levers.hours_window", "levers.local_items", "supports"), metric="time_above",
    direction="lower", margin=0.003, evidence="assumption", channels=("cost", "capacity", "delay"),
    where=lambda district: largest(district, HALLS, everyone(district)), costs=cost_of_halls,
    identity="halls / communities >= 90 %",
)  # fmt: skip

SERVICE_WINDOWS = Mechanism(
    id="service_windows", rows=(44,), name=ROW[44].name, says=ROW[44].says,
    resource=Text("窗口设备和培训费", "counters and training"), serves=Text("办事居民", "residents"),
    acts_as=Text("就地办理的事项种类", "kinds of matter settled on the spot"),
    settings=(
        Setting(name="windows", default=2.0, low=0.0, high=14.0, neutral=0.0, source="A: study report 000: 6+x leaves x open",
                says=Text("增设窗口数", "Windows added")),
        Setting(name="cost", default=5000.0, unit=YEARLY, low=0.0, high=100_000.0,
                source="A: equipment and a share of training; staff as before",
                says=Text("每个窗口年费用", "Yearly cost of a window")),
    ),
    apply=add_windows, adds=("communities.windows", "supports"), metric="time_above", direction="lower", margin=0.01,
    evidence="assumption", channels=("cost", "delay"), costs=cost_of_windows, identity="6 + x windows",
)  # fmt: skip

SERVICE_NETWORK = Mechanism(
    id="service_network", rows=(45,), name=ROW[45].name, says=ROW[45].says,
    resource=Text("三级服务点运行费", "money to run service points"), serves=Text("有服务点的社区", "communities with a point"),
    acts_as=Text("就地和就近办理", "matters settled at the nearest tier"),
    settings=(
        Setting(name="points", default=POINTS, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 002: 67 points under 5 centres; A: of 218 communities",
                says=Text("设服务点的社区比例", "Share of communities with a point")),
        Setting(name="local", default=0.05, unit="share", low=0.0, high=0.5, source="A: some of the 101 items",
                says=Text("上转事项就地办理比例", "Share of routed matters settled on the spot")),
        Setting(name="delegated", default=0.1, unit="share", low=0.0, high=1.0, source="A: some of the 101 items",
                says=Text("区级以上事项下放街道比例", "Share of matters of district and city decided by the street")),
        Setting(name="voicing", default=0.02, unit="share", low=0.0, high=0.3, source="A: the point is nearer than the street",
                says=Text("诉求表达提升比例", "Rise of voicing")),
        Setting(name="cost", default=20_000.0, unit=YEARLY, low=0.0, high=200_000.0,
                source="A: 100 m2 at 120 元 and 8,000 元 of equipment",
                says=Text("每个服务点年费用", "Yearly cost of a point")),
    ),
    apply=divide_items, adds=("levers.local_items", "levers.delegated", "levers.voicing", "supports"), metric="time_above",
    direction="lower", margin=0.008, evidence="assumption", channels=("cost", "delay", "demand"),
    where=lambda district: largest(district, POINTS, everyone(district)), costs=cost_of_network,
    identity="101 / 18 = 5.6 items a window; 67 / 5 = 13.4 points a centre",
)  # fmt: skip

SERVICE_CIRCLE = Mechanism(
    id="service_circle", rows=(46,), name=ROW[46].name, says=ROW[46].says,
    resource=Text("服务点经费", "money for service points"), serves=Text("圈外社区居民", "residents outside the circle"),
    acts_as=Text("步行距离", "the walk to a service point"),
    settings=(
        Setting(name="coverage", default=1.0, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 002: 两个100%", says=Text("圈外社区设点比例", "Share of communities outside that get a point")),
        Setting(name="minutes", default=CIRCLE, low=5.0, high=60.0, source="study report 002: 15-minute circle",
                says=Text("服务圈步行分钟数", "Minutes on foot to the rim of the circle")),
        Setting(name="cost", default=20_000.0, unit=YEARLY, low=0.0, high=200_000.0,
                source="A: as a point of the service network",
                says=Text("每个服务点年费用", "Yearly cost of a point")),
    ),
    apply=draw_circle, sets=("communities.venue_distance_m",), adds=("supports",), metric="voiced_share", direction="higher",
    margin=0.0025, evidence="assumption", channels=("cost", "coverage", "demand"),
    where=lambda district: beyond(district, CIRCLE), costs=cost_of_points, identity="communities within the circle / all = 100 %",
)  # fmt: skip

FACILITY_KIT = Mechanism(
    id="facility_kit", rows=(47,), name=ROW[47].name, says=ROW[47].says,
    resource=Text("配套用房经费", "money for rooms"), serves=Text("有服务点的社区", "communities with a point"),
    acts_as=Text("活动和照护场地", "rooms for activities and care"),
    settings=(
        Setting(name="rooms", default=4.1, low=0.0, high=20.0, neutral=0.0,
                source="study report 002: 81 schools, 116 reading rooms, 42 clinics, 36 venues for 67 points",
                says=Text("每个服务点配套用房间数", "Rooms at each point")),
        Setting(name="room", default=20.0, unit="m2", low=10.0, high=100.0, source="A: a room for ten people",
                says=Text("每间面积", "Floor space of a room")),
        Setting(name="price", default=1000.0, unit="元", low=0.0, high=6000.0, source="A: fitting rooms that are there",
                says=Text("每平方米改造和配置费", "Price of fitting a square metre")),
        Setting(name="points", default=POINTS, unit="share", low=0.0, high=1.0, source="study report 002: 67 points; A: of 218 communities",
                says=Text("有服务点的社区比例", "Share of communities with a point")),
    ),
    apply=equip_points, adds=("communities.service_m2", "supports"), metric="room_hours_used", direction="higher",
    margin=50.0, evidence="source claim", channels=("cost", "capacity"),
    where=lambda district: largest(district, POINTS, everyone(district)), costs=cost_of_kit,
    identity="81 / 67 = 1.2, 116 / 67 = 1.7, 42 / 67 = .6, 36 / 67 = .5; 275 / 67 = 4.1 rooms a point",
)  # fmt: skip

DISTANCE_LEARNING = Mechanism(
    id="distance_learning", rows=(52,), name=ROW[52].name, says=ROW[52].says,
    resource=Text("站点设备", "equipment of sites"), serves=Text("工作者和居民", "workers and residents"),
    acts_as=Text("办事质量、诉求渠道、占用工时", "quality, a channel for requests, hours of learning"),
    settings=(
        Setting(name="days", default=1.0, unit="days/head/year", low=0.0, high=10.0, neutral=0.0, source="A: six courses of an hour",
                says=Text("每名工作者收看天数", "Days of courses per worker")),
        Setting(name="voicing", default=0.02, unit="share", low=0.0, high=0.3, source="A: some learn whom to ask",
                says=Text("诉求表达提升比例", "Rise of voicing")),
        Setting(name="cost", default=2000.0, unit=YEARLY, low=0.0, high=50_000.0, source="A: a screen and its line",
                says=Text("每个站点年费用", "Yearly cost of a site")),
    ),
    apply=broadcast, adds=("levers.training_days", "levers.voicing", "supports"), metric="quality", direction="higher",
    margin=0.015, evidence="assumption", channels=("cost", "quality", "demand"), costs=cost_of_broadcast,
)  # fmt: skip

DEMONSTRATION_SITES = Mechanism(
    id="demonstration_sites", rows=(53,), name=ROW[53].name, says=ROW[53].says,
    resource=Text("示范点资金和领导精力", "money and attention for a few"), serves=Text("示范点和来访社区", "examples and their visitors"),
    acts_as=Text("办事质量", "quality"),
    settings=(
        Setting(name="share", default=0.03, unit="share", low=0.0, high=0.5, neutral=0.0,
                source="A: study report 003 names no number; seven in 218, from the middle of the field, as the best have little left "
                       "to gain",
                says=Text("示范点比例，取服务质量居中的社区", "Share of communities made examples, from the middle of the field")),
        Setting(name="effort", default=0.3, unit="", low=0.0, high=1.0, source="A: less than a posted official brings",
                says=Text("示范点质量提升（标准差）", "Quality added in an example, sd")),
        Setting(name="days", default=0.5, unit="days/head/year", low=0.0, high=5.0, source="A: one visit of half a day",
                says=Text("其他社区每人参观天数", "Days of visits per worker elsewhere")),
        Setting(name="cost", default=100_000.0, unit=YEARLY, low=0.0, high=1_000_000.0, source="A: as a posted official",
                says=Text("每个示范点年投入", "Yearly money for an example")),
    ),
    apply=demonstrate, adds=("levers.effort", "levers.training_days", "supports"), metric="quality", direction="higher",
    margin=0.013, evidence="assumption", channels=("cost", "quality"), costs=cost_of_examples,
)  # fmt: skip

SERVICE_POINTS: tuple[Mechanism, ...] = (
    VILLAGE_STANDARD, ONE_STOP_HALLS, SERVICE_WINDOWS, SERVICE_NETWORK, SERVICE_CIRCLE, FACILITY_KIT, DISTANCE_LEARNING,
    DEMONSTRATION_SITES,
)  # fmt: skip
