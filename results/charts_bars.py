"""Stacked bars: a whole and its parts, one bar a policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from results.charts import HAIRLINE, INK, View, axis, figure, line, note, view_text, width_of, wrapped
from scenarios.text import Text


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
