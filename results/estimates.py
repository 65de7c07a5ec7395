"""Estimates with their uncertainty: Student intervals over futures, Wilson shares, Holm-adjusted chances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from scenarios.tables import Reals


@dataclass(frozen=True)
class Estimate:
    """A mean over ``n`` independent futures, its interval, and the standard deviation between futures.

    With a single future there is no interval: ``low`` and ``high`` are then infinite. A mean that does not exist is nan.
    """

    mean: float
    low: float
    high: float
    sd: float
    n: int

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2

    def scaled(self, factor: float) -> Estimate:
        """The same estimate in another unit; a negative factor turns the interval round."""
        ends = sorted((self.low * factor, self.high * factor))
        return Estimate(self.mean * factor, ends[0], ends[1], self.sd * abs(factor), self.n)


@dataclass(frozen=True)
class Share:
    """``count`` of ``total`` with its Wilson interval."""

    count: int
    total: int
    low: float
    high: float


def t_factor(n: int, confidence: float) -> float:
    """Student's t for a two-sided interval over ``n`` values; infinite below two values.

    >>> round(t_factor(10, 0.95), 3)
    2.262
    """
    return float(stats.t.ppf((1 + confidence) / 2, n - 1)) if n > 1 else float("inf")


def mean_interval(values: Reals, confidence: float) -> Estimate:
    """The mean of independent values with its Student t interval; equal values give an interval of no length."""
    n = len(values)
    mean = float(np.mean(values)) if n else float("nan")
    if n < 2:
        return Estimate(mean, float("-inf"), float("inf"), 0.0, n)
    sd = 0.0 if np.all(values == values[0]) else float(np.std(values, ddof=1))
    half = t_factor(n, confidence) * sd / n**0.5
    return Estimate(float(values[0]) if sd == 0.0 else mean, mean - half, mean + half, sd, n)


def mean_intervals(values: Reals, confidence: float) -> tuple[Reals, Reals, Reals]:
    """Mean, low and high of every column of (future, column), futures without a value (nan) left out."""
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    filled = np.where(known, values, 0.0)
    mean = np.divide(filled.sum(axis=0), n, out=np.full(n.shape, np.nan), where=n > 0)
    squares = np.where(known, (filled - mean) ** 2, 0.0).sum(axis=0)
    variance = np.divide(squares, n - 1, out=np.full(n.shape, np.inf), where=n > 1)
    factors = {int(k): t_factor(int(k), confidence) for k in np.unique(n) if k > 1}
    half = np.array([factors.get(int(k), np.inf) for k in n]) * np.sqrt(variance / np.maximum(n, 1))
    return mean, mean - half, mean + half


def share_of(hits: Sequence[bool], confidence: float) -> Share:
    """How many of the hits are true, with the Wilson interval of the share.

    >>> share_of([True] * 10, 0.95).high
    1.0
    """
    count, total = int(sum(hits)), len(hits)
    interval = stats.binomtest(count, total).proportion_ci(confidence_level=confidence, method="wilson")
    return Share(count, total, float(interval.low), float(interval.high))


def chance_of_zero(estimate: Estimate) -> float:
    """Two-sided p of the t test that the true mean is 0; 1 without an interval or difference."""
    if estimate.n < 2 or estimate.mean == 0 or np.isnan(estimate.mean):
        return 1.0
    if estimate.sd == 0:
        return 0.0
    return float(2 * stats.t.sf(abs(estimate.mean) * estimate.n**0.5 / estimate.sd, estimate.n - 1))


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """Holm's step-down adjustment of p values for several comparisons (Holm 1979), in the order given.

    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)
    """
    adjusted = [0.0] * len(chances)
    worst = 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda i: chances[i])):
        worst = max(worst, min(1.0, chances[place] * (len(chances) - rank)))
        adjusted[place] = worst
    return tuple(adjusted)
