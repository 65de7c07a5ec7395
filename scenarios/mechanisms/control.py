"""The control loop: screening, inspection, accountability, priorities and pledges."""

from __future__ import annotations

from math import ceil

from scenarios.arrangements import Rectification
from scenarios.district import District
from scenarios.mechanisms.acting import Places, weakest, with_levers, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.time_taken import paperwork
from scenarios.mechanisms.working_days import pay_of_days
from scenarios.text import Text

CALLED = 0.2  # share of communities called to account


def screen_yearly(district: District, *, share: float, effort: float, cost: float) -> District:
    """The weakest share of each year is lifted through the next; every place is as likely to be among it when costs are told."""
    if share == 0 or effort == 0:
        return district
    screened = district.with_changes(rectification=Rectification(share=share, effort=effort))
    each = flagged(district, share) * cost / len(district.communities)
    return with_support(screened, "rectification", cost_yuan=each)


def flagged(district: District, share: float) -> int:
    """Communities that the screening flags in a year."""
    return ceil(share * len(district.communities))


def rectification_cost(district: District, *, share: float, effort: float, cost: float) -> float:
    """Flagged communities x cost of one."""
    return flagged(district, share) * cost if effort else 0.0


def inspect(district: District, *, inspections: float, days: float) -> District:
    """So many inspections a year, whatever there were; the district pays inspectors for those that are added."""
    if inspections == 0:
        return district
    brought = district.with_changes(rates=district.rates.with_values(inspections=inspections))
    return with_support(brought, "inspection_rounds", cost_yuan=inspectors_yuan(district, inspections, days))


def inspectors_yuan(district: District, inspections: float, days: float) -> float:
    """Inspectors' days at one community a year, 元, for inspections added; those given up save nothing that is counted."""
    return pay_of_days(district, days * max(inspections - district.rates.inspections, 0.0))


def cost_of_inspectors(district: District, *, inspections: float, days: float) -> float:
    """Inspectors' days at all communities."""
    return len(district.communities) * inspectors_yuan(district, inspections, days)


def call_to_account(district: District, *, share: float, effort: float, talked_down: float, records: float) -> District:
    """Those who lag try harder, keep records of it, and talk some matters down."""
    if share == 0:
        return district
    return with_levers(district, weakest(district, share), effort=effort, voicing=1.0 - talked_down,
                       admin_relief=paperwork(district, records))  # fmt: skip


def called(district: District) -> Places:
    """Those called to account at the default share."""
    return weakest(district, CALLED)


def drive_priority(district: District, *, field: str, push: float, saved: float, cost: float) -> District:
    """Matters of the chosen field take fewer hours, and quality rises everywhere for a while."""
    if field == "none":
        return district
    environment, safety = (1.0 - saved if field == name else 1.0 for name in ("environment", "safety"))
    driven = with_levers(district, campaign=push, hours_environment=environment, hours_safety=safety)
    return with_support(driven, "secretary_projects", cost_yuan=cost)


def project_cost(district: District, *, field: str, push: float, saved: float, cost: float) -> float:
    """Communities x what the project spends in each."""
    return 0.0 if field == "none" else len(district.communities) * cost


def weigh_in_appraisal(district: District, *, weight: float, effort: float, contact: float, papers: float) -> District:
    """Effort, visits and papers grow with the weight; each setting says how much at full weight."""
    if weight == 0:
        return district
    return with_levers(district, effort=weight * effort, contact_shift=weight * contact,
                       admin_relief=paperwork(district, weight * papers))  # fmt: skip


def pledge_and_learn(district: District, *, months: float, days: float, effort: float) -> District:
    """A learning day in so many months, and pledges kept up as long."""
    return with_levers(district, training_days=months * days, effort=effort * months / 12.0)


SCREENING = Mechanism(
    id="yearly_rectification", rows=(81,), name=ROW[81].name, says=ROW[81].says,
    resource=Text("区级整顿力量", "the district's effort"), serves=Text("排查出的薄弱社区", "flagged communities"),
    acts_as=Text("次年服务质量", "quality through the next year"),
    settings=(
        Setting(name="share", default=0.1, unit="share", low=0.0, high=0.5, neutral=0.0,
                source="A: the worst tenth; study report 001 gives no figure",
                says=Text("每年列为整顿对象的社区比例", "Share of communities flagged each year")),
        Setting(name="effort", default=0.5, low=0.0, high=2.0, neutral=0.0,
                source="A: less than a first secretary, .8 sd at full fit",
                says=Text("整顿期间服务质量提高的标准差数", "Quality gained while rectified, in sd")),
        Setting(name="cost", default=50_000.0, unit="元/community/year", low=0.0, high=500_000.0,
                source="A: half of a posted official's yearly cost of 10 万元",
                says=Text("每个整顿社区的年投入", "Cost of each community rectified")),
    ),
    apply=screen_yearly, sets=("rectification.share", "rectification.effort"), adds=("supports",),
    metric="quality", direction="higher", margin=0.02, evidence="assumption", channels=("cost", "quality"),
    costs=rectification_cost,
)  # fmt: skip

INSPECTION = Mechanism(
    id="inspection_rounds", rows=(82,), name=ROW[82].name, says=ROW[82].says,
    resource=Text("督查力量与社区工时", "inspectors' and communities' time"), serves=Text("社区", "communities"),
    acts_as=Text("服务质量，先升后降；占用工时", "quality, an inverted U; hours taken"),
    settings=(
        Setting(name="inspections", default=4.0, low=0.0, high=24.0, neutral=0.0,
                source="A: best at about 4 a year, as there are now; Zheng, Ye & Bai 2023: too many undo the gain",
                says=Text("每年检查次数，0为维持现状", "Inspections a year, 0 for as many as there are")),
        Setting(name="days", default=2.0, unit="days", low=0.0, high=20.0, source="A: two people for a day",
                says=Text("每次检查每个社区投入的督查人天数", "Inspectors' days at a community for one inspection")),
    ),
    apply=inspect, sets=("rates.inspections",), adds=("supports",), metric="quality", direction="higher", margin=0.035,
    evidence="field study", channels=("cost", "quality", "capacity"), costs=cost_of_inspectors,
    identity="an inspection added = 2 days x 7 hours x 70 元 = 980 元 a community",
)  # fmt: skip

ACCOUNTABILITY = Mechanism(
    id="accountability_interviews", rows=(83,), name=ROW[83].name, says=ROW[83].says,
    resource=Text("上级问责", "accountability to higher tiers"), serves=Text("工作落后的社区", "communities that lag"),
    acts_as=Text("服务质量；劝下不报；备查工时", "quality; matters talked down; hours on records"),
    settings=(
        Setting(name="share", default=CALLED, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: the weakest fifth; study reports 000 and 001 give no figure",
                says=Text("被约谈社区的比例，从服务质量最弱的算起", "Share of communities called to account, the weakest first")),
        Setting(name="effort", default=0.15, low=0.0, high=0.5, source="A: half of what inspection gains at its best",
                says=Text("约谈带来的质量提高，标准差数", "Quality gained by those called, in sd")),
        Setting(name="talked_down", default=0.03, unit="share", low=0.0, high=0.3,
                source="A: size; blame makes for talking down",
                says=Text("被劝下不报的事项比例", "Share of matters talked down")),
        Setting(name="records", default=1.0, unit="days/head/year", low=0.0, high=10.0, source="A: a day of each worker",
                says=Text("每名工作者每年用于备查材料的天数", "Days a year each worker spends on records")),
    ),
    apply=call_to_account, adds=("levers.effort", "levers.voicing", "levers.admin_relief"), where=called,
    metric="quality", direction="higher", margin=0.04, evidence="assumption", channels=("quality", "demand", "capacity"),
)  # fmt: skip

SECRETARY_PROJECTS = Mechanism(
    id="secretary_projects", rows=(84,), name=ROW[84].name, says=ROW[84].says,
    resource=Text("书记精力与区级项目经费", "the secretary's attention, district money"), serves=Text("居民", "residents"),
    acts_as=Text("所选领域办事工时；一时的质量提高", "hours per matter in the chosen field; quality for a while"),
    settings=(
        Setting(name="field", default="environment", choices=("none", "environment", "safety"), neutral="none",
                source="study report 004: “县委书记工程”36个, one priority a county; A: which field",
                says=Text("当年主抓的领域：none不设、environment环境设施、safety安全隐患",
                          "Field driven: none, environment and upkeep, or safety hazards")),
        Setting(name="push", default=0.3, low=0.0, high=1.0,
                source="A: size; gains of campaigns fade (Li et al. 2025; Dong et al. 2024)",
                says=Text("起始时质量提高的标准差数，随后减退", "Quality gained at the start, in sd; it fades")),
        Setting(name="saved", default=0.05, unit="share", low=0.0, high=0.4, source="A: modest",
                says=Text("所选领域每件事项节省的工时比例", "Share of the hours of a matter saved in that field")),
        Setting(name="cost", default=5_000.0, unit="元/community/year", low=0.0, high=200_000.0,
                source="A: 109 万元 a year for 218 communities",
                says=Text("平均每个社区每年项目经费", "Cost of the project a year, average per community")),
    ),
    apply=drive_priority, adds=("levers.campaign", "levers.hours_environment", "levers.hours_safety", "supports"),
    metric="quality", direction="higher", margin=0.04, evidence="assumption", channels=("cost", "quality", "capacity"),
    costs=project_cost,
)  # fmt: skip

APPRAISAL = Mechanism(
    id="appraisal_weight", rows=(85,), name=ROW[85].name, says=ROW[85].says,
    resource=Text("考核导向与社区工时", "incentives of appraisal, working time"), serves=Text("居民", "residents"),
    acts_as=Text("服务质量；办理工时转为走访", "quality; hours moved from settling to visiting"),
    settings=(
        Setting(name="weight", default=0.2, unit="share", low=0.0, high=0.6, neutral=0.0,
                source="A: study reports 002 and 004 give no figure",
                says=Text("基层工作占考核分值的增量", "Share of appraisal points added for neighbourhood work")),
        Setting(name="effort", default=0.8, low=0.0, high=2.0, source="A: .16 sd at the default weight",
                says=Text("全部分值时质量提高的标准差数，按权重折算", "Quality gained at full weight, in sd; in proportion below")),
        Setting(name="contact", default=0.15, unit="share", low=0.0, high=0.5, source="A: 3 points at the default weight",
                says=Text("全部分值时走访工时占比增量，按权重折算",
                          "Added share of hours spent on contact at full weight; in proportion below")),
        Setting(name="papers", default=5.0, unit="days/head/year", low=0.0, high=40.0,
                source="A: a day of each worker at the default weight",
                says=Text("全部分值时每人每年用于考核材料的天数，按权重折算",
                          "Days a year each worker spends on appraisal papers at full weight; in proportion below")),
    ),
    apply=weigh_in_appraisal, adds=("levers.effort", "levers.contact_shift", "levers.admin_relief"),
    metric="quality", direction="higher", margin=0.05, evidence="assumption", channels=("quality", "capacity", "demand"),
)  # fmt: skip

PLEDGES = Mechanism(
    id="pledges_and_learning", rows=(86,), name=ROW[86].name, says=ROW[86].says,
    resource=Text("党员与工作者的时间", "time of members and workers"), serves=Text("社区", "communities"),
    acts_as=Text("小幅提高质量；占用工时", "a little quality; hours taken"),
    settings=(
        Setting(name="months", default=12.0, unit="months", low=0.0, high=12.0, neutral=0.0,
                source="A: a learning day every month; study report 003 gives no figure",
                says=Text("一年中开展学习日的月数", "Months of the year that have a learning day")),
        Setting(name="days", default=0.125, unit="days", low=0.0, high=1.0, source="A: an hour that concerns the work",
                says=Text("每次学习占用天数", "Working time of one learning day")),
        Setting(name="effort", default=0.03, low=0.0, high=0.3, source="A: a pledge alone does little",
                says=Text("全年践诺带来的质量提高，标准差数", "Quality gained by pledges kept all year, in sd")),
    ),
    apply=pledge_and_learn, adds=("levers.effort", "levers.training_days"), metric="quality", direction="higher",
    margin=0.03, evidence="assumption", channels=("quality", "capacity"),
)  # fmt: skip

CONTROL: tuple[Mechanism, ...] = (SCREENING, INSPECTION, ACCOUNTABILITY, SECRETARY_PROJECTS, APPRAISAL, PLEDGES)
