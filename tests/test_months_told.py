from __future__ import annotations

import pytest

from results.months_told import months_told
from sim.run import simulate


def test_a_community_s_months_are_told_with_the_run_s_own_numbers(village_street, simple_plan):
    """Every month has a sentence in both languages that holds the counts of the record."""
    outcome = simulate(village_street, simple_plan, seed=1, months=14)
    code = village_street.communities.code[2]
    told = months_told(outcome, code)
    assert len(told) == 14
    assert told[0].zh.startswith("2027年1月：")
    assert told[13].en.startswith("2028-02: ")
    for number, sentence in enumerate(told):
        needs, served = outcome.flow("needs")[number, 2], outcome.flow("served")[number, 2]
        assert f"产生需求 {needs} 件" in sentence.zh
        assert f"{needs} needs" in sentence.en
        assert f"办理 {served} 件" in sentence.zh
        assert "nan" not in sentence.en


def test_an_unknown_code_is_refused(village_street, simple_plan):
    """A code that the run does not know is not guessed at."""
    outcome = simulate(village_street, simple_plan, seed=1, months=1)
    with pytest.raises(KeyError):
        months_told(outcome, "1")
