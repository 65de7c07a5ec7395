"""Sections of the page: a finding, the charts and tables behind it, how it was computed and where it came from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from results.charts import VIEWS, Figure, View
from results.page_tables import Cell, PageTable, words
from results.report import PageReport, Policy
from scenarios.text import Text

SYNTHETIC = Text("合成数据", "synthetic data")


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """One figure for every view, its caption, and the words that stand for it where it cannot be seen."""

    id: str
    figures: dict[str, Any]  # "zh-wide", "zh-narrow", "en-wide", "en-narrow": data and layout
    height: int
    caption: Text
    alternative: Text
    half: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Section:
    """One section: ``name`` for the table of contents, ``finding`` as its heading."""

    id: str
    name: Text
    finding: Text
    charts: tuple[Chart, ...] = ()
    tables: tuple[PageTable, ...] = ()
    how: Text
    source: Text


def chart(chart_id: str, draw: Callable[[View], Figure], caption: Text, alternative: Text, *,
          half: bool = False) -> Chart:  # fmt: skip
    """Draw a figure for every view."""
    figures = {f"{view.language}-{'narrow' if view.narrow else 'wide'}": _plain(draw(view)) for view in VIEWS}
    height = int(figures["zh-wide"]["layout"]["height"])
    return Chart(id=chart_id, figures=figures, height=height, caption=caption, alternative=alternative, half=half)


def _plain(drawn: Figure) -> dict[str, Any]:
    """Data and layout as JSON holds them; a value that is not a number is an error here, not a gap in the figure."""
    plain: dict[str, Any] = json.loads(json.dumps(drawn.to_plotly_json(), allow_nan=False))
    return plain


def policy_cell(report: PageReport, policy: Policy) -> Cell:
    """A policy's name with its colour, the baseline marked."""
    mark = (Text("对照", "baseline"),) if policy.id == report.comparison.against else ()
    return words(policy.name, *mark, colour=policy.colour)


def runs_words(report: PageReport) -> Text:
    """How many futures and runs stand behind a figure."""
    runs, futures = len(report.comparison.keys), report.comparison.futures
    return Text(
        f"{futures} 个情景、每个方案共 {runs} 次运行，各方案用同一批情景和同样的随机数",
        f"{futures} futures and {runs} runs of each policy, all policies in the same futures with the same luck",
    )


def data_source(report: PageReport) -> Text:
    """Where the numbers of a section come from."""
    name = report.district.name
    made = (
        Text("，人口、收入等细目为合成数据", "; its detailed people and incomes are synthetic")
        if report.district.synthetic
        else Text("", "")
    )
    return Text(f"{name.zh}各社区数据{made.zh}；{report.months} 个月模拟。",
                f"Tables of {name.en}{made.en}; simulation of {report.months} months.")  # fmt: skip
