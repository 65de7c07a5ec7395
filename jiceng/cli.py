"""The command ``jiceng``: one verb per function of the pipeline. Nothing is computed here.

What a verb needs is imported when it runs, so that ``--help`` is quick and ``doctor`` runs on a broken installation.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from jiceng import cli_explain, cli_frontier, cli_location, cli_plan, cli_region, cli_reply, cli_robust
from jiceng.answer import Answer
from jiceng.cli_reply import reply, reply_slowly
from jiceng.exit_codes import ExitCode
from jiceng.progress import Progress
from scenarios.text import Language

HELP = """基层服务规划与模拟：读方案文件，做规划，模拟，比较。
Plan and simulate neighbourhood service: read scenario files, plan, simulate, compare.

退出码 Exit codes: 0 完成 done; 1 预期不符 expectation failed; 2 用法 usage; 3 输入有误 input refused;
4 无可行方案 no plan fits; 5 未完成 incomplete; 6 存储 storage; 70 程序错误 our bug; 130/143 已停止 stopped."""
RUNS = Path("runs")
app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.add_typer(cli_plan.plan_app, name="plan")
app.command()(cli_plan.actuals)
app.command()(cli_explain.explain)
app.command()(cli_robust.robust)
app.command()(cli_frontier.frontier)
app.command(name="optimize-region")(cli_region.optimize_region)

Scenario = Annotated[str, typer.Argument(help="方案文件或随附方案名 scenario file, or name of a shipped scenario")]
Scenarios = Annotated[list[str], typer.Argument(help="方案文件或随附方案名 scenario files, or names of shipped ones")]
AsJson = Annotated[bool, typer.Option("--json", help="标准输出只印一个JSON对象 print one JSON object on stdout")]
Lang = Annotated[Language, typer.Option(help="文字所用语言 language of the text")]
Workers = Annotated[int | None, typer.Option(min=1, max=256, help="并行进程数 worker processes")]
Futures = Annotated[int | None, typer.Option(min=1, max=10_000, help="情景数 futures")]
Replications = Annotated[int | None, typer.Option(min=1, max=10_000, help="每个情景的重复次数 replications")]
Months = Annotated[int | None, typer.Option(min=1, max=600, help="模拟月数 months to simulate")]
Seed = Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="随机种子 random seed")]
Version = Annotated[int | None, typer.Option(min=0, help="合成数据的版本 version of the synthetic data")]
Against = Annotated[str | None, typer.Option(help="作为基准的方案 scenario to compare with")]
Junit = Annotated[Path | None, typer.Option(help="把结果写成JUnit XML文件 write the results as JUnit XML")]
Full = Annotated[
    bool, typer.Option("--full", help="比较用全部社区，不抽样 compare on all communities, not on a sample")
]
Quick = Annotated[bool, typer.Option("--quick", help="比较只用4个情景 compare in four futures only")]
Trace = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar="community CODE", help="逐月讲述一个社区 tell the months of one community"),
]
Out = Annotated[Path | None, typer.Option(help="结果文件夹 folder for the results [runs/<name>]")]


@app.command()
def validate(scenarios: Scenarios, as_json: AsJson = False, lang: Lang = "zh") -> int:
    """检查方案文件，一次列出全部问题。Check scenario files and list every problem at once."""

    def work() -> Answer:
        from jiceng import answers

        return answers.validated(scenarios)

    return reply("validate", lang, as_json, work)


@app.command(name="show")
def show_(scenario: Scenario, as_json: AsJson = False, lang: Lang = "zh") -> int:
    """列出继承后的全部取值及出处。Print the resolved scenario and where each value comes from."""

    def work() -> Answer:
        from jiceng import answers

        return answers.shown(scenario)

    return reply("show", lang, as_json, work)


@app.command()
def diff(first: Scenario, second: Scenario, as_json: AsJson = False, lang: Lang = "zh") -> int:
    """列出两个方案的不同之处。Print the values in which two scenarios differ."""

    def work() -> Answer:
        from jiceng import answers

        return answers.differences(first, second)

    return reply("diff", lang, as_json, work)


@app.command()
def mechanisms(as_json: AsJson = False, lang: Lang = "zh") -> int:
    """列出可用的机制；--json含参数与来源。List the mechanisms a scenario can use; with --json settings and sources too."""

    def work() -> Answer:
        from jiceng import mechanisms_told

        return mechanisms_told.mechanisms()

    return reply("mechanisms", lang, as_json, work)


@app.command()
def schema(as_json: AsJson = False, lang: Lang = "zh") -> int:
    """打印方案文件的JSON Schema，供编辑器使用。Print the JSON Schema of scenario files, for editors."""

    def work() -> Answer:
        from jiceng import answers

        return answers.schema()

    return reply("schema", lang, as_json, work)


@app.command()
def doctor(as_json: AsJson = False, lang: Lang = "zh") -> int:
    """检查这台机器能否正常运行。Check whether this machine can run everything."""

    def work() -> Answer:
        from jiceng import doctor as checks

        return checks.doctor()

    return reply("doctor", lang, as_json, work)


@app.command()
def optimize(scenario: Scenario, out: Out = None, version: Version = None, model: cli_location.Model = None,
             facilities: cli_location.Facilities = None, radius: cli_location.Radius = None,
             demand: cli_location.Demand = None, time_limit: cli_location.TimeLimit = None, as_json: AsJson = False,
             lang: Lang = "zh") -> int:  # fmt: skip
    """制定规划并写成文件；加--model则求解经典选址模型。Make a plan and write it as files; or solve a location model by name."""
    of_models = {"--facilities": facilities, "--radius": radius, "--demand": demand, "--time-limit": time_limit}
    cli_location.check_options(model, of_models, {"--out": out, "--version": version})

    def work(progress: Progress) -> Answer:
        if model is not None:
            return cli_location.work(model, scenario, facilities, radius, demand, time_limit)
        from jiceng import run_answers

        folder = out or RUNS / f"{Path(scenario).stem}-plan"
        return run_answers.planned(scenario, folder, version=version, progress=progress)

    return reply_slowly("optimize", lang, as_json, work)


@app.command()
def simulate(scenario: Scenario, out: Out = None, workers: Workers = None, futures: Futures = None,
             replications: Replications = None, months: Months = None, seed: Seed = None, trace: Trace = None,
             plan: cli_plan.Plans = None, as_json: AsJson = False, lang: Lang = "zh") -> int:  # fmt: skip
    """规划并模拟一个方案；或逐月讲述一个社区。Plan and simulate one scenario, or tell one community's months."""
    if trace is not None and trace[0] != "community":
        raise typer.BadParameter("--trace community CODE")
    given = cli_plan.named_plans(plan)

    def work(progress: Progress) -> Answer:
        from jiceng import run_answers

        size = run_answers.Size(workers=workers, futures=futures, replications=replications, months=months, seed=seed)
        if trace is not None:
            return run_answers.traced(scenario, trace[1], size, progress=progress)
        return run_answers.simulated(scenario, out or RUNS / Path(scenario).stem, size, given=given, progress=progress)

    return reply_slowly("simulate", lang, as_json, work)


@app.command()
def run(scenarios: Scenarios, against: Against = None, out: Out = None, workers: Workers = None,
        futures: Futures = None, replications: Replications = None, months: Months = None, seed: Seed = None,
        plan: cli_plan.Plans = None, as_json: AsJson = False, lang: Lang = "zh") -> int:  # fmt: skip
    """规划、模拟、比较，并写出一个页面。Plan, simulate and compare scenarios, and write one page."""
    given = cli_plan.named_plans(plan)

    def work(progress: Progress) -> Answer:
        from jiceng import run_answers

        size = run_answers.Size(workers=workers, futures=futures, replications=replications, months=months, seed=seed)
        folder = out or RUNS / (Path(scenarios[0]).stem if len(scenarios) == 1 else "comparison")
        return run_answers.ran(scenarios, folder, size, against=against, given=given, progress=progress)

    return reply_slowly("run", lang, as_json, work)


@app.command()
def compare(scenarios: Scenarios, out: Out = None, workers: Workers = None, futures: Futures = None,
            as_json: AsJson = False, lang: Lang = "zh") -> int:  # fmt: skip
    """以第一个方案为基准，比较其余方案。Compare scenarios with the first of them, and write one page."""

    def work(progress: Progress) -> Answer:
        from jiceng import run_answers

        size = run_answers.Size(workers=workers, futures=futures)
        folder = out or RUNS / "comparison"
        return run_answers.ran(scenarios, folder, size, against=Path(scenarios[0]).stem, progress=progress)

    if len(scenarios) < 2:
        raise typer.BadParameter("至少两个方案 two scenarios at least", param_hint="SCENARIOS")
    return reply_slowly("compare", lang, as_json, work)


@app.command(name="test")
def expectations(scenarios: Scenarios, junit: Junit = None, full: Full = False, quick: Quick = False,
                 workers: Workers = None, as_json: AsJson = False, lang: Lang = "zh") -> int:  # fmt: skip
    """核对方案文件中写明的预期。Check what scenario files expect of themselves."""

    def work(progress: Progress) -> Answer:
        from jiceng import run_answers
        from jiceng.expectation_runs import FULL, QUICK, USUAL

        scale = FULL if full else QUICK if quick else USUAL
        return run_answers.tested(
            scenarios, workers=workers, scale=scale, junit=junit, language=lang, progress=progress
        )

    if full and quick:
        raise typer.BadParameter("--full 与 --quick 只能选一个 either --full or --quick", param_hint="--full")

    return reply_slowly("test", lang, as_json, work)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    cli_reply.prepare_process()
    sys.exit(_code(words))


def _code(words: list[str]) -> int:
    try:
        return int(typer.main.get_command(app).main(words, prog_name="jiceng", standalone_mode=False) or 0)
    except typer.TyperException as error:
        return cli_reply.refuse_usage(error.format_message(), words)
    except BrokenPipeError:
        cli_reply.silence_closed_pipe()
        return int(ExitCode.DONE)
    except (KeyboardInterrupt, typer.Abort):
        return int(ExitCode.INTERRUPTED)
    except cli_reply.Terminated:
        return int(ExitCode.TERMINATED)
