"""The shipped scenarios: one source system each, told in both languages, with something to be held to."""

from __future__ import annotations

import re

import pytest

from jiceng.library_page import library
from scenarios.mechanisms import CATALOGUE, conflicts
from scenarios.schema import Scenario
from sim.outcome import METRICS

SCENARIOS = library()
MUST_HAVE = 47  # files: fewer would leave a system of the sources out
HAN = re.compile("[\u4e00-\u9fff]")

each = pytest.mark.parametrize("scenario", SCENARIOS, ids=[one.id for one in SCENARIOS])


@each
def test_names_and_sources_are_in_both_languages(scenario: Scenario) -> None:
    """Chinese text is Chinese, English text is English but for units and words quoted, and the report has its number."""
    assert HAN.search(scenario.name.zh)
    assert scenario.name.en.isascii() or "万元" in scenario.name.en
    assert re.search("调研报告00[0-4]", scenario.source.zh)
    assert re.search("study reports? 00[0-4]", scenario.source.en)


@each
def test_a_repaired_figure_says_what_was_printed(scenario: Scenario) -> None:
    """Where a text was damaged both languages give the print, the repair and the confidence."""
    assert ("原文印作" in scenario.source.zh) == ("printed" in scenario.source.en)
    if "订正" in scenario.source.zh:
        assert "把握较大" in scenario.source.zh
        assert "confidence high" in scenario.source.en


@each
def test_every_scenario_is_held_to_a_value(scenario: Scenario) -> None:
    """Each has a value or a range on the whole district, and each metric exists."""
    assert any(item.versus is None for item in scenario.expect)
    assert all(item.metric in METRICS for item in scenario.expect)


@each
def test_every_direction_has_margin_and_confidence(scenario: Scenario) -> None:
    """A difference that is expected is expected to be of some size."""
    for item in scenario.expect:
        if item.versus is not None:
            assert item.margin is not None
            assert item.margin.value > 0
            assert "confidence" in item.model_fields_set


@each
def test_chosen_mechanisms_go_together(scenario: Scenario) -> None:
    """No scenario has two mechanisms that rule the same thing."""
    assert conflicts(scenario.mechanisms) == []


def test_the_library_is_as_large_as_the_sources() -> None:
    """Every source system has its file, and all of the catalogue is in use somewhere."""
    assert len(SCENARIOS) >= MUST_HAVE
    assert {name for one in SCENARIOS for name in one.mechanisms} == set(CATALOGUE)


def test_everything_together_has_every_entry_that_goes_with_a_granted_fund() -> None:
    """Only what takes the service fund's place is left out."""
    together = next(one for one in SCENARIOS if one.id == "everything-together")
    assert set(CATALOGUE) - set(together.mechanisms) == {"matched_funding", "needs_based_grants"}
