"""Rules of thumb as plans: the same money by a rule everyone can follow, and simple uses of it. Nothing is searched.

Where the fund's rule leaves the grants open, a rule of thumb shares the pool; elsewhere the rule of the fund decides.
Uses follow one rule: first the cash that all reached matters take, then contract hours up to their limit, then
prevention if what is left reaches its threshold. Officials go to the weakest communities, venues to where space is
shortest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np

from optimize.coefficients import Yields, yields_of
from optimize.money import support_fen
from optimize.outlay import plan_outlay
from optimize.plan import Plan, Status
from optimize.sharing import share_out
from optimize.simple_postings import post_weakest_first
from optimize.simple_venues import build_where_space_is_short
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN, own_effort_fen, year_money
from scenarios.tables import Integers, Reals

Rule = Literal["equal_split", "per_head", "last_year", "needs_formula"]
RULES: tuple[Rule, ...] = get_args(Rule)


def rule_plan(district: District, rule: Rule, *, outlay_fen: int | None = None) -> Plan:
    """The plan of a rule of thumb; with ``outlay_fen`` the granted total is set so that the yearly outlay meets it.

    Where the fund's rule fixes the grants the outlay cannot be moved and ``outlay_fen`` is ignored here.
    """
    postings = post_weakest_first(district)
    projects = build_where_space_is_short(district)
    posts = _repeat(share_out(district.extra_posts, _weights(district, rule), low=_zeros(district),
                              high=np.full(len(district.communities), district.extra_posts)), district)  # fmt: skip

    def with_total(total_fen: int) -> Plan:
        lump = grants_by_rule(district, rule, total_fen)
        contract, prevention = simple_uses(district, yields_of(district), lump)
        return Plan(
            method=rule,
            communities=district.communities.code,
            years=district.plan_years,
            status=Status.RULE,
            lump_fen=_repeat(lump, district),
            contract_fen=_repeat(contract, district),
            prevention_fen=_repeat(prevention, district),
            posts=posts,
            postings=postings,
            projects=projects,
        )

    pool = district.service_fund.pool_fen
    if outlay_fen is None or district.service_fund.mode != "free":
        return with_total(pool)
    return with_total(_largest(lambda total: _mean_outlay(district, with_total(total)) <= outlay_fen, pool))


def grants_by_rule(district: District, rule: Rule, total_fen: int) -> Integers:
    """Grant per community and year in fen: the entitlement, or the pool shared by the rule between floor and cap."""
    fund, count = district.service_fund, len(district.communities)
    if fund.mode != "free":
        return np.array(fund.entitlement_fen or (0,) * count, dtype=np.int64)
    low = np.array(fund.floor_fen or (0,) * count, dtype=np.int64)
    high = np.full(count, min(fund.cap_fen, max(total_fen, int(low.max(initial=0)))), dtype=np.int64)
    others = (own_effort_fen(district) + support_fen(district)).astype(float) if rule == "needs_formula" else None
    return share_out(total_fen, _weights(district, rule), low=low, high=high, offset=others)


def _weights(district: District, rule: Rule) -> Reals:
    here = district.communities
    if rule == "per_head":
        return here.population.astype(float)
    if rule == "last_year":
        return here.last_service_fund_yuan.astype(float)
    if rule == "needs_formula":  # tops the money of others up to the same money per need
        return yields_of(district).needs
    return np.ones(len(here))


def simple_uses(district: District, yields: Yields, lump_fen: Integers) -> tuple[Integers, Integers]:
    """Contract and prevention money per community and year, in fen."""
    left = year_money(district, lump_fen).service_fen - yields.reached.fen
    contract = np.clip(left, 0, yields.contract_limit_fen)
    left = left - contract
    threshold = np.ceil(yields.curve.threshold_yuan * FEN_PER_YUAN * yields.residents)
    most = np.floor((yields.curve.threshold_yuan + sum(yields.curve.lengths_yuan)) * FEN_PER_YUAN * yields.residents)
    prevention = np.where(left >= threshold, np.minimum(left, most), 0)
    return np.floor(contract).astype(np.int64), np.floor(prevention).astype(np.int64)


def _mean_outlay(district: District, plan: Plan) -> float:
    return float(np.mean([outlay.total_fen for outlay in plan_outlay(district, plan)]))


def _largest(fits: Callable[[int], bool], top: int) -> int:
    """Largest whole number up to ``top`` that fits, for a test that fails above some number; 0 if none does."""
    bottom = 0
    while bottom < top:
        middle = (bottom + top + 1) // 2
        bottom, top = (middle, top) if fits(middle) else (bottom, middle - 1)
    return bottom


def _repeat(values: Integers, district: District) -> Integers:
    return np.repeat(values[:, None], district.years, axis=1)


def _zeros(district: District) -> Integers:
    return np.zeros(len(district.communities), dtype=np.int64)
