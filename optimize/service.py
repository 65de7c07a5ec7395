"""Block: what a community does with its money and hours, and the needs it meets; per community and plan year.

One share of the reached needs is served in all categories, those that take rooms at most as far as the rooms of their
use reach: a queue served oldest first cannot pick the cheap matters. Shares are of the needs reached without prevention,
so that ``served = share x demand`` stays linear when prevention lowers the demand. The lines of the queueing curve bound
served hours by ``intercept x asked hours + slope x hours at hand``. Money in 万元, hours in hundreds.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from optimize.coefficients import Yields
from optimize.money import Case, Money
from optimize.prevention import Prevention, add_prevention
from optimize.program import Expression, Program, Variable, linear, total
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN

HUNDRED = 100.0


@dataclass(frozen=True, eq=False)
class Uses:
    """Decisions and results of one community in one year, all cases of its money together."""

    contract: Expression  # 万元
    prevention: Expression  # 万元
    served: Expression  # matters
    prevented: Expression  # share of all needs, by care money too
    service: Expression  # 万元, own money included
    most_served: float


@dataclass(frozen=True, eq=False)
class _Part:
    """The uses in one case; all variables are 0 unless the case is active. Lists are by use whose rooms may be short."""

    contract: Variable
    prevention: Prevention
    share: Variable
    room_share: list[Variable]
    in_rooms: list[Variable]


def add_posts(program: Program, district: District) -> list[Variable]:
    """Extra posts of each community, the same in every year: a post is a person, hired at the start and kept."""
    most = district.extra_posts
    posts = [program.variable(0, most, whole=True) for _ in range(len(district.communities))] if most else []
    program.at_most([(count, 1.0) for count in posts], most)
    return posts


def add_service(program: Program, district: District, yields: Yields, money: Money, posts: list[Variable],
                space: list[list[Expression]]) -> list[list[Uses]]:  # fmt: skip
    """The uses of every community and year; ``space`` is added floor space in m2."""
    prevention = add_prevention(program, yields, money)
    return [
        [_Builder(program, yields, row).uses(money.cases[row][year], prevention[row][year], posts[row : row + 1],
                                             space[row][year]) for year in range(district.years)]
        for row in range(len(district.communities))
    ]  # fmt: skip


class _Builder:
    """Adds the rows of one community in one year."""

    def __init__(self, program: Program, yields: Yields, row: int) -> None:
        self.program, self.yields, self.row = program, yields, row
        self.short = [use for use, d in enumerate(yields.roomy) if d.rooms[row] > yields.rooms_base[row, use]]
        self.plain = [yields.plain, *[d for use, d in enumerate(yields.roomy) if use not in self.short]]
        self.open = 1.0 - float(yields.otherwise_prevented[row])  # share of needs that care money does not prevent
        self.top = max(intercept for intercept, slope in yields.queue_lines if slope == 0.0)

    def uses(self, cases: list[Case], prevention: list[Prevention], posts: list[Variable],
             space: Expression) -> Uses:  # fmt: skip
        """The uses in all cases, of which one is active."""
        hired = self._hired(cases, posts)
        parts = [self._part(*one) for one in zip(cases, prevention, hired, strict=True)]
        self._rooms(parts, space)
        plain, *roomy = self._demand("matters")
        served = [(p.share, plain) for p in parts]
        served += [term for p in parts for term in zip(p.room_share, roomy, strict=True)]
        prevented = total(p.prevention.share for p in parts)
        return Uses(
            contract=linear([(p.contract, 1.0) for p in parts]),
            prevention=total(p.prevention.money for p in parts),
            served=linear(served),
            prevented=linear(prevented.items(), 1.0 - self.open),
            service=total(case.service for case in cases),
            most_served=self.top * (plain + sum(roomy)),
        )

    def _hired(self, cases: list[Case], posts: list[Variable]) -> list[list[Variable]]:
        """The extra posts as they count in each case."""
        if len(cases) == 1 or not posts:
            return [posts] * len(cases)
        hired = [[self.program.variable(0, float(posts[0].upBound))] for _ in cases]
        for case, extra in zip(cases, hired, strict=True):
            case.at_most(self.program, [(extra[0], 1.0)], float(posts[0].upBound))
        self.program.equal([*[(extra[0], 1.0) for extra in hired], (posts[0], -1.0)], 0.0)
        return hired

    def _part(self, case: Case, prevention: Prevention, posts: list[Variable]) -> _Part:
        program, row = self.program, self.row
        room_share, in_rooms = ([program.variable() for _ in self.short] for _ in range(2))
        part = _Part(program.variable(), prevention, program.variable(), room_share, in_rooms)
        case.at_most(program, [(part.contract, 1.0)], float(self.yields.contract_limit_fen[row]) / FEN_PER_WAN)
        case.at_most(program, [(part.share, 1.0)], self.top)
        for asked in (part.share, *in_rooms):
            case.at_most(program, [(asked, 1.0), *prevention.share.items()], self.open)
        for served, asked in zip(room_share, in_rooms, strict=True):
            program.at_most([(served, 1.0), (asked, -1.0)], 0.0)
            program.at_most([(served, 1.0), (part.share, -1.0)], 0.0)
        self._hours(case, part, posts)
        self._cash(case, part)
        return part

    def _cash(self, case: Case, part: _Part) -> None:
        """What is served, contracts and prevention within the service money."""
        plain, *roomy = (fen / FEN_PER_WAN for fen in self._demand("fen"))
        spent = [(part.share, plain), *zip(part.room_share, roomy, strict=True), (part.contract, 1.0)]
        spent += part.prevention.money.items()
        left = float(case.service.constant) - float(part.prevention.money.constant)
        self.program.at_most([*spent, *[(v, -c) for v, c in case.service.items()]], left)

    def _hours(self, case: Case, part: _Part, posts: list[Variable]) -> None:
        """Served hours below every line of the queueing curve."""
        yields, row = self.yields, self.row
        plain, *roomy = (hours / HUNDRED for hours in self._demand("hours"))
        base, per_post = float(yields.base_hours[row]) / HUNDRED, float(yields.hours_per_post[row]) / HUNDRED
        per_wan = float(yields.hours_per_fen[row]) * FEN_PER_WAN / HUNDRED
        for intercept, slope in lines_that_matter(yields, row, posts=sum(float(count.upBound or 0) for count in posts)):
            terms = [(part.share, plain), *zip(part.room_share, roomy, strict=True)]
            terms += [(asked, -intercept * hours) for asked, hours in zip(part.in_rooms, roomy, strict=True)]
            terms += [(part.contract, -slope * per_wan), *[(count, -slope * per_post) for count in posts]]
            terms += [(v, c * intercept * plain) for v, c in part.prevention.share.items()]
            case.at_most(self.program, terms, intercept * plain * self.open + slope * base)

    def _rooms(self, parts: list[_Part], space: Expression) -> None:
        """What is asked of the rooms of each use is at most what present and new floor space can take."""
        for place, use in enumerate(self.short):
            whole = float(self.yields.roomy[use].rooms[self.row])
            base, per_m2 = self.yields.rooms_base[self.row, use], self.yields.rooms_per_m2[use]
            asked = [(part.in_rooms[place], 1.0) for part in parts]
            asked += [(v, -c * float(per_m2) / whole) for v, c in space.items()]
            self.program.at_most(asked, float(base) / whole)

    def _demand(self, name: Literal["matters", "hours", "fen"]) -> list[float]:
        """An amount of the needs that never lack rooms, then of those of each use whose rooms may be short."""
        plain = sum(float(getattr(demand, name)[self.row]) for demand in self.plain)
        return [plain, *[float(getattr(self.yields.roomy[use], name)[self.row]) for use in self.short]]


def lines_that_matter(yields: Yields, row: int, *, posts: float) -> list[tuple[float, float]]:
    """The lines that can be lowest somewhere between the fewest and the most hours over the most and least asked."""
    lines = sorted(yields.queue_lines, key=lambda line: line[0])
    crossings = [(b[0] - a[0]) / (a[1] - b[1]) for a, b in pairwise(lines)]
    fewest = float(yields.base_hours[row])
    most = fewest + float(yields.contract_limit_fen[row] * yields.hours_per_fen[row])
    most += posts * float(yields.hours_per_post[row])
    low = fewest / max(float(yields.reached.hours[row] * (1.0 - yields.otherwise_prevented[row])), 1e-9)
    high = most / max(float(yields.least_asked_hours[row]), 1e-9)
    starts, ends = [-np.inf, *crossings], [*crossings, np.inf]
    return [line for line, start, end in zip(lines, starts, ends, strict=True) if start <= high and end >= low]
