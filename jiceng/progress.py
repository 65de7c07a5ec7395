"""What a long command is doing, in words: the stages of the pipeline in both languages, and when a line is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from scenarios.text import Text

Progress = Callable[[str, int, int], None]
QUIET_SECONDS = 2.0  # a command this short shows no progress
LINE_SECONDS = 5.0  # least time between two plain lines, where there is no terminal to redraw


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


STAGES: dict[str, Text] = {
    "load": Text("读取方案", "reading scenarios"),
    "plan": Text("制定规划", "planning"),
    "simulate": Text("模拟运行", "simulating"),
    "compare": Text("比较方案", "comparing"),
    "page": Text("生成页面", "writing the page"),
    "store": Text("写入结果", "writing the results"),
    "explain": Text("求解比较", "searching again"),
    "prices": Text("协调各县份额", "settling shares"),
    "test": Text("核对预期", "checking expectations"),
}


def stage_name(stage: str) -> Text:
    """What a stage is called; a stage without an entry goes by its own name."""
    return STAGES.get(stage, Text(stage, stage))


@dataclass
class Pace:
    """Says when progress is due: nothing in the quiet seconds, then a plain line every few seconds."""

    clock: Callable[[], float] = monotonic
    _next: float = field(init=False)
    _quiet_until: float = field(init=False)

    def __post_init__(self) -> None:
        self._next = self._quiet_until = self.clock() + QUIET_SECONDS

    def started(self) -> bool:
        """Whether the quiet seconds are over."""
        return self.clock() >= self._quiet_until

    def due(self) -> bool:
        """Whether a line is due now; if it is, the next one is due some seconds later."""
        now = self.clock()
        if now < self._next:
            return False
        self._next = now + LINE_SECONDS
        return True
