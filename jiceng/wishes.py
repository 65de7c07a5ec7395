"""Decisions that a planner asks about on the command line: ``posting:CODE``, ``grant:CODE=30 万元``, ``project:ID@2028``."""

from __future__ import annotations

import re
from typing import cast, get_args

from optimize.locks import Lock, LockKind
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN
from scenarios.problems import Problem, ScenarioError, visible
from scenarios.text import Text

_FORM = re.compile(r"(?P<kind>[a-z]+):(?P<where>[^=@]+)(?:@(?P<year>[0-9]{4}))?(?:=(?P<amount>.+))?")
_MONEY = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]{1,6})?) ?(?P<unit>万元|元|yuan)")
FORMS = Text("posting:社区代码、posting:社区代码=0、grant:社区代码=30 万元、posts:社区代码=2、windows:社区代码=8、wardens:社区代码=1、project:项目编号@2028",
             "posting:CODE, posting:CODE=0, grant:CODE=30 万元, posts:CODE=2, windows:CODE=8, wardens:CODE=1, project:ID@2028")  # fmt: skip


def wishes(district: District, asked: list[str]) -> tuple[Lock, ...]:
    """The decisions in what was typed. Raises ``ScenarioError`` with every one that cannot be read."""
    locks: list[Lock] = []
    problems: list[Problem] = []
    for number, text in enumerate(asked, start=1):
        lock = _wish(district, text)
        if lock is None:
            problems.append(_unread(number, text))
        else:
            locks.append(lock)
    if problems:
        raise ScenarioError(tuple(problems))
    return tuple(locks)


def _wish(district: District, text: str) -> Lock | None:
    form = _FORM.fullmatch(text.strip())
    if form is None or form["kind"] not in get_args(LockKind):
        return None
    kind = cast(LockKind, form["kind"])
    amount, year = _amount(kind, form["amount"]), int(form["year"]) - district.first_year if form["year"] else None
    if amount is None or (year is not None and not 0 <= year < district.years):
        return None
    where = _code(district, form["where"].strip())
    known = where in (district.sites.id if kind == "project" else district.communities.code)
    return Lock(kind=kind, where=where, amount=amount, year=year) if known else None


def _code(district: District, where: str) -> str:
    """A community's code, also for a name that only one has."""
    named = [
        code for code, name in zip(district.communities.code, district.communities.name, strict=True) if name == where
    ]
    return named[0] if len(named) == 1 else where


def _amount(kind: LockKind, text: str | None) -> int | None:
    if kind == "grant":
        money = _MONEY.fullmatch((text or "").strip())
        if money is None:
            return None
        return round(float(money["number"]) * FEN_PER_YUAN * (10_000 if money["unit"] == "万元" else 1))
    if text is None:
        return 1 if kind in ("posting", "project") else None
    most = 1 if kind in ("posting", "project") else 10_000
    return int(text) if re.fullmatch(r"[0-9]{1,5}", text.strip()) and int(text) <= most else None


def _unread(number: int, text: str) -> Problem:
    return Problem(
        file="--why", line=number, field="--why", found=visible(text, 120), expected=FORMS,
        mend=Text("核对写法、社区代码或项目编号、年份；grant要写万元或元", "check the form, the code or id and the year; a grant needs 万元 or yuan"),
    )  # fmt: skip
