"""Grids and response: smaller grids, officials and teams that come to them, longer hours and service by proxy."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.mechanisms.acting import with_levers, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.tables import Integers
from scenarios.text import Text

MOST_GRIDS = 200  # of one community
USUAL_WEEK = 40.0  # opening hours that every service point keeps


def grids_by_norm(district: District, households: float) -> Integers:
    """Grids of each community at so many households a grid: at least one, and no more than it has residents."""
    here = district.communities
    wanted = np.ceil(here.households / households).astype(np.int64)
    return np.asarray(np.clip(wanted, 1, np.minimum(here.population, MOST_GRIDS)))


def divide_into_grids(district: District, *, households: float) -> District:
    """Communities are divided by a norm of households a grid; with a norm of 0 grids stay as they are."""
    if households == 0:
        return district
    here = district.communities
    return district.with_changes(communities=here.replaced(grids=grids_by_norm(district, households)))


def cost_of_grids(district: District, *, households: float) -> float:
    """A year of every grid added, less those given up."""
    if households == 0:
        return 0.0
    added = grids_by_norm(district, households) - district.communities.grids
    return float(added.sum()) * district.rates.grid_cost


def hours_of_officials(*, officials: float, hours: float) -> float:
    """Hours a year of officials in the grids of one community."""
    return officials * hours


def send_officials(district: District, *, officials: float, hours: float, settled: float, saving: float) -> District:
    """Officials give hours in grids, settle part of what would be routed, and deal with hazards on the spot."""
    if officials == 0:
        return district
    given = hours_of_officials(officials=officials, hours=hours)
    moved = with_levers(district, local_items=settled, hours_safety=1.0 - saving)
    return with_support(moved, "officials_in_grids", hours=given, cost_yuan=given * district.rates.contract_wage)


def time_of_officials(district: District, *, officials: float, hours: float, settled: float, saving: float) -> float:
    """Their hours at the price of an hour of service."""
    given = hours_of_officials(officials=officials, hours=hours)
    return len(district.communities) * given * district.rates.contract_wage


def hours_of_teams(*, visits: float, people: float, hours: float) -> float:
    """Hours a year that teams spend in one community."""
    return visits * people * hours


def send_teams(district: District, *, visits: float, people: float, hours: float, saving: float) -> District:
    """Teams of several trades visit: they give hours, and care and disputes take fewer."""
    if visits == 0:
        return district
    given = hours_of_teams(visits=visits, people=people, hours=hours)
    moved = with_levers(district, hours_care=1.0 - saving, hours_dispute=1.0 - saving)
    return with_support(moved, "service_teams", hours=given, cost_yuan=given * district.rates.contract_wage)


def time_of_teams(district: District, *, visits: float, people: float, hours: float, saving: float) -> float:
    """Their hours at the price of an hour of service."""
    given = hours_of_teams(visits=visits, people=people, hours=hours)
    return len(district.communities) * given * district.rates.contract_wage


def open_longer(district: District, *, week: float) -> District:
    """Service points are open so many hours a week."""
    return with_levers(district, open_hours=week) if week > USUAL_WEEK else district


def act_for_residents(district: District, *, share: float) -> District:
    """The community acts for the resident in a share of matters."""
    return with_levers(district, agency=share) if share else district


GRID_DIVISION = Mechanism(
    id="grid_division", rows=(54,), name=ROW[54].name, says=ROW[54].says,
    resource=Text("网格员工时", "wardens' time"), serves=Text("住户", "households"),
    acts_as=Text("发现更早、联系更熟；每格固定成本", "earlier detection by wardens who know everyone; a fixed cost a grid"),
    settings=(
        Setting(name="households", default=300.0, low=0.0, high=2000.0, neutral=0.0,
                source="A: the least of the usual 300-500; study report 000 has 2995 grids for 384 communities, 7.80 each, which "
                       "is 572 households a grid; a rural case found grids dear (张树旺 et al. 2016)",
                says=Text("每个网格的户数标准，0为维持现状", "Households a grid, 0 for grids as they are")),
    ),
    apply=divide_into_grids, sets=("communities.grids",), metric="voiced_share", direction="higher", margin=0.007,
    evidence="assumption", channels=("cost", "capacity", "delay"), costs=cost_of_grids,
    identity="2995 / 384 = 7.80 grids a community; 10439 residents / 7.80 = 1338 people, 572 households at 2.34",
)  # fmt: skip

OFFICIALS_IN_GRIDS = Mechanism(
    id="officials_in_grids", rows=(55,), name=ROW[55].name, says=ROW[55].says,
    resource=Text("机关干部工时", "officials' hours"), serves=Text("网格", "grids"),
    acts_as=Text("少转一道、隐患当场处置、增加工时", "a routing step skipped, hazards dealt with on the spot, hours gained"),
    settings=(
        Setting(name="officials", default=1.0, low=0.0, high=10.0, neutral=0.0,
                source="A: report 000 gives no number; one for each community",
                says=Text("每个社区下沉干部人数", "Officials for each community")),
        Setting(name="hours", default=48.0, unit="hours/head/year", low=0.0, high=400.0,
                source="A: half a day a month", says=Text("每名干部每年下沉工时", "Hours of an official in the grids a year")),
        Setting(name="settled", default=0.1, unit="share", low=0.0, high=0.5,
                source="A: report 000 gives the direct line, not what it settles",
                says=Text("上转事项改为当场办理的比例", "Share of routed matters settled on the spot")),
        Setting(name="saving", default=0.05, unit="share", low=0.0, high=0.3, source="A: report 000 gives no size",
                says=Text("安全隐患每件节省的工时比例", "Share of the hours of a safety hazard that is saved")),
    ),
    apply=send_officials, adds=("supports", "levers.local_items", "levers.hours_safety"), metric="time_above",
    direction="lower", margin=0.015, evidence="assumption", channels=("capacity", "delay"), costs=time_of_officials,
)  # fmt: skip

SERVICE_TEAMS = Mechanism(
    id="service_teams", rows=(56,), name=ROW[56].name, says=ROW[56].says,
    resource=Text("医生、教师、民警等专业力量", "doctors, teachers, police"), serves=Text("居民家庭", "residents at home"),
    acts_as=Text("一次上门办几件事", "bundled visits"),
    settings=(
        Setting(name="visits", default=12.0, low=0.0, high=52.0, neutral=0.0,
                source="A: once a month; reports 001 and 002 give no number",
                says=Text("每个社区每年组团上门次数", "Visits of a team to each community a year")),
        Setting(name="people", default=3.0, low=1.0, high=10.0, source="A: a doctor, a teacher and a police officer",
                says=Text("每次组团人数", "People in a team")),
        Setting(name="hours", default=3.0, unit="hours", low=0.0, high=8.0, source="A: half a day with the way there",
                says=Text("每人每次服务工时", "Hours of each of them in a visit")),
        Setting(name="saving", default=0.05, unit="share", low=0.0, high=0.3, source="A: reports 001 and 002 give no size",
                says=Text("照护和调解每件节省的工时比例", "Share of the hours of care and disputes that is saved")),
    ),
    apply=send_teams, adds=("supports", "levers.hours_care", "levers.hours_dispute"), metric="outside_hours",
    direction="higher", margin=400.0, evidence="assumption", channels=("capacity",), costs=time_of_teams,
)  # fmt: skip

ALL_HOURS_SERVICE = Mechanism(
    id="all_hours_service", rows=(57,), name=ROW[57].name, says=ROW[57].says,
    resource=Text("工作者时间", "workers' time"), serves=Text("上班居民", "residents at work"),
    acts_as=Text("开放时间延长；占用工时", "longer opening, which takes staff hours"),
    settings=(
        Setting(name="week", default=84.0, unit="hours", low=USUAL_WEEK, high=168.0, neutral=USUAL_WEEK,
                source="A: twelve hours on seven days; report 000 says 全时段 without hours",
                says=Text("服务点每周开放时数", "Opening hours of the service point a week")),
    ),
    apply=open_longer, adds=("levers.open_hours",), metric="voiced_share", direction="higher", margin=0.002,
    evidence="assumption", channels=("coverage", "demand", "capacity"),
)  # fmt: skip

AGENCY_SERVICE = Mechanism(
    id="agency_service", rows=(58,), name=ROW[58].name, says=ROW[58].says,
    resource=Text("工作者时间", "workers' time"), serves=Text("住得远、出门难的居民", "residents who live far or cannot get out"),
    acts_as=Text("居民少跑路；每件事耗时增加", "fewer trips of residents, more hours a matter"),
    settings=(
        Setting(name="share", default=0.6, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: report 002 says 全程代理 without a share",
                says=Text("由社区代办的事项比例", "Share of matters in which the community acts for the resident")),
    ),
    apply=act_for_residents, adds=("levers.agency",), metric="voiced_share", direction="higher", margin=0.004,
    evidence="assumption", channels=("coverage", "demand", "capacity"),
)  # fmt: skip

GRIDS = (GRID_DIVISION, OFFICIALS_IN_GRIDS, SERVICE_TEAMS, ALL_HOURS_SERVICE, AGENCY_SERVICE)
