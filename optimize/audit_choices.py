"""Exact rules of what is chosen for all plan years: windows, wardens, contact, rooms, care money and pairs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from optimize.plan import Plan
from optimize.standing import contact_before, planned_care, windows_before
from optimize.violation import Violation, wan
from scenarios import formulas
from scenarios.choices import CARE_ROOMS, CONTACT_SHIFTS
from scenarios.district import District
from scenarios.text import Text


def choice_violations(district: District, plan: Plan) -> Iterator[Violation]:
    """Every rule of the choices that the plan breaks; deciding what is not open is one."""
    yield from _closed(district, plan)
    yield from _windows(district, plan)
    yield from _wardens(district, plan)
    yield from _shares(district, plan)
    yield from _care(district, plan)
    yield from _pairs(district, plan)


def _closed(district: District, plan: Plan) -> Iterator[Violation]:
    rule = district.choices
    decided = {"windows": (len(plan.windows), rule.windows), "wardens": (len(plan.wardens), rule.wardens),
               "contact": (len(plan.contact), rule.contact), "care_rooms": (plan.care_rooms.size, rule.rooms),
               "care_yuan": (len(plan.care_yuan), rule.care_fen), "pairs": (len(plan.pairs), rule.pairs)}  # fmt: skip
    for name, (is_decided, is_open) in decided.items():
        if is_decided and not is_open:
            yield Violation("not open", name, Text(f"方案文件没有开放{name}的决策", f"{name} is not open to the plan"))


def _windows(district: District, plan: Plan) -> Iterator[Violation]:
    if not len(plan.windows):
        return
    rule, added = district.choices, plan.windows - windows_before(district)
    for code, count in zip(plan.communities, added.tolist(), strict=True):
        if not 0 <= count <= rule.windows_each:
            yield Violation("windows", code, Text(f"新增窗口{count}个，应在0到{rule.windows_each}之间",
                                                  f"{count} windows added; expected 0 to {rule.windows_each}"))  # fmt: skip
    if added.sum() > rule.windows:
        yield Violation("windows", "", Text(f"共新增窗口{added.sum()}个，超过{rule.windows}个",
                                            f"{added.sum()} windows added in all; at most {rule.windows}"))  # fmt: skip


def _wardens(district: District, plan: Plan) -> Iterator[Violation]:
    most, hired = district.choices.wardens, int(plan.wardens.sum())
    if (plan.wardens < 0).any() or hired > most:
        yield Violation(
            "wardens", "", Text(f"新增网格员{hired}名，超过{most}名", f"{hired} wardens hired; at most {most}")
        )


def _shares(district: District, plan: Plan) -> Iterator[Violation]:
    if len(plan.contact):
        steps = np.abs((plan.contact - contact_before(district))[:, None] - np.array(CONTACT_SHIFTS)[None])
        for row in np.flatnonzero((steps > 1e-12).all(axis=1)):
            yield Violation(
                "contact", plan.communities[row], Text("联系工时的增减不在可选档次内", "no open step of contact hours")
            )
    low, high = CARE_ROOMS
    if plan.care_rooms.size and not ((plan.care_rooms >= low) & (plan.care_rooms <= high)).all():
        yield Violation(
            "rooms", "", Text(f"照护用房占比应在{low}到{high}之间", f"the share of rooms for care is {low} to {high}")
        )


def _care(district: District, plan: Plan) -> Iterator[Violation]:
    spent = sum(int(formulas.care_cost_fen(district, cell).sum()) for cell in planned_care(plan))
    if min(plan.care_yuan, default=0.0) < 0 or spent > district.choices.care_fen:
        yield Violation("care fund", "", Text(
            f"关爱资金用{wan(spent)}万元，超过{wan(district.choices.care_fen)}万元",
            f"care money of {wan(spent)} 万元; the fund holds {wan(district.choices.care_fen)} 万元"))  # fmt: skip


def _pairs(district: District, plan: Plan) -> Iterator[Violation]:
    units = {name: row for row, name in enumerate(district.units.id)}
    codes = {code: row for row, code in enumerate(district.communities.code)}
    reach = formulas.units_in_reach(district)
    promised: dict[str, Fraction] = {}
    for unit, code, share in plan.pairs:
        if unit not in units or code not in codes:
            yield Violation("unknown", f"{unit} {code}", Text("结对的单位或社区不存在", "no such unit or community"))
        elif not reach[codes[code], units[unit]]:
            yield Violation("reach", f"{unit} {code}", Text("超出单位的共享半径", "beyond the unit's radius"))
        promised[unit] = promised.get(unit, Fraction(0)) + Fraction(str(share))
        if share < 0:
            yield Violation("sign", f"{unit} {code}", Text("比例不能为负数", "a share must not be negative"))
    for unit, whole in promised.items():
        if whole > 1:
            yield Violation(
                "pairs",
                unit,
                Text(f"承诺的工时超过全部：{float(whole):.4f}", f"promises {float(whole):.4f} of its hours"),
            )
