"""Money: the work fund, the party-building fund, the service fund and the rules by which it is granted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import numpy as np

from scenarios.arrangements import Tier
from scenarios.district import District, ServiceFund
from scenarios.funding import FEN_PER_YUAN, revenue_yuan, year_money
from scenarios.mechanisms.catalogue import REPAIR, Figure, Mechanism, Setting, SettingConflict
from scenarios.mechanisms.shares import SCALES, entitlement_fen, fen
from scenarios.text import Text

NO_CAP = 10_000_000.0  # 元 a community and year: above any grant, so it never binds
YEARLY = "元/community/year"


def raise_work_fund(district: District, *, floor: float) -> District:
    """The work fund of every community is at least the floor."""
    here = district.communities
    return district.with_changes(communities=here.replaced(work_fund_yuan=np.maximum(here.work_fund_yuan, floor)))


def raise_party_fund(district: District, *, floor: float) -> District:
    """The party-building fund of every community is at least the floor."""
    here = district.communities
    return district.with_changes(communities=here.replaced(party_fund_yuan=np.maximum(here.party_fund_yuan, floor)))


def lack_of_work_fund(district: District, *, floor: float) -> float:
    """What communities lack to the floor."""
    return float(np.maximum(floor - district.communities.work_fund_yuan, 0.0).sum())


def lack_of_party_fund(district: District, *, floor: float) -> float:
    """What communities lack to the floor."""
    return float(np.maximum(floor - district.communities.party_fund_yuan, 0.0).sum())


def granted_beyond_displaced(district: District, *, amount: float, scale: str, granter: str) -> float:
    """The fund, less the own money that it displaces."""
    given = grant_service_fund(district, amount=amount, scale=scale, granter=granter)
    return service_money_yuan(given) - service_money_yuan(district)


def matched_cost(district: District, **settings: Any) -> float:
    """Both parts of the match and own money raised by it, less what is displaced."""
    return service_money_yuan(match_funds(district, **settings)) - service_money_yuan(district)


def pool_cost(district: District, *, pool: float, floor: float, cap: float, granter: str) -> float:
    """The whole pool; part of it displaces own money."""
    return pool


def service_money_yuan(district: District) -> float:
    """Service money of all payers in a year, when everyone gets what the fund's rule entitles to."""
    entitled = np.array(district.service_fund.entitlement_fen or (0,) * len(district.communities), dtype=np.int64)
    return float(year_money(district, entitled).service_fen.sum()) / FEN_PER_YUAN


def grant_service_fund(district: District, *, amount: float, scale: str, granter: str) -> District:
    """One tier grants the service fund alone; with an amount of 0 there is no such fund."""
    if amount == 0:
        return district
    fund = ServiceFund(
        mode="granted", granter=cast(Tier, granter), entitlement_fen=entitlement_fen(district, amount, scale)
    )
    return district.with_changes(service_fund=fund)


def match_funds(district: District, *, mode: str, payer: str, granter: str, ratio: float, service_fund: float,
                scale: str, pool: float, cap: float, tiering: float = 0.0) -> District:  # fmt: skip
    """The service fund becomes a matched one: ordered between two tiers, or offered for own money.

    Raises ``SettingConflict`` when the payer, the pool, the cap or the tiering does not belong to the mode.
    """
    if mode == "mandated":
        return _order_match(district, payer, granter, ratio, service_fund, scale, pool, cap, tiering)
    offered = _offer_match(district, payer, granter, ratio, service_fund, scale, pool, cap)
    return tiered(offered, tiering) if offered is not district else district


def tiered(district: District, tiering: float) -> District:
    """The district's voluntary match with a ratio for each third of communities by own revenue per head.

    The poorest third gets ``1 + tiering`` times the fund's ratio, the richest ``1 - tiering / 2`` times, the third between
    them the ratio itself; communities of equal revenue get the same. With 1 a ratio of 1 becomes 2, 1 and 0.5. Ratios have
    four decimals, so that a match in fen is exact. With 0 the fund stays as it is.
    """
    if tiering == 0:
        return district
    per_head = revenue_yuan(district) / district.communities.population
    poorer = np.searchsorted(np.sort(per_head), per_head, side="left")  # communities with less; equals count alike
    steps = (1.0 + tiering, 1.0, 1.0 - tiering / 2.0)
    fund = district.service_fund
    ratios = tuple(round(fund.ratio * steps[third], 4) for third in (poorer * len(steps) // len(per_head)).tolist())
    return district.with_changes(service_fund=replace(fund, ratios=ratios))


def _order_match(district: District, payer: str, granter: str, ratio: float, service_fund: float, scale: str,
                 pool: float, cap: float, tiering: float) -> District:  # fmt: skip
    if payer not in ("city", "district") or payer == granter:
        raise SettingConflict("payer", Text(
            "强制配套由市、区两级共担，payer应为city或district，且与granter不同",
            "a mandated match is shared by city and district: payer must be the one that is not the granter"))  # fmt: skip
    for name, foreign in (("pool", pool != 0), ("cap", cap != NO_CAP), ("tiering", tiering != 0)):
        if foreign:
            raise SettingConflict(name, Text(
                "只用于自愿配套（mode: voluntary），强制配套请删去", "belongs to mode voluntary only: leave it out"))  # fmt: skip
    if service_fund == 0:
        return district
    fund = ServiceFund(
        mode="mandated",
        granter=cast(Tier, granter),
        payer=cast(Tier, payer),
        ratio=ratio,
        entitlement_fen=entitlement_fen(district, service_fund, scale),
    )
    return district.with_changes(service_fund=fund)


def _offer_match(district: District, payer: str, granter: str, ratio: float, service_fund: float, scale: str,
                 pool: float, cap: float) -> District:  # fmt: skip
    if payer != "own":
        raise SettingConflict("payer", Text(
            "自愿配套由街道、镇和村自筹，payer应为own",
            "in mode voluntary streets, towns and villages pay own money: payer must be own"))  # fmt: skip
    if service_fund == 0 and (pool == 0 or ratio == 0):
        return district
    fund = ServiceFund(
        mode="voluntary",
        granter=cast(Tier, granter),
        ratio=ratio,
        entitlement_fen=entitlement_fen(district, service_fund, scale),
        pool_fen=fen(pool),
        cap_fen=fen(cap),
    )
    return district.with_changes(service_fund=fund)


def grant_by_need(district: District, *, pool: float, floor: float, cap: float, granter: str) -> District:
    """The plan chooses every community's grant between a floor and a cap; with a pool of 0 there is no such fund."""
    if pool == 0:
        return district
    fund = ServiceFund(
        mode="free",
        granter=cast(Tier, granter),
        pool_fen=fen(pool),
        floor_fen=(fen(floor),) * len(district.communities),
        cap_fen=fen(cap),
    )
    return district.with_changes(service_fund=fund)


GRANTER = Setting(
    name="granter", default="district", choices=("city", "district"), source="study report 000: city and district",
    says=Text("出资拨付的层级", "Tier that grants the money"))  # fmt: skip
SCALE = Setting(
    name="scale", default="community", choices=SCALES,
    source="study report 000 writes it per community; 20 万元 is 19 元 a head there, 41 to 558 元 in Huancui",
    says=Text("分配口径：总额相同，按社区、按常住人口或按户数分", "How the same total is divided: by community, head or household"))  # fmt: skip

WORK_FUND_FLOOR = Mechanism(
    id="work_fund_floor", rows=(1,),
    name=Text("社区工作经费保底", "Work-fund floor"),
    says=Text("每个社区每年的工作经费不低于保底数。经费不足的社区，办公和小额事务受限，可用工时随缺口减少。",
              "Every community has at least this work fund a year. Below its norm a community loses working hours in "
              "proportion to what is missing."),
    resource=Text("区级预算", "district budget"), serves=Text("社区", "communities"),
    acts_as=Text("经常性支出；保障工时", "recurrent cost; hours kept running"),
    settings=(
        Setting(name="floor", default=100_000.0, unit=YEARLY, low=0.0, high=400_000.0, neutral=0.0,
                source="study report 000: a work fund of at least 10 万元 a year; averages of 18 and 24.2 万元",
                figure=Figure(report="000", raw="每年最低…2023万元工作经费", repaired="每年最低…10万元工作经费",
                              rule=REPAIR, confidence="high"),
                says=Text("每个社区每年工作经费下限", "Least work fund of a community in a year")),
    ),
    apply=raise_work_fund, sets=("communities.work_fund_yuan",), metric="service_hours", direction="higher",
    margin=10.0, evidence="source claim", channels=("cost", "capacity"), costs=lack_of_work_fund,
    identity="25000 万元 / 18 万元 = 1388.9 communities; 25000 万元 / 1450 万 residents = 17.2 元 a head",
)  # fmt: skip

PARTY_FUND_FLOOR = Mechanism(
    id="party_fund_floor", rows=(2,),
    name=Text("党建经费保底", "Party-building fund floor"),
    says=Text("每个社区每年的党建经费不低于保底数，专款专用。经费到位，支部才能正常活动，党员才能投入服务工时。",
              "Every community has at least this party-building fund a year, earmarked. It makes branches active, and "
              "active branches offer members' hours."),
    resource=Text("区级预算", "district budget"), serves=Text("党支部", "branches"),
    acts_as=Text("专项支出；党员服务工时", "earmarked cost; hours of members"),
    settings=(
        Setting(name="floor", default=30_000.0, unit=YEARLY, low=0.0, high=100_000.0, neutral=0.0,
                source="study report 000: 每个社区每年最低3万元党建经费",
                says=Text("每个社区每年党建经费下限", "Least party-building fund of a community in a year")),
    ),
    apply=raise_party_fund, sets=("communities.party_fund_yuan",), metric="service_hours", direction="higher",
    margin=10.0, evidence="source claim", channels=("cost", "capacity"), costs=lack_of_party_fund, identity="3 + 10 + 20 = 33 万元 a community; x 398 = 13134 万元",
)  # fmt: skip

SERVICE_FUND = Mechanism(
    id="service_fund", rows=(3,),
    name=Text("服务群众专项经费", "Service fund"),
    says=Text("由一级财政单独向每个社区拨付服务群众专项经费，用于办理事项、购买服务和事前预防。",
              "One tier alone grants every community a service fund, which pays for matters, contract hours and "
              "prevention."),
    resource=Text("市级或区级预算", "city or district budget"), serves=Text("居民", "residents"),
    acts_as=Text("办事资金、购买服务工时、预防投入（有门槛，过后递减）",
                 "cash for matters, contract hours, prevention (a threshold, then falling returns)"),
    settings=(
        Setting(name="amount", default=200_000.0, unit=YEARLY, low=0.0, high=1_000_000.0, neutral=0.0,
                source="study report 000: 20万元服务群众专项经费; 55 % of communities average 18.9 万元",
                says=Text("平均每个社区每年专项经费", "Fund a year, average per community")),
        SCALE, GRANTER,
    ),
    apply=grant_service_fund, sets=("service_fund",), metric="needs_met_share", direction="higher",
    margin=0.02, evidence="source claim", channels=("cost", "capacity"), costs=granted_beyond_displaced, identity="7960 万元 / 20 万元 = 398 communities; 20 万元 / 10439 residents = 19.2 元 a head",
)  # fmt: skip

MATCHED_FUNDING = Mechanism(
    id="matched_funding", rows=(4,),
    name=Text("配套资金", "Matched funding"),
    says=Text("服务群众专项经费改为配套拨付，取代“服务群众专项经费”的拨付办法。强制配套：市、区按比例共担，各社区所得相同。"
              "自愿配套：街道、镇和村自愿出资，上级按比例配套，以资金池和上限为限，另有保底补助。",
              "The service fund becomes a matched one and overrides the rule of the mechanism service_fund. Mandated: "
              "city and district share it at the ratio, and every community gets the same. Voluntary: streets, towns "
              "and villages choose own money, and each yuan is matched within a pool and a cap, on top of a base grant."),
    resource=Text("市、区预算与自有收入", "city and district budgets, own revenue"), serves=Text("居民", "residents"),
    acts_as=Text("地方每出一元的价格下降；分担支出", "a lower price of a local yuan; cost shared between tiers"),
    settings=(
        Setting(name="mode", default="mandated", choices=("mandated", "voluntary"),
                source="study report 000 orders it between two tiers; voluntary matching after Zhou et al. 2017",
                says=Text("强制配套或自愿配套", "Whether the match is ordered or offered")),
        Setting(name="payer", default="district", choices=("city", "district", "own"),
                source="study report 000: 市县(区)两级1:1配套",
                says=Text("被配套的一方：强制时为市或区，自愿时为own（街镇村自筹）",
                          "Who is matched: city or district if mandated, own (street, town, village) if voluntary")),
        Setting(name="granter", default="city", choices=("city", "district"), source="study report 000: 市县(区)两级",
                says=Text("给予配套的一方", "Tier that gives the match")),
        Setting(name="ratio", default=1.0, low=0.0, high=4.0, source="study report 000: 1:1配套",
                says=Text("被配套方每出一元所配的元数", "Yuan granted per yuan of the payer")),
        Setting(name="service_fund", default=200_000.0, unit=YEARLY, low=0.0, high=1_000_000.0, neutral=0.0,
                source="study report 000: 20万元服务群众专项经费, 10 + 10",
                says=Text("平均每个社区每年确保到账的经费：强制时为双方合计，自愿时为保底补助",
                          "Sure money a year, average per community: both parts if mandated, the base grant if "
                          "voluntary")),
        SCALE,
        Setting(name="pool", default=0.0, unit="元/year", low=0.0, high=500_000_000.0,
                source="A: 10 万元 per community, the granter's part of the mandated match",
                says=Text("自愿配套资金池", "Pool of the voluntary match in a year")),
        Setting(name="cap", default=NO_CAP, unit=YEARLY, low=0.0, high=NO_CAP,
                source="Baker, Payne & Smart 1999: a cap takes the price effect away at the margin",
                says=Text("自愿配套中每个社区的配套上限", "Largest voluntary match of a community in a year")),
        Setting(name="tiering", default=0.0, low=0.0, high=1.0,
                source="A: 1 makes 1:1 into 2:1 for the poorest third and 0.5:1 for the richest by own revenue a head",
                says=Text("自愿配套的分档程度：按人均自有收入分三档，穷者比例高；0为同一比例，1时1比1变为2、1、0.5",
                          "How far the voluntary match is tiered by own revenue a head, the poor at higher ratios: 0 is one "
                          "ratio for all, 1 turns 1:1 into 2, 1 and 0.5")),
    ),
    apply=match_funds, sets=("service_fund",), replaces=("service_fund",), metric="service_paid_by_city",
    direction="higher", margin=1.0, evidence="source claim", channels=("cost",), costs=matched_cost,
    identity="3980 + 3980 = 7960 万元; 10 + 10 = 20 万元 a community",
)  # fmt: skip

NEEDS_BASED_GRANTS = Mechanism(
    id="needs_based_grants", rows=(3, 4),
    name=Text("按需补助", "Needs-based grants"),
    says=Text("不设统一标准，由规划在资金池内按需要确定各社区补助，每个社区不低于保底、不高于上限，"
              "取代“服务群众专项经费”的拨付办法。",
              "No uniform amount: the plan chooses every community's grant by need within a pool, between a floor and a "
              "cap. It overrides the rule of the mechanism service_fund."),
    resource=Text("市级或区级预算", "city or district budget"), serves=Text("居民", "residents"),
    acts_as=Text("资金投向缺口最大的社区", "cash where needs are least covered"),
    settings=(
        Setting(name="pool", default=43_600_000.0, unit="元/year", low=0.0, high=500_000_000.0, neutral=0.0,
                source="the 20 万元 of study report 000 for 218 communities",
                says=Text("补助资金池", "Pool of the grants in a year")),
        Setting(name="floor", default=50_000.0, unit=YEARLY, low=0.0, high=200_000.0,
                source="A: base grant that keeps every community in service",
                says=Text("每个社区补助下限", "Least grant of a community in a year")),
        Setting(name="cap", default=1_000_000.0, unit=YEARLY, low=0.0, high=NO_CAP,
                source="A: five times the uniform amount",
                says=Text("每个社区补助上限", "Largest grant of a community in a year")),
        GRANTER,
    ),
    apply=grant_by_need, sets=("service_fund",), replaces=("service_fund",), metric="worst_tenth",
    direction="higher", margin=0.005, evidence="assumption", channels=("cost", "capacity"), costs=pool_cost, plan_decides=True, identity="20 万元 x 218 = 4360 万元",
)  # fmt: skip

MONEY = (WORK_FUND_FLOOR, PARTY_FUND_FLOOR, SERVICE_FUND, MATCHED_FUNDING, NEEDS_BASED_GRANTS)
