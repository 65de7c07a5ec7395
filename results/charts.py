"""What all figures share: the view they are drawn for, colours, type, axes, and text made safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from plotly.graph_objects import Figure as Figure  # the type, for whoever only hands figures on

from scenarios.problems import visible
from scenarios.text import Language, Text

FONT = '"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",system-ui,sans-serif'
CLOSING = "）」』”’。，；：、？！"
INK, MUTED, HAIRLINE = "#1f2933", "#5b6b7a", "#e4e8ec"
GAIN, LOSS, NEUTRAL = "#2a9d8f", "#d1602d", "#f5f4f1"
DIVERGING = [[0.0, LOSS], [0.25, "#e8ae92"], [0.5, NEUTRAL], [0.75, "#93cdc5"], [1.0, GAIN]]
SEQUENTIAL = [[0.0, "#f1f3f6"], [0.35, "#b7c9e2"], [1.0, "#3b6fb6"]]


@dataclass(frozen=True)
class View:
    """For whom a figure is drawn: the language, and whether the screen is narrow (below some 560 px)."""

    language: Language
    narrow: bool

    def say(self, text: Text) -> str:
        """The text in the view's language, made safe for a figure."""
        return safe(text.in_language(self.language))


VIEWS = tuple(View(language, narrow) for language in ("zh", "en") for narrow in (False, True))


def safe(text: str) -> str:
    """Text that a figure shows as it stands: no markup, no invisible or direction-changing characters.

    >>> safe("<b>甲&乙</b>")
    '&lt;b&gt;甲&amp;乙&lt;/b&gt;'
    """
    return visible(text, 200).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def view_text(view: View, text: Text) -> str:
    """The text in the view's language, not yet made safe: for :func:`wrapped`, which does that."""
    return text.in_language(view.language)


def width_of(text: str) -> float:
    """Rough width of a text in ems: 1 for a Chinese character, 0.55 for others."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in text)


def wrapped(text: str, ems: float, lines: int = 2) -> str:
    """Text broken into lines of at most ``ems``, at spaces where there are any, cut with an ellipsis after ``lines``."""
    rows, row = [], ""
    for piece in _pieces(text):
        if row and width_of(row + piece) > ems:
            rows.append(row.strip())
            row = ""
        row += piece
    rows.append(row.strip())
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1] + "…"]
    return "<br>".join(safe(row) for row in rows)


def _pieces(text: str) -> list[str]:
    """Words with their space, and single Chinese characters."""
    pieces = [""]
    for character in text:
        if ord(character) > 0x2E7F or pieces[-1].endswith(" ") or len(pieces[-1]) >= 18:
            pieces.append("")
        last = -2 if character in CLOSING and len(pieces) > 1 and not pieces[-1] else -1  # never starts a line
        pieces[last] += character
        if ord(character) > 0x2E7F:
            pieces.append("")
    return [piece for piece in pieces if piece]


def apart(places: Sequence[float], gap: float) -> list[float]:
    """The places moved as little as needed so that neighbours are at least ``gap`` apart, in their order.

    >>> apart([1.0, 1.0, 5.0], 2.0)
    [0.0, 2.0, 5.0]
    """
    clusters: list[list[int]] = []
    centre: list[float] = []
    for index in sorted(range(len(places)), key=lambda i: places[i]):
        clusters.append([index])
        centre.append(places[index])
        while len(clusters) > 1 and centre[-1] - centre[-2] < gap * (len(clusters[-1]) + len(clusters[-2])) / 2:
            last = clusters.pop()
            centre.pop()
            clusters[-1] += last
            centre[-1] = sum(places[i] for i in clusters[-1]) / len(clusters[-1])
    moved = [0.0] * len(places)
    for middle, cluster in zip(centre, clusters, strict=True):
        for order, index in enumerate(cluster):
            moved[index] = middle + gap * (order - (len(cluster) - 1) / 2)
    return moved


def axis(**more: Any) -> dict[str, Any]:
    """An axis: hairline grid, no frame, tick labels muted, nothing to drag."""
    base: dict[str, Any] = {"showgrid": True, "gridcolor": HAIRLINE, "gridwidth": 1, "zeroline": False, "showline": False, "ticks": "",
            "fixedrange": True, "tickfont": {"size": 12, "color": MUTED}, "separatethousands": True,
            "title": {"font": {"size": 13, "color": MUTED}, "standoff": 10}}  # fmt: skip
    title = more.pop("title", None)
    return {**base, **({"title": {**base["title"], "text": title}} if title else {}), **more}


def note(x: float, y: float, text: str, **more: Any) -> dict[str, Any]:
    """A text on the figure, without an arrow."""
    base = {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 12, "color": MUTED}, "align": "left"}
    return {**base, **more}


def line(x0: float, x1: float, y0: float, y1: float, colour: str = MUTED, **more: Any) -> dict[str, Any]:
    """A straight line below the data."""
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below",
            "line": {"color": colour, "width": 1}, **more}  # fmt: skip


def figure(traces: Sequence[dict[str, Any]], height: int, **layout: Any) -> go.Figure:
    """A figure on white paper with the shared type; traces and layout are checked by plotly."""
    margin = {"l": 8, "r": 8, "t": 8, "b": 48, **layout.pop("margin", {})}
    return go.Figure(
        data=list(traces),
        layout={
            "template": {"data": {}, "layout": {}}, "height": height, "margin": margin, "paper_bgcolor": "#fff",
            "plot_bgcolor": "#fff", "font": {"family": FONT, "size": 13, "color": INK}, "showlegend": False,
            "hoverlabel": {"bgcolor": "#fff", "bordercolor": MUTED, "font": {"color": INK, "family": FONT}},
            "hovermode": "closest", "dragmode": False, "separators": ".,", **layout,
        },
    )  # fmt: skip
