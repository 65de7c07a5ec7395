"""A linear program under construction: PuLP variables, expressions and rows with plain, checked input."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import pulp

Variable: TypeAlias = pulp.LpVariable
Expression: TypeAlias = pulp.LpAffineExpression
Terms: TypeAlias = Iterable[tuple[Variable, float]]


def linear(terms: Terms, constant: float = 0.0) -> Expression:
    """A new expression; a variable that comes twice is added up, and coefficients of zero are left out."""
    summed: dict[Variable, float] = {}
    for variable, coefficient in terms:
        summed[variable] = summed.get(variable, 0.0) + float(coefficient)
    return Expression([(v, c) for v, c in summed.items() if c != 0.0], constant=float(constant))


def total(expressions: Iterable[Expression]) -> Expression:
    """The sum of expressions, as a new one."""
    listed = list(expressions)
    return linear([term for e in listed for term in e.items()], sum(float(e.constant) for e in listed))


class Program:
    """Variables and rows. With ``elastic`` the rows that carry a rule's name may be broken, at a price of 1 per unit."""

    def __init__(self, *, elastic: bool = False) -> None:
        self.problem = pulp.LpProblem("plan", pulp.LpMinimize)
        self.elastic = elastic
        self.excess: dict[str, list[Variable]] = {}
        self.variables: list[Variable] = []

    def variable(self, low: float | None = 0.0, high: float | None = None, *, whole: bool = False) -> Variable:
        """A new variable; names are numbers, so that no two can collide."""
        kind = pulp.LpInteger if whole else pulp.LpContinuous
        name = f"x_{len(self.variables):07d}"
        bounds = [None if bound is None else float(bound) for bound in (low, high)]
        made = self.problem.add_variable(name, *bounds, kind)
        self.variables.append(made)
        return made

    def at_most(self, terms: Terms, limit: float, *, rule: str = "") -> None:
        """A row ``terms <= limit``; ``rule`` names it where planners could relax it."""
        self._row(terms, pulp.LpConstraintLE, limit, rule, -1.0)

    def at_least(self, terms: Terms, limit: float, *, rule: str = "") -> None:
        """A row ``terms >= limit``."""
        self._row(terms, pulp.LpConstraintGE, limit, rule, 1.0)

    def equal(self, terms: Terms, value: float) -> None:
        """A row ``terms = value``."""
        self._row(terms, pulp.LpConstraintEQ, value, "", 0.0)

    def _row(self, terms: Terms, sense: int, limit: float, rule: str, sign: float) -> None:
        terms = list(terms)
        if self.elastic and rule:
            slack = self.variable()
            self.excess.setdefault(rule, []).append(slack)
            terms.append((slack, sign))
        self.problem.addConstraint(pulp.LpConstraint(linear(terms), sense, None, float(limit)))
