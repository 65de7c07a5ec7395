"""Care money for residents and members in hardship, and the activity money of branches in buildings."""

from __future__ import annotations

import numpy as np

from scenarios.arrangements import FEN_PER_YUAN, MEMBER_CLASSES, CareCell
from scenarios.district import District
from scenarios.formulas import care_cost_fen, residents_in_care
from scenarios.mechanisms.acting import urban, with_care, with_levers, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.tables import Reals
from scenarios.text import Text

IN_HARDSHIP = MEMBER_CLASSES.index("in hardship")
FULL_ACTIVITY = 3_000.0  # 元 a year with which a branch meets and visits: study report 002
BRANCH_OF_BUILDING = 2000 / 84  # members: study report 002


def care_cells(per_head: float, members: float, others: float, living: float) -> tuple[CareCell, ...]:
    """Aid paid from the budget and dues; visits and help with skills from donations, half each of the rest."""
    beside = (1.0 - living) / 2.0
    return tuple(
        cell
        for row in range(len(MEMBER_CLASSES))
        for reach in (members if row else others,)
        for cell in (
            CareCell(member_class=row, kind="living", yuan=per_head * living, reach=reach, payer="district"),
            CareCell(member_class=row, kind="spirit", yuan=per_head * beside, reach=reach, payer="society"),
            CareCell(member_class=row, kind="ability", yuan=per_head * beside, reach=reach, payer="society"),
        )
    )


def cost_of_cells(district: District, cells: tuple[CareCell, ...]) -> float:
    """What care cells cost a year, 元."""
    return float(sum(int(care_cost_fen(district, cell).sum()) for cell in cells)) / FEN_PER_YUAN


def fund_care(district: District, *, per_head: float, members: float, others: float, living: float) -> District:
    """A fund cares for members in hardship and for some other residents in hardship."""
    return with_care(district, *care_cells(per_head, members, others, living))


def care_fund_cost(district: District, *, per_head: float, members: float, others: float, living: float) -> float:
    """Money a head for everyone whom the fund is expected to reach."""
    return cost_of_cells(district, care_cells(per_head, members, others, living))


def hardship_cell(district: District, people: float, per_head: float) -> CareCell:
    """The list of the card: so many of the members who count as being in hardship."""
    expected = float(residents_in_care(district)[:, IN_HARDSHIP].sum())
    reach = min(people / max(expected, 1e-9), 1.0)
    return CareCell(member_class=IN_HARDSHIP, kind="living", yuan=per_head, reach=reach, payer="society")


def give_cards(district: District, *, people: float, per_head: float) -> District:
    """Members on the list get a sum each month."""
    return with_care(district, hardship_cell(district, people, per_head))


def card_cost(district: District, *, people: float, per_head: float) -> float:
    """Heads on the list times the sum."""
    return cost_of_cells(district, (hardship_cell(district, people, per_head),))


def branches_by_place(district: District, branches: float) -> Reals:
    """Building branches by urban community, in proportion to its members; none is without members of its own."""
    members = district.communities.members * urban(district)
    most = members / BRANCH_OF_BUILDING
    return np.asarray(np.minimum(branches * members / max(float(members.sum()), 1.0), most))


def pay_branches(district: District, *, branches: float, activity: float, allowance: float, hours: float) -> District:
    """Branches with activity money offer more hours of members; without it they do not and cost nothing."""
    if activity == 0:
        return district
    here, founded = district.communities.members, branches_by_place(district, branches)
    active = min(activity / FULL_ACTIVITY, 1.0) * founded * BRANCH_OF_BUILDING / np.maximum(here, 1)
    moved = with_levers(district, member_hours=hours * active)
    return with_support(moved, "building_branch_money", cost_yuan=founded * (activity + allowance))


def branch_money(district: District, *, branches: float, activity: float, allowance: float, hours: float) -> float:
    """Activity money and allowance of every branch."""
    return float(branches_by_place(district, branches).sum()) * (activity + allowance) * bool(activity)


CARE_FUND = Mechanism(
    id="care_fund", rows=(9,), name=ROW[9].name, says=ROW[9].says,
    resource=Text("财政、党费与社会捐赠", "budget, party dues and donations"),
    serves=Text("困难党员和困难居民", "members and residents in hardship"),
    acts_as=Text("减少困难引发的事项；提升满意度和参与", "fewer matters out of hardship; satisfaction and taking part"),
    settings=(
        Setting(name="per_head", default=294.0, unit="元/head/year", low=0.0, high=5000.0, neutral=0.0,
                source="study report 002: 关爱基金50余万元, 关爱对象达1700多人",
                says=Text("人均帮扶资金", "Money a head in a year")),
        Setting(name="members", default=1.0, unit="share", low=0.0, high=1.0,
                source="A: all members in hardship, about 1,250 of the 1,700 people in Huancui",
                says=Text("困难党员覆盖比例", "Share of members in hardship reached")),
        Setting(name="others", default=0.027, unit="share", low=0.0, high=1.0,
                source="A: the other 450 people among residents in hardship in Huancui",
                says=Text("其他困难居民覆盖比例", "Share of other residents in hardship reached")),
        Setting(name="living", default=0.6, unit="share", low=0.0, high=1.0,
                source="A: most goes to aid, the rest in halves to visits and to help with skills",
                says=Text("用于生活帮扶的比例", "Share of the money spent on aid")),
    ),
    apply=fund_care, adds=("care",), metric="prevented_share", direction="higher", margin=0.002,
    evidence="source claim", channels=("cost", "demand"), costs=care_fund_cost,
    identity="50 万元 / 1700 people = 294 元 a head",
)  # fmt: skip

HARDSHIP_CARD = Mechanism(
    id="hardship_card", rows=(10,), name=ROW[10].name, says=ROW[10].says,
    resource=Text("帮扶专款", "money raised for the card"), serves=Text("特困党员", "members in severe hardship"),
    acts_as=Text("少数人的困难事项减少", "fewer matters of a few people"),
    settings=(
        Setting(name="people", default=40.0, low=0.0, high=1000.0, neutral=0.0,
                source="study report 002: 每月向40名特困党员发放",
                says=Text("名单人数", "People on the list")),
        Setting(name="per_head", default=5_000.0, unit="元/head/year", low=0.0, high=50_000.0, neutral=0.0,
                source="study report 002: 每年筹集…20万元 for 40 people, 417 元 a month",
                says=Text("每人每年补助", "Sum for each in a year")),
    ),
    apply=give_cards, adds=("care",), metric="prevented_share", direction="higher", margin=0.0005,
    evidence="source claim", channels=("cost", "demand"), costs=card_cost,
    identity="20 万元 / 40 / 12 = 417 元 a month",
)  # fmt: skip

BUILDING_BRANCH_MONEY = Mechanism(
    id="building_branch_money", rows=(11,), name=ROW[11].name, says=ROW[11].says,
    resource=Text("楼宇支部活动经费", "activity money"), serves=Text("城市社区居民", "residents of urban communities"),
    acts_as=Text("党员服务工时", "hours of members"),
    settings=(
        Setting(name="branches", default=84.0, low=0.0, high=1000.0, neutral=0.0,
                source="study report 002: 84个, 管理党员2000多名",
                says=Text("有经费的楼宇支部数", "Branches in buildings that get the money")),
        Setting(name="activity", default=3_000.0, unit="元/year", low=0.0, high=20_000.0, neutral=0.0,
                source="study report 002: 每个支部…3000元",
                says=Text("每个支部年活动经费", "Activity money of a branch in a year")),
        Setting(name="allowance", default=600.0, unit="元/year", low=0.0, high=12_000.0,
                source="study report 002: 每月…50元",
                says=Text("每个支部年补贴", "Allowance of a branch in a year")),
        Setting(name="hours", default=3.0, unit="hours/head/year", low=0.0, high=20.0,
                source="A: twice the hours that members offer otherwise",
                says=Text("支部党员人均增加服务工时", "Hours that each member of such a branch offers more")),
    ),
    apply=pay_branches, adds=("levers.member_hours", "supports"), metric="service_hours",
    direction="higher", margin=100.0, evidence="assumption", channels=("cost", "capacity"), where=urban,
    costs=branch_money, identity="84 x (3000 + 600) = 302400 元 a year; 302400 / 2000 members = 151 元",
)  # fmt: skip

MONEY_CARE = (CARE_FUND, HARDSHIP_CARD, BUILDING_BRANCH_MONEY)
