"""What ``jiceng optimize --model`` answers: the decision of a location model, with its proof."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from jiceng.answer import Answer, Grid
from jiceng.failure import of_status
from optimize.location import MODELS, Asked, Located, Solved, solve
from optimize.plan import Limits, Status
from scenarios.text import Text

WHOLE = 1.0 - 1e-9  # a share of demand from here on is all of it
MOST_ROWS = 50  # of the assignment that people see; --json lists all

STATUS = {
    Status.OPTIMAL: Text("已证明最优", "proven optimal"),
    Status.FEASIBLE: Text("可行，但未证明最优", "feasible, not proven optimal"),
    Status.INFEASIBLE: Text("无可行解", "infeasible"),
    Status.UNBOUNDED: Text("无界", "unbounded"),
    Status.NONE: Text("到时限仍未找到可行解", "stopped by the limit without a solution"),
}


def located(model: str, asked: Asked, *, time_limit_s: float) -> Answer:
    """The answer of a location model on a file."""
    solved = solve(model, asked, Limits(time_limit_s=time_limit_s, gap=0.0))
    return Answer(
        data=_data(model, asked.path, solved), says=_says(model, solved), code=of_status(solved.located.status)
    )


def _data(model: str, path: Path, solved: Solved) -> dict[str, Any]:
    found = solved.located
    return {
        "model": model,
        "file": str(path),
        "status": str(found.status),
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "seconds": round(found.seconds, 3),
        "facilities": found.facilities,
        "assignment": [vars(served) for served in found.serves],
        "because": found.because,
        "notices": solved.instance.notices,
    }


def _says(model: str, solved: Solved) -> tuple[Text | Grid, ...]:
    found, about = solved.located, MODELS[model]
    notices = [Text(f"请留意：{notice.zh}", f"Note: {notice.en}") for notice in solved.instance.notices]
    head = Text(f"{about.says.zh}：{STATUS[found.status].zh}，用时 {found.seconds:.2f} 秒",
                f"{about.says.en}: {STATUS[found.status].en}, {found.seconds:.2f} s")  # fmt: skip
    if math.isinf(found.objective):
        return (*notices, head, *([found.because] if found.because else []))
    return (*notices, head, *_figures(found, about.objective), *_decided(found))


def _figures(found: Located, objective: Text) -> tuple[Text, ...]:
    value = Text(f"{objective.zh} {found.objective:.15g}", f"{objective.en} {found.objective:.15g}")
    if found.status is Status.OPTIMAL:
        return (value,)
    gap = f"{found.gap:.3%}" if math.isfinite(found.gap) else "-"
    bound = f"{found.bound:.15g}" if math.isfinite(found.bound) else "-"
    return (value, Text(f"界 {bound}，差距 {gap}", f"bound {bound}, gap {gap}"))


def _decided(found: Located) -> tuple[Text | Grid, ...]:
    listed = ", ".join(found.facilities)
    chosen = Text(f"选定 {len(found.facilities)} 处：{listed}", f"{len(found.facilities)} chosen: {listed}")
    shown = found.serves[:MOST_ROWS]
    rows = tuple((served.customer, served.facility, _share(served.share)) for served in shown)
    grid = Grid(header=(Text("需求点", "customer"), Text("设施", "facility"), Text("份额", "share")), rows=rows)
    rest = len(found.serves) - len(shown)
    more = (Text(f"另有 {rest} 行，用 --json 可看全部。", f"{rest} more rows; --json lists all."),) if rest else ()
    return (chosen, grid, *more) if rows else (chosen,)


def _share(share: float) -> str:
    return "1" if share >= WHOLE else f"{share:.4f}"
