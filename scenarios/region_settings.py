"""region.yaml: a region's name, its lists, and the rules of what its counties share. Read with every check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scenarios.building.region_money import CountyMoney
from scenarios.district import PostingRule, VenueMode
from scenarios.problems import Problem, ScenarioError, found_value
from scenarios.reading.district_settings import EXPECTED, Name
from scenarios.reading.strict_yaml import Document, Where, dotted, read_yaml
from scenarios.text import Text

Yuan = Annotated[float, Field(ge=0, le=1e13)]
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Grants(BaseModel):
    """The granter's pool: its size a year, its match, its cost of public funds, and the bounds by community."""

    model_config = _STRICT

    pool_yuan: Yuan
    ratio: float = Field(default=1.0, ge=0, le=100)
    cost_of_funds: float = Field(default=1.0, ge=1, le=2)
    floor_yuan: Yuan = 0.0  # least and most that a community is granted in a year
    cap_yuan: Yuan = 1e10


class Capital(BaseModel):
    """Capital a year for venues, and the modes it may use."""

    model_config = _STRICT

    yuan: Yuan = 0.0
    modes: tuple[VenueMode, ...] = ("build", "refit")


class RegionSettings(BaseModel):
    """The content of region.yaml. ``lists`` names the shipped region or the folder whose lists are used, by default its
    own; ``counties`` are codes of counties, or the first digits of several, by default all.
    """

    model_config = _STRICT

    code: str = Field(min_length=1, max_length=12)
    name: Name
    version: int = Field(ge=0, lt=2**63)
    first_year: int = Field(ge=1949, le=2200)
    years: int = Field(ge=1, le=10)
    lists: str = Field(default=".", min_length=1, max_length=200)
    lists_code: str = ""
    counties: tuple[str, ...] = ("",)
    own_money: CountyMoney = CountyMoney()
    grants: Grants
    officials: PostingRule = PostingRule()
    capital: Capital = Capital()


def read_region_settings(path: Path) -> RegionSettings:
    """The settings in a region.yaml; raises ScenarioError with every mistake."""
    document = read_yaml(path)
    problems = list(document.problems)
    if document.whole:
        try:
            settings = RegionSettings.model_validate_json(json.dumps(document.value))
            if not problems:
                return settings
        except ValidationError as error:
            details = [detail for detail in error.errors() if detail["loc"] not in document.broken]
            problems += [_problem(document, detail["loc"], detail) for detail in details]
    raise ScenarioError(sorted(problems, key=lambda problem: problem.line or 0))


def _problem(document: Document, where: Where, detail: Any) -> Problem:
    """A mistake that pydantic found, with the line of the value or of the nearest key above it."""
    line = next((document.lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in document.lines), None)
    kind = detail["type"]
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return Problem(document.file, line, dotted(where), Text("未知的键", "an unknown key"),
                       Text("说明中列出的键", "a key that the documentation lists"), Text("删去该项", "remove it"))  # fmt: skip
    template = EXPECTED.get(kind)
    says = detail["msg"]
    expected = Text(*(part.format(**detail.get("ctx", {})) for part in template)) if template else Text(says, says)
    missing = kind == "missing"
    found = Text("无此项", "no such key") if missing else found_value(detail["input"])
    mend = Text("补上该项", "add it") if missing else Text("改正该值", "correct the value")
    return Problem(document.file, line, dotted(where), found, expected, mend)
