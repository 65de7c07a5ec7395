"""Floor space: the capital programme for venues, the area floor and the mix of uses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scenarios.district import District, VenueMode, VenueRule
from scenarios.mechanisms.catalogue import REPAIR, Figure, Mechanism, Setting
from scenarios.mechanisms.shares import fen
from scenarios.text import Text

MODES: dict[str, tuple[VenueMode, ...]] = {"build": ("build",), "refit": ("refit",), "both": ("build", "refit")}


def fund_venues(district: District, *, capital: float, modes: str) -> District:
    """Capital a year for venue projects; with 0 there is no programme."""
    if capital == 0:
        return district
    return district.with_changes(venues=VenueRule(capital_fen=fen(capital), modes=MODES[modes]))


def set_area_floor(district: District, *, floor: float) -> District:
    """The plan should give every community at least this floor space."""
    return district.with_changes(floors=replace(district.floors, venue_m2=max(district.floors.venue_m2, floor)))


def set_space_mix(district: District, *, share: float) -> District:
    """At least this share of floor space serves residents."""
    mix = max(district.floors.activity_share, share)
    return district.with_changes(floors=replace(district.floors, activity_share=mix))


def capital_and_running(district: District, *, capital: float, modes: str) -> float:
    """The capital of all plan years spread over its life, and the running cost of all space it could build."""
    rates, sites = district.rates, district.sites
    most_m2 = float((sites.m2 / sites.cost_yuan).max()) * capital * district.years if len(sites) else 0.0
    return capital * district.years / rates.capital_years + most_m2 * rates.venue_running_cost


def space_lacking(district: District, *, floor: float) -> float:
    """Building and running all that communities lack to the floor, at the dearest price; the plan takes what capital allows."""
    rates, sites = district.rates, district.sites
    lacking = float(np.maximum(floor - district.communities.service_m2, 0.0).sum())
    price = float((sites.cost_yuan / sites.m2).max()) if len(sites) else 0.0
    return lacking * (price / rates.capital_years + rates.venue_running_cost)


VENUE_PROGRAMME = Mechanism(
    id="venue_programme", rows=(38,),
    name=Text("活动场所建设", "Venue programme"),
    says=Text("每年安排一笔建设资金，由规划选择新建或改扩建的项目，建成后周边社区可用，并产生运行费。",
              "Capital each year, with which the plan starts projects to build or refit venues. Space opens after its "
              "lead time, serves the communities around it, and costs money to run."),
    resource=Text("建设资金", "capital"), serves=Text("社区居民", "residents around the venue"),
    acts_as=Text("投资、建设周期、活动面积、运行费", "capital cost, building delay, floor space, running cost"),
    settings=(
        Setting(name="capital", default=15_000_000.0, unit="元/year", low=0.0, high=2_000_000_000.0, neutral=0.0,
                source="study report 000: 20多亿元 for 1100多个 venues in two years, 182 万元 each; A: 8 venues a year, a "
                       "tenth of that pace, which is 20 亿元 / 1389 communities x 218 / 2 = 1.57 亿元 a year",
                figure=Figure(report="000", raw="新建、改扩建…120230多个", repaired="新建、改扩建…1100多个",
                              rule=REPAIR, confidence="high"),
                says=Text("每年建设资金", "Capital in a year")),
        Setting(name="modes", default="both", choices=tuple(MODES), source="study report 000: 新建、改扩建",
                says=Text("允许的建设方式", "Ways of building that are allowed")),
    ),
    apply=fund_venues, sets=("venues",), metric="room_hours_used", direction="higher", margin=10.0,
    evidence="source claim", channels=("cost", "capacity", "coverage"), costs=capital_and_running, plan_decides=True,
    identity="20 亿元 / 1100 = 182 万元 a venue; 1100 / 1389 = 79 % of communities",
)  # fmt: skip

AREA_FLOOR = Mechanism(
    id="area_floor", rows=(39,),
    name=Text("场所面积底线", "Area floor"),
    says=Text("每个社区的服务场所面积应达到底线，未达部分是规划的第一目标。",
              "Every community should have at least this floor space; the shortfall is the plan's first goal."),
    resource=Text("场所面积", "floor space"), serves=Text("社区", "communities"),
    acts_as=Text("面积门槛", "capacity threshold"),
    settings=(
        Setting(name="floor", default=350.0, unit="m2", low=0.0, high=2000.0, neutral=0.0,
                source="study report 000: 85.6%…在350平方米以上",
                says=Text("每个社区面积下限", "Least floor space of a community")),
    ),
    apply=set_area_floor, sets=("floors.venue_m2",), acts_with=("venue_programme",), metric="floor_space",
    direction="higher", margin=1.0, evidence="source claim", channels=("coverage",), costs=space_lacking, plan_decides=True, identity="85.6 % of communities have 350 m2 or more",
)  # fmt: skip

SPACE_MIX = Mechanism(
    id="space_mix", rows=(41,),
    name=Text("办公最小化、服务最大化", "Space-mix rule"),
    says=Text("社区场所中用于居民活动的面积不低于规定比例，压缩办公面积。",
              "At least this share of a community's floor space serves residents; offices shrink."),
    resource=Text("场所面积", "floor space"), serves=Text("居民", "residents"),
    acts_as=Text("居民活动面积", "floor space for residents"),
    settings=(
        Setting(name="share", default=0.6, unit="share", low=0.0, high=0.9, neutral=0.0,
                source="study report 000: 办公场所最小化、服务群众场所最大化; national norm 60 %",
                figure=Figure(report="000", raw="办公场所最小化、效劳群众场所最大化",
                              repaired="办公场所最小化、服务群众场所最大化",
                              rule="the text replaces 服务 by 效劳 throughout", confidence="certain"),
                says=Text("居民活动面积比例下限", "Least share of floor space for residents")),
    ),
    apply=set_space_mix, sets=("floors.activity_share",), metric="room_hours_used", direction="higher",
    margin=10.0, evidence="source claim", channels=("capacity",), identity="office + service = total",
)  # fmt: skip

VENUES = (VENUE_PROGRAMME, AREA_FLOOR, SPACE_MIX)
