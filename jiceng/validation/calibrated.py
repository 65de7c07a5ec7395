"""Which parameters were set beforehand so that the baseline stands where it should; all others are priors.

The figures they were set to reappear as targets, marked as such: there the model is not tested, only checked.
"""

from __future__ import annotations

from scenarios.parameters import PARAMETERS
from scenarios.text import Text

CALIBRATED: dict[str, Text] = {
    "needs_per_resident": Text("每千名居民每年的诉求量", "requests per 1,000 residents"),
    "direct_share": Text("工时紧张度", "hours asked over hours available"),
    "escalation": Text("上交率", "the share that escalates"),
    "asking": Text("居民参与度不起不落", "engagement that stays near its start"),
    "solve_base": Text("办件满意度与北京的解决率水平", "case satisfaction, and Beijing's level of solving"),
}

_ZH = "；".join(f"{PARAMETERS[name].says.zh}（依{to.zh}）" for name, to in CALIBRATED.items())
_EN = "; ".join(f"{name.replace('_', ' ')} (to {to.en})" for name, to in CALIBRATED.items())
CALIBRATED_TEXT = Text(
    f"事先校准过的参数只有五个：{_ZH}。相应的目标标为“已校准”，只作核对，不算检验；其余参数都取文献先验或假设。",
    f"Five parameters were calibrated beforehand: {_EN}. Their targets are marked calibrated: they are checked, not tested. All other parameters "
    "are priors from the literature or assumptions.",
)
