"""Block: what a community does with its money and hours, and the needs it meets; per community and plan year.

One share of the reached needs is served in all categories, activities at most as far as rooms reach: a queue served
oldest first cannot pick the cheap matters. Shares are of the needs reached without prevention, so that
``served = share x demand`` stays linear when prevention lowers the demand. The lines of the queueing curve bound served
hours by ``intercept x asked hours + slope x hours at hand``. Money in 万元, hours in hundreds.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from optimize.coefficients import Yields
from optimize.money import Case, Money
from optimize.program import Expression, Program, Variable, linear, total
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN

HUNDRED = 100.0
YUAN_PER_WAN = FEN_PER_WAN / FEN_PER_YUAN


@dataclass(frozen=True, eq=False)
class Uses:
    """Decisions and results of one community in one year, all cases of its money together."""

    contract: Expression  # 万元
    prevention: Expression  # 万元
    served: Expression  # matters
    prevented: Expression  # share of all needs
    service: Expression  # 万元, own money included
    most_served: float


@dataclass(frozen=True, eq=False)
class _Part:
    """The uses in one case; all variables are 0 unless the case is active."""

    contract: Variable
    prevention: Expression
    share: Variable
    room_share: Variable
    in_rooms: Variable
    prevented: Expression


def add_posts(program: Program, district: District) -> list[Variable]:
    """Extra posts of each community, the same in every year: a post is a person, hired at the start and kept."""
    most = district.extra_posts
    posts = [program.variable(0, most, whole=True) for _ in range(len(district.communities))] if most else []
    program.at_most([(count, 1.0) for count in posts], most)
    return posts


def add_service(program: Program, district: District, yields: Yields, money: Money, posts: list[Variable],
                space: list[list[Expression]]) -> list[list[Uses]]:  # fmt: skip
    """The uses of every community and year; ``space`` is added floor space in m2."""
    return [
        [_Builder(program, yields, row).uses(money.cases[row][year], posts[row : row + 1], space[row][year])
         for year in range(district.years)]
        for row in range(len(district.communities))
    ]  # fmt: skip


class _Builder:
    """Adds the rows of one community in one year."""

    def __init__(self, program: Program, yields: Yields, row: int) -> None:
        self.program, self.yields, self.row = program, yields, row
        self.plain, self.roomy = float(yields.plain.matters[row]), float(yields.roomy.matters[row])
        self.top = max(intercept for intercept, slope in yields.queue_lines if slope == 0.0)

    def uses(self, cases: list[Case], posts: list[Variable], space: Expression) -> Uses:
        """The uses in all cases, of which one is active."""
        hired = self._hired(cases, posts)
        parts = [self._part(case, extra) for case, extra in zip(cases, hired, strict=True)]
        self._rooms(parts, space)
        served = [(p.share, self.plain) for p in parts] + [(p.room_share, self.roomy) for p in parts]
        return Uses(
            contract=linear([(p.contract, 1.0) for p in parts]),
            prevention=total(p.prevention for p in parts),
            served=linear(served),
            prevented=total(p.prevented for p in parts),
            service=total(case.service for case in cases),
            most_served=self.top * (self.plain + self.roomy),
        )

    def _hired(self, cases: list[Case], posts: list[Variable]) -> list[list[Variable]]:
        """The extra posts as they count in each case."""
        if len(cases) == 1 or not posts:
            return [posts] * len(cases)
        hired = [[self.program.variable(0, float(posts[0].upBound))] for _ in cases]
        for case, extra in zip(cases, hired, strict=True):
            self._below([(extra[0], 1.0)], float(posts[0].upBound), case)
        self.program.equal([*[(extra[0], 1.0) for extra in hired], (posts[0], -1.0)], 0.0)
        return hired

    def _part(self, case: Case, posts: list[Variable]) -> _Part:
        program, yields, row = self.program, self.yields, self.row
        prevention, prevented = self._prevention(case)
        part = _Part(program.variable(), prevention, program.variable(), program.variable(), program.variable(),
                     prevented)  # fmt: skip
        self._below([(part.contract, 1.0)], float(yields.contract_limit_fen[row]) / FEN_PER_WAN, case)
        self._below([(part.share, 1.0)], self.top, case)
        self._below([(part.share, 1.0), *prevented.items()], 1.0, case)
        self._below([(part.in_rooms, 1.0), *prevented.items()], 1.0, case)
        program.at_most([(part.room_share, 1.0), (part.in_rooms, -1.0)], 0.0)
        program.at_most([(part.room_share, 1.0), (part.share, -1.0)], 0.0)
        self._hours(case, part, posts)
        spent = [(part.share, float(yields.plain.fen[row]) / FEN_PER_WAN),
                 (part.room_share, float(yields.roomy.fen[row]) / FEN_PER_WAN),
                 (part.contract, 1.0), *prevention.items()]  # fmt: skip
        left = float(case.service.constant) - float(prevention.constant)
        program.at_most([*spent, *[(v, -c) for v, c in case.service.items()]], left)
        return part

    def _prevention(self, case: Case) -> tuple[Expression, Expression]:
        """The threshold, then concave segments, each at most its length: 万元, and the share of needs prevented."""
        if not case.prevents:
            return linear([]), linear([])
        wan_per_yuan, curve = float(self.yields.residents[self.row]) / YUAN_PER_WAN, self.yields.curve
        parts = [self.program.variable(0, 1) for _ in curve.lengths_yuan]  # each the share of its segment bought
        for part in parts:
            self._below([(part, 1.0)], 1.0, case)
        segments = list(zip(parts, curve.lengths_yuan, curve.slopes, strict=True))
        threshold = curve.threshold_yuan * wan_per_yuan
        money = [(v, c * threshold) for v, c in case.active.items()]
        money += [(part, length * wan_per_yuan) for part, length, _ in segments]
        return (linear(money, threshold * case.active.constant),
                linear([(part, slope * length) for part, length, slope in segments]))  # fmt: skip

    def _hours(self, case: Case, part: _Part, posts: list[Variable]) -> None:
        """Served hours below every line of the queueing curve."""
        yields, row = self.yields, self.row
        plain, roomy = float(yields.plain.hours[row]) / HUNDRED, float(yields.roomy.hours[row]) / HUNDRED
        base, per_post = float(yields.base_hours[row]) / HUNDRED, float(yields.hours_per_post[row]) / HUNDRED
        per_wan = float(yields.hours_per_fen[row]) * FEN_PER_WAN / HUNDRED
        for intercept, slope in lines_that_matter(yields, row, posts=sum(float(count.upBound or 0) for count in posts)):
            terms = [(part.share, plain), (part.room_share, roomy), (part.in_rooms, -intercept * roomy)]
            terms += [(part.contract, -slope * per_wan), *[(count, -slope * per_post) for count in posts]]
            terms += [(v, c * intercept * plain) for v, c in part.prevented.items()]
            self._below(terms, intercept * plain + slope * base, case)

    def _rooms(self, parts: list[_Part], space: Expression) -> None:
        """Activities asked of rooms are at most what present and new floor space can take."""
        per_m2 = self.yields.roomy_per_m2 / max(self.roomy, 1e-9)
        base = min(float(self.yields.roomy_base[self.row]) / max(self.roomy, 1e-9), 2.0)  # more than 1 never binds
        asked = [(part.in_rooms, 1.0) for part in parts]
        self.program.at_most([*asked, *[(v, -c * per_m2) for v, c in space.items()]], base)

    def _below(self, terms: list[tuple[Variable, float]], limit: float, case: Case) -> None:
        """A row ``terms <= limit x active``."""
        scaled = [(v, -limit * c) for v, c in case.active.items()]
        self.program.at_most([*terms, *scaled], limit * float(case.active.constant))


def lines_that_matter(yields: Yields, row: int, *, posts: float) -> list[tuple[float, float]]:
    """The lines that can be lowest somewhere between the fewest and the most hours over the most and least asked."""
    lines = sorted(yields.queue_lines, key=lambda line: line[0])
    crossings = [(b[0] - a[0]) / (a[1] - b[1]) for a, b in pairwise(lines)]
    kept = 1.0 - sum(s * length for s, length in zip(yields.curve.slopes, yields.curve.lengths_yuan, strict=True))
    fewest = float(yields.base_hours[row])
    most = fewest + float(yields.contract_limit_fen[row] * yields.hours_per_fen[row])
    most += posts * float(yields.hours_per_post[row])
    low = fewest / max(float(yields.plain.hours[row] + yields.roomy.hours[row]), 1e-9)
    high = most / max(kept * float(yields.plain.hours[row]), 1e-9)
    starts, ends = [-np.inf, *crossings], [*crossings, np.inf]
    return [line for line, start, end in zip(lines, starts, ends, strict=True) if start <= high and end >= low]
