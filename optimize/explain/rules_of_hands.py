"""Rules of people that can stand in a plan's way: posts, officials and who may get one, wardens, windows."""

from __future__ import annotations

import math
from dataclasses import replace

from optimize.allocation import Allocation
from optimize.explain.brief import Brief
from optimize.explain.giving import Slacks, by_halving, by_slack
from optimize.explain.rule import Rule
from optimize.explain.words import counted, plain
from optimize.locks import LockKind
from optimize.postings import is_active
from optimize.standing import windows_before
from scenarios.text import Text


def hand_rules(brief: Brief) -> list[Rule]:
    """The rules in force, those first that a planner would look at last."""
    district, found = brief.district, []
    if district.choices.windows:
        found += [_windows_each(brief), _windows(brief)]
    if district.choices.wardens:
        found.append(_wardens(brief))
    if district.postings.posts > 0 and len(district.slots):
        found += [_eligible(brief), _officials(brief)]
    if district.extra_posts:
        found.append(_posts(brief))
    return found


def _locked(brief: Brief, kind: LockKind) -> int:
    return sum(lock.amount for lock in brief.locks if lock.kind == kind)


def _posts(brief: Brief) -> Rule:
    most = brief.district.extra_posts

    def given(some: Brief, count: int) -> Brief:
        return some.with_district(extra_posts=some.district.extra_posts + count)

    def lifted(some: Brief) -> Brief:
        return given(some, _locked(some, "posts") + 2 * len(some.district.communities))

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        slack = allocation.program.variable(whole=True)
        allocation.program.at_most(
            [*[(count, 1.0) for count in allocation.first.posts], (slack, -1.0)], some.district.extra_posts
        )
        return [(slack, 1.0)]

    return Rule(
        key="posts",
        name=Text(f"新增岗位共{most}个", f"{counted(most, 'extra post')} in all"),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=1.0),
        says=lambda count: Text(f"新增岗位增加{count}个，共{most + count}个", f"open {counted(count, 'more post')}, {most + count} in all"),
    )  # fmt: skip


def _wardens(brief: Brief) -> Rule:
    most = brief.district.choices.wardens

    def given(some: Brief, count: int) -> Brief:
        return some.with_choices(wardens=some.district.choices.wardens + count)

    def lifted(some: Brief) -> Brief:
        return given(some, _locked(some, "wardens") + 2 * len(some.district.communities))

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        slack = allocation.program.variable(whole=True)
        hired = [(count, 1.0) for count in allocation.first.choices.wardens]
        allocation.program.at_most([*hired, (slack, -1.0)], some.district.choices.wardens)
        return [(slack, 1.0)]

    return Rule(
        key="wardens",
        name=Text(f"增配网格员共{most}名", f"{counted(most, 'extra warden')} in all"),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=1.0),
        says=lambda count: Text(f"网格员增加{count}名，共{most + count}名", f"hire {counted(count, 'more warden')}, {most + count} in all"),
    )  # fmt: skip


def _officials(brief: Brief) -> Rule:
    most = brief.district.postings.posts

    def given(some: Brief, count: int) -> Brief:
        rule = some.district.postings
        return some.with_district(postings=replace(rule, posts=rule.posts + count))

    def lifted(some: Brief) -> Brief:
        return given(some, len(some.district.slots))

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        slack = allocation.program.variable(whole=True)
        for year in range(some.district.years):
            in_post = [(choice.sent, 1.0) for choice in allocation.first.postings
                       if is_active(some.district, choice.start_year, year)]  # fmt: skip
            allocation.program.at_most([*in_post, (slack, -1.0)], some.district.postings.posts)
        return [(slack, 1.0)]

    return Rule(
        key="officials",
        name=Text(f"同时在任的第一书记至多{most}名", f"at most {counted(most, 'official')} in post at a time"),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=1.0),
        says=lambda count: Text(f"在任名额增加{count}名，共{most + count}名", f"allow {counted(count, 'more official')}, {most + count} at a time"),
    )  # fmt: skip


def _eligible(brief: Brief) -> Rule:
    count = len(brief.district.communities)

    def now(some: Brief) -> int:
        return min(count, math.ceil(some.district.postings.eligible_share * count))

    def given(some: Brief, more: int) -> Brief:
        share = min(1.0, (now(some) + more) / count)
        return some.with_district(postings=replace(some.district.postings, eligible_share=share))

    def lifted(some: Brief) -> Brief:
        return some.with_district(postings=replace(some.district.postings, eligible_share=1.0))

    def says(more: int) -> Text:
        widened = now(brief) + more
        return Text(f"把可选派范围放宽到最薄弱的{widened}个社区（{plain(100 * widened / count)}%）",
                    f"let the weakest {widened} communities ({plain(100 * widened / count)} %) have officials")  # fmt: skip

    return Rule(
        key="eligible",
        name=Text(f"第一书记只派往最薄弱的{now(brief)}个社区", f"officials go to the weakest {now(brief)} communities only"),
        lifted=lifted, given=given, says=says, least=by_halving(given, lambda some: count - now(some)),
    )  # fmt: skip


def _added(brief: Brief) -> list[int]:
    """Windows that locks add, by lock."""
    before, codes = windows_before(brief.district), brief.district.communities.code
    return [lock.amount - int(before[codes.index(lock.where)]) for lock in brief.locks
            if lock.kind == "windows" and lock.where in codes]  # fmt: skip


def _windows(brief: Brief) -> Rule:
    most = brief.district.choices.windows

    def given(some: Brief, count: int) -> Brief:
        return some.with_choices(windows=some.district.choices.windows + count)

    def lifted(some: Brief) -> Brief:
        return given(some, max(0, sum(_added(some)) - some.district.choices.windows))

    return Rule(
        key="windows",
        name=Text(f"新增窗口共{most}个", f"{counted(most, 'window')} added in all"),
        lifted=lifted, given=given, least=by_halving(given, lambda some: sum(_added(some)) - some.district.choices.windows),
        says=lambda count: Text(f"窗口增加{count}个，共{most + count}个", f"add {counted(count, 'more window')}, {most + count} in all"),
    )  # fmt: skip


def _windows_each(brief: Brief) -> Rule:
    most = brief.district.choices.windows_each

    def given(some: Brief, count: int) -> Brief:
        return some.with_choices(windows_each=some.district.choices.windows_each + count)

    def lifted(some: Brief) -> Brief:
        return given(some, max(0, max(_added(some), default=0) - some.district.choices.windows_each))

    return Rule(
        key="windows each",
        name=Text(f"每个社区至多新增{most}个窗口", f"at most {counted(most, 'window')} added in a community"),
        lifted=lifted, given=given,
        least=by_halving(given, lambda some: max(_added(some), default=0) - some.district.choices.windows_each),
        says=lambda count: Text(f"每个社区至多新增{most + count}个窗口", f"allow {most + count} windows to be added in a community"),
    )  # fmt: skip
