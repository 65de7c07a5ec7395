"""The picture of a screening: mu* with its interval and sigma of the mechanisms that matter most, by grade of evidence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from benchmarks.screening_document import Screening
from benchmarks.screening_effects import luck_level
from jiceng.screening import SEEN
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import Evidence

SHOWN = 30
COLOURS: dict[Evidence, str] = {  # Okabe and Ito 2008: told apart by the colour-blind
    "experiment": "#009E73",
    "field study": "#0072B2",
    "source claim": "#D55E00",
    "assumption": "#6E6E6E",
}
TITLES = ("Share of needs met", "Share of needs met, worst tenth of communities")
REPEATABLE = {"svg.hashsalt": "screening", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9.0}


def draw(found: Screening, path: Path) -> None:
    """Write the picture as SVG, the same bytes for the same figures."""
    names = found.largest(SHOWN)[::-1]
    with rc_context(REPEATABLE):
        figure = Figure(figsize=(11.0, 0.24 * len(names) + 1.6), layout="constrained", facecolor="white")
        axes = figure.subplots(1, len(SEEN), sharey=True)
        for panel, metric, title in zip(axes, SEEN, TITLES, strict=True):
            _panel(panel, found, metric, names)
            panel.set_title(title, loc="left", fontsize=10, fontweight="bold")
        axes[0].set_yticks(range(len(names)), names)
        figure.legend(handles=_legend(), loc="outside lower center", ncols=7, frameon=False)
        figure.savefig(path, format="svg", metadata={"Date": None})


def _panel(panel: Axes, found: Screening, metric: str, names: list[str]) -> None:
    effects = [found.effects[metric][name] for name in names]
    rows, sizes = np.arange(len(names)), np.array([effect.size.value for effect in effects])
    colours = [COLOURS[CATALOGUE[name].evidence] for name in names]
    panel.hlines(rows, [e.size.low for e in effects], [e.size.high for e in effects], colors=colours, linewidth=2.0)
    fewer = np.array([effect.mean < 0 for effect in effects])
    for chosen, marker in ((~fewer, "o"), (fewer, "v")):
        panel.scatter(sizes[chosen], rows[chosen], s=34, marker=marker, zorder=3,
                      color=[colour for colour, here in zip(colours, chosen, strict=True) if here])  # fmt: skip
    panel.scatter([effect.spread.value for effect in effects], rows, s=26, marker="D", zorder=2, facecolors="white",
                  edgecolors=colours, linewidths=1.0, clip_on=False)  # fmt: skip
    panel.axvspan(0, luck_level(found.luck[metric], found.trajectories), color="#E6E6E6", zorder=0, linewidth=0)
    panel.set_xlabel("points")
    panel.set_xlim(left=0)
    panel.set_ylim(-0.7, len(names) - 0.3)
    panel.grid(axis="both", color="#EDEDED", zorder=0)
    panel.set_axisbelow(True)
    panel.spines[["top", "right", "left"]].set_visible(False)
    panel.tick_params(left=False)


def _legend() -> list[Line2D]:
    def mark(label: str, marker: str, colour: str = "black", filled: bool = True) -> Line2D:
        return Line2D([], [], linestyle="none", marker=marker, color=colour, label=label,
                      markerfacecolor=colour if filled else "white", markersize=6)  # fmt: skip

    grades = {CATALOGUE[name].evidence for name in CATALOGUE}
    return [
        mark("mu* and its interval", "o"),
        mark("mu* of a fall", "v"),
        mark("sigma", "D", filled=False),
        *(mark(grade, "s", colour) for grade, colour in COLOURS.items() if grade in grades),
        Line2D([], [], color="#E6E6E6", linewidth=8, label="luck alone"),
    ]
