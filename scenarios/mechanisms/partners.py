"""Participation: wishes that members claim, members who report in, volunteers, and exchange with resident units."""

from __future__ import annotations

import numpy as np

from scenarios.arrangements import MEMBER_CLASSES
from scenarios.district import District
from scenarios.formulas import MONTHS, class_shares, segment_shares, wishes_claimed
from scenarios.levers import Levers
from scenarios.mechanisms.acting import with_levers, with_support, with_units
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.tables import Reals
from scenarios.text import Text

SERVING = MEMBER_CLASSES.index("serving cadre")


def wishes_a_year(district: District, *, posted: float, claimed: float) -> Reals:
    """Wishes claimed in each community a year: no more than people need, or than members of active branches have time for."""
    here, rates = district.communities, district.rates
    asked = Levers.neutral(len(here)).replaced(wishes=here.hardship * posted * claimed / MONTHS)
    active = here.replaced(
        party_fund_yuan=np.full(len(here), rates.party_fund_norm)
    )  # whatever the fund is, and others add
    return MONTHS * wishes_claimed(district.with_changes(levers=asked, communities=active))


def claim_wishes(district: District, *, posted: float, claimed: float, money: float) -> District:
    """Members claim a share of the wishes that residents in hardship post, and pay for them."""
    wishes = wishes_a_year(district, posted=posted, claimed=claimed)
    if not wishes.any():
        return district
    moved = with_levers(district, wishes=wishes / MONTHS)
    return with_support(moved, "micro_wishes", payer="society", cost_yuan=wishes * money)


def cost_of_wishes(district: District, *, posted: float, claimed: float, money: float) -> float:
    """What all who claim pay."""
    return float(wishes_a_year(district, posted=posted, claimed=claimed).sum()) * money


def serving(district: District) -> Reals:
    """Share of each community's members who are serving cadres: a third in towns, one in thirty in villages."""
    people = segment_shares(district.communities)[..., None] * class_shares(district)
    by_class = people.sum(axis=(1, 2, 3))[:, 1:]  # without those who are no members
    return np.asarray(by_class[:, SERVING - 1] / np.maximum(by_class.sum(axis=1), 1e-9))


def report_in(district: District, *, reporting: float, hours: float, burden: float) -> District:
    """Members in service give hours where they live; registering and appraising them burdens staff."""
    if reporting == 0 or hours == 0:
        return district
    return with_levers(district, member_hours=reporting * hours * serving(district), admin_relief=-burden)


def register_volunteers(district: District, *, volunteers: float, member_share: float, asking: float,
                        cost: float) -> District:  # fmt: skip
    """More residents are asked in person, and the volunteers who are members lead the others."""
    if volunteers == 0:
        return district
    moved = with_levers(district, recruitment=asking, organisers=volunteers * member_share)
    return with_support(moved, "registered_volunteers", cost_yuan=volunteers * cost)


def keep_of_volunteers(district: District, *, volunteers: float, member_share: float, asking: float,
                       cost: float) -> float:  # fmt: skip
    """Recruitment, training and insurance of all of them."""
    return len(district.communities) * volunteers * cost


def build_together(district: District, *, items: float, cooperation: float, offers: float, answered: float) -> District:
    """Every item done jointly makes units cooperate more, and offer more hours and rooms; communities answer with hours."""
    if items == 0:
        return district
    more = 1.0 + items * offers
    joint = with_units(district, cooperation=1.0 - (1.0 - cooperation) ** items, hours_ratio=more, rooms_ratio=more)
    return with_levers(joint, answering=answered)


def claim_both_ways(district: District, *, listed: float, answered: float) -> District:
    """Communities list more of their work for units to claim, and give more volunteers' hours for what units list."""
    return with_levers(district, liaison=listed, answering=answered) if listed else district


MICRO_WISHES = Mechanism(
    id="micro_wishes", rows=(65,), name=ROW[65].name, says=ROW[65].says,
    resource=Text("党员的时间和花费", "members' time and money"), serves=Text("困难居民", "residents in hardship"),
    acts_as=Text("双向匹配：发布与认领", "matching of what is posted and what is claimed"),
    settings=(
        Setting(name="posted", default=0.5, unit="", low=0.0, high=6.0, neutral=0.0,
                source="A: report 000 gives no number; every second resident in hardship posts one a year",
                says=Text("每名困难居民每年发布的微心愿数", "Wishes that a resident in hardship posts a year")),
        Setting(name="claimed", default=0.8, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: most small wishes find someone", says=Text("被认领的比例", "Share of them that is claimed")),
        Setting(name="money", default=200.0, unit="元", low=0.0, high=2000.0, source="A: a small gift or repair",
                says=Text("每个微心愿花费", "What a wish costs whoever claims it")),
    ),
    apply=claim_wishes, adds=("levers.wishes", "supports"), metric="wishes_met", direction="higher", margin=40.0,
    evidence="assumption", channels=("cost", "capacity"), costs=cost_of_wishes,
    identity="claimed <= posted: 0.5 x 0.8 = 0.4 a resident in hardship, at most 0.5",
)  # fmt: skip

MEMBERS_REPORT_IN = Mechanism(
    id="members_report_in", rows=(66,), name=ROW[66].name, says=ROW[66].says,
    resource=Text("在职党员工时", "hours of members in service"), serves=Text("居住地社区", "the community they live in"),
    acts_as=Text("志愿工时供给，每年评议", "supply of volunteer hours, appraised yearly"),
    settings=(
        Setting(name="reporting", default=1.0, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: study report 001 asks all of them; serving cadres are 34 % of members in towns and 3 % in villages by "
                       "the national count of occupations",
                says=Text("在职党员中到社区报到的比例", "Share of members in service who report in")),
        Setting(name="hours", default=3.0, unit="hours/head/year", low=0.0, high=60.0, neutral=0.0,
                source="A: report 001 gives no target; one activity a year more than members come to now",
                says=Text("每名在职党员每年服务工时", "Hours a year of a member who reports in")),
        Setting(name="burden", default=0.002, unit="share", low=0.0, high=0.05, source="A: about three hours a year of a worker",
                says=Text("登记评议占用的行政工时比例", "Share of administrative hours that registering and appraising take")),
    ),
    apply=report_in, adds=("levers.member_hours", "levers.admin_relief"), metric="service_hours", direction="higher",
    margin=70.0, evidence="assumption", channels=("capacity",),
)  # fmt: skip

REGISTERED_VOLUNTEERS = Mechanism(
    id="registered_volunteers", rows=(67,), name=ROW[67].name, says=ROW[67].says,
    resource=Text("居民业余时间", "residents' spare time"), serves=Text("社区居民", "residents"),
    acts_as=Text("邻里之间相互带动", "contagion between neighbours"),
    settings=(
        Setting(name="volunteers", default=6.8, low=0.0, high=60.0, neutral=0.0,
                source="study report 002: 1490多名 in one district of 218 communities",
                says=Text("平均每个社区新登记志愿者人数", "Newly registered volunteers, average per community")),
        Setting(name="member_share", default=0.222, unit="share", low=0.0, high=1.0,
                source="study report 002: 其中党员义工331名, 22.2 %",
                says=Text("其中带队的党员比例", "Share of them who are members and lead the others")),
        Setting(name="asking", default=1.2, low=1.0, high=1.8,
                source="A: up to 1.8 times as many take part when a neighbour asks (Bijker et al. 2019, sign)",
                says=Text("当面招募力度倍数", "Multiplier on being asked in person")),
        Setting(name="cost", default=200.0, unit="元/head/year", low=0.0, high=2000.0,
                source="A: training, insurance and meals", says=Text("每名志愿者年保障费用", "Yearly cost of a volunteer")),
    ),
    apply=register_volunteers, adds=("levers.recruitment", "levers.organisers", "supports"), metric="volunteer_hours",
    direction="higher", margin=200.0, evidence="source claim", channels=("cost", "capacity"), costs=keep_of_volunteers,
    identity="331 / 1490 = 22.2 % are members; 1490 / 218 = 6.8 a community",
)  # fmt: skip

JOINT_BUILDING = Mechanism(
    id="joint_building", rows=(68,), name=ROW[68].name, says=ROW[68].says,
    resource=Text("驻区单位的人员和场地", "units' people and rooms"), serves=Text("社区", "communities"),
    acts_as=Text("合作度、工时和场地", "cooperation, hours and rooms"),
    settings=(
        Setting(name="items", default=5.0, low=0.0, high=5.0, neutral=0.0, source="study report 002: 五联共建",
                says=Text("开展的联建项数", "Items done jointly")),
        Setting(name="cooperation", default=0.04, unit="share", low=0.0, high=0.2,
                source="A: report 002 gives no size; five items make up a fifth of what is missing",
                says=Text("每项补上的合作度缺口比例", "Share of the cooperation missing that an item makes up")),
        Setting(name="offers", default=0.02, unit="share", low=0.0, high=0.2, source="A: a tenth more with five items",
                says=Text("每项使单位多提供的工时和场地比例", "Rise of the hours and rooms units offer with an item")),
        Setting(name="answered", default=0.05, unit="share", low=0.0, high=0.5, source="A: communities give back a little more",
                says=Text("增加的回馈志愿工时比例", "Added share of volunteers' hours given back")),
    ),
    apply=build_together, adds=("units.cooperation", "units.hours_month", "units.room_hours_month", "levers.answering"),
    metric="partner_hours", direction="higher", margin=100.0, evidence="assumption", channels=("capacity",),
    identity="5 items",
)  # fmt: skip

TWO_WAY_CLAIMING = Mechanism(
    id="two_way_claiming", rows=(69,), name=ROW[69].name, says=ROW[69].says,
    resource=Text("单位资源与社区服务互换", "units' resources for communities' help"), serves=Text("社区和单位", "communities and units"),
    acts_as=Text("互惠：单位有所得才留下", "reciprocity: a unit stays only if it gains"),
    settings=(
        Setting(name="listed", default=0.3, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: report 001 gives no size; lists reach three in ten of the matters units did not hear of",
                says=Text("需求清单公开比例增量", "Added share of waiting work that is listed")),
        Setting(name="answered", default=0.2, unit="share", low=0.0, high=0.8, source="A: units list what they wish for too",
                says=Text("回馈单位的志愿工时比例增量", "Added share of volunteers' hours given to units")),
    ),
    apply=claim_both_ways, adds=("levers.liaison", "levers.answering"), metric="partner_hours", direction="higher",
    margin=80.0, evidence="assumption", channels=("capacity",), identity="matches <= min(needs listed, offers)",
)  # fmt: skip

PARTNERS = (MICRO_WISHES, MEMBERS_REPORT_IN, REGISTERED_VOLUNTEERS, JOINT_BUILDING, TWO_WAY_CLAIMING)
