"""One program over several futures: what is decided first is shared, money and its uses are each future's own.

A future is the district under other rates. What is decided first is told anew in every future, with that future's
coefficients but the same variables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimize.allocation import Allocation, recourse
from optimize.answer import Answer
from optimize.coefficients import Yields, yields_of
from optimize.first_stage import FirstStage, decide_first
from optimize.goals import Cut
from optimize.money import grant_bounds_fen
from optimize.program import Expression, Program, Variable
from optimize.pursuit import Pursuit, changes_over_years
from optimize.requirements import add_requirements
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN

SHARES = 1e7  # continuous shares are held in whole ten-millionths, pairs in whole ten-thousandths as plans state them
PAIRS = 1e4


class Retold(Program):
    """A program in which variables are not made but given: those of a first telling, in the same order."""

    def __init__(self, program: Program, told: Sequence[Variable]) -> None:
        vars(self).update(vars(program))  # the same rows and variables
        self._told, self._next = list(told), 0

    def variable(self, low: float | None = 0.0, high: float | None = None, *, whole: bool = False) -> Variable:
        """The next variable of the first telling, within these bounds too."""
        if self._next >= len(self._told):
            raise ValueError("the futures differ in what can be decided first")
        told, self._next = self._told[self._next], self._next + 1
        if low is not None and (told.lowBound is None or low > told.lowBound):
            self.at_least([(told, 1.0)], low)
        if high is not None and (told.upBound is None or high < told.upBound):
            self.at_most([(told, 1.0)], high)
        return told

    @property
    def complete(self) -> bool:
        """Whether every variable was told again."""
        return self._next == len(self._told)


@dataclass(frozen=True)
class Settled:
    """What is decided first, as values: of :func:`decisions` in their order, and grants in fen where they are shared."""

    values: tuple[float, ...]
    grants_fen: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Together:
    """The program over futures and the blocks of each; ``planned`` are the districts, cut to one year where it stands for all."""

    program: Program
    planned: tuple[District, ...]
    futures: tuple[Allocation, ...]
    goals: tuple[Expression, ...]
    grants_first: bool

    @property
    def open(self) -> bool:
        """Whether anything is decided first."""
        return bool(decisions(self.futures[0])) or (self.grants_first and bool(self.futures[0].money.grant))

    def settled(self, answer: Answer) -> Settled:
        """What an answer decides first, rounded to what a plan states, so that it keeps every rule in any future."""
        one = self.futures[0]
        values = tuple(_steady(v, unit, answer[v]) for v, unit in decisions(one))
        if not (self.grants_first and one.money.grant):
            return Settled(values)
        floor = grant_bounds_fen(self.planned[0])[0].tolist()
        grants = tuple(tuple(max(int(np.floor(answer.amount(grant) * FEN_PER_WAN)), least) for grant in row)
                       for row, least in zip(one.money.grant, floor, strict=True))  # fmt: skip
        return Settled(values, grants)

    def hold(self, settled: Settled) -> None:
        """Hold what is decided first; before the program is handed over."""
        for (variable, _), value in zip(decisions(self.futures[0]), settled.values, strict=True):
            variable.lowBound = variable.upBound = value
        for row, line in zip(self.futures[0].money.grant, settled.grants_fen, strict=bool(settled.grants_fen)):
            for grant, fen in zip(row, line, strict=True):
                self.program.equal(grant.items(), fen / FEN_PER_WAN - float(grant.constant))

    def cut(self, pursuit: Pursuit) -> Cut | None:
        """The cuts of every future, the first that an answer breaks."""
        cuts = [cut for cut in map(pursuit.cut, self.futures) if cut is not None]

        def broken(answer: Answer) -> Expression | None:
            return next((row for row in (cut(answer) for cut in cuts) if row is not None), None)

        return broken if cuts else None


def together(districts: Sequence[District], pursuit: Pursuit, *, grants_first: bool = False) -> Together:
    """The program of a weighted pursuit over futures of one district. Raises ``ValueError`` if they differ in shape."""
    one_year = not changes_over_years(districts[0])
    planned = tuple(one.with_changes(years=1) if one_year else one for one in districts)
    program, made = Program(), list[Allocation]()
    told: list[Variable] | None = None
    for district, whole in zip(planned, districts, strict=True):
        yields = yields_of(district.with_changes(years=whole.years), pursuit.correction)
        first = _told_first(program, district, yields, told)
        told = list(program.variables) if told is None else told
        block = recourse(program, district, yields, first, outlay_fen=pursuit.outlay_fen, goals=pursuit.wanted)  # fmt: skip
        add_requirements(district, block, pursuit.requirements)
        if made:
            _share(program, made[0], block, grants=grants_first)
        made.append(block)
    goals = tuple(pursuit.stages(block)[0][1] for block in made)
    return Together(program, planned, tuple(made), goals, grants_first)


def _told_first(program: Program, district: District, yields: Yields, told: list[Variable] | None) -> FirstStage:
    """The first telling, or the same variables with this future's coefficients."""
    if told is None:
        return decide_first(program, district, yields)
    again = Retold(program, told)
    first = decide_first(again, district, yields)
    if not again.complete:
        raise ValueError("the futures differ in what can be decided first")
    return first


def _share(program: Program, one: Allocation, other: Allocation, *, grants: bool) -> None:
    """Rows for what is decided first but stated in the blocks of each future: grants, if asked."""
    if grants:
        for row, again_row in zip(one.money.grant, other.money.grant, strict=True):
            for grant, same_grant in zip(row, again_row, strict=True):
                difference = [*grant.items(), *[(v, -c) for v, c in same_grant.items()]]
                program.equal(difference, float(same_grant.constant) - float(grant.constant))


def decisions(allocation: Allocation) -> list[tuple[Variable, float]]:
    """Variables of what is decided first, with the parts of a unit in which each is stated (1 for whole numbers)."""
    first = allocation.first
    choices = first.choices
    whole = [*first.posts, *[choice.sent for choice in first.postings]]
    for start in first.venues.starts:
        whole += [start.built, *start.given.values()]
    whole += [option for row in choices.windows for option in row] + choices.wardens
    stated = [(v, 1.0) for v in whole]
    return stated + [(pair.share, PAIRS) for pair in choices.promised]


def _steady(variable: Variable, parts: float, value: float) -> float:
    """The value rounded down to whole parts, and a whole variable to the nearest number."""
    return float(np.floor(value * parts + 1e-6) / parts)
