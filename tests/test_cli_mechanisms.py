"""What ``jiceng mechanisms`` tells: the whole catalogue for programs, and a line each for people."""

import json
import re

import pytest

from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.rows import ROWS

ENTRY = {
    "id", "rows", "name", "sentence", "resource", "serves", "acts_as", "parameters", "metric", "direction", "margin",
    "evidence", "channels", "sets", "adds", "replaces", "acts_with", "identity",
}  # fmt: skip
SETTING = {"name", "unit", "default", "bounds", "choices", "neutral", "source", "figure", "sentence"}
FIGURE = {"report", "raw", "repaired", "rule", "confidence"}
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def told(jiceng):
    """The entries as a program reads them."""
    code, out, _ = jiceng("mechanisms", "--json")
    answer = json.loads(out)
    assert (code, set(answer)) == (0, {"verb", "exit_code", "mechanisms"})
    return answer["mechanisms"]


def test_every_entry_once_in_order(told):
    """A program reads every entry of the catalogue exactly once, in the order in which they act."""
    assert [entry["id"] for entry in told] == list(CATALOGUE)


def test_rows_are_rows_of_the_sources(told):
    """Every entry stands for at least one practice of the sources, 1 to 96."""
    assert all(entry["rows"] for entry in told)
    assert {row for entry in told for row in entry["rows"]} <= set(range(1, 97))


def test_keys_are_the_promised_ones(told):
    """Entries, settings and repaired figures have the same keys throughout."""
    settings = [setting for entry in told for setting in entry["parameters"]]
    assert {frozenset(entry) for entry in told} == {frozenset(ENTRY)}
    assert {frozenset(setting) for setting in settings} == {frozenset(SETTING)}
    assert {frozenset(setting["figure"]) for setting in settings if setting["figure"]} == {frozenset(FIGURE)}


def test_both_languages_are_filled(told):
    """Every text is there in Chinese and in English."""
    texts = [entry[name] for entry in told for name in ("name", "sentence", "resource", "serves", "acts_as")]
    texts += [setting["sentence"] for entry in told for setting in entry["parameters"]]
    assert all(set(text) == {"zh", "en"} and HAN.search(text["zh"]) and text["en"].strip() for text in texts)


def test_settings_are_those_of_the_catalogue(told):
    """Defaults and bounds that a program reads are those that act; every entry tells at which value it does nothing."""
    for entry in told:
        assert {one["name"]: one["default"] for one in entry["parameters"]} == CATALOGUE[entry["id"]].defaults
        assert any(one["neutral"] is not None for one in entry["parameters"])
        assert all(one["choices"] or one["bounds"][0] < one["bounds"][1] for one in entry["parameters"])


def test_people_read_a_line_each_and_how_many_rows_are_covered(jiceng):
    """Without --json every entry has one line, and the last line counts the practices covered."""
    _, out, _ = jiceng("mechanisms", "--lang", "en")
    lines = out.splitlines()
    covered = {row for entry in CATALOGUE.values() for row in entry.rows}
    assert [line.split()[0] for line in lines[1:-1]] == list(CATALOGUE)
    assert f"cover {len(covered)} of the {len(ROWS)} practices" in lines[-1]
    assert not HAN.search("".join(lines))
