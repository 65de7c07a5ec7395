"""Settings of mechanisms and parameters of the model: checked against their tables, converted to the units stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from scenarios.mechanisms import CATALOGUE, conflicts
from scenarios.mechanisms.catalogue import Mechanism, Setting, Value
from scenarios.parameters import PARAMETERS, Parameter
from scenarios.problems import Refusal, did_you_mean, found_value, one_of, range_mend, same, visible
from scenarios.quantities import (
    Quantity,
    QuantityError,
    amount_in,
    example,
    number_mend,
    parse_quantity,
    parse_unit,
    write_quantity,
)
from scenarios.text import Text

Report = Callable[[tuple[str | int, ...], str | Text, Text, Text], None]
"""Takes a place in the file, what was found, what was expected, how to mend it."""
OFF = "off"


def is_off(value: Any) -> bool:
    """Whether a mechanism's value takes it away (YAML 1.2 reads ``off`` as text)."""
    return value is False or value == OFF


def checked_mechanisms(raw: Any, report: Report) -> dict[str, dict[str, Value]]:
    """The mechanisms that are on, in catalogue order, each with all its settings; problems go to ``report``."""
    if not isinstance(raw, dict):
        report(("mechanisms",), found_value(raw), Text("“机制: {设置}”形式的键值", "a mapping of mechanisms"),
               Text("例如 first_secretaries: {posts: 40}", "such as first_secretaries: {posts: 40}"))  # fmt: skip
        return {}
    _unknown(raw, CATALOGUE, ("mechanisms",), Text("机制", "mechanism"), report)
    chosen = {
        name: _settings(entry, raw[name], report)
        for name, entry in CATALOGUE.items()
        if name in raw and not is_off(raw[name])
    }
    _conflicts(chosen, report)
    return chosen


def _unknown(raw: Mapping[str, Any], known: Iterable[str], where: tuple[str, ...], kind: Text, report: Report) -> None:
    names = list(known)
    for name in raw:
        if name not in names:
            report((*where, name), Text(f"未知{kind.zh} '{visible(name, 60)}'", f"unknown {kind.en} '{visible(name, 60)}'"),
                   one_of(names), did_you_mean(name, names, Text("改用其中之一", "use one of these")))  # fmt: skip


def _conflicts(chosen: Iterable[str], report: Report) -> None:
    for first, second, thing in conflicts(chosen):
        report(("mechanisms", second), Text(f"{second} 与 {first} 都设定 {thing}", f"{second} and {first} both set {thing}"),
               Text("二者之一", "one of the two"), Text(f"关掉一个：{first}: off", f"switch one off, such as {first}: off"))  # fmt: skip


def _settings(entry: Mechanism, raw: Any, report: Report) -> dict[str, Value]:
    where = ("mechanisms", entry.id)
    if not isinstance(raw, dict):
        report(where, found_value(raw), Text("设置的键值，或 off", "a mapping of settings, or off"),
               Text(f"按默认设置启用写 {entry.id}: {{}}", f"write {entry.id}: {{}} for the default settings"))  # fmt: skip
        return entry.defaults
    _unknown(raw, entry.defaults, where, Text("设置", "setting"), report)
    values = entry.defaults
    for name in [name for name in raw if name in values]:
        try:
            values[name] = setting_value(entry.setting(name), raw[name])
        except Refusal as refusal:
            report((*where, name), found_value(raw[name]), refusal.expected, refusal.mend)
    return values


def setting_value(setting: Setting, raw: Any) -> Value:
    """The value of a setting in its unit; raises Refusal when it does not fit.

    >>> setting_value(CATALOGUE["first_secretaries"].setting("term"), "2 年")
    24
    """
    if isinstance(setting.default, bool):
        if not isinstance(raw, bool):
            raise Refusal(same("true / false"), Text("写 true 或 false", "write true or false"))
        return raw
    if isinstance(setting.default, str):
        if not isinstance(raw, str) or raw not in setting.choices:
            otherwise = Text("改用其中之一", "use one of these")
            raise Refusal(one_of(setting.choices), did_you_mean(str(raw), setting.choices, otherwise))
        return raw
    return _number(setting, raw)


def _number(setting: Setting, raw: Any) -> int | float:
    whole = isinstance(setting.default, int)
    expected = expected_number(setting.unit, setting.low, setting.high, whole=whole)
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        sample = "40" if whole and not setting.unit else example(setting.unit)
        raise Refusal(expected, Text(f"例如 {sample}", f"such as {sample}"))
    amount = _amount(setting.unit, raw, expected)
    if setting.low < setting.high and not setting.low <= float(amount) <= setting.high:
        low, high = (written_end(end, setting.unit) for end in (setting.low, setting.high))
        raise Refusal(expected, range_mend(low, high, above=float(amount) > setting.high))
    if whole and amount != int(amount):
        raise Refusal(expected, Text("改为整数", "make it whole"))
    return int(amount) if whole else float(amount)


def _amount(unit: str, raw: float | str, expected: Text) -> Decimal:
    """The exact amount in the setting's unit; when the form is right and the unit is not, the setting's range is said."""
    quantity = parse_quantity(raw) if isinstance(raw, str) else Quantity(Decimal(str(raw)))
    try:
        return amount_in(quantity, unit)
    except QuantityError as error:
        raise Refusal(expected, error.mend) from None


def expected_number(unit: str, low: float, high: float, *, whole: bool) -> Text:
    """What a number should be: kind, range and unit.

    >>> expected_number("元/year", 0, 200_000, whole=False).en
    'an amount from 0 元/year to 20 万元/year'
    >>> expected_number("", 0, 400, whole=True).en
    'a whole number from 0 to 400'
    """
    kind = parse_unit(unit).kind
    noun = Text("数量", "an amount") if kind in ("money", "area", "time", "hours", "days") else Text("数", "a number")
    noun = Text("整数", "a whole number") if whole and kind is None else noun
    if low >= high:
        suffix = f" {unit}" if unit else ""
        return Text(f"{noun.zh}{suffix}", f"{noun.en}{' in' if unit else ''}{suffix}")
    ends = [written_end(end, unit) for end in (low, high)]
    return Text(f"{ends[0]} 到 {ends[1]} 的{noun.zh}", f"{noun.en} from {ends[0]} to {ends[1]}")


def written_end(end: float, unit: str) -> str:
    """One end of a range, with its unit."""
    return f"{end:g}" if parse_unit(unit).kind in (None, "share") else write_quantity(Decimal(repr(float(end))), unit)


def checked_parameters(raw: Any, report: Report) -> dict[str, float]:
    """The parameters that a scenario changes, within their ranges; problems go to ``report``."""
    if not isinstance(raw, dict):
        report(("parameters",), found_value(raw), Text("“参数: 数值”形式的键值", "a mapping of parameters"),
               Text("例如 voicing_decay: 0.1", "write them as name: number"))  # fmt: skip
        return {}
    _unknown(raw, PARAMETERS, ("parameters",), Text("参数", "parameter"), report)
    values = {}
    for name in [name for name in raw if name in PARAMETERS]:
        problem = _parameter_problem(PARAMETERS[name], raw[name])
        if problem is None:
            values[name] = float(raw[name])
        else:
            report(("parameters", name), found_value(raw[name]), *problem)
    return values


def _parameter_problem(parameter: Parameter, value: Any) -> tuple[Text, Text] | None:
    low, high, unit = parameter.low, parameter.high, parameter.unit
    expected = Text(f"{low:g} 到 {high:g} 的数（{unit}）", f"a number from {low:g} to {high:g} ({unit})")
    if isinstance(value, bool) or not isinstance(value, int | float):
        plain = Text(f"只写半角数字，例如 {parameter.default:g}", f"write plain digits, such as {parameter.default:g}")
        mend = number_mend(value, plain) if isinstance(value, str) else plain
        return expected, mend
    if not low <= value <= high:
        return expected, Text(f"改到范围以内，标称值为 {parameter.default:g}",
                              f"choose a value in the range; nominal is {parameter.default:g}")  # fmt: skip
    return None
