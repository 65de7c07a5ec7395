"""The page of shipped scenarios."""

from __future__ import annotations

import pytest

from jiceng.library_page import PAGE, beyond_base, library, library_page
from scenarios.loader import load_scenario


@pytest.fixture(scope="module")
def page() -> str:
    return library_page()


def test_committed_page_is_the_generated_one(page: str) -> None:
    """The page in docs is what the library generates; write it anew with python -m jiceng.library_page."""
    assert PAGE.read_text(encoding="utf-8") == page


def test_every_scenario_is_told_in_both_languages_with_what_it_changes(page: str) -> None:
    """Name, source, each mechanism beyond the base, and each metric expected stand in the scenario's own section."""
    sections = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    for scenario in library():
        section = sections[scenario.id]
        assert all(text in section for text in (*scenario.name, *scenario.source))
        assert all(f"(mechanisms.md#{name})" in section for name in beyond_base(scenario))
        assert all(f"`{item.metric}`" in section for item in scenario.expect)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("equal-split", {"work_fund_floor", "party_fund_floor", "service_fund"}),
        ("first-secretaries", {"first_secretaries"}),
        ("fifteen-minute-circle", {"service_circle"}),
    ],
)
def test_only_what_differs_from_the_base_is_shown(name: str, changes: set[str]) -> None:
    """A mechanism that the base has with the same settings is the base's."""
    assert set(beyond_base(load_scenario(name))) == changes


def test_what_a_scenario_switches_off_is_shown() -> None:
    """A mechanism of the base that is off counts as a change."""
    assert beyond_base(load_scenario("without-floors")) == {"work_fund_floor": None, "party_fund_floor": None}
