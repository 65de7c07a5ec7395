"""The exact check of a plan against the district: fractions only, no solver, limits derived anew. Judges any plan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from optimize.audit_choices import choice_violations
from optimize.audit_money import money_violations
from optimize.audit_postings import posting_violations
from optimize.audit_projects import project_violations
from optimize.plan import STANDING, YEARLY, Plan
from optimize.promise import evaluate
from optimize.violation import Violation
from scenarios.district import District
from scenarios.text import Text

REAL = ("contact", "care_rooms")  # shares, not counts
PROMISE_TOLERANCE = Fraction(1, 1_000_000)  # of a need, or relative


def audit(district: District, plan: Plan) -> list[Violation]:
    """Every rule that the plan breaks; an empty list means that it may be shown."""
    shape = list(_shape(district, plan))
    if shape:  # nothing else can be read safely
        return shape
    found = [*_posts(district, plan), *money_violations(district, plan), *posting_violations(district, plan),
             *project_violations(district, plan), *choice_violations(district, plan)]  # fmt: skip
    unknown = [v for v in found if v.rule == "unknown"]
    return found if unknown else [*found, *_promise(district, plan)]


def _shape(district: District, plan: Plan) -> Iterator[Violation]:
    here, size = district.communities, (len(district.communities), district.years)
    if plan.communities != here.code or plan.years != district.plan_years:
        yield Violation(
            "shape", "", Text("方案的社区或年份与辖区不一致", "communities or years are not the district's")
        )
        return
    if plan.correction is not None and len(plan.correction.hours) != len(here):
        count = len(plan.correction.hours)
        yield Violation("shape", "correction", Text(
            f"修正系数有{count}个社区，应为{len(here)}个",
            f"correction: found factors for {count} communities; expected {len(here)}"))  # fmt: skip
        return
    shapes = {name: size for name in YEARLY} | {
        "windows": size[:1],
        "wardens": size[:1],
        "contact": size[:1],
        "care_rooms": size[:1],
    }
    for name, expected in shapes.items():
        values = getattr(plan, name)
        if name in STANDING and not values.size:
            continue
        if values.shape != expected:
            yield Violation("shape", name, Text(f"{name}应为{expected}", f"{name}: found shape {values.shape}; expected {expected}"))  # fmt: skip
        elif name not in REAL and not np.issubdtype(values.dtype, np.integer):
            yield Violation("whole", name, Text(f"{name}应为整数", f"{name} must be whole numbers"))
        elif name not in REAL and (values < 0).any():
            row, *year = np.argwhere(values < 0)[0]
            where = " ".join([here.code[row], *[str(plan.years[at]) for at in year]])
            yield Violation("sign", where, Text(f"{name}不能为负数", f"{name} must not be negative"))


def _posts(district: District, plan: Plan) -> Iterator[Violation]:
    for column, year in enumerate(plan.years):
        total = int(plan.posts[:, column].sum())
        if total > district.extra_posts:
            yield Violation("posts", str(year), Text(
                f"新增岗位{total}个，超过上限{district.extra_posts}个",
                f"{total} extra posts; at most {district.extra_posts}"))  # fmt: skip


def _promise(district: District, plan: Plan) -> Iterator[Violation]:
    """The promise is what the plan's decisions yield, nothing more."""
    promise = evaluate(district, plan)
    for name, stated, true in (("promised_met", plan.promised_met, promise.met),
                               ("promised_needs", plan.promised_needs, promise.needs)):  # fmt: skip
        if stated.shape != true.shape:
            yield Violation("promise", name, Text("方案没有写明承诺", "the promise is missing"))
            continue
        for row, year in np.argwhere(
            ~np.isclose(stated, true, rtol=0, atol=float(PROMISE_TOLERANCE) * np.maximum(1, true))
        ):
            yield Violation("promise", f"{plan.communities[row]} {plan.years[year]}", Text(
                f"承诺{stated[row, year]:.6f}件，按决策应为{true[row, year]:.6f}件",
                f"{name} says {stated[row, year]:.6f}; the decisions yield {true[row, year]:.6f}"))  # fmt: skip
