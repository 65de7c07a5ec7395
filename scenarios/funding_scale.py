"""Scaling a service fund so that two policies can be compared at equal consolidated outlay. Exact, in whole fen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from scenarios.district import District
from scenarios.formulas import yearly_needs
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN, base_flows, year_money, year_outlay
from scenarios.tables import Integers
from scenarios.text import Text

OtherCosts = Callable[[District], int] | int
"""What the policy costs a year besides its funds, in fen: a number, or a function of the district."""


class FundScaleError(ValueError):
    """No size of the fund reaches the outlay asked for. ``says`` is why, and what to change."""

    def __init__(self, says: Text) -> None:
        super().__init__(says)  # so that it survives the way back from a worker process
        self.says = says

    def __str__(self) -> str:
        return self.says.en


def expected_lump_fen(district: District) -> Integers:
    """What the granter is expected to give each community outright in a year.

    The entitlement; in free mode, where the plan decides, the floor and then the rest of the pool in proportion to
    expected needs, up to the cap.
    """
    fund = district.service_fund
    if fund.mode != "free":
        amounts = fund.entitlement_fen or (0,) * len(district.communities)
        return np.array(amounts, dtype=np.int64)
    floor = np.array(fund.floor_fen, dtype=np.int64)
    needs = yearly_needs(district)
    rest = max(fund.pool_fen - int(floor.sum()), 0)
    by_need = floor + np.floor(rest * needs / needs.sum()).astype(np.int64)
    return np.asarray(np.minimum(by_need, np.maximum(fund.cap_fen, floor)))


def expected_outlay_fen(district: District, other_costs: OtherCosts = 0) -> int:
    """Expected consolidated outlay of a year in fen: service money of every payer, work and party funds, what programmes
    cost beside the cash they bring, other costs.

    Money that grants displace is not in it: the payer keeps it.
    """
    service = int(year_money(district, expected_lump_fen(district)).service_fen.sum())
    funds = int(sum(flow.fen.sum() for flow in base_flows(district)))
    return service + funds + (other_costs(district) if callable(other_costs) else other_costs)


def full_use_costs_fen(district: District) -> int:
    """Yearly cost of posts, postings, grids and venues in fen when a policy uses everything it may.

    Every post is filled, every posting served, and the capital of each plan year spent; capital is spread over the
    life of a venue and averaged over the plan years. Running costs follow from the plan and are left out, and so are
    programmes, which :func:`expected_outlay_fen` counts with the funds.
    """
    here, rule = district.communities, district.postings
    officials = min(rule.posts, len(district.slots))
    capital = district.venues.capital_fen * (district.years + 1) // 2
    nothing = np.zeros(len(here), dtype=np.int64)
    outlay = year_outlay(district, year_money(district, nothing), posts=int(here.posts.sum()) + district.extra_posts,
                         posting_months=12 * officials, capital_fen=capital, running_fen=0)  # fmt: skip
    return outlay.total_fen - outlay.service_fen - outlay.work_and_party_fen - outlay.programmes_fen


def balance(district: District, target_fen_year: int, other_costs: OtherCosts = 0) -> District:
    """The district with its service fund resized so that the expected outlay meets the target.

    Bisection in whole fen on the fund's yearly total. The shares of the communities stay as they are (equal where the
    fund was 0); in free mode the floors keep their ratio to the pool. The outlay reached is within 1 yuan a community.

    Raises ``FundScaleError`` when posts, capital and own money alone cost more than the target, or when the rule's caps
    keep the outlay below it.
    """
    low, high = 0, max(target_fen_year, 1)
    tolerance = FEN_PER_YUAN * len(district.communities)

    def outlay(total_fen: int) -> int:
        return expected_outlay_fen(_with_total(district, total_fen), other_costs)

    least, most = outlay(low), outlay(high)
    if least > target_fen_year + tolerance:
        raise FundScaleError(_too_dear(least, target_fen_year))
    if most < target_fen_year - tolerance:
        raise FundScaleError(_capped(most, target_fen_year))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if outlay(middle) <= target_fen_year else (low, middle)
    return _with_total(district, low)


def _with_total(district: District, total_fen: int) -> District:
    """The district whose fund hands out this much a year outright, every community's share as before."""
    fund = district.service_fund
    if fund.mode == "free":
        floors = tuple(total_fen * floor // max(fund.pool_fen, 1) for floor in fund.floor_fen)
        return district.with_changes(service_fund=replace(fund, pool_fen=total_fen, floor_fen=floors))
    shape = fund.entitlement_fen if sum(fund.entitlement_fen) else (1,) * len(district.communities)
    entitlement = tuple(total_fen * part // sum(shape) for part in shape)
    return district.with_changes(service_fund=replace(fund, entitlement_fen=entitlement))


def _too_dear(least_fen: int, target_fen: int) -> Text:
    least, target = (f"{fen / FEN_PER_WAN:.2f} 万元" for fen in (least_fen, target_fen))
    return Text(f"一分补助不发，每年支出已达 {least}，高于基准方案的 {target}：提高基准方案的支出，或减少岗位、选派、项目或建设投资",
                f"without any grant the outlay is {least} a year, above the target of {target}: raise the target, or cut "
                "posts, postings, programmes or capital")  # fmt: skip


def _capped(most_fen: int, target_fen: int) -> Text:
    most, target = (f"{fen / FEN_PER_WAN:.2f} 万元" for fen in (most_fen, target_fen))
    return Text(f"受资金上限限制，每年支出至多 {most}，低于基准方案的 {target}：提高上限",
                f"the caps of the fund hold the outlay at {most} a year, below the target of {target}: raise the cap")  # fmt: skip
