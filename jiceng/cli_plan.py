"""The verbs ``jiceng plan check``, ``jiceng plan price`` and ``jiceng actuals``, and the option ``--plan`` of runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiceng.answer import Answer
from jiceng.cli_reply import reply, reply_slowly
from jiceng.progress import Progress
from scenarios.text import Language

plan_app = typer.Typer(
    help="核对、评价写成文件的规划。Check and price plans written as files.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Scenario = Annotated[str, typer.Argument(help="方案文件或随附方案名 scenario file, or name of a shipped scenario")]
File = Annotated[Path, typer.Argument(help="规划文件 plan file (.yaml, .xlsx)")]
AsJson = Annotated[bool, typer.Option("--json", help="标准输出只印一个JSON对象 print one JSON object on stdout")]
Lang = Annotated[Language, typer.Option(help="文字所用语言 language of the text")]
Version = Annotated[int | None, typer.Option(min=0, help="合成数据的版本 version of the synthetic data")]
Plans = Annotated[
    list[str] | None,
    typer.Option("--plan", metavar="SCENARIO=FILE", help="另加一个写成文件的规划 also simulate a plan from a file"),
]


@plan_app.command()
def check(scenario: Scenario, file: File, version: Version = None, as_json: AsJson = False, lang: Lang = "zh") -> int:
    """核对规划文件是否符合全部规则。Check that a plan file keeps every rule; tell each place where it does not."""

    def work() -> Answer:
        from jiceng import plan_answers

        return plan_answers.checked_plan(scenario, file, version=version)

    return reply("plan check", lang, as_json, work)


@plan_app.command()
def price(scenario: Scenario, file: File, version: Version = None, as_json: AsJson = False, lang: Lang = "zh") -> int:
    """与同等支出下的最优规划对比。Set a plan file beside the best plan at the same outlay."""

    def work(progress: Progress) -> Answer:
        from jiceng import plan_answers

        return plan_answers.priced_plan(scenario, file, version=version, progress=progress)

    return reply_slowly("plan price", lang, as_json, work)


def named_plans(given: list[str] | None) -> dict[Path, str]:
    """The plan files of ``--plan SCENARIO=FILE``, each with its scenario, in the order given."""
    found: dict[Path, str] = {}
    for text in given or []:
        scenario, sign, file = text.partition("=")
        if not (scenario and sign and file):
            raise typer.BadParameter(f"应为 SCENARIO=FILE，读到 found: {text}", param_hint="--plan")
        found[Path(file)] = scenario
    return found


def actuals(
    scenario: Scenario,
    plan: Annotated[Path, typer.Option(help="上年的规划文件 last year's plan file (.yaml, .xlsx)")],
    actuals: Annotated[Path, typer.Option(help="实际数表 table of actuals (.csv, .xlsx)")],
    out: Annotated[
        Path | None, typer.Option(help="从实际情况起重新规划余下年份，写到该文件夹 plan the years left from there")
    ] = None,
    version: Version = None,
    as_json: AsJson = False,
    lang: Lang = "zh",
) -> int:
    """上年计划与实际的对照；加--out则从实际情况起重新规划。Last year's plan beside the actuals; with --out plan on from there."""

    def work(progress: Progress) -> Answer:
        from jiceng import actuals_answers

        return actuals_answers.accounted(scenario, plan, actuals, out=out, version=version, progress=progress)

    return reply_slowly("actuals", lang, as_json, work)
