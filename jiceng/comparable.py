"""Which scenarios can stand beside each other: names of their own, one district, the same plan years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scenarios.problems import Problem, same
from scenarios.schema import Scenario
from scenarios.text import Text


def incomparable(scenarios: Sequence[Scenario]) -> list[Problem]:
    """Why the scenarios cannot be compared with the first of them; empty if they can."""
    return [problem for place, one in enumerate(scenarios) for problem in _problems(one, scenarios[:place])]


def _problems(one: Scenario, before: Sequence[Scenario]) -> Iterable[Problem]:
    if any(other.id == one.id for other in before):
        yield Problem(one.file, None, "", one.id, Text("互不相同的方案名", "scenarios of different names"),
                      Text("改文件名，或只写一次", "rename the file, or name it once"))  # fmt: skip
    for key, value in _common(one).items():
        wanted = _common(before[0])[key] if before else value
        if value != wanted:
            file, line = one.place(key)
            yield Problem(file, line, key, str(value), same(str(wanted)),
                          Text(f"与方案 {before[0].id} 写成一样，才能比较", f"write what {before[0].id} has, to compare the two"))  # fmt: skip


def _common(scenario: Scenario) -> dict[str, Any]:
    """What compared scenarios share: residents, needs and luck are the same for all only then."""
    plan = scenario.plan
    return {"district": scenario.district, "plan.first_year": plan.first_year, "plan.years": plan.years,
            "parameters": dict(sorted(scenario.parameters.items()))}  # fmt: skip
