"""Outcomes and plans as tables, one row a fact, in an order that does not depend on how the runs were made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from optimize.plan import Plan
from scenarios.tables import Integers
from sim.outcome import FLOWS, GRID_FLOWS, METRICS, WAIT_BINS, Outcome, summary

STOCKS: tuple[str, ...] = (
    "unvoiced", "routing", "queued", "minutes_waiting", "fen_held", "satisfaction", "engagement", "responsiveness", "quality", "partners",
    "service_m2", "posts", "postings",
)  # fmt: skip
"""Flows of the outcome that are states at the end of a month: a year's value is that of its last month."""
_IS_STOCK = np.array([name in STOCKS for name in FLOWS])


def outcome_tables(outcomes: Sequence[Outcome]) -> dict[str, pd.DataFrame]:
    """Tables of all runs: metrics, and the counts per community and year, per district and month, per grid and year.

    Whole numbers stay whole: counts, minutes, fen, and states in units of 1 / SCALE.
    """
    ordered = sorted(outcomes, key=lambda o: (o.policy, o.seed, o.future, o.replication))
    return {
        "metrics": _stacked(ordered, _metrics),
        "community_years": _stacked(ordered, _community_years),
        "community_waits": _stacked(ordered, _waits),
        "district_months": _stacked(ordered, _district_months),
        "grid_years": _stacked(ordered, _grid_years),
        "district_years": _stacked(ordered, _district_years),
    }


def plan_tables(plans: Mapping[str, Plan]) -> dict[str, pd.DataFrame]:
    """Tables of all plans by policy: allocations, postings, projects, and the goals reached with bound and gap."""
    named = sorted(plans.items())
    allocations = [_allocation(policy, plan) for policy, plan in named]
    postings = [(policy, p.slot, p.community, p.start_month, p.months) for policy, plan in named for p in plan.postings]
    projects = [(policy, p.site_id, p.start_month, code, float(m2))
                for policy, plan in named for p in plan.projects for code, m2 in p.serves]  # fmt: skip
    goals = [(policy, order, g.goal, str(g.status), float(g.value), float(g.bound), float(g.gap))
             for policy, plan in named for order, g in enumerate(plan.goals)]  # fmt: skip
    return {
        "plan_allocations": pd.concat(allocations, ignore_index=True) if allocations else pd.DataFrame(),
        "plan_postings": _frame(postings, policy="str", slot="str", code="str", start_month="int64", months="int64"),
        "plan_projects": _frame(projects, policy="str", site="str", start_month="int64", code="str", m2="float64"),
        "plan_goals": _frame(goals, policy="str", order="int64", goal="str", status="str", value="float64",
                             bound="float64", gap="float64"),
    }  # fmt: skip


def _frame(rows: Sequence[tuple[object, ...]], **columns: str) -> pd.DataFrame:
    """Rows under typed columns; the types hold even without rows."""
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def _stacked(outcomes: Sequence[Outcome], make: Callable[[Outcome], pd.DataFrame]) -> pd.DataFrame:
    frames = []
    for outcome in outcomes:
        frame = make(outcome)
        for place, name in enumerate(("policy", "seed", "future", "replication")):
            frame.insert(place, name, getattr(outcome, name))
        frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _metrics(outcome: Outcome) -> pd.DataFrame:
    values = summary(outcome)
    return pd.DataFrame({"metric": list(values), "unit": [METRICS[name].unit for name in values],
                         "value": list(values.values())})  # fmt: skip


def _calendar(outcome: Outcome) -> Integers:
    """The absolute month number of each row of the outcome."""
    return outcome.first_month + np.arange(len(outcome.monthly))


def _community_years(outcome: Outcome) -> pd.DataFrame:
    years = _calendar(outcome) // 12
    blocks = []
    for year in np.unique(years):
        months = outcome.monthly[years == year].astype(np.int64)
        values = np.where(_IS_STOCK, months[-1], months.sum(axis=0))
        block = pd.DataFrame(values, columns=list(FLOWS))
        block.insert(0, "code", list(outcome.codes))
        block.insert(0, "year", int(year))
        blocks.append(block)
    return pd.concat(blocks, ignore_index=True)


def _waits(outcome: Outcome) -> pd.DataFrame:
    years, count, _ = outcome.waits.shape
    first = outcome.first_month // 12
    frame = pd.DataFrame(outcome.waits.reshape(-1, WAIT_BINS), columns=[f"months_{wait}" for wait in range(WAIT_BINS)])
    frame.insert(0, "code", list(outcome.codes) * years)
    frame.insert(0, "year", np.repeat(np.arange(first, first + years), count))
    return frame


def _district_months(outcome: Outcome) -> pd.DataFrame:
    frame = pd.DataFrame(outcome.monthly.sum(axis=1, dtype=np.int64), columns=list(FLOWS))
    calendar = _calendar(outcome)
    frame.insert(0, "month", calendar % 12 + 1)
    frame.insert(0, "year", calendar // 12)
    return frame


def _grid_years(outcome: Outcome) -> pd.DataFrame:
    years, grids, _ = outcome.grids.shape
    first = outcome.first_month // 12
    frame = pd.DataFrame(outcome.grids.reshape(-1, len(GRID_FLOWS)), columns=list(GRID_FLOWS))
    frame.insert(0, "code", np.tile(np.array(outcome.codes, dtype=object)[outcome.grid_community], years))
    frame.insert(0, "grid", np.tile(np.arange(grids), years))
    frame.insert(0, "year", np.repeat(np.arange(first, first + years), grids))
    return frame


def _district_years(outcome: Outcome) -> pd.DataFrame:
    first = outcome.first_month // 12
    return pd.DataFrame({"year": np.arange(first, first + len(outcome.outlay_fen)), "outlay_fen": outcome.outlay_fen,
                         "match_left_fen": outcome.match_left_fen})  # fmt: skip


def _allocation(policy: str, plan: Plan) -> pd.DataFrame:
    count, years = plan.lump_fen.shape
    frame = pd.DataFrame({
        "policy": policy, "code": np.repeat(np.array(plan.communities, dtype=object), years),
        "year": np.tile(np.array(plan.years, dtype=np.int64), count),
    })  # fmt: skip
    for name in ("lump_fen", "contract_fen", "prevention_fen", "posts", "promised_met", "promised_needs"):
        values = getattr(plan, name)
        if values.size:
            frame[name] = values.reshape(-1)
    return frame
