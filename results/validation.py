"""What a validation found: targets with their bands, the model's values with intervals, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite

from results.estimates import Estimate
from scenarios.text import Text

NOTHING = Text("", "")


class Standing(StrEnum):
    """How a model value stands to its target. A value whose interval crosses an edge of the band is undecided."""

    HELD = "held"
    MISSED = "missed"
    UNDECIDED = "undecided"
    REPORTED = "reported"  # a question put to the model: no band


@dataclass(frozen=True, kw_only=True)
class Target:
    """One number that the model should give: the band it should lie in (from the source, or of a width we chose and state), and what sources say.

    ``low`` and ``high`` are in ``unit``; without either the value is only reported. ``calibrated``: a parameter was set
    beforehand so that this number comes out, so it is checked, not tested.
    """

    id: str
    name: Text
    unit: Text
    low: float = -inf
    high: float = inf
    digits: int = 1
    said: Text = NOTHING
    calibrated: bool = False

    @property
    def judged(self) -> bool:
        """Whether there is a band to be in."""
        return isfinite(self.low) or isfinite(self.high)


def standing(target: Target, value: Estimate) -> Standing:
    """Held if the whole interval lies in the band, missed if the whole interval lies outside, else undecided.

    >>> target = Target(id="t", name=Text("", ""), unit=Text("", ""), low=0.85, high=0.95)
    >>> [str(standing(target, Estimate(m, m - 0.02, m + 0.02, 0.02, 8))) for m in (0.90, 0.94, 0.99)]
    ['held', 'undecided', 'missed']
    """
    if not target.judged:
        return Standing.REPORTED
    if not isfinite(value.mean):
        return Standing.MISSED
    if target.low <= value.low and value.high <= target.high:
        return Standing.HELD
    if value.high < target.low or value.low > target.high:
        return Standing.MISSED
    return Standing.UNDECIDED


@dataclass(frozen=True)
class Finding:
    """A target beside what the model gave."""

    target: Target
    value: Estimate

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return standing(self.target, self.value)


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """One line of a panel: places on the x axis, and an estimate at each."""

    label: Text
    colour: str
    x: tuple[float, ...]
    values: tuple[Estimate, ...]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A reported point to compare a curve with."""

    x: float
    y: float
    label: Text


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """A small figure: curves over a dose or over time. ``now`` is where the district stands today."""

    title: Text
    x_title: Text
    y_title: Text
    curves: tuple[Curve, ...]
    marks: tuple[Mark, ...] = ()
    now: float | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class PatternReport:
    """One pattern: what is claimed and by whom, what was done to the model, what came out, and what it means.

    ``seconds``: what its runs took in one version, those shared with a later pattern counted here.
    """

    id: str
    name: Text
    claim: Text
    source: Text
    done: Text
    meaning: Text
    findings: tuple[Finding, ...]
    panels: tuple[Panel, ...] = ()
    seconds: float = 0.0

    @property
    def standing(self) -> Standing:
        """Missed if any target is missed, else undecided if any is, else held; reported where nothing is judged."""
        found = [finding.standing for finding in self.findings]
        for worst in (Standing.MISSED, Standing.UNDECIDED, Standing.HELD):
            if worst in found:
                return worst
        return Standing.REPORTED


@dataclass(frozen=True, kw_only=True, eq=False)
class ValidationReport:
    """Everything that was checked, on which district, and how often; ``calibrated``: which parameters were set beforehand."""

    patterns: tuple[PatternReport, ...]
    district: Text
    communities: int
    residents: int
    seeds: tuple[int, ...]
    confidence: float
    calibrated: Text = NOTHING

    @property
    def preset(self) -> int:
        """How many judged targets are numbers that a parameter was calibrated to."""
        return sum(f.target.judged and f.target.calibrated for pattern in self.patterns for f in pattern.findings)

    def count(self, standing: Standing) -> int:
        """How many targets stand so."""
        return tally(self.patterns, standing)


def tally(patterns: Sequence[PatternReport], standing: Standing) -> int:
    """How many targets of the patterns stand so."""
    return sum(finding.standing is standing for pattern in patterns for finding in pattern.findings)
