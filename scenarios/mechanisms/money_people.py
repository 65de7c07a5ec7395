"""Money for people who serve villages, and prizes for those who do best."""

from __future__ import annotations

from scenarios.district import District
from scenarios.mechanisms.acting import Places, middle, villages, weakest, with_levers, with_support, with_units
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.working_days import HOURS_A_DAY, pay_of_days
from scenarios.text import Text

STATIONED = 0.3  # A: share of villages, the weakest in service, that have a stationed cadre
CONTENDERS = 0.4  # A: share of communities, in the middle of the field, that contend: the best have little left to gain


def insure_cadres(district: District, *, insured: float, cadres: float, premium: float, stay: float) -> District:
    """Insured village cadres leave less often; the district pays the premiums."""
    paid = with_support(district, "cadre_insurance", where=villages(district), cost_yuan=insured * cadres * premium)
    return with_levers(paid, villages(district), turnover_cut=stay * insured)


def premiums(district: District, *, insured: float, cadres: float, premium: float, stay: float) -> float:
    """A premium for every insured cadre of every village."""
    return insured * cadres * premium * float(villages(district).sum())


def stationed(district: District) -> Places:
    """Villages with a stationed cadre: the weakest in service."""
    return weakest(district, STATIONED, among=villages(district))


def cost_of_stay(district: District, days: float, rate: float) -> float:
    """Subsidy and pay of one cadre for the added days, 元 a year."""
    return days * rate + pay_of_days(district, days)


def subsidise_stays(district: District, *, days: float, rate: float, useful: float) -> District:
    """Stationed cadres stay more days; the district pays the subsidy and goes without their work elsewhere."""
    return with_support(
        district, "stationed_cadres", where=stationed(district),
        hours=days * HOURS_A_DAY * useful, cost_yuan=cost_of_stay(district, days, rate),
    )  # fmt: skip


def stays(district: District, *, days: float, rate: float, useful: float) -> float:
    """Days times the rate and the cadres' pay, in every village that has one."""
    return cost_of_stay(district, days, rate) * float(stationed(district).sum())


def contenders(district: District) -> Places:
    """Communities that contend for a prize: the middle of the field in service."""
    return middle(district, CONTENDERS)


def award(district: District, *, prizes: float, value: float, effort: float, cooperation: float) -> District:
    """Contending communities try harder and winning units cooperate more."""
    if prizes == 0:
        return district
    places = contenders(district)
    tried = with_levers(district, places, effort=effort)
    paid = with_support(tried, "awards", where=places, cost_yuan=prizes * value / max(float(places.sum()), 1.0))
    return with_units(paid, cooperation=cooperation)


def prize_money(district: District, *, prizes: float, value: float, effort: float, cooperation: float) -> float:
    """Prizes times their value, where anyone contends."""
    return prizes * value * bool(contenders(district).any())


CADRE_INSURANCE = Mechanism(
    id="cadre_insurance", rows=(14,), name=ROW[14].name, says=ROW[14].says,
    resource=Text("区级预算", "district budget"), serves=Text("村干部", "village cadres"),
    acts_as=Text("减少人员流动", "lower turnover"),
    settings=(
        Setting(name="insured", default=1.0, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: all of them; study report 003 gives no figure",
                says=Text("参保比例", "Share of cadres insured")),
        Setting(name="cadres", default=4.0, low=1.0, high=10.0, source="A: committees of three to seven",
                says=Text("每村干部人数", "Cadres of a village")),
        Setting(name="premium", default=3_000.0, unit="元/head/year", low=500.0, high=15_000.0,
                source="A: a middle grade of residents' pension insurance",
                says=Text("每人每年保费补助", "Premium for each in a year")),
        Setting(name="stay", default=0.3, unit="share", low=0.0, high=0.8, source="A: pay is one reason of several to go",
                says=Text("全员参保减少的流动比例", "Share of turnover avoided if all are insured")),
    ),
    apply=insure_cadres, adds=("levers.turnover_cut", "supports"), metric="service_hours", direction="higher",
    margin=20.0, evidence="assumption", channels=("cost", "capacity"), where=villages, costs=premiums,
    identity="villages x cadres x premium",
)  # fmt: skip

STATIONED_CADRES = Mechanism(
    id="stationed_cadres", rows=(15,), name=ROW[15].name, says=ROW[15].says,
    resource=Text("驻村补贴与干部时间", "subsidy and the cadres' time"),
    serves=Text("有驻村干部的村", "villages with a stationed cadre"), acts_as=Text("外来工时", "hours from outside"),
    settings=(
        Setting(name="days", default=60.0, unit="days/year", low=0.0, high=200.0, neutral=0.0,
                source="A: five days a month; study report 003 gives no figure (不够规范、不统一)",
                says=Text("每名干部每年增加的驻村天数", "Days a year that a cadre stays longer")),
        Setting(name="rate", default=80.0, unit="元", low=0.0, high=500.0, source="A: a day's board and travel",
                says=Text("每天补贴", "Subsidy for a day")),
        Setting(name="useful", default=0.7, unit="share", low=0.0, high=1.0, source="A: the rest goes into travel and reports",
                says=Text("驻村时间中服务村民的比例", "Share of the stay that serves residents")),
    ),
    apply=subsidise_stays, adds=("supports",), metric="outside_hours", direction="higher", margin=200.0,
    evidence="assumption", channels=("cost", "capacity"), where=stationed, costs=stays,
    identity="days x rate: 60 x 80 = 4800 元 a village, beside the cadre's pay",
)  # fmt: skip

INNOVATION_AWARDS = Mechanism(
    id="innovation_awards", rows=(16,), name=ROW[16].name, says=ROW[16].says,
    resource=Text("奖励资金", "prize money"), serves=Text("争先社区与共建单位", "contending communities and paired units"),
    acts_as=Text("争先带来的质量；单位合作", "quality through contest; cooperation of units"),
    settings=(
        Setting(name="prizes", default=20.0, low=0.0, high=200.0, neutral=0.0,
                source="study report 002: 十大双赢项目, 十佳共建对子",
                says=Text("每年奖项数", "Prizes a year")),
        Setting(name="value", default=10_000.0, unit="元", low=1_000.0, high=200_000.0,
                source="A: study report 002 says only 重奖", says=Text("每项奖额", "Value of a prize")),
        Setting(name="effort", default=0.1, low=0.0, high=0.5, source="A: sd of quality, half of what a mild campaign does",
                says=Text("争先社区服务质量的提升（标准差）", "Quality that contending communities gain, in sd")),
        Setting(name="cooperation", default=0.03, unit="share", low=0.0, high=0.3,
                source="A: ten pairs among some 400 units", says=Text("驻区单位合作度缺口的弥补比例",
                                                                    "Share of missing cooperation that is won")),
    ),
    apply=award, adds=("levers.effort", "units.cooperation", "supports"), metric="quality", direction="higher",
    margin=0.03, evidence="assumption", channels=("cost", "quality"), where=contenders, costs=prize_money,
    identity="prizes x value: 20 x 1 万元 = 20 万元 a year",
)  # fmt: skip

MONEY_PEOPLE = (CADRE_INSURANCE, STATIONED_CADRES, INNOVATION_AWARDS)
