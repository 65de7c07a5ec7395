"""Which districts are set beside each other to tell what one mechanism does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenarios.district import District
from scenarios.mechanisms import CATALOGUE, apply_mechanisms, conflicts
from scenarios.mechanisms.catalogue import Value

Choice = tuple[str, ...]  # mechanisms, in the catalogue's order
Settings = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True)
class Arm:
    """A mechanism's two sides: without it, and with it."""

    mechanism: str
    without: Choice
    with_: Choice


def in_order(names: Sequence[str]) -> Choice:
    """Each name once, in the catalogue's order."""
    return tuple(name for name in CATALOGUE if name in set(names))


def alone(mechanism: str, base: Choice) -> Arm:
    """A mechanism on top of the base: the base lacks it, has what it acts with, and nothing that it excludes.

    >>> alone("area_floor", ("service_fund",)).without
    ('service_fund', 'venue_programme')
    """
    needed = in_order([name for name in (*base, *CATALOGUE[mechanism].acts_with) if name != mechanism])
    kept = tuple(name for name in needed if not conflicts([name, mechanism]))
    return Arm(mechanism, kept, in_order([*kept, mechanism]))


def everything(base: Choice) -> Choice:
    """As many mechanisms as can be on together: the base, and each that excludes none of those before it."""
    chosen = list(base)
    for name in CATALOGUE:
        if name not in chosen and not conflicts([*chosen, name]) and not CATALOGUE[name].replaces:
            chosen.append(name)
    return in_order(chosen)


def on_top(mechanism: str, all_: Choice) -> Arm:
    """A mechanism on top of all others; raises ``ValueError`` for one that is not among them.

    Those that act only with it are left out on both sides, for without it they would be idle.
    """
    if mechanism not in all_:
        raise ValueError(mechanism)
    idle = {name for name in all_ if mechanism in CATALOGUE[name].acts_with}
    kept = tuple(name for name in all_ if name not in idle)
    return Arm(mechanism, tuple(name for name in kept if name != mechanism), kept)


def district_with(place: District, choice: Choice, settings: Settings) -> District:
    """The district with the chosen mechanisms, at the given settings or at their defaults."""
    return apply_mechanisms(place, {name: settings.get(name, {}) for name in choice})
