"""What one unit more or less of a resource is worth, and where it goes: searched again, one unit up and one down.

A plan has kinks, so that what a unit more brings and what a unit less costs differ; both are told. A search proves its
value only within a gap. The difference of two searches is therefore given with the range that is proven; where the range
still holds nought the unit is worth less than can be proven, and a larger number of units is tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimize.explain.places import Shift, fullest_project, largest_shifts, shifts, unused
from optimize.explain.prices import shadow_prices
from optimize.explain.resources import Resource, larger_site, resources
from optimize.explain.staged import FINE, Found, Reached, measured, money_moves, reach, settled
from optimize.plan import Limits
from optimize.pursuit import assembled

GIVE = 0.02  # of what a unit is worth: what moving less money elsewhere may cost when it is told where the unit goes
TOLD = 5  # communities told where a unit goes


@dataclass(frozen=True)
class Gain:
    """What a change is worth in one goal, in the goal's unit, a fall of it counting as a gain; and the range proven."""

    goal: str
    gain: float
    low: float
    high: float

    @property
    def proven(self) -> bool:
        """Whether it is proven that the change makes any difference."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class Step:
    """One unit, or several, more (``units`` above 0) or less: gains by goal, needs met more a year, and where it goes."""

    units: int
    gains: tuple[Gain, ...]
    needs_met: float
    where: tuple[Shift, ...]
    fits: bool = True  # whether any plan is left

    def gain(self, goal: str) -> Gain:
        """The gain in one goal."""
        return next(one for one in self.gains if one.goal == goal)


@dataclass(frozen=True, eq=False)
class Worth:
    """What a resource is worth at the margin: one step up, one down, and the shadow price of a unit where there is one.

    ``unused``: units that the best answer leaves; where there are any, more would be left too, and nothing is searched.
    """

    resource: Resource
    up: Step | None
    down: Step | None
    shadow_price: float | None
    unused: int = 0


def worths(base: Reached, limits: Limits = FINE) -> list[Worth]:
    """The worth of each open resource, and of more floor space at the best site."""
    open_now = resources(base.brief)
    prices = shadow_prices(base, [one.rule for one in open_now if one.rule])
    site = fullest_project(base)
    listed = [*open_now, larger_site(base.brief, site)] if site else open_now
    left = {one.key: unused(base, one.key, one.amount) for one in listed}
    return [Worth(one, None, None, 0.0, left[one.key]) if left[one.key] else worth_of(base, one, _unit_price(one, prices), limits)
            for one in listed]  # fmt: skip


def _unit_price(resource: Resource, prices: Mapping[str, float]) -> float | None:
    """The shadow price of a whole unit; None where the resource has no rows of its own."""
    return prices[resource.rule] * resource.in_rows if resource.rule in prices else None


def worth_of(base: Reached, resource: Resource, price: float | None = None, limits: Limits = FINE) -> Worth:
    """A unit more and a unit less, or as many as it takes to prove that they are worth anything."""
    count = _count(base, resource, price)
    up, found = _step(base, resource, count, limits)
    if not any(gain.proven for gain in up.gains) and count < resource.coarse:
        count = resource.coarse
        up, found = _step(base, resource, count, limits)
    down = _step(base, resource, -count, limits, above=found)[0] if resource.amount >= count else None
    return Worth(resource, up, down, price)


def _count(base: Reached, resource: Resource, price: float | None) -> int:
    """One unit, unless its shadow price says at once that it is worth less than the gap."""
    found = base.found[base.last]
    return 1 if price is None or price > 2.0 * (found.value - found.bound) or price == 0.0 else resource.coarse


def _step(base: Reached, resource: Resource, units: int, limits: Limits,
          above: Reached | None = None) -> tuple[Step, Reached | None]:  # fmt: skip
    """Search with some units more or less; ``above``: what was found with as many more, which bounds this from below."""
    moved = resource.moved(base.brief, units)
    allocation = assembled(moved.district, moved.pursuit)
    moves = money_moves(allocation, base)
    found = reach(moved, limits, near=base, allocation=allocation)
    if found is None:
        return Step(units, (), 0.0, (), fits=False), None
    gains = tuple(gain_of(str(stage), base.found[stage], found.found[stage], units, resource.relaxes)
                  for stage in base.found if stage in found.found and _pursued(base, stage))  # fmt: skip
    worth = abs(gains[-1].gain) if gains else 0.0
    answer = settled(found, moves, GIVE * worth)
    least = Reached(moved, allocation, found.search, answer, found.found, found.held)
    return Step(units, gains, found.needs_met - base.needs_met, largest_shifts(shifts(base, least), TOLD)), found


def _pursued(base: Reached, stage: str) -> bool:
    """Whether a decision can change the goal at all."""
    return bool(len(dict(measured(base.brief, base.allocation)).get(stage, ())))


def gain_of(goal: str, base: Found, found: Found, units: int, relaxes: bool) -> Gain:
    """Gain of the change: of more units at least nought, of fewer at most, for a plan stays a plan when a rule is relaxed."""
    gain, low, high = base.value - found.value, base.bound - found.value, base.value - found.bound
    if relaxes and units > 0:
        gain, low, high = max(gain, 0.0), max(low, 0.0), max(high, 0.0)
    if relaxes and units < 0:
        gain, low, high = min(gain, 0.0), min(low, 0.0), min(high, 0.0)
    return Gain(goal, gain, low, high)
