"""From an answer to what is chosen for all plan years: windows, wardens and pairs that keep every rule exactly."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimize.answer import Answer
from optimize.choices import Choices
from optimize.standing import windows_before
from scenarios.district import District

PROMISED_PARTS = 10_000  # a unit's hours are promised in ten-thousandths


def chosen(district: District, choices: Choices, answer: Answer) -> dict[str, Any]:
    """Fields of the plan for the choices that the district opens."""
    found: dict[str, Any] = {}
    if choices.windows:
        added = [
            sum(count * round(answer[option]) for count, option in enumerate(options, start=1))
            for options in choices.windows
        ]
        found["windows"] = windows_before(district) + np.array(added, dtype=np.int64)
    if choices.wardens:
        found["wardens"] = np.array([round(answer[count]) for count in choices.wardens], dtype=np.int64)
    if choices.promised:
        found["pairs"] = _pairs(district, choices, answer)
    return found


def _pairs(district: District, choices: Choices, answer: Answer) -> tuple[tuple[str, str, float], ...]:
    """Shares rounded down, so that nobody promises more than there is; a unit that nobody needs promises nothing."""
    parts = [(pair, int(answer[pair.share] * PROMISED_PARTS + 1e-3)) for pair in choices.promised]
    return tuple((district.units.id[pair.unit], district.communities.code[pair.row], count / PROMISED_PARTS)
                 for pair, count in parts if count > 0)  # fmt: skip
