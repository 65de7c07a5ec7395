"""``jiceng frontier``: budget against social cost and the worst tenth, every point with its proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiceng.answer import Answer
from jiceng.cli_reply import reply
from scenarios.text import Language

RUNS = Path("runs")

Scenario = Annotated[str, typer.Argument(help="方案文件或随附方案名 scenario file, or name of a shipped scenario")]
Points = Annotated[int, typer.Option(min=2, max=50, help="每条前沿的点数 points of each sweep")]
Low = Annotated[
    float, typer.Option(min=0.01, max=10.0, help="最低预算，为现有补助的倍数 least budget, times the present")
]
High = Annotated[
    float, typer.Option(min=0.01, max=10.0, help="最高预算，为现有补助的倍数 largest budget, times the present")
]
Workers = Annotated[int | None, typer.Option(min=1, max=256, help="并行进程数 worker processes")]
Version = Annotated[int | None, typer.Option(min=0, help="合成数据的版本 version of the synthetic data")]
Out = Annotated[Path | None, typer.Option(help="结果文件夹 folder for the results [runs/<name>-frontier]")]
AsJson = Annotated[bool, typer.Option("--json", help="标准输出只印一个JSON对象 print one JSON object on stdout")]
Lang = Annotated[Language, typer.Option(help="文字所用语言 language of the text")]


def frontier(scenario: Scenario, points: Points = 8, low: Low = 0.5, high: High = 1.5, workers: Workers = None,
             version: Version = None, out: Out = None, as_json: AsJson = False, lang: Lang = "zh") -> int:  # fmt: skip
    """画出预算、社会代价与最差十分之一之间的前沿，写成页面。Trace budget, social cost and the worst tenth, and write a page."""
    if low >= high:
        raise typer.BadParameter("应小于 --high must be below --high", param_hint="--low")

    def work() -> Answer:
        from jiceng import frontier_answers

        folder = out or RUNS / f"{Path(scenario).stem}-frontier"
        return frontier_answers.frontier(
            scenario, points=points, fund_shares=(low, high), workers=workers, version=version, out=folder
        )

    return reply("frontier", lang, as_json, work)
