"""Paired comparison of policies: who is better, by how much, how sure, and who loses.

Every policy meets the same futures with the same luck, so the difference of two policies is taken run by run,
averaged over the replications of a future, and its interval is Student's t over the futures. Replications of one
future are never counted as independent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import ceil, isfinite

import numpy as np

from results.estimates import (
    Estimate,
    Share,
    chance_of_zero,
    holm,
    mean_interval,
    mean_intervals,
    share_of,
    t_factor,
)
from results.pairing import Pairs, RunKey, UnpairedError, pair
from scenarios.tables import Integers, Names, Reals
from sim.outcome import METRICS, Metric, Outcome, community_values, met, summary

__all__ = ["Comparison", "Contrast", "GroupEffects", "PlaceEffects", "Regret", "UnpairedError", "Verdict", "compare"]

PRIMARY = "needs_met_share"
_SIGN = {"higher": 1.0, "lower": -1.0, "neither": 1.0}


class Verdict(StrEnum):
    """What an interval says against the smallest difference that matters (the metric's margin)."""

    BETTER = "better"  # the whole interval beyond the margin, on the good side
    WORSE = "worse"
    DIFFERS = "differs"  # beyond the margin, where neither way is better
    SAME = "no difference that matters"  # the whole interval within the margin
    UNCLEAR = "cannot tell"
    IDENTICAL = "identical"  # exactly equal in every run


@dataclass(frozen=True)
class Contrast:
    """One policy against the baseline on one metric, in the metric's unit.

    ``futures_better`` and ``runs_better`` count futures and single runs that are better (or differ, where neither way
    is better) by at least the margin. ``chance`` is the Holm-adjusted p over the policies compared.
    """

    policy: str
    metric: str
    level: Estimate
    difference: Estimate
    relative: float | None
    correlation: float | None
    futures_better: Share
    runs_better: Share
    chance: float
    verdict: Verdict
    futures_needed: int | None
    by_future: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class PlaceEffects:
    """Difference of needs met share per community (baseline: zero everywhere); arrays in the order of ``codes``."""

    codes: Names
    level: Reals
    difference: Reals
    low: Reals
    high: Reals

    @property
    def gains(self) -> int:
        """Communities whose whole interval is above zero."""
        return int((self.low > 0).sum())

    @property
    def losses(self) -> int:
        """Communities whose whole interval is below zero."""
        return int((self.high < 0).sum())


@dataclass(frozen=True)
class GroupEffects:
    """Needs met share of a group of communities: its level and its difference from the baseline."""

    group: str
    communities: int
    level: Estimate
    difference: Estimate


@dataclass(frozen=True)
class Regret:
    """What a policy leaves undone against the best policy of each future, on the primary metric, in its unit."""

    mean: float
    percentile_90: float
    worst: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """All policies against a baseline. ``baseline`` holds the baseline's level per metric.

    ``contrasts[policy][metric]``, ``places[policy]``, ``groups[grouping][policy]`` (the baseline included in both
    ``places`` and ``groups``). ``same_needs`` says that needs were equal in every pair of runs, as they must be.
    """

    against: str
    policies: Names
    confidence: float
    keys: tuple[RunKey, ...]
    futures: int
    baseline: dict[str, Estimate]
    contrasts: dict[str, dict[str, Contrast]]
    places: dict[str, PlaceEffects]
    groups: dict[str, dict[str, tuple[GroupEffects, ...]]] = field(default_factory=dict)
    regret: dict[str, Regret] = field(default_factory=dict)
    same_needs: bool = True
    primary: str = PRIMARY

    @property
    def ranked(self) -> tuple[Contrast, ...]:
        """The contrasts on the primary metric, best first; equal means in the order of names."""
        sign = _SIGN[METRICS[self.primary].better]
        found = [self.contrasts[policy][self.primary] for policy in self.policies if policy != self.against]
        return tuple(sorted(found, key=lambda c: (-sign * c.difference.mean, c.policy)))

    def between(self, policy: str, other: str) -> Estimate:
        """Paired difference of two policies other than the baseline on the primary metric."""
        one, two = self.contrasts[policy][self.primary], self.contrasts[other][self.primary]
        return mean_interval(np.array(one.by_future) - np.array(two.by_future), self.confidence)

    def level(self, policy: str, metric: str) -> Estimate:
        """The level of a metric for any policy, the baseline included."""
        return self.baseline[metric] if policy == self.against else self.contrasts[policy][metric].level


def compare(outcomes: Sequence[Outcome], *, against: str, confidence: float = 0.95,
            groups: Mapping[str, Sequence[str]] | None = None) -> Comparison:  # fmt: skip
    """Compare every policy with the baseline ``against``, pair by pair.

    ``groups`` maps the name of a grouping (such as "street") to one label per community. Raises
    :class:`UnpairedError` if the runs of any policy differ from the baseline's in seed, future, replication, codes or
    months. The order of ``outcomes`` does not matter.
    """
    pairs = pair(outcomes, against=against)
    values = {policy: _run_values(runs) for policy, runs in pairs.outcomes.items()}
    places = {policy: _run_places(runs) for policy, runs in pairs.outcomes.items()}
    others = [policy for policy in pairs.outcomes if policy != against]
    by_metric = {name: _contrasts(pairs, values, name, others, against, confidence) for name in METRICS}
    needs = {policy: [run.flow("needs") for run in runs] for policy, runs in pairs.outcomes.items()}
    return Comparison(
        against=against,
        policies=tuple(pairs.outcomes),
        confidence=confidence,
        keys=pairs.keys,
        futures=pairs.futures,
        baseline={name: mean_interval(pairs.by_future(values[against][name]), confidence) for name in METRICS},
        contrasts={policy: {name: by_metric[name][policy] for name in METRICS} for policy in others},
        places={policy: _place_effects(pairs, places[policy], places[against], confidence) for policy in places},
        groups={name: _group_effects(pairs, tuple(labels), against, confidence)
                for name, labels in (groups or {}).items()},
        regret=_regrets(pairs, values),
        same_needs=all(np.array_equal(a, b) for policy in others
                       for a, b in zip(needs[policy], needs[against], strict=True)),
    )  # fmt: skip


def _run_values(runs: Sequence[Outcome]) -> dict[str, Reals]:
    """Every metric of every run."""
    rows = [summary(run) for run in runs]
    return {name: np.array([row[name] for row in rows]) for name in METRICS}


def _run_places(runs: Sequence[Outcome]) -> Reals:
    """Needs met share; axes (run, community)."""
    return np.stack([community_values(run, PRIMARY) for run in runs])


def _contrasts(pairs: Pairs, values: dict[str, dict[str, Reals]], name: str, others: Sequence[str], against: str,
               confidence: float) -> dict[str, Contrast]:  # fmt: skip
    """One metric: every policy against the baseline, with verdicts that hold for all of them together (Holm)."""
    metric, base = METRICS[name], values[against][name]
    found = [_contrast(pairs, policy, metric, values[policy][name], base, confidence) for policy in others]
    adjusted = holm([contrast.chance for contrast in found])
    return {c.policy: _judged(c, metric, p, confidence) for c, p in zip(found, adjusted, strict=True)}


def _contrast(pairs: Pairs, policy: str, metric: Metric, runs: Reals, base: Reals, confidence: float) -> Contrast:
    runs_difference = runs - base
    by_future = pairs.by_future(runs_difference)
    difference = mean_interval(by_future, confidence)
    base_mean = float(np.mean(pairs.by_future(base)))
    return Contrast(
        policy=policy,
        metric=metric.name,
        level=mean_interval(pairs.by_future(runs), confidence),
        difference=difference,
        relative=difference.mean / abs(base_mean) if base_mean else None,
        correlation=_correlation(runs, base),
        futures_better=share_of(_beyond(by_future, metric), confidence),
        runs_better=share_of(_beyond(runs_difference, metric), confidence),
        chance=chance_of_zero(difference),
        verdict=Verdict.IDENTICAL if not np.any(runs_difference) else Verdict.UNCLEAR,
        futures_needed=None,
        by_future=tuple(by_future.tolist()),
    )


def _beyond(differences: Reals, metric: Metric) -> list[bool]:
    """Which differences are better by at least the margin (or differ by it, where neither way is better)."""
    oriented = np.abs(differences) if metric.better == "neither" else _SIGN[metric.better] * differences
    return [bool(value) for value in (oriented >= metric.margin if metric.margin else oriented > 0)]


def _judged(contrast: Contrast, metric: Metric, chance: float, confidence: float) -> Contrast:
    """The contrast with its verdict; a difference must also survive Holm's adjustment for several policies."""
    verdict = contrast.verdict
    if verdict is not Verdict.IDENTICAL:
        verdict = _verdict(contrast.difference, metric)
        if verdict in (Verdict.BETTER, Verdict.WORSE, Verdict.DIFFERS) and chance > 1 - confidence:
            verdict = Verdict.UNCLEAR
    needed = _futures_needed(contrast.difference, metric.margin, confidence) if verdict is Verdict.UNCLEAR else None
    return replace(contrast, verdict=verdict, chance=chance, futures_needed=needed)


def _verdict(difference: Estimate, metric: Metric) -> Verdict:
    """The interval against the margin; the margin itself still counts as no difference that matters."""
    oriented = difference.scaled(_SIGN[metric.better])
    if oriented.low >= -metric.margin and oriented.high <= metric.margin:
        return Verdict.SAME
    if oriented.low > metric.margin:
        return Verdict.DIFFERS if metric.better == "neither" else Verdict.BETTER
    if oriented.high < -metric.margin:
        return Verdict.DIFFERS if metric.better == "neither" else Verdict.WORSE
    return Verdict.UNCLEAR


def _futures_needed(difference: Estimate, margin: float, confidence: float) -> int | None:
    """Futures that would settle it if mean and spread stayed as they are: (t sd / h)^2, h the distance to a margin."""
    distance = abs(abs(difference.mean) - margin)
    if difference.n < 2 or not isfinite(distance) or distance == 0:
        return None
    return max(difference.n + 1, ceil((t_factor(difference.n, confidence) * difference.sd / distance) ** 2))


def _correlation(runs: Reals, base: Reals) -> float | None:
    """Correlation of paired runs; None where one of the two never changes."""
    if len(runs) < 2 or np.ptp(runs) == 0 or np.ptp(base) == 0 or not np.isfinite(runs + base).all():
        return None
    return float(np.corrcoef(runs, base)[0, 1])


def _place_effects(pairs: Pairs, runs: Reals, base: Reals, confidence: float) -> PlaceEffects:
    codes = next(iter(pairs.outcomes.values()))[0].codes
    level, _, _ = mean_intervals(pairs.by_future(runs), confidence)
    return PlaceEffects(codes, level, *mean_intervals(pairs.by_future(runs - base), confidence))


def _group_effects(pairs: Pairs, labels: Names, against: str, confidence: float) -> dict[str, tuple[GroupEffects, ...]]:
    """Per policy, one entry per group in the order groups first appear."""
    names = tuple(dict.fromkeys(labels))
    member = np.array([names.index(label) for label in labels], dtype=np.int64)
    shares = {policy: np.stack([_group_shares(run, member, len(names)) for run in runs])
              for policy, runs in pairs.outcomes.items()}  # fmt: skip
    return {policy: tuple(
        GroupEffects(name, int((member == place).sum()),
                     mean_interval(pairs.by_future(runs[:, place]), confidence),
                     mean_interval(pairs.by_future(runs[:, place] - shares[against][:, place]), confidence))
        for place, name in enumerate(names)) for policy, runs in shares.items()}  # fmt: skip


def _group_shares(run: Outcome, member: Integers, count: int) -> Reals:
    """Needs met over needs of each group of communities."""
    above = np.bincount(member, weights=met(run), minlength=count)
    below = np.bincount(member, weights=run.total("needs"), minlength=count)
    return np.asarray(np.divide(above, below, out=np.full(count, np.nan), where=below > 0))


def _regrets(pairs: Pairs, values: dict[str, dict[str, Reals]]) -> dict[str, Regret]:
    """Regret of each policy on the primary metric: the best policy of each future minus the policy."""
    sign = _SIGN[METRICS[PRIMARY].better]
    levels = {policy: sign * pairs.by_future(of_policy[PRIMARY]) for policy, of_policy in values.items()}
    best = np.max(list(levels.values()), axis=0)
    return {policy: Regret(float((best - level).mean()), float(np.quantile(best - level, 0.9)),
                           float((best - level).max())) for policy, level in levels.items()}  # fmt: skip
