"""Where needs go unmet and what is short there: hands, cash, rooms, or simply what is voiced. By community and plan year.

The parts add up to all unmet needs: never voiced, voiced and not served, served and not solved. What would be served if
one thing alone were plentiful names what is short: the one that would help most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from optimize.coefficients import Yields, contract_limit_fen, yields_of
from optimize.explain.words import communities_in_english, names_of, plain
from optimize.plan import Plan
from optimize.promise import Promise, added_space_m2, evaluate, served_matters
from optimize.standing import under_plan
from scenarios.district import District
from scenarios.funding import year_money
from scenarios.tables import Reals
from scenarios.text import Text

Short = Literal["hands", "money", "rooms", "both", "voiced"]
PLENTY = 1e9  # times what there is
NOTICED = 0.005  # share of reached matters: what would help less than this is not what is short

SHORT_WORDS: dict[Short, Text] = {
    "hands": Text("缺人手：购买服务已到工时上限或不划算，工时排满",
                  "short of hands: every hour is taken, and contracts are at their limit or not worth it"),
    "money": Text("缺经费：再多一点，就能多购买服务、多办事项", "short of money: more would buy hours and pay for matters"),
    "rooms": Text("缺场地：活动、照护用房排满", "short of rooms: those for activities and care are full"),
    "both": Text("人手、经费同时见底：只加一样用处不大", "short of hands and money together: more of one alone would help little"),
    "voiced": Text("反映的基本都办了，缺的是没有反映出来的需求", "nearly all that is voiced is served; what is missing was never voiced"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Shortfalls:
    """Unmet needs a year by cause, and what is short; axes (community, plan year)."""

    unvoiced: Reals
    unserved: Reals
    unsolved: Reals
    by_hands: Reals  # matters more that would be served with plenty of hours
    by_money: Reals
    by_rooms: Reals
    by_both: Reals  # hours and money together
    short: tuple[tuple[Short, ...], ...]

    @property
    def unmet(self) -> Reals:
        """All unmet needs."""
        return self.unvoiced + self.unserved + self.unsolved


@dataclass(frozen=True)
class ShortGroup:
    """Communities for which the same thing is short in most plan years, the matters unserved there, and a sentence."""

    short: Short
    communities: tuple[str, ...]
    unserved: float  # a year
    says: Text


def shortfalls(district: District, plan: Plan) -> Shortfalls:
    """What the plan leaves unmet and why."""
    promise, arranged = evaluate(district, plan), under_plan(district, plan)
    yields = yields_of(arranged, plan.correction)
    years = [_year(arranged, plan, yields, promise, year) for year in range(district.years)]
    gains = {name: np.stack([gain[name] for gain in years], axis=1) for name in ("hands", "money", "rooms", "both")}
    return Shortfalls(
        unvoiced=promise.needs - promise.prevented - promise.reached,
        unserved=promise.reached - promise.served,
        unsolved=promise.served - promise.solved,
        by_hands=gains["hands"], by_money=gains["money"], by_rooms=gains["rooms"], by_both=gains["both"],
        short=tuple(tuple(_shortest(gains, promise, row, year) for year in range(district.years))
                    for row in range(len(plan.communities))),
    )  # fmt: skip


def _year(district: District, plan: Plan, yields: Yields, promise: Promise, year: int) -> dict[str, Reals]:
    """Matters more that would be served if one thing were plentiful. Money buys hours too, up to the limit of contracts."""
    contract, prevention = plan.contract_fen[:, year], plan.prevention_fen[:, year]
    cash = np.asarray(year_money(district, plan.lump_fen[:, year]).service_fen - contract - prevention, dtype=float)
    rooms = yields.rooms_base + added_space_m2(district, plan, year)[:, None] * yields.rooms_per_m2
    hours, unprevented = promise.hours[:, year], 1.0 - promise.prevented[:, year] / promise.needs[:, year]
    limit = contract_limit_fen(district)
    bought = hours + np.maximum(limit - contract, 0.0) * yields.hours_per_fen

    def served(hours: Reals, rooms: Reals, fen: Reals) -> Reals:
        return served_matters(yields, unprevented=unprevented, hours=hours, rooms=rooms, fen=fen)

    much = np.full(len(cash), PLENTY * 100)
    return {
        "hands": served(hours * PLENTY, rooms, cash) - promise.served[:, year],
        "money": served(bought, rooms, much) - promise.served[:, year],
        "both": served(hours * PLENTY, rooms, much) - promise.served[:, year],
        "rooms": served(hours, rooms * PLENTY + PLENTY, cash) - promise.served[:, year],
    }


def _shortest(gains: dict[str, Reals], promise: Promise, row: int, year: int) -> Short:
    alone: tuple[Short, ...] = ("hands", "money", "rooms")
    noticed = NOTICED * float(promise.reached[row, year])
    best = max(alone, key=lambda name: float(gains[name][row, year]))
    if gains[best][row, year] > noticed:
        return best
    return "both" if gains["both"][row, year] > noticed else "voiced"


def short_groups(district: District, plan: Plan, found: Shortfalls) -> tuple[ShortGroup, ...]:
    """Communities by what is short there in most years, that with most unserved matters first."""
    usual = [max(line, key=line.count) for line in found.short]
    groups = [_group(district, plan, found, kind, [row for row, short in enumerate(usual) if short == kind])
              for kind in SHORT_WORDS]  # fmt: skip
    return tuple(sorted((group for group in groups if group.communities), key=lambda group: -group.unserved))


def _group(district: District, plan: Plan, found: Shortfalls, kind: Short, rows: list[int]) -> ShortGroup:
    unserved = float(found.unserved[rows].sum(axis=0).mean()) if rows else 0.0
    ranked = sorted(rows, key=lambda row: -float(found.unserved[row].sum()))
    codes = tuple(plan.communities[row] for row in ranked)
    names, words, number = names_of(district, codes), SHORT_WORDS[kind], plain(unserved, 0)
    says = Text(f"{len(codes)}个社区{words.zh}（每年{number}件反映了而未办理）：{names.zh}",
                f"{communities_in_english(len(codes))}: {words.en} ({number} matters a year voiced and not served): {names.en}")  # fmt: skip
    return ShortGroup(kind, codes, unserved, says)


def unmet_words(found: Shortfalls) -> Text:
    """All unmet needs of a mean year by cause, in a sentence."""
    parts = [float(part.sum(axis=0).mean()) for part in (found.unmet, found.unvoiced, found.unserved, found.unsolved)]
    unmet, unvoiced, unserved, unsolved = (plain(part, 0) for part in parts)
    return Text(
        f"每年约{unmet}件需求未满足：{unvoiced}件没有反映出来，{unserved}件反映了但没有办理，{unsolved}件办理了但没有解决",
        f"about {unmet} needs a year are unmet: {unvoiced} never voiced, {unserved} voiced and not served, {unsolved} served and not solved",
    )
