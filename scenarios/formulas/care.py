"""Care: who the residents in hardship of each member class are, what money for them does, and what it costs."""

from __future__ import annotations

import numpy as np

from scenarios.arrangements import CLASSES_OF_MEMBERS, FEN_PER_YUAN, CareCell
from scenarios.district import District
from scenarios.formulas.needs import segment_ratios, segment_shares, yearly_needs
from scenarios.tables import Integers, Reals

CARE_GROUPS = 8  # member classes 0 to 6 of residents in hardship, and everyone else
EVERYONE_ELSE = 7
TOWN, VILLAGE = 0, 1


def class_chances() -> Reals:
    """Chance of each class for a member; axes (town or village, age band 3, hardship 2, floating 2, class 1 to 6).

    Rows sum to 1, but for children, who are no members.
    """
    weights = np.zeros((2, 3, 2, 2, len(CLASSES_OF_MEMBERS)))
    for row, member_class in enumerate(CLASSES_OF_MEMBERS):
        for band, of_kind in ((1, member_class.adult), (2, member_class.elder)):
            open_to = np.s_[band, int(member_class.hardship) :, int(member_class.floating) :, row]
            for kind in (TOWN, VILLAGE):
                weights[kind][open_to] = of_kind[kind]
    return np.asarray(weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1e-300))


def class_shares(district: District) -> Reals:
    """Expected share of a segment's residents in each class; axes (community, age band, hardship, floating, class 0 to 6).

    Members are drawn from all residents of 15 and over alike, whatever their age or status; class 0 is of all others.
    """
    here = district.communities
    member = np.minimum(here.members / np.maximum(here.population - here.children, 1), 1.0)
    classes = class_chances()[district.is_village.astype(int)] * member[:, None, None, None, None]
    return np.concatenate([1.0 - classes.sum(axis=-1, keepdims=True), classes], axis=-1)


def residents_in_care(district: District) -> Reals:
    """Expected residents in hardship by member class; axes (community, class 0 to 6)."""
    people = segment_shares(district.communities)[..., None] * class_shares(district)
    return np.asarray(people[:, :, 1].sum(axis=(1, 2)))


def needs_in_hardship(district: District) -> Reals:
    """Expected needs a year of residents in hardship, by community."""
    weights = segment_shares(district.communities) * segment_ratios(district.rates)[None]
    return np.asarray(yearly_needs(district) * weights[:, :, 1].sum(axis=(1, 2)) / weights.sum(axis=(1, 2, 3)))


def care_cost_fen(district: District, cell: CareCell) -> Integers:
    """What a care cell costs a year by community, in fen: the residents expected in it x reach x money a head."""
    reached = residents_in_care(district)[:, cell.member_class] * cell.reach
    return np.rint(reached * cell.yuan * FEN_PER_YUAN).astype(np.int64)


def care_doses(district: District, kind: str) -> Reals:
    """How far care money of a kind goes in each care group, 0 to 1: ``1 - exp(-yuan / care_yuan)`` of those it reaches."""
    missed = np.ones(CARE_GROUPS)
    for cell in district.care:
        if cell.kind == kind:
            missed[cell.member_class] *= 1.0 + cell.reach * np.expm1(-cell.yuan / district.rates.care_yuan)
    return 1.0 - missed


def care_prevented(district: District) -> Reals:
    """Share of their needs that care money prevents, by care group."""
    return district.rates.care_ceiling * care_doses(district, "living")


def care_weights(district: District) -> Reals:
    """Share of each community's needs that residents in hardship of each member class have; axes (community, class 0 to 6)."""
    needs = segment_shares(district.communities) * segment_ratios(district.rates)[None]
    by_class = (needs[..., None] * class_shares(district))[:, :, 1].sum(axis=(1, 2))
    return np.asarray(by_class / needs.sum(axis=(1, 2, 3))[:, None])


def care_share(district: District) -> Reals:
    """Expected share of each community's needs that care money prevents: needs of residents in hardship by their class."""
    return np.asarray(care_weights(district) @ care_prevented(district)[:EVERYONE_ELSE])
