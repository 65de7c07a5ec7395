"""district.yaml: what a district's tables cannot say. Its name, years, parameters and the rules in force."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from scenarios.categories import CATEGORIES
from scenarios.csv_text import read_bytes
from scenarios.district import District, Floors, PostingRule, ServiceFund, VenueRule
from scenarios.parameters import PARAMETERS, Rates
from scenarios.problems import Problem, ScenarioError, did_you_mean, found_value, same
from scenarios.text import Text

RULES = ("service_fund", "extra_posts", "postings", "venues", "floors")


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
        values = {name: getattr(self, name) for name in ("code", "version", "synthetic", "first_year", "years", *RULES)}
        return {**values, "name": Text(self.name.zh, self.name.en), "rates": Rates().with_values(**self.rates)}


def read_settings(path: Path) -> DistrictSettings:
    """The settings in a district.yaml; raises ScenarioError with every mistake."""
    content = _read_yaml(path)
    try:
        settings = DistrictSettings.model_validate_json(json.dumps(content))
    except ValidationError as error:
        raise ScenarioError(_problem(path, content, detail) for detail in error.errors()) from None
    if problems := list(_rate_problems(path, settings.rates)):
        raise ScenarioError(problems)
    return settings


def settings_bytes(district: District) -> bytes:
    """The text of the district.yaml that gives back the district; what equals its default is left out.

    Raises ValueError if the district has categories of its own: district.yaml has no place for them.
    """
    if district.categories != CATEGORIES:
        raise ValueError("a district with its own categories cannot be written to files")
    content: dict[str, Any] = {
        "code": district.code,
        "name": {"zh": district.name.zh, "en": district.name.en},
        "version": district.version,
        "synthetic": district.synthetic,
        "first_year": district.first_year,
        "years": district.years,
    }
    defaults, rates = asdict(Rates()), asdict(district.rates)
    content["rates"] = {name: value for name, value in rates.items() if value != defaults[name]}
    plain = DistrictSettings.model_fields
    for rule in RULES:
        value = getattr(district, rule)
        if value != plain[rule].default:
            content[rule] = json.loads(json.dumps(value if rule == "extra_posts" else asdict(value)))
    if not content["rates"]:
        del content["rates"]
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.sort_base_mapping_type_on_output = False, True, False
    text = io.BytesIO()
    yaml.dump(content, text)
    return text.getvalue()


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = YAML(typ="safe", pure=True).load(read_bytes(path).decode("utf-8-sig"))
    except (YAMLError, ValueError) as error:
        expected, mend = Text("合法的UTF-8编码YAML", "valid YAML in UTF-8"), Text("按说明改正", "correct it as it says")
        raise ScenarioError([Problem(str(path), None, "yaml", str(error), expected, mend)]) from None
    if not isinstance(content, dict):
        expected, mend = Text("一组“键: 值”", "a mapping of keys to values"), Text("参照样例", "follow the sample")
        raise ScenarioError([Problem(str(path), 1, "", found_value(content), expected, mend)])
    return content


def _problem(path: Path, content: dict[str, Any], detail: Any) -> Problem:
    """A mistake that pydantic found, in our words."""
    place = ".".join(map(str, detail["loc"]))
    kind = detail["type"]
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        known = list(DistrictSettings.model_fields)
        mend = did_you_mean(str(detail["loc"][-1]), known, Text("删去该项", "remove it"))
        return Problem(str(path), None, place, str(detail["loc"][-1]), Text("已知的键", "a known key"), mend)
    expected = Text(f"必填项（{detail['msg']}）", detail["msg"]) if kind == "missing" else same(detail["msg"])
    found = "" if kind == "missing" else found_value(detail["input"])
    return Problem(str(path), None, place, found, expected, Text("改正该值", "correct the value"))


def _rate_problems(path: Path, rates: dict[str, float]) -> list[Problem]:
    """Parameters that do not exist or lie outside their range."""
    problems = []
    for name, value in rates.items():
        known = PARAMETERS.get(name)
        if known is None:
            mend = did_you_mean(name, PARAMETERS, Text("删去该参数", "remove it"))
            problems.append(
                Problem(str(path), None, f"rates.{name}", name, Text("已知的参数", "a known parameter"), mend)
            )
        elif not known.low <= value <= known.high:
            expected = same(f"{known.low:g} – {known.high:g} {known.unit}")
            mend = Text("核对数值和单位", "check the number and its unit")
            problems.append(Problem(str(path), None, f"rates.{name}", f"{value:g}", expected, mend))
    return problems
