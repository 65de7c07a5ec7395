"""Exact money rules: entitlements, floors, caps and pools, who pays which half, and uses within the money at hand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

import numpy as np

from optimize.plan import Plan
from optimize.violation import Violation, wan
from scenarios import formulas
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN, YearMoney, sum_flows, year_money
from scenarios.text import Text


def money_violations(district: District, plan: Plan) -> Iterator[Violation]:
    """Every money rule that the plan breaks."""
    fund = district.service_fund
    pool, carried = fund.pool_fen - ceil(Fraction(str(fund.reserve_share)) * fund.pool_fen), 0
    for column, year in enumerate(plan.years):
        grants = [int(fen) for fen in plan.lump_fen[:, column]]
        if district.service_fund.mode != "free":
            yield from _entitled(district, grants, year)
        else:
            carried = carried + pool if district.service_fund.carry_over else pool
            yield from _chosen(district, grants, year, carried)
            carried -= sum(grants)
        money = year_money(district, plan.lump_fen[:, column])
        yield from _matched(district, grants, money, year)
        yield from _uses(district, plan, money, column)


def _entitled(district: District, grants: list[int], year: int) -> Iterator[Violation]:
    entitled = district.service_fund.entitlement_fen or (0,) * len(grants)
    for code, granted, due in zip(district.communities.code, grants, entitled, strict=True):
        if granted != due:
            yield Violation("entitlement", f"{code} {year}", Text(
                f"拨付{wan(granted)}万元，应为{wan(due)}万元", f"granted {wan(granted)} 万元; entitled to {wan(due)} 万元"))  # fmt: skip


def _chosen(district: District, grants: list[int], year: int, pool: int) -> Iterator[Violation]:
    fund = district.service_fund
    floors = fund.floor_fen or (0,) * len(grants)
    for code, granted, least in zip(district.communities.code, grants, floors, strict=True):
        if not least <= granted <= fund.cap_fen:
            yield Violation("floor and cap", f"{code} {year}", Text(
                f"拨付{wan(granted)}万元，应在{wan(least)}至{wan(fund.cap_fen)}万元之间",
                f"granted {wan(granted)} 万元; expected {wan(least)} to {wan(fund.cap_fen)} 万元"))  # fmt: skip
    if sum(grants) > pool:
        yield Violation("pool", str(year), Text(
            f"合计{wan(sum(grants))}万元，超过当年可用的资金池{wan(pool)}万元",
            f"{wan(sum(grants))} 万元 in all; the pool of the year holds {wan(pool)} 万元"))  # fmt: skip


def _matched(district: District, grants: list[int], money: YearMoney, year: int) -> Iterator[Violation]:
    """A mandated payer pays its part of every entitlement to the fen; a voluntary match stays within its ratio and the pool."""
    fund, codes = district.service_fund, district.communities.code
    if fund.mode == "mandated":
        ratio = Fraction(fund.ratio)
        paid = sum_flows(money.flows, role="mandated")
        for code, granted, part in zip(codes, grants, paid.tolist(), strict=True):
            if part != floor(granted / (1 + ratio)):
                yield Violation("match", f"{code} {year}", Text("强制配套的出资比例不符", "the mandated parts do not fit the ratio"))  # fmt: skip
    if fund.mode == "voluntary":
        match, own = sum_flows(money.flows, role="match"), sum_flows(money.flows, role="own")
        # A ratio is meant as it is written: 0.3 is three tenths, not the binary number next to it.
        ratios = [Fraction(str(ratio)) for ratio in fund.ratios or (fund.ratio,) * len(codes)]
        for code, drawn, raised, one in zip(codes, match.tolist(), own.tolist(), ratios, strict=True):
            if drawn > min(one * raised, fund.cap_fen):
                yield Violation("match", f"{code} {year}", Text("配套超过自筹额乘比例或上限", "the match exceeds own money times the ratio, or the cap"))  # fmt: skip
        if int(match.sum()) > fund.pool_fen:
            yield Violation("pool", str(year), Text("配套合计超过资金池", "the matches exceed the pool"))


def _uses(district: District, plan: Plan, money: YearMoney, column: int) -> Iterator[Violation]:
    price = Fraction(district.rates.contract_wage) * FEN_PER_YUAN
    limits = [floor(Fraction(hours) * price) for hours in formulas.contract_limit_hours(district).tolist()]
    service, year = np.asarray(money.service_fen), plan.years[column]
    for row, code in enumerate(district.communities.code):
        contract, prevention = int(plan.contract_fen[row, column]), int(plan.prevention_fen[row, column])
        if contract + prevention > int(service[row]):
            yield Violation("uses", f"{code} {year}", Text(
                f"购买服务与预防共{wan(contract + prevention)}万元，服务经费只有{wan(int(service[row]))}万元",
                f"contracts and prevention take {wan(contract + prevention)} 万元 of {wan(int(service[row]))} 万元"))  # fmt: skip
        if contract > limits[row]:
            yield Violation("contracts", f"{code} {year}", Text(
                f"购买服务{wan(contract)}万元，超过工时上限对应的{wan(limits[row])}万元",
                f"contracts of {wan(contract)} 万元; the hours allowed cost {wan(limits[row])} 万元"))  # fmt: skip
