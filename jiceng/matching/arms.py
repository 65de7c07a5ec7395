"""The arms of the study: ways to give the same money, each a plan at the mandated match's consolidated outlay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jiceng.planning import PlanReport, plan_on
from results.matching import MANDATED
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN
from scenarios.funding_scale import expected_outlay_fen, full_use_costs_fen
from scenarios.loader import load_scenario
from scenarios.schema import Scenario
from scenarios.text import Text

Shape = Callable[[District], District]  # what is done to a district once its mechanisms are on
MOST_RATIO, TRIES, CORRECTIONS, MILLION = 40.0, 60, 4, 1_000_000


@dataclass(frozen=True)
class Arm:
    """A way to give: a shipped scenario, planned by its own method or by another.

    ``alone``: no base grant; the ratio is raised until all money is out (``"raised"``), or stays at 1:1, which leaves the
    outlay short (``"short"``).
    """

    id: str
    scenario: str
    name: Text
    says: Text
    method: str = ""
    alone: str = ""

    @property
    def equal_outlay(self) -> bool:
        """Whether the arm spends what the mandated match does."""
        return self.alone != "short"


ARMS = (
    Arm(MANDATED, "matched-mandated", Text("强制1比1配套", "Mandated 1:1"),
        Text("市、区各出一半，各社区同额", "city and district pay half each, every community gets the same")),
    Arm("equal", "equal-split", Text("不配套，平均拨付", "No match, equal split"),
        Text("区级全额，各社区同额", "the district pays all, every community gets the same")),
    Arm("base_match", "matched-voluntary", Text("保底加自愿1比1", "Base grant and voluntary 1:1"),
        Text("自筹1元配1元，其余平均发放", "each own yuan is matched with one, the rest is shared equally")),
    Arm("base_tiered", "matched-tiered", Text("保底加分档配套", "Base grant and tiered match"),
        Text("按人均自有收入三档配2、1、0.5元，其余平均发放",
             "2, 1 or 0.5 yuan for each own yuan by own revenue a head, the rest shared equally")),
    Arm("match_raised", "matched-voluntary", Text("只配套，比例提到花完", "Match alone, ratio raised"),
        Text("不设保底，比例提高到支出相等", "no base grant; the ratio is raised until the outlay is equal"), alone="raised"),
    Arm("tiered_raised", "matched-tiered", Text("只分档配套，比例提到花完", "Tiered match alone, raised"),
        Text("不设保底，各档比例同倍提高到支出相等", "no base grant; all ratios are raised until the outlay is equal"),
        alone="raised"),
    Arm("match_alone", "matched-voluntary", Text("只配套1比1，花不完", "Voluntary 1:1 alone (spends less)"),
        Text("不设保底也不提高比例，钱花不完", "no base grant and no higher ratio: the money is not spent"), alone="short"),
    Arm("formula", "needs-based", Text("按需公式", "Needs formula"),
        Text("拨到各社区每件需求的钱相等，不做优化", "tops every community up to the same money per need, without a search"),
        method="needs_formula"),
    Arm("needs", "needs-based", Text("按需规划", "Needs-based plan"),
        Text("由规划确定各社区补助", "the plan chooses every community's grant")),
)  # fmt: skip


def as_it_is(district: District) -> District:
    """The district unchanged."""
    return district


def scenario_of(arm: Arm) -> Scenario:
    """The arm's scenario, planned by the arm's method."""
    scenario = load_scenario(arm.scenario)
    if not arm.method:
        return scenario
    return scenario.model_copy(update={"plan": scenario.plan.model_copy(update={"method": arm.method})})


def planned(arm: Arm, target_fen: int | None, shape: Shape = as_it_is) -> PlanReport:
    """The arm's plan at an outlay, within a yuan a community; at its own money where it cannot spend so much.

    The mandated match sets the outlay: its own target is None.
    """
    scenario = scenario_of(arm)
    district = shape(scenario.district_value())
    if arm.alone:
        district = without_base(district)
    if target_fen is None or arm.alone == "short":
        return plan_on(scenario, district)
    if arm.alone == "raised":  # no base grant to balance with: a base would displace own money and its match
        return replace(plan_on(scenario, with_raised_ratio(district, target_fen)), target_fen=target_fen)
    return _to_the_yuan(scenario, district, target_fen)


def _to_the_yuan(scenario: Scenario, district: District, target_fen: int) -> PlanReport:
    """The plan at an outlay. A search keeps it to half a 万元 only, so what it missed by is asked for again."""
    asked = target_fen
    report = plan_on(scenario, district, asked)
    for _ in range(CORRECTIONS):
        missed = report.outlay_fen - target_fen
        if abs(missed) <= FEN_PER_YUAN * len(district.communities):
            break
        asked -= missed
        report = plan_on(scenario, district, asked)
    return replace(report, target_fen=target_fen)


def without_base(district: District) -> District:
    """A matched district without a base grant and with a pool that never binds."""
    fund, wide = district.service_fund, 10**15
    return district.with_changes(
        service_fund=replace(fund, entitlement_fen=(0,) * len(district.communities), pool_fen=wide)
    )


def with_raised_ratio(district: District, target_fen: int) -> District:
    """The match with all ratios raised, in millionths, so far that the expected outlay just stays in the target."""
    others, low, high = full_use_costs_fen(district), 0.0, MOST_RATIO
    for _ in range(TRIES):
        middle = (low + high) / 2.0
        outlay = expected_outlay_fen(_times(district, middle), others)
        low, high = (middle, high) if outlay <= target_fen else (low, middle)
    return _times(district, low)


def _times(district: District, factor: float) -> District:
    fund = district.service_fund
    whole = replace(fund, ratio=_cut(fund.ratio * factor), ratios=tuple(_cut(one * factor) for one in fund.ratios))
    return district.with_changes(service_fund=whole)


def _cut(ratio: float) -> float:
    return int(ratio * MILLION) / MILLION
