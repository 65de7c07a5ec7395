"""``jiceng robust``: a plan that holds over several futures, and what foresight is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from jiceng.answer import Answer
from jiceng.cli_reply import reply
from scenarios.text import Language

MOST_FUTURES = 10

Scenario = Annotated[str, typer.Argument(help="方案文件或随附方案名 scenario file, or name of a shipped scenario")]
Futures = Annotated[int, typer.Option(min=1, max=MOST_FUTURES, help="情景数 futures")]
MeasureName = Annotated[
    Literal["mean", "cvar", "worst"],
    typer.Option(
        "--measure", help="各情景目标的均值、最差部分均值或最差值 mean, mean of the worst share, or worst future"
    ),
]
Alpha = Annotated[
    float,
    typer.Option(
        min=0.0, max=1.0, help="cvar：只看最差的1-alpha部分 cvar: only the worst 1 - alpha of the futures count"
    ),
]
GrantsFirst = Annotated[
    bool, typer.Option("--grants-first", help="补助也须事先定下 grants too are decided before the future is known")
]
Seed = Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="随机种子 random seed")]
Workers = Annotated[int | None, typer.Option(min=1, max=256, help="并行进程数 worker processes")]
Version = Annotated[int | None, typer.Option(min=0, help="合成数据的版本 version of the synthetic data")]
Out = Annotated[Path | None, typer.Option(help="把规划写入这个文件夹 folder to write the plan to [不写出 not written]")]
AsJson = Annotated[bool, typer.Option("--json", help="标准输出只印一个JSON对象 print one JSON object on stdout")]
Lang = Annotated[Language, typer.Option(help="文字所用语言 language of the text")]


def robust(scenario: Scenario, futures: Futures = 5, measure: MeasureName = "mean", alpha: Alpha = 0.8,
           grants_first: GrantsFirst = False, seed: Seed = None, workers: Workers = None, version: Version = None,
           out: Out = None, as_json: AsJson = False, lang: Lang = "zh") -> int:  # fmt: skip
    """制定在多个情景下都站得住的规划。Make a plan that holds over several futures, and say what foresight is worth."""

    def work() -> Answer:
        from jiceng import robust_answers
        from optimize.robust_measures import Measure

        asked = robust_answers.Asked(
            futures=futures, measure=Measure(kind=measure, alpha=alpha), grants_first=grants_first, seed=seed,
            workers=workers, version=version,
        )  # fmt: skip
        return robust_answers.robust(scenario, asked, out)

    return reply("robust", lang, as_json, work)
