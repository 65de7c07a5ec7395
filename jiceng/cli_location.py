"""The options of ``jiceng optimize`` that name a location model, and which of them go together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from jiceng.answer import Answer

MODEL_NAMES = ("lscp", "mclp", "p-median", "p-center", "capacitated-facility-location", "generalised-assignment")
DEFAULT_SECONDS = 300.0

Model = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="NAME", help=f"经典选址模型，SCENARIO为其数据文件 location model: {', '.join(MODEL_NAMES)}"
    ),
]
Facilities = Annotated[
    int | None, typer.Option(min=1, help="设施个数（选址模型） facilities to open (location models)")
]
Radius = Annotated[
    float | None, typer.Option(min=0.0, help="覆盖半径（选址模型） reach of a facility (location models)")
]
Demand = Annotated[Path | None, typer.Option(help="需求文件（选址模型） file of demands (location models)")]
TimeLimit = Annotated[
    float | None, typer.Option(min=0.0, help=f"求解时限，秒（选址模型） seconds to search [{DEFAULT_SECONDS:.0f}]")
]


def check_options(model: str | None, of_models: Mapping[str, object], of_plans: Mapping[str, object]) -> None:
    """Refuse an unknown model, and options that belong to the other use of the verb."""
    if model is not None and model not in MODEL_NAMES:
        listed = ", ".join(MODEL_NAMES)
        raise typer.BadParameter(f"没有模型 no model '{model}'；可选 one of: {listed}", param_hint="--model")
    unclear = [name for name, value in of_models.items() if isinstance(value, float) and not math.isfinite(value)]
    if unclear:
        raise typer.BadParameter("应为有限的数 a finite number", param_hint=", ".join(unclear))
    wrong = [name for name, value in (of_models if model is None else of_plans).items() if value is not None]
    if wrong:
        why = "只用于 --model only with --model" if model is None else "不能与 --model 同用 not with --model"
        raise typer.BadParameter(why, param_hint=", ".join(wrong))


def work(model: str, path: str, facilities: int | None, radius: float | None, demand: Path | None,
         seconds: float | None) -> Answer:  # fmt: skip
    """The answer of a location model."""
    from jiceng import location_answers
    from optimize.location import Asked

    asked = Asked(path=Path(path), facilities=facilities, radius=radius, demand=demand)
    return location_answers.located(model, asked, time_limit_s=DEFAULT_SECONDS if seconds is None else seconds)
