"""What a robust plan decides first otherwise than the plan for the nominal future."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from optimize.plan import Plan
from optimize.robust import RobustPlan
from scenarios.text import Text

SHOWN = 12  # of a kind, for people; --json lists all
KINDS = {
    "posts": Text("增设岗位", "posts"),
    "windows": Text("服务窗口", "windows"),
    "wardens": Text("专职网格员", "wardens"),
    "contact": Text("联系工时", "contact"),
    "postings": Text("选派", "postings"),
    "projects": Text("场所项目", "projects"),
    "care_yuan": Text("关爱资金", "care money"),
    "pairs": Text("单位结对", "pairs"),
}


def first_changes(nominal: Plan, robust: Plan) -> list[dict[str, Any]]:
    """Every first decision that differs: kind, where, and its amount in the nominal plan and in this one."""
    before, after = dict(_decided(nominal)), dict(_decided(robust))
    return [{"kind": kind, "where": where, "nominal": before.get((kind, where), 0), "robust": after.get((kind, where), 0)}
            for kind, where in dict.fromkeys((*before, *after))
            if before.get((kind, where), 0) != after.get((kind, where), 0)]  # fmt: skip


def changes_says(made: RobustPlan) -> tuple[Text, ...]:
    """The changes in words, one kind a line."""
    changes = first_changes(made.nominal_plan, made.plan)
    if not changes:
        return (Text("先行决定与基准规划相同。", "What is decided first is as in the nominal plan."),)
    return tuple(
        _line(kind, [one for one in changes if one["kind"] == kind])
        for kind in KINDS
        if any(one["kind"] == kind for one in changes)
    )


def _line(kind: str, changes: list[dict[str, Any]]) -> Text:
    shown = [f"{one['where']} {one['nominal']:g}→{one['robust']:g}" for one in changes[:SHOWN]]
    more = len(changes) - len(shown)
    name = KINDS[kind]
    return Text(
        f"{name.zh}有 {len(changes)} 处不同：" + "，".join(shown) + (f"，另有 {more} 处" if more else ""),
        f"{name.en}, {len(changes)} changed: " + ", ".join(shown) + (f", {more} more" if more else ""),
    )


def _decided(plan: Plan) -> Iterable[tuple[tuple[str, str], float]]:
    for kind in ("posts", "windows", "wardens", "contact"):
        values = getattr(plan, kind)
        column = values[:, 0] if values.ndim == 2 else values
        for code, value in zip(plan.communities, column.tolist(), strict=False):
            yield (kind, code), value
    for posting in plan.postings:
        yield ("postings", f"{posting.community} +{posting.start_month}"), 1
    for project in plan.projects:
        yield ("projects", f"{project.site_id} +{project.start_month}"), 1
    for member_class, yuan in enumerate(plan.care_yuan):
        yield ("care_yuan", str(member_class)), yuan
    for unit, community, share in plan.pairs:
        yield ("pairs", f"{unit} {community}"), share
