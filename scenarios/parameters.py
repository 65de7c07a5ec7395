"""Every number the model assumes, in one table: value, range, unit, source, sentence.

The default of each field is the nominal value; ``low`` and ``high`` bound what a scenario may set, and futures sample
between them for the parameters marked ``uncertain``. A source that begins with ``A:`` is an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

from scenarios.text import Text


@dataclass(frozen=True)
class Parameter:
    """What is known about one parameter: its unit, range, source and sentence."""

    name: str
    default: float
    unit: str
    low: float
    high: float
    source: str
    says: Text
    uncertain: bool


def parameter(
    default: float, *, low: float, high: float, unit: str, source: str, zh: str, en: str, uncertain: bool = False
) -> Any:
    """A dataclass field that carries its own documentation."""
    about = {"unit": unit, "low": low, "high": high, "source": source, "says": Text(zh, en), "uncertain": uncertain}
    return field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True)
class Rates:
    """The parameters of needs, service, people, quality and money, in their natural units."""

    # Needs
    needs_per_resident: float = parameter(
        0.32, low=0.2, high=0.5, unit="needs per resident-year", uncertain=True,
        source="A: gives about 216 requests per 1,000 residents a year, near Beijing's 204-206",
        zh="每位居民每年产生的需求", en="Needs that a reference resident has in a year.")  # fmt: skip
    season_amplitude: float = parameter(
        0.15, low=0.0, high=0.4, unit="share", source="A: prototype",
        zh="需求的季节波动幅度", en="Seasonal swing of needs around their yearly mean.")  # fmt: skip
    child_need_ratio: float = parameter(
        0.6, low=0.2, high=1.5, unit="ratio", source="A: children's needs are voiced by adults",
        zh="少儿相对中青年的需求倍数", en="Needs of a child relative to an adult under 60.")  # fmt: skip
    elder_need_ratio: float = parameter(
        1.5, low=1.0, high=3.0, unit="ratio", source="A: care and paperwork needs rise with age",
        zh="老年人相对中青年的需求倍数", en="Needs of a resident of 60 or more relative to a younger adult.")  # fmt: skip
    hardship_need_ratio: float = parameter(
        2.0, low=1.0, high=4.0, unit="ratio", source="A: households in hardship use services most",
        zh="困难居民的需求倍数", en="Needs of a resident in hardship relative to others.")  # fmt: skip
    floating_need_ratio: float = parameter(
        0.8, low=0.4, high=1.5, unit="ratio", source="A: newcomers rely less on the committee",
        zh="流动居民的需求倍数", en="Needs of a floating resident relative to a registered one.")  # fmt: skip
    frailty_cv: float = parameter(
        0.5, low=0.0, high=1.5, unit="coefficient of variation", source="A: needs cluster in few people",
        zh="居民之间需求的离散程度", en="Spread of needs between residents of one segment.")  # fmt: skip
    # Voicing
    induced_demand: float = parameter(
        1.2, low=0.0, high=2.0, unit="per unit of responsiveness", uncertain=True,
        source="Beijing contacts +55 % on 2019 (bjnews 2021); prototype: 1.2 gives +49-52 % over five years",
        zh="响应改善带来的诉求增长", en="How strongly voicing rises with perceived responsiveness.")  # fmt: skip
    responsiveness_reference: float = parameter(
        0.6, low=0.4, high=0.8, unit="share", source="A: prototype",
        zh="响应度参照值", en="Responsiveness at which voicing is at its base level.")  # fmt: skip
    responsiveness_memory: float = parameter(
        6.0, low=2.0, high=12.0, unit="months", source="A: prototype, 1/6 a month",
        zh="居民感知响应度的记忆期", en="Months over which residents judge responsiveness.")  # fmt: skip
    lapse: float = parameter(
        0.12, low=0.05, high=0.25, unit="per month", uncertain=True,
        source="A: must not be 0, else unvoiced matters block residents (prototype)",
        zh="未说出的需求每月消退率", en="Monthly hazard that an unvoiced matter lapses.")  # fmt: skip
    access_loss: float = parameter(
        0.3, low=0.0, high=0.6, unit="share", source="A: uptake falls with distance",
        zh="两公里外服务点的可及性损失", en="Voicing lost when the nearest venue is 2 km away.")  # fmt: skip
    contact_voicing: float = parameter(
        0.3, low=0.0, high=1.0, unit="ratio", source="A: detection rises with visits",
        zh="入户联系对诉求的作用", en="How much more is voiced when contact hours per household double.")  # fmt: skip
    contact_reference: float = parameter(
        1.0, low=0.2, high=5.0, unit="hours per household-year", source="A: a warden of 300 households, 60 h plus staff",
        zh="入户联系参照值", en="Contact hours per household at which voicing is at its base level.")  # fmt: skip
    # Routing
    routing_delay: float = parameter(
        1.5, low=1.0, high=4.0, unit="months", source="A: prototype",
        zh="上转事项平均等待", en="Mean months a matter spends with a higher tier.")  # fmt: skip
    window_local_gain: float = parameter(
        0.04, low=0.0, high=0.1, unit="share per window", source="A: 6 + x read as item types settled locally",
        zh="每增设一个窗口就地办理的比例", en="Share of routed matters settled locally per window above six.")  # fmt: skip
    # Hours
    hours_per_post: float = parameter(
        1750.0, low=1500.0, high=2000.0, unit="hours per post-year", source="A: 250 days of 7 hours",
        zh="每个岗位年工时", en="Working hours of one post in a year.")  # fmt: skip
    direct_share: float = parameter(
        0.26, low=0.18, high=0.45, unit="share", uncertain=True, source="A: set with contact_share so that the median community asks .85-.95 of its hours",
        zh="直接服务与联系居民的工时占比", en="Share of a post's hours that reaches residents.")  # fmt: skip
    contact_share: float = parameter(
        0.20, low=0.0, high=0.5, unit="share", source="A: planner's choice between visiting and solving",
        zh="联系居民占用工时比例", en="Share of the hours budget spent on contact, the rest on service.")  # fmt: skip
    warden_hours: float = parameter(
        60.0, low=20.0, high=240.0, unit="hours per grid-year", source="A: prototype",
        zh="每个网格每年可用于服务的工时", en="Hours a grid's warden gives to contact and service in a year.")  # fmt: skip
    member_hours: float = parameter(
        3.0, low=0.0, high=12.0, unit="hours per member-year", source="A: reporting-in members, partly active",
        zh="每名党员年均服务工时", en="Hours of service a party member offers in a year at full branch activity.")  # fmt: skip
    volunteer_hours: float = parameter(
        0.3, low=0.0, high=2.0, unit="effective hours per engaged resident-month",
        source="A: 1 hour a month at weight 0.3; 13.85 hours cumulative a registrant (2017)",
        zh="参与居民每月有效服务工时", en="Effective hours a fully engaged resident gives in a month.")  # fmt: skip
    matter_hours_scale: float = parameter(
        1.0, low=0.7, high=1.4, unit="ratio", uncertain=True, source="A: only its ratio to direct hours is identified",
        zh="每件事项耗时倍数", en="Multiplier on the hours that every matter takes.")  # fmt: skip
    sickness_sd: float = parameter(
        0.05, low=0.0, high=0.2, unit="share", source="A: prototype",
        zh="每月可用工时的随机波动", en="Monthly random spread of staff hours.")  # fmt: skip
    inspection_hours: float = parameter(
        0.006, low=0.0, high=0.02, unit="share of hours per inspection-year", source="A: prototype",
        zh="每次检查占用工时", en="Share of staff hours one yearly inspection takes.")  # fmt: skip
    work_fund_norm: float = parameter(
        100_000.0, low=20_000.0, high=400_000.0, unit="yuan per community-year",
        source="study report 000: a work fund of at least 10 万元 (repaired from 2023万元)",
        zh="维持正常运转所需工作经费", en="Work fund at which a community runs at full hours.")  # fmt: skip
    work_fund_reach: float = parameter(
        0.4, low=0.0, high=0.8, unit="share", source="A: hours lost when a community has no work fund at all",
        zh="工作经费为零时损失的工时", en="Share of staff hours lost without any work fund.")  # fmt: skip
    party_fund_norm: float = parameter(
        30_000.0, low=5_000.0, high=100_000.0, unit="yuan per community-year",
        source="study report 000: at least 3 万元 a year for party building",
        zh="支部正常活动所需党建经费", en="Party-building fund at which branches are fully active.")  # fmt: skip
    # Solving and escalation
    solve_base: float = parameter(
        0.90, low=0.8, high=0.97, unit="share", uncertain=True, source="A: prototype; Beijing 96.7 % in 2024",
        zh="平均质量下的办结成功率", en="Chance that a served matter is solved at mean quality.")  # fmt: skip
    solve_quality: float = parameter(
        0.10, low=0.0, high=0.2, unit="share per sd of quality", source="A: prototype",
        zh="质量提高一个标准差增加的成功率", en="Rise of the solving chance per standard deviation of quality.")  # fmt: skip
    unsolvable: float = parameter(
        0.03, low=0.0, high=0.1, unit="share", source="A: Beijing solves 96.7 % in 2024, not all",
        zh="基层无法解决的比例", en="Share of matters that cannot be solved in a community.")  # fmt: skip
    escalation: float = parameter(
        0.15, low=0.05, high=1.0, unit="per month", uncertain=True, source="A: prototype",
        zh="逾期事项每月上交率", en="Monthly hazard that a matter past its deadline escalates.")  # fmt: skip
    remedy_cost: float = parameter(
        3000.0, low=1000.0, high=10000.0, unit="yuan per escalated matter", source="A: prototype; no public unit cost",
        zh="每件上交事项的处置成本", en="What one escalated matter costs the district.")  # fmt: skip
    # Satisfaction
    satisfaction_up: float = parameter(
        0.10, low=0.02, high=0.3, unit="share", source="A: workload W",
        zh="办结后满意度提升", en="Rise of a resident's satisfaction after good service.")  # fmt: skip
    satisfaction_down: float = parameter(
        0.05, low=0.01, high=0.2, unit="share per month", source="A: workload W",
        zh="等待一月满意度下降", en="Fall of a resident's satisfaction per month unmet.")  # fmt: skip
    satisfaction_drift: float = parameter(
        0.01, low=0.0, high=0.1, unit="per month", source="A: workload W",
        zh="满意度回归常态速度", en="Monthly drift of satisfaction back to its usual level.")  # fmt: skip
    satisfaction_level: float = parameter(
        0.7, low=0.4, high=0.9, unit="share", source="A: workload W",
        zh="满意度常态", en="Satisfaction of a resident whom nothing happens to.")  # fmt: skip
    case_unsolved: float = parameter(
        0.25, low=0.1, high=0.4, unit="share", source="fit to Beijing 2019-2024 solved and satisfied rates",
        zh="未解决事项的满意度", en="Satisfaction with a case that was closed unsolved.")  # fmt: skip
    case_late: float = parameter(
        0.02, low=0.0, high=0.1, unit="share per month late", source="A: prototype",
        zh="逾期每月扣减的办件满意度", en="Case satisfaction lost per month past the deadline.")  # fmt: skip
    # Participation
    registered_share: float = parameter(
        0.293, low=0.05, high=0.6, unit="share of residents", source="Weihai 2024: 855,000 volunteers, 29.3 %",
        zh="注册志愿者比例", en="Share of residents registered as volunteers.")  # fmt: skip
    active_share: float = parameter(
        0.15, low=0.05, high=0.5, unit="share of registered", source="A: 10-30 % are active in a year",
        zh="注册者中活跃比例", en="Share of registered volunteers active at the start.")  # fmt: skip
    asking: float = parameter(
        0.0018, low=0.0, high=0.01, unit="per month at reference contact",
        source="A: holds engagement near its start when contact is at its reference",
        zh="被邻里邀请参与的概率", en="Monthly pull to take part through being asked, at reference contact.")  # fmt: skip
    engagement_decay: float = parameter(
        0.05, low=0.0, high=0.15, unit="per month", source="Amin et al. 2018, JASSS 21(1):3: 5-10 % a round",
        zh="参与热情每月衰减", en="Monthly decay of engagement.")  # fmt: skip
    engagement_satisfaction: float = parameter(
        0.4, low=0.0, high=0.8, unit="share", source="A: satisfied residents stay longer",
        zh="满意度对参与衰减的缓冲", en="Share of the decay that full satisfaction prevents.")  # fmt: skip
    # Partners
    partner_gain: float = parameter(
        0.15, low=0.0, high=0.5, unit="ratio", source="A: prototype, above 0.25 nobody ever leaves",
        zh="驻区单位从共建中得到的回报", en="What a resident unit gains from an exchange at full response.")  # fmt: skip
    partner_up: float = parameter(
        0.06, low=0.0, high=0.3, unit="per month", source="A: prototype",
        zh="互惠带来的合作增长", en="Growth of cooperation through what a unit gains.")  # fmt: skip
    partner_down: float = parameter(
        0.03, low=0.0, high=0.3, unit="per month", source="A: prototype",
        zh="单向付出造成的合作消退", en="Fall of cooperation through what a unit gives for nothing.")  # fmt: skip
    partner_leave: float = parameter(
        0.15, low=0.0, high=0.5, unit="cooperation", source="A: prototype",
        zh="退出共建的合作度", en="Cooperation below which a unit leaves.")  # fmt: skip
    # Quality
    quality_drift: float = parameter(
        0.15, low=0.02, high=0.5, unit="per month", source="A: prototype",
        zh="服务质量趋向水平的速度", en="Monthly speed at which quality moves to its level.")  # fmt: skip
    posting_effect: float = parameter(
        0.8, low=0.0, high=1.5, unit="sd of quality at full fit", uncertain=True,
        source="A: +8 % solving after 9 months, range 0-15 %; sign from Huang, Wang & Shang 2018",
        zh="第一书记带来的质量提升", en="Quality gained through a perfectly fitting first secretary.")  # fmt: skip
    posting_ramp: float = parameter(
        9.0, low=3.0, high=18.0, unit="months", source="A: +8 % after 9 months",
        zh="第一书记见效时间", en="Months until a posting has nearly its full effect.")  # fmt: skip
    posting_fade: float = parameter(
        24.0, low=6.0, high=48.0, unit="months", source="A: half-life of two years, 1-4",
        zh="离任后效果减半时间", en="Half-life of a posting's effect after it ends.")  # fmt: skip
    inspections: float = parameter(
        4.0, low=0.0, high=24.0, unit="per year", source="A: optimum of 4, 2-12",
        zh="每年检查次数", en="Inspections of each community in a year.")  # fmt: skip
    inspection_optimum: float = parameter(
        4.0, low=2.0, high=12.0, unit="per year", source="Zheng, Ye & Bai 2023: too much inspection undoes it",
        zh="检查的最佳次数", en="Inspections a year at which quality gains most.")  # fmt: skip
    inspection_effect: float = parameter(
        0.3, low=0.0, high=0.6, unit="sd of quality", source="A: prototype's .04 a month over a drift of .15",
        zh="适度检查带来的质量提升", en="Quality gained at the best number of inspections.")  # fmt: skip
    # Prevention
    prevention_threshold: float = parameter(
        50.0, low=25.0, high=75.0, unit="yuan per resident-year",
        source="Theodos, Galster & Hermans 2025: nothing below a threshold; reconciled per head by the prototype",
        zh="预防投入见效门槛", en="Prevention money per resident below which nothing happens.")  # fmt: skip
    prevention_ceiling: float = parameter(
        0.15, low=0.0, high=0.4, unit="share of needs", uncertain=True, source="A: prototype",
        zh="最多可预防的需求比例", en="Most of the needs that money can prevent.")  # fmt: skip
    # Space
    room_hours_per_activity: float = parameter(
        30.0, low=10.0, high=160.0, unit="room-hours per matter", source="A: a weekly hour for 30 weeks",
        zh="每项活动需求占用房间工时", en="Room-hours that one activity matter takes.")  # fmt: skip
    room_m2: float = parameter(
        50.0, low=20.0, high=100.0, unit="m2 per room", source="A: a meeting room for 25 people",
        zh="每间活动室面积", en="Floor space of one activity room.")  # fmt: skip
    room_hours_open: float = parameter(
        80.0, low=20.0, high=300.0, unit="hours per room-month", source="A: four hours on each working day",
        zh="每间活动室每月可用工时", en="Hours an activity room can be used in a month.")  # fmt: skip
    # Money
    stick_rate: float = parameter(
        0.65, low=0.4, high=1.0, unit="share", uncertain=True, source="Hines & Thaler 1995; Inman, NBER 14579",
        zh="补助的粘蝇纸系数", en="Share of a lump grant that is spent on top of own money.")  # fmt: skip
    match_response: float = parameter(
        0.19, low=0.0, high=0.25, unit="share", uncertain=True, source="Karlan & List 2007, AER 97(5):1774",
        zh="1比1配套带来的自筹增长", en="Rise of own money under a 1:1 match.")  # fmt: skip
    own_effort: float = parameter(
        0.5, low=0.1, high=0.8, unit="share of own revenue", source="A: prototype",
        zh="无补助时自筹占自有收入比例", en="Share of own revenue spent on service without any grant.")  # fmt: skip
    own_limit: float = parameter(
        0.8, low=0.2, high=1.0, unit="share of own revenue", source="A: prototype",
        zh="自筹上限占自有收入比例", en="Largest share of own revenue that can go to service.")  # fmt: skip
    revenue_scale: float = parameter(
        1.0, low=0.8, high=1.2, unit="ratio", uncertain=True, source="A: yearly swing of own revenue",
        zh="自有收入变动", en="Multiplier on the own revenue of streets, towns and villages.")  # fmt: skip
    payment_delay: float = parameter(
        1.0, low=0.0, high=6.0, unit="months", source="A: money is released after the year begins",
        zh="拨款延迟", en="Months by which a monthly tranche arrives late.")  # fmt: skip
    contract_wage: float = parameter(
        70.0, low=40.0, high=120.0, unit="yuan per hour", source="A: prototype, 60-80",
        zh="购买服务每小时价格", en="Price of an hour bought by contract.")  # fmt: skip
    contract_limit: float = parameter(
        0.5, low=0.0, high=1.0, unit="share of staff hours", source="A: contracts complement own staff",
        zh="购买服务工时上限", en="Most hours that contracts may add, relative to own staff hours.")  # fmt: skip
    post_cost: float = parameter(
        80_000.0, low=60_000.0, high=150_000.0, unit="yuan per post-year", source="A: 6 / 10 / 15 万元 by city tier",
        zh="每个岗位年成本", en="Full yearly cost of one community post.")  # fmt: skip
    posting_cost: float = parameter(
        100_000.0, low=20_000.0, high=200_000.0, unit="yuan per posting-year",
        source="A: the sender's wage plus 1 万元 (Yunnan 2021) and a sender's allowance",
        zh="每名第一书记年成本", en="Full yearly cost of one posted official, wage included.")  # fmt: skip
    grid_cost: float = parameter(
        24_000.0, low=6_000.0, high=60_000.0, unit="yuan per grid-year", source="A: prototype",
        zh="每个网格年成本", en="Yearly cost of one grid's warden.")  # fmt: skip
    capital_years: float = parameter(
        30.0, low=10.0, high=50.0, unit="years", source="A: straight-line life of a public building",
        zh="场所折旧年限", en="Years over which capital is spread.")  # fmt: skip
    venue_running_cost: float = parameter(
        120.0, low=30.0, high=300.0, unit="yuan per m2-year", source="A: heating, cleaning, a keeper",
        zh="场所年运行费", en="Yearly running cost of a square metre of venue.")  # fmt: skip
    # Norms
    space_norm: float = parameter(
        30.0, low=10.0, high=60.0, unit="m2 per 100 households", source="国办发〔2021〕56号, by 2025",
        zh="每百户服务设施面积标准", en="Norm of service floor space per 100 households.")  # fmt: skip
    staff_norm: float = parameter(
        18.0, low=5.0, high=30.0, unit="workers per 10,000 residents", source="国办发〔2021〕56号, by 2025",
        zh="每万人社区工作者标准", en="Norm of community workers per 10,000 residents.")  # fmt: skip
    walking_distance: float = parameter(
        1000.0, low=300.0, high=2000.0, unit="metres", source="15-minute circle",
        zh="步行可达距离", en="How far residents walk to a venue.")  # fmt: skip

    def with_values(self, **values: float) -> Rates:
        """A copy with some parameters changed; the values are not checked here (the loader does)."""
        return replace(self, **values)


PARAMETERS: dict[str, Parameter] = {
    item.name: Parameter(name=item.name, default=item.default, **item.metadata)  # type: ignore[arg-type]
    for item in fields(Rates)
}
