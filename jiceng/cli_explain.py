"""The verb ``jiceng explain``: why the plan of a scenario is as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiceng.answer import Answer
from jiceng.cli_reply import reply_slowly
from jiceng.progress import Progress
from scenarios.text import Language

Scenario = Annotated[str, typer.Argument(help="方案文件或随附方案名 scenario file, or name of a shipped scenario")]
Why = Annotated[
    list[str] | None,
    typer.Option("--why", metavar="DECISION", help="为什么不这样做，可写多次 why not: posting:CODE, grant:CODE=30 万元, project:ID, posts:CODE=2"),
]  # fmt: skip
Out = Annotated[Path | None, typer.Option(help="把解释写成页面和JSON的文件夹 folder for a page and JSON")]
Version = Annotated[int | None, typer.Option(min=0, help="合成数据的版本 version of the synthetic data")]
AsJson = Annotated[bool, typer.Option("--json", help="标准输出只印一个JSON对象 print one JSON object on stdout")]
Lang = Annotated[Language, typer.Option(help="文字所用语言 language of the text")]


def explain(scenario: Scenario, why: Why = None, out: Out = None, version: Version = None, as_json: AsJson = False,
            lang: Lang = "zh") -> int:  # fmt: skip
    """解释规划：卡在哪里、多一点值多少、为什么不、还有哪些方案。Explain a plan: limits, marginal values, why not, and other plans."""

    def work(progress: Progress) -> Answer:
        from jiceng import explaining

        return explaining.explain(scenario, why or [], out, version=version, progress=progress)

    return reply_slowly("explain", lang, as_json, work)
