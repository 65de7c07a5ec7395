"""What the page draws of a policy's runs: money by payer and use, and the course of needs met over the months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.arrangements import PAYERS
from scenarios.funding import FEN_PER_WAN
from scenarios.tables import Integers, Reals
from sim.outcome import Outcome


@dataclass(frozen=True, kw_only=True, eq=False)
class Digest:
    """Means over the runs of one policy, money in 万元 a year.

    ``course``: share of needs met; axes (quantile of :data:`QUANTILES`, month). ``service_wan``: service money received;
    per community; ``granted_wan``: the part that city and
    district gave. ``payers``: service money by payer. ``service_m2``: floor space at the end; per community.
    """

    runs: int
    outlay: float
    payers: dict[str, float]
    matters: float
    contracts: float
    prevention: float
    remedy: float
    course: Reals
    service_wan: Reals
    granted_wan: Reals
    service_m2: Reals


QUANTILES = (0.025, 0.25, 0.5, 0.75, 0.975)


def digest(outcomes: Sequence[Outcome]) -> Digest:
    """Sum up the runs of one policy."""

    def yearly(flow: str) -> Reals:
        """Mean 万元 a year per community."""
        return np.asarray(np.mean([o.total(flow) / o.years for o in outcomes], axis=0) / FEN_PER_WAN)

    return Digest(
        runs=len(outcomes),
        outlay=float(np.mean([o.outlay_fen.mean() for o in outcomes])) / FEN_PER_WAN,
        payers={tier: float(yearly(f"fen_{tier}").sum()) for tier in PAYERS},
        matters=float(yearly("fen_matters").sum()),
        contracts=float(yearly("fen_contracts").sum()),
        prevention=float(yearly("fen_prevention").sum()),
        remedy=float(yearly("fen_remedy").sum()),
        course=np.quantile(np.stack([_met_by_month(o) for o in outcomes]), QUANTILES, axis=0),
        service_wan=yearly("fen_in"),
        granted_wan=yearly("fen_city") + yearly("fen_district"),
        service_m2=np.asarray(np.mean([o.flow("service_m2")[-1] for o in outcomes], axis=0)),
    )


def _met_by_month(outcome: Outcome) -> Reals:
    """Share of the month's needs that were solved or prevented."""
    numbers: Integers = (outcome.flow("solved") + outcome.flow("prevented")).sum(axis=1)
    return np.asarray(numbers / np.maximum(outcome.flow("needs").sum(axis=1), 1))
