"""The screening as a page of documentation: plain words first, then a table for each grade of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.screening_effects import Effect, Spread, luck_level, luck_spread
from jiceng.ranking.document import GRADES
from jiceng.screening import SEEN
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import Evidence

MATTERS = 0.5  # points: the smallest difference of needs met that matters, as in the table of metrics
INTERACTS = 0.5  # sigma over mu* from which an effect hangs on what else is on (below it is nearly the same everywhere)
NEEDS, WORST = SEEN
HEAD = (
    "| mechanism 机制 | rows | needs met: mu* | mean | sigma | sigma / mu* | worst tenth: mu* | sigma | reading |\n"
    "|---|---|---|---|---|---|---|---|---|"
)
MEANING = [
    "**mu\\*** is the mean size of the effect whatever its sign, **mean** its mean with the sign, **sigma** its spread over "
    "trajectories, all in points, with 95 % bootstrap intervals over trajectories. As everything is either off or on, sigma holds "
    "interactions and a little luck, and nothing else. Which mechanisms it is that interact, so few trajectories cannot tell; "
    "pairs for which there is a reason are tested one by one in `tests/test_mechanism_interactions.py`.",
    "",
    "Strengths of the grade *assumption* are our own: that such a mechanism matters here says what we assumed, and is no finding.",
]


@dataclass(frozen=True)
class Screening:
    """What was measured: effects by metric and mechanism, what luck alone does to one effect, and how it was run."""

    effects: dict[str, dict[str, Effect]]
    luck: dict[str, float]
    trajectories: int
    left_out: tuple[str, ...]
    ran_on: str

    def is_beyond_luck(self, name: str, metric: str) -> bool:
        """Whether mu* is larger than luck alone would make it."""
        return self.effects[metric][name].size.value > luck_level(self.luck[metric], self.trajectories)

    def is_inert(self, name: str) -> bool:
        """Whether nothing that is looked at moves beyond luck."""
        return not any(self.is_beyond_luck(name, metric) for metric in self.effects)

    def matters(self, name: str, metric: str = NEEDS) -> bool:
        """Whether mu* is a difference that matters, and beyond luck."""
        return self.effects[metric][name].size.value >= MATTERS and self.is_beyond_luck(name, metric)

    def interacts(self, name: str, metric: str = NEEDS) -> bool:
        """Whether sigma is large beside mu*, and larger than luck alone would make it."""
        effect = self.effects[metric][name]
        return (
            self.is_beyond_luck(name, metric)
            and effect.ratio >= INTERACTS
            and effect.spread.value > luck_spread(self.luck[metric], self.trajectories)
        )

    def largest(self, count: int, metric: str = NEEDS) -> list[str]:
        """Names by mu*, the largest first."""
        found = self.effects[metric]
        return sorted(found, key=lambda name: (-found[name].size.value, name))[:count]


def page(found: Screening) -> str:
    """The page in Markdown."""
    return "\n".join([
        "# Which mechanisms matter, and which interact", "", *_how(found), "", "## Read in plain words", "",
        *_reading(found), "", "![mu* and sigma of the mechanisms that matter most](screening.svg)", "", *MEANING, "",
        *(line for grade, title in GRADES.items() for line in _table(found, grade, title)),
    ]).rstrip() + "\n"  # fmt: skip


def _how(found: Screening) -> list[str]:
    left = ", ".join(f"`{name}`" for name in found.left_out)
    return [
        f"A Morris screening by `make screening` on {found.ran_on}. In each of {found.trajectories} trajectories every mechanism is at random off or "
        "on at its default, the figure of its source; then each is changed once, in random order, the others staying as they "
        "are. What its being on changes is an elementary effect (Morris 1991; Campolongo, Cariboni and Saltelli 2007; computed "
        "with SALib). There are no doses between, for most mechanisms have several settings, of which no one is the dose, or "
        "count in whole numbers. Residents, history, the one nominal future and luck are the same in all runs. Money "
        "and posts are given by a rule of thumb, in proportion to needs; outlays are not equal, so this tells what moves outcomes "
        "and not what is worth its money.",
        "",
        f"Of mechanisms that exclude each other one set is screened; left out: {left}, the other two rules of the service fund.",
    ]


def _reading(found: Screening) -> list[str]:
    names = found.largest(len(CATALOGUE))
    matter = [name for name in names if found.matters(name)]
    backed = [name for name in matter if CATALOGUE[name].evidence != "assumption"]
    worst = [name for name in found.largest(len(names), WORST) if found.matters(name, WORST) and name not in matter]
    inert = sorted(name for name in names if found.is_inert(name))
    apart = [name for name in names if found.interacts(name)]
    large, little = ([name for name in apart if found.matters(name) is much] for much in (True, False))
    beyond = [name for name in names if found.is_beyond_luck(name, NEEDS)]
    mixed = [name for name in beyond if _is_mixed(found.effects[NEEDS][name])]
    fewer = [name for name in beyond if found.effects[NEEDS][name].mean < 0 and name not in mixed]
    small = len(names) - len(matter) - len(worst) - len(inert)
    luck = " and ".join(f"{luck_level(found.luck[metric], found.trajectories):.2f}" for metric in SEEN)
    return [
        f"- **Matter for needs met** (mu* of {MATTERS} points or more; {len(matter)} of {len(names)}; mean effect in brackets): "
        f"{_sized(matter, found)}. {len(backed)} of them have a source for working at all.",
        f"- **Matter for the worst tenth alone** ({len(worst)}): {_sized(worst, found, WORST)}.",
        f"- **Interact** (sigma at least half of mu*, beyond luck; sigma over mu* in brackets), of those that matter {len(large)}: "
        f"{_ratios(large, found)}; of the small ones {len(little)}: {_ratios(little, found)}.",
        f"- **Help here, hinder there** ({len(mixed)}): {_sized(mixed, found)}. Effects have both signs and cancel by more than half.",
        f"- **Fewer needs met on average** ({len(fewer)}): {_sized(fewer, found)}. They take hours, move voices ahead of hands, or "
        "bring home sooner what waited elsewhere; what they are for is not needs met.",
        f"- **Small** ({small}): beyond luck, and less than {MATTERS} points.",
        f"- **Inert here** ({len(inert)}; mu* no larger than luck alone would make it, {luck} points of needs met and the worst tenth): "
        f"{_listed(inert)}. Their scale in the sources is small, they reach few communities, or what they relieve is not short here.",
    ]


def _is_mixed(effect: Effect) -> bool:
    """Whether effects of both signs cancel by more than half."""
    return abs(effect.mean) < effect.size.value / 2


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def _sized(names: Iterable[str], found: Screening, metric: str = NEEDS) -> str:
    return ", ".join(f"`{name}` ({found.effects[metric][name].mean:+.2f})" for name in names) or "none"


def _ratios(names: Iterable[str], found: Screening) -> str:
    return ", ".join(f"`{name}` ({found.effects[NEEDS][name].ratio:.1f})" for name in names) or "none"


def _table(found: Screening, grade: Evidence, title: str) -> list[str]:
    names = [name for name in found.largest(len(CATALOGUE)) if CATALOGUE[name].evidence == grade]
    if not names:
        return [f"## {title}", "", "No mechanism of the sources has this grade.", ""]
    return [f"## {title}", "", HEAD, *(_row(found, name) for name in names), ""]


def _row(found: Screening, name: str) -> str:
    needs, worst, entry = found.effects[NEEDS][name], found.effects[WORST][name], CATALOGUE[name]
    cells = [
        f"`{name}` {entry.name.zh}", ", ".join(map(str, entry.rows)), _between(needs.size), f"{needs.mean:+.2f}",
        _between(needs.spread), f"{needs.ratio:.1f}", f"{worst.size.value:.2f}", f"{worst.spread.value:.2f}",
        _verdict(found, name),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _between(spread: Spread) -> str:
    return f"{spread.value:.2f} ({spread.low:.2f} to {spread.high:.2f})"


def _verdict(found: Screening, name: str) -> str:
    if found.is_inert(name):
        return "inert"
    small = "worst tenth" if found.matters(name, WORST) else "small"
    size = "matters" if found.matters(name) else small
    return f"{size}, interacts" if found.interacts(name) else size
