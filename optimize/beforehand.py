"""What is settled before the search: how care money is divided between classes of residents in hardship.

It goes class by class to where the next yuan prevents most needs; its worth falls with every yuan, so that filling up in
this order is best.
"""

from __future__ import annotations

import numpy as np

from optimize.measures import WAN_PER_NEED
from optimize.standing import planned_cells
from scenarios import formulas
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN

STEPS = np.linspace(0.0, 3.0, 61)  # money a head over the parameter care_yuan: what lies between is worth the same


def arranged(district: District) -> District:
    """The district in which the search begins."""
    yuan = care_yuan(district)
    return district.with_changes(care=(*district.care, *planned_cells(yuan))) if yuan else district


def care_yuan(district: District) -> tuple[float, ...]:
    """Care money a head and year by member class; empty without a fund. What prevents too little stays unspent."""
    fund = district.choices.care_fen
    if not fund:
        return ()
    heads = formulas.residents_in_care(district)
    needs = formulas.yearly_needs(district) @ formulas.care_weights(district) * district.rates.care_ceiling
    # Rounding each community's cost to the fen may add half a fen for each class.
    left = (fund - heads.size) / FEN_PER_YUAN
    cost = np.diff(STEPS)[None] * district.rates.care_yuan * heads.sum(axis=0)[:, None]
    worth = np.diff(1.0 - np.exp(-STEPS))[None] * needs[:, None] * WAN_PER_NEED * FEN_PER_WAN / FEN_PER_YUAN
    yuan = np.zeros(len(needs))
    ratio = worth / np.maximum(cost, 1e-9)
    for place in np.argsort(-ratio, axis=None, kind="stable"):
        group, step = divmod(int(place), cost.shape[1])
        if ratio[group, step] <= 1.0 or left <= 0.0:
            break
        bought = min(1.0, left / max(float(cost[group, step]), 1e-9))
        yuan[group] += bought * (STEPS[step + 1] - STEPS[step]) * district.rates.care_yuan
        left -= bought * float(cost[group, step])
    return tuple(float(np.floor(amount * FEN_PER_YUAN) / FEN_PER_YUAN) for amount in yuan)
