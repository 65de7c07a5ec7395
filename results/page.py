"""The page: one self-contained HTML file in Chinese and English that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from results.compare import Verdict
from results.numbers import amount, interval, level, money, number, unit_of
from results.report import PageReport, page_report
from results.sections import SYNTHETIC, Chart, Section
from results.sections_comparison import comparison_section, forest, settings_section, verdict_table
from results.sections_money import ledgers_section, payers_section
from results.sections_places import allocation_section, places_section, quarters_section
from results.sections_programme import posts_section, venues_section
from results.sections_runs import course_section, gap_section, robust_section
from results.sentences_verdict import byline, headline, how_sure, outlay_note, price, runner_up
from scenarios.problems import visible
from scenarios.text import Text
from sim.outcome import METRICS

__all__ = ["PageReport", "page_html", "page_report", "write_page"]

HERE = Path(__file__).parent
LONG_TABLE = 25  # rows printed of a long table


WORDS = {
    "skip": Text("跳到正文", "Skip to the content"),
    "verdict": Text("结论", "Verdict"),
    "provenance": Text("数据与依据", "Data and sources"),
    "provenance_says": Text("数据从哪里来、由什么程序算出", "Where the data come from and what computed them"),
    "download": Text("下载 CSV", "Download CSV"),
    "cut": Text("只印前 25 行，其余见网页或下载。", "The first 25 rows; see the page or the download for the rest."),
    "how": Text("怎样计算、依据什么", "How was this computed?"),
    "source": Text("数据：", "Data: "),
    "sources": Text("方案与公开数据的出处", "Sources of policies and public figures"),
    "certificate": Text("运行证明", "Birth certificate of the run"),
    "colon": Text("：", ": "),
    "synthetic": Text("社区名称与统计代码是真实的；人口、收入、设施等细目按公开总数合成，不对应真实个人。",
                      "Names and codes of communities are real; people, incomes and venues are made up to fit public totals and stand "
                      "for no real person."),
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """One figure of the first screen: what it is, the figure, and a line below."""

    name: Text
    figure: Text
    below: Text
    colour: str = ""


def write_page(report: PageReport, path: Path) -> None:
    """Write the page whole or not at all."""
    write_whole(page_html(report), path)


def write_whole(text: str, path: Path) -> None:
    """Write a text whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


def page_html(report: PageReport) -> str:
    """The page as text. Every user's string passes through the template's escaping or a figure's ``safe``."""
    sections = [section for section in _sections(report) if section is not None]
    first = (forest(report),) if report.best else ()
    return filled_template(
        first, sections, report.line, report=report, headline=headline(report), byline=byline(report), cards=_cards(report),
        outlay=outlay_note(report), ranking=verdict_table(report), warnings=_warnings(report), facts=report.district.facts,
        details=_details(report), synthetic=SYNTHETIC if report.district.synthetic else None, words=WORDS,
    )  # fmt: skip


def filled_template(first: tuple[Chart, ...], sections: Sequence[Section], line: str, **contents: Any) -> str:
    """The page's template with the charts of its first screen, its sections and ``line`` at the foot of printed pages.

    ``contents`` is what else the template shows, by the names it uses.
    """
    charts = {chart.id: chart.figures for chart in _charts(first, sections)}
    scripts = [get_plotlyjs(), (HERE / "page.js").read_text(encoding="utf-8")]
    html: str = _template().render(
        contents, forest=first, sections=sections, css=Markup((HERE / "page.css").read_text(encoding="utf-8")),
        footer=_print_line(line), long=LONG_TABLE, scripts=[Markup(script) for script in scripts],
        policy=_content_policy(scripts), charts=_embedded(charts),
    )  # fmt: skip
    return html


def _charts(first: Sequence[Chart], sections: Sequence[Section]) -> list[Chart]:
    return [*first, *(chart for section in sections for chart in section.charts)]


def _sections(report: PageReport) -> tuple[Section | None, ...]:
    """All sections in the order of a planner's questions; None where there is nothing to show."""
    several = report.best is not None
    return (
        comparison_section(report) if several else None,
        settings_section(report) if several else None,
        allocation_section(report),
        places_section(report) if several else None,
        quarters_section(report) if "own_revenue" in report.comparison.groups else None,
        course_section(report) if several else None,
        ledgers_section(report),
        payers_section(report),
        posts_section(report),
        venues_section(report),
        gap_section(report),
        robust_section(report) if several else None,
    )


def _template() -> Any:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                              lstrip_blocks=True)  # fmt: skip
    environment.globals |= {"t": _both, "seen": _seen}
    return environment.get_template("template.html.j2")


def _both(text: Text | str) -> Markup:
    """A text in both languages, escaped; the style sheet shows one of them."""
    if isinstance(text, str) or text.zh == text.en:
        return Markup("{}").format(_seen(text if isinstance(text, str) else text.zh))
    return Markup('<span lang="zh-CN">{}</span><span lang="en">{}</span>').format(_seen(text.zh), _seen(text.en))


def _seen(text: str) -> str:
    return visible(text, 2000)


def _embedded(charts: dict[str, Any]) -> Markup:
    """JSON that cannot end its script element or open a comment."""
    text = json.dumps(charts, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _content_policy(scripts: Sequence[str]) -> str:
    """Nothing may be fetched, and only the scripts written here may run."""
    digests = [base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
            "base-uri 'none'; form-action 'none'")  # fmt: skip


def _print_line(text: str) -> str:
    """The manifest line as the content of a printed footer: nothing that could end a CSS string."""
    return re.sub(r"[^\w .:·–-]", "", visible(text))


def _warnings(report: PageReport) -> list[Text]:
    """What is incomplete, unproven or not what it seems; said at the top."""
    found = []
    runs = report.manifest.get("runs", {})
    if runs and not runs.get("complete", True):
        found.append(
            Text(
                f"未完成：只完成 {runs['done']} / {runs['planned']} 次运行，以下结果是暂时的。",
                f"Incomplete: {runs['done']} of {runs['planned']} runs are done; what follows is provisional.",
            )
        )
    for policy in report.policies:
        plan = report.plans.get(policy.id)
        if plan is not None and plan.goals and not plan.proven:
            gap = f"{100 * plan.gap:.1f}%"
            found.append(
                Text(
                    f"“{policy.name.zh}”的规划未证明最优，距上界差距 {gap}。",
                    f'The plan of "{policy.name.en}" is not proven optimal; its gap is {gap}.',
                )
            )
        if plan is not None and str(plan.status) == "given":
            found.append(
                Text(
                    f"“{policy.name.zh}”的规划由文件给出，未经求优证明，支出也未调到与基准相同。",
                    f'The plan of "{policy.name.en}" was given in a file: it is not proven, and its outlay is its own.',
                )
            )
    if not report.comparison.same_needs:
        found.append(
            Text(
                "各方案面对的需求并不相同，差异中可能混有运气。",
                "Needs were not equal in paired runs: differences may hold luck.",
            )
        )
    return found  # fmt: skip


def _cards(report: PageReport) -> list[Card]:
    best = report.best
    if best is None:
        return []
    metric, policy = METRICS[best.metric], report.policy(best.policy)
    worst, base = report.comparison.level(policy.id, "worst_tenth"), report.comparison.baseline["worst_tenth"]
    standing = {
        Verdict.BETTER: Text("建议方案", "Recommended"),
        Verdict.UNCLEAR: Text("领先但未定", "Ahead, not settled"),
    }.get(best.verdict, Text("没有更好的方案，最接近的是", "None is better; nearest"))
    by = Text(*[number(best.difference.mean * unit_of(metric).scale, 1, signed=True)] * 2)
    ends = interval(best.difference, unit_of(metric), signed=True)
    spent = money(report.digests[policy.id].outlay)
    cards = [
        Card(standing, policy.name,
             how_sure(best), policy.colour),
        Card(Text("与对照之差", "Beside the baseline"), Text(f"{by.zh} 个百分点", f"{by.en} points"),
             Text(f"{report.comparison.confidence:.0%} 区间 {ends.zh}", f"{report.comparison.confidence:.0%} interval {ends.en}")),
        Card(Text("最差十分之一社区的办结率", "Needs met, worst tenth"), Text(*[level(worst, METRICS["worst_tenth"])] * 2),
             Text(f"对照 {level(base, METRICS['worst_tenth'])}", f"baseline {level(base, METRICS['worst_tenth'])}")),
        Card(Text("代价：合并支出", "Price: outlay"), Text(f"{spent.zh}/年", f"{spent.en}/yr"), price(report)),
        _rival(report),
    ]  # fmt: skip
    return cards


def _rival(report: PageReport) -> Card:
    """What could change the verdict: the lead over the second-best policy."""
    found = runner_up(report)
    if found is None:
        return Card(Text("结论何时会变", "What could change it"), Text("没有第二名", "no runner-up"), Text("", ""))
    name, lead = found
    metric = METRICS[report.comparison.primary]
    ends, by = interval(lead, unit_of(metric), signed=True), amount(lead.mean, metric)
    close = lead.low <= 0
    said = (
        Text("与第二名分不出高下", "not told from the second")
        if close
        else Text(f"领先第二名 {by.zh}", f"{by.en} ahead")
    )
    return Card(Text("结论何时会变", "What could change it"), said,
                Text(f"第二名“{name.zh}”，相差 {ends.zh}", f'second: "{name.en}", lead {ends.en}'))  # fmt: skip


def _details(report: PageReport) -> list[tuple[Text, str]]:
    """The birth certificate, for the foot of the page."""
    manifest = report.manifest
    program, machine = manifest.get("program", {}), manifest.get("machine", {})
    packages = ", ".join(f"{name} {version}" for name, version in (program.get("packages") or {}).items() if version)
    runs = manifest.get("runs", {})
    rows: list[tuple[Text, Any]] = [
        (Text("运行", "Run"), report.line),
        (Text("数据校验值", "Hash of inputs"), manifest.get("inputs_sha256")),
        (Text("随机种子", "Seed"), manifest.get("seed")),
        (Text("已完成运行", "Runs done"), f"{runs['done']} / {runs['planned']}" if runs else None),
        (Text("程序版本", "Program"), packages),
        (Text("代码提交", "Commit"), program.get("commit")),
        (Text("Python", "Python"), program.get("python")),
        (Text("机器", "Machine"), ", ".join(str(part) for part in machine.values())),
        (Text("开始", "Started"), manifest.get("started")),
        (Text("结束", "Ended"), manifest.get("ended")),
        *((Text(f"耗时：{stage}（秒）", f"Seconds: {stage}"), f"{seconds:.1f}")
          for stage, seconds in (manifest.get("timings") or {}).items()),
    ]  # fmt: skip
    return [(name, str(value)) for name, value in rows if value not in (None, "")]
