"""Structural practices: levels, standards, service centres, kindergartens and contests."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.mechanisms.acting import Places, middle, villages, with_levers, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.time_taken import paperwork
from scenarios.mechanisms.venues_points import space_yuan
from scenarios.tables import Reals
from scenarios.text import Text

LEVELS_NOW, ALL_LEVELS = 2, 5  # street and community; then branch, building group, doorway household
STANDARDS = 8  # 四化 of halls and 四有 of points
USUAL_FLOOR = -0.5  # sd
TIERS = 4  # province, city, county, township
KINDERGARTEN_SHARE = 0.2  # of villages
CONTENDERS = 0.3  # share of communities
WINNING = 1 / 3  # A: of those who contend
MOST_M2 = 100_000.0  # floor space of a community


def organise_levels(
    district: District, *, levels: float, households: float, asking: float, meetings: float
) -> District:
    """Each level below the community brings its part of the organisers, of the asking and of the meetings."""
    if levels == LEVELS_NOW:
        return district
    added = (round(levels) - LEVELS_NOW) / (ALL_LEVELS - LEVELS_NOW)
    return with_levers(district, organisers=np.asarray(added * district.communities.households / households, dtype=float),
                       recruitment=1.0 + added * asking, admin_relief=paperwork(district, added * meetings))  # fmt: skip


def set_standard(district: District, *, floor: float, per_item: float) -> District:
    """Communities below the floor are lifted to it, at a cost for each of the eight standards by how far they are lifted."""
    lifted = with_levers(district, below_floor(district, floor), quality_floor=floor)
    return with_support(lifted, "service_standards", cost_yuan=STANDARDS * per_item * short_of(district, floor))


def below_floor(district: District, floor: float = USUAL_FLOOR) -> Places:
    """Communities whose quality in the table lies below the floor, the usual one unless told."""
    return np.asarray(district.communities.quality < floor)


def short_of(district: District, floor: float) -> Reals:
    """By how much each community's quality in the table is short of the floor, in sd."""
    return np.asarray(np.maximum(floor - district.communities.quality, 0.0))


def standards_cost(district: District, *, floor: float, per_item: float) -> float:
    """Eight standards x what each takes for a sd x the sd that all communities below the floor are lifted."""
    return STANDARDS * per_item * float(short_of(district, floor).sum())


def link_centres(district: District, *, tiers: float, hours: float, saved: float, cost: float) -> District:
    """Each linked tier brings a quarter of the hours, of the delay saved and of the cost, which higher tiers bear."""
    part = round(tiers) / TIERS
    linked = with_levers(district, member_hours=part * hours, platform=part * saved)
    return with_support(linked, "member_service_centres", payer="province", cost_yuan=part * cost)


def centres_cost(district: District, *, tiers: float, hours: float, saved: float, cost: float) -> float:
    """Communities x cost each, by the tiers linked."""
    return len(district.communities) * cost * round(tiers) / TIERS


def open_kindergartens(district: District, *, share: float, m2: float, price: float, hours: float) -> District:
    """Villages with the most children get premises and teachers, some of whose hours go to care of small children."""
    here, chosen = district.communities, most_children(district, share)
    housed = district.with_changes(
        communities=here.replaced(service_m2=np.minimum(here.service_m2 + m2 * chosen, MOST_M2))
    )
    return with_support(
        housed, "kindergartens", where=chosen, hours=hours, cost_yuan=kindergarten_yuan(district, m2, price, hours)
    )


def kindergarten_yuan(district: District, m2: float, price: float, hours: float) -> float:
    """One kindergarten a year: its premises, built and run, and its teachers' hours at the wage of contracts."""
    return space_yuan(district, m2, price) + hours * district.rates.contract_wage


def kindergartens_cost(district: District, *, share: float, m2: float, price: float, hours: float) -> float:
    """Kindergartens x cost of one."""
    return int(most_children(district, share).sum()) * kindergarten_yuan(district, m2, price, hours)


def most_children(district: District, share: float = KINDERGARTEN_SHARE) -> Places:
    """The share of villages with the most children, ties by code; the usual share unless told."""
    here = district.communities
    rows = sorted(np.flatnonzero(villages(district)).tolist(), key=lambda row: (-here.children[row], here.code[row]))
    chosen = np.zeros(len(here), dtype=bool)
    chosen[rows[: int(np.ceil(share * len(rows)))]] = True
    return chosen


def contest(district: District, *, share: float, effort: float, papers: float, prize: float) -> District:
    """Those in the middle of the field try harder to win; all of them write applications, and one in three gets a prize."""
    if share == 0:
        return district
    keen = contending(district, share)
    tried = with_levers(district, keen, effort=effort, admin_relief=paperwork(district, papers))
    return with_support(tried, "three_level_contest", where=keen, cost_yuan=WINNING * prize)


def contending(district: District, share: float = CONTENDERS) -> Places:
    """The share of communities in the middle of the field by quality in the table; the usual share unless told."""
    return middle(district, share)


def prizes_cost(district: District, *, share: float, effort: float, papers: float, prize: float) -> float:
    """Those who contend x the third who win x the prize."""
    return int(contending(district, share).sum()) * WINNING * prize


FIVE_LEVELS = Mechanism(
    id="five_level_structure", rows=(87,), name=ROW[87].name, says=ROW[87].says,
    resource=Text("各级牵头人", "people in charge at every level"), serves=Text("居民", "residents"),
    acts_as=Text("每名组织者带的人少、邀请更多；会务占用工时", "smaller span of control, more asking; hours for meetings"),
    settings=(
        Setting(name="levels", default=ALL_LEVELS, low=LEVELS_NOW, high=ALL_LEVELS, neutral=LEVELS_NOW,
                source="study report 000: five levels, from street to doorway household",
                says=Text("层级数：街道、社区之下依次设支部、楼栋小组、楼道中心户",
                          "Levels; below street and community come branch, building group and doorway household")),
        Setting(name="households", default=120.0, low=20.0, high=600.0,
                source="A: a doorway household in charge of a staircase of 20, one in six active",
                says=Text("五级俱全时平均每名组织者联系户数", "Households per organiser with all five levels")),
        Setting(name="asking", default=0.1, unit="share", low=0.0, high=1.0,
                source="A: a little of the 1.8 times that a neighbour's asking does (Bijker et al. 2019, sign)",
                says=Text("五级俱全时居民多受邀的比例", "Share by which residents are asked more often with all five levels")),
        Setting(name="meetings", default=1.0, unit="days/head/year", low=0.0, high=10.0, source="A: a day of each worker",
                says=Text("五级俱全时每名工作者每年会务天数", "Days a year each worker spends on meetings with all five levels")),
    ),
    apply=organise_levels, adds=("levers.organisers", "levers.recruitment", "levers.admin_relief"),
    metric="volunteer_hours", direction="higher", margin=250.0, evidence="assumption", channels=("capacity",),
    identity="street, community, branch, building group, doorway household: 5 levels",
)  # fmt: skip

STANDARDS_MET = Mechanism(
    id="service_standards", rows=(90,), name=ROW[90].name, says=ROW[90].says,
    resource=Text("区级达标经费", "district money for standards"), serves=Text("低于底线的大厅和站点", "halls and points below the floor"),
    acts_as=Text("服务质量底线", "a floor of quality"),
    settings=(
        Setting(name="floor", default=USUAL_FLOOR, low=-4.0, high=0.0, neutral=-4.0,
                source="A: study report 002 lists the eight standards, no level; a third of communities lie below, and standards "
                       "lift the weak to the middle at most",
                says=Text("服务质量底线，标准差数", "Floor of quality, in sd")),
        Setting(name="per_item", default=6_250.0, unit="元/community/year", low=0.0, high=50_000.0,
                source="A: 5 万元 a sd for eight standards, half of a posted official's yearly cost; report 002: 8 standards, 72 points",
                says=Text("质量每提高一个标准差，每条标准每年达标费用", "Yearly cost of meeting one standard, for each sd of quality lifted")),
    ),
    apply=set_standard, adds=("levers.quality_floor", "supports"), where=below_floor, metric="quality",
    direction="higher", margin=0.05, evidence="assumption", channels=("cost", "quality"), costs=standards_cost,
    identity="4 + 4 = 8 standards x (5 + 67 = 72) points = 576 checks; 8 x 6250 = 5 万元 a sd",
)  # fmt: skip

SERVICE_CENTRES = Mechanism(
    id="member_service_centres", rows=(91,), name=ROW[91].name, says=ROW[91].says,
    resource=Text("上级运行经费", "money of higher tiers"), serves=Text("党员与社区", "members and communities"),
    acts_as=Text("党员服务工时；流转时间", "hours of members; routing delay"),
    settings=(
        Setting(name="tiers", default=TIERS, low=0, high=TIERS, neutral=0, source="study report 004: 四级一体",
                says=Text("联通的层级数：省、市、县、乡", "Tiers linked: province, city, county, township")),
        Setting(name="hours", default=0.5, unit="hours/head/year", low=0.0, high=10.0,
                source="A: a sixth of what members give in active branches",
                says=Text("四级联通时每名党员每年多出的工时", "Added hours a year of each member with all four tiers")),
        Setting(name="saved", default=0.05, unit="share", low=0.0, high=0.5, source="A: modest",
                says=Text("四级联通时流转时间缩短的比例", "Share of routing delay saved with all four tiers")),
        Setting(name="cost", default=3_000.0, unit="元/community/year", low=0.0, high=50_000.0,
                source="A: two clerks at each of nine township centres for 218 communities, half their time",
                says=Text("四级联通时平均每个社区分摊的年运行费", "Running cost a year with all four tiers, average per community")),
    ),
    apply=link_centres, adds=("levers.member_hours", "levers.platform", "supports"), metric="service_hours",
    direction="higher", margin=75.0, evidence="assumption", channels=("cost", "capacity", "delay"), costs=centres_cost,
    identity="province, city, county, township: 4 tiers",
)  # fmt: skip

KINDERGARTENS = Mechanism(
    id="bilingual_kindergartens", rows=(92,), name=ROW[92].name, says=ROW[92].says,
    resource=Text("园舍与教师", "premises and teachers"), serves=Text("学前儿童家庭", "families with small children"),
    acts_as=Text("照护场地；照护工时", "room for care; hours of care"),
    settings=(
        Setting(name="share", default=KINDERGARTEN_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: study report 003 gives no figure",
                says=Text("办园的村比例，从儿童最多的算起", "Share of villages with a kindergarten, those with most children first")),
        Setting(name="m2", default=200.0, unit="m2", low=0.0, high=2_000.0, source="A: two rooms and a hall",
                says=Text("每园面积", "Floor space of a kindergarten")),
        Setting(name="price", default=1500.0, unit="元", low=0.0, high=6000.0, source="A: half the price of building in towns",
                says=Text("每平方米造价", "Price of a square metre")),
        Setting(name="hours", default=150.0, unit="hours/community/year", low=0.0, high=10_000.0,
                source="A: three hours a week of care that families would else ask of the village",
                says=Text("每园教师每年分担的照护工时", "Hours a year in which its teachers take over care matters")),
    ),
    apply=open_kindergartens, adds=("communities.service_m2", "supports"), where=most_children, metric="room_hours_used",
    direction="higher", margin=80.0, evidence="assumption", channels=("cost", "capacity"), costs=kindergartens_cost,
)  # fmt: skip

CONTEST = Mechanism(
    id="three_level_contest", rows=(93,), name=ROW[93].name, says=ROW[93].says,
    resource=Text("奖励与申报工时", "prizes, time for applications"), serves=Text("参评社区", "communities that contend"),
    acts_as=Text("争先带来的质量；申报占用工时", "quality through contest; hours for applications"),
    settings=(
        Setting(name="share", default=CONTENDERS, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: study report 003 gives no figure; the best have little left to gain, the weakest do not enter",
                says=Text("参评社区比例，取服务质量居中的社区", "Share of communities that contend, from the middle of the field")),
        Setting(name="effort", default=0.15, low=0.0, high=0.5, source="A: half of what inspection gains at its best",
                says=Text("参评带来的质量提高，标准差数", "Quality gained by those who contend, in sd")),
        Setting(name="papers", default=1.5, unit="days/head/year", low=0.0, high=15.0,
                source="A: half a day of each worker for each of three levels",
                says=Text("每名工作者每年用于申报迎检的天数", "Days a year each worker spends on applications and visits")),
        Setting(name="prize", default=20_000.0, unit="元", low=0.0, high=200_000.0,
                source="A: size; one in three of those who contend wins",
                says=Text("每个获奖社区的奖励", "Prize of each winner")),
    ),
    apply=contest, adds=("levers.effort", "levers.admin_relief", "supports"), where=contending, metric="quality",
    direction="higher", margin=0.04, evidence="assumption", channels=("cost", "quality", "capacity"), costs=prizes_cost,
)  # fmt: skip

STRUCTURE: tuple[Mechanism, ...] = (FIVE_LEVELS, STANDARDS_MET, SERVICE_CENTRES, KINDERGARTENS, CONTEST)
