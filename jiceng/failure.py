"""What went wrong, as an answer: a user's mistake in the user's words, and our own mistakes never as a traceback."""

from __future__ import annotations

import tempfile
import traceback
from dataclasses import fields
from pathlib import Path
from typing import Any

from jiceng.answer import Answer
from jiceng.exit_codes import ExitCode
from optimize.plan import PlanError, Status
from results.lock import LockedError
from results.store import StorageError
from scenarios.funding_scale import FundScaleError
from scenarios.problems import Problem, ScenarioError, render, system_reason, visible
from scenarios.text import Text


def explain(error: Exception) -> Answer:
    """The answer for an exception that left a command."""
    match error:
        case ScenarioError():
            return refused(error.problems)
        case PlanError():
            return _no_plan(error)
        case FundScaleError():
            return _no_size(error)
        case StorageError():
            return _storage(error.path, error.says)
        case LockedError():
            return _storage(error.path, Text(f"另一个进程（{error.owner}）正在写入", f"{error.owner} is writing there"))
        case OSError():
            return _storage(error.filename or "", system_reason(error))
        case _:
            return _our_bug(error)


def of_status(status: Status) -> ExitCode:
    """The exit code for the way a search for a plan ended. A limit is never shown as done."""
    if status in (Status.INFEASIBLE, Status.UNBOUNDED):
        return ExitCode.NO_PLAN
    return ExitCode.DONE if status in (Status.OPTIMAL, Status.RULE, Status.GIVEN) else ExitCode.INCOMPLETE


def refused(problems: tuple[Problem, ...]) -> Answer:
    """Every mistake in the user's files, one a line."""
    lines = Text(render(problems, "zh"), render(problems, "en"))
    count = Text(f"共 {len(problems)} 处需要修改。", f"{len(problems)} to mend.")
    error = {"kind": "input", "problems": [_problem_data(problem) for problem in problems]}
    return Answer(data={"error": error}, says=(lines, count), code=ExitCode.INPUT_REFUSED)


def _problem_data(problem: Problem) -> dict[str, Any]:
    """One mistake as JSON shows it."""
    return {entry.name: getattr(problem, entry.name) for entry in fields(problem)}


def _no_plan(error: PlanError) -> Answer:
    head = Text(f"没有可行方案（{error.status}）：", f"No plan fits ({error.status}):")
    data = {"error": {"kind": "plan", "status": str(error.status), "problems": error.problems}}
    return Answer(data=data, says=(head, *error.problems), code=of_status(error.status))


def _no_size(error: FundScaleError) -> Answer:
    says = Text(
        f"支出无法与基准方案持平。{error.says.zh}，或换一个基准方案。",
        f"The outlay cannot be the baseline's. In {error.says.en}, or choose another baseline.",
    )
    data = {"error": {"kind": "plan", "status": "infeasible", "problems": [says]}}
    return Answer(data=data, says=(says,), code=ExitCode.NO_PLAN)


def _storage(path: Path | str, reason: Text) -> Answer:
    where = visible(str(path), 300)
    says = Text(
        f"文件读写失败：{where}：{reason.zh}。请检查磁盘空间和文件夹权限，或用 --out 换一个位置。",
        f"Cannot read or write {where}: {reason.en}. Check free space and permissions, or choose another place with --out.",
    )
    error_data = {"kind": "storage", "file": where, "message": reason}
    return Answer(data={"error": error_data}, says=(says,), code=ExitCode.STORAGE)


def _our_bug(error: Exception) -> Answer:
    saved = _save_traceback(error)
    kept = str(saved) if saved else "-"
    name = type(error).__name__
    says = Text(
        f"程序内部错误（{name}），不是您的文件有误。详情已保存到 {kept}，请把该文件发给维护人员。",
        f"The program itself failed ({name}); your files are not to blame. Please send {kept} to the maintainers.",
    )
    return Answer(data={"error": {"kind": "bug", "type": name, "file": kept}}, says=(says,), code=ExitCode.OUR_BUG)


def _save_traceback(error: Exception) -> Path | None:
    """The traceback in a file of the system's temporary folder, or None where nothing can be written."""
    try:
        with tempfile.NamedTemporaryFile("w", prefix="jiceng-", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.writelines(traceback.format_exception(error))
    except OSError:
        return None
    return Path(file.name)
