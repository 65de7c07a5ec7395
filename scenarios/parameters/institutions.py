"""Parameters of institutions: partners, quality, prevention, space."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.parameters.about import parameter


@dataclass(frozen=True, kw_only=True)
class InstitutionRates:
    """Parameters of institutions: partners, quality, prevention, space."""

    # Partners
    partner_gain: float = parameter(
        0.35, low=0.0, high=0.8, unit="ratio", source="A: a unit whose wishes are met for a half gains too little to stay",
        zh="驻区单位从共建中得到的回报", en="What a resident unit gains from an exchange when all it wished for is met.")  # fmt: skip
    partner_listing: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", source="A: units learn of half of what a community needs",
        zh="需求清单公开的比例", en="Share of a community's waiting work that units in reach get to see and may claim.")  # fmt: skip
    partner_return: float = parameter(
        0.2, low=0.0, high=0.6, unit="share of volunteer hours", source="A: communities answer units through volunteers",
        zh="志愿工时中回馈驻区单位的上限", en="Most of its volunteers' hours that a community gives back to units.")  # fmt: skip
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
    training_effect: float = parameter(
        0.5, low=0.0, high=1.0, unit="sd of quality", source="A: most that training in packages can add",
        zh="培训最多带来的质量提升", en="Quality that any amount of training can add at most.")  # fmt: skip
    training_days: float = parameter(
        8.0, low=2.0, high=20.0, unit="days per worker-year", source="A: eight days bring 63 % of the effect",
        zh="培训见效所需天数", en="Days of training a year that bring most of the effect.")  # fmt: skip
    campaign_fade: float = parameter(
        9.0, low=3.0, high=24.0, unit="months", source="campaign gains shrink afterwards (Li et al. 2025; Dong et al. 2024, sign)",
        zh="专项行动效果减半时间", en="Half-life of what a campaign does to quality.")  # fmt: skip
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
        0.3, low=0.0, high=0.6, unit="share of needs", uncertain=True,
        source="A: in the long run; .13 of needs in a third year of paying, near the prototype's .15",
        zh="长期最多可预防的需求比例", en="Most of the needs that money can prevent in the long run.")  # fmt: skip
    prevention_fade: float = parameter(
        36.0, low=6.0, high=60.0, unit="months", source="half-life of 3-5 years (Park, Wang & Wu 2002; Meng 2013; Chen, Mu & Ravallion)",
        zh="预防效果积累和消退的半衰期", en="Half-life with which prevention builds up to what its money yields, and fades without money.")  # fmt: skip
    spillover: float = parameter(
        0.2, low=0.0, high=0.5, unit="share", source="A: size; sign and reach from Theodos et al. 2024, Cityscape 26(3)",
        zh="预防对相邻社区的外溢", en="Share of the mean prevention of neighbours that a community shares in.")  # fmt: skip
    spillover_radius: float = parameter(
        600.0, low=200.0, high=2000.0, unit="metres", source="2,000 ft: Theodos et al. 2024, Cityscape 26(3)",
        zh="外溢半径", en="Distance within which communities share in each other's prevention.")  # fmt: skip
    care_ceiling: float = parameter(
        0.3, low=0.0, high=0.6, unit="share of needs", source="A: aid prevents part of what hardship brings",
        zh="关爱帮扶最多减少的需求", en="Most of the needs of those it reaches that the care fund prevents.")  # fmt: skip
    care_yuan: float = parameter(
        400.0, low=100.0, high=2000.0, unit="yuan per head-year",
        source="study report 002: 50 万元 for 1,700 people, 294 yuan each; A: the curve",
        zh="关爱资金见效水平", en="Care money per head at which 63 % of its effect is reached.")  # fmt: skip
    care_cheer: float = parameter(
        0.05, low=0.0, high=0.2, unit="share per month", source="A: a visit is felt, and soon fades",
        zh="关怀慰问提升满意度", en="Monthly rise of satisfaction that visits of the care fund bring at most.")  # fmt: skip
    care_ability: float = parameter(
        0.05, low=0.0, high=0.2, unit="chance per month", source="A: those who are helped to work are asked to help",
        zh="能力帮扶带来的参与邀请", en="Chance a month that help with skills brings of being asked to take part, at most.")  # fmt: skip
    # Space
    room_hours_per_activity: float = parameter(
        20.0, low=5.0, high=80.0, unit="room-hours per matter", source="A: a weekly hour for half a year",
        zh="每项活动需求占用房间工时", en="Room-hours that one activity matter takes.")  # fmt: skip
    room_hours_per_care: float = parameter(
        6.0, low=2.0, high=40.0, unit="room-hours per matter", source="A: places in day care and after-school rooms, a third of matters",
        zh="每件照护事项占用场地时数", en="Room-hours a care matter takes on average.")  # fmt: skip
    care_space: float = parameter(
        0.4, low=0.05, high=0.8, unit="share", source="A: planner's choice between uses",
        zh="居民活动面积中照护用途占比", en="Share of residents' room-hours kept for care, the rest is for activities.")  # fmt: skip
    room_m2: float = parameter(
        50.0, low=20.0, high=100.0, unit="m2 per room", source="A: a meeting room for 25 people",
        zh="每间活动室面积", en="Floor space of one activity room.")  # fmt: skip
    room_hours_open: float = parameter(
        80.0, low=20.0, high=300.0, unit="hours per room-month", source="A: four hours on each working day",
        zh="每间活动室每月可用工时", en="Hours an activity room can be used in a month.")  # fmt: skip
