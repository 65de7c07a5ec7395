"""What a run produced: integer counts per month and community, and the one table of metrics computed from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.tables import Integers, Names, Reals
from scenarios.text import Text

SCALE = 1 << 16  # fixed point of satisfaction, engagement, quality and cooperation: 65,536 is 1.0

FLOWS: tuple[str, ...] = (
    # needs: all = prevented + blocked + opened
    "needs", "prevented", "blocked", "opened",
    # matters: opened + carried = waiting + served + escalated + lapsed
    "voiced", "routed", "lapsed", "served", "escalated",
    # served = solved + unsolved; in_time counts solved within the deadline
    "solved", "unsolved", "in_time", "wait_months", "case_satisfaction",
    # stocks at the end of the month
    "unvoiced", "routing", "queued",
    # resources of the month, in minutes; waiting: what the queue left at its end would take
    "minutes", "minutes_contact", "minutes_used", "minutes_asked", "room_minutes", "room_minutes_used", "minutes_waiting",
    # of which: volunteers, what they gave back to units, units, outside teams
    "minutes_volunteers", "minutes_returned", "minutes_partners", "minutes_support",
    # wishes that members took up, and residents asked to take part
    "wishes", "asked",
    # money in fen: in = matters + contracts + prevention + change of held
    "fen_in", "fen_matters", "fen_contracts", "fen_prevention", "fen_held", "fen_remedy",
    # who paid the service money that came in
    "fen_city", "fen_district", "fen_street", "fen_village", "fen_province", "fen_society",
    "fen_own", "fen_match", "fen_mandated", "fen_granted", "fen_support", "fen_displaced",
    # work and party funds, and what programmes cost beside cash
    "fen_work", "fen_party", "fen_programme",
    # people and places at the end of the month, in units of 1 / SCALE
    "satisfaction", "engagement", "responsiveness", "quality",
    "partners", "service_m2", "posts", "postings", "screened",
)  # fmt: skip
"""Columns of :attr:`Outcome.monthly`. ``satisfaction`` and ``engagement`` are sums over residents (over residents of 15
and over for engagement), ``case_satisfaction`` a sum over served matters, the rest are values of the community."""
FLOW: dict[str, int] = {name: position for position, name in enumerate(FLOWS)}
GRID_FLOWS: tuple[str, ...] = ("needs", "met", "escalated", "satisfaction", "people")
BUSY_NEEDS = 100  # a year: with fewer, luck alone moves a community's plan gap
WAIT_BINS = 25  # waits of 0..23 months at service, and 24 or more


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """One run of one policy in one future and replication.

    ``monthly``: whole numbers (int64, or int32 where they fit), axes (month, community, FLOWS). ``waits``: int64, (year, community, WAIT_BINS), served matters by
    months waited. ``grids``: int64, (year, grid, GRID_FLOWS). ``match_left_fen``: fen of match not drawn, per year.
    ``outlay_fen``: consolidated outlay per year. ``promised_met``: the plan's promise, (community, year).
    """

    policy: str
    seed: int
    replication: int
    future: int
    first_month: int
    codes: Names
    population: Integers
    adults: Integers
    grid_community: Integers
    monthly: Integers
    waits: Integers
    grids: Integers
    match_left_fen: Integers
    outlay_fen: Integers
    promised_met: Reals

    def flow(self, name: str) -> Integers:
        """One flow or stock; axes (month, community)."""
        return np.asarray(self.monthly[:, :, FLOW[name]], dtype=np.int64)

    def total(self, name: str) -> Integers:
        """A flow summed over the months, per community."""
        return np.asarray(self.flow(name).sum(axis=0))

    @property
    def years(self) -> float:
        """Length of the run in years."""
        return len(self.monthly) / 12


def met(outcome: Outcome) -> Integers:
    """Needs met per community: solved here, or prevented."""
    return np.asarray(outcome.total("solved") + outcome.total("prevented"))


def _ratio(above: Reals | Integers, below: Reals | Integers) -> Reals:
    """Share per community; nan where the denominator is 0 (left out of means, never shown)."""
    below = np.asarray(below, dtype=float)
    unknown = np.full(below.shape, np.nan)
    return np.asarray(np.divide(np.asarray(above, dtype=float), below, out=unknown, where=below > 0))


def worst_tenth(values: Reals, *, better: str = "higher") -> float:
    """Mean over the worst tenth of communities (at least one), those without a value left out."""
    known = np.sort(values[~np.isnan(values)])
    count = max(1, int(np.ceil(len(known) / 10)))
    return float((known[:count] if better == "higher" else known[-count:]).mean()) if len(known) else float("nan")


def gini(values: Reals) -> float:
    """Gini coefficient of non-negative values, nan left out.

    >>> gini(np.array([1.0, 1.0])), gini(np.array([0.0, 1.0]))
    (0.0, 0.5)
    """
    known = np.sort(values[~np.isnan(values)])
    if not len(known) or known.sum() <= 0:
        return 0.0
    rank = np.arange(1, len(known) + 1)
    return float((2 * rank - len(known) - 1) @ known / (len(known) * known.sum()))


@dataclass(frozen=True)
class Metric:
    """One measured quantity: its unit, which way is better, its texts, and how it is computed from an outcome."""

    name: str
    unit: Literal[
        "share", "万元", "万元/year", "needs/year", "months", "hours/year", "index", "sd", "people", "m2", "units"
    ]
    better: Literal["higher", "lower", "neither"]
    label: Text
    says: Text
    district: Callable[[Outcome], float]
    community: Callable[[Outcome], Reals] | None = None
    margin: float = 0.0  # smallest difference that matters, in the metric's unit


def _share_metric(name: str, above: str | Callable[[Outcome], Integers], below: str, better: Literal["higher", "lower"],
                  label: Text, says: Text, margin: float = 0.005) -> Metric:  # fmt: skip
    def numbers(outcome: Outcome) -> Integers:
        return above(outcome) if callable(above) else outcome.total(above)

    return Metric(name, "share", better, label, says,
                  lambda o: float(numbers(o).sum() / max(int(o.total(below).sum()), 1)),
                  lambda o: _ratio(numbers(o), o.total(below)), margin)  # fmt: skip


def _money_metric(name: str, flow: str, label: Text, says: Text) -> Metric:
    return Metric(name, "万元/year", "neither", label, says,
                  lambda o: float(o.total(flow).sum()) / FEN_PER_WAN / o.years,
                  lambda o: o.total(flow) / FEN_PER_WAN / o.years, 1.0)  # fmt: skip


def _hours_metric(name: str, flow: str, better: Literal["higher", "lower"], label: Text, says: Text) -> Metric:
    return Metric(name, "hours/year", better, label, says, lambda o: float(o.total(flow).sum()) / 60 / o.years,
                  lambda o: o.total(flow) / 60 / o.years, 10.0)  # fmt: skip


def _met_share(outcome: Outcome) -> Reals:
    return _ratio(met(outcome), outcome.total("needs"))


def _mean_level(flow: str, people: Callable[[Outcome], Integers]) -> Callable[[Outcome], Reals]:
    return lambda o: o.flow(flow).mean(axis=0) / SCALE / np.maximum(people(o), 1)


def _wait_quantile(outcome: Outcome, share: float) -> float:
    counts = outcome.waits.sum(axis=(0, 1))
    return float(np.searchsorted(np.cumsum(counts), share * counts.sum())) if counts.sum() else 0.0


_LIST: tuple[Metric, ...] = (
    _share_metric("needs_met_share", met, "needs", "higher", Text("需求办结率", "Needs met"),
                  Text("全部需求中已解决或已预防的比例", "Share of all needs that were solved or prevented.")),
    Metric("worst_tenth", "share", "higher", Text("最差十分之一社区办结率", "Needs met, worst tenth"),
           Text("办结率最低的十分之一社区的平均办结率", "Mean share of needs met in the worst tenth of communities."),
           lambda o: worst_tenth(_met_share(o)), None, 0.005),
    Metric("gini", "index", "lower", Text("办结率基尼系数", "Gini of needs met"),
           Text("各社区办结率的不均程度，0为完全相同", "Inequality of the share of needs met, 0 when all are equal."),
           lambda o: gini(_met_share(o)), None, 0.005),
    Metric("urban_rural_gap", "share", "lower", Text("城乡办结率差距", "Urban-rural gap"),
           Text("居委会与村平均办结率之差的绝对值", "Absolute difference between urban and village share of needs met."),
           lambda o: _urban_rural_gap(o), None, 0.005),
    _share_metric("solved_in_time", "in_time", "voiced", "higher", Text("按时解决率", "Solved in time"),
                  Text("已反映诉求中在期限内解决的比例", "Share of voiced matters solved within their deadline.")),
    _share_metric("escalated_share", "escalated", "voiced", "lower", Text("上交率", "Escalated"),
                  Text("已反映诉求中逾期上交的比例", "Share of voiced matters that escalated.")),
    _share_metric("prevented_share", "prevented", "needs", "higher", Text("预防率", "Prevented"),
                  Text("全部需求中因预防投入而未发生的比例", "Share of all needs that prevention avoided.")),
    _share_metric("voiced_share", "voiced", "needs", "higher", Text("诉求反映率", "Voiced"),
                  Text("需求中被反映出来的比例", "Share of all needs that residents voiced.")),
    Metric("case_satisfaction", "share", "higher", Text("办件满意度", "Case satisfaction"),
           Text("已办事项的满意度", "Mean satisfaction with a served matter."),
           lambda o: float(o.total("case_satisfaction").sum() / SCALE / max(int(o.total("served").sum()), 1)),
           lambda o: _ratio(o.total("case_satisfaction") / SCALE, o.total("served")), 0.005),
    Metric("satisfaction", "share", "higher", Text("居民满意度", "Resident satisfaction"),
           Text("全体居民的平均满意度", "Mean satisfaction of all residents."),
           lambda o: float(o.flow("satisfaction").sum(axis=1).mean() / SCALE / o.population.sum()),
           _mean_level("satisfaction", lambda o: o.population), 0.005),
    Metric("engagement", "share", "higher", Text("居民参与度", "Engagement"),
           Text("十五岁以上居民的平均参与度", "Mean engagement of residents of 15 and over."),
           lambda o: float(o.flow("engagement").sum(axis=1).mean() / SCALE / max(int(o.adults.sum()), 1)),
           _mean_level("engagement", lambda o: o.adults), 0.002),
    Metric("wait_mean", "months", "lower", Text("平均等待", "Mean wait"),
           Text("已办事项从反映到办理的平均月数", "Mean months from voicing to service."),
           lambda o: float(o.total("wait_months").sum() / max(int(o.total("served").sum()), 1)),
           lambda o: _ratio(o.total("wait_months"), o.total("served")), 0.05),
    Metric("wait_p90", "months", "lower", Text("等待第90百分位", "90th percentile wait"),
           Text("九成已办事项的等待不超过此月数", "Nine in ten served matters waited at most this long."),
           lambda o: _wait_quantile(o, 0.9), None, 0.5),
    Metric("utilisation", "share", "neither", Text("工时紧张度", "Hours asked over available"),
           Text("反映事项所需工时与可用工时之比", "Hours that voiced matters ask for over hours available for service."),
           lambda o: float(o.total("minutes_asked").sum() / max(int(o.total("minutes").sum()), 1)),
           lambda o: _ratio(o.total("minutes_asked"), o.total("minutes")), 0.02),
    Metric("quality", "sd", "higher", Text("服务质量", "Quality of service"),
           Text("服务质量的平均水平，以社区之间的标准差计", "Mean quality of service, in standard deviations between communities."),
           lambda o: float(o.flow("quality").mean() / SCALE), lambda o: o.flow("quality").mean(axis=0) / SCALE, 0.05),
    Metric("time_above", "months", "lower", Text("事项在上级平均时间", "Time with higher tiers"),
           Text("平均每件已反映事项在街道、区、市停留的月数", "Months that a voiced matter spends with street, district or city on average."),
           lambda o: float(o.total("routing").sum() / max(int(o.total("voiced").sum()), 1)),
           lambda o: _ratio(o.total("routing"), o.total("voiced")), 0.02),
    _hours_metric("service_hours", "minutes", "higher", Text("可用于办事的工时", "Hours for service"),
                  Text("各方投入、可用于办理事项的工时", "Hours of all kinds at hand for settling matters.")),
    _hours_metric("contact_hours", "minutes_contact", "higher", Text("联系居民工时", "Hours of contact"),
                  Text("用于走访联系居民的工时", "Hours spent on visits and contact.")),
    _hours_metric("volunteer_hours", "minutes_volunteers", "higher", Text("志愿服务工时", "Volunteers' hours"),
                  Text("志愿者投入的有效工时", "Effective hours that volunteers give.")),
    _hours_metric("partner_hours", "minutes_partners", "higher", Text("驻区单位工时", "Units' hours"),
                  Text("驻区单位认领事项投入的工时", "Hours that resident units give to the work they claim.")),
    _hours_metric("outside_hours", "minutes_support", "higher", Text("外来帮扶工时", "Hours from outside"),
                  Text("工作队、结对单位等外来人员的工时", "Hours of work teams, pairs and other outsiders.")),
    _hours_metric("room_hours_used", "room_minutes_used", "higher", Text("场地使用时数", "Room-hours used"),
                  Text("活动和照护使用场地的时数", "Room-hours that activities and care used.")),
    Metric("partners", "units", "higher", Text("共建单位", "Active units"),
           Text("平均每个社区周边愿意合作的驻区单位数", "Resident units in reach that cooperate, average per community."),
           lambda o: float(o.flow("partners").mean()), lambda o: o.flow("partners").mean(axis=0).astype(float), 0.1),
    Metric("wishes_met", "needs/year", "higher", Text("认领的微心愿", "Wishes claimed"),
           Text("党员每年认领办成的困难居民心愿", "Wishes of residents in hardship that members take up in a year."),
           lambda o: float(o.total("wishes").sum() / o.years), lambda o: o.total("wishes") / o.years, 1.0),
    _money_metric("programme_cost", "fen_programme", Text("专项工作支出", "Cost of programmes"),
                  Text("各项做法在现金补助之外的支出，不论谁出", "What programmes cost beside the cash they bring, whoever pays.")),
    _money_metric("service_money", "fen_in", Text("服务经费到账", "Service money received"),
                  Text("社区收到的服务群众经费，不论谁出", "Service money that reached communities, whoever paid.")),
    _money_metric("own_money", "fen_own", Text("自筹资金", "Own money drawn"),
                  Text("街镇与村用自有收入支付的服务经费", "Service money that streets, towns and villages paid themselves.")),
    _money_metric("matched_money", "fen_match", Text("已拨配套资金", "Match drawn"),
                  Text("按自筹额拨付的配套资金", "Granted money that matched own money.")),
    Metric("match_left", "万元/year", "neither", Text("未用配套额度", "Match left on the table"),
           Text("配套资金池中没有被自筹资金引出的部分", "Part of the matching pool that no own money drew."),
           lambda o: float(np.mean(o.match_left_fen)) / FEN_PER_WAN, None, 1.0),
    _money_metric("displaced_money", "fen_displaced", Text("被挤出的自筹资金", "Own money displaced"),
                  Text("因得到补助而少出的自筹资金", "Own money that grants replaced.")),
    _money_metric("service_paid_by_city", "fen_city", Text("市级支付", "Paid by the city"),
                  Text("市级承担的服务群众经费", "Service money the city paid.")),
    _money_metric("service_paid_by_district", "fen_district", Text("区级支付", "Paid by the district"),
                  Text("区级承担的服务群众经费", "Service money the district paid.")),
    Metric("service_fund_granted", "万元/year", "neither", Text("服务群众专项经费", "Service fund granted"),
           Text("市区两级给社区的服务群众专项经费，不含街镇村自筹", "Service fund that city and district gave, without own money."),
           lambda o: float(o.total("fen_city").sum() + o.total("fen_district").sum()) / FEN_PER_WAN / o.years,
           lambda o: (o.total("fen_city") + o.total("fen_district")) / FEN_PER_WAN / o.years, 1.0),
    Metric("floor_space", "m2", "higher", Text("服务场所面积", "Floor space"),
           Text("期末平均每个社区可用的服务场所面积", "Service floor space at the end, average per community."),
           lambda o: float(o.flow("service_m2")[-1].mean()), lambda o: o.flow("service_m2")[-1].astype(float), 1.0),
    _money_metric("remedy_cost", "fen_remedy", Text("事后处置成本", "Remedy cost"),
                  Text("上交事项的处置费用", "What escalated matters cost the district.")),
    _money_metric("prevention_cost", "fen_prevention", Text("事前预防投入", "Prevention money"),
                  Text("用于预防的服务经费", "Service money spent on prevention.")),
    Metric("outlay", "万元/year", "lower", Text("合并支出", "Consolidated outlay"),
           Text("各级为方案支付的全部费用，投资按年折算", "What all tiers pay for the plan, capital spread over its life."),
           lambda o: float(np.mean(o.outlay_fen)) / FEN_PER_WAN, None, 1.0),
    Metric("plan_gap", "share", "neither", Text("规划偏差", "Plan gap"),
           Text("模拟办结数与规划承诺之差的中位比例", "Median over communities of simulated over promised needs met, minus 1."),
           lambda o: _plan_gap(o), None, 0.02),
)  # fmt: skip


def _urban_rural_gap(outcome: Outcome) -> float:
    """Villages are the codes whose last three digits are 200-399 (statistical code rule)."""
    village = np.array([200 <= int(code[-3:]) <= 399 if code[-3:].isdigit() else False for code in outcome.codes])
    numbers, needs = met(outcome), outcome.total("needs")
    if village.all() or not village.any():
        return 0.0
    share = [float(numbers[which].sum() / max(int(needs[which].sum()), 1)) for which in (village, ~village)]
    return abs(share[0] - share[1])


def _plan_gap(outcome: Outcome) -> float:
    promised = outcome.promised_met.sum(axis=1)
    busy = (outcome.total("needs") >= BUSY_NEEDS * outcome.years) & (promised > 0)
    return float(np.median(met(outcome)[busy] / promised[busy] - 1.0)) if busy.any() else 0.0


METRICS: dict[str, Metric] = {metric.name: metric for metric in _LIST}


def summary(outcome: Outcome) -> dict[str, float]:
    """Every metric of the table for the district as a whole."""
    return {name: metric.district(outcome) for name, metric in METRICS.items()}


def community_values(outcome: Outcome, name: str) -> Reals:
    """A metric per community; raises ``KeyError`` for a metric that only exists for the district."""
    metric = METRICS[name]
    if metric.community is None:
        raise KeyError(f"{name} has no value per community")
    return metric.community(outcome)


def population_of(district: District) -> tuple[Integers, Integers]:
    """Residents and residents of 15 and over per community."""
    people = district.communities.population
    return people, people - district.communities.children
