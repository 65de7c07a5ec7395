"""Block: the worst tenth. The mean of the largest unmet shares of a year, as linear rows (CVaR)."""

from __future__ import annotations

import numpy as np

from optimize.program import Expression, Program, Terms, linear


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
