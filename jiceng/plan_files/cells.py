"""From one cell to one value. Raises ``Refusal`` with what was expected and how to mend it; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from jiceng.plan_files.tables import Entry, Form
from jiceng.plan_files.yaml_writing import wan_text
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN
from scenarios.problems import Refusal, range_mend, visible
from scenarios.quantities import amount_in, parse_quantity
from scenarios.reading.number_grammar import NUMBER, number_hint
from scenarios.text import Text

MOST_FEN = 10**15  # ten billion yuan a community and year: anything above is a slip of the keyboard
MOST_COUNT = 10_000
WITH_UNIT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(万元|万|元)")
IN_FEN = {"万元": FEN_PER_WAN, "万": FEN_PER_WAN, "元": FEN_PER_YUAN}
YUAN_A_YEAR = "元/year"


def fen(entry: Entry, form: Form) -> int:
    """Money in fen: with its unit in YAML; a plain number of 万元 in a workbook, to the nearest fen."""
    if form == "workbook":
        _check_unit(entry)
        number = Decimal(repr(_number(entry, Text("万元数，只写数字", "a number of 万元"))))
        amount = (number * FEN_PER_WAN).to_integral_value()
    else:
        amount = _yuan(entry) * FEN_PER_YUAN
        if amount != amount.to_integral_value():
            nearest = wan_text(round(amount))
            raise Refusal(
                Text("精确到分的金额", "an amount in whole fen"), Text(f"写 {nearest} 万元", f"write {nearest} 万元")
            )
    if not 0 <= amount <= MOST_FEN:
        top = wan_text(MOST_FEN)
        raise Refusal(
            Text(f"0 到 {top} 万元", f"0 to {top} 万元"), range_mend("0 万元", f"{top} 万元", above=amount > 0)
        )
    return int(amount)


def _check_unit(entry: Entry) -> None:
    """Refuse an amount with its unit in the cell: the heading has it."""
    text = unicodedata.normalize("NFKC", entry.value).replace(" ", "") if isinstance(entry.value, str) else ""
    if match := WITH_UNIT.fullmatch(text):
        wan = wan_text(round(Decimal(match[1]) * IN_FEN[match[2]]))
        raise Refusal(
            Text("万元数，只写数字", "a number of 万元"),
            Text(f"表头已写明单位，只写 {wan}", f"the heading has the unit; write {wan}"),
        )


def is_rounded(entry: Entry) -> bool:
    """Whether an amount in a workbook is not in whole fen, so that reading it rounded it."""
    amount = Decimal(repr(entry.value)) * FEN_PER_WAN
    return abs(amount - amount.to_integral_value()) > Decimal("1e-3")


def _yuan(entry: Entry) -> Decimal:
    value = entry.value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refusal(Text("带单位的金额", "an amount with its unit"), Text("例如写 20 万元", "write it like 20 万元"))
    if not isinstance(value, str) and value:
        raise Refusal(
            Text("带单位的金额", "an amount with its unit"), Text(f"写 {value:g} 万元", f"write {value:g} 万元")
        )
    return amount_in(parse_quantity(str(value)).per_year(), YUAN_A_YEAR)


def whole(entry: Entry, low: int, high: int) -> int:
    """A whole number in a range."""
    expected = Text(f"{low} 到 {high} 的整数", f"a whole number, {low} to {high}")
    number = _number(entry, expected, zero=low <= 0)
    if number != int(number):
        raise Refusal(expected, Text(f"写 {round(number)}", f"write {round(number)}"))
    if not low <= number <= high:
        raise Refusal(expected, range_mend(str(low), str(high), above=number > high))
    return int(number)


def real(entry: Entry, low: float, high: float) -> float:
    """A number in a range."""
    expected = Text(f"{low:g} 到 {high:g} 的数", f"a number, {low:g} to {high:g}")
    number = _number(entry, expected)
    if not low <= number <= high:
        raise Refusal(expected, range_mend(f"{low:g}", f"{high:g}", above=number > high))
    return float(number)


def measured(entry: Entry, form: Form, unit: str, high: float) -> float:
    """A number with its unit in YAML, plain in a workbook; from 0 to ``high``."""
    if form == "yaml" and isinstance(entry.value, str):
        amount = float(amount_in(parse_quantity(entry.value), unit))
        entry = Entry(amount, entry.field, entry.place)
    return real(entry, 0.0, high)


def _fill_in(zero: bool) -> Text:
    return (
        Text("填写数值，没有则填 0", "fill in the number, 0 if there is none")
        if zero
        else Text("填写数值", "fill in the number")
    )


def _number(entry: Entry, expected: Text, *, zero: bool = True) -> int | float:
    value: Any = entry.value
    if isinstance(value, bool) or value is None or isinstance(value, date):
        mend = _fill_in(zero)
        raise Refusal(
            expected, Text("改为数字，不是日期", "write a number, not a date") if isinstance(value, date) else mend
        )
    if isinstance(value, int | float):
        return value
    text = str(value).strip()
    plain = unicodedata.normalize("NFKC", text)
    if NUMBER.fullmatch(text):
        raise Refusal(
            expected,
            Text(
                f"这是文本：改为数字 {text}，不加引号，单元格不设文本格式",
                f"it is text; write the number {text}, without quotes or a text format",
            ),
        )
    if NUMBER.fullmatch(plain):
        raise Refusal(expected, Text(f"含全角数字，请写 {plain}", f"full-width digits; write {plain}"))
    raise Refusal(expected, number_hint(text))


def words(entry: Entry) -> str:
    """A text as it stands, without blanks at its ends; a number where an id is due is refused."""
    value = entry.value
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = visible(f"{value:.0f}" if isinstance(value, float) else str(value))
        raise Refusal(
            Text("文字", "text"),
            Text(f"加引号，或把单元格设为文本：'{text}'", f"put it in quotes, or make the cell text: '{text}'"),
        )
    raise Refusal(Text("文字", "text"), Text("填写该格", "fill it in"))
