"""How answers and progress look on a terminal: the only place, with ``cli.py``, that knows rich."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import rich.text
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from jiceng.answer import Answer, Cell, Grid
from jiceng.progress import Pace, Progress, stage_name
from scenarios.text import Language, Text

PLAIN_WIDTH = 240  # columns of a table that goes to a file or a pipe, so that nothing is cut


def show(answer: Answer, verb: str, language: Language, *, as_json: bool) -> None:
    """Print an answer: the object on stdout and the words on stderr, or the words alone on stdout."""
    if as_json:
        sys.stdout.write(answer.as_json(verb) + "\n")
        sys.stdout.flush()
    console = _console(stderr=as_json or bool(answer.code))
    for part in answer.says:
        console.print(_drawn(part, language), soft_wrap=isinstance(part, Text))


@contextmanager
def progress_shown(language: Language) -> Iterator[Progress]:
    """A callable for the pipeline that shows on stderr where a command of more than two seconds stands."""
    console = _console(stderr=True)
    pace = Pace()
    if not console.is_terminal:
        yield _plain_lines(console, pace, language)
        return
    with _bar(console) as bar:
        yield _moving(bar, pace, language)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, markup=False, width=None if stream.isatty() else PLAIN_WIDTH)


def _drawn(part: Text | Grid, language: Language) -> rich.text.Text | Table:
    """Users' text is never read as markup."""
    if isinstance(part, Text):
        return rich.text.Text(part.in_language(language))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for position, title in enumerate(part.header):
        number = bool(part.rows) and all(isinstance(row[position], int | float) for row in part.rows)
        table.add_column(rich.text.Text(title.in_language(language)), justify="right" if number else "left",
                         overflow="fold")  # fmt: skip
    for row in part.rows:
        table.add_row(*(rich.text.Text(_cell(cell, language)) for cell in row))
    return table


def _cell(cell: Cell, language: Language) -> str:
    return cell.in_language(language) if isinstance(cell, Text) else str(cell)


def _plain_lines(console: Console, pace: Pace, language: Language) -> Progress:
    """Where nothing can be redrawn: a line every few seconds at most."""

    def tell(stage: str, done: int, total: int) -> None:
        if pace.due():
            console.print(f"{stage_name(stage).in_language(language)} {done}/{total}")

    return tell


def _bar(console: Console) -> Bar:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TimeRemainingColumn())  # fmt: skip
    return Bar(*columns, console=console, transient=True)


def _moving(bar: Bar, pace: Pace, language: Language) -> Progress:
    """One bar per stage, hidden until the quiet seconds are over."""
    tasks = {}

    def tell(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage_name(stage).in_language(language), visible=False)
        bar.update(tasks[stage], completed=done, total=total, visible=pace.started())

    return tell
