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

from optimize.choices import Choices, Hand
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
    reached: Expression  # matters voiced, what is prevented left out
    served: Expression  # matters
    prevented: Expression  # share of all needs, by care money too
    service: Expression  # 万元, own money included
    most_served: float


@dataclass(frozen=True, eq=False)
class _Part:
    """The uses in one case; all variables are 0 unless it is active. Lists are by use whose rooms may be short."""

    case: Case
    contract: Variable
    prevention: Prevention
    share: Variable
    room_share: list[Variable]
    in_rooms: list[Variable]
    hands: list[tuple[Variable, float]]  # hundreds of hours for service


def add_service(program: Program, district: District, yields: Yields, money: Money, posts: list[Variable],
                choices: Choices, space: list[list[Expression]]) -> list[list[Uses]]:  # fmt: skip
    """The uses of every community and year; ``space`` is added floor space in m2."""
    made: list[list[Uses]] = []
    for row, years in enumerate(money.cases):
        builder = _Builder(program, district, yields, choices, row, posts[row : row + 1])
        made.append([])
        for year, cases in enumerate(years):
            made[row].append(builder.uses(cases, space[row][year]))
    return made


class _Builder:
    """Adds the rows of one community in one year."""

    def __init__(self, program: Program, district: District, yields: Yields, choices: Choices, row: int,
                 posts: list[Variable]) -> None:  # fmt: skip
        self.program, self.yields, self.row = program, yields, row
        self.hands = [(count, float(yields.hours_per_post[row]) / HUNDRED) for count in posts]
        self.hands += [(hand.count, self._for_service(hand) / HUNDRED) for hand in choices.hands[row]]
        self.short = [use for use, d in enumerate(yields.roomy) if d.rooms[row] > yields.rooms_base[row, use]]
        self.plain = [yields.plain, *[d for use, d in enumerate(yields.roomy) if use not in self.short]]
        self.open = 1.0 - float(yields.otherwise_prevented[row])  # share of needs that care money does not prevent
        self.top = max(intercept for intercept, slope in yields.queue_lines if slope == 0.0)
        paired = float(yields.partner_hours[row]) if district.choices.pairs else 0.0
        self.base_hours = float(yields.base_hours[row]) - paired  # hours for service that no decision adds to
        added = sum(each * HUNDRED * float(count.upBound or 0) for count, each in self.hands)
        self.lines = lines_that_matter(yields, row, fewest=self.base_hours, added=added)

    def uses(self, cases: list[Case], space: Expression) -> Uses:
        """The uses in all cases, of which one is active."""
        prevention = [add_prevention(self.program, self.yields, self.row, case) for case in cases]
        parts = [self._part(*one) for one in zip(cases, prevention, self._hands(cases), strict=True)]
        self._rooms(parts, space)
        own = total(part.prevention.share for part in parts)
        return Uses(
            contract=linear([(part.contract, 1.0) for part in parts]),
            prevention=total(part.prevention.money for part in parts),
            reached=self._reached(parts),
            served=linear([term for part in parts for term in self._served(part, "matters")]),
            prevented=linear(own.items(), 1.0 - self.open),
            service=total(case.service for case in cases),
            most_served=self.top * sum(self._demand("matters")),
        )

    def _hands(self, cases: list[Case]) -> list[list[tuple[Variable, float]]]:
        """Posts, wardens and paired units as they count in each case, with their hours for service in hundreds."""
        if len(cases) == 1:
            return [self.hands]
        copies: list[list[tuple[Variable, float]]] = [[] for _ in cases]
        for whole, each in self.hands:
            parts = [self.program.variable(0, float(whole.upBound)) for _ in cases]
            for case, part, copy in zip(cases, parts, copies, strict=True):
                case.at_most(self.program, [(part, 1.0)], float(whole.upBound))
                copy.append((part, each))
            self.program.equal([*[(part, 1.0) for part in parts], (whole, -1.0)], 0.0)
        return copies

    def _for_service(self, hand: Hand) -> float:
        yields = self.yields
        return hand.hours * float(
            (yields.per_partner_hour if hand.to_service_alone else yields.per_shared_hour)[self.row]
        )

    def _part(self, case: Case, prevention: Prevention, hands: list[tuple[Variable, float]]) -> _Part:
        program = self.program
        room_share, in_rooms = ([program.variable() for _ in self.short] for _ in range(2))
        part = _Part(case, program.variable(), prevention, program.variable(), room_share, in_rooms, hands)
        case.at_most(program, [(part.contract, 1.0)], float(self.yields.contract_limit_fen[self.row]) / FEN_PER_WAN)
        case.at_most(program, [(part.share, 1.0)], self.top)
        for asked in (part.share, *in_rooms):
            case.at_most(program, [(asked, 1.0), *prevention.share.items()], self.open)
        for served, asked in zip(room_share, in_rooms, strict=True):
            program.at_most([(served, 1.0), (asked, -1.0)], 0.0)
            program.at_most([(served, 1.0), (part.share, -1.0)], 0.0)
        for intercept, slope in self.lines:
            case.at_most(program, *self._hours(part, intercept, slope))
        self._cash(part)
        return part

    def _cash(self, part: _Part) -> None:
        """What is served, contracts and prevention within the service money."""
        service, money = part.case.service, part.prevention.money
        spent = [(v, fen / FEN_PER_WAN) for v, fen in self._served(part, "fen")]
        spent += [(part.contract, 1.0), *money.items(), *[(v, -c) for v, c in service.items()]]
        self.program.at_most(spent, float(service.constant) - float(money.constant))

    def _hours(self, part: _Part, intercept: float, slope: float) -> tuple[list[tuple[Variable, float]], float]:
        """Served hours below one line of the queueing curve: terms and limit."""
        plain, *roomy = (hours / HUNDRED for hours in self._demand("hours"))
        per_wan = float(self.yields.hours_per_fen[self.row]) * FEN_PER_WAN / HUNDRED
        terms = [(v, hours / HUNDRED) for v, hours in self._served(part, "hours")]
        terms += [(asked, -intercept * hours) for asked, hours in zip(part.in_rooms, roomy, strict=True)]
        terms += [(part.contract, -slope * per_wan), *[(count, -slope * each) for count, each in part.hands]]
        terms += [(v, c * intercept * plain) for v, c in part.prevention.share.items()]
        return terms, intercept * plain * self.open + slope * self.base_hours / HUNDRED

    def _rooms(self, parts: list[_Part], space: Expression) -> None:
        """What is asked of the rooms of each use is at most what present and new floor space can take."""
        for place, use in enumerate(self.short):
            whole = float(self.yields.roomy[use].rooms[self.row])
            base, per_m2 = self.yields.rooms_base[self.row, use], self.yields.rooms_per_m2[self.row, use]
            asked = [(part.in_rooms[place], 1.0) for part in parts]
            asked += [(v, -c * float(per_m2) / whole) for v, c in space.items()]
            self.program.at_most(asked, float(base) / whole)

    def _reached(self, parts: list[_Part]) -> Expression:
        """Matters that are voiced, less what own money prevents."""
        matters = float(self.yields.reached.matters[self.row])
        prevented = [(v, -c * matters) for part in parts for v, c in part.prevention.share.items()]
        return linear(prevented, matters * self.open)

    def _served(self, part: _Part, name: Literal["matters", "hours", "fen"]) -> list[tuple[Variable, float]]:
        """Terms of what the matters served take or are: the common share, and that of each use whose rooms may be short."""
        plain, *roomy = self._demand(name)
        return [(part.share, plain), *zip(part.room_share, roomy, strict=True)]

    def _demand(self, name: Literal["matters", "hours", "fen"]) -> list[float]:
        """An amount of the needs that never lack rooms, then of those of each use whose rooms may be short."""
        plain = sum(float(getattr(demand, name)[self.row]) for demand in self.plain)
        return [plain, *[float(getattr(self.yields.roomy[use], name)[self.row]) for use in self.short]]


def lines_that_matter(yields: Yields, row: int, *, fewest: float, added: float) -> list[tuple[float, float]]:
    """The lines that can be lowest somewhere between the fewest and the most hours over the most and least asked.

    ``fewest``: hours that no decision adds to; ``added``: most hours of posts, wardens and paired units.
    """
    lines = sorted(yields.queue_lines, key=lambda line: line[0])
    crossings = [(b[0] - a[0]) / (a[1] - b[1]) for a, b in pairwise(lines)]
    most = fewest + float(yields.contract_limit_fen[row] * yields.hours_per_fen[row]) + added
    low = fewest / max(float(yields.reached.hours[row] * (1.0 - yields.otherwise_prevented[row])), 1e-9)
    high = most / max(float(yields.least_asked_hours[row]), 1e-9)
    starts, ends = [-np.inf, *crossings], [*crossings, np.inf]
    return [line for line, start, end in zip(lines, starts, ends, strict=True) if start <= high and end >= low]
