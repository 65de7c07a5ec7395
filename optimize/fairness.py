"""Block: fairness between communities of a year, as linear rows: the worst tenth (CVaR), the worst, town and country, Gini."""

from __future__ import annotations

import numpy as np

from optimize.program import Expression, Program, Terms, Variable, linear, total
from scenarios.district import District
from scenarios.tables import Reals


def worst_count(communities: int) -> int:
    """How many communities are the worst tenth: at least one."""
    return max(1, int(np.ceil(communities / 10)))


def add_worst_tenth(program: Program, met_share: list[Expression]) -> Terms:
    """Terms of the mean unmet share over the worst tenth: ``level + sum of what lies above it / count``."""
    level = program.variable(0, 1)
    terms = [(level, 1.0)]
    for met in met_share:
        above = program.variable(0, 1)
        program.at_least([(above, 1.0), (level, 1.0), *met.items()], 1.0 - float(met.constant))
        terms.append((above, 1.0 / worst_count(len(met_share))))
    return list(linear(terms).items())


def add_largest(program: Program, met_share: list[Expression]) -> Terms:
    """Term of the largest unmet share of any community."""
    largest = program.variable(0, 1)
    for met in met_share:
        program.at_least([(largest, 1.0), *met.items()], 1.0 - float(met.constant))
    return [(largest, 1.0)]


def add_rural_gap(program: Program, district: District, met_share: list[Expression]) -> Terms:
    """Term of the distance between the mean met shares of villages and of residents' committees; none if all are alike."""
    village = district.is_village
    if village.all() or not village.any():
        return []
    weights = np.where(village, 1.0 / village.sum(), -1.0 / (~village).sum()).tolist()
    difference = total(linear([(v, c * w) for v, c in met.items()], w * met.constant)
                       for met, w in zip(met_share, weights, strict=True))  # fmt: skip
    gap: Variable = program.variable(0, 1)
    for sign in (-1.0, 1.0):
        terms = [(v, sign * c) for v, c in difference.items()]
        program.at_most([*terms, (gap, -1.0)], -sign * float(difference.constant))
    return [(gap, 1.0)]


def rural_gap(village: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], met_share: Reals) -> float:
    """Distance between the mean met shares of villages and of residents' committees."""
    if village.all() or not village.any():
        return 0.0
    return abs(float(met_share[village].mean() - met_share[~village].mean()))


def gini(met_share: Reals) -> float:
    """Gini coefficient of communities' met shares, each counting once.

    >>> gini(np.array([0.5, 0.5])), round(gini(np.array([0.0, 1.0])), 3)
    (0.0, 0.5)
    """
    ranked, count = np.sort(met_share), len(met_share)
    weights = 2.0 * np.arange(1, count + 1) - count - 1.0
    return float((weights * ranked).sum() / max(count * ranked.sum(), 1e-12))


def gini_cut(values: Reals, met_share: list[Expression], limit: float) -> Expression:
    """An expression that must not exceed 0 if the Gini coefficient keeps to a limit: exact at the ranking of ``values``.

    The numerator is the largest, over all rankings, of rank-weighted sums; so each ranking gives a valid linear row, and
    a plan that keeps the row of its own ranking keeps the limit.
    """
    count = len(met_share)
    rank = np.empty(count)
    rank[np.argsort(values, kind="stable")] = np.arange(1, count + 1)
    weights = (2.0 * rank - count - 1.0 - limit * count) / count
    return total(linear([(v, c * w) for v, c in met.items()], w * met.constant)
                 for met, w in zip(met_share, weights.tolist(), strict=True))  # fmt: skip
