"""The unit in which a scenario file states money changes nothing: the same district, and the same plan to the fen."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from optimize import Limits, Plan, audit, make_plan
from scenarios.choices import Choices
from scenarios.district import ServiceFund
from scenarios.district_files import write_district
from scenarios.loader import load_scenario
from scenarios.parameters import Rates
from scenarios.schema import Scenario
from tests.random_districts import drawing, light_case

YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
WRITTEN = {
    "元": {"pool": "元/年", "floor": "yuan/community/year", "cap": "元/社区/年", "capital": "CNY/year"},
    "万元": {"pool": "万元/年", "floor": "万元/community/year", "cap": "万元/社区/年", "capital": "万元/year"},
    "亿元": {"pool": "亿元/年", "floor": "亿元/community/year", "cap": "亿元/社区/年", "capital": "亿元/year"},
}


def amounts(seed: int) -> dict[str, int]:
    """Pool, floor and cap of the grants and the capital of the venues, in whole yuan that are no round numbers."""
    draw, count = drawing(20, seed), len(light_case(seed).district.communities)
    head = int(draw.integers(20_000, 120_000))
    return {
        "pool": head * count + 7,
        "floor": head // 4 + 1,
        "cap": 3 * head + 3,
        "capital": int(draw.integers(300_000, 900_000)),
    }


def scenario_in(unit: str, seed: int, folder: Path) -> Scenario:
    """The scenario of a seed with its money in one unit, read from a file beside the district's own folder."""
    place = light_case(seed).district
    write_district(place.with_changes(rates=Rates(), choices=Choices(), service_fund=ServiceFund()), folder / "small")
    said = {name: f"{Decimal(yuan) / YUAN[unit]:f} {WRITTEN[unit][name]}" for name, yuan in amounts(seed).items()}
    path = folder / "scenario.yaml"
    path.write_text(
        "schema: 1\nname: {zh: 甲, en: A}\ndistrict: small\nmechanisms:\n"
        f"  needs_based_grants: {{pool: {said['pool']}, floor: {said['floor']}, cap: {said['cap']}, granter: district}}\n"
        f"  venue_programme: {{capital: {said['capital']}}}\n"
        f"goals: [{'floors' if seed % 2 else 'needs_met'}]\nplan: {{years: 2}}\n",
        encoding="utf-8",
    )
    return load_scenario(path)


def plan_of(scenario: Scenario) -> Plan:
    """The best plan of a scenario's goals, ended by its gap and not by a clock."""
    place = scenario.district_value()
    plan = make_plan(place, goals=scenario.goals, limits=Limits(time_limit_s=120, gap=1e-3))
    assert audit(place, plan) == []
    return plan


def same(one: Plan, other: Plan) -> bool:
    """Whether two plans decide and promise the same, bit for bit; the seconds they took are left out."""
    timeless = [[replace(goal, seconds=0.0) for goal in plan.goals] for plan in (one, other)]
    return (
        timeless[0] == timeless[1]
        and all(
            np.array_equal(getattr(one, field.name), getattr(other, field.name))
            for field in fields(Plan)
            if field.name not in ("goals", "postings", "projects", "pairs", "correction")
        )
        and (one.postings, one.projects, one.pairs) == (other.postings, other.projects, other.pairs)
    )


@pytest.mark.parametrize("seed", range(10))
def test_the_unit_of_money_changes_no_plan(seed: int, tmp_path: Path):
    """元, 万元 and 亿元, in Chinese and English words: the same rules to the fen, and one plan."""
    found = {}
    for number, unit in enumerate(YUAN):
        folder = tmp_path / str(number)
        folder.mkdir()
        found[unit] = scenario_in(unit, seed, folder)
    funds = {unit: scenario.district_value().service_fund for unit, scenario in found.items()}
    capital = {scenario.district_value().venues.capital_fen for scenario in found.values()}
    expected = amounts(seed)
    assert capital == {expected["capital"] * 100}
    assert funds["元"] == funds["万元"] == funds["亿元"]
    assert (funds["元"].pool_fen, funds["元"].cap_fen) == (expected["pool"] * 100, expected["cap"] * 100)
    assert set(funds["元"].floor_fen) == {expected["floor"] * 100}
    in_yuan, in_wan, in_yi = (plan_of(scenario) for scenario in found.values())
    assert same(in_yuan, in_wan)
    assert same(in_yuan, in_yi)
