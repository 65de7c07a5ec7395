"""Villages: trade associations, deliberation, weak ones run with a strong one, firms that lead."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.mechanisms.acting import Places, largest, villages, weakest, with_levers, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.money import service_money_yuan
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.tables import Reals
from scenarios.text import Text

YEARLY = "元/community/year"
ASSOCIATION_SHARE, MERGED_SHARE, LED_SHARE = 0.3, 0.2, 0.2
MERGING_RELIEF = 0.03  # A: one committee's paperwork serves two villages


def earning_more(district: District, where: Places, yuan: float) -> District:
    """Collective income raised by an amount in some villages."""
    here = district.communities
    income = here.collective_income_yuan + np.where(where, yuan, 0.0)
    return district.with_changes(communities=here.replaced(collective_income_yuan=income))


def dues_paid(district: District, dues: float) -> Reals:
    """What the households of each community would pay an association a year."""
    return np.asarray(dues * district.communities.households)


def found_associations(district: District, *, share: float, dues: float, income: float, saving: float) -> District:
    """Associations in the largest villages raise income and mediate; member households pay dues."""
    if share == 0:
        return district
    where = largest(district, share, villages(district))
    moved = with_levers(earning_more(district, where, income), where, hours_dispute=1.0 - saving)
    return with_support(moved, "trade_associations", payer="society", where=where,
                        cost_yuan=dues_paid(district, dues))  # fmt: skip


def cost_of_associations(district: District, *, share: float, dues: float, income: float, saving: float) -> float:
    """Dues of all households there, and what villages spend of their new income on service."""
    if share == 0:
        return 0.0
    where = largest(district, share, villages(district))
    spent = service_money_yuan(earning_more(district, where, income)) - service_money_yuan(district)
    return float(dues_paid(district, dues)[where].sum()) + spent


def with_association(district: District) -> Places:
    """Villages with an association at the default share."""
    return largest(district, ASSOCIATION_SHARE, villages(district))


def deliberate(district: District, *, adopted: float, gain: float, saving: float, burden: float) -> District:
    """Where affairs are open and matters talked over first, more is voiced, less is done twice, and meetings take hours."""
    if adopted == 0:
        return district
    return with_levers(district, voicing=1.0 + gain * adopted, hours_environment=1.0 - saving * adopted,
                       admin_relief=-burden * adopted)  # fmt: skip


def behind_the_best(district: District) -> Reals:
    """By how much each village's quality is behind that of the best village of its town, in sd."""
    index, quality = district.street_index, district.communities.quality
    best = np.full(len(district.streets), -np.inf)
    rural = villages(district)
    np.maximum.at(best, index[rural], quality[rural])
    return np.asarray(np.where(rural, np.maximum(best[index] - quality, 0.0), 0.0))


def walking_loss(district: District, further: float) -> float:
    """Share of voicing lost by so many more metres to the service point: in proportion, all of the loss at 2 km."""
    return district.rates.access_loss * min(further / 2000.0, 1.0)


def merge_villages(district: District, *, share: float, nearer: float, further: float, cost: float) -> District:
    """Weak villages are run with the strongest of their town: better, with less paperwork, and further away."""
    if share == 0:
        return district
    where = weakest(district, share, villages(district))
    moved = with_levers(district, where, effort=nearer * behind_the_best(district), admin_relief=MERGING_RELIEF,
                        voicing=1.0 - walking_loss(district, further))  # fmt: skip
    return with_support(moved, "strong_with_weak", where=where, cost_yuan=cost)


def cost_of_merged(district: District, *, share: float, nearer: float, further: float, cost: float) -> float:
    """The change in all villages that are merged."""
    return float(weakest(district, share, villages(district)).sum()) * cost if share else 0.0


def merged(district: District) -> Places:
    """Villages run with a strong one at the default share."""
    return weakest(district, MERGED_SHARE, villages(district))


def villages_led(district: District, share: float) -> Places:
    """The share of villages in which most firms stand, the larger first where as many do."""
    here, units, rural = district.communities, district.units, villages(district)
    firms = [code for code, kind in zip(units.community_code, units.kind, strict=True) if kind == "enterprise"]
    rows = sorted(np.flatnonzero(rural).tolist(),
                  key=lambda row: (-firms.count(here.code[row]), -here.population[row], here.code[row]))  # fmt: skip
    return np.isin(np.arange(len(here)), rows[: int(np.ceil(share * len(rows)))])


def lead_villages(district: District, *, share: float, income: float, money: float) -> District:
    """Firms raise the income of villages and pay for service in them."""
    if share == 0:
        return district
    where = villages_led(district, share)
    return with_support(
        earning_more(district, where, income), "leading_firms", payer="society", where=where, yuan=money
    )


def cost_of_leading(district: District, *, share: float, income: float, money: float) -> float:
    """What firms pay, and what villages spend of their new income on service."""
    led = lead_villages(district, share=share, income=income, money=money)
    return service_money_yuan(led) - service_money_yuan(district)


def led_by_firm(district: District) -> Places:
    """Villages led by a firm at the default share."""
    return villages_led(district, LED_SHARE)


TRADE_ASSOCIATIONS = Mechanism(
    id="trade_associations", rows=(74,), name=ROW[74].name, says=ROW[74].says,
    resource=Text("会员会费", "members' dues"), serves=Text("有协会的村", "villages with an association"),
    acts_as=Text("增收与调解", "income and mediation"),
    settings=(
        Setting(name="share", default=ASSOCIATION_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: report 003 gives no number; three villages in ten, the largest first",
                says=Text("有专业协会的村比例", "Share of villages with an association")),
        Setting(name="dues", default=20.0, unit="元/household/year", low=0.0, high=500.0, source="A: a token sum",
                says=Text("每户年会费", "Dues of a household a year")),
        Setting(name="income", default=5_000.0, unit=YEARLY, low=0.0, high=200_000.0,
                source="A: a fifth of a village's mean collective income",
                says=Text("集体年增收", "Rise of a village's collective income")),
        Setting(name="saving", default=0.1, unit="share", low=0.0, high=0.4, source="A: trades settle their own quarrels",
                says=Text("矛盾调解每件节省的工时比例", "Share of the hours of a dispute that is saved")),
    ),
    apply=found_associations, adds=("communities.collective_income_yuan", "levers.hours_dispute", "supports"),
    metric="utilisation", direction="lower", margin=0.002, evidence="assumption", channels=("cost", "capacity"),
    where=with_association, costs=cost_of_associations,
)  # fmt: skip

OPEN_DELIBERATION = Mechanism(
    id="open_deliberation", rows=(75,), name=ROW[75].name, says=ROW[75].says,
    resource=Text("议事时间", "meeting time"), serves=Text("居民和村民", "residents"),
    acts_as=Text("商量在先、少返工；诉求增多", "better choice of projects; more is voiced"),
    settings=(
        Setting(name="adopted", default=1.0, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: report 003 gives no size; the card is used for all affairs",
                says=Text("实行议事公开的事务比例", "Share of affairs that are deliberated and open")),
        Setting(name="gain", default=0.05, unit="share", low=0.0, high=0.3, source="A: a card is easier than a visit",
                says=Text("诉求表达增幅", "Rise in voicing")),
        Setting(name="saving", default=0.08, unit="share", low=0.0, high=0.3,
                source="A: upkeep agreed beforehand is not done twice",
                says=Text("环境设施每件节省的工时比例", "Share of the hours of upkeep that is saved")),
        Setting(name="burden", default=0.003, unit="share", low=0.0, high=0.05, source="A: half a day a year for each worker",
                says=Text("议事占用的行政工时比例", "Share of administrative hours that meetings take")),
    ),
    apply=deliberate, adds=("levers.voicing", "levers.hours_environment", "levers.admin_relief"), metric="voiced_share",
    direction="higher", margin=0.003, evidence="assumption", channels=("demand", "capacity"),
)  # fmt: skip

STRONG_WITH_WEAK = Mechanism(
    id="strong_with_weak", rows=(79,), name=ROW[79].name, says=ROW[79].says,
    resource=Text("强村的班子", "the committee of a strong village"), serves=Text("弱村", "weak villages"),
    acts_as=Text("质量靠拢、单位减少、路程变远", "quality nearer to the best, fewer units, a longer walk"),
    settings=(
        Setting(name="share", default=MERGED_SHARE, unit="share", low=0.0, high=0.5, neutral=0.0,
                source="A: report 004 gives no number; a fifth of villages, the weakest first",
                says=Text("由强村带动的弱村比例", "Share of villages run with a strong one")),
        Setting(name="nearer", default=0.1, unit="share", low=0.0, high=0.8, source="A: a tenth of the way, .33 sd in Huancui",
                says=Text("与本镇最好村差距缩小的比例", "Share of what a village is behind the best of its town that is made up")),
        Setting(name="further", default=500.0, low=0.0, high=5000.0, source="A: half the way to the next village",
                says=Text("服务点增加的路程（米）", "Metres by which the service point is further away")),
        Setting(name="cost", default=20_000.0, unit=YEARLY, low=0.0, high=500_000.0, source="A: merging accounts and rooms",
                says=Text("每个弱村年整合费用", "Yearly cost of the change for a weak village")),
    ),
    apply=merge_villages, adds=("levers.effort", "levers.admin_relief", "levers.voicing", "supports"),
    metric="quality", direction="higher", margin=0.03, evidence="assumption", channels=("cost", "quality", "coverage"),
    where=merged, costs=cost_of_merged,
)  # fmt: skip

LEADING_FIRMS = Mechanism(
    id="leading_firms", rows=(80,), name=ROW[80].name, says=ROW[80].says,
    resource=Text("企业资金", "firms' money"), serves=Text("企业带动的村", "villages that a firm leads"),
    acts_as=Text("集体增收、出资办服务", "income, and money for service"),
    settings=(
        Setting(name="share", default=LED_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: report 004 gives no number; a fifth of villages, where most firms stand first",
                says=Text("有企业带动的村比例", "Share of villages led by a firm")),
        Setting(name="income", default=20_000.0, unit=YEARLY, low=0.0, high=500_000.0, source="A: rent and shares",
                says=Text("集体年增收", "Rise of a village's collective income")),
        Setting(name="money", default=10_000.0, unit=YEARLY, low=0.0, high=500_000.0, source="A: a small yearly gift",
                says=Text("企业每年出资办服务的金额", "What a firm pays for service in a village a year")),
    ),
    apply=lead_villages, adds=("communities.collective_income_yuan", "supports"), metric="needs_met_share",
    direction="higher", margin=0.01, evidence="assumption", channels=("cost", "capacity"), where=led_by_firm,
    costs=cost_of_leading,
)  # fmt: skip

RURAL_PARTNERS = (TRADE_ASSOCIATIONS, OPEN_DELIBERATION, STRONG_WITH_WEAK, LEADING_FIRMS)
