"""Contact with residents: targeted support, visits, receptions, members' posts and public promises."""

from __future__ import annotations

import numpy as np

from scenarios.arrangements import CARE_KINDS, MEMBER_CLASSES, CareCell
from scenarios.district import District
from scenarios.formulas.care import residents_in_care
from scenarios.mechanisms.acting import with_care, with_levers, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.time_taken import paperwork
from scenarios.tables import Reals
from scenarios.text import Text

MEMBERS = range(1, len(MEMBER_CLASSES))  # the six classes of members; 0 is everyone else
MOST_YUAN = 100_000.0  # a head and year in one care cell


def target_support(district: District, *, per_head: float, living: float, spirit: float, hardship: float) -> District:
    """One budget over eighteen cells: by kinds, and between the class in hardship and the five others, by head in these."""
    return with_care(district, *cells_of_budget(district, per_head, (living, spirit), hardship))


def cells_of_budget(
    district: District, per_head: float, shares: tuple[float, float], hardship: float
) -> list[CareCell]:
    """The eighteen cells; what living and spirit leave is for ability, and nothing is left where they take it all."""
    living = shares[0]
    spirit = min(shares[1], 1.0 - living)
    people = residents_in_care(district)[:, 1:].sum(axis=0)
    of_class = budget_by_class(people, per_head * float(people.sum()), hardship)
    each = np.minimum(of_class / np.maximum(people, 1e-9), MOST_YUAN)
    return [
        CareCell(member_class=row, kind=kind, yuan=float(share * each[row - 1]))
        for kind, share in zip(CARE_KINDS, (living, spirit, 1.0 - living - spirit), strict=True) for row in MEMBERS
    ]  # fmt: skip


def budget_by_class(people: Reals, budget: float, hardship: float) -> Reals:
    """The budget by member class: the last class, in hardship, gets its share, the others the rest by head."""
    others = people[:-1] / max(float(people[:-1].sum()), 1e-9)
    return np.append((1.0 - hardship) * budget * others, hardship * budget)


def targeted_cost(district: District, *, per_head: float, living: float, spirit: float, hardship: float) -> float:
    """The cells' money a head x residents in them."""
    people = residents_in_care(district).sum(axis=0)
    cells = cells_of_budget(district, per_head, (living, spirit), hardship)
    return float(sum(people[cell.member_class] * cell.yuan for cell in cells))


def visit(district: District, *, visits: float, contact: float, gift: float, reach: float) -> District:
    """Visits take hours from settling matters, and bring a gift to the residents in hardship whom they reach."""
    cells = (
        CareCell(member_class=row, kind="spirit", yuan=visits * gift, reach=reach) for row in range(len(MEMBER_CLASSES))
    )
    return with_care(with_levers(district, contact_shift=visits * contact), *cells)


def gifts_cost(district: District, *, visits: float, contact: float, gift: float, reach: float) -> float:
    """Residents in hardship reached x visits x gift."""
    return float(residents_in_care(district).sum()) * reach * visits * gift


def receive(district: District, *, days: float, clears: float, heard: float, cost: float) -> District:
    """Days of reception clear overdue matters and make people speak up; twelve a year are one a month."""
    monthly = days / 12.0
    heard_more = with_levers(district, attention=1.0 - (1.0 - clears) ** monthly, voicing=(1.0 + heard) ** monthly)
    return with_support(heard_more, "leaders_reception", cost_yuan=days * cost / len(district.communities))


def reception_cost(district: District, *, days: float, clears: float, heard: float, cost: float) -> float:
    """Days x cost of one."""
    return days * cost


def assign_members(district: District, *, share: float, hours: float, ties: float, cost: float) -> District:
    """Members with a post or zone give hours near home and keep neighbours together; each takes some upkeep."""
    posted = with_levers(district, member_hours=share * hours, ties=share * ties)
    return with_support(
        posted, "members_posts", cost_yuan=np.asarray(share * district.communities.members * cost, dtype=float)
    )


def posts_cost(district: District, *, share: float, hours: float, ties: float, cost: float) -> float:
    """Members with a post x upkeep of one."""
    return share * float(district.communities.members.sum()) * cost


def promise(district: District, *, share: float, voicing: float, effort: float, answers: float) -> District:
    """Promises in a share of the work: in that proportion more is voiced, more care taken, and more answers written."""
    if share == 0:
        return district
    return with_levers(district, voicing=1.0 + share * voicing, effort=share * effort,
                       admin_relief=paperwork(district, share * answers))  # fmt: skip


TARGETED_SUPPORT = Mechanism(
    id="targeted_support", rows=(88,), name=ROW[88].name, says=ROW[88].says,
    resource=Text("区级帮扶资金", "district money for support"), serves=Text("六类困难党员", "members in hardship, six classes"),
    acts_as=Text("预防生活需求；慰问；带动参与", "living needs prevented; cheer; taking part"),
    settings=(
        Setting(name="per_head", default=500.0, unit="元/head/year", low=0.0, high=5_000.0, neutral=0.0,
                source="A: beside the care fund's 294 元 (study report 002: 50 万元 for 1,700 people)",
                says=Text("预算：平均每名困难党员每年帮扶资金", "Budget: money a year, average per member in hardship")),
        Setting(name="living", default=0.5, unit="share", low=0.0, high=1.0, source="A: living first",
                says=Text("生活帮扶占比", "Share for living")),
        Setting(name="spirit", default=0.25, unit="share", low=0.0, high=1.0, source="A: the rest in halves",
                says=Text("精神帮扶占比，其余用于能力帮扶", "Share for spirit; what is left is for ability")),
        Setting(name="hardship", default=0.5, unit="share", low=0.0, high=1.0,
                source="A: the class in hardship gets half; study report 002 names six classes and three kinds",
                says=Text("六类中特困一类所占预算，其余五类按人数分", "Share for the class in hardship; the other five get the rest by head")),
    ),
    apply=target_support, adds=("care",), metric="prevented_share", direction="higher", margin=0.0004,
    evidence="assumption", channels=("cost", "demand"), costs=targeted_cost, identity="6 classes x 3 kinds = 18 cells",
)  # fmt: skip

MUST_VISITS = Mechanism(
    id="three_must_visits", rows=(89,), name=ROW[89].name, says=ROW[89].says,
    resource=Text("走访工时与慰问金", "hours of visits, gifts"), serves=Text("困难居民", "residents in hardship"),
    acts_as=Text("联系居民工时；满意度；挤占办理工时", "hours of contact; satisfaction; fewer hours for settling"),
    settings=(
        Setting(name="visits", default=3.0, low=0.0, high=12.0, neutral=0.0, source="study report 002: 三必访",
                says=Text("每年必访次数", "Visits a year to each household on the list")),
        Setting(name="contact", default=0.01, unit="share", low=0.0, high=0.05, source="A: 3 points with three visits",
                says=Text("每次走访使联系工时占比提高", "Added share of hours spent on contact for each yearly visit")),
        Setting(name="gift", default=50.0, unit="元", low=0.0, high=1_000.0, source="A: a small present",
                says=Text("每次慰问金额", "Gift of one visit")),
        Setting(name="reach", default=0.5, unit="share", low=0.0, high=1.0, source="A: half of them are due for a visit",
                says=Text("走访到的困难居民比例", "Share of residents in hardship who are visited")),
    ),
    apply=visit, adds=("levers.contact_shift", "care"), metric="contact_hours", direction="higher", margin=90.0,
    evidence="assumption", channels=("cost", "capacity", "demand"), costs=gifts_cost, identity="3 occasions for a visit",
)  # fmt: skip

RECEPTIONS = Mechanism(
    id="leaders_reception", rows=(94,), name=ROW[94].name, says=ROW[94].says,
    resource=Text("领导时间", "leaders' time"), serves=Text("诉求逾期的居民", "residents whose matters are overdue"),
    acts_as=Text("积压事项办结；诉求增多", "overdue matters cleared; more matters voiced"),
    settings=(
        Setting(name="days", default=12.0, unit="days/year", low=0.0, high=60.0, neutral=0.0,
                source="A: one day a month; study report 002 gives no figure",
                says=Text("每年接访下访天数", "Days of reception and down-visits a year")),
        Setting(name="clears", default=0.15, unit="share", low=0.0, high=0.9,
                source="A: half of what a linkage meeting settles",
                says=Text("每月一天时逾期事项当月多办结的比例", "Share of overdue matters that one day a month clears")),
        Setting(name="heard", default=0.02, unit="share", low=0.0, high=0.3, source="A: being received makes people speak up",
                says=Text("每月一天时诉求反映增加的比例", "Rise of voicing with one day a month")),
        Setting(name="cost", default=15_000.0, unit="元", low=0.0, high=500_000.0,
                source="A: ten leaders with two staff each, seven hours at 70 元",
                says=Text("接访一天的费用", "Cost of one day")),
    ),
    apply=receive, adds=("levers.attention", "levers.voicing", "supports"), metric="time_above", direction="lower",
    margin=0.015, evidence="assumption", channels=("cost", "delay", "demand"), costs=reception_cost,
)  # fmt: skip

MEMBERS_POSTS = Mechanism(
    id="members_posts_and_zones", rows=(95,), name=ROW[95].name, says=ROW[95].says,
    resource=Text("党员时间与岗位保障", "members' time, upkeep of posts"), serves=Text("邻近住户", "neighbouring households"),
    acts_as=Text("服务工时；参与消退减缓", "hours of service; engagement kept longer"),
    settings=(
        Setting(name="share", default=0.2, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: study report 002 gives no figure",
                says=Text("有岗有责任区的党员比例", "Share of members with a post or a zone")),
        Setting(name="hours", default=6.0, unit="hours/head/year", low=0.0, high=20.0, source="A: half an hour a month",
                says=Text("每名有岗党员每年服务工时", "Hours a year of each member with a post")),
        Setting(name="ties", default=0.2, unit="share", low=0.0, high=0.5,
                source="A: size; knowing neighbours predicts taking part (Xu, Perkins & Chow 2010)",
                says=Text("全部党员有岗时参与消退减缓的比例，按比例折算",
                          "Share of the decay of engagement avoided if all members had a post; in proportion below")),
        Setting(name="cost", default=50.0, unit="元/head/year", low=0.0, high=1_000.0, source="A: badges, tools, insurance",
                says=Text("每名有岗党员每年岗位保障", "Upkeep a year of each member with a post")),
    ),
    apply=assign_members, adds=("levers.member_hours", "levers.ties", "supports"), metric="service_hours",
    direction="higher", margin=180.0, evidence="assumption", channels=("cost", "capacity"), costs=posts_cost,
)  # fmt: skip

PROMISES = Mechanism(
    id="service_promises", rows=(96,), name=ROW[96].name, says=ROW[96].says,
    resource=Text("社区工时与公开监督", "communities' time, public scrutiny"), serves=Text("居民", "residents"),
    acts_as=Text("诉求反映；服务质量；答复工时", "voicing; quality; hours for answers"),
    settings=(
        Setting(name="share", default=0.8, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="A: most items; study reports 002 and 003 give no figure",
                says=Text("公开承诺、公开答复的事项比例", "Share of items under promise and public answer")),
        Setting(name="voicing", default=0.1, unit="share", low=0.0, high=0.5,
                source="A: beside the demand that good response itself induces, 40 % in a first year",
                says=Text("全部公开时诉求反映增加的比例", "Rise of voicing with all items under promise")),
        Setting(name="effort", default=0.1, low=0.0, high=0.5, source="A: a third of what inspection gains at its best",
                says=Text("全部公开时质量提高的标准差数", "Quality gained with all items under promise, in sd")),
        Setting(name="answers", default=1.0, unit="days/head/year", low=0.0, high=15.0, source="A: a day of each worker",
                says=Text("全部公开时每名工作者每年书面答复天数", "Days a year each worker writes answers with all items under promise")),
    ),
    apply=promise, adds=("levers.voicing", "levers.effort", "levers.admin_relief"), metric="voiced_share",
    direction="higher", margin=0.003, evidence="assumption", channels=("demand", "quality", "capacity"),
)  # fmt: skip

CONTACT: tuple[Mechanism, ...] = (TARGETED_SUPPORT, MUST_VISITS, RECEPTIONS, MEMBERS_POSTS, PROMISES)
