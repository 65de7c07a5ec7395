"""Figures that compare: rows of estimates with intervals, dumbbells, lines by group, and courses over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import plotly.graph_objects as go

from results.charts import INK, MUTED, View, apart, axis, figure, line, note, view_text, width_of, wrapped
from scenarios.text import Text


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a figure: a label, its numbers in words, an estimate (or two ends), and single values as dots.

    ``aside`` is a second, shorter line of words, such as the outlay.
    """

    label: Text
    numbers: Text
    colour: str
    mean: float
    low: float
    high: float
    aside: Text | None = None
    dots: tuple[float, ...] = ()
    start: float | None = None  # now, for a dumbbell


def rows_figure(view: View, rows: Sequence[Row], title: Text, *, band: float = 0.0, zero: bool = True) -> go.Figure:
    """Estimates as dots with interval lines, one below the other; ``band`` shades what counts as no difference."""
    extent = _extent(rows, zero, band)
    traces = [trace for place, row in enumerate(rows) for trace in _row_traces(view, row, -place)]
    shapes = []
    if zero:
        shapes.append(line(0, 0, -len(rows) + 0.4, 0.6, MUTED))
    if band:
        shapes.append({"type": "rect", "x0": -band, "x1": band, "y0": -len(rows) + 0.4, "y1": 0.6, "layer": "below",
                       "fillcolor": "#eef0f2", "line": {"width": 0}})  # fmt: skip
    left = 4 if view.narrow else _label_width(view, rows)
    step = 68 if view.narrow else 46
    title_lines = wrapped(view_text(view, title), 23.5 if view.narrow else 60, 3)
    return figure(
        traces, step * len(rows) + 66, shapes=shapes, annotations=[a for i, r in enumerate(rows) for a in _row_notes(view, r, -i)],
        margin={"l": left, "r": 8 if view.narrow else _number_width(view, rows), "b": 62, "t": 4},
        xaxis=axis(title=title_lines, range=extent, nticks=5 if view.narrow else 9),
        yaxis=axis(range=[-len(rows) + 0.4, 0.6], showgrid=False, showticklabels=False),
    )  # fmt: skip


def _label_width(view: View, rows: Sequence[Row]) -> int:
    widest = max((width_of(view_text(view, row.label)) for row in rows), default=4)
    return int(min(widest, 12) * 13.5) + 22


def _number_width(view: View, rows: Sequence[Row]) -> int:
    """Pixels kept at the right of a wide figure for the numbers."""
    said = [view_text(view, text) for row in rows for text in (row.numbers, row.aside) if text]
    return int(max((width_of(text) for text in said), default=8) * 12.4) + 24


def _extent(rows: Sequence[Row], zero: bool, band: float) -> list[float]:
    values = [v for r in rows for v in (r.mean, r.low, r.high, *r.dots, r.start if r.start is not None else r.mean)]
    known = (
        [value for value in values if isfinite(value)]
        + ([0.0] if zero else [])
        + [-1.2 * band, 1.2 * band][: 2 * bool(band)]
    )
    low, high = min(known, default=0.0), max(known, default=1.0)
    pad = (high - low or abs(high) or 1.0) * 0.07
    return [low - pad, high + pad]


def _row_traces(view: View, row: Row, y: int) -> list[dict[str, Any]]:
    at = y - 0.22 if view.narrow else y
    hover = f"{wrapped(view_text(view, row.label), 30)}<br>{view.say(row.numbers)}"
    traces: list[dict[str, Any]] = []
    if row.dots:
        traces.append(
            {
                "type": "scatter",
                "x": list(row.dots),
                "y": [at + 0.0] * len(row.dots),
                "mode": "markers",
                "marker": {"size": 8, "color": row.colour, "opacity": 0.35},
                "hoverinfo": "skip",
            }
        )
    ends = [row.low, row.high] if row.start is None else [row.start, row.mean]
    if all(isfinite(end) for end in ends):
        traces.append(
            {
                "type": "scatter",
                "x": ends,
                "y": [at, at],
                "mode": "lines",
                "hoverinfo": "skip",
                "line": {"color": row.colour, "width": 3 if row.start is None else 2},
            }
        )
    if row.start is not None:
        traces.append(
            {
                "type": "scatter",
                "x": [row.start],
                "y": [at],
                "mode": "markers",
                "hoverinfo": "skip",
                "marker": {"size": 11, "color": "#fff", "line": {"color": MUTED, "width": 2}},
            }
        )
    if isfinite(row.mean):
        traces.append(
            {
                "type": "scatter",
                "x": [row.mean],
                "y": [at],
                "mode": "markers",
                "hovertext": [hover],
                "hoverinfo": "text",
                "marker": {"size": 12, "color": row.colour},
            }
        )
    return traces  # fmt: skip


def _row_notes(view: View, row: Row, y: int) -> list[dict[str, Any]]:
    numbers: dict[str, Any] = {"font": {"size": 12, "color": MUTED}, "xref": "paper", "xanchor": "left"}
    label = {"font": {"size": 13, "color": INK}, "xref": "paper", "xanchor": "right", "align": "right"}
    if not view.narrow:
        words = [view.say(row.numbers), *([view.say(row.aside)] if row.aside else [])]
        return [
            note(0, y, wrapped(view_text(view, row.label), 12), xshift=-10, **label),
            note(1, y, "<br>".join(words), xshift=10, **numbers),
        ]
    name = f"<b>{wrapped(view_text(view, row.label), 13, 1)}</b>"
    first = f"{name} · {view.say(row.aside)}" if row.aside else name
    return [note(0, y + 0.2, f"{first}<br>{view.say(row.numbers)}", **numbers)]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Series:
    """One policy's values over groups, or its bands over months."""

    label: Text
    colour: str
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    width: float = 2.5


def lines_figure(
    view: View, groups: Sequence[Text], series: Sequence[Series], x_title: Text, y_title: Text
) -> go.Figure:
    """Values over ordered groups, a line a policy, named at its right end."""
    xs = list(range(len(groups)))
    traces = [
        {
            "type": "scatter",
            "x": xs,
            "y": list(s.values),
            "mode": "lines+markers",
            "hoverinfo": "text",
            "hovertext": [
                f"{view.say(s.label)} · {view.say(g)}<br>{v:.1f}%" for g, v in zip(groups, s.values, strict=True)
            ],
            "line": {"color": s.colour, "width": s.width},
            "marker": {"size": 8, "color": s.colour},
        }
        for s in series
    ]
    values = [v for s in series for v in s.values if isfinite(v)]
    low, high = min(values, default=0.0), max(values, default=1.0)
    pad = max((high - low) * 0.08, 0.5)
    height = 380
    ems = 6 if view.narrow else 14
    per_pixel = (high - low + 2 * pad) / (height - 80)
    rows = [wrapped(view_text(view, s.label), ems, 2) for s in series]
    tallest = max((row.count("<br>") + 1 for row in rows), default=1)
    ends = apart([s.values[-1] for s in series], per_pixel * (17 * tallest + 3))
    notes = [
        note(xs[-1], y, text, xanchor="left", xshift=12, font={"size": 12, "color": s.colour})
        for s, y, text in zip(series, ends, rows, strict=True)
    ]
    floor = min([low - pad, *ends]) - 6 * per_pixel
    return figure(
        traces, height, annotations=notes, margin={"l": 56, "r": 92 if view.narrow else 200, "b": 62, "t": 10},
        xaxis=axis(title=wrapped(view_text(view, x_title), 16 if view.narrow else 40), tickvals=xs,
                   ticktext=[view.say(group) for group in groups], range=[-0.2, xs[-1] + 0.15], showgrid=False),
        yaxis=axis(title=view.say(y_title), range=[floor, max([high + pad, *ends]) + 6 * per_pixel], nticks=6),
    )  # fmt: skip
