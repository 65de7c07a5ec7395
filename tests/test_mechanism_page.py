"""The page of mechanisms."""

from __future__ import annotations

from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.document import PAGE, mechanisms_page
from scenarios.mechanisms.rows import ROWS


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


def test_page_shows_every_practice() -> None:
    """Every practice of the sources has a line, with what it acts through and the entries that are made of it, or a dash."""
    lines = {line.split(" | ")[0]: line for line in mechanisms_page().partition("## 材料中的")[2].splitlines()}
    for row in ROWS:
        number, practice, *_, entries, says = lines[f"| {row.number}"].removesuffix(" |").split(" | ")
        assert practice == f"{row.name.zh}<br>{row.name.en}"
        assert says == f"{row.says.zh}<br>{row.says.en}"
        assert all(f"`{name}`" in lines[number] for name in (*row.primitives, *row.parameters))
        made = [entry.id for entry in CATALOGUE.values() if row.number in entry.rows]
        assert entries == (", ".join(f"[`{name}`](#{name})" for name in made) or "—")
