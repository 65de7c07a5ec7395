"""Scenarios for reading: a table of differences, and the JSON Schema that editors complete and check by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scenarios.layers import OWN
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.parameters import PARAMETERS, Parameter
from scenarios.quantities import example, parse_unit
from scenarios.scenario_files import shipped_scenarios
from scenarios.schema import Scenario, ScenarioFile
from scenarios.text import Text

DEFAULT = "default"  # the origin of a value that no file sets


@dataclass(frozen=True)
class Difference:
    """One setting that differs between two scenarios; None, with an empty origin, where a scenario does not have it."""

    key: str
    value_a: Any
    value_b: Any
    origin_a: str
    origin_b: str


def diff(a: Scenario, b: Scenario) -> list[Difference]:
    """What differs in force between two scenarios, by dotted key in the order of the file.

    A scenario's own name, source and expectations are not compared: they change no result.
    """
    left, right = (dict(flat({k: v for k, v in item.resolved().items() if k not in OWN})) for item in (a, b))
    return [
        Difference(key, left.get(key), right.get(key), _origin(a, key, left), _origin(b, key, right))
        for key in dict.fromkeys([*left, *right])
        if left.get(key) != right.get(key)
    ]


def _origin(scenario: Scenario, key: str, values: dict[str, Any]) -> str:
    return scenario.origins.get(key, DEFAULT) if key in values else ""


def flat(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Leaves by dotted key; plain lists and empty mappings count as leaves.

    >>> dict(flat({"plan": {"years": 3}, "goals": ["floors"], "expect": [{"metric": "gini"}]}))
    {'plan.years': 3, 'goals': ['floors'], 'expect[0].metric': 'gini'}
    """
    if isinstance(value, dict) and value:
        parts = [(f"{key}.{name}" if key else name, item) for name, item in value.items()]
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        parts = [(f"{key}[{position}]", item) for position, item in enumerate(value)]
    else:
        yield key, value
        return
    for name, item in parts:
        yield from flat(item, name)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors: keys, ranges, mechanisms and parameters with their sentences."""
    schema = ScenarioFile.model_json_schema(by_alias=True)
    schema["title"] = "jiceng scenario"
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = ["schema", "name"]  # the district may come from the parent
    properties = schema["properties"]
    properties["extends"]["examples"] = list(shipped_scenarios())
    properties["mechanisms"] = _closed({name: _mechanism(entry) for name, entry in CATALOGUE.items()})
    properties["parameters"] = _closed({name: _parameter(item) for name, item in PARAMETERS.items()})
    return schema


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _sentence(says: Text) -> str:
    return f"{says.zh} {says.en}"


def _mechanism(entry: Mechanism) -> dict[str, Any]:
    settings = _closed({setting.name: _setting(setting) for setting in entry.settings})
    off = {"enum": ["off", False, None]}
    return {"description": _sentence(entry.says), "anyOf": [settings, off]}


def _setting(setting: Setting) -> dict[str, Any]:
    about: dict[str, Any] = {"description": _sentence(setting.says)}
    if isinstance(setting.default, bool):
        return about | {"type": "boolean"}
    if isinstance(setting.default, str):
        return about | {"enum": list(setting.choices)}
    kind = parse_unit(setting.unit).kind
    if kind is None:
        bounds = {"minimum": setting.low, "maximum": setting.high} if setting.low < setting.high else {}
        return about | {"type": "integer" if isinstance(setting.default, int) else "number"} | bounds
    return about | {"type": "string" if kind == "money" else ["string", "number"], "examples": [example(setting.unit)]}


def _parameter(item: Parameter) -> dict[str, Any]:
    return {
        "description": f"{_sentence(item.says)} ({item.unit})",
        "type": "number",
        "minimum": item.low,
        "maximum": item.high,
        "default": item.default,
    }
