"""Parameters of money and the norms of provision."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.parameters.about import parameter


@dataclass(frozen=True, kw_only=True)
class MoneyRates:
    """Parameters of money and the norms of provision."""

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
    window_cost: float = parameter(
        5_000.0, low=1_000.0, high=50_000.0, unit="yuan per window-year", source="A: equipment and a share of training; staff as before",
        zh="每个增设窗口年成本", en="Yearly cost of one more service window.")  # fmt: skip
    capital_years: float = parameter(
        30.0, low=10.0, high=50.0, unit="years", source="A: straight-line life of a public building",
        zh="场所折旧年限", en="Years over which capital is spread.")  # fmt: skip
    venue_running_cost: float = parameter(
        120.0, low=30.0, high=300.0, unit="yuan per m2-year", source="A: heating, cleaning, a keeper",
        zh="场所年运行费", en="Yearly running cost of a square metre of venue.")  # fmt: skip
    shared_running: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", source="A: owner and community halve heating, cleaning and a keeper",
        zh="共享场所由社区承担的运行费比例", en="Share of the running cost of shared premises that the community bears.")  # fmt: skip
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
