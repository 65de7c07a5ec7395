"""Parameters of residents: needs, voicing, satisfaction, participation."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.parameters.about import parameter


@dataclass(frozen=True, kw_only=True)
class PeopleRates:
    """Parameters of residents: needs, voicing, satisfaction, participation."""

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
    grid_norm: float = parameter(
        300.0, low=200.0, high=500.0, unit="households per grid", source="grid presets of 300 to 500 households; median here 316",
        zh="网格员熟悉的户数标准", en="Households that a grid's warden can know by name.")  # fmt: skip
    grid_familiarity: float = parameter(
        0.5, low=0.0, high=1.0, unit="elasticity", source="A: knowing neighbours matters (Xu, Perkins & Chow 2010, sign)",
        zh="网格大小对联系效果的影响", en="How strongly an hour of contact tells more in a smaller grid.")  # fmt: skip
    opening_voicing: float = parameter(
        0.15, low=0.0, high=0.4, unit="elasticity", source="A: longer opening reaches working residents",
        zh="开放时间对诉求表达的作用", en="Elasticity of voicing to the opening hours of the service point.")  # fmt: skip
    contact_reference: float = parameter(
        1.0, low=0.2, high=5.0, unit="hours per household-year", source="A: a warden of 300 households, 60 h plus staff",
        zh="入户联系参照值", en="Contact hours per household at which voicing is at its base level.")  # fmt: skip
    # Satisfaction
    satisfaction_up: float = parameter(
        0.10, low=0.02, high=0.3, unit="share", source="A: workload W",
        zh="办结后满意度提升", en="Rise of a resident's satisfaction after good service.")  # fmt: skip
    satisfaction_down: float = parameter(
        0.05, low=0.01, high=0.2, unit="share per month", source="A: workload W",
        zh="等待一月满意度下降", en="Fall of a resident's satisfaction per month unmet.")  # fmt: skip
    satisfaction_drift: float = parameter(
        0.03, low=0.0, high=0.1, unit="per month", source="A: a good or bad experience is half forgotten in two years",
        zh="满意度回归常态速度", en="Monthly drift of satisfaction back to its usual level.")  # fmt: skip
    satisfaction_level: float = parameter(
        0.7, low=0.4, high=0.9, unit="share", source="A: workload W",
        zh="满意度常态", en="Satisfaction of a resident whom nothing happens to.")  # fmt: skip
    satisfaction_start: float = parameter(
        0.65, low=0.4, high=0.9, unit="share", source="A: where Huancui settles under its grants of last year",
        zh="起始满意度", en="Satisfaction of residents at the start of a run.")  # fmt: skip
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
        0.0128, low=0.0, high=0.05, unit="chance per month at reference contact",
        source="A: with asking_gain holds engagement near its start when contact is at its reference",
        zh="每月被邻里当面邀请的概率", en="Chance that a resident is asked in person to take part, in a month of reference contact.")  # fmt: skip
    asking_gain: float = parameter(
        0.15, low=0.05, high=0.5, unit="share", source="A: being asked works, money does not (Bijker, van Leeuwen & Koster 2019, sign)",
        zh="受邀后参与度提升", en="Share of the way to full engagement that being asked once brings.")  # fmt: skip
    peer_asking: float = parameter(
        0.3, low=0.0, high=0.6, unit="share", source="A: a minority, or participation would spread of itself once it grows",
        zh="由参与邻居发出的邀请占比", en="Share of the asking that neighbours in the grid do who take part themselves.")  # fmt: skip
    engagement_decay: float = parameter(
        0.05, low=0.0, high=0.15, unit="per month", source="Amin et al. 2018, JASSS 21(1):3: 5-10 % a round",
        zh="参与热情每月衰减", en="Monthly decay of engagement.")  # fmt: skip
    engagement_satisfaction: float = parameter(
        0.4, low=0.0, high=0.8, unit="share", source="A: satisfied residents stay longer",
        zh="满意度对参与衰减的缓冲", en="Share of the decay that full satisfaction prevents.")  # fmt: skip
    branch_members: float = parameter(
        21.8, low=10.0, high=50.0, unit="members per organiser",
        source="4.554 m branches for 99.185 m members, end of 2023; 23.8 in the building branches of study report 002",
        zh="每名组织者联系的党员数", en="Party members for each one who organises volunteers.")  # fmt: skip
    span: float = parameter(
        15.0, low=5.0, high=30.0, unit="volunteers per organiser", source="A: one person keeps 10-20 volunteers busy",
        zh="每名组织者可带动的志愿者", en="Volunteers that one organiser can put to work.")  # fmt: skip
    unorganised: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", source="A: half the effort of unorganised volunteers goes astray",
        zh="无人组织的志愿者有效工时比例", en="Share of their hours that volunteers beyond the span still give usefully.")  # fmt: skip
