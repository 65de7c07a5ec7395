"""Response across tiers: platforms, admission of tasks, merged offices, delegated powers, meetings and a hotline."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.mechanisms.acting import with_levers, with_meetings, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.working_days import pay_of_days
from scenarios.tables import Reals
from scenarios.text import Text

YEARLY = "元/community/year"
OFFICIALS = 15.0  # A: leaders and heads of departments at a meeting of district or city, a working day each


def shared_in_street(district: District, yuan: float) -> Reals:
    """An amount for each street or town with communities, in equal parts for each of them."""
    index = district.street_index
    return np.asarray(yuan / np.bincount(index, minlength=len(district.streets))[index])


def streets_served(district: District) -> int:
    """Streets and towns that have communities."""
    return len(set(district.street_index.tolist()))


def link_platform(district: District, *, saved: float, relief: float, cost: float) -> District:
    """Tiers share one platform: matters are passed on sooner, and nothing is filled in twice."""
    if saved == 0:
        return district
    moved = with_levers(district, platform=saved, admin_relief=relief)
    return with_support(moved, "information_platform", cost_yuan=cost)


def running_platform(district: District, *, saved: float, relief: float, cost: float) -> float:
    """The platform's yearly cost in all communities."""
    return len(district.communities) * cost


def money_with_tasks(district: District, *, tasks: float, hours: float) -> float:
    """What departments pay a year for the tasks they hand on to one community, to those who do them: hours at their price."""
    return tasks * hours * district.rates.contract_wage


def admit_tasks(district: District, *, relief: float, tasks: float, hours: float) -> District:
    """Tasks that are not admitted stay with departments, and the money that follows the others is spent on doing them."""
    if relief == 0:
        return district
    moved = with_levers(district, admin_relief=relief)
    return with_support(moved, "task_admission", cost_yuan=money_with_tasks(district, tasks=tasks, hours=hours))


def cost_of_tasks(district: District, *, relief: float, tasks: float, hours: float) -> float:
    """What departments attach to all tasks admitted."""
    return len(district.communities) * money_with_tasks(district, tasks=tasks, hours=hours)


def merge_offices(district: District, *, saving: float, routing: float, cost: float) -> District:
    """Street offices are merged: counters work better and matters pass faster; the change is paid over the plan years."""
    if saving == 0:
        return district
    moved = with_levers(district, hours_window=1.0 - saving, platform=routing)
    return with_support(moved, "merged_offices", cost_yuan=shared_in_street(district, cost / district.years))


def cost_of_merging(district: District, *, saving: float, routing: float, cost: float) -> float:
    """A year's part of what the change costs in all streets and towns."""
    return streets_served(district) * cost / district.years


def delegate_powers(district: District, *, powers: float, share: float, staff: float) -> District:
    """Each power delegated lets streets decide a share of what district and city decided, and takes some staff."""
    if powers == 0:
        return district
    moved = with_levers(district, delegated=min(powers * share, 1.0))
    each = powers * staff * district.rates.post_cost
    return with_support(moved, "delegated_powers", cost_yuan=shared_in_street(district, each))


def cost_of_powers(district: District, *, powers: float, share: float, staff: float) -> float:
    """The staff that all streets and towns need for the powers."""
    return streets_served(district) * powers * staff * district.rates.post_cost


def hold_meetings(district: District, *, held: float, street_meetings: float, district_meetings: float,
                  city_meetings: float) -> District:  # fmt: skip
    """Linkage meetings of every tier, as many of those planned as are held; district and city bear their officials' time."""
    if held == 0:
        return district
    at_district, at_city = round(held * district_meetings), round(held * city_meetings)
    met = with_meetings(district, street=round(held * street_meetings), district_level=at_district, city=at_city)
    each = pay_of_days(district, OFFICIALS) / len(district.communities)
    paid = with_support(met, "linkage_meetings", cost_yuan=at_district * each)
    return with_support(paid, "linkage_meetings", payer="city", cost_yuan=at_city * each)


def time_of_officials(district: District, *, held: float, street_meetings: float, district_meetings: float,
                      city_meetings: float) -> float:  # fmt: skip
    """A working day of all officials at the meetings of district and city; the street's are held by those who work there."""
    return (round(held * district_meetings) + round(held * city_meetings)) * pay_of_days(district, OFFICIALS)


def lines_by_place(district: District, lines: float) -> Reals:
    """What the hotline costs, by the number of residents."""
    here = district.communities
    return np.asarray(lines * district.rates.post_cost * here.population / here.population.sum())


def open_hotline(district: District, *, lines: float, gain: float, answered: float) -> District:
    """Floating residents voice more, in proportion to their share, and part is answered at once."""
    if lines == 0 or gain == 0:
        return district
    here = district.communities
    floating = here.floating / here.population
    moved = with_levers(district, voicing=1.0 + gain * floating, local_items=answered * floating)
    return with_support(moved, "floating_hotline", cost_yuan=lines_by_place(district, lines))


def cost_of_lines(district: District, *, lines: float, gain: float, answered: float) -> float:
    """A post for each line."""
    return float(lines_by_place(district, lines).sum())


INFORMATION_PLATFORM = Mechanism(
    id="information_platform", rows=(59,), name=ROW[59].name, says=ROW[59].says,
    resource=Text("信息化投入", "information technology"), serves=Text("三级经办人员", "staff of three tiers"),
    acts_as=Text("流转加快、重复填报减少", "shorter routing, fewer duplicates"),
    settings=(
        Setting(name="saved", default=0.2, unit="share", low=0.0, high=0.8, neutral=0.0,
                source="A: report 001 gives no size", says=Text("流转时间缩短比例", "Share of the routing time saved")),
        Setting(name="relief", default=0.01, unit="share", low=0.0, high=0.1, source="A: double reporting is a small part",
                says=Text("少填报省下的行政工时比例", "Share of administrative hours freed from double reporting")),
        Setting(name="cost", default=5_000.0, unit=YEARLY, low=0.0, high=100_000.0,
                source="A: building over five years and upkeep, about 110 万元 a year for 218 communities",
                says=Text("平台年建设维护费", "Yearly cost of building and upkeep")),
    ),
    apply=link_platform, adds=("levers.platform", "levers.admin_relief", "supports"), metric="time_above",
    direction="lower", margin=0.02, evidence="assumption", channels=("cost", "delay"), costs=running_platform,
)  # fmt: skip

TASK_ADMISSION = Mechanism(
    id="task_admission", rows=(60,), name=ROW[60].name, says=ROW[60].says,
    resource=Text("部门经费和任务清单", "departments' money and lists of tasks"), serves=Text("社区工作者", "community workers"),
    acts_as=Text("行政负担减少；准入任务的费用由部门承担", "less administrative load; departments pay for the tasks admitted"),
    settings=(
        Setting(name="relief", default=0.03, unit="share", low=0.0, high=0.2, neutral=0.0,
                source="A: report 001 gives no size; administration fills most of a worker's hours",
                says=Text("不予准入省下的行政工时比例", "Share of administrative hours freed by tasks not admitted")),
        Setting(name="tasks", default=5.0, low=0.0, high=50.0, source="A: report 001 names 八项职能, 五项权力, no tasks",
                says=Text("每个社区每年准入任务数", "Tasks admitted in a community a year")),
        Setting(name="hours", default=20.0, unit="hours", low=0.0, high=200.0, source="A: three days",
                says=Text("每项准入任务所需工时", "Hours that an admitted task takes")),
    ),
    apply=admit_tasks, adds=("levers.admin_relief", "supports"), metric="service_hours", direction="higher",
    margin=150.0, evidence="assumption", channels=("cost", "capacity"), costs=cost_of_tasks,
    identity="task cost <= funds attached: 5 x 20 hours x 70 元 = 7000 元 a community",
)  # fmt: skip

MERGED_OFFICES = Mechanism(
    id="merged_offices", rows=(61,), name=ROW[61].name, says=ROW[61].says,
    resource=Text("街道机构", "street offices"), serves=Text("办事居民", "residents with business there"),
    acts_as=Text("窗口更顺、流转更快", "better counters, faster routing"),
    settings=(
        Setting(name="saving", default=0.1, unit="share", low=0.0, high=0.5, neutral=0.0,
                source="A: report 001 gives no size", says=Text("窗口办事每件节省的工时比例", "Share of the hours of counter service saved")),
        Setting(name="routing", default=0.1, unit="share", low=0.0, high=0.5, source="A: fewer offices to pass",
                says=Text("流转时间缩短比例", "Share of the routing time saved")),
        Setting(name="cost", default=160_000.0, unit="元", low=0.0, high=2_000_000.0,
                source="A: 2 万元 for each of 6 + 2 offices (report 001: six named, two more public)",
                says=Text("每个街镇一次性改革费用，按规划年数分摊",
                          "Cost of the change in a street or town, once, spread over the plan years")),
    ),
    apply=merge_offices, adds=("levers.hours_window", "levers.platform", "supports"), metric="time_above",
    direction="lower", margin=0.01, evidence="assumption", channels=("cost", "delay"), costs=cost_of_merging,
    identity="6 + 2 = 8 offices; 8 x 20000 = 160000 元 a street",
)  # fmt: skip

DELEGATED_POWERS = Mechanism(
    id="delegated_powers", rows=(62,), name=ROW[62].name, says=ROW[62].says,
    resource=Text("审批和管理权限", "authority"), serves=Text("等区市部门的居民", "residents who wait for district and city"),
    acts_as=Text("跨部门等待缩短", "shorter delay across departments"),
    settings=(
        Setting(name="powers", default=5.0, low=0.0, high=10.0, neutral=0.0, source="study report 001: 五项权力",
                says=Text("下放权力项数", "Powers delegated")),
        Setting(name="share", default=0.06, unit="share", low=0.0, high=0.2,
                source="A: five powers bring three in ten of these matters down",
                says=Text("每项权力使区级以上事项改由街道决定的比例",
                          "Share of the matters of district and city that each power brings to the street")),
        Setting(name="staff", default=0.2, low=0.0, high=2.0, source="A: one person for five powers",
                says=Text("每项权力街镇所需人员", "People a street or town needs for each power")),
    ),
    apply=delegate_powers, adds=("levers.delegated", "supports"), metric="time_above", direction="lower",
    margin=0.006, evidence="assumption", channels=("cost", "delay"), costs=cost_of_powers,
    identity="5 powers x 0.2 people = 1 post a street",
)  # fmt: skip

LINKAGE_MEETINGS = Mechanism(
    id="linkage_meetings", rows=(63,), name=ROW[63].name, says=ROW[63].says,
    resource=Text("会议时间", "meeting time"), serves=Text("卡住的事项", "matters that are stuck"),
    acts_as=Text("每次会议集中办结一批", "each meeting clears part of what waits"),
    settings=(
        Setting(name="held", default=1.0, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: all that are planned take place",
                says=Text("计划会议实际召开的比例", "Share of the planned meetings that are held")),
        Setting(name="street_meetings", default=12, low=0, high=12, source="study reports 001, 002: 每月",
                says=Text("街道每年会议次数", "Meetings of a street or town a year")),
        Setting(name="district_meetings", default=4, low=0, high=12, source="study reports 001, 002: 每季度",
                says=Text("区级每年会议次数", "Meetings of the district a year")),
        Setting(name="city_meetings", default=1, low=0, high=12, source="study reports 001, 002: 每年…一次",
                says=Text("市级每年会议次数", "Meetings of the city a year")),
    ),
    apply=hold_meetings, adds=("meetings.street", "meetings.district", "meetings.city", "supports"), metric="time_above",
    direction="lower", margin=0.02, evidence="source claim", channels=("cost", "delay", "capacity"), costs=time_of_officials,
    identity="1 + 4 + 12 = 17 meetings a year; (1 + 4) x 15 people x 7 hours x 70 元 = 36750 元",
)  # fmt: skip

FLOATING_HOTLINE = Mechanism(
    id="floating_hotline", rows=(64,), name=ROW[64].name, says=ROW[64].says,
    resource=Text("接线人员", "people at the phone"), serves=Text("流动人口较多的社区", "places with many floating residents"),
    acts_as=Text("新增诉求、部分当场答复", "added requests, part answered at once"),
    settings=(
        Setting(name="lines", default=2.0, low=0.0, high=50.0, neutral=0.0,
                source="A: report 002 names 17项 services, not lines", says=Text("热线座席数", "Lines that are staffed")),
        Setting(name="gain", default=0.2, unit="share", low=0.0, high=0.5, neutral=0.0,
                source="A: voicing of floating residents rises by a fifth",
                says=Text("流动居民诉求表达增幅", "Rise in voicing of floating residents")),
        Setting(name="answered", default=0.1, unit="share", low=0.0, high=0.5, source="A: simple questions",
                says=Text("流动居民上转事项当场答复的比例", "Share of floating residents' routed matters answered at once")),
    ),
    apply=open_hotline, adds=("levers.voicing", "levers.local_items", "supports"), metric="voiced_share",
    direction="higher", margin=0.003, evidence="assumption", channels=("cost", "demand", "delay"), costs=cost_of_lines,
)  # fmt: skip

POWERS = (INFORMATION_PLATFORM, TASK_ADMISSION, MERGED_OFFICES, DELEGATED_POWERS, LINKAGE_MEETINGS, FLOATING_HOTLINE)
