"""district.yaml: what a district's tables cannot say. Its name, years, parameters and the rules in force."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML

from scenarios.categories import CATEGORIES
from scenarios.district import District, Floors, PostingRule, ServiceFund, VenueRule
from scenarios.levers import NEUTRAL
from scenarios.parameters import PARAMETERS, Rates
from scenarios.problems import Problem, ScenarioError, did_you_mean, found_value, one_of, same
from scenarios.quantities import number_mend
from scenarios.reading.strict_yaml import Document, Where, dotted, parse_yaml, read_yaml
from scenarios.text import Text

ABOUT = ("code", "version", "synthetic", "first_year", "years")
RULES = ("service_fund", "extra_posts", "postings", "venues", "floors")
ARRANGEMENTS = ("supports", "meetings", "care", "rectification")


class Name(BaseModel):
    """A name in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    zh: str = Field(min_length=1, max_length=200)
    en: str = Field(min_length=1, max_length=200)


class DistrictSettings(BaseModel):
    """The content of district.yaml. Rules and parameters that are not given have their defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    code: str = Field(min_length=1, max_length=200)
    name: Name
    version: int = Field(ge=0, lt=2**63)
    synthetic: bool
    first_year: int = Field(ge=1949, le=2200)
    years: int = Field(ge=1, le=10)
    rates: dict[str, float] = {}
    service_fund: ServiceFund = ServiceFund()
    extra_posts: int = Field(default=0, ge=0)
    postings: PostingRule = PostingRule()
    venues: VenueRule = VenueRule()
    floors: Floors = Floors()

    def fields_of_district(self) -> dict[str, Any]:
        """The fields of `District` that are not tables or facts."""
        values = {name: getattr(self, name) for name in (*ABOUT, *RULES)}
        return {**values, "name": Text(self.name.zh, self.name.en), "rates": Rates().with_values(**self.rates)}


EXPECTED: dict[str, Text] = {
    "missing": Text("必填项", "a value; it is missing"),
    "int_type": Text("整数", "a whole number"),
    "int_from_float": Text("整数", "a whole number"),
    "float_type": Text("数", "a number"),
    "finite_number": Text("有限的数", "a finite number"),
    "string_type": Text("文字（代码加引号）", "a text (put a code in quotes)"),
    "bool_type": Text("true或false", "true or false"),
    "model_type": Text("一组键值", "a mapping"),
    "dataclass_type": Text("一组键值", "a mapping"),
    "dict_type": Text("一组键值", "a mapping"),
    "tuple_type": Text("列表", "a list"),
    "greater_than_equal": Text("不小于{ge}的数", "a number >= {ge}"),
    "less_than_equal": Text("不大于{le}的数", "a number <= {le}"),
    "less_than": Text("小于{lt}的数", "a number < {lt}"),
    "string_too_short": Text("非空文字", "a text that is not empty"),
    "string_too_long": Text("不超过{max_length}个字的文字", "a text of at most {max_length} characters"),
}
"""What each kind of mistake that pydantic finds should have been."""


def read_settings(path: Path) -> DistrictSettings:
    """The settings in a district.yaml; raises ScenarioError with every mistake."""
    return _checked(read_yaml(path))


def _checked(document: Document) -> DistrictSettings:
    """The settings of a document, or its problems and those of its values."""
    problems = list(document.problems)
    settings = None
    if document.whole:
        try:
            # The JSON mode of pydantic is strict about types, but takes a list for a tuple.
            settings = DistrictSettings.model_validate_json(json.dumps(document.value))
        except ValidationError as error:
            details = [detail for detail in error.errors() if detail["loc"] not in document.broken]
            problems += [_problem(document, detail["loc"], detail) for detail in details]
        problems += _rate_problems(document)
    if settings is not None and settings.service_fund.mode == "mandated" and settings.service_fund.payer is None:
        problems.append(Problem(document.file, document.lines.get(("service_fund",)), "service_fund.payer",
                                Text("无此项", "no such key"), Text("出配套资金的一级", "the tier that pays the other part"),
                                Text("例如 payer: district", "such as payer: district")))  # fmt: skip
    if problems or settings is None:
        raise ScenarioError(sorted(problems, key=lambda problem: problem.line or 0))
    return settings


def _problem(document: Document, where: Where, detail: Any) -> Problem:
    """A mistake that pydantic found, in our words, with the line of the value or of the nearest key above it."""
    line = next((document.lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in document.lines), None)
    kind = detail["type"]
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        otherwise = Text("删去该项", "remove it")
        found = Text(f"未知的键“{where[-1]}”", f"unknown key '{where[-1]}'")
        known = _known_keys(where[:-1])
        return Problem(document.file, line, dotted(where), found, same(", ".join(known)),
                       did_you_mean(str(where[-1]), known, otherwise))  # fmt: skip
    template = EXPECTED.get(kind, same(detail["msg"].replace("{", "{{").replace("}", "}}")))
    expected = one_of(_choices(detail)) if kind == "literal_error" else _filled(template, detail.get("ctx", {}))
    found_here = Text("无此项", "no such key") if kind == "missing" else found_value(detail["input"])
    return Problem(document.file, line, dotted(where), found_here, expected, _mend(kind, detail))


def _filled(template: Text, values: dict[str, Any]) -> Text:
    return Text(*(text.format(**values) for text in template))


def _mend(kind: str, detail: Any) -> Text:
    """How to mend what pydantic found, by the kind of mistake."""
    if kind == "missing":
        return Text("补上该项", "add it")
    if kind == "string_type" and isinstance(detail["input"], int | float):
        return Text(f"加引号：'{detail['input']}'", f"put it in quotes: '{detail['input']}'")
    if kind in ("int_type", "float_type") and isinstance(detail["input"], str):
        return number_mend(detail["input"], Text("只写半角数字", "write plain digits"))
    if kind == "literal_error":
        return did_you_mean(str(detail["input"]), _choices(detail), Text("改用其中之一", "use one of these"))
    return Text("改正该值", "correct the value")


def _choices(detail: Any) -> list[str]:
    """The words that a literal takes; pydantic gives them as one English phrase."""
    return re.findall(r"'([^']*)'", detail["ctx"]["expected"])


def _known_keys(where: Where) -> list[str]:
    """The keys that may stand at a place."""
    if not where:
        return list(DistrictSettings.model_fields)
    default = DistrictSettings.model_fields[str(where[0])].default
    return [item.name for item in fields(default)] if is_dataclass(default) else list(Name.model_fields)


def _rate_problems(document: Document) -> Iterator[Problem]:
    """Parameters that do not exist or lie outside their range; what is no number was reported with the settings."""
    rates = document.value.get("rates")
    for name, value in rates.items() if isinstance(rates, dict) else ():
        line, place = document.lines.get(("rates", name)), f"rates.{name}"
        known = PARAMETERS.get(name)
        if known is None:
            mend = did_you_mean(name, PARAMETERS, Text("删去该参数", "remove it"))
            yield Problem(document.file, line, place, name, Text("已有的参数", "a known parameter"), mend)
        elif isinstance(value, int | float) and not known.low <= value <= known.high:
            low, high = f"{known.low:g}", f"{known.high:g}"
            expected = Text(f"{low}至{high}的数（{known.unit}）", f"a number from {low} to {high} ({known.unit})")
            yield Problem(
                document.file,
                line,
                place,
                f"{value:g}",
                expected,
                Text("核对数值和单位", "check the number and its unit"),
            )


def settings_bytes(district: District, path: Path) -> bytes:
    """The text of the district.yaml at ``path`` that gives the district back; what equals its default is left out.

    Raises ValueError if the district has categories of its own, levers or arrangements, for which district.yaml has no
    place, and ScenarioError if the text could not be read back.
    """
    if district.categories != CATEGORIES:
        raise ValueError("a district with its own categories cannot be written to files")
    if kept := _without_a_place(district):
        raise ValueError(f"a district with {', '.join(kept)} of mechanisms cannot be written to files")
    content: dict[str, Any] = {name: getattr(district, name) for name in ABOUT}
    content["name"] = district.name._asdict()
    defaults = asdict(Rates())
    if rates := {name: value for name, value in asdict(district.rates).items() if value != defaults[name]}:
        content["rates"] = rates
    for rule in RULES:
        value = getattr(district, rule)
        if value != DistrictSettings.model_fields[rule].default:
            content[rule] = value if isinstance(value, int) else asdict(value)
    text = io.StringIO()
    YAML().dump(json.loads(json.dumps(content)), text)
    _checked(parse_yaml(text.getvalue(), Document(str(path))))
    return text.getvalue().encode("utf-8")


def _without_a_place(district: District) -> list[str]:
    """What mechanisms set in a district that district.yaml cannot hold; it is chosen in a scenario."""
    levers = ["levers"] if any(district.levers.moved(name) for name in NEUTRAL) else []
    return levers + [name for name in ARRANGEMENTS if getattr(district, name) != getattr(District, name)]
