"""Quantities keep their amount, whatever the words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.quantities import (
    Quantity,
    QuantityError,
    Unit,
    amount_in,
    example,
    parse_quantity,
    parse_unit,
    write_quantity,
)

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
MONEY = ("元", "万元", "亿元")
PER = ("", "/community", "/head", "/household")
UNITS = [*(f"元{per}/year" for per in PER), "元", "m2", "months", "share"]


@given(NUMBERS, st.sampled_from([*MONEY, "m2", "months", "years", "%", "百分点"]), st.sampled_from(PER),
       st.sampled_from(["", "/year", "/month"]))  # fmt: skip
def test_what_is_written_reads_back(number: Decimal, measure: str, per: str, period: str):
    """A quantity written as text is the same quantity when read."""
    quantity = Quantity(number, parse_unit(measure + per + period))
    assert parse_quantity(str(quantity)) == quantity


@given(NUMBERS, st.sampled_from(UNITS))
def test_short_text_keeps_the_exact_amount(number: Decimal, unit: str):
    """The shortest text of an amount is worth exactly that amount."""
    assert amount_in(parse_quantity(write_quantity(number, unit)), unit) == number


@given(NUMBERS, st.sampled_from(MONEY), st.sampled_from(MONEY))
def test_units_of_money_convert_both_ways(number: Decimal, one: str, other: str):
    """There and back is the same amount, to the last digit."""
    there = Quantity(number, Unit(one)).in_unit(other)
    assert Quantity(there, Unit(other)).in_unit(one) == number


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("20 万元/community/年", "元/community/year", "200000"),
        ("20万元/社区/年", "元/community/year", "200000"),
        ("20 万元/年/社区", "元/community/year", "200000"),
        ("1.2 亿元/year", "元/year", "120000000"),
        ("500 yuan/月", "元/year", "6000"),
        ("19.2 元/人/年", "元/head/year", "19.2"),
        ("41 元/户/年", "元/household/year", "41"),
        ("4360 万元/year", "万元/year", "4360"),
        ("1 元", "万元", "0.0001"),
        ("0.5 百分点", "share", "0.005"),
        ("60%", "share", "0.60"),
        ("60 ％", "share", "0.60"),
        ("0.6", "share", "0.6"),
        ("24 月", "months", "24"),
        ("2 年", "months", "24"),
        ("24 个月", "years", "2"),
        ("350 平方米", "m2", "350"),
        ("0", "元/community/year", "0"),
        ("12.5", "needs/year", "12.5"),
    ],
)
def test_planners_words_are_understood(text: str, unit: str, amount: str):
    """Chinese and English words of a unit mean the same."""
    assert amount_in(parse_quantity(text), unit) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "unit", "says"),
    [
        ("20", "元/community/year", "write it like 20 万元/community/year"),
        ("20 万元", "元/community/year", "write it like 20 万元/community/year"),
        ("20 万元/年", "元/community/year", "write it like 20 万元/community/year"),
        ("350 m2", "元/year", "an amount in 元/year"),
        ("20 元/年", "m2", "an amount in m2"),
        ("20 元", "", "a plain number without a unit"),
        ("20 万", "元", "one of 元, 万元, 亿元"),
        ("3 亿", "元", "write 亿元"),
        ("20 quid", "元", "a known unit"),
        ("20 万元/village", "元", "a known unit"),
        ("20 万元/年/年", "元", "a known unit"),
        ("−20 元", "元", "U+2212"),
        ("２０ 元", "元", "full-width digits; write 20 元"),
        ("1,200 元", "元", "write 1200 元"),
        ("1_200 元", "元", "write 1200 元"),
        ("1 200 元", "元", "write 1200 元"),
        ("1e6 元", "元", "a known unit"),
        ("二十万元", "元", "plain digits"),
        ("", "元", "plain digits"),
        ("9" * 40, "", "above the limit"),
        ("10000000000000000 元", "元", "above the limit"),
        ("20 元 ", "元", "drop the space"),
        ("nan", "", "plain digits"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_right_form(text: str, unit: str, says: str):
    """A wrong unit or a wrong sign is refused, and the message shows what to write."""
    with pytest.raises(QuantityError) as caught:
        amount_in(parse_quantity(text), unit)
    assert says in str(caught.value)
    assert caught.value.expected.zh
    assert caught.value.mend.zh


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "share"])
def test_every_example_is_valid(unit: str):
    """What a message tells people to write is accepted."""
    assert amount_in(parse_quantity(example(unit)), unit) > 0
