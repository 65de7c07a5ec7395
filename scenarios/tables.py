"""Tables of columns: typed, documented, read-only. One declaration gives the CSV layout, the checks and the docs."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenarios.text import Text

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]
Names = tuple[str, ...]
Kind = Literal["id", "text", "integer", "real"]


@dataclass(frozen=True)
class Column:
    """What a column holds: its kind, unit, bounds, whether its values are unique, and whether they are made up."""

    name: str
    kind: Kind
    unit: str
    low: float
    high: float
    unique: bool
    choices: tuple[str, ...]
    synthetic: bool
    says: Text
    neutral: float | None = None  # of a lever: the value at which it does nothing


def column(
    kind: Kind,
    zh: str,
    en: str,
    *,
    unit: str = "",
    low: float = 0.0,
    high: float = 1e12,
    unique: bool = False,
    choices: tuple[str, ...] = (),
    synthetic: bool = True,
    neutral: float | None = None,
) -> Any:
    """A dataclass field that documents one column. ``synthetic`` says that the shipped values are made up."""
    about = {"kind": kind, "unit": unit, "low": low, "high": high, "unique": unique, "choices": choices,
             "synthetic": synthetic, "says": Text(zh, en), "neutral": neutral}  # fmt: skip
    return field(metadata=about)


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """Columns of equal length: text as tuples, numbers as read-only arrays. Row order is the file's order."""

    def __post_init__(self) -> None:
        lengths = set()
        for item in fields(self):
            value = getattr(self, item.name)
            if item.metadata["kind"] in ("id", "text"):
                value = tuple(value)
            else:
                value = np.array(value, dtype=np.int64 if item.metadata["kind"] == "integer" else np.float64)
                value.setflags(write=False)
            object.__setattr__(self, item.name, value)
            lengths.add(len(value))
        if len(lengths) > 1:
            raise ValueError(f"columns of {type(self).__name__} differ in length: {sorted(lengths)}")

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    @classmethod
    def columns(cls) -> tuple[Column, ...]:
        """The columns in file order."""
        return tuple(Column(name=item.name, **item.metadata) for item in fields(cls))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Self:
        """A table from a frame that has the columns; extra columns are an error."""
        expected = [item.name for item in cls.columns()]
        if set(frame.columns) != set(expected):
            raise ValueError(f"{cls.__name__}: found columns {sorted(frame.columns)}; expected {sorted(expected)}")
        return cls(**{name: frame[name].to_numpy() for name in expected})

    def to_frame(self) -> pd.DataFrame:
        """A copy as a pandas frame, one row an entity."""
        return pd.DataFrame({item.name: getattr(self, item.name) for item in fields(self)})

    def take(self, rows: Integers | list[int]) -> Self:
        """The table of the given row numbers, in that order."""
        picked: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            picked[item.name] = (
                tuple(value[i] for i in rows) if isinstance(value, tuple) else value[np.asarray(rows, dtype=np.int64)]
            )
        return type(self)(**picked)

    def replaced(self, **changes: Any) -> Self:
        """A copy with some columns changed."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return type(self)(**{**values, **changes})
