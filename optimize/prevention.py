"""Block: prevention. What each case of a year spends on it, and the share of needs that it prevents.

Two things are left out of the search, for they tie decisions together and proving an answer then takes several times as
long; the promise counts both. What spills over to neighbours. And what builds up from year to year: each year's money
is worth what the same money every year prevents in the mean of the plan years.
"""

from __future__ import annotations

from dataclasses import dataclass

from optimize.coefficients import Yields
from optimize.money import Case
from optimize.program import Expression, Program, linear
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN

YUAN_PER_WAN = FEN_PER_WAN / FEN_PER_YUAN


@dataclass(frozen=True, eq=False)
class Prevention:
    """Prevention in one case, 0 unless the case is active."""

    money: Expression  # 万元
    share: Expression  # of all needs; the parts of care money, a constant, and of neighbours are not included


def add_prevention(program: Program, yields: Yields, row: int, case: Case) -> Prevention:
    """Prevention of one community in one case of a year: the threshold, then concave segments, each at most its length."""
    if not case.prevents:
        return Prevention(linear([]), linear([]))
    wan_per_yuan, curve = float(yields.residents[row]) / YUAN_PER_WAN, yields.mean_curve
    parts = [program.variable(0, 1) for _ in curve.lengths_yuan]  # each the share of its segment bought
    for part in parts:
        case.at_most(program, [(part, 1.0)], 1.0)
    segments = list(zip(parts, curve.lengths_yuan, curve.slopes, strict=True))
    threshold = curve.threshold_yuan * wan_per_yuan
    money = [(v, c * threshold) for v, c in case.active.items()]
    money += [(part, length * wan_per_yuan) for part, length, _ in segments]
    return Prevention(
        linear(money, threshold * case.active.constant),
        linear([(part, slope * length) for part, length, slope in segments]),
    )
