"""What ``jiceng mechanisms`` answers: every entry of the catalogue, whole for programs, a line each for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jiceng.answer import Answer, Cell, Grid
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import EVIDENCE, Mechanism, Setting
from scenarios.mechanisms.rows import ROWS
from scenarios.text import Text
from sim.outcome import METRICS

WAYS = {"higher": "↑", "lower": "↓"}
HEADER = (Text("机制", "mechanism"), Text("名称", "name"), Text("材料行号", "rows"), Text("指标", "metric"),
          Text("证据", "evidence"))  # fmt: skip


def mechanisms() -> Answer:
    """The catalogue of mechanisms in the order in which they act, and how many of the sources' practices it covers."""
    entries = list(CATALOGUE.values())
    covered = {row for entry in entries for row in entry.rows}
    says = Text(
        f"共 {len(entries)} 项机制，涵盖材料中 {len(ROWS)} 项做法的 {len(covered)} 项。"
        "参数、上下限与来源用 --json 查看，或见 docs/mechanisms.md。",
        f"{len(entries)} mechanisms; they cover {len(covered)} of the {len(ROWS)} practices of the sources. "
        "Settings, bounds and sources: --json, or docs/mechanisms.md.",
    )
    grid = Grid(header=HEADER, rows=tuple(_line(entry) for entry in entries))
    return Answer(data={"mechanisms": [_entry_data(entry) for entry in entries]}, says=(grid, says))


def _line(entry: Mechanism) -> tuple[Cell, ...]:
    """What a person reads of one entry."""
    label, way = METRICS[entry.metric].label, WAYS[entry.direction]
    metric = Text(f"{label.zh} {way}", f"{label.en} {way}")
    return (entry.id, entry.name, ", ".join(map(str, entry.rows)), metric, EVIDENCE[entry.evidence])


def _entry_data(entry: Mechanism) -> dict[str, Any]:
    """All that an entry says of itself; what it does and costs in a district are functions and stay out."""
    told = ("id", "rows", "name", "resource", "serves", "acts_as", "metric", "direction", "margin", "evidence",
            "channels", "sets", "adds", "replaces", "acts_with", "identity")  # fmt: skip
    parameters = [_setting_data(one) for one in entry.settings]
    return {**{name: getattr(entry, name) for name in told}, "sentence": entry.says, "parameters": parameters}


def _setting_data(setting: Setting) -> dict[str, Any]:
    """One setting with its bounds, its source, and the source's words where they had to be repaired."""
    told = ("name", "unit", "default", "choices", "neutral", "source")
    bounds = None if setting.choices else (setting.low, setting.high)
    figure = asdict(setting.figure) if setting.figure else None
    return {
        **{name: getattr(setting, name) for name in told},
        "bounds": bounds,
        "sentence": setting.says,
        "figure": figure,
    }
