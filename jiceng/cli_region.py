"""The verb ``jiceng optimize-region``: share pools of grants, officials and capital between counties, and plan each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiceng.answer import Answer
from jiceng.cli_reply import reply_slowly
from jiceng.progress import Progress
from scenarios.text import Language

RUNS = Path("runs")

RegionName = Annotated[str, typer.Argument(help="随附区域名或region.yaml name of a shipped region, or a region.yaml")]
Years = Annotated[int | None, typer.Option(min=1, max=10, help="规划年数 plan years")]
Gap = Annotated[float, typer.Option(min=0.0, max=1.0, help="视为已证最优的差距 gap at which the plan counts as proven")]
Workers = Annotated[int | None, typer.Option(min=1, max=256, help="并行进程数 worker processes")]
Out = Annotated[
    Path | None, typer.Option(help="结果文件夹，每县一个子文件夹 folder with one for each county [runs/<name>-region]")
]
AsJson = Annotated[bool, typer.Option("--json", help="标准输出只印一个JSON对象 print one JSON object on stdout")]
Lang = Annotated[Language, typer.Option(help="文字所用语言 language of the text")]


def optimize_region(region: RegionName, out: Out = None, years: Years = None, gap: Gap = 0.005, workers: Workers = None,
                    as_json: AsJson = False, lang: Lang = "zh") -> int:  # fmt: skip
    """在各县之间分配补助、选派名额和投资，并为每县制定规划。Share grants, officials and capital between counties; plan each."""

    def work(progress: Progress) -> Answer:
        from jiceng import region_answers

        folder = out or RUNS / f"{_name(region)}-region"
        return region_answers.planned(region, folder, years=years, gap=gap, workers=workers, progress=progress)

    return reply_slowly("optimize-region", lang, as_json, work)


def _name(region: str) -> str:
    """A name for the results: the region's, or that of the folder its file lies in."""
    path = Path(region)
    return path.resolve().parent.name if path.suffix == ".yaml" else path.name
