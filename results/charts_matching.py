"""Figures of the study of matched funding: the break-even map with its boundary, and differences by quarter and county."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from results.charts import DIVERGING, INK, MUTED, View, axis, figure, line, note, view_text, wrapped
from results.estimates import Estimate
from results.matching import FlipReport, Pairing
from results.numbers import number
from scenarios.text import Text

ACROSS = Text("自有收入差距（基尼系数）", "inequality of own revenue a head (Gini)")
UP = Text("地方1元的社会成本（元）", "social cost of a local yuan (yuan)")
HUNDRED_MILLION = 1e4  # 万元


def break_even_figure(view: View, flip: FlipReport, pairing: Pairing, title: Text) -> go.Figure:
    """What the first arm saves against the second, as colour; the line is where both are equal, rings the cells simulated."""
    spreads, costs = range(len(flip.spreads)), flip.costs
    values = [[pairing.at(place, cost) for place in spreads] for cost in costs]
    top = max(float(np.max(np.abs(values))), 1.0)
    places = [str(place) for place in spreads]
    heat: dict[str, Any] = {
        "type": "heatmap", "x": list(spreads), "y": list(costs), "z": [[round(v, 1) for v in row] for row in values],
        "colorscale": DIVERGING, "zmin": -top, "zmax": top, "zmid": 0, "xgap": 2, "ygap": 2, "hoverinfo": "text",
        "hovertext": [[_cell_words(view, flip, pairing, place, cost) for place in spreads] for cost in costs],
        "text": [[number(v, signed=True) for v in row] for row in values], "texttemplate": "%{text}",
        "textfont": {"size": 10 if view.narrow else 12, "color": INK},
        "colorbar": {"orientation": "h", "thickness": 12, "len": 0.9, "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom",
                     "outlinewidth": 0, "nticks": 5, "tickformat": ",~f",
                     "title": {"text": wrapped(view_text(view, title), 22 if view.narrow else 34, 3), "side": "top", "font": {"size": 12}}},
    }  # fmt: skip
    step = (costs[1] - costs[0]) / 2.0
    rows = [costs[0] - step, costs[-1] + step]
    ticks = [f"{flip.ginis[place]:.2f}" for place in spreads]
    return figure(
        [heat, *_boundary(flip, pairing, rows), *_rings(flip, pairing)], 470,
        annotations=[note(0.5, 0, wrapped(view_text(view, ACROSS), 20 if view.narrow else 40), xref="paper", yref="paper", xanchor="center",
                          yanchor="top", yshift=-26, font={"size": 13, "color": MUTED})], margin={"l": 62, "r": 12, "t": 70, "b": 62},
        xaxis=axis(showgrid=False, tickvals=[int(p) for p in places],
                   ticktext=ticks, range=[-0.5, len(places) - 0.5]),
        yaxis=axis(title=view.say(UP), showgrid=False, tickvals=list(costs), range=rows),
    )  # fmt: skip


def _boundary(flip: FlipReport, pairing: Pairing, rows: list[float]) -> list[dict[str, Any]]:
    """The break-even line as far as it runs through the map."""
    points = [(place, pairing.break_even(place)) for place in range(len(flip.spreads))]
    known = [(x, y) for x, y in points if np.isfinite(y)]
    if not any(rows[0] <= y <= rows[1] for _, y in known):
        return []
    return [{"type": "scatter", "mode": "lines+markers", "x": [x for x, _ in known], "y": [y for _, y in known], "hoverinfo": "skip",
             "line": {"color": INK, "width": 3}, "marker": {"size": 6, "color": INK}, "cliponaxis": True}]  # fmt: skip


def _rings(flip: FlipReport, pairing: Pairing) -> list[dict[str, Any]]:
    """Rings round the cells that were simulated, if they are this pairing's."""
    if (pairing.first, pairing.second, pairing.kind) != flip.checked:
        return []
    return [{"type": "scatter", "mode": "markers", "hoverinfo": "skip", "x": [flip.spreads.index(c.spread) for c in flip.checks],
             "y": [c.cost for c in flip.checks],
             "marker": {"size": 34, "symbol": "circle-open", "color": MUTED, "line": {"width": 2}}}]  # fmt: skip


def _cell_words(view: View, flip: FlipReport, pairing: Pairing, place: int, cost: float) -> str:
    saved = number(pairing.at(place, cost), signed=True)
    return (f"{view.say(ACROSS)} {flip.ginis[place]:.2f}<br>{view.say(UP)} {cost:g}<br>"
            f"{view.say(flip.names[pairing.first])} − {view.say(flip.names[pairing.second])}<br>{saved} "
            + view.say(Text("万元/年", "万元 a year")))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Series:
    """A policy's estimates over groups, in percentage points."""

    name: Text
    colour: str
    symbol: str
    values: tuple[Estimate, ...]


def groups_figure(view: View, groups: Sequence[Text], series: Sequence[Series], title: Text) -> go.Figure:
    """Differences of every policy in every group, as dots with intervals, groups one below the other."""
    height, traces = 34 * len(series) + 26, []
    step = 1.0 / (len(series) + 1)
    for number_, one in enumerate(series):
        at = [-place - (number_ - (len(series) - 1) / 2) * step for place in range(len(groups))]
        traces.append({
            "type": "scatter", "mode": "markers", "x": [v.mean for v in one.values], "y": at, "name": view.say(one.name),
            "marker": {"size": 9, "color": one.colour, "symbol": one.symbol},
            "error_x": {"type": "data", "symmetric": False, "array": [v.high - v.mean for v in one.values],
                        "arrayminus": [v.mean - v.low for v in one.values], "color": one.colour, "thickness": 2, "width": 0},
            "hoverinfo": "text",
            "hovertext": [f"{view.say(group)}<br>{view.say(one.name)} {number(v.mean, 1, signed=True)} "
                          f"({number(v.low, 1, signed=True)} – {number(v.high, 1, signed=True)})"
                          for group, v in zip(groups, one.values, strict=True)],
        })  # fmt: skip
    names = [note(0, -place + 0.42, f"<b>{view.say(group)}</b>", xref="paper", xanchor="left", font={"size": 13, "color": INK})
             for place, group in enumerate(groups)]  # fmt: skip
    rules = [line(0, 1, -place + 0.5, -place + 0.5, "#e4e8ec", xref="paper") for place in range(1, len(groups))]
    return figure(
        traces, int(height * len(groups) * 0.72) + 130, annotations=names, margin={"l": 10, "r": 12, "t": 66 if view.narrow else 44, "b": 60},
        showlegend=True, legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 12}},
        xaxis=axis(title=wrapped(view_text(view, title), 22 if view.narrow else 60, 3), nticks=5 if view.narrow else 9),
        yaxis=axis(range=[-len(groups) + 0.5, 0.6], showgrid=False, showticklabels=False),
        shapes=[line(0, 0, -len(groups) + 0.5, 0.5, MUTED), *rules],
    )  # fmt: skip
