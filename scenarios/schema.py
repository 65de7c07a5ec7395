"""What a scenario file may contain, and the frozen value that a checked file becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from scenarios.assembly import assembled, base_district
from scenarios.choices import Choices
from scenarios.district import District
from scenarios.goals import BOUND_ONLY, GOALS, Goal
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import Value
from scenarios.problems import same
from scenarios.quantities import Quantity, QuantityError, amount_in, parse_quantity, write_quantity
from scenarios.scenario_files import scenario_path
from scenarios.text import Text

SCHEMA = 1
MOST_OF_A_SOURCE = 2000  # characters
MOST_CARE_YUAN = 10**9


def refusal(expected: Text, mend: Text) -> PydanticCustomError:
    """An error of a validator that says in both languages what was expected and how to mend it."""
    return PydanticCustomError("refused", "{said}", {"said": expected.en, "expected": expected, "mend": mend})


def _both_languages(value: Any) -> Any:
    if not isinstance(value, Text | str | dict):  # a list of two would pass for a Text
        raise refusal(
            Text("文字，或 {zh: 中文, en: 英文}", "text, or {zh: Chinese, en: English}"),
            Text("写成文字，必要时加引号", "write text, in quotes if need be"),
        )
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _one_line(value: Text) -> Text:
    if any(not part.strip() or len(part) > 80 or "\n" in part for part in value):
        raise refusal(
            Text("1 到 80 字的单行名称", "a name of one line, 1 to 80 characters"),
            Text("name: {zh: 名称, en: name}", "write name: {zh: 名称, en: name}"),
        )
    return value


def _not_long(value: Text) -> Text:
    if any(len(part) > MOST_OF_A_SOURCE for part in value):
        raise refusal(
            Text(f"至多 {MOST_OF_A_SOURCE} 字的文字", f"text of at most {MOST_OF_A_SOURCE} characters"),
            Text("只写出处和要点", "name the document and the point"),
        )
    return value


def _amount(value: Any) -> Quantity:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise refusal(Text("数量", "an amount"), same("20 万元"))
    try:
        return parse_quantity(value) if isinstance(value, str) else Quantity(Decimal(str(value)))
    except QuantityError as error:
        raise refusal(error.expected, error.mend) from None


def _not_negative(value: Quantity) -> Quantity:
    if value.value < 0:
        raise refusal(Text("不小于 0 的数量", "an amount that must be >= 0"), Text("去掉负号", "drop the minus sign"))
    return value


def _can_be_pursued(value: tuple[Goal, ...] | dict[Goal, float]) -> tuple[Goal, ...] | dict[Goal, float]:
    if any(goal in BOUND_ONLY for goal in value):
        raise refusal(
            Text("gini 只能作为上限（bounds）", "gini only under bounds"),
            Text("bounds: {gini: 0.1}", "write bounds: {gini: 0.1}"),
        )
    return value


def _each_once(value: tuple[Goal, ...]) -> tuple[Goal, ...]:
    if len(set(value)) < len(value):
        raise refusal(
            Text("每个目标至多一次", "each goal at most once"), Text("删去重复的目标", "drop the repeated goal")
        )
    return value


AMOUNT_SCHEMA = {"type": ["number", "string"], "examples": ["4360 万元", "0.5 百分点", 0.6]}
Amount = Annotated[InstanceOf[Quantity], BeforeValidator(_amount), WithJsonSchema(AMOUNT_SCHEMA)]
Size = Annotated[Amount, AfterValidator(_not_negative)]
TEXT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {
            "type": "object",
            "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
            "required": ["zh", "en"],
            "additionalProperties": False,
        },
        {"type": "string"},
    ]
}
Name = Annotated[Text, BeforeValidator(_both_languages), AfterValidator(_one_line), WithJsonSchema(TEXT_SCHEMA)]
Source = Annotated[Text, BeforeValidator(_both_languages), AfterValidator(_not_long), WithJsonSchema(TEXT_SCHEMA)]


Weights = Annotated[dict[Goal, Annotated[float, Field(ge=0, le=1e9)]], AfterValidator(_can_be_pursued)]
Bounds = dict[Goal, Annotated[float, Field(ge=0, le=1e9)]]


class Strict(BaseModel):
    """Frozen; unknown keys refused; a value of the wrong type is never converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class PlanSettings(Strict):
    """How the plan is made."""

    method: Literal["optimal", "equal_split", "per_head", "last_year", "needs_formula"] = "optimal"
    """Search for the best plan, or a rule of thumb."""
    years: Annotated[int, Field(ge=1, le=10)] = 3
    """Years planned."""
    first_year: Annotated[int, Field(ge=2000, le=2100)] = 2027
    """First calendar year planned."""
    time_limit_s: Annotated[float, Field(ge=1, le=86_400)] = 240.0
    """Seconds after which the search stops with what it has. A safety net: shipped plans end by their gap in seconds, and
    a stop by the clock would let the load of the machine decide the plan."""
    gap: Annotated[float, Field(ge=0, le=0.5)] = 0.005
    """Relative gap at which a plan counts as optimal."""
    reserve: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    """Share of a chosen fund's pool that is kept back for emergencies."""
    carry_over: bool = False
    """Whether what a year leaves of a chosen fund's pool may be granted in a later year."""
    add_windows: Annotated[int, Field(ge=0, le=10_000)] = 0
    """Service windows to add, where they save residents most waiting."""
    windows_each: Annotated[int, Field(ge=1, le=14)] = 4
    """Most windows added in one community."""
    add_wardens: Annotated[int, Field(ge=0, le=10_000)] = 0
    """Full-time grid wardens that may be hired beyond one a grid."""
    divide_rooms: bool = False
    """Whether the plan divides residents' rooms anew between care and activities, by need."""
    pair_units: bool = False
    """Whether the plan pairs resident units with communities; if not, waiting lists decide."""
    care_fund: Size = Quantity(Decimal(0))
    """Care money a year that the plan divides between classes of residents in hardship."""
    move_contact: bool = False
    """Whether the plan moves hours between service and contact, community by community."""

    def choices(self) -> Choices:
        """What the plan may decide beside money, posts, postings and venues."""
        return Choices(
            windows=self.add_windows,
            windows_each=self.windows_each,
            wardens=self.add_wardens,
            rooms=self.divide_rooms,
            pairs=self.pair_units,
            care_fen=int(amount_in(self.care_fund, "元/year") * 100) if self.care_fund.value else 0,
            contact=self.move_contact,
        )

    def care_money(self) -> str | int:
        """The care money as a file writes it."""
        return write_quantity(amount_in(self.care_fund, "元/year"), "元/year") if self.care_fund.value else 0

    @field_validator("care_fund")
    @classmethod
    def _money_a_year(cls, value: Quantity) -> Quantity:
        try:
            amount = amount_in(value, "元/year") if value.value else Decimal(0)
        except QuantityError as error:
            raise refusal(error.expected, error.mend) from None
        if amount > MOST_CARE_YUAN:
            raise refusal(Text("不超过 10 亿元/年", "at most 10 亿元/year"), Text("减少金额", "lower the amount"))
        return value


class SimulationSettings(Strict):
    """How the plan is simulated."""

    months: Annotated[int, Field(ge=1, le=600)] = 36
    """Months simulated after the warm-up."""
    warm_up: Annotated[int, Field(ge=0, le=120)] = 12
    """Months run before anything is counted."""
    futures: Annotated[int, Field(ge=1, le=1000)] = 10
    """Uncertain futures, the same for every policy."""
    replications: Annotated[int, Field(ge=1, le=1000)] = 2
    """Runs of each future with fresh luck."""
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 20261122
    """Seed of all luck."""
    replan: Literal["never", "yearly"] = "never"
    """Whether the rest of the plan is made anew each year."""


class Expectation(Strict):
    """One test that the scenario carries: a value, a range, or a direction against another scenario."""

    metric: str
    """Name of a metric."""
    per: Literal["plan year", "run"] = "run"
    """What the amount is counted per."""
    equals: Amount | None = None
    """The value expected, within abs_tol."""
    abs_tol: Size | None = None
    """Largest absolute difference from equals; 0 when left out."""
    at_least: Amount | None = None
    """Lowest value that passes."""
    at_most: Amount | None = None
    """Highest value that passes."""
    versus: str | None = None
    """The scenario compared with."""
    direction: Literal["higher", "lower"] | None = None
    """Which way the metric should differ from the other scenario's."""
    margin: Size | None = None
    """Least difference that counts; 0 when left out."""
    confidence: Annotated[float, Field(ge=0.5, le=0.999)] = 0.95
    """Confidence of the interval of the difference."""

    @model_validator(mode="after")
    def _each_with_its_kind(self) -> Self:
        """Nothing is written that would be ignored."""
        for key, kind in (("abs_tol", "equals"), ("margin", "versus"), ("confidence", "versus")):
            if key in self.model_fields_set and getattr(self, key) is not None and getattr(self, kind) is None:
                raise refusal(
                    Text(f"{key} 与 {kind} 同时出现", f"{key} only beside {kind}"),
                    Text(f"删去 {key}，或补上 {kind}", f"drop {key}, or add {kind}"),
                )
        return self

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        ranged = self.at_least is not None or self.at_most is not None
        kinds = (self.equals is not None) + ranged + (self.versus is not None)
        if kinds != 1:
            raise refusal(
                Text("equals、at_least/at_most、versus 三者之一", "exactly one of equals, at_least/at_most, versus"),
                Text("只留一种，例如 equals: 4360 万元", "keep one of them, such as equals: 4360 万元"),
            )
        if (self.versus is None) != (self.direction is None):
            raise refusal(
                Text("versus 与 direction 同时出现", "versus and direction together"),
                Text("写 versus: equal-split, direction: higher", "write versus: equal-split, direction: higher"),
            )
        return self

    def in_unit(self, amount: Quantity | None, unit: str) -> float:
        """One of the amounts in a metric's unit; ``per: plan year`` supplies the ``/year``; 0 for an amount left out.

        Raises QuantityError when the amount measures something else than the metric.
        """
        if amount is None:
            return 0.0
        return float(amount_in(amount.per_year() if self.per == "plan year" else amount, unit))


class ScenarioFile(Strict):
    """The keys of a scenario file. ``name``, ``source`` and ``expect`` are the file's own, the rest is inherited."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    """Version of this format."""
    name: Name
    """Name in Chinese and English; one text serves for both."""
    extends: str | None = None
    """One parent: a scenario file beside this one, or a shipped scenario."""
    district: str
    """A shipped district, or a folder inside the project folder."""
    mechanisms: dict[str, dict[str, Value]] = Field(default_factory=dict)
    """Mechanisms switched on, with their settings; off takes the parent's away."""
    goals: Annotated[
        tuple[Goal, ...], Field(min_length=1), AfterValidator(_each_once), AfterValidator(_can_be_pursued)
    ] = GOALS
    """Goals in order of rank."""
    weights: Weights = Field(default_factory=dict)
    """Weights of goals, each times its own unit, in place of the order of rank; empty for ranked goals."""
    bounds: Bounds = Field(default_factory=dict)
    """Goals held at or below a limit, in the goal's unit."""
    plan: PlanSettings = PlanSettings()
    """How the plan is made."""
    simulation: SimulationSettings = SimulationSettings()
    """How the plan is simulated."""
    parameters: dict[str, float] = Field(default_factory=dict)
    """Parameters of the model that differ from their nominal values."""
    source: Source = Text("", "")
    """Where the policy comes from, in Chinese and English; one text serves for both."""
    expect: tuple[Expectation, ...] = ()
    """What a run should show."""


class Scenario(ScenarioFile):
    """A scenario as read, merged with its parents and checked. Every mechanism has all its settings."""

    id: str
    """Stem of the file's name."""
    folder: Path
    """The project folder, in which a district of its own lies."""
    origins: dict[str, str]
    """For each dotted key that a file sets, ``file:line``; what is not here is a default."""

    def district_value(self, version: int | None = None, *, notices: list[Text] | None = None) -> District:
        """The district under this scenario: tables, parameters, plan years, mechanisms in catalogue order.

        ``version`` draws the synthetic part of a shipped district anew from that seed. Doubts about the tables that do
        not stop the reading (another encoding, odd household sizes) go to ``notices``. Raises ScenarioError when the
        tables are refused, or when settings of a mechanism exclude each other.
        """
        base = base_district(self.district, self.folder, version, notices)
        base = base.with_changes(
            rates=base.rates.with_values(**self.parameters), first_year=self.plan.first_year, years=self.plan.years
        )
        made = assembled(base, self.mechanisms, self.origins)
        fund = replace(made.service_fund, reserve_share=self.plan.reserve, carry_over=self.plan.carry_over)
        return made.with_changes(service_fund=fund, choices=self.plan.choices())

    @property
    def file(self) -> str:
        """The file it was read from, as messages name it."""
        return self.place("name")[0]

    def place(self, key: str) -> tuple[str, int]:
        """The file and line that set a dotted key, or those of the name for a key that no file sets."""
        file, _, line = self.origins.get(key, self.origins["name"]).rpartition(":")
        return file, int(line)

    def beside(self, name: str) -> Path:
        """The file of another scenario as this one's file names it: beside it, or shipped. Raises Refusal."""
        return scenario_path(name, Path(self.file).parent)

    def resolved(self) -> dict[str, Any]:
        """Everything that is in force, defaults included, as a plain dict that reads back as the same scenario."""
        return {
            "schema": self.schema_version,
            "name": self.name._asdict(),
            "district": self.district,
            "mechanisms": {name: written_settings(name, values) for name, values in self.mechanisms.items()},
            "goals": list(self.goals),
            "weights": dict(self.weights),
            "bounds": dict(self.bounds),
            "plan": self.plan.model_dump() | {"care_fund": self.plan.care_money()},
            "simulation": self.simulation.model_dump(),
            "parameters": dict(self.parameters),
            "source": self.source._asdict(),
            "expect": [_written_expectation(item) for item in self.expect],
        }


def written_settings(mechanism: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Settings as a file writes them: amounts with their unit."""
    entry = CATALOGUE[mechanism]
    return {name: _written(value, entry.setting(name).unit) for name, value in values.items()}


def _written(value: Value, unit: str) -> Value:
    if isinstance(value, bool | str) or unit in ("", "share"):
        return value
    return write_quantity(Decimal(str(value)), unit)


def _written_expectation(item: Expectation) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in type(item).model_fields}
    return {
        name: (str(value) if str(value.unit) else float(value.value)) if isinstance(value, Quantity) else value
        for name, value in values.items()
        if value is not None and (name != "confidence" or item.versus is not None)
    }
