"""What ``jiceng frontier`` answers: the points with their proofs, what a further 万元 brings, and the page written."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiceng.answer import Answer, Cell, Grid
from jiceng.answers import load_all
from jiceng.failure import of_status
from jiceng.planning import asked_of
from jiceng.study import workers_pool
from optimize import Limits, Status
from optimize.frontier import Frontier, Marginal, make_frontier
from optimize.frontier_point import Point
from results.charts_frontier import COST, FUND, NEEDS_MET, SAVED, SHADOW, WORST
from results.frontier_page import FrontierReport, headline, write_frontier_page
from results.numbers import number
from scenarios.text import Text


def frontier(reference: str, *, points: int, fund_shares: tuple[float, float], workers: int | None,
             version: int | None, out: Path) -> Answer:  # fmt: skip
    """The frontier of a scenario, and its page ``frontier.html`` in a folder."""
    scenario, began = load_all([reference])[0], time.perf_counter()
    district, settings = scenario.district_value(version), scenario.plan
    limits = Limits(time_limit_s=settings.time_limit_s, gap=settings.gap)
    with workers_pool(workers or os.cpu_count() or 1) as executor:
        found = make_frontier(district, points=points, fund_shares=fund_shares, limits=limits,
                              requirements=asked_of(scenario)["requirements"], executor=executor)  # fmt: skip
    seconds = time.perf_counter() - began
    out.mkdir(parents=True, exist_ok=True)
    page = out / "frontier.html"
    write_frontier_page(FrontierReport(name=scenario.name, communities=len(district.communities), frontier=found,
                                       gap=limits.gap, seconds=seconds), page)  # fmt: skip
    data = {"scenario": scenario.id, **_data(found), "seconds": round(seconds, 3), "page": str(page)}
    return Answer(data=data, says=_says(found, seconds, page), code=of_status(_status(found)))


def _status(found: Frontier) -> Status:
    """Optimal if every point was proven and none is missing."""
    points = (*found.budget, *found.fairness)
    proven = not found.missing and all(one.status is Status.OPTIMAL for one in points)
    return Status.OPTIMAL if proven else Status.FEASIBLE


def _data(found: Frontier) -> dict[str, Any]:
    return {
        "budget": [_point(one) for one in found.budget],
        "fairness": [_point(one) for one in found.fairness],
        "dropped": [_point(one) for one in found.dropped],
        "missing": [asdict(one) for one in found.missing],
        "marginals": [{**asdict(one), "proven": one.proven} for one in found.marginals],
    }


def _point(one: Point) -> dict[str, Any]:
    figures = ("fund_wan", "outlay_wan", "cost", "bound", "gap", "worst_tenth", "needs_met", "needs", "promised_cost",
               "promised_worst", "shadow", "seconds")  # fmt: skip
    asked = {"fund_share": one.asked.fund_share, "worst_tenth_at_most": one.asked.worst_tenth}
    return asked | {"status": str(one.status)} | {name: getattr(one, name) for name in figures}


def _says(found: Frontier, seconds: float, page: Path) -> tuple[Text | Grid, ...]:
    written = Text(f"用时 {seconds:.0f} 秒。页面已写入 {page}。", f"{seconds:.0f} s. The page is written to {page}.")
    dropped = Text(
        f"另有 {len(found.dropped)} 个点被支配，未列出。", f"{len(found.dropped)} more points are dominated."
    )
    money = (_marginals(found.marginals),) if found.marginals else ()
    return (_grid(found.budget), *money, _grid(found.fairness), headline(found), dropped, written)


def _grid(points: Sequence[Point]) -> Grid:
    header = (FUND, WORST, COST, Text("下界", "bound"), Text("差距", "gap"), NEEDS_MET)
    return Grid(header=header, rows=tuple(_row(one) for one in points))


def _row(one: Point) -> tuple[Cell, ...]:
    return (number(one.fund_wan), number(100 * one.worst_tenth, 1), number(one.cost, 1), number(one.bound, 1),
            f"{one.gap:.2%}", number(one.needs_met))  # fmt: skip


def _marginals(marginals: Sequence[Marginal]) -> Grid:
    header = (
        FUND,
        SAVED,
        Text("误差带", "band"),
        Text("每多1万元多办结（件）", "more needs met by one more 万元"),
        SHADOW,
    )
    rows = tuple(
        (f"{number(one.from_wan)} → {number(one.to_wan)}", number(one.saved, 2), f"{number(one.low, 2)} – {number(one.high, 2)}",
         number(one.needs, 2), "-" if one.shadow is None else number(one.shadow, 2)) for one in marginals
    )  # fmt: skip
    return Grid(header=header, rows=rows)
