"""Locked decisions: what a planner has settled and the search must leave where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimize.allocation import Allocation
from optimize.program import Program, Terms
from optimize.standing import windows_before
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN

LockKind = Literal["grant", "posts", "windows", "wardens", "posting", "project"]


@dataclass(frozen=True, kw_only=True)
class Lock:
    """A decision held where it is: what, where (community, or project of the sites table), and how much.

    ``amount``: fen a year (``grant``), a number (``posts``, ``windows`` in all, ``wardens``), or 1 for made and 0 for not
    made (``posting`` to a community, ``project``). ``year``: plan year counted from 0, of a start; None for every year of
    a grant and for any start.
    """

    kind: LockKind
    where: str
    amount: int = 1
    year: int | None = None

    @property
    def rule(self) -> str:
        """The name of its row."""
        return f"lock {self.kind} {self.where}"


def add_lock(program: Program, district: District, allocation: Allocation, lock: Lock) -> None:
    """The rows that hold one decision. A decision that the district does not leave open adds a row nothing can keep."""
    for terms, value in held_terms(district, allocation, lock):
        held = list(terms)
        program.at_most(held, value, rule=lock.rule)
        program.at_least(held, value, rule=lock.rule)


def held_terms(district: District, allocation: Allocation, lock: Lock) -> list[tuple[Terms, float]]:
    """Terms and the value they must take, one for each row; a decision that is not open has a row without terms."""
    first, codes = allocation.first, district.communities.code
    row = codes.index(lock.where) if lock.where in codes else -1
    if lock.kind == "grant":
        grants = allocation.money.grant[row] if allocation.money.grant and row >= 0 else []
        years = range(len(grants)) if lock.year is None else [lock.year] if lock.year < len(grants) else []
        wan = lock.amount / FEN_PER_WAN
        return [(grants[year].items(), wan - float(grants[year].constant)) for year in years] or [((), wan)]
    if lock.kind == "posting":
        sent = [(choice.sent, 1.0) for choice in first.postings
                if choice.row == row and lock.year in (None, choice.start_year)]  # fmt: skip
        return [(sent, float(lock.amount))]
    if lock.kind == "project":
        built = [(start.built, 1.0) for start in first.venues.starts
                 if district.sites.id[start.site] == lock.where and lock.year in (None, start.year)]  # fmt: skip
        return [(built, float(lock.amount))]
    if lock.kind == "windows":
        added = lock.amount - int(windows_before(district)[row])
        options = first.choices.windows[row] if first.choices.windows and row >= 0 else []
        return [([(option, float(count)) for count, option in enumerate(options, start=1)], float(added))]
    counts = first.posts if lock.kind == "posts" else first.choices.wardens
    return [([(counts[row], 1.0)] if counts and row >= 0 else [], float(lock.amount))]
