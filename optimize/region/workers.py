"""Tasks over an executor, or in this process: results in the order of the counties, the largest begun first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, as_completed
from typing import Any, TypeVar

Found = TypeVar("Found")
Progress = Callable[[str, int, int], None]  # stage, tasks done, tasks in all


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def run_all(work: Callable[..., Found], tasks: Sequence[tuple[Any, ...]], sizes: Sequence[int],
            executor: Executor | None, stage: str = "", progress: Progress = silent) -> list[Found]:  # fmt: skip
    """``work(*task)`` for every task. ``work`` is a function of a module, so that worker processes find it."""
    if executor is None:
        return [_told(work(*task), stage, number, len(tasks), progress) for number, task in enumerate(tasks)]
    order = sorted(range(len(tasks)), key=lambda number: -sizes[number])
    jobs = {number: executor.submit(work, *tasks[number]) for number in order}
    for done, job in enumerate(as_completed(jobs.values())):
        _told(job.result(), stage, done, len(tasks), progress)
    return [jobs[number].result() for number in range(len(tasks))]


def _told(found: Found, stage: str, done: int, total: int, progress: Progress) -> Found:
    if stage:
        progress(stage, done + 1, total)
    return found
