"""What a mechanism is: a named, documented function from district to district, with parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scenarios.district import District
from scenarios.mechanisms.acting import Places, everyone
from scenarios.text import Text

Value = float | int | str | bool
Evidence = Literal["experiment", "field study", "source claim", "assumption"]
EVIDENCE: dict[Evidence, Text] = {  # what each grade is called, the strongest first
    "experiment": Text("实验", "experiment"),
    "field study": Text("实地研究", "field study"),
    "source claim": Text("材料所述", "source claim"),
    "assumption": Text("假设", "assumption"),
}
Confidence = Literal["certain", "high", "medium"]
Channel = Literal["cost", "capacity", "coverage", "delay", "quality", "demand"]  # how it acts
REPAIR = "the text prints 2023 wherever it had 10"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure as a study report prints it, and as it must have read before the text was damaged."""

    report: str
    raw: str
    repaired: str
    rule: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One parameter of a mechanism. ``unit`` is one of the units the loader knows, or empty for counts and ratios."""

    name: str
    default: Value
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()
    source: str
    figure: Figure | None = None  # the source's own words, where they had to be repaired
    says: Text
    neutral: Value | None = None  # the value at which this setting alone makes the mechanism do nothing


class SettingConflict(ValueError):
    """Settings of one mechanism that exclude each other. ``field`` is the one to mend, ``says`` tells the planner how."""

    def __init__(self, field: str, says: Text) -> None:
        super().__init__(f"{field}: {says.zh} | {says.en}")
        self.field = field
        self.says = says


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """One entry of the catalogue. ``apply`` gets every setting by name, resolved and checked, in the unit stated.

    ``sets`` names what it rules in the district. Two mechanisms that set the same thing exclude each other unless one
    lists the other in ``replaces``: it comes later in the catalogue and its rule stands. ``adds`` names what it contributes
    to; contributions of several mechanisms join, in whatever order. ``acts_with`` lists mechanisms without which it cannot
    move an outcome. ``where`` tells which communities it reaches, and ``costs`` what it adds to the consolidated outlay,
    元 a year, by district and settings. ``margin`` is the least by which it moves its metric at its defaults, where it
    reaches and what it relieves is short, in the metric's unit.
    """

    id: str
    rows: tuple[int, ...]  # rows of the list of source mechanisms
    name: Text
    says: Text
    resource: Text
    serves: Text
    acts_as: Text
    settings: tuple[Setting, ...]
    apply: Callable[..., District]
    sets: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    acts_with: tuple[str, ...] = ()
    metric: str  # the metric of sim.outcome that it moves
    direction: Literal["higher", "lower"]
    margin: float
    evidence: Evidence
    channels: tuple[Channel, ...]
    where: Callable[[District], Places] = everyone
    costs: Callable[..., float] | None = None  # None: it costs nobody anything
    plan_decides: bool = False  # the plan spends up to what it costs
    identity: str = ""  # the arithmetic of the source that its figures satisfy

    @property
    def defaults(self) -> dict[str, Value]:
        """Every setting at its default: the dose the source names."""
        return {setting.name: setting.default for setting in self.settings}

    def setting(self, name: str) -> Setting:
        """The setting of that name; raises ``KeyError`` when there is none."""
        for setting in self.settings:
            if setting.name == name:
                return setting
        raise KeyError(name)
