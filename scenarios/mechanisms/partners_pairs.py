"""Pairs of town and country: units of the city, offices and firms, and people who visit one another."""

from __future__ import annotations

from scenarios.arrangements import CareCell
from scenarios.district import District
from scenarios.formulas import care_cost_fen, residents_in_care
from scenarios.funding import FEN_PER_YUAN
from scenarios.mechanisms.acting import Places, villages, weakest, with_care, with_support
from scenarios.mechanisms.catalogue import REPAIR, Figure, Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.working_days import mean_left
from scenarios.text import Text

YEARLY = "元/community/year"
PAIRS, PAIRED_SHARE = 32.0, 0.15
NO_MEMBER = 0  # member class of residents in hardship who are not members


def worth_of_hours(district: District, hours: float, half_life: float) -> float:
    """What hours that halve in so many months are worth a year, 元: their mean over the plan years at the price of an hour."""
    return hours * mean_left(district, half_life) * district.rates.contract_wage


def villages_paired(district: District, pairs: float) -> Places:
    """As many villages as there are pairs, the weakest first."""
    rural = villages(district)
    return (
        weakest(district, min(round(pairs) / int(rural.sum()), 1.0), rural) if rural.any() and pairs else rural & False
    )


def pair_villages(district: District, *, pairs: float, project: float, hours: float, half_life: float) -> District:
    """Units of the city bring a project a year and an activity a month to the weakest villages; zeal fades."""
    if pairs == 0:
        return district
    return with_support(district, "district_pairs", payer="city", where=villages_paired(district, pairs),
                        yuan=project, hours=12 * hours, cost_yuan=worth_of_hours(district, 12 * hours, half_life),
                        half_life_months=half_life)  # fmt: skip


def cost_of_pairs(district: District, *, pairs: float, project: float, hours: float, half_life: float) -> float:
    """Projects of all pairs, and the hours of twelve activities each, as they dwindle."""
    each = project + worth_of_hours(district, 12 * hours, half_life)
    return float(villages_paired(district, pairs).sum()) * each


def in_district_pairs(district: District) -> Places:
    """Villages in a pair at the default number."""
    return villages_paired(district, PAIRS)


def pair_with_sponsors(district: District, *, share: float, money: float, hours: float, half_life: float) -> District:
    """Offices and firms sponsor a share of villages, the weakest first, with money and with hours that fade."""
    if share == 0:
        return district
    return with_support(district, "province_pairs", payer="society", where=weakest(district, share, villages(district)),
                        yuan=money, hours=hours, cost_yuan=worth_of_hours(district, hours, half_life),
                        half_life_months=half_life)  # fmt: skip


def cost_of_sponsors(district: District, *, share: float, money: float, hours: float, half_life: float) -> float:
    """Money and hours of all sponsors, as these dwindle."""
    if share == 0:
        return 0.0
    each = money + worth_of_hours(district, hours, half_life)
    return float(weakest(district, share, villages(district)).sum()) * each


def with_sponsor(district: District) -> Places:
    """Villages with a sponsor at the default share."""
    return weakest(district, PAIRED_SHARE, villages(district))


def visits_cell(district: District, *, pairs: float, money: float) -> CareCell:
    """Visits to residents in hardship: as many as there are pairs, no more than there are such residents."""
    most = float(residents_in_care(district)[:, NO_MEMBER].sum())
    reach = min(pairs * len(district.communities) / max(most, 1.0), 1.0)
    return CareCell(member_class=NO_MEMBER, kind="spirit", yuan=money, reach=reach, payer="society")


def pair_people(district: District, *, pairs: float, money: float, hours: float, half_life: float) -> District:
    """Cadres and members visit residents in hardship, whom that cheers; the hours they give in villages fade."""
    if pairs == 0:
        return district
    given = pairs * hours
    cheered = with_care(district, visits_cell(district, pairs=pairs, money=money))
    return with_support(cheered, "one_to_one_pairs", payer="society", where=villages(district), hours=given,
                        cost_yuan=worth_of_hours(district, given, half_life), half_life_months=half_life)  # fmt: skip


def cost_of_people(district: District, *, pairs: float, money: float, hours: float, half_life: float) -> float:
    """What those who pair spend on visits, and their hours, as these dwindle."""
    if pairs == 0:
        return 0.0
    visits = care_cost_fen(district, visits_cell(district, pairs=pairs, money=money)).sum() / FEN_PER_YUAN
    return float(visits) + float(villages(district).sum()) * worth_of_hours(district, pairs * hours, half_life)


DISTRICT_PAIRS = Mechanism(
    id="district_pairs", rows=(76,), name=ROW[76].name, says=ROW[76].says,
    resource=Text("城市单位的资金和人员", "money and people of city units"), serves=Text("薄弱村", "weak villages"),
    acts_as=Text("帮办项目、每月上门", "a project a year, visits each month"),
    settings=(
        Setting(name="pairs", default=PAIRS, low=0.0, high=1000.0, neutral=0.0, source="study report 002: 32个",
                says=Text("城乡结对数，按薄弱程度先后排", "Pairs, the weakest villages first")),
        Setting(name="project", default=20_000.0, unit=YEARLY, low=0.0, high=500_000.0,
                source="A: report 002 asks for a project or more a year, 21 in six fields, without amounts",
                says=Text("每对每年项目资金", "Money of the yearly project of a pair")),
        Setting(name="hours", default=12.0, unit="hours", low=0.0, high=100.0,
                source="A: four people for three hours; report 002 asks for an activity or more a month",
                says=Text("每次月度活动投入工时", "Hours that a monthly activity brings")),
        Setting(name="half_life", default=36.0, unit="months", low=6.0, high=120.0,
                source="A: effects of area programmes halve in 3-5 years (Park, Wang & Wu 2002; Meng 2013)",
                says=Text("帮扶工时减半时间", "Time in which the hours of a pair halve")),
    ),
    apply=pair_villages, adds=("supports",), metric="outside_hours", direction="higher", margin=200.0,
    evidence="source claim", channels=("cost", "capacity"), where=in_district_pairs, costs=cost_of_pairs,
    identity="32 pairs x 12 = 384 activities a year; 21 projects / 6 fields = 3.5",
)  # fmt: skip

PROVINCE_PAIRS = Mechanism(
    id="province_pairs", rows=(77,), name=ROW[77].name, says=ROW[77].says,
    resource=Text("机关和企业的资金、人员", "money and people of offices and firms"), serves=Text("结对村", "paired villages"),
    acts_as=Text("较大一笔项目资金，逐年减少的工时", "sizeable project money, hours that dwindle"),
    settings=(
        Setting(name="share", default=PAIRED_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 004: 11054 rural bodies, about a seventh of the province's villages (A: the share)",
                figure=Figure(report="004", raw="1202354个农村党组织", repaired="11054个农村党组织", rule=REPAIR,
                              confidence="high"),
                says=Text("结对村比例，按薄弱程度先后排", "Share of villages with a sponsor, the weakest first")),
        Setting(name="money", default=55_200.0, unit=YEARLY, low=0.0, high=1_000_000.0,
                source="study report 004: 30.5 亿元 for 11054 bodies, 27.6 万元 each, in 6210 projects of 49.1 万元; "
                       "A: over five years",
                figure=Figure(report="004", raw="共建工程622023个", repaired="共建项目6210个", rule=REPAIR, confidence="high"),
                says=Text("每个结对村每年项目资金", "Project money of a paired village a year")),
        Setting(name="hours", default=100.0, unit="hours/community/year", low=0.0, high=2000.0,
                source="A: report 004 gives money, not hours", says=Text("每个结对村首年帮扶工时",
                                                                         "Hours a paired village gets at first, a year")),
        Setting(name="half_life", default=24.0, unit="months", low=6.0, high=120.0,
                source="A: imposed pairs cool sooner than area programmes",
                says=Text("帮扶工时减半时间", "Time in which the hours of a pair halve")),
    ),
    apply=pair_with_sponsors, adds=("supports",), metric="needs_met_share", direction="higher", margin=0.05,
    evidence="source claim", channels=("cost", "capacity"), where=with_sponsor, costs=cost_of_sponsors,
    identity="801 + 8797 = 9598 sponsors; 11054 / 9598 = 1.15; 30.5 亿元 / 6210 = 49.1 万元; / 11054 = 27.6 万元, "
             "5.52 万元 a year over five",
)  # fmt: skip

ONE_TO_ONE_PAIRS = Mechanism(
    id="one_to_one_pairs", rows=(78,), name=ROW[78].name, says=ROW[78].says,
    resource=Text("干部和党员的时间、花费", "time and money of cadres and members"), serves=Text("困难居民", "residents in hardship"),
    acts_as=Text("经常上门联系", "contact"),
    settings=(
        Setting(name="pairs", default=20.6, low=0.0, high=200.0, neutral=0.0,
                source="study report 004: 17.6 + 3.9 + 1.3 = 22.8 万 pairs for 11054 bodies",
                figure=Figure(report="004", raw="1202354个农村党组织", repaired="11054个农村党组织", rule=REPAIR,
                              confidence="high"),
                says=Text("平均每个社区或村结对数", "Pairs, average per community or village")),
        Setting(name="money", default=200.0, unit="元/head/year", low=0.0, high=2000.0, source="A: two visits with a gift",
                says=Text("每对每年慰问花费", "What a pair spends on visits a year")),
        Setting(name="hours", default=6.0, unit="hours/head/year", low=0.0, high=100.0, source="A: an hour every two months",
                says=Text("村里每对首年投入工时", "Hours of a pair in a village at first, a year")),
        Setting(name="half_life", default=24.0, unit="months", low=6.0, high=120.0, source="A: zeal fades",
                says=Text("结对工时减半时间", "Time in which the hours of pairs halve")),
    ),
    apply=pair_people, adds=("care", "supports"), metric="satisfaction", direction="higher", margin=0.001,
    evidence="source claim", channels=("cost", "capacity", "quality"), costs=cost_of_people,
    identity="17.6 + 3.9 + 1.3 = 22.8 万; 22.8 万 / 11054 = 20.6 a rural body",
)  # fmt: skip

VILLAGE_PAIRS = (DISTRICT_PAIRS, PROVINCE_PAIRS, ONE_TO_ONE_PAIRS)
