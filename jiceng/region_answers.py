"""What ``jiceng optimize-region`` answers: the region's value, bound and gap, and every county's share and plan."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd

from jiceng.answer import Answer, Cell, Grid
from jiceng.failure import of_status
from jiceng.plan_file import write_plan
from jiceng.plan_text import STATUSES
from jiceng.progress import Progress
from jiceng.study import workers_pool
from optimize.region import CountyResult, RegionLimits, RegionPlan, plan_region
from results.numbers import number
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN
from scenarios.region import Region
from scenarios.region_files import load_region
from scenarios.text import Text

COUNTIES, ABOUT = "counties.csv", "region.json"


def planned(reference: str, out: Path, *, years: int | None, gap: float, workers: int | None,
            progress: Progress) -> Answer:  # fmt: skip
    """A plan for a region, written as files: one table of shares, and a folder with the plan of each county."""
    began = perf_counter()
    region = load_region(reference)
    region = region if years is None else region.with_changes(years=years)
    count = workers or os.cpu_count() or 1
    with workers_pool(count) if count > 1 else nullcontext() as executor:
        plan = plan_region(region, limits=replace(RegionLimits(), gap=gap), executor=executor, progress=progress)
    data = about(region, plan, seconds=perf_counter() - began)
    write_region(plan, data, out)
    return Answer(data={**data, "folder": str(out)}, says=_says(region, plan, data, out), code=of_status(plan.status))


def about(region: Region, plan: RegionPlan, *, seconds: float) -> dict[str, Any]:
    """How the search ended, what the pools are worth, and every county's share; money in yuan a year."""
    return {
        "region": plan.code,
        "name": plan.name,
        "years": list(plan.years),
        "residents": region.population,
        "communities": region.size,
        "status": str(plan.status),
        "value": plan.value,
        "bound": plan.bound,
        "gap": plan.gap,
        "seconds": round(seconds, 1),
        "rounds": plan.rounds,
        "prices": {"grant": plan.prices.grant, "official": plan.prices.officials, "capital": plan.prices.capital},
        "sites_built": plan.sites_built,
        "counties": [county_row(county) for county in plan.counties],
    }


def county_row(county: CountyResult) -> dict[str, Any]:
    """A county's share and what its plan promises."""
    share = county.share
    return {
        "code": county.code,
        "name": county.name.zh,
        "own_yuan": share.own_fen / FEN_PER_YUAN,
        "grant_yuan": share.grant_fen / FEN_PER_YUAN,
        "officials": share.officials,
        "capital_yuan": share.capital_fen / FEN_PER_YUAN,
        "needs_met_share": round(county.met_share, 6),
        "sites_built": county.sites_built,
        "postings": len(county.plan.postings),
        "cost_wan": round(county.cost, 4),
        "gap": county.plan.gap,
    }


def write_region(plan: RegionPlan, data: dict[str, Any], folder: Path) -> None:
    """Write the table of shares, how the search ended, and each county's plan in a folder of its code."""
    for county in plan.counties:
        write_plan(county.plan, folder / county.code)
    table = pd.DataFrame([county_row(county) for county in plan.counties])
    table.to_csv(folder / COUNTIES, index=False, encoding="utf-8-sig")
    (folder / ABOUT).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def _says(region: Region, plan: RegionPlan, data: dict[str, Any], folder: Path) -> tuple[Text | Grid, ...]:
    status, value, bound = STATUSES[plan.status], number(plan.value), number(plan.bound)
    head = Text(
        f"{plan.name.zh}：{status.zh}，社会成本每年 {value} 万元，下界 {bound} 万元，差距 {plan.gap:.2%}；"
        f"建场所 {plan.sites_built} 处；用时 {data['seconds']:.0f} 秒。已写入 {folder}。",
        f"{plan.name.en}: {status.en}, social cost {value} 万元 a year, bound {bound} 万元, gap {plan.gap:.2%}; "
        f"{plan.sites_built} venues; {data['seconds']:.0f} s. Written to {folder}.",
    )
    worth = Text(
        f"多一元补助值 {plan.prices.grant:.2f} 元，多一个选派名额每年值 {plan.prices.officials:.1f} 万元，"
        f"多一元投资值 {plan.prices.capital:.2f} 元。",
        f"One more yuan of grants is worth {plan.prices.grant:.2f} yuan, one more official {plan.prices.officials:.1f} "
        f"万元 a year, one more yuan of capital {plan.prices.capital:.2f} yuan.",
    )
    return _table(plan), head, worth


def _table(plan: RegionPlan) -> Grid:
    header = (Text("县区", "county"), Text("自筹（万元）", "own, 万元"), Text("补助（万元）", "grant, 万元"),
              Text("选派", "officials"), Text("投资（万元）", "capital, 万元"), Text("需求满足", "needs met"))  # fmt: skip
    return Grid(header=header, rows=tuple(map(_row, plan.counties)))


def _row(county: CountyResult) -> tuple[Cell, ...]:
    share = county.share
    own, grant, capital = (number(fen / FEN_PER_WAN, 1) for fen in (share.own_fen, share.grant_fen, share.capital_fen))
    return county.name, own, grant, share.officials, capital, f"{county.met_share:.1%}"
