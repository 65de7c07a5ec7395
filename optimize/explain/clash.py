"""Which rules clash: a smallest set that no plan keeps together, and what each of them would have to give, alone.

A set of rules is reduced by leaving out halves, then quarters, down to single rules, as long as what is left still
clashes. Each rule that stays was needed when it was tried, and sets only shrink, so that without any one of them the rest
can be kept: the set is minimal by proof, not by guess.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from optimize.explain.brief import Brief
from optimize.explain.rule import Rule
from scenarios.text import Text

Check = Callable[[Brief], bool | None]  # whether a plan exists; None if that is not known
Measure = Callable[[Rule, Brief], int | None]  # units by which a rule alone must give way
MOST_CLASHES = 8  # told one after the other
MOST_LOCKS = 3  # settled decisions of one clash that are told and measured one by one


@dataclass(frozen=True, eq=False)
class Way:
    """A change that is enough to end a clash: a rule gives way by so many units."""

    rule: Rule
    units: int

    def applied(self, brief: Brief) -> Brief:
        """The brief after the change."""
        return self.rule.given(brief, self.units)

    @property
    def says(self) -> Text:
        """The change in words."""
        return self.rule.says(self.units)


@dataclass(frozen=True, eq=False)
class Clash:
    """Rules of a brief that no plan keeps together; without any one of them the others can be kept.

    ``ways``: changes of one rule each, any of which ends this clash. Where one clash follows after another, it stands
    once the first way of each clash before it has been taken.
    """

    brief: Brief
    rules: tuple[Rule, ...]
    ways: tuple[Way, ...]


def clashes(brief: Brief, rules_of: Callable[[Brief], list[Rule]], check: Check, measure: Measure) -> list[Clash]:
    """The clashes of a brief, one after the other, until a plan exists. Empty if nothing explains that none does."""
    found: list[Clash] = []
    while len(found) < MOST_CLASHES and check(brief) is False:
        rules = rules_of(brief)
        if check(without(brief, rules)) is False:
            break
        smallest = reduced(brief, rules, check)
        ways = _ways(brief, smallest, brief, measure)
        if not ways:  # there is more than one clash: end this one by itself
            ways = _ways(brief, smallest, without(brief, [r for r in rules if r not in smallest]), measure)
        found.append(Clash(brief, tuple(smallest), ways))
        if not ways:
            break
        brief = ways[0].applied(brief)
    return found


def without(brief: Brief, rules: Sequence[Rule]) -> Brief:
    """The brief without some rules."""
    for rule in rules:
        brief = rule.lifted(brief)
    return brief


def reduced(brief: Brief, rules: list[Rule], check: Check) -> list[Rule]:
    """The smallest part of the rules that still clashes, once all else is left out."""
    kept = list(rules)

    def try_without(part: list[Rule]) -> None:
        rest = [rule for rule in kept if rule not in part]
        if check(without(brief, [rule for rule in rules if rule not in rest])) is False:
            kept[:] = rest
        elif len(part) > 1:
            half = len(part) // 2
            try_without(part[:half])
            try_without([rule for rule in part[half:] if rule in kept])

    middle = (len(rules) + 1) // 2
    for part in (rules[:middle], rules[middle:]):
        if part:
            try_without(part)
    return kept


def _ways(brief: Brief, rules: list[Rule], within: Brief, measure: Measure) -> tuple[Way, ...]:
    settled = [rule for rule in rules if rule.key.startswith("lock ")]
    asked = [rule for rule in rules if rule not in settled[MOST_LOCKS:]]
    measured = [(rule, measure(rule, within)) for rule in asked]
    return tuple(Way(rule, units) for rule, units in measured if units)


def clash_words(clash: Clash, head: Text | None, *, first: bool) -> Text:
    """A clash in words: what clashes, and what would end it."""
    said = head or _together(clash, _names(clash.rules))
    before = (
        Text("", "") if first else Text("照上一条的第一种办法改动后，还有：", "once the first way above is taken: ")
    )
    zh = "；或者".join(way.says.zh for way in clash.ways)
    en = "; or ".join(way.says.en for way in clash.ways)
    if not clash.ways:
        return Text(f"{before.zh}{said.zh}", f"{before.en}{said.en}")
    any_zh, any_en = ("要改的是", "to mend") if len(clash.ways) == 1 else ("任改一项即可", "to mend, any one of")
    return Text(f"{before.zh}{said.zh}。{any_zh}：{zh}", f"{before.en}{said.en}; {any_en}: {en}")


def _names(rules: Sequence[Rule]) -> Text:
    """The rules by name, of many settled decisions only the first few."""
    settled = [rule for rule in rules if rule.key.startswith("lock ")]
    named = [rule.name for rule in rules if rule not in settled[MOST_LOCKS:]]
    more = len(settled) - MOST_LOCKS
    if more > 0:
        named.append(Text(f"以及另外{more}项已定的安排", f"and {more} more settled decisions"))
    return Text("；".join(name.zh for name in named), "; ".join(name.en for name in named))


def _together(clash: Clash, names: Text) -> Text:
    if len(clash.rules) == 1:
        return Text(
            f"无论其他规则如何，都做不到：{names.zh}", f"whatever the other rules, no plan can keep: {names.en}"
        )
    return Text(
        f"以下{len(clash.rules)}项不能同时满足：{names.zh}", f"these {len(clash.rules)} cannot all be kept: {names.en}"
    )
