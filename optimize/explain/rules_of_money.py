"""Rules of money that can stand in a plan's way: pool, reserve, floors, cap, and the target of the outlay."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from optimize.allocation import OUTLAY_TOLERANCE, Allocation
from optimize.explain.brief import Brief
from optimize.explain.giving import Slacks, by_slack
from optimize.explain.rule import Rule
from optimize.explain.words import wan_words
from optimize.money import yearly_pool_fen
from optimize.outlay import standing_outlay_fen
from optimize.program import Variable
from scenarios.funding import FEN_PER_WAN
from scenarios.text import Text

HUNDRED_YUAN = 10_000  # fen: the step in which money gives way
WAN_PER_FEN = 1.0 / FEN_PER_WAN
PER_MILLE = 1_000
UNLIMITED_FEN = 10**12  # a cap of this or more is none


def money_rules(brief: Brief) -> list[Rule]:
    """The rules in force, those first that a planner would look at last."""
    fund, found = brief.district.service_fund, []
    if fund.mode == "free":
        found += [_reserve(brief)] if fund.reserve_share > 0 else []
        found += [_cap(brief)] if fund.cap_fen < UNLIMITED_FEN else []
        found += [_floors(brief)] if any(fund.floor_fen) else []
        found += [_pool(brief)]
    return found + ([_outlay(brief)] if brief.pursuit.outlay_fen is not None else [])


def plenty_fen(brief: Brief) -> int:
    """More than anyone could be granted under the other rules."""
    fund = brief.district.service_fund
    locked = sum(lock.amount for lock in brief.locks if lock.kind == "grant")
    cap = fund.cap_fen if fund.cap_fen < UNLIMITED_FEN else 0
    needed = (fund.pool_fen, cap, sum(fund.floor_fen), locked, brief.pursuit.outlay_fen or 0, 100 * FEN_PER_WAN)
    return 2 * max(needed) * max(1, brief.district.years if fund.carry_over else 1)


def _grants(allocation: Allocation, year: int, add: Slacks, limit: float, *, from_year: int = 0) -> None:
    """A row: all grants of some years, with the slacks, at most a limit."""
    given = [row[at] for row in allocation.money.grant for at in range(from_year, year + 1)]
    terms = [(v, c) for grant in given for v, c in grant.items()]
    allocation.program.at_most([*terms, *add], limit - sum(float(grant.constant) for grant in given))


def _in_every_year(brief: Brief, allocation: Allocation, slack: Variable, worth: float) -> Slacks:
    """The rule of the pool in every year, with a slack that is worth so much of it a year."""
    carried, pool = brief.district.service_fund.carry_over, yearly_pool_fen(brief.district) * WAN_PER_FEN
    for year in range(len(allocation.money.grant[0])):
        years = year + 1 if carried else 1
        _grants(allocation, year, [(slack, -worth * years)], years * pool, from_year=0 if carried else year)
    return [(slack, 1.0)]


def _pool(brief: Brief) -> Rule:
    fund = brief.district.service_fund

    def lifted(some: Brief) -> Brief:
        return some.with_fund(pool_fen=max(plenty_fen(some), some.district.service_fund.pool_fen))

    def given(some: Brief, fen: int) -> Brief:
        return some.with_fund(pool_fen=some.district.service_fund.pool_fen + fen)

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        return _in_every_year(
            some, allocation, allocation.program.variable(), 1.0 - some.district.service_fund.reserve_share
        )

    return Rule(
        key="pool",
        name=Text(f"资金池每年{wan_words(fund.pool_fen)}万元", f"the pool of {wan_words(fund.pool_fen)} 万元 a year"),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=WAN_PER_FEN, step=HUNDRED_YUAN),
        says=lambda fen: Text(
            f"把资金池扩大{wan_words(fen)}万元，增至每年{wan_words(fund.pool_fen + fen)}万元",
            f"enlarge the pool by {wan_words(fen)} 万元 to {wan_words(fund.pool_fen + fen)} 万元 a year"),
    )  # fmt: skip


def _reserve(brief: Brief) -> Rule:
    share = Fraction(brief.district.service_fund.reserve_share).limit_denominator(10**6)

    def left(some: Brief, units: int) -> float:
        return float(max(Fraction(0), Fraction(some.district.service_fund.reserve_share).limit_denominator(10**6)
                         - Fraction(units, PER_MILLE)))  # fmt: skip

    def given(some: Brief, units: int) -> Brief:
        return some.with_fund(reserve_share=left(some, units))

    def lifted(some: Brief) -> Brief:
        return some.with_fund(reserve_share=0.0)

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        most = some.district.service_fund.reserve_share * PER_MILLE
        part = allocation.program.variable(0, most)
        return _in_every_year(some, allocation, part, some.district.service_fund.pool_fen * WAN_PER_FEN / PER_MILLE)

    return Rule(
        key="reserve",
        name=Text(f"资金池留{float(share):.1%}作机动", f"{float(share):.1%} of the pool kept in reserve"),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=1.0),
        says=lambda units: Text(
            f"把机动部分降到资金池的{left(brief, units):.1%}", f"keep only {left(brief, units):.1%} of the pool in reserve"),
    )  # fmt: skip


def _cap(brief: Brief) -> Rule:
    cap = brief.district.service_fund.cap_fen

    def lifted(some: Brief) -> Brief:
        return some.with_fund(cap_fen=max(plenty_fen(some), some.district.service_fund.cap_fen))

    def given(some: Brief, fen: int) -> Brief:
        return some.with_fund(cap_fen=some.district.service_fund.cap_fen + fen)

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        slack, most = allocation.program.variable(), some.district.service_fund.cap_fen * WAN_PER_FEN
        for grants in allocation.money.grant:
            for grant in grants:
                allocation.program.at_most([*grant.items(), (slack, -1.0)], most - float(grant.constant))
        return [(slack, 1.0)]

    return Rule(
        key="cap",
        name=Text(f"每个社区封顶{wan_words(cap)}万元", f"the cap of {wan_words(cap)} 万元 a community"),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=WAN_PER_FEN, step=HUNDRED_YUAN),
        says=lambda fen: Text(f"把封顶额提高到{wan_words(cap + fen)}万元", f"raise the cap to {wan_words(cap + fen)} 万元"),
    )  # fmt: skip


def _floors(brief: Brief) -> Rule:
    floors = brief.district.service_fund.floor_fen

    def lifted(some: Brief) -> Brief:
        return some.with_fund(floor_fen=())

    def given(some: Brief, fen: int) -> Brief:
        return some.with_fund(floor_fen=tuple(max(0, floor - fen) for floor in some.district.service_fund.floor_fen))

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        slack = allocation.program.variable()
        for floor, grants in zip(some.district.service_fund.floor_fen, allocation.money.grant, strict=True):
            for grant in grants:
                terms = [*grant.items(), (slack, 1.0)]
                allocation.program.at_least(terms, floor * WAN_PER_FEN - float(grant.constant))
        return [(slack, 1.0)]

    return Rule(
        key="floors",
        name=_floor_words(floors),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=WAN_PER_FEN, step=HUNDRED_YUAN),
        says=lambda fen: Text(f"每个社区的保底各降低{wan_words(fen)}万元", f"lower every community's floor by {wan_words(fen)} 万元"),
    )  # fmt: skip


def _floor_words(floors: tuple[int, ...]) -> Text:
    whole = wan_words(sum(floors))
    each = (
        Text(f"每个{wan_words(floors[0])}万元，", f"{wan_words(floors[0])} 万元 each, ")
        if len(set(floors)) == 1
        else Text("", "")
    )
    return Text(f"各社区保底（{each.zh}合计{whole}万元）", f"the floors of communities ({each.en}{whole} 万元 in all)")


def _outlay(brief: Brief) -> Rule:
    target = brief.pursuit.outlay_fen or 0

    def lifted(some: Brief) -> Brief:
        return some.with_outlay(None)

    def given(some: Brief, fen: int) -> Brief:
        return some.with_outlay((some.pursuit.outlay_fen or 0) + fen)

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        wanted = some.pursuit.outlay_fen or 0
        middle = (wanted - standing_outlay_fen(some.district)) * WAN_PER_FEN - float(allocation.outlay.constant)
        width = max(OUTLAY_TOLERANCE[0], OUTLAY_TOLERANCE[1] * wanted * WAN_PER_FEN)
        over, under = allocation.program.variable(), allocation.program.variable()
        allocation.program.at_most([*allocation.outlay.items(), (over, -1.0)], middle + width)
        allocation.program.at_least([*allocation.outlay.items(), (under, 1.0)], middle - width)
        return [(over, 1.0), (under, -1.0)]

    return Rule(
        key="outlay",
        name=Text(f"合并支出定为每年{wan_words(target)}万元", f"a consolidated outlay of {wan_words(target)} 万元 a year"),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=WAN_PER_FEN, step=HUNDRED_YUAN),
        says=_target_words(target),
    )  # fmt: skip


def _target_words(target: int) -> Callable[[int], Text]:
    def says(fen: int) -> Text:
        moved, by = wan_words(target + fen), wan_words(math.fabs(fen))
        if fen > 0:
            return Text(
                f"合并支出至少比目标{wan_words(target)}万元高{by}万元，把目标提高到{moved}万元",
                f"the outlay is at least {by} 万元 above the target of {wan_words(target)} 万元, raise the target to {moved} 万元")  # fmt: skip
        return Text(
            f"合并支出最多只能到目标{wan_words(target)}万元以下{by}万元，把目标降低到{moved}万元",
            f"the outlay stays at least {by} 万元 below the target of {wan_words(target)} 万元, lower the target to {moved} 万元")  # fmt: skip

    return says
