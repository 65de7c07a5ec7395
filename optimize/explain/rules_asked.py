"""What is asked of a plan beside the district's rules: goals held within limits, and settled decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from optimize.allocation import Allocation
from optimize.explain.brief import Brief, fits
from optimize.explain.giving import Least, Slacks, by_halving, by_slack
from optimize.explain.rule import Rule
from optimize.explain.words import GOAL_WORDS, IN_SHARES, goal_amount, lock_words
from optimize.locks import Lock, held_terms
from optimize.plan import Limits
from optimize.requirements import Bound
from scenarios.funding import FEN_PER_WAN
from scenarios.goals import Goal
from scenarios.text import Text

HUNDRED_YUAN = 10_000  # fen


def asked_rules(brief: Brief) -> list[Rule]:
    """Bounds and locks; the locks last, for they are what a planner can most easily take back."""
    return [*[_bound(brief, bound) for bound in brief.bounds], *[_lock(brief, lock) for lock in brief.locks]]


def _fineness(goal: Goal) -> float:
    """The step in which a limit gives way: a thousandth for shares, 100 yuan for money."""
    return 0.001 if goal in IN_SHARES else 0.01


def _bound(brief: Brief, bound: Bound) -> Rule:
    goal, unit = bound.goal, _fineness(bound.goal)

    def moved(some: Brief, units: int) -> float:
        return next(b.at_most for b in some.bounds if b.goal == goal) + units * unit

    def given(some: Brief, units: int) -> Brief:
        changed = [replace(b, at_most=moved(some, units)) if b.goal == goal else b for b in some.bounds]
        return some.with_bounds(tuple(changed))

    def lifted(some: Brief) -> Brief:
        return some.with_bounds(tuple(b for b in some.bounds if b.goal != goal))

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        slack, measured = allocation.program.variable(), allocation.goals[goal]
        allocation.program.at_most([*measured.items(), (slack, -1.0)], moved(some, 0) - float(measured.constant))
        return [(slack, 1.0)]

    def pursued(some: Brief) -> Brief:
        """Without the bound, the goal's expression still made."""
        loose = lifted(some)
        without_limit = Bound(goal=goal, at_most=1e9)
        return loose.with_bounds((*loose.bounds, without_limit))

    least: Least = by_slack(pursued, soft, given, unit=unit)
    if goal == "gini":  # its row depends on the ranking of the answer, so that no slack can stand in it
        least = by_halving(given, lambda some: round((1.0 - moved(some, 0)) / unit))
    name, limit = GOAL_WORDS[goal], goal_amount(goal, bound.at_most)
    return Rule(
        key=f"bound {goal}",
        name=Text(f"{name.zh}不超过{limit.zh}", f"{name.en} at most {limit.en}"),
        lifted=lifted, given=given, least=least,
        says=lambda units: Text(
            f"把“{name.zh}”的上限放宽到{goal_amount(goal, bound.at_most + units * unit).zh}",
            f"raise the limit on {name.en} to {goal_amount(goal, bound.at_most + units * unit).en}"),
    )  # fmt: skip


def _lock(brief: Brief, lock: Lock) -> Rule:
    words = lock_words(brief.district, lock)

    def lifted(some: Brief) -> Brief:
        rest = some.with_locks(tuple(other for other in some.locks if _key(other) != _key(lock)))
        return rest.with_years_apart() if lock.kind == "grant" and lock.year is not None else rest

    if lock.kind in ("posting", "project"):
        return Rule(key=_key(lock), name=_locked(words), lifted=lifted, given=lambda some, _: lifted(some),
                    least=_drop(lifted), says=lambda _: _dropped(words))  # fmt: skip

    step = HUNDRED_YUAN if lock.kind == "grant" else 1

    def given(some: Brief, units: int) -> Brief:
        changed = [replace(one, amount=one.amount + units) if _key(one) == _key(lock) else one for one in some.locks]
        return some.with_locks(tuple(changed))

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        whole = lock.kind != "grant"
        up, down = allocation.program.variable(whole=whole), allocation.program.variable(whole=whole)
        now = next(one for one in some.locks if _key(one) == _key(lock))
        for terms, value in held_terms(some.district, allocation, now):
            row = [*terms, (up, -1.0), (down, 1.0)]
            allocation.program.at_most(row, value)
            allocation.program.at_least(row, value)
        return [(up, 1.0), (down, -1.0)]

    unit = 1.0 / FEN_PER_WAN if lock.kind == "grant" else 1.0
    return Rule(
        key=_key(lock), name=_locked(words), lifted=lifted, given=given,
        least=by_slack(lifted, soft, given, unit=unit, step=step),
        says=lambda units: _changed(brief, lock, units),
    )  # fmt: skip


def _key(lock: Lock) -> str:
    return lock.rule if lock.year is None else f"{lock.rule} {lock.year}"


def _drop(lifted: Callable[[Brief], Brief]) -> Least:
    def least(some: Brief, limits: Limits) -> int | None:
        return 1 if fits(lifted(some), limits) else None

    return least


def _locked(words: Text) -> Text:
    return Text(f"已定：{words.zh}", f"settled: {words.en}")


def _dropped(words: Text) -> Text:
    return Text(f"取消“{words.zh}”", f'take back "{words.en}"')


def _changed(brief: Brief, lock: Lock, units: int) -> Text:
    words, other = lock_words(brief.district, lock), replace(lock, amount=lock.amount + units)
    if other.amount == 0 and lock.kind in ("posts", "wardens"):
        return _dropped(words)
    moved = lock_words(brief.district, other)
    return Text(f"把“{words.zh}”改为“{moved.zh}”", f'change "{words.en}" to "{moved.en}"')
