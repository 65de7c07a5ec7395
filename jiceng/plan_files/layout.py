"""The tables of a plan file: what each column holds, in which unit, and whether a planner may change it. One declaration
for both forms, so that YAML and workbook cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenarios.text import Text

SCHEMA = 1
Kind = Literal["code", "name", "community", "slot", "site", "unit", "class", "year", "month", "months", "money", "count",
               "share", "area", "yuan", "factor", "note"]  # fmt: skip
NO_UNIT = Text("", "")
NUMBERS = ("year", "month", "months", "money", "count", "share", "area", "yuan", "factor")


@dataclass(frozen=True)
class Column:
    """One column: its key, its heading and unit in both languages, and how its cells are read.

    ``blank``: a cell may be left empty. ``given``: not for the planner to change.
    """

    key: str
    says: Text
    kind: Kind
    unit: Text = NO_UNIT
    blank: bool = False
    given: bool = False

    @property
    def heading(self) -> str:
        r"""The heading in a workbook: both languages, each with the unit.

        >>> GRANTED.heading
        '拨付（万元/年）\nGranted (万元 a year)'
        """
        zh, en = self.says.zh, self.says.en
        return f"{zh}（{self.unit.zh}）\n{en} ({self.unit.en})" if self.unit.zh else f"{zh}\n{en}"


@dataclass(frozen=True)
class PlanTable:
    """One table of a plan file: its key in YAML and the name of its sheet in a workbook.

    ``each``: one row for every community (``community``) or every community and plan year (``year``), all of them; None for
    a list of any length.
    """

    key: str
    sheet: str
    columns: tuple[Column, ...]
    each: Literal["community", "year"] | None = None

    def column(self, key: str) -> Column:
        """The column of that key."""
        return next(column for column in self.columns if column.key == key)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the columns, in order."""
        return tuple(column.key for column in self.columns)

    @property
    def values(self) -> tuple[Column, ...]:
        """The columns that hold decisions."""
        return tuple(column for column in self.columns if not column.given and column.kind != "note")


_WAN = Text("万元/年", "万元 a year")
CODE = Column("code", Text("社区代码", "Community code"), "code", given=True)
NAME = Column("name", Text("社区", "Community"), "name", given=True)
PLACE = Column("community", Text("社区", "Community"), "community", given=True)
YEAR = Column("year", Text("年份", "Year"), "year", given=True)
GRANTED = Column("granted", Text("拨付", "Granted"), "money", _WAN)
CONTRACTS = Column("contracts", Text("购买服务", "Contracts"), "money", _WAN)
PREVENTION = Column("prevention", Text("预防", "Prevention"), "money", _WAN)
POSTS = Column("posts", Text("新增岗位", "Extra posts"), "count", Text("个", "posts"))
CARE_ROOMS = Column("care_rooms", Text("照护用房占比", "Rooms for care"), "share", Text("0至1", "share"), blank=True)
STREET = Column("street", Text("街镇", "Street or town"), "name", blank=True, given=True)  # to filter by; not read
NOTE = Column("note", Text("备注", "Notes"), "note", blank=True)
START = (Column("start_year", Text("开始年份", "Start year"), "year"),
         Column("start_month", Text("开始月份", "Start month"), "month", Text("1至12", "1 to 12")))  # fmt: skip
AT = Column("community", Text("社区", "Community"), "community")
TO = Column("community", Text("受益社区", "Community served"), "community", blank=True)

MONEY = PlanTable("money", "资金 Money", (CODE, NAME, YEAR, GRANTED, CONTRACTS, PREVENTION, STREET, NOTE), each="year")
STAFF = PlanTable("staff", "岗位 Posts", (CODE, NAME, YEAR, POSTS, CARE_ROOMS, STREET, NOTE), each="year")
ALLOCATION = PlanTable(
    "allocation", "", (PLACE, YEAR, GRANTED, CONTRACTS, PREVENTION, POSTS, CARE_ROOMS, NOTE), each="year"
)
POSTINGS = PlanTable(
    "postings",
    "选派 Postings",
    (Column("slot", Text("名额", "Official"), "slot"), AT, *START,
     Column("months", Text("任期", "Term"), "months", Text("个月", "months")), NOTE),
)  # fmt: skip
PROJECTS = PlanTable(
    "projects",
    "项目 Projects",
    (Column("project", Text("项目", "Project"), "site"), *START, TO,
     Column("m2", Text("可用面积", "Space it may use"), "area", Text("平方米", "m2"), blank=True), NOTE),
)  # fmt: skip
_STANDING = (
    Column("windows", Text("服务窗口总数", "Service windows in all"), "count", Text("个", "windows"), blank=True),
    Column("wardens", Text("新增网格员", "Extra grid wardens"), "count", Text("名", "people"), blank=True),
    Column("contact", Text("联系工时增减", "Added share of contact hours"), "share", Text("-0.1至0.1", "share"), blank=True),
    Column("hours_factor", Text("工时修正", "Correction of hours"), "factor", Text("倍", "ratio"), blank=True),
    Column("reach_factor", Text("诉求修正", "Correction of reach"), "factor", Text("倍", "ratio"), blank=True),
    Column("still_prevented", Text("往年预防余效", "Still prevented"), "share", Text("0至1", "share"), blank=True),
)  # fmt: skip
STANDING = PlanTable("standing", "其他 Other", (CODE, NAME, *_STANDING, STREET, NOTE), each="community")
STANDING_TEXT = PlanTable("standing", "", (PLACE, *_STANDING, NOTE), each="community")
CARE = PlanTable(
    "care",
    "关爱 Care",
    (Column("class", Text("人员类别", "Member class"), "class", given=True),
     Column("yuan", Text("关爱资金", "Care money"), "yuan", Text("元/人/年", "元 a head and year")), NOTE),
)  # fmt: skip
PAIRS = PlanTable(
    "pairs",
    "结对 Pairs",
    (Column("unit", Text("单位", "Unit"), "unit"), AT,
     Column("share", Text("工时占比", "Share of its hours"), "share", Text("0至1", "share")), NOTE),
)  # fmt: skip

IN_YAML = (ALLOCATION, POSTINGS, PROJECTS, STANDING_TEXT, CARE, PAIRS)
IN_WORKBOOK = (MONEY, STAFF, POSTINGS, PROJECTS, STANDING, CARE, PAIRS)
ALWAYS = ("allocation", "money", "staff", "postings", "projects")
"""Tables that a file holds even when they are empty; the others only where the district leaves the choice open."""
