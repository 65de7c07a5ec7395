"""What the command's exit code says, so that scripts and CI can act on it without reading text."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    EXPECTATION_FAILED = 1
    USAGE = 2
    INPUT_REFUSED = 3
    NO_PLAN = 4  # the input is fine, but no plan fits it: infeasible or unbounded
    INCOMPLETE = 5  # a limit was reached or a task failed; run again to go on
    STORAGE = 6  # a file or folder cannot be read or written
    OUR_BUG = 70
    INTERRUPTED = 130
    TERMINATED = 143
