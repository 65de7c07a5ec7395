"""Money: when it comes, who pools and transfers it, and what prevents or earns it."""

from __future__ import annotations

from typing import cast

import numpy as np

from scenarios.arrangements import Payer
from scenarios.district import District
from scenarios.mechanisms.acting import Places, spread, urban, villages, weakest, with_levers, with_support
from scenarios.mechanisms.catalogue import REPAIR, Figure, Mechanism, Setting
from scenarios.mechanisms.money import service_money_yuan
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.tables import Reals
from scenarios.text import Text

YEARLY = "元/community/year"
SHELLS = 0.5  # share of villages without income of their own worth the name; A


def pay_in_time(district: District, *, in_time: float) -> District:
    """Tranches arrive earlier by a share of the present delay, which counts in whole months."""
    delay = district.rates.payment_delay * (1.0 - in_time)
    return district.with_changes(rates=district.rates.with_values(payment_delay=delay))


def pool_money(district: District, *, earmarked: float, pooled: float, relief: float) -> District:
    """A share of earmarked money joins service money, and reports on it are no longer written."""
    given = with_support(district, "pooled_money", yuan=earmarked * pooled)
    return with_levers(given, admin_relief=relief * pooled)


def money_pooled(district: District, *, earmarked: float, pooled: float, relief: float) -> float:
    """What departments put into the pool; the saved hours cost nobody anything."""
    return earmarked * pooled * len(district.communities)


def among_urban(district: District, per_street: float) -> Reals:
    """So much for an average street, more where more live in urban communities: the total divided among these by residents."""
    where = urban(district)
    people = district.communities.population * where
    streets = len(set(district.street_index[where].tolist()))
    return np.asarray(per_street * streets * people / max(int(people.sum()), 1))


def fund_streets(district: District, *, staff: float, back: float, revenue_loss: float) -> District:
    """Staff who attracted investment return to residents, the district pays them, and streets earn less."""
    if staff == 0:
        return district
    hours = among_urban(district, staff * back * district.rates.hours_per_post)
    upkeep = among_urban(district, staff * district.rates.post_cost)
    earned = district.streets.own_revenue_yuan * (1.0 - revenue_loss)
    paid = with_support(district, "street_upkeep", hours=hours, cost_yuan=upkeep)
    return paid.with_changes(streets=district.streets.replaced(own_revenue_yuan=earned))


def street_upkeep(district: District, *, staff: float, back: float, revenue_loss: float) -> float:
    """Pay of the staff, less the own money that streets can no longer spend."""
    after = fund_streets(district, staff=staff, back=back, revenue_loss=revenue_loss)
    own = service_money_yuan(after) - service_money_yuan(district)
    return float(among_urban(district, staff * district.rates.post_cost).sum()) + own


def transfer_to_villages(district: District, *, amount: float, payer: str) -> District:
    """A higher tier adds money to the service money of every village."""
    return with_support(district, "village_transfers", payer=cast(Payer, payer), where=villages(district), yuan=amount)


def transfers(district: District, *, amount: float, payer: str) -> float:
    """The amount for every village."""
    return amount * float(villages(district).sum())


def put_aside(district: District, *, petition_cost: float, years: float, share: float) -> Reals:
    """Money added in each community: a share of what petitions cost in a year, by residents."""
    return np.asarray(share * petition_cost / years * district.communities.population)


def prevent_or_pay(district: District, *, petition_cost: float, years: float, share: float) -> District:
    """The district adds service money, of which the plan may prevent; it pays for petitions besides until fewer escalate."""
    money = put_aside(district, petition_cost=petition_cost, years=years, share=share)
    return with_support(district, "prevent_or_pay", yuan=money)


def money_put_aside(district: District, *, petition_cost: float, years: float, share: float) -> float:
    """What is put aside; what remedies cost less later is not counted against it."""
    return float(put_aside(district, petition_cost=petition_cost, years=years, share=share).sum())


def shells(district: District) -> Places:
    """Villages taken to be empty shells: the half with the weakest service."""
    return weakest(district, SHELLS, among=villages(district))


def help_to_earn(district: District, *, increase: float, effort: float) -> District:
    """Empty-shell villages earn more each year, and the district pays what helps them to."""
    here, income = district.communities, spread(district, increase, shells(district))
    helped = with_support(district, "shell_villages", where=shells(district), cost_yuan=effort * increase)
    return helped.with_changes(communities=here.replaced(collective_income_yuan=here.collective_income_yuan + income))


def help_and_own_money(district: District, *, increase: float, effort: float) -> float:
    """What the help costs, and the own money that villages spend more."""
    after = help_to_earn(district, increase=increase, effort=effort)
    own = service_money_yuan(after) - service_money_yuan(district)
    return effort * increase * float(shells(district).sum()) + own


BUDGET_LINE = Mechanism(
    id="budget_line", rows=(5,), name=ROW[5].name, says=ROW[5].says,
    resource=Text("年度预算安排", "a line in the yearly budget"), serves=Text("社区", "communities"),
    acts_as=Text("到账时间提前，总额不变", "money in time, the same in all"),
    settings=(
        Setting(name="in_time", default=1.0, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 000: 全部列入财政预算; A: all of the delay is avoided",
                says=Text("消除的拨款延迟比例（延迟按整月取整）",
                          "Share of the present delay of payments that is avoided; delays are whole months")),
    ),
    apply=pay_in_time, sets=("rates.payment_delay",), metric="needs_met_share", direction="higher", margin=0.005,
    evidence="source claim", channels=("delay",), identity="in_time = 1: no delay and no variance of arrivals",
)  # fmt: skip

POOLED_MONEY = Mechanism(
    id="pooled_money", rows=(6,), name=ROW[6].name, says=ROW[6].says,
    resource=Text("部门专项资金", "earmarked money of departments"), serves=Text("社区", "communities"),
    acts_as=Text("可按需使用的资金；减少填报工时", "money used by need; hours of reporting saved"),
    settings=(
        Setting(name="earmarked", default=60_000.0, unit=YEARLY, low=0.0, high=500_000.0,
                source="A: study report 001 masks the sum (各不少于XX万元); three departments of 2 万元",
                says=Text("平均每个社区的部门专项资金", "Earmarked money a year, average per community")),
        Setting(name="pooled", default=0.5, unit="share", low=0.0, high=1.0, neutral=0.0, source="A: half of it",
                says=Text("整合使用的比例", "Share of it that is pooled")),
        Setting(name="relief", default=0.03, unit="share", low=0.0, high=0.1, source="A: relief of 1 to 5 %",
                says=Text("全部整合时减少的行政工时比例", "Share of administrative hours freed if all is pooled")),
    ),
    apply=pool_money, adds=("supports", "levers.admin_relief"), metric="service_money", direction="higher",
    margin=10.0, evidence="assumption", channels=("cost", "capacity"), costs=money_pooled,
    identity="pooled + earmarked = total: 3 + 3 = 6 万元 a community",
)  # fmt: skip

STREET_UPKEEP = Mechanism(
    id="street_upkeep", rows=(7,), name=ROW[7].name, says=ROW[7].says,
    resource=Text("区财政与街道骨干", "district budget and staff of streets"),
    serves=Text("城市社区居民", "residents of urban communities"),
    acts_as=Text("骨干回归服务；街道自有收入下降；区级支出增加",
                 "staff back in service; less own revenue of streets; cost to the district"),
    settings=(
        Setting(name="staff", default=5.0, low=0.0, high=50.0, neutral=0.0,
                source="A: study report 001 masks the number (XX多名街道骨干回归)",
                says=Text("平均每个街道原从事招商的人数，按城市居民数分", "Staff of an average street who attracted investment, by urban residents")),
        Setting(name="back", default=0.5, unit="share", low=0.0, high=1.0, source="A: half their hours reach residents",
                says=Text("回到服务居民的工时比例", "Share of their hours that comes back to residents")),
        Setting(name="revenue_loss", default=0.15, unit="share", low=0.0, high=1.0,
                source="A: part of own revenue rests on investment; 取消街道招商引资职能",
                says=Text("街道自有收入减少比例", "Share of the streets' own revenue that is lost")),
    ),
    apply=fund_streets, adds=("supports", "streets.own_revenue_yuan"), metric="outside_hours", direction="higher",
    margin=1400.0, evidence="assumption", channels=("cost", "capacity"), where=urban, costs=street_upkeep,
    identity="hours freed = staff x share x hours of a post: 5 x 0.5 x 1750 = 4375 hours an average street",
)  # fmt: skip

VILLAGE_TRANSFERS = Mechanism(
    id="village_transfers", rows=(8,), name=ROW[8].name, says=ROW[8].says,
    resource=Text("县以上财政", "budgets of county and above"), serves=Text("村民", "villagers"),
    acts_as=Text("村级经常性资金", "recurrent money of villages"),
    settings=(
        Setting(name="amount", default=20_000.0, unit=YEARLY, low=0.0, high=300_000.0, neutral=0.0,
                source="study report 004: 每年转移支付补助村级的投入都在15亿元以上; A: 7.5 万 villages of the province",
                says=Text("每个村每年补助", "Transfer to a village in a year")),
        Setting(name="payer", default="province", choices=("province", "city", "district"),
                source="study report 004: county and above",
                says=Text("出资层级", "Tier that pays")),
    ),
    apply=transfer_to_villages, adds=("supports",), metric="service_money", direction="higher", margin=4.0,
    evidence="source claim", channels=("cost",), where=villages, costs=transfers,
    identity="15 亿元 / 7.5 万 villages = 2 万元 a village",
)  # fmt: skip

PREVENT_OR_PAY = Mechanism(
    id="prevent_or_pay", rows=(12,), name=ROW[12].name, says=ROW[12].says,
    resource=Text("区级信访处置支出", "what the district spends on petitions"), serves=Text("居民", "residents"),
    acts_as=Text("服务资金，由规划用于预防或办事；上交事项和处置成本随后下降",
                 "service money, which the plan spends on prevention or matters; fewer escalate later and remedies cost less"),
    settings=(
        Setting(name="petition_cost", default=69.0, unit="元", low=1.0, high=1000.0,
                source="study report 000: 10 亿元 for 1,450 万 urban residents, 69 元 a head in all",
                figure=Figure(report="000", raw="解决信访问题就投入了2023多亿元",
                              repaired="解决信访问题就投入了10多亿元", rule=REPAIR, confidence="high"),
                says=Text("人均信访处置支出累计", "Spent on petitions per head, over the years")),
        Setting(name="years", default=4.0, unit="years", low=1.0, high=10.0,
                source="A: four years, as 10 亿元 are four times the yearly work fund of 2.5 亿元",
                says=Text("累计的年数", "Years over which it was spent")),
        Setting(name="share", default=0.5, unit="share", low=0.0, high=1.0, neutral=0.0, source="A: half as much",
                says=Text("追加服务资金占年处置支出的比例", "Service money added, as a share of a year's spending on petitions")),
    ),
    apply=prevent_or_pay, adds=("supports",), metric="prevented_share", direction="higher", margin=0.001,
    evidence="assumption", channels=("cost", "demand"), costs=money_put_aside,
    identity="10 亿元 / 1450 万 = 69 元 a head; 10 亿元 / 2.5 亿元 = 4 years of the work fund",
)  # fmt: skip

SHELL_VILLAGES = Mechanism(
    id="shell_villages", rows=(13,), name=ROW[13].name, says=ROW[13].says,
    resource=Text("村集体收入", "collective income"), serves=Text("空壳村村民", "residents of empty-shell villages"),
    acts_as=Text("自筹能力提高", "more own money to spend and to match"),
    settings=(
        Setting(name="increase", default=50_000.0, unit=YEARLY, low=0.0, high=500_000.0, neutral=0.0,
                source="A: study report 003 gives no figure (收入不高, 许多空壳村)",
                says=Text("每个空壳村每年增收", "What a shell village earns more in a year")),
        Setting(name="effort", default=0.4, unit="share", low=0.0, high=3.0,
                source="A: 20 万元 of start-up money over ten years for 5 万元 a year",
                says=Text("每增收一元的扶持支出（元）", "Yuan of help a year for each yuan earned")),
    ),
    apply=help_to_earn, adds=("supports", "communities.collective_income_yuan"), metric="own_money",
    direction="higher", margin=1.0, evidence="assumption", channels=("cost",), where=shells,
    costs=help_and_own_money, identity="match x ratio <= own revenue: what a village can match rises by what it earns",
)  # fmt: skip

MONEY_FLOWS = (BUDGET_LINE, POOLED_MONEY, STREET_UPKEEP, VILLAGE_TRANSFERS, PREVENT_OR_PAY, SHELL_VILLAGES)
