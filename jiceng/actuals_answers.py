"""What ``jiceng actuals`` answers: last year's plan beside what was done, and a plan that goes on from there."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from jiceng.actuals import Account, Line, account_of, district_after
from jiceng.actuals_files import read_actuals
from jiceng.answer import Answer, Cell, Grid
from jiceng.answers import load_all
from jiceng.exit_codes import ExitCode
from jiceng.failure import of_status
from jiceng.plan_file import write_plan
from jiceng.plan_files.files import read_plan, write_plan_files
from jiceng.plan_text import plan_says
from jiceng.planning import PlanReport, asked_of, mean_outlay_fen
from jiceng.progress import Progress
from optimize import Limits, make_plan
from results.numbers import number
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.schema import Scenario
from scenarios.tables import Integers
from scenarios.text import Text

MOST_SHOWN = 10  # communities told by name
RECKONED = ("spent", "held")  # follow from the rest where they are not told


def accounted(reference: str, plan_file: Path, actuals_file: Path, *, out: Path | None, version: int | None,
              progress: Progress) -> Answer:  # fmt: skip
    """The plan's first year beside the actuals; with ``out``, the years that are left planned anew from reality."""
    scenario = load_all([reference])[0]
    district = scenario.district_value(version)
    plan = read_plan(plan_file, district).plan
    actuals = read_actuals(actuals_file, district, plan.years[0])
    account = account_of(district, plan, actuals, str(actuals_file))
    says: list[Text | Grid] = [Text(f"请留意：{notice.zh}", f"Note: {notice.en}") for notice in actuals.notices]
    says += [_totals(account), *_places(account, district), *_lists(account), _not_told(account)]
    data = {"scenario": scenario.id, "year": account.year, **_data(account)}
    if out is None:
        return Answer(data=data, says=tuple(says))
    progress("plan", 0, 1)
    report = _replanned(scenario, district_after(district, plan, actuals))
    progress("plan", 1, 1)
    write_plan(report.plan, out)
    write_plan_files(report.plan, report.district, out)
    data |= {"folder": str(out), "years": list(report.plan.years), "status": str(report.plan.status)}
    code: ExitCode = of_status(report.plan.status)
    return Answer(data=data, says=(*says, *plan_says(report, out)), code=code)


def _replanned(scenario: Scenario, later: District) -> PlanReport:
    """The years that are left, planned from the district as it stands."""
    settings = scenario.plan
    limits = Limits(time_limit_s=settings.time_limit_s, gap=settings.gap)
    plan = make_plan(later, method=settings.method, limits=limits, **asked_of(scenario))
    return PlanReport(scenario, later, plan, mean_outlay_fen(later, plan))


def _totals(account: Account) -> Grid:
    """Every item, all communities together."""
    header = (
        Text("事项", "item"),
        Text("计划", "planned"),
        Text("实际", "actual"),
        Text("相差", "difference"),
        Text("有出入的社区", "communities that differ"),
    )
    return Grid(header=header, rows=tuple(map(_total, account.lines)))


def _total(line: Line) -> tuple[Cell, ...]:
    figures = (_figure(line, values) for values in (line.planned, line.actual, line.difference))
    return _named(line), *figures, int(np.count_nonzero(line.difference))


def _named(line: Line) -> Text:
    unit = Text("个", "posts") if line.item == "posts" else Text("万元", "万元")
    return Text(f"{line.says.zh}（{unit.zh}）", f"{line.says.en} ({unit.en})")


def _figure(line: Line, values: Integers) -> str:
    total = int(values.sum())
    return number(total, 0) if line.item == "posts" else number(total / FEN_PER_WAN, 2)


def _places(account: Account, district: District) -> list[Text | Grid]:
    """The communities whose grants differ the most, by name."""
    line = account.line("granted")
    rows = [row for row in np.argsort(-np.abs(line.difference), kind="stable").tolist() if line.difference[row]][
        :MOST_SHOWN
    ]
    count = int(np.count_nonzero(line.difference))
    if not rows:
        return [Text("各社区拨付与计划一致。", "Every community was granted what was planned.")]
    total = number(int(line.difference.sum()) / FEN_PER_WAN, 2)
    head = Text(f"{count} 个社区的拨付与计划不同，合计相差 {total} 万元；相差最大的是：",
                f"{count} communities were granted other than planned, {total} 万元 in all; the largest differences:")  # fmt: skip
    cells = tuple((district.communities.name[row], *(number(int(values[row]) / FEN_PER_WAN, 2)
                   for values in (line.planned, line.actual, line.difference))) for row in rows)  # fmt: skip
    header = (
        Text("社区", "community"),
        Text("计划（万元）", "planned (万元)"),
        Text("实际（万元）", "actual (万元)"),
        Text("相差（万元）", "difference (万元)"),
    )
    return [head, Grid(header=header, rows=cells)]


def _lists(account: Account) -> list[Text]:
    """Postings and projects that were planned and not made, or made without being planned."""
    told = (
        (account.postings_missing, Text("计划了但没有到任的选派", "postings planned and not made")),
        (account.postings_unplanned, Text("计划外的选派", "postings that were not planned")),
        (account.projects_missing, Text("计划了但没有建成的项目", "projects planned and not open")),
        (account.projects_unplanned, Text("计划外建成的项目", "projects open that were not planned")),
    )
    return [Text(f"{says.zh}：{'、'.join(names)}", f"{says.en}: {', '.join(names)}") for names, says in told if names]


def _not_told(account: Account) -> Text:
    left = [line.says for line in account.lines if not line.told and line.item not in RECKONED]
    if not left:
        return Text("各项都有实际数。", "Every item is told by the actuals.")
    zh, en = "、".join(says.zh for says in left), ", ".join(says.en for says in left)
    return Text(f"实际数表中没有 {zh}，按计划数计。", f"Not told by the actuals, taken as planned: {en}.")


def _data(account: Account) -> dict[str, object]:
    lines = {line.item: {"planned": line.planned.tolist(), "actual": line.actual.tolist(), "difference": line.difference.tolist(),
                         "told": line.told} for line in account.lines}  # fmt: skip
    return {"communities": list(account.communities), "lines": lines, "postings_missing": list(account.postings_missing),
            "postings_unplanned": list(account.postings_unplanned), "projects_missing": list(account.projects_missing),
            "projects_unplanned": list(account.projects_unplanned)}  # fmt: skip
