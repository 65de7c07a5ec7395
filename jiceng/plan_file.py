"""A plan as files that a spreadsheet opens: money and posts by community and year, postings, projects, and its status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from optimize.plan import Plan
from scenarios.funding import FEN_PER_YUAN

ALLOCATION, POSTINGS, PROJECTS, ABOUT = "allocation.csv", "postings.csv", "projects.csv", "plan.json"


def write_plan(plan: Plan, folder: Path) -> None:
    """Write the plan's tables (CSV in UTF-8 with a mark, so that Excel reads the Chinese) and how it was found."""
    folder.mkdir(parents=True, exist_ok=True)
    allocation_table(plan).to_csv(folder / ALLOCATION, index=False, encoding="utf-8-sig")
    posting_table(plan).to_csv(folder / POSTINGS, index=False, encoding="utf-8-sig")
    project_table(plan).to_csv(folder / PROJECTS, index=False, encoding="utf-8-sig")
    (folder / ABOUT).write_text(json.dumps(about(plan), ensure_ascii=False, indent=1), encoding="utf-8")


def about(plan: Plan) -> dict[str, Any]:
    """How the plan was found: method, status, gap, and the value and bound of every goal."""
    goals = [{"goal": goal.goal, "status": str(goal.status), "value": goal.value, "bound": goal.bound,
              "gap": goal.gap, "seconds": goal.seconds} for goal in plan.goals]  # fmt: skip
    return {"method": plan.method, "years": list(plan.years), "status": str(plan.status), "proven": plan.proven,
            "gap": plan.gap, "goals": goals}  # fmt: skip


def allocation_table(plan: Plan) -> pd.DataFrame:
    """One row a community and year: granted money, contracts and prevention in yuan, and extra posts."""
    return pd.DataFrame(_allocations(plan), columns=["community", "year", "granted_yuan", "contracts_yuan",
                                                     "prevention_yuan", "extra_posts"])  # fmt: skip


def posting_table(plan: Plan) -> pd.DataFrame:
    """One row a posting; months count from January of the first plan year."""
    rows = [(posting.slot, posting.community, posting.start_month, posting.months) for posting in plan.postings]
    return pd.DataFrame(rows, columns=["slot", "community", "start_month", "months"])


def project_table(plan: Plan) -> pd.DataFrame:
    """One row a venue project and community it serves, with the square metres that the community may use."""
    rows = [(project.site_id, project.start_month, community, m2)
            for project in plan.projects for community, m2 in project.serves]  # fmt: skip
    return pd.DataFrame(rows, columns=["project", "start_month", "community", "m2"])


def _allocations(plan: Plan) -> Iterator[tuple[str, int, float, float, float, int]]:
    for place, community in enumerate(plan.communities):
        for column, year in enumerate(plan.years):
            money = (plan.lump_fen, plan.contract_fen, plan.prevention_fen)
            granted, contracts, prevention = (float(fen[place, column]) / FEN_PER_YUAN for fen in money)
            yield community, year, granted, contracts, prevention, int(plan.posts[place, column])
