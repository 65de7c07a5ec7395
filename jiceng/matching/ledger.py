"""What a plan year costs whom under an arm, and who could not match."""

from __future__ import annotations

import numpy as np

from jiceng.planning import PlanReport
from results.groupings import QUARTERS, groupings
from results.matching import Ledger
from scenarios.district import District
from scenarios.funding import (
    FEN_PER_WAN,
    FEN_PER_YUAN,
    own_effort_fen,
    own_limit_fen,
    revenue_yuan,
    sum_flows,
    year_money,
)
from scenarios.tables import Integers, Reals

TIERS = ("street", "village")


def ledger(report: PlanReport, half_fen: int) -> Ledger:
    """The money of the plan's first year, at today's revenue; ``half_fen`` is the granter's half of a 1:1 fund."""
    district = report.district
    money = year_money(district, report.plan.lump_fen[:, 0])
    own, match = sum_flows(money.flows, role="own"), sum_flows(money.flows, role="match")
    base = sum_flows(money.flows, role="grant") + sum_flows(money.flows, role="mandated")
    more = own - own_effort_fen(district)
    limit = own_limit_fen(district)
    offered = district.service_fund.mode == "voluntary"
    return Ledger(
        outlay=report.outlay_fen / FEN_PER_WAN,
        base=wan(base),
        matched=wan(match),
        own=by_tier(district, own),
        drawn=by_tier(district, np.maximum(more, 0)),
        displaced=by_tier(district, np.maximum(-more, 0)),
        left=max(0.0, half_fen * len(match) / FEN_PER_WAN - wan(match)) if offered else 0.0,
        at_limit=int((own >= limit)[limit > 0].sum()),
        nothing=int((match == 0).sum()) if offered else 0,
        below_half=int((match < half_fen).sum()) if offered else 0,
        correlation=correlation(district, base + match),
        per_head=by_quarter(district, money.service_fen),
    )


def by_quarter(district: District, fen: Integers) -> tuple[float, ...]:
    """Yuan a resident in every quarter of communities by own revenue a head, the poorest first."""
    labels = np.array(groupings(district)["own_revenue"])
    people = district.communities.population
    return tuple(
        float(fen[labels == name].sum() / FEN_PER_YUAN / max(int(people[labels == name].sum()), 1)) for name in QUARTERS
    )


def wan(fen: Integers) -> float:
    """万元 in all."""
    return float(fen.sum()) / FEN_PER_WAN


def by_tier(district: District, fen: Integers) -> dict[str, float]:
    """万元 by the tier whose own money it is."""
    village = district.is_village
    return {"street": wan(fen[~village]), "village": wan(fen[village])}


def correlation(district: District, granted_fen: Integers) -> float:
    """Correlation of grant with own revenue, both per resident; 0 where either is the same everywhere."""
    people = district.communities.population
    return correlated(granted_fen / people, revenue_yuan(district) / people)


def correlated(one: Reals, other: Reals) -> float:
    """Pearson's correlation; 0 where either does not vary."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
