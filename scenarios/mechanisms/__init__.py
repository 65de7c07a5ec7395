"""The catalogue of mechanisms, in the order in which they are applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scenarios.district import District
from scenarios.mechanisms.catalogue import Mechanism, Value
from scenarios.mechanisms.contact import CONTACT
from scenarios.mechanisms.control import CONTROL
from scenarios.mechanisms.grids import GRIDS
from scenarios.mechanisms.grids_powers import POWERS
from scenarios.mechanisms.money import MONEY
from scenarios.mechanisms.money_care import MONEY_CARE
from scenarios.mechanisms.money_flows import MONEY_FLOWS
from scenarios.mechanisms.money_people import MONEY_PEOPLE
from scenarios.mechanisms.partners import PARTNERS
from scenarios.mechanisms.partners_pairs import VILLAGE_PAIRS
from scenarios.mechanisms.partners_projects import PROJECTS
from scenarios.mechanisms.partners_rural import RURAL_PARTNERS
from scenarios.mechanisms.posts import POSTS
from scenarios.mechanisms.posts_branches import BRANCHES
from scenarios.mechanisms.posts_staff import STAFF
from scenarios.mechanisms.posts_training import TRAINING
from scenarios.mechanisms.structure import STRUCTURE
from scenarios.mechanisms.venues import VENUES
from scenarios.mechanisms.venues_points import SERVICE_POINTS
from scenarios.mechanisms.venues_shared import SHARED_VENUES

ROOMS: tuple[tuple[Mechanism, ...], ...] = (
    MONEY, MONEY_FLOWS, MONEY_CARE, MONEY_PEOPLE, POSTS, STAFF, TRAINING, BRANCHES, VENUES, SERVICE_POINTS, SHARED_VENUES, GRIDS, POWERS, PARTNERS, PROJECTS, RURAL_PARTNERS, VILLAGE_PAIRS,
    CONTROL, STRUCTURE, CONTACT,
)  # fmt: skip
CATALOGUE: dict[str, Mechanism] = {entry.id: entry for room in ROOMS for entry in room}


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
    """Pairs of mechanisms of which one sets what the other sets or adds to, without saying how they combine.

    ``(first, second, thing)`` in the catalogue's order.

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
        for thing in sorted({*first.sets, *first.adds} & {*second.sets, *second.adds})
        if not (thing in first.adds and thing in second.adds) and first.id not in second.replaces
    ]
