"""Three hundred audits: a good plan broken in one place by the least amount, and the rule that must be named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import optimize
from optimize import audit
from tests.audit_mutations import BREACHES, good
from tests.random_districts import drawing

PLANS = range(10)
ELSEWHERE = {"match", "not open"}  # below, and in test_optimize_audit.py: no single number of a plan breaks a match


@pytest.mark.parametrize("seed", PLANS)
def test_a_good_plan_breaks_nothing(seed: int):
    """The plans that the breaches start from keep every rule."""
    assert audit(*good(seed)) == []


@pytest.mark.parametrize("rule", BREACHES)
def test_a_breach_in_one_place_is_named(rule: str):
    """Ten plans, each broken in one place at random: the audit names the rule, in both languages, for every one."""
    tried = 0
    for seed in PLANS:
        district, plan = good(seed)
        draw = drawing(301, seed)
        breach = BREACHES[rule][seed % len(BREACHES[rule])]
        broken = breach(district, plan, draw)
        if broken is None:
            continue
        tried += 1
        named = [v for v in audit(district, broken) if v.rule == rule]
        assert named, (seed, breach.__name__, {v.rule for v in audit(district, broken)})
        assert all(v.says.zh and v.says.en for v in named)
    assert tried >= 3


@pytest.mark.parametrize("name", ["windows", "wardens", "contact", "care_rooms", "care_yuan", "pairs"])
def test_deciding_what_is_not_open_is_named(name: str):
    """A plan that decides what its district does not open breaks that rule, whatever it decides."""
    district, plan = good(0)
    closed = {"windows": 0, "wardens": 0, "contact": False, "care_fen": 0, "rooms": False, "pairs": False}
    key = {"care_rooms": "rooms", "care_yuan": "care_fen"}.get(name, name)
    stricter = district.with_changes(choices=replace(district.choices, **{key: closed[key]}))
    assert [v.where for v in audit(stricter, plan) if v.rule == "not open"] == [name]


def test_every_rule_of_the_audit_has_its_breach():
    """No rule stands in the audit's source without a breach here or elsewhere."""
    sources = [path.read_text(encoding="utf-8") for path in Path(optimize.__file__).parent.glob("audit*.py")]
    named = {rule for text in sources for rule in re.findall(r'Violation\(\s*"([a-z ]+)"', text)}
    assert named - set(BREACHES) <= ELSEWHERE
