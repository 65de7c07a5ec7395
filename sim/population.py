"""Synthetic residents as columns, ordered by community and grid; counts per community are exact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gamma

from scenarios.district import District
from scenarios.formulas import EVERYONE_ELSE, class_chances
from sim import chance

SEGMENTS = 12  # age bands x hardship x floating
FRAILTY_CLASSES = 8  # equally likely classes of the spread of needs between residents of one segment


@dataclass(frozen=True, kw_only=True, eq=False)
class Population:
    """Read-only columns of all residents; a resident's id is its community and its number within it.

    ``first``: row where each community begins (length communities + 1). ``grid_first``: the same for grids. ``grid_of``:
    the grid where each community begins.
    ``risk``: segment * FRAILTY_CLASSES + frailty class, uint8. ``grid``: row of the resident's grid, int32.
    ``adult``: uint8, 1 from the age of 15. ``member``: uint8, index into MEMBER_CLASSES. ``care``: uint8, the care group:
    the member class of a resident in hardship, EVERYONE_ELSE of others.
    """

    first: NDArray[np.int64]
    grid_first: NDArray[np.int64]
    grid_community: NDArray[np.int64]
    grid_of: NDArray[np.int64]
    risk: NDArray[np.uint8]
    grid: NDArray[np.int32]
    adult: NDArray[np.uint8]
    member: NDArray[np.uint8]
    registered: NDArray[np.uint8]
    care: NDArray[np.uint8]
    place: NDArray[np.uint64]

    def __len__(self) -> int:
        return int(self.first[-1])


def people(district: District) -> Population:
    """The residents of a district; a pure function of its tables and its version."""
    here = district.communities
    size = here.population
    first = np.concatenate([[0], np.cumsum(size)])
    community = np.repeat(np.arange(len(here)), size)
    number = (np.arange(first[-1]) - first[community]).astype(np.uint64)
    place = np.array([chance.place_key(code) for code in here.code], dtype=np.uint64)
    if len(set(place.tolist())) < len(place):
        raise ValueError("two communities share a random key; change one of their codes")

    def draw(kind: int, word: int = 0) -> NDArray[np.uint64]:
        return chance.draws(number, place[community], chance.event_word(0, kind), np.uint64(0), district.version)[word]

    def chosen(kind: int, count: NDArray[Any], among: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        return np.asarray(_rank(draw(kind), community, first, among) < count[community])

    age = _age_bands(_rank(draw(chance.AGE), community, first), here.children[community], here.elders[community])
    hardship = chosen(chance.HARDSHIP, here.hardship)
    floating = chosen(chance.FLOATING, here.floating)
    member = chosen(chance.MEMBER, here.members, age > 0)
    segment = age * 4 + hardship * 2 + floating
    frailty = (draw(chance.FRAILTY) * np.uint64(FRAILTY_CLASSES)) >> np.uint64(32)
    village = district.is_village[community].astype(np.int64)
    classes = _member_classes(member & (age > 0), village * SEGMENTS + segment, draw(chance.MEMBER, word=1))
    return Population(
        first=first,
        **_grid_columns(size, here.grids),
        risk=(segment * FRAILTY_CLASSES + frailty.astype(np.int64)).astype(np.uint8),
        adult=(age > 0).astype(np.uint8),
        member=classes,
        care=np.where(hardship, classes, EVERYONE_ELSE).astype(np.uint8),
        registered=(draw(chance.VOLUNTEER) < chance.threshold(district.rates.registered_share)).astype(np.uint8),
        place=place,
    )


def regrouped(population: Population, district: District) -> Population:
    """The same residents in as many grids as the district has now."""
    grids = district.communities.grids
    if np.array_equal(np.diff(population.grid_of), grids):
        return population
    return replace(population, **_grid_columns(np.diff(population.first), grids))


def _rank(draw: NDArray[np.uint64], community: NDArray[np.int64], first: NDArray[np.int64],
          among: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:  # fmt: skip
    """Rank of each resident's draw within its community; those not ``among`` the eligible come last."""
    late = np.zeros(len(draw), dtype=np.uint64) if among is None else np.where(among, 0, 1).astype(np.uint64)
    key = (community.astype(np.uint64) << np.uint64(34)) | (late << np.uint64(33)) | draw
    order = np.argsort(key, kind="stable")
    rank = np.empty(len(draw), dtype=np.int64)
    rank[order] = np.arange(len(draw)) - first[community[order]]
    return rank


def _age_bands(rank: NDArray[np.int64], children: NDArray[np.int64], elders: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 child, 1 adult, 2 elder: the lowest ranks are children, the next elders."""
    return np.where(rank < children, 0, np.where(rank < children + elders, 2, 1))


def _member_classes(member: NDArray[np.bool_], kind: NDArray[np.int64], draw: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Class of each member by its draw and the chances of its ``kind`` (village, segment); 0 for others."""
    chances = class_chances()
    bounds = np.cumsum(chances.reshape(-1, chances.shape[-1]), axis=1)[:, :-1]
    which = np.zeros(len(member), dtype=np.uint8)
    which[member] = 1 + (chance.uniform(draw[member])[:, None] >= bounds[kind[member]]).sum(axis=1)
    return which


def _grid_columns(size: NDArray[np.int64], grids: NDArray[np.int64]) -> dict[str, Any]:
    """The columns of a population that grids make: communities are cut into near-equal grids."""
    cuts = [np.linspace(0, n, g + 1).astype(np.int64)[1:] - np.linspace(0, n, g + 1).astype(np.int64)[:-1]
            for n, g in zip(size.tolist(), grids.tolist(), strict=True)]  # fmt: skip
    lengths = np.concatenate(cuts)
    return {
        "grid": np.repeat(np.arange(len(lengths)), lengths).astype(np.int32),
        "grid_first": np.concatenate([[0], np.cumsum(lengths)]),
        "grid_community": np.repeat(np.arange(len(size)), grids),
        "grid_of": np.concatenate([[0], np.cumsum(grids)]),
    }


def frailty_ratios(cv: float) -> NDArray[np.float64]:
    """Mean need ratio of each frailty class: octiles of a gamma distribution of mean 1 and the given spread."""
    if cv <= 0:
        return np.ones(FRAILTY_CLASSES)
    shape = 1.0 / cv**2
    edges = gamma.ppf(np.linspace(0, 1, FRAILTY_CLASSES + 1), shape)
    means = np.diff(gamma.cdf(edges, shape + 1)) * FRAILTY_CLASSES
    return np.asarray(means / means.mean())
