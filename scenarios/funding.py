"""Who pays what: the payers' response to grants and matches, and the consolidated outlay. Exact, in fen.

A payer is a street or town (for its residents' committees) or a village (for itself). Without any grant it spends the
share ``own_effort`` of its revenue on service. A lump grant G displaces part of it: ``max(0, o0 - (1 - stick_rate) G)``
(flypaper). A match m raises it to ``o0 (1 + match_response min(m, 1))``, never above ``own_limit`` of revenue. The two
effects describe different instruments: a base grant displaces first, the match then acts on what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenarios.arrangements import FEN_PER_YUAN as FEN_PER_YUAN
from scenarios.arrangements import Payer, Tier
from scenarios.district import District
from scenarios.formulas import care_cost_fen
from scenarios.tables import Integers, Reals

FEN_PER_WAN = 1_000_000
Role = Literal["grant", "match", "mandated", "own", "support"]
Programme = Literal["service", "work", "party", "programme"]


@dataclass(frozen=True, eq=False)
class Flow:
    """Money of one payer tier for one programme in a year: who pays, as what, and fen per community."""

    payer: Payer
    role: Role
    programme: Programme
    fen: Integers


@dataclass(frozen=True, kw_only=True, eq=False)
class YearMoney:
    """A year's service money per community (fen): granted, matched, own, displaced, and match left on the table."""

    flows: tuple[Flow, ...]
    displaced_fen: Integers
    match_left_fen: int

    @property
    def service_fen(self) -> Integers:
        """Service money available per community."""
        return sum_flows(self.flows, programme="service")


def sum_flows(flows: tuple[Flow, ...], *, programme: str | None = None, payer: str | None = None,
              role: str | None = None) -> Integers:  # fmt: skip
    """Fen per community over the flows that fit."""
    wanted = [f.fen for f in flows if (programme in (None, f.programme)) and (payer in (None, f.payer))
              and (role in (None, f.role))]  # fmt: skip
    return np.sum(wanted, axis=0, dtype=np.int64) if wanted else np.zeros(len(flows[0].fen), dtype=np.int64)


def revenue_yuan(district: District) -> Reals:
    """Own revenue behind each community: a village's collective income, or its street's revenue shared by head."""
    people = district.communities.population.astype(float)
    village = district.is_village
    urban_people = np.bincount(district.street_index, weights=people * ~village, minlength=len(district.streets))
    per_head = district.streets.own_revenue_yuan / np.maximum(urban_people, 1.0)
    revenue = np.where(village, district.communities.collective_income_yuan, per_head[district.street_index] * people)
    return np.asarray(revenue * district.rates.revenue_scale)


def own_tier(district: District) -> list[Tier]:
    """For each community, the tier that pays its own money."""
    return ["village" if village else "street" for village in district.is_village]


def own_effort_fen(district: District) -> Integers:
    """Own money a payer would spend on each community without any grant, in fen; never above its limit."""
    share = min(district.rates.own_effort, district.rates.own_limit)
    return np.floor(revenue_yuan(district) * share * FEN_PER_YUAN).astype(np.int64)


def own_limit_fen(district: District) -> Integers:
    """Most own money each community's payer can spend on it, in fen."""
    return np.floor(revenue_yuan(district) * district.rates.own_limit * FEN_PER_YUAN).astype(np.int64)


def own_after_lump_fen(district: District, lump_fen: Integers) -> Integers:
    """Own money left after a lump grant displaced part of it, in fen."""
    displaced = np.ceil((1.0 - district.rates.stick_rate) * lump_fen).astype(np.int64)
    return np.asarray(np.maximum(0, own_effort_fen(district) - displaced))


def year_money(district: District, lump_fen: Integers) -> YearMoney:
    """The year's service money when the granter gives each community ``lump_fen``, under the district's fund rule."""
    fund = district.service_fund
    effort = own_effort_fen(district)
    own = own_after_lump_fen(district, lump_fen)
    displaced = effort - own
    match = np.zeros_like(own)
    left = 0
    if fund.mode == "voluntary":
        own, match, left = _matched(district, own)
    own_flows = _paid_by_each(district, "own", "service", own)
    if fund.mode == "mandated":
        if fund.payer is None:
            raise ValueError("a mandated match needs a payer tier")
        paid = np.floor(lump_fen / (1.0 + fund.ratio)).astype(np.int64)
        granted = [
            Flow(fund.payer, "mandated", "service", paid),
            Flow(fund.granter, "grant", "service", lump_fen - paid),
        ]
    else:
        granted = [Flow(fund.granter, "grant", "service", lump_fen), Flow(fund.granter, "match", "service", match)]
    flows = (*granted, *own_flows, *support_flows(district))
    return YearMoney(flows=flows, displaced_fen=displaced, match_left_fen=left)


def support_flows(district: District) -> tuple[Flow, ...]:
    """Cash that programmes of others bring to communities in a year, as part of their service money."""
    return tuple(Flow(support.payer, "support", "service", np.array(support.fen, dtype=np.int64))
                 for support in district.supports if any(support.fen))  # fmt: skip


def _paid_by_each(district: District, role: Role, programme: Programme, fen: Integers) -> list[Flow]:
    """Money that each place finds for itself: villages, and streets and towns for their residents' committees."""
    village = district.is_village
    return [Flow("street", role, programme, np.where(village, 0, fen)),
            Flow("village", role, programme, np.where(village, fen, 0))]  # fmt: skip


def care_flows(district: District) -> tuple[Flow, ...]:
    """What care money costs in a year, paid by those whom its cells name."""
    flows: list[Flow] = []
    for cell in district.care:
        fen = care_cost_fen(district, cell)
        each = cell.payer == "village"
        flows += _paid_by_each(district, "support", "programme", fen) if each else [
            Flow(cell.payer, "support", "programme", fen)]  # fmt: skip
    return tuple(flow for flow in flows if flow.fen.any())


def match_ratios(district: District) -> Reals:
    """Yuan that each community's own yuan is matched with: its own ratio in a tiered match, else the fund's."""
    fund = district.service_fund
    return np.array(fund.ratios or (fund.ratio,) * len(district.communities), dtype=float)


def _matched(district: District, own: Integers) -> tuple[Integers, Integers, int]:
    """Own money and match when payers answer a match of their ratio; the match is cut pro rata to the pool."""
    fund, ratios = district.service_fund, match_ratios(district)
    raised = np.floor(own * (1.0 + district.rates.match_response * np.minimum(ratios, 1.0))).astype(np.int64)
    # Where the cap binds the marginal yuan is unmatched, so nothing beyond the unraised money is paid above it.
    ceiling = np.maximum(own, np.floor(fund.cap_fen / np.maximum(ratios, 1e-9))).astype(np.int64)
    raised = np.minimum(np.minimum(raised, ceiling), np.maximum(own_limit_fen(district), 0))
    asked = np.minimum(np.floor(raised * ratios).astype(np.int64), fund.cap_fen)
    total = int(asked.sum())
    match = asked if total <= fund.pool_fen else asked * fund.pool_fen // total
    return raised, match.astype(np.int64), fund.pool_fen - int(match.sum())


def base_flows(district: District) -> tuple[Flow, ...]:
    """The work and party-building funds of a year, paid by the district; what programmes cost beside cash; care money."""
    work = np.rint(district.communities.work_fund_yuan * FEN_PER_YUAN).astype(np.int64)
    party = np.rint(district.communities.party_fund_yuan * FEN_PER_YUAN).astype(np.int64)
    programmes = [Flow(support.payer, "support", "programme", np.array(support.cost_fen, dtype=np.int64))
                  for support in district.supports if any(support.cost_fen)]  # fmt: skip
    funds = Flow("district", "grant", "work", work), Flow("district", "grant", "party", party)
    return *funds, *programmes, *care_flows(district)


@dataclass(frozen=True, kw_only=True)
class Outlay:
    """Consolidated public outlay in fen a year: what society pays for the plan, whoever pays it."""

    service_fen: int
    work_and_party_fen: int
    programmes_fen: int  # what programmes cost beside the cash they bring, and care money
    posts_fen: int
    postings_fen: int
    grids_fen: int
    capital_fen: int  # annualised
    running_fen: int

    @property
    def total_fen(self) -> int:
        """Everything together."""
        return (self.service_fen + self.work_and_party_fen + self.programmes_fen + self.posts_fen + self.postings_fen + self.grids_fen
                + self.capital_fen + self.running_fen)  # fmt: skip


def year_outlay(district: District, money: YearMoney, *, posts: int, posting_months: int, capital_fen: int,
                running_fen: int) -> Outlay:  # fmt: skip
    """The outlay of a year.

    ``posts`` counts base and extra posts, ``posting_months`` months served by posted officials, ``capital_fen`` the
    capital of all projects started so far (spread over its life here) and ``running_fen`` their running cost.
    """
    rates, flows = district.rates, base_flows(district)
    return Outlay(
        service_fen=int(money.service_fen.sum()),
        work_and_party_fen=int(sum(base.fen.sum() for base in flows if base.programme != "programme")),
        programmes_fen=int(sum(base.fen.sum() for base in flows if base.programme == "programme")),
        posts_fen=round(posts * rates.post_cost * FEN_PER_YUAN),
        postings_fen=round(posting_months / 12 * rates.posting_cost * FEN_PER_YUAN),
        grids_fen=round(int(district.communities.grids.sum()) * rates.grid_cost * FEN_PER_YUAN),
        capital_fen=round(capital_fen / rates.capital_years),
        running_fen=running_fen,
    )
