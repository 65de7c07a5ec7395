"""What a pattern is: targets with their bands, and the experiment that gives the model's values in one world."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from jiceng.validation.worlds import World
from results.estimates import Estimate, mean_interval
from results.validation import Curve, Finding, Mark, Panel, PatternReport, Standing, Target
from scenarios.text import Text

BLUE, VERMILION, TEAL, OCHRE, GREY = "#3b6fb6", "#d1602d", "#2a9d8f", "#b0861a", "#6b7785"
PERCENT, POINTS, NONE = Text("%", "%"), Text("个百分点", "points"), Text("", "")


UNSETTLED = Text(
    "区间跨过范围的边界，要更多合成版本才能分清。",
    "The interval crosses an edge of the band; more synthetic versions would tell.",
)


@dataclass(frozen=True)
class Reading:
    """What an experiment read off one world: a value for each target, the points of each line, and how long it took."""

    values: Mapping[str, float]
    lines: Mapping[str, Sequence[float]] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True)
class Line:
    """A line of a plot: its points by key, and where on the x axis (fixed, or read off under ``x_key``)."""

    label: Text
    key: str
    colour: str
    x: tuple[float, ...] = ()
    x_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A panel to draw from the lines of an experiment."""

    title: Text
    x_title: Text
    y_title: Text
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    now: float | None = None


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A pattern the model claims: its source, what is done to the model, targets, and the experiment itself.

    ``held`` and ``missed`` say in plain words what it means for a planner that the pattern holds or does not;
    :data:`UNSETTLED` stands before ``missed`` where that is not known.
    """

    id: str
    name: Text
    claim: Text
    source: Text
    done: Text
    held: Text
    missed: Text
    targets: tuple[Target, ...]
    experiment: Callable[[World], Reading]
    plots: tuple[Plot, ...] = ()


def reported(pattern: Pattern, readings: Sequence[Reading], confidence: float) -> PatternReport:
    """The pattern's readings in all worlds as estimates beside its targets."""

    def estimate(values: Sequence[float]) -> Estimate:
        return mean_interval(np.array(values, dtype=float), confidence)

    findings = tuple(
        Finding(target, estimate([reading.values[target.id] for reading in readings])) for target in pattern.targets
    )
    found = PatternReport(
        id=pattern.id, name=pattern.name, claim=pattern.claim, source=pattern.source, done=pattern.done,
        meaning=Text("", ""), findings=findings, panels=tuple(_panel(plot, readings, estimate) for plot in pattern.plots),
        seconds=float(np.mean([reading.seconds for reading in readings])),
    )  # fmt: skip
    unsettled = Text(
        f"{UNSETTLED.zh}若落在范围外：{pattern.missed.zh}", f"{UNSETTLED.en} Should it lie outside: {pattern.missed.en}"
    )
    meaning = {Standing.MISSED: pattern.missed, Standing.UNDECIDED: unsettled}.get(found.standing, pattern.held)
    return PatternReport(**{**vars(found), "meaning": meaning})


def _panel(plot: Plot, readings: Sequence[Reading], estimate: Callable[[Sequence[float]], Estimate]) -> Panel:
    def curve(line: Line) -> Curve:
        points = zip(*(reading.lines[line.key] for reading in readings), strict=True)
        places = line.x or tuple(
            float(np.mean(at)) for at in zip(*(r.lines[line.x_key] for r in readings), strict=True)
        )
        return Curve(label=line.label, colour=line.colour, x=places, values=tuple(estimate(at) for at in points))

    return Panel(title=plot.title, x_title=plot.x_title, y_title=plot.y_title, marks=plot.marks, now=plot.now,
                 curves=tuple(curve(line) for line in plot.lines))  # fmt: skip
