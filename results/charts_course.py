"""Courses over time: one small panel a policy, with the spread of its runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from results.charts import View, axis, figure, note, view_text, wrapped
from results.digest import QUANTILES
from scenarios.tables import Reals
from scenarios.text import Text


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """A policy's course: quantiles over its runs; axes (quantile, month)."""

    label: Text
    colour: str
    quantiles: Reals


def courses_figure(view: View, months: Sequence[str], base: Course, courses: Sequence[Course]) -> go.Figure:
    """One small panel a policy: median, 50 % and 95 % bands, with the baseline's median in grey."""
    across = 2 if view.narrow else min(3, max(len(courses), 1))
    down = max(1, -(-len(courses) // across))
    everything = [float(v) for c in (base, *courses) for v in (c.quantiles.min(), c.quantiles.max())]
    low, high = min(everything), max(everything)
    layout: dict[str, Any] = {"annotations": [], "margin": {"l": 44, "r": 10, "t": 6, "b": 36}}
    traces: list[dict[str, Any]] = []
    height = 205 * down + 40
    for place, course in enumerate(courses):
        suffix = "" if place == 0 else str(place + 1)
        column, row = place % across, place // across
        x = [column / across + 0.012 * bool(column), (column + 1) / across - 0.018]
        y = [1 - (row + 1) / down + (34 / height), 1 - row / down - (34 / height)]
        traces += _course_traces(view, months, base, course, suffix)
        ticks = [i for i, month in enumerate(months) if month.endswith("-01")][
            :: 2 if view.narrow and len(months) > 40 else 1
        ]
        layout[f"xaxis{suffix}"] = axis(
            domain=x,
            anchor=f"y{suffix}",
            tickvals=[months[i] for i in ticks],
            type="category",
            ticktext=[months[i][:4] for i in ticks],
            range=[-0.5, len(months) - 0.5],
        )
        layout[f"yaxis{suffix}"] = axis(
            domain=y,
            anchor=f"x{suffix}",
            range=[low - 1, high + 1],
            nticks=5,
            showticklabels=column == 0,
            ticksuffix="%",
        )
        layout["annotations"].append(
            note(
                x[0],
                y[1],
                wrapped(view_text(view, course.label), 11 if view.narrow else 22, 1),
                xref="paper",
                yref="paper",
                xanchor="left",
                yanchor="bottom",
                font={"size": 13, "color": course.colour},
            )
        )
    return figure(traces, height, **layout)  # fmt: skip


def _course_traces(
    view: View, months: Sequence[str], base: Course, course: Course, suffix: str
) -> list[dict[str, Any]]:
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "type": "scatter", "mode": "lines"}
    both_ways = [*months, *reversed(months)]

    def band(low: int, high: int, opacity: float) -> dict[str, Any]:
        edge = [round(float(v), 2) for v in (*course.quantiles[low], *reversed(course.quantiles[high]))]
        return {
            **axes,
            "x": both_ways,
            "y": edge,
            "fill": "toself",
            "fillcolor": _faded(course.colour, opacity),
            "line": {"width": 0},
            "hoverinfo": "skip",
        }

    def median(of: Course, width: float, colour: str) -> dict[str, Any]:
        values = [round(float(v), 2) for v in of.quantiles[len(QUANTILES) // 2]]
        says = [f"{view.say(of.label)}<br>{m}：{v:.1f}%" for m, v in zip(months, values, strict=True)]
        return {
            **axes,
            "x": list(months),
            "y": values,
            "line": {"color": colour, "width": width},
            "hoverinfo": "text",
            "hovertext": says,
        }

    return [band(0, 4, 0.16), band(1, 3, 0.28), median(base, 1.5, "#7c858e"), median(course, 2.2, course.colour)]


def _faded(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
