"""What pydantic refused, said the way planners are told of mistakes; what was expected comes from the JSON Schema."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scenarios.problems import Refusal, did_you_mean, found_value, one_of, range_mend, same, visible
from scenarios.quantities import number_mend
from scenarios.reading.strict_yaml import Where
from scenarios.schema import ScenarioFile
from scenarios.settings import Report
from scenarios.text import Text

_EXAMPLES = {
    "schema": "schema: 1",
    "name": "name: {zh: 名称, en: name}",
    "district": "district: huancui",
    "metric": "metric: needs_met_share",
}
_MISSING = Text("空白（缺少该键）", "nothing: the key is missing")


def report_errors(error: ValidationError, report: Report) -> None:
    """Every error of a validation, in words, to ``report``."""
    for detail in error.errors(include_url=False):
        where: Where = detail["loc"]
        found, refusal = _explained(detail, where)
        report(where, found, refusal.expected, refusal.mend)


def _explained(detail: ErrorDetails, where: Where) -> tuple[str | Text, Refusal]:
    value, kind = detail["input"], detail["type"]
    if kind == "refused":
        return found_value(value), Refusal(detail["ctx"]["expected"], detail["ctx"]["mend"])
    if kind == "missing":
        sample = _EXAMPLES.get(str(where[-1]), f"{where[-1]}: …")
        return _MISSING, Refusal(expected_text(schema_at(where)), Text(f"补上 {sample}", f"add {sample}"))
    if kind == "extra_forbidden":
        key = str(where[-1])
        known = list(schema_at(where[:-1]).get("properties", {}))
        mend = did_you_mean(key, known, Text("删去，或改用其中之一", "drop it, or use one of these"))
        return Text(f"未知的键 '{visible(key, 60)}'", f"unknown key '{visible(key, 60)}'"), Refusal(one_of(known), mend)
    node = schema_at(where)
    return found_value(value), Refusal(expected_text(node), _mend(node, value))


def _mend(node: dict[str, Any], value: Any) -> Text:
    if "const" in node:
        return Text(f"写 {node['const']}", f"write {node['const']}")
    if "enum" in node:
        return did_you_mean(str(value), node["enum"], Text("改用其中之一", "use one of these"))
    if node.get("type") in ("integer", "number"):
        return _number_mend(node, value)
    if node.get("type") == "array" and isinstance(value, tuple):
        return Text("至少写一项，或删去该键", "write one at least, or drop the key")
    if node.get("type") == "array":
        return Text("用方括号写成列表", "write a list in square brackets")
    if node.get("type") == "object":
        return Text("写成 {键: 值}", "write it as {key: value}")
    return Text("写成文字，必要时加引号", "write text, in quotes if need be")


def _number_mend(node: dict[str, Any], value: Any) -> Text:
    if isinstance(value, str):
        sample = _limit(node.get("default", node["minimum"]))
        return number_mend(value, Text(f"只写半角数字，例如 {sample}", f"write plain digits, such as {sample}"))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Text("只写一个数", "write one number")
    if node["type"] == "integer" and isinstance(value, float):
        return Text(f"写 {round(value)}", f"write {round(value)}")
    return range_mend(_limit(node["minimum"]), _limit(node["maximum"]), above=value > node["maximum"])


def expected_text(node: dict[str, Any]) -> Text:
    """What a place in the schema holds, in words.

    >>> expected_text({"type": "integer", "minimum": 1, "maximum": 10}).en
    'a whole number, 1 to 10'
    """
    if "const" in node:
        return same(str(node["const"]))
    if "enum" in node:
        return one_of(map(str, node["enum"]))
    noun = {
        "integer": Text("整数", "a whole number"),
        "number": Text("数", "a number"),
        "array": Text("一个列表", "a list"),
        "object": Text("一组键值", "a mapping"),
    }.get(node.get("type", ""), Text("文字", "text"))
    if "minimum" in node and "maximum" in node:
        low, high = (_limit(node[end]) for end in ("minimum", "maximum"))
        return Text(f"{low} 到 {high} 的{noun.zh}", f"{noun.en}, {low} to {high}")
    if "minItems" in node:
        return Text("至少一项的列表", "a list of one item at least")
    return noun


def _limit(number: float) -> str:
    return "2^63-1" if number == 2**63 - 1 else f"{number:g}" if isinstance(number, float) else str(number)


@cache
def _schema() -> dict[str, Any]:
    return ScenarioFile.model_json_schema(by_alias=True)


def schema_at(where: Where) -> dict[str, Any]:
    """The part of the JSON Schema that describes a place in the file; empty for a place it does not have."""
    node = _schema()
    for part in where:
        inner = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
        node = _plain(inner or {})
    return node


def _plain(node: dict[str, Any]) -> dict[str, Any]:
    """A node with its reference followed and the null alternative dropped."""
    if "anyOf" in node:
        node = next(choice for choice in node["anyOf"] if choice.get("type") != "null")
    if "$ref" in node:
        return _plain(_schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    return node
