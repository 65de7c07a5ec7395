"""Elementary effects of a Morris screening, and what they say together: mean, mean size and spread, with intervals.

Every mechanism is at random on or off at the start of a trajectory and is then changed once, the others staying as they are;
what that changes is an elementary effect. Its mean absolute value mu* tells whether the mechanism matters, its spread sigma
over trajectories whether that hangs on what else is on (Morris 1991, Technometrics 33: 161-174; Campolongo, Cariboni &
Saltelli 2007, Environmental Modelling & Software 22: 1509-1518). With two levels sigma holds interactions and luck alone:
no factor can be out of proportion to its own dose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from SALib.analyze.morris import analyze
from SALib.sample.morris import sample
from scipy.stats import bootstrap, chi2, norm

from scenarios.tables import Reals

LEVELS = 2  # off and on
RESAMPLES, CONFIDENCE = 2000, 0.95
BEYOND_LUCK = 0.95  # chance with which luck alone stays below its level


@dataclass(frozen=True)
class Spread:
    """A statistic of the effects over trajectories with its bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """What switching a factor on does: mean, mean absolute value (mu*) and standard deviation (sigma) over trajectories."""

    mean: float
    size: Spread
    spread: Spread

    @property
    def ratio(self) -> float:
        """Sigma over mu*; 0 where nothing was moved."""
        return self.spread.value / self.size.value if self.size.value else 0.0


def design(names: Sequence[str], trajectories: int, seed: int) -> Reals:
    """Points, axes (trajectory x (factors + 1), factor): each trajectory changes every factor once, in random order."""
    return np.asarray(sample(_problem(names), trajectories, num_levels=LEVELS, seed=seed))


def elementary_effects(names: Sequence[str], points: Reals, values: Reals) -> Reals:
    """What each factor's being on instead of off changes, axes (trajectory, factor).

    The library tells means over trajectories only; each is given to it twice, which leaves the mean and avoids the spread of
    a single value.
    """
    length = len(names) + 1
    found = [
        analyze(_problem(names), np.tile(points[at : at + length], (2, 1)), np.tile(values[at : at + length], 2),
                num_resamples=2, num_levels=LEVELS, seed=0)["mu"]
        for at in range(0, len(points), length)
    ]  # fmt: skip
    return np.array(found, dtype=float)


def summarised(names: Sequence[str], effects: Reals, seed: int) -> dict[str, Effect]:
    """Every factor's effect over trajectories, by name."""
    sizes, spreads = _resampled(_size, effects, seed), _resampled(_spread, effects, seed)
    means = effects.mean(axis=0).tolist()
    return {name: Effect(*each) for name, *each in zip(names, means, sizes, spreads, strict=True)}


def luck(first: Reals, second: Reals) -> float:
    """Standard deviation of one effect through luck alone, from the same steps under two lucks; axes as the effects.

    Steps that changed nothing under either are left out: they have no luck.
    """
    moved = (first != 0) | (second != 0)
    return float(np.sqrt(np.mean((first - second)[moved] ** 2) / 2)) if moved.any() else 0.0


def luck_level(deviation: float, trajectories: int) -> float:
    """Size mu* below which a factor cannot be told from luck: the mean of so many absolute normal values is normal nearly.

    >>> round(luck_level(1.0, 8), 2)
    1.15
    """
    mean = np.sqrt(2.0 / np.pi)
    return float(deviation * (mean + norm.ppf(BEYOND_LUCK) * np.sqrt((1.0 - mean**2) / trajectories)))


def luck_spread(deviation: float, trajectories: int) -> float:
    """Spread sigma below which a factor's effects cannot be told from luck.

    >>> round(luck_spread(1.0, 8), 2)
    1.42
    """
    return float(deviation * np.sqrt(chi2.ppf(BEYOND_LUCK, trajectories - 1) / (trajectories - 1)))


def _size(effects: Reals, axis: int) -> Reals:
    return np.asarray(np.abs(effects).mean(axis=axis))


def _spread(effects: Reals, axis: int) -> Reals:
    return np.asarray(effects.std(axis=axis, ddof=1))


def _resampled(statistic: Callable[..., Reals], effects: Reals, seed: int) -> list[Spread]:
    """A statistic of each factor with its percentile interval over resampled trajectories."""
    interval = bootstrap((effects,), statistic, n_resamples=RESAMPLES, confidence_level=CONFIDENCE, axis=0,
                         method="percentile", rng=np.random.default_rng(seed)).confidence_interval  # fmt: skip
    columns = statistic(effects, axis=0).tolist(), interval.low.tolist(), interval.high.tolist()
    return [Spread(*each) for each in zip(*columns, strict=True)]


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
