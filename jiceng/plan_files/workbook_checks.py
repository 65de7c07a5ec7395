"""The sheet of checks: totals of the exported plan beside its limits, as plain values."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimize.outlay import plan_outlay, project_cost_fen
from optimize.plan import Plan
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_WAN, year_money
from scenarios.reading.workbook_writing import Sheet, SheetColumn, Value
from scenarios.tables import Integers
from scenarios.text import Text

CHECKS = "核对 Checks"
_WAN, _ONE = Text("万元", "万元"), Text("个", "number")


def checks_sheet(plan: Plan, district: District) -> Sheet:
    """Totals by plan year, of the district and of each street or town, with the limit where there is one."""
    columns = (
        SheetColumn(heading="项目\nItem"),
        SheetColumn(heading="单位\nUnit"),
        *(SheetColumn(heading=f"{year}年\n{year}", form="figure") for year in plan.years),
        SheetColumn(heading="每年上限\nLimit a year", form="figure"),
    )
    return Sheet(name=CHECKS, columns=columns, rows=list(_rows(plan, district)), frozen=2)


def _rows(plan: Plan, district: District) -> Iterator[list[Value]]:
    fund, years = district.service_fund, range(len(plan.years))
    pool = fund.pool_fen / FEN_PER_WAN if fund.mode == "free" else None
    yield _row(Text("拨付合计", "Granted in all"), _WAN, _wan(plan.lump_fen.sum(axis=0)), pool)
    service = [int(year_money(district, plan.lump_fen[:, year]).service_fen.sum()) / FEN_PER_WAN for year in years]
    yield _row(Text("服务经费合计（含自筹和配套）", "Service money in all, own and matched too"), _WAN, service, None)
    yield _row(Text("购买服务合计", "Contracts in all"), _WAN, _wan(plan.contract_fen.sum(axis=0)), None)
    yield _row(Text("预防合计", "Prevention in all"), _WAN, _wan(plan.prevention_fen.sum(axis=0)), None)
    yield _row(Text("新增岗位合计", "Extra posts in all"), _ONE, plan.posts.sum(axis=0).tolist(), district.extra_posts)
    yield _row(
        Text("当年开始的选派", "Postings begun"),
        _ONE,
        _begun([p.start_month for p in plan.postings], plan),
        district.postings.posts,
    )
    yield _row(
        Text("当年开工的项目", "Projects begun"), _ONE, _begun([p.start_month for p in plan.projects], plan), None
    )
    yield _row(
        Text("当年项目投资", "Capital of projects begun"),
        _WAN,
        _capital(plan, district),
        district.venues.capital_fen / FEN_PER_WAN,
    )
    outlay = [year.total_fen / FEN_PER_WAN for year in plan_outlay(district, plan)]
    yield _row(Text("合并支出", "Consolidated outlay"), _WAN, outlay, None)
    names = dict(zip(district.streets.code, district.streets.name, strict=True))
    for code, name in names.items():
        here = np.array([street == code for street in district.communities.street_code])
        if here.any():
            yield _row(
                Text(f"其中：{name} 拨付", f"of which granted: {name}"),
                _WAN,
                _wan(plan.lump_fen[here].sum(axis=0)),
                None,
            )


def _row(item: Text, unit: Text, values: list[float], limit: float | None) -> list[Value]:
    return [f"{item.zh} {item.en}", unit.zh if unit.zh == unit.en else f"{unit.zh} {unit.en}", *values, limit]


def _wan(fen: Integers) -> list[float]:
    return [int(amount) / FEN_PER_WAN for amount in fen]


def _begun(months: list[int], plan: Plan) -> list[float]:
    return [sum(year * MONTHS <= month < (year + 1) * MONTHS for month in months) for year in range(len(plan.years))]


def _capital(plan: Plan, district: District) -> list[float]:
    rows = {site: row for row, site in enumerate(district.sites.id)}
    spent = [0.0] * len(plan.years)
    for project in plan.projects:
        year = project.start_month // MONTHS
        if project.site_id in rows and 0 <= year < len(spent):
            spent[year] += project_cost_fen(district, rows[project.site_id]) / FEN_PER_WAN
    return spent
