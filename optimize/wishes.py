"""Wishes: matters of residents in hardship that members settle themselves, as hours the community is spared."""

from __future__ import annotations

import numpy as np

from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.tables import Reals


def wish_hours(district: District, reach: Reals) -> Reals:
    """Hours a year that members spare each community by the wishes they claim.

    As many as their own hours allow, at most the reached matters of residents in hardship, each at their mean hours;
    ``reach``: share of needs that are ever voiced, axes (community, category). The cash that such matters would take is
    not counted as spared, and members' hours for wishes are taken off elsewhere, see :func:`scenarios.formulas.member_hours`.
    """
    matters = _matters_in_hardship(district) * reach
    hours = (matters * formulas.matter_hours(district)).sum(axis=1)
    claimed = np.minimum(MONTHS * formulas.wishes_claimed(district), matters.sum(axis=1))
    return np.asarray(claimed * hours / np.maximum(matters.sum(axis=1), 1e-9))


def _matters_in_hardship(district: District) -> Reals:
    """Needs a year of residents in hardship; axes (community, category)."""
    weights = formulas.segment_shares(district.communities) * formulas.segment_ratios(district.rates)[None]
    share = weights / weights.sum(axis=(1, 2, 3), keepdims=True)
    share[:, :, 0] = 0.0  # those who are not in hardship
    by_category = share.reshape(len(share), -1) @ formulas.segment_categories(district)
    return np.asarray(formulas.yearly_needs(district)[:, None] * by_category)
