"""Participation by projects: services that units fund, studios of able residents, classes after school, a weekly calendar."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.mechanisms.acting import Places, everyone, largest, weakest, with_levers, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.tables import Reals
from scenarios.text import Text

YEARLY = "元/community/year"
PROJECT_SHARE, STUDIO_SHARE = 0.3, 0.3
CLASS_SIZE = 25.0  # children in one class after school


def fund_projects(district: District, *, share: float, budget: float, saving: float) -> District:
    """Units fund a project in the weakest communities; its owner organises activities in fewer hours."""
    if share == 0:
        return district
    where = weakest(district, share)
    moved = with_levers(district, where, hours_activity=1.0 - saving)
    return with_support(moved, "service_projects", payer="society", where=where, yuan=budget)


def budget_of_projects(district: District, *, share: float, budget: float, saving: float) -> float:
    """The budgets of all projects."""
    return float(weakest(district, share).sum()) * budget if share else 0.0


def with_project(district: District) -> Places:
    """Communities with a project at the default share."""
    return weakest(district, PROJECT_SHARE)


def open_studios(district: District, *, share: float, saving: float, leaders: float, cost: float) -> District:
    """Able residents open studios in the largest communities: they settle disputes and lead volunteers."""
    if share == 0:
        return district
    where = largest(district, share, everyone(district))
    moved = with_levers(district, where, hours_dispute=1.0 - saving, organisers=leaders)
    return with_support(moved, "feature_studios", where=where, cost_yuan=cost)


def cost_of_studios(district: District, *, share: float, saving: float, leaders: float, cost: float) -> float:
    """Rooms and allowances of all studios."""
    return float(largest(district, share, everyone(district)).sum()) * cost if share else 0.0


def with_studio(district: District) -> Places:
    """Communities with a studio at the default share."""
    return largest(district, STUDIO_SHARE, everyone(district))


def class_hours(district: District, *, places: float, hours: float) -> Reals:
    """Hours of classes a year in each community: as many classes as its children with a place fill."""
    return np.asarray(district.communities.children * places / CLASS_SIZE * hours)


def open_classes(district: District, *, places: float, hours: float, relief: float) -> District:
    """Rooms and tutors after school; care matters of children with a place take fewer hours of the community."""
    if places == 0:
        return district
    here = district.communities
    taught = class_hours(district, places=places, hours=hours)
    moved = with_levers(district, room_hours=taught, hours_care=1.0 - relief * places * here.children / here.population)
    return with_support(moved, "after_school_class", cost_yuan=taught * district.rates.contract_wage)


def pay_of_tutors(district: District, *, places: float, hours: float, relief: float) -> float:
    """Tutors' hours at the price of an hour of service."""
    return float(class_hours(district, places=places, hours=hours).sum()) * district.rates.contract_wage


def hold_events(district: District, *, slots: float, ties: float, saving: float, cost: float) -> District:
    """Every weekly slot lets neighbours meet, and makes activities a matter of routine."""
    if slots == 0:
        return district
    moved = with_levers(district, ties=min(slots * ties, 1.0), hours_activity=1.0 - min(slots * saving, 0.5))
    return with_support(moved, "weekly_calendar", cost_yuan=slots * cost)


def cost_of_events(district: District, *, slots: float, ties: float, saving: float, cost: float) -> float:
    """The budgets of all slots."""
    return len(district.communities) * slots * cost


SERVICE_PROJECTS = Mechanism(
    id="service_projects", rows=(70,), name=ROW[70].name, says=ROW[70].says,
    resource=Text("单位项目资金", "units' money for projects"), serves=Text("认办项目的社区", "communities with a project"),
    acts_as=Text("成果和负责人明确的资金", "money with a stated output and owner"),
    settings=(
        Setting(name="share", default=PROJECT_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: report 001 gives no number; three in ten, the weakest first",
                says=Text("有认办项目的社区比例", "Share of communities with a project")),
        Setting(name="budget", default=30_000.0, unit=YEARLY, low=0.0, high=500_000.0, source="A: a small service project",
                says=Text("每个项目年资金", "Money of a project a year")),
        Setting(name="saving", default=0.05, unit="share", low=0.0, high=0.3, source="A: a stated owner saves some organising",
                says=Text("活动每件节省的工时比例", "Share of the hours of an activity that is saved")),
    ),
    apply=fund_projects, adds=("supports", "levers.hours_activity"), metric="needs_met_share", direction="higher",
    margin=0.03, evidence="assumption", channels=("cost", "capacity"), where=with_project, costs=budget_of_projects,
)  # fmt: skip

FEATURE_STUDIOS = Mechanism(
    id="feature_studios", rows=(71,), name=ROW[71].name, says=ROW[71].says,
    resource=Text("能人、志愿者和工作者", "able residents, volunteers, workers"), serves=Text("有工作室的社区", "communities with a studio"),
    acts_as=Text("专长服务", "specialised capacity"),
    settings=(
        Setting(name="share", default=STUDIO_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: report 000 gives no number; three in ten, the largest first",
                says=Text("设工作室的社区比例", "Share of communities with a studio")),
        Setting(name="saving", default=0.15, unit="share", low=0.0, high=0.4, source="A: practised mediators are quicker",
                says=Text("矛盾调解每件节省的工时比例", "Share of the hours of a dispute that is saved")),
        Setting(name="leaders", default=1.0, low=0.0, high=10.0, source="A: who leads the studio",
                says=Text("每个工作室带动志愿者的人数", "People of a studio who organise volunteers")),
        Setting(name="cost", default=20_000.0, unit=YEARLY, low=0.0, high=200_000.0, source="A: a room and an allowance",
                says=Text("每个工作室年费用", "Yearly cost of a studio")),
    ),
    apply=open_studios, adds=("levers.hours_dispute", "levers.organisers", "supports"), metric="utilisation",
    direction="lower", margin=0.008, evidence="assumption", channels=("cost", "capacity"), where=with_studio,
    costs=cost_of_studios,
)  # fmt: skip

AFTER_SCHOOL_CLASS = Mechanism(
    id="after_school_class", rows=(72,), name=ROW[72].name, says=ROW[72].says,
    resource=Text("教室和辅导老师", "rooms and tutors"), serves=Text("放学后的儿童", "children after school"),
    acts_as=Text("平日高峰时段的场地和看护", "room and care at the weekday peak"),
    settings=(
        Setting(name="places", default=0.1, unit="share", low=0.0, high=0.5, neutral=0.0,
                source="A: report 000 gives no number; one child under 15 in ten has a place, in classes of 25",
                says=Text("有托管名额的儿童比例", "Share of children who have a place")),
        Setting(name="hours", default=400.0, unit="hours/year", low=0.0, high=1000.0,
                source="A: two hours on 200 school days", says=Text("每班每年开放工时", "Hours of a class a year")),
        Setting(name="relief", default=0.5, unit="share", low=0.0, high=1.0,
                source="A: half of what a child with a place would take of care",
                says=Text("有名额儿童照护事项节省的工时比例", "Share of the care of a child with a place that communities are spared")),
    ),
    apply=open_classes, adds=("levers.room_hours", "levers.hours_care", "supports"), metric="room_hours_used",
    direction="higher", margin=130.0, evidence="assumption", channels=("cost", "capacity", "coverage"), costs=pay_of_tutors,
    identity="children with a place / 25 = classes; 400 hours x 70 元 / 25 = 1120 元 a child and year",
)  # fmt: skip

WEEKLY_CALENDAR = Mechanism(
    id="weekly_calendar", rows=(73,), name=ROW[73].name, says=ROW[73].says,
    resource=Text("小额活动经费", "a small budget"), serves=Text("邻里", "neighbours"),
    acts_as=Text("邻里纽带，见效慢", "ties and trust, slow"),
    settings=(
        Setting(name="slots", default=7.0, low=0.0, high=14.0, neutral=0.0, source="study report 000: a list from Monday to Sunday",
                says=Text("每周固定活动场次", "Weekly events that are fixed")),
        Setting(name="ties", default=0.015, unit="share", low=0.0, high=0.1, source="A: seven slots avoid a tenth of the decay",
                says=Text("每场次减缓的参与衰减比例", "Share of the decay of engagement that a slot avoids")),
        Setting(name="saving", default=0.01, unit="share", low=0.0, high=0.05, source="A: routine saves some organising",
                says=Text("每场次使活动节省的工时比例", "Share of the hours of activities that a slot saves")),
        Setting(name="cost", default=2_000.0, unit=YEARLY, low=0.0, high=50_000.0, source="A: 40 元 a week for each slot",
                says=Text("每场次年经费", "Yearly budget of a slot in a community")),
    ),
    apply=hold_events, adds=("levers.ties", "levers.hours_activity", "supports"), metric="engagement",
    direction="higher", margin=0.0005, evidence="assumption", channels=("cost", "capacity"), costs=cost_of_events,
    identity="7 slots a week, Monday to Sunday",
)  # fmt: skip

PROJECTS = (SERVICE_PROJECTS, FEATURE_STUDIOS, AFTER_SCHOOL_CLASS, WEEKLY_CALENDAR)
