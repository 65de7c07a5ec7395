"""Parameters of service: routing, hours, solving and escalation."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.parameters.about import parameter


@dataclass(frozen=True, kw_only=True)
class ServiceRates:
    """Parameters of service: routing, hours, solving and escalation."""

    # Routing
    street_delay: float = parameter(
        1.3, low=1.0, high=3.0, unit="months", source="A: mean of the three tiers near the prototype's 1.5",
        zh="街道（镇）办理平均等待", en="Mean months a matter spends with the street or town.")  # fmt: skip
    district_delay: float = parameter(
        2.0, low=1.0, high=6.0, unit="months", source="A: another department has to act",
        zh="区级部门办理平均等待", en="Mean months a matter spends with the district or its departments.")  # fmt: skip
    city_delay: float = parameter(
        4.0, low=1.0, high=12.0, unit="months", source="A: outside the district's powers",
        zh="市级办理平均等待", en="Mean months a matter spends with the city.")  # fmt: skip
    to_district: float = parameter(
        0.30, low=0.0, high=0.6, unit="share of routed matters", source="A",
        zh="上转事项中到区级的比例", en="Share of routed matters that go to the district.")  # fmt: skip
    to_city: float = parameter(
        0.05, low=0.0, high=0.3, unit="share of routed matters", source="A",
        zh="上转事项中到市级的比例", en="Share of routed matters that go to the city.")  # fmt: skip
    meeting_clears: float = parameter(
        0.3, low=0.0, high=0.9, unit="share", source="A: what one linkage meeting settles of the matters before its tier",
        zh="一次联席会议办结的比例", en="Share of the matters with a tier that one of its meetings settles.")  # fmt: skip
    window_local_gain: float = parameter(
        0.04, low=0.0, high=0.1, unit="share per window", source="A: 6 + x read as item types settled locally",
        zh="每增设一个窗口就地办理的比例", en="Share of routed matters settled locally per window above six.")  # fmt: skip
    # Hours
    hours_per_post: float = parameter(
        1750.0, low=1500.0, high=2000.0, unit="hours per post-year", source="A: 250 days of 7 hours",
        zh="每个岗位年工时", en="Working hours of one post in a year.")  # fmt: skip
    direct_share: float = parameter(
        0.27, low=0.18, high=0.45, unit="share", uncertain=True, source="A: set with contact_share so that the median community asks .85-.95 of its hours",
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
    hours_per_wish: float = parameter(
        3.0, low=1.0, high=12.0, unit="hours per wish", source="A: less than half of what a mean matter takes staff, 6.8",
        zh="每个微心愿占用党员工时", en="Hours of members that one claimed wish takes.")  # fmt: skip
    volunteer_hours: float = parameter(
        0.3, low=0.0, high=2.0, unit="effective hours per engaged resident-month",
        source="A: 1 hour a month at weight 0.3; 13.85 hours cumulative a registrant (2017)",
        zh="参与居民每月有效服务工时", en="Effective hours a fully engaged resident gives in a month.")  # fmt: skip
    matter_hours_scale: float = parameter(
        1.0, low=0.7, high=1.4, unit="ratio", uncertain=True, source="A: only its ratio to direct hours is identified",
        zh="每件事项耗时倍数", en="Multiplier on the hours that every matter takes.")  # fmt: skip
    meeting_hours: float = parameter(
        1.0, low=0.0, high=4.0, unit="hours per post and meeting", source="A: of four workers one spends half a day preparing and attending",
        zh="街道联席会议占用工时", en="Working hours of each post that one linkage meeting of the street or town takes.")  # fmt: skip
    turnover: float = parameter(
        0.15, low=0.0, high=0.5, unit="share of posts per year", source="A: community workers leave often",
        zh="社区工作者年流动率", en="Share of posts that change hands in a year.")  # fmt: skip
    newcomer_loss: float = parameter(
        0.3, low=0.0, high=0.6, unit="share of a post-year", source="A: vacancy and learning take about four months",
        zh="每次换人损失的工时", en="Share of a year's hours lost when a post changes hands.")  # fmt: skip
    opening_hours_cost: float = parameter(
        0.04, low=0.0, high=0.3, unit="share of staff hours per 40 hours a week", source="A: one person keeps the point open",
        zh="延长开放占用工时", en="Share of staff hours that another 40 opening hours a week take.")  # fmt: skip
    agency_load: float = parameter(
        0.05, low=0.0, high=0.5, unit="share", source="A: the worker walks in the resident's place",
        zh="全程代办增加的耗时", en="Rise of the hours of a matter when the community acts for the resident.")  # fmt: skip
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
        0.93, low=0.8, high=0.97, unit="share", uncertain=True, source="A: with quality of sd 1, about 91 % of served matters; Beijing 96.7 % in 2024",
        zh="平均质量下的办结成功率", en="Chance that a served matter is solved at mean quality.")  # fmt: skip
    solve_quality: float = parameter(
        0.10, low=0.0, high=0.2, unit="share per sd of quality", source="A: prototype",
        zh="质量提高一个标准差增加的成功率", en="Rise of the solving chance per standard deviation of quality.")  # fmt: skip
    unsolvable: float = parameter(
        0.02, low=0.0, high=0.1, unit="share", source="A: Beijing solves 96.7 % in 2024, not all",
        zh="基层无法解决的比例", en="Share of matters that cannot be solved in a community.")  # fmt: skip
    escalation: float = parameter(
        0.12, low=0.05, high=1.0, unit="per month", uncertain=True, source="A: a few percent of requests escalate",
        zh="逾期事项每月上交率", en="Monthly hazard that a matter past its deadline escalates.")  # fmt: skip
    remedy_cost: float = parameter(
        3000.0, low=1000.0, high=10000.0, unit="yuan per escalated matter", source="A: prototype; no public unit cost",
        zh="每件上交事项的处置成本", en="What one escalated matter costs the district.")  # fmt: skip
