"""Leaders, committee members from resident units, teams and placements in villages, and the career of secretaries."""

from __future__ import annotations

from typing import cast

import numpy as np

from scenarios.arrangements import Payer
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.mechanisms.acting import (
    Places,
    everyone,
    villages,
    weakest,
    with_levers,
    with_posts,
    with_support,
    with_units,
)
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.posts_training import workers
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.working_days import HOURS_A_DAY, mean_left, pay_of_days
from scenarios.text import Text

CONTACT_SHARE = 0.15  # A: some thirty leaders for 218 communities
TEAM_SHARE = 0.25  # A: 2 万 teams, of which 1.6 万 in weak villages, among some 7.5 万 villages
PLACED_SHARE = 0.23  # A: 17,057 people for some 7.5 万 villages

PAYER = Setting(
    name="payer", default="province", choices=("province", "city", "district"),
    source="study report 004: sent by province and cities", says=Text("出资层级", "Tier that pays"))  # fmt: skip


def settle_questions(district: District, *, meetings: float, people: float, clears: float) -> District:
    """Leaders take up what is overdue at meetings of their own, beside those of the tiers; with no meeting nothing is done."""
    if round(meetings) == 0:
        return district
    taken = with_levers(district, attention=1.0 - (1.0 - clears) ** (round(meetings) / MONTHS))
    each = cost_of_meetings(district, meetings=meetings, people=people, clears=clears) / len(district.communities)
    return with_support(taken, "leaders_settle", cost_yuan=each)


def cost_of_meetings(district: District, *, meetings: float, people: float, clears: float) -> float:
    """A working day of everyone at a meeting, to prepare, hold and follow it up."""
    return pay_of_days(district, round(meetings) * people)


def contact_points(district: District, share: float) -> Places:
    """Communities with a leader of their own: the weakest in service, none if the share is 0."""
    return weakest(district, share) if share > 0 else ~everyone(district)


def take_on(district: District, *, share: float, days: float, attention: float, quality: float) -> District:
    """Each leader takes on one weak community: its overdue matters clear sooner, its quality rises and fades."""
    points = contact_points(district, share)
    taken = with_levers(district, points, attention=attention, campaign=quality)
    return with_support(taken, "contact_points", where=points, cost_yuan=pay_of_days(district, days))


def leaders_days(district: District, *, share: float, days: float, attention: float, quality: float) -> float:
    """Days of as many leaders as there are contact points."""
    return float(contact_points(district, share).sum()) * pay_of_days(district, days)


def on_committees(district: District, per_street: float) -> float:
    """Part-time members in the whole district, at most one from each unit."""
    return min(per_street * len(district.streets), float(len(district.units)))


def invite_units(district: District, *, per_street: float, cooperation: float, liaison: float, days: float) -> District:
    """Units with a member on the committee cooperate more and see more of what is needed; they spare the days."""
    seated = on_committees(district, per_street)
    share = seated / max(len(district.units), 1)
    joined = with_units(with_levers(district, liaison=liaison * share), cooperation=cooperation * share)
    cost = committee_days(district, per_street=per_street, cooperation=cooperation, liaison=liaison, days=days)
    return with_support(joined, "committee_members", payer="society", cost_yuan=cost / len(district.communities))


def committee_days(district: District, *, per_street: float, cooperation: float, liaison: float, days: float) -> float:
    """Working days of the members, which their units pay."""
    return pay_of_days(district, on_committees(district, per_street) * days)


def on_the_list(district: District, share: float) -> Places:
    """Villages on the list: the weakest in service, none if the share is 0."""
    return weakest(district, share, among=villages(district)) if share > 0 else ~everyone(district)


def send_teams(
    district: District, *, share: float, team: float, days: float, cash: float, half_life: float
) -> District:
    """A team with money comes to each village on the list; the province pays, and its hours dwindle."""
    return with_support(
        district, "village_teams", payer="province", where=on_the_list(district, share), yuan=cash,
        hours=team * days * HOURS_A_DAY, cost_yuan=pay_of_team(district, team * days, half_life), half_life_months=half_life,
    )  # fmt: skip


def pay_of_team(district: District, days: float, half_life: float) -> float:
    """What the days of one team are worth a year, on average over the plan years, in which they dwindle."""
    return pay_of_days(district, days) * mean_left(district, half_life)


def cost_of_teams(
    district: District, *, share: float, team: float, days: float, cash: float, half_life: float
) -> float:
    """Money and working days of every team, on average over the plan years."""
    return float(on_the_list(district, share).sum()) * (cash + pay_of_team(district, team * days, half_life))


def place_graduates(district: District, *, share: float, posts: float, effort: float) -> District:
    """Weak villages get posts, and with those who fill them some quality."""
    places = on_the_list(district, share)
    placed = with_posts(district, np.where(places, round(posts), 0).astype(np.int64))
    return with_levers(placed, places, effort=effort * min(round(posts), 1))


def pay_of_graduates(district: District, *, share: float, posts: float, effort: float) -> float:
    """A year of every post."""
    return float(on_the_list(district, share).sum()) * round(posts) * district.rates.post_cost


def open_ladder(district: District, *, slots: float, effort: float, best: float, payer: str) -> District:
    """Everyone tries harder for a place in the civil service; the best communities lose their secretary for it."""
    if slots == 0:
        return district
    strongest = ~weakest(district, 1.0 - best) if best < 1.0 else everyone(district)
    staff = max(float(workers(district).mean()), 1.0)
    leaving = min(slots / best, 1.0) / staff  # posts that change hands, of all in such a community
    tried = with_levers(district, effort=effort)
    left = with_levers(tried, strongest, turnover_cut=-leaving / max(district.rates.turnover, 1e-9))
    return with_support(left, "career_ladder", payer=cast(Payer, payer), cost_yuan=slots * district.rates.posting_cost)


def pay_of_places(district: District, *, slots: float, effort: float, best: float, payer: str) -> float:
    """A civil servant's year for every place opened in a year."""
    return slots * len(district.communities) * district.rates.posting_cost


LEADERS_SETTLE = Mechanism(
    id="leaders_settle", rows=(19,), name=ROW[19].name, says=ROW[19].says,
    resource=Text("区领导和部门的时间", "time of leaders and departments"), serves=Text("社区", "communities"),
    acts_as=Text("逾期的上转事项定期清理", "overdue matters cleared at meetings"),
    settings=(
        Setting(name="meetings", default=4.0, low=0.0, high=12.0, neutral=0.0,
                source="A: each quarter; study report 000 says 定期研究",
                says=Text("每年专题研究次数", "Meetings a year")),
        Setting(name="people", default=15.0, low=1.0, high=60.0, source="A: leaders and heads of departments",
                says=Text("每次参会人数", "People at a meeting")),
        Setting(name="clears", default=0.3, unit="share", low=0.0, high=0.9, source="A: as a linkage meeting settles, of what is overdue",
                says=Text("每次研究并督办后办结的逾期事项比例", "Share of overdue matters that each meeting and its follow-up clear")),
    ),
    apply=settle_questions, adds=("levers.attention", "supports"), metric="time_above",
    direction="lower", margin=0.01, evidence="assumption", channels=("cost", "delay"), costs=cost_of_meetings,
    identity="4 meetings clear 1 - 0.7^4 = 76 % of what would else be overdue all year",
)  # fmt: skip

CONTACT_POINTS = Mechanism(
    id="contact_points", rows=(20,), name=ROW[20].name, says=ROW[20].says,
    resource=Text("领导下点时间", "days of leaders"), serves=Text("薄弱社区", "weak communities"),
    acts_as=Text("一时的质量提升；逾期事项更快办结", "quality for a while; overdue matters cleared sooner"),
    settings=(
        Setting(name="share", default=CONTACT_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study reports 000, 001, 003: 每人联系一个; A: some thirty leaders for 218 communities",
                says=Text("有联系点的社区比例，薄弱者优先", "Share of communities that a leader takes on, weakest first")),
        Setting(name="days", default=12.0, unit="days/year", low=1.0, high=60.0, source="A: a day a month",
                says=Text("每名领导每年下点天数", "Days a year of a leader at the contact point")),
        Setting(name="attention", default=0.15, unit="share", low=0.0, high=0.8, source="A: the leader asks after them",
                says=Text("每月多办结的逾期事项比例", "Share of overdue matters cleared more in a month")),
        Setting(name="quality", default=0.2, low=0.0, high=1.0,
                source="A: sd at the start; campaign gains shrink afterwards (Li et al. 2025, sign)",
                says=Text("服务质量的起始提升（标准差）", "Quality gained at the start, in sd")),
    ),
    apply=take_on, adds=("levers.attention", "levers.campaign", "supports"), metric="quality", direction="higher",
    margin=0.03, evidence="assumption", channels=("cost", "delay", "quality"),
    where=lambda district: contact_points(district, CONTACT_SHARE), costs=leaders_days,
    identity="leaders = communities taken on: 0.15 x 218 = 33",
)  # fmt: skip

COMMITTEE_MEMBERS = Mechanism(
    id="committee_members", rows=(21,), name=ROW[21].name, says=ROW[21].says,
    resource=Text("驻区单位骨干", "staff of resident units"), serves=Text("街道和社区", "streets and communities"),
    acts_as=Text("单位合作度、需求清单公开", "cooperation of units, needs they see"),
    settings=(
        Setting(name="per_street", default=6.8, low=0.0, high=40.0, neutral=0.0,
                source="study report 002: 遴选了34名…5个街道",
                says=Text("每个街镇兼职委员人数", "Part-time members of each street or town")),
        Setting(name="cooperation", default=0.4, unit="share", low=0.0, high=1.0,
                source="A: a unit with a seat makes up two fifths of what it lacks in cooperation",
                says=Text("任职单位合作度缺口的弥补比例", "Share of missing cooperation that a seat wins")),
        Setting(name="liaison", default=0.3, unit="share", low=0.0, high=1.0, source="A: members see the lists themselves",
                says=Text("任职单位多看到的需求比例", "Share of hidden needs that such a unit gets to see")),
        Setting(name="days", default=6.0, unit="days/year", low=0.0, high=60.0, source="A: a day every two months",
                says=Text("每名委员每年履职天数", "Days a year of a member")),
    ),
    apply=invite_units, adds=("units.cooperation", "levers.liaison", "supports"), metric="partner_hours",
    direction="higher", margin=100.0, evidence="assumption", channels=("cost", "capacity"), costs=committee_days,
    identity="34 members / 5 streets = 6.8 a street",
)  # fmt: skip

VILLAGE_TEAMS = Mechanism(
    id="village_teams", rows=(26,), name=ROW[26].name, says=ROW[26].says,
    resource=Text("派驻干部和资金", "posted cadres and money"), serves=Text("后进村", "weak villages"),
    acts_as=Text("外来工时（逐年减少）和项目资金", "hours from outside that dwindle, and money"),
    settings=(
        Setting(name="share", default=TEAM_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 004: 2万个组 for 1.6 万 weak villages; A: of some 7.5 万 villages",
                says=Text("有工作组的村比例，后进者优先", "Share of villages with a team, weakest first")),
        Setting(name="team", default=5.5, low=1.0, high=20.0, source="study report 004: 2万个组, 11万名干部",
                says=Text("每组人数", "Members of a team")),
        Setting(name="days", default=20.0, unit="days/year", low=1.0, high=230.0,
                source="A: beside their posts at home, two days a month and some more",
                says=Text("每人每年驻村天数", "Days a year of each member in the village")),
        Setting(name="cash", default=21_500.0, unit="元/community/year", low=0.0, high=500_000.0,
                source="study report 004: 投入资金4.3亿元 for 2 万 teams; A: each year",
                says=Text("每组带来的资金", "Money that a team brings")),
        Setting(name="half_life", default=24.0, unit="months", low=0.0, high=120.0,
                source="A: a term of two years; programmes halve in 3 to 5 years (Meng 2013)",
                says=Text("工时减半的月数，0为不减；任期即规划各年", "Months in which hours halve, 0 for never; the plan's years are the term")),
    ),
    apply=send_teams, adds=("supports",), metric="outside_hours", direction="higher", margin=350.0,
    evidence="source claim", channels=("cost", "capacity"), where=lambda district: on_the_list(district, TEAM_SHARE),
    costs=cost_of_teams,
    identity="11 万 / 2 万 = 5.5 a team; 4.3 亿元 / 2 万 = 2.15 万元; 13 万 / 1.6 万 = 8.1 households a village",
)  # fmt: skip

GRADUATE_PLACEMENTS = Mechanism(
    id="graduate_placements", rows=(27,), name=ROW[27].name, says=ROW[27].says,
    resource=Text("干部和毕业生岗位", "posts of cadres and graduates"), serves=Text("薄弱村", "weak villages"),
    acts_as=Text("岗位工时和质量", "staff hours and quality"),
    settings=(
        Setting(name="share", default=PLACED_SHARE, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 004: 8352名, 8705名高校毕业生; A: for some 7.5 万 villages",
                says=Text("有下派人员的村比例，薄弱者优先", "Share of villages with a placement, weakest first")),
        Setting(name="posts", default=1.0, low=0.0, high=5.0, neutral=0.0, source="A: one each",
                says=Text("每村增加岗位数", "Posts added in such a village")),
        Setting(name="effort", default=0.1, low=0.0, high=0.8,
                source="A: sd; graduates improved targeting, not headcount (He & Wang 2017, sign)",
                says=Text("服务质量的提升（标准差）", "Quality gained, in sd")),
    ),
    apply=place_graduates, adds=("communities.posts", "levers.effort"), metric="service_hours", direction="higher",
    margin=100.0, evidence="field study", channels=("cost", "capacity", "quality"),
    where=lambda district: on_the_list(district, PLACED_SHARE), costs=pay_of_graduates,
    identity="8352 + 8705 = 17057; 17057 / 7.5 万 = 0.23 a village",
)  # fmt: skip

CAREER_LADDER = Mechanism(
    id="career_ladder", rows=(28,), name=ROW[28].name, says=ROW[28].says,
    resource=Text("公务员名额", "places in the civil service"), serves=Text("社区和村书记", "secretaries"),
    acts_as=Text("激励带来的质量；最好的书记流出", "quality through incentive; the best leave"),
    settings=(
        Setting(name="slots", default=0.02, unit="share", low=0.0, high=0.2, neutral=0.0,
                source="A: between 355 of some 7.5 万 villages (study report 004) and 50 in Huancui (study report 002)",
                says=Text("每年名额占社区数的比例", "Places a year as a share of communities")),
        Setting(name="effort", default=0.08, low=0.0, high=0.5, source="A: sd; the chance is small for each",
                says=Text("服务质量的提升（标准差）", "Quality gained, in sd")),
        Setting(name="best", default=0.2, unit="share", low=0.05, high=1.0, source="A: chosen from the best fifth",
                says=Text("书记可能被录用的社区比例，优者优先", "Share of communities, the best, whose secretary may leave")),
        PAYER,
    ),
    apply=open_ladder, adds=("levers.effort", "levers.turnover_cut", "supports"), metric="quality",
    direction="higher", margin=0.02, evidence="assumption", channels=("cost", "capacity", "quality"),
    costs=pay_of_places, identity="355 of 7.5 万 villages = 0.5 % a year",
)  # fmt: skip

STAFF = (
    LEADERS_SETTLE, CONTACT_POINTS, COMMITTEE_MEMBERS, VILLAGE_TEAMS, GRADUATE_PLACEMENTS, CAREER_LADDER,
)  # fmt: skip
