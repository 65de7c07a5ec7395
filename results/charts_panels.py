"""Small multiples of curves with intervals, and the strip that shows where values lie beside their bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite
from typing import Any

import plotly.graph_objects as go

from results.charts import HAIRLINE, INK, MUTED, View, axis, figure, line, note, view_text, wrapped
from results.numbers import number
from results.validation import Curve, Finding, Mark, Panel, Standing
from results.validation_words import band_words, value_words
from scenarios.text import Text

COLOURS = {Standing.HELD: "#2a9d8f", Standing.MISSED: "#d1602d", Standing.UNDECIDED: "#b0861a", Standing.REPORTED: "#6b7785"}  # fmt: skip
PANEL_HEIGHT, PANEL_GAP, MARGIN_LEFT = 250, 84, 54


@dataclass(frozen=True)
class _Place:
    """Where a panel stands on the paper, 0 to 1, and the suffix of its axes."""

    x: tuple[float, float]
    y: tuple[float, float]
    suffix: str
    per_pixel: float  # of the paper's height


def panels_figure(view: View, panels: Sequence[Panel], across: int = 3) -> go.Figure:
    """One small panel after another, each with its own axes; the line of today is dotted."""
    columns = 1 if view.narrow else min(across, len(panels))
    down = -(-len(panels) // columns)
    inner = down * PANEL_HEIGHT + (down - 1) * PANEL_GAP
    layout: dict[str, Any] = {"annotations": [], "shapes": [], "margin": {"l": MARGIN_LEFT, "r": 12, "t": 30, "b": 54}}
    traces: list[dict[str, Any]] = []
    for number_, panel in enumerate(panels):
        column, row = number_ % columns, number_ // columns
        gap = 0.075 if columns > 1 else 0.0
        width = (1 - gap * (columns - 1)) / columns
        top = 1 - row * (PANEL_HEIGHT + PANEL_GAP) / inner
        place = _Place((column * (width + gap), column * (width + gap) + width), (max(top - PANEL_HEIGHT / inner, 0.0), top),
                       "" if number_ == 0 else str(number_ + 1), 1 / PANEL_HEIGHT)  # fmt: skip
        traces += _panel_traces(view, panel, place.suffix)
        _furnish(view, layout, panel, place, columns)
    return figure(traces, inner + 84, **layout)


def _panel_traces(view: View, panel: Panel, suffix: str) -> list[dict[str, Any]]:
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "type": "scatter"}
    traces: list[dict[str, Any]] = []
    for curve in panel.curves:
        low = [e.low if isfinite(e.low) else e.mean for e in curve.values]
        high = [e.high if isfinite(e.high) else e.mean for e in curve.values]
        traces.append({**axes, "mode": "lines", "x": [*curve.x, *reversed(curve.x)], "y": [*low, *reversed(high)], "fill": "toself",
                       "fillcolor": _faded(curve.colour), "line": {"width": 0}, "hoverinfo": "skip"})  # fmt: skip
        says = [f"{view.say(curve.label)}<br>{x:g}：{number(e.mean, 2)}（{number(lo, 2)} – {number(hi, 2)}）"
                for x, e, lo, hi in zip(curve.x, curve.values, low, high, strict=True)]  # fmt: skip
        traces.append({**axes, "mode": "lines+markers", "x": list(curve.x), "y": [e.mean for e in curve.values], "hovertext": says,
                       "hoverinfo": "text", "line": {"color": curve.colour, "width": 2.2},
                       "marker": {"size": 6, "color": curve.colour}})  # fmt: skip
    traces += [
        {**axes, "mode": "markers", "x": [mark.x], "y": [mark.y], "hovertext": [view.say(mark.label)], "hoverinfo": "text",
         "marker": {"size": 11, "color": "#fff", "symbol": "diamond", "line": {"color": INK, "width": 2}}}
        for mark in panel.marks
    ]  # fmt: skip
    return traces


def _furnish(view: View, layout: dict[str, Any], panel: Panel, place: _Place, columns: int) -> None:
    """Axes, title, names of curves and marks, and the line of today."""
    suffix = place.suffix
    low, high = _extent(panel)
    xs = [x for curve in panel.curves for x in curve.x] + [mark.x for mark in panel.marks]
    pad = (max(xs) - min(xs)) * 0.05 or 0.5
    layout[f"xaxis{suffix}"] = axis(
        domain=list(place.x), anchor=f"y{suffix}", title=wrapped(view_text(view, panel.x_title), 22), nticks=6,
        range=[min(xs) - pad, max(xs) + pad], showgrid=False, **_whole_ticks(panel),
    )  # fmt: skip
    layout[f"yaxis{suffix}"] = axis(domain=list(place.y), anchor=f"x{suffix}", nticks=5, range=[low, high])
    at = {"xref": f"x{suffix}", "yref": f"y{suffix}"}
    title = f"<b>{wrapped(view_text(view, panel.title), 22, 1)}</b> · {view.say(panel.y_title)}"
    layout["annotations"].append(
        note(place.x[0], place.y[1], title, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=8,
             xshift=-MARGIN_LEFT + 16, font={"size": 13, "color": INK})
    )  # fmt: skip
    layout["annotations"] += [_mark_note(view, mark, at) for mark in panel.marks]
    if len(panel.curves) > 1 or panel.marks:
        layout["annotations"] += _curve_notes(view, panel.curves, at, high - low)
    if panel.now is not None:
        layout["shapes"].append(line(panel.now, panel.now, low, high, MUTED, **at) | {
            "line": {"color": MUTED, "width": 1, "dash": "dot"}})  # fmt: skip
    if low < 0 < high:
        layout["shapes"].append(
            line(min(xs) - pad, max(xs) + pad, 0, 0, HAIRLINE, **at) | {"line": {"color": MUTED, "width": 1}}
        )


def _whole_ticks(panel: Panel) -> dict[str, Any]:
    """Ticks at the points themselves where these are few whole numbers, such as years."""
    xs = panel.curves[0].x
    return {"tickvals": list(xs)} if len(xs) <= 5 and all(x == int(x) for x in xs) else {}


def _extent(panel: Panel) -> tuple[float, float]:
    values = [end for curve in panel.curves for e in curve.values for end in (e.low, e.mean, e.high) if isfinite(end)]
    values += [mark.y for mark in panel.marks]
    low, high = min(values), max(values)
    pad = max((high - low) * 0.1, 0.05)
    return low - pad, high + pad


def _curve_notes(view: View, curves: Sequence[Curve], at: dict[str, str], span: float) -> list[dict[str, Any]]:
    """Each curve's name beside it, in its later half where curves are farthest apart: the lowest below, the others above."""
    means = [[e.mean for e in curve.values] for curve in curves]
    count = len(means[0])
    place = max(range(count // 2, max(count * 4 // 5, count // 2 + 1)), key=lambda i: _room(means, i))
    notes, step, before = [], 0, float("-inf")
    for rank, c in enumerate(sorted(range(len(curves)), key=lambda c: means[c][place])):
        below, here = rank == 0, means[c][place]
        step = (
            step + 1 if rank > 1 and here - before < 0.1 * span else 0
        )  # names of curves that run together are stacked
        before = here
        notes.append(
            note(curves[c].x[place], here, view.say(curves[c].label), yanchor="top" if below else "bottom",
                 xanchor=_side(means[c], place, span, below=below), yshift=-8 if below else 8 + 16 * step,
                 font={"size": 12, "color": curves[c].colour}, **at)
        )  # fmt: skip
    return notes


def _side(values: Sequence[float], place: int, span: float, *, below: bool) -> str:
    """On which side of its curve a name stays clear of it: a curve that falls leaves room at the upper right."""
    fall = values[max(place - 1, 0)] - values[min(place + 1, len(values) - 1)]
    if abs(fall) < 0.05 * span:
        return "center"
    return "left" if (fall > 0) != below else "right"


def _room(means: Sequence[Sequence[float]], place: int) -> float:
    """Least distance between neighbouring curves at a point; for a single curve later points are as good."""
    here = sorted(values[place] for values in means)
    return min((b - a for a, b in pairwise(here)), default=-abs(place - len(means[0]) * 0.6))


def _mark_note(view: View, mark: Mark, at: dict[str, str]) -> dict[str, Any]:
    return note(
        mark.x,
        mark.y,
        view.say(mark.label),
        xanchor="center",
        yanchor="bottom",
        yshift=9,
        font={"size": 12, "color": INK},
        **at,
    )


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},.18)"


# --- the strip ------------------------------------------------------------------------------------------------------
def strip_figure(view: View, rows: Sequence[tuple[Text, Finding]]) -> go.Figure:
    """Every judged value beside its band, the band drawn alike for all: inside is between the lines, or beyond the one line.

    A value far outside stands at the edge. The distance outside is in widths of the band, or in sizes of its one limit.
    """
    traces, notes, shapes = [], [], [_band(-len(rows))]
    for place, (name, finding) in enumerate(rows):
        y, colour = -place, COLOURS[finding.standing]
        mean, low, high = (
            _position(finding, end) for end in (finding.value.mean, finding.value.low, finding.value.high)
        )
        shown = y - 0.2 if view.narrow else y
        traces += [
            {"type": "scatter", "x": [low, high], "y": [shown, shown], "mode": "lines", "line": {"color": colour, "width": 3}, "hoverinfo": "skip"},
            {"type": "scatter", "x": [mean], "y": [shown], "mode": "markers", "hoverinfo": "text", "hovertext": [view.say(name)],
             "marker": {"size": 10, "color": colour, "symbol": "circle" if finding.standing is Standing.HELD else "diamond"}},
        ]  # fmt: skip
        label = wrapped(view_text(view, name), 24 if view.narrow else 21, 2 if not view.narrow else 1)
        said = f"{view.say(value_words(finding)[0])}｜{view.say(band_words(finding.target))}"
        if view.narrow:
            notes.append(
                note(0, y + 0.22, f"{label} · {said}", xref="paper", xanchor="left", font={"size": 11, "color": INK})
            )
        else:
            notes.append(
                note(
                    0,
                    y,
                    label,
                    xref="paper",
                    xanchor="right",
                    xshift=-10,
                    align="right",
                    font={"size": 12.5, "color": INK},
                )
            )
            notes.append(note(1, y, said, xref="paper", xanchor="left", xshift=10))
    return figure(
        traces, (46 if view.narrow else 34) * len(rows) + 40, annotations=notes, shapes=shapes,
        margin={"l": 6 if view.narrow else 300, "r": 6 if view.narrow else 250, "t": 6, "b": 34},
        xaxis=axis(range=[0, 1], tickvals=[0.14, 0.5, 0.86], showgrid=False,
                   ticktext=[view.say(t) for t in (Text("低于范围", "below the band"), Text("范围之内", "in the band"), Text("高于范围", "above"))]),
        yaxis=axis(range=[-len(rows) + 0.4, 0.6], showgrid=False, showticklabels=False),
    )  # fmt: skip


def _band(bottom: float) -> dict[str, Any]:
    return {"type": "rect", "x0": 0.3, "x1": 0.7, "y0": bottom + 0.4, "y1": 0.6, "layer": "below", "fillcolor": "#eef0f2",
            "line": {"width": 0}}  # fmt: skip


def _position(finding: Finding, value: float) -> float:
    """Where a value stands on the strip: the band is 0.3 to 0.7; half of it when one side is open."""
    low, high = finding.target.low, finding.target.high
    if isfinite(low) and isfinite(high):
        return _bounded(0.3 + 0.4 * (value - low) / (high - low))
    edge = low if isfinite(low) else high
    size = max(abs(edge), abs(finding.value.mean - edge), 1e-9)
    beyond = (value - edge) / size
    return _bounded(0.3 + 0.2 * beyond if isfinite(low) else 0.7 + 0.2 * beyond)


def _bounded(place: float) -> float:
    return min(max(place, 0.02), 0.98) if place not in (inf, -inf) else 0.5
