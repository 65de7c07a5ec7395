"""Figures that compare: rows of estimates with intervals, dumbbells, lines by group, and courses over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import plotly.graph_objects as go

from results.charts import HAIRLINE, INK, MUTED, View, apart, axis, figure, line, note, width_of, wrapped
from results.digest import QUANTILES
from scenarios.tables import Reals
from scenarios.text import Text

NUMBER_COLUMN = 205  # px kept at the right of a wide figure for the numbers


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
    title_lines = wrapped(view_text(view, title), 27 if view.narrow else 60, 3)
    return figure(
        traces, step * len(rows) + 66, shapes=shapes, annotations=[a for i, r in enumerate(rows) for a in _row_notes(view, r, -i)],
        margin={"l": left, "r": 8 if view.narrow else NUMBER_COLUMN, "b": 62, "t": 4},
        xaxis=axis(title=title_lines, range=extent, nticks=5 if view.narrow else 9),
        yaxis=axis(range=[-len(rows) + 0.4, 0.6], showgrid=False, showticklabels=False),
    )  # fmt: skip


def view_text(view: View, text: Text) -> str:
    """The text in the view's language, not yet made safe (wrapping does that)."""
    return text.in_language(view.language)


def _label_width(view: View, rows: Sequence[Row]) -> int:
    widest = max((width_of(view_text(view, row.label)) for row in rows), default=4)
    return int(min(widest, 12) * 13.5) + 22


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """A policy's course: quantiles over its runs; axes (quantile, month)."""

    label: Text
    colour: str
    quantiles: Reals


def courses_figure(
    view: View, months: Sequence[str], base: Course, courses: Sequence[Course], y_title: Text
) -> go.Figure:
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


@dataclass(frozen=True, kw_only=True)
class Part:
    """One coloured part of every bar: its name, colour, text colour and a value a bar."""

    label: Text
    colour: str
    ink: str
    values: tuple[float, ...]


def bars_figure(view: View, labels: Sequence[Text], parts: Sequence[Part], title: Text) -> go.Figure:
    """Stacked horizontal bars; every part's number stands inside it where there is room."""
    totals = [sum(part.values[i] for part in parts) for i in range(len(labels))]
    widest = max((width_of(view_text(view, label)) for label in labels), default=4)
    left = 4 if view.narrow else int(min(widest, 12) * 13.5) + 18
    places = [-i for i in range(len(labels))]
    at = [p - 0.18 for p in places] if view.narrow else places
    room = max(totals, default=1.0) / (330 if view.narrow else 820)  # money a pixel
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "y": at,
            "x": list(part.values),
            "width": 0.42 if view.narrow else 0.56,
            "marker": {"color": part.colour, "line": {"color": "#fff", "width": 1}},
            "name": view.say(part.label),
            "text": [f"{v:,.0f}" if v > room * (8 * len(f"{v:,.0f}") + 8) else "" for v in part.values],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "hoverinfo": "text",
            "insidetextfont": {"size": 12, "color": part.ink},
            "cliponaxis": False,
            "hovertext": [
                f"{view.say(n)}<br>{view.say(part.label)} {v:,.0f}" for n, v in zip(labels, part.values, strict=True)
            ],
        }
        for part in parts
        if any(part.values)
    ]
    anchor = {"xref": "paper", "font": {"size": 13, "color": INK}}
    names = [
        note(0, p + 0.25, wrapped(view_text(view, label), 22, 1), xanchor="left", **anchor)
        if view.narrow
        else note(0, p, wrapped(view_text(view, label), 12), xanchor="right", xshift=-8, align="right", **anchor)
        for p, label in zip(places, labels, strict=True)
    ]
    sums = [
        note(total, y, f"<b>{total:,.0f}</b>", xanchor="left", xshift=5) for total, y in zip(totals, at, strict=True)
    ]
    key = note(0, 1, _key(view, parts), xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=4)
    top = 46 if view.narrow else 28
    return figure(
        traces, (58 if view.narrow else 44) * len(labels) + 62 + top, barmode="stack", annotations=[*names, *sums, key],
        margin={"l": left, "r": 8, "b": 58, "t": top},
        xaxis=axis(title=wrapped(view_text(view, title), 24 if view.narrow else 60), tickformat=",d", nticks=5 if view.narrow else 9,
                   range=[0, max(totals, default=1.0) * (1.2 if view.narrow else 1.1) or 1]),
        yaxis=axis(range=[-len(labels) + 0.4, 0.6], showgrid=False, showticklabels=False),
        shapes=[line(0, 0, -len(labels) + 0.4, 0.6, HAIRLINE)],
    )  # fmt: skip


def _key(view: View, parts: Sequence[Part]) -> str:
    """The parts by colour, in the order of the bars; two a line where it is narrow."""
    named = [f'<span style="color:{p.colour}">■</span> {view.say(p.label)}' for p in parts if any(p.values)]
    a_line = 2 if view.narrow and len(named) > 2 else 1 if view.narrow else len(named)
    rows = [named[i : i + a_line] for i in range(0, len(named), a_line)] if named else []
    return "<br>".join("   ".join(row) for row in rows)
