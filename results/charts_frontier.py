"""Figures of a frontier: cost and worst tenth by budget, cost against the worst tenth, and what a further 万元 brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from optimize.frontier import Frontier, Marginal
from optimize.frontier_point import Point
from results.charts import GAIN, INK, LOSS, MUTED, View, axis, figure, view_text, wrapped
from results.numbers import number
from scenarios.text import Text

BLUE = "#3b6fb6"
FUND = Text("可拨补助（万元/年）", "grants at hand (万元 a year)")
COST = Text("社会代价（万元/年）", "social cost (万元 a year)")
WORST = Text("最差十分之一社区未办结比例（%）", "needs unmet in the worst tenth (%)")
NEEDS_MET = Text("办结需求（件/年）", "needs met a year")
SAVED = Text("补助每多1万元净省代价（万元）", "net saving by one more 万元 in grants (万元)")
SHADOW = Text("是否类决定不变时的影子价格", "shadow price, yes-or-no decisions kept")
HEIGHT, MARGIN = 400, {"l": 72, "r": 14, "t": 30, "b": 62}


def budget_figure(view: View, frontier: Frontier) -> go.Figure:
    """The least social cost at each budget, with what is proven below it, and needs met in the words of each point."""
    points = frontier.budget
    return _lines(view, [one.fund_wan for one in points], points, FUND, COST)


def fairness_figure(view: View, frontier: Frontier) -> go.Figure:
    """The least social cost at each limit on the worst tenth, at the present budget."""
    points = frontier.fairness
    return _lines(view, [100.0 * one.worst_tenth for one in points], points, WORST, COST)


def worst_figure(view: View, frontier: Frontier) -> go.Figure:
    """The worst tenth at each budget when only the cost is searched."""
    points = frontier.budget
    trace = _curve([one.fund_wan for one in points], [100.0 * one.worst_tenth for one in points], LOSS)
    return _framed(view, [trace | _told(view, points)], FUND, WORST)


def marginal_figure(view: View, frontier: Frontier) -> go.Figure:
    """Cost saved by a further 万元 between budgets, the band that the gaps leave, and the shadow price."""
    marginals = frontier.marginals
    middle = [(one.from_wan + one.to_wan) / 2.0 for one in marginals]
    bars = {
        **_curve(middle, [one.saved for one in marginals], GAIN),
        "error_y": {"type": "data", "symmetric": False, "array": [one.high - one.saved for one in marginals],
                    "arrayminus": [one.saved - one.low for one in marginals], "color": MUTED},
        "hovertext": [_marginal_words(view, one) for one in marginals],
        "hoverinfo": "text",
    }  # fmt: skip
    priced = [one for one in frontier.budget if one.shadow is not None]
    shadow = {
        "type": "scatter", "mode": "markers", "x": [one.fund_wan for one in priced],
        "y": [one.shadow for one in priced], "marker": {"size": 9, "symbol": "diamond-open", "color": INK},
        "hovertext": [f"{view.say(SHADOW)} {number(one.shadow or 0.0, 2)}" for one in priced], "hoverinfo": "text",
    }  # fmt: skip
    return _framed(view, [bars, shadow], FUND, SAVED)


def _lines(view: View, x: list[float], points: Sequence[Point], across: Text, up: Text) -> go.Figure:
    """The values found as a line, and the bounds proven as a dotted one."""
    bound = {
        "type": "scatter", "mode": "lines", "x": x, "y": [one.bound for one in points], "hoverinfo": "skip",
        "line": {"color": MUTED, "width": 1.2, "dash": "dot"},
    }  # fmt: skip
    return _framed(view, [bound, _curve(x, [one.cost for one in points], BLUE) | _told(view, points)], across, up)


def _curve(x: list[float], y: list[float], colour: str) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines+markers", "x": x, "y": y, "line": {"color": colour, "width": 2.2},
            "marker": {"size": 8, "color": colour}}  # fmt: skip


def _told(view: View, points: Sequence[Point]) -> dict[str, Any]:
    """What each point says when it is pointed at."""
    says = [
        "<br>".join(
            f"{view.say(name)}：{shown}"
            for name, shown in (
                (FUND, number(one.fund_wan)),
                (COST, f"{number(one.cost, 1)} ({one.gap:.2%})"),
                (WORST, number(100.0 * one.worst_tenth, 1)),
                (NEEDS_MET, number(one.needs_met)),
            )
        )
        for one in points
    ]
    return {"hovertext": says, "hoverinfo": "text"}


def _marginal_words(view: View, one: Marginal) -> str:
    return (f"{number(one.from_wan)} – {number(one.to_wan)}<br>{view.say(SAVED)}：{number(one.saved, 2)} "
            f"({number(one.low, 2)} – {number(one.high, 2)})")  # fmt: skip


def _framed(view: View, traces: list[dict[str, Any]], across: Text, up: Text) -> go.Figure:
    ems = 20 if view.narrow else 44
    return figure(
        traces, HEIGHT, margin=MARGIN, showlegend=False,
        xaxis=axis(title=wrapped(view_text(view, across), ems), nticks=5 if view.narrow else 9, tickformat=",~f"),
        yaxis=axis(title=wrapped(view_text(view, up), ems), tickformat=",~f"),
    )  # fmt: skip
