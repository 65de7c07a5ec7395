"""The catalogue of mechanisms, in the order in which they are applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scenarios.district import District
from scenarios.mechanisms.catalogue import Mechanism, Value
from scenarios.mechanisms.money import MONEY
from scenarios.mechanisms.posts import POSTS
from scenarios.mechanisms.venues import VENUES

CATALOGUE: dict[str, Mechanism] = {entry.id: entry for entry in (*MONEY, *POSTS, *VENUES)}


def apply_mechanisms(district: District, chosen: Mapping[str, Mapping[str, Value]]) -> District:
    """The district with the chosen mechanisms, applied in catalogue order; settings left out are at their defaults.

    Raises ``KeyError`` for a mechanism that the catalogue does not have, and ``SettingConflict`` when settings of one
    mechanism exclude each other.
    """
    unknown = set(chosen) - set(CATALOGUE)
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    for entry in CATALOGUE.values():
        if entry.id in chosen:
            district = entry.apply(district, **{**entry.defaults, **chosen[entry.id]})
    return district


def conflicts(ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """Pairs of mechanisms that set the same thing without saying how they combine: ``(first, second, thing)``.

    >>> conflicts(["service_fund", "matched_funding"])
    []
    >>> conflicts(["matched_funding", "needs_based_grants"])
    [('matched_funding', 'needs_based_grants', 'service_fund')]
    """
    chosen = set(ids)
    entries = [entry for entry in CATALOGUE.values() if entry.id in chosen]
    return [
        (first.id, second.id, thing)
        for position, first in enumerate(entries)
        for second in entries[position + 1 :]
        for thing in first.sets
        if thing in second.sets and first.id not in second.replaces
    ]
