"""The rows of a plan file from a plan. Money stays in fen, names stay text: how they are written is for each form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jiceng.plan_files.layout import ALLOCATION, CARE, PAIRS, POSTINGS, PROJECTS, STANDING, PlanTable
from optimize.plan import Plan
from scenarios.arrangements import MEMBER_CLASSES
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.text import Text

Row = dict[str, Any]
CLASS_NAMES: tuple[Text, ...] = (
    Text("非党员", "none"), Text("在职干部", "serving cadre"), Text("离退休", "retired"), Text("农民或居民", "farmer or resident"),
    Text("非公企业", "non-public enterprise"), Text("流动党员", "floating"), Text("困难党员", "in hardship"),
)  # fmt: skip
"""Names of the member classes, by which care money is divided."""


def place_name(district: District, code: str) -> str:
    """A community as plan files write it: code and name; the code alone where it is not the district's."""
    names = dict(zip(district.communities.code, district.communities.name, strict=True))
    return f"{code} {names[code]}" if code in names else code


def class_name(row: int) -> str:
    """A member class as plan files write it.

    >>> class_name(1)
    '1 在职干部 serving cadre'
    """
    return f"{row} {CLASS_NAMES[row].zh} {MEMBER_CLASSES[row]}"


def table_rows(table: PlanTable, plan: Plan, district: District) -> list[Row]:
    """The rows of one table; values that the plan does not decide are left out."""
    names = dict(zip(district.communities.code, district.communities.name, strict=True))
    streets = dict(zip(district.streets.code, district.streets.name, strict=True))
    street = {code: streets[of] for code, of in zip(names, district.communities.street_code, strict=True)}
    match table.key:
        case ALLOCATION.key | "money" | "staff":
            rows = list(_yearly(plan))
        case POSTINGS.key:
            rows = [{"slot": p.slot, "community": p.community, **_start(plan, p.start_month), "months": p.months}
                    for p in plan.postings]  # fmt: skip
        case PROJECTS.key:
            rows = list(_projects(plan))
        case STANDING.key:
            rows = list(_standing(plan))
        case CARE.key:
            rows = [{"class": class_name(row), "yuan": yuan} for row, yuan in enumerate(plan.care_yuan)]
        case PAIRS.key:
            rows = [{"unit": unit, "community": code, "share": share} for unit, code, share in plan.pairs]
        case _:
            raise ValueError(table.key)
    kept = set(table.keys)
    placed = [_placed(row, names, street) for row in rows]
    return [{key: value for key, value in row.items() if key in kept} for row in placed]


def _placed(row: Row, names: dict[str, str], street: dict[str, str]) -> Row:
    """The row with its community as code, as name, and as both together, and with its street or town."""
    code = row.get("community")
    if not code:
        return row
    name = names.get(code, "")
    return {
        **row,
        "code": code,
        "name": name,
        "community": f"{code} {name}" if name else code,
        "street": street.get(code),
    }


def _yearly(plan: Plan) -> Iterator[Row]:
    for at, code in enumerate(plan.communities):
        for column, year in enumerate(plan.years):
            row: Row = {
                "community": code,
                "year": year,
                "granted": int(plan.lump_fen[at, column]),
                "contracts": int(plan.contract_fen[at, column]),
                "prevention": int(plan.prevention_fen[at, column]),
                "posts": int(plan.posts[at, column]),
            }
            if plan.care_rooms.size:
                row["care_rooms"] = float(plan.care_rooms[at, column])
            yield row


def _start(plan: Plan, month: int) -> Row:
    year, rest = divmod(month, MONTHS)
    return {"start_year": plan.years[0] + year, "start_month": rest + 1}


def _projects(plan: Plan) -> Iterator[Row]:
    """One row a project and community served; a project that serves nobody has one row without community."""
    for project in plan.projects:
        row = {"project": project.site_id, **_start(plan, project.start_month)}
        if not project.serves:
            yield row
        for code, m2 in project.serves:
            yield {**row, "community": code, "m2": m2}


def _standing(plan: Plan) -> Iterator[Row]:
    """One row a community if anything stands for all years; else none."""
    known = plan.correction
    columns: dict[str, list[Any]] = {
        "windows": plan.windows.tolist(),
        "wardens": plan.wardens.tolist(),
        "contact": plan.contact.tolist(),
        "hours_factor": [] if known is None else list(known.hours),
        "reach_factor": [] if known is None else list(known.reach),
        "still_prevented": [] if known is None else list(known.prevented),
    }
    decided = {key: values for key, values in columns.items() if values}
    if decided:
        for at, code in enumerate(plan.communities):
            yield {"community": code, **{key: values[at] for key, values in decided.items()}}


def is_shown(table: PlanTable, rows: list[Row], district: District) -> bool:
    """Whether a file holds the table: always, or because it has rows, or because the district leaves it open."""
    rule = district.choices
    is_open = {"standing": rule.windows or rule.wardens or rule.contact, "care": rule.care_fen, "pairs": rule.pairs}
    return table.key not in is_open or bool(rows) or bool(is_open[table.key])
