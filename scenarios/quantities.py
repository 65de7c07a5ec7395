"""Quantities with units as planners write them: ``20 万元/community/年``, ``0.5 百分点``, ``24 月``. Exact decimals.

A unit is a measure, and for rates what it is counted per: ``万元/community/year``. Chinese and English words mix freely.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scenarios.problems import Refusal, same
from scenarios.text import Text

Kind = Literal["money", "area", "time", "share", "hours", "days"]
LIMIT = Decimal(10) ** 15  # no amount in a district is larger; anything above is a slip of the keyboard
_MOST_DIGITS = 30

_MEASURES: dict[str, tuple[Kind, Decimal]] = {
    "元": ("money", Decimal(1)),
    "万元": ("money", Decimal(10_000)),
    "亿元": ("money", Decimal(100_000_000)),
    "m2": ("area", Decimal(1)),
    "months": ("time", Decimal(1)),
    "years": ("time", Decimal(12)),
    "hours": ("hours", Decimal(1)),
    "days": ("days", Decimal(1)),
    "share": ("share", Decimal(1)),
    "%": ("share", Decimal("0.01")),
    "百分点": ("share", Decimal("0.01")),
}  # in units of the first of each kind
_WORDS = {
    **{word: word for word in _MEASURES},
    "yuan": "元", "CNY": "元", "RMB": "元", "m²": "m2", "㎡": "m2", "平方米": "m2", "平米": "m2",
    "月": "months", "个月": "months", "month": "months", "年": "years", "year": "years",
    "小时": "hours", "工时": "hours", "hour": "hours", "天": "days", "日": "days", "day": "days",
    "％": "%", "个百分点": "百分点", "percentage points": "百分点", "percentage point": "百分点",
}  # fmt: skip
_PER = {
    "community": "community", "communities": "community", "社区": "community",
    "head": "head", "person": "head", "resident": "head", "人": "head",
    "household": "household", "households": "household", "户": "household",
    "year": "year", "年": "year", "month": "month", "月": "month",
}  # fmt: skip
_FORM = re.compile(r"(?P<number>[+-]?[0-9]+(?:\.[0-9]+)?) ?(?P<measure>[^0-9/,_ :：][^/]*)?(?P<per>(?:/[^/]+)*)")
_PLAIN_DIGITS = Text("用半角数字书写，例如 20 或 20 万元", "write plain digits, such as 20 or 20 万元")
_EXAMPLES = {"money": "20 万元", "area": "350 m2", "time": "24 月", "share": "60%", "hours": "40 小时", "days": "5 天"}


class QuantityError(Refusal):
    """A quantity that cannot be read, or is in a unit that does not fit."""


@dataclass(frozen=True)
class Unit:
    """A measure (empty for a plain number), per what (``community``, ``head``, ``household`` or nothing), per period."""

    measure: str = ""
    scale: str = ""
    period: str = ""

    @property
    def kind(self) -> Kind | None:
        """What is measured; None for a plain number or a unit that is only a label."""
        return _MEASURES[self.measure][0] if self.measure in _MEASURES else None

    @property
    def factor(self) -> Decimal:
        """What one of this unit is in the smallest unit of its kind a year."""
        measure = _MEASURES[self.measure][1] if self.measure in _MEASURES else Decimal(1)
        return measure * (12 if self.period == "month" else 1)

    def __str__(self) -> str:
        return "/".join(part for part in (self.measure, self.scale, self.period) if part)


@dataclass(frozen=True)
class Quantity:
    """An exact number of a unit."""

    value: Decimal
    unit: Unit = Unit()

    def in_unit(self, wanted: str) -> Decimal:
        """The value in another unit of the same kind. Raises QuantityError when they measure different things.

        >>> parse_quantity("2 万元/社区/月").in_unit("元/community/year")
        Decimal('240000')
        """
        unit = parse_unit(wanted)
        if (self.unit.kind, self.unit.scale, bool(self.unit.period)) != (unit.kind, unit.scale, bool(unit.period)):
            raise _misfit(wanted)
        if unit.kind is None and self.unit.measure != unit.measure:
            raise _misfit(wanted)
        return self.value * self.unit.factor / unit.factor

    def per_year(self) -> Quantity:
        """The same amount counted per year, if it names no period itself."""
        if self.unit.period or self.unit.kind != "money":
            return self
        return Quantity(self.value, Unit(self.unit.measure, self.unit.scale, "year"))

    def __str__(self) -> str:
        unit = str(self.unit)
        return f"{self.value:f}{' ' if unit and not unit.startswith('/') else ''}{unit}"


def parse_unit(text: str) -> Unit:
    """The unit of a setting or a metric; words that are no measure stay as labels (``needs``, ``people``).

    >>> parse_unit("元/社区/年")
    Unit(measure='元', scale='community', period='year')
    """
    measure, *per = (part.strip() for part in text.split("/"))
    scales = [_PER.get(word, word) for word in per]
    periods = [word for word in scales if word in ("year", "month")]
    others = [word for word in scales if word not in ("year", "month")]
    if len(periods) > 1 or len(others) > 1:
        raise _unknown_unit(text)
    return Unit(_WORDS.get(measure, measure), "".join(others), "".join(periods))


def parse_quantity(text: str) -> Quantity:
    """A quantity from text such as ``20 万元/community/年`` or ``60%``.

    Raises QuantityError when the number is malformed or too large, or a word of the unit is not known.

    >>> str(parse_quantity("20万元/社区/年"))
    '20 万元/community/year'
    """
    if text != text.strip():
        raise QuantityError(
            Text("首尾没有空格的数量", "an amount without a space at either end"), Text("删去空格", "drop the space")
        )
    match = _FORM.fullmatch(text)
    if match is None:
        raise QuantityError(Text("数字，可带单位", "a number, with a unit if it has one"), number_mend(text))
    number = match["number"]
    if len(number) > _MOST_DIGITS or abs(Decimal(number)) > LIMIT:
        raise QuantityError(above_limit(), Text("检查位数", "check the number of digits"))
    unit = parse_unit((match["measure"] or "") + match["per"])
    if (unit.measure and unit.kind is None) or unit.scale not in ("", "community", "head", "household"):
        raise _unknown_unit(str(unit))
    return Quantity(Decimal(number), unit)


def amount_in(quantity: Quantity, unit: str) -> Decimal:
    """The amount in the unit. A plain number is taken to be in that unit already, except for money, and except 0.

    Raises QuantityError when the amount is in another kind of unit, or is a plain number where money is due.

    >>> amount_in(parse_quantity("60%"), "share"), amount_in(parse_quantity("24"), "months")
    (Decimal('0.60'), Decimal('24'))
    """
    is_plain = quantity.unit == Unit()
    if is_plain and (parse_unit(unit).kind != "money" or quantity.value == 0):
        return quantity.value
    return quantity.in_unit(unit)


def write_quantity(value: Decimal, unit: str) -> str:
    """The shortest text that reads back as the same amount: whole hundreds of yuan above 10,000 are in 万元.

    >>> write_quantity(Decimal(200_000), "元/community/year")
    '20 万元/community/year'
    """
    target = parse_unit(unit)
    if target.measure == "元" and abs(value) >= 10_000 and value % 100 == 0:
        target = Unit("万元", target.scale, target.period)
        value = value / 10_000
    text = f"{value:f}"
    return str(Quantity(Decimal(text.rstrip("0").rstrip(".") if "." in text else text), target))


def example(unit: str) -> str:
    """How an amount in this unit is written.

    >>> example("元/community/year")
    '20 万元/community/year'
    """
    target = parse_unit(unit)
    if target.kind is None:
        return "0.5"
    per = "".join(f"/{part}" for part in (target.scale, target.period) if part)
    return _EXAMPLES[target.kind] + per


def number_mend(text: str, otherwise: Text = _PLAIN_DIGITS) -> Text:
    """How to mend text that should have been a number, by the slip that it shows."""
    if "−" in text:
        return Text("负号用了 U+2212，请改用半角 -", "it uses the sign U+2212; write the plain - instead")
    plain = unicodedata.normalize("NFKC", text)
    if plain != text and any(c.isdigit() and not c.isascii() for c in text):
        return Text(f"含全角数字，请写 {plain}", f"full-width digits; write {plain}")
    if re.fullmatch(r"[0-9.]+ ?[:：] ?[0-9.]+", text):
        return Text("比例写成一个数，例如 1:1 写作 1", "write a ratio as one number, such as 1 for 1:1")
    if re.fullmatch(r"[0-9.]+%", text):
        share = Decimal(text[:-1] if text.count(".") <= 1 and text[0] != "." else "0") / 100
        return Text(f"百分数请写成小数 {share}", f"write {share}")
    if re.search(r"[0-9][,_ ][0-9]", text):
        joined = re.sub(r"(?<=[0-9])[,_ ](?=[0-9])", "", text)
        return Text(f"数字中不用分隔符，写 {joined}", f"no separators inside a number; write {joined}")
    return otherwise


def above_limit() -> Text:
    """What is expected of a number that is above the limit."""
    return Text("绝对值不超过 10^15 的数（此数超出上限）", "a number of at most 10^15 (this one is above the limit)")


def _misfit(wanted: str) -> QuantityError:
    unit = parse_unit(wanted)
    if unit.kind is None and not unit.measure:
        return QuantityError(Text("不带单位的数字", "a plain number without a unit"), Text("去掉单位", "drop the unit"))
    sample = example(wanted)
    return QuantityError(
        Text(f"单位为 {wanted} 的数量", f"an amount in {wanted}"), Text(f"例如写 {sample}", f"write it like {sample}")
    )


def _unknown_unit(text: str) -> QuantityError:
    if text.split("/")[0].strip() in ("亿", "万"):
        expected, mend = same("元, 万元, 亿元"), f"{text.split('/')[0].strip()}元"
        return QuantityError(
            Text(f"以下之一：{expected.zh}", f"one of {expected.en}"), Text(f"写 {mend}", f"write {mend}")
        )
    known = "元, 万元, 亿元, m2, 月, 年, 小时, 天, %, 百分点; /community, /head, /household; /year, /month"
    return QuantityError(
        Text(f"已知单位之一（{known}）", f"a known unit, one of {known}"),
        Text("例如写 20 万元/community/year", "write it like 20 万元/community/year"),
    )
