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
from optimize.money import Money
from optimize.program import Expression, Program, Variable, linear
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN

HUNDRED = 100.0
YUAN_PER_WAN = FEN_PER_WAN / FEN_PER_YUAN


@dataclass(frozen=True, eq=False)
class Uses:
    """Decisions and results of one community in one year."""

    contract: Variable  # 万元
    prevents: Variable  # whether prevention money reaches its threshold
    prevention: Expression  # 万元
    served: Expression  # matters
    prevented: Expression  # share of all needs
    most_served: float


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
        [_uses(program, yields, row, money.service[row][year], posts[row : row + 1], space[row][year])
         for year in range(district.years)]
        for row in range(len(district.communities))
    ]  # fmt: skip


def _uses(program: Program, yields: Yields, row: int, service: Expression, posts: list[Variable],
          space: Expression) -> Uses:  # fmt: skip
    plain, roomy = float(yields.plain.matters[row]), float(yields.roomy.matters[row])
    prevents, prevention, prevented = _prevention(program, yields, row)
    top = max(intercept for intercept, slope in yields.queue_lines if slope == 0.0)
    share = program.variable(0, top)
    room_share, in_rooms = program.variable(0, top), program.variable(0, 1)
    contract = program.variable(0, float(yields.contract_limit_fen[row]) / FEN_PER_WAN)
    # Rooms: what can be asked of them, and what is served there.
    program.at_most([(in_rooms, 1.0), *prevented.items()], 1.0)
    per_m2 = yields.roomy_per_m2 / max(roomy, 1e-9)
    program.at_most([(in_rooms, 1.0), *[(v, -c * per_m2) for v, c in space.items()]],
                    min(float(yields.roomy_base[row]) / max(roomy, 1e-9), 10.0) + space.constant * per_m2)  # fmt: skip
    program.at_most([(room_share, 1.0), (in_rooms, -1.0)], 0.0)
    program.at_most([(room_share, 1.0), (share, -1.0)], 0.0)
    program.at_most([(share, 1.0), *prevented.items()], 1.0)
    _hours(program, yields, row, share, room_share, in_rooms, prevented, contract, posts)
    program.at_most(
        [(share, float(yields.plain.fen[row]) / FEN_PER_WAN), (room_share, float(yields.roomy.fen[row]) / FEN_PER_WAN),
         (contract, 1.0), *prevention.items(), *[(v, -c) for v, c in service.items()]],
        float(service.constant),
    )  # fmt: skip
    served = linear([(share, plain), (room_share, roomy)])
    return Uses(contract, prevents, prevention, served, prevented, top * (plain + roomy))


def _prevention(program: Program, yields: Yields, row: int) -> tuple[Variable, Expression, Expression]:
    """Nothing below the threshold, then concave segments, each at most its length: money in 万元, share prevented."""
    wan_per_yuan = float(yields.residents[row]) / YUAN_PER_WAN
    prevents = program.variable(0, 1, whole=True)
    curve = yields.curve
    parts = [program.variable(0, 1) for _ in curve.lengths_yuan]  # each the share of its segment that is bought
    for part in parts:
        program.at_most([(part, 1.0), (prevents, -1.0)], 0.0)
    money = linear([(prevents, curve.threshold_yuan * wan_per_yuan),
                    *[(part, length * wan_per_yuan) for part, length in zip(parts, curve.lengths_yuan, strict=True)]])  # fmt: skip
    share = linear([(part, slope * length)
                    for part, slope, length in zip(parts, curve.slopes, curve.lengths_yuan, strict=True)])  # fmt: skip
    return prevents, money, share


def _hours(program: Program, yields: Yields, row: int, share: Variable, room_share: Variable, in_rooms: Variable,
           prevented: Expression, contract: Variable, posts: list[Variable]) -> None:  # fmt: skip
    """Served hours below every line of the queueing curve."""
    plain, roomy = float(yields.plain.hours[row]) / HUNDRED, float(yields.roomy.hours[row]) / HUNDRED
    base, per_post = float(yields.base_hours[row]) / HUNDRED, float(yields.hours_per_post[row]) / HUNDRED
    per_wan = yields.hours_per_fen * FEN_PER_WAN / HUNDRED
    for intercept, slope in _lines_that_matter(yields, row, posts):
        terms = [(share, plain), (room_share, roomy), (in_rooms, -intercept * roomy), (contract, -slope * per_wan)]
        terms += [(v, c * intercept * plain) for v, c in prevented.items()]
        terms += [(count, -slope * per_post) for count in posts]
        program.at_most(terms, intercept * plain + slope * base)


def _lines_that_matter(yields: Yields, row: int, posts: list[Variable]) -> list[tuple[float, float]]:
    """The lines that can be lowest somewhere between the fewest and the most hours over the most and least asked."""
    lines = sorted(yields.queue_lines, key=lambda line: line[0])
    crossings = [(b[0] - a[0]) / (a[1] - b[1]) for a, b in pairwise(lines)]
    asked = float(yields.plain.hours[row] + yields.roomy.hours[row])
    kept = 1.0 - sum(s * length for s, length in zip(yields.curve.slopes, yields.curve.lengths_yuan, strict=True))
    hours = float(yields.base_hours[row])
    most = hours + float(yields.contract_limit_fen[row]) * yields.hours_per_fen
    most += sum(float(count.upBound) for count in posts) * float(yields.hours_per_post[row])
    low, high = hours / max(asked, 1e-9), most / max(kept * float(yields.plain.hours[row]), 1e-9)
    starts, ends = [-np.inf, *crossings], [*crossings, np.inf]
    return [line for line, start, end in zip(lines, starts, ends, strict=True) if start <= high and end >= low]
