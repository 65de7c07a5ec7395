"""From a command's work to its printed answer and exit code: the one place that catches what goes wrong."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

from jiceng.answer import Answer
from jiceng.cli_screen import progress_shown, show
from jiceng.exit_codes import ExitCode
from jiceng.progress import Progress
from scenarios.problems import visible
from scenarios.text import Language, Text


class Terminated(BaseException):
    """The system asked the process to stop (SIGTERM)."""


def reply(verb: str, language: Language, as_json: bool, work: Callable[[], Answer]) -> int:
    """Do the work, print its answer or what went wrong, and return the exit code."""
    answer = _answer(work)
    show(answer, verb, language, as_json=as_json)
    return int(answer.code)


def reply_slowly(verb: str, language: Language, as_json: bool, work: Callable[[Progress], Answer]) -> int:
    """The same for work that reports its progress."""

    def shown() -> Answer:
        with progress_shown(language) as progress:
            return work(progress)

    return reply(verb, language, as_json, shown)


def refuse_usage(message: str, arguments: list[str]) -> int:
    """The command line itself was wrong."""
    verb = next((word for word in arguments if not word.startswith("-")), "")
    message = visible(message, 500)
    help_line = f"jiceng {visible(verb)} --help".replace("  ", " ")
    says = Text(f"命令有误：{message} 用法见：{help_line}", f"The command is wrong: {message} For usage: {help_line}")
    answer = Answer(data={"error": {"kind": "usage", "message": message}}, says=(says,), code=ExitCode.USAGE)
    show(answer, verb, "en" if "en" in arguments else "zh", as_json="--json" in arguments)
    return int(answer.code)


def prepare_process() -> None:
    """UTF-8 wherever the output goes to a file or pipe, and SIGTERM as an orderly stop."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, partial(_terminate, os.getpid()))


def silence_closed_pipe() -> None:
    """After the reader of a pipe went away: nothing more is written, and nothing complains at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _answer(work: Callable[[], Answer]) -> Answer:
    try:
        return work()
    except KeyboardInterrupt:
        return _stopped(ExitCode.INTERRUPTED)
    except Terminated:
        return _stopped(ExitCode.TERMINATED)
    except Exception as error:
        from jiceng.failure import explain  # here, so that ``doctor`` runs where a package is missing

        return explain(error)


def _stopped(code: ExitCode) -> Answer:
    says = Text("已中途停止，没有写出结果。", "Stopped before the end; no results were written.")
    return Answer(data={"error": {"kind": "stopped"}}, says=(says,), code=code)


def _terminate(parent: int, number: int, frame: FrameType | None) -> None:
    """Stop in order; a worker process, which inherits this, stops at once."""
    if os.getpid() != parent:
        os._exit(ExitCode.TERMINATED)
    raise Terminated
