"""The tile map: a square a community, grouped by street or town, streets placed roughly as they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np
import plotly.graph_objects as go

from results.charts import DIVERGING, INK, SEQUENTIAL, View, axis, figure, note, wrapped
from scenarios.district import District
from scenarios.tables import Integers, Reals
from scenarios.text import Text


@dataclass(frozen=True, eq=False)
class Tiles:
    """Row (downwards) and column of every community's tile, and where each street's name stands."""

    row: Integers
    column: Integers
    names: tuple[tuple[int, int, str], ...]  # row above the block, first column, name
    block: int  # columns of a block

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the whole map."""
        return int(self.row.max()) + 1, int(self.column.max()) + 1


def tiles(district: District, across: int) -> Tiles:
    """Lay the communities out, ``across`` streets side by side: north above, west to the left, roughly."""
    street = district.street_index
    count = np.bincount(street, minlength=len(district.streets))
    used = [int(s) for s in np.flatnonzero(count)]
    centre = {s: (float(district.communities.x_m[street == s].mean()), float(district.communities.y_m[street == s].mean()))
              for s in used}  # fmt: skip
    side = max(5, ceil(sqrt(float(count[used].mean()) * 1.7)))
    southward = sorted(used, key=lambda s: -centre[s][1])
    row, column = np.zeros(len(street), dtype=np.int64), np.zeros(len(street), dtype=np.int64)
    names, top = [], 1
    for start in range(0, len(southward), across):
        together = sorted(southward[start : start + across], key=lambda s: centre[s][0])
        for place, s in enumerate(together):
            members = np.flatnonzero(street == s)
            row[members] = top + np.arange(len(members)) // side
            column[members] = place * (side + 1) + np.arange(len(members)) % side
            names.append((top - 1, place * (side + 1), district.streets.name[s]))
        top += ceil(max(int(count[s]) for s in together) / side) + 2
    return Tiles(row, column, tuple(names), side)


def map_figure(view: View, district: District, values: Reals, says: Sequence[str], title: Text, *,
               diverging: bool = True) -> go.Figure:  # fmt: skip
    """Values per community as coloured tiles; ``says`` is what hovering a tile shows (made safe by the caller)."""
    laid = tiles(district, 2 if view.narrow else 3)
    rows, columns = laid.shape
    grid: list[list[float | None]] = [[None] * columns for _ in range(rows)]
    words = [[""] * columns for _ in range(rows)]
    for r, c, value, text in zip(laid.row, laid.column, values, says, strict=True):
        grid[r][c] = None if np.isnan(value) else round(float(value), 3)
        words[r][c] = text
    width = 350 if view.narrow else 940
    tile = min(37.0, width / columns)
    notes = [note(c - 0.5, r + 0.42, wrapped(name, laid.block * tile / 13.5, 1), xanchor="left", yanchor="bottom",
                  font={"size": 13, "color": INK}) for r, c, name in laid.names]  # fmt: skip
    heat: dict[str, Any] = {
        "type": "heatmap", "z": grid, "hovertext": words, "hoverinfo": "text", "xgap": 2, "ygap": 2,
        "hoverongaps": False, **_scale(values, diverging),
        "colorbar": {"orientation": "h", "thickness": 12, "len": 0.9 if view.narrow else 0.45, "x": 0, "xanchor": "left",
                     "y": 0, "yanchor": "top", "ypad": 22, "outlinewidth": 0, "nticks": 5,
                     "title": {"text": wrapped(title.in_language(view.language), 24 if view.narrow else 36, 2),
                               "side": "top", "font": {"size": 12}}},
    }  # fmt: skip
    return figure(
        [heat], int(tile * rows) + 110, annotations=notes, margin={"l": 2, "r": 2, "t": 2, "b": 92},
        xaxis=axis(showgrid=False, showticklabels=False, range=[-0.6, columns - 0.4], constrain="domain", constraintoward="left"),
        yaxis=axis(showgrid=False, showticklabels=False, range=[rows - 0.4, -0.6], scaleanchor="x", constrain="domain",
                   constraintoward="top"),
    )  # fmt: skip


def _scale(values: Reals, diverging: bool) -> dict[str, Any]:
    known = np.abs(values[~np.isnan(values)])
    top = float(np.quantile(known, 0.98)) if len(known) else 1.0
    top = top or (float(known.max()) if len(known) else 0.0) or 1.0
    if diverging:
        return {"colorscale": DIVERGING, "zmin": -top, "zmax": top, "zmid": 0}
    return {"colorscale": SEQUENTIAL, "zmin": 0, "zmax": top}
