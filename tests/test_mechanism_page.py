"""The page of mechanisms."""

from __future__ import annotations

from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.document import PAGE, mechanisms_page


def test_committed_page_is_the_generated_one() -> None:
    """The page in docs is what the catalogue generates; write it anew with python -m scenarios.mechanisms.document."""
    assert PAGE.read_text(encoding="utf-8") == mechanisms_page()


def test_page_shows_every_setting() -> None:
    """Every mechanism, setting and repaired figure of the catalogue appears on the page."""
    page = mechanisms_page()
    for entry in CATALOGUE.values():
        assert f"\n## {entry.id}\n" in page
        for setting in entry.settings:
            assert f"| `{setting.name}` |" in page
            assert setting.figure is None or setting.figure.raw in page
