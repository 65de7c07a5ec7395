"""Numbers as people read them: rounded, grouped, with a true minus; never nan, None or a negative zero."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from results.estimates import Estimate
from scenarios.text import Text
from sim.outcome import Metric

MISSING = "—"
PERCENTAGE_POINTS = Text("个百分点", " percentage points")


@dataclass(frozen=True)
class Unit:
    """How a metric is shown: multiplied by ``scale``, with ``digits`` decimals; ``step`` is the unit of a difference."""

    scale: float
    digits: int
    unit: Text
    step: Text


_UNITS: dict[str, Unit] = {
    "share": Unit(100, 1, Text("%", "%"), PERCENTAGE_POINTS),
    "万元": Unit(1, 0, Text(" 万元", " ×10,000 yuan"), Text(" 万元", " ×10,000 yuan")),
    "万元/year": Unit(1, 0, Text(" 万元/年", " ×10,000 yuan a year"), Text(" 万元/年", " ×10,000 yuan a year")),
    "needs/year": Unit(1, 0, Text(" 件/年", " needs a year"), Text(" 件/年", " needs a year")),
    "months": Unit(1, 2, Text(" 个月", " months"), Text(" 个月", " months")),
    "hours/year": Unit(1, 0, Text(" 小时/年", " hours a year"), Text(" 小时/年", " hours a year")),
    "index": Unit(1, 3, Text("", ""), Text("", "")),
    "sd": Unit(1, 2, Text(" 个标准差", " sd"), Text(" 个标准差", " sd")),
    "people": Unit(1, 0, Text(" 人", " people"), Text(" 人", " people")),
    "m2": Unit(1, 0, Text(" 平方米", " m²"), Text(" 平方米", " m²")),
    "units": Unit(1, 1, Text(" 个", " units"), Text(" 个", " units")),
}


def unit_of(metric: Metric) -> Unit:
    """How the metric's values are shown."""
    return _UNITS[metric.unit]


def number(value: float | None, digits: int = 0, *, signed: bool = False) -> str:
    """A number with thousands separators and a true minus sign.

    >>> number(4360.4), number(-0.04, 1), number(float("nan")), number(1.25, 1, signed=True)
    ('4,360', '0.0', '—', '+1.2')
    >>> number(-4.61, 1)
    '−4.6'
    """
    if value is None or not isfinite(value):
        return MISSING
    text = f"{abs(value):,.{digits}f}"
    if not any(digit in text for digit in "123456789"):
        return text
    return ("−" if value < 0 else "+" if signed else "") + text


def interval(estimate: Estimate, unit: Unit, *, signed: bool = False) -> Text:
    """The ends of an interval in the metric's unit, or words where there is none.

    >>> interval(Estimate(0.019, 0.012, 0.026, 0.01, 10), unit_of_share(), signed=True).zh
    '+1.2 至 +2.6'
    """
    if not isfinite(estimate.half_width):
        return Text("仅一个情景，无区间", "one future only, no interval")
    low, high = (number(end * unit.scale, unit.digits, signed=signed) for end in (estimate.low, estimate.high))
    return Text(f"{low} 至 {high}", f"{low} to {high}")


def unit_of_share() -> Unit:
    """How shares are shown."""
    return _UNITS["share"]


def level(estimate: Estimate, metric: Metric) -> str:
    """A level with its half width, such as ``65.0% ± 0.7``; no half width where it rounds to nothing or is unknown."""
    unit = unit_of(metric)
    text = number(estimate.mean * unit.scale, unit.digits) + ("%" if unit.unit.zh == "%" else "")
    half = number(estimate.half_width * unit.scale, unit.digits)
    return text if text == MISSING or half == MISSING or float(half.replace(",", "")) == 0 else f"{text} ± {half}"


def difference(estimate: Estimate, metric: Metric) -> str:
    """A signed difference without its unit, such as ``+1.9``."""
    unit = unit_of(metric)
    return number(estimate.mean * unit.scale, unit.digits, signed=True)


def amount(value: float, metric: Metric) -> Text:
    """A difference without its sign and with its unit, such as ``1.9 个百分点``."""
    if metric.unit in ("万元", "万元/year"):
        per = Text("/年", " a year") if metric.unit == "万元/year" else Text("", "")
        return Text(money(abs(value)).zh + per.zh, money(abs(value)).en + per.en)
    unit = unit_of(metric)
    text = number(abs(value) * unit.scale, unit.digits)
    gap = "" if unit.step.zh.startswith(" ") or not unit.step.zh else " "
    return Text(f"{text}{gap}{unit.step.zh}", f"{text}{unit.step.en}")


def money(wan: float) -> Text:
    """Money of 万元 in prose: 万元 in Chinese, million yuan in English.

    >>> money(4360.0)
    Text(zh='4,360 万元', en='43.6 million yuan')
    """
    return Text(f"{number(wan)} 万元", f"{number(wan / 100, 1 if abs(wan) >= 100 else 2)} million yuan")
