"""A plan from a file before the rules and beside the best: rules told at their cells, and a price that cannot flatter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from jiceng.exit_codes import ExitCode
from jiceng.plan_checking import checked
from jiceng.plan_files.building import GivenPlan
from jiceng.plan_files.files import read_plan, write_plan_files
from jiceng.plan_pricing import priced
from optimize import Limits, make_plan
from optimize.correction import Correction
from optimize.plan import Plan, Status
from optimize.promise import promised
from scenarios.district import ServiceFund
from scenarios.loader import load_scenario

GAP = 0.005


@pytest.fixture(scope="module")
def free(village_street):
    """Six communities and a pool of 90 万元 for the plan to divide, and two posts."""
    return village_street.with_changes(
        service_fund=ServiceFund(mode="free", pool_fen=90_000_000, cap_fen=60_000_000), extra_posts=2
    )


@pytest.fixture(scope="module")
def scenario():
    """A scenario with the default goals, for its settings."""
    return load_scenario("budget-line")


@pytest.fixture(scope="module")
def best(free) -> Plan:
    """The best plan of the free pool."""
    return make_plan(free, limits=Limits(gap=GAP))


def from_file(plan: Plan, district, folder: Path, name: str = "plan.xlsx") -> GivenPlan:
    write_plan_files(plan, district, folder)
    return read_plan(folder / name, district)


def test_the_best_plan_costs_nothing(free, scenario, best, tmp_path):
    """The optimum, written and read back, keeps every rule and is behind no plan at its outlay, beyond the gap."""
    plan, broken = checked(free, from_file(best, free, tmp_path))
    assert broken == ()
    price = priced(scenario, free, plan)
    assert not price.is_worse
    assert price.decided_by is None
    assert abs(price.needs_lost) <= 2 * GAP * price.given_at.needs_met
    assert abs(price.worst_tenth_lost) <= 0.01 + GAP


@pytest.mark.parametrize("method", ["equal_split", "per_head"])
def test_no_plan_prices_better_than_the_best(free, scenario, method, tmp_path):
    """At the same outlay a plan by hand is never ahead of the best in the goal that decides."""
    rule = make_plan(free, method=method)
    plan, broken = checked(free, from_file(rule, free, tmp_path))
    assert broken == ()
    price = priced(scenario, free, plan)
    goal = price.decided_by
    assert goal is None or price.given_at.goals[goal] > price.best_at.goals[goal]
    assert abs(price.given_at.outlay_fen - price.best_at.outlay_fen) <= 1_000_000
    assert price.best.status is Status.OPTIMAL


def test_wasted_money_has_a_price(free, scenario, best):
    """A plan that buys nothing with its grants meets fewer needs than the best at its outlay."""
    idle = promised(
        free,
        best.with_changes(
            contract_fen=np.zeros_like(best.contract_fen), prevention_fen=np.zeros_like(best.prevention_fen)
        ),
    )
    price = priced(scenario, free, idle)
    assert price.is_worse
    assert price.needs_lost > 0


def test_a_promise_is_made_from_the_decisions(free, best, tmp_path):
    """A plan from a file promises what its decisions yield: the same as the plan that was written."""
    plan, _ = checked(free, from_file(best, free, tmp_path, "plan.yaml"))
    np.testing.assert_allclose(plan.promised_met, best.promised_met, rtol=1e-9)


def test_a_broken_rule_names_its_cell(free, best, tmp_path):
    """Every rule that a plan breaks is told in both languages, at the cell or line that breaks it."""
    lump, posts = best.lump_fen.copy(), best.posts.copy()
    lump[2, 1], posts[0, 0] = 70_000_000, 9
    bad = best.with_changes(lump_fen=lump, posts=posts)
    code = free.communities.code[2]
    told = {item.rule: item.told for item in checked(free, from_file(bad, free, tmp_path))[1]}
    assert (
        told["floor and cap"].en
        == f"plan.xlsx:资金 Money!D9: floor and cap {code} 2028: granted 70 万元; expected 0 to 60 万元"
    )
    assert told["floor and cap"].zh == f"plan.xlsx:资金 Money!D9：保底与上限 {code} 2028：拨付70万元，应在0至60万元之间"
    assert "posts" in told
    line = {item.rule: str(item.place) for item in checked(free, from_file(bad, free, tmp_path, "plan.yaml"))[1]}
    assert line["floor and cap"] == "plan.yaml:18"


def test_check_leaves_3_for_a_broken_rule_and_0_for_a_sound_plan(jiceng, tmp_path):
    """The verb tells a sound plan's outlay and that it is not proven, and refuses one that breaks a rule."""
    scenario = load_scenario("budget-line")
    district = scenario.district_value()
    plan = make_plan(district, method="equal_split")
    write_plan_files(plan, district, tmp_path)
    code, out, _ = jiceng("plan", "check", "budget-line", str(tmp_path / "plan.yaml"), "--json")
    answer = json.loads(out)
    assert (code, answer["status"], answer["proven"], answer["violations"]) == (ExitCode.DONE, "given", False, [])
    text = (tmp_path / "plan.yaml").read_text(encoding="utf-8").replace("granted: 20 万元", "granted: 21 万元", 1)
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    code, _, err = jiceng("plan", "check", "budget-line", str(tmp_path / "plan.yaml"), "--lang", "en")
    assert code == ExitCode.INPUT_REFUSED
    assert "plan.yaml:11: entitlement 371002001001 2027: granted 21 万元; entitled to 20 万元" in err


def test_a_plan_option_must_name_scenario_and_file(jiceng):
    """``--plan`` without a scenario or a file is a mistake of usage."""
    code, _, err = jiceng("run", "budget-line", "--plan", "plan.xlsx", "--lang", "en")
    assert code == ExitCode.USAGE
    assert "SCENARIO=FILE" in err


def test_a_fund_that_fixes_grants_is_priced_too(village_street, scenario, simple_plan):
    """Where the rule of the fund fixes the grants, only their uses are compared."""
    price = priced(replace_gap(scenario), village_street, simple_plan)
    assert abs(price.given_at.outlay_fen - price.best_at.outlay_fen) <= 1_000_000
    assert price.best_at.goals["worst_tenth"] <= price.given_at.goals["worst_tenth"] + 0.01


def replace_gap(scenario):
    return scenario.model_copy(update={"plan": scenario.plan.model_copy(update={"gap": 0.001})})


def test_a_correction_travels_with_the_plan(free, best, tmp_path):
    """What a promise was corrected by stays with a plan in its file, so that it is checked against the same."""
    known = replace(Correction.neutral(6), hours=(1.1,) * 6)
    corrected = promised(free, best.with_changes(correction=known))
    plan, broken = checked(free, from_file(corrected, free, tmp_path, "plan.yaml"))
    assert broken == ()
    np.testing.assert_allclose(plan.promised_met, corrected.promised_met, rtol=1e-9)
