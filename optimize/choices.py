"""Block: what is decided once for all plan years: added windows, extra wardens, paired units.

Each is a list of variables, empty where the district does not open the choice, and what they bring: hours, months of
waiting saved, and cost. Money in 万元.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimize.coefficients import Yields, months_above
from optimize.measures import WAN_PER_MONTH
from optimize.program import Expression, Program, Variable, linear
from optimize.standing import windows_before
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN
from scenarios.tables import Integers

WAN_PER_YUAN = FEN_PER_YUAN / FEN_PER_WAN


@dataclass(frozen=True, eq=False)
class Hand:
    """Hours of one more decision in one community: so many for contact and service together, or for service alone."""

    count: Variable
    hours: float
    to_service_alone: bool = False


@dataclass(frozen=True, eq=False)
class Promised:
    """The share of a unit's hours that is promised to a community; rows of the tables."""

    unit: int
    row: int
    share: Variable


@dataclass(frozen=True, eq=False)
class Choices:
    """The variables of every choice, and what they bring."""

    windows: list[list[Variable]]  # by community: whether 1, 2, ... are added
    wardens: list[Variable]  # by community
    promised: list[Promised]
    hands: list[list[Hand]]  # by community
    outlay: Expression  # 万元 a year
    waiting: Expression  # 万元 a year, saved below nought


def add_choices(program: Program, district: District, yields: Yields) -> Choices:
    """The choices that the district opens."""
    windows, waiting = _windows(program, district)
    wardens = _wardens(program, district)
    promised, given = _pairs(program, district)
    rates, hands = district.rates, []
    for row in range(len(district.communities)):
        here = [Hand(wardens[row], rates.warden_hours)] if wardens else []
        hands.append([*here, *([Hand(given[row], 1.0, to_service_alone=True)] if row in given else [])])
    costs = [(added, count * rates.window_cost * WAN_PER_YUAN)
             for options in windows for count, added in enumerate(options, start=1)]  # fmt: skip
    costs += [(count, rates.grid_cost * WAN_PER_YUAN) for count in wardens]
    return Choices(windows, wardens, promised, hands, linear(costs), waiting)


def _windows(program: Program, district: District) -> tuple[list[list[Variable]], Expression]:
    """All windows are added, where they save most waiting; the routes saved are exact for every number of them."""
    rule, before = district.choices, windows_before(district)
    if not rule.windows:
        return [], linear([])
    now = months_above(_with_windows(district, before))
    worth = [now - months_above(_with_windows(district, before + count)) for count in range(1, rule.windows_each + 1)]
    options = [[program.variable(0, 1, whole=True) for _ in worth] for _ in before]
    for row in options:
        program.at_most([(added, 1.0) for added in row], 1.0)
    placed = [(added, float(count)) for row in options for count, added in enumerate(row, start=1)]
    program.at_least(placed, min(rule.windows, rule.windows_each * len(options)), rule="windows")
    program.at_most(placed, rule.windows, rule="windows")
    saved = [(added, -WAN_PER_MONTH * float(months[row])) for row, line in enumerate(options)
             for added, months in zip(line, worth, strict=True)]  # fmt: skip
    return options, linear(saved)


def _with_windows(district: District, windows: Integers) -> District:
    return district.with_changes(communities=district.communities.replaced(windows=windows))


def _wardens(program: Program, district: District) -> list[Variable]:
    most = district.choices.wardens
    wardens = [program.variable(0, most, whole=True) for _ in range(len(district.communities))] if most else []
    program.at_most([(count, 1.0) for count in wardens], most, rule="wardens")
    return wardens


def _pairs(program: Program, district: District) -> tuple[list[Promised], dict[int, Variable]]:
    """Shares of units' hours promised to communities in reach, and what each community gets: hours a year."""
    if not district.choices.pairs or not len(district.units):
        return [], {}
    hours = (district.units.hours_month * district.units.cooperation * MONTHS).tolist()
    rows, units = np.nonzero(formulas.units_in_reach(district))
    promised = [Promised(int(unit), int(row), program.variable(0, 1))
                for row, unit in zip(rows, units, strict=True) if hours[unit] > 0]  # fmt: skip
    by_row: dict[int, list[Promised]] = {}
    by_unit: dict[int, list[Promised]] = {}
    for pair in promised:
        by_row.setdefault(pair.row, []).append(pair)
        by_unit.setdefault(pair.unit, []).append(pair)
    for shares in by_unit.values():
        program.at_most([(pair.share, 1.0) for pair in shares], 1.0)
    given = {row: program.variable(0, sum(hours[pair.unit] for pair in pairs)) for row, pairs in by_row.items()}
    for row, pairs in by_row.items():
        program.equal([(given[row], -1.0), *[(pair.share, hours[pair.unit]) for pair in pairs]], 0.0)
    return promised, given
