"""Posts and people: branches and organisers beyond the community's own."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.mechanisms.acting import (
    Places,
    everyone,
    largest,
    urban,
    villages,
    with_levers,
    with_posts,
    with_support,
    with_units,
)
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.tables import Integers, Reals
from scenarios.text import Text

YEARLY = "元/community/year"
DAY_HOURS = 7.0  # as in a post's 1750 hours of 250 days
BUILDINGS, MARKETS, UPGRADED = 0.18, 0.08, 0.12  # shares of urban communities that the entries reach by default
INDUSTRIES, TOWNS = 0.2, 0.64  # of villages, of towns


def branch_building(district: District, *, branches: float, cost: float, asking: float, communities: float) -> District:
    """Branches are founded in buildings of the largest urban communities, each with one who organises and asks."""
    if branches == 0:
        return district
    where = largest(district, communities, urban(district))
    led = with_levers(district, where, organisers=branches, recruitment=1.0 + asking)
    return with_support(led, "building_branches", where=where, cost_yuan=branches * cost)


def cost_of_building_branches(
    district: District, *, branches: float, cost: float, asking: float, communities: float
) -> float:
    """Branches times what founding one costs in a year."""
    return float(largest(district, communities, urban(district)).sum()) * branches * cost


def branch_associations(district: District, *, branches: float, cost: float, cooperation: float) -> District:
    """Branches of trade associations organise volunteers in towns and win their member firms over."""
    if branches == 0:
        return district
    where = urban(district)
    led = with_levers(with_units(district, kinds=("enterprise",), cooperation=cooperation), where, organisers=branches)
    return with_support(led, "association_branches", payer="society", where=where, cost_yuan=branches * cost)


def cost_of_association_branches(district: District, *, branches: float, cost: float, cooperation: float) -> float:
    """Branches times what one costs, in every urban community."""
    return float(urban(district).sum()) * branches * cost


def branch_markets(district: District, *, branches: float, cost: float, voicing: float, communities: float) -> District:
    """Branches in markets and parks organise volunteers and let traders and workers speak up."""
    if branches == 0:
        return district
    where = largest(district, communities, urban(district))
    led = with_levers(district, where, organisers=branches, voicing=1.0 + voicing)
    return with_support(led, "market_branches", where=where, cost_yuan=branches * cost)


def cost_of_market_branches(
    district: District, *, branches: float, cost: float, voicing: float, communities: float
) -> float:
    """Branches times what one costs."""
    return float(largest(district, communities, urban(district)).sum()) * branches * cost


def branch_industries(
    district: District, *, hours: float, dividend: float, cost: float, communities: float
) -> District:
    """Branches along an industry's chain: members give more hours, and the industry shares its gains with the village."""
    if hours == 0:
        return district
    where = largest(district, communities, villages(district))
    led = with_levers(district, where, member_hours=hours)
    shared = with_support(led, "industry_dividends", payer="society", where=where, yuan=dividend)
    return with_support(shared, "industry_branches", where=where, cost_yuan=cost)


def cost_of_industry_branches(
    district: District, *, hours: float, dividend: float, cost: float, communities: float
) -> float:
    """The branch and the dividend of every village in the chain."""
    return float(largest(district, communities, villages(district)).sum()) * (dividend + cost) * (hours > 0)


def firms(district: District) -> Integers:
    """Enterprises that stand in each urban community."""
    units, row = district.units, {code: row for row, code in enumerate(district.communities.code)}
    rows = [row[code] for code, kind in zip(units.community_code, units.kind, strict=True) if kind == "enterprise"]
    counts = np.bincount(np.array(rows, dtype=np.int64), minlength=len(row))
    return np.where(urban(district), counts, 0)


def stations(district: District, firms_per_station: float) -> Integers:
    """Stations by the number of firms, rounded up: one for up to so many firms, two for up to twice as many."""
    return np.asarray(np.ceil(firms(district) / firms_per_station), dtype=np.int64)


def with_firms(district: District) -> Places:
    """Urban communities in which at least one enterprise stands."""
    return firms(district) > 0


def staff_stations(
    district: District, *, staff: float, firms_per_station: float, local: float, cooperation: float
) -> District:
    """Stations in office buildings: paid posts, firms' matters settled on the spot, enterprises won over."""
    if round(staff) == 0:
        return district
    posted = with_posts(district, stations(district, firms_per_station) * round(staff))
    settled = with_levers(posted, with_firms(district), local_items=local)
    return with_units(settled, kinds=("enterprise",), cooperation=cooperation)


def wages_of_stations(
    district: District, *, staff: float, firms_per_station: float, local: float, cooperation: float
) -> float:
    """A year of every post in a station."""
    return float(stations(district, firms_per_station).sum()) * round(staff) * district.rates.post_cost


def upgrade_organisations(district: District, *, organisers: float, meetings: float, communities: float) -> District:
    """Branches of the largest urban communities become general branches or committees with more branches below."""
    if organisers == 0:
        return district
    where = largest(district, communities, urban(district))
    return with_levers(district, where, organisers=organisers, admin_relief=-meetings)


def villages_of_towns(district: District, share: float) -> Places:
    """The villages of so many towns, those with the most villages first, rounded up."""
    street, rural = district.street_index, villages(district)
    counts = np.bincount(street[rural], minlength=len(district.streets))
    towns = sorted(np.flatnonzero(counts).tolist(), key=lambda row: (-counts[row], district.streets.code[row]))
    chosen = towns[: int(np.ceil(round(share * len(towns), 9)))]
    return np.asarray(rural & np.isin(street, chosen))


def per_village(district: District, share: float) -> Reals:
    """What one for a whole town comes to in each of its villages; 0 in towns without."""
    where, street = villages_of_towns(district, share), district.street_index
    counts = np.bincount(street[where], minlength=len(district.streets))
    return np.where(where, 1.0 / np.maximum(counts, 1)[street], 0.0)


def send_town_organisers(district: District, *, towns: float, hours: float, branches: float) -> District:
    """An organiser for every chosen town, who leads volunteers and helps in its villages."""
    if towns == 0:
        return district
    each, where = per_village(district, towns), villages_of_towns(district, towns)
    led = with_levers(district, where, organisers=branches * each)
    return with_support(led, "town_organisers", hours=hours * each, cost_yuan=district.rates.post_cost * each)


def wages_of_town_organisers(district: District, *, towns: float, hours: float, branches: float) -> float:
    """A year of one post in every chosen town."""
    return float(per_village(district, towns).sum()) * district.rates.post_cost


def unite_posts(district: District, *, share: float, local: float, load: float) -> District:
    """Secretary and director in one person: more is settled on the spot, and the double load takes office hours."""
    return with_levers(district, local_items=share * local, admin_relief=-share * load)


def send_liaison_officers(district: District, *, days: float, listing: float, cooperation: float) -> District:
    """An officer for each community, whom resident units tell what they could do; the senders pay the days."""
    if days == 0:
        return district
    known = with_levers(with_units(district, cooperation=cooperation), liaison=listing)
    return with_support(known, "liaison_officers", payer="society", cost_yuan=liaison_yuan(district, days))


def liaison_yuan(district: District, days: float) -> float:
    """An officer's days of seven hours at the price of an hour, 元 a community and year."""
    return days * DAY_HOURS * district.rates.contract_wage


def cost_of_liaison(district: District, *, days: float, listing: float, cooperation: float) -> float:
    """The officers' days in all communities."""
    return len(district.communities) * liaison_yuan(district, days)


BRANCH_COST = Setting(
    name="cost", default=3600.0, unit="元/year", low=0.0, high=50_000.0,
    source="study report 002: 3000 元 for each branch and 50 元 a month, 3000 + 600; A for other branches",
    says=Text("每个支部年经费", "Yearly money of one branch"))  # fmt: skip

BUILDING_BRANCHES = Mechanism(
    id="building_branches", rows=(29,), name=ROW[29].name, says=ROW[29].says,
    resource=Text("楼宇党员和组建费用", "members in buildings, money to found branches"),
    serves=Text("人口多的城市社区", "populous urban communities"),
    acts_as=Text("组织志愿者的人手和当面动员", "organisers of volunteers and asking in person"),
    settings=(
        Setting(name="branches", default=4.2, low=0.0, high=20.0, neutral=0.0,
                source="study report 002: 84个 in 20多个社区, 4.2 a community, of 23.8 members each",
                says=Text("每个社区楼宇支部数", "Building branches in a community")),
        Setting(name="cost", default=1_000.0, unit="元/year", low=0.0, high=50_000.0,
                source="A: 3,000 元 once for a sign, files and furniture, over three plan years; activity money and allowance, 3000 + 600 元 "
                       "of study report 002, are those of building_branch_money",
                says=Text("每个支部组建费用，折合每年", "Founding one branch, per year")),
        Setting(name="asking", default=0.05, unit="share", low=0.0, high=0.5,
                source="A: organisers ask neighbours in person (Bijker et al. 2019: being asked works)",
                says=Text("当面动员增加的比例", "Rise of asking in person")),
        Setting(name="communities", default=BUILDINGS, unit="share", low=0.0, high=1.0,
                source="A: 20多个社区 of 113 urban communities",
                says=Text("建楼宇支部的城市社区比例", "Share of urban communities with such branches")),
    ),
    apply=branch_building, adds=("levers.organisers", "levers.recruitment", "supports"), metric="volunteer_hours",
    direction="higher", margin=60.0, evidence="source claim", channels=("cost", "capacity"),
    where=lambda district: largest(district, BUILDINGS, urban(district)), costs=cost_of_building_branches,
    identity="2000 / 84 = 23.8 members a branch; 84 / 20 = 4.2 a community",
)  # fmt: skip

ASSOCIATION_BRANCHES = Mechanism(
    id="association_branches", rows=(30,), name=ROW[30].name, says=ROW[30].says,
    resource=Text("会费和社会资金", "dues and social money"), serves=Text("城市社区和会员单位", "towns and member firms"),
    acts_as=Text("组织志愿者的人手、单位合作度", "organisers of volunteers, cooperation of units"),
    settings=(
        Setting(name="branches", default=0.44, low=0.0, high=5.0, neutral=0.0,
                source="study report 002: 50多个 branches with 500多名 members; A: for 113 urban communities",
                says=Text("平均每个城市社区协会支部数", "Association branches per urban community")),
        BRANCH_COST,
        Setting(name="cooperation", default=0.05, unit="share", low=0.0, high=0.5,
                source="A: part of what is missing to full cooperation",
                says=Text("企业合作度提升（占缺口比例）", "Rise of enterprises' cooperation, of what is missing")),
    ),
    apply=branch_associations, adds=("levers.organisers", "units.cooperation", "supports"), metric="volunteer_hours",
    direction="higher", margin=25.0, evidence="source claim", channels=("cost", "capacity"), where=urban,
    costs=cost_of_association_branches, identity="500 / 50 = 10 members a branch",
)  # fmt: skip

MARKET_BRANCHES = Mechanism(
    id="market_branches", rows=(31,), name=ROW[31].name, says=ROW[31].says,
    resource=Text("市场和园区党员、支部经费", "members in markets and parks, money for branches"),
    serves=Text("有市场和园区的社区", "communities with markets or parks"),
    acts_as=Text("组织志愿者的人手、商户诉求渠道", "organisers of volunteers, a channel for traders' requests"),
    settings=(
        Setting(name="branches", default=1.0, low=0.0, high=10.0, neutral=0.0,
                source="study report 002: 9 branches with 220 members, 24.4 each; A: one where there is a market",
                says=Text("每个社区市场园区支部数", "Market and park branches in a community")),
        BRANCH_COST,
        Setting(name="voicing", default=0.05, unit="share", low=0.0, high=0.5, source="A: traders are few among residents",
                says=Text("诉求表达提升比例", "Rise of voicing")),
        Setting(name="communities", default=MARKETS, unit="share", low=0.0, high=1.0,
                source="A: 9 branches for 113 urban communities",
                says=Text("有市场或园区的城市社区比例", "Share of urban communities with a market or park")),
    ),
    apply=branch_markets, adds=("levers.organisers", "levers.voicing", "supports"), metric="volunteer_hours",
    direction="higher", margin=10.0, evidence="source claim", channels=("cost", "capacity", "demand"),
    where=lambda district: largest(district, MARKETS, urban(district)), costs=cost_of_market_branches,
    identity="220 / 9 = 24.4 members a branch",
)  # fmt: skip

INDUSTRY_BRANCHES = Mechanism(
    id="industry_branches", rows=(32,), name=ROW[32].name, says=ROW[32].says,
    resource=Text("产业链党员和产业分红", "members in an industry and its gains"),
    serves=Text("产业链上的村", "villages in the chain"), acts_as=Text("党员服务工时、服务资金", "members' hours, service money"),
    settings=(
        Setting(name="hours", default=1.0, unit="hours/head/year", low=0.0, high=12.0, neutral=0.0,
                source="A: a third more than a member gives otherwise",
                says=Text("每名党员增加服务工时", "Hours more per member")),
        Setting(name="dividend", default=5000.0, unit=YEARLY, low=0.0, high=200_000.0,
                source="A: the source names no figure",
                says=Text("产业返给村里的服务资金", "Service money that the industry gives a village")),
        Setting(name="cost", default=3600.0, unit=YEARLY, low=0.0, high=50_000.0,
                source="A: as one building branch of study report 002, one a village",
                says=Text("每村产业链支部年经费", "Yearly money of a village's branch")),
        Setting(name="communities", default=INDUSTRIES, unit="share", low=0.0, high=1.0,
                source="A: 1.4万 branches in study report 004, 16 members each; a village in five",
                says=Text("产业链上的村比例", "Share of villages in the chain")),
    ),
    apply=branch_industries, adds=("levers.member_hours", "supports"), metric="service_hours", direction="higher",
    margin=20.0, evidence="assumption", channels=("cost", "capacity"),
    where=lambda district: largest(district, INDUSTRIES, villages(district)), costs=cost_of_industry_branches,
    identity="22.4 万 / 1.4 万 = 16.0 members a branch",
)  # fmt: skip

OFFICE_STATIONS = Mechanism(
    id="office_stations", rows=(33,), name=ROW[33].name, says=ROW[33].says,
    resource=Text("站点岗位", "posts in stations"), serves=Text("企业及所在城市社区", "firms and their urban communities"),
    acts_as=Text("人力、就地办理、单位合作度", "staff, matters settled on the spot, cooperation"),
    settings=(
        Setting(name="staff", default=1.0, low=0.0, high=5.0, neutral=0.0, source="A: study report 001 masks the number (配备X名)",
                says=Text("每站工作人员", "Staff of a station")),
        Setting(name="firms_per_station", default=4.0, low=1.0, high=100.0,
                source="A: study report 001 masks the number of firms (每XXX至XXXX户); larger firms are listed here alone",
                says=Text("每站服务的驻区企业数", "Resident enterprises that one station serves")),
        Setting(name="local", default=0.05, unit="share", low=0.0, high=0.5, source="A: firms' matters among all",
                says=Text("上转事项就地办理比例", "Share of routed matters settled on the spot")),
        Setting(name="cooperation", default=0.05, unit="share", low=0.0, high=0.5, source="A: part of what is missing",
                says=Text("企业合作度提升（占缺口比例）", "Rise of enterprises' cooperation, of what is missing")),
    ),
    apply=staff_stations, adds=("communities.posts", "levers.local_items", "units.cooperation"), metric="service_hours",
    direction="higher", margin=300.0, evidence="assumption", channels=("cost", "capacity", "delay"), where=with_firms,
    costs=wages_of_stations, identity="stations = ceil(firms / firms per station)",
)  # fmt: skip

ORGANISATION_UPGRADE = Mechanism(
    id="organisation_upgrade", rows=(34,), name=ROW[34].name, says=ROW[34].says,
    resource=Text("社区党组织", "party organisations of communities"),
    serves=Text("人口多的城市社区", "populous urban communities"), acts_as=Text("更小的带动幅度", "a smaller span of control"),
    settings=(
        Setting(name="organisers", default=3.0, low=0.0, high=20.0, neutral=0.0,
                source="A: a general branch has at least three branches below it",
                says=Text("每个社区新增下设支部", "Branches more under each that is upgraded")),
        Setting(name="meetings", default=0.005, unit="share", low=0.0, high=0.05, source="A: nine hours of a post-year",
                says=Text("会务占用行政工时比例", "Share of office hours that added meetings take")),
        Setting(name="communities", default=UPGRADED, unit="share", low=0.0, high=1.0,
                source="study report 002: 1 committee and 13 general branches; A: of 113 urban communities",
                says=Text("升格的城市社区比例", "Share of urban communities upgraded")),
    ),
    apply=upgrade_organisations, adds=("levers.organisers", "levers.admin_relief"), metric="volunteer_hours",
    direction="higher", margin=30.0, evidence="assumption", channels=("capacity",),
    where=lambda district: largest(district, UPGRADED, urban(district)), identity="1 + 13 = 14 upgraded",
)  # fmt: skip

TOWN_ORGANISERS = Mechanism(
    id="town_organisers", rows=(35,), name=ROW[35].name, says=ROW[35].says,
    resource=Text("乡镇专职岗位", "posts in towns"), serves=Text("配备组织员的镇所属各村", "villages of towns with an organiser"),
    acts_as=Text("组织志愿者的人手、帮办工时", "an organiser of volunteers, hours of help"),
    settings=(
        Setting(name="towns", default=TOWNS, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 003: 7 in 11 towns",
                says=Text("配备组织员的乡镇比例", "Share of towns with an organiser")),
        Setting(name="hours", default=480.0, unit="hours/year", low=0.0, high=1750.0,
                source="A: a post's direct share, 27 % of 1750 hours",
                says=Text("每名组织员下村工时", "Hours of an organiser in the villages of the town")),
        Setting(name="branches", default=3.0, low=0.0, high=20.0, source="A: one full-time organiser does the work of three",
                says=Text("相当于兼职组织者人数", "Part-time organisers that one of them equals")),
    ),
    apply=send_town_organisers, adds=("levers.organisers", "supports"), metric="outside_hours", direction="higher",
    margin=150.0, evidence="assumption", channels=("cost", "capacity"), where=lambda district: villages_of_towns(district, TOWNS),
    costs=wages_of_town_organisers, identity="7 / 11 = 64 % of towns",
)  # fmt: skip

UNITED_POSTS = Mechanism(
    id="united_posts", rows=(36,), name=ROW[36].name, says=ROW[36].says,
    resource=Text("书记和主任岗位", "posts of secretary and director"), serves=Text("社区和村", "communities and villages"),
    acts_as=Text("更多事项就地办理，办事工时减少", "more settled on the spot, fewer hours"),
    settings=(
        Setting(name="share", default=0.95, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="Jiangsu 2020: 97.5 % of villages, 94.6 % of communities; study report 003: 比例還很低",
                says=Text("一肩挑的比例", "Share of places where one person holds both posts")),
        Setting(name="local", default=0.05, unit="share", low=0.0, high=0.3, source="A: what two people passed up to be agreed",
                says=Text("上转事项就地办理比例", "Share of routed matters settled on the spot")),
        Setting(name="load", default=0.005, unit="share", low=0.0, high=0.05, source="A: nine hours of a post-year",
                says=Text("双重职责挤占工时比例", "Share of office hours that the double load takes")),
    ),
    apply=unite_posts, adds=("levers.local_items", "levers.admin_relief"), metric="time_above", direction="lower",
    margin=0.007, evidence="assumption", channels=("delay", "capacity"), where=everyone,
)  # fmt: skip

LIAISON_OFFICERS = Mechanism(
    id="liaison_officers", rows=(37,), name=ROW[37].name, says=ROW[37].says,
    resource=Text("派出单位人员", "staff of those who send them"), serves=Text("企业、村和周边社区", "firms, villages and communities around"),
    acts_as=Text("需求公开、单位合作度", "needs made known, cooperation of units"),
    settings=(
        Setting(name="days", default=6.0, unit="days/community/year", low=0.0, high=60.0, neutral=0.0,
                source="A: a day every two months",
                says=Text("每个社区联络员工作天数", "An officer's days for each community")),
        Setting(name="listing", default=0.1, unit="share", low=0.0, high=0.5, source="A: units know of half of it without them",
                says=Text("需求清单公开比例增量", "Added share of waiting work that units see")),
        Setting(name="cooperation", default=0.05, unit="share", low=0.0, high=0.5, source="A: part of what is missing",
                says=Text("单位合作度提升（占缺口比例）", "Rise of units' cooperation, of what is missing")),
    ),
    apply=send_liaison_officers, adds=("levers.liaison", "units.cooperation", "supports"), metric="partner_hours",
    direction="higher", margin=30.0, evidence="assumption", channels=("cost", "capacity"), costs=cost_of_liaison,
)  # fmt: skip

BRANCHES: tuple[Mechanism, ...] = (
    BUILDING_BRANCHES, ASSOCIATION_BRANCHES, MARKET_BRANCHES, INDUSTRY_BRANCHES, OFFICE_STATIONS, ORGANISATION_UPGRADE,
    TOWN_ORGANISERS, UNITED_POSTS, LIAISON_OFFICERS,
)  # fmt: skip
